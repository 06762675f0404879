"""What an index carries of each listing, so that asking it opens nothing else."""

from datetime import UTC, date, datetime

import msgspec

from article41.match.party import birth_spans
from article41.model.clocks import ALWAYS, Bounds
from article41.model.entities import Name, Schema
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
"""Stands for "ever since" where nobody says when a record was first known."""


class ListedNumber(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A number that a list prints for a target."""

    kind: IdentifierKind
    """What number it is."""
    value: str
    """As printed."""
    country: str = ""
    """Who issued it, as printed."""


class ListingDetails(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What law and identity ask of a listing, and an answer of resemblances does not show."""

    measures: tuple[str, ...]
    """What is imposed, in the authority's words."""
    acts: tuple[str, ...]
    """Titles of the legal acts that list it, as printed."""
    numbers: tuple[ListedNumber, ...]
    """All numbers."""
    births: tuple[tuple[int, int], ...]
    """Spans of stated dates of birth as (first, last) in the form 19700131; 0 where unknown."""
    names_as_same: tuple[str, ...]
    """Keys of entries that the list itself calls the same target, or repeats."""
    known_from: datetime = BEFORE_ALL
    """When the record was first known."""
    known_until: datetime | None = None
    """When that belief ended; absent if it has not."""
    certainty: str = ""
    """How sure the entry itself is, where its list grades that; empty if it does not."""
    links: tuple[str, ...] = ()
    """Names of others to which its list says it is linked, as printed."""


class IndexedListing(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A listing as an answer shows it, with the version of the list it stands in."""

    authority: str
    """Who decided."""
    list_id: str
    """Which list."""
    id: str
    """The authority's own number."""
    schema: Schema
    """The kind of target."""
    names: tuple[Name, ...]
    """All names, the primary one first."""
    programmes: tuple[str, ...]
    """Programme tags as published."""
    birth_dates: tuple[str, ...]
    """Dates of birth in words."""
    nationalities: tuple[str, ...]
    """As printed."""
    listed_on: date | None
    """Day of listing, if the list says so."""
    place: str
    """Where the listing stands in the publication."""
    version_sha256: str
    """Identity of the version."""
    published: date | None
    """Its day of publication, if anybody says so."""
    form: Bounds
    """When the entry had this content."""
    listed: Bounds
    """When the target was on the list without a break."""
    narrowed_by: tuple[str, ...] = ()
    """Keys of entries on other lists whose dates narrowed `listed`."""
    packed: msgspec.Raw = msgspec.Raw()
    """The details, unread until somebody asks for them."""

    @property
    def details(self) -> ListingDetails:
        """What law and identity ask of it."""
        return _DETAILS.decode(self.packed)

    @property
    def key(self) -> str:
        """List and number: unique over all lists."""
        return f"{self.list_id}/{self.id}"


class IndexRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A listing on its way into an index, with its half-open intervals on both clocks."""

    listing: Listing
    """The listing."""
    version_sha256: str
    """Identity of the version it stands in."""
    published: date | None
    """That version's day of publication."""
    form: Bounds = ALWAYS
    """When the entry had this content; it is found for every day on which it may have had it."""
    listed: Bounds = ALWAYS
    """When the target was on the list without a break."""
    narrowed_by: tuple[str, ...] = ()
    """Keys of entries on other lists whose dates narrowed `listed`."""
    known_from: datetime | None = None
    """When it was first known."""
    known_until: datetime | None = None
    """When that belief ended; absent if it has not."""


_DETAILS = msgspec.msgpack.Decoder(ListingDetails)


def shown_of(record: IndexRecord) -> IndexedListing:
    """A listing as an index carries it."""
    listing, entity = record.listing, record.listing.entity
    details = ListingDetails(
        measures=listing.measures,
        acts=tuple(act.title for act in listing.legal_acts),
        numbers=tuple(
            ListedNumber(kind=one.kind, value=one.value, country=one.country)
            for one in entity.identifiers
        ),
        births=tuple(birth_spans(entity.birth_dates)),
        names_as_same=(*listing.restates, *listing.same_as),
        known_from=record.known_from or BEFORE_ALL,
        known_until=record.known_until,
        certainty=dict(listing.notes).get("certainty", ""),
        links=entity.links,
    )
    return IndexedListing(
        authority=listing.authority,
        list_id=listing.list_id,
        id=listing.id,
        schema=entity.schema,
        names=entity.names,
        programmes=listing.programmes,
        birth_dates=tuple(str(day) for day in entity.birth_dates),
        nationalities=entity.nationalities,
        listed_on=listing.listed_on,
        place=listing.place,
        version_sha256=record.version_sha256,
        published=record.published,
        form=record.form,
        listed=record.listed,
        narrowed_by=record.narrowed_by,
        packed=msgspec.Raw(msgspec.msgpack.encode(details)),
    )
