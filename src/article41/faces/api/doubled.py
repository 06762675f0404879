"""Keys that stand twice in a body in JSON: nobody can tell which of their values is meant."""

import json
from collections.abc import Iterator

from article41.checks.reading.faults import Doubled, Place, place_text, shown
from article41.checks.reading.json_text import mapping_of
from article41.model.errors import RequestError

_SHOWN = 60
"""Characters of a key that its place repeats."""


class _TwiceError(Exception):
    """A key stands twice somewhere."""


def _seen(pairs: list[tuple[str, object]]) -> None:
    # Nothing is kept: this is done with each request, and hardly ever finds anything.
    if len(pairs) > 1 and len(dict(pairs)) < len(pairs):
        raise _TwiceError


# A number of too many digits for Python is none of its faults.
_SEEING = json.JSONDecoder(object_pairs_hook=_seen, parse_int=str, parse_float=str)
_KEEPING = json.JSONDecoder(object_pairs_hook=mapping_of, parse_int=str, parse_float=str)


def doubled(body: bytes) -> tuple[RequestError, ...]:
    """Each key of a body that stands twice, with its place.

    Args:
        body: JSON.

    Example:
        >>> [one] = doubled(b'{"parties": [{"name": "Ada", "name": "Bo"}]}')
        >>> one.path, one.message
        ('parties[0].name', '`name` stands twice')
    """
    text = body.decode("utf-8")
    try:
        _SEEING.decode(text)
    except _TwiceError:
        return tuple(
            RequestError(
                f"{shown(str(place[-1]))} stands twice",
                hint="keep one of the two; nobody can tell which is meant",
                path=place_text(place),
            )
            for place in _places(_KEEPING.decode(text), ())
        )
    return ()


def _places(value: object, place: Place) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, Doubled):
        yield (*place, value.key[:_SHOWN])
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _places(one, (*place, key[:_SHOWN]))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _places(one, (*place, at))
