"""Reads the UK Sanctions List as a table: CSV with everything, or the ODS summary.

The rows of one `Unique ID` are one designation: each brings a name or another datum.
"""

import re
from collections.abc import Generator, Sequence
from datetime import date, datetime
from functools import partial

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.uk.facts import (
    AUTHORITY,
    CONLIST,
    HINT,
    SANCTIONS_LIST,
    SCHEMAS,
    Facts,
    day_of,
    once,
    values_in,
)
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import version_of

KIND = "uk-sl-table"

_PROPERTIES = {
    "Type of entity": "legalForm",
    "Current owner/operator (s)": "owner",
    "Previous owner/operator (s)": "previousOwner",
    "Previous flags": "pastFlags",
    "Type of ship": "type",
    "Tonnage of ship": "tonnage",
    "Length of ship": "length",
    "Year Built": "buildDate",
    "Hull identification number (HIN)": "hullNumber",
}
_BETWEEN_MEASURES = re.compile(r"\||,(?=\s*[A-Z])")
_REPORT_DATE = re.compile(r"Report Date:?\s*(.+)", re.IGNORECASE)


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`uk-sl-table` if the first rows are those of the UK Sanctions List, else `None`.

    Example:
        >>> kind_of_rows([["Report Date: 26-Mar-2026"], ["Unique ID", "Regime Name", "Name 6"]])
        'uk-sl-table'
    """
    return KIND if any(_is_header(row) for row in rows[:3]) else None


def _is_header(cells: Sequence[str]) -> bool:
    return {"Unique ID", "Regime Name"} <= {cell.strip() for cell in cells}


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is `Report Date` above the header, if it is there."""
    return tuple(_version(part, published) for part in parts)


def _table(part: Part, tally: Tally) -> Table:
    return Table(part, tally, is_header=_is_header, fallback_encoding="windows-1252")


def _version(part: Part, published: date | None) -> ListVersion:
    preamble = " ".join(cell for row in _table(part, Tally()).preamble for cell in row.cells)
    own = _report_date(preamble, part)
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=SANCTIONS_LIST,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _report_date(preamble: str, part: Part) -> date | None:
    found = _REPORT_DATE.search(preamble)
    if found is None:
        return None
    text = found[1].strip()
    if day := day_of(text):
        return day
    try:
        return datetime.strptime(text, "%d-%b-%Y").date()  # noqa: DTZ007
    except ValueError as error:
        raise FormatError(f"`{text[:40]}` is no date", hint=HINT, file=part.file_name,
                          line=1, path="Report Date") from error  # fmt: skip


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    targets: dict[str, tuple[Facts, str]] = {}
    nameless: list[str] = []
    for row in _table(part, tally):
        number, kind = row.take("Unique ID"), _either(row, "Designation Type", "Type")
        if not number:
            raise row.error("the row names no designation", "Unique ID")
        if kind.lower() not in SCHEMAS:
            raise row.error(f"unknown kind `{kind[:40]}`", "Type")
        facts, _ = targets.setdefault(number, (Facts(row.place, tally), kind.lower()))
        _add(facts, row)
    for number, (facts, kind) in targets.items():
        if not facts.has_name:
            # QUIRK: uk 2025-08-11: the summary prints no name for a designation that has one.
            tally.remark("designation without a name, kept under its number", facts.place)
            facts.add_name([number], "Primary name", "", script="the list prints no name")
            nameless.append(number)
        listing = facts.listing(SANCTIONS_LIST, number, SCHEMAS[kind])
        tally.count(listing)
        yield listing
    return tally.report(part.file_name, gaps=tuple(f"the name of {number}" for number in nameless))


def _either(row: Record, *columns: str) -> str:
    return next(filter(None, [row.take_if_there(column) for column in columns]), "")


def _add(facts: Facts, row: Record) -> None:
    take = row.take_if_there
    facts.add_listed(take("Date Designated"), "Date Designated")
    facts.add_amended(take("Last Updated"), "Last Updated")
    if group := take("OFSI Group ID"):
        facts.restates[f"{CONLIST}/{group}"] = None
    reference = take("UN Reference Number")
    if not facts.add_un_reference(reference):
        facts.note("UN Reference Number", reference)
    facts.programmes.update(once([take("Regime Name")]))
    facts.note("Designation source", _either(row, "Designation source", "Designation Source"))
    measures = _BETWEEN_MEASURES.split(take("Sanctions Imposed"))
    facts.measures.update(once(one.strip() for one in measures))
    facts.remarks.update(once([row.take_prose_if_there("Other Information")]))
    facts.reasons.update(once([row.take_prose_if_there("UK Statement of Reasons")]))
    _add_names(facts, row)
    lines = [take(f"Address Line {number}") for number in (1, 2, 3, 4, 5, 6)]
    facts.add_address(lines, take("Address Postal Code"), take("Address Country"))
    for column, kind in (
        ("Phone number", IdentifierKind.PHONE),
        ("Website", IdentifierKind.WEBSITE),
        ("Email address", IdentifierKind.EMAIL),
    ):
        facts.add_contacts(kind, take(column), column)
    facts.add_births(take("D.O.B"))
    facts.nationalities.update(once(values_in(take("Nationality(/ies)"))))
    facts.titles.update(once(values_in(take("Position"))))
    facts.genders.update(once([take("Gender")]))
    facts.add_birth_place(take("Town of birth"), take("Country of birth"))
    for name, kind in (
        ("Passport", IdentifierKind.PASSPORT),
        ("National Identifier", IdentifierKind.NATIONAL_ID),
    ):
        details = take(f"{name} additional information")
        facts.add_documents(kind, take(f"{name} number"), details, name)
    facts.links.update(once([take("Subsidiaries"), take("Parent company")]))
    facts.add_registration(row.take_prose_if_there("Business registration number (s)"))
    facts.add_ship_numbers(take("IMO number"))
    facts.flags.update(once(values_in(take("Current believed flag of ship"))))
    for column, name in _PROPERTIES.items():
        facts.add_property(name, take(column))


def _add_names(facts: Facts, row: Record) -> None:
    take = row.take_if_there
    if name := take("Name"):
        facts.add_name([name], "Primary name", "")
    parts = [take(f"Name {number}") for number in (1, 2, 3, 4, 5, 6)]
    kind, strength = take("Name type"), take("Alias strength")
    facts.add_name(parts, kind, strength, place=row.place)
    facts.titles.update(once([take("Title")]))
    script = take("Non-latin script type")
    language = take("Non-latin script language")
    other = take("Name non-latin script")
    facts.add_name([other], "alias", "", place=row.place, script=script, language=language)
