"""The database of customers and their alerts: one file of its own beside the store.

What customers and alerts were is kept beside what they are, each with the states between which it
was so: a run of the past can be done again.

What the driver refuses is raised as a `StoreError` with a remedy.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from article41.model.errors import CorruptStoreError, StoreError
from article41.store.syncing import ONLY_OWNER

DATABASE_NAME = "customers.sqlite"
SCHEMA_VERSION = 2
LOCK_TIMEOUT_S = 60.0
"""How long a command waits for another one that writes."""
IMPORT_FIRST = "keep your customers first with `article41 customers import FILE.csv`"
_SCHEMA = """
CREATE TABLE customers (
    id TEXT PRIMARY KEY, body BLOB NOT NULL, fault TEXT NOT NULL, revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE customers_past (
    id TEXT NOT NULL, body BLOB NOT NULL, fault TEXT NOT NULL, revision INTEGER NOT NULL,
    until_revision INTEGER NOT NULL
);
CREATE INDEX customers_by_revision ON customers (revision);
CREATE INDEX customers_by_fault ON customers (fault) WHERE fault <> '';
CREATE TABLE numbers (key TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (key, customer))
    WITHOUT ROWID;
CREATE INDEX numbers_by_customer ON numbers (customer);
CREATE TABLE name_limits (
    customer TEXT NOT NULL, name TEXT NOT NULL, is_empty INTEGER NOT NULL
);
CREATE TABLE imports (
    revision INTEGER PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, counts BLOB NOT NULL
);
CREATE TABLE runs (number INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE alerts (
    customer TEXT NOT NULL, listing TEXT NOT NULL, body BLOB NOT NULL, since_run INTEGER NOT NULL,
    run INTEGER NOT NULL, PRIMARY KEY (customer, listing)
) WITHOUT ROWID;
CREATE INDEX alerts_by_listing ON alerts (listing);
CREATE TABLE alerts_past (
    customer TEXT NOT NULL, listing TEXT NOT NULL, body BLOB NOT NULL, since_run INTEGER NOT NULL,
    run INTEGER NOT NULL, until_run INTEGER NOT NULL, why TEXT NOT NULL
);
"""


class Database:
    """An open database of customers.

    Args:
        folder: Of the store.
        is_made: Whether it is made where there is none.

    Raises:
        StoreError: There is none, or it cannot be opened.
        CorruptStoreError: It is damaged, or of another release.
    """

    def __init__(self, folder: Path, *, is_made: bool = False) -> None:
        """Open the file."""
        self.path = folder / DATABASE_NAME
        if not is_made and not self.path.is_file():
            raise StoreError(f"there are no customers in `{folder}`", hint=IMPORT_FIRST)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                # Its owner's alone before anybody is in it; SQLite makes its log alike.
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, ONLY_OWNER))
            self.connection = sqlite3.connect(
                self.path, isolation_level=None, timeout=LOCK_TIMEOUT_S
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"`{self.path}` cannot be opened: {error}", hint="name a folder you may write to"
            ) from error
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        with self._translated():
            # A write-ahead log: who looks never waits for a run.
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
                self.connection.execute(f"PRAGMA {pragma}").close()
            [version] = self.connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._make()
        elif version != SCHEMA_VERSION:
            raise CorruptStoreError(
                f"`{self.path}` has schema version {version}, this program reads {SCHEMA_VERSION}",
                hint="ask with the article41 that made it, or import into another folder",
            )

    def _make(self) -> None:
        with self.writing() as connection:
            # Another process may have made it meanwhile.
            if connection.execute("PRAGMA user_version").fetchone() == (0,):
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that happens wholly or not at all; one writer at a time."""
        with self._translated():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The same of a transaction that sees one state throughout."""
        with self._translated():
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self.connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreError(
                    f"`{self.path}` is in use by another process that writes to it",
                    hint="wait until it has finished and try again",
                ) from error
            raise StoreError(
                f"`{self.path}` cannot be used: {error}; nothing was changed",
                hint="see whether the disk is full, and whether you may write to the folder",
            ) from error
        except sqlite3.DatabaseError as error:
            raise CorruptStoreError(
                f"`{self.path}` is damaged: {error}",
                hint="restore it from a backup, or move it away and import the customers again",
            ) from error
