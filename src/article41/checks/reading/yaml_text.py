"""Acts in YAML: one document each, or lists of acts. Nothing but texts, lists and mappings is read.

A plain `NO` is a country and a plain `2012-07-06` a text: what a value is, its field says.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from article41.checks.reading.faults import Doubled, LineFault, Parsed, Place
from article41.checks.reading.limits import ACT_BYTES_MAX, DEPTH_MAX, VALUES_MAX

DEEP = f"more than {DEPTH_MAX} lists and mappings stand inside one another"
_NOTHING = frozenset(("", "~", "null"))
_TEXT_TAGS = frozenset(("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def yaml_acts(text: str) -> Iterator[Parsed]:
    """Yield each act of a text; the items of a document that is a list are acts.

    Raises:
        LineFault: It is no YAML, or more than an act needs of it.
    """
    found = _CONTROL.search(text)
    if found is not None:
        raise LineFault(
            text.count("\n", 0, found.start()) + 1,
            f"the control character U+{ord(found[0]):04X} stands there, which no text holds",
            hint="see whether it is a text file, and take the character out",
        )
    events = _events(text)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            yield from _document(events)


def _document(events: Iterator[Any]) -> Iterator[Parsed]:
    first = next(events)
    if not isinstance(first, yaml.SequenceStartEvent):
        parsed = _Composer(events).act(first)
        if parsed.value is not None:
            yield parsed
        return
    while not isinstance(item := next(events), yaml.SequenceEndEvent):
        yield _Composer(events).act(item)


# Any: PyYAML says nothing of the types of its events.
def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_READER)
    except yaml.MarkedYAMLError as error:
        raise _fault(error, text) from error
    except yaml.YAMLError as error:
        # What no text may hold was looked for before: nothing of YAML itself comes here.
        what = str(error).partition("\n")[0]
        raise LineFault(1, f"this is no YAML: {what}", hint=_HINT) from error


_HINT = "see indentation, colons and quotes there; a text with `: ` or ` #` needs quotes"
_QUOTE = "while scanning a quoted scalar"
_TOO_DEEP = "nesting depth"


def _fault(error: yaml.MarkedYAMLError, text: str) -> LineFault:
    """Where a text stops being YAML, or where that begins which has no end."""
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark
    line = mark.line + 1 if mark else 1
    what = (error.problem or error.context or "it cannot be read").rstrip(".")
    if _TOO_DEEP in what:
        return LineFault(line, DEEP, hint="an act is no deeper than that")
    if begun is not None and error.context == _QUOTE:
        return LineFault(
            begun.line + 1,
            "this is no YAML: a quote that begins here does not end",
            hint="close it on the same line, or write the text without quotes",
        )
    if mark and text[mark.index : mark.index + 1] == "\t":
        return LineFault(
            line, "this is no YAML: a tab begins the line", hint="set lines in with blanks"
        )
    if begun is not None and 1 < begun.line + 1 < line:
        what += f", in what begins on line {begun.line + 1}"
    return LineFault(line, f"this is no YAML: {what}", hint=_HINT)


class _Composer:
    """Makes one act's values of its events, and remembers where each stands."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._lines: dict[Place, int] = {}
        self._begin = 0

    def act(self, event: Any) -> Parsed:
        self._begin = event.start_mark.index
        return Parsed(self._node(event, (), 1), self._line)

    def _line(self, place: Place) -> int:
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]

    def _node(self, event: Any, place: Place, depth: int) -> object:
        line = event.start_mark.line + 1
        self._lines.setdefault(place, line)
        self._refuse(event, line, depth)
        match event:
            case yaml.ScalarEvent():
                is_plain = event.implicit[0]
                return None if is_plain and event.value in _NOTHING else str(event.value)
            case yaml.SequenceStartEvent():
                items: list[object] = []
                while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                    items.append(self._node(item, (*place, len(items)), depth + 1))
                return items
            case _:
                return self._mapping(place, depth)

    def _mapping(self, place: Place, depth: int) -> dict[str, object]:
        values: dict[str, object] = {}
        double = ""
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            line = key.start_mark.line + 1
            self._refuse(key, line, depth)
            if not isinstance(key, yaml.ScalarEvent):
                raise LineFault(line, "a key is no text", hint="a key is the name of a field")
            name = str(key.value)
            double = name if name in values else double
            self._lines[(*place, name)] = line
            values[name] = self._node(next(self._events), (*place, name), depth + 1)
        return Doubled(values, double) if double else values

    def _refuse(self, event: Any, line: int, depth: int) -> None:
        """What an act has no need of can only be there by mistake, or to do harm."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise LineFault(
                line,
                f"the {'alias' if isinstance(event, yaml.AliasEvent) else 'anchor'} "
                f"`{event.anchor}` is not read",
                hint="write the value out where it is needed, or put the text in quotes",
            )
        if event.tag and event.tag not in _TEXT_TAGS:
            raise LineFault(
                line, f"the tag `{event.tag}` is not read", hint="leave it out, or use quotes"
            )
        if depth > DEPTH_MAX:
            raise LineFault(
                line,
                DEEP,
                hint="an act is no deeper than that",
            )
        if len(self._lines) > VALUES_MAX:
            raise LineFault(
                line, f"an act has more than {VALUES_MAX:,} values", hint="give several acts apart"
            )
        length = event.end_mark.index - self._begin
        if length > ACT_BYTES_MAX:
            raise LineFault(
                line,
                f"an act is longer than {ACT_BYTES_MAX:,} characters",
                hint="give several acts apart, and long papers by what matters of them",
            )
