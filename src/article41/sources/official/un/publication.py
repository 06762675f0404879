"""A file of the Security Council's list becomes a version; its entries are read on demand."""

from collections.abc import Generator, Sequence
from datetime import date

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of
from article41.sources.official.un.entries import listing_of
from article41.sources.prolog import root_name
from article41.sources.tally import Tally
from article41.sources.xml import Layout, entries, root_attributes

AUTHORITY = "UN"
LIST_ID = "un-sc"
KIND = "un-xml"
ENTRIES_MAX = 250_000
"""The most entries read from one file; the longest published so far has 1,098."""

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


def read(parts: Sequence[Part], *, published: date | None = None) -> tuple[ListVersion, ...]:
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

    def listings() -> Generator[Listing, None, ReadingReport]:
        return (yield from _listings(part))

    return ListVersion(
        authority=AUTHORITY,
        list_id=LIST_ID,
        parts=(part,),
        sha256=identity_of((part,)),
        published=own or published,
        published_is_stated=own is None and published is not None,
        listings=listings,
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
    lines: dict[str, int] = {}
    for number, element in enumerate(entries(part, _LAYOUT, tally), start=1):
        if number > ENTRIES_MAX:
            raise FormatError(
                f"more than {ENTRIES_MAX} entries",
                hint="get the file again from the United Nations",
                file=part.file_name,
            )
        listing = listing_of(element, f"{part.kind}:{element.line} {element.name} {number}", tally)
        if listing.id in lines:
            raise FormatError(
                f"`{listing.id}` already stands on line {lines[listing.id]}",
                hint="a reference number names one entry; get the file again",
                file=part.file_name,
                line=element.line,
                path=f"{element.path}/REFERENCE_NUMBER",
            )
        lines[listing.id] = element.line
        tally.count(listing)
        yield listing
    if not lines:
        raise FormatError(
            "there is no entry in the list",
            hint="an empty list would lift every sanction; get the file again",
            file=part.file_name,
        )
    return tally.report()
