"""A file of the Security Council's list becomes a version; its entries are read on demand."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import partial

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.un.entries import AUTHORITY, LIST_ID, listing_of
from article41.sources.prolog import root_name
from article41.sources.roots import root_attributes
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout
from article41.sources.xml_listings import listings_in

KIND = "un-xml"

_LAYOUT = Layout(
    root="CONSOLIDATED_LIST",
    entries=frozenset({"INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY"}),
    root_attributes=frozenset({"dateGenerated"}),
)


def kind_of(head: bytes) -> str | None:
    """`un-xml` if the head is that of the Security Council's list, else `None`.

    Example:
        >>> kind_of(b"<CONSOLIDATED_LIST dateGenerated='2024-01-02T00:00:00Z'>")
        'un-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is the file's `dateGenerated`.

    Args:
        parts: Files of the kind that `kind_of` names.
        published: Used for a file that carries no date.

    Raises:
        FormatError: `dateGenerated` is no date, or the head cannot be read. The entries are read
            when `listings` is iterated, which raises it for anything in them.
    """
    return tuple(_version(part, published) for part in parts)


def _version(part: Part, published: date | None) -> ListVersion:
    own = _date_generated(part)
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=LIST_ID,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _date_generated(part: Part) -> date | None:
    text = root_attributes(part).get("dateGenerated", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise FormatError(
            f"`{text[:40]}` is no date of the calendar",
            hint="get the file again from the United Nations",
            file=part.file_name,
            line=1,
            path="CONSOLIDATED_LIST/@dateGenerated",
        ) from error


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()

    def read_entry(element: Element, place: str) -> Listing:
        return listing_of(element, place, tally)

    yield from listings_in(part, _LAYOUT, tally, number="REFERENCE_NUMBER", read=read_entry)
    return tally.report(part.file_name)
