"""Copies the customers while others read and write them, and places a copy in a store.

A copy is compared with its own checks before it is given a name, and never replaces anything.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import msgspec

from article41.casework.monitor.book import last_run
from article41.casework.monitor.database import DATABASE_NAME
from article41.casework.monitor.register import Register
from article41.model.errors import CorruptStoreError, StoreError
from article41.store.copies import place, put_back, taken, unwritable
from article41.store.syncing import ONLY_OWNER

_PAGES_AT_ONCE = 4_096


class CustomersCopied(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy holds.

    Example:
        >>> CustomersCopied(customers=2, alerts=1, revision=3, runs=1).customers
        2
    """

    customers: int
    """Customers."""
    alerts: int
    """Alerts on them, as the last run left them."""
    revision: int
    """The number of the state of the customers; their earlier states are with them."""
    runs: int
    """The number of the last run; 0 before the first."""


def back_up(register: Register, destination: Path) -> CustomersCopied:
    """Write one state of the customers, their past, their alerts and runs to a file of its own.

    Args:
        register: What is copied; others may read and write meanwhile.
        destination: A file that is not there yet.

    Raises:
        StoreError: The file is there already or cannot be written.
        CorruptStoreError: What was copied does not add up.
    """
    if os.path.lexists(destination):
        raise taken(destination)
    try:
        with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".backup-") as scratch:
            copy = Path(scratch, DATABASE_NAME)
            os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER))
            with register.database.reading() as source, closing(sqlite3.connect(copy)) as target:
                # SQLite begins to see one state with the first value read, not with BEGIN.
                source.execute("SELECT count(*) FROM imports").fetchall()
                source.backup(target, pages=_PAGES_AT_ONCE)
            found = _verified(copy, named=register.database.path)
            place(copy, destination)
    except sqlite3.Error as error:
        raise StoreError(
            f"`{destination}` cannot be written: {error}",
            hint="name a place that you may write to and that has room",
        ) from error
    except OSError as error:
        raise unwritable(destination, error) from error
    return found


def restore(backup: Path, folder: Path) -> CustomersCopied:
    """Put the customers that a backup holds into the folder of a store, wholly or not at all.

    Args:
        backup: A file that `back_up` wrote; it is only read.
        folder: Of the store; there must be no customers in it yet.

    Raises:
        StoreError: There are customers already, or the folder cannot be written, or the backup is
            a register in use.
        CorruptStoreError: The backup does not add up, or is none.
    """

    def verified(copy: Path) -> CustomersCopied:
        copy.chmod(ONLY_OWNER)
        return _verified(copy, named=backup)

    return put_back(
        backup,
        folder / DATABASE_NAME,
        in_use=StoreError(
            f"`{backup}` is a register in use and no backup",
            hint="make a backup of it with `article41 customers backup FILE`",
        ),
        verified=verified,
    )


def _verified(copy: Path, *, named: Path) -> CustomersCopied:
    """Verify a copy and leave it as one file, without a log beside it."""
    try:
        _refuse_other(copy)
        with Register(copy.parent) as register:
            connection = register.database.connection
            with register.database.reading():
                [said] = connection.execute("PRAGMA integrity_check(1)").fetchone()
                if said != "ok":
                    raise CorruptStoreError(str(said), hint="")
                count = sum(len(chunk) for chunk in register.chunks())
                [alerts] = connection.execute("SELECT count(*) FROM alerts").fetchone()
                run = last_run(connection)
                found = CustomersCopied(
                    customers=count,
                    alerts=alerts,
                    revision=register.revision,
                    runs=0 if run is None else run.number,
                )
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").close()
    except (CorruptStoreError, msgspec.MsgspecError) as error:
        said = error.message if isinstance(error, CorruptStoreError) else str(error)
        raise CorruptStoreError(
            f"`{named}` holds no customers that add up: {said.replace(str(copy), str(named))}",
            hint="take another backup, which `article41 customers backup FILE` makes",
        ) from error
    return found


def _refuse_other(copy: Path) -> None:
    """Refuse what is no register: opening it would make one of it."""
    with closing(sqlite3.connect(copy)) as connection:
        try:
            [version] = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise CorruptStoreError(str(error), hint="") from error
    if not version:
        raise CorruptStoreError("it is none of ours", hint="")
