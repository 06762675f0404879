"""Canonical bytes of JSON (RFC 8785): the same value has the same bytes, whoever wrote it."""

from article41.match.kernel import UncanonicalError, canonical_json
from article41.model.errors import InputError


def canonical(data: bytes, *, within: int = 0) -> bytes:
    """The canonical form of one JSON value.

    Args:
        data: The value as JSON in UTF-8.
        within: How many lists and objects it will stand in: not too many may in all.

    Raises:
        InputError: It is no JSON, or a number in it is beyond what readers of JSON agree upon.

    Example:
        >>> canonical(b'{"b": 1.0, "a": [0.50]}')
        b'{"a":[0.5],"b":1}'
    """
    try:
        return canonical_json(data, within=within)
    except UncanonicalError as error:
        what, remedy = error.args
        raise InputError(what, hint=remedy) from error
