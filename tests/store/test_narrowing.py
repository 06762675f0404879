"""Dates that another list prints of the same decision narrow bounds, say so, and only from then."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.clocks import Bounds, is_known
from article41.store import Store
from article41.store.narrowing import Evidence, narrowed
from tests.store.made import KNOWN, LIST, listing, moment, version

REPEATING = "xa-all"


def day(number: int) -> date:
    return date(2024, 1, 1) + timedelta(days=number)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One list of which 7 appears between the days 10 and 20, and disappears between 30 and 40."""
    with Store(tmp_path) as opened:
        for hours, (number, ids) in enumerate([(10, "1"), (20, "17"), (30, "17"), (40, "1")]):
            kept = [listing(one) for one in ids]
            published = version(kept, content=bytes([number]), published=day(number))
            opened.add(published, known_at=moment(hours))
        yield opened


def repeat(store: Store, *, published: int, hours: int = 10, **stated: object) -> None:
    """Another list says the same of 7, in a publication of some day."""
    fields: dict[str, Any] = {"list_id": REPEATING, "restates": (f"{LIST}/7",), **stated}
    row = listing("S7", **fields)
    content = f"{published} {stated}".encode()
    given = version([row], content=content, published=day(published), list_id=REPEATING)
    store.add(given, known_at=moment(hours))


def listed(store: Store, known_hours: int | None = None) -> list[tuple[Bounds, tuple[str, ...]]]:
    known_at = None if known_hours is None else moment(known_hours)
    records = store.records_of(f"{LIST}/7")
    return [(one.listed, one.narrowed_by) for one in records if is_known(one, known_at)]


def bounds(after: int, by: int, ended_after: int, ended_by: int) -> Bounds:
    return Bounds(
        began_after=day(after),
        began_by=day(by),
        ended_after=day(ended_after),
        ended_by=day(ended_by),
    )


BY = (f"{REPEATING}/S7",)
WIDE = bounds(10, 20, 30, 40)


def test_without_another_list_the_bounds_are_those_of_the_publications(store: Store) -> None:
    assert listed(store) == [(WIDE, ())]


def test_a_stated_day_of_listing_becomes_that_of_the_entry_repeated(store: Store) -> None:
    repeat(store, published=25, listed_on=day(13))

    assert listed(store) == [(bounds(13, 13, 30, 40), BY)]


def test_a_stated_day_of_removal_becomes_that_of_the_entry_repeated(store: Store) -> None:
    repeat(store, published=50, listed_on=day(13), delisted_on=day(36))

    assert listed(store) == [(bounds(13, 13, 36, 36), BY)]


@pytest.mark.parametrize(
    ("published", "expected"),
    [(15, bounds(10, 15, 30, 40)), (35, bounds(10, 20, 35, 40))],
    ids=["near the beginning", "near the end"],
)
def test_presence_in_a_publication_narrows(store: Store, published: int, expected: Bounds) -> None:
    repeat(store, published=published)
    # It is gone a good while later, which says nothing of when.
    store.add(version(content=b"gone", published=day(55), list_id=REPEATING), known_at=moment(11))

    assert listed(store) == [(expected, BY)]


def test_absence_from_another_list_narrows_nothing(store: Store) -> None:
    for number in (12, 18, 33):
        given = version(content=bytes([number]), published=day(number), list_id=REPEATING)
        store.add(given, known_at=moment(10 + number))

    assert listed(store) == [(WIDE, ())]


@pytest.mark.parametrize("stated", [5, 10, 21, 45], ids=str)
def test_a_day_outside_the_bounds_contradicts_and_changes_no_stated_day(
    store: Store, stated: int
) -> None:
    repeat(store, published=50, listed_on=day(stated))

    [(found, _)] = listed(store)
    assert not found.is_beginning_stated


def test_a_contradicting_end_changes_nothing(store: Store) -> None:
    repeat(store, published=50, delisted_on=day(25))

    [(found, _)] = listed(store)
    assert (found.ended_after, found.ended_by) == (day(30), day(40))


def test_what_was_known_before_the_other_list_came_stays_as_wide_as_it_was(store: Store) -> None:
    repeat(store, published=25, hours=10, listed_on=day(13))

    assert listed(store, known_hours=9) == [(WIDE, ())]
    assert listed(store, known_hours=10) == [(bounds(13, 13, 30, 40), BY)]
    before = list(store.entries(as_of=day(12), known_at=moment(9), list_id=LIST))
    after = list(store.entries(as_of=day(12), known_at=moment(10), list_id=LIST))
    assert [one.listing.id for one in before] == ["1", "7"]
    assert [one.listing.id for one in after] == ["1"]


def test_a_row_that_repeats_no_entry_narrows_nothing_though_it_names_the_same(store: Store) -> None:
    alike = listing("7", list_id=REPEATING, listed_on=day(13))
    given = version([alike], content=b"x", published=day(25), list_id=REPEATING)
    store.add(given, known_at=moment(10))

    assert listed(store) == [(WIDE, ())]


def test_of_two_lists_each_is_named_that_narrowed(store: Store) -> None:
    repeat(store, published=25, listed_on=day(13))
    other = listing("T7", list_id="xa-third", restates=(f"{LIST}/7",), delisted_on=day(33))
    given = version([other], content=b"t", published=day(60), list_id="xa-third")
    store.add(given, known_at=moment(11))

    [(found, by)] = listed(store)

    assert found == bounds(13, 13, 33, 33)
    assert set(by) == {"xa-all/S7", "xa-third/T7"}


days = st.integers(0, 30)


@st.composite
def any_bounds(draw: st.DrawFn) -> Bounds:
    after, by, ended_after, ended_by = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    is_open, is_first = draw(st.booleans()), draw(st.booleans())
    if by == ended_by:
        ended_by += 1
    return Bounds(
        began_after=None if is_first else day(after),
        began_by=day(by),
        ended_after=None if is_open else day(max(by, ended_after)),
        ended_by=None if is_open else day(max(by + 1, ended_by)),
    )


@given(any_bounds(), st.lists(any_bounds(), max_size=4))
def test_narrowing_never_widens_nor_turns_around(own: Bounds, others: list[Bounds]) -> None:
    evidence = [Evidence(f"xa/{n}", one, KNOWN, None) for n, one in enumerate(others)]

    [piece] = narrowed(own, own, KNOWN, None, evidence)

    found = piece.listed
    assert (own.began_after or date.min) <= (found.began_after or date.min) <= found.began_by
    assert found.began_by <= own.began_by
    if own.ended_by is None:
        assert (found.ended_after, found.ended_by) == (None, None)
    else:
        assert found.ended_by is not None
        assert (own.ended_after or date.min) <= (found.ended_after or date.min)
        assert (found.ended_after or date.min) <= found.ended_by <= own.ended_by
    assert bool(piece.narrowed_by) == (found != own)
    assert piece.form == found


@given(any_bounds(), st.lists(any_bounds(), max_size=4), st.data())
def test_the_order_in_which_evidence_came_does_not_matter(
    own: Bounds, others: list[Bounds], data: st.DataObject
) -> None:
    evidence = [Evidence(f"xa/{n}", one, KNOWN, None) for n, one in enumerate(others)]
    shuffled = data.draw(st.permutations(evidence))

    assert list(narrowed(own, own, KNOWN, None, evidence)) == list(
        narrowed(own, own, KNOWN, None, shuffled)
    )


@given(st.lists(st.tuples(any_bounds(), st.integers(0, 6), st.integers(1, 6)), max_size=4))
def test_the_pieces_of_a_belief_follow_each_other_without_a_gap(
    others: list[tuple[Bounds, int, int]],
) -> None:
    evidence = [
        Evidence(f"xa/{n}", one, moment(first), moment(first + length))
        for n, (one, first, length) in enumerate(others)
    ]

    pieces = list(narrowed(WIDE, WIDE, moment(2), moment(9), evidence))

    assert pieces[0].known_from == moment(2)
    assert pieces[-1].known_until == moment(9)
    for one, following in pairwise(pieces):
        assert one.known_until == following.known_from
        assert one[:3] != following[:3]
