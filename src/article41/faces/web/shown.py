"""Answers as a page shows them: groups of words, made by what tells them on the command line."""

import json
from collections.abc import Iterable, Iterator

import msgspec

from article41.checks.payment.answers import PaymentAnswer
from article41.checks.verdict_json import verdict_of
from article41.faces.cli import verdict_words as words
from article41.faces.cli.answers import FoundMatch, NameAnswer
from article41.faces.cli.entry_words import born_otherwise_words, entry_words
from article41.faces.cli.findings import merged
from article41.faces.cli.payment_words import HOLD, NOTHING_FOUND, answer_lines
from article41.faces.cli.rendering import finding_line, listed_words
from article41.faces.cli.verdicts import verdict_lines
from article41.faces.cli.writing import Pen
from article41.match import Explanation, ListCoverage
from article41.model.letters import legible
from article41.model.measures import Outcome
from article41.model.verdicts import Finding, Result, Verdict

WIDTH = 96
"""Characters of a line of the whole answer."""
Reasons = tuple[tuple[str, tuple[str, ...]], ...]
"""Each label with its texts."""


class ShownFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One measure that bears on an act, or may."""

    outcome: str
    """In capital letters."""
    severity: str
    """`stop`, `look` or `quiet`; colour goes by it, and the word says it without."""
    title: str
    """What it does."""
    reasons: Reasons
    """Which law, why it binds, what it rests on, what would change it."""


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
    laws: tuple[ShownLaw, ...]
    """Those with something to say."""
    others: tuple[tuple[str, str], ...]
    """By outcome, those that have no more to say."""
    missing: tuple[str, ...]
    """Every fact that would change it."""
    parties: tuple[ShownParty, ...]
    """As they were screened."""
    limits: tuple[str, ...]
    """How it stands with the lists and the law."""
    whole: str
    """The same, as the command line tells it."""


class ShownPayment(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one payment of a message."""

    state: str
    """Hold, or what was not found."""
    severity: str
    """As a finding has it."""
    named: str
    """Message, number and reference."""
    whole: str
    """All of it, as the command line tells it."""


class ShownMatch(msgspec.Struct, frozen=True, kw_only=True):
    """One resemblance."""

    score: str
    """With three digits."""
    name: str
    """The first name printed."""
    matched: str
    """The name that matched."""
    facts: Reasons
    """What the list says."""
    pairs: tuple[tuple[str, str, str], ...]
    """Word of the question, word of the list, and how alike; empty where the same."""
    apart: tuple[str, ...]
    """What only one of them has, and what lowered the score."""


class ShownName(msgspec.Struct, frozen=True, kw_only=True):
    """The answer about one name."""

    name: str
    """As given."""
    matches: tuple[ShownMatch, ...]
    """The best first."""
    more: int
    """How many more there are."""
    lists: tuple[str, ...]
    """What was compared."""
    limits: tuple[str, ...]
    """What limits the answer."""


def shown_verdict(body: bytes) -> ShownVerdict:
    """The answer to an act, from its bytes."""
    verdict = verdict_of(body)
    speaking = [one for one in verdict.results if _says_something(one)]
    return ShownVerdict(
        outcome=words.outcome_words(verdict.outcome),
        severity=_severity(verdict.outcome),
        laws=tuple(map(_law, speaking)),
        others=tuple(_others(one for one in verdict.results if not _says_something(one))),
        missing=tuple(dict.fromkeys(map(words.missing_words, verdict.missing))),
        parties=tuple(_parties(verdict)),
        limits=(
            *verdict.lists,
            f"catalogue {verdict.catalogue_sha256[:8]}, newest check "
            f"{verdict.catalogue_verified_on}",
        ),
        whole="\n".join(verdict_lines(verdict, Pen(has_colour=False), width=WIDTH)),
    )


def _says_something(result: Result) -> bool:
    return result.outcome.rank < Outcome.NOT_BOUND.rank


def _severity(outcome: Outcome) -> str:
    if outcome in words.STOPS:
        return "stop"
    return "look" if outcome.rank < Outcome.NOT_BOUND.rank else "quiet"


def _law(result: Result) -> ShownLaw:
    bearing = [one for one in result.findings if one.outcome.rank < Outcome.NOT_BOUND.rank]
    return ShownLaw(
        jurisdiction=words.jurisdiction_words(result.jurisdiction),
        outcome=words.outcome_words(result.outcome),
        severity=_severity(result.outcome),
        binds=words.binds_words(result),
        findings=tuple(map(_finding, merged(bearing))),
    )


def _finding(finding: Finding) -> ShownFinding:
    return ShownFinding(
        outcome=words.outcome_words(finding.outcome),
        severity=_severity(finding.outcome),
        title=finding.title,
        reasons=_labelled(
            {
                "law": [words.law_in_short(finding)] if finding.citation else [],
                "measure": [finding.measure] if "/" in finding.measure else [],
                "binds": map(words.nexus_in_short, finding.nexus),
                "who it may be": map(entry_words, finding.listed),
                "because": map(words.fact_words, finding.because),
                "ownership": [line for one in finding.ownership
                              for line in words.ownership_words(one)],
                "would change it": map(words.missing_words, finding.missing),
                "relief": [f"{one.title} ({one.citation})" for one in finding.reliefs],
                "duty": map(words.duty_words, finding.duties),
                "exposure": filter(None, [finding.exposure]),
                "note": filter(None, [finding.note]),
            }
        ),
    )  # fmt: skip


def _labelled(texts: dict[str, Iterable[str]]) -> Reasons:
    """Labels with their texts, those without any left out."""
    found = {label: tuple(dict.fromkeys(said)) for label, said in texts.items()}
    return tuple((label, said) for label, said in found.items() if said)


def _others(results: Iterable[Result]) -> Iterator[tuple[str, str]]:
    by_outcome: dict[Outcome, list[str]] = {}
    for one in results:
        by_outcome.setdefault(one.outcome, []).append(words.jurisdiction_words(one.jurisdiction))
    for outcome, whose in sorted(by_outcome.items(), key=lambda item: item[0].rank):
        yield words.outcome_words(outcome), ", ".join(whose)


def _parties(verdict: Verdict) -> Iterator[ShownParty]:
    for standing in verdict.parties:
        yield ShownParty(
            party=standing.party,
            screened=standing.screened,
            entries=tuple(map(entry_words, standing.listed)),
            otherwise=(
                *map(born_otherwise_words, standing.born_otherwise),
                *standing.limits,
                *filter(None, [standing.name_open]),
            ),
        )


def shown_name(answer: NameAnswer) -> ShownName:
    """The answer about a name."""
    return ShownName(
        name=answer.query.name,
        matches=tuple(map(_match, answer.matches)),
        more=answer.more,
        lists=tuple(map(_list_words, answer.coverage)),
        limits=tuple(map(finding_line, answer.findings)),
    )


def _match(match: FoundMatch) -> ShownMatch:
    listing = match.listing
    return ShownMatch(
        score=f"{match.score:.3f}",
        name=legible(listing.primary_name),
        matched=legible(match.alias.value),
        facts=_labelled(
            {
                "list": [f"{match.list}, published {match.version.published or 'day unknown'}"],
                "listing": [f"{listing.key}, {listing.schema.value}"],
                "listed": [listed_words(match)],
                "also on": listing.also_listed or (),
                "programmes": listing.programmes,
                "born": listing.birth_dates,
                "birth dates": [] if match.birth_evidence.value == "absent"
                else [f"{match.birth_evidence.value.replace('-', ' ')} with the one given"],
                "nationality": listing.nationalities,
            }
        ),
        pairs=() if match.explanation is None else tuple(_pairs(match.explanation)),
        apart=() if match.explanation is None else tuple(_apart(match.explanation)),
    )  # fmt: skip


def _pairs(explanation: Explanation) -> Iterator[tuple[str, str, str]]:
    for pair in explanation.pairs:
        is_same = pair.query == pair.listed
        how = f"{pair.similarity:.2f} by {pair.likeness.value.replace('-', ' ')}"
        yield pair.query, pair.listed, "" if is_same else how


def _apart(explanation: Explanation) -> Iterator[str]:
    if explanation.query_left:
        yield "only in the question: " + ", ".join(one.word for one in explanation.query_left)
    if explanation.listed_left:
        yield "only on the list: " + ", ".join(one.word for one in explanation.listed_left)
    for factor in explanation.lowered:
        yield f"lowered by {factor.reason.value.replace('-', ' ')}: × {factor.factor:.2f}"


def _list_words(one: ListCoverage) -> str:
    if one.version is None:
        return f"{one.list_id}: no version of that day is known"
    return f"{one.list_id}, published {one.version.published or 'on an unknown day'}"


def name_answer_of(body: bytes) -> NameAnswer:
    """The answer about a name, from its bytes."""
    return msgspec.json.decode(body, type=NameAnswer)


def shown_payments(body: bytes) -> tuple[ShownPayment, ...]:
    """The answers to payments, from their bytes."""
    return tuple(map(_payment, msgspec.json.decode(body, type=tuple[PaymentAnswer, ...])))


def _payment(answer: PaymentAnswer) -> ShownPayment:
    lines = answer_lines(answer, Pen(has_colour=False), width=WIDTH)
    return ShownPayment(
        state=HOLD if answer.hold else NOTHING_FOUND,
        severity="stop" if answer.hold else "quiet",
        named=f"{answer.message} {answer.number}, {answer.reference}",
        whole="\n".join(lines),
    )


def example_act() -> str:
    """An act to begin with, of invented parties."""
    parties = {
        "payer": {"name": "Beda Sample", "country": "DE"},
        "payer-bank": {"name": "Example Bank", "country": "DE"},
        "payee": {"name": "Ada Example", "country": "SY"},
    }
    lines = ["act: payment", "on: {today}", "asker: payer-bank", "parties:"]
    return "\n".join(lines + [f"  {key}: {json.dumps(one)}" for key, one in parties.items()])
