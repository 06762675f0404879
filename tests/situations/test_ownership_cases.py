"""The worked cases of ownership as payments: what is paid to a body goes to who owns it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml

from article41.checks.acts import Checker
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict
from tests.law.ownership.worked_cases import REGIMES, read_cases
from tests.situations.book import FOLDER, Tree, outcome_of, read
from tests.situations.stores import ASKED_ON

NONE = "none"


class Regime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule on ownership, and a payment on a day on which it holds."""

    says: str
    jurisdiction: str
    measure: str
    on: str
    bank: str
    money: str
    lists: str


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who owns whom, and what follows for a payment to each of some bodies."""

    id: str
    says: str
    listed: dict[str, str]
    stakes: list[Tree]
    controls: list[Tree] = []
    joint_arrangements: list[list[str]] = []
    answers: dict[str, dict[str, str]]


class Book(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    regimes: dict[str, Regime]
    names: dict[str, str]
    cases: list[Case]


BOOK = msgspec.convert(
    yaml.load(
        (FOLDER / "ownership-cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    ),
    type=Book,
)
CASES = {case.id: case for case in BOOK.cases}


def act_of(case: Case, regime: Regime, payee: str) -> Tree:
    """A payment to one of the bodies."""
    country, currency = regime.bank, regime.money
    parties: Tree = {
        "payer": {"name": "Example Trading", "country": country, "status": "private"},
        "payer-bank": {"name": "Example Bank", "country": country, "status": "private"},
        payee: {"role": "payee", "name": f"Sample {payee.title()}", "schema": "Company"},
    }
    bodies = {f"{stake[end]}" for stake in case.stakes for end in ("owner", "asset")}
    for body in sorted(bodies - {payee}):
        party: Tree = {"role": "owner", "name": BOOK.names.get(body, f"Sample {body.title()}")}
        number = case.listed.get(body, "")
        if number:
            party["listings"] = [number if "/" in number else f"{regime.lists}/{number}"]
        parties[body] = party
    return {
        "act": "payment",
        "on": regime.on,
        "asker": {"party": "payer-bank", "in_hand": []},
        "jurisdictions": [regime.jurisdiction],
        "parties": parties,
        "holdings": {
            "stakes": case.stakes,
            "controls": case.controls,
            "joint_arrangements": case.joint_arrangements,
        },
        "money": f"1000 {currency}",
        "cleared_in": [country],
    }


def questions() -> Iterator[tuple[str, str, str, str]]:
    for case in BOOK.cases:
        for payee, answers in case.answers.items():
            for regime, answer in answers.items():
                yield case.id, regime, payee, answer


QUESTIONS = list(questions())


@pytest.fixture(scope="module")
def verdicts(checker: Checker) -> dict[tuple[str, str, str], Verdict]:
    keys = [question[:3] for question in QUESTIONS]
    acts = [
        read(act_of(CASES[case], BOOK.regimes[regime], payee), f"{case} {regime} {payee}")
        for case, regime, payee in keys
    ]
    return dict(zip(keys, checker.check_many(acts, asked_on=ASKED_ON), strict=True))


def outcome_for(verdict: Verdict, regime: Regime) -> str:
    """What the measure itself says: other open questions of the act apart."""
    for result in verdict.results:
        if result.jurisdiction == regime.jurisdiction:
            for finding in result.findings:
                if finding.measure == regime.measure:
                    return finding.outcome.value
    return NONE


@pytest.mark.parametrize(("case", "regime", "payee", "answer"), QUESTIONS)
def test_a_payment_to_what_a_listed_party_owns_has_its_answer(
    case: str,
    regime: str,
    payee: str,
    answer: str,
    verdicts: dict[tuple[str, str, str], Verdict],
) -> None:
    found = outcome_for(verdicts[case, regime, payee], BOOK.regimes[regime])

    assert found == (answer if answer == NONE else outcome_of(answer).value)


def test_the_answers_follow_the_reference(shared: Path) -> None:
    path = shared / "domain" / "ownership-cases.yaml"
    if not path.is_file():
        pytest.skip("the worked cases are absent: ARTICLE41_SHARED names no folder with them")
    bears = {Outcome.FREEZE, Outcome.PROHIBIT}
    for case in read_cases(path):
        for regime in REGIMES:
            for payee, said in case.expected[regime].items():
                answer = CASES[case.id].answers[payee][regime]
                is_caught = answer != NONE and outcome_of(answer) in bears
                assert is_caught is (said != "NOT_OWNED"), (case.id, regime, payee)
