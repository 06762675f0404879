"""Reads Australia's list: a row for each name, all data in every row, `2`, `2a`, `2b` one target.

The sheet has no date of its own; `Control Date` says when each row was last touched.
"""

import re
from collections.abc import Generator, Iterable, Sequence
from datetime import date

from article41.model.clocks import StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.model.scripts import script_of
from article41.sources.official.au.days import Days, days_in
from article41.sources.prose_dates import stated_dates
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import undated_versions

AUTHORITY = "AU"
LIST_ID = "au-dfat"
KIND = "au-table"

_SCHEMAS = {"individual": Schema.PERSON, "entity": Schema.ORGANIZATION, "vessel": Schema.VESSEL}
_NAME_KINDS = {
    "primary name": NameKind.PRIMARY,
    "original script": NameKind.STRONG_ALIAS,
    "aka": NameKind.STRONG_ALIAS,
    "formerly known as": NameKind.FORMER,
    "previously listed as": NameKind.FORMER,
}
_NUMBER = re.compile(r"(\d+)\s*(?:[a-z]+\d*)?", re.IGNORECASE)
_LETTERED = re.compile(r"(?:^|(?<=[\s;,]))\(?[a-z]\)\s*")
_BLANK = {"na", "n/a", "not available", "-"}
_IMO = re.compile(r"\bIMO\s*(?:number|no\.?)?\s*:?\s*(\d{7})\b", re.IGNORECASE)


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`au-table` if the first row names the columns of the list, else `None`.

    Example:
        >>> kind_of_rows([["Reference", "Name of Individual or Entity", "Type", "Committees"]])
        'au-table'
    """
    return KIND if rows and _is_header(rows[0]) else None


def _is_header(cells: Sequence[str]) -> bool:
    return {"Reference", "Name of Individual or Entity", "Type"} <= {one.strip() for one in cells}


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; the sheet carries no date."""
    return undated_versions(
        parts, authority=AUTHORITY, list_id=LIST_ID, stated=published, read=_listings
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    targets: dict[str, _Target] = {}
    for row in Table(part, tally, is_header=_is_header):
        reference = row.take("Reference")
        found = _NUMBER.fullmatch(reference)
        if found is None:
            raise row.error(f"`{reference[:40]}` is no reference", "Reference")
        targets.setdefault(found[1], _Target(row.place, tally)).add(row)
    for number, target in targets.items():
        listing = target.listing(number)
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


class _Target:
    """One target, gathered from the rows of its names."""

    def __init__(self, place: str, tally: Tally) -> None:
        self._place = place
        self._tally = tally
        self._schema = ""
        self._names: dict[str, Name] = {}
        self._cells: dict[str, dict[str, None]] = {}

    def add(self, row: Record) -> None:
        kind = row.take("Type").lower()
        if kind not in _SCHEMAS:
            raise row.error(f"unknown type `{kind[:40]}`", "Type")
        self._schema = self._schema or kind
        value, name_type = row.take("Name of Individual or Entity"), row.take("Name Type")
        if not value:
            raise row.error("a row without a name", "Name of Individual or Entity")
        ranked = _NAME_KINDS.get(name_type.lower())
        if ranked is None:
            self._tally.remark(f"unknown type of name `{name_type[:30]}`, an alias", row.place)
            ranked = NameKind.STRONG_ALIAS
        name = Name(value=value, kind=ranked, script=script_of(value), place=row.place)
        held = self._names.setdefault(value, name)
        if ranked is NameKind.PRIMARY and held.kind is not ranked:
            self._names[value] = name
        for column in (
            "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information",
            "Listing Information", "Committees", "Control Date",
        ):  # fmt: skip
            text = row.take(column)
            if text.lower() in _BLANK:
                self._tally.pass_over("word for no value", row.place)
            elif text:
                self._cells.setdefault(column, {})[text] = None

    def listing(self, number: str) -> Listing:
        names = sorted(self._names.values(), key=lambda name: name.kind is not NameKind.PRIMARY)
        told = self._of("Listing Information")
        said = self._of("Additional Information")
        days = self._days(told)
        births, rest = self._births()
        notes = [("Listing Information", text) for text in told]
        notes += [("Control Date", text) for text in self._of("Control Date")] + rest
        imos = dict.fromkeys(one for text in said for one in _IMO.findall(text))
        return Listing(
            authority=AUTHORITY,
            list_id=LIST_ID,
            id=number,
            entity=Entity(
                schema=_SCHEMAS[self._schema],
                names=tuple(names),
                birth_dates=births,
                birth_places=_once(self._of("Place of Birth")),
                nationalities=_once(self._of("Citizenship")),
                addresses=tuple(Address(street=one) for one in _once(self._of("Address"))),
                identifiers=tuple(
                    Identifier(kind=IdentifierKind.IMO, value=one, label="IMO") for one in imos
                ),
            ),
            programmes=tuple(self._of("Committees")),
            listed_on=days.listed_on,
            amended_on=days.amended_on,
            remarks="\n".join(said),
            notes=tuple(notes),
            place=self._place,
        )

    def _of(self, column: str) -> list[str]:
        return list(self._cells.get(column, ()))

    def _days(self, told: Sequence[str]) -> Days:
        days = days_in(told)
        self._tally.remark("listing information without a day of listing", self._place,
                           count=days.silent)  # fmt: skip
        self._tally.remark("day in listing information that is neither of listing nor of "
                           "amendment, or not whole", self._place, count=days.unread)  # fmt: skip
        if days.is_contradicted:
            self._tally.remark("days of listing that differ between rows", self._place)
        return days

    def _births(self) -> tuple[tuple[StatedDate, ...], list[tuple[str, str]]]:
        found: dict[StatedDate, None] = {}
        rest = []
        for text in self._of("Date of Birth"):
            dates, is_whole = stated_dates(text.replace(">>", ";").removesuffix(" 00:00:00"))
            found.update(dict.fromkeys(dates))
            if not is_whole:
                self._tally.remark("date of birth kept as text", f"{self._place}: {text[:40]}")
                rest.append(("Date of Birth", text))
        return tuple(found), rest


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """The values of cells, lettered ones each by itself."""
    values = (one.strip(" ;,") for text in texts for one in _LETTERED.split(text))
    return tuple(dict.fromkeys(filter(None, values)))
