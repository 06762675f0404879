"""Asks a database directly, also where nothing can be written: a read-only or full disk.

There SQLite has no room for its log. What is in a log that somebody left cannot be read then, and
an older state is never taken for the newest: such a store is refused.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from article41.model.errors import StoreError

UNWRITTEN = {"mode": "ro", "immutable": "1"}
"""How SQLite opens a file beside which it cannot write: without a log, as if nobody changed it."""
_NO_ROOM = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR_SHM")
"""How SQLite says that it cannot make its log, or the memory that goes with it."""
_Answer = TypeVar("_Answer")


def asked(path: Path, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """What a question to a database answers.

    Raises:
        StoreError: The database has a log that cannot be read where nothing can be written, or
            somebody wrote to it there while it was read.
        sqlite3.Error: It cannot be read.
    """
    # Whoever may only read gets a connection that only reads; the last one to leave that may write
    # takes SQLite's log away.
    try:
        return _asked(path, "mode=rw", question)
    except sqlite3.OperationalError as error:
        if not _has_no_room(error):
            raise
    refuse_log(path)
    before = written(path)
    options = "&".join(f"{key}={value}" for key, value in UNWRITTEN.items())
    answer = _asked(path, options, question)
    refuse_written(path, before)
    return answer


def written(path: Path) -> tuple[int, ...]:
    """What of a database and its log differs once written to: inode, size and time of each."""
    return (*_written(path), *_written(_log(path)))


def has_room(path: Path) -> bool:
    """Whether SQLite can keep its log beside a database; true too of one that it cannot read."""
    try:
        _asked(path, "mode=rw", lambda one: one.execute("SELECT 1 FROM sqlite_schema").fetchone())
    except sqlite3.Error as error:
        return not _has_no_room(error)
    return True


def refuse_log(path: Path) -> None:
    """Refuse a database whose newest additions are still in a log beside it.

    Raises:
        StoreError: They are.
    """
    log = _log(path)
    if log.is_file() and log.stat().st_size:
        raise StoreError(
            f"the newest additions to `{path}` are in `{log.name}`, which cannot be read where "
            "nothing can be written",
            hint="open the store once where it may be written, as with `article41 lists show`",
        )


@lru_cache(maxsize=64)
def _log(path: Path) -> Path:
    # Looked at with every question: to make the name takes longer than the look.
    return Path(f"{path}-wal")


def refuse_written(path: Path, before: tuple[int, ...]) -> None:
    """Refuse what was read of a database where SQLite does not keep us apart from who writes.

    Args:
        path: Of the database.
        before: What `written` gave before it was read.

    Raises:
        StoreError: Somebody has written to it since.
    """
    if written(path) != before:
        raise StoreError(f"`{path}` was written while it was read", hint="ask once more")


def _written(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _asked(path: Path, options: str, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    address = f"{path.absolute().as_uri()}?{options}"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        return question(connection)


def _has_no_room(error: sqlite3.Error) -> bool:
    return error.sqlite_errorname.startswith(_NO_ROOM)
