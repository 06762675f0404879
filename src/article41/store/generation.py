"""Tells in a few milliseconds which state a store is in, without SQLAlchemy.

It reads single values and nothing else; whoever built something from a store compares it.
"""

import hashlib
import sqlite3
from pathlib import Path

import msgspec

from article41.model.errors import CorruptStoreError, StoreError
from article41.store.asking import asked

DATABASE_NAME = "store.sqlite"
GENERATION_EMPTY = "0" * 64
"""The state of a store that holds nothing."""

ADD_FIRST = (
    "add a list with `article41 lists add FILE...`, or get all with `article41 lists update`"
)
"""The remedy where there is no store yet."""
RESTORE = "restore the folder from a backup, or name another one and add the lists again"
"""The remedy for a store that cannot be read."""

_NEWEST = "SELECT generation FROM additions ORDER BY number DESC LIMIT 1"
_NEWEST_DECISION = (
    "SELECT number || ' ' || decided_at FROM link_decisions ORDER BY number DESC LIMIT 1"
)


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
    return _newest(folder, _NEWEST) or GENERATION_EMPTY


def read_newest_decision(folder: Path) -> str:
    """What tells the last word on a link in the store from all before it; empty if there is none.

    Raises:
        StoreError: There is no store in the folder.
        CorruptStoreError: What is there cannot be read.
    """
    return _newest(folder, _NEWEST_DECISION)


def _newest(folder: Path, question: str) -> str:
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise StoreError(f"there is no store in `{folder}`", hint=ADD_FIRST)
    try:
        row = asked(path, lambda connection: connection.execute(question).fetchone())
    except sqlite3.Error as error:
        raise CorruptStoreError(f"`{path}` cannot be read: {error}", hint=RESTORE) from error
    return str(row[0]) if row else ""


def generation_after(previous: str, *facts: str | bool | None) -> str:
    """The hash that names the state of a store after one more addition.

    Args:
        previous: The hash before it.
        facts: List, hash of the version, hash of its roll, known at, published, is stated.
    """
    return hashlib.sha256(msgspec.json.encode((previous, *facts))).hexdigest()
