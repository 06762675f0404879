"""What a relief makes of a prohibition: by its kind, conditions, proofs and certainty."""

from datetime import date
from typing import Any

import pytest

from article41.law.loading import load_catalogue
from article41.law.nexus import Bound
from article41.law.owners import Owners
from article41.law.relief import Relieved, relieve
from article41.law.targets import Reading
from article41.law.truth import YES, Held
from article41.model.acts import Verb
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from tests.law.made import measure, situation

BOUND = Bound(party="seller", truth=InForce.YES)
RELIEF = {"id": "food", "title": "food", "citation": "Art 7"}
WHEN = [{"purposes": ["food"]}]


# Any: a relief as a file would hold it.
def relieved(relief: dict[str, Any], **changes: Any) -> Relieved:
    found = situation(**changes)
    reading = Reading(
        situation=found,
        owners=Owners(found),
        doer="seller",
        verbs=(Verb.SELL,),
        rule="",
        words=load_catalogue().words,
    )
    own = measure(reliefs=[RELIEF | relief])
    return relieve(own, reading, (Verb.SELL,), Held(truth=YES, parties=("buyer",)), BOUND)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("exception", Outcome.CONDITIONS),
        ("general-licence", Outcome.CONDITIONS),
        ("derogation", Outcome.LICENCE_REQUIRED),
    ],
)
def test_a_relief_that_fits_takes_the_place_of_the_outcome(kind: str, expected: Outcome) -> None:
    relief = {"kind": kind, "when": WHEN, "proof": ["is-ear99"]}

    assert relieved(relief, purposes=["food"]).outcome is expected
    assert relieved(relief, purposes=["travel"]).notes == ()
    assert relieved(relief, purposes=["food"], facts={"is-ear99": False}).outcome is None


@pytest.mark.parametrize("said", [{"purposes": ["fooood"]}, {"end_use": "to feed a town"}])
def test_a_purpose_that_nobody_knows_rules_no_relief_out(said: dict[str, Any]) -> None:
    found = relieved({"kind": "exception", "when": WHEN}, **said)

    assert found.outcome is None
    assert [note.fits for note in found.notes] == [InForce.UNKNOWN]


def test_a_general_licence_without_conditions_is_for_every_act() -> None:
    relief = {"kind": "general-licence", "proof": ["is-ear99"]}

    assert relieved(relief).outcome is Outcome.CONDITIONS
    assert relieved(relief, facts={"is-ear99": False}).outcome is None


def test_an_authorisation_without_conditions_is_named_and_lifts_nothing() -> None:
    found = relieved({"kind": "derogation"})

    assert found.outcome is None
    assert [note.id for note in found.notes] == ["food"]


def test_a_relief_of_which_nobody_is_sure_lifts_nothing_and_is_asked_for() -> None:
    doubtful = {"kind": "exception", "when": WHEN, "certainty": "C", "ends_prohibition": True}

    found = relieved(doubtful, purposes=["food"])

    assert not found.is_outside
    assert found.outcome is None
    assert [one.question for one in found.doubts] == [
        "does Art 7 leave it out? how far it goes is not sure (C)"
    ]
    assert relieved(doubtful | {"certainty": "B"}, purposes=["food"]).is_outside
    assert relieved(doubtful, purposes=["travel"]).doubts == ()


@pytest.mark.parametrize(
    ("relief", "facts", "left"),
    [
        ({"kind": "exception", "when": WHEN}, ["purposes"], Outcome.CONDITIONS),
        ({"kind": "general-licence", "when": WHEN}, ["purposes"], Outcome.CONDITIONS),
        ({"kind": "derogation", "when": WHEN}, ["purposes"], Outcome.LICENCE_REQUIRED),
        ({"kind": "exception", "when": [{"fact": "is-ear99"}]}, ["facts.is-ear99"],
         Outcome.CONDITIONS),
        ({"kind": "exception", "when": [{"contract_before": date(2012, 1, 1)}]}, ["contract_on"],
         Outcome.CONDITIONS),
        ({"kind": "exception", "when": WHEN, "ends_prohibition": True}, ["purposes"],
         Outcome.NO_MEASURE_FOUND),
        ({"kind": "exception", "when": WHEN, "certainty": "C"}, ["purposes"], Outcome.REVIEW),
        ({"kind": "derogation", "proof": ["is-ear99"]}, ["facts.is-ear99"],
         Outcome.LICENCE_REQUIRED),
        ({"kind": "derogation"}, ["licences"], Outcome.CONDITIONS),
    ],
)  # fmt: skip
def test_a_relief_that_may_fit_names_the_facts_and_what_would_be_left(
    relief: dict[str, Any], facts: list[str], left: Outcome
) -> None:
    found = relieved(relief)

    [note] = found.notes
    assert found.outcome is None
    assert note.fits is InForce.UNKNOWN
    assert [one.fact for one in note.missing] == facts
    assert {one.if_so for one in note.missing} == {left}


def test_goods_that_are_stated_to_have_no_control_number_need_no_fact_beside() -> None:
    relief = {"kind": "exception", "when": [{"fact": "is-ear99"}]}
    free, other = {"items": ["EAR 99"]}, {"items": ["5A992"]}

    assert relieved(relief, goods=[free]).outcome is Outcome.CONDITIONS
    assert relieved(relief, goods=[free, other]).outcome is None
    assert relieved(relief, goods=[free], facts={"is-ear99": False}).outcome is None
