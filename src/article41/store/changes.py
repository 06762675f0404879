"""Says what one state of a list has that another has not; places do not count as content.

A change is cosmetic if it leaves whom the entry names and what binds the target as they were:
order, blanks, letter case and punctuation, the column in which a part of an address stands, and the
fields by which authorities keep house.

One list published in two forms prints the same facts as fields here and in its remarks there.
Across forms remarks are compared by what was read from them, and by what could not be.
"""

from collections.abc import Collection, Iterable, Iterator

import msgspec
from msgspec.structs import astuple

from article41.model.entities import Address, Entity
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


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field that differs, with what it holds on either side."""

    field: str
    """A field of the listing or its entity; a note as `notes.` and its name."""
    before: object
    """What it held; the texts of a note."""
    after: object
    """What it holds."""
    is_material: bool
    """True unless the change is cosmetic."""


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that stands in both states with other content."""

    id: str
    """The authority's number."""
    changes: tuple[FieldChange, ...]
    """The fields that differ, in the order of the model."""
    is_rekeyed: bool = False
    """True if the authority gave the same entry another record."""
    is_other_target: bool = False
    """True if the number now stands for somebody else."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        return tuple(one.field for one in self.changes)

    @property
    def is_material(self) -> bool:
        """True unless the whole change is cosmetic."""
        return self.is_other_target or any(one.is_material for one in self.changes)


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
    are_two_forms: bool = False,
) -> ListChange:
    """What changed between two states of one list.

    Args:
        before: The earlier state.
        after: The later state.
        before_silent_on: What the earlier publication says nothing of.
        after_silent_on: What the later one says nothing of.
        are_two_forms: Whether the publications came in two forms of the list.

    Raises:
        FormatError: A number stands twice in one state.

    Example:
        >>> from article41.model.entities import Entity, Name, Schema
        >>> ada = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
        >>> listing = Listing(authority="XA", list_id="xa", id="7", entity=ada, place="a.csv:3")
        >>> compare([], [listing]).added
        ('7',)
    """
    old_by_id, new_by_id = by_number(before), by_number(after)
    amendments: list[Amendment] = []
    left_open: list[str] = []
    # What both are silent on they can be compared in.
    only_before = set(before_silent_on) - set(after_silent_on)
    only_after = set(after_silent_on) - set(before_silent_on)
    for number in (one for one in new_by_id if one in old_by_id):
        old, new = without_places(old_by_id[number]), without_places(new_by_id[number])
        amendment = amendment_of(
            filled(old, new, only_before),
            filled(new, old, only_after),
            are_two_forms=are_two_forms,
        )
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


def amendment_of(old: Listing, new: Listing, *, are_two_forms: bool = False) -> Amendment | None:
    """How two contents of one entry differ; nothing if they do not."""
    cosmetic = (HOUSEKEEPING | {"remarks"}) - {"unparsed"} if are_two_forms else HOUSEKEEPING
    changes = tuple(_differences(old, new, cosmetic))
    if not changes:
        return None
    return Amendment(
        id=new.id,
        changes=changes,
        is_rekeyed=any(one.field.removeprefix("notes.") in RECORD_NUMBERS for one in changes),
        is_other_target=are_two_targets(marks_of(old), marks_of(new)),
    )


def by_number(listings: Iterable[Listing]) -> dict[str, Listing]:
    """What stands in one state of a list, by the authority's numbers.

    Raises:
        FormatError: A number stands twice.
    """
    by_id: dict[str, Listing] = {}
    for listing in listings:
        if listing.during is not None and listing.during.valid_until is not None:
            continue  # A publication that prints its past: this one is over.
        if by_id.setdefault(listing.id, listing) is not listing:
            raise doubled(listing)
    return by_id


def _differences(
    old: msgspec.Struct, new: msgspec.Struct, cosmetic: Collection[str]
) -> Iterator[FieldChange]:
    """The fields that differ, and whether each does materially."""
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if isinstance(before, Entity):
            yield from _differences(before, after, cosmetic)
        elif name == "notes":
            yield from _differing_notes(before, after)
        else:
            yield FieldChange(
                field=name,
                before=before,
                after=after,
                is_material=name not in cosmetic and _folded(before) != _folded(after),
            )


def _differing_notes(before: _Notes, after: _Notes) -> Iterator[FieldChange]:
    for note in dict.fromkeys(name for name, _ in (*before, *after)):
        old, new = (
            tuple(text for name, text in notes if name == note) for notes in (before, after)
        )
        if old != new:
            yield FieldChange(field=f"notes.{note}", before=old, after=new, is_material=False)


def _folded(value: object) -> object:
    """A value without what is cosmetic in it."""
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, Address):
        # Which part stands in which column differs from form to form of a list.
        return tuple(sorted(filter(None, map(bare, " ".join(astuple(value)).split()))))
    if isinstance(value, msgspec.Struct):
        return tuple(_folded(getattr(value, name)) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return tuple(sorted((_folded(item) for item in value), key=repr))
    return value
