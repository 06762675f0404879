"""The known answers about whole official lists: bounds, changes, and imports in any order."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import msgspec
import pytest

from article41.model.clocks import Bounds, InForce, is_known
from article41.model.listings import Listing
from article41.sources.publications import read_publications
from article41.store import HeldVersion, Shrink, Store

pytestmark = pytest.mark.slow

KNOWN = datetime(2026, 3, 1, 12, tzinfo=UTC)
BANK = "ofac-sdn/30663"
FIRST, SECOND, BETWEEN = date(2020, 6, 11), date(2021, 4, 25), date(2021, 1, 15)
SDN = {("2021-08-18", "2024-05-03"): (6761, 879)}
"""The pairs of neighbouring lists are in `test_whole_lists`."""
UN = {("2025-04-19", "2025-11-29"): (126, 3), ("2026-01-28", "2026-02-27"): (4, 0)}


def sdn(day: str) -> str:
    return f"ofac/ofac-sdn-{day}.csv.gz"


def un(day: str) -> str:
    return f"un/un-consolidated-{day}.xml.gz"


def fill(store: Store, shared: Path, files: Iterable[str]) -> list[HeldVersion]:
    """Add files one by one as they come, each on the day in its name."""
    held = []
    for name in files:
        path = shared / "data" / name
        found = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
        assert found is not None
        day = date.fromisoformat(found[0])
        for version in read_publications([path]):
            given = version
            if version.published is None:
                given = msgspec.structs.replace(version, published=day, published_is_stated=True)
            known_at = KNOWN + timedelta(hours=len(store.versions()))
            held.append(store.add(given, known_at=known_at, shrink=Shrink.ACCEPT).version)
    return held


@pytest.fixture(scope="module")
def bank(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterable[Store]:
    """The two lists of the example, and later one that repeats the entries of their kind."""
    with Store(tmp_path_factory.mktemp("bank")) as store:
        fill(store, shared, ["ofac/ofac-sdn-2020-06-11.pip.gz", sdn("2021-04-25")])
        yield store


def test_an_entry_added_between_two_lists_is_unknown_on_a_day_between(bank: Store) -> None:
    records = [one for one in bank.records_of(BANK) if is_known(one, KNOWN + timedelta(hours=1))]

    [bounds] = {one.listed for one in records}
    assert bounds == Bounds(began_after=FIRST, began_by=SECOND)
    assert bounds.unknown_between(BETWEEN) == (FIRST, SECOND)
    assert bounds.on(FIRST) is InForce.NO
    assert bounds.on(SECOND) is InForce.YES
    entries = {one.listing.key: one.listed for one in bank.entries(as_of=BETWEEN)}
    assert entries[BANK].on(BETWEEN) is InForce.UNKNOWN


def test_the_line_that_a_keeper_put_before_the_list_is_recognised_and_counted(bank: Store) -> None:
    [kept, _] = bank.versions()

    assert kept.parts[0].file_name == "ofac-sdn-2020-06-11.pip.gz"
    assert any("header" in skip.reason for skip in kept.report.skipped), kept.report.skipped


def test_lists_that_repeat_the_entry_later_do_not_falsify_its_bounds(
    bank: Store, shared: Path
) -> None:
    fill(
        bank,
        shared,
        [
            "us-csl/us-csl-consolidated-2022-05-16.csv.gz",
            "ofac/ofac-enhanced-yemen-extract-2024-05-24.xml",
        ],
    )

    records = [one for one in bank.records_of(BANK) if one.known_until is None]

    assert {one.listed for one in records} == {Bounds(began_after=FIRST, began_by=SECOND)}


@pytest.mark.parametrize(("days", "counts"), SDN.items(), ids=lambda value: str(value[0]))
def test_sdn_lists_changed_by_the_known_counts(
    shared: Path, tmp_path: Path, days: Sequence[str], counts: tuple[int, int]
) -> None:
    with Store(tmp_path) as store:
        change = store.changes(*fill(store, shared, map(sdn, days)))

    assert (len(change.added), len(change.removed)) == counts


@pytest.mark.parametrize(("days", "counts"), UN.items(), ids=lambda value: str(value[0]))
def test_un_lists_changed_by_the_known_counts(
    shared: Path, tmp_path: Path, days: Sequence[str], counts: tuple[int, int]
) -> None:
    with Store(tmp_path) as store:
        change = store.changes(*fill(store, shared, map(un, days)))

    assert (len(change.added), len(change.removed)) == counts


def test_six_haitian_entries_got_another_record_and_stayed_the_same_listing(
    shared: Path, tmp_path: Path
) -> None:
    with Store(tmp_path) as store:
        before, after = fill(store, shared, map(un, ("2025-04-19", "2025-11-29")))
        change = store.changes(before, after)
        listed = {one.listing.id: one.listed for one in store.records() if not one.known_until}

    rekeyed = {one.id: one for one in change.amended if one.is_rekeyed}
    assert sorted(rekeyed) == [f"HTi.00{number}" for number in range(2, 8)]
    assert not any(one.is_other_target for one in rekeyed.values())
    assert all(listed[number].ended_by is None for number in rekeyed)


FILES = [
    *map(sdn, ("2021-08-18", "2022-02-17", "2022-02-25", "2023-05-19", "2024-05-03")),
    *map(un, ("2018-06-07", "2025-04-19", "2025-11-29")),
]
ORDER = [6, 2, 0, 7, 4, 1, 5, 3]
Latest = set[tuple[str, Listing, Bounds, Bounds]]


def latest(store: Store) -> Latest:
    return {
        (one.listing.key, one.listing, one.form, one.listed)
        for one in store.records()
        if one.known_until is None
    }


def test_whole_lists_imported_in_two_orders_make_one_history(shared: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "one") as one, Store(tmp_path / "other") as other:
        fill(one, shared, FILES)
        fill(other, shared, [FILES[place] for place in ORDER])

        found, expected = latest(other), latest(one)
        days = {
            list_id: [standing.day for standing in group]
            for list_id, group in groupby(other.standings(), lambda s: s.version.list_id)
        }

    assert len(expected) > 15_000
    assert found == expected
    assert {name: len(own) for name, own in days.items()} == {"ofac-sdn": 5, "un-sc": 3}
