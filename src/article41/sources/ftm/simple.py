"""OpenSanctions' table of targets, `targets.simple.csv`, becomes a version of a list.

The table says nothing of when a target was listed: `first_seen` is the exporter's own day, a note.
"""

import csv
import io
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from functools import partial

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind, Imo, Lei
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.model.scripts import script_of
from article41.sources.ftm.publication import COLLECTION, slug
from article41.sources.ftm.vocabulary import OTHER_SCHEMAS, SCHEMAS
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import version_of

AUTHORITY = "OpenSanctions"
KIND = "os-simple"
LIST_PREFIX = "os-"
COLUMNS = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers",
    "sanctions", "phones", "emails", "program_ids", "dataset", "first_seen", "last_seen",
    "last_change",
)  # fmt: skip
"""The columns in their order; older files lack `program_ids`."""

_SINCE_2025 = "program_ids"


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`os-simple` for the table of targets, else `None`.

    Example:
        >>> kind_of_rows([COLUMNS]), kind_of_rows([["id", "name"]])
        ('os-simple', None)
    """
    return KIND if rows and _is_header(rows[0]) else None


def read_simple(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file.

    Its list is `os-` and the data set of its rows, `os-collection` if they have several. Its date
    is the caller's, else the newest `last_seen`.

    Raises:
        FormatError: A file cannot be read.
    """
    return tuple(_version(part, published) for part in parts)


def _version(part: Part, published: date | None) -> ListVersion:
    datasets, newest = set(), ""
    table = Table(part, Tally(), is_header=_is_header)
    for record in table:
        values = {column: record.take_prose(column) for column in table.columns}
        datasets.add(values["dataset"])
        newest = max(newest, values["last_seen"])
    list_id = LIST_PREFIX + ((slug(min(datasets)) if len(datasets) == 1 else "") or COLLECTION)
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=list_id,
        printed=_day(newest) if published is None else None,
        stated=published,
        listings=partial(_listings, part, list_id),
    )


def _listings(part: Part, list_id: str) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    lines: dict[str, int] = {}
    table = Table(part, tally, is_header=_is_header)
    for record in table:
        if record.width != len(table.columns):
            raise record.error(f"{len(table.columns)} cells expected, {record.width} found")
        listing = _Row(record, tally).listing(list_id, has_programmes=_SINCE_2025 in table.known)
        if listing.id in lines:
            raise record.error(f"`{listing.id}` already stands on line {lines[listing.id]}", "id")
        lines[listing.id] = record.line
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


class _Row:
    """One target."""

    def __init__(self, record: Record, tally: Tally) -> None:
        self._record = record
        self._tally = tally
        self._notes: list[tuple[str, str]] = []

    def listing(self, list_id: str, *, has_programmes: bool) -> Listing:
        record = self._record
        id_ = record.take("id")
        if not id_:
            raise record.error("a target without its id", "id")
        entity = self._entity()
        for column in ("dataset", "first_seen"):
            if text := record.take(column):
                self._notes.append((column, text))
        for column in ("last_seen", "last_change"):
            if record.take(column):
                self._tally.pass_over(f"`{column}`, a time of the exporter", record.place)
        return Listing(
            authority=AUTHORITY,
            list_id=list_id,
            id=id_,
            entity=entity,
            programmes=tuple(self._values(_SINCE_2025)) if has_programmes else (),
            remarks="\n".join(self._values("sanctions")),
            notes=tuple(self._notes),
            place=record.place,
        )

    def _entity(self) -> Entity:
        schema, name = self._record.take("schema"), self._record.take_prose("name")
        if schema not in SCHEMAS and schema not in OTHER_SCHEMAS:
            raise self._record.error(f"unknown schema `{schema[:40]}`", "schema")
        if not name:
            raise self._record.error("a target without a name", "name")
        own = SCHEMAS.get(schema, Schema.THING)
        properties = [] if own is not Schema.THING else [("schema", schema)]
        properties += [("country", text) for text in self._values("countries")]
        names = [(name, NameKind.PRIMARY)]
        names += [(alias, NameKind.STRONG_ALIAS) for alias in self._values("aliases")]
        return Entity(
            schema=own,
            names=tuple(
                Name(value=value, kind=kind, script=script_of(value)) for value, kind in names
            ),
            birth_dates=tuple(self._birth_dates()),
            addresses=tuple(Address(street=text) for text in self._values("addresses")),
            identifiers=tuple(self._identifiers()),
            properties=tuple(properties),
        )

    def _birth_dates(self) -> Iterator[StatedDate]:
        for text in self._values("birth_date"):
            try:
                yield StatedDate(first=PartialDate.parse(text))
            except ValueError:
                self._notes.append(("birth_date", text))
                self._tally.remark(
                    "`birth_date` that is no date, kept as a note", self._record.place
                )

    def _identifiers(self) -> Iterator[Identifier]:
        for text in self._values("identifiers"):
            kind = next((kind for kind, test in _FORMS if _fits(test, text)), IdentifierKind.OTHER)
            yield Identifier(kind=kind, value=text, label="identifiers")
        for column, kind in (("phones", IdentifierKind.PHONE), ("emails", IdentifierKind.EMAIL)):
            for text in self._values(column):
                yield Identifier(kind=kind, value=text, label=column)

    def _values(self, column: str) -> list[str]:
        """The values of a cell, which is itself a row parted by semicolons."""
        text = self._record.take_prose(column)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
        except csv.Error:
            self._tally.remark("a cell that cannot be split, kept as one value", self._record.place)
            return [text]
        values = [value.strip() for row in rows for value in row]
        if text and not any(values):
            self._tally.pass_over("a cell of quotation marks without a value", self._record.place)
        return list(dict.fromkeys(filter(None, values)))


def _imo(text: str) -> Imo:
    # A bare number of seven digits may be anything.
    return Imo.parse(text if text.startswith("IMO") else "")


_FORMS: tuple[tuple[IdentifierKind, Callable[[str], object]], ...] = (
    (IdentifierKind.IMO, _imo),
    (IdentifierKind.LEI, Lei.parse),
)
"""The kinds of number whose form and check digit leave no doubt."""


def _fits(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _is_header(cells: Sequence[str]) -> bool:
    names = tuple(cell.strip() for cell in cells)
    return names in {COLUMNS, tuple(column for column in COLUMNS if column != _SINCE_2025)}
