"""Reads the cells of a spreadsheet as text: XLSX by calamine, ODS by the package of its format."""

import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from article41.model.errors import FormatError

ROWS_MAX = 1_048_576
"""The most rows that the formats allow."""
SHEET_BYTES_MAX = 2**29
"""The longest unpacked sheet."""


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
                longest = max((one.file_size for one in archive.infolist()), default=0)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise _refused(f"a damaged spreadsheet ({error})", file_name) from error
        if longest > SHEET_BYTES_MAX:
            raise _refused(f"a sheet longer than {SHEET_BYTES_MAX} bytes", file_name)
        if "xl/workbook.xml" not in names:
            raise _refused("an office document without a sheet", file_name)
        stream.seek(0)
        yield from _xlsx(stream, file_name, which)


def _xlsx(stream: BinaryIO, file_name: str, which: str) -> Iterator[tuple[int, list[str]]]:
    try:
        book = CalamineWorkbook.from_filelike(stream)
        sheet = book.get_sheet_by_name(which) if which else book.get_sheet_by_index(0)
        found = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise _refused(f"a damaged spreadsheet ({error})", file_name) from error
    for number, cells in enumerate(found, start=1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _refused(message: str, file_name: str) -> FormatError:
    return FormatError(
        message, hint="save the sheet again as the authority publishes it", file=file_name
    )
