"""Reads acts from what a caller writes: JSON, JSON lines or YAML, each fault with its place.

Nothing is guessed: what does not fit is refused, with the field, the line and what to write.
"""

import enum
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from msgspec import inspect

from article41.checks.reading.canonical import canonical
from article41.checks.reading.crossing import crossed
from article41.checks.reading.faults import Fault, LineFault, Parsed, place_text
from article41.checks.reading.fields import FieldReader
from article41.checks.reading.json_text import is_json, is_one_value, json_acts
from article41.checks.reading.limits import ACT_BYTES_MAX, DEPTH_MAX, FILE_BYTES_MAX, VALUES_MAX
from article41.checks.reading.oddities import oddities
from article41.checks.reading.shorthand import ALSO, MEANT, REWRITES, party_places
from article41.checks.reading.yaml_text import yaml_acts
from article41.model.acts import Act
from article41.model.errors import ActError

__all__ = ["ActFormat", "canonical", "each_act", "oddities", "read_acts"]

if TYPE_CHECKING:
    # What reads registers is imported by who has some.
    from article41.checks.reading.joining import Register

_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_PACKED = {b"PK\x03\x04": "a packed file", b"\x1f\x8b": "a packed file", b"%PDF-": "a PDF"}
_LINES_END = (".jsonl", ".ndjson")
_READER = FieldReader(rewrites=REWRITES, also=ALSO, meant=MEANT)


class ActFormat(enum.Enum):
    """How acts are written."""

    JSON = "json"
    """An object, an array of them, or several one after another."""
    JSON_LINES = "json-lines"
    """An object on each line, read line by line."""
    YAML = "yaml"
    """A document each, or lists of acts."""


def read_acts(
    source: bytes | BinaryIO,
    *,
    file: str,
    format: ActFormat | None = None,  # noqa: A002
    ownership: "Register | None" = None,
) -> Iterator[Act]:
    """Yield every act that a caller wrote, in order.

    JSON lines are read and given line by line, so that a file of them may be of any length.

    Args:
        source: The bytes, or an open file of them.
        file: What errors call it.
        format: How it is written; told by its beginning if absent.
        ownership: Who owns whom; each act takes from it what concerns its parties.

    Raises:
        ActError: An act cannot be read; those before it were given already.

    Example:
        >>> text = b"{act: party, on: 2024-06-01, asker: institution, parties: {institution: A}}"
        >>> [act.asker.party for act in read_acts(text, file="act.yaml")]
        ['institution']
    """
    for one in each_act(source, file=file, format=format, ownership=ownership):
        if isinstance(one, ActError):
            raise one
        yield one


def each_act(
    source: bytes | BinaryIO,
    *,
    file: str,
    format: ActFormat | None = None,  # noqa: A002
    ownership: "Register | None" = None,
) -> Iterator[Act | ActError]:
    r"""Yield every act, and an error in the place of each that cannot be read.

    What follows a fault is read where it can be told where it begins: the next line of JSON lines,
    the next act of a text that is JSON or YAML as a whole.

    Args:
        source: The bytes, or an open file of them.
        file: What errors call it; by `.jsonl` or `.ndjson` at its end it is read line by line.
        format: How it is written; told by its beginning if absent.
        ownership: As for `read_acts`.

    Example:
        >>> text = b'{"act": "party"\n{"act": "unknown"}\n'
        >>> [one.line for one in each_act(text, file="acts.jsonl") if isinstance(one, ActError)]
        [1, 2]
    """
    is_empty, is_lines = True, file.endswith(_LINES_END)
    try:
        for parsed in _parsed(source, format, is_called_lines=is_lines):
            is_empty = False
            yield _read(parsed, file, ownership)
    except LineFault as fault:
        yield _error(fault, file, fault.line)
        return
    if is_empty:
        hint = "write one; the guide to writing acts begins so"
        yield ActError("there is no act", hint=hint, file=file)


def _read(parsed: Parsed | LineFault, file: str, ownership: "Register | None") -> Act | ActError:
    if isinstance(parsed, LineFault):
        return _error(parsed, file, parsed.line)
    try:
        _refuse_depth(parsed.value)
        act = _READER.read(_act_type(), parsed.value, ())
        act = crossed(act, party_places(parsed.value))
        return act if ownership is None else ownership.joined(act).act
    except Fault as fault:
        return _error(fault, file, parsed.line_of(fault.place))


@cache
def _act_type() -> inspect.Type:
    return inspect.type_info(Act)


def _error(fault: Fault, file: str, line: int) -> ActError:
    return ActError(
        fault.message, hint=fault.hint, file=file, line=line, path=place_text(fault.place)
    )


def _parsed(
    source: bytes | BinaryIO, format_: ActFormat | None, *, is_called_lines: bool
) -> Iterator[Parsed | LineFault]:
    stream = BytesIO(source) if isinstance(source, bytes) else source
    first = stream.readline(ACT_BYTES_MAX + 1).removeprefix(_MARK)
    begun = first.strip()
    if format_ is None and begun not in (b"{", b"[", b""):
        is_lines = begun.startswith(b"{") and is_one_value(_text(first))
        format_ = ActFormat.JSON_LINES if is_lines or is_called_lines else None
    if format_ is ActFormat.JSON_LINES:
        yield from _lines(first, stream)
        return
    whole = first + stream.read(FILE_BYTES_MAX)
    if len(whole) > FILE_BYTES_MAX:
        raise LineFault(
            0,
            f"the file is longer than {FILE_BYTES_MAX:,} bytes",
            hint="write JSON lines, an act on each; they may be of any length",
        )
    text = _text(whole)
    is_written_in_json = is_json(text) if format_ is None else format_ is ActFormat.JSON
    yield from json_acts(text) if is_written_in_json else yaml_acts(_not_xml(text))


def _lines(line: bytes, stream: BinaryIO) -> Iterator[Parsed | LineFault]:
    """Each act of JSON lines, or why a line is none; the next line begins anew."""
    number = 1
    while line:
        try:
            yield from _line(line, number)
        except LineFault as fault:
            yield fault
        while line and not line.endswith(b"\n"):
            # What is left of a line that is too long.
            line = stream.readline(ACT_BYTES_MAX + 1)
        line = stream.readline(ACT_BYTES_MAX + 1)
        number += 1


def _line(line: bytes, number: int) -> Iterator[Parsed]:
    if len(line) > ACT_BYTES_MAX:
        raise LineFault(
            number,
            f"the line is longer than {ACT_BYTES_MAX:,} bytes",
            hint="give several acts apart, and long papers by what matters of them",
        )
    # Without its end: what is missing there is missing on this line, not on the next one.
    text = _text(line.rstrip(b"\r\n"), first_line=number)
    if text.strip() and not is_one_value(text):
        # Says what is wrong with it, or that it is more than one act.
        list(json_acts(text, first_line=number))
        raise LineFault(number, "the line is not one act", hint="write each on its own line")
    yield from json_acts(text, first_line=number)


def _text(data: bytes, *, first_line: int = 1) -> str:
    hint = "save the file as text in UTF-8"
    for mark, what in _PACKED.items():
        if data.startswith(mark):
            raise LineFault(first_line, f"this is {what}, and no text", hint="give the text of it")
    if data.startswith(_OTHER_MARKS) or b"\0" in data[:4]:
        raise LineFault(first_line, "this is UTF-16 or UTF-32, or no text at all", hint=hint)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + first_line
        raise LineFault(line, "the bytes are not UTF-8", hint=hint) from error


def _not_xml(text: str) -> str:
    if re.match(r"\s*<[?!a-zA-Z]", text):
        raise LineFault(
            1, "this is XML, and no act", hint="write the act in JSON or YAML; see the guide"
        )
    return text


def _refuse_depth(value: object) -> None:
    """See that there is no more in an act than can be meant."""
    level, count = [value], 0
    for _ in range(DEPTH_MAX + 1):
        count += len(level)
        if count > VALUES_MAX:
            raise Fault(
                (), f"an act has more than {VALUES_MAX:,} values", hint="give several acts apart"
            )
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    raise Fault(
        (),
        f"more than {DEPTH_MAX} lists and mappings stand inside one another",
        hint="an act is no deeper than that",
    )
