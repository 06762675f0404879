"""The answer to an act as the page shows it: readable law, each thing said once.

What would make the page too long is named, and stands in the whole answer a link away.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

import msgspec

from article41.checks.verdict_json import verdict_of
from article41.faces.cli import questions as asked
from article41.faces.cli import verdict_words as words
from article41.faces.cli.asked_for import found_words, narrowed
from article41.faces.cli.coverage_words import coverage_told
from article41.faces.cli.entry_words import (
    best_of,
    born_otherwise_words,
    standings_in_short,
)
from article41.faces.cli.findings import ASKS, Detail, Told, merged, reasons_told
from article41.faces.cli.verdicts import asked_words, detail_of
from article41.faces.web.shown import Reasons, labelled, severity
from article41.model.clocks import InForce
from article41.model.letters import legible
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, Result, Verdict

REASONS_BYTES, QUESTIONS_BYTES, PARTIES_BYTES = 22_000, 8_000, 9_000
"""Text of an answer's reasons, questions and parties; the rest stands in the whole answer."""
ENTRIES_MAX = 40
"""Entries that are proposed to who decides on them."""
IN_WHOLE = "(in the whole answer)"
"""Where the rest is told."""


class ShownFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One measure that bears on an act, or may."""

    outcome: str
    """In capital letters."""
    severity: str
    """`stop`, `look` or `quiet`; colour goes by it, and the word says it without."""
    title: str
    """What it does."""
    reasons: Reasons
    """Which law, why it binds, what it rests on."""
    facts: tuple[str, ...] = ()
    """The facts that would change it; what is asked of them stands among the questions."""
    is_cut: bool = False
    """True if its reasons are told in the whole answer alone."""

    @property
    def is_bare(self) -> bool:
        """True if it has no more than its title: what it asks stands among the questions."""
        return not (self.reasons or self.facts or self.is_cut)


class ShownLaw(msgspec.Struct, frozen=True, kw_only=True):
    """What the law of one jurisdiction says."""

    jurisdiction: str
    """In words."""
    outcome: str
    """In capital letters."""
    severity: str
    """As a finding has it."""
    binds: str
    """Whom it binds."""
    findings: tuple[ShownFinding, ...]
    """The most severe first."""
    notes: tuple[str, ...]
    """What threatens, and what else should be known."""
    is_bare: bool
    """True if nothing of it has reasons of its own, and it is not known to bind the asker."""


class ShownAlike(msgspec.Struct, frozen=True, kw_only=True):
    """What several laws ask in the same words, none of which is known to bind the asker."""

    outcome: str
    """In capital letters."""
    severity: str
    """As a finding has it."""
    title: str
    """What it is."""
    whose: str
    """Their jurisdictions."""


class ShownQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of some facts, and what would follow."""

    facts: tuple[str, ...]
    """The facts."""
    asked: tuple[str, ...]
    """The questions, each with what may follow."""


class ShownParty(msgspec.Struct, frozen=True, kw_only=True):
    """What screening found of one party."""

    party: str
    """Its key in the act."""
    screened: tuple[str, ...]
    """What was looked for."""
    entries: tuple[str, ...]
    """Whom it is, or may be."""
    otherwise: tuple[str, ...]
    """Who has its name and another date of birth, and what was not compared."""


class ShownVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one act."""

    outcome: str
    """In capital letters."""
    severity: str
    """As a finding has it."""
    asked: str
    """What was asked, and by whom."""
    outcomes: str
    """Those of all jurisdictions, in one line."""
    next: str
    """What follows from it for who asked."""
    laws: tuple[ShownLaw, ...]
    """Those with something to say of their own."""
    alike: tuple[ShownAlike, ...]
    """What the other laws ask, those that ask the same together."""
    elsewhere: Reasons
    """By jurisdiction, what was found by law that nobody asked for."""
    others: Reasons
    """By outcome, those that have no more to say."""
    questions: tuple[ShownQuestion, ...]
    """What would change it and is asked of the act."""
    more_questions: int
    """How many more there are."""
    open: Reasons
    """What would change it and is not the asker's to say, and what was not examined."""
    parties: tuple[ShownParty, ...]
    """As they were screened."""
    more_parties: int
    """How many more there are."""
    entries: tuple[tuple[str, str], ...]
    """Key and name of those that the parties resemble most, for who decides on them."""
    coverage: Reasons
    """Which lists and which law, and how old they are."""


_Shown = TypeVar("_Shown", bound=msgspec.Struct)


def shown_verdict(body: bytes) -> ShownVerdict:
    """The answer to an act, from its bytes."""
    verdict = verdict_of(body)
    meant, elsewhere = narrowed(verdict)
    told = [_law(one, meant) for one in meant.results if _says_something(one)]
    questions, more_questions = _first(_questions(meant), QUESTIONS_BYTES)
    parties, more_parties = _first(_parties(verdict), PARTIES_BYTES)
    return ShownVerdict(
        outcome=words.outcome_words(verdict.outcome),
        severity=severity(verdict.outcome),
        asked=legible(asked_words(verdict)),
        outcomes=words.outcomes_words(verdict.results),
        next=words.next_words(verdict.outcome),
        laws=tuple(_cut(law for law in told if not law.is_bare)),
        alike=tuple(_alike(law for law in told if law.is_bare)),
        elsewhere=labelled(
            {
                words.jurisdiction_words(one.jurisdiction): [found_words(one)]
                for one in elsewhere
                if _says_something(one)
            }
        ),
        others=_others(one for one in verdict.results if not _says_something(one)),
        questions=questions,
        more_questions=more_questions,
        open=_open(meant),
        parties=parties,
        more_parties=more_parties,
        entries=tuple(_entries(verdict)),
        coverage=labelled(dict(coverage_told(meant))),
    )


def _says_something(result: Result) -> bool:
    return result.outcome.rank < Outcome.NOT_BOUND.rank


def _law(result: Result, verdict: Verdict) -> ShownLaw:
    bearing = [one for one in result.findings if one.outcome.rank < Outcome.NOT_BOUND.rank]
    said = {finding.exposure for finding in result.findings}
    told, detail = Told(result.unbound, where=IN_WHOLE), detail_of(result, verdict)
    findings = tuple(_finding(one, detail, told) for one in merged(bearing))
    notes = (*(one for one in result.exposure if one not in said), *result.notes)
    return ShownLaw(
        jurisdiction=words.jurisdiction_words(result.jurisdiction),
        outcome=words.outcome_words(result.outcome),
        severity=severity(result.outcome),
        binds=words.binds_words(result),
        findings=findings,
        notes=notes,
        is_bare=result.binds_asker is not InForce.YES
        and not notes
        and all(one.is_bare for one in findings),
    )


def _alike(laws: Iterable[ShownLaw]) -> Iterator[ShownAlike]:
    """What bare laws say, those that say the same together."""
    whose: dict[tuple[str, str, str], list[str]] = {}
    for law in laws:
        for one in law.findings:
            said = (one.outcome, one.severity, one.title)
            whose.setdefault(said, []).append(law.jurisdiction)
    for (outcome, seen, title), jurisdictions in whose.items():
        yield ShownAlike(
            outcome=outcome, severity=seen, title=title, whose=", ".join(jurisdictions)
        )


def _finding(finding: Finding, detail: Detail, told: Told) -> ShownFinding:
    reasons = reasons_told(finding, detail, told)
    is_asked = bool(reasons.pop(ASKS, None))
    facts = (one.fact for one in finding.missing if not one.fact.startswith(asked.NOT_HELD))
    return ShownFinding(
        outcome=words.outcome_words(finding.outcome),
        severity=severity(finding.outcome),
        title=legible(finding.title),
        reasons=labelled(reasons),
        facts=tuple(dict.fromkeys(facts)) if is_asked else (),
    )


def _cut(laws: Iterable[ShownLaw]) -> Iterator[ShownLaw]:
    """All laws and findings; where they have become too long, the rest without reasons."""
    left = REASONS_BYTES
    for law in laws:
        findings = []
        for one in law.findings:
            left -= sum(len(text) + 20 for _, texts in one.reasons for text in texts)
            is_cut = left < 0
            findings.append(
                msgspec.structs.replace(one, reasons=(), is_cut=True) if is_cut else one
            )
        yield msgspec.structs.replace(law, findings=tuple(findings))


def _first(items: Iterable[_Shown], size: int) -> tuple[tuple[_Shown, ...], int]:
    """Those of which the text has a size, and how many more there are."""
    shown: list[_Shown] = []
    more = 0
    for one in items:
        size -= len(msgspec.json.encode(one))
        if size < 0 and shown:
            more += 1
        else:
            shown.append(one)
    return tuple(shown), more


def _others(results: Iterable[Result]) -> Reasons:
    by_outcome: dict[Outcome, list[str]] = {}
    for one in results:
        by_outcome.setdefault(one.outcome, []).append(words.jurisdiction_words(one.jurisdiction))
    ordered = sorted(by_outcome.items(), key=lambda item: item[0].rank)
    return labelled({words.outcome_words(one): [", ".join(whose)] for one, whose in ordered})


def _questions(verdict: Verdict) -> Iterator[ShownQuestion]:
    for facts, said, more in asked.open_questions(verdict.results, is_whole=False):
        also = [f"or is it one of {more:,} more, less alike {IN_WHOLE}?"] if more else []
        yield ShownQuestion(facts=tuple(facts), asked=tuple(map(legible, (*said, *also))))


def _open(verdict: Verdict) -> Reasons:
    findings = [finding for result in verdict.results for finding in result.findings]
    said = {missing for finding in findings for missing in finding.missing}
    return labelled(
        {
            "lists": asked.lists_words(verdict.results),
            "not held": asked.not_held_words(verdict.results),
            "missing": (words.missing_words(one) for one in verdict.missing if one not in said),
            "not examined": asked.not_examined_words(verdict),
            "conflict": verdict.conflicts,
        }
    )


def _parties(verdict: Verdict) -> Iterator[ShownParty]:
    for standing in verdict.parties:
        shown, more = best_of(standing.listed)
        others = [f"and {more:,} more, less alike {IN_WHOLE}"] if more else []
        born = standing.born_otherwise[: len(shown) + 1]
        left = len(standing.born_otherwise) - len(born)
        yield ShownParty(
            party=standing.party,
            screened=tuple(map(legible, standing.screened)),
            entries=tuple(map(legible, (*standings_in_short(shown), *others))),
            otherwise=tuple(
                map(
                    legible,
                    (
                        *map(born_otherwise_words, born),
                        *([f"and {left:,} more of another birth {IN_WHOLE}"] if left else []),
                        *(f"decided to be another than {key}" for key in standing.different_from),
                        *standing.limits,
                        *filter(None, [standing.name_open]),
                    ),
                )
            ),
        )


def _entries(verdict: Verdict) -> Iterator[tuple[str, str]]:
    found = (
        (entry.key, legible(entry.name))
        for standing in verdict.parties
        for entry in best_of(standing.listed)[0]
    )
    yield from islice(dict.fromkeys(found), ENTRIES_MAX)


def facts_asked(shown: ShownVerdict) -> Mapping[str, tuple[str, ...]]:
    """What is asked of each fact, the first question alone."""
    return {fact: one.asked[:1] for one in shown.questions for fact in one.facts}
