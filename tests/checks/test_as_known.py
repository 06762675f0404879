"""Who asks by the knowledge of an earlier moment is told the version that was the newest then."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.match import Query
from article41.store import Store
from tests.store.made import listing, moment, version

ADA = Query(name="Ada Example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three versions in which Ada does not change, and stands in another row of each."""
    with Store(tmp_path) as store:
        for day in (1, 2, 3):
            others = [listing(f"{number}", name=f"Other {number}") for number in range(day)]
            ada = listing("ada", name="Ada Example", place=f"a.csv:{day}")
            given = version([*others, ada], content=b"%d" % day, published=date(2024, 2, day))
            store.add(given, known_at=moment(day))
        refresh_index(store)
    return tmp_path


@pytest.mark.parametrize("day", [1, 2, 3])
def test_an_entry_that_did_not_change_is_told_in_the_version_of_the_moment(
    folder: Path, day: int
) -> None:
    with Store(folder) as store:
        held = {one.published: one.sha256 for one in store.versions()}
    screener = Screener(folder)
    known_at = moment(day)

    [match] = screener.match(ADA, known_at=known_at).matches
    [screened] = screener.screen([ADA], known_at=known_at)[0].matches

    for one in (match.listing, screened.listing):
        assert (one.published, one.version_sha256) == (
            date(2024, 2, day),
            held[date(2024, 2, day)],
        )
    assert match.listing.place == f"a.csv:{day}"


def test_without_a_moment_it_is_told_in_the_newest(folder: Path) -> None:
    [match] = Screener(folder).match(ADA).matches

    assert match.listing.published == date(2024, 2, 3)
    assert match == Screener(folder).match(ADA, known_at=datetime.now(UTC)).matches[0]


def test_names_that_are_not_compared_are_counted_as_they_were_known(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for day in (1, 2):
            listings = [listing(f"{number}", name="!!!") for number in range(day)]
            given = version(listings, content=b"%d" % day, published=date(2024, 2, day))
            store.add(given, known_at=moment(day))
        refresh_index(store)
    screener = Screener(tmp_path)

    counts = [
        screener.coverage(known_at=known_at).lists[0].names_empty
        for known_at in (moment(1), moment(2), None)
    ]

    assert counts == [1, 2, 2]
