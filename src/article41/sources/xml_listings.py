"""Goes through an XML list entry by entry, whoever published it.

It refuses a number that stands twice, and more entries than any list has.
"""

from collections.abc import Callable, Generator, Sequence

from article41.model.errors import FormatError
from article41.model.listings import Listing, Part
from article41.sources.tally import Tally
from article41.sources.xml import Element, Layout, entries

ENTRIES_MAX = 250_000
"""The most entries read from one file; the longest list published so far has about 18,000."""


def listings_in(
    part: Part,
    layout: Layout,
    tally: Tally,
    *,
    number: str,
    read: Callable[[Element, str], Listing | Sequence[Listing] | None],
) -> Generator[Listing, None, int]:
    """Yield the listings of a document in order and return how many there are.

    Args:
        part: The document.
        layout: How it is built.
        tally: Where everything is counted.
        number: The element that holds the number of an entry.
        read: Takes an entry and its place; gives `None` for one that is no target, and several
            listings of one number for one with a printed past.

    Raises:
        FormatError: The document cannot be read, or a number stands twice in it.
    """
    lines: dict[str, int] = {}
    for element in entries(part, layout, tally):
        found = read(element, f"{part.kind}:{element.line} {element.name} {len(lines) + 1}")
        listings = [found] if isinstance(found, Listing) else [*(found or ())]
        if not listings:
            continue
        listing = listings[0]
        if len(lines) == ENTRIES_MAX:
            raise FormatError(
                f"more than {ENTRIES_MAX} entries",
                hint="get the file again from the authority",
                file=part.file_name,
            )
        if listing.id in lines:
            raise FormatError(
                f"`{listing.id}` already stands on line {lines[listing.id]}",
                hint=f"`{number}` names one entry; get the file again",
                file=part.file_name,
                line=element.line,
                path=f"{element.path}/{number}",
            )
        lines[listing.id] = element.line
        for listing in listings:
            tally.count(listing)
            yield listing
    return len(lines)
