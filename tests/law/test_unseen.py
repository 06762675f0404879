"""What an answer that finds nothing rests on: deeds, places and countries, each by its fact."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from article41.law.answers import answer
from article41.law.gaps import NOT_MODELLED, Law
from article41.law.unsaid import UNSAID
from article41.model.acts import (
    Act,
    Asker,
    CargoAct,
    Goods,
    JourneyAct,
    Money,
    PartyAct,
    PaymentAct,
    SecuritiesAct,
    Verb,
)
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


def unsaid(result: Result) -> set[str]:
    return {each.fact for one in result.considered if one.measure == UNSAID for each in one.because}


def oil_from_syria(**said: Any) -> CargoAct:  # fields of an act, of whatever type they have
    ship = Party(role=Role.VESSEL, name="Example Star", flag="LR")
    seller = Party(role=Role.SELLER, name="Specimen Petroleum", country="SY")
    crude = Goods(description="crude oil", code="2709 00", origin="SY")
    act = CargoAct(
        on=DAY, asker=Asker(party="vessel"), parties=(ship, seller), goods=(crude,),
        loaded_in="XZ", discharged_in="CN",
    )  # fmt: skip
    return replace(act, **said)


def test_what_an_act_leaves_unsaid_is_named_where_nobody_is_bound() -> None:
    result = result_of(oil_from_syria(), "EU")

    assert result.outcome is Outcome.NOT_BOUND
    assert unsaid(result) == {"via", "money", "goods[0].destination", "parties.vessel.acts_for"}


def test_what_it_says_is_not_named_as_unsaid() -> None:
    ship = Party(role=Role.VESSEL, name="Example Star", flag="LR", acts_for="seller")
    act = oil_from_syria(via=("PA",), money=Money(amount=Decimal(9), currency="RUB"))
    diesel = Goods(description="diesel", code="2710 19", destination="CN")
    said = replace(act, parties=(ship, act.parties[1]), goods=(diesel,), loaded_in="SY")

    assert unsaid(result_of(said, "EU")) == {"goods[0].origin"}


def test_from_where_a_journey_comes_and_whose_national_travels_is_named_where_unsaid() -> None:
    act = JourneyAct(
        on=DAY,
        asker=Asker(party="authority", does=(Verb.TRANSIT,)),
        parties=(PORT, Party(role=Role.TRAVELLER, name="Ada Example", residence="KE")),
        arrives="CY",
        via=("CY",),
    )

    assert {"leaves", "parties.traveller.nationalities"} <= unsaid(result_of(act, "EU"))


def test_that_a_person_who_asks_may_be_a_us_person_is_named_where_unsaid() -> None:
    broker = Party(role=Role.DEALER, name="Ada Example", schema=Schema.PERSON, country="FR")
    act = SecuritiesAct(on=DAY, asker=Asker(party="dealer"), parties=(broker,), instrument="bond")
    said = replace(act, parties=(replace(broker, us_person=False),))

    assert "parties.dealer.us_person" in unsaid(result_of(act, "EU"))
    assert "parties.dealer.us_person" not in unsaid(result_of(said, "EU"))


def test_law_that_is_not_held_and_that_the_goods_rule_out_is_named_with_the_fact() -> None:
    """The law of the States on arms for Lebanon is not in the catalogue."""
    buyer = Party(role=Role.BUYER, name="Sample Traders", country="LB", status=Status.PRIVATE)
    seller = Party(role=Role.SELLER, name="Example Exports", country="US", status=Status.PRIVATE)
    line = Goods(description="computers", code="8471 30", items=("none",), origin="US")
    act = CargoAct(
        on=DAY, asker=Asker(party="seller"), parties=(seller, buyer), goods=(line,),
        loaded_in="US", discharged_in="LB",
    )  # fmt: skip

    result = result_of(act, "US")

    assert result.outcome is Outcome.NO_MEASURE_FOUND
    [arms] = [one for one in result.considered if one.measure == NOT_MODELLED]
    assert [each.fact for each in arms.because] == ["goods[0].items"]


def test_every_fact_that_names_a_country_is_named() -> None:
    customer = Party(
        role=Role.CUSTOMER, name="Ada Example", country="KE", nationalities=("KE",), residence="KE"
    )
    bank = Party(role=Role.INSTITUTION, name="Example Bank", country="CY")
    act = PartyAct(on=DAY, asker=Asker(party="institution"), parties=(bank, customer))

    named = facts_considered(result_of(act, "EU"))

    assert {f"parties.customer.{one}" for one in ("country", "nationalities", "residence")} <= named


def test_that_no_state_of_the_league_is_in_it_on_that_day_is_named() -> None:
    """Syria was suspended from the League until May 2023, and is not bound against itself since."""
    bank = Party(role=Role.PAYEE_BANK, name="Sample Bank", country="SY", status=Status.PRIVATE)
    payee = Party(role=Role.PAYEE, name="Specimen Bank", country="SY", status=Status.CENTRAL_BANK)
    act = PaymentAct(on=DAY, asker=Asker(party="payee-bank"), parties=(bank, payee))

    on_that_day, later = (result_of(replace(act, on=day), "LAS") for day in (DAY, date(2025, 3, 1)))

    for result in (on_that_day, later):
        assert result.outcome is Outcome.NOT_BOUND
        assert {"on", "parties.payee-bank.country"} <= {each.fact for each in result.unbound}
