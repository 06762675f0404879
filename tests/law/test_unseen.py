"""What an answer that finds nothing rests on: deeds, places and countries, each by its fact."""

from datetime import date

import pytest

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.model.acts import Act, Asker, JourneyAct, PartyAct, Verb
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.measures import Outcome
from article41.model.parties import Party, Role, Status
from article41.model.verdicts import Identity, ListedAs, PartyStanding, Result

DAY = date(2012, 7, 24)
PORT = Party(role=Role.AUTHORITY, name="Port authority", country="CY", status=Status.GOVERNMENT)
SHIP = Party(role=Role.VESSEL, name="Example Volga", schema=Schema.VESSEL, flag="RU")


def result_of(act: Act, key: str, *standings: PartyStanding) -> Result:
    said = answer(act, {one.party: one for one in standings}, Law.shipped())
    return next(one for one in said.results if one.jurisdiction == key)


def facts_considered(result: Result) -> set[str]:
    return {each.fact for one in result.considered for each in one.because}


def call_at_limassol(*, does: Verb = Verb.INSPECT, leaves: str = "RU", arrives: str) -> JourneyAct:
    return JourneyAct(
        on=DAY,
        asker=Asker(party="authority", does=(does,)),
        parties=(PORT, SHIP),
        leaves=leaves,
        arrives=arrives,
        via=("CY",),
        facts={"reasonable-grounds-for-forbidden-cargo": True},
    )


def test_what_the_asker_does_is_named_where_nothing_that_forbids_it_is_found() -> None:
    assert result_of(call_at_limassol(arrives="SY"), "EU").outcome is Outcome.INSPECT

    other = result_of(call_at_limassol(does=Verb.ISSUE_VISA, arrives="SY"), "EU")

    assert other.outcome is Outcome.NO_MEASURE_FOUND
    assert "asker.does" in facts_considered(other)


def test_both_ends_of_a_journey_are_named_where_both_are_in_one_country() -> None:
    there_and_back = result_of(call_at_limassol(leaves="RU", arrives="RU"), "EU")

    assert there_and_back.outcome is Outcome.NO_MEASURE_FOUND
    assert {"leaves", "arrives", "via"} <= facts_considered(there_and_back)


@pytest.mark.parametrize(
    ("leaves", "arrives", "asked"), [("", "CY", "leaves"), ("RU", "", "arrives")]
)
def test_an_end_of_a_journey_that_nobody_names_may_be_anywhere(
    leaves: str, arrives: str, asked: str
) -> None:
    result = result_of(call_at_limassol(leaves=leaves, arrives=arrives), "EU")

    assert result.outcome is Outcome.REVIEW
    assert asked in {fact.fact for one in result.findings for fact in one.missing}


def test_who_is_listed_elsewhere_is_asked_for_a_country_all_the_same() -> None:
    act = PartyAct(
        on=DAY,
        asker=Asker(party="authority", does=(Verb.HOLD,)),
        parties=(
            Party(role=Role.AUTHORITY, name="Treasury", country="MA", status=Status.GOVERNMENT),
            Party(role=Role.CUSTOMER, name="Ada Example", schema=Schema.PERSON),
        ),
    )
    entry = ListedAs(
        key="eu/7", authority="EU", list_id="eu", name="Ada Example",
        identity=Identity.ASSERTED, in_force=InForce.YES,
    )  # fmt: skip

    league = result_of(act, "LAS", PartyStanding(party="customer", listed=(entry,)))

    assert league.outcome is Outcome.REVIEW
    asked = {fact.fact for one in league.findings for fact in one.missing}
    assert "parties.customer.country" in asked


def test_that_a_carrier_is_a_craft_is_named_by_what_it_is_said_to_be() -> None:
    carrier = Party(role=Role.CARRIER, name="Specimen Air", schema=Schema.AIRPLANE, country="SY")
    act = JourneyAct(
        on=DAY, asker=Asker(party="authority"), parties=(PORT, carrier), leaves="SY", arrives="CY"
    )

    assert "parties.carrier.schema" in {each.fact for each in result_of(act, "US").unbound}
