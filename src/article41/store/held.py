"""What a store says about the publications it holds, as plain data."""

import enum
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from article41.model.clocks import Bounds
from article41.model.listings import Listing, ReadingReport


class HeldPart(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a held version; `Store.open_part` gives its bytes."""

    kind: str
    """The kind found by content."""
    file_name: str
    """The name it came with; for people only."""
    sha256: str
    """Of the unpacked bytes, hexadecimal."""
    size_bytes: int
    """Length of the unpacked bytes."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """A moment at which the bytes of a version reached the store."""

    known_at: datetime
    """When (UTC)."""
    published: date | None
    """The date given that time; absent if none was."""
    published_is_stated: bool
    """True if that date came from the caller and not from the publication."""


class HeldVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One publication of one list as the store holds it."""

    number: int
    """Its number in this store, in the order of arrival."""
    authority: str
    """Who published it."""
    list_id: str
    """Which list."""
    sha256: str
    """The version's identity, as in `ListVersion`."""
    parts: tuple[HeldPart, ...]
    """Its files, in the order of its hash."""
    published: date | None
    """The first date given for it; absent if nobody ever gave one."""
    published_is_stated: bool
    """True if `published` came from the caller and not from the publication."""
    sightings: tuple[Sighting, ...]
    """Every time its bytes reached the store, oldest first; never empty."""
    report: ReadingReport
    """What was read, kept, skipped and lost."""
    entries: int
    """How many listings it has."""

    @property
    def known_from(self) -> datetime:
        """When it first reached the store (UTC)."""
        return self.sightings[0].known_at

    @property
    def seen_again(self) -> tuple[datetime, ...]:
        """When the same bytes came again (UTC), oldest first."""
        return tuple(sighting.known_at for sighting in self.sightings[1:])

    def as_known(self, known_at: datetime) -> "HeldVersion | None":
        """The version by what the store knew at a moment; absent if it had not come by then."""
        seen = tuple(one for one in self.sightings if one.known_at <= known_at)
        if not seen:
            return None
        dated = dated_of(seen)
        return msgspec.structs.replace(
            self,
            sightings=seen,
            published=dated.published,
            published_is_stated=dated.published_is_stated,
        )

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its files; without one in common, two versions are two forms of a list."""
        return frozenset(part.kind for part in self.parts)

    @property
    def stands_from(self) -> date:
        """The first day on the law's clock: `published`, or the day it became known without one."""
        return self.published or self.known_from.date()


def dated_of(sightings: Sequence[Sighting]) -> Sighting:
    """The one that gave a version its date: the first with any, else the first."""
    return next((one for one in sightings if one.published is not None), sightings[0])


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a list in force from a day on, until the next one of that list begins."""

    day: date
    """The first day on the law's clock."""
    known_from: datetime
    """When the store learned that it stands from that day (UTC)."""
    known_until: datetime | None = None
    """When the store learned otherwise; absent if this is still what it knows."""
    version: HeldVersion
    """The version."""

    @property
    def sighting(self) -> Sighting:
        """The one by which it stands from that day, with the date given then, if any was."""
        at_once = [one for one in self.version.sightings if one.known_at == self.known_from]
        return next((one for one in at_once if one.published == self.day), at_once[0])


class TimedListing(msgspec.Struct, frozen=True, kw_only=True):
    """What one list said of one target during some days, as it was known during some time."""

    listing: Listing
    """The content; its places are those in `version`."""
    version: HeldVersion
    """The newest version in which this content stood."""
    form: Bounds
    """When the entry had this content."""
    listed: Bounds
    """When the target was on the list without a break, whatever its content."""
    narrowed_by: tuple[str, ...] = ()
    """Keys of entries on other lists whose dates narrowed `listed`."""
    known_from: datetime
    """When the store learned that it was so (UTC)."""
    known_until: datetime | None
    """When the store learned otherwise; absent if this is still what it knows."""


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """What `Store.add` did."""

    version: HeldVersion
    """The version now held."""
    is_new: bool
    """False if the same bytes were held already and have only been seen again."""
    contents_new: int
    """How many of its listings no version had in this form before."""


class Soundness(msgspec.Struct, frozen=True, kw_only=True):
    """What `Store.verify` went through and found to fit its hashes."""

    versions: int
    """Versions."""
    parts: int
    """Distinct files."""
    size_bytes: int
    """Unpacked bytes of those files."""
    contents: int
    """Distinct listings."""
    additions: int
    """Additions, sightings included."""
    attempts: int
    """Attempts to get a list."""
    link_decisions: int
    """People's words on links."""


class EventKind(enum.Enum):
    """What happened to an entry, or to a list."""

    FIRST = "first"
    """Nothing of the list stands before the publication; its entries are no news."""
    ADDED = "added"
    """The entry is new against the version before."""
    REMOVED = "removed"
    """The entry is gone."""
    AMENDED = "amended"
    """The entry has other content."""


class Event(msgspec.Struct, frozen=True, kw_only=True, rename={"list_id": "list"}):
    """One change that a publication brought, against the version that stands just before it."""

    known_at: datetime
    """When the store learned of it (UTC)."""
    day: date
    """The day from which the publication stands."""
    list_id: str
    """Which list."""
    kind: EventKind
    """What happened."""
    id: str = ""
    """The authority's number; empty for a list that is new."""
    name: str = ""
    """The primary name, in the later version if it has one."""
    fields: tuple[str, ...] = ()
    """Which fields an amendment changed."""
    is_material: bool = True
    """False for a cosmetic amendment."""
    is_rekeyed: bool = False
    """True if the authority gave the same entry another record."""
    is_other_target: bool = False
    """True if the number now stands for somebody else."""
    version: str
    """The sha256 of the publication."""


class LinkVerdict(enum.Enum):
    """What a person says of two entries."""

    SAME = "same"
    """They name one target."""
    DIFFERENT = "different"
    """They name two targets."""
    OPEN = "open"
    """An earlier word is taken back; the evidence decides again."""


class LinkDecision(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's word on whether two entries name one target; the last word counts."""

    pair: tuple[str, str]
    """The keys of the entries, in the order of the alphabet."""
    verdict: LinkVerdict
    """The word."""
    decided_by: str
    """Whose."""
    reason: str
    """Why."""
    decided_at: datetime
    """When (UTC)."""
