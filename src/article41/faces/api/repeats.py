"""The same request twice, the same answer: kept for a day by the key that its sender gave it.

All workers share one file. Another request under the same key is refused, and so is the same one
while the first is being answered. What was begun and has no answer, because it was refused or its
process died, is begun anew, whichever worker is asked.
"""

import fcntl
import hashlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from fastapi import Request

from article41.faces.api.bodies import header, headers
from article41.model.errors import PendingError, RepeatError, RequestError, StoreError
from article41.store.syncing import ONLY_OWNER

REPEATS_FILE = "requests.sqlite"
"""Answers by the key of their request, in the folder of the store; only its owner may read it."""
LIVING_FILE = "requests.living"
"""Empty; who answers a request holds a lock on a byte of it, which ends when the process does."""
REPLAYED = "idempotency-replayed"
"""Header of an answer that was given before."""
KEPT_FOR = timedelta(days=1)
"""How long an answer is given again."""
KEY_MAX = 200
"""Characters of a key."""
_HEADER = b"idempotency-key"
_WAIT_S = 10.0
LAYOUT = 1
"""Of the file; one of another layout is emptied: nobody waits longer than a day for it."""
_TABLES = (
    "DROP TABLE IF EXISTS requests",
    """
    CREATE TABLE requests (
        owner TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL, begun_at TEXT NOT NULL,
        answerer INTEGER NOT NULL, answer BLOB, PRIMARY KEY (owner, key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX requests_by_beginning ON requests (begun_at)",
    f"PRAGMA user_version = {LAYOUT}",
)
FORGET = "DELETE FROM requests WHERE begun_at < ?"
"""Goes with each request, so that it must find what is old without looking at what is not."""
_Answer = TypeVar("_Answer")


class Named(NamedTuple):
    """A request that its sender gave a key."""

    owner: str
    """The key by which it may be asked."""
    key: str
    """The key of the request."""
    sha256: str
    """Of all that it asks."""


def is_named(request: Request) -> bool:
    """True if the sender of a request gave it a key, or what may be one."""
    return bool(headers(request, _HEADER))


def named(request: Request, owner: str, body: bytes) -> Named | None:
    """A request by the key that its sender gave it, if any.

    Args:
        request: The request.
        owner: The key by which it may be asked.
        body: Its body.

    Raises:
        RequestError: It has two keys, or one that is none.
    """
    given = headers(request, _HEADER)
    if not given:
        return None
    if len(given) > 1:
        raise RequestError("the request has two keys", hint="give one", path="Idempotency-Key")
    digest = hashlib.sha256()
    parts = (
        request.method,
        request.url.path,
        request.url.query,
        header(request, b"content-type"),
    )
    for part in parts:
        digest.update(f"{len(part)} {part}\n".encode())
    digest.update(body)
    return Named(owner=owner, key=named_key(given[0]), sha256=digest.hexdigest())


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


class Reply(NamedTuple):
    """What a request is answered with."""

    body: bytes
    """The answers."""
    is_repeated: bool = False
    """True if it had them before."""


class Repeats:
    """The requests of a day that have a key.

    Args:
        folder: Of the store.
    """

    def __init__(self, folder: Path) -> None:
        """Make nothing yet."""
        self._path = folder / REPEATS_FILE
        self._living = _Living(folder / LIVING_FILE)
        self._begun: dict[tuple[str, str], int] = {}
        self._making = threading.Lock()
        self._is_made = False

    def begin(self, request: Named, *, now: datetime) -> bytes | None:
        """Begin to answer a request; the answer that it had if it was asked before.

        Raises:
            RepeatError: The key was of another request.
            PendingError: The request is being answered.
            StoreError: The file cannot be written.
        """

        def begun(connection: sqlite3.Connection) -> bytes | None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(FORGET, (_written(now - KEPT_FOR),))
            row = connection.execute(
                "SELECT sha256, answer, answerer FROM requests WHERE owner = ? AND key = ?",
                (request.owner, request.key),
            ).fetchone()
            if row is not None and (row[1] is not None or self._living.has(row[2])):
                connection.execute("COMMIT")
                return _answer_of(row[:2], request)
            # The lock first: whoever sees the request is to see that somebody answers it.
            answerer = self._living.begin()
            try:
                values = (*request, _written(now), answerer)
                connection.execute("REPLACE INTO requests VALUES (?, ?, ?, ?, ?, NULL)", values)
                connection.execute("COMMIT")
            except sqlite3.Error:
                self._living.end(answerer)
                raise
            self._begun[request[:2]] = answerer
            return None

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
        self.abandon(request)

    def abandon(self, request: Named) -> None:
        """Answer a request no more, so that it may be asked again if it has no answer."""
        answerer = self._begun.pop(request[:2], None)
        if answerer is not None:
            self._living.end(answerer)

    def _asked(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        try:
            # Once, and before anybody here has it open: to close it lets go of all locks that this
            # process has on it, and without them another takes the newest answers for nobody's.
            with self._making:
                if not self._is_made:
                    # The file is its owner's before anything is in it.
                    os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, ONLY_OWNER))
                    with closing(self._connected()) as connection:
                        _make(connection)
                    self._is_made = True
            with closing(self._connected()) as connection:
                return question(connection)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"`{self._path}` cannot be written: {error}",
                hint="make room, or let the folder of the store be written to",
            ) from error

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
        for statement in _TABLES:
            connection.execute(statement)
    connection.execute("COMMIT")


class _Living:
    """Who is at work, in any process: each holds a lock, which ends with the process at the latest.

    Args:
        path: Of the file with their locks.
    """

    def __init__(self, path: Path) -> None:
        """Make nothing yet."""
        self._path = path
        self._changing = threading.Lock()
        self._file: int | None = None
        self._own: set[int] = set()

    def begin(self) -> int:
        """A number under which others see that somebody is at work.

        Raises:
            OSError: The file cannot be made.
        """
        number = secrets.randbits(62)
        with self._changing:
            fcntl.lockf(self._opened(), fcntl.LOCK_EX, 1, number)
            self._own.add(number)
        return number

    def end(self, number: int) -> None:
        """Be at work no more."""
        with self._changing:
            self._own.discard(number)
            fcntl.lockf(self._opened(), fcntl.LOCK_UN, 1, number)

    def has(self, number: int) -> bool:
        """True if somebody is at work under a number.

        Raises:
            OSError: The file cannot be made.
        """
        with self._changing:
            # A process does not meet its own locks, and would let go of them here.
            if number in self._own:
                return True
            file = self._opened()
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
            except BlockingIOError:
                return True
            fcntl.lockf(file, fcntl.LOCK_UN, 1, number)
            return False

    def _opened(self) -> int:
        if self._file is None:
            # Never closed: whoever closes the file anywhere in a process lets go of its locks.
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, ONLY_OWNER)
        return self._file


def _answer_of(row: tuple[str, bytes | None], request: Named) -> bytes:
    sha256, answer = row
    if sha256 != request.sha256:
        raise RepeatError(
            f"the key `{request.key}` was that of another request",
            hint="give each request a key of its own",
            path="Idempotency-Key",
        )
    if answer is None:
        raise PendingError(
            f"the request `{request.key}` is being answered",
            hint="send it again in a moment, with the same key",
            path="Idempotency-Key",
        )
    return answer


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
