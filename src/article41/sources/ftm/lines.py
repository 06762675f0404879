"""Entities of a FollowTheMoney file, one JSON object a line, those nested in others made flat.

It refuses a line that is no entity; a value of another form than a text is kept as text.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import Part
from article41.sources.ftm.vocabulary import LINKS

LINE_BYTES_MAX = 2**25
"""The longest line; an entity with all that is nested in it has seldom a millionth of that."""
DEPTH_MAX = 5
"""How deep entities may be nested in each other."""
KIND = "ftm-lines"
DELTA = "ftm-delta"

_HINT = "get the file again from who exports it"
_OWN = ("id", "schema", "caption", "properties", "datasets", "referents", "target", "first_seen")
_RUN_TIMES = ("last_seen", "last_change")
_START = re.compile(rb"\xef\xbb\xbf|\s+")


class FtmEntity(msgspec.Struct, kw_only=True):
    """One entity as it is written, its properties as texts."""

    id: str
    """Its id."""
    schema: str
    """Its schema, in FollowTheMoney's words."""
    caption: str = ""
    """The name under which the exporter shows it."""
    properties: dict[str, list[str]]
    """Values by property; what was nested is its id here."""
    datasets: tuple[str, ...] = ()
    """The data sets it comes from."""
    referents: tuple[str, ...] = ()
    """Ids under which it stands elsewhere."""
    is_target: bool | None = None
    """The exporter's own word on whether this is a target; absent if it says nothing."""
    first_seen: str = ""
    """When the exporter first saw it."""
    is_timed: bool = False
    """True if the exporter's other times, which change with every run, were left out."""
    nested: tuple["FtmEntity", ...] = ()
    """All entities that were nested in it, flat."""
    oddities: tuple[str, ...] = ()
    """What is not as the format says, and was kept."""
    line: int
    """Line in the file, from 1."""


def kind_of(head: bytes) -> str | None:
    """`ftm-lines`, `ftm-delta` for a list of changes, else `None`.

    Example:
        >>> kind_of(b'{"id": "a", "schema": "Person", "properties": {"name": ["Ada"]}}')
        'ftm-lines'
        >>> kind_of(b'{"op": "DEL", "entity": {"id": "a"}}')
        'ftm-delta'
        >>> kind_of(b'{"message": "not found"}') is None
        True
    """
    start = _START.sub(b"", head[:16], count=1) + head[16:]
    first = start.partition(b"\n")[0]
    if not start.startswith(b"{"):
        return None
    if first.startswith((b'{"op":', b'{"op" :')) and b'"entity"' in first:
        return DELTA
    return KIND if all(word in first for word in (b'"id"', b'"schema"', b'"properties"')) else None


def entities(part: Part) -> Iterator[FtmEntity]:
    """Yield the entities of a file in order, each with what was nested in it.

    Raises:
        FormatError: A line is too long, no JSON, or no entity.
    """
    with part.open() as stream:
        number = 0
        while line := stream.readline(LINE_BYTES_MAX + 1):
            number += 1
            if len(line) > LINE_BYTES_MAX:
                raise _error(part, number, f"a line longer than {LINE_BYTES_MAX} bytes")
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                raw = msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise _error(part, number, f"no JSON ({error})"[:200]) from error
            yield _Reader(part, number).entity(raw)


class _Reader:
    """Reads one line."""

    def __init__(self, part: Part, line: int) -> None:
        self._part = part
        self._line = line
        self._nested: list[FtmEntity] = []
        self._oddities: list[str] = []

    def entity(self, raw: object) -> FtmEntity:
        found = self._flat(raw, parent="", depth=0)
        found.nested = tuple(self._nested)
        found.oddities = tuple(self._oddities)
        return found

    def _flat(self, raw: object, *, parent: str, depth: int) -> FtmEntity:
        if not isinstance(raw, dict):
            raise self._error("a line that is no entity")
        id_, schema, values = raw.get("id"), raw.get("schema"), raw.get("properties")
        if not isinstance(id_, str) or not isinstance(schema, str) or not isinstance(values, dict):
            raise self._error("an entity without `id`, `schema` or `properties`")
        if not id_ or not schema:
            raise self._error("an entity whose `id` or `schema` is empty")
        if depth > DEPTH_MAX:
            raise self._error("entities nested too deeply")
        more = {key: value for key, value in raw.items() if key not in {*_OWN, *_RUN_TIMES}}
        if more:
            self._oddities.append("a property outside `properties`")
        properties: dict[str, list[str]] = {}
        for name, value in (*values.items(), *more.items()):
            texts = self._texts(value, id_, depth)
            if texts:
                properties.setdefault(name, []).extend(texts)
        if parent and schema in LINKS:
            _close_link(properties, schema, parent)
        target = raw.get("target")
        return FtmEntity(
            id=id_,
            schema=schema,
            caption=_text(raw.get("caption")),
            properties=properties,
            datasets=tuple(self._texts(raw.get("datasets"), id_, depth)),
            referents=tuple(self._texts(raw.get("referents"), id_, depth)),
            is_target=target if isinstance(target, bool) else None,
            first_seen=_text(raw.get("first_seen")),
            is_timed=any(raw.get(name) for name in _RUN_TIMES),
            line=self._line,
        )

    def _error(self, message: str) -> FormatError:
        return _error(self._part, self._line, message)

    # Any: whatever JSON holds.
    def _texts(self, value: Any, id_: str, depth: int) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list):
            self._oddities.append("a property that is no array")
            value = [value]
        texts = []
        for one in value:
            if isinstance(one, dict) and "schema" in one:
                inner = self._flat(one, parent=id_, depth=depth + 1)
                if inner.schema == "Sanction":
                    inner.properties.setdefault("entity", [id_])
                elif inner.schema in {"Passport", "Identification"}:
                    inner.properties.setdefault("holder", [id_])
                self._nested.append(inner)
                texts.append(inner.id)
            elif not isinstance(one, str):
                self._oddities.append("a value that is no text")
                texts.append(_text(one))
            else:
                texts.append(one.strip())
        return list(dict.fromkeys(filter(None, texts)))


def _close_link(properties: dict[str, list[str]], schema: str, parent: str) -> None:
    """A nested link leaves out the end in which it is nested."""
    ends = LINKS[schema]
    missing = [end for end in ends if end not in properties]
    if len(missing) == 1 and not any(parent in properties.get(end, ()) for end in ends):
        properties[missing[0]] = [parent]


# Any: whatever JSON holds.
def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return " ".join(str(value).split())


def _error(part: Part, line: int, message: str) -> FormatError:
    return FormatError(message, hint=_HINT, file=part.file_name, line=line)
