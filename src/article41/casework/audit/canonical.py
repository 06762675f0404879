"""Canonical bytes of JSON (RFC 8785): the same value has the same bytes, whoever wrote it."""

from functools import lru_cache

import msgspec
import rfc8785

from article41.model.errors import InputError

INTEGER_MAX = 2**53 - 1
"""What every reader of JSON takes for the same number."""
_PLAIN_MIN, _PLAIN_MAX = 1e-3, 1e15
_DIGITS, _RARE = b"0123456789", bytes(range(0xF0, 0xF5))
# Every digit as one, and whatever begins a letter beyond U+FFFF: what is odd is seen in a glance.
_GLANCE = bytes.maketrans(_DIGITS + _RARE, b"0" * len(_DIGITS) + b"\xf0" * len(_RARE))
_LONG, _LONG_SCORE = b"0" * 16, b"." + b"0" * 16
_PART_BYTES = 200
"""From which size on parts are kept as they are written: coverage and findings come again."""
_PARTS_KEPT = 32
_NUMBERS_KEPT = 4_096


def canonical(data: bytes) -> bytes:
    """The canonical form of one JSON value.

    Args:
        data: The value as JSON in UTF-8.

    Raises:
        InputError: It is no JSON, or a number in it is beyond what readers of JSON agree upon.

    Example:
        >>> canonical(b'{"b": 1.0, "a": [0.50]}')
        b'{"a":[0.5],"b":1}'
    """
    try:
        if len(data) < _PART_BYTES or not data.startswith(b"{"):
            return _written(data)
        parts = {
            name: msgspec.Raw((_written if len(part) < _PART_BYTES else _kept)(bytes(part)))
            for name, part in _PARTS.decode(data).items()
        }
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"this cannot go on record: {error}", hint="give one JSON value in UTF-8"
        ) from error
    if not "".join(parts).isascii():
        for name in parts:
            _refuse_rare(name)
    return _ENCODER.encode(parts)


def _written(data: bytes) -> bytes:
    value = _DECODER.decode(data)
    if _is_odd(data):
        _refuse_odd(value)
    return _ENCODER.encode(value)


_kept = lru_cache(_PARTS_KEPT)(_written)


def _is_odd(data: bytes) -> bool:
    """True if something may stand in a value that `_refuse_odd` refuses; told in a glance."""
    seen = data.translate(_GLANCE)
    if b"\xf0" in seen or b"\\u" in data:
        return True
    # Scores have as many digits behind their point, and are no whole numbers.
    return _LONG in seen and _LONG in seen.replace(_LONG_SCORE, b"")


def _refuse_odd(value: object) -> None:
    """Refuse what two writers would order or round differently.

    Raises:
        InputError: A number is too large, or a field has a name in rare letters, which RFC 8785
            sorts by their halves.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_rare(key)
            _refuse_odd(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_odd(inner)
    elif isinstance(value, int) and abs(value) > INTEGER_MAX:
        raise InputError(
            f"`{value}` is beyond what readers of JSON agree upon",
            hint="write it in quotation marks",
        )


def _refuse_rare(name: str) -> None:
    if not name.isascii() and max(name) > "\uffff":
        raise InputError(
            f"the field `{name}` has a name with letters beyond U+FFFF",
            hint="name fields in common letters",
        )


@lru_cache(_NUMBERS_KEPT)
def _number(text: str) -> object:
    """A float as RFC 8785 writes it; msgspec writes most of them so by itself."""
    value = float(text)
    if value.is_integer() and abs(value) < _PLAIN_MAX:
        return int(value)
    if _PLAIN_MIN <= abs(value) < _PLAIN_MAX:
        return value
    return msgspec.Raw(rfc8785.dumps(value))


_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_DECODER = msgspec.json.Decoder(float_hook=_number)
_ENCODER = msgspec.json.Encoder(order="sorted")
