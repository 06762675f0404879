"""Writes and reads attempts inside a transaction that the caller has begun.

An attempt is no addition: it changes neither what is held nor the generation.
"""

import msgspec
from sqlalchemy import Connection, select

from article41.store.attempts import Attempt, attempt_of, moment_text
from article41.store.chain import append
from article41.store.schema import ATTEMPTS


def note(connection: Connection, attempt: Attempt) -> None:
    """Write one attempt after all others."""
    values = {
        "list_id": attempt.list_id,
        "at": moment_text(attempt.at),
        "outcome": attempt.outcome.value,
        "detail": attempt.detail,
        "version": attempt.version or None,
        "validators": msgspec.msgpack.encode(attempt.validators),
    }
    append(connection, ATTEMPTS, values)


def attempts(connection: Connection, list_id: str | None) -> tuple[Attempt, ...]:
    """Every attempt, of one list or of all, in the order in which they were noted."""
    query = select(ATTEMPTS).order_by(ATTEMPTS.c.number)
    if list_id is not None:
        query = query.where(ATTEMPTS.c.list_id == list_id)
    return tuple(
        attempt_of((row.list_id, row.at, row.outcome, row.detail, row.version, row.validators))
        for row in connection.execute(query)
    )
