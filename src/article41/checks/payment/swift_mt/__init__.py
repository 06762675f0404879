"""SWIFT MT messages: blocks and fields read to the last text, or refused with their place.

What is read. Files of one message or of many: one after another, between the `$` of RJE, or in
DOS-PCC sectors; lines end with a line feed, with or without a carriage return. Blocks 3 and 5 and
those with a letter may be missing, 1, 2 and 4 may not: without headers nobody knows the kind of a
message and its banks. A text of block 4 ends at a line that begins with `-}` and nowhere else; the
same signs within a line are text. Every kind of message is read, 103, 202 with its cover, 199 and
700 with all their fields. A message is one transaction, but for kinds that order several payments
(101, 102, 104, 107, 110, 201, 203, 210); they are numbered through the file.

What is kept. Every text, by block, tag and line. Lines that belong together are listed as one text
as well, with a blank and, behind a full line, without one: names and words run on over the ends of
lines. A tag that no table has, and a code in a form that it cannot have, are unmapped. Characters
that SWIFT does not know are kept if they are UTF-8, for lists have names in every script. Up to
sixteen signs behind a message that are neither letters nor digits are unmapped text (`end`).

What is refused. A message that is cut, a block or a field that is there twice and may not be,
blocks out of order, lines that begin with a colon and no tag, another message within a text,
words between messages, bytes that are not UTF-8, control characters, an MT103, 202 or 700 without
parties or amount, lines and fields beyond any size. Transactions before the fault have been given
by then: who acts on them waits for the end of the file.
"""

from collections.abc import Iterator
from typing import BinaryIO

from article41.checks.payment.message import Transaction
from article41.checks.payment.swift_mt.framing import frames
from article41.checks.payment.swift_mt.reading import read_message


def read_swift_mt(source: BinaryIO, *, name: str) -> Iterator[Transaction]:
    r"""Yield the transactions of a file of SWIFT MT messages, holding two messages at most.

    Args:
        source: The bytes.
        name: How errors call the file.

    Raises:
        MessageError: A message is not whole or not one; with line, block and field.

    Example:
        >>> from io import BytesIO
        >>> word = b"{1:F01EXAMXAXXAXXX0000000000}{2:I199EXAMXBXXXXXXN}{4:\n:20:A\n:79:HELLO\n-}"
        >>> [one.message for one in read_swift_mt(BytesIO(word), name="word.fin")]
        ['MT199']
    """
    number = 1
    for frame in frames(source, name=name):
        transactions = read_message(frame, name=name, number=number)
        yield from transactions
        number += len(transactions)
