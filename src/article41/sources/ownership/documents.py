"""JSON of registers, exact and within limits: a number keeps its digits, a doubled key is refused.

It knows no format: it gives the objects of a file, one a line or those of one document.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from article41.model.errors import FormatError
from article41.model.listings import Part

LINE_BYTES_MAX = 2**22
"""The longest line of a file of one object a line."""
DOCUMENT_BYTES_MAX = 2**28
"""The longest document that is not written one object a line."""
NUMBER_CHARACTERS_MAX = 40
"""The longest number."""
EXPONENT_MAX = 20
"""The greatest exponent of a number, either way."""

_HINT = "get the file again from who publishes it"


class Placed(NamedTuple):
    """An object of a file and where it stands."""

    line: int
    """Line from 1; of a document that is not written line by line, its place in the array."""
    # Any: whatever JSON holds; the readers look at what they take.
    value: dict[str, Any]
    """The object."""


def looks_like_json(head: bytes) -> bool:
    """True if the bytes begin as an object or an array does.

    Example:
        >>> looks_like_json(b' {"a": 1}'), looks_like_json(b"owner,asset")
        (True, False)
    """
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def objects(part: Part) -> Iterator[Placed]:
    """The objects of a file: one a line, or those of the array or object that it is.

    Raises:
        FormatError: It is no JSON, or too long; the error names the line.
    """
    with part.open() as stream:
        first = stream.readline(LINE_BYTES_MAX + 1)
    is_lines = _is_object(first.removeprefix(b"\xef\xbb\xbf").strip())
    yield from _by_line(part) if is_lines else _by_document(part)


def _is_object(line: bytes) -> bool:
    if not line.startswith(b"{") or not line.endswith(b"}"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _by_line(part: Part) -> Iterator[Placed]:
    with part.open() as stream:
        number = 0
        while line := stream.readline(LINE_BYTES_MAX + 1):
            number += 1
            if len(line) > LINE_BYTES_MAX:
                raise _error(part, f"a line longer than {LINE_BYTES_MAX} bytes", number)
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield Placed(number, _as_object(_decoded(part, line, number - 1), part, number))


def _by_document(part: Part) -> Iterator[Placed]:
    with part.open() as stream:
        content = stream.read(DOCUMENT_BYTES_MAX + 1)
    if len(content) > DOCUMENT_BYTES_MAX:
        raise FormatError(
            f"a document longer than {DOCUMENT_BYTES_MAX} bytes",
            hint="give the form with one object a line, or an extract",
            file=part.file_name,
        )
    whole = _decoded(part, content.removeprefix(b"\xef\xbb\xbf"), 0)
    if isinstance(whole, dict):
        yield Placed(1, whole)
        return
    if not isinstance(whole, list) or not whole:
        raise _error(part, "JSON without an object in it", 1)
    for place, value in enumerate(whole, start=1):
        yield Placed(place, _as_object(value, part, place))


# Any: whatever JSON holds.
def _as_object(value: Any, part: Part, place: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _error(part, "a value where an object must stand", place)
    return value


def _decoded(part: Part, content: bytes, lines_before: int) -> Any:  # whatever JSON holds
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = lines_before + 1 + content[: error.start].count(b"\n")
        hint = "save it as UTF-8, or get it again"
        raise FormatError(
            "the file is not UTF-8 text", hint=hint, file=part.file_name, line=line
        ) from error
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_whole_number,
            parse_constant=_no_number,
            object_pairs_hook=_pairs,
        )
    except json.JSONDecodeError as error:
        line = lines_before + error.lineno
        raise _error(part, f"no JSON ({error.msg.lower()})", line) from error
    except (ValueError, RecursionError) as error:
        said = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise _error(part, said, lines_before + 1 if lines_before else 0) from error


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > NUMBER_CHARACTERS_MAX or abs(number.adjusted()) > EXPONENT_MAX:
        raise ValueError(f"a number longer than can be used, `{text[:20]}...`")
    return number


def _whole_number(text: str) -> int:
    if len(text) > NUMBER_CHARACTERS_MAX:
        raise ValueError(f"a number longer than can be used, `{text[:20]}...`")
    return int(text)


def _no_number(text: str) -> None:
    raise ValueError(f"`{text}` is no number")


# Any: whatever JSON holds.
def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        doubled = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key `{doubled[:40]}` stands twice in one object")
    return found


def _error(part: Part, message: str, line: int) -> FormatError:
    return FormatError(message, hint=_HINT, file=part.file_name, line=line)


def with_first(first: Placed, rest: Iterator[Placed]) -> Iterator[Placed]:
    """All objects, the one that was looked at before the others."""
    return chain([first], rest)
