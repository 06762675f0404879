"""Reads the start tag of an XML document's root, which often carries the date, and nothing more."""

from lxml import etree

from article41.model.errors import FormatError
from article41.model.listings import Part
from article41.sources.prolog import HOSTILE, checked_head
from article41.sources.unpacking import HEAD_BYTES


def root_attributes(part: Part) -> dict[str, str]:
    """The attributes of the root element, without reading further."""
    with part.open() as source:
        head = source.read(HEAD_BYTES)
    encoding, _ = checked_head(head, part.file_name)
    parser = etree.XMLPullParser(
        events=("start",),
        **HOSTILE,
        encoding=encoding,
    )
    try:
        parser.feed(head)
        for _, root in parser.read_events():
            if isinstance(root, etree._Element):
                return {str(name): str(value) for name, value in root.attrib.items()}
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, part.file_name) from error
    raise FormatError(
        "the root element has no end of its start tag",
        hint="no list is like this; get the file again from the authority",
        file=part.file_name,
    )


def not_well_formed(error: etree.XMLSyntaxError, file: str) -> FormatError:
    """What a parser says of broken XML, in our words."""
    said = " ".join((error.msg or "").split()) or "nothing to read"
    return FormatError(
        f"not well-formed XML: {said}",
        hint="the file is cut short or damaged; get it again",
        file=file,
        line=error.lineno or 0,
    )
