"""Tells in a few milliseconds which state a store is in, without SQLAlchemy.

Whoever built something from a store compares it, and can ask what came since.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from article41.model.errors import CorruptStoreError, StoreError
from article41.store.asking import asked

DATABASE_NAME = "store.sqlite"
GENERATION_EMPTY = "0" * 64
"""The state of a store that holds nothing."""

ADD_FIRST = (
    "get the official lists with `article41 lists update`, or add files with `article41 lists add "
    "FILE...`; `article41 demo` shows answers on lists that come along"
)
"""The remedy where there is no store yet."""
RESTORE = "restore the folder from a backup, or name another one and add the lists again"
"""The remedy for a store that cannot be read."""

_NEWEST = "SELECT generation FROM additions ORDER BY number DESC LIMIT 1"
_NEWEST_DECISION = (
    "SELECT number || ' ' || decided_at FROM link_decisions ORDER BY number DESC LIMIT 1"
)
_NUMBER = "SELECT number FROM additions WHERE generation = ?"
_SINCE = """
SELECT versions.list_id, MIN(additions.known_at) FROM additions
JOIN versions ON versions.number = additions.version
WHERE additions.number > ? GROUP BY versions.list_id ORDER BY versions.list_id
"""

_Answer = TypeVar("_Answer")


def read_generation(folder: Path) -> str:
    """The hash that names everything added to the store in a folder so far.

    Two equal values mean equal contents; any addition, even of bytes seen before, makes another.

    Raises:
        StoreError: There is no store in the folder.
        CorruptStoreError: What is there cannot be read.

    Example:
        >>> read_generation(Path("no-such-folder"))
        Traceback (most recent call last):
        article41.model.errors.StoreError: there is no store in `no-such-folder`
    """
    return ask_store(folder, generation_in)


def read_newest_decision(folder: Path) -> str:
    """What tells the last word on a link in the store from all before it; empty if there is none.

    Raises:
        StoreError: There is no store in the folder.
        CorruptStoreError: What is there cannot be read.
    """
    row = ask_store(folder, lambda connection: connection.execute(_NEWEST_DECISION).fetchone())
    return str(row[0]) if row else ""


def generation_in(connection: sqlite3.Connection) -> str:
    """The same of an open database, as `read_generation` gives it."""
    row = connection.execute(_NEWEST).fetchone()
    return str(row[0]) if row else GENERATION_EMPTY


def read_added(folder: Path, generation: str) -> Mapping[str, datetime] | None:
    """What came to the store in a folder after an earlier state of it.

    Returns:
        By list, when the first such publication came; None if the store never was in that state.

    Raises:
        StoreError: There is no store in the folder.
        CorruptStoreError: What is there cannot be read.

    Example:
        >>> read_added(Path("no-such-folder"), GENERATION_EMPTY)
        Traceback (most recent call last):
        article41.model.errors.StoreError: there is no store in `no-such-folder`
    """
    rows = ask_store(folder, lambda connection: _added(connection, generation))
    return None if rows is None else {one: datetime.fromisoformat(at) for one, at in rows}


def _added(connection: sqlite3.Connection, generation: str) -> list[tuple[str, str]] | None:
    connection.execute("BEGIN")
    if generation == GENERATION_EMPTY:
        return connection.execute(_SINCE, (0,)).fetchall()
    [number] = connection.execute(_NUMBER, (generation,)).fetchone() or [None]
    return None if number is None else connection.execute(_SINCE, (number,)).fetchall()


def ask_store(folder: Path, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """What a question to the database in a folder answers, with its failures in our words.

    Raises:
        StoreError: There is no store in the folder.
        CorruptStoreError: What is there cannot be read.
    """
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise StoreError(f"there is no store in `{folder}`", hint=ADD_FIRST)
    try:
        return asked(path, question)
    except sqlite3.Error as error:
        raise CorruptStoreError(f"`{path}` cannot be read: {error}", hint=RESTORE) from error
