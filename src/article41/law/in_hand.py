"""What the asker has of others in its hands: of whom it may be, and what follows from it.

A freeze needs property in hand. Who has a craft before it holds that craft, and nothing else of
those who travel: what it holds by it concerns those alone whose craft it is or may be.
"""

from collections.abc import Iterator
from functools import lru_cache

from article41.law.deeds import OPERATORS, Deed
from article41.law.situation import Situation
from article41.law.truth import Asked
from article41.model.acts import Verb
from article41.model.measures import Measure, Outcome
from article41.model.targets import Target

IN_HAND = "asker.in_hand"
"""The fact that says what the asker holds of others."""
_MONEY = {Verb.PAY, Verb.RECEIVE_PAYMENT, Verb.PAY_OUT}


def deeds_against(measure: Measure, target: Target, situation: Situation) -> tuple[Deed, ...]:
    """What each party does that a measure forbids of a target.

    That the asker holds what is before it is asked of freezes alone, and by itself: to have a ship
    in port is no service to anybody.
    """
    forbidden = target.forbids or measure.forbids
    is_freeze = measure.outcome is Outcome.FREEZE
    key = (forbidden, measure.services_only, is_freeze)
    found = situation.deeds_by_what.get(key)
    if found is None:
        found = situation.deeds_by_what[key] = tuple(
            _deeds(forbidden, situation, measure.services_only, is_freeze)
        )
    return found


@lru_cache(maxsize=8_192)
def _both(done: tuple[Verb, ...], forbidden: tuple[Verb, ...]) -> tuple[Verb, ...]:
    """Of what is done that which is forbidden; the same few roles come again and again."""
    return tuple([verb for verb in done if verb in forbidden])


def _deeds(
    forbidden: tuple[Verb, ...],
    situation: Situation,
    services_only: bool,  # noqa: FBT001
    is_freeze: bool,  # noqa: FBT001
) -> Iterator[Deed]:
    deeds = situation.deeds
    holder = situation.act.asker.party if deeds.is_hold_implied else None
    for doer, done in deeds.by_party.items():
        verbs = _both(done, forbidden)
        if services_only and situation.pays_price(doer):
            verbs = tuple([verb for verb in verbs if verb is not Verb.PAY])
        if doer == holder and Verb.HOLD in verbs:
            if is_freeze:
                yield Deed(doer, (Verb.HOLD,), _whose(situation))
            verbs = tuple([verb for verb in verbs if verb is not Verb.HOLD])
        if verbs:
            yield Deed(doer, verbs, None)


def outcome_of(
    measure: Measure,
    doer: str,
    verbs: tuple[Verb, ...],
    parties: tuple[str, ...],
    situation: Situation,
) -> Outcome:
    """What follows where a measure surely bears: a freeze needs property in hand.

    Args:
        measure: The measure.
        doer: Key of the party whose deed is looked at.
        verbs: What it does that is forbidden.
        parties: Keys of those who are meant.
        situation: The act.
    """
    without = measure.outcome_without_property
    if measure.outcome is not Outcome.FREEZE or without is None:
        return measure.outcome
    is_asker = doer == situation.act.asker.party
    if is_asker and any(situation.in_hand(party) for party in parties):
        return Outcome.FREEZE
    if is_asker and Verb.HOLD in verbs and not situation.deeds.is_in_hand_stated:
        return Outcome.FREEZE
    if measure.attaches_on_receipt and set(verbs) & _MONEY and situation.is_house(doer):
        return Outcome.FREEZE
    return without


def whose_craft(parties: tuple[str, ...], situation: Situation) -> Asked | None:
    """The question whether a craft is theirs who run it; none where something is in hand."""
    if any(situation.in_hand(party) for party in parties):
        return None
    named = " or ".join(parties)
    return Asked(fact=IN_HAND, question=f"is a vessel or aircraft in hand that {named} owns?")


def _whose(situation: Situation) -> frozenset[str]:
    """Those of whom something is in hand, and those who run a craft where nothing is stated."""
    is_stated = situation.deeds.is_in_hand_stated
    return frozenset(
        key
        for key, party in situation.by_key.items()
        if situation.in_hand(key)
        or not (is_stated or OPERATORS.isdisjoint(situation.roles_of(party)))
    )
