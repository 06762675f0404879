"""One fact of a situation is changed: no answer becomes milder without naming that fact.

And where a fact is not known any more, a milder answer asks for it or says that it is left unsaid.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from zlib import crc32

import pytest

from article41.checks.acts import Checker
from article41.law.gaps import Law
from article41.law.needs import load_needs
from article41.law.nothing_found import COUNTRIES
from article41.law.selectors import countries_named
from article41.law.unsaid import UNSAID
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Measure, Outcome
from article41.model.verdicts import Result, Verdict
from tests.promises.mutations import Mutation, boundaries, mutations, replaced
from tests.promises.world import ASKED_ON
from tests.situations.book import act_tree, read, situations

ONE_IN = 40
"""Of how many changes one is tried each time; `make prove` tries all of them."""
ONCE_SILENT = ("OM-02", "OM-22", "OM-28", "OW-metals", "SE02-elsewhere")
"""Situations of which all changes are tried each time: some were passed over before."""
FIRST_DAY = date(1990, 1, 1)
MILD = (Outcome.NO_MEASURE_FOUND, Outcome.NOT_BOUND)
every_situation = pytest.mark.parametrize("name", situations())


@cache
def law() -> Law:
    return Law.shipped()


def as_written(act: Act) -> Act:
    return act


def looked_for(act: Act) -> Act:
    """The asker has looked for everybody on whole lists: what is held here limits nothing."""
    whole = tuple(sorted({need.jurisdiction for need in load_needs()}))
    parties = tuple(replaced(party, not_listed_by=whole) for party in act.parties)
    changed: Act = replaced(act, parties=parties)
    return changed


on_both_lists = pytest.mark.parametrize("lists", [as_written, looked_for])


@every_situation
@on_both_lists
def test_no_change_of_a_fact_is_passed_over_in_silence(
    name: str, lists: Callable[[Act], Act], checker: Checker
) -> None:
    assert not list(faults(name, lists, checker, ONE_IN))


@pytest.mark.parametrize("name", ONCE_SILENT)
def test_what_was_once_passed_over_is_named(name: str, checker: Checker) -> None:
    assert not list(faults(name, as_written, checker, 1))


@pytest.mark.prove
@every_situation
@on_both_lists
def test_no_change_at_all_is_passed_over_in_silence(
    name: str, lists: Callable[[Act], Act], checker: Checker
) -> None:
    assert not list(faults(name, lists, checker, 1))


def faults(name: str, lists: Callable[[Act], Act], checker: Checker, one_in: int) -> Iterator[str]:
    """Changes after which the answer of a jurisdiction is milder than it may be."""
    act = lists(read(act_tree(situations()[name]), name))
    before = checker.check(act, asked_on=ASKED_ON)
    # Who asks for the answer of a jurisdiction gets one, whatever binds nobody there.
    asked = tuple(one.jurisdiction for one in before.results if one.outcome not in MILD)
    asking = replaced(act, jurisdictions=tuple(dict.fromkeys((*act.jurisdictions, *asked))))
    shown = checker.check(asking, asked_on=ASKED_ON)
    chosen = [
        change if change.is_dropped else change._replace(act=with_asked(change.act, asking))
        for change in mutations(act, days_of(before))
        if crc32(f"{name} {change.fact} {change.said}".encode()) % one_in == 0
        and not (lists is looked_for and change.fact.endswith(".not_listed_by"))
    ]
    verdicts = checker.check_many([change.act for change in chosen], asked_on=ASKED_ON)
    for change, after in zip(chosen, verdicts, strict=True):
        reference = before if change.is_dropped else shown
        for result in reference.results:
            if result.outcome in MILD:
                continue
            own = result_of(result.jurisdiction, after)
            if own is None and result.binds is InForce.NO:
                # Law that binds nobody and has nothing to say is told to who asks for it.
                own = result_of(
                    result.jurisdiction, asked_for(result.jurisdiction, change, checker)
                )
            yield from fault(change, result, own, after)


def result_of(jurisdiction: str, verdict: Verdict) -> Result | None:
    return next((one for one in verdict.results if one.jurisdiction == jurisdiction), None)


def asked_for(jurisdiction: str, change: Mutation, checker: Checker) -> Verdict:
    act = replaced(change.act, jurisdictions=(jurisdiction,))
    return checker.check(act, asked_on=ASKED_ON)


def with_asked(act: Act, asking: Act) -> Act:
    changed: Act = replaced(act, jurisdictions=asking.jurisdictions)
    return changed


def days_of(verdict: Verdict) -> set[date]:
    """Days on which its measures, memberships and listings begin and end."""
    binding = [one for one in verdict.results if one.outcome not in MILD]
    names = {each.measure for one in binding for each in one.findings}
    by_id = law().catalogue.by_id
    found = set(boundaries(by_id[name] for name in names if name in by_id))
    countries = {
        country
        for party in verdict.act.parties
        for country in (party.country, party.residence, party.incorporated_in, *party.located_in)
    }
    for one in binding:
        jurisdiction = law().jurisdictions.get(one.jurisdiction)
        for member in jurisdiction.members if jurisdiction is not None else ():
            if member.country in countries:
                found |= {day for day in (member.valid_from, member.valid_until) if day}
    for standing in verdict.parties:
        for entry in standing.listed:
            found |= {day for day in (entry.listed_from, entry.listed_until) if day}
    return {day for day in found if FIRST_DAY <= day < ASKED_ON}


def fault(change: Mutation, before: Result, own: Result | None, after: Verdict) -> Iterator[str]:
    outcome = Outcome.NO_MEASURE_FOUND if own is None else own.outcome
    turn = f"{before.outcome.value} to {outcome.value}"
    told = f"{before.jurisdiction} {change.fact}={change.said!r}: {turn}"
    if change.is_dropped:
        if is_milder(before, own) and not is_accounted_for(change, before, own, after):
            yield told
    elif outcome in MILD and (own is None or not names(reasons(own, after, before), change)):
        yield told


def is_accounted_for(change: Mutation, before: Result, own: Result | None, after: Verdict) -> bool:
    """Whether the fact that nobody says any more is asked for, or named as left unsaid."""
    if own is None:
        # The law of the asker's country: which that is nobody knows any more.
        because = {each.fact for one in before.findings for each in one.because}
        return because == {change.fact} or names(asked_of(after.results), change)
    if change.fact.endswith(".acts_for") and own.outcome.rank < Outcome.REVIEW.rank:
        return (
            True  # Each acts for itself unless it is said for whom; the act is stopped either way.
        )
    unsaid = {each.fact for one in own.considered if one.measure == UNSAID for each in one.because}
    # That nobody listed owns a party is what the asker says; then no stake is an open fact. Who is
    # said to hold a stake holds it for itself, unless the act says for another.
    is_of_stakes = change.fact == "holdings.stakes" or change.fact.endswith(".is_nominee")
    stated = reasons(own, after, before) if is_of_stakes else set()
    open_ones = {one.fact for one in after.not_examined}
    return names(asked_of((own,)) | unsaid | open_ones | stated, change)


def is_milder(before: Result, after: Result | None) -> bool:
    """True unless it is as severe, or a review that may come to as much."""
    if after is None or after.outcome.rank > max(before.outcome.rank, Outcome.REVIEW.rank):
        return True
    if before.outcome.rank >= Outcome.REVIEW.rank:
        return False
    could_be = [one.would_be or one.outcome for one in after.findings]
    return min(one.rank for one in could_be) > before.outcome.rank


def asked_of(results: Iterable[Result]) -> set[str]:
    """Facts that some answers ask for."""
    return {fact.fact for result in results for one in result.findings for fact in one.missing}


def reasons(result: Result, verdict: Verdict, before: Result) -> set[str]:
    """All facts that are named for the answer of a jurisdiction.

    Which countries were looked at is no reason against a measure that was found before, unless it
    is about others and the act touches none of those any more; and it is one where no more was
    found than what is not held or not known.
    """
    looked_at = {
        each.value for one in result.considered if one.measure == COUNTRIES for each in one.because
    }
    found = [law().catalogue.by_id.get(one.measure) for one in before.findings]
    is_left = all(one is None or is_about_others(one, looked_at) for one in found)
    told = [one for one in result.considered if is_left or one.measure != COUNTRIES]
    because = [each for one in told for each in one.because]
    because += [each for one in result.findings for each in one.because]
    because += [each for one in result.nexus for each in one.because]
    facts = {each.fact for each in (*because, *result.unbound)}
    facts |= {each.fact for one in result.findings for each in one.missing}
    # What was looked for in vain stands with each party.
    return facts | {f"parties.{one.party}.name" for one in verdict.parties if one.screened}


def is_about_others(measure: Measure, countries: set[str]) -> bool:
    """Whether every target of a measure is about countries, and about none of some."""
    about = [countries_named(target, measure.regime) for target in measure.targets]
    return all(about) and not any(named & countries for named in about)


def names(facts: set[str], change: Mutation) -> bool:
    """Whether one of the facts is the changed one, a part of it, or that of which it is a part."""
    return any(is_within(fact, one) for fact in facts for one in aliases(change))


def aliases(change: Mutation) -> Iterator[str]:
    yield change.fact
    if change.fact.startswith("holdings"):
        for party in change.act.parties:
            yield f"parties.{party.key}.owners"


def is_within(fact: str, other: str) -> bool:
    outer, inner = sorted((fact, other), key=len)
    # A party as a whole names none of its facts.
    is_whole_party = outer.startswith("parties.") and outer.count(".") == 1
    return inner == outer or (inner.startswith((f"{outer}.", f"{outer}[")) and not is_whole_party)


def test_a_milder_answer_without_a_reason_is_found() -> None:
    facts: Mapping[str, bool] = {
        "parties.payee.country": True, "parties.payee": False, "parties.payer.country": False,
        "on": False,
    }  # fmt: skip
    change = Mutation("parties.payee.country", "KE", read(act_tree(situations()["S14"]), "S14"))

    assert {fact: names({fact}, change) for fact in facts} == facts
