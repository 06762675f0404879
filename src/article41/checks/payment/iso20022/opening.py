"""Opens a file and finds the message in it, before anything of it is read."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import BinaryIO

import msgspec
from lxml import etree

from article41.checks.payment.iso20022.faults import line_of, not_well_formed, refusal
from article41.checks.payment.iso20022.feed import CHUNK_BYTES, UTF_8, Feed
from article41.checks.payment.iso20022.table import MessageKind, message_kind
from article41.model.errors import FormatError
from article41.sources.prolog import HOSTILE, checked_head
from article41.sources.unpacking import HEAD_BYTES

DEPTH_MAX = 64
"""Deepest nesting of elements; the deepest message of the standard has about 25."""

_MEMORY_BYTES = 8 * 2**20
"""A pipe that is longer is kept in a file while it is read."""
_VERSION = re.compile(r"[a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2}")
_DOCUMENT = "Document"


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A file in which a message was found."""

    source: BinaryIO
    """Its bytes."""
    start: int
    """Where they begin."""
    file: str
    """As the caller named it."""
    encoding: str
    """As declared."""
    kind: MessageKind
    """What kind of message it is."""
    version: str
    """The kind, with its version if it says so."""
    chain: tuple[str, ...]
    """Local names from the root to the element of the message."""
    whole: etree._Element | None = None
    """The root, if the file was short enough to be parsed at once, and without a fault."""

    def parse(self, names: set[str]) -> "Parse":
        """Read from the beginning; the ends of elements of these local names are told."""
        return Parse(self, names)


class Parse:
    """One reading of the file.

    Args:
        opened: The file.
        names: Local names of the elements whose ends are told.
    """

    def __init__(self, opened: Opened, names: set[str]) -> None:
        """Go back to the first byte, or take a copy of what is parsed: each reading empties it."""
        self._file = opened.file
        self._feed: Feed | None = None
        self._events: Iterable[tuple[str, etree._Element]]
        tags = [f"{{*}}{name}" for name in sorted(names)]
        if opened.whole is not None:
            self._events = etree.iterwalk(deepcopy(opened.whole), events=("end",), tag=tags)
            return
        opened.source.seek(opened.start)
        self._feed = Feed(opened.source, encoding=opened.encoding, file=opened.file)
        self._events = etree.iterparse(
            self._feed,
            events=("end",),
            tag=tags,
            **HOSTILE,
            encoding=opened.encoding,
        )

    def mark(self) -> None:
        """Say that a transaction has ended."""
        if self._feed is not None:
            self._feed.mark()

    def ends(self) -> Iterator[etree._Element]:
        """The elements, each at its end.

        Raises:
            MessageError: The XML is broken, or a limit is passed.
        """
        try:
            for _, node in self._events:
                yield node
        except etree.XMLSyntaxError as error:
            raise not_well_formed(error, self._file) from error


@contextmanager
def opened_message(source: BinaryIO, *, name: str) -> Iterator[Opened]:
    """Find the message of a file.

    Args:
        source: Its bytes; those of a pipe are kept until the end, since they are read twice.
        name: How errors call it.

    Raises:
        MessageError: There is none, or the file is hostile.
    """
    if source.seekable():
        yield _found(source, name)
        return
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as kept:
        shutil.copyfileobj(source, kept)
        kept.seek(0)
        yield _found(kept, name)  # type: ignore[arg-type] # it reads and seeks as BinaryIO does


def _found(source: BinaryIO, name: str) -> Opened:
    start = source.tell()
    head = source.read(HEAD_BYTES)
    try:
        encoding, _ = checked_head(head, name)
    except FormatError as error:
        hint = "messages come as XML in UTF-8 without a document type; ask the sender for that"
        raise refusal(error.message, hint=hint, file=name, line=error.line) from error
    source.seek(start)
    whole = _whole(Feed(source, encoding=encoding, file=name), encoding)
    elements = () if whole is None else whole.iter("*")
    node = next((one for one in elements if _is_message(one, name)), None)
    if node is None:
        source.seek(start)
        whole = None
        node = _message_element(Feed(source, encoding=encoding, file=name), encoding, name)
    chain = _chain(node)
    kind = message_kind(chain[-1])
    assert kind is not None
    return Opened(
        source=source,
        start=start,
        file=name,
        encoding=encoding,
        kind=kind,
        version=_version(node, kind, name),
        chain=chain,
        whole=whole,
    )


def _whole(feed: Feed, encoding: str) -> etree._Element | None:
    """The root of a short message; none if it is longer, or has a fault: that is met in its turn.

    Of another encoding than UTF-8 only the end of the file tells whether it was declared rightly.
    """
    if encoding != UTF_8:
        return None
    chunk = feed.read()
    if not chunk or len(chunk) >= CHUNK_BYTES or feed.read():
        return None
    parser = etree.XMLParser(
        **HOSTILE,
        encoding=encoding,
    )
    try:
        parser.feed(chunk)
        return parser.close()
    except etree.XMLSyntaxError:
        return None


def _message_element(feed: Feed, encoding: str, file: str) -> etree._Element:
    """The start of the first element that is a message."""
    parser = etree.XMLPullParser(
        events=("start",),
        **HOSTILE,
        encoding=encoding,
    )
    try:
        while chunk := feed.read():
            parser.feed(chunk)
            for _, node in parser.read_events():
                if isinstance(node, etree._Element) and _is_message(node, file):
                    return node
        parser.close()
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, file) from error
    raise refusal(
        "no message of ISO 20022 is in it",
        hint="if one stands there as a text (CDATA) of another document, give it by itself",
        file=file,
    )


def _is_message(node: etree._Element, file: str) -> bool:
    name = local_name(node)
    if message_kind(name) is not None:
        return True
    parent = node.getparent()
    if parent is not None and local_name(parent) == _DOCUMENT:
        raise refusal(
            f"`{name}` is no message that we know",
            hint="give messages of credit transfers, direct debits and their cancellation, return "
            "and status, or statements of accounts (pacs, pain, camt)",
            file=file,
            line=line_of(node),
            path=name,
        )
    return False


def _chain(node: etree._Element) -> tuple[str, ...]:
    above = [local_name(one) for one in node.iterancestors()]
    return (*reversed(above), local_name(node))


def _version(node: etree._Element, kind: MessageKind, file: str) -> str:
    """The kind with its version, from namespace, old root or envelope; they must agree."""
    announced = [
        (text, "the envelope announces")
        for one in node.getroottree().iter("{*}MsgDefIdr")
        if (text := (one.text or "").strip()) and _stands_in_header(one)
    ]
    said = [(str(node.tag), "the namespace is of"), *announced]
    versions = []
    for text, who in said:
        if found := _VERSION.search(text):
            versions.append(found[0])
            if not found[0].startswith(kind.kind):
                raise refusal(
                    f"{who} `{found[0]}` but the message is `{local_name(node)}` ({kind.kind})",
                    file=file,
                    line=line_of(node),
                    path=local_name(node),
                )
    return versions[0] if versions else kind.kind


def _stands_in_header(node: etree._Element) -> bool:
    """Not below another part of the header, which tells of an earlier message."""
    parent = node.getparent()
    return parent is not None and local_name(parent) == "AppHdr"


def local_name(node: etree._Element) -> str:
    """The name of an element without its namespace.

    Example:
        >>> local_name(etree.fromstring('<a:Dbtr xmlns:a="x"/>'))
        'Dbtr'
    """
    return str(node.tag).rpartition("}")[2]
