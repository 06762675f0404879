"""Rows of one list become listings: the primary file streams, its companions are held by number.

Every cell finds its place in the listing or a line in the report.
"""

from collections.abc import Generator
from typing import NamedTuple

import msgspec

from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Facet, Listing, Part, ReadingReport
from article41.model.scripts import script_of
from article41.sources.official.ofac.delimited import (
    ADDRESSES,
    ALIASES,
    COMMENTS,
    PRIMARY,
    DelimitedFile,
    Row,
)
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remarks import RemarkCounts, pieces_of, read_remarks
from article41.sources.official.ofac.which_list import AUTHORITY, CONSOLIDATED, SDN
from article41.sources.tally import Tally

_FILES = {
    SDN: {
        PRIMARY: "SDN.CSV",
        ALIASES: "ALT.CSV",
        ADDRESSES: "ADD.CSV",
        COMMENTS: "SDN_COMMENTS.CSV",
    },
    CONSOLIDATED: {
        PRIMARY: "CONS_PRIM.CSV",
        ALIASES: "CONS_ALT.CSV",
        ADDRESSES: "CONS_ADD.CSV",
        COMMENTS: "CONS_COMMENTS.CSV",
    },
}
_CONTENTS = {
    ALIASES: "aliases",
    ADDRESSES: "addresses",
    COMMENTS: "continuations of cut remarks",
}
_FACETS = {ALIASES: Facet.OTHER_NAMES, ADDRESSES: Facet.ADDRESSES}
_ORPHANS = {
    ALIASES: "alias row whose entry is missing",
    ADDRESSES: "address row whose entry is missing",
    COMMENTS: "continuation whose cut remark is missing",
}
_SCHEMAS = {
    "": Schema.ORGANIZATION,
    "individual": Schema.PERSON,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRPLANE,
}
_ALIAS_KINDS = {
    "aka": (NameKind.STRONG_ALIAS, ""),
    "fka": (NameKind.FORMER, ""),
    "nka": (NameKind.STRONG_ALIAS, "n.k.a."),
}
# The specification cuts remarks at 1,000 characters; a blank at the cut may be trimmed.
_CUT_REMARK_CHARS = 999

_RowsById = dict[str, list[Row]]


class PrimaryRow(NamedTuple):
    """One row of the primary file, by its columns, blanks trimmed except in the remarks."""

    line: int
    id: str
    name: str
    type: str
    programmes: tuple[str, ...]
    title: str
    call_sign: str
    vessel_type: str
    tonnage: str
    gross_tonnage: str
    flag: str
    owner: str
    remarks: str

    @classmethod
    def of(cls, row: Row) -> "PrimaryRow":
        """Take a row apart."""
        cells = [cell.strip() for cell in row.cells]
        return cls(
            line=row.line,
            id=cells[0],
            name=cells[1],
            type=cells[2],
            programmes=_programmes(cells[3]),
            title=cells[4],
            call_sign=cells[5],
            vessel_type=cells[6],
            tonnage=cells[7],
            gross_tonnage=cells[8],
            flag=cells[9],
            owner=cells[10],
            remarks=row.cells[11],
        )

    @property
    def is_cut(self) -> bool:
        """True if the remark is as long as the file allows: it goes on in the comments."""
        return len(self.remarks) >= _CUT_REMARK_CHARS


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """The files of one list, sorted by kind."""

    list_id: str
    """`SDN` or `CONSOLIDATED`."""
    parts: dict[str, Part]
    """The file of each kind; the primary one is there."""
    has_cut_remarks: bool
    """True if some remark goes on in the comments."""

    def place(self, kind: str, line: int) -> str:
        """Where a row stands: OFAC's name of the file and the line."""
        return f"{_FILES[self.list_id][kind]}:{line}"


def read_listings(publication: Publication) -> Generator[Listing, None, ReadingReport]:
    """Yield the listings in the order of the primary file and return what was counted."""
    reading = _Reading(publication)
    for row in reading.primary:
        reading.tally.read += 1
        listing = reading.once(PrimaryRow.of(row))
        if listing is not None:
            reading.tally.count(listing)
            yield listing
    return reading.report()


class _Reading:
    """One pass over the files of a list, with its counts."""

    def __init__(self, publication: Publication) -> None:
        self.tally = Tally()
        self.primary = DelimitedFile(publication.parts[PRIMARY])
        self._publication = publication
        self._files = {PRIMARY: self.primary}
        self._held = {kind: self._hold(kind) for kind in (ALIASES, ADDRESSES, COMMENTS)}
        self._rows_by_id: dict[str, list[PrimaryRow]] = {}
        self._doubled: list[str] = []
        self._remark_counts = RemarkCounts()
        self._without_address = 0

    def _hold(self, kind: str) -> _RowsById:
        rows_by_id: _RowsById = {}
        if kind in self._publication.parts:
            file = self._files[kind] = DelimitedFile(self._publication.parts[kind])
            for row in file:
                self.tally.read += 1
                rows_by_id.setdefault(row.cells[0].strip(), []).append(row)
        return rows_by_id

    def once(self, row: PrimaryRow) -> Listing | None:
        """The listing of a row; a number that comes again is kept beside the first one."""
        # QUIRK: ofac 2022-01-31: a keeper gave the last row the number of another entry.
        place = self._publication.place(PRIMARY, row.line)
        earlier = self._rows_by_id.setdefault(row.id, [])
        bare = row._replace(line=0)
        if bare in earlier:
            self.tally.pass_over("row that stands twice", place)
            return None
        earlier.append(bare)
        listing = self.listing_of(row)
        if len(earlier) == 1:
            return listing
        self.tally.remark("number that stands twice, both entries kept", f"{place}: {row.id}")
        self._doubled.append(row.id)
        return msgspec.structs.replace(listing, id=f"{row.id}~{len(earlier)}")

    def listing_of(self, row: PrimaryRow) -> Listing:
        """Put one entry together from the files."""
        if row.type not in _SCHEMAS:
            raise self.primary.error(f"unknown type `{row.type[:40]}`", line=row.line, column=2)
        if not row.name:
            raise self.primary.error("an entry without a name", line=row.line, column=1)
        schema = _SCHEMAS[row.type]
        remarks, is_cut = self._whole_remark(row)
        facts = read_remarks(remarks, schema=schema, is_cut=is_cut)
        self._remark_counts.count(facts)
        alias_rows = self._held[ALIASES].pop(row.id, [])
        address_rows = self._held[ADDRESSES].pop(row.id, [])
        if not address_rows and ADDRESSES in self._files:
            self._without_address += 1
            self.tally.remark(
                "entry without its address row", self._publication.place(PRIMARY, row.line)
            )
        names = [Name(value=row.name, script=script_of(row.name))]
        names += [self._alias(alias) for alias in alias_rows]
        return Listing(
            authority=AUTHORITY,
            list_id=self._publication.list_id,
            id=row.id,
            entity=_entity(row, schema, facts, names + facts.names, address_rows),
            programmes=row.programmes,
            remarks=remarks,
            unparsed=tuple(facts.unparsed),
            notes=_numbers("alt_num", alias_rows) + _numbers("add_num", address_rows),
            place=self._publication.place(PRIMARY, row.line),
        )

    def report(self) -> ReadingReport:
        """The counts, once every row has been read."""
        for kind, rows_by_id in self._held.items():
            for rows in rows_by_id.values():
                for row in rows:
                    self.tally.skip(_ORPHANS[kind], self._publication.place(kind, row.line))
        for kind, file in self._files.items():
            if file.header_line:
                self.tally.read += 1
                place = self._publication.place(kind, file.header_line)
                self.tally.pass_over("header line that OFAC does not publish", place)
        silent_on = tuple(facet for kind, facet in _FACETS.items() if kind not in self._files)
        report = self.tally.report(
            self.primary.part.file_name,
            gaps=self._gaps(),
            silent_on=silent_on,
            may_be_cut=not all(file.has_end_mark for file in self._files.values()),
        )
        return self._remark_counts.added_to(report)

    def _gaps(self) -> tuple[str, ...]:
        names = _FILES[self._publication.list_id]
        gaps = [
            f"{_CONTENTS[kind]} ({names[kind]})"
            for kind in (ALIASES, ADDRESSES, COMMENTS)
            if kind not in self._files and (kind != COMMENTS or self._publication.has_cut_remarks)
        ]
        gaps += [
            f"the end mark of {names[kind]}, which may be cut short"
            for kind, file in self._files.items()
            if not file.has_end_mark
        ]
        gaps += [f"a number of its own for the second entry `{one}`" for one in self._doubled]
        if self._without_address:
            gaps.append(f"address rows of entries ({self._without_address:,})")
        for kind, rows_by_id in self._held.items():
            count = sum(len(rows) for rows in rows_by_id.values())
            if count:
                gaps.append(f"entries for rows of {names[kind]} ({count:,})")
        return tuple(gaps)

    def _whole_remark(self, row: PrimaryRow) -> tuple[str, bool]:
        """The remark with its continuation, and whether its end is still missing."""
        if not row.is_cut:
            return row.remarks.strip(), False
        rows = self._held[COMMENTS].pop(row.id, [])
        if not rows:
            self.tally.remark(
                "remark cut at 1,000 characters, its continuation is missing",
                self._publication.place(PRIMARY, row.line),
            )
        return "".join([row.remarks, *(more.cells[1] for more in rows)]).strip(), not rows

    def _alias(self, row: Row) -> Name:
        _, _, type_, value, remarks = (cell.strip() for cell in row.cells)
        file = self._files[ALIASES]
        if type_ not in _ALIAS_KINDS:
            raise file.error(f"unknown alias type `{type_[:40]}`", line=row.line, column=2)
        if not value:
            raise file.error("an alias without a name", line=row.line, column=3)
        kind, note = _ALIAS_KINDS[type_]
        return Name(
            value=value,
            kind=kind,
            script=script_of(value),
            note="; ".join(text for text in (note, remarks) if text),
            place=self._publication.place(ALIASES, row.line),
        )


def _entity(
    row: PrimaryRow, schema: Schema, facts: Facts, names: list[Name], address_rows: list[Row]
) -> Entity:
    identifiers = facts.identifiers
    if row.call_sign:
        call_sign = Identifier(
            kind=IdentifierKind.CALL_SIGN, value=row.call_sign, label="Call_Sign"
        )
        identifiers = [call_sign, *identifiers]
    columns = (
        ("type", row.vessel_type),
        ("tonnage", row.tonnage),
        ("grossRegisteredTonnage", row.gross_tonnage),
        ("owner", row.owner),
    )
    return Entity(
        schema=schema,
        names=tuple(names),
        birth_dates=tuple(facts.birth_dates),
        birth_places=tuple(facts.birth_places),
        nationalities=tuple(facts.nationalities),
        genders=tuple(facts.genders),
        titles=(*pieces_of(row.title), *facts.titles),
        addresses=tuple(address for row in address_rows if (address := _address(row))),
        identifiers=tuple(identifiers),
        links=tuple(facts.links),
        flags=(row.flag, *facts.flags) if row.flag else tuple(facts.flags),
        properties=(*(pair for pair in columns if pair[1]), *facts.properties),
    )


def _programmes(text: str) -> tuple[str, ...]:
    return tuple(tag for part in text.split("] [") if (tag := part.strip()))


def _address(row: Row) -> Address | None:
    _, _, street, city, country, note = (cell.strip() for cell in row.cells)
    if not (street or city or country or note):
        return None
    return Address(street=street, city=city, country=country, note=note)


def _numbers(label: str, rows: list[Row]) -> tuple[tuple[str, str], ...]:
    """The authority's row numbers, in the order of its rows."""
    return ((label, " ".join(row.cells[1].strip() for row in rows)),) if rows else ()
