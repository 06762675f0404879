"""Real messages, whole: each payment that can be read is answered, and has its reply."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Transaction
from article41.checks.payment.reading import read_payments
from article41.checks.payment.replies import pending
from article41.model.errors import MessageError
from tests.checks.asked import PUBLISHED, Screened
from tests.checks.made import entry
from tests.checks.payment.test_replies import AT

FOLDERS = (
    "iso20022-bank-samples",
    "iso20022-cbpr",
    "iso20022-cbpr-rules",
    "iso20022-mx",
    "swift-mt",
)


@pytest.fixture
def screener(screened: Screened) -> Screener:
    return screened(entry("xa-main/1", "Quibbleworth Ada"))


def messages_in(folder: Path) -> Iterator[Transaction]:
    """Every payment in a folder that can be read."""
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        yield from _payments(file)


def _payments(file: Path) -> Iterator[Transaction]:
    with file.open("rb") as stream, suppress(MessageError):
        yield from read_payments(stream, name=file.name)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_payment_of_real_messages_is_answered(
    folder: str, shared: Path, screener: Screener
) -> None:
    checker = PaymentChecker(screener, Checker(screener), day=PUBLISHED, asked_on=PUBLISHED)
    files = sorted((shared / "data" / "payments" / folder).iterdir())

    assert files
    for file in files:
        payments = list(_payments(file))
        answers = list(checker.answer_many(payments, file=file.name))
        assert len(answers) == len(payments)
        assert all(answer.asker and answer.coverage for answer in answers)
        for payment in payments:
            reply = pending(payment, own_reference="A41-1", at=AT)
            assert reply is None or "PDNG" in reply.text or "ACSP/G002" in reply.text
