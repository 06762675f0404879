"""Reads the Consolidated Screening List: a copy of the lists of three departments in one table.

Rows that repeat an OFAC entry or a denial order say which, so that their dates serve it.
"""

import hashlib
import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date, timedelta

from article41.model.clocks import StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import (
    LegalAct,
    Listing,
    ListVersion,
    Part,
    ReadingReport,
)
from article41.model.scripts import script_of
from article41.sources.prose_dates import stated_dates
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import undated_versions

AUTHORITY = "US"
LIST_ID = "us-csl"
KIND = "us-csl-csv"

_SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.ORGANIZATION,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRPLANE,
    "": Schema.LEGAL_ENTITY,
}
_SHORT = re.compile(r"\(([A-Z-]{2,6})(?: List)?\)")
_REPEATED = {
    "SDN": "ofac-sdn",
    **dict.fromkeys(("SSI", "PLC", "CMIC", "CAP", "NS-MBS", "FSE", "MBS"), "ofac-cons"),
}
"""The list that a source repeats, number by number."""
_KINDS = {
    "Passport": IdentifierKind.PASSPORT,
    "National ID No.": IdentifierKind.NATIONAL_ID,
    "Cedula No.": IdentifierKind.NATIONAL_ID,
    "Identification Number": IdentifierKind.NATIONAL_ID,
    "Tax ID No.": IdentifierKind.TAX,
    "Registration Number": IdentifierKind.REGISTRATION,
    "Company Number": IdentifierKind.REGISTRATION,
    "Registration ID": IdentifierKind.REGISTRATION,
    "SWIFT/BIC": IdentifierKind.BIC,
    "MMSI": IdentifierKind.MMSI,
    "Email Address": IdentifierKind.EMAIL,
    "Website": IdentifierKind.WEBSITE,
    "Phone Number": IdentifierKind.PHONE,
    "Vessel Registration Identification": IdentifierKind.IMO,
    "Aircraft Tail Number": IdentifierKind.AIRCRAFT_TAIL,
}
_COUNTRY = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`us-csl-csv` if the first row names the columns of the list, else `None`.

    Example:
        >>> kind_of_rows([["source", "entity_number", "type", "programs", "name", "alt_names"]])
        'us-csl-csv'
    """
    return KIND if rows and _is_header(rows[0]) else None


def _is_header(cells: Sequence[str]) -> bool:
    return {"source", "entity_number", "programs", "alt_names"} <= {cell.strip() for cell in cells}


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; the file carries no date."""
    return undated_versions(
        parts, authority=AUTHORITY, list_id=LIST_ID, stated=published, read=_listings
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    seen: dict[str, int] = {}
    table = Table(part, tally, is_header=_is_header)
    for row in table:
        if row.width < len(table.columns):
            raise row.error("a row with fewer cells than columns; the file may have been cut")
        listing = _listing_of(row, tally, seen)
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


def _listing_of(row: Record, tally: Tally, seen: dict[str, int]) -> Listing:
    source, number = row.take("source"), row.take("entity_number")
    name, kind = row.take("name"), row.take("type")
    if not name:
        raise row.error("a row without a name", "name")
    if kind.lower() not in _SCHEMAS:
        raise row.error(f"unknown type `{kind[:40]}`", "type")
    short = found[1] if (found := _SHORT.search(source)) else source
    begins, ends = _day(row, "start_date"), _day(row, "end_date")
    notice = row.take("federal_register_notice")
    # QUIRK: csl 2022: debarments of 2016 have lost their start_date, so that it is no part of this.
    own = number or hashlib.sha256(f"{name}|{notice}".encode()).hexdigest()[:12]
    id_ = f"{short}/{own}"
    seen[id_] = seen.get(id_, 0) + 1
    if seen[id_] > 1:
        tally.remark("row of the same source and number as another one", row.place)
        id_ = f"{id_}~{seen[id_]}"
    facts = _Facts(row)
    if row.take_if_there("_id"):
        tally.pass_over("number of the row in the exporter's database", row.place)
    return Listing(
        authority=AUTHORITY,
        list_id=LIST_ID,
        id=id_,
        entity=Entity(
            schema=_SCHEMAS[kind.lower()],
            names=_names(name, row.take("alt_names")),
            birth_dates=facts.births(tally),
            birth_places=tuple(_values(row.take("places_of_birth"))),
            nationalities=tuple(
                dict.fromkeys(
                    _values(row.take("nationalities")) + _values(row.take("citizenships"))
                )
            ),
            genders=tuple(facts.genders),
            titles=tuple(_values(row.take("title"))),
            addresses=tuple(map(_address, _values(row.take("addresses")))),
            identifiers=tuple(facts.identifiers),
            flags=tuple(_values(row.take("vessel_flag"))),
            properties=tuple(facts.properties()),
        ),
        programmes=(source, *_values(row.take("programs"))),
        measures=tuple(filter(None, (row.take("license_requirement"), row.take("license_policy")))),
        legal_acts=(LegalAct(title=notice, in_force_from=begins),) if notice else (),
        listed_on=begins,
        # As in the list of denied persons, the day of the end is taken to be the last one.
        delisted_on=None if ends in {None, date.max} else ends + timedelta(days=1),
        remarks=row.take_prose("remarks"),
        notes=(*facts.notes(), *([("end_date", ends.isoformat())] if ends else [])),
        restates=_repeated(short, number, name, begins),
        place=row.place,
    )


def _names(name: str, aliases: str) -> tuple[Name, ...]:
    # The last of several aliases has a word before it: `JSC Example; and Example Plant`.
    others = dict.fromkeys(one.removeprefix("and ") for one in _values(aliases))
    others.pop(name, None)
    return (
        Name(value=name, script=script_of(name)),
        *(Name(value=one, kind=NameKind.STRONG_ALIAS, script=script_of(one)) for one in others),
    )


def _repeated(short: str, number: str, name: str, begins: date | None) -> tuple[str, ...]:
    if number and short in _REPEATED:
        return (f"{_REPEATED[short]}/{number}",)
    if short == "DPL":
        return (f"us-dpl/{name.upper()}/{begins or 'undated'}",)
    return ()


class _Facts:
    """What stands in the columns with several data in one text."""

    def __init__(self, row: Record) -> None:
        self._row = row
        self.genders: list[str] = []
        self.identifiers: list[Identifier] = []
        self._other: list[tuple[str, str]] = []
        for text in _values(row.take_if_there("ids")):
            self._add(text)
        if call_sign := row.take("call_sign"):
            self.identifiers.append(
                Identifier(kind=IdentifierKind.CALL_SIGN, value=call_sign, label="call_sign")
            )

    def _add(self, text: str) -> None:
        """`CA, BC166787, Passport`, with the days of expiry and issue before the number."""
        said, _, label = text.rpartition(", ")
        if label == "Gender":
            self.genders.append(said)
            return
        if label not in _KINDS and not label.endswith(("No.", "Number", "ID", "#")):
            self._other.append(("ids", text))
            return
        parts = said.split(", ")
        country = parts.pop(0) if len(parts) > 1 and _COUNTRY.fullmatch(parts[0]) else ""
        days = []
        while len(parts) > 1 and _DAY.fullmatch(parts[0]):
            days.append(parts.pop(0))
        value = ", ".join(parts)
        if not value:
            self._other.append(("ids", text))
            return
        expires, issued = (*days, "", "")[:2]
        self.identifiers.append(
            Identifier(
                kind=_KINDS.get(label, IdentifierKind.OTHER),
                value=value.removeprefix("IMO ") if label.startswith("Vessel") else value,
                label=label,
                country=country,
                issued_on=issued,
                expires_on=expires,
            )
        )

    def births(self, tally: Tally) -> tuple[StatedDate, ...]:
        text = self._row.take("dates_of_birth")
        dates, is_whole = stated_dates(text) if text else ([], True)
        if not is_whole:
            tally.remark("date of birth kept as text", f"{self._row.place}: {text[:40]}")
            self._other.append(("dates_of_birth", text))
        return tuple(dict.fromkeys(dates))

    def properties(self) -> Iterator[tuple[str, str]]:
        for column, name in (
            ("vessel_type", "type"),
            ("gross_tonnage", "tonnage"),
            ("gross_registered_tonnage", "grossRegisteredTonnage"),
            ("vessel_owner", "owner"),
        ):
            if text := self._row.take(column):
                yield name, text

    def notes(self) -> Iterator[tuple[str, str]]:
        yield from self._other
        for column in ("standard_order", "source_list_url", "source_information_url"):
            if text := self._row.take(column):
                yield column, text


def _values(text: str) -> list[str]:
    return [one for one in map(str.strip, text.split(";")) if one]


def _address(text: str) -> Address:
    before, _, last = text.rpartition(",")
    if _COUNTRY.fullmatch(last.strip()):
        return Address(street=before.strip(), country=last.strip())
    return Address(street=text)


def _day(row: Record, column: str) -> date | None:
    text = row.take(column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise row.error(f"`{text[:40]}` is no day", column) from error
