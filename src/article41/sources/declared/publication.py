"""Recognises a table by its description and reads it.

Every column must be described, every row be an entry, a title or left out with a reason.
"""

import codecs
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.declared.cells import day_in
from article41.sources.declared.description import Rows, SectionRule
from article41.sources.declared.entries import Entry, Row, id_of, periods
from article41.sources.declared.loading import Declaration, load_description
from article41.sources.registry import load_feeds
from article41.sources.table_heads import DELIMITERS, cut_rows, first_rows, table_form
from article41.sources.tables import FROM_AUTHORITY, Record, Remedies, Table
from article41.sources.tally import Tally
from article41.sources.unpacking import HEAD_BYTES
from article41.sources.versions import version_of

SHIPPED = Path(__file__).with_name("lists")
"""The descriptions that every installation knows."""

_NEWER = "if the table has changed, change its description too"


class DeclaredTable:
    """A list that is read by a description.

    Example:
        >>> [table.list_id for table in shipped_tables()]
        ['ch-fiaa', 'il-wmd', 'in-mha', 'us-cuba-restricted', 'us-dod-1260h']
    """

    def __init__(self, declaration: Declaration) -> None:
        """Read nothing yet."""
        self._declaration = declaration
        self._it = declaration.description
        self.list_id = self._it.list_id
        """The list."""
        self.kind = f"{self.list_id}-table"
        """The kind of its files."""
        self.file = declaration.file
        """Where the description stands."""
        self._remedies = FROM_AUTHORITY
        if Path(self.file).parent != SHIPPED:
            self._remedies = Remedies(
                table=f"correct the row, or what {self.file} says of the table",
                encoding=f"save the table as UTF-8, or set `encoding` in {self.file}, such as "
                '`encoding = "windows-1252"`',
            )

    def kind_of(self, head: bytes, open_: Callable[[], BinaryIO]) -> str | None:
        """The kind of the table if one of its first rows has the columns that it is known by."""
        return None if self._delimiter(head, open_) is None else self.kind

    def mismatch(self, file_name: str, head: bytes, open_: Callable[[], BinaryIO]) -> FormatError:
        """Why a file is not this table: what its likeliest header lacks."""
        wanted = self._it.header
        lacking = [
            tuple(name for name in wanted if name not in _folded(cells))
            for mark in (self._it.delimiter or DELIMITERS)
            for cells in self._rows(head, open_, mark)
        ]
        missing = min(lacking, key=len, default=wanted)
        return FormatError(
            f"no row of the table has the column `{missing[0]}`",
            hint=f"see `header` at {self._declaration.where('header')}; `article41 lists describe` "
            "shows the columns of a file",
            file=file_name,
        )

    def read(self, parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
        """One version for each file.

        Raises:
            FormatError: The table has no such header, a column that is not described, or lacks
                the day of publication that the description looks for.
        """
        versions = []
        for part in parts:
            table = self._table(part, Tally())
            own = self._published(table)
            versions.append(
                version_of(
                    part,
                    authority=self._it.authority,
                    list_id=self.list_id,
                    printed=own,
                    stated=published,
                    listings=partial(self._listings, part),
                )
            )
        return tuple(versions)

    def _is_header(self, cells: Sequence[str]) -> bool:
        return _folded(cells).issuperset(self._it.header)

    def _rows(
        self, head: bytes, open_: Callable[[], BinaryIO], mark: str
    ) -> Sequence[Sequence[str]]:
        if table_form(head) != "delimited":
            return first_rows(head, open_, which=str(self._it.sheet))
        return cut_rows(decoded_head(head, self._it.encoding), mark)

    def _delimiter(self, head: bytes, open_: Callable[[], BinaryIO]) -> str | None:
        """What parts the cells if the head has the header, otherwise nothing."""
        marks = self._it.delimiter or DELIMITERS
        if table_form(head) != "delimited":
            marks = marks[:1]
        for mark in marks:
            if any(map(self._is_header, self._rows(head, open_, mark))):
                return mark
        return None

    def _table(self, part: Part, tally: Tally) -> Table:
        with part.open() as stream:
            head = stream.read(HEAD_BYTES)
        table = Table(
            part,
            tally,
            is_header=self._is_header,
            delimiter=self._delimiter(head, part.open) or ",",
            fallback_encoding=self._it.encoding,
            which=str(self._it.sheet),
            remedies=self._remedies,
        )
        described = {column.header for column in self._it.columns}
        for name in table.columns:
            if name not in described:
                raise _refused(
                    table, table.header_line, "a column that is not described", name,
                    f"say what becomes of it in `[[columns]]` of {self._declaration.file}, "
                    "if nothing with a reason: `field = \"ignore\"`",
                )  # fmt: skip
        section = self._it.sections.header if self._it.sections else ""
        for at, column in enumerate(self._it.columns):
            is_there = column.header in table.known or column.header == section
            if not is_there and not column.is_optional:
                where = self._declaration.where(f"columns[{at}]")
                raise _refused(
                    table, table.header_line, "the column is missing", column.header,
                    f"{where} describes it; if some publications lack it, add `optional = true`",
                )  # fmt: skip
        return table

    def _published(self, table: Table) -> date | None:
        rule = self._it.published
        if rule is None:
            return None
        text = " ".join(" ".join(row.cells) for row in table.preamble)
        found = re.search(rule.pattern, text)
        day = day_in(found[1] or "", rule.formats, self._it.months) if found else None
        if day is None:
            raise _refused(
                table, 1, "the text above the header has no day of publication", "",
                f"see `published` at {self._declaration.where('published.pattern')}; without it "
                "the day is stated with --published",
            )  # fmt: skip
        return day

    def _listings(self, part: Part) -> Generator[Listing, None, ReadingReport]:
        tally = Tally()
        table = self._table(part, tally)
        for above in table.preamble:
            count = sum(1 for cell in above.cells if cell.strip())
            tally.read += count
            tally.skip("text above the header", f"{part.kind}:{above.line}", count=count)
        for listing in self._in_order(table, tally):
            tally.count(listing)
            yield listing
        return tally.report(part.file_name)

    def _in_order(self, table: Table, tally: Tally) -> Iterator[Listing]:
        """The listings, at once where no other row can add to them."""
        places: dict[str, str] = {}
        entries: dict[str, list[Entry]] = {}
        for row in self._entry_rows(table, tally):
            number = self._number(row, places)
            entry = Entry(number, row, self._declaration)
            if self._it.rows is Rows.MERGE:
                entry = entries.setdefault(number, [entry])[0]
            elif self._it.rows is Rows.PERIODS:
                entries.setdefault(number, []).append(entry)
            entry.add(row, tally)
            if self._it.rows is Rows.REFUSE:
                yield entry.listing()
        for several in entries.values():
            is_history = self._it.rows is Rows.PERIODS
            yield from periods(several) if is_history else [several[0].listing()]

    def _number(self, row: Row, places: dict[str, str]) -> str:
        """The id of a row; a second row of it is refused unless the description allows it."""
        number = id_of(row.cells, self._it.id)
        name = self._it.id.columns[0]
        if not number:
            where = self._declaration.where("id.columns")
            raise row.error("a row without an id", name, f"see `id` at {where}")
        if number in places and self._it.rows is Rows.REFUSE:
            raise row.error(
                f"a second row of `{number[:60]}`; the first is {places[number]}", name,
                'name more columns in `id.columns`, or say with `rows = "merge"` or "periods" '
                f"what several rows of one id are, in {self._declaration.file}",
            )  # fmt: skip
        places[number] = row.place
        return number

    def _entry_rows(self, table: Table, tally: Tally) -> Iterator[Row]:
        """The rows that are entries, each with the title of its section."""
        title = ""
        with table.part.open() as stream:
            is_delimited = table_form(stream.read(HEAD_BYTES)) == "delimited"
        for record in table:
            cells = {name: text for name in table.columns if (text := record.take_prose(name))}
            if self._it.sections and _is_title(cells, self._it.sections):
                (title,) = cells.values()
                continue
            if all(" ".join(cells.get(name, "").split()) == name for name in self._it.header):
                tally.pass_over("header that comes again", record.place, count=len(cells))
                continue
            if reason := self._reason(cells):
                tally.skip(reason, record.place, count=len(cells))
                continue
            if is_delimited and record.width < len(table.columns):
                raise self._error(
                    table, record,
                    f"fewer cells than columns: {record.width} of {len(table.columns)}",
                    table.columns[record.width], f"{self._remedies.table}; it may have been cut",
                )  # fmt: skip
            yield self._row(table, record, cells, title, tally)

    def _row(
        self, table: Table, record: Record, cells: dict[str, str], title: str, tally: Tally
    ) -> Row:
        kept = {}
        for name, text in cells.items():
            if " ".join(text.split()) in self._it.nothing:
                tally.pass_over("a word for an empty cell", record.place)
            else:
                kept[name] = text
        if self._it.sections:
            if not title:
                raise self._error(table, record, "a row above the first section", "",
                                  "see `sections` in the description")  # fmt: skip
            kept[self._it.sections.header] = title
        return Row(cells=kept, place=record.place, error=partial(self._error, table, record))

    def _reason(self, cells: dict[str, str]) -> str:
        """Why a row is left out; empty if it is an entry."""
        for rule in self._it.left_out:
            text = cells.get(rule.column, "") if rule.column else " ".join(cells.values())
            if re.search(rule.pattern, text):
                return rule.reason
        return ""

    def _error(
        self, table: Table, record: Record, message: str, column: str, hint: str
    ) -> FormatError:
        return _refused(table, record.line, message, column, hint)


@cache
def shipped_tables() -> tuple[DeclaredTable, ...]:
    """The lists whose descriptions every installation has."""
    return tuple(DeclaredTable(load_description(path)) for path in sorted(SHIPPED.glob("*.toml")))


def own_tables(paths: Sequence[Path]) -> tuple[DeclaredTable, ...]:
    """The lists that a user's descriptions describe.

    Raises:
        FormatError: A description is wrong, or is one of a list that is read without it.
    """
    found: list[DeclaredTable] = []
    for path in paths:
        declaration = load_description(path)
        list_id = declaration.description.list_id
        taken = {table.list_id for table in (*shipped_tables(), *found)}
        if list_id in {*taken, *load_feeds(), "eu-journal"}:
            raise declaration.wrong(
                "list_id", f"`{list_id}` is the id of another list", "choose another id"
            )
        found.append(DeclaredTable(declaration))
    return tuple(found)


def _is_title(cells: dict[str, str], rule: SectionRule) -> bool:
    return len(cells) == 1 and re.search(rule.pattern, next(iter(cells.values()))) is not None


def _folded(cells: Sequence[str]) -> frozenset[str]:
    return frozenset(" ".join(cell.split()) for cell in cells)


def decoded_head(head: bytes, encoding: str) -> str:
    """The beginning of a text, in UTF-8 or else the other encoding."""
    # A head may end inside a character.
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(head)
    except UnicodeDecodeError:
        return head.decode(encoding or "utf-8", "replace")


def _refused(table: Table, line: int, message: str, column: str, hint: str) -> FormatError:
    return FormatError(
        message, hint=hint or _NEWER, file=table.part.file_name, line=line, path=column
    )
