"""One index answers any day and any moment: from is in, until is out, on both clocks."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from article41.match import SCORER, About, Index, IndexRecord, Query, build_index
from article41.model.clocks import ALWAYS, ANY_DAY, Bounds, Interval, days_asked
from article41.model.entities import Entity, Name, Schema
from article41.model.errors import InputError
from article41.model.listings import Listing

ENTITY = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
ADA = Query(name="Ada Example")
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
LISTED, DELISTED = date(2024, 3, 1), date(2024, 6, 1)
LEARNED, CORRECTED = (
    datetime(2024, 3, 2, 9, tzinfo=UTC),
    datetime(2024, 4, 1, 9, 0, 0, 500_000, tzinfo=UTC),
)


def stated(first: date, until: date | None = None) -> Bounds:
    return Bounds(began_after=first, began_by=first, ended_after=until, ended_by=until)


def record(number: str, form: Bounds = ALWAYS, **known: datetime) -> IndexRecord:
    listing = Listing(authority="XA", list_id="xa-main", id=number, entity=ENTITY, place="a:1")
    bare = IndexRecord(listing=listing, version_sha256="0" * 64, published=None)
    return msgspec.structs.replace(bare, form=form, listed=form, **known)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    path = tmp_path / "names.index"
    records = [
        record("always"),
        record("ended", stated(LISTED, DELISTED)),
        record("standing", stated(LISTED)),
        record("corrected", stated(LISTED), known_from=LEARNED, known_until=CORRECTED),
        record("correction", stated(LISTED), known_from=CORRECTED),
        record("never", stated(LISTED, LISTED)),
    ]
    build_index(path, records, about=About(generation="of-the-test", lists=(), scorer=SCORER))
    return Index(path)


def held(index: Index, during: Interval = ANY_DAY, known_at: datetime | None = None) -> set[str]:
    answers = [
        index.search([ADA], threshold=0.9, during=during, known_at=known_at, exhaustive=exhaustive)
        for exhaustive in (False, True)
    ]
    assert answers[0] == answers[1]
    return {found.listing.id for found in answers[0][0].found} - {"always"}


def test_without_a_day_whatever_ever_stood_answers_as_it_is_known_now(index: Index) -> None:
    assert held(index) == {"ended", "standing", "correction"}


@pytest.mark.parametrize(
    ("asked_on", "standing"),
    [
        (LISTED - DAY, {"ended", "standing", "correction"}),
        (DELISTED - DAY, {"ended", "standing", "correction"}),
        (DELISTED, {"standing", "correction"}),
        (date.max, {"standing", "correction"}),
    ],
)
def test_the_newest_versions_list_what_has_not_ended_by_the_day_of_the_question(
    index: Index, asked_on: date, standing: set[str]
) -> None:
    assert held(index, days_asked(None, asked_on)) == standing


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date.min, set()),
        (LISTED - DAY, set()),
        (LISTED, {"ended", "standing"}),
        (DELISTED - DAY, {"ended", "standing"}),
        (DELISTED, {"standing"}),
        (date.max, {"standing"}),
    ],
)
def test_the_first_day_is_in_force_and_the_day_of_the_end_is_not(
    index: Index, day: date, in_force: set[str]
) -> None:
    assert held(index, Interval.on(day)) - {"correction"} == in_force


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (LEARNED - TICK, set()),
        (LEARNED, {"corrected"}),
        (CORRECTED - TICK, {"corrected"}),
        (CORRECTED, {"correction"}),
        (CORRECTED.astimezone(timezone(timedelta(hours=5))), {"correction"}),
        (datetime.max.replace(tzinfo=UTC), {"correction"}),
    ],
)
def test_a_correction_is_known_from_its_moment_and_what_it_corrects_until_then(
    index: Index, moment: datetime, known: set[str]
) -> None:
    found = held(index, Interval.on(LISTED), known_at=moment)

    assert found & {"corrected", "correction"} == known


def test_what_was_known_then_answers_for_any_day(index: Index) -> None:
    day = DELISTED + DAY

    assert held(index, Interval.on(day), known_at=LEARNED) == {"standing", "corrected"}
    assert held(index, Interval.on(day), known_at=CORRECTED) == {"standing", "correction"}
    assert held(index, Interval.on(LISTED - DAY), known_at=CORRECTED) == set()


def test_a_moment_without_a_time_zone_is_refused_as_it_means_another_one_elsewhere(
    index: Index,
) -> None:
    with pytest.raises(InputError, match="time zone"):
        held(index, known_at=LEARNED.replace(tzinfo=None))
