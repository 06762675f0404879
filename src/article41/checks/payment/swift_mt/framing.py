"""Where each message of a file begins and ends, and which blocks it has.

Knows braces, lines and what stands between messages, and not what a field says. It refuses, with
the line, what is cut, what is out of place and what is larger than any message.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

import msgspec

from article41.model.errors import MessageError

LINE_BYTES_MAX = 16_384
"""A line, with its end; padding between messages has lines of its own."""
BLOCK_LINES_MAX = 64
"""A block between braces; those of FIN have one."""
MESSAGE_BYTES_MAX = 1_048_576
"""A message of FIN has 10,000 characters; statements that travel by file have more."""
STRAY_MAX = 16
"""So many signs may stand behind a message that belong to nothing."""
BETWEEN = " \t\r\n$\x01\x03\x1a\x00"
"""What files put between messages: the `$` of RJE, marks and padding of DOS-PCC."""
ORDER = "12345"
"""Blocks that FIN knows, in their order; blocks with a letter come behind them."""
_BLOCK = re.compile(r"\{([0-9A-Z]):([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_TEXT = re.compile(r"\{4:[ \t]*\r*\n")
_LONE_BRACE = re.compile(r"\{[ \t]*\r*\n")
_NO_SIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?![\r\n])")
_LOST_END = re.compile(r"\{1:|^[ \t]*\$[ \t]*$", re.MULTILINE)
_SAID = re.compile(r"[^\W_]|[^\x00-\x7f]")


class Block(msgspec.Struct, frozen=True, gc=False):
    """A block that stands between its braces: every block but the text."""

    id: str
    """Its sign: a figure or a letter."""
    content: str
    """What stands behind the colon."""
    line: int
    """Where it begins."""


class Frame(msgspec.Struct):
    """One message, cut into its blocks."""

    line: int
    """Where it begins."""
    blocks: dict[str, Block] = {}
    """All blocks but a text of lines, by their sign."""
    text: list[str] | None = None
    """The lines of block 4, without their ends; none if it is no text of lines."""
    text_line: int = 0
    """Line of the first of them."""
    stray: list[tuple[int, str]] = []
    """Signs behind the message that belong to nothing, with their lines."""
    size: int = 0
    """Bytes so far."""


def frames(source: BinaryIO, *, name: str) -> Iterator[Frame]:
    """Yield the messages of a file one by one; no more than two of them are held at once.

    Raises:
        MessageError: The file ends within a message, or holds something that is none.
    """
    return _Framer(source, name).frames()


def refuse(message: str, *, hint: str, name: str, line: int, path: str = "") -> NoReturn:
    """Raise the error that all parts of this reader raise."""
    raise MessageError(message, hint=hint, file=name, line=line, path=path)


class _Framer:
    def __init__(self, source: BinaryIO, name: str) -> None:
        self._source = source
        self._name = name
        self._line = 0
        self._rest = ""
        self._rest_line = 1
        self._frame: Frame | None = None

    def frames(self) -> Iterator[Frame]:
        found = False
        while True:
            self._skip()
            if not self._rest:
                if not self._more():
                    break
                continue
            if self._rest[0] != "{" or _LONE_BRACE.match(self._rest):
                self._stray()
                continue
            if (text := _TEXT.match(self._rest)) is not None:
                self._read_text(text.end())
                continue
            if (block := _BLOCK.match(self._rest)) is None:
                self._await_block()
                continue
            if block[1] == "1":
                if self._frame is not None:
                    found = True
                    yield self._whole(self._frame)
                self._frame = Frame(line=self._rest_line)
            self._add(block)
        if self._frame is not None:
            yield self._whole(self._frame)
        elif not found:
            self._refuse(
                "no message in it",
                hint="give a file of SWIFT messages, each with its blocks `{1:` to `{4:`",
            )

    def _refuse(self, message: str, *, hint: str, line: int = 0, path: str = "") -> NoReturn:
        refuse(message, hint=hint, name=self._name, line=line or self._rest_line, path=path)

    def _next_line(self) -> str | None:
        """The next line with its end; none at the end of the file."""
        raw = self._source.readline(LINE_BYTES_MAX + 1)
        if not raw:
            return None
        self._line += 1
        if len(raw) > LINE_BYTES_MAX:
            self._refuse(
                f"a line of more than {LINE_BYTES_MAX} bytes",
                hint="give the messages as they were sent, each field on lines of its own",
                line=self._line,
            )
        if self._line == 1 and raw.startswith(b"\xef\xbb\xbf"):
            raw = raw[3:]
        try:
            line = raw.decode()
        except UnicodeDecodeError as error:
            place = error.start + 1
            reason = f"byte {place} of the line, 0x{raw[error.start]:02x}, is not UTF-8"
            self._refuse(
                reason,
                hint="SWIFT's own characters are ASCII: send the message in them, or in UTF-8",
                line=self._line,
            )
        if self._frame is not None:
            self._frame.size += len(raw)
            if self._frame.size > MESSAGE_BYTES_MAX:
                self._refuse(
                    f"a message of more than {MESSAGE_BYTES_MAX} bytes",
                    hint="no message of SWIFT is so long: look for a missing `-}` before it",
                    line=self._frame.line,
                )
        return line

    def _more(self) -> bool:
        """Take the next line for what stands between braces; false at the end of the file."""
        line = self._next_line()
        if line is None:
            return False
        if not self._rest:
            self._rest_line = self._line
        self._rest += line
        return True

    def _skip(self) -> None:
        """Leave out what files put between messages and between blocks."""
        kept = self._rest.lstrip(BETWEEN)
        if len(kept) != len(self._rest):
            gone = self._rest[: len(self._rest) - len(kept)]
            self._rest_line += gone.count("\n")
            self._rest = kept

    def _await_block(self) -> None:
        """Ask for more of a block that its line does not end, or refuse what will be none."""
        is_long = len(self._rest) > LINE_BYTES_MAX or self._rest.count("\n") > BLOCK_LINES_MAX
        if is_long or not self._more():
            self._refuse(
                f"the block that begins with `{_start(self._rest)}` has no end",
                hint="give the message whole; its text begins behind `{4:` on a line of its own",
                path=self._rest[1:2],
            )

    def _stray(self) -> None:
        """Keep a few signs behind a message; refuse words, and anything before the first one."""
        ends = (self._rest.find("{", 1), self._rest.find("\n"))
        end = min((one for one in ends if one >= 0), default=len(self._rest))
        between = self._rest[:end].strip(BETWEEN)
        stray = " ".join(between.split())
        frame = self._frame
        if frame is None:
            self._refuse(
                f"`{_start(stray)}` stands before the first block",
                hint="a message begins with `{1:`: the basic header says whose message it is",
            )
        kept = sum(len(one) for _, one in frame.stray) + len(stray)
        if _SAID.search(between) or _NO_SIGN.search(between) or kept > STRAY_MAX:
            self._refuse(
                f"`{_start(between)}` belongs to no block",
                hint="only a line that begins with `-}` ends a text: look for one inside a field,"
                " and for a message without its `{1:`",
            )
        frame.stray = [*frame.stray, (self._rest_line, stray)]
        self._rest = self._rest[end:]

    def _add(self, found: re.Match[str]) -> None:
        block = Block(found[1], found[2], self._rest_line)
        frame = self._admit(block.id)
        if (odd := _NO_SIGN.search(block.content)) is not None:
            self._refuse_sign(odd[0], line=self._rest_line, path=block.id)
        frame.blocks = {**frame.blocks, block.id: block}
        self._rest_line += found[0].count("\n")
        self._rest = self._rest[found.end() :]

    def _admit(self, sign: str) -> Frame:
        """The message to which a block belongs; refuse one that is doubled or out of its order."""
        frame = self._frame
        if frame is None:
            self._refuse(
                f"block {sign} without a block 1 before it",
                hint="give the whole message: blocks 1 and 2 say its kind, sender and receiver",
                path=sign,
            )
        there = [*frame.blocks, *("4" if frame.text is not None else "")]
        if sign in there:
            self._refuse(
                f"block {sign} is there twice",
                hint="give each message once, beginning with its block 1",
                path=sign,
            )
        if sign in ORDER and any(other not in ORDER or other > sign for other in there):
            self._refuse(
                f"block {sign} comes after block {max(there)}",
                hint="blocks stand in their order: 1, 2, 3, 4, 5, then those with a letter",
                path=sign,
            )
        if frame.stray:
            self._refuse(
                f"`{frame.stray[0][1]}` stands between two blocks",
                hint="nothing stands between the blocks of a message",
                line=frame.stray[0][0],
            )
        return frame

    def _read_text(self, begin: int) -> None:
        """Take the lines of block 4, up to the line that begins with `-}`."""
        frame = self._admit("4")
        assert len(self._rest) == begin, "what is read ends with its line"
        frame.text = lines = []
        frame.text_line = self._line + 1
        self._rest = ""
        while (line := self._next_line()) is not None:
            if line.startswith("-}"):
                self._rest = line[2:]
                self._rest_line = self._line
                break
            lines.append(line.rstrip("\r\n") if line.endswith("\n") else line)
        self._check_text(frame, lines)
        if line is None:
            self._refuse(
                "the file ends within block 4",
                hint="the message was cut: its text ends with `-}` at the beginning of a line",
                line=self._line,
                path="4",
            )

    def _check_text(self, frame: Frame, lines: list[str]) -> None:
        """Refuse a text into which another message has run, and one with control characters."""
        text = "\n".join(lines)
        if (lost := _LOST_END.search(text)) is not None:
            begin = text[lost.start() :]
            self._refuse(
                f"`{_start(begin) or '$'}` begins another message within block 4",
                hint="the message before it was cut: its text has no line that begins with `-}`",
                line=frame.text_line + text.count("\n", 0, lost.start()),
                path="4",
            )
        if (odd := _NO_SIGN.search(text)) is not None:
            line = frame.text_line + text.count("\n", 0, odd.start())
            self._refuse_sign(odd[0], line=line, path="4")

    def _refuse_sign(self, sign: str, *, line: int, path: str) -> NoReturn:
        self._refuse(
            f"the control character U+{ord(sign):04X}",
            hint="a message has letters, digits and signs; lines end with a line feed",
            line=line,
            path=path,
        )

    def _whole(self, frame: Frame) -> Frame:
        """The frame; refuse one that has no block 4."""
        if frame.text is None and "4" not in frame.blocks:
            refuse(
                "a message without block 4",
                hint="give the message whole, its text between `{4:` and `-}`",
                name=self._name,
                line=frame.line,
            )
        return frame


def _start(text: str) -> str:
    """The beginning of something odd, for a sentence about it."""
    line = text.strip(BETWEEN).split("\n", 1)[0]
    return line if len(line) <= 24 else line[:24] + "…"
