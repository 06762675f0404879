"""What came of asking for the lists: the words, and a reader in a few milliseconds.

It needs no SQLAlchemy, so that every answer can say how current its lists are. It asks nobody.
"""

import enum
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from article41.store.generation import ask_store

AttemptRow = tuple[str, str, str, str, str | None, bytes]
"""The columns of an attempt, without its number."""


class AttemptOutcome(enum.Enum):
    """What came of asking an authority for a list."""

    NEW = "new"
    """A publication that was not held."""
    UNCHANGED = "unchanged"
    """The bytes of the newest version again."""
    NOT_MODIFIED = "not-modified"
    """The server says that what was fetched before is still what it has."""
    UNCONFIRMED = "unconfirmed"
    """The addresses failed, and a mirror sent the bytes of the newest version again: nobody knows
    whether the authority has newer ones."""
    REFUSED = "refused"
    """Something came that is not taken for the list."""
    UNREACHABLE = "unreachable"
    """Nothing came, or not all of it."""
    RETIRED = "retired"
    """Nobody was asked: the authority publishes the list no more."""

    @property
    def is_confirmation(self) -> bool:
        """True if the newest version held is what the authority published at that moment."""
        return self in _CONFIRMING

    @property
    def is_failure(self) -> bool:
        """True if the newest version held may be old, and nobody knows."""
        return self in _FAILING


_CONFIRMING = (AttemptOutcome.NEW, AttemptOutcome.UNCHANGED, AttemptOutcome.NOT_MODIFIED)
_FAILING = (AttemptOutcome.UNCONFIRMED, AttemptOutcome.REFUSED, AttemptOutcome.UNREACHABLE)


class Attempt(msgspec.Struct, frozen=True, kw_only=True, rename={"list_id": "list"}):
    """One time that somebody asked for a list.

    Example:
        >>> at = datetime(2024, 3, 1, 12, tzinfo=UTC)
        >>> Attempt(list_id="xa-main", at=at, outcome=AttemptOutcome.UNCHANGED).detail
        ''
    """

    list_id: str
    """Which list."""
    at: datetime
    """When (UTC)."""
    outcome: AttemptOutcome
    """What came of it."""
    detail: str = ""
    """Why it failed, in words; empty if it did not."""
    version: str = ""
    """The sha256 of the version brought or confirmed; empty if none was."""
    validators: tuple[tuple[str, str, str], ...] = ()
    """Address, `ETag` and `Last-Modified` of each file, as the server gave them."""


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """How things stand with asking for one list."""

    last: Attempt
    """The last attempt."""
    confirmed_at: datetime | None
    """When a version was last brought or confirmed; absent if none ever was."""
    confirmed_version: str = ""
    """The sha256 of that version, which alone is confirmed by it; empty if there is none."""
    failing_since: datetime | None
    """The first failure after that; absent if none followed."""


def read_feeds(folder: Path, *, until: datetime | None = None) -> Mapping[str, FeedState]:
    """How things stand with every list that was ever asked for, by list.

    Args:
        folder: Where the store is.
        until: Only attempts up to this moment, with its zone; all if absent.

    Raises:
        StoreError: There is no store in the folder.
        CorruptStoreError: What is there cannot be read.

    Example:
        >>> read_feeds(Path("no-such-folder"))
        Traceback (most recent call last):
        article41.model.errors.StoreError: there is no store in `no-such-folder`
    """
    return ask_store(folder, lambda connection: feeds_in(connection, until))


def moment_text(moment: datetime) -> str:
    """A moment as it stands in the tables: texts sort as the moments do.

    Example:
        >>> moment_text(datetime(2024, 3, 1, 12, tzinfo=UTC))
        '2024-03-01T12:00:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_CONFIRMED = ", ".join(f"'{outcome.value}'" for outcome in _CONFIRMING)
_FAILED = ", ".join(f"'{outcome.value}'" for outcome in _FAILING)
_LISTS = """
WITH RECURSIVE lists (list_id) AS (
    SELECT MIN(list_id) FROM attempts UNION ALL
    SELECT (SELECT MIN(list_id) FROM attempts WHERE list_id > lists.list_id) FROM lists
    WHERE lists.list_id IS NOT NULL)
SELECT list_id FROM lists WHERE list_id IS NOT NULL
"""
"""Steps from list to list in the index; a year of attempts must not be read for one answer."""
_LAST = """
SELECT list_id, at, outcome, detail, version, validators FROM attempts
WHERE list_id = ? AND at <= ? ORDER BY at DESC, number DESC LIMIT 1
"""
_LAST_CONFIRMED = f"""
SELECT at, version FROM attempts WHERE list_id = ? AND at <= ? AND outcome IN ({_CONFIRMED})
ORDER BY at DESC, number DESC LIMIT 1
"""
_FIRST_AFTER = f"""
SELECT at FROM attempts WHERE list_id = ? AND at <= ? AND at > ?
AND outcome IN ({_FAILED}) ORDER BY at LIMIT 1
"""


def feeds_in(connection: sqlite3.Connection, until: datetime | None) -> Mapping[str, FeedState]:
    """The same of an open database, read in one transaction."""
    # A text after those of all moments stands for none.
    latest = "9" if until is None else moment_text(until)
    if not connection.in_transaction:
        connection.execute("BEGIN")
    lists = [list_id for (list_id,) in connection.execute(_LISTS)]
    states = [_state(connection, list_id, latest) for list_id in lists]
    return {state.last.list_id: state for state in states if state is not None}


def _state(connection: sqlite3.Connection, list_id: str, latest: str) -> FeedState | None:
    last: AttemptRow | None = connection.execute(_LAST, (list_id, latest)).fetchone()
    if last is None:
        return None
    confirmed = connection.execute(_LAST_CONFIRMED, (list_id, latest)).fetchone()
    confirmed_at, confirmed_version = confirmed or ("", "")
    failed = connection.execute(_FIRST_AFTER, (list_id, latest, confirmed_at)).fetchone()
    return FeedState(
        last=attempt_of(last),
        confirmed_at=confirmed and datetime.fromisoformat(confirmed_at),
        confirmed_version=confirmed_version or "",
        failing_since=failed and datetime.fromisoformat(failed[0]),
    )


def attempt_of(row: AttemptRow) -> Attempt:
    """An attempt from its row: list, moment, outcome, detail, version, validators.

    Example:
        >>> noted = ("xa-main", "2024-03-01T12:00:00+00:00", "refused", "a web page", None)
        >>> attempt_of((*noted, msgspec.msgpack.encode(()))).outcome
        <AttemptOutcome.REFUSED: 'refused'>
    """
    list_id, at, outcome, detail, version, validators = row
    return Attempt(
        list_id=list_id,
        at=datetime.fromisoformat(at),
        outcome=AttemptOutcome(outcome),
        detail=detail,
        version=version or "",
        validators=msgspec.msgpack.decode(validators, type=tuple[tuple[str, str, str], ...]),
    )
