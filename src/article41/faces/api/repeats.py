"""The same request twice, the same answer: kept for a day by the key that its sender gave it.

All workers share one file. Another request under the same key is refused, and so is the same one
while the first is being answered.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from article41.model.errors import RepeatError, RequestError, StoreError

REPEATS_FILE = "requests.sqlite"
"""Answers by the key of their request, in the folder of the store; only its owner may read it."""
KEPT_FOR = timedelta(days=1)
"""How long an answer is given again."""
ANSWERED_WITHIN = timedelta(minutes=5)
"""After which a request without an answer is taken for one that never had any."""
KEY_MAX = 200
"""Characters of a key."""
_WAIT_S = 10.0
_TABLE = """
CREATE TABLE IF NOT EXISTS requests (
    owner TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL, begun_at TEXT NOT NULL,
    answer BLOB, PRIMARY KEY (owner, key)
) WITHOUT ROWID
"""
_Answer = TypeVar("_Answer")


class Named(NamedTuple):
    """A request that its sender gave a key."""

    owner: str
    """The key by which it may be asked."""
    key: str
    """The key of the request."""
    sha256: str
    """Of all that it asks."""


def named_key(text: str) -> str:
    """Read the key that a sender gave.

    Raises:
        RequestError: It is empty, too long, or holds what no key holds.

    Example:
        >>> named_key("order-7")
        'order-7'
    """
    if not text or len(text) > KEY_MAX or not (text.isascii() and text.isprintable()):
        raise RequestError(
            "the key of the request is none",
            hint=f"give up to {KEY_MAX} ASCII characters, such as a UUID",
            path="Idempotency-Key",
        )
    return text


class Repeats:
    """The requests of a day that have a key.

    Args:
        folder: Of the store.
    """

    def __init__(self, folder: Path) -> None:
        """Make nothing yet."""
        self._path = folder / REPEATS_FILE
        self._is_made = False

    def begin(self, request: Named, *, now: datetime) -> bytes | None:
        """Begin to answer a request; the answer that it had if it was asked before.

        Raises:
            RepeatError: The key was of another request, or that one is being answered.
            StoreError: The file cannot be written.
        """

        def begun(connection: sqlite3.Connection) -> bytes | None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "DELETE FROM requests WHERE begun_at < ? OR (answer IS NULL AND begun_at < ?)",
                (_written(now - KEPT_FOR), _written(now - ANSWERED_WITHIN)),
            )
            row = connection.execute(
                "SELECT sha256, answer FROM requests WHERE owner = ? AND key = ?",
                (request.owner, request.key),
            ).fetchone()
            if row is None:
                connection.execute(
                    "INSERT INTO requests VALUES (?, ?, ?, ?, NULL)",
                    (*request, _written(now)),
                )
            connection.execute("COMMIT")
            return None if row is None else _answer_of(row, request)

        return self._asked(begun)

    def finish(self, request: Named, answer: bytes) -> None:
        """Keep the answer.

        Raises:
            StoreError: The file cannot be written.
        """
        self._asked(
            lambda connection: (
                connection.execute(
                    "UPDATE requests SET answer = ? WHERE owner = ? AND key = ?",
                    (answer, request.owner, request.key),
                ).rowcount
            )
        )

    def abandon(self, request: Named) -> None:
        """Forget a request that has no answer, so that it may be asked again.

        Raises:
            StoreError: The file cannot be written.
        """
        self._asked(
            lambda connection: (
                connection.execute(
                    "DELETE FROM requests WHERE owner = ? AND key = ? AND answer IS NULL",
                    (request.owner, request.key),
                ).rowcount
            )
        )

    def _asked(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        try:
            if not self._is_made:
                # The file is its owner's before anything is in it.
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            with closing(
                sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)
            ) as connection:
                if not self._is_made:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute(_TABLE)
                    self._is_made = True
                return question(connection)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"`{self._path}` cannot be written: {error}",
                hint="let the folder of the store be written to, or send no Idempotency-Key",
            ) from error


def _answer_of(row: tuple[str, bytes | None], request: Named) -> bytes:
    sha256, answer = row
    if sha256 != request.sha256:
        raise RepeatError(
            f"the key `{request.key}` was that of another request",
            hint="give each request a key of its own",
            path="Idempotency-Key",
        )
    if answer is None:
        raise RepeatError(
            f"the request `{request.key}` is being answered",
            hint="ask again in a moment",
            path="Idempotency-Key",
        )
    return answer


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
