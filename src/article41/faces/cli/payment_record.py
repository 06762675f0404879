"""What a payment leaves on record: every text of it as it was read, and the answer."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import msgspec

from article41.casework.audit import Asked
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.message import Transaction
from article41.checks.payment.replies import replied
from article41.faces.cli.payment_answering import Answered
from article41.faces.recording import Recorder, versions_of_coverage

KIND = "payment"
REFERENCE_DIGITS = 11
"""Of a reply's own reference behind its day: together what a message of SWIFT holds."""
UNREAD_KIND = "payment-unread"
"""Of a message that cannot be read there is nothing to ask again."""


class HowAsked(msgspec.Struct, frozen=True, kw_only=True):
    """How payments are asked about."""

    asked_on: date
    """The day of asking."""
    day: date
    """The day on which they are carried out."""
    asker: str
    """On whose behalf."""
    jurisdictions: str
    """Whose answers come first, with commas between them."""
    known_at: datetime | None
    """The moment known; absent for the moment of asking."""
    threshold: float
    """Least score."""
    is_whole: bool
    """True for the whole verdict with each answer."""
    generation: str
    """The state of the store that the index was built from."""
    file: str = ""
    """What the answer calls the file."""


class MessagesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What the server was sent, as it goes on record: payments of messages, answered as one."""

    message: str
    """The messages, where they are UTF-8."""
    message_base64: str
    """The messages in base 64, where they are not."""
    asker: str
    """On whose behalf."""
    on: date
    """The day."""
    jurisdictions: tuple[str, ...]
    """Whose answers come first."""
    known_at: datetime | None
    """The moment known."""
    threshold: float
    """Least score."""
    is_whole: bool = False
    """True for the whole verdict with each answer."""
    with_replies: bool = False
    """True for what may be sent back of each payment that is held."""

    @property
    def body(self) -> bytes:
        """The messages."""
        return self.message.encode() or base64.b64decode(self.message_base64)


class UnreadMessages(MessagesAsked, frozen=True, kw_only=True):
    """The same of what could not be read."""

    file: str
    """What the answer calls it."""


def with_replies(
    answers: Iterable[PaymentAnswer],
    payments: Iterable[Transaction],
    sent: MessagesAsked,
    at: datetime,
) -> Iterator[PaymentAnswer]:
    """Answers with what may be sent back, the same each time that they are given again.

    Args:
        answers: To each payment.
        payments: The payments.
        sent: How they were asked about.
        at: When.
    """
    digest = hashlib.sha256(f"{at.isoformat()}\n".encode() + sent.body)
    for answer, payment in zip(answers, payments, strict=True):
        own = digest.copy()
        own.update(f"\n{payment.number}".encode())
        reference = f"{at:%y%j}{own.hexdigest()[:REFERENCE_DIGITS].upper()}"
        yield replied(answer, payment, own_reference=reference, at=at)


def payment_asked(recorder: Recorder, told: Answered, how: HowAsked, asked_at: datetime) -> Asked:
    """A payment and its answer as they go on record.

    Args:
        recorder: What writes.
        told: The payment as it was read, or why it could not be, and the answer.
        how: How it was asked about.
        asked_at: When.
    """
    asked, found = told.asked, told.answer
    is_read = isinstance(asked, Transaction)
    how = msgspec.structs.replace(how, file=found.file)
    return recorder.asked(
        KIND if is_read else UNREAD_KIND,
        question=msgspec.json.encode(asked if is_read else {"file": found.file}),
        answer=told.written,
        asked_at=asked_at,
        lists=versions_of_coverage(found.coverage),
        settings=msgspec.to_builtins(how),
        has_match=found.hold or bool(found.finds),
    )
