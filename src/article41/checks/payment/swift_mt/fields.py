"""Block 4 as fields: each with its tag, its lines and its place.

A line that begins with a colon begins a field. What is no tag, what stands before the first field
and what is longer than any field is refused.
"""

import re
from typing import NoReturn

import msgspec

from article41.checks.payment.swift_mt.framing import Frame, refuse

FIELD_CHARS_MAX = 10_000
"""As many as a whole message of FIN has; field 77T has 9,000."""
FIELD_LINES_MAX = 400
"""Fields of goods and documents have 100 lines, a whole message of FIN has fewer than this."""
PARTY_LINES_MAX = 5
"""An account, then four lines."""
_TAG = re.compile(r":([0-9]{2}[A-Z]?):")


class Field(msgspec.Struct, frozen=True, gc=False):
    """One field of a text."""

    tag: str
    """With its letter: `50K`."""
    lines: list[str]
    """Without what stands around each."""
    line: int
    """Where it begins in the file."""
    path: str
    """As the paths of its texts begin: `4:50K`, and `4:71F[2]` if it is there again."""

    @property
    def number(self) -> str:
        """The tag without its letter."""
        return self.tag[:2]

    @property
    def is_blank(self) -> bool:
        """True if it says nothing."""
        return not any(self.lines)

    def place(self, at: int) -> str:
        """Path of one of its lines, counted from 0."""
        return self.path if len(self.lines) == 1 else f"{self.path}/{at + 1}"

    def refuse(self, message: str, *, hint: str, name: str, at: int = 0) -> NoReturn:
        """Raise the error for a line of it, counted from 0."""
        refuse(message, hint=hint, name=name, line=self.line + at, path=self.place(at))


def fields_of(frame: Frame, *, name: str) -> list[Field]:
    """Cut the text of a message into its fields, in their order.

    Raises:
        MessageError: A line begins with a colon and no tag, or a field is too long.
    """
    fields: list[Field] = []
    seen: dict[str, int] = {}
    lines: list[str] = []
    for number, line in enumerate(frame.text or [], start=frame.text_line):
        if not line.startswith(":"):
            if fields:
                lines.append(line.strip())
            elif line.strip():
                _refuse_unopened(line, number, name)
            continue
        if (found := _TAG.match(line)) is None:
            _refuse_tag(line, number, name)
        tag = found[1]
        lines = [line[found.end() :].strip()]
        count = seen[tag] = seen.get(tag, 0) + 1
        path = f"4:{tag}" if count == 1 else f"4:{tag}[{count}]"
        fields.append(Field(tag, lines, number, path))
    for field in fields:
        while len(field.lines) > 1 and not field.lines[-1]:
            field.lines.pop()
        _check_size(field, name)
    if not fields:
        refuse(
            "a text without a field",
            hint="give the message whole, its fields between `{4:` and `-}`",
            name=name,
            line=frame.text_line,
            path="4",
        )
    return fields


def _check_size(field: Field, name: str) -> None:
    if len(field.lines) > FIELD_LINES_MAX:
        field.refuse(
            f"a field of {len(field.lines)} lines",
            hint=f"a field has {FIELD_LINES_MAX} lines at most: look for a lost tag",
            name=name,
        )
    size = sum(map(len, field.lines))
    if size > FIELD_CHARS_MAX:
        field.refuse(
            f"a field of {size} characters",
            hint=f"a field has {FIELD_CHARS_MAX} characters at most: look for a lost tag",
            name=name,
        )


def _refuse_unopened(line: str, number: int, name: str) -> NoReturn:
    refuse(
        f"`{line.strip()[:24]}` stands before the first field",
        hint="a text begins with a tag, as `:20:`",
        name=name,
        line=number,
        path="4",
    )


def _refuse_tag(line: str, number: int, name: str) -> NoReturn:
    refuse(
        f"`{line[:8]}` is no tag of a field",
        hint="a tag is two digits and sometimes a capital letter, as `:20:` or `:59F:`; a line of"
        " text does not begin with a colon",
        name=name,
        line=number,
        path="4",
    )
