"""Who sends and who gets a message, by the texts of its envelope."""

import re
from collections.abc import Iterable

from article41.checks.payment.message import Means, Text

_FROM = ("AppHdr/Fr/", "/InstgAgt/")
_TO = ("AppHdr/To/", "/InstdAgt/")
_MT = re.compile(r"[12]:terminal")
_GIVEN_OUT = re.compile(r"O\d{3}")
"""Block 2 of a message as SWIFT gives it out: its terminal is the sender's."""


def is_of_envelope(text: Text) -> bool:
    """True of a text that says who sends or gets the message, not who takes part in the payment.

    Example:
        >>> is_of_envelope(Text(path="AppHdr/Fr/FIId/BICFI", value="EXAMXAXX", means=Means.BIC))
        True
    """
    path = f"/{text.path}"
    return _MT.fullmatch(text.path) is not None or any(one in path for one in (*_FROM, *_TO))


def sender_of(texts: Iterable[Text]) -> Text | None:
    """The text that names who sent the message, by BIC or by name; none if no text does."""
    return _end(tuple(texts), _FROM, is_sender=True)


def receiver_of(texts: Iterable[Text]) -> Text | None:
    """The text that names to whom it was sent; none if no text does."""
    return _end(tuple(texts), _TO, is_sender=False)


def _end(texts: tuple[Text, ...], marks: tuple[str, ...], *, is_sender: bool) -> Text | None:
    is_given_out = any(
        one.path == "2:service" and _GIVEN_OUT.match(one.value) is not None for one in texts
    )
    block = "2:terminal" if is_given_out is is_sender else "1:terminal"
    for means in (Means.BIC, Means.NAME):
        for one in texts:
            is_there = one.path == block or any(mark in f"/{one.path}" for mark in marks)
            if one.means is means and is_there:
                return one
    return None
