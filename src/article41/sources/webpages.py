"""Reads the tables of a web page as rows of text; scripts, forms and layout are not looked at."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from lxml import etree, html

from article41.model.errors import FormatError

PAGE_BYTES_MAX = 2**26
"""The longest page read."""


def rows(
    open_: Callable[[], BinaryIO], file_name: str, which: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows of one table, each with the line of the page on which it begins.

    Args:
        open_: Opens the page.
        file_name: For errors.
        which: Number of the table, from 1; empty for the first that has rows.

    Raises:
        FormatError: There is no such table, or the page is too long.
    """
    with open_() as stream:
        page = stream.read(PAGE_BYTES_MAX + 1)
    if len(page) > PAGE_BYTES_MAX:
        raise _refused(f"a page longer than {PAGE_BYTES_MAX} bytes", file_name)
    try:
        tree = html.document_fromstring(page, parser=html.HTMLParser(no_network=True))
    except etree.ParserError as error:
        raise _refused(f"no page ({error})", file_name) from error
    tables = [table for table in tree.iter("table") if table.find(".//tr") is not None]
    number = int(which or 1)
    if number > len(tables):
        raise _refused(f"the page has {len(tables)} tables, not {number}", file_name)
    for row in tables[number - 1].iter("tr"):
        cells = [" ".join(_words(cell)) for cell in row.iterchildren("td", "th")]
        yield int(str(row.sourceline or 0)), cells


def _words(cell: etree._Element) -> list[str]:
    return " ".join(str(text) for text in cell.itertext()).split()


def _refused(message: str, file_name: str) -> FormatError:
    return FormatError(
        message, hint="save the page again as the authority shows it", file=file_name
    )
