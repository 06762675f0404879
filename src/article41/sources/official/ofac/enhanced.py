"""Reads OFAC's enhanced XML: one entity with its lists, days of listing, names in every script.

A file that is filtered by programme is no whole list; it stands by itself and only lends its dates.
"""

import hashlib
import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.ofac.enhanced_entries import (
    CONSOLIDATED_NAME,
    SDN_NAME,
    list_named,
    listing_of,
)
from article41.sources.official.ofac.remarks import RemarkCounts
from article41.sources.official.ofac.which_list import AUTHORITY, CONSOLIDATED, SDN
from article41.sources.prolog import root_name
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout, entries
from article41.sources.xml_listings import listings_in

KIND = "ofac-enhanced-xml"

_NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
_LAYOUT = Layout(
    root="sanctionsData",
    entries=frozenset(
        {
            "publicationInfo",
            "referenceValues/referenceValue",
            "featureTypes/featureType",
            "entities/entity",
        }
    ),
    namespaces=frozenset({f"{_NAMESPACE}ENHANCED_XML"}),
)
_SLUG_CHARS_MAX = 40


class _Scan(msgspec.Struct):
    """What the head of a file tells."""

    published: date | None = None
    lists: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()

    @property
    def lists_are_whole(self) -> bool:
        """True if no list is left out."""
        return not self.lists or {SDN_NAME, CONSOLIDATED_NAME} <= set(self.lists)


def kind_of(head: bytes) -> str | None:
    """`ofac-enhanced-xml` if the head is that of the enhanced XML, else `None`.

    Example:
        >>> kind_of(b"<sanctionsData><publicationInfo>")
        'ofac-enhanced-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file, or two where a file holds both lists whole.

    Raises:
        FormatError: A file cannot be read or its date is none.
    """
    return tuple(version for part in parts for version in _versions(part, published))


def _versions(part: Part, published: date | None) -> Iterator[ListVersion]:
    scan = _scan(part)
    list_ids = _list_ids(scan)
    for list_id in list_ids:
        yield version_of(
            part,
            authority=AUTHORITY,
            list_id=list_id,
            printed=scan.published,
            stated=published,
            listings=partial(_listings, part, scan, list_id, is_split=len(list_ids) > 1),
        )


def _list_ids(scan: _Scan) -> list[str]:
    """The lists that a file holds: whole ones, or an extract by the name of its filters."""
    if scan.programmes:
        names = scan.programmes if scan.lists_are_whole else scan.programmes + scan.lists
        return [_extract(names)]
    if not scan.lists:
        return [SDN, CONSOLIDATED]
    others = tuple(name for name in scan.lists if list_named(name) == CONSOLIDATED)
    found = [SDN] if len(others) < len(scan.lists) else []
    if CONSOLIDATED_NAME in others:
        found.append(CONSOLIDATED)
    elif others:
        # One of the lists that OFAC consolidates is no whole list: the others would seem lifted.
        found.append(_extract(others))
    return found


def _extract(names: Sequence[str]) -> str:
    words = " ".join(sorted(names))
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    if len(slug) > _SLUG_CHARS_MAX:
        slug = f"{slug[:_SLUG_CHARS_MAX]}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    return f"ofac-extract-{slug}"


def _scan(part: Part) -> _Scan:
    scan = _Scan()
    for element in entries(part, _LAYOUT, Tally()):
        if element.name != "publicationInfo":
            element.leave()
            break
        _read_head(element, scan)
    return scan


def _read_head(element: Element, scan: _Scan) -> None:
    text = element.take("dataAsOf")
    try:
        scan.published = date.fromisoformat(text[:10]) if text else None
    except ValueError as error:
        raise FormatError(f"`{text[:40]}` is no date", hint="get the file again from OFAC",
                          file=element.file, line=element.line,
                          path=f"{element.path}/dataAsOf") from error  # fmt: skip
    for filters in element.groups("filters"):
        scan.lists = tuple(_named(filters, "sanctionsLists", "sanctionsList"))
        scan.programmes = tuple(_named(filters, "sanctionsPrograms", "sanctionsProgram"))


def _named(element: Element, parent: str, name: str) -> Iterator[str]:
    for group in element.groups(parent):
        for one in group.groups(name):
            one.take_attribute("refId")
            yield one.take_text()


def _listings(
    part: Part, scan: _Scan, list_id: str, *, is_split: bool
) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    remarks = RemarkCounts()

    def read_entry(element: Element, place: str) -> Listing | None:
        if element.name == "publicationInfo":
            _read_head(element, _Scan())
            return None
        if element.name != "entity":
            # Every entity spells out the values that these tables number.
            element.leave()
            tally.remark("table of the numbers of values", place)
            return None
        listing, homes = listing_of(element, list_id, place, tally, remarks)
        is_on_it = (SDN if list_id == SDN else CONSOLIDATED) in homes
        if is_split and not is_on_it:
            tally.remark("entry of the other list in the file", place)
            return None
        if list_id in {SDN, CONSOLIDATED} and not is_on_it:
            tally.remark("entry that does not name the list it stands in", place)
        return listing

    yield from listings_in(part, _LAYOUT, tally, number="@id", read=read_entry)
    return remarks.added_to(tally.report(part.file_name, gaps=_gaps(scan, list_id)))


def _gaps(scan: _Scan, list_id: str) -> tuple[str, ...]:
    if list_id in {SDN, CONSOLIDATED}:
        return ()
    gaps = []
    if scan.programmes:
        gaps.append(f"every programme but {', '.join(scan.programmes)}")
    if not scan.lists_are_whole:
        gaps.append(f"every list but {', '.join(scan.lists)}")
    return tuple(gaps)
