"""Bytes as a part, and a version read to its end."""

import hashlib
import io
from collections.abc import Mapping
from xml.etree import ElementTree

import msgspec

from article41.model.listings import Listing, ListVersion, Part, ReadingReport


def part_of(data: bytes, kind: str, name: str = "input.xml") -> Part:
    return Part(
        kind=kind,
        file_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=lambda: io.BytesIO(data),
    )


def read_all(version: ListVersion) -> tuple[list[Listing], ReadingReport]:
    listings = []
    reading = version.listings()
    while True:
        try:
            listings.append(next(reading))
        except StopIteration as end:
            report = end.value
            assert isinstance(report, ReadingReport)
            return listings, report


def as_json(listings: list[Listing], report: ReadingReport) -> str:
    encoded = msgspec.json.encode({"listings": listings, "report": report})
    return msgspec.json.format(encoded, indent=1).decode() + "\n"


def strings_of(value: object) -> set[str]:
    """Every text in a listing, however deep."""
    found: set[str] = set()
    pending = [msgspec.to_builtins(value)]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            found.add(" ".join(item.split()))
        elif isinstance(item, Mapping):
            pending += item.values()
        elif isinstance(item, list | tuple):
            pending += item
    return found


def texts_of(element: ElementTree.Element) -> list[tuple[str, str]]:
    """Every text below an element with its local name, blanks folded, as the parser gives it."""
    return [
        (below.tag.rpartition("}")[2], text)
        for below in element.iter()
        if (text := " ".join((below.text or "").split()))
    ]
