"""The open questions of a verdict, each once, with what its answer would bring and for whom.

Facts of the act are asked of the caller; lists and law that are not held are named apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from article41.checks.held import LISTS_OPEN
from article41.faces.cli.entry_words import RESEMBLANCES_SHOWN
from article41.faces.cli.sheet import Sheet
from article41.faces.cli.verdict_words import (
    either_words,
    fact_words,
    jurisdiction_words,
    outcome_words,
)
from article41.law.open_owners import OPEN_OWNERS, PERSON_OR_OWNED
from article41.law.ordering import surest
from article41.model.measures import Outcome
from article41.model.verdicts import Result, Verdict

OF_LISTS = "lists."
NOT_HELD = (OF_LISTS, "catalogue.")
"""What facts begin with that are none of the act."""
_SAME = ".same_as"
_FACTS_SHOWN = 6
_Asked = dict[str, dict[str, "_Brings"]]
"""The questions about a fact, each with what may follow, by jurisdiction."""


class _Brings(NamedTuple):
    """What the answers to one question bring in one jurisdiction, by each of its findings."""

    if_so: set[Outcome]
    """If it is so."""
    if_not: set[Outcome | None]
    """If it is not; None where that was not worked out."""


class OpenQuestion(NamedTuple):
    """What is asked about some facts of the act."""

    facts: list[str]
    """The facts; the same is asked of all of them."""
    asked: list[str]
    """The questions, each with what may follow."""
    more: int
    """How many more entries it is asked of whether a party is one of them."""


def open_questions(results: Iterable[Result], *, is_whole: bool) -> Iterator[OpenQuestion]:
    """Every question about the act once, with its facts and with what may follow.

    Args:
        results: Of all jurisdictions.
        is_whole: True for questions whose answer can change nothing, too.
    """
    owners: dict[str, dict[str, None]] = {}
    asked: dict[str, _Asked] = {}
    for result in results:
        least = surest(result.findings).rank
        for finding in result.findings:
            for one in finding.missing:
                # What leaves as severe an answer standing need not be found out.
                is_idle = not is_whole and one.if_so.rank >= least
                if is_idle or one.fact.startswith(NOT_HELD):
                    continue
                # Who may be a natural person is asked just that.
                is_plain = PERSON_OR_OWNED not in one.question
                if finding.measure == OPEN_OWNERS and one.fact.endswith(".owners") and is_plain:
                    owners.setdefault(one.fact, {})[result.jurisdiction] = None
                    continue
                by_jurisdiction = asked.setdefault(one.fact, {}).setdefault(one.question, {})
                brings = by_jurisdiction.setdefault(result.jurisdiction, _Brings(set(), set()))
                brings.if_so.add(one.if_so)
                brings.if_not.add(one.if_not)
    for facts, questions in _alike(asked):
        told = [_question(text, whose) for text, whose in questions.items()]
        # Who resembles one of many entries is asked of the first, as the best stand first.
        is_who = not is_whole and all(fact.endswith(_SAME) for fact in facts)
        shown = told[:RESEMBLANCES_SHOWN] if is_who else told
        yield OpenQuestion(facts, shown, len(told) - len(shown))
    if owners:
        yield OpenQuestion(list(owners), [_owners(owners)], 0)


def question_lines(results: Iterable[Result], sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    """Every question about the act once, as lines of text.

    Args:
        results: Of all jurisdictions.
        sheet: Wraps them.
        is_whole: True for questions whose answer can change nothing, too.
    """
    for facts, asked, more in open_questions(results, is_whole=is_whole):
        if len(asked) == 1 and not more:
            yield from sheet.text(f"{_named(facts)}: {asked[0]}", indent=2)
            continue
        yield from sheet.text(f"{_named(facts)}:", indent=2)
        for one in asked:
            yield from sheet.text(one, indent=4)
        if more:
            yield from sheet.text(f"or is it one of {more:,} more, less alike (--all)?", indent=4)


def _alike(asked: Mapping[str, _Asked]) -> Iterator[tuple[list[str], _Asked]]:
    """Facts of which the same is asked stand together, as lines of goods do."""
    groups: list[tuple[list[str], _Asked]] = []
    for fact, questions in asked.items():
        for facts, same in groups:
            if same == questions:
                facts.append(fact)
                break
        else:
            groups.append(([fact], questions))
    yield from groups


def _question(text: str, by_jurisdiction: Mapping[str, _Brings]) -> str:
    whose: dict[tuple[str, str], list[str]] = {}
    by_rank = sorted(
        by_jurisdiction.items(), key=lambda item: min(one.rank for one in item[1].if_so)
    )
    for jurisdiction, brings in by_rank:
        answers = either_words(brings.if_so), _else_words(brings)
        whose.setdefault(answers, []).append(jurisdiction)
    said = [f"{so} in {', '.join(keys)}{other}" for (so, other), keys in whose.items()]
    asked = text if text.endswith(("?", ".", ")")) else f"{text}."
    return f"{asked} It may bring {'; '.join(said)}"


def _else_words(brings: _Brings) -> str:
    """What is left if it is not so; a review is left for what else is open."""
    left = [one for one in brings.if_not if one is not None]
    if len(left) != 1 or left[0] in brings.if_so or None in brings.if_not:
        return ""
    if left[0] is Outcome.REVIEW:
        return ", else REVIEW for what else is open"
    return f", else {outcome_words(left[0])}"


def _owners(owners: Mapping[str, Mapping[str, None]]) -> str:
    """One question for all whose owners nobody knows."""
    whose = ", ".join(dict.fromkeys(key for keys in owners.values() for key in keys))
    whom = "it" if len(owners) == 1 else "one of them"
    return (
        f"does a party on the lists of {whose} own or control {whom}? Say "
        "who the owners are under `holdings`; or `owners: none-listed`, if you know them and none "
        "is on a list"
    )


def lists_words(results: Iterable[Result]) -> Iterator[str]:
    """What the lists leave open, in the words of each: not held, old, or of a part alone."""
    yield from dict.fromkeys(
        finding.title
        for result in results
        for finding in result.findings
        if finding.measure in LISTS_OPEN
    )


def not_held_words(results: Iterable[Result]) -> Iterator[str]:
    """The law that is not held and would decide, with whose it is."""
    without_law = dict.fromkeys(
        jurisdiction_words(result.jurisdiction)
        for result in results
        for finding in result.findings
        for one in finding.missing
        if one.fact.startswith(NOT_HELD) and not one.fact.startswith(OF_LISTS)
    )
    if without_law:
        yield f"law of {', '.join(without_law)}"


def not_examined_words(verdict: Verdict) -> Iterator[str]:
    """What was neither given nor asked for; owners of several in one line."""
    asked = {
        one.fact
        for result in verdict.results
        for finding in result.findings
        for one in finding.missing
    }
    left = [one for one in verdict.not_examined if one.fact not in asked]
    owners = [one.fact for one in left if one.fact.endswith(".owners")]
    if len(owners) > 1:
        yield f"{_named(owners)}: nobody said who owns or controls them"
        left = [one for one in left if one.fact not in owners]
    yield from map(fact_words, left)


def _named(facts: list[str]) -> str:
    more = len(facts) - _FACTS_SHOWN
    shown = ", ".join(facts[:_FACTS_SHOWN])
    return f"{shown} and {more:,} more" if more > 0 else shown
