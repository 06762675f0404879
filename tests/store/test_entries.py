"""What stood on a day as known at a moment is a part of all that was ever said."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.model.clocks import Bounds, InForce, is_known
from article41.model.errors import InputError
from article41.model.listings import Listing
from article41.store import LinkDecision, LinkVerdict, Shrink, Store, TimedListing
from tests.store.made import KNOWN, LIST, listing, moment, version

DAYS = [date(2024, 2, number) for number in range(1, 10)]
NAMES = ["Ada Example", "Ada Exampel", "Orient Shipping"]


class Publication(msgspec.Struct, frozen=True):
    """A publication of one of two lists; the second repeats the first."""

    is_first: bool
    day: int
    said: tuple[tuple[str, str, date | None], ...]

    @property
    def list_id(self) -> str:
        return LIST if self.is_first else "xa-all"

    def listings(self) -> list[Listing]:
        return [
            listing(
                number,
                name=name,
                list_id=self.list_id,
                listed_on=listed_on,
                restates=() if self.is_first else (f"{LIST}/{number}",),
            )
            for number, name, listed_on in self.said
        ]


rows = st.tuples(
    st.sampled_from("123"), st.sampled_from(NAMES), st.none() | st.sampled_from(DAYS[:6])
)
publications = st.builds(
    Publication,
    is_first=st.booleans(),
    day=st.integers(0, 8),
    said=st.lists(rows, max_size=3, unique_by=lambda row: row[0]).map(tuple),
)
histories = st.lists(
    publications, min_size=1, max_size=6, unique_by=lambda one: (one.is_first, one.day)
)
unhurried = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fill(store: Store, given: Sequence[Publication]) -> None:
    for hours, one in enumerate(given):
        fill_one(store, one, hours)


def fill_one(store: Store, one: Publication, hours: int) -> None:
    publication = version(
        one.listings(),
        content=f"{one.list_id} {one.day}".encode(),
        published=DAYS[one.day],
        list_id=one.list_id,
    )
    store.add(publication, known_at=moment(hours), shrink=Shrink.ACCEPT)


@unhurried
@given(histories)
def test_the_entries_of_a_day_are_the_records_that_may_have_held_on_it(
    tmp_path_factory: pytest.TempPathFactory, given_: list[Publication]
) -> None:
    with Store(tmp_path_factory.mktemp("store")) as store:
        fill(store, given_)
        records = list(store.records())
        moments = [None, *(moment(hours) for hours in range(-1, len(given_)))]
        for known_at in moments:
            known = [one for one in records if is_known(one, known_at)]
            open_ = [one for one in known if one.form.ended_by is None]
            assert list(store.entries(known_at=known_at)) == open_
            for day in DAYS:
                expected = [one for one in known if one.form.on(day) is not InForce.NO]
                assert list(store.entries(as_of=day, known_at=known_at)) == expected


def latest(store: Store) -> set[tuple[Listing, Bounds, Bounds, tuple[str, ...]]]:
    return {
        (one.listing, one.form, one.listed, one.narrowed_by)
        for one in store.records()
        if one.known_until is None
    }


@unhurried
@given(histories, st.data())
def test_in_whatever_order_publications_come_the_last_belief_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, given_: list[Publication], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(given_))

    with (
        Store(tmp_path_factory.mktemp("one")) as one,
        Store(tmp_path_factory.mktemp("other")) as other,
    ):
        fill(one, given_)
        fill(other, shuffled)

        assert latest(one) == latest(other)


@unhurried
@given(histories)
def test_what_was_known_at_a_moment_stays_what_was_known_then(
    tmp_path_factory: pytest.TempPathFactory, given_: list[Publication]
) -> None:
    with Store(tmp_path_factory.mktemp("store")) as store:
        seen: list[set[tuple[Listing, Bounds, Bounds]]] = []
        for number in range(len(given_)):
            fill_one(store, given_[number], number)
            seen.append(said(store.entries(as_of=DAYS[4])))

        for number, then in enumerate(seen):
            assert said(store.entries(as_of=DAYS[4], known_at=moment(number))) == then


def said(records: Iterable[TimedListing]) -> set[tuple[Listing, Bounds, Bounds]]:
    return {(one.listing, one.form, one.listed) for one in records}


def test_an_entry_first_seen_later_is_unknown_between_and_not_absent(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        fill(
            store,
            [
                Publication(is_first=True, day=0, said=(("1", NAMES[0], None),)),
                Publication(
                    is_first=True, day=8, said=(("1", NAMES[0], None), ("2", NAMES[2], None))
                ),
            ],
        )

        between = {one.listing.id: one.listed for one in store.entries(as_of=DAYS[4])}

    assert between["1"].on(DAYS[4]) is InForce.YES
    assert between["2"].on(DAYS[4]) is InForce.UNKNOWN
    assert between["2"].unknown_between(DAYS[4]) == (DAYS[0], DAYS[8])


def test_one_list_alone_is_asked_if_it_is_named(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add(version([listing("1")]), known_at=KNOWN)
        other = listing("2", list_id="xa-other")
        store.add(version([other], list_id="xa-other"), known_at=KNOWN)

        assert [one.listing.key for one in store.entries()] == [f"{LIST}/1", "xa-other/2"]
        assert [one.listing.key for one in store.entries(list_id=LIST)] == [f"{LIST}/1"]


def test_a_moment_without_a_zone_is_no_moment(tmp_path: Path) -> None:
    with Store(tmp_path) as store, pytest.raises(InputError, match="has no time zone"):
        list(store.entries(known_at=datetime(2024, 3, 1)))  # noqa: DTZ001


def word(verdict: LinkVerdict, hours: int, left: str = "xa/1", right: str = "xb/2") -> LinkDecision:
    return LinkDecision(
        pair=(left, right),
        verdict=verdict,
        decided_by="Cora Sample",
        reason="the passport is the same",
        decided_at=moment(hours),
    )


def test_the_last_word_on_two_entries_counts_and_an_open_one_takes_it_back(tmp_path: Path) -> None:
    same, different = word(LinkVerdict.SAME, 1), word(LinkVerdict.DIFFERENT, 2)
    other = word(LinkVerdict.SAME, 3, right="xb/3")
    with Store(tmp_path) as store:
        before = store.generation
        for one in (same, other, different):
            store.decide_link(one)
        assert store.link_decisions() == (other, different)

        reopened = word(LinkVerdict.OPEN, 4)
        store.decide_link(reopened)

        assert store.link_decisions() == (other, reopened)
        assert store.generation == before
    with Store(tmp_path) as store:
        assert store.link_decisions() == (other, reopened)
        assert store.link_decisions(known_at=moment(3)) == (other, different)
        assert store.link_decisions(known_at=moment(1)) == (same,)
        assert store.link_decisions(known_at=moment(0)) == ()


@pytest.mark.parametrize("pair", [("xa/1", "xa/1"), ("xb/2", "xa/1")], ids=["one", "turned"])
def test_two_entries_are_named_once_each_and_in_order(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    with Store(tmp_path) as store, pytest.raises(InputError, match="are no pair"):
        store.decide_link(word(LinkVerdict.SAME, 1, *pair))
