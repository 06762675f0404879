"""Tells in a few milliseconds which state a store is in, without SQLAlchemy.

It reads one value and nothing else; whoever built something from a store compares it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from article41.model.errors import CorruptStoreError, StoreError

DATABASE_NAME = "store.sqlite"
GENERATION_EMPTY = "0" * 64
"""The state of a store that holds nothing."""

_NEWEST = "SELECT generation FROM additions ORDER BY number DESC LIMIT 1"


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
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise StoreError(f"there is no store in `{folder}`", hint="add a list first")
    try:
        with closing(sqlite3.connect(_address(path), uri=True)) as connection:
            row = connection.execute(_NEWEST).fetchone()
    except sqlite3.Error as error:
        raise CorruptStoreError(
            f"`{path}` cannot be read: {error}",
            hint="restore the folder from a backup, or add the lists to another one",
        ) from error
    return str(row[0]) if row else GENERATION_EMPTY


def _address(path: Path) -> str:
    mode = f"{path.absolute().as_uri()}?mode=ro"
    # On a medium that cannot be written there is no room for a log; without one nobody writes.
    return mode if _has_log(path) else mode + "&immutable=1"


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > 0
