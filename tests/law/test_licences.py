"""A specific licence lifts what it names, of the law of its authority, for whom that binds."""

from typing import Any

import msgspec
import pytest

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.law.licences import load_licensing
from article41.law.words import spelling
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, ReliefNote

LAW = Law.shipped()
SOLD = "eu/syria/oil-gas-equipment"


# Any: an act as a caller would write it in JSON.
def act(country: str = "DE", licence: dict[str, Any] | None = None, **changes: Any) -> Act:
    own = {"owners": "none-listed", "status": "private", "schema": "Company"}
    given = {"authority": "BAFA", "number": "A-1", "valid_from": "2012-01-01", "lifts": ["SY"]}
    table = {
        "act": "cargo",
        "on": "2012-07-06",
        "asker": {"party": "seller", "does": ["sell", "export"]},
        "parties": [
            {"role": "seller", "name": "Example Plant", "country": country, **own},
            {"role": "buyer", "name": "Sample Works", "country": "SY", **own},
        ],
        "goods": [{"items": ["hydrotreater"], "code": "8419", "origin": country}],
        "loaded_in": country,
        "discharged_in": "SY",
        "licences": [given | (licence or {})],
    } | changes
    made: Act = msgspec.convert(table, type=Act)
    return made


def told(asked: Act, measure: str = SOLD) -> tuple[Finding, list[ReliefNote]]:
    findings = (one for result in answer(asked, {}, LAW).results for one in result.findings)
    [found] = [one for one in findings if one.measure == measure]
    return found, [note for note in found.reliefs if note.kind is None]


def test_a_licence_of_the_own_authority_lifts_what_it_names() -> None:
    finding, [note] = told(act())

    assert finding.outcome is Outcome.CONDITIONS
    assert note.fits is InForce.YES


@pytest.mark.parametrize(
    ("authority", "text"),
    [
        ("OFAC", "it grants no licences of the law of EU"),
        ("SECO", "it grants no licences of the law of EU"),
        ("DG Trésor", "it licenses who is bound through FR, not seller"),
    ],
)
def test_a_licence_of_another_law_or_state_lifts_nothing_and_says_why(
    authority: str, text: str
) -> None:
    finding, [note] = told(act(licence={"authority": authority}))

    assert finding.outcome is Outcome.PROHIBIT
    assert note.fits is InForce.NO
    assert [one.text for one in note.because] == [text]


def test_an_authority_that_nobody_knows_lifts_nothing_and_is_asked_for() -> None:
    finding, [note] = told(act(licence={"authority": "Example Ministry"}))

    assert finding.outcome is Outcome.PROHIBIT
    assert note.fits is InForce.UNKNOWN
    assert note.because == ()
    [asked] = note.missing
    assert asked.fact == "licences.A-1.authority"
    assert "whose law does `Example Ministry` lift?" in asked.question


def test_a_licence_that_does_not_say_what_it_lifts_is_shown_and_lifts_nothing() -> None:
    finding, [note] = told(act(licence={"lifts": []}))

    assert finding.outcome is Outcome.PROHIBIT
    assert note.fits is InForce.UNKNOWN
    [asked] = note.missing
    assert asked.fact == "licences.A-1.lifts"
    assert asked.question == f"does licence A-1 lift `{SOLD}`? it does not say what it `lifts`"
    assert (asked.if_so, asked.if_not) == (Outcome.CONDITIONS, Outcome.PROHIBIT)


def test_a_licence_of_another_law_is_not_told_where_it_does_not_say_that_it_is_for_it() -> None:
    finding, notes = told(act(licence={"authority": "OFAC", "lifts": []}))

    assert (finding.outcome, notes) == (Outcome.PROHIBIT, [])


def test_one_authority_of_a_country_lifts_nothing_that_another_forbids() -> None:
    goods = [{"code": "8419", "origin": "US", "us_content": True}]
    for authority, outcome in (("OFAC", Outcome.LICENCE_REQUIRED), ("BIS", Outcome.CONDITIONS)):
        asked = act("US", {"authority": authority}, goods=goods)
        assert told(asked, "us/syria/export-ban")[0].outcome is outcome


def test_a_licence_of_a_state_through_which_nobody_is_known_to_be_bound_is_asked_for() -> None:
    own = {"owners": "none-listed", "status": "private", "schema": "Company"}
    parties = [
        {"role": "seller", "name": "Example Plant", **own},
        {"role": "buyer", "name": "Sample Works", "country": "SY", **own},
    ]
    finding, [note] = told(act(parties=parties, loaded_in="", goods=[{"items": ["hydrotreater"]}]))

    assert finding.outcome is Outcome.REVIEW
    assert note.fits is InForce.UNKNOWN
    assert "bound through DE" in note.missing[0].question


def test_a_british_licence_lifts_union_law_as_long_as_it_was_law_there() -> None:
    assert told(act("GB", {"authority": "OFSI"}))[0].outcome is Outcome.CONDITIONS

    later = act("FR", {"authority": "OFSI"}, on="2021-01-04")
    finding, [note] = told(later)
    assert finding.outcome is Outcome.PROHIBIT
    assert note.because[0].text == "it grants no licences of the law of EU"


@pytest.mark.parametrize(
    ("terms", "fact", "said"),
    [
        ({"purposes": ["food"]}, "purposes", {"purposes": ["food"]}),
        ({"amount_max": "20000", "currency": "EUR"}, "money",
         {"money": {"amount": "9000", "currency": "EUR"}}),
    ],
)  # fmt: skip
def test_what_the_act_does_not_say_of_the_terms_of_a_licence_is_asked_for(
    terms: dict[str, Any], fact: str, said: dict[str, Any]
) -> None:
    finding, [note] = told(act(licence=terms))

    assert (finding.outcome, note.fits) == (Outcome.PROHIBIT, InForce.UNKNOWN)
    assert [one.fact for one in note.missing] == [fact]
    assert told(act(licence=terms, **said))[0].outcome is Outcome.CONDITIONS


@pytest.mark.parametrize(
    ("terms", "said", "text"),
    [
        ({"purposes": ["food"]}, {"purposes": ["legal-fees"]}, "the act has another purpose"),
        ({"amount_max": "20000", "amount_used": "15000", "currency": "EUR"},
         {"money": {"amount": "9000", "currency": "EUR"}}, "only 5000 of it is left"),
        ({"amount_max": "20000", "currency": "EUR"},
         {"money": {"amount": "9000", "currency": "USD"}}, "no amount in EUR is given"),
        ({"valid_until": "2012-07-06"}, {}, "an expired licence is no licence"),
        ({"valid_from": "2012-07-07"}, {}, "the licence has not begun"),
        ({"parties": ["seller"]}, {}, "it does not name buyer"),
    ],
)  # fmt: skip
def test_a_licence_counts_within_its_terms(
    terms: dict[str, Any], said: dict[str, Any], text: str
) -> None:
    finding, [note] = told(act(licence=terms, **said))

    assert (finding.outcome, note.fits) == (Outcome.PROHIBIT, InForce.NO)
    assert [one.text for one in note.because] == [text]


def test_no_name_stands_for_two_authorities_of_one_law() -> None:
    for row in load_licensing():
        names = [spelling(name) for name in row.names]
        assert len(set(names)) == len(names)
    keys = [
        (spelling(name), row.jurisdiction, row.country)
        for row in load_licensing()
        for name in row.names
    ]
    assert len(set(keys)) == len(keys)
