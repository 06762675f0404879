"""Reads the closed consolidated list of OFSI: one row for each name and date of birth of a group.

It was retired on 28 January 2026; what was published until then is read for its history.
"""

import re
from collections.abc import Generator, Sequence
from datetime import date
from functools import partial

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.uk.facts import (
    AUTHORITY,
    CONLIST,
    HINT,
    SCHEMAS,
    Facts,
    day_of,
    once,
    values_in,
)
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import version_of

KIND = "uk-conlist-table"

_LABEL = re.compile(r"\(([A-Z][^()]{2,40})\)\s?:")
_OLD_UN_REFERENCE = re.compile(r"\s*UN Ref\.?:?\s+([A-Z]{2}[ie]\.\d{3})\b")
_CONTACTS = {
    "Phone number": IdentifierKind.PHONE,
    "Tel": IdentifierKind.PHONE,
    "Fax": IdentifierKind.PHONE,
    "Email address": IdentifierKind.EMAIL,
    "Website": IdentifierKind.WEBSITE,
}
_PROPERTIES = {
    "Type of entity": "legalForm",
    "Type of ship": "type",
    "Tonnage of ship": "tonnage",
    "Length of ship": "length",
    "Year built": "buildDate",
    "Current owners": "owner",
    "Previous flags": "pastFlags",
}


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`uk-conlist-table` if the first rows are those of the closed list, else `None`.

    Example:
        >>> kind_of_rows([["Last Updated", "02/04/2014"], ["Name 6", "Alias Type", "Group ID"]])
        'uk-conlist-table'
    """
    return KIND if any(_is_header(row) for row in rows[:3]) else None


def _is_header(cells: Sequence[str]) -> bool:
    return {"Name 6", "Alias Type", "Group ID"} <= {cell.strip() for cell in cells}


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is `Last Updated` above the header.

    Raises:
        FormatError: A file cannot be read, or its date is none.
    """
    return tuple(_version(part, published) for part in parts)


def _table(part: Part, tally: Tally) -> Table:
    return Table(part, tally, is_header=_is_header, fallback_encoding="windows-1252")


def _version(part: Part, published: date | None) -> ListVersion:
    own = None
    for row in _table(part, Tally()).preamble:
        if row.cells[0].strip() == "Last Updated" and len(row.cells) > 1:
            own = day_of(row.cells[1])
            if own is None:
                raise FormatError(f"`{row.cells[1][:40]}` is no date", hint=HINT,
                                  file=part.file_name, line=row.line)  # fmt: skip
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=CONLIST,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    groups: dict[str, tuple[Facts, str]] = {}
    for row in _table(part, tally):
        number, kind = row.take("Group ID"), row.take("Group Type")
        if not number:
            raise row.error("the row names no group", "Group ID")
        if kind.lower() not in SCHEMAS:
            raise row.error(f"unknown kind `{kind[:40]}`", "Group Type")
        facts, _ = groups.setdefault(number, (Facts(row.place, tally), kind.lower()))
        _add(facts, row)
    for number, (facts, kind) in groups.items():
        if not facts.has_name:
            raise FormatError(f"the group `{number}` has no name", hint=HINT,
                              file=part.file_name, path="Name 6")  # fmt: skip
        listing = facts.listing(CONLIST, number, SCHEMAS[kind])
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


def _add(facts: Facts, row: Record) -> None:
    take = row.take
    parts = [take(f"Name {number}") for number in (1, 2, 3, 4, 5, 6)]
    kind, strength = take("Alias Type"), row.take_if_there("Alias Quality")
    facts.add_name(parts, kind, strength, place=row.place)
    facts.add_name(
        [row.take_if_there("Name Non-Latin Script")],
        "alias",
        "",
        place=row.place,
        script=row.take_if_there("Non-Latin Script Type"),
        language=row.take_if_there("Non-Latin Script Language"),
    )
    facts.titles.update(once([take("Title"), *values_in(take("Position"))]))
    facts.add_births(take("DOB"))
    facts.add_birth_place(take("Town of Birth"), take("Country of Birth"))
    facts.nationalities.update(once(values_in(take("Nationality"))))
    numbers = row.take_if_there("Passport Number")
    facts.add_documents(IdentifierKind.PASSPORT, numbers, take("Passport Details"), "Passport")
    facts.add_documents(
        IdentifierKind.NATIONAL_ID,
        row.take_if_there("National Identification Number"),
        row.take_if_there("National Identification Details") or row.take_if_there("NI Number"),
        "National Identification",
    )
    lines = [take(f"Address {number}") for number in (1, 2, 3, 4, 5, 6)]
    facts.add_address(lines, take("Post/Zip Code"), take("Country"))
    regime = take("Regime")
    facts.programmes.update(once([regime]))
    facts.add_listed(take("Listed On"), f"Listed On ({regime})")
    facts.add_amended(take("Last Updated"), "Last Updated")
    designated = row.take_if_there("UK Sanctions List Date Designated")
    facts.note("UK Sanctions List Date Designated", designated)
    _add_information(facts, row.take_prose("Other Information"))


def _add_information(facts: Facts, text: str) -> None:
    """The remarks, whole, and what their labels say is typed."""
    if not text or text in facts.remarks:
        return
    facts.remarks[text] = None
    marks = list(_LABEL.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        _add_labelled(facts, mark[1], " ".join(text[mark.end() : end].split()))
    if not marks and (reference := _OLD_UN_REFERENCE.match(text)):
        facts.add_un_reference(reference[1])


def _add_labelled(facts: Facts, label: str, said: str) -> None:
    value = said.rstrip(". ")
    match label:
        case "UK Sanctions List Ref":
            facts.add_own_references(value)
        case "UN Ref":
            facts.add_un_reference(value)
        case "UK Statement of Reasons":
            facts.reasons[said] = None
        case "Gender":
            facts.genders[value] = None
        case "Business Reg No":
            facts.add_registration(value)
        case "IMO number":
            facts.add_ship_numbers(value)
        case "Flag of ship":
            facts.flags.update(once(values_in(value)))
        case "Parent company" | "Subsidiaries":
            facts.links.update(once(values_in(value)))
        case _ if label in _CONTACTS:
            facts.add_contacts(_CONTACTS[label], value, label)
        case _ if label in _PROPERTIES:
            facts.add_property(_PROPERTIES[label], value)
        case _:
            pass
