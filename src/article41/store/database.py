"""Opens the database of a store and runs transactions on it; it knows no table but the schema's.

What the database refuses is raised as a `StoreError` with a remedy, never as a driver's error.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Engine

from article41.model.errors import CorruptStoreError, StoreError
from article41.store import schema
from article41.store.asking import UNWRITTEN, has_room, refuse_log, refuse_written, written
from article41.store.generation import DATABASE_NAME, RESTORE
from article41.store.syncing import sync_folder

LOCK_TIMEOUT_S = 30.0
PAGES_AT_ONCE = 2048
"""How much of a database is copied before its progress is told."""


class Database:
    """One SQLite file in a folder, made if it is not there; only read where it cannot be written.

    Args:
        folder: Where the file is or will be.
        lock_timeout_s: How long to wait for another process that writes.
    """

    def __init__(self, folder: Path, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        """Open or make the file and check the version of its schema."""
        self.path = folder / DATABASE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                _create(self.path)
            is_empty = self.path.stat().st_size == 0
        except OSError as error:
            raise StoreError(
                f"the folder `{folder}` cannot hold a store: {error.strerror}",
                hint="name a folder that you may write to",
            ) from error
        if is_empty:
            # INVARIANT: `_create` links a complete file into place, so an empty one lost its bytes.
            raise CorruptStoreError(f"`{self.path}` is empty", hint=RESTORE)
        self._unwritten: tuple[int, ...] | None = None
        if not has_room(self.path):
            refuse_log(self.path)
            self._unwritten = written(self.path)
        self._engine = _engine(
            self.path, lock_timeout_s=lock_timeout_s, is_written=self._unwritten is None
        )
        try:
            with self.reading() as connection:
                found = connection.execute(sqlalchemy.select(schema.SCHEMA)).scalar_one_or_none()
            _check_schema(self.path, found)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout, whatever others add meanwhile.

        Raises:
            StoreError: Where we cannot write, somebody else has written meanwhile: SQLite does not
                keep us apart there.
        """
        with self._transaction("BEGIN") as connection:
            yield connection
        if self._unwritten is not None:
            refuse_written(self.path, self._unwritten)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that happens wholly or not at all; one writer at a time."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql(begin)
                try:
                    yield connection
                    connection.exec_driver_sql("COMMIT")
                except BaseException:
                    # A full disk makes SQLite roll back by itself.
                    if _driver_connection(connection).in_transaction:
                        connection.exec_driver_sql("ROLLBACK")
                    raise
        except sqlalchemy.exc.DBAPIError as error:
            raise _translated(self.path, error.orig) from error

    def check(self) -> None:
        """See that the file is whole and that its triggers still let it only grow.

        Raises:
            CorruptStoreError: It is not, or they do not.
        """
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            if found != "ok":
                # SQLite heads what it found with a line of stars.
                words = " ".join(re.sub(r"\*\*\*.*?\*\*\*", " ", found).split())
                raise CorruptStoreError(f"`{self.path}` is damaged: {words}", hint=RESTORE)
            triggers = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
            )
            held = {row.name: row.sql for row in triggers}
        changed = sorted(dict(held.items() ^ schema.triggers().items()))
        if changed:
            raise CorruptStoreError(
                f"`{self.path}` may have been changed: it lacks the trigger `{changed[0]}`, or has "
                "another one",
                hint=RESTORE,
            )

    def copy_to(self, path: Path, *, progress: Callable[[int], None] | None = None) -> None:
        """Write one state of the database to a new file, whatever others add meanwhile.

        Args:
            path: A file that is not there.
            progress: Called now and then with the share copied, in percent.
        """

        def advance(_status: int, remaining: int, total: int) -> None:
            if progress is not None and total:
                progress(100 * (total - remaining) // total)

        with self.reading() as connection:
            # SQLite begins to see one state with the first value read, not with BEGIN.
            connection.execute(sqlalchemy.select(schema.SCHEMA)).all()
            try:
                with closing(sqlite3.connect(path)) as copy:
                    _driver_connection(connection).backup(
                        copy, pages=PAGES_AT_ONCE, progress=advance
                    )
            except sqlite3.Error as error:
                raise _translated(path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _create(path: Path) -> None:
    """Make a complete empty store beside `path`, then link it into place."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-store-") as scratch:
        fresh = Path(scratch) / path.name
        engine = _engine(fresh, lock_timeout_s=LOCK_TIMEOUT_S)
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                schema.create_tables(connection)
                connection.exec_driver_sql("COMMIT")
        except sqlalchemy.exc.DBAPIError as error:
            raise _translated(path, error.orig) from error
        finally:
            engine.dispose()
        try:
            os.link(fresh, path)
        except FileExistsError:
            return  # Another process was first; both files are empty stores.
        sync_folder(path.parent)


def _engine(path: Path, *, lock_timeout_s: float, is_written: bool = True) -> Engine:
    place = (
        sqlalchemy.URL.create("sqlite", database=os.fspath(path))
        if is_written
        else sqlalchemy.URL.create(
            "sqlite", database=path.absolute().as_uri(), query={**UNWRITTEN, "uri": "true"}
        )
    )
    # AUTOCOMMIT leaves BEGIN to us: the driver would begin too late for a consistent read.
    engine = sqlalchemy.create_engine(
        place,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": lock_timeout_s},
    )

    @sqlalchemy.event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        # With a write-ahead log readers go on while somebody adds, and a process that dies leaves
        # the state before its last commit; FULL makes a commit outlive a power cut.
        journal = ("journal_mode = WAL",) if is_written else ()
        for pragma in (*journal, "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _driver_connection(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _check_schema(path: Path, found: int | None) -> None:
    if found == schema.SCHEMA_VERSION:
        return
    if found is None:
        remedy = RESTORE
    elif found > schema.SCHEMA_VERSION:
        remedy = "install a newer article41"
    else:
        remedy = "add the lists again in another folder, or ask with the article41 that made it"
    raise CorruptStoreError(
        f"`{path}` has schema version {found}, this program reads {schema.SCHEMA_VERSION}",
        hint=remedy,
    )


def _translated(path: Path, error: BaseException | None) -> StoreError:
    """The driver's error in our words."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            f"`{path}` is in use by another process that adds to it",
            hint="wait until it has finished and try again",
        )
    if name.startswith("SQLITE_FULL"):
        return StoreError(
            f"no space is left for `{path}`; nothing was added",
            hint="free some space, or move the store to a larger disk",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(
            f"`{path}` cannot be opened for writing", hint="name a folder that you may write to"
        )
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            f"the disk failed under `{path}`: {error}; nothing was added", hint="check the disk"
        )
    if name.startswith("SQLITE_NOTADB"):
        return CorruptStoreError(f"`{path}` is not a store", hint=RESTORE)
    return CorruptStoreError(f"`{path}` is damaged: {error}", hint=RESTORE)
