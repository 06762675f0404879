"""Law that is not held bears on an act by its goods or region, and asks for what is not said."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.law.answers import answer
from article41.law.bearing import bearing_of
from article41.law.coverage import CoverageKind, CoverageRow, CoverageState
from article41.law.coverage_loading import load_coverage
from article41.law.gaps import NOT_MODELLED, Law
from article41.law.regions import load_regions, plain
from article41.law.situation import Situation
from article41.law.truth import NO, UNKNOWN, YES
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import Finding

LAW = Law.shipped()
WORDS = LAW.catalogue.words
TODAY = date(2026, 11, 30)
FACT = "in-occupied-region-of-ukraine"
UKRAINE = next(region for region in load_regions() if region.fact == FACT)
HOME = {"owners": "none-listed"}


# Any: acts are written as a caller would write them in JSON.
def cargo(country: str, *lines: dict[str, Any], seller: str = "DE", **changes: Any) -> Act:
    table = {
        "act": "cargo",
        "on": TODAY,
        "asker": {"party": "seller"},
        "parties": [
            {"role": "seller", "name": "Example Plant", "country": seller, **HOME},
            {"role": "buyer", "name": "Sample Works", "country": country, **HOME},
        ],
        "goods": list(lines),
    } | changes
    made: Act = msgspec.convert(table, type=Act)
    return made


def payment(country: str, **changes: Any) -> Act:
    parties = [
        {"role": "payer", "name": "Example Plant", "country": "DE", **HOME},
        {"role": "payee", "name": "Sample Works", "country": country, **HOME},
    ]
    table = {"act": "payment", "on": TODAY, "asker": {"party": "payer"}, "parties": parties}
    made: Act = msgspec.convert(table | changes, type=Act)
    return made


def absent(act: Act, jurisdiction: str = "EU") -> list[Finding]:
    results = answer(act, {}, LAW).results
    [found] = [one for one in results if one.jurisdiction == jurisdiction]
    return [one for one in found.findings if one.measure == NOT_MODELLED]


def bearing(act: Act, *kinds: CoverageKind, **limits: Any) -> InForce:
    row = CoverageRow(
        jurisdiction="XA",
        regime="XB",
        state=CoverageState.ABSENT,
        kinds=kinds or (CoverageKind.TRADE,),
        **limits,
    )
    return bearing_of(row, Situation(act, {}), WORDS, LAW.regions).truth


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"items": ["ML4"], "code": "9306"}, YES),
        ({"items": ["internal-repression-equipment"]}, YES),
        # What another list controls may be forbidden for a military end.
        ({"items": ["3A001"], "code": "8542"}, YES),
        ({"items": ["none", "ML6"]}, YES),
        ({"items": ["ml-6"], "code": "8710"}, YES),
        ({"items": ["ECCN 9A610.x"]}, YES),
        # Of a word that nobody knows nothing follows.
        ({"items": ["armoured-van"], "code": "8710"}, UNKNOWN),
        ({"items": ["EAR99"], "code": "8710"}, UNKNOWN),
        ({"items": ["cultural-property"], "code": "9705"}, NO),
        ({"items": ["none"], "code": "9306"}, NO),
        ({"items": ["none"]}, NO),
        ({"code": "8526"}, UNKNOWN),
        ({"code": "93"}, UNKNOWN),
        ({}, UNKNOWN),
        ({"code": "1001.99", "description": "wheat"}, NO),
        ({"code": "3004"}, NO),
        ({"code": "2709 00"}, NO),
    ],
)
def test_goods_are_arms_by_their_items_or_possible_by_their_code(
    line: dict[str, Any], expected: InForce
) -> None:
    assert bearing(cargo("ZW", line), CoverageKind.ARMS) is expected


@given(st.integers(1, 24), st.text("0123456789", max_size=8))
def test_food_is_never_taken_for_arms(chapter: int, rest: str) -> None:
    assert bearing(cargo("ZW", {"code": f"{chapter:02}{rest}"}), CoverageKind.ARMS) is NO


def test_one_line_of_many_is_enough_and_each_is_asked_for() -> None:
    lines = ({"code": "1001"}, {"code": "8704"}, {"code": "8526"})

    [finding] = absent(cargo("ZW", *lines))

    assert [one.fact for one in finding.missing] == ["goods[1].items", "goods[2].items"]
    assert all("`none`" in one.question for one in finding.missing)
    assert (finding.outcome, finding.would_be) == (Outcome.REVIEW, Outcome.PROHIBIT)
    assert absent(cargo("ZW", lines[0], *({**line, "items": ["none"]} for line in lines[1:]))) == []


def test_cargo_without_any_line_may_be_arms() -> None:
    [finding] = absent(cargo("ZW"))

    assert [one.fact for one in finding.missing] == ["goods"]


def test_stated_arms_leave_only_the_question_what_the_law_says() -> None:
    [finding] = absent(cargo("ZW", {"items": ["ML1"], "code": "9301"}))

    assert [one.fact for one in finding.missing] == ["catalogue.EU"]
    assert "310/2002" in finding.citation
    assert any(one.fact == "goods[0].items" for one in finding.because)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"code": "4402 90"}, YES),
        ({"code": "44"}, UNKNOWN),
        ({"items": ["none"]}, UNKNOWN),
        ({"code": "4403"}, NO),
    ],
)
def test_law_on_goods_of_a_code_bears_on_no_others(line: dict[str, Any], expected: InForce) -> None:
    assert bearing(cargo("SO", line), goods=("4402",)) is expected


def test_law_on_items_bears_where_the_code_may_hold_them() -> None:
    art, wheat = {"code": "9705"}, {"code": "1001"}

    assert bearing(cargo("IQ", art), goods=("cultural-property",)) is UNKNOWN
    assert bearing(cargo("IQ", wheat), goods=("cultural-property",)) is NO
    assert bearing(cargo("IQ", {**art, "items": ["none"]}), goods=("cultural-property",)) is NO
    unheard = {**art, "items": ["antique"]}
    assert bearing(cargo("IQ", unheard), goods=("cultural-property",)) is UNKNOWN
    stated = {**art, "items": ["cultural-property"]}
    assert bearing(cargo("IQ", stated), goods=("cultural-property",)) is YES


def test_a_region_that_nobody_knows_is_no_way_out() -> None:
    assert bearing(payment("UA", facts={FACT: False}), region="nowhere") is YES


@pytest.mark.parametrize("act", [payment("UA"), cargo("UA", {"code": "8471", "items": ["none"]})])
def test_an_act_with_ukraine_is_asked_for_one_fact(act: Act) -> None:
    [finding] = absent(act)

    assert [one.fact for one in finding.missing] == [f"facts.{FACT}"]
    assert finding.missing[0].question.endswith("Zaporizhzhia?")
    assert absent(msgspec.structs.replace(act, facts={FACT: False})) == []
    [told] = absent(msgspec.structs.replace(act, facts={FACT: True}))
    assert (told.outcome, told.would_be) == (Outcome.REVIEW, Outcome.PROHIBIT)
    assert [one.fact for one in told.missing] == ["catalogue.EU"]


@pytest.mark.parametrize(
    ("day", "asked"), [(date(2014, 6, 24), 0), (date(2014, 6, 25), 1), (TODAY, 1)]
)
def test_the_question_begins_with_the_regime(day: date, asked: int) -> None:
    assert len(absent(payment("UA", on=day))) == asked


@pytest.mark.parametrize(
    "name",
    ["Sevastopol", "SEWASTOPOL, quay 4", "port of Kerch", "Ялта", "г. Севастополь", "Crimée"],
)
def test_a_port_in_crimea_settles_it_and_is_not_answered_away(name: str) -> None:
    act = cargo("UA", {"code": "1001"}, discharged_in="UA", discharged_at=name)

    [settled] = absent(act)
    [denied] = absent(msgspec.structs.replace(act, facts={FACT: False}))

    assert [one.fact for one in settled.missing] == ["catalogue.EU"]
    assert any(one.fact == "discharged_at" for one in settled.because)
    assert [one.fact for one in denied.missing] == [f"facts.{FACT}"]
    assert {one.fact for one in denied.because} >= {"discharged_at", f"facts.{FACT}"}


def test_a_port_in_crimea_touches_the_region_whatever_country_is_written() -> None:
    goods = {"code": "1001", "origin": "TR", "items": ["none"]}

    [finding] = absent(cargo("TR", goods, loaded_in="TR", loaded_at="Feodosia"))

    assert "692/2014" in finding.citation


def test_an_address_in_the_region_is_answered_by_the_fact() -> None:
    parties = [
        {"role": "payer", "name": "Example Plant", "country": "DE", **HOME},
        {"role": "payee", "name": "Sample", "country": "UA", "address": "1 Quay, Simferopol"},
    ]

    [finding] = absent(payment("UA", parties=parties))

    assert [one.fact for one in finding.missing] == ["catalogue.EU", f"facts.{FACT}"]
    assert absent(payment("UA", parties=parties, facts={FACT: False})) == []


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("vul. Franka 5, 79000 Lviv", 0),
        ("ОДЕСА, вул. Дерибасівська 1", 0),
        ("Khreshchatyk 1, KYIV; office in Donetsk", 1),  # One address names both.
        ("Franka 5", 1),
        ("", 1),
    ],
)
def test_an_address_outside_the_region_answers_for_it(address: str, asked: int) -> None:
    parties = [
        {"role": "payer", "name": "Example Plant", "country": "DE", **HOME},
        {"role": "payee", "name": "Sample", "country": "UA", "address": address},
        {"role": "payee-bank", "name": "Sample Bank", "country": "UA"},
    ]

    assert len(absent(payment("UA", parties=parties))) == asked


def test_every_party_there_must_be_outside_the_region_and_the_text_too() -> None:
    parties = [
        {"role": "payer", "name": "Example Plant", "country": "DE", **HOME},
        {"role": "payee", "name": "Sample", "country": "UA", "address": "Lviv"},
    ]
    other = {"role": "ultimate-payee", "name": "Specimen", "country": "UA"}

    assert len(absent(payment("UA", parties=[*parties, other]))) == 1
    assert len(absent(payment("UA", parties=parties, places=["UA"]))) == 1
    assert len(absent(payment("UA", parties=parties, text="goods to Yalta"))) == 1
    assert absent(payment("UA", parties=parties, text="goods to Odesa")) == []


def test_no_place_outside_is_a_place_of_the_region() -> None:
    for name in UKRAINE.elsewhere:
        assert UKRAINE.elsewhere_in(f"1 Example Street, {name.upper()}")
        assert not list(UKRAINE.named_in(name, TODAY))


def test_free_text_only_makes_it_doubtful() -> None:
    act = payment("FR", text="invoice 7, voyage Marseille to Sevastopol")

    [finding] = absent(act)

    assert [one.fact for one in finding.missing] == [f"facts.{FACT}"]
    assert any("Sevastopol" in one.text for one in finding.because)
    assert absent(msgspec.structs.replace(act, facts={FACT: False})) == []
    assert absent(payment("FR", text="invoice 7, Sevastopolskaya Taverna")) == []


def test_a_city_that_is_held_in_part_settles_nothing() -> None:
    act = cargo("UA", {"code": "1001"}, discharged_in="UA", discharged_at="Kherson")

    [finding] = absent(act)

    assert [one.fact for one in finding.missing] == [f"facts.{FACT}"]
    assert absent(msgspec.structs.replace(act, facts={FACT: False})) == []


@pytest.mark.parametrize(
    ("name", "day", "whole"),
    [
        ("Mariupol", date(2021, 6, 1), []),
        ("Mariupol", date(2022, 5, 1), [False]),
        ("Mariupol", date(2022, 7, 3), [True]),
        ("Donetsk oblast", TODAY, [False]),
        ("Donetsk", TODAY, [True]),
        ("Sevastopol", date(2014, 3, 17), []),
        ("Sevastopol", date(2014, 3, 18), [True]),
        ("Kyiv", TODAY, []),
    ],
)
def test_places_count_on_their_days(name: str, day: date, whole: list[bool]) -> None:
    assert [place.is_whole for _, place in UKRAINE.named_in(name, day)] == whole


def test_every_name_of_a_region_is_found_by_itself_and_in_capitals() -> None:
    for place in UKRAINE.places:
        day = place.valid_from or TODAY
        assert place.citation
        for name in place.names:
            for written in (name, name.upper(), f"x {name}; y"):
                found = [one for one, where in UKRAINE.named_in(written, day) if where == place]
                assert name in found, written


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_each_region_and_each_item_of_the_table_is_known() -> None:
    for row in load_coverage().rows:
        assert not row.region or row.region in LAW.regions
        for one in row.goods:
            assert one == "arms" or one.isdigit() or one in WORDS.items
    assert all(region.fact in WORDS.facts for region in LAW.regions.values())


def test_who_invests_is_asked_by_the_law_on_securities() -> None:
    asker = {"party": "payer", "does": ["invest"]}
    parties = [
        {"role": "payer", "name": "Example Plant", "country": "US", **HOME},
        {"role": "payee", "name": "Sample Works", "country": "CN", **HOME},
    ]

    assert absent(payment("CN", parties=parties), "US") == []
    [finding] = absent(payment("CN", parties=parties, asker=asker), "US")
    assert "850" in finding.citation
