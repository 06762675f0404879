"""Hands the bytes of a message to the parser.

It refuses what no message is: too much of it, and bytes of another encoding than the declared one.
"""

import codecs
import re
from typing import BinaryIO

from article41.checks.payment.iso20022.faults import refusal

FILE_BYTES_MAX = 2**31
"""Longest file read."""
TRANSACTION_BYTES_MAX = 4 * 2**20
"""Longest stretch without the end of a transaction, and longest message read as one."""
CHUNK_BYTES = 65_536
"""Bytes that are read at a time."""
UTF_8 = "utf-8"
"""How messages are written, unless they declare otherwise."""
_NO_LETTERS = re.compile(rb"[\x80-\x9f]")
"""Bytes that mean letters in Windows alone."""
_WIDE = ("utf-16le", "utf-16be")


class Feed:
    """What the parser reads from.

    Args:
        source: The bytes, from where they stand.
        encoding: As declared.
        file: As the caller named it.
    """

    def __init__(self, source: BinaryIO, *, encoding: str, file: str) -> None:
        """Begin at the first byte."""
        self._source = source
        self._encoding = encoding
        self._file = file
        self._bytes = 0
        self._bytes_at_mark = 0
        self._lines = 1
        self._utf_8 = None if encoding in {UTF_8, *_WIDE} else _utf_8()
        self._has_utf_8 = False
        self._stray_byte: int | None = None

    def mark(self) -> None:
        """Say that a transaction has ended."""
        self._bytes_at_mark = self._bytes

    def read(self, _size: int = 0) -> bytes:
        """The next bytes; none at the end.

        Raises:
            MessageError: A limit is passed, or the bytes are not of the declared encoding.
        """
        chunk = self._source.read(CHUNK_BYTES)
        if self._encoding not in _WIDE and b"\0" in chunk:
            line = self._lines + chunk[: chunk.index(b"\0")].count(b"\n")
            raise refusal("a NUL byte in the text", file=self._file, line=line)
        self._bytes += len(chunk)
        self._lines += chunk.count(b"\n")
        self._look_for_utf_8(chunk)
        self._look_for_windows(chunk)
        if self._bytes > FILE_BYTES_MAX:
            raise refusal(f"longer than {FILE_BYTES_MAX:,} bytes", file=self._file)
        if self._bytes - self._bytes_at_mark > TRANSACTION_BYTES_MAX:
            raise refusal(
                f"no transaction ends within {TRANSACTION_BYTES_MAX:,} bytes",
                file=self._file,
                line=self._lines,
            )
        return chunk

    def _look_for_utf_8(self, chunk: bytes) -> None:
        """Refuse UTF-8 that is declared as something else: each name in it would be another one."""
        if self._utf_8 is None:
            return
        try:
            text = self._utf_8.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            self._utf_8 = None
            return
        self._has_utf_8 = self._has_utf_8 or not text.isascii()
        if not chunk and self._has_utf_8:
            raise refusal(
                f"declared as `{self._encoding}` but written in UTF-8",
                file=self._file,
                line=1,
                hint="declare the encoding in which it is written, and send it again",
            )

    def _look_for_windows(self, chunk: bytes) -> None:
        """Refuse bytes that the declared encoding has no letter for."""
        if not self._encoding.startswith("iso-8859"):
            return
        if self._stray_byte is None and (found := _NO_LETTERS.search(chunk)):
            self._stray_byte = found[0][0]
        # Until it is known to be no UTF-8, it may be that, and is told so at the end.
        if self._stray_byte is not None and self._utf_8 is None:
            raise refusal(
                f"declared as `{self._encoding}`, which has no letter"
                f" for the byte {self._stray_byte:#04x}",
                file=self._file,
                hint="declare the encoding in which it is written (windows-1252?)",
            )


def _utf_8() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(UTF_8)()
