"""Ordinary acts, whole: which of them need a person, and by which law that is not held."""

from datetime import date
from typing import Any, NamedTuple

import msgspec
import pytest

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.faces.demonstration import demonstration_store
from article41.model.acts import Act
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict

TODAY = date(2026, 11, 30)
LOOKED_UP = ["EU", "US", "GB", "CH", "CA", "AU", "JP", "UN"]
CURRENCIES = {"US": "USD", "GB": "GBP", "CH": "CHF", "CA": "CAD", "AU": "AUD", "JP": "JPY"}
REGION = "facts.in-occupied-region-of-ukraine"
ITEMS = "goods[0].items"
NONE = {"items": ["none"]}
MACHINE = {"code": "8479 89", "description": "machine for bending tubes"}
FOOD = {"code": "1001 99", "description": "wheat"}
ARMS = {"code": "9301", "items": ["ML1"], "description": "rifles"}


# Any: acts are written as a caller would write them in JSON.
def party(role: str, country: str, **changes: Any) -> dict[str, Any]:
    told = {"owners": "none-listed", "status": "private", "not_listed_by": LOOKED_UP}
    return {"role": role, "name": f"Quillfeather {role}", "country": country, **told, **changes}


def paid(payer: str, payee: str, **changes: Any) -> dict[str, Any]:
    return {
        "act": "payment",
        "on": TODAY,
        "asker": {"party": "payer"},
        "parties": [party("payer", payer), party("payee", payee)],
        "money": {"amount": "100", "currency": CURRENCIES.get(payer, "EUR")},
        "cleared_in": [payer],
    } | changes


def sold(seller: str, buyer: str, line: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "act": "cargo",
        "on": TODAY,
        "asker": {"party": "seller"},
        "parties": [party("seller", seller), party("buyer", buyer)],
        "goods": [{"origin": seller, "us_content": seller == "US", **line}],
        "loaded_in": seller,
        "discharged_in": buyer,
        "money": {"amount": "100", "currency": CURRENCIES.get(seller, "EUR")},
        "cleared_in": [seller],
    } | changes


class Case(NamedTuple):
    """An act, the facts that its review asks for (none: no review), and why."""

    act: dict[str, Any]
    asks: set[str]
    why: str


IN_REGION = {"in-occupied-region-of-ukraine": True}
NOT_IN_REGION = {"in-occupied-region-of-ukraine": False}
EU, US, GB, CA, CH, JP = ({f"catalogue.{key}"} for key in ("EU", "US", "GB", "CA", "CH", "JP"))
CASES = {
    "DE sells a machine to FR": Case(sold("DE", "FR", MACHINE), set(), "no regime is touched"),
    "DE pays FR": Case(paid("DE", "FR"), set(), "no regime is touched"),
    "US pays CN": Case(paid("US", "CN"), set(), "arms and securities alone are limited"),
    "US sells soya to CN": Case(sold("US", "CN", {"code": "1201"}), set(), "food is no arms"),
    "US sells a machine to CN": Case(
        sold("US", "CN", MACHINE), {ITEMS}, "ITAR 126.1: may be on a military list"
    ),
    "US sells a machine on no list to CN": Case(
        sold("US", "CN", {**MACHINE, **NONE}), set(), "stated to be on no list"
    ),
    "US sells processors to CN": Case(
        sold("US", "CN", {"code": "8542", "items": ["3A090"]}), US, "15 CFR 744.23 is not held"
    ),
    "DE sells a machine to CN": Case(sold("DE", "CN", MACHINE), set(), "no Union regime"),
    "DE pays UA": Case(paid("DE", "UA"), {REGION}, "nobody says where in Ukraine"),
    "DE pays UA outside the regions": Case(
        paid("DE", "UA", facts=NOT_IN_REGION), set(), "the regional regime is ruled out"
    ),
    "DE pays UA in the regions": Case(
        paid("DE", "UA", facts=IN_REGION), EU, "Regulations 692/2014 and 2022/263 are not held"
    ),
    "DE paid UA before the regional regimes": Case(
        paid("DE", "UA", on=date(2014, 6, 24)), set(), "Regulation 692/2014 came a day later"
    ),
    "US pays UA": Case(paid("US", "UA"), {REGION}, "EO 13685, EO 14065"),
    "GB pays UA": Case(paid("GB", "UA"), {REGION}, "SI 2019/855"),
    "DE sells wheat to Sevastopol": Case(
        sold("DE", "UA", FOOD, discharged_at="Sevastopol"), EU, "the port lies in Crimea"
    ),
    "DE sells wheat to Sevastopol and denies it": Case(
        sold("DE", "UA", FOOD, discharged_at="Sevastopol", facts=NOT_IN_REGION),
        {REGION},
        "the port and the fact contradict",
    ),
    "DE sells wheat to Odesa": Case(
        sold("DE", "UA", FOOD, discharged_at="Odesa", facts=NOT_IN_REGION), set(), "not occupied"
    ),
    "DE pays TN": Case(paid("DE", "TN"), set(), "listings only"),
    "DE pays BA": Case(paid("DE", "BA"), set(), "listings only"),
    "DE pays MD": Case(paid("DE", "MD"), set(), "listings only"),
    "DE pays TR": Case(paid("DE", "TR"), set(), "listings only"),
    "DE pays NI": Case(paid("DE", "NI"), set(), "listings only"),
    "DE pays ML": Case(paid("DE", "ML"), set(), "listings only"),
    "CH pays MD": Case(paid("CH", "MD"), set(), "listings at most"),
    "CH pays RS": Case(paid("CH", "RS"), set(), "the bans ended in 2001"),
    "JP pays HT": Case(paid("JP", "HT"), JP, "the list of Japan is not held"),
    "GB sells wheat to ZW": Case(sold("GB", "ZW", FOOD), set(), "an embargo on arms alone"),
    "GB sells rifles to ZW": Case(sold("GB", "ZW", ARMS), GB, "SI 2019/604 is not held"),
    "GB sells a machine to ZW": Case(sold("GB", "ZW", MACHINE), {ITEMS}, "may be arms"),
    "FR sells rice to CF": Case(sold("FR", "CF", {"code": "1006"}), set(), "arms alone"),
    "FR buys charcoal of SO": Case(
        sold("SO", "FR", {"code": "4402 90"}, asker={"party": "buyer"}),
        EU,
        "Somali charcoal may not be imported",
    ),
    "FR sells rice to SO": Case(
        sold("FR", "SO", {"code": "1006"}), set(), "arms, charcoal, explosives alone"
    ),
    "FR buys a carving of IQ": Case(
        sold("IQ", "FR", {"code": "9703"}, asker={"party": "buyer"}),
        {ITEMS},
        "may be cultural property",
    ),
    "FR sells rice to IQ": Case(sold("FR", "IQ", {"code": "1006"}), set(), "arms and art alone"),
    "DE buys crude oil of RU": Case(
        sold("RU", "DE", {"code": "2709 00"}, asker={"party": "buyer"}),
        EU,
        "Regulation 833/2014 is not held",
    ),
    "DE pays RU": Case(paid("DE", "RU"), EU, "Regulation 833/2014 is not held"),
    "DE sells wheat to KP": Case(sold("DE", "KP", FOOD), EU, "Regulation 2017/1509 is not held"),
    "DE pays IR": Case(paid("DE", "IR"), EU, "Regulation 267/2012 is not held"),
    "DE pays CU": Case(paid("DE", "CU"), set(), "the Union has no sanctions on Cuba"),
    "US pays CU": Case(paid("US", "CU"), US, "31 CFR 515 is not held"),
    "US pays VE": Case(paid("US", "VE"), US, "EO 13808, 13884: by status"),
    "US pays MM": Case(paid("US", "MM"), set(), "directive 1 is held by its list"),
    "DE sells wheat to MM": Case(sold("DE", "MM", FOOD), set(), "arms and dual use alone"),
    "DE sells wheat to LY": Case(sold("DE", "LY", FOOD), EU, "Regulation 2016/44: vessels, goods"),
    "DE pays AF": Case(paid("DE", "AF"), set(), "listings, and arms"),
}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("demonstration")
    demonstration_store(folder)
    return Checker(Screener(folder))


def checked(checker: Checker, table: dict[str, Any]) -> Verdict:
    act: Act = msgspec.convert(table, type=Act)
    return checker.check(act, asked_on=TODAY)


@pytest.mark.parametrize("name", CASES)
def test_an_ordinary_act_is_a_review_only_where_law_that_is_not_held_can_bear_on_it(
    checker: Checker, name: str
) -> None:
    case = CASES[name]

    verdict = checked(checker, case.act)

    findings = [
        finding
        for result in verdict.results
        for finding in result.findings
        if finding.measure == "not-modelled"
    ]
    asked = {one.fact for finding in findings for one in finding.missing}
    assert asked == case.asks, case.why
    expected = Outcome.REVIEW if case.asks else Outcome.NO_MEASURE_FOUND
    assert verdict.outcome is expected, [one.title for one in findings] + [case.why]
