"""Every way in which a measure means an act: what is built for it meets it, and nothing without.

Answers on the days on which measures begin and end stand in the table of the situations.
"""

from functools import cache

import msgspec
import pytest

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.model.acts import Act
from article41.model.measures import Certainty, Measure, Outcome
from article41.model.verdicts import Finding, PartyStanding
from tests.law.built import built


@cache
def law() -> Law:
    return Law.shipped()


MEASURES = [one for one in law().catalogue.measures if one.in_force and one.targets]
ON_RECORD = [one for one in law().catalogue.measures if not (one.in_force and one.targets)]
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)


def finding(act: Act, standings: dict[str, PartyStanding], measure: Measure) -> Finding | None:
    for result in answer(act, standings, law()).results:
        for one in result.findings:
            if one.measure == measure.id:
                return one
    return None


def expected(measure: Measure) -> set[Outcome]:
    """What may follow: the measure's own outcomes, and what a licence for everybody leaves."""
    own = {measure.outcome, measure.outcome_without_property or measure.outcome}
    certainties = {measure.certainty, *(span.certainty for span in measure.in_force)}
    if Certainty.C in certainties:
        own.add(Outcome.REVIEW)
    if any(not relief.when for relief in measure.reliefs):
        own |= {Outcome.CONDITIONS, Outcome.LICENCE_REQUIRED}
    return own


@every_measure
def test_an_act_with_all_that_a_target_asks_for_meets_the_measure(measure: Measure) -> None:
    day = measure.in_force[0].valid_from
    for target in measure.targets:
        act, standings = built(measure, target, day)

        found = finding(act, standings, measure)

        assert found is not None, msgspec.to_builtins(act)
        assert found.outcome in expected(measure), found
        assert found.citation
        assert found.outcome is Outcome.NOT_BOUND or found.nexus


@every_measure
def test_the_same_act_without_its_target_does_not_meet_it(measure: Measure) -> None:
    act, _ = built(measure, measure.targets[0], measure.in_force[0].valid_from)

    assert finding(without_target(act), {}, measure) is None


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
