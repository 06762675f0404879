"""What limits an answer from the store: how old its lists are and what they lack.

Where the answer is lines for other programs the limits go to stderr, so that its shape stays.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from article41.checks import Finding, FindingKind
from article41.checks.limits import limits_of
from article41.faces.cli.naming import notice_not_known
from article41.faces.cli.opening import known_feeds
from article41.faces.cli.rendering import finding_line
from article41.faces.cli.writing import notice
from article41.faces.settings import now

if TYPE_CHECKING:
    from article41.store import Store


def limits(
    store: "Store",
    list_ids: Collection[str] = (),
    *,
    as_of: date | None,
    known_at: datetime | None,
) -> tuple[Finding, ...]:
    """What limits that some lists say, or all, of a day, by what a moment knew."""
    return limits_of(
        store,
        list_ids,
        as_of=as_of,
        known_at=known_at,
        now=now(),
        feeds=known_feeds(store.folder),
    )


def notice_limits(
    store: "Store",
    list_ids: Collection[str] = (),
    *,
    as_of: date | None,
    known_at: datetime | None,
) -> None:
    """Say the same on stderr."""
    notice_not_known(store, known_at, list_ids)
    for finding in limits(store, list_ids, as_of=as_of, known_at=known_at):
        if finding.kind is not FindingKind.NOT_KNOWN_AT:
            notice(finding_line(finding))
