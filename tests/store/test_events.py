"""The feed of events tells what each publication changed, when the store learned of it."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.model.errors import InputError
from article41.model.listings import Listing
from article41.store import Event, EventKind, Shrink, Standing, Store, compare
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


def test_a_date_given_later_changes_nothing_that_was_told(store: Store) -> None:
    given = version([listing("1")])
    dated = version([listing("1")], published=date(2024, 2, 1))
    store.add(given, known_at=moment(1))
    [first] = store.events()

    store.add(dated, known_at=moment(2))

    assert store.events() == store.events(known_at=moment(1)) == (first,)
    assert (first.kind, first.known_at, first.day) == (EventKind.FIRST, moment(1), date(2024, 3, 1))


def test_a_date_given_later_tells_what_changes_against_another_version(store: Store) -> None:
    add(store, 1, [listing("1")], day=1)
    add(store, 2, [listing("1"), listing("2")], day=9)
    kept = [listing("1"), listing("2"), listing("3", name="Cora")]
    store.add(version(kept), known_at=moment(3))

    store.add(version(kept, published=date(2024, 2, 5)), known_at=moment(4))

    assert [(one.known_at, one.kind, one.id) for one in store.events()[1:]] == [
        (moment(2), EventKind.ADDED, "2"),
        (moment(3), EventKind.ADDED, "3"),
        (moment(4), EventKind.ADDED, "2"),
        (moment(4), EventKind.ADDED, "3"),
    ]


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    add(store, 1, [], day=1)

    with pytest.raises(InputError, match="has no time zone"):
        store.events(known_at=moment(1).replace(tzinfo=None))
    with pytest.raises(InputError, match="has no time zone"):
        store.standings(known_at=moment(1).replace(tzinfo=None))


steps = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.none() | st.sampled_from([date(2024, 2, 28), date(2024, 3, 1), date(2024, 3, 2)]),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_what_was_told_and_what_stood_at_a_moment_never_change(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, date | None, int]]
) -> None:
    hours = 0
    with Store(tmp_path_factory.mktemp("store")) as store:
        said: dict[int, tuple[tuple[Event, ...], tuple[Standing, ...]]] = {}
        for content, published, later in steps:
            hours += later
            kept = [listing(str(number)) for number in range(content)]
            given = version(kept, content=str(content).encode(), published=published)
            store.add(given, known_at=moment(hours), shrink=Shrink.ACCEPT)
            said[hours] = store.events(), store.standings()

        for hour, (events, standings) in said.items():
            assert store.events(known_at=moment(hour)) == events
            assert store.standings(known_at=moment(hour)) == standings
            until = moment(hour)
            assert tuple(one for one in store.events() if one.known_at <= until) == events


def test_the_same_bytes_again_change_nothing(store: Store) -> None:
    given = version([listing("1")], published=date(2024, 2, 1))
    store.add(given, known_at=moment(1))
    store.add(given, known_at=moment(2))

    assert told(store.events()) == [(EventKind.FIRST, "", "")]


def test_a_list_that_returns_to_bytes_learned_at_the_same_moment_tells_the_relisting(
    store: Store,
) -> None:
    for day, kept in enumerate((["100", "7"], ["7"], ["100", "7"]), start=1):
        given = [listing(number) for number in kept]
        one = version(given, content="".join(kept).encode(), published=date(2024, 2, day))
        store.add(one, known_at=moment(1))

    assert [(one.day.day, one.kind, one.id) for one in store.events()] == [
        (1, EventKind.FIRST, ""),
        (2, EventKind.REMOVED, "100"),
        (3, EventKind.ADDED, "100"),
    ]


publications = st.dictionaries(st.sampled_from("123"), st.sampled_from(["Ada Example", "Orient"]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(publications, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_events_of_one_moment_folded_from_the_first_version_give_every_day(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, str]], chance: random.Random
) -> None:
    dated = [(date(2024, 2, day), one) for day, one in enumerate(said, start=1)]
    with Store(tmp_path_factory.mktemp("store")) as store:
        for day, one in chance.sample(dated, len(dated)):
            kept = [listing(number, name=name) for number, name in sorted(one.items())]
            content = f"{sorted(one.items())}".encode()
            store.add(version(kept, content=content, published=day), known_at=moment(1))
        by_day = {day: list(group) for day, group in groupby(store.events(), lambda one: one.day)}

        state = said[0]
        for day, one in dated:
            for event in by_day.get(day, []):
                if event.kind is EventKind.REMOVED:
                    assert event.name == state[event.id]
                    state = {number: name for number, name in state.items() if number != event.id}
                elif event.kind is not EventKind.FIRST:
                    state = {**state, event.id: event.name}

            assert state == one
            found = {entry.listing.id: entry.listing for entry in store.entries(as_of=day)}
            assert {number: kept.entity.names[0].value for number, kept in found.items()} == one


states = st.lists(listings, max_size=4, unique_by=lambda one: one.id)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states, states)
def test_a_change_applied_to_the_earlier_state_gives_the_later_one(
    tmp_path_factory: pytest.TempPathFactory, before: list[Listing], after: list[Listing]
) -> None:
    with Store(tmp_path_factory.mktemp("store")) as store:
        old = store.add(version(before, content=b"a"), known_at=moment(1)).version
        given = version(after, content=b"b")
        new = store.add(given, known_at=moment(2), shrink=Shrink.ACCEPT).version
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
