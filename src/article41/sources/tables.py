"""Reads tables row by row: delimited text, spreadsheets, and tables in web pages.

A record must be taken cell by cell: text that nobody took is an error, never left out silently.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from article41.model.errors import FormatError
from article41.model.listings import Part
from article41.sources import spreadsheets, webpages
from article41.sources.table_heads import HEADER_ROWS_MAX, cut_rows, named_columns, table_form
from article41.sources.tally import Tally
from article41.sources.unpacking import HEAD_BYTES

ROWS_MAX = 2_000_000
"""The most rows read from one table."""
COLUMNS_MAX = 1_000
"""The most cells in a row."""
CELL_CHARACTERS_MAX = 100_000
"""The longest cell; the longest published so far has about 12,000 characters."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Remedies(NamedTuple):
    """What whoever has the file can do about a fault in it."""

    table: str
    """About its columns and rows."""
    encoding: str
    """About text in another encoding."""


_AGAIN = (
    "get the file again from the authority; if its table has changed, a newer article41 reads it"
)
FROM_AUTHORITY = Remedies(table=_AGAIN, encoding=_AGAIN)
"""The remedies for a table that an authority publishes."""


class Row(NamedTuple):
    """One row: the line or row it begins on, from 1, and its cells as text."""

    line: int
    cells: list[str]


class Record:
    """A row under a header, each of whose cells must be taken before `close`."""

    __slots__ = ("_cells", "_table", "line", "place", "width")

    def __init__(self, row: Row, table: "Table") -> None:
        """Keep the cells that have text, by column."""
        self.line = row.line
        """Line or row in the file, from 1."""
        self.place = f"{table.kind}:{row.line}"
        """Kind of the file and line."""
        self.width = len(row.cells)
        """How many cells the row has; fewer than columns may mean that the file was cut."""
        self._table = table
        self._cells = {
            name: text
            for name, cell in zip(table.columns, row.cells, strict=False)
            if (text := cell.strip())
        }

    def take(self, column: str) -> str:
        """The text of a cell with its blanks folded; empty if there is none."""
        return " ".join(self.take_prose(column).split())

    def take_prose(self, column: str) -> str:
        """The text of a cell with its line breaks; empty if there is none."""
        if column not in self._table.known:
            raise self._table.error("the column is missing", line=self._table.header_line,
                                    column=column)  # fmt: skip
        return self.take_prose_if_there(column)

    def take_if_there(self, column: str) -> str:
        """As `take`, for a column that not every publication has."""
        return " ".join(self.take_prose_if_there(column).split())

    def take_prose_if_there(self, column: str) -> str:
        """As `take_prose`, for a column that not every publication has."""
        self._table.asked.add(column)
        return self._cells.pop(column, "")

    def has_any(self, prefix: str) -> bool:
        """True if a column that begins so has text that was not taken yet."""
        self._table.asked.update(one for one in self._table.columns if one.startswith(prefix))
        return any(column.startswith(prefix) for column in self._cells)

    def error(self, message: str, column: str = "") -> FormatError:
        """A format error that names the file, this row and the column."""
        return self._table.error(message, line=self.line, column=column)

    def close(self) -> None:
        """Refuse text that nobody took.

        Raises:
            FormatError: A cell was not taken; the error names its column.
        """
        for column in self._cells:
            raise self.error("a column that this format does not have", column)


class Table:
    r"""A table with a header, read afresh at each iteration.

    Args:
        part: The file.
        tally: Counts every cell that has text.
        is_header: True for the row that names the columns; rows before it are the preamble.
        delimiter: What parts the cells of delimited text; ignored for other files.
        fallback_encoding: Tried, and counted, where the text is not UTF-8; empty to refuse it.
        which: Name of the sheet, or number of the table in the page; the first if empty.
        remedies: What errors hint at.

    Raises:
        FormatError: The file cannot be read or has no such header.

    Example:
        >>> import io
        >>> part = Part(kind="xa-csv", file_name="a.csv", sha256="", size_bytes=0,
        ...             open=lambda: io.BytesIO(b"id,name\n7,Ada Example\n"))
        >>> table = Table(part, Tally(), is_header=lambda cells: cells[0] == "id")
        >>> [(record.take("id"), record.take("name"), record.place) for record in table]
        [('7', 'Ada Example', 'xa-csv:2')]
    """

    def __init__(
        self,
        part: Part,
        tally: Tally,
        *,
        is_header: Callable[[Sequence[str]], bool],
        delimiter: str = ",",
        fallback_encoding: str = "",
        which: str = "",
        remedies: Remedies = FROM_AUTHORITY,
    ) -> None:
        """Find the header."""
        self.part = part
        self.kind = part.kind
        self._tally = tally
        self._is_header = is_header
        self._delimiter = delimiter
        self._fallback_encoding = fallback_encoding
        self._which = which
        self._remedies = remedies
        self.preamble: list[Row] = []
        """The rows before the header that have text."""
        self._header_place = 0
        self.header_line = 0
        """Line of the header."""
        self.columns: tuple[str, ...] = ()
        """Names of the columns, blanks folded; a name that comes again has ` 2` behind it."""
        for place, row in enumerate(islice(self._rows(Tally()), HEADER_ROWS_MAX)):
            if is_header(row.cells):
                # Several rows of a web page may stand on one line.
                self._header_place = place
                self.header_line = row.line
                self.columns = named_columns(row.cells)
                break
            self.preamble.append(row)
        else:
            raise self.error("no row names the columns", line=1)
        self.known = frozenset(self.columns)
        """The columns that can be taken."""
        self.asked = {
            name for name, cell in zip(self.columns, row.cells, strict=False) if not cell.strip()
        }
        """The columns that were asked for, and those without a name."""

    def __iter__(self) -> Iterator[Record]:
        """Yield the records below the header, each closed when the next one is asked for.

        Raises:
            FormatError: A row cannot be read, text in it was not taken, or there is a column that
                no record was asked for, though it may be empty throughout.
        """
        record = None
        width = len(self.columns)
        for row in islice(self._rows(self._tally), self._header_place + 1, None):
            if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
                raise self.error(
                    f"{width} cells expected, {len(row.cells)} found",
                    line=row.line,
                    column=f"column {width + 1}",
                )
            record = Record(row, self)
            self._tally.read += sum(1 for cell in row.cells if cell.strip())
            yield record
            record.close()
        strange = [name for name in self.columns if name not in self.asked]
        if record is not None and strange:
            raise self.error("a column that this format does not have", line=self.header_line,
                             column=strange[0])  # fmt: skip

    def error(self, message: str, *, line: int, column: str = "") -> FormatError:
        """A format error that names this file, the line and the column."""
        return FormatError(
            message, hint=self._remedies.table, file=self.part.file_name, line=line, path=column
        )

    def _rows(self, tally: Tally) -> Iterator[Row]:
        """Rows that have text; limits and characters are checked."""
        for count, row in enumerate(self._raw_rows(tally)):
            if count >= ROWS_MAX:
                raise self.error(f"more than {ROWS_MAX} rows", line=row.line)
            if len(row.cells) > COLUMNS_MAX:
                raise self.error(f"more than {COLUMNS_MAX} cells", line=row.line)
            if any(cell.strip() for cell in row.cells):
                yield Row(row.line, [self._checked(cell, row.line, tally) for cell in row.cells])

    def _raw_rows(self, tally: Tally) -> Iterator[Row]:
        with self.part.open() as stream:
            head = stream.read(HEAD_BYTES)
        match table_form(head):
            case "spreadsheet":
                rows = spreadsheets.rows(self.part.open, self.part.file_name, self._which)
            case "webpage":
                rows = webpages.rows(self.part.open, self.part.file_name, self._which)
            case _:
                yield from self._delimited(tally)
                return
        for line, cells in rows:
            yield Row(line, cells)

    def _delimited(self, tally: Tally) -> Iterator[Row]:
        encoding = self._encoding(tally)
        with (
            self.part.open() as stream,
            io.TextIOWrapper(stream, encoding=encoding, newline="") as text,
        ):
            reader = csv.reader(self._lines(text, tally), delimiter=self._delimiter, strict=True)
            line = 1
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise self.error(_plain(str(error)), line=line) from error
                yield Row(line, cells)
                line = reader.line_num + 1

    def _lines(self, text: io.TextIOWrapper, tally: Tally) -> Iterator[str]:
        number, last = 0, "\n"
        while line := text.readline(CELL_CHARACTERS_MAX + 1):
            number += 1
            if len(line) > CELL_CHARACTERS_MAX:
                raise self.error(f"longer than {CELL_CHARACTERS_MAX} characters", line=number)
            if "\0" in line:
                raise self.error("a NUL byte in the text", line=number)
            yield line
            last = line
        if last[-1] not in "\r\n":
            tally.remark("last line without its end; the file may be cut", f"{self.kind}:{number}")

    def _encoding(self, tally: Tally) -> str:
        """UTF-8 if every byte fits, else the fallback if every byte fits that."""
        place = self._first_misfit("utf-8")
        if place is None:
            return "utf-8-sig"
        if not self._fallback_encoding:
            raise self._not_text("the file is not UTF-8 text", place, "utf-8")
        other = self._first_misfit(self._fallback_encoding)
        if other is not None:
            message = f"the file is neither UTF-8 nor {self._fallback_encoding} text"
            raise self._not_text(message, other, self._fallback_encoding)
        tally.remark(f"text in {self._fallback_encoding}, not UTF-8", f"{self.kind}:{place}")
        return self._fallback_encoding

    def _not_text(self, message: str, line: int, encoding: str) -> FormatError:
        """A format error that names the line and, by its number, the column of the misfit."""
        with self.part.open() as stream:
            found = next(islice(stream, line - 1, None), b"")
        column = ""
        try:
            found.decode(encoding)
        except UnicodeDecodeError as error:
            before = found[: error.start].decode(encoding, "replace")
            column = f"column {len((cut_rows(before, self._delimiter) or [['']])[-1])}"
        return FormatError(
            message,
            hint=self._remedies.encoding,
            file=self.part.file_name,
            line=line,
            path=column,
        )

    def _first_misfit(self, encoding: str) -> int | None:
        """The line of the first byte that is no text in the encoding."""
        decoder = codecs.getincrementaldecoder(encoding)()
        line = 1
        with self.part.open() as stream:
            while chunk := stream.read(HEAD_BYTES):
                try:
                    line += decoder.decode(chunk).count("\n")
                except UnicodeDecodeError as error:
                    return line + bytes(error.object)[: error.start].count(b"\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return line
        return None

    def _checked(self, cell: str, line: int, tally: Tally) -> str:
        if len(cell) > CELL_CHARACTERS_MAX:
            raise self.error(f"a cell longer than {CELL_CHARACTERS_MAX} characters", line=line)
        if _CONTROL.search(cell):
            tally.remark("control character read as a blank", f"{self.kind}:{line}")
            return _CONTROL.sub(" ", cell)
        return cell


def _plain(csv_message: str) -> str:
    if "unexpected end of data" in csv_message:
        return "the file ends inside a quoted field"
    if "field larger" in csv_message:
        return f"a cell longer than {CELL_CHARACTERS_MAX} characters"
    return f"the row cannot be split into cells ({csv_message})"
