"""What one version of a list has that another has not, of files or of what the store holds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from article41.faces.cli.describing import notice_unused
from article41.faces.cli.opening import opened_store
from article41.faces.cli.writing import Pen
from article41.model.errors import InputError, UnknownVersionError
from article41.model.letters import legible
from article41.model.listings import Facet, Listing, ListVersion, ReadingReport
from article41.sources.publications import read_publications
from article41.store import (
    Amendment,
    Event,
    EventKind,
    FieldChange,
    HeldVersion,
    ListChange,
    Standing,
    by_number,
    compare,
)

HASH_CHARACTERS_MIN = 6
"""Fewer characters of a hash name no version."""


class ChangedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry only one side has."""

    id: str
    """The authority's number."""
    name: str
    """Its primary name."""
    listing: Listing
    """All that it says."""


class AmendedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry both sides have, with other content."""

    id: str
    """The authority's number."""
    name: str
    """Its primary name in the later version."""
    fields: tuple[str, ...]
    """Which fields differ; a note as `notes.` and its name."""
    changes: tuple[FieldChange, ...]
    """The same fields with what they hold in A and in B."""
    is_material: bool
    """False if the change is cosmetic: order, letter case, housekeeping."""
    is_rekeyed: bool
    """True if the authority gave the same entry another record."""
    is_other_target: bool
    """True if the number now stands for somebody else."""


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """What changed from A to B."""

    list: str
    """Which list."""
    before: str
    """A: its sha256."""
    after: str
    """B: its sha256."""
    added: tuple[ChangedEntry, ...]
    """Only in B."""
    removed: tuple[ChangedEntry, ...]
    """Only in A."""
    amended: tuple[AmendedEntry, ...]
    """In both, with other content."""
    before_gaps: tuple[str, ...]
    """What A lacks; other gaps on the two sides make differences that no authority made."""
    after_gaps: tuple[str, ...]
    """What B lacks."""
    left_open: tuple[str, ...] = ()
    """In both, and different only where A or B lacks a file; not among the amended."""


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    """A or B, read."""

    list_id: str
    sha256: str
    kinds: frozenset[str]
    listings: tuple[Listing, ...]
    gaps: tuple[str, ...]
    silent_on: tuple[Facet, ...]


def differences(
    before: str,
    after: str,
    folder: Path,
    *,
    known_at: datetime | None = None,
    descriptions: Sequence[Path] = (),
) -> Differences:
    """What changed from A to B, each a file or a version in the store.

    Args:
        before: A.
        after: B.
        folder: Of the store.
        known_at: By what the store knew at this moment; now if absent.
        descriptions: What tables of one's own are, for files.

    Raises:
        FormatError: A file cannot be read, or a description is wrong.
        InputError: They are of two lists, or one of them is not one version.
        StoreError: A version in a store is named and there is no store.
        UnknownVersionError: The store holds no such version.
    """
    old, new = (_side(given, folder, known_at, descriptions) for given in (before, after))
    notice_unused(descriptions, old.kinds | new.kinds)
    if old.list_id != new.list_id:
        raise InputError(
            f"`{before}` is of `{old.list_id}` and `{after}` of `{new.list_id}`",
            hint="compare two versions of one list",
        )
    change: ListChange = compare(
        old.listings,
        new.listings,
        before_silent_on=old.silent_on,
        after_silent_on=new.silent_on,
        are_two_forms=old.kinds.isdisjoint(new.kinds),
    )
    old_by_id, new_by_id = by_number(old.listings), by_number(new.listings)
    return Differences(
        list=new.list_id,
        before=old.sha256,
        after=new.sha256,
        added=tuple(_changed(new_by_id[one]) for one in change.added),
        removed=tuple(_changed(old_by_id[one]) for one in change.removed),
        amended=tuple(_amended(one, new_by_id[one.id]) for one in change.amended),
        before_gaps=old.gaps,
        after_gaps=new.gaps,
        left_open=change.left_open,
    )


def difference_lines(found: Differences, pen: Pen) -> Iterator[str]:
    """The same in words, an entry a line."""
    material = sum(one.is_material for one in found.amended)
    yield pen.bold(
        f"{found.list}: {len(found.added):,} added, {len(found.removed):,} removed, "
        f"{len(found.amended):,} amended ({material:,} materially)"
    )
    for which, gaps in (("A", found.before_gaps), ("B", found.after_gaps)):
        yield from (f"  gap: {which} lacks {gap}" for gap in gaps)
    if found.left_open:
        yield f"  left open: {len(found.left_open):,} entries differ only in what A or B lacks"
    for entry in found.added:
        yield f"  + {entry.id}  {legible(entry.name)}"
    for entry in found.removed:
        yield f"  - {entry.id}  {legible(entry.name)}"
    for amended in found.amended:
        kind = "; ".join(change_kinds(amended))
        fields = f"{', '.join(amended.fields)}: {kind}"
        yield f"  ~ {amended.id}  {legible(amended.name)}  ({fields})"


def event_line(event: Event) -> str:
    """An event in words."""
    when = event.known_at.isoformat(sep=" ", timespec="seconds").replace("+00:00", " UTC")
    about = f"{when}  {event.list_id} of {event.day}"
    match event.kind:
        case EventKind.FIRST:
            return f"{about}  first version of the list"
        case EventKind.ADDED:
            return f"{about}  + {event.id}  {legible(event.name)}"
        case EventKind.REMOVED:
            return f"{about}  - {event.id}  {legible(event.name)}"
        case EventKind.AMENDED:
            fields = f"{', '.join(event.fields)}: {'; '.join(change_kinds(event))}"
            return f"{about}  ~ {event.id}  {legible(event.name)}  ({fields})"


def change_kinds(amended: AmendedEntry | Event) -> Iterator[str]:
    """What sort of change an amendment is, in words."""
    yield "material" if amended.is_material else "cosmetic"
    if amended.is_rekeyed:
        yield "re-keyed"
    if amended.is_other_target:
        yield "another target under the same number"


def _changed(listing: Listing) -> ChangedEntry:
    return ChangedEntry(id=listing.id, name=listing.entity.names[0].value, listing=listing)


def _amended(one: Amendment, listing: Listing) -> AmendedEntry:
    return AmendedEntry(
        id=one.id,
        name=listing.entity.names[0].value,
        fields=one.fields,
        changes=one.changes,
        is_material=one.is_material,
        is_rekeyed=one.is_rekeyed,
        is_other_target=one.is_other_target,
    )


def _side(
    given: str, folder: Path, known_at: datetime | None, descriptions: Sequence[Path]
) -> _Side:
    path = Path(given)
    if path.is_file():
        return _of_file(path, descriptions)
    with opened_store(folder) as store:
        version = _held(given, store.standings(known_at=known_at))
        return _Side(
            list_id=version.list_id,
            sha256=version.sha256,
            kinds=version.kinds,
            listings=tuple(store.listings(version)),
            gaps=version.report.gaps,
            silent_on=version.report.silent_on,
        )


def _of_file(path: Path, descriptions: Sequence[Path]) -> _Side:
    versions: tuple[ListVersion, ...] = read_publications([path], descriptions=descriptions)
    if len(versions) != 1:
        raise InputError(
            f"`{path}` holds {len(versions)} publications", hint="give a file of one publication"
        )
    version = versions[0]
    reports: list[ReadingReport] = []

    def read() -> Iterator[Listing]:
        reports.append((yield from version.listings()))

    listings = tuple(read())
    [report] = reports
    return _Side(
        list_id=version.list_id,
        sha256=version.sha256,
        kinds=frozenset(part.kind for part in version.parts),
        listings=listings,
        gaps=report.gaps,
        silent_on=report.silent_on,
    )


def arrival_of(given: str, standings: Sequence[Standing]) -> tuple[datetime, str]:
    """The first moment at which a version named by a user was known to stand, and its list.

    Raises:
        UnknownVersionError: The store holds no such version.
    """
    version = _held(given, standings)
    own = (one.known_from for one in standings if one.version.number == version.number)
    return min(own), version.list_id


def _held(given: str, standings: Sequence[Standing]) -> HeldVersion:
    list_id, separator, which = given.partition("@")
    if separator:
        own = [standing for standing in standings if standing.version.list_id == list_id]
        found = _by_number(own, which) or [one for one in own if one.day.isoformat() == which]
    else:
        is_hash = len(given) >= HASH_CHARACTERS_MIN
        start = given.lower()
        found = [one for one in standings if is_hash and one.version.sha256.startswith(start)]
    versions = {standing.version.number: standing.version for standing in found}
    if len(versions) == 1:
        return versions.popitem()[1]
    raise UnknownVersionError(
        f"`{given}` names {len(versions)} versions and no file",
        hint="`article41 lists` shows what is held; write ofac-sdn@2024-01-08, ofac-sdn@-1 or "
        "the beginning of a hash",
    )


def _by_number(standings: list[Standing], which: str) -> list[Standing]:
    """The standing with a number from 1, or from the end with -1; nothing if it is no number."""
    try:
        number = int(which)
    except ValueError:
        return []
    at = number - 1 if number > 0 else len(standings) + number
    return standings[at : at + 1] if number and at >= 0 else []
