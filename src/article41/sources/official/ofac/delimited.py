"""Rows of OFAC's delimited files, each with its line; recognises the four tables by content.

Refuses what is not text, what has another number of columns, and what ends inside a quotation.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple, TextIO

from article41.model.errors import FormatError
from article41.model.listings import Part
from article41.sources.unpacking import HEAD_BYTES

PRIMARY = "ofac-primary"
ALIASES = "ofac-alt"
ADDRESSES = "ofac-add"
COMMENTS = "ofac-comments"

COLUMNS = {
    PRIMARY: (
        "ent_num",
        "SDN_Name",
        "SDN_Type",
        "Program",
        "Title",
        "Call_Sign",
        "Vess_type",
        "Tonnage",
        "GRT",
        "Vess_flag",
        "Vess_owner",
        "Remarks",
    ),
    ALIASES: ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    ADDRESSES: ("ent_num", "add_num", "address", "city/state/province/postal code", "country",
                "add_remarks"),
    COMMENTS: ("ent_num", "remarks"),
}  # fmt: skip
"""The columns of each table by kind, in OFAC's words."""

WIDTHS = {
    PRIMARY: (10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000),
    ADDRESSES: (10, 10, 750, 116, 250, 200),
    ALIASES: (10, 10, 8, 350, 200),
}
"""The widths of the columns in the fixed-field files, by kind."""

ROW_CHARS_MAX = 100_000
"""The longest row read; the longest published so far has about 11,000 characters."""
ROWS_MAX = 2_000_000
"""The most rows read from one file; the longest published so far has 24,776."""

_DELIMITERS = ",|@"
_FIXED = "fixed"
# QUIRK: ofac ADD.CSV 2019-01-04: a keeper trimmed the end of the file, so the last null is `-0`.
_NULLS = {"-0- ": "", "-0-": "", "-0": ""}
_END_MARK = "\x1a"
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
_COMMENT_HEAD = re.compile(rb'\d+\s*[,|@]"')


class Row(NamedTuple):
    """One row: the line it begins on, from 1, and its cells, nulls as empty text."""

    line: int
    cells: list[str]


def kind_of(head: bytes) -> str | None:
    """The table that a file holds, found in its first row; `None` if it is none of OFAC's.

    Args:
        head: The first `HEAD_BYTES` of the unpacked bytes, or all of them if there are fewer.

    Example:
        >>> kind_of(b'7,1,"aka","EXAMPLE, Ada",-0- ')
        'ofac-alt'
        >>> kind_of(b"id,name") is None
        True
    """
    found = _recognise(head)
    return found[0] if found else None


class DelimitedFile:
    """One file of rows, read afresh at each iteration.

    After an iteration `header_line` and `has_end_mark` tell what else was in the file.
    """

    def __init__(self, part: Part) -> None:
        """Find how the file is delimited.

        Raises:
            FormatError: The bytes are not of the kind that the part names.
        """
        self.part = part
        self.columns = COLUMNS[part.kind]
        self.header_line = 0
        """Line of a header that a keeper added; 0 if there is none."""
        self.has_end_mark = False
        """True if the file ends with OFAC's end mark (0x1A); without it, it may have been cut."""
        self._row_line = 1
        self._row_chars = 0
        with part.open() as stream:
            found = _recognise(stream.read(HEAD_BYTES))
        if found is None or found[0] != part.kind:
            raise self.error("the first row is not one of this table", line=1)
        self.form = found[1]
        """How it is delimited: the character, or `fixed`."""

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows with as many cells as the table has columns.

        Raises:
            FormatError: A row cannot be read; it names the file and the line.
        """
        self.header_line, self.has_end_mark = 0, False
        count = 0
        with (
            self.part.open() as stream,
            io.TextIOWrapper(
                stream, encoding="utf-8-sig", errors="surrogateescape", newline=""
            ) as text,
        ):
            for row in self._records(text):
                count += 1
                if count > ROWS_MAX:
                    raise self.error(f"more than {ROWS_MAX} rows", line=row.line)
                if len(row.cells) != len(self.columns):
                    raise self.error(
                        f"{len(self.columns)} columns expected, {len(row.cells)} found",
                        line=row.line,
                    )
                if not row.cells[0].strip().isdecimal():
                    if count == 1 and _is_header(row.cells):
                        self.header_line = row.line
                        continue
                    raise self.error(
                        f"`{row.cells[0][:40]}` is not a number", line=row.line, column=0
                    )
                yield row

    def error(self, message: str, *, line: int, column: int | None = None) -> FormatError:
        """A format error that names this file, the line and the column."""
        return FormatError(
            message,
            hint="download the file again from OFAC and add it unchanged",
            file=self.part.file_name,
            line=line,
            path="" if column is None else self.columns[column],
        )

    def _fixed(self, text: TextIO) -> Iterator[Row]:
        """Rows whose cells have the widths of the specification."""
        widths = WIDTHS[self.part.kind]
        for number, line in enumerate(self._lines(text), start=1):
            bare = line.rstrip("\r\n")
            if not bare:
                continue
            if len(bare) != sum(widths):
                raise self.error(
                    f"{sum(widths)} characters expected, {len(bare)} found", line=number
                )
            self._row_chars = 0
            cells = [bare[end - width : end].strip() for width, end in
                     zip(widths, accumulate(widths), strict=True)]  # fmt: skip
            # QUIRK: ofac 2018-05-27: what stands in double quotes here stands in single ones in the
            # delimited forms, which need the double ones themselves.
            yield Row(number, ["" if one == "-0-" else one.replace('"', "'") for one in cells])

    def _records(self, text: TextIO) -> Iterator[Row]:
        if self.form == _FIXED:
            yield from self._fixed(text)
            return
        self._row_line, self._row_chars = 1, 0
        reader = csv.reader(self._lines(text), delimiter=self.form, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise self.error(_plain(str(error)), line=self._row_line) from error
            if cells:
                yield Row(self._row_line, [_NULLS.get(cell, cell) for cell in cells])
            self._row_line, self._row_chars = reader.line_num + 1, 0

    def _lines(self, text: TextIO) -> Iterator[str]:
        number = 0
        while line := text.readline(ROW_CHARS_MAX + 1):
            number += 1
            if self.has_end_mark:
                if line.strip():
                    raise self.error("text after the end mark 0x1A", line=number)
                continue
            if line[0] == _END_MARK and line.strip() == _END_MARK:
                self.has_end_mark = True
                continue
            if refused := _REFUSED.search(line):
                raise self.error(_why_refused(refused[0]), line=number)
            self._row_chars += len(line)
            if self._row_chars > ROW_CHARS_MAX:
                raise self.error(
                    f"a row is longer than {ROW_CHARS_MAX} characters", line=self._row_line
                )
            yield line


def _recognise(head: bytes) -> tuple[str, str] | None:
    """Kind and delimiter, told by the first row."""
    text = head.decode("utf-8-sig", "replace")
    first = text.partition("\n")[0].rstrip("\r")
    for kind, widths in WIDTHS.items():
        if len(first) == sum(widths) and first[: widths[0]].strip().isdecimal():
            return kind, _FIXED
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            cells = next(rows, [])
        except csv.Error:
            continue
        for kind, columns in COLUMNS.items():
            if len(cells) == len(columns) and _fits(kind, cells, head):
                return kind, delimiter
        has_marks = len(cells) > len(COLUMNS[ADDRESSES]) and any(cell in _NULLS for cell in cells)
        if has_marks and cells[0].strip().isdecimal():
            # OFAC's marks with another number of columns: the rows are read, and refused by name.
            return PRIMARY, delimiter
    return None


def _fits(kind: str, cells: list[str], head: bytes) -> bool:
    if _is_header(cells):
        return True
    if kind == COMMENTS and not _COMMENT_HEAD.match(head.removeprefix(codecs.BOM_UTF8)):
        return False
    has_row_number = kind in {ALIASES, ADDRESSES}
    return all(cell.strip().isdecimal() for cell in cells[: 1 + has_row_number])


def _is_header(cells: list[str]) -> bool:
    return cells[0].strip().lower() == "ent_num"


def _plain(csv_message: str) -> str:
    if "unexpected end of data" in csv_message:
        return "the file ends inside a quoted field"
    if "field larger" in csv_message:
        return f"a row is longer than {ROW_CHARS_MAX} characters"
    return f"the row cannot be split into fields ({csv_message})"


def _why_refused(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        byte = ord(character) - 0xDC00
        return f"the file is not UTF-8 text (byte 0x{byte:02X})"
    return f"the character U+{ord(character):04X} does not belong in text"
