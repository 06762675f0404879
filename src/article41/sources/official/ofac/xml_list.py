"""OFAC's two lists from their legacy XML: a file becomes a version, read on demand.

A document number there means what it means in a remark, so the rules for remarks read both.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.ofac.remarks import RemarkCounts
from article41.sources.official.ofac.which_list import AUTHORITY, is_non_sdn, list_with
from article41.sources.official.ofac.xml_entries import listing_of
from article41.sources.prolog import root_name
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout, entries
from article41.sources.xml_listings import listings_in

KIND = "ofac-xml"

_LAYOUT = Layout(
    root="sdnList",
    entries=frozenset({"publshInformation", "sdnEntry"}),
    namespaces=frozenset(
        {
            "http://tempuri.org/sdnList.xsd",
            "http://tempuri.org/consolidated.xsd",
            "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
        }
    ),
)
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class _Scan(msgspec.Struct):
    """What a first pass over a file tells."""

    list_id: str
    published: date | None
    record_count: str


def kind_of(head: bytes) -> str | None:
    """`ofac-xml` if the head is that of a legacy XML list, else `None`.

    Example:
        >>> kind_of(b'<sdnList xmlns="http://tempuri.org/sdnList.xsd">')
        'ofac-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is the file's `Publish_Date`.

    Args:
        parts: Files of the kind that `kind_of` names.
        published: Used for a file that carries no date.

    Raises:
        FormatError: A file is damaged, of another format, or its `Publish_Date` is no date. What
            an entry holds is read when `listings` is iterated.
    """
    return tuple(_version(part, published) for part in parts)


def _version(part: Part, published: date | None) -> ListVersion:
    scan = _scan(part)
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=scan.list_id,
        printed=scan.published,
        stated=published,
        listings=partial(_listings, part, scan),
    )


def _scan(part: Part) -> _Scan:
    scan = _Scan(list_id="", published=None, record_count="")

    def non_sdn() -> Iterator[bool]:
        for element in entries(part, _LAYOUT, Tally()):
            if element.name == "publshInformation":
                scan.published = _day(element.take("Publish_Date"), element)
                scan.record_count = element.take("Record_Count")
            else:
                programmes = [
                    tag
                    for group in element.groups("programList")
                    for tag in group.take_all("program")
                ]
                yield is_non_sdn(programmes, " ".join(_remarks(element)))
                element.leave()

    scan.list_id = list_with(non_sdn(), part.file_name)
    return scan


def _remarks(element: Element) -> Iterator[str]:
    """What the delimited files print in the remarks, as far as it may tell the list."""
    yield element.take("remarks")
    for group in element.groups("idList"):
        for item in group.groups("id"):
            yield item.take("idNumber")
            item.leave()


def _day(text: str, element: Element) -> date | None:
    if not text:
        return None
    found = _US_DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        month, day, year = map(int, found.groups())
        return date(year, month, day)
    except ValueError as error:
        raise FormatError(
            f"`{text[:40]}` is not a date such as 01/31/2024",
            hint="get the file again from OFAC",
            file=element.file,
            line=element.line,
            path=f"{element.path}/Publish_Date",
        ) from error


def _listings(part: Part, scan: _Scan) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    remarks = RemarkCounts()

    def read_entry(element: Element, place: str) -> Listing | None:
        if element.name == "publshInformation":
            element.take("Publish_Date")
            element.take("Record_Count")
            return None
        return listing_of(element, scan.list_id, place, tally, remarks)

    count = yield from listings_in(part, _LAYOUT, tally, number="uid", read=read_entry)
    said = scan.record_count[:20]
    if not said or said == str(count):
        return remarks.added_to(tally.report(part.file_name))
    gap = f"entries: Record_Count says {said}, the file has {count}"
    is_short = not said.isdecimal() or count < int(said)
    return remarks.added_to(tally.report(part.file_name, gaps=(gap,), may_be_cut=is_short))
