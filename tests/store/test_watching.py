"""Whoever asks again and again for the state of a store gets the newest one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from article41.model.errors import CorruptStoreError, StoreError
from article41.store import (
    GENERATION_EMPTY,
    Attempt,
    AttemptOutcome,
    Store,
    StoreWatch,
    read_added,
    read_feeds,
    read_generation,
)
from tests.store.made import LIST, listing, moment, version

LONG_AGO_S = 1_700_000_000


def filled(folder: Path) -> None:
    with Store(folder) as store:
        store.add(version([listing()]), known_at=moment(0))
        store.note_attempt(Attempt(list_id=LIST, at=moment(0), outcome=AttemptOutcome.UNREACHABLE))
    os.utime(folder / "store.sqlite", (LONG_AGO_S, LONG_AGO_S))


def noted(store: Store) -> None:
    store.note_attempt(Attempt(list_id=LIST, at=moment(1), outcome=AttemptOutcome.REFUSED))


def added(store: Store) -> None:
    store.add(version([listing(), listing("8")], content=b"b"), known_at=moment(1))


@pytest.mark.parametrize("write", [noted, added])
def test_the_state_is_the_same_object_until_somebody_writes(
    write: Callable[[Store], None], tmp_path: Path
) -> None:
    filled(tmp_path)
    watch = StoreWatch(tmp_path)
    before = watch.state()
    assert watch.state() is before

    with Store(tmp_path) as store:
        write(store)
        after = watch.state()

    assert after.generation == read_generation(tmp_path)
    assert after.feeds == read_feeds(tmp_path)
    assert after != before
    assert watch.state() == after


def test_a_state_read_right_after_a_write_is_read_again(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "store.sqlite").touch()
    watch = StoreWatch(tmp_path)

    assert watch.state() is not watch.state()
    assert watch.state() == watch.state()


def test_each_moment_has_its_own_state(tmp_path: Path) -> None:
    filled(tmp_path)
    watch = StoreWatch(tmp_path)

    for until in (moment(0), moment(-1), moment(-1), None):
        assert watch.state(until=until).feeds == read_feeds(tmp_path, until=until)


def test_no_store_and_a_damaged_one_are_errors(tmp_path: Path) -> None:
    for ask in (StoreWatch(tmp_path).state, lambda: read_added(tmp_path, GENERATION_EMPTY)):
        with pytest.raises(StoreError, match="there is no store"):
            ask()
    (tmp_path / "store.sqlite").write_bytes(b"id,name\n" * 1000)
    for ask in (StoreWatch(tmp_path).state, lambda: read_added(tmp_path, GENERATION_EMPTY)):
        with pytest.raises(CorruptStoreError, match="cannot be read"):
            ask()


def test_what_came_after_a_state_is_told_by_list_with_its_first_moment(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        states = []
        for hour, list_id in enumerate(("xa-main", "xb", "xa-main", "xb")):
            one = version([listing(list_id=list_id)], content=bytes([hour]), list_id=list_id)
            store.add(one, known_at=moment(hour))
            states.append(store.generation)

    assert read_added(tmp_path, states[3]) == {}
    assert read_added(tmp_path, states[2]) == {"xb": moment(3)}
    assert read_added(tmp_path, states[0]) == {"xa-main": moment(2), "xb": moment(1)}
    assert read_added(tmp_path, GENERATION_EMPTY) == {"xa-main": moment(0), "xb": moment(1)}
    assert read_added(tmp_path, "f" * 64) is None
