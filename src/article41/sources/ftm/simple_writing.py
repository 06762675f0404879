"""Listings become the rows of a `targets.simple.csv`, in the columns that OpenSanctions gives it.

The table has no place for dates of listing but in words, nor for kinds of names and numbers, nor
for websites: it is for programs that match names.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing
from article41.sources.ftm.simple import COLUMNS
from article41.sources.ftm.writing import entity_id, schema_word

_CONTACTS = {IdentifierKind.PHONE, IdentifierKind.EMAIL, IdentifierKind.WEBSITE}


def rows_of(
    listings: Iterable[Listing], *, status_by_key: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    r"""Yield the header and a row for each listing, each ended by a line break.

    Args:
        listings: What is written.
        status_by_key: As for `lines_of`.

    Example:
        >>> from article41.model.entities import Entity, Name, Schema
        >>> ada = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
        >>> ada_listed = Listing(authority="XA", list_id="xa-main", id="7", entity=ada, place="a:1")
        >>> header, row = rows_of([ada_listed])
        >>> row[:37]
        '"xa-main-7","Person","Ada Example",""'
    """
    yield _row(COLUMNS)
    for listing in listings:
        yield _row(_cells(listing, status_by_key.get(listing.key, "")))


def _cells(listing: Listing, status: str) -> list[str]:
    entity = listing.entity
    first, *others = dict.fromkeys(name.value for name in entity.names)
    countries = [*entity.nationalities, *entity.flags]
    countries += [text for name, text in entity.properties if name == "country"]
    countries += [address.country for address in entity.addresses]
    numbers: dict[IdentifierKind, list[str]] = {kind: [] for kind in IdentifierKind}
    for identifier in entity.identifiers:
        numbers[identifier.kind].append(identifier.value)
    plain = [value for kind, values in numbers.items() if kind not in _CONTACTS for value in values]
    return [
        entity_id(listing.key),
        schema_word(entity),
        first,
        _cell(others),
        _cell(str(end) for one in entity.birth_dates for end in (one.first, one.last) if end),
        _cell(countries),
        _cell(
            ", ".join(
                filter(None, (one.street, one.city, one.region, one.postal_code, one.country))
            )
            for one in entity.addresses
        ),
        _cell(plain),
        _cell(_sanction(listing, status)),
        _cell(numbers[IdentifierKind.PHONE]),
        _cell(numbers[IdentifierKind.EMAIL]),
        _cell(listing.programmes),
        listing.list_id,
        "",
        "",
        "",
    ]


def _sanction(listing: Listing, status: str) -> Iterator[str]:
    """What is imposed and why, in one text, then the remarks."""
    days = [f"listed on {listing.listed_on}"] if listing.listed_on else []
    days += [f"no longer listed from {listing.delisted_on}"] if listing.delisted_on else []
    days += [status] if status else []
    yield " - ".join((listing.authority, *listing.measures, *days))
    yield from listing.reasons
    if listing.remarks:
        yield listing.remarks


def _cell(values: Iterable[str]) -> str:
    """Values parted by semicolons, in quotation marks where they hold one."""
    out = io.StringIO()
    kept = list(dict.fromkeys(filter(None, values)))
    if kept:
        # The writer puts into quotation marks only what holds its own end of a line.
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(kept)
    return out.getvalue().removesuffix("\r\n")


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return out.getvalue()
