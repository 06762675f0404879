"""Copies a store while others read and add to it, and places a copy as a new store.

A copy is compared with all its hashes before it is given a name, and never replaces anything.
"""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from article41.model.errors import CorruptStoreError, StoreError
from article41.store import reading
from article41.store.database import Database
from article41.store.generation import DATABASE_NAME, RESTORE
from article41.store.held import Soundness
from article41.store.syncing import sync_folder

_BESIDE = ("", "-wal", "-shm")
_OTHER_BACKUP = "give another backup; `article41 store backup FILE` makes one of a sound store"
_Progress = Callable[[int], None]
_Found = TypeVar("_Found")


def back_up(
    database: Database, destination: Path, *, progress: _Progress | None = None
) -> Soundness:
    """Write one state of a database to a file of its own.

    Args:
        database: What is copied; others may add to it meanwhile.
        destination: A file that is not there yet.
        progress: Called now and then with the share copied, in percent.

    Raises:
        StoreError: The file is there already or cannot be written.
        CorruptStoreError: What was copied does not fit its hashes.
    """
    if os.path.lexists(destination):
        raise taken(destination)
    try:
        with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".backup-") as scratch:
            copy = Path(scratch) / DATABASE_NAME
            database.copy_to(copy, progress=progress)
            sound = _verified(copy, named=database.path, remedy=RESTORE)
            place(copy, destination)
    except OSError as error:
        raise unwritable(destination, error) from error
    return sound


def restore(backup: Path, folder: Path) -> Soundness:
    """Make the store that a backup holds, wholly or not at all.

    Args:
        backup: A file that `back_up` wrote; it is only read.
        folder: Where the store will be; there must be none yet.

    Raises:
        StoreError: There is a store already, the folder cannot be written, or the backup is a
            database that somebody adds to.
        CorruptStoreError: The backup does not fit its hashes, or is none.
    """
    return put_back(
        backup,
        folder / DATABASE_NAME,
        in_use=StoreError(
            f"`{backup}` is a database in use and no backup",
            hint="make a backup of that store with `article41 store backup FILE`",
        ),
        verified=lambda copy: _verified(copy, named=backup, remedy=_OTHER_BACKUP),
    )


def put_back(
    backup: Path, destination: Path, *, in_use: StoreError, verified: Callable[[Path], _Found]
) -> _Found:
    """Place a copy of a backup, wholly or not at all; it is only read.

    Args:
        backup: The file.
        destination: Where no database is yet.
        in_use: Raised if somebody writes to the backup.
        verified: Compares the copy before it is placed; what it gives is given.

    Raises:
        StoreError: There is a database already, the folder cannot be written, or `in_use`.
    """
    # A log left behind by another database would be taken for one of ours.
    for suffix in _BESIDE:
        if os.path.lexists(f"{destination}{suffix}"):
            raise taken(Path(f"{destination}{suffix}"))
    if Path(f"{backup}-wal").exists():
        raise in_use
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".restore-") as scratch:
            copy = Path(scratch) / destination.name
            shutil.copyfile(backup, copy)
            found = verified(copy)
            place(copy, destination)
    except OSError as error:
        raise unwritable(destination, error) from error
    return found


def _verified(copy: Path, *, named: Path, remedy: str) -> Soundness:
    """Verify a copy and leave it as one file, without a log beside it."""
    try:
        database = Database(copy.parent)
        try:
            database.check()
            with database.reading() as connection:
                sound = reading.verify(connection)
        finally:
            database.close()
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").close()
    except CorruptStoreError as error:
        raise CorruptStoreError(
            error.message.replace(os.fspath(copy), os.fspath(named)),
            hint=remedy if error.hint == RESTORE else error.hint,
        ) from error
    return sound


def place(copy: Path, destination: Path) -> None:
    """Give a complete file its name, on the disk when this returns."""
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(copy, destination)
    except FileExistsError as error:
        raise taken(destination) from error
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}:
            raise
        # Some disks have no hard links; there a name taken in this very moment would be lost.
        if os.path.lexists(destination):
            raise taken(destination) from error
        copy.rename(destination)
    sync_folder(destination.parent)


def taken(path: Path) -> StoreError:
    """That a name is no more free."""
    return StoreError(
        f"`{path}` is there already, and nothing is ever replaced",
        hint="give another name, or move it away first",
    )


def unwritable(path: Path, error: OSError) -> StoreError:
    """That something cannot be written."""
    return StoreError(
        f"`{path}` cannot be written: {error.strerror}",
        hint="name a place that you may write to and that has room",
    )
