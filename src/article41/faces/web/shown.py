"""Answers about names and payments as a page shows them, in the words of the command line.

What would make the page too long is named, and stands in the whole answer a link away.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest

import msgspec

from article41.checks import Coverage
from article41.checks.held import list_words
from article41.checks.payment.answers import PaymentAnswer, PaymentReason
from article41.checks.payment.message import Transaction
from article41.faces.cli.answers import FoundMatch, NameAnswer
from article41.faces.cli.entry_words import RESEMBLANCES_SHOWN
from article41.faces.cli.list_coverage import alike_told, limits_told
from article41.faces.cli.payment_sides import money_words, payments_sent, sides_words
from article41.faces.cli.payment_words import (
    HOLD,
    NOTHING_FOUND,
    REASONS_SHOWN,
    answer_line,
    asked_words,
    fault_told,
    find_asks,
    find_words,
    reason_told,
    rest_told,
)
from article41.faces.cli.rendering import listed_words
from article41.faces.cli.verdict_words import STOPS, jurisdiction_words, next_words, outcome_words
from article41.faces.cli.writing import Pen
from article41.match import Explanation, ListCoverage
from article41.model.letters import legible
from article41.model.measures import Outcome

WIDTH = 96
"""Characters of a line of a text."""
BYTES_MAX = 40_000
"""Text of the answers that are told; of those after it each is named in a line."""
ACTS_BYTES_MAX = 20_000
"""Text of the acts by which questions of payments can be answered."""
LINES_MAX = 100
"""Answers that are named in a line; of those after them the number is told."""
READ_MAX = 2_000
"""Payments of which it is told who pays whom."""
FINDS_TOLD = 20
"""What stands in the texts of one payment; of what comes after it the number is told."""
MATCHES_TOLD = 20
"""Resemblances that are told on one page; those after them are named in a line."""
Reasons = tuple[tuple[str, tuple[str, ...]], ...]
"""Each label with its texts."""
_PLAIN = Pen(has_colour=False)


class ShownReason(msgspec.Struct, frozen=True, kw_only=True):
    """One measure, or one open question, by which a payment is held."""

    outcome: str
    """In capital letters."""
    severity: str
    """`stop`, `look` or `quiet`; colour goes by it, and the word says it without."""
    title: str
    """Whose law, and what it does."""
    told: Reasons
    """Which provision, which entries, and what is asked."""


class ShownPayment(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one payment of a message."""

    state: str
    """Hold and by what, or what was not found."""
    severity: str
    """As a reason has it."""
    next: str
    """What follows from it."""
    named: str
    """Message, number and reference."""
    moves: str
    """Who pays whom, and what; empty if it is not known any more."""
    asked: str
    """For whom, and by the lists and the law of which day."""
    fault: Reasons
    """Why it was not answered."""
    reasons: tuple[ShownReason, ...]
    """What holds it, the most severe first."""
    more: int
    """How many more reasons there are."""
    finds: tuple[str, ...]
    """What stands in its texts."""
    rest: Reasons
    """What it takes for granted."""
    act: str
    """The same as an act in words, by which its questions can be answered; empty if too long."""


class ShownPayments(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to the payments of a file."""

    held: int
    """How many are held."""
    count: int
    """How many there are."""
    told: tuple[ShownPayment, ...]
    """With their reasons."""
    named: tuple[str, ...]
    """Those after them, a line each."""
    more: int
    """How many more there are."""
    limits: tuple[str, ...]
    """What limits the lists of all answers."""


class ShownMatch(msgspec.Struct, frozen=True, kw_only=True):
    """One resemblance."""

    score: str
    """With three digits."""
    name: str
    """The first name printed."""
    matched: str
    """The name that matched."""
    key: str
    """List and number."""
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
    named: tuple[ShownMatch, ...]
    """Those after them, of which less is told."""
    more: int
    """How many more there are."""
    count: int
    """How many there are in all."""
    best: str
    """The highest score; empty if nobody resembles it."""
    lists: tuple[str, ...]
    """What was compared."""
    limits: tuple[str, ...]
    """What limits the answer."""


def severity(outcome: Outcome) -> str:
    """How an outcome is seen: `stop`, `look` or `quiet`."""
    if outcome in STOPS:
        return "stop"
    return "look" if outcome.rank < Outcome.NOT_BOUND.rank else "quiet"


def labelled(texts: Mapping[str, Iterable[str]]) -> Reasons:
    """Labels with their texts, legible; those without any left out."""
    found = {
        label: tuple(dict.fromkeys(legible(" ".join(one.split())) for one in said if one))
        for label, said in texts.items()
    }
    return tuple((label, said) for label, said in found.items() if said)


def shown_name(answer: NameAnswer, *, first: int = 0) -> ShownName:
    """The answer about a name.

    Args:
        answer: The answer.
        first: Which resemblance is the first that is told.
    """
    matches = answer.matches[first:]
    return ShownName(
        name=answer.query.name,
        matches=tuple(map(_match, matches[:MATCHES_TOLD])),
        named=tuple(map(_match, matches[MATCHES_TOLD:])),
        more=answer.more,
        count=len(answer.matches) + answer.more,
        best=f"{answer.matches[0].score:.3f}" if answer.matches else "",
        lists=tuple(map(_list_words, answer.coverage)),
        limits=tuple(limits_told(_coverage_of(answer))),
    )


def _coverage_of(answer: NameAnswer) -> Coverage:
    return Coverage(
        as_of=answer.query.as_of,
        known_at=answer.query.known_at,
        lists=answer.coverage,
        findings=answer.findings,
        scorer=answer.scorer,
    )


def _match(match: FoundMatch) -> ShownMatch:
    listing = match.listing
    return ShownMatch(
        score=f"{match.score:.3f}",
        name=legible(listing.primary_name),
        matched=legible(match.alias.value),
        key=listing.key,
        facts=labelled(
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


def shown_payments(
    body: bytes, question: bytes, *, act_text: Callable[[Transaction, date], str]
) -> ShownPayments:
    """The answers to payments, from their bytes; those that are held first.

    Args:
        body: The answers.
        question: The messages as they are on record.
        act_text: Writes a payment of a day as an act.
    """
    asked = payments_sent(question, READ_MAX)
    paired = zip_longest(payment_answers_of(body), asked)
    answers = sorted(
        ((one, payment) for one, payment in paired if one is not None),
        key=lambda pair: not pair[0].hold,
    )
    told: list[ShownPayment] = []
    left, left_of_acts = BYTES_MAX, ACTS_BYTES_MAX
    for answer, payment in answers:
        shown = _payment(answer, payment)
        left -= len(msgspec.json.encode(shown))
        if left < 0 and told:
            break
        if answer.hold and answer.on is not None and payment is not None:
            text = act_text(payment, answer.on)
            left_of_acts -= len(text.encode())
            if left_of_acts >= 0:
                shown = msgspec.structs.replace(shown, act=text)
        told.append(shown)
    rest = answers[len(told) :]
    return ShownPayments(
        held=sum(one.hold for one, _ in answers),
        count=len(answers),
        told=tuple(told),
        named=tuple(answer_line(one, _PLAIN, width=2 * WIDTH) for one, _ in rest[:LINES_MAX]),
        more=len(rest[LINES_MAX:]),
        limits=tuple(_limits(answers[0][0])) if answers else (),
    )


def payment_answers_of(body: bytes) -> tuple[PaymentAnswer, ...]:
    """The answers to payments, from their bytes."""
    return msgspec.json.decode(body, type=tuple[PaymentAnswer, ...])


def _limits(answer: PaymentAnswer) -> Iterator[str]:
    """What limits the lists, which are the same for all payments of a question."""
    coverage = msgspec.json.decode(bytes(answer.coverage), type=Coverage | None)
    found = set() if coverage is None else set(map(list_words, coverage.findings))
    yield from () if coverage is None else limits_told(coverage)
    yield from alike_told(one for one in answer.lists if one not in found)


def _payment(answer: PaymentAnswer, payment: Transaction | None) -> ShownPayment:
    finds = [
        legible("; ".join([find_words(one), *find_asks(one, questions_max=1)]))
        for one in answer.finds
    ]
    more_finds = len(finds) - FINDS_TOLD
    return ShownPayment(
        state=f"{HOLD}: {outcome_words(answer.outcome)}" if answer.hold else NOTHING_FOUND,
        severity="stop" if answer.hold else "quiet",
        next=next_words(answer.outcome),
        named=legible(f"{answer.message} {answer.number}, {answer.reference}"),
        moves="" if payment is None else legible(_moves(payment)),
        asked=legible(asked_words(answer)) if answer.asker else "",
        fault=labelled(fault_told(answer)),
        reasons=tuple(map(_reason, answer.reasons[:REASONS_SHOWN])),
        more=len(answer.reasons[REASONS_SHOWN:]),
        finds=(*finds[:FINDS_TOLD], *([f"and {more_finds:,} more"] if more_finds > 0 else ())),
        rest=labelled(rest_told(answer, told_once=answer.lists)),
        act="",
    )


def _moves(payment: Transaction) -> str:
    return ": ".join(filter(None, (sides_words(payment), money_words(payment))))


def _reason(reason: PaymentReason) -> ShownReason:
    told = reason_told(reason, entries_max=RESEMBLANCES_SHOWN, questions_max=RESEMBLANCES_SHOWN)
    return ShownReason(
        outcome=outcome_words(reason.outcome),
        severity=severity(reason.outcome),
        title=legible(f"{jurisdiction_words(reason.jurisdiction)}: {reason.title}"),
        told=labelled(told),
    )
