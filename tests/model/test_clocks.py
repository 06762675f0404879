from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.clocks import YEAR_MAX, YEAR_MIN, Interval, PartialDate, StatedDate

DAYS = st.dates(min_value=date(YEAR_MIN, 1, 1), max_value=date(YEAR_MAX, 12, 31))


@given(DAYS)
def test_a_whole_date_survives_being_written_and_read(day: date) -> None:
    read = PartialDate.parse(day.isoformat())

    assert (read.year, read.month, read.day) == (day.year, day.month, day.day)
    assert str(read) == day.isoformat()


@given(DAYS, DAYS)
def test_whole_dates_are_ordered_as_their_days(one: date, other: date) -> None:
    earlier, later = (PartialDate.parse(day.isoformat()) for day in (one, other))

    assert (earlier < later) == (one < other)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1965", "1965"),
        ("1965-9", "1965-09"),
        (" 1965-09-1 ", "1965-09-01"),
        ("1965-00-00", "1965"),
    ],
)
def test_what_is_unknown_of_a_date_stays_unknown(text: str, read: str) -> None:
    assert str(PartialDate.parse(text)) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "65",
        "circa 1965",
        "1965-13",
        "1965-02-30",
        "1965-00-11",
        "0999",
        "2201",
        "1965-09-11T00",
    ],
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        PartialDate.parse(text)


def test_the_leap_day_exists_in_leap_years_only() -> None:
    assert PartialDate.parse("2000-02-29").day == 29
    with pytest.raises(ValueError, match="day"):
        PartialDate.parse("1900-02-29")


def test_a_date_that_is_decoded_is_checked_too() -> None:
    with pytest.raises(msgspec.ValidationError, match="a day needs a month"):
        msgspec.json.decode(b'{"year": 1965, "day": 11}', type=PartialDate)


def test_a_stated_date_reads_as_the_authority_meant_it() -> None:
    first, last = PartialDate.parse("1960"), PartialDate.parse("1962-05")

    assert str(StatedDate(first=first)) == "1960"
    assert str(StatedDate(first=first, last=last)) == "1960 to 1962-05"
    assert str(StatedDate(first=first, is_approximate=True)) == "circa 1960"


@given(DAYS, DAYS)
def test_an_interval_holds_its_first_day_and_not_its_end(one: date, other: date) -> None:
    first, end = min(one, other), max(one, other)
    interval = Interval(valid_from=first, valid_until=end)

    assert interval.holds(first) == (first < end)
    assert not interval.holds(end)
    assert interval.holds(end - timedelta(days=1)) == (first < end)
    assert first == date(YEAR_MIN, 1, 1) or not interval.holds(first - timedelta(days=1))


@given(DAYS, DAYS)
def test_an_absent_end_is_open(day: date, border: date) -> None:
    assert Interval().holds(day)
    assert Interval(valid_from=border).holds(day) == (day >= border)
    assert Interval(valid_until=border).holds(day) == (day < border)


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_intervals_that_meet_share_no_day(a: date, b: date, c: date, day: date) -> None:
    first, border, end = sorted((a, b, c))
    before = Interval(valid_from=first, valid_until=border)
    after = Interval(valid_from=border, valid_until=end)
    whole = Interval(valid_from=first, valid_until=end)

    assert before.holds(day) + after.holds(day) == whole.holds(day)
