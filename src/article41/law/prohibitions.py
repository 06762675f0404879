"""Whether one measure bears on an act, and what follows from it.

Each measure is read for every party that does something it forbids: is the target there, is the
measure in force, is that party bound, and does anything lift it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from article41.law.cases import NOT_BOUND, OPEN, SURE, Case, cases_of
from article41.law.deeds import STATE
from article41.law.force import Force, Phase, binds_states_alone, force_on, said_on
from article41.law.in_hand import outcome_of, whose_craft
from article41.law.nexus import Bound, Bounds
from article41.law.owners import Owners
from article41.law.relief import Relieved, relieve
from article41.law.selecting import Selected
from article41.law.situation import Situation
from article41.law.truth import NO, UNKNOWN, YES, Asked, Held
from article41.law.words import Words
from article41.model.measures import Certainty, Measure, Outcome
from article41.model.verdicts import Because, Considered, DutyNote, Finding, MissingFact, ReliefNote

NATIONAL_LAW_FORBIDS = "national-law-forbids"
"""The fact that a State has made law of what binds it alone."""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What one measure says of an act."""

    findings: tuple[Finding, ...] = ()
    """That it bears on it, may, or would if it bound anybody; then what it may come to beside that
    is graver."""
    considered: Considered | None = None
    """By which facts it does not."""
    exposure: str = ""
    """What threatens those whom it does not bind."""
    note: str = ""
    """What is announced."""


_SILENT = Ruling()


def rule(
    selected: Selected, situation: Situation, owners: Owners, bounds: Bounds, words: Words
) -> Ruling:
    """What one measure says of an act.

    Args:
        selected: The measure, with those of its targets that can say something.
        situation: The act.
        owners: Who owns whom in it.
        bounds: Whom each jurisdiction binds in it.
        words: The vocabulary.
    """
    measure = selected.measure
    force = force_on(measure, situation.day)
    cases, missed = cases_of(selected, situation, owners, bounds, words)
    if not cases:
        return _missed(measure, force, missed)
    if binds_states_alone(measure, force.phase):
        cases = _of_parties(cases, situation)
    best = min([case.rank for case in cases])
    alike = [case for case in cases if case.rank == best]
    if not force.binds:
        return _out_of_force(measure, force, alike)
    if best == NOT_BOUND:
        of_asker = bounds[measure.jurisdiction].get(situation.act.asker.party)
        return _not_bound(measure, force, alike, of_asker)
    ruling = _bearing(measure, force, alike, situation)
    return msgspec.structs.replace(
        ruling, findings=(*ruling.findings, *_graver(measure, force, cases, situation, ruling))
    )


def _graver(
    measure: Measure, force: Force, cases: list[Case], situation: Situation, ruling: Ruling
) -> Iterator[Finding]:
    """What the measure may come to for a party, where for another it surely comes to less.

    Who else may be bound is no question: by the same facts somebody surely is.
    """
    least = min((_rank(one) for one in ruling.findings), default=Outcome.NOT_BOUND.rank)
    open_ = [
        case
        for case in cases
        if (case.rank == OPEN and case.target.truth is UNKNOWN)
        # Whose craft is in hand is open however surely somebody is meant.
        or (case.rank == SURE and case.reading.among is not None)
    ]
    is_sure = any(case.rank == SURE for case in cases)
    if open_ and is_sure and measure.outcome.rank < least:
        for one in _bearing(measure, force, open_, situation).findings:
            if _rank(one) < least:
                yield one


def _of_parties(cases: list[Case], situation: Situation) -> list[Case]:
    """Where an operator may do what only States are bound to prevent, its own case is answered.

    That the customs of a State must stop it is no answer to who asks: it is the reason of the
    review.
    """
    own = [case for case in cases if case.doer in situation.by_key and case.rank < NOT_BOUND]
    return own or cases


def _missed(measure: Measure, force: Force, missed: list[Held]) -> Ruling:
    """Nothing is meant; told only where a single fact decides it."""
    because = dict.fromkeys(
        each
        for held in missed
        if held.misses == 1
        for each in held.because
        # Out of force it fails by the day too, which must be the same fact.
        if each.value and (force.binds or each.fact == "on")
    )
    if not because:
        return _SILENT
    of_day = () if force.binds else force.held.because
    told = tuple(dict.fromkeys((*because, *of_day)))
    return Ruling(considered=Considered(measure=measure.id, title=measure.title, because=told))


def _out_of_force(measure: Measure, force: Force, cases: list[Case]) -> Ruling:
    case = cases[0]
    considered = Considered(
        measure=measure.id,
        title=measure.title,
        because=(*force.held.because, *case.target.because),
    )
    note = ""
    if force.phase is Phase.ANNOUNCED and case.bound.truth is not NO:
        note = f"{measure.title}: {force.held.because[0].text}"
    return Ruling(considered=considered, note=note)


def _not_bound(measure: Measure, force: Force, cases: list[Case], of_asker: Bound | None) -> Ruling:
    # What is open and binds nobody would be a question that nobody needs.
    case = next((one for one in cases if one.target.truth is YES or one.target.listed), None)
    if case is None:
        return _SILENT
    force = _of_entries(measure, force, case.target, case.reading.situation.day)
    unbound = (each for one in cases for each in one.bound.because)
    if of_asker is not None and of_asker.truth is YES:
        # Who asks is bound, and does nothing that it forbids: others do, and they are not bound.
        because = tuple(dict.fromkeys(unbound))
        told = Considered(measure=measure.id, title=measure.title, because=because)
        return Ruling(considered=told, exposure=measure.exposure)
    finding = msgspec.structs.replace(
        _heading(measure, force, case.target),
        does=case.verbs,
        because=tuple(dict.fromkeys((*unbound, *case.target.because))),
        exposure=measure.exposure,
    )
    return Ruling(findings=(finding,), exposure=measure.exposure)


def _bearing(measure: Measure, force: Force, cases: list[Case], situation: Situation) -> Ruling:
    """The measure bears on the act, or may."""
    found = [_one(measure, force, case, situation) for case in cases]
    findings = list(_not_idle(cases, found))
    if not findings:
        outside = next(one for one in found if isinstance(one, Considered))
        return Ruling(considered=outside)
    best = min(findings, key=lambda one: (one.outcome.rank, _rank(one)))
    same = [one for one in findings if one.outcome is best.outcome]
    return Ruling(
        findings=(
            msgspec.structs.replace(
                best,
                does=tuple(dict.fromkeys(verb for one in same for verb in one.does)),
                nexus=tuple(dict.fromkeys(each for one in same for each in one.nexus)),
                listed=tuple({each.key: each for one in same for each in one.listed}.values()),
                because=_once(each for one in same for each in one.because),
                missing=tuple(dict.fromkeys(each for one in same for each in one.missing)),
                if_same=_severest(one.if_same for one in same),
                note=" ".join(filter(None, (_own_deed(cases, found, situation), best.note))),
            ),
        ),
        exposure="" if best.outcome is not Outcome.REVIEW else measure.exposure,
    )


def _own_deed(cases: list[Case], found: list[Finding | Considered], situation: Situation) -> str:
    """That what is forbidden is others' deed alone, where what who asks does lies outside."""
    asker = situation.act.asker.party
    own = [one for case, one in zip(cases, found, strict=True) if case.doer == asker]
    outside = dict.fromkeys(
        each for one in own if isinstance(one, Considered) for each in one.because
    )
    if not outside or any(isinstance(one, Finding) for one in own):
        return ""
    why = "; ".join(f"{each.fact} is {each.value}, {each.text}" for each in outside)
    return f"Of what {asker} does itself nothing is forbidden by it: {why}."


def _not_idle(cases: list[Case], found: list[Finding | Considered]) -> Iterator[Finding]:
    """Findings without those that ask who is bound, where by the same facts another surely is.

    If they hold the measure bears by that one, as severely: who else is bound changes nothing.
    """
    settled: dict[object, int] = {}
    for case, one in zip(cases, found, strict=True):
        if isinstance(one, Finding) and case.bound.truth is YES:
            key = (case.target.truth, case.target.asked)
            settled[key] = min(settled.get(key, _rank(one)), _rank(one))
    for case, one in zip(cases, found, strict=True):
        key = (case.target.truth, case.target.asked)
        if isinstance(one, Finding) and (
            case.bound.truth is YES or _rank(one) < settled.get(key, _rank(one) + 1)
        ):
            yield one


def _rank(one: Finding) -> int:
    """What it comes to at the worst."""
    return (one.would_be or one.outcome).rank


def _severest(outcomes: Iterable[Outcome | None]) -> Outcome | None:
    return min(filter(None, outcomes), key=lambda one: one.rank, default=None)


def _one(measure: Measure, force: Force, case: Case, situation: Situation) -> Finding | Considered:
    target, bound = case.target, case.bound
    force = _of_entries(measure, force, target, situation.day)
    relieved = relieve(measure, case.reading, case.verbs, target, bound)
    if relieved.is_outside:
        return Considered(measure=measure.id, title=measure.title, because=relieved.because)
    verbs = case.verbs
    own = relieved.outcome or outcome_of(measure, case.doer, verbs, target.parties, situation)
    if own is measure.outcome_without_property and _is_rebutted(target):
        own = Outcome.CONDITIONS
    asked = [*target.asked, *(Asked(fact=fact, question=ask) for fact, ask in bound.missing)]
    is_open = target.truth is UNKNOWN or bound.truth is UNKNOWN
    note = measure.note
    is_state = bound.is_state or case.doer.startswith(STATE)
    if binds_states_alone(measure, force.phase) and not is_state:
        note = (
            "binds States and no operator by itself: the State is obliged to prevent it; "
            "see its national law"
        )
        forbids = situation.fact(NATIONAL_LAW_FORBIDS)
        if forbids is False:
            return _left_to_the_state(measure, force, case, note)
        if forbids is None:
            is_open = True
            question = case.reading.words.facts.get(NATIONAL_LAW_FORBIDS, NATIONAL_LAW_FORBIDS)
            asked.append(Asked(fact=f"facts.{NATIONAL_LAW_FORBIDS}", question=question))
    if Certainty.C in (force.certainty, measure.certainty):
        is_open = True
        question = f"is `{measure.id}` so on this day? its certainty is C"
        asked.append(Asked(fact=f"catalogue.{measure.id}", question=question))
    if case.reading.among is not None and (craft := whose_craft(target.parties, situation)):
        is_open = True
        asked.append(craft)
    if relieved.doubts:
        is_open = True
        asked.extend(relieved.doubts)
    missing = tuple(
        MissingFact(fact=one.fact, question=one.question, if_so=own, listing=one.listing)
        for one in asked
    )
    is_resemblance = target.is_resemblance and is_open
    of_states_yet = force.phase is Phase.STATES_ONLY
    return msgspec.structs.replace(
        _heading(measure, force, target),
        outcome=Outcome.REVIEW if is_open and own.rank < Outcome.NOT_BOUND.rank else own,
        manner=measure.manner,
        does=case.verbs,
        nexus=bound.as_a_state if binds_states_alone(measure, force.phase) else bound.grounds,
        because=(*force.held.because, *target.because),
        missing=missing if is_open else (),
        if_same=own if is_resemblance else None,
        would_be=own if is_open else None,
        reliefs=tuple(_instead_of(own, note) for note in relieved.notes),
        # What an act of the operators' law asks of them is not asked before it is in force.
        duties=() if of_states_yet else _duties(measure, own, relieved, situation.day),
        knowledge="" if of_states_yet else _knowledge(measure, situation.day),
        note=note,
    )


def _knowledge(measure: Measure, day: date) -> str:
    return said_on(measure.knowledge, measure.knowledge_formerly, day)


def _instead_of(own: Outcome, note: ReliefNote) -> ReliefNote:
    """A relief with what stands without it beside what would be left with it."""
    missing = tuple(msgspec.structs.replace(one, if_not=own) for one in note.missing)
    return msgspec.structs.replace(note, missing=missing) if missing else note


def _left_to_the_state(measure: Measure, force: Force, case: Case, note: str) -> Finding:
    """What binds a State alone and, so said, has not become law for who asks."""
    said = Because(
        fact=f"facts.{NATIONAL_LAW_FORBIDS}",
        value="false",
        text="national law does not forbid it, so said",
    )
    heading = _heading(measure, force, case.target)
    because = (said, *case.target.because)
    return msgspec.structs.replace(heading, does=case.verbs, because=because, note=note)


def _once(because: Iterable[Because]) -> tuple[Because, ...]:
    """Each reason once; since when the measure is in force as the first case says it."""
    found: dict[object, Because] = {}
    for one in because:
        is_of_day = one.fact == "on" and one.text.startswith("in force since")
        found.setdefault("on" if is_of_day else one, one)
    return tuple(found.values())


def _of_entries(measure: Measure, force: Force, target: Held, day: date) -> Force:
    """By the text that speaks of the entries on which it rests, where there are several texts."""
    is_told = not target.listed or len(measure.texts) == 1
    return force if is_told else force_on(measure, day, target.listed)


def _is_rebutted(target: Held) -> bool:
    """True if it rests on owners alone, and what the party gets was found not to reach them."""
    return bool(target.ownership) and all(note.is_rebutted for note in target.ownership)


def _heading(measure: Measure, force: Force, target: Held) -> Finding:
    """A finding with all that the measure itself says."""
    return Finding(
        jurisdiction=measure.jurisdiction,
        outcome=Outcome.NOT_BOUND,
        measure=measure.id,
        title=measure.title,
        kind=measure.kind,
        article_41=measure.article_41,
        citation=force.citation,
        certainty=force.certainty,
        verified_on=measure.verified_on,
        verified_by=measure.verified_by,
        listed=target.listed,
        ownership=target.ownership,
    )


def _duties(measure: Measure, own: Outcome, relieved: Relieved, day: date) -> tuple[DutyNote, ...]:
    of_measure = (
        DutyNote(
            what=duty.what,
            within=duty.within,
            citation=said_on(duty.citation, duty.formerly, day),
        )
        for duty in measure.duties
        if not duty.with_outcomes or own in duty.with_outcomes
    )
    of_relief = (
        DutyNote(what=duty, citation=note.citation)
        for note in relieved.notes
        if note.fits is YES
        for duty in note.duties
    )
    return (*of_measure, *of_relief)
