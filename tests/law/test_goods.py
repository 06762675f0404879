"""Lines of goods against codes, parts of codes, items, prices, origin and destination."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.law.goods import goods_held
from article41.law.grounds import US_PARTS_ASKED
from article41.law.truth import NO, UNKNOWN, YES, Held
from article41.law.words import Words
from article41.model.targets import GoodsTarget
from tests.law.made import situation

OIL = {"codes": [{"code": "2709", "nomenclature": "HS 2012"}], "origin": ["XB"]}
WINE = {
    "codes": [
        {
            "code": "220421", "nomenclature": "CN 2012", "is_part": True,
            "price_above": Decimal(50), "currency": "EUR", "unit": "l",
        }
    ]
}  # fmt: skip
WORDS = Words(
    items=dict.fromkeys(("annex-v", "fuel", "ML1", "ML6", "common-military-list"), "stated"),
    chapters={"annex-v": ("84", "85"), "fuel": ("2710",), "cas": ("28", "29")},
    lists={"common-military-list": ("ML1", "ML6")},
    apart={"common-military-list": ("annex-v",), "annex-v": ("cas",)},
)


# Any: tables as a file would hold them.
def held(target: dict[str, Any], line: dict[str, Any], **changes: Any) -> Held:
    meant = msgspec.convert(target, type=GoodsTarget)
    return goods_held(meant, situation(goods=[line], **changes), WORDS)


@pytest.mark.parametrize("code", ["2709", "270900", "2709 00", "2709.00.10", "2709001000"])
def test_a_heading_means_every_code_under_it(code: str) -> None:
    assert held(OIL, {"code": code, "origin": "XB"}).truth is YES


@pytest.mark.parametrize("code", ["2711", "2711 21", "1001", "27100000", "0270"])
def test_another_heading_is_not_meant_and_is_named(code: str) -> None:
    said = held(OIL, {"code": code, "origin": "XB"})

    assert said.truth is NO
    assert said.because[0].fact == "goods[0].code"


@pytest.mark.parametrize("code", ["27", "270"])
def test_a_code_too_short_to_tell_is_open(code: str) -> None:
    assert held(OIL, {"code": code, "origin": "XB"}).truth is UNKNOWN


def test_without_a_code_or_an_origin_it_is_open_and_asked() -> None:
    assert held(OIL, {"origin": "XB"}).asked[0].fact == "goods[0].code"
    assert held(OIL, {"code": "2709"}).asked[0].fact == "goods[0].origin"


def test_another_origin_decides_even_without_a_code() -> None:
    assert held(OIL, {"origin": "XC"}).truth is NO


PRICES = [
    ({"amount": "60", "currency": "EUR"}, YES),
    ({"amount": "50.01", "currency": "EUR"}, YES),
    ({"amount": "50", "currency": "EUR"}, NO),
    ({"amount": "60", "currency": "USD"}, UNKNOWN),
    (None, UNKNOWN),
]


@pytest.mark.parametrize(("price", "truth"), PRICES)
def test_part_of_a_code_is_told_by_its_price(price: dict[str, str] | None, truth: object) -> None:
    line: dict[str, Any] = {"code": "2204 21 42", "unit": "l"}
    if price is not None:
        line["unit_price"] = {"amount": Decimal(price["amount"]), "currency": price["currency"]}

    assert held(WINE, line).truth is truth


@pytest.mark.parametrize(("price", "truth"), [("50", NO), ("60", UNKNOWN)])
def test_a_price_rules_out_a_part_of_a_code_that_is_only_begun(price: str, truth: object) -> None:
    line = {"code": "2204", "unit_price": {"amount": Decimal(price), "currency": "EUR"}}

    assert held(WINE, {**line, "unit": "l"}).truth is truth


TURBINES = {
    "codes": [{
        "code": "840681", "nomenclature": "HS 2012", "figure": "output_mw",
        "figure_above": Decimal(40),
    }]
}  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "truth"),
    [({"output_mw": 41}, YES), ({"output_mw": 40}, NO), ({"output_kw": 41_000}, UNKNOWN),
     ({}, UNKNOWN)],
)  # fmt: skip
def test_a_figure_counts_for_a_whole_code_too(figures: dict[str, int], truth: object) -> None:
    line = {"code": "8406 81", "figures": {name: Decimal(one) for name, one in figures.items()}}

    assert held(TURBINES, line).truth is truth


def test_a_price_and_being_used_count_for_a_whole_code_too() -> None:
    [wine] = WINE["codes"]
    target = {"codes": [wine | {"is_part": False, "is_used": False}]}
    line = {"code": "2204 21", "unit": "l", "is_used": False}

    assert held(target, line).truth is UNKNOWN
    dear = {"unit_price": {"amount": Decimal(60), "currency": "EUR"}}
    cheap = {"unit_price": {"amount": Decimal(50), "currency": "EUR"}}
    assert held(target, line | dear).truth is YES
    assert held(target, line | cheap).truth is NO
    assert held(target, line | dear | {"is_used": True}).truth is NO


def test_a_part_without_any_test_is_open_until_it_is_stated() -> None:
    target = {"codes": [{"code": "4203", "nomenclature": "CN 2012", "is_part": True}]}

    assert held(target, {"code": "420310"}).truth is UNKNOWN
    assert held(target, {"code": "420310"}, facts={"is-ex-4203": True}).truth is YES
    assert held(target, {"code": "420310"}, facts={"is-ex-4203": False}).truth is NO


def test_an_item_of_a_list_is_possible_only_in_its_chapters() -> None:
    target = {"items": ["annex-v"], "destination": ["XB"]}

    assert held(target, {"items": ["annex-v"]}).truth is YES
    assert held(target, {"code": "8517"}).truth is UNKNOWN
    assert held(target, {"code": "1001"}).truth is NO
    assert held(target, {"code": "8517", "items": ["none"]}).truth is NO


def test_an_item_can_be_possible_under_a_heading_alone() -> None:
    target = {"items": ["fuel"]}

    assert held(target, {"code": "2710 19 21"}).truth is UNKNOWN
    assert held(target, {"code": "27"}).truth is UNKNOWN
    assert held(target, {"code": "2709"}).truth is NO


def test_what_is_no_chemical_has_no_cas_number() -> None:
    target = {"cas": ["67-63-0"]}

    assert held(target, {"code": "2905 12"}).truth is UNKNOWN
    assert held(target, {"code": "1001"}).truth is NO
    assert held(target, {"description": "a box"}).truth is UNKNOWN
    assert held(target, {"description": "a box", "cas": ["none"]}).truth is NO


def test_goods_of_a_list_are_not_asked_for_by_code_too() -> None:
    line = {"description": "a device", "origin": "XB"}

    assert held(OIL, line | {"items": ["annex-v"]}).truth is NO
    assert held(OIL, line | {"items": ["none"]}).truth is UNKNOWN
    assert held(OIL, line).truth is UNKNOWN


@pytest.mark.parametrize("item", ["ML4", "ml-4", "imsi-catcher", "PL5001", "EAR99", "3A001"])
def test_an_item_that_nobody_knows_rules_nothing_out(item: str) -> None:
    fuel = {"items": ["fuel"]}

    assert held(fuel, {"items": [item]}).truth is UNKNOWN
    assert held(OIL, {"items": [item], "origin": "XB"}).truth is UNKNOWN
    assert held({"cas": ["67-63-0"]}, {"items": [item]}).truth is UNKNOWN
    assert item in held(fuel, {"items": [item]}).asked[0].question


def test_an_item_of_one_list_leaves_other_lists_open() -> None:
    assert held({"items": ["fuel"]}, {"items": ["ML1"]}).truth is UNKNOWN
    assert held({"items": ["ML1"]}, {"items": ["fuel"]}).truth is UNKNOWN
    assert held({"items": ["ML1"]}, {"items": ["ML6"]}).truth is NO
    assert held({"items": ["common-military-list"]}, {"items": ["ML6"]}).truth is YES
    assert held({"items": ["annex-v"]}, {"items": ["ML6"]}).truth is NO


def test_the_name_of_a_list_is_no_other_item_than_those_meant_beside_it() -> None:
    one_of_them = {"items": ["common-military-list", "ML1"]}

    assert held(one_of_them, {"items": ["ML6"]}).truth is NO
    assert held(one_of_them, {"items": ["common-military-list"]}).truth is YES
    assert held(one_of_them, {"items": ["fuel"]}).truth is UNKNOWN


@pytest.mark.parametrize("item", ["ml-1", "ML 1.a", "EU ML1(a)", "wassenaar ml1"])
def test_a_number_is_known_however_it_is_written(item: str) -> None:
    assert held({"items": ["ML1"]}, {"items": [item]}).truth is YES


def test_a_code_that_is_too_short_is_asked_for_once_and_only_if_the_rest_fits() -> None:
    [wine] = WINE["codes"]
    target = {"codes": [wine, wine | {"code": "220429"}]}
    line = {"code": "2204", "unit": "l"}

    [asked] = held(target, line).asked
    assert asked.question == "is it ex 220421, ex 220429? only 2204 is given"
    cheap = {"unit_price": {"amount": Decimal(5), "currency": "EUR"}}
    assert held(target, line | cheap).truth is NO


def test_without_a_code_one_question_names_all_codes() -> None:
    codes = [{"code": code, "nomenclature": "HS 2012"} for code in ("2709", "2710", "2712")]

    [asked] = held({"codes": codes}, {"description": "a box"}).asked

    assert asked.question == (
        "is its code under one of 2709 (HS 2012), 2710 (HS 2012), 2712 (HS 2012)?"
    )


def test_another_edition_is_open_below_the_heading_and_not_above() -> None:
    line = {"code": "2204 21 42", "nomenclature": "CN 2024", "unit": "l",
            "unit_price": {"amount": Decimal(60), "currency": "EUR"}}  # fmt: skip

    assert held(WINE, line).truth is UNKNOWN
    assert held(OIL, {"code": "2709", "nomenclature": "HS 2022", "origin": "XB"}).truth is YES


def test_goods_go_where_their_buyer_is() -> None:
    target = {"destination": ["XB"]}

    said = held(target, {"code": "8413"})

    assert said.truth is YES
    assert said.because[0].fact == "parties.buyer.country"


DIGITS = st.text("0123456789", max_size=10)


@given(DIGITS, DIGITS)
def test_a_longer_code_is_never_milder_than_its_beginning(code: str, more: str) -> None:
    short = held(OIL, {"code": code, "origin": "XB"}).truth
    whole = held(OIL, {"code": code + more, "origin": "XB"}).truth

    if short is YES:
        assert whole is YES
    if short is NO and code:
        assert whole is NO


def test_of_parts_from_the_united_states_there_is_one_question_wherever_it_is_asked() -> None:
    target = {"us_content": True}

    assert held(target, {"code": "8413", "origin": "XB"}).asked[0].question == US_PARTS_ASKED
    assert "US origin" in held(target, {"code": "8413"}).asked[0].question
    assert held(target, {"code": "8413", "origin": "US"}).truth is YES
