"""Fills what a publication says nothing of from one that does: a missing file is no amendment."""

from collections.abc import Collection
from typing import TypeVar

import msgspec

from article41.model.entities import NameKind
from article41.model.listings import Facet, Listing


def filled(listing: Listing, other: Listing, silent_on: Collection[Facet]) -> Listing:
    """An entry with what its publication is silent on taken from another state of it.

    Nothing is taken away, and what the publication does say stays. Both without places.

    Example:
        >>> from article41.model.entities import Entity, Name, NameKind, Schema
        >>> ada = Name(value="Ada Example")
        >>> alias = Name(value="Ada Exampel", kind=NameKind.STRONG_ALIAS)
        >>> short, long = (
        ...     Listing(authority="XA", list_id="xa", id="7", place="",
        ...             entity=Entity(schema=Schema.PERSON, names=names))
        ...     for names in ((ada,), (ada, alias)))
        >>> filled(short, long, {Facet.OTHER_NAMES}) == long
        True
    """
    if not silent_on:
        return listing
    replace = msgspec.structs.replace
    entity, theirs = listing.entity, other.entity
    if Facet.OTHER_NAMES in silent_on:
        aliases = [one for one in theirs.names if one.kind is not NameKind.PRIMARY]
        entity = replace(entity, names=_joined(entity.names, theirs.names, aliases))
    if Facet.ADDRESSES in silent_on:
        entity = replace(
            entity, addresses=_joined(entity.addresses, theirs.addresses, theirs.addresses)
        )
    # The authority's row numbers of what is missing are missing with it.
    own = {name for name, _ in listing.notes}
    numbers = [pair for pair in other.notes if pair[0] not in own]
    notes = _joined(listing.notes, other.notes, numbers)
    return replace(listing, entity=entity, notes=notes)


_T = TypeVar("_T")


def _joined(own: tuple[_T, ...], theirs: tuple[_T, ...], taken: Collection[_T]) -> tuple[_T, ...]:
    """One's own and what is taken; in the other's order if there is nothing else."""
    if {*own, *taken} == set(theirs):
        return theirs
    return own + tuple(one for one in taken if one not in own)
