"""Says what one state of a list has that another has not; places do not count as content.

It judges nothing: whether a change is material is for others.
"""

from collections.abc import Iterable, Iterator

import msgspec

from article41.model.entities import Entity
from article41.model.errors import FormatError
from article41.model.listings import Listing
from article41.store.contents import without_places


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that stands in both states with other content."""

    id: str
    """The authority's number."""
    fields: tuple[str, ...]
    """Which fields of the listing or its entity differ, in the order of the model."""


class ListChange(msgspec.Struct, frozen=True, kw_only=True):
    """What changed from one state of a list to another, by the authority's numbers.

    Example:
        >>> ListChange(added=("7",), removed=(), amended=()).added
        ('7',)
    """

    added: tuple[str, ...]
    """Only in the later state, in its order."""
    removed: tuple[str, ...]
    """Only in the earlier state, in its order."""
    amended: tuple[Amendment, ...]
    """In both with different content, in the order of the later state."""


def compare(before: Iterable[Listing], after: Iterable[Listing]) -> ListChange:
    """What changed between two states of one list.

    Raises:
        FormatError: A number stands twice in one state.

    Example:
        >>> from article41.model.entities import Entity, Name, Schema
        >>> ada = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
        >>> listing = Listing(authority="XA", list_id="xa", id="7", entity=ada, place="a.csv:3")
        >>> compare([], [listing]).added
        ('7',)
    """
    old_by_id, new_by_id = _by_id(before), _by_id(after)
    amendments = (
        Amendment(id=number, fields=fields)
        for number, new in new_by_id.items()
        if (old := old_by_id.get(number))
        and (fields := tuple(_differences(without_places(old), without_places(new))))
    )
    return ListChange(
        added=tuple(number for number in new_by_id if number not in old_by_id),
        removed=tuple(number for number in old_by_id if number not in new_by_id),
        amended=tuple(amendments),
    )


def doubled(listing: Listing) -> FormatError:
    """The refusal of a list on which one number stands twice."""
    return FormatError(
        f"the number `{listing.id}` stands twice on the list `{listing.list_id}`",
        hint="see whether files of two publications were given as one",
        file=listing.place,
    )


def _by_id(listings: Iterable[Listing]) -> dict[str, Listing]:
    by_id: dict[str, Listing] = {}
    for listing in listings:
        if by_id.setdefault(listing.id, listing) is not listing:
            raise doubled(listing)
    return by_id


def _differences(old: msgspec.Struct, new: msgspec.Struct) -> Iterator[str]:
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, Entity):
            yield from _differences(before, after)
        elif before != after:
            yield name
