"""A publication that takes off what nobody can trust it to take off is refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from article41.model.errors import ShrinkError
from article41.model.listings import Facet, Listing, ListVersion
from article41.store import Addition, Shrink, Store
from tests.store.made import LIST, listing, moment, part, version


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "lists") as opened:
        yield opened


def add(
    store: Store,
    entries: int,
    *,
    day: int,
    hours: int = 0,
    shrink: Shrink = Shrink.REFUSE,
    may_be_cut: bool = False,
) -> Addition:
    """Add a list of so many entries, published on a day of February."""
    given = version(
        [listing(str(number)) for number in range(entries)],
        content=f"{entries}".encode(),
        published=date(2024, 2, day),
        may_be_cut=may_be_cut,
    )
    return store.add(given, known_at=moment(hours), shrink=shrink)


@pytest.mark.parametrize(("before", "after"), [(100, 74), (1000, 1), (21, 0), (80, 59)])
def test_too_many_lost_entries_are_refused_and_nothing_is_kept(
    store: Store, before: int, after: int
) -> None:
    add(store, before, day=1)
    generation, soundness = store.generation, store.verify()

    with pytest.raises(ShrinkError) as caught:
        add(store, after, day=2, hours=1)

    said = str(caught.value)
    assert said.startswith(f"`{LIST}` fell from {before:,} entries (2024-02-01, sha256 ")
    assert f"to {after:,} (2024-02-02, sha256 " in said
    assert "--accept-shrink" in caught.value.hint
    assert (store.generation, store.verify()) == (generation, soundness)


@pytest.mark.parametrize(("before", "after"), [(100, 75), (80, 60), (19, 0), (1, 1000), (0, 0)])
def test_as_many_as_authorities_remove_are_kept(store: Store, before: int, after: int) -> None:
    add(store, before, day=1)

    assert add(store, after, day=2).version.entries == after


def test_what_lacks_its_end_may_not_lose_its_last_entry(store: Store) -> None:
    add(store, 100, day=1)

    with pytest.raises(ShrinkError, match=r"to 99 .* and lacks its end; nothing was added"):
        add(store, 99, day=2, may_be_cut=True)
    assert add(store, 100, day=3, may_be_cut=True).version.entries == 100
    first_lost = version(
        [listing(str(number)) for number in range(1, 100)],
        published=date(2024, 2, 3),
        may_be_cut=True,
    )
    assert store.add(first_lost, known_at=moment(1)).version.entries == 99
    assert (
        add(store, 98, day=4, hours=2, may_be_cut=True, shrink=Shrink.ACCEPT).version.entries == 98
    )


def test_a_loss_is_kept_once_somebody_accepts_it_and_is_then_what_the_next_is_compared_with(
    store: Store,
) -> None:
    add(store, 100, day=1)
    add(store, 10, day=2, shrink=Shrink.ACCEPT)
    add(store, 9, day=3)

    assert [one.version.entries for one in store.standings()] == [100, 10, 9]


def test_an_old_publication_added_late_is_compared_with_the_one_before_it(store: Store) -> None:
    add(store, 100, day=9)
    add(store, 10, day=1)
    add(store, 200, day=5)

    with pytest.raises(ShrinkError, match=r"from 200 entries \(2024-02-05, .* to 20 \(2024-02-06"):
        add(store, 20, day=6)


def test_a_list_of_another_name_is_not_compared(store: Store) -> None:
    add(store, 100, day=1)
    other = version(list_id="xa-other", content=b"other", published=date(2024, 2, 2))

    assert store.add(other, known_at=moment(0)).is_new


def test_the_bytes_seen_again_are_compared_where_they_stand_anew_and_only_there(
    store: Store,
) -> None:
    add(store, 10, day=1)
    add(store, 100, day=3)
    assert not add(store, 10, day=1, hours=1).is_new

    with pytest.raises(ShrinkError, match="fell from 100 entries"):
        add(store, 10, day=5, hours=2)


def test_a_loss_is_refused_though_another_process_added_something_meanwhile(store: Store) -> None:
    add(store, 100, day=1)
    other = version(list_id="xa-other", content=b"other", published=date(2024, 2, 2))
    store.add(other, known_at=moment(1) + timedelta(seconds=5))

    with pytest.raises(ShrinkError, match="fell from 100 entries"):
        add(store, 10, day=2, hours=1)


def test_a_loss_is_refused_where_bytes_that_waited_for_another_addition_stand_anew(
    store: Store,
) -> None:
    add(store, 10, day=1)
    add(store, 100, day=3)
    other = version(list_id="xa-other", content=b"other", published=date(2024, 2, 2))
    store.add(other, known_at=moment(1) + timedelta(seconds=5))

    with pytest.raises(ShrinkError, match="fell from 100 entries"):
        add(store, 10, day=5, hours=1)


def undated(store: Store, *given: Listing, hours: int, shrink: Shrink = Shrink.REFUSE) -> Addition:
    """Add a list of which nobody says the day."""
    made = version(given, content=str(hours).encode())
    return store.add(made, known_at=moment(hours), shrink=shrink)


@pytest.mark.parametrize("published", [date(2024, 2, 1), None])
def test_a_publication_without_a_day_takes_nobody_off_what_is_held(
    store: Store, published: date | None
) -> None:
    held = version([listing("1"), listing("2")], content=b"held", published=published)
    store.add(held, known_at=moment(0))

    with pytest.raises(ShrinkError, match=r"lacks 1 of the entries of the version held") as caught:
        undated(store, listing("1"), listing("3"), hours=1)

    assert "--published DATE" in caught.value.hint
    assert [one.version.sha256 for one in store.standings()] == [held.sha256]
    assert undated(store, *map(listing, "123"), hours=2).is_new
    assert undated(store, listing("1"), hours=3, shrink=Shrink.ACCEPT).is_new


def test_a_publication_without_a_day_that_says_what_was_said_before_is_an_old_one(
    store: Store,
) -> None:
    undated(store, listing("1", name="Ada Exmaple"), hours=0)
    undated(store, listing("1"), listing("2"), hours=1)

    with pytest.raises(ShrinkError, match="says nothing that was not held before"):
        undated(store, listing("1", name="Ada Exmaple"), listing("2"), hours=2)
    # Of other bytes that say the same nothing can be lost.
    assert undated(store, listing("2"), listing("1"), hours=3).contents_new == 0


def test_who_is_known_to_hand_out_the_newest_may_take_a_few_off_without_a_day(
    store: Store,
) -> None:
    undated(store, *(listing(str(number)) for number in range(100)), hours=0)
    rest = [listing(str(number)) for number in range(1, 100)]

    assert undated(store, *rest, hours=1, shrink=Shrink.REFUSE_MANY).version.entries == 99
    with pytest.raises(ShrinkError, match="fell from 99 entries"):
        undated(store, *rest[:9], hours=2, shrink=Shrink.REFUSE_MANY)


def of_files(entries: str, kinds: str, *, day: int, **fields: Any) -> ListVersion:  # of any type
    """A publication of several files that lacks some others, as it says."""
    parts = [part(f"{kind}{day}".encode(), kind=kind, name=f"{kind}.csv") for kind in kinds]
    published = date(2024, 2, day)
    return version(map(listing, entries), parts=parts, published=published, **fields)


def test_one_file_of_several_is_not_taken_for_the_whole_list(store: Store) -> None:
    whole = of_files("1234", "abcd", day=1, gaps=())
    store.add(whole, known_at=moment(0))

    with pytest.raises(ShrinkError) as caught:
        store.add(of_files("1", "a", day=2, gaps=("the others",)), known_at=moment(1))

    assert "came as 1 file without b.csv, c.csv, d.csv, which the version held" in str(caught.value)
    assert "lists add FILE FILE..." in caught.value.hint
    assert store.add(of_files("123", "abc", day=3, gaps=()), known_at=moment(2)).is_new


def test_a_publication_silent_on_a_file_that_it_lacks_loses_nothing_by_that(store: Store) -> None:
    store.add(of_files("123", "ab", day=1, gaps=()), known_at=moment(0))
    silent = of_files("12", "a", day=2, gaps=("aliases",), silent_on=(Facet.OTHER_NAMES,))

    assert store.add(silent, known_at=moment(1)).version.entries == 2
