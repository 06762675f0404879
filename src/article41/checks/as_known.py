"""The version in which an entry stood as it was known at a moment.

An entry that does not change stands in every version; an index has it once, in the newest. Who asks
by the knowledge of an earlier moment is told the version that was the newest then, and the place of
the entry in it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.match import About, IndexedListing
from article41.model.entities import Name

_ROLLS_KEPT = 4
_Places = Mapping[str, tuple[str, tuple[str, ...]]]
"""Of each entry of a version, by its number: its place, and those of its names."""


def as_known(listing: IndexedListing, about: About, known_at: datetime | None) -> IndexedListing:
    """A listing in the newest version known at a moment; its place is that in a later one."""
    if known_at is None:
        return listing
    of_list = next((one for one in about.lists if one.list_id == listing.list_id), None)
    if of_list is None:
        return listing
    standing = of_list.bearing_out(
        listing.version_sha256, until=listing.form.ended_by, known_at=known_at
    )
    if standing is None:
        return listing
    return msgspec.structs.replace(
        listing, version_sha256=standing.sha256, published=standing.published
    )


def named_as_known(
    listing: IndexedListing,
    name: Name,
    about: About,
    known_at: datetime | None,
    folder: Path | None,
) -> tuple[IndexedListing, Name] | None:
    """The same with one of its names; None if nothing newer came since.

    Args:
        listing: The listing.
        name: One of its names.
        about: What the index was built from.
        known_at: The moment.
        folder: Of the store that tells the places in that version; no place is told without it.
    """
    known = as_known(listing, about, known_at)
    if known is listing:
        return None
    return (known, name) if folder is None else _placed(folder, known, name)


def _placed(folder: Path, listing: IndexedListing, name: Name) -> tuple[IndexedListing, Name]:
    """A listing and one of its names with their places in its version."""
    place, places = _places(folder, listing.version_sha256).get(listing.id, ("", ()))
    names = tuple(
        msgspec.structs.replace(one, place=there)
        for one, there in zip(listing.names, places or [""] * len(listing.names), strict=True)
    )
    number = next((at for at, one in enumerate(listing.names) if one == name), None)
    there = name if number is None else names[number]
    return msgspec.structs.replace(listing, place=place, names=names), there


@lru_cache(maxsize=_ROLLS_KEPT)
def _places(folder: Path, version_sha256: str) -> _Places:
    # The database is opened for those alone who ask by the knowledge of an earlier moment.
    from article41.store import Store  # noqa: PLC0415

    with Store(folder) as store:
        [version] = [one for one in store.versions() if one.sha256 == version_sha256]
        return {
            one.id: (one.place, tuple(name.place for name in one.entity.names))
            for one in store.listings(version)
        }
