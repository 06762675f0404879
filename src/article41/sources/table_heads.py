"""The first rows of what may be a table: its form, how it can be cut, the names of its columns.

They tell what a file is; what cannot be cut gives no rows here, and is refused where it is read.
"""

import contextlib
import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from itertools import islice
from typing import BinaryIO

from article41.model.errors import FormatError
from article41.sources import spreadsheets, webpages

HEADER_ROWS_MAX = 30
"""The header must stand within so many rows."""
DELIMITERS = ",;\t|"
"""What parts the cells of delimited text."""


def table_form(head: bytes) -> str:
    """`spreadsheet`, `webpage` or `delimited`, told by the first bytes."""
    if head.startswith(b"PK\x03\x04"):
        return "spreadsheet"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1_000].lower()
    return "webpage" if start.startswith((b"<!doctype html", b"<html")) else "delimited"


def first_rows(head: bytes, open_: Callable[[], BinaryIO], *, which: str = "") -> list[list[str]]:
    """The first rows of a sheet or of the table `which` in a web page; none if it is no table."""
    reader = spreadsheets.rows if table_form(head) == "spreadsheet" else webpages.rows
    try:
        return [cells for _, cells in islice(reader(open_, "", which), HEADER_ROWS_MAX)]
    except (FormatError, ValueError, zipfile.BadZipFile):
        return []


def first_cuts(head: bytes, open_: Callable[[], BinaryIO]) -> list[list[list[str]]]:
    """The first rows of what may be a table, cut in each way that they can be.

    The right way is the one that gives a known header, never the one that gives most cells: values
    in a cell are parted by marks too.
    """
    if table_form(head) != "delimited":
        return [first_rows(head, open_)]
    text = head.decode("utf-8-sig", "replace")
    return [cut_rows(text, mark) for mark in DELIMITERS]


def refuse_damaged(head: bytes, open_: Callable[[], BinaryIO], file_name: str) -> None:
    """Refuse a spreadsheet that cannot be read, which has no rows for `first_rows`.

    Raises:
        FormatError: It cannot; the error says why.
    """
    if table_form(head) == "spreadsheet" and spreadsheets.is_one(open_):
        for _ in islice(spreadsheets.rows(open_, file_name, ""), HEADER_ROWS_MAX):
            pass


def named_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of a header, no two alike: one that comes again gets its number behind it.

    A column without a name is called by its place.

    Example:
        >>> named_columns(["id", " name ", "", "id", ""])
        ('id', 'name', 'column 3', 'id 2')
    """
    folded = [" ".join(cell.split()) for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    printed = set(folded)
    names: dict[str, None] = {}
    for place, cell in enumerate(folded, start=1):
        wanted = name = cell or f"column {place}"
        number = 1
        # INVARIANT: columns of one name would hide each other's cells in a record.
        while name in names or (name != cell and name in printed):
            number += 1
            name = f"{wanted} {number}"
        names[name] = None
    return tuple(names)


def cut_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of delimited text, as far as it can be cut."""
    found: list[list[str]] = []
    # A head that ends inside a quotation still has whole rows before it.
    with contextlib.suppress(csv.Error):
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append(cells)
            if len(found) == HEADER_ROWS_MAX:
                break
    return found
