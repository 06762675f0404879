"""Who does what a measure forbids, with which of its targets: is that there, and is who does bound?

Each measure is read for every party that does something it forbids.
"""

from collections.abc import Iterator

import msgspec

from article41.law.in_hand import deeds_against
from article41.law.nexus import Bound, Bounds
from article41.law.owners import Owners
from article41.law.selecting import Selected
from article41.law.selectors import countries_named
from article41.law.situation import Situation
from article41.law.targets import NOBODY, Reading, asks_who_does, may_mean, target_held
from article41.law.truth import NO, YES, Held
from article41.law.words import Words
from article41.model.acts import Verb
from article41.model.measures import Measure
from article41.model.targets import Target

SURE = 0
"""Rank of a case that surely bears on the act."""
OPEN = 1
"""Rank of a case that may bear on the act."""
NOT_BOUND = 2
"""Rank of a case whose party is not bound."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One party's deed and one target of one measure, which is there or may be."""

    doer: str
    """Key of the party."""
    verbs: tuple[Verb, ...]
    """What it does that is forbidden."""
    target: Held
    """Whether the target is there."""
    bound: Bound
    """Whether the party is bound."""
    reading: Reading
    """The act as read."""
    rank: int
    """0 if it surely bears, 1 if it may, 2 if the party is not bound."""


def cases_of(
    selected: Selected, situation: Situation, owners: Owners, bounds: Bounds, words: Words
) -> tuple[list[Case], list[Held]]:
    """Each deed with a target that is there or may be; else why the targets are not there.

    Why one about countries that the act does not touch is not there, the countries tell.
    """
    measure = selected.measure
    cases: list[Case] = []
    missed: list[Held] = []
    for target, parties in selected.targets:
        shared: Held | None = None
        for doer, verbs, among in deeds_against(measure, target, situation):
            if doer not in bounds.parties:
                continue
            reading = Reading(
                situation=situation,
                owners=owners,
                doer=doer,
                verbs=verbs,
                rule=measure.ownership_rule,
                words=words,
                reaches_travellers=measure.reaches_travellers,
                parties=parties,
                among=among,
            )
            # What is not there for anybody is not there for each: most measures end here.
            if shared is None and not asks_who_does(target):
                anybody = msgspec.structs.replace(reading, doer=NOBODY, among=None)
                shared = target_held(target, anybody)
                if shared.truth is NO:
                    missed.extend(_told(shared, measure, target, situation))
                    break
            is_alike = shared is not None and among is None and not may_mean(target, reading)
            held = shared if shared and is_alike else target_held(target, reading)
            if held.truth is NO:
                missed.extend(_told(held, measure, target, situation))
                continue
            bound = bounds.of(doer, measure)
            cases.append(_case(held, bound, reading))
            in_hand = _in_hand(measure, target, held, reading)
            cases.extend(_case(theirs, bound, reading) for theirs in in_hand)
    return cases, missed


def _told(held: Held, measure: Measure, target: Target, situation: Situation) -> Iterator[Held]:
    named = countries_named(target, measure.regime)
    if not named or situation.is_tied_to(named):
        yield held


def _case(held: Held, bound: Bound, reading: Reading) -> Case:
    rank = SURE if held.truth is YES and bound.truth is YES else OPEN
    return Case(
        doer=reading.doer,
        verbs=reading.verbs,
        target=held,
        bound=bound,
        reading=reading,
        rank=NOT_BOUND if bound.truth is NO else rank,
    )


def _in_hand(measure: Measure, target: Target, held: Held, reading: Reading) -> Iterator[Held]:
    """Whether those are meant of whom the asker holds something, where others surely are.

    What is held of them is to be frozen; of the others nothing is there to be frozen.
    """
    situation = reading.situation
    if (
        held.truth is not YES
        or target.party is None
        or reading.among is not None
        or reading.doer != situation.act.asker.party
        or measure.outcome_without_property is None
        or not situation.deeds.in_hand
    ):
        return
    theirs = frozenset(key for key in situation.by_key if situation.in_hand(key))
    if theirs.isdisjoint(held.parties):
        of_theirs = target_held(target, msgspec.structs.replace(reading, among=theirs))
        if of_theirs.truth is not NO:
            yield of_theirs
