"""Payments of raw messages: each answered as `article41 payment screen --json` has it.

A message that cannot be read is refused, and that is on record: whoever sent it holds all of it.
"""

import base64
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from article41.checks.payment.answers import unread
from article41.checks.payment.reading import read_payments
from article41.checks.payment.writing import answer_json
from article41.faces.api.answering import LAW, Told
from article41.faces.api.holding import Opened
from article41.faces.api.questions import KNOWN_AT
from article41.faces.api.recording import Asker
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.payment_record import (
    UNREAD_KIND,
    MessagesAsked,
    UnreadMessages,
    with_replies,
)
from article41.faces.recording import versions_of
from article41.model.errors import MessageError

MESSAGE_TYPES = ("application/xml", "text/xml", "text/plain", "application/octet-stream")
"""What a body of messages may be; what it is its beginning tells."""
PAYMENT_PARAMETERS = {
    "asker": False,
    "on": False,
    "jurisdiction": True,
    "known_at": False,
    "threshold": False,
    "all": False,
    "replies": False,
}
PAYMENT_ELSEWHERE = {"as_of": "did you mean `on`? By its lists and its law payments are answered"}
SHORT_BYTES = 8_000
"""Of messages of few payments, as most are that come by themselves."""
NAME = "message"
"""What answers and errors call the body."""


class PaymentsAsked(NamedTuple):
    """A question about the payments of messages."""

    body: bytes
    """The messages."""
    asker: str
    """On whose behalf: a role or a BIC; the payer's bank, or who sent it, if empty."""
    day: date | None
    """The day on which they are carried out; today if absent."""
    jurisdictions: tuple[str, ...]
    """Whose answers come first."""
    known_at: datetime | None
    """The moment known."""
    threshold: float
    """Least score."""
    is_whole: bool = False
    """True for the whole verdict with each answer, in which the act is."""
    with_replies: bool = False
    """True for what may be sent back of each payment that is held."""

    @property
    def is_short(self) -> bool:
        """Whether it may be answered with others, which wait for it."""
        return len(self.body) <= SHORT_BYTES and self.known_at is None and not self.is_whole


def payments_told(asked: PaymentsAsked, opened: Opened, asker: Asker) -> Told:
    """Whether payments are to be held, and by what; a refusal if the messages cannot be read.

    Args:
        asked: The question.
        opened: The lists and the law.
        asker: Who asks, and when.

    Raises:
        SourceError: Nothing of any list was known at the moment.
    """
    day = asked.day or asker.asked_on
    coverage = opened.coverage(day, asked.known_at, asker.asked_on)
    refuse_early_moment(coverage, called=KNOWN_AT)
    settings = {**opened.settings, "asked_on": asker.asked_on.isoformat()}
    try:
        payments = list(read_payments(io.BytesIO(asked.body), name=NAME))
    except MessageError as error:
        entry = asker.asked(
            UNREAD_KIND,
            question=msgspec.json.encode(_unread(_question(asked, day))),
            answer=answer_json(unread(NAME, error)),
            lists={},
            settings=settings,
            has_match=True,
        )
        return Told((entry,), refusal=error)
    with LAW:
        checker = opened.payments(
            asked.threshold, day=day, known_at=asked.known_at, asked_on=asker.asked_on
        )
        answers = tuple(
            checker.answer_many(
                payments,
                file=NAME,
                asker=asked.asker,
                jurisdictions=asked.jurisdictions,
                is_whole=asked.is_whole,
            )
        )
    question = _question(asked, day)
    if asked.with_replies:
        answers = tuple(with_replies(answers, payments, question, asker.asked_at))
    entry = asker.asked(
        "payment",
        question=msgspec.json.encode(question),
        answer=b"[" + b",".join(map(answer_json, answers)) + b"]",
        lists=versions_of(coverage.lists),
        settings=settings,
        has_match=any(one.hold or one.finds for one in answers),
    )
    return Told((entry,), is_spread=True)


def payments_told_together(
    asked: Sequence[tuple[PaymentsAsked, Asker]], opened: Opened
) -> list[Told | Exception]:
    """The same of several questions; what is wrong with one is told to it alone.

    Args:
        asked: The questions, each with who asks it.
        opened: The lists and the law.
    """

    def told(question: PaymentsAsked, asker: Asker) -> Told | Exception:
        try:
            return payments_told(question, opened, asker)
        except Exception as error:  # noqa: BLE001 -- whoever asked is told
            return error

    return [told(question, asker) for question, asker in asked]


def _question(asked: PaymentsAsked, day: date) -> MessagesAsked:
    text, packed = "", ""
    try:
        text = asked.body.decode("utf-8")
    except UnicodeDecodeError:
        packed = base64.b64encode(asked.body).decode("ascii")
    return MessagesAsked(
        message=text,
        message_base64=packed,
        asker=asked.asker,
        on=day,
        jurisdictions=asked.jurisdictions,
        known_at=asked.known_at,
        threshold=asked.threshold,
        is_whole=asked.is_whole,
        with_replies=asked.with_replies,
    )


def _unread(asked: MessagesAsked) -> UnreadMessages:
    return UnreadMessages(**msgspec.structs.asdict(asked), file=NAME)
