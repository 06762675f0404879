"""The database lets nobody change or remove, and what was tampered with does not pass."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from article41.model.errors import CorruptStoreError
from article41.store import (
    GENERATION_EMPTY,
    Attempt,
    AttemptOutcome,
    LinkDecision,
    LinkVerdict,
    Shrink,
    Store,
)
from article41.store.chain import digest
from article41.store.schema import TABLES, triggers
from tests.store.made import KNOWN, LIST, listing, moment, version


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "lists") as opened:
        yield opened


@pytest.mark.parametrize(
    "table", ["schema", "parts", "chunks", "versions", "version_parts", "contents", "additions"]
)
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {0} SET rowid = rowid"])
def test_the_database_refuses_to_change_or_remove(store: Store, table: str, verb: str) -> None:
    store.add(version([listing()]), known_at=KNOWN)

    with (
        closing(sqlite3.connect(store.folder / "store.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the store only grows"),
    ):
        connection.execute(verb.format(table))


@pytest.mark.parametrize(
    ("table", "key", "others"),
    [
        ("schema", "rowid", "version"),
        ("parts", "number", "'?', 1"),
        ("parts", "sha256", "1"),
        ("chunks", "part, position", "x'00'"),
        ("chunks", "rowid", "part, 99, body"),
        ("versions", "number", "authority, list_id, '?', entries, report, roll, '?', '?'"),
        ("versions", "list_id, sha256", "authority, entries, report, roll, '?', '?'"),
        ("version_parts", "version, position", "kind, '?', part"),
        ("version_parts", "rowid", "version, 99, kind, '?', part"),
        ("contents", "number", "list_id, '?', x'00', NULL, NULL, body"),
        ("contents", "sha256", "list_id, '?', NULL, NULL, body"),
        ("attempts", "number", "list_id, at, 'unchanged', '', version, validators, '?'"),
        ("additions", "number", "version, known_at, NULL, 0, '?', '?', '?'"),
        ("link_decisions", "number", "'a/1', 'a/2', 'different', '?', '?', decided_at, '?'"),
    ],
)
def test_the_database_refuses_to_replace_by_any_key(
    filled: Store, table: str, key: str, others: str
) -> None:
    keys = key.split(", ")
    columns = [*keys, *(f'"{one.name}"' for one in TABLES.tables[table].c if one.name not in keys)]
    if "sha256" in keys:
        columns.remove('"number"')

    with (
        closing(sqlite3.connect(filled.folder / "store.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match=f"the store only grows: no replace of {table}"),
    ):
        connection.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) "
            f"SELECT {key}, {others} FROM {table} WHERE rowid = 1"
        )


@pytest.mark.parametrize("table", ["attempts", "link_decisions"])
def test_a_chain_emptied_after_an_addition_does_not_pass_verification(
    filled: Store, table: str
) -> None:
    emptied(filled, table)

    with pytest.raises(CorruptStoreError, match=f"rows of `{table}` are missing that were there"):
        filled.verify()


@contextmanager
def unguarded(store: Store, trigger: str) -> Iterator[sqlite3.Connection]:
    """The database of a store, a trigger taken away and put back."""
    with closing(sqlite3.connect(store.folder / "store.sqlite")) as connection:
        connection.execute(f"DROP TRIGGER {trigger}")
        yield connection
        connection.execute(triggers()[trigger])
        connection.commit()


def emptied(store: Store, table: str) -> None:
    """Remove all rows, by somebody who takes the trigger away and puts it back."""
    with unguarded(store, f"{table}_refuses_delete") as connection:
        connection.execute(f"DELETE FROM {table}")


UNSEEN = {("schema", "version"), ("chunks", "position"), ("version_parts", "position")}
"""The first is read when a store is opened; of one piece or file the order says nothing."""


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column.name)
        for table in TABLES.sorted_tables
        for column in table.c
        if (table.name, column.name) not in UNSEEN
    ],
)
def test_whatever_is_tampered_with_does_not_pass_verification(
    filled: Store, table: str, column: str
) -> None:
    tampered(filled, table, column)

    with pytest.raises(CorruptStoreError):
        filled.verify()


@pytest.mark.parametrize("table", ["additions", "attempts", "link_decisions"])
def test_a_row_taken_out_does_not_pass_verification(filled: Store, table: str) -> None:
    with unguarded(filled, f"{table}_refuses_delete") as connection:
        connection.execute(f"DELETE FROM {table} WHERE number = 1")

    with pytest.raises(CorruptStoreError, match=f"row 2 of `{table}` does not fit its hash"):
        filled.verify()


@pytest.mark.parametrize("column", ["authority", "report"])
def test_what_is_said_of_a_version_is_compared_before_it_is_handed_out(
    filled: Store, column: str
) -> None:
    tampered(filled, "versions", column)

    with pytest.raises(CorruptStoreError, match="what is said of version 1 does not fit its hash"):
        filled.versions()


@pytest.fixture
def filled(store: Store) -> Store:
    """Two rows in every table that may have two."""
    for hours, number in enumerate("12"):
        given = version([listing(number)], content=number.encode())
        store.add(given, known_at=moment(hours), shrink=Shrink.ACCEPT)
        store.note_attempt(
            Attempt(list_id=LIST, at=moment(hours), outcome=AttemptOutcome.REFUSED, detail="no")
        )
        store.decide_link(
            LinkDecision(
                pair=("xa-main/1", "xa-main/2"),
                verdict=LinkVerdict.SAME,
                decided_by="ada",
                reason="one address",
                decided_at=moment(hours),
            )
        )
    store.verify()
    return store


def tampered(store: Store, table: str, column: str) -> None:
    """Change one value by somebody who takes the trigger away and puts it back."""
    with unguarded(store, f"{table}_refuses_update") as connection:
        (value,) = connection.execute(f'SELECT "{column}" FROM {table} WHERE rowid = 1').fetchone()
        connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = 1', (other(value),))


def other(value: int | str | bytes | None) -> int | str | bytes:
    """A value of the same kind that differs in one place."""
    match value:
        case None:
            return b"?"
        case int():
            return 1 - value if value in (0, 1) else value + 1
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "?"
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1])


def test_additions_whose_moments_go_back_do_not_pass_verification(store: Store) -> None:
    """Whoever knows how the generations are made can make them fit; the clock still tells."""
    store.add(version([listing("1")], content=b"a"), known_at=moment(5))
    store.add(version([listing("1"), listing("2")], content=b"b"), known_at=moment(6))
    earlier = moment(1).isoformat(timespec="microseconds")

    with closing(sqlite3.connect(store.folder / "store.sqlite")) as connection:
        connection.execute("DROP TRIGGER additions_refuses_update")
        (first,) = connection.execute(
            "SELECT generation FROM additions WHERE number = 1"
        ).fetchone()
        (record,) = connection.execute(
            "SELECT record_sha256 FROM versions WHERE number = 2"
        ).fetchone()
        chain = digest(
            first, 2, [2, earlier, None, False, GENERATION_EMPTY, GENERATION_EMPTY], record
        )
        connection.execute(
            "UPDATE additions SET known_at = ?, generation = ? WHERE number = 2", (earlier, chain)
        )
        connection.execute(triggers()["additions_refuses_update"])
        connection.commit()

    with pytest.raises(CorruptStoreError, match="before the one before it"):
        store.verify()
