"""Reads the cells of a spreadsheet as text: XLSX by calamine, ODS by its XML."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import BinaryIO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from article41.model.errors import FormatError
from article41.sources.prolog import HOSTILE

ROWS_MAX = 1_048_576
"""The most rows that the formats allow."""
COLUMNS_MAX = 1_000
"""The most cells in a row."""
SHEET_BYTES_MAX = 2**29
"""The most bytes that a spreadsheet may unpack to."""
GRID_CELLS_MAX = 20_000_000
"""The most cells between the corners of a sheet, empty ones too: each takes memory."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError,
           ValueError)  # fmt: skip
_BOOKS = {"xl/workbook.xml", "content.xml"}
"""What makes an archive an XLSX or an ODS."""
_SEAT = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
"""The place of a cell, or the number of a row."""
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def rows(
    open_: Callable[[], BinaryIO], file_name: str, which: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows of one sheet as text, each with its number from 1.

    Dates become ISO text, whole numbers lose their `.0`.

    Args:
        open_: Opens the file.
        file_name: For errors.
        which: Name of the sheet; the first one if empty.

    Raises:
        FormatError: The file is damaged, or has no such sheet.
    """
    with open_() as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                names = set(archive.namelist())
                unpacked = sum(one.file_size for one in archive.infolist())
                if unpacked > SHEET_BYTES_MAX:
                    raise _refused(f"more than {SHEET_BYTES_MAX} bytes when unpacked", file_name)
                if "xl/workbook.xml" in names:
                    _refuse_vast(archive, file_name)
        except _DAMAGE as error:
            raise _refused(f"cannot be unpacked as a spreadsheet ({error})", file_name) from error
        stream.seek(0)
        if "xl/workbook.xml" in names:
            yield from _xlsx(stream, file_name, which)
        elif "content.xml" in names:
            yield from _ods(stream, file_name, which)
        else:
            raise _refused("an office document without a sheet", file_name)


def is_one(open_: Callable[[], BinaryIO]) -> bool:
    """True if an archive says that it is a spreadsheet, whether it can be read or not."""
    try:
        with open_() as stream, zipfile.ZipFile(stream) as archive:
            return not _BOOKS.isdisjoint(archive.namelist())
    except _DAMAGE:
        return False


def _refuse_vast(archive: zipfile.ZipFile, file_name: str) -> None:
    """Look in every part of the archive for the places of cells; each checksum is tried with it.

    For two cells in opposite corners calamine asks for memory for all between them, and ends the
    whole program where there is not so much.
    """
    for name in archive.namelist():
        height = width = 1
        for letters, digits in _SEAT.findall(archive.read(name)):
            height, width = max(height, int(digits)), max(width, _column_number(letters))
        if height * width > GRID_CELLS_MAX:
            raise _refused(f"a sheet of {height:,} rows and {width:,} columns", file_name)


def _column_number(letters: bytes) -> int:
    """The number of a column, from 1, by its letters.

    Example:
        >>> _column_number(b"AB")
        28
    """
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _xlsx(stream: BinaryIO, file_name: str, which: str) -> Iterator[tuple[int, list[str]]]:
    try:
        book = CalamineWorkbook.from_filelike(stream)
        sheet = book.get_sheet_by_name(which) if which else book.get_sheet_by_index(0)
        before = [""] * (sheet.start[1] if sheet.start else 0)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield number, before + [_text(cell) for cell in cells]
    except (CalamineError, ValueError, OSError) as error:
        raise _refused(f"cannot be read as XLSX ({_line(error)})", file_name) from error


def _ods(stream: BinaryIO, file_name: str, which: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet in an OpenDocument; a document type in it is refused."""
    sheets, number, is_wanted = 0, 0, False
    try:
        with zipfile.ZipFile(stream) as archive, archive.open("content.xml") as content:
            for event, node in etree.iterparse(
                content,
                events=("start", "end"),
                tag=[f"{{{_TABLE}}}table", f"{{{_TABLE}}}table-row"],
                **HOSTILE,
            ):
                if node.getroottree().docinfo.doctype:
                    raise _refused("a document type in the sheet", file_name)
                is_table = etree.QName(node).localname == "table"
                if is_table and event == "start":
                    sheets, number = sheets + 1, 0
                    name = node.get(f"{{{_TABLE}}}name", "")
                    is_wanted = name == which if which else sheets == 1
                elif not is_table and event == "end":
                    repeats = _repeats(node, "rows")
                    cells = _ods_cells(node) if is_wanted else []
                    # Rows that are repeated to the end of a sheet are empty ones.
                    for place in range(repeats if cells else 0):
                        if number + place >= ROWS_MAX:
                            raise _refused(f"more than {ROWS_MAX} rows", file_name)
                        yield number + place + 1, cells
                    number += repeats
                    node.clear()
    except (etree.XMLSyntaxError, *_DAMAGE) as error:
        raise _refused(f"cannot be read as ODS ({_line(error)})", file_name) from error


def _ods_cells(row: etree._Element) -> list[str]:
    """The cells of a row, repeated as often as the sheet says, up to the last one with a text."""
    cells: list[str] = []
    empty = 0
    for cell in row:
        if not str(cell.tag).startswith(f"{{{_TABLE}}}"):
            continue
        repeats = _repeats(cell, "columns")
        paragraphs = [
            " ".join("".join(map(str, one.itertext())).split())
            for one in cell.iter(f"{{{_TEXT}}}p")
        ]
        text = cell.get(f"{{{_OFFICE}}}date-value", "")[:10] or "\n".join(filter(None, paragraphs))
        if not text:
            empty += repeats
            continue
        if len(cells) + empty + repeats > COLUMNS_MAX:
            raise ValueError(f"more than {COLUMNS_MAX} cells in a row")
        cells += [""] * empty + [text] * repeats
        empty = 0
    return cells


def _repeats(node: etree._Element, what: str) -> int:
    repeats = int(node.get(f"{{{_TABLE}}}number-{what}-repeated") or 1)
    if repeats < 1:
        raise ValueError(f"{what} repeated {repeats} times")
    return repeats


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def _refused(message: str, file_name: str) -> FormatError:
    return FormatError(
        message,
        hint="get the file again, or save the sheet anew in a spreadsheet program",
        file=file_name,
    )
