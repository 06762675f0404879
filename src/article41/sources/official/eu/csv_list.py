"""Reads the list as CSV 1.1: rows that each say something more of a target, by its number."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.eu.data import (
    AUTHORITY,
    HINT,
    LIST_ID,
    Gathering,
    Take,
    day_of,
    schema_of,
    un_keys,
)
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import version_of

KIND = "eu-csv"

_ACT_FIELDS = {
    "regulationType": "Type",
    "organisationType": "OrganisationType",
    "publicationDate": "PublicationDate",
    "entryIntoForceDate": "EntryIntoForceDate",
    "numberTitle": "NumberTitle",
    "programme": "Programme",
    "publicationUrl": "PublicationUrl",
}
_SPECIAL_FIELDS = {
    ("BirthDate", "birthdate"): "BirthDate",
    ("BirthDate", "dayOfMonth"): "Day",
    ("BirthDate", "monthOfYear"): "Month",
    ("Identification", "identificationTypeCode"): "TypeCode",
    ("Identification", "identificationTypeDescription"): "TypeDescription",
}
"""Columns that are not called as the attribute of XML 1.1."""


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`eu-csv` if the first row names the columns of CSV 1.1, else `None`.

    Example:
        >>> kind_of_rows([["fileGenerationDate", "Entity_LogicalId", "NameAlias_WholeName"]])
        'eu-csv'
    """
    return KIND if rows and _is_header(rows[0]) else None


def _is_header(cells: Sequence[str]) -> bool:
    return {"Entity_LogicalId", "NameAlias_WholeName"} <= {cell.strip() for cell in cells}


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is `fileGenerationDate`.

    Raises:
        FormatError: A file cannot be read, or its date is none.
    """
    return tuple(_version(part, published) for part in parts)


def _table(part: Part, tally: Tally) -> Table:
    return Table(part, tally, is_header=_is_header, delimiter=";")


def _version(part: Part, published: date | None) -> ListVersion:
    table = _table(part, Tally())
    own: date | None = None
    if "fileGenerationDate" in table.known:
        for record in table:
            text = record.take("fileGenerationDate")
            own = day_of(text)
            if text and own is None:
                raise record.error(f"`{text[:40]}` is no date", "fileGenerationDate")
            break
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=LIST_ID,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    seen: set[str] = set()
    rows_by_target = groupby(_rows(part, tally), key=lambda row: row.take("Entity_LogicalId"))
    for logical_id, rows in rows_by_target:
        listing = _Target(logical_id, tally, part).listing(rows)
        if listing.id in seen:
            raise _error(part, f"the rows of `{listing.id}` do not stand together")
        seen.add(listing.id)
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


def _rows(part: Part, tally: Tally) -> Iterator[Record]:
    table = _table(part, tally)
    for row in table:
        if row.width != len(table.columns):
            raise row.error(f"{len(table.columns)} cells expected, {row.width} found")
        yield row


class _Target:
    """One target being read, row by row."""

    def __init__(self, logical_id: str, tally: Tally, part: Part) -> None:
        self._logical_id = logical_id
        self._tally = tally
        self._part = part
        self._found: Gathering | None = None
        self._reference = self._code = self._un = ""
        self._listed_on: date | None = None
        self._line = 0

    def listing(self, rows: Iterator[Record]) -> Listing:
        for row in rows:
            if not self._logical_id:
                raise row.error("the row names no target", "Entity_LogicalId")
            if self._found is None:
                self._found, self._line = Gathering(row.place, self._tally), row.line
            self._read_entity(self._found, row)
            self._read_data(self._found, row)
        found = self._found
        assert found is not None
        if not found.names:
            raise _error(self._part, "the entry has no name", self._line)
        found.note("logicalId", self._logical_id if self._reference else "")
        return found.listing(
            self._reference or self._logical_id,
            schema_of(self._code, self._part.file_name, self._line),
            listed_on=self._listed_on,
            same_as=un_keys(self._un, found) if self._un else (),
        )

    def _read_entity(self, found: Gathering, row: Record) -> None:
        if row.take_if_there("fileGenerationDate"):
            self._tally.pass_over("the date of the file, in every row", row.place)
        entity = _taker(row, "Entity")
        self._reference = entity("EU_ReferenceNumber") or self._reference
        self._un = entity("UnitedNationId") or self._un
        self._code = entity("SubjectType_ClassificationCode") or self._code
        if entity("SubjectType"):
            self._tally.pass_over("kind of target, given by its code", row.place)
        stated = entity("DesignationDate")
        self._listed_on = day_of(stated) or self._listed_on
        found.note("designationDate", stated if day_of(stated) is None else "")
        found.note("designationDetails", entity("DesignationDetails"))
        remark = entity("Remark")
        if remark and remark not in found.remarks:
            found.remarks.append(remark)
        act = _act_taker(row, "Entity")
        if act("numberTitle") or act("publicationUrl"):
            found.add_act(act)

    def _read_data(self, found: Gathering, row: Record) -> None:
        for group, add in (
            ("NameAlias", found.add_name),
            ("BirthDate", found.add_birth),
            ("Identification", found.add_identification),
            ("Citizenship", found.add_citizenship),
        ):
            if row.has_any(f"{group}_"):
                remark = row.take_if_there(f"{group}_Remark")
                add(_taker(row, group), self._act(row, group), [remark] if remark else [])
        if row.has_any("Address_"):
            contact = row.take_if_there("Address_ContactInfo")
            remark = row.take_if_there("Address_Remark")
            found.add_address(
                _taker(row, "Address"),
                self._act(row, "Address"),
                [remark] if remark else [],
                [("contactInfo", contact)] if contact else [],
            )

    def _act(self, row: Record, group: str) -> str:
        take = _act_taker(row, group)
        title, published = take("numberTitle"), take("publicationDate")
        rest = [name for name in _ACT_FIELDS if name not in {"numberTitle", "publicationDate"}]
        if count := sum(bool(take(name)) for name in rest):
            self._tally.pass_over("kind and address of the act of a datum", row.place, count=count)
        return f"{title} of {published}" if title and published else title


def _act_taker(row: Record, group: str) -> Take:
    texts = {
        name: row.take_if_there(f"{group}_Regulation_{column}")
        for name, column in _ACT_FIELDS.items()
    }
    return texts.__getitem__


def _taker(row: Record, group: str) -> Take:
    def take(name: str) -> str:
        column = _SPECIAL_FIELDS.get((group, name), name[:1].upper() + name[1:])
        return row.take_if_there(f"{group}_{column}")

    return take


def _error(part: Part, message: str, line: int = 0) -> FormatError:
    return FormatError(message, hint=HINT, file=part.file_name, line=line, path="Entity_LogicalId")
