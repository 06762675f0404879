"""Under which law the owners of a party are asked for, and under which that is idle."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from article41.checks.reading import read_acts
from article41.law.answers import LawAnswer, answer
from article41.law.gaps import Law
from article41.law.open_owners import OPEN_OWNERS
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.verdicts import Identity, ListedAs, PartyStanding

LAW = Law.shipped()


# Any: acts are written as a caller would write them in JSON.
def said(
    payee: dict[str, Any],
    *others: dict[str, Any],
    stakes: tuple[dict[str, Any], ...] = (),
    listed: Mapping[str, tuple[ListedAs, ...]] | None = None,
    day: date = date(2013, 6, 1),
) -> LawAnswer:
    """What all law says of a payment from a bank in Germany through New York."""
    home = {"country": "DE", "status": "private"}
    table = {
        "act": "payment",
        "on": str(day),
        "asker": "payer-bank",
        "parties": [
            {"role": "payer", "name": "Example Trading", **home},
            {"role": "payer-bank", "name": "Example Bank", **home},
            {"role": "payee", "name": "Sample Works", "schema": "Company", **payee},
            *({"role": "owner", **other} for other in others),
        ],
        "holdings": {"stakes": [{"percent": 50, **stake} for stake in stakes]},
        "money": "100 USD",
        "cleared_in": ["US"],
    }
    [act] = read_acts(json.dumps(table).encode(), file="act.json")
    standings = {
        party.key: PartyStanding(party=party.key, listed=(listed or {}).get(party.key, ()))
        for party in act.parties
    }
    return answer(act, standings, LAW)


def asking(said_of: LawAnswer) -> set[str]:
    """The jurisdictions that ask for owners."""
    return {
        result.jurisdiction
        for result in said_of.results
        if any(one.measure == OPEN_OWNERS for one in result.findings)
    }


def entry(authority: str, list_id: str, tag: str, identity: Identity) -> ListedAs:
    return ListedAs(
        key=f"{list_id}/7",
        authority=authority,
        list_id=list_id,
        name="Sample Works",
        identity=identity,
        in_force=InForce.YES,
        programmes=(tag,),
        schema=Schema.COMPANY,
    )


def test_exactly_one_half_is_enough_in_the_united_states_and_not_in_the_union() -> None:
    payee, holder = {"country": "SY"}, {"id": "holder", "name": "Tilda Beispiel"}
    stake = {"owner": "holder", "asset": "payee"}

    person = said(payee, {**holder, "schema": "Person"}, stakes=(stake,))
    thing = said(payee, holder, stakes=(stake,))

    assert {"US"} <= asking(person)
    assert "EU" not in asking(person)
    assert {"US", "EU"} <= asking(thing)


@pytest.mark.parametrize(
    ("identity", "asks"), [(Identity.ASSERTED, {"US"}), (Identity.RESEMBLES, {"US", "EU"})]
)
def test_who_is_frozen_under_a_law_is_not_asked_for_owners_there(
    identity: Identity, asks: set[str]
) -> None:
    listed = {"payee": (entry("EU", "eu", "SYR", identity),)}

    found = asking(said({"country": "SY"}, listed=listed))

    assert found & {"US", "EU"} == asks


def test_owners_looked_for_in_vain_are_asked_for_though_who_is_said_to_own_takes_no_part() -> None:
    holding = {"id": "holding", "name": "Specimen Holding", "schema": "Company", "country": "XB"}
    owned = ({"owner": "holding", "asset": "payee", "percent": 60},)

    vain = said({"country": "XB"}, {**holding, "owners": "unknown"}, stakes=owned)
    idle = said({"country": "XB"}, {**holding, "owners": "unknown"})
    silent = said({"country": "XB"}, holding, stakes=owned)

    assert {"US", "EU"} <= asking(vain)
    assert {"US", "EU"} <= asking(idle)
    assert not asking(silent)
    assert [one.fact for one in silent.not_examined] == [
        "parties.payee.owners",
        "parties.holding.owners",
    ]


def test_the_rest_of_a_body_is_told_as_not_examined() -> None:
    stake = {"owner": "holder", "asset": "payee"}
    person = {"id": "holder", "name": "Tilda Beispiel", "schema": "Person"}

    [told] = said({"country": "XB"}, person, stakes=(stake,)).not_examined

    assert told.text == "nobody said who owns or controls the rest of payee"


def test_of_a_name_that_may_be_a_bodys_it_is_asked_what_it_is() -> None:
    stakes = ({"owner": "holder", "asset": "payee", "percent": 100},)

    [question] = [
        fact.question
        for result in said({"country": "SY"}, {"id": "holder", "name": "A"}, stakes=stakes).results
        if result.jurisdiction == "EU"
        for one in result.findings
        if one.measure == OPEN_OWNERS
        for fact in one.missing
    ]

    assert question == "is holder a natural person, and if not, who owns or controls it?"


def test_whom_the_holdings_alone_name_is_asked_for_with_the_words_that_answer() -> None:
    stakes = ({"owner": "Elie", "asset": "payee", "percent": 100},)

    [question] = [
        fact.question
        for one in said({"country": "SY"}, {"id": "Elie", "name": "Elie"}, stakes=stakes).results
        if one.jurisdiction == "EU"
        for finding in one.findings
        if finding.measure == OPEN_OWNERS
        for fact in finding.missing
    ]

    assert question.endswith("(parties: {Elie: {role: owner, schema: Person}} says the first)")


def test_an_owner_without_a_name_was_not_looked_up() -> None:
    number = {"id": "holder", "lei": "5493001KJTIIGC8Y1R12"}
    stakes = ({"owner": "holder", "asset": "payee", "percent": 100},)

    [missing] = [
        fact.fact
        for result in said({"country": "SY"}, number, stakes=stakes).results
        if result.jurisdiction == "EU"
        for one in result.findings
        if one.measure == OPEN_OWNERS
        for fact in one.missing
    ]

    assert missing == "parties.holder.name"


@pytest.mark.parametrize("country", ["TR", "TN", "LB", "UA", "RS"])
def test_where_single_persons_are_listed_nobody_is_asked_for_owners(country: str) -> None:
    day = date(2024, 6, 3)

    assert asking(said({"country": country}, day=day)) == set()
    assert "EU" in asking(said({"country": country, "owners": "unknown"}, day=day))
    assert "EU" in asking(said({"country": "BY"}, day=day))
