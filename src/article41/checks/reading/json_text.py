"""Acts in JSON: one object, an array of them, or one after another, as JSON lines are.

Numbers stay as they are written; a key that stands twice is seen.
"""

import json
import re
from collections import Counter
from collections.abc import Generator, Iterator

from article41.checks.reading.faults import Doubled, LineFault, Number, Parsed, Place
from article41.checks.reading.limits import ACT_BYTES_MAX, DEPTH_MAX

_BLANK = re.compile(r"[ \t\r\n]*")


def mapping_of(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A mapping of keys and values as they stand; of a doubled key that is kept."""
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    ((double, _),) = Counter(key for key, _ in pairs).most_common(1)
    return Doubled(values, double)


_DECODER = json.JSONDecoder(
    object_pairs_hook=mapping_of, parse_float=Number, parse_int=Number, parse_constant=Number
)


def json_acts(
    text: str, *, first_line: int = 1, length_max: int = ACT_BYTES_MAX
) -> Iterator[Parsed]:
    """Yield each act of a text; the items of arrays at the top are acts.

    Args:
        text: One or more values of JSON, blanks between them.
        first_line: The line in its file on which the text begins.
        length_max: Characters of one value.

    Raises:
        LineFault: It is no JSON, or more than an act needs of it.
    """
    at = _after_blank(text, 0)
    while at < len(text):
        if text[at] == "[":
            at = yield from _items(text, at, first_line, length_max)
        else:
            parsed, at = _value(text, at, first_line, length_max)
            yield parsed
        at = _after_blank(text, at)


def is_json(text: str) -> bool:
    """True if a text begins as JSON does, and not as a flow of YAML.

    Example:
        >>> is_json('{"act": "payment"}'), is_json("{act: payment}"), is_json("act: payment")
        (True, False, False)
    """
    return re.match(r'\s*(\{\s*["}]|\[\s*[]\[{"])', text) is not None


def is_one_value(text: str) -> bool:
    """True if a text is one whole object and no more, as each of the JSON lines is."""
    at = _after_blank(text, 0)
    if not text.startswith("{", at):
        return False
    try:
        _, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return False
    return _after_blank(text, end) == len(text)


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None
    return found.end()


def _items(text: str, at: int, first_line: int, length_max: int) -> Generator[Parsed, None, int]:
    at = _after_blank(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        parsed, at = _value(text, at, first_line, length_max)
        yield parsed
        at = _after_blank(text, at)
        if text.startswith("]", at):
            return at + 1
        if not text.startswith(",", at):
            raise _broken(text, at, "expecting ',' or ']' between acts", first_line)
        at = _after_blank(text, at + 1)


def _value(text: str, at: int, first_line: int, length_max: int) -> tuple[Parsed, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _broken(text, error.pos, error.msg[:1].lower() + error.msg[1:], first_line) from error
    except StopIteration as error:
        raise _broken(text, at, "expecting value", first_line) from error
    except RecursionError as error:
        raise LineFault(
            _line(text, at, first_line),
            f"more than {DEPTH_MAX} lists and mappings stand inside one another",
            hint="an act is no deeper than that",
        ) from error
    if end - at > length_max:
        raise LineFault(
            _line(text, at, first_line),
            f"an act of {end - at:,} characters is longer than {length_max:,}",
            hint="give several acts apart, and long papers by what matters of them",
        )
    return Parsed(value, lambda place: _line(text, _find(text, at, place), first_line)), end


def _broken(text: str, at: int, what: str, first_line: int) -> LineFault:
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return LineFault(
        _line(text, at, first_line),
        f"this is no JSON: {what.rstrip('.')}, at column {column}",
        hint="see quotes, commas and brackets before that place",
    )


def _line(text: str, at: int, first_line: int) -> int:
    return text.count("\n", 0, at) + first_line


def _find(text: str, at: int, place: Place) -> int:
    """Where a value begins, or its key if it has one, or the nearest value above it."""
    found = at
    for step in place:
        at = _after_blank(text, at)
        inner = _item(text, at, step) if isinstance(step, int) else _member(text, at, step)
        if inner is None:
            break
        found, at = inner
    return found


def _item(text: str, at: int, number: int) -> tuple[int, int] | None:
    if not text.startswith("[", at):
        # One value stands for a list of it.
        return (at, at) if number == 0 else None
    at = _after_blank(text, at + 1)
    for _ in range(number):
        _, end = _DECODER.raw_decode(text, at)
        at = _after_blank(text, _after_blank(text, end) + 1)
    return at, at


def _member(text: str, at: int, name: str) -> tuple[int, int] | None:
    if not text.startswith("{", at):
        return None
    found = None
    at = _after_blank(text, at + 1)
    while text.startswith('"', at):
        key, end = _DECODER.raw_decode(text, at)
        value = _after_blank(text, _after_blank(text, end) + 1)
        if key == name:
            found = at, value  # The last one counts, and of a doubled key it is the fault.
        _, end = _DECODER.raw_decode(text, value)
        at = _after_blank(text, end)
        if not text.startswith(",", at):
            break
        at = _after_blank(text, at + 1)
    return found
