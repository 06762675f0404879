"""An entry of the record in a line: who was asked about, and what was answered.

The kind of the entry decides, and not who wrote it: command, server and page are told alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from article41.faces.cli.rendering import counted
from article41.model.measures import Outcome

if TYPE_CHECKING:
    from article41.checks.payment.message import Transaction

_ASKED_MAX = 100
"""Characters of who or what was asked about; the rest is in the entry."""
_NAMED_MAX = 3
"""So many payments of several, or parties of an act, are named."""


def recorded_words(kind: str, question: bytes | None, answer: bytes | None) -> str:
    """Who was asked about and what came of it; empty if this release cannot read it.

    Args:
        kind: Of the entry.
        question: As JSON; absent if it is withheld.
        answer: As JSON.

    Example:
        >>> recorded_words("match", b'{"name": "Ada Example"}', b'{"matches": [], "more": 2}')
        'Ada Example: 2 resemblances'
    """
    words = _WORDS_BY_KIND.get(kind)
    if words is None or not question or not answer:
        return ""
    try:
        asked, found = words(question, answer)
    except (msgspec.DecodeError, ValueError):
        return ""  # Of another release; the entry itself can be shown whole.
    cut = asked if len(asked) <= _ASKED_MAX else f"{asked[:_ASKED_MAX]}..."
    return f"{cut}: {found}"


class _Named(msgspec.Struct):
    name: str = ""


class _Act(msgspec.Struct):
    act: str
    on: str = ""
    id: str = ""
    parties: tuple[_Named, ...] = ()


class _Answered(msgspec.Struct):
    outcome: Outcome
    hold: bool = False
    number: int = 0
    reference: str = ""
    fault: Mapping[str, str | int] | None = None


class _Resembled(msgspec.Struct):
    matches: tuple[msgspec.Raw, ...]
    more: int = 0


class _File(msgspec.Struct):
    file: str


class _Rows(msgspec.Struct):
    rows: int
    rows_with_matches: int


class _Customers(msgspec.Struct):
    customers: int
    since: str | None = None


class _Figures(msgspec.Struct):
    new: int
    changed: int
    released: int


class _Screened(msgspec.Struct):
    run: _Figures | None = None
    report: _Figures | None = None


def _match(question: bytes, answer: bytes) -> tuple[str, str]:
    found = msgspec.json.decode(answer, type=_Resembled)
    named = msgspec.json.decode(question, type=_Named)
    return named.name, counted(len(found.matches) + found.more, "resemblance")


def _check(question: bytes, answer: bytes) -> tuple[str, str]:
    act = msgspec.json.decode(question, type=_Act)
    names = [one.name for one in act.parties if one.name]
    what = " ".join(filter(None, (f"{act.act} of {act.on}", act.id)))
    asked = ", ".join((what, *_first(names)))
    return asked, _outcome(msgspec.json.decode(answer, type=_Answered).outcome)


def _payment(question: bytes, answer: bytes) -> tuple[str, str]:
    """One payment as the command asks of it, or all of the messages that the server was sent."""
    from article41.checks.payment.message import Transaction
    from article41.faces.cli.payment_sides import payments_sent, sides_words

    if not answer.startswith(b"["):
        payment = msgspec.json.decode(question, type=Transaction)
        return _called(payment), _held([msgspec.json.decode(answer, type=_Answered)])
    answers = msgspec.json.decode(answer, type=tuple[_Answered, ...])
    payments = list(payments_sent(question, _NAMED_MAX))
    if len(answers) == 1 and payments:
        return _called(payments[0]), _held(answers)
    sides = dict.fromkeys(filter(None, map(sides_words, payments)))
    return ", ".join((counted(len(answers), "payment"), *sides)), _held(answers)


def _called(payment: "Transaction") -> str:
    """How a payment is called, and from whom to whom it goes."""
    from article41.faces.cli.payment_sides import sides_words

    called = payment.reference or f"payment {payment.number}"
    return ", ".join(filter(None, (called, sides_words(payment))))


def _held(answers: Sequence[_Answered]) -> str:
    """Whether payments are held, and the most severe outcome."""
    if not answers:
        return "no payment"
    worst = _outcome(min((one.outcome for one in answers), key=lambda one: one.rank))
    held = sum(one.hold for one in answers)
    if not held:
        return worst
    return f"hold, {worst}" if len(answers) == 1 else f"{held:,} held, {worst}"


def _unread(question: bytes, answer: bytes) -> tuple[str, str]:
    found = msgspec.json.decode(answer, type=_Answered)
    why = (found.fault or {}).get("message", "it cannot be read")
    return msgspec.json.decode(question, type=_File).file, f"hold, {why}"


def _screen(question: bytes, answer: bytes) -> tuple[str, str]:
    found = msgspec.json.decode(answer, type=_Rows)
    resembling = f"{found.rows_with_matches:,} of {counted(found.rows, 'row')} with resemblances"
    return msgspec.json.decode(question, type=_File).file, resembling


def _customers(question: bytes, answer: bytes) -> tuple[str, str]:
    found = msgspec.json.decode(answer, type=_Screened)
    figures = found.run or found.report
    if figures is None:
        raise ValueError("no figures")
    came = f"{figures.new:,} new, {figures.changed:,} changed, {figures.released:,} released"
    return _asked_customers(question), came


def _asked_customers(question: bytes) -> str:
    asked = msgspec.json.decode(question, type=_Customers)
    then = "the last run" if asked.since == "last" else asked.since
    since = f", by what changed since {then}" if then else ""
    return f"{counted(asked.customers, 'customer')}{since}"


def _first(names: Sequence[str]) -> Iterator[str]:
    yield from names[:_NAMED_MAX]
    if len(names) > _NAMED_MAX:
        yield f"and {len(names) - _NAMED_MAX:,} more"


def _outcome(outcome: Outcome) -> str:
    return outcome.value.replace("-", " ")


_BEGUN = "the question alone, before its answer"
_WORDS_BY_KIND: Mapping[str, Callable[[bytes, bytes], tuple[str, str]]] = {
    "match": _match,
    "check": _check,
    "payment": _payment,
    "payment-unread": _unread,
    "screen": _screen,
    "screen-begun": lambda question, _: (msgspec.json.decode(question, type=_File).file, _BEGUN),
    "screen-customers": _customers,
    "screen-customers-begun": lambda question, _: (_asked_customers(question), _BEGUN),
}
