"""An entry that may have had several contents is shown once, by the one of which we are sure."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks.forms import each_once, is_sure
from article41.model.clocks import Bounds
from article41.store import Store, TimedListing
from tests.store.made import listing, moment, version

DAY = date(2024, 1, 5)
SURE = Bounds(began_by=date(2024, 1, 1))
SURE_LATER = Bounds(began_by=date(2024, 1, 3))
UNSURE = Bounds(began_after=date(2024, 1, 2), began_by=date(2024, 1, 9))
UNSURE_LATER = Bounds(began_after=date(2024, 1, 4), began_by=date(2024, 1, 9))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> TimedListing:
    return record_in(tmp_path_factory.mktemp("store"))


def record_in(folder: Path) -> TimedListing:
    with Store(folder) as store:
        store.add(version([listing()]), known_at=moment(0))
        [found] = store.entries()
    return found


def forms_of(record: TimedListing, key: str, forms: Sequence[Bounds]) -> list[TimedListing]:
    entry = msgspec.structs.replace(record.listing, id=key)
    return [msgspec.structs.replace(record, listing=entry, form=form) for form in forms]


@pytest.mark.parametrize(
    ("forms", "chosen"),
    [
        ([SURE, UNSURE], SURE),
        ([UNSURE, SURE_LATER], SURE_LATER),
        ([SURE, UNSURE, SURE_LATER, UNSURE_LATER], SURE_LATER),
        ([UNSURE, UNSURE_LATER], UNSURE_LATER),
        ([UNSURE], UNSURE),
    ],
)
def test_the_sure_content_is_taken_before_a_later_one(
    forms: list[Bounds], chosen: Bounds, record: TimedListing
) -> None:
    [found] = each_once(forms_of(record, "7", forms), DAY)

    assert found.form == chosen


days = st.integers(0, 8).map(lambda number: date(2024, 1, 1) + timedelta(days=number))


@given(
    st.lists(
        st.lists(st.builds(lambda day: Bounds(began_by=day), days), min_size=1, max_size=4),
        max_size=4,
    )
)
def test_no_entry_is_lost_and_none_is_unsure_that_need_not_be(
    record: TimedListing, entries: list[list[Bounds]]
) -> None:
    given = [forms_of(record, f"{number}", forms) for number, forms in enumerate(entries)]

    found = list(each_once([one for of_one in given for one in of_one], DAY))

    assert [one.listing.id for one in found] == [f"{number}" for number in range(len(entries))]
    for one, forms in zip(found, entries, strict=True):
        assert is_sure(one.form, DAY) == any(is_sure(form, DAY) for form in forms)
