"""Every measure of the catalogue: an act for it, one against it, and one on each boundary day."""

from collections.abc import Iterator
from datetime import date

import pytest

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


Question = tuple[str, str, date]
"""A measure, the act that is asked about (`FOR`, `AGAINST` or a relief), and the day."""
FOR, AGAINST = "for", "against"


def act_of(question: Question) -> Tree:
    name, which, day = question
    if which == FOR:
        return act_for(ROWS[name], day)
    if which == AGAINST:
        return act_against(ROWS[name], day)
    return act_relieved(ROWS[name], which, day)


def questions() -> Iterator[Question]:
    for name, day in DAYS:
        yield name, FOR, day
    for name, row in ROWS.items():
        for day in (min(bearing(row)), max(bearing(row))):
            yield name, AGAINST, day
    for name, relief in RELIEFS:
        for day, _ in days_of_relief(name, relief):
            if bears(MEASURES[name], day):
                yield name, relief, day


def bearing(row: Row) -> list[date]:
    return [day for day, answer in row.answers.items() if answer != NONE]


def days_of_relief(name: str, relief: str) -> Iterator[tuple[date, bool]]:
    """The days around its first and last, and whether it is there."""
    days = ROWS[name].reliefs[relief]
    if days.first is not None:
        yield days.first - ONE_DAY, False
        yield days.first, True
    if days.until is not None:
        yield days.until - ONE_DAY, True
        yield days.until, False


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[Question, Finding | None]:
    """What each measure says of each act; acts of one day are asked together."""
    checker = specimen_checker(tmp_path_factory.mktemp("specimens") / "store")
    every = set(questions())
    # The eve of the earliest measure is not asked about: before all law an act is refused.
    has_law = [question for question in every if question[2] >= checker.law.first_day]
    asked = sorted(has_law, key=lambda question: question[2])
    verdicts = checker.check_many(
        [read(act_of(question), question[0]) for question in asked], asked_on=ASKED_ON
    )
    found = {
        question: finding_in(verdict, question[0])
        for question, verdict in zip(asked, verdicts, strict=True)
    }
    return {**dict.fromkeys(every), **found}


def finding_in(verdict: Verdict, measure: str) -> Finding | None:
    return next(
        (each for result in verdict.results for each in result.findings if each.measure == measure),
        None,
    )


def said(finding: Finding | None) -> str:
    return NONE if finding is None else finding.outcome.value


def expected(answer: str) -> str:
    return answer if answer == NONE else outcome_of(answer).value


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_measure_has_its_answer_on_its_day(
    name: str, day: date, answers: dict[Question, Finding | None]
) -> None:
    assert said(answers[name, FOR, day]) == expected(ROWS[name].answers[day])


@every_measure
def test_it_says_nothing_of_an_act_that_it_does_not_mean(
    name: str, answers: dict[Question, Finding | None]
) -> None:
    row = ROWS[name]
    for day in (min(bearing(row)), max(bearing(row))):
        assert said(answers[name, FOR, day]) != NONE
        assert said(answers[name, AGAINST, day]) == NONE


@pytest.mark.parametrize(("name", "relief"), RELIEFS)
def test_a_relief_is_named_from_its_first_day_until_its_last(
    name: str, relief: str, answers: dict[Question, Finding | None]
) -> None:
    asked = list(days_of_relief(name, relief))
    assert asked

    for day, is_there in asked:
        if not bears(MEASURES[name], day):
            continue
        finding = answers[name, relief, day]
        if ROWS[name].reliefs[relief].is_outside:
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
