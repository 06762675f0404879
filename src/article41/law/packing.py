"""Keeps the catalogue as it was read: reading its files anew is most of a short command's time.

Where it is kept is for others to say, and nobody need. What is kept is never more than a way to
save time: under another key, or damaged, it is read anew.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec

_Shape = TypeVar("_Shape")


class Keeping(Protocol):
    """Where something can be kept. It raises nothing: what cannot be kept is not."""

    def kept(self, name: str, key: str) -> bytes | None:
        """What was kept whole under this name and key, if anything was."""

    def keep(self, name: str, key: str, body: bytes) -> None:
        """Keep it in place of what has the name."""


class _Nowhere:
    def kept(self, _name: str, _key: str) -> bytes | None:
        return None

    def keep(self, _name: str, _key: str, _body: bytes) -> None:
        return None


_place: list[Keeping] = [_Nowhere()]


def keep_in(place: Keeping | None) -> None:
    """Say where what is read from now on is kept; nowhere if absent."""
    _place[:] = [place or _Nowhere()]


def packed(name: str, key: str, shape: type[_Shape], read: Callable[[], _Shape]) -> _Shape:
    """What was read before under this key, or is read now.

    Args:
        name: Of what it is.
        key: Names all that decides it but the code.
        shape: Its type.
        read: Reads it.

    Example:
        >>> packed("numbers", "1", list[int], lambda: [1, 2])
        [1, 2]
    """
    body = _place[0].kept(name, key)
    if body is not None:
        try:
            return msgspec.msgpack.decode(body, type=shape)
        except msgspec.MsgspecError:
            pass  # Whoever wrote that was not this code: it is read anew.
    found = read()
    _place[0].keep(name, key, msgspec.msgpack.encode(found))
    return found
