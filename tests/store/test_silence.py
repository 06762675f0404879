"""A publication that comes without a file says nothing of what that file tells."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article41.model.clocks import InForce
from article41.model.entities import Address, Name, NameKind
from article41.model.listings import Facet, Listing
from article41.store import Event, EventKind, Shrink, Store, compare
from article41.store.silence import filled
from tests.store.made import LIST, listing, listings, moment, version

SILENT = (Facet.OTHER_NAMES, Facet.ADDRESSES)
KEY = f"{LIST}/7"
Known = list[tuple[int, str]]
"""How many names, and whether the content held, by the order of the beginning."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def entry(*aliases: str, programme: str = "XA", street: str = "") -> Listing:
    """Entry 7 as it stands where every file is there."""
    names = (
        Name(value="Ada Example"),
        *(Name(value=one, kind=NameKind.STRONG_ALIAS) for one in aliases),
    )
    bare = listing(programmes=(programme,))
    addresses = (Address(street=street),) if street else ()
    notes = (("alt_num", " ".join(aliases)),) if aliases else ()
    entity = msgspec.structs.replace(bare.entity, names=names, addresses=addresses)
    return msgspec.structs.replace(bare, entity=entity, notes=notes)


def seen(one: Listing) -> Listing:
    """The same entry in a publication with the primary file alone."""
    entity = msgspec.structs.replace(one.entity, names=one.entity.names[:1], addresses=())
    return msgspec.structs.replace(one, entity=entity, notes=())


def add(
    store: Store, day: int, one: Listing | None, *, is_whole: bool = True, hours: int | None = None
) -> None:
    """Keep a publication of February 2024; another entry stands in it always."""
    kept = [listing("8", name="Beda Sample")]
    if one is not None:
        kept.append(one if is_whole else seen(one))
    silent_on = () if is_whole else SILENT
    given = version(
        kept, content=f"{day}".encode(), published=date(2024, 2, day), silent_on=silent_on
    )
    store.add(given, known_at=moment(day if hours is None else hours), shrink=Shrink.ACCEPT)


def names_on(store: Store, day: int) -> dict[str, InForce]:
    """The names of entry 7 that may have stood on a day, each with what is sure of it."""
    asked = date(2024, 2, day)
    found: dict[str, InForce] = {}
    for one in store.entries(as_of=asked, list_id=LIST):
        if one.listing.key == KEY:
            for name in one.listing.entity.names:
                if found.get(name.value) is not InForce.YES:
                    found[name.value] = one.form.on(asked)
    return found


def amended(store: Store) -> list[Event]:
    return [one for one in store.events() if one.kind is EventKind.AMENDED]


def test_a_missing_file_is_no_amendment_and_takes_no_name_away(store: Store) -> None:
    add(store, 1, entry("Adka", street="1 High Street"))
    add(store, 3, entry("Adka", street="1 High Street"), is_whole=False)
    add(store, 5, entry("Adka", street="1 High Street"))
    add(store, 7, entry("Adka", street="1 High Street"), is_whole=False)

    [only] = [one for one in store.records_of(KEY) if one.known_until is None]

    assert (only.form.began_by, only.form.ended_by) == (date(2024, 2, 1), None)
    assert only.version.published == date(2024, 2, 5)
    assert not amended(store)
    for day in (1, 2, 3, 4, 5, 6, 7, 9):
        assert names_on(store, day) == {"Ada Example": InForce.YES, "Adka": InForce.YES}


def test_what_changed_while_nothing_was_said_changed_somewhere_in_that_time(store: Store) -> None:
    add(store, 1, entry("Adka"))
    add(store, 3, entry("Adka"), is_whole=False)
    add(store, 5, entry("Ada the Second"))

    assert names_on(store, 1) == {"Ada Example": InForce.YES, "Adka": InForce.YES}
    for day in (2, 3, 4):
        around = names_on(store, day)
        assert around["Adka"] is around["Ada the Second"] is InForce.UNKNOWN
    assert names_on(store, 5) == {"Ada Example": InForce.YES, "Ada the Second": InForce.YES}
    [change] = amended(store)
    assert (change.day, change.is_material) == (date(2024, 2, 5), True)
    assert change.fields == ("names", "notes.alt_num")


def test_names_stay_possible_where_the_rest_of_the_entry_changed_in_silence(store: Store) -> None:
    add(store, 1, entry("Adka", programme="XA"))
    add(store, 3, entry("Adka", programme="XB"), is_whole=False)

    assert names_on(store, 3) == {"Ada Example": InForce.YES, "Adka": InForce.UNKNOWN}
    assert names_on(store, 9) == {"Ada Example": InForce.YES, "Adka": InForce.UNKNOWN}
    newest = [one for one in store.entries(list_id=LIST) if one.listing.key == KEY]
    assert [len(one.listing.entity.names) for one in newest] == [2, 1]
    [change] = amended(store)
    assert change.fields == ("programmes",)

    add(store, 5, entry("Adka", programme="XB"))
    assert names_on(store, 3)["Adka"] is InForce.UNKNOWN
    assert names_on(store, 5) == {"Ada Example": InForce.YES, "Adka": InForce.YES}
    assert len(amended(store)) == 1


def test_names_that_no_publication_told_before_are_news(store: Store) -> None:
    add(store, 1, entry("Adka"), is_whole=False)
    add(store, 3, entry("Adka"))

    assert names_on(store, 1) == {"Ada Example": InForce.YES, "Adka": InForce.UNKNOWN}
    [change] = amended(store)
    assert (change.fields, change.is_material) == (("names", "notes.alt_num"), True)


def test_a_name_taken_away_while_nothing_was_said_is_told_once_it_is_seen(store: Store) -> None:
    add(store, 1, entry("Adka"))
    add(store, 3, entry("Adka"), is_whole=False)
    add(store, 5, entry())

    [change] = amended(store)

    assert (change.day, change.fields) == (date(2024, 2, 5), ("names", "notes.alt_num"))
    assert names_on(store, 3) == {"Ada Example": InForce.UNKNOWN, "Adka": InForce.UNKNOWN}
    assert names_on(store, 5) == {"Ada Example": InForce.YES}
    assert {one.listed.on(date(2024, 2, 3)) for one in store.records_of(KEY)} == {InForce.YES}


def test_a_name_that_a_whole_publication_has_no_more_is_gone(store: Store) -> None:
    add(store, 1, entry("Adka"))
    add(store, 3, entry())
    add(store, 5, entry(), is_whole=False)

    assert names_on(store, 5) == {"Ada Example": InForce.YES}
    assert [one.day for one in amended(store)] == [date(2024, 2, 3)]


def test_an_entry_that_ends_in_silence_takes_its_names_with_it(store: Store) -> None:
    add(store, 1, entry("Adka"))
    add(store, 3, entry("Adka"), is_whole=False)
    add(store, 5, None, is_whole=False)

    assert names_on(store, 3) == {"Ada Example": InForce.YES, "Adka": InForce.YES}
    assert set(names_on(store, 4).values()) == {InForce.UNKNOWN}
    assert names_on(store, 5) == {}


def test_two_publications_without_the_same_file_are_compared_in_what_they_have() -> None:
    before, after = [seen(entry(programme="XA"))], [seen(entry(programme="XB"))]

    change = compare(before, after, before_silent_on=SILENT, after_silent_on=SILENT)

    assert [one.fields for one in change.amended] == [("programmes",)]


def test_what_only_a_missing_file_sets_apart_is_left_open() -> None:
    whole = entry("Adka", street="1 High Street")

    change = compare([whole], [seen(whole)], after_silent_on=SILENT)
    back = compare([seen(whole)], [whole], before_silent_on=SILENT)

    assert (change.amended, change.left_open) == ((), ("7",))
    assert (back.amended, back.left_open) == ((), ("7",))


steps = st.lists(
    st.tuples(
        st.none() | st.tuples(st.sets(st.sampled_from("ABC")), st.sampled_from(["XA", "XB"])),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(steps)
@settings(max_examples=30)
def test_the_order_of_arrival_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    steps: Sequence[tuple[tuple[set[str], str] | None, bool]],
) -> None:
    publications = []
    for number, (said, is_whole) in enumerate(steps):
        aliases, programme = said if said is not None else (set(), "")
        one = entry(*sorted(aliases), programme=programme) if said is not None else None
        publications.append((2 * number + 1, one, is_whole))
    found: list[Mapping[int, Mapping[str, InForce]]] = []
    orders = list(permutations(publications))
    for order in (orders[0], orders[len(orders) // 2], orders[-1]):
        with Store(tmp_path_factory.mktemp("order")) as store:
            for hours, (day, one, is_whole) in enumerate(order):
                add(store, day, one, is_whole=is_whole, hours=hours)
            found.append({day: names_on(store, day) for day in range(1, 2 * len(steps) + 2)})

    assert found[0] == found[1] == found[2]
    for day, one, is_whole in publications:
        told = found[0][day]
        if one is None:
            assert told == {}
        elif is_whole:
            assert told == {name.value: InForce.YES for name in one.entity.names}
        else:
            assert "Ada Example" in told


@given(listings, listings)
def test_nothing_said_is_lost_and_twice_is_as_good_as_once(one: Listing, other: Listing) -> None:
    whole = filled(one, other, SILENT)

    assert set(one.entity.names) <= set(whole.entity.names)
    assert set(one.entity.addresses) <= set(whole.entity.addresses)
    assert set(one.notes) <= set(whole.notes)
    assert filled(whole, other, SILENT) == whole
    assert filled(one, one, SILENT) == one
