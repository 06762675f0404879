"""The file of the history decides nothing, and a number may be given to somebody else."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from article41.model.clocks import Bounds, PartialDate, StatedDate
from article41.model.entities import Entity, Name, Schema
from article41.store import Store, TimedListing
from article41.store.history import HISTORY_NAME, History
from article41.store.kept import code_sha256, keep
from tests.store.made import LIST, listing, moment, version


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        for hours, names in enumerate((["Ada Example"], ["Ada Example", "Eve Sample"])):
            kept = [listing(str(n), name=name) for n, name in enumerate(names)]
            day = date(2024, 2, 1 + hours)
            opened.add(version(kept, content=bytes([hours]), published=day), known_at=moment(hours))
        yield opened


def answers(store: Store) -> tuple[list[TimedListing], ...]:
    return (
        list(store.records()),
        list(store.entries(as_of=date(2024, 2, 1))),
        list(store.entries(known_at=moment(0))),
        list(store.records_of(f"{LIST}/1")),
    )


def removed(path: Path) -> None:
    """It is gone."""
    path.unlink()


def emptied(path: Path) -> None:
    """Nothing is in it."""
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """The end is missing."""
    path.write_bytes(path.read_bytes()[:-20])


def replaced(path: Path) -> None:
    """It is something else."""
    path.write_bytes(b"\xc1 no message")


NOTHING = msgspec.msgpack.encode(History((), {}))


def of_other_code(path: Path) -> None:
    """Other code made it, by which nothing was ever listed."""
    with Store(path.parent) as store:
        keep(path, (store.generation, "f" * 64), NOTHING)


def of_another_state(path: Path) -> None:
    """It was made from another state of the store, in which nothing was listed."""
    keep(path, ("f" * 64, code_sha256("model", "store")), NOTHING)


def unwritable(path: Path) -> None:
    """A folder is in its place, so that nothing can be read or written there."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [removed, emptied, cut, replaced, of_other_code, of_another_state, unwritable],
)
def test_whatever_becomes_of_the_file_the_answers_are_the_same(
    store: Store, damage: Callable[[Path], None]
) -> None:
    expected, path = answers(store), store.folder / HISTORY_NAME

    damage(path)

    assert answers(store) == expected
    left = {one.name for one in store.folder.iterdir() if one.name.startswith(".")}
    assert left == set()


def test_no_flipped_bit_in_the_file_changes_an_answer(store: Store) -> None:
    expected, path = list(store.records()), store.folder / HISTORY_NAME
    whole = path.read_bytes()

    for place in range(0, len(whole), 5):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place // 5 % 8
        path.write_bytes(flipped)

        assert list(store.records()) == expected, place
        assert path.read_bytes() == whole


def test_the_file_may_be_read_by_whom_the_umask_lets_read(store: Store) -> None:
    before = os.umask(0o027)
    try:
        list(store.records())
    finally:
        os.umask(before)

    assert (store.folder / HISTORY_NAME).stat().st_mode & 0o777 == 0o640


def test_the_file_is_used_and_made_anew_after_an_addition(store: Store) -> None:
    list(store.records())
    path = store.folder / HISTORY_NAME
    first = path.read_bytes()
    list(store.entries())
    assert path.read_bytes() == first

    store.add(version(content=b"x", published=date(2024, 2, 9)), known_at=moment(9))

    assert {one.listed.ended_by for one in store.records_of(f"{LIST}/1")} == {
        None,
        date(2024, 2, 9),
    }
    assert path.read_bytes() != first


def test_a_list_that_holds_nothing_has_no_history(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert list(store.records()) == []
        assert list(store.entries(as_of=date(2024, 1, 1))) == []


def born(name: str, year: int) -> Entity:
    return Entity(
        schema=Schema.PERSON,
        names=(Name(value=name),),
        birth_dates=(StatedDate(first=PartialDate(year=year)),),
    )


def listed(folder: Path, *entities: Entity) -> list[Bounds]:
    """When number 7 was listed, if these stood under it in publications of days 1, 2, ..."""
    with Store(folder) as store:
        for n, entity in enumerate(entities):
            given = version(
                [listing("7", entity=entity)], content=bytes([n]), published=date(2024, 2, 1 + n)
            )
            store.add(given, known_at=moment(n))
        found = (one.listed for one in store.records_of(f"{LIST}/7") if one.known_until is None)
        return list(dict.fromkeys(found))


def test_a_number_given_to_somebody_else_begins_a_listing_of_its_own(tmp_path: Path) -> None:
    found = listed(tmp_path, born("Ada Example", 1965), born("Orient Shipping", 1999))

    assert found == [
        Bounds(began_by=date(2024, 2, 1), ended_after=date(2024, 2, 1), ended_by=date(2024, 2, 2)),
        Bounds(began_after=date(2024, 2, 1), began_by=date(2024, 2, 2)),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (born("Ada Example", 1965), born("Aida Exampel", 1999)),
        (born("Ada Example", 1965), born("Orient Shipping", 1965)),
        (born("Ada Example", 1965), born("Cora EXAMPLE", 1999)),
    ],
    ids=["corrected spelling", "same birth date", "same family name"],
)
def test_whoever_has_something_in_common_stays_listed_without_a_break(
    tmp_path: Path, before: Entity, after: Entity
) -> None:
    assert listed(tmp_path, before, after) == [Bounds(began_by=date(2024, 2, 1))]
