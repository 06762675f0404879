"""Canonical bytes of JSON (RFC 8785): the same value has the same bytes, whoever wrote it."""

import re

import msgspec
import rfc8785

from article41.model.errors import InputError

INTEGER_MAX = 2**53 - 1
"""What every reader of JSON takes for the same number."""
_PLAIN_MIN, _PLAIN_MAX = 1e-3, 1e15
# Letters beyond U+FFFF, and runs of digits that may be a number beyond INTEGER_MAX.
_ODD = re.compile(rb"[\xf0-\xf4]|\\u[dD]|\d{16}")


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
        value = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"this cannot go on record: {error}", hint="give one JSON value in UTF-8"
        ) from error
    if _ODD.search(data):
        _refuse_odd(value)
    return _ENCODER.encode(value)


def _refuse_odd(value: object) -> None:
    """Refuse what two writers would order or round differently.

    Raises:
        InputError: A number is too large, or a field has a name in rare letters, which RFC 8785
            sorts by their halves.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            if max(key, default="") > "\uffff":
                raise InputError(
                    f"the field `{key}` has a name with letters beyond U+FFFF",
                    hint="name fields in common letters",
                )
            _refuse_odd(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_odd(inner)
    elif isinstance(value, int) and abs(value) > INTEGER_MAX:
        raise InputError(
            f"`{value}` is beyond what readers of JSON agree upon",
            hint="write it in quotation marks",
        )


def _number(text: str) -> object:
    """A float as RFC 8785 writes it; msgspec writes most of them so by itself."""
    value = float(text)
    if value.is_integer() and abs(value) < _PLAIN_MAX:
        return int(value)
    if _PLAIN_MIN <= abs(value) < _PLAIN_MAX:
        return value
    return msgspec.Raw(rfc8785.dumps(value))


_DECODER = msgspec.json.Decoder(float_hook=_number)
_ENCODER = msgspec.json.Encoder(order="sorted")
