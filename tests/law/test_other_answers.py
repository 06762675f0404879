"""What the law beside the Union's and that of the United States answers about acts."""

from datetime import date
from typing import Any

import msgspec
import pytest

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.measures import Outcome
from article41.model.verdicts import Identity, ListedAs, PartyStanding, Result

LAW = Law.shipped()
PARIS = date(2012, 7, 6)
LATE = date(2025, 12, 31)
HOME = {"owners": "none-listed"}


# Any: acts are written as a caller would write them in JSON.
def result(jurisdiction: str, *, listed: dict[str, ListedAs] | None = None, **table: Any) -> Result:
    act: Act = msgspec.convert(table, type=Act)
    entries = listed or {}
    standings = {
        party.key: PartyStanding(
            party=party.key, listed=(entries[party.key],) if party.key in entries else ()
        )
        for party in act.parties
    }
    [found] = [
        one for one in answer(act, standings, LAW).results if one.jurisdiction == jurisdiction
    ]
    return found


def entry(authority: str, list_id: str, tag: str, *measures: str, schema: Schema) -> ListedAs:
    return ListedAs(
        key=f"{list_id}/7",
        authority=authority,
        list_id=list_id,
        name="Sample",
        identity=Identity.ASSERTED,
        in_force=InForce.YES,
        programmes=(tag,),
        measures=measures,
        schema=schema,
    )


def refinery_equipment(day: date) -> dict[str, Any]:
    return {
        "act": "cargo",
        "on": day,
        "asker": {"party": "seller"},
        "parties": [
            {"role": "seller", "name": "Example Plant", "country": "AU", **HOME},
            {"role": "buyer", "name": "Sample Works", "country": "SY", "status": "private", **HOME},
        ],
        "goods": [{"items": ["catalytic-reformer"], "origin": "AU", "destination": "SY"}],
        "loaded_in": "AU",
        "discharged_in": "SY",
    }


def payment(
    country: str, currency: str, payee: dict[str, Any], day: date = PARIS
) -> dict[str, Any]:
    return {
        "act": "payment",
        "on": day,
        "asker": {"party": "payer-bank"},
        "parties": [
            {"role": "payer", "name": "Example Trading", "country": country, **HOME},
            {
                "role": "payer-bank",
                "name": "Example Bank",
                "country": country,
                "is_bank": True,
                **HOME,
            },
            {"role": "payee", "name": "Sample", **payee},
        ],
        "money": {"amount": "100", "currency": currency},
        "cleared_in": [country],
    }


def journey(state: str, day: date, **flight: Any) -> dict[str, Any]:
    return {
        "act": "journey",
        "on": day,
        "asker": {"party": "authority"},
        "parties": [
            {"role": "authority", "name": "Border", "country": state, "status": "government"},
            {"role": "traveller", "name": "Sample", "schema": "Person", "nationalities": ["SY"]},
            {"role": "carrier", "name": "Sample Air", "country": "SY"},
        ],
        "leaves": "SY",
        "arrives": state,
        **flight,
    }


def test_australia_has_announced_and_not_yet_made_law_on_the_day_of_paris() -> None:
    found = result("AU", **refinery_equipment(PARIS))

    assert found.outcome is Outcome.NO_MEASURE_FOUND
    assert any("petrochemical" in note and "2012-06-25" in note for note in found.notes)


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2012, 8, 20), Outcome.NO_MEASURE_FOUND),
        (date(2012, 8, 21), Outcome.REVIEW),
        (date(2012, 9, 1), Outcome.PROHIBIT),
        (date(2025, 11, 1), Outcome.REVIEW),
    ],
)
def test_the_australian_measure_is_doubtful_where_its_days_are(day: date, outcome: Outcome) -> None:
    assert result("AU", **refinery_equipment(day)).outcome is outcome


def test_japan_refuses_a_charter_flight_on_the_day_of_paris() -> None:
    assert result("JP", **journey("JP", PARIS, flight="charter")).outcome is Outcome.DENY


def test_canada_forbids_to_pay_a_bank_that_it_listed_the_day_before() -> None:
    payee = {"country": "SY", "is_bank": True, **HOME}
    bank = entry("CA", "ca-sema", "Syria / Syrie", schema=Schema.ORGANIZATION)

    found = result("CA", listed={"payee": bank}, **payment("CA", "CAD", payee))

    assert found.outcome is Outcome.PROHIBIT
    assert {"ca/syria/asset-freeze", "ca/syria/financial-services"} <= {
        finding.measure for finding in found.findings
    }


def test_canada_asks_of_equipment_and_not_of_wheat_whether_schedule_2_has_it() -> None:
    def sale(code: str) -> Result:
        parties = [
            {"role": "seller", "name": "Example Farm", "country": "CA", **HOME},
            {"role": "buyer", "name": "Sample Mill", "country": "SY", "status": "private", **HOME},
        ]
        goods = [{"code": code, "origin": "CA", "exported_from": "CA", "destination": "SY"}]
        return result(
            "CA",
            act="cargo",
            on=PARIS,
            asker={"party": "seller"},
            parties=parties,
            goods=goods,
            loaded_in="CA",
            discharged_in="SY",
        )

    assert sale("1001").outcome is Outcome.NO_MEASURE_FOUND
    assert sale("8479").outcome is Outcome.REVIEW


def test_turkey_cuts_its_banks_off_the_central_bank() -> None:
    payee = {"country": "SY", "status": "central-bank", "is_bank": True}

    found = result("TR", **payment("TR", "TRY", payee))
    later = result("TR", **payment("TR", "TRY", payee, LATE))

    assert (found.outcome, later.outcome) == (Outcome.PROHIBIT, Outcome.REVIEW)


def test_a_member_of_the_league_has_law_that_nobody_verified() -> None:
    payee = {"country": "SY", "status": "central-bank", "is_bank": True}

    found = result("QA", **payment("QA", "QAR", payee))

    assert found.outcome is Outcome.REVIEW


def test_switzerland_forbids_the_import_of_syrian_crude() -> None:
    act: dict[str, Any] = {
        "act": "cargo",
        "on": PARIS,
        "asker": {"party": "buyer"},
        "parties": [
            {"role": "buyer", "name": "Example Refinery", "country": "CH", **HOME},
            {"role": "seller", "name": "Sample Trading", "country": "AE", **HOME},
        ],
        "goods": [{"code": "2709 00", "origin": "SY"}],
        "loaded_in": "SY",
        "discharged_in": "CH",
        "contract_on": date(2012, 6, 1),
    }

    assert result("CH", **act).outcome is Outcome.PROHIBIT
    assert result("CH", **act | {"on": LATE}).outcome is Outcome.NO_MEASURE_FOUND


def test_what_the_british_list_imposes_decides_between_freeze_and_entry() -> None:
    person = Schema.PERSON
    frozen = entry("UK", "uk-sl", "Syria", "Asset freeze", schema=person)
    banned = entry("UK", "uk-sl", "Syria", "Asset freeze", "Travel Ban", schema=person)

    flight = journey("GB", LATE)
    flight["parties"] = flight["parties"][:2]

    only_frozen = result("GB", listed={"traveller": frozen}, **flight)
    both = result("GB", listed={"traveller": banned}, **flight)

    assert only_frozen.outcome is not Outcome.DENY
    assert both.outcome is Outcome.DENY


@pytest.mark.parametrize("state", ["US", "GB", "CA", "AU", "FR", "DE", "IT", "ES", "NL", "BG"])
def test_a_state_that_expelled_the_mission_accredits_no_ambassador(state: str) -> None:
    act: dict[str, Any] = {
        "act": "diplomatic",
        "on": PARIS,
        "asker": {"party": "authority"},
        "parties": [
            {"role": "authority", "name": "Ministry", "country": state, "status": "government"},
            {"role": "envoy", "name": "Sample", "nationalities": ["SY"]},
        ],
        "sending": "SY",
        "receiving": state,
        "rank": "ambassador",
    }

    assert result(state, **act).outcome is Outcome.DENY
    assert result(state, **act | {"on": date(2012, 5, 28)}).outcome is not Outcome.DENY


def test_russian_crude_into_germany_needs_a_person_because_that_law_is_not_held() -> None:
    act: dict[str, Any] = {
        "act": "cargo",
        "on": date(2026, 11, 30),
        "asker": {"party": "buyer"},
        "parties": [
            {"role": "buyer", "name": "Example Refinery", "country": "DE", **HOME},
            {"role": "seller", "name": "Sample Trading", "country": "AE", **HOME},
        ],
        "goods": [{"code": "2709 00", "origin": "RU"}],
        "loaded_in": "RU",
        "discharged_in": "DE",
    }

    found = result("EU", **act)

    assert found.outcome is Outcome.REVIEW
    assert any("833/2014" in finding.title for finding in found.findings)
