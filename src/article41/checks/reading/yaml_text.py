"""Acts in YAML: one document each, or lists of acts. Nothing but texts, lists and mappings is read.

A plain `NO` is a country and a plain `2012-07-06` a text: what a value is, its field says.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from article41.checks.reading.faults import Doubled, LineFault, Parsed, Place
from article41.checks.reading.limits import ACT_BYTES_MAX, DEPTH_MAX, VALUES_MAX

_NOTHING = frozenset(("", "~", "null"))
_TEXT_TAGS = frozenset(("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map"))
_READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def yaml_acts(text: str) -> Iterator[Parsed]:
    """Yield each act of a text; the items of a document that is a list are acts.

    Raises:
        LineFault: It is no YAML, or more than an act needs of it.
    """
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
        mark = error.problem_mark or error.context_mark
        what = (error.problem or error.context or "it cannot be read").rstrip(".")
        raise LineFault(
            mark.line + 1 if mark else 0,
            f"this is no YAML: {what}",
            hint="see indentation, colons and quotes there; a text with `: ` or ` #` needs quotes",
        ) from error
    except yaml.YAMLError as error:
        raise LineFault(
            0,
            f"this is no YAML: {str(error).splitlines()[0]}",
            hint="control characters are written as escapes in double quotes",
        ) from error


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
                f"more than {DEPTH_MAX} lists and mappings stand inside one another",
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
