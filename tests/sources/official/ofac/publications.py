"""Publications made of text, and what must be found again in their listings."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from functools import partial
from typing import cast

import msgspec

from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.ofac import kind_of, read_csv

NULL = "-0- "
END = "\x1a"


def part(text: str | bytes, *, kind: str | None = None, name: str = "any.csv") -> Part:
    data = text if isinstance(text, bytes) else text.encode()
    found = kind or kind_of(data[: 1 << 16])
    assert found is not None
    return Part(
        kind=found,
        file_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=partial(io.BytesIO, data),
    )


def primary(  # one row of SDN.CSV
    number: int,
    name: str,
    *,
    type_: str = NULL,
    programme: str = "XA-FLEET",
    title: str = NULL,
    remarks: str = NULL,
) -> list[str]:
    return [str(number), name, type_, programme, title, *[NULL] * 6, remarks]


def table(*rows: list[str], end: str = END) -> str:
    """The rows as OFAC writes them: text in quotes, numbers and nulls bare, CRLF."""
    lines = []
    for row in rows:
        cells = [
            cell if cell == NULL or cell.isdecimal() else '"' + cell.replace('"', '""') + '"'
            for cell in row
        ]
        lines.append(",".join(cells) + "\r\n")
    return "".join(lines) + end


def barred(text: str) -> str:
    """The same table as OFAC prints it with bars."""
    return "\r\n".join("|".join(row) for row in rows_of(text.encode())) + "\r\n"


def finish(version: ListVersion) -> tuple[list[Listing], ReadingReport]:
    listings = []
    reading = version.listings()
    while True:
        try:
            listings.append(next(reading))
        except StopIteration as end:
            return listings, cast("ReadingReport", end.value)


def read(*texts: str | bytes) -> tuple[list[Listing], ReadingReport]:
    (version,) = read_csv([part(text) for text in texts], published=None)
    return finish(version)


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a comma-delimited file, read without the code under test."""
    text = data.decode("utf-8-sig").removesuffix(END)
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def texts_of(value: object) -> list[str]:
    """Every text of a listing or of a part of it."""
    plain = msgspec.to_builtins(value)
    if isinstance(plain, str):
        return [plain]
    if isinstance(plain, dict):
        return [text for item in plain.values() for text in texts_of(item)]
    if isinstance(plain, list | tuple):
        return [text for item in plain for text in texts_of(item)]
    return []


def lost_cells(listing: Listing, rows: Iterable[list[str]]) -> list[str]:
    """The cells of an entry's rows that stand in none of its fields."""
    texts = texts_of(listing)
    numbers = {number for _, value in listing.notes for number in value.split()}
    kinds = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
    kinds |= {"aka": "strong-alias", "fka": "former", "nka": "n.k.a."}
    lost = []
    for row in rows:
        for column, cell in enumerate(row):
            text = cell.strip()
            is_kind = column == 2 and len(row) in (5, 12) and text in kinds
            text = kinds[text] if is_kind else text
            pieces = [text, *re.split(r"; *|\] \[", text)]
            if text in ("-0-", "-0") or text in numbers or not text:
                continue
            if text in texts or all(piece.strip() in texts for piece in pieces[1:] if piece):
                continue
            if f"n.k.a.; {text}" in texts or (is_kind and f"{text}; " in "".join(texts)):
                continue
            lost.append(cell)
    return lost


_DATE = re.compile(r"(?:alt\. )?DOB ")


def lost_words(listing: Listing) -> list[str]:
    """Pieces of the remarks whose data stands neither in the entity nor in the unparsed text."""
    words = set()
    for text in [*texts_of(listing.entity), *listing.unparsed]:
        words.update(re.findall(r"\w+", text))
    dates = {str(date.first.year) for date in listing.entity.birth_dates}
    dates |= {str(date.last.year) for date in listing.entity.birth_dates if date.last}
    lost = []
    for piece in listing.remarks.split(";"):
        tokens = piece.split()
        wanted = {word for word in re.findall(r"\w+", piece) if re.search(r"\d", word)}
        wanted |= set(re.findall(r"\w+", tokens[-1] if tokens else ""))
        if _DATE.match(piece.strip()) and wanted & dates:
            continue
        if not wanted <= words:
            lost.append(piece)
    return lost
