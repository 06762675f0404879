"""One target's entry on one authority's list, and the version of the list it was read from.

A list version knows the hash, the sizes, both dates and a way to open its bytes; reading and
keeping them belong to others.
"""

import hashlib
from collections.abc import Callable, Generator, Sequence
from datetime import date, datetime
from typing import BinaryIO, Protocol

import msgspec

from article41.model.clocks import Interval
from article41.model.entities import Entity
from article41.model.terms import Term


class LegalAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act by which an authority listed, amended or removed a target, as it names it.

    Example:
        >>> LegalAct(title="2024/7 (OJ L1)", published=date(2024, 3, 1)).title
        '2024/7 (OJ L1)'
    """

    title: str
    """Number or title as printed."""
    published: date | None = None
    """Its day of publication, if the list says so."""
    in_force_from: date | None = None
    """The day from which it binds, if the list says so."""
    url: str = ""
    """Where the authority says it can be read."""
    programme: str = ""
    """The programme it belongs to, as published."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A designation: one target's entry on one list.

    Example:
        >>> from article41.model.entities import Name, Schema
        >>> ada = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
        >>> Listing(authority="XA", list_id="xa-main", id="7", entity=ada, place="a.xml:3").key
        'xa-main/7'
    """

    authority: str
    """Who decided: `OFAC`, `UN`."""
    list_id: str
    """The list: `ofac-sdn`, `ofac-cons`, `un-sc`."""
    id: str
    """The authority's own stable number on that list (ent_num, trimmed REFERENCE_NUMBER)."""
    entity: Entity
    """The target."""
    programmes: tuple[str, ...] = ()
    """Programme tags as published."""
    measures: tuple[str, ...] = ()
    """What is imposed on the target, in the authority's words (`Asset freeze`, an annex)."""
    legal_acts: tuple[LegalAct, ...] = ()
    """The acts that the entry rests on, as far as the list names them."""
    listed_on: date | None = None
    """The date of listing as published; absent if the list does not say."""
    amended_on: tuple[date, ...] = ()
    """Dates of amendment as published."""
    delisted_on: date | None = None
    """First day off the list as published; absent if the list does not say."""
    during: Interval | None = None
    """The days in which exactly this held, for a publication that prints its own history; several
    listings of one number may then stand in it, each with its days."""
    sure: Interval | None = None
    """Those of the days of `during` on which it surely held, where the publication does not know
    the day of the beginning or of the end; on the others nobody says. All of them if absent."""
    restates: tuple[str, ...] = ()
    """Keys of entries on other lists of the authority that this one repeats (`ofac-sdn/36`): one
    decision, so that a date of listing printed here is theirs too."""
    same_as: tuple[str, ...] = ()
    """Keys of entries of other authorities (`un-sc/QDi.001`) that the authority itself names as the
    same target; each has dates of its own."""
    reasons: tuple[str, ...] = ()
    """Reasons and comments as published."""
    remarks: str = ""
    """The authority's remarks, whole and unchanged; empty if there are none."""
    unparsed: tuple[str, ...] = ()
    """Pieces of the remarks that stayed text."""
    notes: tuple[tuple[str, str], ...] = ()
    """Other published fields as (authority's field name, value)."""
    place: str
    """Where it stands in the publication: file kind and line or element number."""

    @property
    def key(self) -> str:
        """List and number: unique over all lists."""
        return f"{self.list_id}/{self.id}"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a publication, as its exact unpacked bytes.

    Example:
        >>> import io
        >>> part = Part(kind="a", file_name="a.csv", sha256="0" * 64, size_bytes=2,
        ...             open=lambda: io.BytesIO(b"xy"))
        >>> part.open().read()
        b'xy'
    """

    kind: str
    """The kind found by content: `ofac-sdn-primary`, `ofac-alt`, `un-xml`, ..."""
    file_name: str
    """The name the caller gave it; for people only."""
    sha256: str
    """Of the unpacked bytes, hexadecimal."""
    size_bytes: int
    """Length of the unpacked bytes."""
    open: Callable[[], BinaryIO]
    """Opens the unpacked bytes from the beginning."""


class _Hashed(Protocol):
    @property
    def sha256(self) -> str: ...


def identity_of(parts: Sequence[_Hashed]) -> str:
    """The sha256 over the parts' hashes in order: what makes a version the same version.

    Example:
        >>> identity_of(())[:8]
        'e3b0c442'
    """
    return hashlib.sha256("".join(part.sha256 for part in parts).encode("ascii")).hexdigest()


class Facet(Term):
    """What an authority may publish of its entries in a file apart."""

    OTHER_NAMES = "other-names"
    """All names but the primary one."""
    ADDRESSES = "addresses"
    """The addresses."""


class Skip(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a publication that was not kept as it stands, and how often.

    Example:
        >>> Skip(reason="keeper's header line", count=1, places=("sdn.pip:1",)).count
        1
    """

    reason: str
    """Why, in a few words; the same words for the same reason."""
    count: int
    """How often."""
    places: tuple[str, ...] = ()
    """The first few places."""
    is_lost: bool = True
    """True if no listing says what it says of a target; else it is said elsewhere, says nothing of
    one, or was kept in another form."""


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication that prints its own history lacks on some days.

    Example:
        >>> Gap(what="targets removed before 2024").during.valid_from is None
        True
    """

    what: str
    """What is missing."""
    during: Interval = Interval()
    """On which days."""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """Of which days before its own a publication tells.

    Example:
        >>> from datetime import date
        >>> Past(first_day=date(2004, 1, 1)).gaps
        ()
    """

    first_day: date
    """It tells of every day from this one on: who is not named for a day was not listed on it."""
    subject: str = ""
    """Of whom it tells, if not of all whom the authority listed; of others it says nothing."""
    gaps: tuple[Gap, ...] = ()
    """Where that is not so."""


class ReadingReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, kept, skipped and lost in a publication; nothing is lost without a line here.

    Example:
        >>> ReadingReport(read=2, kept=2).skipped
        ()
    """

    read: int
    """Rows or elements read, over all parts."""
    kept: int
    """Rows or elements kept in a listing."""
    listings: int = 0
    """Listings yielded."""
    names: int = 0
    """Names yielded."""
    skipped: tuple[Skip, ...] = ()
    """What was not kept as it stands, by reason: what is lost first."""
    gaps: tuple[str, ...] = ()
    """What the publication lacks (`aliases (ALT.CSV)`); named in every answer."""
    past: Past | None = None
    """Of which earlier days it tells; absent if of none but those of its entries."""
    silent_on: tuple[Facet, ...] = ()
    """What it says nothing of, for want of a file; an entry without it may have it none the
    less."""
    may_be_cut: bool = False
    """True if it lacks the end that its format has."""
    remark_segments: int = 0
    """Segments of free remarks read; 0 where the format has none."""
    remark_segments_typed: int = 0
    """Of these, how many became typed data."""
    remark_words: tuple[tuple[str, int], ...] = ()
    """First words of the segments that stayed text, with counts, commonest first."""


class ListVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One publication of one list: its bytes by hash, both dates, and its listings on demand.

    Example:
        >>> def nothing():
        ...     yield from ()
        ...     return ReadingReport(read=0, kept=0)
        >>> version = ListVersion(authority="XA", list_id="xa-main", parts=(), sha256="0" * 64,
        ...                       published=date(2024, 1, 2), listings=nothing)
        >>> list(version.listings())
        []
    """

    authority: str
    """Who published it."""
    list_id: str
    """Which list."""
    parts: tuple[Part, ...]
    """The files, ordered by kind."""
    sha256: str
    """Of the parts' hashes in order (`identity_of`)."""
    published: date | None
    """The publication's own date, or the one the caller stated; absent if nobody says."""
    published_is_stated: bool = False
    """True if the date comes from the caller and not from the publication."""
    known_from: datetime | None = None
    """When this store learned of it (UTC); absent before it is added."""
    listings: Callable[[], Generator[Listing, None, ReadingReport]]
    """Reads the listings afresh, in the order of the publication; the generator returns the report
    of what was read, kept, skipped and lost (`report = yield from version.listings()`)."""
