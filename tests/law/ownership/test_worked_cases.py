"""Every worked case of the reference, under every regime that it has an answer for."""

from pathlib import Path

import pytest

from article41.law.ownership import examine, rule_on
from article41.model.clocks import InForce
from article41.model.ownership import Owned, OwnershipNote
from tests.law.ownership.worked_cases import REGIMES, Case, read_cases

ANSWERS = {
    "OWNED": Owned.OWNED,
    "CONTROLLED": Owned.CONTROLLED,
    "NOT_OWNED": Owned.NOT_OWNED,
}
NUMBERS = [f"OW-{number:02d}" for number in range(1, 17)]


@pytest.fixture(scope="session")
def cases(shared: Path) -> dict[str, Case]:
    path = shared / "domain" / "ownership-cases.yaml"
    if not path.is_file():
        pytest.skip("the worked cases are absent: ARTICLE41_SHARED names no folder with them")
    return {case.id: case for case in read_cases(path)}


def notes_of(case: Case, regime: str) -> dict[str, OwnershipNote]:
    family, day = REGIMES[regime]
    rule = rule_on(family, day)
    assert rule.key == regime
    notes = examine(
        case.holdings(),
        asked=case.expected[regime],
        listed=dict.fromkeys(case.listed[regime], InForce.YES),
        rule=rule,
        day=day,
    )
    return {note.party: note for note in notes}


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_worked_case_has_the_answer_of_the_reference(
    number: str, regime: str, cases: dict[str, Case]
) -> None:
    case = cases[number]

    found = {party: note.owned for party, note in notes_of(case, regime).items()}

    assert found
    assert found == {party: ANSWERS[said] for party, said in case.expected[regime].items()}


def test_all_cases_and_answers_of_the_reference_are_read(cases: dict[str, Case]) -> None:
    assert list(cases) == NUMBERS
    assert {len(case.expected) for case in cases.values()} == {len(REGIMES)}
    assert sum(len(answers) for case in cases.values() for answers in case.expected.values()) == 144
    assert cases["OW-10"].controls
    assert cases["OW-11"].joint_arrangements
    assert cases["OW-16"].listed["UK_2020"] == []


@pytest.mark.parametrize("regime", ["US_2008", "EU_2012"])
def test_two_listed_minority_owners_are_for_a_person_where_nobody_aggregates(
    regime: str, cases: dict[str, Case]
) -> None:
    note = notes_of(cases["OW-03"], regime)["C"]

    assert note.needs_judgment
    assert note.owners == ("L1", "L2")
    assert note.share == "55 %"
    assert "not owned on the numbers under the guidance then in force" in note.text
    assert "aggregation was no criterion" in note.text
