"""The demonstration: facts with citations, told as what they are."""

import re
from datetime import date

import pytest

from article41.faces.demonstration import AS_OF, demonstration_lists
from article41.model.listings import Listing
from tests.faces.made import run

LISTINGS = [listing for version in demonstration_lists() for listing in version.listings()]


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.key)
def test_every_fact_has_a_citation_a_programme_and_a_day_before_the_demonstration(
    listing: Listing,
) -> None:
    notes = dict(listing.notes)

    assert re.search(r"Regulation|Executive Order", notes["citation"])
    assert notes["certainty"] in ("A", "B")
    assert listing.programmes
    assert listing.listed_on is not None
    assert date(2004, 1, 1) < listing.listed_on < AS_OF
    assert all(name.value == name.value.strip() != "" for name in listing.entity.names)


def test_who_was_on_neither_list_is_on_neither() -> None:
    names = {name.value for listing in LISTINGS for name in listing.entity.names}

    assert "Talal Mustafa Tlass" in names
    assert not [name for name in names if "Manaf" in name or "مناف" in name]
    assert not {"Kofi Annan", "Hillary Clinton", "Abdulbaset Sieda"} & names


def test_the_two_authorities_differ_as_they_did() -> None:
    ids = {(listing.authority, listing.entity.names[0].value) for listing in LISTINGS}

    assert ("OFAC", "Walid al-Moallem") in ids
    assert ("EU", "Walid al-Moallem") not in ids
    assert ("EU", "Central Bank of Syria") in ids
    assert ("OFAC", "Central Bank of Syria") not in ids
    assert {("EU", "Commercial Bank of Syria"), ("OFAC", "Commercial Bank of Syria")} <= ids


def test_the_demonstration_says_what_it_is_and_finds_whom_it_should() -> None:
    result = run("demo")

    assert result.returncode == 0, result.stderr
    shown = result.stdout
    assert shown.startswith("A demonstration, not a screening.")
    assert "as of 6 July 2012" in shown
    assert "none current" in shown
    answers = re.split(r"^# .*\n", shown, flags=re.MULTILINE)
    by_name = {answer.split("\n", 1)[0].split("  (")[0]: answer for answer in answers[1:]}
    for name in ("Bashar al-Assad", "بشار الأسد"):
        assert re.search(r"1\.000  EU +Bashar al-Assad", by_name[name])
        assert re.search(r"1\.000  OFAC +Bashar al-Assad", by_name[name])
    assert "Rami Makhlouf" in by_name["Rami Makhluuf"]
    assert "Central Bank of Syria" in by_name["مصرف سورية المركزي"]
    for name in ("Kofi Annan", "Manaf Mustafa Tlass"):
        assert "no resemblance found at threshold 0.65" in by_name[name]
    assert "Talal Mustafa Tlass" in by_name["Manaf Mustafa Tlass"]
