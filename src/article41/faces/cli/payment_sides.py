"""Who pays whom, and what, in a few words: so that people know which payment an answer is about."""

import base64
import io
from collections.abc import Iterator
from itertools import islice

import msgspec

from article41.checks.payment.message import Means, Text, Transaction
from article41.checks.payment.reading import read_payments
from article41.model.errors import Article41Error


class _Sent(msgspec.Struct):
    message: str
    message_base64: str


def payments_sent(question: bytes, count: int) -> Iterator[Transaction]:
    """The first payments of messages as the record has them; none if they cannot be read any more.

    Args:
        question: As it is on record of what the server was sent.
        count: How many at most.
    """
    sent = msgspec.json.decode(question, type=_Sent)
    body = sent.message.encode() or base64.b64decode(sent.message_base64)
    try:
        yield from islice(read_payments(io.BytesIO(body), name=""), count)
    except Article41Error:
        return


def sides_words(payment: Transaction) -> str:
    """From whom to whom it goes, by name or else by BIC; empty if it says neither.

    Example:
        >>> name = Text(path="Dbtr/Nm", value="Ada Example", means=Means.NAME, of="payer")
        >>> sides_words(Transaction(message="pacs.008.001.08", number=1, texts=(name,)))
        'Ada Example to unnamed'
    """
    payer, payee = (_side(payment, role) for role in ("payer", "payee"))
    return f"{payer or 'unnamed'} to {payee or 'unnamed'}" if payer or payee else ""


def money_words(payment: Transaction) -> str:
    """How much moves, and on which day; empty if the message says neither.

    Example:
        >>> money = Text(path="IntrBkSttlmAmt", value="12100.50", means=Means.AMOUNT, unit="EUR")
        >>> money_words(Transaction(message="pacs.008.001.08", number=1, texts=(money,)))
        '12,100.50 EUR'
    """
    amount, day = _first(payment, Means.AMOUNT), _first(payment, Means.DATE)
    money = f"{_grouped(amount.value)} {amount.unit}".strip() if amount else ""
    return ", ".join(filter(None, (money, day.value if day else "")))


def _grouped(figure: str) -> str:
    """A figure with commas between thousands, and all of its decimals."""
    whole, point, rest = figure.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdecimal() and whole.isascii() else figure


def _side(payment: Transaction, role: str) -> str:
    said = {text.means: text.value for text in reversed(payment.texts) if text.of == role}
    return said.get(Means.NAME) or said.get(Means.BIC) or ""


def _first(payment: Transaction, means: Means) -> Text | None:
    return next((one for one in payment.texts if one.means is means and not one.of), None)
