"""Keeps people's words on which entries name one target, and gives those that count."""

from datetime import datetime

from sqlalchemy import Connection, select

from article41.store.chain import append
from article41.store.held import LinkDecision, LinkVerdict
from article41.store.schema import LINK_DECISIONS


def decide(connection: Connection, decision: LinkDecision) -> None:
    """Write one word; earlier ones on the pair stay, and count no longer."""
    left, right = decision.pair
    values = {
        "left": left,
        "right": right,
        "verdict": decision.verdict.value,
        "decided_by": decision.decided_by,
        "reason": decision.reason,
        "decided_at": decision.decided_at.isoformat(timespec="microseconds"),
    }
    append(connection, LINK_DECISIONS, values)


def decisions(
    connection: Connection, *, known_at: datetime | None = None
) -> tuple[LinkDecision, ...]:
    """The last word on each pair up to a moment, in the order in which they were spoken."""
    last: dict[tuple[str, str], LinkDecision] = {}
    query = select(LINK_DECISIONS).order_by(LINK_DECISIONS.c.number)
    for row in connection.execute(query):
        pair, decided_at = (row.left, row.right), datetime.fromisoformat(row.decided_at)
        if known_at is not None and decided_at > known_at:
            continue
        last.pop(pair, None)
        last[pair] = LinkDecision(
            pair=pair,
            verdict=LinkVerdict(row.verdict),
            decided_by=row.decided_by,
            reason=row.reason,
            decided_at=decided_at,
        )
    return tuple(last.values())
