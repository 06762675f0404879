"""Every measure of the catalogue: an act for it, one against it, and one on each boundary day."""

from collections.abc import Iterator
from datetime import date

import pytest

from article41.checks.acts import Checker
from article41.law.loading import load_catalogue
from article41.model.clocks import InForce
from article41.model.measures import Certainty, Days, Measure
from article41.model.verdicts import Finding, Verdict
from tests.situations.book import Tree, outcome_of, read
from tests.situations.boundaries import (
    NONE,
    ONE_DAY,
    Row,
    act_against,
    act_for,
    act_relieved,
    boundary_days,
    specimen_checker,
    table,
)
from tests.situations.stores import ASKED_ON

MEASURES = load_catalogue().by_id
ROWS = {row.measure: row for row in table().measures}
DAYS = [(row.measure, day) for row in ROWS.values() for day in row.answers]
RELIEFS = [(row.measure, relief) for row in ROWS.values() for relief in row.reliefs]
every_measure = pytest.mark.parametrize("name", ROWS)


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return specimen_checker(tmp_path_factory.mktemp("specimens") / "store")


def finding_in(verdict: Verdict, measure: str) -> Finding | None:
    return next(
        (each for result in verdict.results for each in result.findings if each.measure == measure),
        None,
    )


def answered(checker: Checker, tree: Tree, measure: str) -> Finding | None:
    return finding_in(checker.check(read(tree, measure), asked_on=ASKED_ON), measure)


def said(finding: Finding | None) -> str:
    return NONE if finding is None else finding.outcome.value


def expected(answer: str) -> str:
    return answer if answer == NONE else outcome_of(answer).value


@pytest.fixture(scope="module")
def on_their_days(specimens: Checker) -> dict[tuple[str, date], str]:
    acts = [read(act_for(ROWS[name], day), name) for name, day in DAYS]
    verdicts = specimens.check_many(acts, asked_on=ASKED_ON)
    return {
        key: said(finding_in(verdict, key[0])) for key, verdict in zip(DAYS, verdicts, strict=True)
    }


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_measure_has_its_answer_on_its_day(
    name: str, day: date, on_their_days: dict[tuple[str, date], str]
) -> None:
    assert on_their_days[name, day] == expected(ROWS[name].answers[day])


@every_measure
def test_it_says_nothing_of_an_act_that_it_does_not_mean(name: str, specimens: Checker) -> None:
    row = ROWS[name]
    for day in (min(bearing(row)), max(bearing(row))):
        assert said(answered(specimens, act_for(row, day), name)) != NONE
        assert said(answered(specimens, act_against(row, day), name)) == NONE


def bearing(row: Row) -> list[date]:
    return [day for day, answer in row.answers.items() if answer != NONE]


@pytest.mark.parametrize(("name", "relief"), RELIEFS)
def test_a_relief_is_named_from_its_first_day_until_its_last(
    name: str, relief: str, specimens: Checker
) -> None:
    row = ROWS[name]
    days = row.reliefs[relief]
    asked = []
    if days.first is not None:
        asked += [(days.first - ONE_DAY, False), (days.first, True)]
    if days.until is not None:
        asked += [(days.until - ONE_DAY, True), (days.until, False)]
    assert asked

    for day, is_there in asked:
        if not bears(MEASURES[name], day):
            continue
        finding = answered(specimens, act_relieved(row, relief, day), name)
        if days.is_outside:
            assert (finding is None) is is_there, day
        else:
            named = () if finding is None else finding.reliefs
            fits = [one for one in named if one.id == relief and one.fits is not InForce.NO]
            assert bool(fits) is is_there, day


def is_in(days: tuple[Days, ...], day: date) -> Days | None:
    return next(
        (
            one
            for one in days
            if one.valid_from <= day and (one.valid_until is None or day < one.valid_until)
        ),
        None,
    )


def bears(measure: Measure, day: date) -> bool:
    if is_in(measure.suspended, day):
        return False
    return bool(is_in(measure.in_force, day) or is_in(measure.states_only, day))


def test_no_measure_is_without_its_row() -> None:
    idle = {each.id for each in MEASURES.values() if not each.forbids or not each.targets}

    assert set(table().on_record) == idle
    assert set(ROWS) == set(MEASURES) - idle
    assert len(ROWS) == len(table().measures)


@every_measure
def test_no_boundary_of_a_measure_is_without_its_answer(name: str) -> None:
    row, measure = ROWS[name], MEASURES[name]

    assert set(boundary_days(measure)) <= set(row.answers)
    for day, answer in row.answers.items():
        assert (answer != NONE) is bears(measure, day), day
        days = is_in(measure.in_force, day)
        is_doubtful = Certainty.C in (measure.certainty, days.certainty if days else None)
        if bears(measure, day) and (is_doubtful or days is None):
            assert answer in ("REVIEW", "NOT_BOUND"), day
    assert row.against or row.listed is not None


@every_measure
def test_no_boundary_of_a_relief_is_without_its_row(name: str) -> None:
    own = {relief.id: relief for relief in MEASURES[name].reliefs}
    due = {relief for relief, day in turns(MEASURES[name]) if bears_around(MEASURES[name], day)}

    assert due <= set(ROWS[name].reliefs)
    for relief, days in ROWS[name].reliefs.items():
        assert days.first in (None, own[relief].valid_from), relief
        assert days.until in (None, own[relief].valid_until), relief


def turns(measure: Measure) -> Iterator[tuple[str, date]]:
    for relief in measure.reliefs:
        for turn in (relief.valid_from, relief.valid_until):
            if turn is not None and turn <= ASKED_ON:
                yield relief.id, turn


def bears_around(measure: Measure, day: date) -> bool:
    return bears(measure, day) and bears(measure, day - ONE_DAY)
