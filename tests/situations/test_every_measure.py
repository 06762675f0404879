"""Every measure of the catalogue: an act that it means, one that it does not, and each boundary."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import msgspec
import pytest

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.model.acts import Act
from article41.model.measures import Certainty, Days, Measure, Outcome
from article41.model.verdicts import Finding, PartyStanding
from tests.law.built import built

ONE_DAY = timedelta(days=1)


@cache
def law() -> Law:
    return Law.shipped()


MEASURES = [one for one in law().catalogue.measures if one.in_force and one.targets]
ON_RECORD = [one for one in law().catalogue.measures if not (one.in_force and one.targets)]


def finding(act: Act, standings: dict[str, PartyStanding], measure: Measure) -> Finding | None:
    for result in answer(act, standings, law()).results:
        for one in result.findings:
            if one.measure == measure.id:
                return one
    return None


def days_in_force(measure: Measure) -> Iterator[date]:
    """The first and the last day of each span on which it applies, suspensions left out."""
    for span in measure.in_force:
        yield span.valid_from
        end = min(
            (one.valid_from for one in measure.suspended if spans(span, one)),
            default=span.valid_until,
        )
        if end is not None:
            yield end - ONE_DAY


def spans(span: Days, inner: Days) -> bool:
    return span.valid_from <= inner.valid_from and (
        span.valid_until is None or inner.valid_from < span.valid_until
    )


def days_out_of_force(measure: Measure) -> Iterator[date]:
    """The day before each span of being in force, and the first day after it."""
    inside = [*measure.in_force, *measure.states_only]
    for span in inside:
        for day in (span.valid_from - ONE_DAY, span.valid_until):
            if day is not None and not any(holds(other, day) for other in inside):
                yield day
    for span in measure.suspended:
        yield span.valid_from


def holds(span: Days, day: date) -> bool:
    return span.valid_from <= day and (span.valid_until is None or day < span.valid_until)


def expected(measure: Measure) -> set[Outcome]:
    """What may follow: the measure's own outcomes, and what a licence for everybody leaves."""
    own = {measure.outcome, measure.outcome_without_property or measure.outcome}
    certainties = {measure.certainty, *(span.certainty for span in measure.in_force)}
    if Certainty.C in certainties:
        own.add(Outcome.REVIEW)
    if any(not relief.when for relief in measure.reliefs):
        own |= {Outcome.CONDITIONS, Outcome.LICENCE_REQUIRED}
    return own


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_an_act_with_all_that_it_asks_for_meets_the_measure_on_its_first_and_last_day(
    measure: Measure,
) -> None:
    for day in days_in_force(measure):
        for target in measure.targets:
            act, standings = built(measure, target, day)

            found = finding(act, standings, measure)

            assert found is not None, (day, msgspec.to_builtins(act))
            assert found.outcome in expected(measure), (day, found)
            assert found.citation
            assert found.outcome is Outcome.NOT_BOUND or found.nexus


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_on_the_days_beside_its_spans_the_same_act_does_not_meet_it(measure: Measure) -> None:
    for day in days_out_of_force(measure):
        for target in measure.targets:
            act, standings = built(measure, target, day)

            assert finding(act, standings, measure) is None, day


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_the_same_act_without_its_target_does_not_meet_it(measure: Measure) -> None:
    day = measure.in_force[0].valid_from
    act, _ = built(measure, measure.targets[0], day)
    bare = without_target(act)

    assert finding(bare, {}, measure) is None


def without_target(act: Act) -> Act:
    """The act between others, elsewhere, with other goods: nothing of what is meant is left."""
    tree = msgspec.to_builtins(act)
    tree["parties"] = [party for party in tree["parties"] if party["id"] != "target"]
    tree |= {"facts": {}, "places": [], "purposes": []}
    for field in ("sending", "loaded_in", "discharged_in", "leaves"):
        if field in tree:
            tree[field] = "XC"
    for line in tree.get("goods", ()):
        line |= {"code": "841370", "items": ["none"], "cas": [], "origin": "XC"}
        line |= {"exported_from": "XC", "destination": "XC", "us_content": False}
    if "flight" in tree:
        tree["flight"] = "non-traffic-stop"
    bare: Act = msgspec.convert(tree, type=Act)
    return bare


def test_what_binds_nobody_says_so() -> None:
    assert all(one.note or one.exposure for one in ON_RECORD), [one.id for one in ON_RECORD]
