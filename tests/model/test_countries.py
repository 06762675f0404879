"""Countries: the codes, and how people write them."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.countries import (
    COUNTRIES,
    ISO_COUNTRIES,
    PAST_COUNTRIES,
    country,
    country_name,
)


def test_there_are_249_codes_of_two_letters_each_with_a_name() -> None:
    assert len(ISO_COUNTRIES) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in COUNTRIES)
    assert len(set(COUNTRIES.values())) == len(COUNTRIES)
    assert list(ISO_COUNTRIES) == sorted(ISO_COUNTRIES)


def test_codes_for_examples_past_states_and_kosovo_are_known_beside_them() -> None:
    assert {f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} <= set(COUNTRIES)
    assert country_name("XK") == "Kosovo"
    assert {"SU", "YU", "CS", "AN"} <= set(PAST_COUNTRIES)
    assert not set(PAST_COUNTRIES) & set(ISO_COUNTRIES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sy", "SY"), ("SYR", "SY"), ("Syria", "SY"), ("SYRIAN ARAB REPUBLIC", "SY"),
        ("UK", "GB"), ("England", "GB"), ("EL", "GR"), ("Greece", "GR"), ("Russia", "RU"),
        ("North Korea", "KP"), ("Korea, Republic of", "KR"), ("DPRK", "KP"), ("and", "AD"),
        ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Trinidad & Tobago", "TT"),
        ("St. Kitts and Nevis", "KN"), ("The Gambia", "GM"), ("Turkiye", "TR"), ("Burma", "MM"),
        ("U.S.A.", "US"), (" iran ", "IR"), ("Holland", "NL"), ("Soviet Union", "SU"),
        ("XA", "XA"), ("xkx", "XK"), ("the United Kingdom of Great Britain and Northern Ireland",
        "GB"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_code_and_name(text: str, code: str) -> None:
    assert country(text) == code


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_name_leads_back_to_its_code(code: str) -> None:
    assert country(country_name(code)) == code
    assert country(code.lower()) == code


@pytest.mark.parametrize(
    ("text", "offer"),
    [("Syrai", "Syria (SY)"), ("Germny", "Germany (DE)"), ("Untied Kingdom", "(GB)")],
)
def test_the_nearest_country_is_offered_for_an_unknown_one(text: str, offer: str) -> None:
    with pytest.raises(ValueError, match=re.escape(offer)):
        country(text)


@pytest.mark.parametrize("text", ["", "  ", "??", "EU", "Korea", "Q1", "the", "and the"])
def test_what_is_no_country_or_more_than_one_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no country"):
        country(text)


@given(st.text(max_size=12))
def test_any_text_yields_a_known_code_or_a_refusal(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert country(text) in COUNTRIES
