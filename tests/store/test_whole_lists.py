"""Whole official files through the readers into a store and out again."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from article41.model.clocks import InForce
from article41.sources.publications import read_publications
from article41.store import Store

KNOWN = datetime(2026, 3, 1, 12, tzinfo=UTC)
SDN = {
    ("2022-02-17", "2022-02-23"): (52, 0),
    ("2022-02-24", "2022-02-25"): (91, 0),
    ("2024-04-26", "2024-05-01"): (298, 0),
    ("2024-05-02", "2024-05-03"): (0, 8),
}


def moment(hours: int) -> datetime:
    return KNOWN + timedelta(hours=hours)


@pytest.mark.slow
@pytest.mark.parametrize(("days", "counts"), SDN.items(), ids=lambda value: str(value[0]))
def test_two_sdn_lists_come_back_equal_with_their_changes_and_their_days(
    shared: Path, tmp_path: Path, days: tuple[str, str], counts: tuple[int, int]
) -> None:
    with Store(tmp_path) as store:
        held = []
        for hours, day in enumerate(days):
            path = shared / "data" / "ofac" / f"ofac-sdn-{day}.csv.gz"
            (version,) = read_publications([path], published=date.fromisoformat(day))
            held.append(store.add(version, known_at=moment(hours)).version)
            assert list(store.listings(held[-1])) == list(version.listings())
        before, after = held

        change = store.changes(before, after)
        records = list(store.records())
        of_days = [list(store.entries(as_of=one.stands_from)) for one in held]

    assert (len(change.added), len(change.removed)) == counts
    for one, of_day in zip(held, of_days, strict=True):
        assert len({r.listing.id for r in of_day}) == len(of_day) == one.entries
        assert {r.listed.on(one.stands_from) for r in of_day} == {InForce.YES}
    current = {r.listing.id for r in records if r.known_from == moment(1) and not r.form.ended_by}
    assert current == {
        *change.added,
        *(amendment.id for amendment in change.amended),
    }


@pytest.mark.slow
def test_a_un_list_comes_back_equal_with_its_own_dates(shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "un" / "un-consolidated-2026-02-27.xml.gz"
    (version,) = read_publications([path])

    with Store(tmp_path) as store:
        held = store.add(version, known_at=moment(0)).version

        assert list(store.listings(held)) == list(version.listings())
        for record in store.records():
            assert record.listed.is_beginning_stated
            assert record.listed.began_by == record.listing.listed_on
            assert record.version == held
