"""Reads a file of customers row by row into queries; a row that cannot be read keeps its reason.

Every row comes out once, whatever is wrong with it. Nothing is looked up here.
"""

import codecs
import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TextIO

import msgspec

from article41.faces.cli.options import birth_date_of, schema_of
from article41.match import Query
from article41.model.clocks import StatedDate
from article41.model.entities import Schema
from article41.model.errors import FormatError, InputError

CELL_CHARACTERS_MAX = 16 << 20
"""A longer cell is a quote that nobody closed; the file is refused."""
COLUMNS = ("id", "name", "schema", "birth_date", "country")
"""The columns that are read; only `name` must be there."""
SHOWN = 40
"""Characters of a bad cell that its error repeats."""
_DELIMITERS = ",;\t|"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CELLS_KEPT = 50_000
_MISFIT = "name not in the encoding (give --encoding, such as cp1252)"
_UNUSED = "birth date not used (write 1965, 1965-09 or 1965-09-11)"


class Row(msgspec.Struct, frozen=True):
    """One row: the cells as they were read, and a query or the reason why there is none."""

    cells: list[str]
    """As many as the header has."""
    query: Query | None
    """Who is asked about; absent if the row cannot be read."""
    error: str
    """Why there is no query, or what of the row is not in it; empty if all of it is."""
    reason: str
    """The same without what the cell holds, to be counted."""


class CustomerFile:
    """An open file of customers: its header, then its rows.

    Args:
        file: The open text, without newline translation.
        path: For messages.
        column_by_role: What the columns are called in this file where it is not as their role.
        roles: The columns that are read.
        wanted: Those of them that must be there.

    Raises:
        FormatError: There is no header, or a column is not there or there twice.
    """

    def __init__(
        self,
        file: TextIO,
        path: Path,
        column_by_role: dict[str, str],
        *,
        roles: Sequence[str] = COLUMNS,
        wanted: Collection[str] = ("name",),
    ) -> None:
        """Read the header."""
        self._roles, self._wanted = roles, wanted
        self._file = file
        self._path = path
        try:
            first = file.readline().removeprefix("\ufeff")
        except (UnicodeError, OSError) as error:
            raise _unreadable(error, path, line=1) from error
        if _CONTROL.search(first):
            raise FormatError(
                "this is no text", hint=f"save the table as CSV in UTF-8; {_HINT}", file=str(path)
            )
        self.delimiter = max(_DELIMITERS, key=first.count)
        self.rows_blank = 0
        self._last_line: str | None = None
        lines = self._remembered(chain([first], file))
        self._reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        self.header = self._next_row() or []
        if not any(self.header):
            raise FormatError("there is no header", hint=_HINT, file=str(path), line=1)
        self._places = self._places_of(column_by_role)

    def __iter__(self) -> Iterator[Row]:
        """Every row that is not blank.

        Raises:
            FormatError: A cell is longer than `CELL_CHARACTERS_MAX`, or a quote is not closed.
        """
        width = len(self.header)
        name, schema, born = (self._places.get(role, -1) for role in COLUMNS[1:4])
        while (cells := self._next_row()) is not None:
            if not cells:
                self.rows_blank += 1
            elif len(cells) == width:
                yield _customer(
                    cells,
                    cells[name],
                    cells[schema] if schema >= 0 else "",
                    cells[born] if born >= 0 else "",
                )
            else:
                yield _of_other_width(cells, width)

    @property
    def line(self) -> int:
        """The line of the file on which the row read last ends."""
        return self._reader.line_num

    @property
    def columns_unused(self) -> list[str]:
        """The columns of which nothing is read."""
        used = set(self._places.values())
        return [name for place, name in enumerate(self.header) if place not in used]

    def cell(self, row: Row, role: str) -> str:
        """What a row says in one of the columns; empty if there is no such column."""
        place = self._places.get(role)
        return "" if place is None else row.cells[place]

    @property
    def bytes_read(self) -> int:
        """How far the file has been read."""
        return self._file.buffer.tell()

    def _next_row(self) -> list[str] | None:
        began = self._reader.line_num + 1
        try:
            try:
                return next(self._reader, None)
            except csv.Error:
                # A quote out of place is read as far as it goes, but takes no other line with it:
                # the rows in it would be customers who are never compared.
                if self._last_line is None or self._reader.line_num > began:
                    raise
                return next(csv.reader([self._last_line], delimiter=self.delimiter))
        except csv.Error as error:
            raise _unreadable(error, self._path, line=began) from error
        except (UnicodeError, OSError) as error:
            raise _unreadable(error, self._path, line=self._reader.line_num) from error

    def _remembered(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, of which the last one read is kept until there are no more."""
        for line in lines:
            self._last_line = line
            yield line
        self._last_line = None

    def _places_of(self, column_by_role: dict[str, str]) -> dict[str, int]:
        places: dict[str, int] = {}
        for role in self._roles:
            column = column_by_role.get(role, role)
            at = [number for number, name in enumerate(self.header) if name.strip() == column]
            is_wanted = role in self._wanted or role in column_by_role
            if len(at) > 1 or (is_wanted and not at):
                raise FormatError(
                    f"the column `{column}` is {'there twice' if at else 'missing'}",
                    hint=f"{_HINT}; the header has {', '.join(self.header)[:200]}",
                    file=str(self._path),
                    line=1,
                )
            if at:
                places[role] = at[0]
        return places


_HINT = "begin the file with id,name,schema,birth_date,country or map with --column name=NAME"


@contextmanager
def open_customers(
    path: Path,
    *,
    encoding: str,
    column_by_role: dict[str, str],
    roles: Sequence[str] = COLUMNS,
    wanted: Collection[str] = ("name",),
) -> Iterator[CustomerFile]:
    """Open a file of customers; what is not in the encoding survives and is rejected by row.

    Raises:
        InputError: The encoding is unknown, or the file cannot be opened.
        FormatError: The file is UTF-16 and nobody said so, or no table with the columns named.
    """
    with _opened(path, encoding) as file, _cells_of(CELL_CHARACTERS_MAX):
        yield CustomerFile(file, path, column_by_role, roles=roles, wanted=wanted)


@contextmanager
def _cells_of(characters_max: int) -> Iterator[None]:
    """Set the limit of a cell, which is one for the whole process, and put it back."""
    before = csv.field_size_limit(characters_max)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _opened(path: Path, encoding: str) -> TextIO:
    try:
        # It is opened once: what a pipe gives cannot be read again.
        file = path.open("rb")
        head = file.peek(len(codecs.BOM_UTF16))
    except OSError as error:
        raise InputError(
            f"`{path}` cannot be read: {error.strerror}", hint="see whether you may read it"
        ) from error
    try:
        codec = codecs.lookup(encoding).name
        opened = TextIOWrapper(file, encoding=codec, errors="surrogateescape", newline="")
    except (LookupError, ValueError) as error:
        file.close()
        # Unknown, none that makes text (as base64), or no word at all.
        raise InputError(
            f"unknown encoding `{encoding}`", hint="such as utf-8 or cp1252"
        ) from error
    if codec == "utf-8" and head.startswith(_UTF_16):
        opened.close()
        raise FormatError(
            "looks like UTF-16", hint="say --encoding utf-16, or write UTF-8", file=str(path)
        )
    return opened


def _unreadable(error: Exception, path: Path, *, line: int) -> FormatError:
    return FormatError(
        f"cannot be read: {error}",
        hint="look for a quote that is opened and never closed, or give --encoding",
        file=str(path),
        line=line,
    )


def _customer(cells: list[str], name: str, schema: str, born: str) -> Row:
    if not name or name.isspace():
        return _rejected(cells, "name missing")
    if "\0" in name:
        return _rejected(cells, "NUL in the name")
    kind = _schema(schema) if schema else None
    if schema and kind is None:
        return _rejected(cells, "unknown schema", f"`{schema[:SHOWN]}`")
    births = _births(born) if born else ()
    try:
        query = Query(name=name, schema=kind, birth_dates=births or ())
    except InputError:
        return _rejected(cells, _MISFIT)
    if births is None:
        return Row(cells, query, f"{_UNUSED}: `{born[:SHOWN]}`", _UNUSED)
    return Row(cells, query, "", "")


def _of_other_width(cells: list[str], width: int) -> Row:
    if len(cells) < width:
        missing = f"{width - len(cells)} of {width}"
        return _rejected(
            [*cells, *[""] * (width - len(cells))], "fewer cells than the header", missing
        )
    rest = " | ".join(cells[width:])
    return _rejected(cells[:width], "more cells than the header", rest)


def _rejected(cells: list[str], reason: str, detail: str = "") -> Row:
    return Row(cells, None, f"{reason}: {detail}" if detail else reason, reason)


@lru_cache(_CELLS_KEPT)
def _schema(text: str) -> Schema | None:
    try:
        return schema_of(text)
    except InputError:
        return None


@lru_cache(_CELLS_KEPT)
def _births(text: str) -> tuple[StatedDate, ...] | None:
    try:
        return (birth_date_of(text),)
    except InputError:
        return None
