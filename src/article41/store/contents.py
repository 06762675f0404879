"""Turns a listing into bytes that say what is published and not where, and back.

Places move with every row above them, so they are kept apart, in the roll of each version:
which contents it has, in its order, and where each stands.
"""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from article41.model.listings import Listing

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(Listing)


class Places(msgspec.Struct, frozen=True, array_like=True):
    """Where a listing and its names stand in one publication."""

    listing: str
    """The place of the listing."""
    names: tuple[str, ...] = ()
    """The places of its names in order; empty if none has a place of its own."""


class Roll(msgspec.Struct, frozen=True, array_like=True):
    """The listings of one version in the order of the publication."""

    contents: tuple[int, ...]
    """Numbers of the contents."""
    places: tuple[Places, ...]
    """As many places."""

    def pairs(self) -> Iterator[tuple[int, Places]]:
        """Each content with its place."""
        return zip(self.contents, self.places, strict=True)

    def pack(self) -> bytes:
        """The roll as compressed bytes."""
        return zlib.compress(msgspec.msgpack.encode(self), 6)

    @classmethod
    def unpack(cls, packed: bytes) -> "Roll":
        """What `pack` was given.

        Raises:
            ValueError: The bytes are no roll.
        """
        try:
            roll = msgspec.msgpack.decode(zlib.decompress(packed), type=cls)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if len(roll.contents) != len(roll.places):
            raise ValueError("a roll needs a place for each listing")
        return roll


def encode(listing: Listing) -> bytes:
    """The published content in a form that equal listings share, whatever their places.

    Fields at their default are left out: a field that a later release adds changes no hash.
    """
    return _ENCODER.encode(_plain(without_places(listing)))


def without_places(listing: Listing) -> Listing:
    """The published content alone: where it stands in the publication is no part of it."""
    replace = msgspec.structs.replace
    names = tuple(replace(name, place="") if name.place else name for name in listing.entity.names)
    return replace(listing, place="", entity=replace(listing.entity, names=names))


def decode(body: bytes, places: Places) -> Listing:
    """The listing of which `encode` made `body`, standing at `places`.

    Raises:
        ValueError: The bytes are no listing.
    """
    listing = _DECODER.decode(body)
    replace = msgspec.structs.replace
    if not places.names:
        return replace(listing, place=places.listing)
    placed = zip(listing.entity.names, places.names, strict=True)
    names = tuple(replace(name, place=place) if place else name for name, place in placed)
    return replace(listing, place=places.listing, entity=replace(listing.entity, names=names))


def places_of(listing: Listing) -> Places:
    """What `encode` leaves out."""
    names = listing.entity.names
    if any(name.place for name in names):
        return Places(listing.place, tuple(name.place for name in names))
    return Places(listing.place)


def roll_sha256(contents_digest: bytes, places: Sequence[Places]) -> str:
    """One hash over a roll: the digest of its contents' hashes in order, then the places."""
    return hashlib.sha256(contents_digest + msgspec.msgpack.encode(places)).hexdigest()


def _plain(value: Any) -> Any:  # Any: what msgpack can hold, at any depth.
    if isinstance(value, msgspec.Struct):
        return {
            name: _plain(field)
            for name, default in _fields(type(value))
            if (field := getattr(value, name)) != default
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@cache
def _fields(struct: type[msgspec.Struct]) -> tuple[tuple[str, object], ...]:
    """Names and defaults of the fields, in the order of the definition."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(struct))
