"""Reads acts from what a caller writes: JSON, JSON lines or YAML, each fault with its place.

Nothing is guessed: what does not fit is refused, with the field, the line and what to write.
"""

import enum
import re
from collections.abc import Callable, Iterable, Iterator
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

__all__ = ["ActFormat", "canonical", "oddities", "read_acts"]

if TYPE_CHECKING:
    # What reads registers is imported by who has some.
    from article41.checks.reading.joining import Register

_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
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
    for parsed in _placed(lambda: _parsed(source, format), file):
        try:
            _refuse_depth(parsed.value)
            act = _READER.read(_act_type(), parsed.value, ())
            act = crossed(act, party_places(parsed.value))
            yield act if ownership is None else ownership.joined(act).act
        except Fault as fault:
            raise _error(fault, file, parsed.line_of(fault.place)) from fault


@cache
def _act_type() -> inspect.Type:
    return inspect.type_info(Act)


def _placed(parse: Callable[[], Iterable[Parsed]], file: str) -> Iterator[Parsed]:
    is_empty = True
    try:
        for parsed in parse():
            is_empty = False
            yield parsed
    except LineFault as fault:
        raise _error(fault, file, fault.line) from fault
    if is_empty:
        raise ActError(
            "there is no act", hint="write one; the guide to writing acts begins so", file=file
        )


def _error(fault: Fault, file: str, line: int) -> ActError:
    return ActError(
        fault.message, hint=fault.hint, file=file, line=line, path=place_text(fault.place)
    )


def _parsed(source: bytes | BinaryIO, format_: ActFormat | None) -> Iterator[Parsed]:
    stream = BytesIO(source) if isinstance(source, bytes) else source
    first = stream.readline(ACT_BYTES_MAX + 1).removeprefix(_MARK)
    if format_ is None and first.strip().startswith(b"{") and is_one_value(_text(first)):
        format_ = ActFormat.JSON_LINES
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


def _lines(line: bytes, stream: BinaryIO) -> Iterator[Parsed]:
    number = 1
    while line:
        if len(line) > ACT_BYTES_MAX:
            raise LineFault(
                number,
                f"the line is longer than {ACT_BYTES_MAX:,} bytes",
                hint="give several acts apart, and long papers by what matters of them",
            )
        text = _text(line, first_line=number)
        if text.strip() and not is_one_value(text):
            # Says what is wrong with it, or that it is more than one act.
            list(json_acts(text, first_line=number))
            raise LineFault(number, "the line is not one act", hint="write each on its own line")
        yield from json_acts(text, first_line=number)
        line = stream.readline(ACT_BYTES_MAX + 1)
        number += 1


def _text(data: bytes, *, first_line: int = 1) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_other = data.startswith(_OTHER_MARKS) or b"\0" in data[:4]
        raise LineFault(
            0 if is_other else data.count(b"\n", 0, error.start) + first_line,
            "this is UTF-16 or UTF-32" if is_other else "the bytes are not UTF-8",
            hint="save the file as UTF-8",
        ) from error


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
