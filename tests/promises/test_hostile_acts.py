"""Whatever is written as an act, there comes a verdict or an error that names what is wrong."""

import json
from collections.abc import Mapping
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article41.checks.acts import Checker
from article41.checks.reading import canonical, read_acts
from article41.checks.verdict_json import verdict_json, verdict_of
from article41.faces.cli.verdicts import verdict_lines
from article41.faces.cli.writing import Pen
from article41.model.acts import Act
from article41.model.errors import ActError
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict
from tests.acts import some_acts
from tests.promises.world import ASKED_ON

SECONDS_MAX = 30
"""Far above what any of these takes; what has no bound takes longer."""
Tree = dict[str, Any]  # an act as it is written


def answered(checker: Checker, tree: Tree) -> Verdict | ActError:
    """The verdict, written and read back and told to people, or the error."""
    began = perf_counter()
    try:
        [act] = read_acts(json.dumps(tree).encode(), file="act.json")
        verdict = checker.check(act, asked_on=ASKED_ON)
    except ActError as error:
        return error
    finally:
        assert perf_counter() - began < SECONDS_MAX
    assert verdict_json(verdict_of(verdict_json(verdict))) == verdict_json(verdict)
    assert list(verdict_lines(verdict, Pen(has_colour=False), is_whole=True))
    return verdict


def payment(**changes: object) -> Tree:
    return {
        "act": "payment",
        "on": "2012-07-06",
        "asker": "payer-bank",
        "parties": {
            "payer-bank": {"name": "Example Bank", "country": "DE"},
            "payee": {"name": "Rami Makhlouf", "schema": "Person", "country": "SY"},
        },
        "money": "500 EUR",
    } | changes


def with_payee(**changes: object) -> Tree:
    tree = payment()
    tree["parties"]["payee"] |= changes
    return tree


@pytest.mark.parametrize(
    "day", ["1000-01-01", "1799-12-31", "1800-01-01", "2012-02-29", "2199-12-31", "2200-01-01"]
)
def test_a_day_of_any_year_has_an_answer(checker: Checker, day: str) -> None:
    answered(checker, payment(on=day))
    answered(checker, payment(contract_on=day))


NAMES: Mapping[str, str] = {
    "empty": "",
    "blank": "  \t\u3000 ",
    "long": "Makhlouf " * 11_000,
    "one-word-long": "a" * 100_000,
    "cut": "Rami Makhlouf " * 1_400,
    "right-to-left": "\u202eرامي مخلوف\u202c",
    "controls": "Rami\x00\x07\x1b[31m Makh\u200blouf\u2028",
    "marks": "R" + "\u0301" * 5_000,
    "signs": "!?#%&/()=" * 50,
    "emoji": "👩‍👩‍👧‍👦" * 50,
    "every-script": "Рами Махлуф 拉米·马赫鲁夫 راмی ராமி",
    "a-quote": "'; DROP TABLE listings; --",
    "number": "41",
    "unpaired": "\ud800Rami",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_any_form_has_an_answer(checker: Checker, name: str) -> None:
    answered(checker, with_payee(name=name))
    answered(checker, with_payee(other_names=[name], address=name, birth_place=name))
    answered(checker, payment(text=name, purposes=[name], id=name))


def test_marks_of_direction_hide_no_resemblance(checker: Checker) -> None:
    verdict = answered(checker, with_payee(name="\u202eRami\u202c \u2066Makhlouf\u2069"))

    assert isinstance(verdict, Verdict)
    listed = next(one.listed for one in verdict.parties if one.party == "payee")
    assert "demo-eu-syria/P009" in {one.key for one in listed}


AMOUNTS = ("0", "-1", "1e400", "9" * 40, "9" * 4_000, "0." + "0" * 38 + "1", "NaN", "Infinity", "")


@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_number_of_any_size_has_an_answer(checker: Checker, amount: str) -> None:
    answered(checker, payment(money={"amount": amount, "currency": "EUR"}))
    answered(checker, payment(money={"amount": amount, "currency": "€€€"}))
    line = {"code": "2204", "destination": "SY", "quantity": amount, "unit": "l",
            "unit_price": {"amount": amount, "currency": "EUR"}}  # fmt: skip
    answered(checker, cargo([line]))


def cargo(goods: list[Tree], **changes: object) -> Tree:
    return {
        "act": "cargo",
        "on": "2012-07-06",
        "asker": "seller",
        "parties": {
            "seller": {"name": "Example Trading", "country": "DE", "owners": "none-listed"},
            "buyer": {"name": "Sample Works", "country": "SY", "status": "private"},
        },
        "goods": goods,
        "loaded_in": "DE",
        "discharged_in": "SY",
    } | changes


@pytest.mark.slow
def test_a_thousand_lines_of_goods_have_an_answer(checker: Checker) -> None:
    lines: list[Tree] = [
        {"description": f"line {at}", "code": f"{at % 97 + 1:02}{at % 100:02}", "origin": "DE"}
        for at in range(1_000)
    ]

    verdict = answered(checker, cargo(lines))

    assert isinstance(verdict, Verdict)
    assert verdict.outcome is not Outcome.NO_MEASURE_FOUND


@pytest.mark.slow
def test_two_hundred_parties_have_an_answer(checker: Checker) -> None:
    others = {
        f"other-{at}": {"role": "other", "name": f"Rami Makhlouf {at}", "country": "SY"}
        for at in range(200)
    }
    tree = payment()
    tree["parties"] |= others

    verdict = answered(checker, tree)

    assert isinstance(verdict, Verdict)
    assert len(verdict.parties) == 202
    assert verdict.outcome is not Outcome.NO_MEASURE_FOUND


def stake(owner: str, asset: str, percent: str = "60") -> Tree:
    return {"owner": owner, "asset": asset, "percent": percent}


RING = [stake("a", "b"), stake("b", "c"), stake("c", "a")]
CHAIN = [stake(f"link-{at}", f"link-{at + 1}") for at in range(300)]
HOLDINGS: Mapping[str, list[Tree]] = {
    "of-itself": [stake("payee", "payee")],
    "of-each-other": [stake("payee", "payer-bank"), stake("payer-bank", "payee")],
    "a-ring-above": [*RING, stake("c", "payee"), stake("payer-bank", "a")],
    "more-than-all": [stake("a", "payee", "60"), stake("b", "payee", "60")],
    "nothing": [stake("a", "payee", "0")],
    "the-whole-twice": [stake("a", "payee", "100"), stake("a", "payee", "100")],
    "a-chain": [*CHAIN, stake("link-300", "payee")],
    "a-mesh": [
        stake(f"owner-{one}", f"owner-{other}", "5")
        for one in range(20)
        for other in range(20)
        if one != other
    ]
    + [stake("owner-0", "payee", "51")],
    "to-nobody": [stake("a", "nobody")],
    "no-names": [stake("", "")],
}


@pytest.mark.parametrize("stakes", HOLDINGS.values(), ids=HOLDINGS)
def test_holdings_of_any_form_have_an_answer(checker: Checker, stakes: list[Tree]) -> None:
    answered(checker, payment(holdings={"stakes": stakes}))
    tree = payment(holdings={"stakes": stakes})
    tree["parties"]["payee"] = {"name": "Sample Works", "schema": "Company", "country": "SY"}
    tree["parties"]["a"] = {"role": "owner", "name": "X", "listings": ["demo-eu-syria/P009"]}
    answered(checker, tree)


ODD: Mapping[str, Tree] = {
    "no-party": payment(parties={}),
    "no-asker": payment(asker=""),
    "asker-is-nobody": payment(asker="somebody-else"),
    "all-empty": dict.fromkeys(payment(), ""),
    "all-null": dict.fromkeys(payment()),
    "no-country": with_payee(country="Atlantis"),
    "unknown-listing": with_payee(listings=["demo-eu-syria/NOBODY", "", "a/b/c"]),
    "born-never": with_payee(birth_date="2012-02-31"),
    "born-tomorrow": with_payee(birth_date="2199-01-01"),
    "documents-of-nothing": with_payee(documents=[{"kind": "passport", "value": ""}]),
    "a-zone-of-nothing": with_payee(mrz="P<" * 40),
    "facts-of-nothing": payment(facts={"": True, "x" * 190: False}),
    "jurisdictions-of-nothing": payment(jurisdictions=["", "Atlantis", "EU", "EU"]),
    "cleared-nowhere": payment(cleared_in=[]),
    "a-licence-for-ever": payment(
        licences=[{"authority": "XA", "number": "1", "valid_from": "1800-01-01",
                   "lifts": ["EU Syria"], "amount_max": "9" * 40, "currency": "EUR"}]
    ),
    "codes-of-nothing": cargo([{"code": "."}, {"code": "0"}, {"code": "99999999999"}, {}]),
    "acts-for-itself": with_payee(acts_for="payee"),
}  # fmt: skip


@pytest.mark.parametrize("tree", ODD.values(), ids=ODD)
def test_an_odd_act_has_an_answer_or_an_error(checker: Checker, tree: Tree) -> None:
    answered(checker, tree)


@settings(max_examples=settings().max_examples // 2)
@given(act=some_acts())
def test_an_act_of_any_kind_has_an_answer_or_an_error(checker: Checker, act: Act) -> None:
    answered(checker, json.loads(canonical(act), parse_float=Decimal))


@settings(max_examples=settings().max_examples // 2)
@given(
    field=st.sampled_from(
        ("name", "country", "status", "schema", "owners", "listings", "us_person")
    ),
    value=st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.just([])
    | st.just({}),
)
def test_a_field_that_holds_anything_has_an_answer_or_an_error(
    checker: Checker, field: str, value: object
) -> None:
    answered(checker, with_payee(**{field: value}))
