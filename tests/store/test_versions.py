import io
from collections.abc import Generator, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.model.clocks import Bounds, is_known
from article41.model.entities import Name
from article41.model.errors import (
    CorruptStoreError,
    FormatError,
    InputError,
    SourceError,
    UnknownVersionError,
)
from article41.model.listings import Listing, Part, ReadingReport
from article41.store import (
    Amendment,
    FieldChange,
    ListChange,
    Shrink,
    Soundness,
    Store,
    read_generation,
)
from tests.store.made import KNOWN, LIST, listing, listings, moment, part, version


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "lists") as opened:
        yield opened


def test_an_added_version_is_held_with_all_that_was_said_of_it(store: Store) -> None:
    parts = (part(b"one", kind="xa-a", name="a.csv"), part(b"two", kind="xa-b", name="b.csv"))
    given = version([listing("1"), listing("2")], parts=parts, published=date(2024, 2, 1))

    addition = store.add(given, known_at=KNOWN)

    (held,) = store.versions()
    assert addition.version == held
    assert (addition.is_new, addition.contents_new) == (True, 2)
    assert (held.authority, held.list_id, held.sha256) == ("XA", LIST, given.sha256)
    assert [(p.kind, p.file_name, p.size_bytes) for p in held.parts] == [
        ("xa-a", "a.csv", 3),
        ("xa-b", "b.csv", 3),
    ]
    assert (held.published, held.published_is_stated) == (date(2024, 2, 1), True)
    assert (held.known_from, held.seen_again, held.entries) == (KNOWN, (), 2)
    assert held.report.skipped[0].reason == "blank line"
    assert held.report.read == 3


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(listings, max_size=5, unique_by=lambda one: one.id), st.binary(min_size=1))
def test_listings_and_bytes_come_back_as_they_were_added(
    store: Store, given_listings: list[Listing], content: bytes
) -> None:
    given = version(given_listings, content=content)
    addition = store.add(given, known_at=KNOWN, shrink=Shrink.ACCEPT)
    if not addition.is_new:
        return

    assert list(store.listings(addition.version)) == given_listings
    with store.open_part(addition.version.parts[0]) as opened:
        assert opened.read() == content


def test_a_part_larger_than_a_piece_comes_back_whole(store: Store) -> None:
    content = bytes(range(256)) * 10_000

    held = store.add(version(content=content), known_at=KNOWN).version

    with store.open_part(held.parts[0]) as opened:
        assert opened.read() == content


def test_the_same_bytes_again_are_seen_again_and_make_no_new_version(store: Store) -> None:
    store.add(version([listing()]), known_at=KNOWN)

    addition = store.add(version([listing()]), known_at=moment(5))

    assert not addition.is_new
    assert addition.version.seen_again == (moment(5),)
    assert len(store.versions()) == 1


def test_the_same_bytes_on_two_lists_are_two_versions_of_one_part(store: Store) -> None:
    store.add(version(), known_at=KNOWN)
    store.add(version(list_id="xa-other"), known_at=KNOWN)

    assert [held.list_id for held in store.versions()] == [LIST, "xa-other"]
    assert store.verify().parts == 1


def test_listings_held_already_are_not_kept_twice(store: Store) -> None:
    store.add(version([listing("1"), listing("2")], content=b"a"), known_at=KNOWN)
    moved = [listing("0"), listing("1", place="a.csv:9"), listing("2", place="a.csv:10")]

    addition = store.add(version(moved, content=b"b"), known_at=KNOWN)

    assert addition.contents_new == 1
    assert list(store.listings(addition.version)) == moved
    assert store.verify() == Soundness(
        versions=2, parts=2, size_bytes=2, contents=3, additions=2, attempts=0, link_decisions=0
    )


def test_the_listings_are_read_once(store: Store) -> None:
    passes: list[int] = []

    def read() -> Generator[Listing, None, ReadingReport]:
        passes.append(1)
        yield listing()
        return ReadingReport(read=1, kept=1)

    store.add(msgspec.structs.replace(version(), listings=read), known_at=KNOWN)

    assert len(passes) == 1


def test_progress_ends_with_the_number_of_listings(store: Store) -> None:
    seen: list[int] = []

    store.add(version([listing(str(n)) for n in range(1200)]), known_at=KNOWN, progress=seen.append)

    assert seen == [500, 1000, 1200]


def test_a_version_without_a_date_stands_from_the_day_it_became_known(store: Store) -> None:
    held = store.add(version(), known_at=KNOWN).version

    assert (held.published, held.stands_from) == (None, KNOWN.date())


def test_a_date_given_later_for_the_same_bytes_is_taken(store: Store) -> None:
    store.add(version([listing()]), known_at=KNOWN)

    again = store.add(version([listing()], published=date(2024, 2, 1)), known_at=moment(1))

    assert again.version.published == date(2024, 2, 1)
    records = [(r.listed.began_by, r.known_from, r.known_until) for r in store.records()]
    assert records == [
        (date(2024, 2, 1), moment(1), None),
        (KNOWN.date(), KNOWN, moment(1)),
    ]


def test_a_list_that_returns_to_earlier_bytes_says_again_what_it_said(store: Store) -> None:
    for day, content in ((1, b"a"), (2, b"b"), (3, b"a")):
        kept = [listing()] if content == b"a" else []
        given = version(kept, content=content, published=date(2024, 2, day))
        store.add(given, known_at=moment(day))

    first, second, third = (date(2024, 2, day) for day in (1, 2, 3))
    current = [r.listed for r in store.records() if r.known_until is None]

    assert current == [
        Bounds(began_by=first, ended_after=first, ended_by=second),
        Bounds(began_after=second, began_by=third),
    ]
    assert [(one.day.day, one.known_from, one.version.number) for one in store.standings(LIST)] == [
        (1, moment(1), 1),
        (2, moment(2), 2),
        (3, moment(3), 1),
    ]


def test_the_last_standing_of_each_list_is_what_it_says_now(store: Store) -> None:
    for content, day in ((b"new", 9), (b"old", 1)):
        store.add(version(content=content, published=date(2024, 2, day)), known_at=KNOWN)
        store.add(
            version(content=content, published=date(2024, 2, day), list_id="xa-other"),
            known_at=KNOWN,
        )

    last = {one.version.list_id: (one.day.day, one.version.number) for one in store.standings()}

    assert last == {LIST: (9, 1), "xa-other": (9, 2)}
    assert store.standings("xa-none") == ()


@pytest.mark.parametrize("is_stated", [False, True])
def test_a_date_beside_the_publication_s_own_is_refused(store: Store, *, is_stated: bool) -> None:
    store.add(version(published=date(2024, 2, 1), is_stated=is_stated), known_at=KNOWN)

    with pytest.raises(InputError, match="held as published on 2024-02-01, not on 2024-02-02"):
        store.add(version(published=date(2024, 2, 2), is_stated=not is_stated), known_at=moment(1))


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="has no time zone"):
        store.add(version(), known_at=datetime(2024, 3, 1, 12))  # noqa: DTZ001


def test_a_moment_in_another_zone_is_kept_in_utc(store: Store) -> None:
    zone = timezone(timedelta(hours=3))

    held = store.add(version(), known_at=KNOWN.astimezone(zone)).version

    assert held.known_from == KNOWN
    assert held.known_from.utcoffset() == timedelta(0)


def test_a_moment_before_what_is_known_already_is_refused(store: Store) -> None:
    store.add(version(content=b"a"), known_at=KNOWN)

    with pytest.raises(InputError, match="already knows something from"):
        store.add(version(content=b"b"), known_at=moment(-1))


def lying(given: Part, content: bytes) -> Part:
    return msgspec.structs.replace(given, open=lambda: io.BytesIO(content))


@pytest.mark.parametrize("is_held", [False, True])
@pytest.mark.parametrize("content", [b"", b"other bytes"])
def test_bytes_that_do_not_fit_their_hash_are_refused(
    store: Store, content: bytes, *, is_held: bool
) -> None:
    if is_held:
        store.add(version(content=b"the bytes"), known_at=KNOWN)
    before = store.generation

    with pytest.raises(CorruptStoreError, match=r"the bytes of `a\.csv` do not fit their hash"):
        store.add(version(parts=[lying(part(b"the bytes"), content)]), known_at=KNOWN)

    assert store.generation == before


def test_a_version_whose_hash_is_not_that_of_its_parts_is_refused(store: Store) -> None:
    with pytest.raises(CorruptStoreError, match="the parts of `xa-main` do not fit"):
        store.add(msgspec.structs.replace(version(), sha256="0" * 64), known_at=KNOWN)


def test_a_file_that_vanished_before_it_was_kept_is_an_error_of_the_source(
    store: Store, tmp_path: Path
) -> None:
    gone = msgspec.structs.replace(part(b"x"), open=lambda: (tmp_path / "gone.csv").open("rb"))

    with pytest.raises(SourceError, match="could not be read again"):
        store.add(version(parts=[gone]), known_at=KNOWN)


def test_a_number_that_stands_twice_leaves_nothing_behind(store: Store) -> None:
    twice: Sequence[Listing] = [listing(str(n)) for n in range(1000)] + [listing("7", name="Eve")]

    with pytest.raises(FormatError, match="`7` stands twice"):
        store.add(version(twice), known_at=KNOWN)

    assert store.verify() == Soundness(
        versions=0, parts=0, size_bytes=0, contents=0, additions=0, attempts=0, link_decisions=0
    )


def test_a_listing_of_another_list_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match=r"`xa-other/1` of `XA` came with the list `xa-main`"):
        store.add(version([listing("1", list_id="xa-other")]), known_at=KNOWN)


def test_what_is_not_held_is_an_unknown_version(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "other") as other:
        held = other.add(version(content=b"z"), known_at=KNOWN).version

    with pytest.raises(UnknownVersionError, match="no version number 1"):
        next(store.listings(held))
    with pytest.raises(UnknownVersionError, match="no part with the hash"):
        store.open_part(held.parts[0])


def test_changes_of_two_held_versions_are_those_of_their_listings(store: Store) -> None:
    old = store.add(
        version([listing("1"), listing("2"), listing("3")], content=b"a"), known_at=KNOWN
    ).version
    new = store.add(
        version(
            [listing("2", place="a.csv:1"), listing("3", name="Eve"), listing("4")], content=b"b"
        ),
        known_at=KNOWN,
        shrink=Shrink.ACCEPT,
    ).version

    renamed = FieldChange(
        field="names",
        before=(Name(value="Ada Example"),),
        after=(Name(value="Eve"),),
        is_material=True,
    )
    assert store.changes(old, new) == ListChange(
        added=("4",),
        removed=("1",),
        amended=(Amendment(id="3", changes=(renamed,), is_other_target=True),),
    )


def test_versions_of_two_lists_are_not_compared(store: Store) -> None:
    one = store.add(version(), known_at=KNOWN).version
    other = store.add(version(list_id="xa-other"), known_at=KNOWN).version

    with pytest.raises(InputError, match="are two lists"):
        store.changes(one, other)


def test_records_bear_the_newest_version_of_a_content_and_its_places_there(store: Store) -> None:
    first = version([listing("1"), listing("2")], content=b"a", published=date(2024, 2, 1))
    second = version([listing("2", place="a.csv:1")], content=b"b", published=date(2024, 2, 2))
    one = store.add(first, known_at=moment(1)).version
    two = store.add(second, known_at=moment(2)).version

    records = list(store.records())

    assert [(r.listing.key, r.listing.place, r.version, r.form.ended_by) for r in records] == [
        ("xa-main/1", "a.csv:1", one, None),
        ("xa-main/1", "a.csv:1", one, date(2024, 2, 2)),
        ("xa-main/2", "a.csv:1", two, None),
    ]
    assert [r.known_until for r in records] == [moment(2), None, None]
    assert [is_known(r, moment(1)) for r in records] == [True, False, True]
    assert [is_known(r, moment(2)) for r in records] == [False, True, True]


def test_records_take_in_the_dates_that_a_listing_states(store: Store) -> None:
    dated = listing(listed_on=date(2012, 7, 6), delisted_on=date(2020, 1, 1))

    store.add(version([dated], published=date(2024, 2, 1)), known_at=KNOWN)

    (record,) = store.records()
    assert (
        record.listed
        == record.form
        == Bounds(
            began_after=date(2012, 7, 6),
            began_by=date(2012, 7, 6),
            ended_after=date(2020, 1, 1),
            ended_by=date(2020, 1, 1),
        )
    )


def test_the_generation_changes_with_every_addition_and_with_nothing_else(store: Store) -> None:
    seen = [store.generation]
    for content in (b"a", b"b", b"a"):
        store.add(version(content=content), known_at=KNOWN)
        store.verify()
        seen.append(read_generation(store.folder))

    assert len(set(seen)) == 4
    assert store.generation == seen[-1]


def test_a_reader_sees_one_state_while_somebody_adds(store: Store) -> None:
    held = store.add(version([listing(str(n)) for n in range(1200)]), known_at=KNOWN).version
    reading = store.listings(held)
    next(reading)

    with Store(store.folder) as other:
        other.add(version(content=b"b", published=date(2024, 2, 1)), known_at=moment(1))

    assert len(list(reading)) == 1199
    assert len(store.versions()) == 2


def test_a_day_to_come_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(InputError, match="a day to come"):
        store.add(version(published=date(2099, 1, 1)), known_at=KNOWN)

    assert store.versions() == ()


def test_an_addition_that_waited_for_another_follows_it(store: Store) -> None:
    first = store.add(version(content=b"a"), known_at=KNOWN).version
    waited = KNOWN - timedelta(seconds=2)

    second = store.add(version(content=b"b"), known_at=waited).version

    assert second.known_from - first.known_from == timedelta(microseconds=1)
