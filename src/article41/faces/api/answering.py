"""Answers as bytes: what the command line writes with `--json`, by the lists as they are now.

Nothing here waits for the network; each function may take a thread of its own.
"""

import threading
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from article41.casework.audit import Asked, Receipt
from article41.checks.acts import Checker
from article41.checks.reading import ActFormat, each_act, oddities
from article41.checks.verdict_json import verdict_json
from article41.faces.api.holding import Opened
from article41.faces.api.questions import ACTS_MAX, KNOWN_AT, refuse
from article41.faces.api.recording import Asker, names_of
from article41.faces.cli.naming import refuse_early_moment
from article41.model.acts import Act
from article41.model.errors import ActError, MessageError, RequestError
from article41.model.verdicts import Verdict

_ENCODER = msgspec.json.Encoder()
LAW = threading.Lock()
"""Law is worked out by one thread at a time: it is Python, and several would only be slower."""


class Told(NamedTuple):
    """Answers to one request."""

    asked: tuple[Asked, ...]
    """Each question with its answer, as they go on record."""
    notes: tuple[str, ...] = ()
    """What is odd in the questions."""
    is_spread: bool = False
    """True if each answer is an array whose items are the answers of the response."""
    refusal: MessageError | None = None
    """What is raised once it is on record, in place of an answer."""


class ActsAsked(NamedTuple):
    """A question about acts."""

    acts: tuple[Act, ...]
    """In their order."""
    known_at: datetime | None
    """The moment known."""
    threshold: float
    """Least score."""


def read_acts_asked(
    body: bytes, format_: ActFormat | None, jurisdictions: Sequence[str]
) -> tuple[Act, ...]:
    """The acts of a body; if one cannot be read none is answered, and every fault is told.

    Args:
        body: Acts as `article41 check` reads them.
        format_: How they are written; told by their beginning if absent.
        jurisdictions: Whose answers come first, before those that an act asks for.

    Raises:
        ActError: An act cannot be read.
        RequestError: There are too many.
    """
    acts: list[Act] = []
    faults: list[tuple[int, ActError]] = []
    for at, one in enumerate(each_act(body, file="", format=format_)):
        if at >= ACTS_MAX:
            raise RequestError(
                f"there are more than {ACTS_MAX:,} acts", hint="ask in several requests"
            )
        if isinstance(one, ActError):
            faults.append((at, one))
            continue
        first = tuple(dict.fromkeys((*jurisdictions, *one.jurisdictions)))
        acts.append(msgspec.structs.replace(one, jurisdictions=first) if jurisdictions else one)
    refuse(_placed(faults, is_one=len(acts) + len(faults) == 1))
    return tuple(acts)


def _placed(faults: Sequence[tuple[int, ActError]], *, is_one: bool) -> list[ActError]:
    """Faults of acts, each with the place in the whole body."""
    if is_one:
        return [error for _, error in faults]
    return [
        ActError(
            error.message,
            hint=error.hint,
            line=error.line,
            path=f"[{at}].{error.path}" if error.path else f"[{at}]",
        )
        for at, error in faults
    ]


def acts_told(asked: ActsAsked, opened: Opened, asker: Asker) -> Told:
    """What the law says of acts, each as `check --json` has it.

    Args:
        asked: The question.
        opened: The lists and the law.
        asker: Who asks, and when.

    Raises:
        SourceError: Nothing of any list was known at the moment.
        ActError: An act names an entry that is on no list.
    """
    known_at, asked_on = asked.known_at, asker.asked_on
    coverages = {
        day: opened.coverage(day, known_at, asked_on) for day in {act.on for act in asked.acts}
    }
    refuse_early_moment(next(iter(coverages.values())), called=KNOWN_AT)
    checker = opened.checker(asked.threshold)
    with LAW:
        verdicts = _verdicts(asked, checker, asked_on)
    return Told(
        tuple(
            asker.check(verdict, verdict_json(verdict), state=opened.settings)
            for verdict in verdicts
        ),
        tuple(f"[{at}]: {oddity}" for at, act in enumerate(asked.acts) for oddity in oddities(act)),
    )


def _verdicts(asked: ActsAsked, checker: Checker, asked_on: date) -> tuple[Verdict, ...]:
    try:
        return tuple(checker.check_many(asked.acts, known_at=asked.known_at, asked_on=asked_on))
    except ActError:
        # One of them is at fault: each is asked by itself, so that it can be named.
        faults = list(_each_fault(asked, checker, asked_on))
        refuse(_placed(faults, is_one=len(asked.acts) == 1))
        raise


def _each_fault(
    asked: ActsAsked, checker: Checker, asked_on: date
) -> Iterator[tuple[int, ActError]]:
    for at, act in enumerate(asked.acts):
        try:
            checker.check(act, known_at=asked.known_at, asked_on=asked_on)
        except ActError as error:
            yield at, error


def response_of(told: Told, receipts: Sequence[Receipt], field: str) -> bytes:
    """Answers as they leave: each of them as the command line writes it, byte for byte.

    Args:
        told: The answers.
        receipts: What is handed back of each.
        field: What they are called in the response.
    """
    answers = [one.answer[1:-1] if told.is_spread else one.answer for one in told.asked]
    beside: dict[str, object] = {"records": names_of(receipts), "notes": told.notes}
    if any(one.disclosure for one in receipts):
        # The only copy: the record has a hash of it.
        beside["disclosures"] = [one.disclosure for one in receipts]
    return b"".join(
        (b'{"', field.encode("ascii"), b'":[', b",".join(answers), b"],",
         msgspec.json.encode(beside)[1:])
    )  # fmt: skip
