"""Of ordinary goods nothing is asked in vain: which lists can hold what goes under a code."""

import pytest

from article41.law.items import can_stand
from article41.law.loading import load_words

WORDS = load_words()
ARMS, CHEMICALS = "common-military-list", "cas"
REPRESSION = "internal-repression-equipment"
LISTS = (*WORDS.lists, "syrian-banknotes-or-coinage", CHEMICALS)


@pytest.mark.parametrize(
    ("goods", "code", "lists"),
    [
        ("rice", "1006", set()),
        ("medicine", "3004 90", set()),
        ("vaccines", "3002 20", {"annex-ia"}),
        ("crude oil", "2709 00", set()),
        ("diesel", "2710 19 43", set()),
        ("petrol", "2710 12", {ARMS}),
        ("natural gas", "2711 11", set()),
        ("gold", "7108", {"annex-xi"}),
        ("diamonds", "7102", {"annex-xi"}),
        ("coins", "7118", {"annex-xi", "syrian-banknotes-or-coinage"}),
        ("flat steel", "7208", set()),
        ("shirts", "6205", set()),
        ("tyres", "4011", set()),
        ("paint", "3208", set()),
        ("perfume", "3303", set()),
        ("fertiliser", "3102", set()),
        ("furniture", "9403", {"annex-xi"}),
        ("laptops", "8471 30", set()),
        ("servers", "8471 50", {"annex-v"}),
        ("telephones", "8517 12", set()),
        ("routers", "8517 62", {ARMS, "annex-v"}),
        ("cars", "8703", set()),
        ("lorries", "8704", {ARMS, REPRESSION}),
        ("rifles", "9301", {ARMS, REPRESSION, "annex-xi"}),
        ("hunting rifles", "9303", {ARMS, REPRESSION, "annex-xi"}),
        ("gas masks", "9020", {ARMS, "annex-ia", "annex-ix", "annex-xi"}),
        ("razor wire", "7313", {REPRESSION, "annex-xi"}),
        ("acetone", "2914 11", {ARMS, "annex-ia", "annex-ix", CHEMICALS}),
        ("ethanol", "2207 10", {"annex-ix", CHEMICALS}),
        ("reactors", "8419 89", {ARMS, "annex-ia", "annex-ix", "annex-vi"}),
        ("wellheads", "8481 80", {ARMS, "annex-ia", "annex-ix", "annex-vi"}),
        ("drones", "8806", {ARMS, "annex-ia"}),
        ("tankers", "8901 20", {ARMS, "annex-vi"}),
    ],
)
def test_a_code_leaves_open_only_the_lists_that_can_hold_it(
    goods: str, code: str, lists: set[str]
) -> None:
    digits = code.replace(" ", "")

    assert {one for one in LISTS if can_stand(one, digits, WORDS)} == lists, goods


@pytest.mark.parametrize(
    ("goods", "code", "may_hold"),
    [
        ("wheat", "1001 99", False),
        ("frozen fish", "0303", False),
        ("bread", "1905 90", False),
        ("live fish", "0301 11", True),
        ("coffee", "0901 21", True),
        ("cereals and what else begins so", "1", True),
        ("wine", "2204 21", True),
        ("medicine", "3004 90", True),
        ("pumps", "8413 70", True),
    ],
)
def test_food_alone_surely_holds_no_parts_that_american_rules_control(
    goods: str, code: str, *, may_hold: bool
) -> None:
    assert can_stand("us-parts", code.replace(" ", ""), WORDS) is may_hold, goods


def test_a_list_can_hold_what_its_items_can() -> None:
    for name, items in WORDS.lists.items():
        for item in items:
            assert set(WORDS.chapters[item]) <= set(WORDS.chapters[name]), item
