"""Says what one state of a list has that another has not; places do not count as content.

A change is cosmetic if it leaves whom the entry names and what binds the target as they were:
order, blanks, letter case and punctuation, and the fields by which authorities keep house.
"""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from article41.model.entities import Entity
from article41.model.errors import FormatError
from article41.model.listings import Facet, Listing
from article41.store.contents import without_places
from article41.store.likeness import are_two_targets, bare, marks_of
from article41.store.silence import filled

HOUSEKEEPING = frozenset({"amended_on", "notes", "unparsed"})
"""Fields that change without anything that a match or a measure rests on."""
RECORD_NUMBERS = frozenset({"DATAID", "logicalId", "_id"})
"""Notes with the authority's own number of the record, beside the number of the entry."""
_Notes = tuple[tuple[str, str], ...]


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that stands in both states with other content."""

    id: str
    """The authority's number."""
    fields: tuple[str, ...]
    """Which fields of the listing or its entity differ, in the order of the model; a note as
    `notes.` and its name."""
    is_material: bool = True
    """True unless the change is cosmetic."""
    is_rekeyed: bool = False
    """True if the authority gave the same entry another record."""
    is_other_target: bool = False
    """True if the number now stands for somebody else."""


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
    left_open: tuple[str, ...] = ()
    """In both, and different only where one of the publications says nothing."""


def compare(
    before: Iterable[Listing],
    after: Iterable[Listing],
    *,
    before_silent_on: Collection[Facet] = (),
    after_silent_on: Collection[Facet] = (),
) -> ListChange:
    """What changed between two states of one list.

    Args:
        before: The earlier state.
        after: The later state.
        before_silent_on: What the earlier publication says nothing of.
        after_silent_on: What the later one says nothing of.

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
    amendments: list[Amendment] = []
    left_open: list[str] = []
    # What both are silent on they can be compared in.
    only_before = set(before_silent_on) - set(after_silent_on)
    only_after = set(after_silent_on) - set(before_silent_on)
    for number in (one for one in new_by_id if one in old_by_id):
        old, new = without_places(old_by_id[number]), without_places(new_by_id[number])
        amendment = amendment_of(filled(old, new, only_before), filled(new, old, only_after))
        if amendment is not None:
            amendments.append(amendment)
        elif old != new:
            left_open.append(number)
    return ListChange(
        added=tuple(number for number in new_by_id if number not in old_by_id),
        removed=tuple(number for number in old_by_id if number not in new_by_id),
        amended=tuple(amendments),
        left_open=tuple(left_open),
    )


def doubled(listing: Listing) -> FormatError:
    """The refusal of a list on which one number stands twice."""
    return FormatError(
        f"the number `{listing.id}` stands twice on the list `{listing.list_id}`",
        hint="see whether files of two publications were given as one",
        file=listing.place,
    )


def amendment_of(old: Listing, new: Listing) -> Amendment | None:
    """How two contents of one entry differ; nothing if they do not."""
    differing = tuple(_differences(old, new))
    if not differing:
        return None
    is_other = are_two_targets(marks_of(old), marks_of(new))
    fields = tuple(name for name, _ in differing)
    return Amendment(
        id=new.id,
        fields=fields,
        is_material=is_other or any(is_material for _, is_material in differing),
        is_rekeyed=any(f"notes.{name}" in fields for name in RECORD_NUMBERS),
        is_other_target=is_other,
    )


def _by_id(listings: Iterable[Listing]) -> dict[str, Listing]:
    by_id: dict[str, Listing] = {}
    for listing in listings:
        if listing.during is not None and listing.during.valid_until is not None:
            continue  # A publication that prints its past: this one is over.
        if by_id.setdefault(listing.id, listing) is not listing:
            raise doubled(listing)
    return by_id


def _differences(old: msgspec.Struct, new: msgspec.Struct) -> Iterator[tuple[str, bool]]:
    """The fields that differ, and whether each does materially."""
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, Entity):
            yield from _differences(before, after)
        elif name == "notes":
            yield from ((f"notes.{note}", False) for note in _differing_notes(before, after))
        else:
            yield name, name not in HOUSEKEEPING and _folded(before) != _folded(after)


def _differing_notes(before: _Notes, after: _Notes) -> list[str]:
    names = dict.fromkeys(name for name, _ in (*before, *after))
    return [
        name
        for name in names
        if [text for key, text in before if key == name]
        != [text for key, text in after if key == name]
    ]


def _folded(value: object) -> object:
    """A value without what is cosmetic in it."""
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, msgspec.Struct):
        return tuple(_folded(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return tuple(sorted((_folded(item) for item in value), key=repr))
    return value
