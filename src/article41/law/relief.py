"""What lifts a prohibition, or may: exceptions, general licences, derogations, specific licences.

An exception that needs a proof asks for it; a licence that has ended is none.
"""

from datetime import date
from functools import lru_cache

import msgspec

from article41.law.force import said_on
from article41.law.licences import licence_note
from article41.law.nexus import Bound
from article41.law.targets import Reading, asks_what_is_done, condition_held, purposes_held
from article41.law.truth import HOLDS, NO, YES, Asked, Held, every, no, unknown, yes
from article41.law.words import Words
from article41.model.acts import Verb
from article41.model.measures import Certainty, Measure, Outcome, Relief, ReliefKind
from article41.model.parties import Role
from article41.model.targets import Condition
from article41.model.terms import Term
from article41.model.verdicts import Because, MissingFact, ReliefNote

RELIEFS_KEPT_MAX = 8_192
"""Reliefs of which it is kept what they ask, and what they come to for what acts are for."""
_LICENCES = "licences"
"""The field of an act that names an authorisation."""


class Relieved(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a prohibition after everything that lifts it.

    Example:
        >>> Relieved(outcome=None, notes=()).is_outside
        False
    """

    outcome: Outcome | None
    """What takes the place of the measure's own outcome; absent if nothing does."""
    notes: tuple[ReliefNote, ...]
    """Reliefs that fit, that might, and licences that do not."""
    is_outside: bool = False
    """True if the act lies outside the measure altogether."""
    because: tuple[Because, ...] = ()
    """Why it does."""
    doubts: tuple[Asked, ...] = ()
    """Whether a relief of which the catalogue is not sure covers it."""


def relieve(
    measure: Measure,
    reading: Reading,
    verbs: tuple[Verb, ...],
    target: Held,
    bound: Bound,
) -> Relieved:
    """Try every relief of a measure, and every licence of the act.

    Args:
        measure: The measure.
        reading: The act as this measure reads it.
        verbs: What is done that it forbids; a relief must lift all of it.
        target: What is meant, as it was found in the act.
        bound: On what the measure binds the doer; a licence is of those who bind it.
    """
    notes: list[ReliefNote] = []
    outcomes: list[Outcome] = []
    doubts: list[Asked] = []
    for relief in _there_on(measure, reading.situation.day):
        held, note = _fits(relief, reading)
        if relief.meant_as:
            held = every((held, _meant_as(relief.meant_as, reading, target)))
            note = None
        if held.truth is NO:
            continue
        lifted = _lifted(relief)
        is_whole = not lifted or set(verbs) <= lifted
        is_sure = relief.certainty is not Certainty.C
        ends = relief.ends_prohibition and not relief.proof
        # Whether a party is the listed one opens both the target and the relief: it is one answer.
        fits = YES if _hangs_on(held, target) else held.truth
        if fits is YES and is_whole and ends and is_sure:
            note = note or _note(relief, held, reading.situation.day, reading.words)
            return Relieved(outcome=None, notes=(note,), is_outside=True, because=held.because)
        if not lifted or set(verbs) & lifted:
            notes.append(note or _note(relief, held, reading.situation.day, reading.words))
            if fits is YES and is_whole and is_sure:
                outcomes.append(_outcome(relief.kind))
            elif fits is YES and is_whole:
                doubts.append(_doubt(measure, relief))
    for licence in reading.situation.act.licences:
        of_licence = licence_note(licence, measure, reading, target.parties, bound)
        if of_licence is not None:
            notes.append(of_licence)
            if of_licence.fits is YES:
                outcomes.append(Outcome.CONDITIONS)
    return Relieved(
        outcome=max(outcomes, key=lambda one: one.rank, default=None),
        notes=tuple(notes),
        doubts=() if outcomes else tuple(doubts),
    )


def _meant_as(roles: tuple[Role, ...], reading: Reading, target: Held) -> Held:
    """Whether each party that is meant stands on the side on which the relief lifts."""
    meant = [one for one in reading.situation.act.parties if one.key in target.parties]
    if not meant:
        return no("parties", "", "no party is meant")
    return every(
        (yes if one.role in roles else no)(
            f"parties.{one.key}.role",
            one.role.value,
            f"{one.key}, who is meant, takes part as {one.role.value.replace('-', ' ')}",
        )
        for one in meant
    )


def _hangs_on(held: Held, target: Held) -> bool:
    """Whether a relief is open by nothing but a resemblance by which the target is open too."""
    asked = {one.fact for one in held.asked}
    return held.is_resemblance and bool(asked) and asked <= {one.fact for one in target.asked}


@lru_cache(maxsize=RELIEFS_KEPT_MAX)
def _lifted(relief: Relief) -> frozenset[Verb]:
    """What it lifts; to receive what may be paid is the other side of the payment."""
    lifted = frozenset(relief.lifts)
    return lifted | {Verb.RECEIVE_PAYMENT} if Verb.PAY in lifted else lifted


def _doubt(measure: Measure, relief: Relief) -> Asked:
    question = f"does {relief.citation} leave it out? how far it goes is not sure (C)"
    return Asked(fact=f"catalogue.{measure.id}.{relief.id}", question=question)


def _outcome(kind: ReliefKind) -> Outcome:
    match kind:
        case ReliefKind.DEROGATION:
            return Outcome.LICENCE_REQUIRED
        case ReliefKind.EXCEPTION | ReliefKind.GENERAL_LICENCE:
            return Outcome.CONDITIONS


def _fits(relief: Relief, reading: Reading) -> tuple[Held, ReliefNote | None]:
    """Whether it fits the act; and what is told of it, where that is known already."""
    situation = reading.situation
    asks = _asks(relief)
    if asks is _Asks.PURPOSES:
        return _by_purposes(relief, situation.purposes, situation.day, reading.words)
    key = (id(relief), reading.rule)
    held = situation.kept.get(key)
    if held is None:
        held = _held(relief, reading)
        if asks is not _Asks.DEEDS:
            situation.kept[key] = held  # It fits whoever does it, or does not.
    return held, None


class _Asks(Term):
    """What the conditions of a relief look at."""

    PURPOSES = "purposes"
    """What the act is for, and nothing else."""
    DEEDS = "deeds"
    """What exactly is done, beside other things."""
    FACTS = "facts"
    """Other facts of the act."""


@lru_cache(maxsize=RELIEFS_KEPT_MAX)
def _asks(relief: Relief) -> _Asks:
    if any(asks_what_is_done(condition) for condition in relief.when):
        return _Asks.DEEDS
    of_purposes = all(one == Condition(purposes=one.purposes) for one in relief.when)
    return _Asks.PURPOSES if relief.when and of_purposes and not relief.proof else _Asks.FACTS


@lru_cache(maxsize=RELIEFS_KEPT_MAX)
def _by_purposes(
    relief: Relief, stated: tuple[str, ...], day: date, words: Words
) -> tuple[Held, ReliefNote]:
    """Kept for all acts of a day that are for the same: most state no purpose at all."""
    held = every([purposes_held(one.purposes, stated, words) for one in relief.when])
    return held, _note(relief, held, day, words)


def _held(relief: Relief, reading: Reading) -> Held:
    parts: list[Held] = []
    for condition in relief.when:
        part = condition_held(condition, reading)
        if part.truth is NO:
            return part  # Of what does not fit nothing is told.
        parts.append(part)
    proofs = [_proof(name, reading) for name in relief.proof]
    if any(proof.truth is NO for proof in proofs):
        return every(proofs)
    if parts:
        # What is still to be proved does not make it doubtful: it is a condition.
        return every(parts)
    if relief.kind is not ReliefKind.DEROGATION:
        return HOLDS  # Without conditions it is there for every act; its proofs are asked for.
    if proofs:
        return every(proofs)
    # What has neither conditions nor proofs may be had for any act: an authorisation on request.
    return unknown(_LICENCES, f"is it authorised under {relief.citation}? then name the licence")


@lru_cache(maxsize=RELIEFS_KEPT_MAX)
def _there_on(measure: Measure, day: date) -> tuple[Relief, ...]:
    """The reliefs of a measure on a day."""
    return tuple(
        relief
        for relief in measure.reliefs
        if (relief.valid_from is None or relief.valid_from <= day)
        and (relief.valid_until is None or day < relief.valid_until)
    )


def _proof(name: str, reading: Reading) -> Held:
    given = reading.situation.fact(name)
    question = reading.words.facts.get(name, name)
    if given is None:
        return unknown(f"facts.{name}", question)
    return (yes if given else no)(f"facts.{name}", str(given).lower(), question)


def _note(relief: Relief, held: Held, day: date, words: Words) -> ReliefNote:
    facts = words.facts
    return ReliefNote(
        id=relief.id,
        kind=relief.kind,
        title=relief.title,
        citation=said_on(relief.citation, relief.formerly, day),
        fits=held.truth,
        because=held.because,
        proof=tuple(facts.get(name, name) for name in relief.proof),
        missing=tuple(
            MissingFact(
                fact=one.fact,
                question=one.question,
                if_so=_left(relief, one.fact),
                listing=one.listing,
            )
            for one in held.asked
        ),
        refusal=relief.refusal,
        duties=relief.duties,
    )


def _left(relief: Relief, fact: str) -> Outcome:
    """What is left of the measure where a relief fits by a fact."""
    if fact == _LICENCES:
        return Outcome.CONDITIONS
    if relief.certainty is Certainty.C:
        return Outcome.REVIEW
    if relief.ends_prohibition and not relief.proof:
        return Outcome.NO_MEASURE_FOUND
    return _outcome(relief.kind)
