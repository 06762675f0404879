"""Looks at the first bytes of an XML document before any parser does, and says how it parses.

It refuses document types, encodings that no list is published in, and heads without a root.
"""

import codecs
import re
from typing import TypedDict

from article41.model.errors import FormatError

_HINT = "lists come as XML in UTF-8; get the file again as the authority publishes it"
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "us-ascii",
    "ascii": "us-ascii",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "windows-1252",
}
_UNMARKED = "utf-8"
_UTF_32 = "utf-32"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, _UTF_32),
    (codecs.BOM_UTF32_BE, _UTF_32),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
    (b"<\0", "utf-16le"),
    (b"\0<", "utf-16be"),
)
_DECLARED = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[^\s<>/:]+:)?([^\s<>/:!?]+)")


class ParserOptions(TypedDict):
    """How lxml is to read what anybody may have written."""

    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    huge_tree: bool


HOSTILE: ParserOptions = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
}  # fmt: skip
"""Nothing is fetched, nothing expands, and depth and lengths stay within lxml's limits."""


def checked_head(head: bytes, file: str) -> tuple[str, str]:
    """The encoding and the root's local name, once nothing before the root is hostile.

    Raises:
        FormatError: There is a document type, no root, or an encoding we do not read.

    Example:
        >>> checked_head(b"<?xml version='1.0'?><!-- new --><x:list xmlns:x='y'>", "a.xml")
        ('utf-8', 'list')
    """
    marked = _marked_encoding(head)
    if marked == _UTF_32:
        raise FormatError("the encoding is UTF-32", hint=_HINT, file=file)
    text = _decoded(head)
    declared = _DECLARED.match(text)
    encoding = _agreed_encoding(declared[1].lower() if declared else None, marked, file)
    position = 0
    while found := _BEFORE_ROOT.match(text, position):
        position = found.end()
    line = text.count("\n", 0, position) + 1
    if text.startswith("<!DOCTYPE", position):
        raise FormatError(
            "the document declares a document type (DTD)",
            hint="no list has one and it can hide or invent content; get the file again",
            file=file,
            line=line,
        )
    root = _ROOT.match(text, position)
    if root is None:
        raise FormatError("no root element where one must begin", hint=_HINT, file=file, line=line)
    return encoding, root[1]


def looks_like_xml(head: bytes) -> bool:
    """True if the bytes begin as a document with markup does.

    Example:
        >>> looks_like_xml(b"<?xml version='1.0'?>"), looks_like_xml(b'"1","NAME"')
        (True, False)
    """
    return _decoded(head).lstrip().startswith("<")


def root_name(head: bytes) -> str:
    """Local name of the root element; empty if there is none in the head or it is hostile.

    Example:
        >>> root_name(b"<?xml version='1.0'?><!-- new --><x:list xmlns:x='y'>")
        'list'
    """
    try:
        return checked_head(head, "")[1]
    except FormatError:
        return ""


def _marked_encoding(head: bytes) -> str:
    """The encoding that the first bytes show; empty if they leave it open."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def _decoded(head: bytes) -> str:
    encoding = _marked_encoding(head) or _UNMARKED
    return head.decode(encoding, errors="replace").removeprefix("\ufeff")


def _agreed_encoding(declared: str | None, marked: str, file: str) -> str:
    """The encoding that the declaration, if there is one, and the first bytes allow."""
    if declared is None:
        return marked or _UNMARKED
    if marked.startswith("utf-16"):
        if not declared.startswith("utf-16"):
            raise FormatError(
                f"declared as `{declared}` but written in UTF-16", hint=_HINT, file=file, line=1
            )
        return marked
    encoding = _ENCODINGS.get(declared)
    if encoding is None or (marked and encoding != marked):
        raise FormatError(
            f"declared as `{declared}`, which it is not or which we do not read",
            hint=_HINT,
            file=file,
            line=1,
        )
    return encoding
