"""The register of customers: who is one, who came, changed or left, and the index of their names.

An import is the whole register unless it is said to be a part of it; it compares by id.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from article41.casework.monitor.customer import Customer
from article41.casework.monitor.database import DATABASE_NAME, Database
from article41.match.customers import CustomerIndex, IndexedCustomer, build_customer_index
from article41.model.errors import IndexFileError, InputError, ShrinkError
from article41.store.syncing import ONLY_OWNER

INDEX_NAME = "customers.index"
"""The index of the names, beside the database."""
CHUNK = 20_000
"""Customers in memory at a time."""
LEAVING_MIN = 20
LEAVING_SHARE_MAX = 0.1
"""An import that lacks so many customers, and this share of them, is taken for a broken table."""
_VARIABLES_MAX = 30_000
"""SQLite takes no more than 32,766 in one statement."""
_DECODER = msgspec.json.Decoder(Customer)


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What an import made of the register."""

    added: int
    """Customers that were not there."""
    changed: int
    """Customers of whom another thing is known than before."""
    removed: int
    """Customers that are there no more; the next run tells of the alerts that end with them."""
    unchanged: int
    """Customers in the import as they were."""
    customers: int
    """Customers in the register now."""
    revision: int
    """The number of the state; an import that changes nothing keeps it."""


class Held(msgspec.Struct, frozen=True):
    """A customer in the register, with the state in which it came to be as it is."""

    customer: Customer
    """Who."""
    revision: int
    """Since which state."""

    @property
    def id(self) -> str:
        """Of the customer."""
        return self.customer.id


class Register:
    """The customers in the folder of a store, and the database that their alerts are in too.

    Args:
        folder: Of the store.
        is_made: Whether the register is made where there is none.

    Raises:
        StoreError: There is none, or it cannot be opened.
        CorruptStoreError: It is damaged, or of another release.

    Example:
        >>> import tempfile
        >>> from datetime import UTC
        >>> ada = Customer(id="c-1", names=("Ada Example",))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Register(Path(folder), is_made=True) as register:
        ...         register.take_in([ada], at=datetime(2024, 3, 1, tzinfo=UTC), source="a").added
        1
    """

    def __init__(self, folder: Path, *, is_made: bool = False) -> None:
        """Open the register."""
        self.folder = folder
        self.database = Database(folder, is_made=is_made)

    def take_in(
        self,
        customers: Iterable[Customer],
        *,
        at: datetime,
        source: str,
        is_part: bool = False,
        may_shrink: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> Intake:
        """Bring the register to what an import says, wholly or not at all, and index the names.

        Args:
            customers: Each once.
            at: The present moment.
            source: Where they come from, for who looks later.
            is_part: Keep those that the import does not name.
            may_shrink: Take an import too that lacks more customers than leave at once.
            progress: Called now and then with the number of customers read.

        Raises:
            InputError: An id comes twice.
            ShrinkError: It lacks too many customers; nothing was changed.
            StoreError: The database cannot be written.
        """
        with self.database.writing() as connection:
            _stage(connection, customers, progress)
            intake = _compared(connection, is_part=is_part)
            if not may_shrink:
                _refuse_shrinkage(intake)
            if intake.added or intake.changed or intake.removed:
                _apply(connection, intake.revision, is_part=is_part)
                row = (intake.revision, at.isoformat(), source, msgspec.json.encode(intake))
                connection.execute("INSERT INTO imports VALUES (?, ?, ?, ?)", row)
            connection.execute("DROP TABLE incoming")
        self.index()
        return intake

    def index(self) -> CustomerIndex:
        """The index of the names as the register is now, built anew if it is of another state."""
        path, state = self.folder / INDEX_NAME, str(self.revision)
        try:
            index = CustomerIndex(path)
            if index.state == state:
                return index
        except IndexFileError:
            pass  # Missing, damaged, or of another release: it is made of what is held.
        with self.database.writing() as connection:
            state = str(_revision(connection))
            named = (
                IndexedCustomer(one.customer.id, one.customer.queries)
                for chunk in _chunks(connection)
                for one in chunk
                if one.customer.names
            )
            limits = build_customer_index(path, named, state=state)
            connection.execute("DELETE FROM name_limits")
            connection.executemany(
                "INSERT INTO name_limits VALUES (?, ?, ?)",
                ((one.customer, one.name, one.is_empty) for one in limits),
            )
        path.chmod(ONLY_OWNER)
        return CustomerIndex(path)

    @property
    def revision(self) -> int:
        """The number of the state of the register; 0 before the first import."""
        return _revision(self.database.connection)

    @property
    def count(self) -> int:
        """How many customers there are."""
        return _count(self.database.connection, "SELECT count(*) FROM customers")

    def chunks(self) -> Iterator[list[Held]]:
        """All customers by id, some thousands at a time."""
        return _chunks(self.database.connection)

    def of_ids(self, ids: Iterable[str]) -> Iterator[list[Held]]:
        """Those of some ids that are customers, by id, some thousands at a time."""
        wanted = iter(sorted(ids))
        while chunk := list(islice(wanted, CHUNK)):
            rows = selected(
                self.database.connection,
                "SELECT body, revision FROM customers WHERE id IN ({}) ORDER BY id",
                chunk,
            )
            yield list(map(_held, rows))

    def changed_since(self, revision: int) -> set[str]:
        """The ids of those who came or changed after a state."""
        rows = self.database.connection.execute(
            "SELECT id FROM customers WHERE revision > ?", (revision,)
        )
        return {one for (one,) in rows}

    def with_numbers(self, keys: Sequence[str]) -> set[str]:
        """The ids of those who have one of the numbers, as `number_key` folds them."""
        sql = "SELECT customer FROM numbers WHERE key IN ({})"
        return {str(one) for (one,) in selected(self.database.connection, sql, keys)}

    def faults(self) -> list[tuple[str, int, str]]:
        """What of the rows could not be read: what, of how many customers, and the id of one."""
        sql = "SELECT fault, count(*), min(id) FROM customers WHERE fault <> '' GROUP BY fault"
        return self.database.connection.execute(f"{sql} ORDER BY 2 DESC, 1").fetchall()

    def name_limits(self) -> tuple[int, int]:
        """How many names are compared in part, and how many not at all."""
        sql = "SELECT count(*) FROM name_limits WHERE is_empty = ?"
        cut, empty = (_count(self.database.connection, sql, one) for one in (0, 1))
        return cut, empty

    def uncompared(self) -> Iterator[str]:
        """The ids of those who are compared by no name, for want of one or of a legible letter."""
        connection = self.database.connection
        empty = dict(
            connection.execute(
                "SELECT customer, count(*) FROM name_limits WHERE is_empty GROUP BY customer"
            ).fetchall()
        )
        faulty = connection.execute("SELECT id FROM customers WHERE fault <> ''").fetchall()
        for chunk in self.of_ids({*empty, *(one for (one,) in faulty)}):
            for held in chunk:
                if len(held.customer.names) <= empty.get(held.id, 0):
                    yield held.id

    def last_import(self) -> tuple[datetime, str] | None:
        """When the register last changed, and by which file; nothing if it never did."""
        row = self.database.connection.execute(
            "SELECT at, source FROM imports ORDER BY revision DESC LIMIT 1"
        ).fetchone()
        return None if row is None else (datetime.fromisoformat(row[0]), row[1])

    def __enter__(self) -> Self:
        """The register itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the database."""
        self.database.close()


def has_register(folder: Path) -> bool:
    """True if customers are kept in a folder, or were.

    Example:
        >>> has_register(Path("no-such-folder"))
        False
    """
    return (folder / DATABASE_NAME).is_file()


def selected(
    connection: sqlite3.Connection, sql: str, values: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """The rows for any number of values, which stand where the statement has `{}`."""
    for first in range(0, len(values), _VARIABLES_MAX):
        part = values[first : first + _VARIABLES_MAX]
        yield from connection.execute(sql.format(",".join("?" * len(part))), part)


def _stage(
    connection: sqlite3.Connection,
    customers: Iterable[Customer],
    progress: Callable[[int], None] | None,
) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.incoming")
    connection.execute(
        "CREATE TEMP TABLE incoming (id TEXT PRIMARY KEY, body BLOB, fault TEXT) WITHOUT ROWID"
    )
    taken = ""

    def rows() -> Iterator[tuple[str, bytes, str]]:
        nonlocal taken
        for number, one in enumerate(customers, start=1):
            taken = one.id
            if progress is not None and number % CHUNK == 0:
                progress(number)
            yield one.id, msgspec.json.encode(one), one.fault

    try:
        connection.executemany("INSERT INTO incoming VALUES (?, ?, ?)", rows())
    except sqlite3.IntegrityError as error:
        raise InputError(
            f"the id `{taken}` stands twice in the customers",
            hint="give each customer an id of its own; nothing was imported",
        ) from error


def _compared(connection: sqlite3.Connection, *, is_part: bool) -> Intake:
    def count(sql: str) -> int:
        return _count(connection, sql)

    both = "SELECT count(*) FROM incoming JOIN customers USING (id)"
    coming, before = (count(f"SELECT count(*) FROM {table}") for table in ("incoming", "customers"))
    kept = count(both)
    changed = count(f"{both} WHERE incoming.body <> customers.body")
    added, removed = coming - kept, 0 if is_part else before - kept
    is_changed = bool(added or changed or removed)
    return Intake(
        added=added,
        changed=changed,
        removed=removed,
        unchanged=kept - changed,
        customers=before + added - removed,
        revision=_revision(connection) + is_changed,
    )


def _refuse_shrinkage(intake: Intake) -> None:
    before = intake.unchanged + intake.changed + intake.removed
    is_empty = before > 0 and intake.customers == 0
    if is_empty or intake.removed >= max(LEAVING_MIN, before * LEAVING_SHARE_MAX):
        raise ShrinkError(
            f"{intake.removed:,} of {before:,} customers are missing; nothing was changed",
            hint="get the whole table again; if it is a part of it, import it with `--part`; if so "
            "many have left, with `--accept-shrink`, in Python with `may_shrink=True`",
        )


def _apply(connection: sqlite3.Connection, revision: int, *, is_part: bool) -> None:
    gone = "id NOT IN (SELECT id FROM incoming)"
    other = (
        "EXISTS (SELECT 1 FROM incoming AS new WHERE new.id = customers.id "
        "AND new.body <> customers.body)"
    )
    connection.execute(
        "INSERT INTO customers_past SELECT id, body, fault, revision, ? FROM customers "
        f"WHERE {other if is_part else f'{gone} OR {other}'}",
        (revision,),
    )
    if not is_part:
        connection.execute(f"DELETE FROM customers WHERE {gone}")
    connection.execute(
        """
        INSERT OR REPLACE INTO customers SELECT id, body, fault, ? FROM incoming AS new
        WHERE NOT EXISTS (
            SELECT 1 FROM customers WHERE customers.id = new.id AND customers.body = new.body
        )
        """,
        (revision,),
    )
    connection.execute(
        "DELETE FROM numbers WHERE customer NOT IN (SELECT id FROM customers) "
        "OR customer IN (SELECT id FROM customers WHERE revision = ?)",
        (revision,),
    )
    keep_numbers(connection, "revision = ?", revision)


def keep_numbers(connection: sqlite3.Connection, which: str, *values: object) -> None:
    """Keep the numbers of some customers as they are looked up.

    Args:
        connection: To the database.
        which: Which, in SQL.
        values: For its marks.
    """
    # Between two blobs: SQLite may be built so that LIKE knows none.
    rows = connection.execute(
        f"SELECT body FROM customers WHERE {which} AND instr(body, ?)", (*values, b'"numbers"')
    )
    connection.executemany(
        "INSERT INTO numbers VALUES (?, ?)",
        ((key, one.id) for (body,) in rows for one in [_DECODER.decode(body)]
         for key in one.number_keys),
    )  # fmt: skip


def _chunks(connection: sqlite3.Connection) -> Iterator[list[Held]]:
    after = ""
    sql = "SELECT body, revision FROM customers WHERE id > ? ORDER BY id LIMIT ?"
    while rows := connection.execute(sql, (after, CHUNK)).fetchall():
        chunk = list(map(_held, rows))
        yield chunk
        after = chunk[-1].customer.id


def _held(row: tuple[object, ...]) -> Held:
    body, revision = row
    assert isinstance(body, bytes)
    assert isinstance(revision, int)
    return Held(_DECODER.decode(body), revision)


def _revision(connection: sqlite3.Connection) -> int:
    return _count(connection, "SELECT coalesce(max(revision), 0) FROM imports")


def _count(connection: sqlite3.Connection, sql: str, *values: object) -> int:
    [count] = connection.execute(sql, values).fetchone()
    assert isinstance(count, int)
    return count
