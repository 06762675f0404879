"""Reads payment messages of any format, told by their first bytes."""

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from article41.checks.payment.iso20022 import read_iso20022
from article41.checks.payment.message import Transaction
from article41.checks.payment.swift_mt import read_swift_mt
from article41.model.errors import MessageError

BEGINNING = 4_096
"""Bytes that are looked at to tell a format."""
_BLANK = b" \t\r\n\x00\x01\x03$\xef\xbb\xbf\xff\xfe"
"""What may stand before a message: blanks, marks of byte order, what parts messages of a file."""


def read_payments(source: BinaryIO, *, name: str) -> Iterator[Transaction]:
    """Yield the transactions of the messages in a file, as they are read.

    Args:
        source: The bytes.
        name: What errors call the file.

    Raises:
        MessageError: It is no payment message, or one that cannot be read; what was yielded
            before stands.

    Example:
        >>> list(read_payments(io.BytesIO(b""), name="a.xml"))
        Traceback (most recent call last):
        article41.model.errors.MessageError: a.xml: there is nothing in it
    """
    # Any: what has `peek` is as good as a buffered reader, whatever its class.
    stream = source if hasattr(source, "peek") else io.BufferedReader(cast("io.RawIOBase", source))
    head = cast("io.BufferedReader", stream).peek(BEGINNING)[:BEGINNING].lstrip(_BLANK)
    if head.startswith(b"<"):
        yield from read_iso20022(stream, name=name)
    elif head.startswith(b"{"):
        yield from read_swift_mt(stream, name=name)
    elif head:
        raise MessageError(
            "this is no payment message: neither XML nor a SWIFT MT message",
            hint="give ISO 20022 (`<`) or SWIFT MT (`{1:`)",
            file=name,
        )
    else:
        raise MessageError(
            "there is nothing in it", hint="give a payment message in ISO 20022 or SWIFT MT",
            file=name,
        )  # fmt: skip
