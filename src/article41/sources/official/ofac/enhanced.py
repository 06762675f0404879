"""Reads OFAC's enhanced XML: one entity with its lists, days of listing, names in every script.

A file that is filtered by programme is no whole list; it stands by itself and only lends its dates.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of
from article41.sources.official.ofac.enhanced_entries import listing_of
from article41.sources.official.ofac.which_list import AUTHORITY, CONSOLIDATED, SDN
from article41.sources.prolog import root_name
from article41.sources.tally import Tally
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
_SDN_NAME = "SDN List"


class _Scan(msgspec.Struct):
    """What the head of a file tells."""

    published: date | None = None
    lists: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


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
    if scan.programmes:
        slug = re.sub(r"[^a-z0-9]+", "-", " ".join(scan.programmes).lower()).strip("-")
        list_ids = [f"ofac-extract-{slug[:40]}"]
    elif not scan.lists or {_SDN_NAME} < set(scan.lists):
        list_ids = [SDN, CONSOLIDATED]
    else:
        list_ids = [SDN if _SDN_NAME in scan.lists else CONSOLIDATED]
    for list_id in list_ids:
        yield ListVersion(
            authority=AUTHORITY,
            list_id=list_id,
            parts=(part,),
            sha256=identity_of((part,)),
            published=scan.published or published,
            published_is_stated=scan.published is None and published is not None,
            listings=partial(_listings, part, scan, list_id, is_split=len(list_ids) > 1),
        )


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

    def read_entry(element: Element, place: str) -> Listing | None:
        if element.name == "publicationInfo":
            _read_head(element, _Scan())
            return None
        if element.name != "entity":
            # Every entity spells out the values that these tables number.
            element.leave()
            tally.remark("table of the numbers of values", place)
            return None
        listing = listing_of(element, list_id, place, tally, _SDN_NAME)
        is_other = is_split and listing.list_id != list_id
        if is_other:
            tally.remark("entry of the other list in the file", place)
        return None if is_other else msgspec.structs.replace(listing, list_id=list_id)

    yield from listings_in(part, _LAYOUT, tally, number="@id", read=read_entry)
    gaps: tuple[str, ...] = ()
    if scan.programmes:
        gaps = (f"every programme but {', '.join(scan.programmes)}",)
    return tally.report(gaps=gaps)
