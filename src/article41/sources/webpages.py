"""Reads the tables of a web page as rows of text; scripts, forms and layout are not looked at.

A cell that spans rows or columns stands in each row it spans, and in the first of its columns.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lxml import etree, html

from article41.model.errors import FormatError
from article41.sources.unpacking import HEAD_BYTES

PAGE_BYTES_MAX = 2**26
"""The longest page read."""
SPAN_MAX = 1_000
"""The most rows or columns that a cell spans."""

_TABLE_TAG = re.compile(rb"<(/?)table\b", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.-]+)""", re.IGNORECASE)
_NO_TEXT = {"script", "style", "template"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "mark", "s",
           "small", "span", "strong", "sub", "sup", "u", "wbr"}  # fmt: skip


def rows(
    open_: Callable[[], BinaryIO], file_name: str, which: str
) -> Iterator[tuple[int, list[str]]]:
    """The rows of one table, each with the line of the page on which it begins.

    Args:
        open_: Opens the page.
        file_name: For errors.
        which: Number of the table, from 1; empty for the first that has rows.

    Raises:
        FormatError: There is no such table, or the page is too long or was cut.
    """
    with open_() as stream:
        page = stream.read(PAGE_BYTES_MAX + 1)
    if len(page) > PAGE_BYTES_MAX:
        raise _refused(f"a page longer than {PAGE_BYTES_MAX} bytes", file_name)
    tags = [tag[1] for tag in _TABLE_TAG.finditer(page)]
    if tags.count(b"") > tags.count(b"/"):
        raise _refused("the page ends inside a table", file_name)
    try:
        parser = html.HTMLParser(no_network=True, encoding=_encoding(page, file_name))
        tree = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise _refused(f"no page ({error})", file_name) from error
    tables = [table for table in tree.iter("table") if table.find(".//tr") is not None]
    number = int(which or 1) if which.isdecimal() or not which else 0
    if not 0 < number <= len(tables):
        raise _refused(f"the page has {len(tables)} tables, not one `{which or 1}`", file_name)
    yield from _rows_of(tables[number - 1])


def _rows_of(table: html.HtmlElement) -> Iterator[tuple[int, list[str]]]:
    """The rows of the table itself, not of tables inside its cells."""
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while len(cells) in hanging:
                cells.append(_continued(hanging, len(cells)))
            down, across = (_span(cell, name) for name in ("rowspan", "colspan"))
            text = " ".join("".join(_pieces(cell)).split())
            for place in range(across):
                if down > 1:
                    hanging[len(cells)] = (down - 1, "" if place else text)
                cells.append("" if place else text)
        while len(cells) in hanging:
            cells.append(_continued(hanging, len(cells)))
        yield int(str(row.sourceline or 0)), cells


def _continued(hanging: dict[int, tuple[int, str]], place: int) -> str:
    """The text of a cell that began in a row above."""
    rows_left, text = hanging.pop(place)
    if rows_left > 1:
        hanging[place] = (rows_left - 1, text)
    return text


def _span(cell: html.HtmlElement, name: str) -> int:
    text = str(cell.get(name, "")).strip()
    return min(max(int(text), 1), SPAN_MAX) if text.isdecimal() and len(text) < 10 else 1


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """The text of an element; only what is set as a block of its own stands apart."""
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        is_text = isinstance(node.tag, str)
        tag = str(node.tag) if is_text else ""
        if event == "start" and not _is_hidden(node, element):
            yield str(node.text or "") if tag in _INLINE else f" {node.text or ''}"
        elif event != "start" and node is not element:
            if is_text and tag not in _INLINE | _NO_TEXT:
                yield " "
            if not _is_hidden(node.getparent(), element):
                yield str(node.tail or "")


def _is_hidden(node: etree._Element | None, top: etree._Element) -> bool:
    while node is not None and node is not top:
        if node.tag in _NO_TEXT:
            return True
        node = node.getparent()
    return False


def _encoding(page: bytes, file_name: str) -> str:
    """UTF-8 if every byte fits, otherwise what the page says of itself."""
    named = _CHARSET.search(page[:HEAD_BYTES])
    for encoding in ("utf-8", *([named[1].decode()] if named else [])):
        try:
            if "\0" not in page.decode(encoding):
                return encoding
        except (UnicodeDecodeError, LookupError):
            continue
    raise _refused("the page is no text in the encoding it names, or in UTF-8", file_name)


def _refused(message: str, file_name: str) -> FormatError:
    return FormatError(
        message, hint="save the page again as the authority shows it", file=file_name
    )
