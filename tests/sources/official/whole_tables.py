"""Reads a list published as a table, and finds the words of its listings."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from article41.model.listings import Listing, ReadingReport
from article41.sources.publications import read_publications

WORD = re.compile(r"\w+")
STATED = date(2024, 12, 17)


def read_file(file: Path) -> tuple[dict[str, Listing], ReadingReport]:
    """The listings by number, each number once, and the report."""
    (version,) = read_publications([file], published=STATED)
    reading = version.listings()
    found: dict[str, Listing] = {}
    while True:
        try:
            listing = next(reading)
        except StopIteration as end:
            return found, end.value
        assert listing.id not in found
        found[listing.id] = listing


def read_text(folder: Path, text: str | bytes) -> tuple[dict[str, Listing], ReadingReport]:
    """The same for a text, given as a file."""
    file = folder / "any-name"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(file)


def words(text: str) -> set[str]:
    """The words of a text; a number without the zeros before it, as parts of dates are kept."""
    return {word.lstrip("0") if word.isdigit() else word for word in WORD.findall(text)}


def words_of(listing: Listing) -> set[str]:
    """Every word that stands in a listing."""
    text = msgspec.json.encode(listing).decode()
    return words(" ".join(_texts(msgspec.json.decode(text))))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [str(value)]


def lost(
    rows: Sequence[tuple[str, dict[str, str]]], listings: dict[str, Listing]
) -> dict[str, list[str]]:
    """By column, the words of cells that stand nowhere in the listing of their number."""
    held = {number: words_of(listing) for number, listing in listings.items()}
    missing: dict[str, list[str]] = defaultdict(list)
    for number, cells in rows:
        for column, text in cells.items():
            missing[column] += sorted(words(text) - held[number])
    return {column: found for column, found in missing.items() if found}
