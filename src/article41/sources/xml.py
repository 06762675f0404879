"""Reads an authority's XML entry by entry, in flat memory, and strictly.

It refuses document types, entities and anything over a limit before the parser sees it, and every
element, attribute or stray text that a reader did not take.
"""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from lxml import etree

from article41.model.errors import FormatError
from article41.model.listings import Part
from article41.sources.prolog import HOSTILE, checked_head
from article41.sources.roots import not_well_formed
from article41.sources.tally import Tally
from article41.sources.unpacking import HEAD_BYTES

DOCUMENT_BYTES_MAX = 2**31
"""Longest document read."""
ENTRY_BYTES_MAX = 4 * 2**20
"""Longest stretch between the ends of two entries."""
TEXT_CHARACTERS_MAX = 100_000
"""Longest text of one element; the longest published so far has 1,723."""
# While huge_tree is off, libxml2 itself ends at a depth of 256 and at attributes of 10 MB.

NAMES_MAX = 1_000
"""Element names remembered; beyond it they are only looked at afresh."""

_HINT = "no list is like this; get the file again from the authority"
_CHUNK_BYTES = 32_768
_LAYOUT_ATTRIBUTES = frozenset(
    "{http://www.w3.org/2001/XMLSchema-instance}" + name
    for name in ("schemaLocation", "noNamespaceSchemaLocation")
)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a format's documents are built.

    Example:
        >>> Layout(root="LIST", entries=frozenset({"PEOPLE/PERSON"})).namespaces
        frozenset({''})
    """

    root: str
    """Local name of the root element."""
    entries: frozenset[str]
    """Paths below the root of the elements that are handed out one by one."""
    namespaces: frozenset[str] = frozenset({""})
    """Namespaces the root may have; everything below must have the same."""
    root_attributes: frozenset[str] = frozenset()
    """Attributes of the root that the reader takes."""


class Element:
    """One element whose attributes, children and text must all be taken before `close`.

    Empty attributes and elements say nothing and need not be taken. Texts come with their blanks
    folded: authorities break lines where their printer does.
    """

    __slots__ = ("_attributes", "_children", "_node", "_source", "_text", "file", "line", "name",
                 "path")  # fmt: skip

    def __init__(self, node: etree._Element, path: str, source: "_Source") -> None:
        """Sort the children by name; anything that is no element is counted or refused."""
        self._source = source
        self.file = source.file
        """As the caller named it."""
        self.name = path.rpartition("/")[2]
        """Local name."""
        self.path = path
        """Local names from the root down."""
        self.line = _line(node)
        """Line of the start tag, from 1."""
        self._children: dict[str, list[etree._Element]] = {}
        children = self._children
        for child in node:
            tag = child.tag
            if isinstance(tag, str):
                name = source.names.get(tag) or source.local_name(child, path)
                children.setdefault(name, []).append(child)
            else:
                source.count_aside(child, path)
            if (tail := child.tail) and not tail.isspace():
                raise source.error("text between elements", child, path)
        self._node = node
        self._text = (node.text or "").strip()
        self._attributes = source.attributes(node, path) if node.attrib else {}

    def take_attribute(self, name: str) -> str:
        """The text of an attribute; empty if it has none or is absent."""
        return self._attributes.pop(name, "")

    def take_text(self) -> str:
        """The element's own text, blanks folded; for elements with attributes and no children."""
        text, self._text = self._text, ""
        if text:
            self._source.count_text(text, self._node, self.path)
        return " ".join(text.split())

    def take(self, name: str) -> str:
        """The text of the one child of that name; empty if it has none or is absent."""
        return " ".join(self.take_prose(name).split()) if name in self._children else ""

    def take_all(self, name: str) -> list[str]:
        """The texts of all children of that name that have one."""
        if name not in self._children:
            return []
        path = f"{self.path}/{name}"
        texts = (self._source.text(node, path) for node in self._children.pop(name))
        return [" ".join(text.split()) for text in texts if text]

    def take_prose(self, name: str) -> str:
        """As `take`, with the line breaks that the authority wrote."""
        nodes = self._children.pop(name, None)
        if nodes is None:
            return ""
        if len(nodes) > 1:
            raise self._source.error(
                f"`{name}` stands {len(nodes)} times where it may stand once", nodes[1], self.path
            )
        return self._source.text(nodes[0], f"{self.path}/{name}")

    def take_rest(self) -> list[tuple[str, str]]:
        """Name and text of every child not taken yet, for a group whose names are data."""
        found = []
        for name in list(self._children):
            found += [(name, text) for text in self.take_all(name)]
        return found

    def groups(self, name: str) -> Iterator["Element"]:
        """Each child of that name with anything in it, closed when the next one is asked for."""
        for node in self._children.pop(name, ()):
            if not len(node) and not node.attrib and not (node.text or "").strip():
                continue
            group = Element(node, f"{self.path}/{name}", self._source)
            yield group
            group.close()

    def leave(self) -> None:
        """Give up what is left, for a first pass that only looks for something."""
        self._children.clear()
        self._attributes.clear()
        self._text = ""

    def close(self) -> None:
        """Refuse what nobody took.

        Raises:
            FormatError: A child, an attribute or the text was not taken; the error names its
                place.
        """
        if self._text:
            raise self._source.error("text between elements", self._node, self.path)
        for name in self._attributes:
            raise self._source.error(f"unknown attribute `{name}`", self._node, self.path)
        for name, nodes in self._children.items():
            raise self._source.error(f"unknown element `{name}`", nodes[0], self.path)


def entries(part: Part, layout: Layout, tally: Tally) -> Iterator[Element]:
    """Hand out the entries of a document in order; each must have been taken empty by then.

    Memory holds one entry at a time. Comments and processing instructions are counted.

    Raises:
        FormatError: The document is hostile, cut short, not well formed, over a limit, or holds
            something that nobody took.
    """
    with part.open() as stream:
        source = _Source(part, stream, layout, tally)
        yield from source.entries()


class _Source:
    """One document being read."""

    def __init__(self, part: Part, stream: BinaryIO, layout: Layout, tally: Tally) -> None:
        self.file = part.file_name
        self._kind = part.kind
        self._stream = stream
        self._layout = layout
        self._tally = tally
        self._head = stream.read(HEAD_BYTES)
        self._encoding, name = checked_head(self._head, self.file)
        if name != layout.root:
            raise FormatError(
                f"the root element is `{name}`, not `{layout.root}`",
                hint="this is a list of another kind",
                file=self.file,
            )
        self._bytes = 0
        self._bytes_at_entry = 0
        self._lines = 1
        self._prefix = ""
        self.names: dict[str, str] = {}
        """Local names by tag, as far as met."""

    def entries(self) -> Iterator[Element]:
        layout = self._layout
        paths = {f"{layout.root}/{entry}" for entry in layout.entries}
        containers = {path.rpartition("/")[0] for path in paths} | {layout.root}
        names = {path.rpartition("/")[2] for path in paths | containers}
        try:
            for _, node in etree.iterparse(
                self,
                events=("end",),
                tag=[f"{{*}}{name}" for name in sorted(names)],
                **HOSTILE,
                encoding=self._encoding,
            ):
                path = self._path(node)
                if path in paths:
                    self._bytes_at_entry = self._bytes
                    element = Element(node, path, self)
                    yield element
                    element.close()
                    self._forget_before(node, path)
                    del node[:]
                elif path in containers:
                    self._close_container(node, path)
                else:
                    raise self.error(f"`{path}` is out of place", node, path)
        except etree.XMLSyntaxError as error:
            raise not_well_formed(error, self.file) from error

    def read(self, _size: int = 0) -> bytes:
        """Feed the parser a chunk; the limits are kept here."""
        chunk, self._head = self._head or self._stream.read(_CHUNK_BYTES), b""
        if "16" not in self._encoding and b"\0" in chunk:
            line = self._lines + chunk[: chunk.index(b"\0")].count(b"\n")
            raise FormatError("a NUL byte in the text", hint=_HINT, file=self.file, line=line)
        self._bytes += len(chunk)
        self._lines += chunk.count(b"\n")
        if self._bytes > DOCUMENT_BYTES_MAX:
            raise FormatError(f"longer than {DOCUMENT_BYTES_MAX} bytes", hint=_HINT, file=self.file)
        if self._bytes - self._bytes_at_entry > ENTRY_BYTES_MAX:
            raise FormatError(
                f"no entry ends within {ENTRY_BYTES_MAX} bytes",
                hint=_HINT,
                file=self.file,
                line=self._lines,
            )
        return chunk

    def local_name(self, node: etree._Element, path: str) -> str:
        tag = str(node.tag)
        if not tag.startswith(self._prefix) or "}" in (name := tag[len(self._prefix) :]):
            raise self.error(f"unknown element `{tag}`", node, path)
        if len(self.names) < NAMES_MAX:
            self.names[tag] = name
        return name

    def text(self, node: etree._Element, path: str) -> str:
        """The whole text of an element without children, outer blanks trimmed."""
        text = node.text or ""
        if len(node):
            for child in node:
                if isinstance(child.tag, str):
                    raise self.error(f"unknown element `{child.tag}`", child, path)
                self.count_aside(child, path)
                text += child.tail or ""
        if len(text) > TEXT_CHARACTERS_MAX:
            raise self.error(f"a text longer than {TEXT_CHARACTERS_MAX} characters", node, path)
        if node.attrib:
            self.count_layout_attributes(node, path)
        text = text.strip()
        if text:
            self._tally.read += 1
        return text

    def count_text(self, text: str, node: etree._Element, path: str) -> None:
        """Count an element's own text, which has a limit."""
        if len(text) > TEXT_CHARACTERS_MAX:
            raise self.error(f"a text longer than {TEXT_CHARACTERS_MAX} characters", node, path)
        self._tally.read += 1

    def attributes(self, node: etree._Element, path: str) -> dict[str, str]:
        """The attributes with a text, blanks folded; where the schema lies is counted and left."""
        found: dict[str, str] = {}
        for name, value in node.attrib.items():
            if name in _LAYOUT_ATTRIBUTES:
                self._tally.read += 1
                self._tally.pass_over("location of the XML schema", self._place(node, path))
            elif text := " ".join(str(value).split()):
                if len(text) > TEXT_CHARACTERS_MAX:
                    raise self.error(
                        f"a text longer than {TEXT_CHARACTERS_MAX} characters", node, path
                    )
                self._tally.read += 1
                found[str(name)] = text
        return found

    def count_aside(self, node: etree._Element, path: str) -> None:
        """Count a comment or an instruction; an entity never gets here alive."""
        if isinstance(node, etree._Comment):
            self._tally.remark("comment in the XML", self._place(node, path))
        elif isinstance(node, etree._ProcessingInstruction):
            self._tally.remark("processing instruction in the XML", self._place(node, path))
        else:
            raise self.error("an entity reference", node, path)

    def count_layout_attributes(self, node: etree._Element, path: str) -> None:
        for name in node.attrib:
            if name not in _LAYOUT_ATTRIBUTES:
                raise self.error(f"unknown attribute `{name!s}`", node, path)
            self._tally.read += 1
            self._tally.pass_over("location of the XML schema", self._place(node, path))

    def refuse_stray(self, text: str | None, node: etree._Element, path: str) -> None:
        if text and not text.isspace():
            raise self.error("text between elements", node, path)

    def error(self, message: str, node: etree._Element, path: str) -> FormatError:
        return FormatError(
            message,
            hint="the format has changed or the file was altered; nothing was read from it",
            file=self.file,
            line=_line(node),
            path=path,
        )

    def _place(self, node: etree._Element, path: str) -> str:
        return f"{self._kind}:{_line(node)} {path}"

    def _path(self, node: etree._Element) -> str:
        parent = node.getparent()
        if parent is None:
            namespace, _, name = str(node.tag).rpartition("}")
            return name if namespace.lstrip("{") in self._layout.namespaces else str(node.tag)
        if parent.getparent() is None:
            self._open_root(parent)
        path = self._path(parent)
        return f"{path}/{self.local_name(node, path)}"

    def _open_root(self, root: etree._Element) -> None:
        namespace, brace, name = str(root.tag).rpartition("}")
        if namespace.lstrip("{") not in self._layout.namespaces:
            raise self.error(f"unknown namespace `{namespace.lstrip('{')}`", root, name)
        self._prefix = namespace + brace

    def _forget_before(self, node: etree._Element, path: str) -> None:
        """Delete what stands before an entry, once it is known to be read."""
        parent = node.getparent()
        if parent is None:
            return
        container = path.rpartition("/")[0]
        while (before := node.getprevious()) is not None:
            self._refuse_unread(before, container)
            parent.remove(before)

    def _close_container(self, node: etree._Element, path: str) -> None:
        for child in node:
            self._refuse_unread(child, path)
        self.refuse_stray(node.text, node, path)
        if path == self._layout.root:
            self._close_root(node)
        else:
            self.count_layout_attributes(node, path)
            del node[:]

    def _refuse_unread(self, node: etree._Element, container: str) -> None:
        self.refuse_stray(node.tail, node, container)
        if not isinstance(node.tag, str):
            self.count_aside(node, container)
            return
        name = self.local_name(node, container)
        below = f"{container}/{name}".partition("/")[2]
        known = self._layout.entries | {entry.rpartition("/")[0] for entry in self._layout.entries}
        if below not in known:
            raise self.error(f"unknown element `{name}`", node, container)

    def _close_root(self, root: etree._Element) -> None:
        for name in root.attrib:
            self._tally.read += 1
            if name in _LAYOUT_ATTRIBUTES:
                self._tally.pass_over("location of the XML schema", self._place(root, root.tag))
            elif name not in self._layout.root_attributes:
                raise self.error(f"unknown attribute `{name!s}`", root, self._layout.root)
        for aside in (*root.itersiblings(preceding=True), *root.itersiblings()):
            self.count_aside(aside, "")


def _line(node: etree._Element) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 0
