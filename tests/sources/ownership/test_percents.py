"""Shares and days in the words of files."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.law.ownership.shares import per_cent
from article41.sources.ownership.percents import day_after, first_day, percent_share, whole_share


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("55", "55 %"),
        (" 55.50 % ", "55.5 %"),
        ("55,5", "55.5 %"),
        ("33 1/3", "33 1/3 %"),
        ("25-50", "25 to 50 %"),
        ("25 – 50 %", "25 to 50 %"),
        ("25% to 50%", "25 to 50 %"),
        ("33 1/3 - 66 2/3", "33 1/3 to 66 2/3 %"),
        (">50", "more than 50 to 100 %"),
        ("More than 50 per cent", "more than 50 to 100 %"),
        (">=25", "25 to 100 %"),
        ("at least 25%", "25 to 100 %"),
        ("75+", "75 to 100 %"),
        ("<10", "0 to less than 10 %"),
        ("at most 10", "0 to 10 %"),
        (">25-<=50", "more than 25 to 50 %"),
        ("more than 25 to less than 50", "more than 25 to less than 50 %"),
        ("0", "0 %"),
        ("100.000", "100 %"),
        ("0.5", "0.5 %"),
    ],
)
def test_a_share_in_per_cent_is_exact(text: str, said: str) -> None:
    share = percent_share(text)

    assert share is not None
    assert per_cent(share) == said


@pytest.mark.parametrize(
    "text",
    ["", "a majority", "101", "50-25", ">100", "1/3", "33 4/3", "5 1/0", "-5", "5%%", "9" * 30,
     "5 or 6", ">50+", "NaN", "1e2", "٥٥", "5" + " " * 100 + "5"],
)  # fmt: skip
def test_what_is_no_share_is_none_and_never_a_guess(text: str) -> None:
    assert percent_share(text) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/3", Fraction(1, 3)),
        ("2 / 3", Fraction(2, 3)),
        ("55", Fraction(11, 20)),
        ("0.5 %", Fraction(1, 200)),
        ("0", Fraction(0)),
        ("0.5", None),
        ("1", None),
        ("0.3-0.5", None),
        ("4/3", None),
        ("1/0", None),
    ],
)
def test_a_number_that_could_be_a_part_or_a_per_cent_is_neither(
    text: str, share: Fraction | None
) -> None:
    found = whole_share(text)

    assert (None if found is None else found.at_least) == share


@given(st.decimals(min_value=0, max_value=100, places=6))
def test_no_digit_of_a_percentage_is_lost(number: object) -> None:
    share = percent_share(str(number))

    assert share is not None
    assert share.at_least == share.at_most == Fraction(str(number)) / 100


@given(st.text(max_size=30))
def test_any_text_is_a_share_within_the_whole_or_none(text: str) -> None:
    for share in (percent_share(text), whole_share(text)):
        if share is not None:
            assert 0 <= share.at_least <= share.at_most <= 1


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2020", date(2020, 1, 1), date(2021, 1, 1)),
        ("2020-02", date(2020, 2, 1), date(2020, 3, 1)),
        ("2020-12-31", date(2020, 12, 31), date(2021, 1, 1)),
        ("2020-02-30", None, None),
        ("2020-13", None, None),
        ("0000", None, None),
        ("9999", date(9999, 1, 1), None),
        ("31.12.2020", None, None),
    ],
)
def test_a_partial_day_is_as_wide_as_it_may_be(
    text: str, first: date | None, after: date | None
) -> None:
    assert first_day(text) == first
    assert day_after(text) == after
