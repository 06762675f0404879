"""The database lets nobody change or remove, and what was tampered with does not pass."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from article41.model.errors import CorruptStoreError
from article41.store import Store
from article41.store.generation import generation_after
from article41.store.schema import triggers
from tests.store.made import KNOWN, listing, moment, version


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
    ("table", "column"),
    [
        ("chunks", "body"),
        ("contents", "body"),
        ("contents", "sha256"),
        ("versions", "roll"),
        ("versions", "roll_sha256"),
        ("versions", "sha256"),
        ("version_parts", "part"),
        ("additions", "known_at"),
        ("additions", "generation"),
    ],
)
def test_whatever_is_tampered_with_does_not_pass_verification(
    store: Store, table: str, column: str
) -> None:
    store.add(version([listing("1")], content=b"a"), known_at=KNOWN)
    store.add(version([listing("2")], content=b"b"), known_at=moment(1))
    store.verify()

    with closing(sqlite3.connect(store.folder / "store.sqlite")) as connection:
        connection.execute(f"DROP TRIGGER {table}_refuses_update")
        (other,) = connection.execute(
            f"SELECT {column} FROM {table} ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
        changed = other[:-1] + other[:1] if column in ("sha256", "roll_sha256") else other
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = 1", (changed,))
        connection.execute(triggers()[f"{table}_refuses_update"])
        connection.commit()

    with pytest.raises(CorruptStoreError):
        store.verify()


def test_additions_whose_moments_go_back_do_not_pass_verification(store: Store) -> None:
    """Whoever knows how the generations are made can make them fit; the clock still tells."""
    store.add(version([listing("1")], content=b"a"), known_at=moment(5))
    store.add(version([listing("2")], content=b"b"), known_at=moment(6))
    earlier = moment(1).isoformat(timespec="microseconds")

    with closing(sqlite3.connect(store.folder / "store.sqlite")) as connection:
        connection.execute("DROP TRIGGER additions_refuses_update")
        facts = connection.execute(
            "SELECT v.list_id, v.sha256, v.roll_sha256, a.published, a.published_is_stated FROM "
            "additions a JOIN versions v ON a.version = v.number WHERE a.number = 2"
        ).fetchone()
        (first,) = connection.execute(
            "SELECT generation FROM additions WHERE number = 1"
        ).fetchone()
        generation = generation_after(first, *facts[:3], earlier, facts[3], bool(facts[4]))
        connection.execute(
            "UPDATE additions SET known_at = ?, generation = ? WHERE number = 2",
            (earlier, generation),
        )
        connection.execute(triggers()["additions_refuses_update"])
        connection.commit()

    with pytest.raises(CorruptStoreError, match="before the one before it"):
        store.verify()
