"""The feed of events tells what each publication changed, when the store learned of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.model.listings import Listing
from article41.store import Event, EventKind, Store, compare
from tests.store.made import LIST, listing, listings, moment, version


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def add(store: Store, hours: int, kept: Sequence[Listing], *, day: int, list_id: str = LIST) -> str:
    content = f"{hours} {list_id}".encode()
    given = version(kept, content=content, published=date(2024, 2, day), list_id=list_id)
    return store.add(given, known_at=moment(hours)).version.sha256


def told(events: Sequence[Event]) -> list[tuple[EventKind, str, str]]:
    return [(one.kind, one.id, one.name) for one in events]


def test_the_first_version_is_one_event_and_every_later_change_is_one(store: Store) -> None:
    add(store, 1, [listing("1"), listing("2", name="Eve Sample")], day=1)
    later = add(store, 2, [listing("2", name="Eve Samples"), listing("3", name="Cora")], day=2)

    events = store.events()

    assert told(events) == [
        (EventKind.FIRST, "", ""),
        (EventKind.ADDED, "3", "Cora"),
        (EventKind.REMOVED, "1", "Ada Example"),
        (EventKind.AMENDED, "2", "Eve Samples"),
    ]
    assert {(one.known_at, one.day, one.version) for one in events[1:]} == {
        (moment(2), date(2024, 2, 2), later)
    }
    assert events[3].fields == ("names",)
    assert events[3].is_material


def test_a_cosmetic_change_is_told_as_such(store: Store) -> None:
    add(store, 1, [listing("1", name="Ada Example")], day=1)
    add(store, 2, [listing("1", name="ADA EXAMPLE")], day=2)

    assert [one.is_material for one in store.events()] == [True, False]


def test_an_entry_keyed_anew_and_a_number_given_anew_are_told(store: Store) -> None:
    add(store, 1, [listing("1", notes=(("DATAID", "5"),)), listing("2")], day=1)
    kept = [listing("1", notes=(("DATAID", "6"),)), listing("2", name="Orient Shipping")]
    add(store, 2, kept, day=2)

    found = {one.id: one for one in store.events()}

    assert (found["1"].is_rekeyed, found["1"].is_material) == (True, False)
    assert (found["2"].is_other_target, found["2"].is_material) == (True, True)


def test_an_older_publication_learned_later_is_compared_with_what_stood_before_it(
    store: Store,
) -> None:
    add(store, 1, [listing("1")], day=1)
    add(store, 2, [listing("1"), listing("3", name="Cora")], day=9)
    add(store, 3, [listing("1"), listing("2", name="Eve")], day=5)

    assert told(store.events())[1:] == [
        (EventKind.ADDED, "3", "Cora"),
        (EventKind.ADDED, "2", "Eve"),
    ]


def test_all_lists_are_merged_in_the_order_of_our_clock_unless_one_is_named(store: Store) -> None:
    add(store, 1, [], day=1)
    add(store, 2, [], day=1, list_id="xa-other")
    add(store, 3, [listing("1")], day=2)

    assert [one.list_id for one in store.events()] == [LIST, "xa-other", LIST]
    assert [one.list_id for one in store.events("xa-other")] == ["xa-other"]


def test_at_an_earlier_moment_only_what_was_known_is_told(store: Store) -> None:
    add(store, 1, [], day=1)
    add(store, 3, [listing("1")], day=2)

    assert told(store.events(known_at=moment(2))) == [(EventKind.FIRST, "", "")]
    assert len(store.events(known_at=moment(3))) == 2


def test_the_same_bytes_again_change_nothing(store: Store) -> None:
    given = version([listing("1")], published=date(2024, 2, 1))
    store.add(given, known_at=moment(1))
    store.add(given, known_at=moment(2))

    assert told(store.events()) == [(EventKind.FIRST, "", "")]


states = st.lists(listings, max_size=4, unique_by=lambda one: one.id)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states, states)
def test_a_change_applied_to_the_earlier_state_gives_the_later_one(
    tmp_path_factory: pytest.TempPathFactory, before: list[Listing], after: list[Listing]
) -> None:
    with Store(tmp_path_factory.mktemp("store")) as store:
        old = store.add(version(before, content=b"a"), known_at=moment(1)).version
        new = store.add(version(after, content=b"b"), known_at=moment(2)).version
        change = store.changes(old, new)
        later = {one.id: one for one in store.listings(new)}

        found = {one.id: one for one in store.listings(old)}
        for number in change.removed:
            del found[number]
        for number in (*change.added, *(one.id for one in change.amended)):
            found[number] = later[number]

    assert set(change.added).isdisjoint(one.id for one in before)
    assert compare(found.values(), later.values()) == compare([], [])
    assert found.keys() == later.keys()
    touched = {*change.added, *(one.id for one in change.amended)}
    unlike = compare(before, after)
    assert touched == {*unlike.added, *(one.id for one in unlike.amended)}
