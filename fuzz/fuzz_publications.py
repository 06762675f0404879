"""Any bytes are read as a list, or as the description of one, or refused with an error of ours.

No listing stands twice. That no entry is lost is checked where entries can be counted without the
reader of their kind: in documents by their element (`ENTRIES`), in tables by the column of their
number (`NUMBERS`). It is not checked here of OFAC's rows, acts of the EU, the list of denied
persons, lines of FollowTheMoney and described tables, of which the tests of each kind do it.

Sheets go in as the XML that is packed in them, since damage to a packed file ends at its checksum.
"""

import contextlib
import csv
import importlib
import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from article41.model.errors import Article41Error
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources import spreadsheets
from article41.sources.declared import DeclaredTable
from article41.sources.declared.loading import load_description
from article41.sources.official import eu_journal, ofac
from article41.sources.publications import read_publications
from article41.sources.table_heads import first_cuts
from article41.sources.unpacking import HEAD_BYTES

ENTRIES = {
    "un-xml": ("INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY"),
    "ofac-xml": ("sdnEntry",),
    "ofac-enhanced-xml": ("entities/entity",),
    "eu-xml": ("sanctionEntity",),
    "eu-old-xml": ("ENTITY",),
    "uk-sl-xml": ("Designation",),
    "ca-xml": ("record",),
    "ch-xml": ("target",),
}
"""Where the entries of a document stand, each of which is one target, by kind."""
NUMBERS = {
    "uk-sl-table": ("Unique ID", ","),
    "uk-conlist-table": ("Group ID", ","),
    "eu-csv": ("Entity_LogicalId", ";"),
    "eu-old-csv": ("Entity_logical_id", ";"),
    "au-table": ("Reference", ","),
    "os-simple": ("id", ","),
    "us-csl-csv": ("", ","),
}
"""The column in which the rows of one target have its number, and what parts the cells, by kind;
without a column each row is a target."""
GOLDEN = Path(__file__).parents[1] / "tests" / "golden"

DESCRIBED = tuple(
    GOLDEN / name
    for name in ("ch-fiaa/list.csv", "il-wmd/list.sheet.xml", "in-mha/page.html",
                 "us-cuba-restricted/list.csv", "us-dod-1260h/list.csv")
)  # fmt: skip
"""The tables on which a description is tried."""

_PRIMARY = ("ofac-sdn-csv/SDN.CSV", "ofac-cons-csv/CONS_PRIM.CSV")
_CONSOLIDATED = ("eu-journal/consolidated.csv",)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = f"""<workbook xmlns="{_MAIN}" xmlns:r="{_TYPES}">
<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_RELATION = """<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>"""


def as_file(data: bytes) -> bytes:
    """The bytes as they are published: the XML of a sheet is packed, everything else left."""
    if b"<worksheet" in data[:200]:
        document = _RELATION.format(f"{_TYPES}/officeDocument", "xl/workbook.xml")
        sheet = _RELATION.format(f"{_TYPES}/worksheet", "worksheets/sheet1.xml")
        return _packed(
            {
                "[Content_Types].xml": b"<Types/>",
                "_rels/.rels": document.encode(),
                "xl/workbook.xml": _WORKBOOK.encode(),
                "xl/_rels/workbook.xml.rels": sheet.encode(),
                "xl/worksheets/sheet1.xml": data,
            }
        )
    if b"<office:document-content" in data[:200]:
        kind = b"application/vnd.oasis.opendocument.spreadsheet"
        return _packed({"mimetype": kind, "content.xml": data})
    return data


def try_one(data: bytes) -> bool:
    """True if the bytes were read as a list, by themselves or beside what they belong to."""
    if b"[[columns]]" in data:
        return _is_description(data)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fuzz")
        file.write_bytes(as_file(data))
        files = [file, *(GOLDEN / name for name in beside(data))]
        try:
            versions = read_publications(files)
            ids = [number for version in versions for number in _numbers(version)]
        except Article41Error:
            return False
        entries = _entries(versions[0].parts[0].kind, data)
        if entries is not None:
            # One file may hold two lists, and an entry of it may stand on both.
            assert len(ids) >= entries if len(versions) > 1 else len(ids) == entries
    return True


def _is_description(data: bytes) -> bool:
    """True if the bytes describe a table; what they describe is read by them, or refused."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fuzz.toml")
        file.write_bytes(data)
        try:
            table = DeclaredTable(load_description(file))
        except Article41Error:
            return False
        for golden in DESCRIBED:
            content = as_file(golden.read_bytes())
            if table.kind_of(content[:HEAD_BYTES], partial(io.BytesIO, content)) is None:
                continue
            part = Part(kind=table.kind, file_name=golden.name, sha256="", size_bytes=len(content),
                        open=partial(io.BytesIO, content))  # fmt: skip
            with contextlib.suppress(Article41Error):
                for version in table.read([part], published=None):
                    _numbers(version)
    return True


def _entries(kind: str, data: bytes) -> int | None:
    """How many targets the bytes hold, counted without the reader of their kind."""
    if kind in ENTRIES:
        root = ElementTree.fromstring(data)
        spaced = [path.replace("/", "/{*}") for path in ENTRIES[kind]]
        return sum(len(root.findall("{*}" + path)) for path in spaced)
    if kind not in NUMBERS:
        return None
    column, mark = NUMBERS[kind]
    rows = [[*map(_folded, row)] for row in _rows(data, mark)]
    rows = [row for row in rows if any(row)]
    if not column:
        return len(rows) - 1
    header = next(place for place, row in enumerate(rows) if column in row)
    at = rows[header].index(column)
    numbers = {row[at] for row in rows[header + 1 :]}
    # The names of one Australian target are `2`, `2a`, `2b`.
    return len({re.sub(r"\D.*", "", one) for one in numbers} if kind == "au-table" else numbers)


def _rows(data: bytes, mark: str) -> Iterator[list[str]]:
    packed = as_file(data)
    if packed != data:
        for _, cells in spreadsheets.rows(lambda: io.BytesIO(packed), "fuzz", ""):
            yield cells
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1252")
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _folded(cell: str) -> str:
    spaced = (" " if letter < " " or letter == "\x7f" else letter for letter in cell)
    return " ".join("".join(spaced).split())


def beside(data: bytes) -> tuple[str, ...]:
    """The golden files that a table is no list without."""
    if ofac.kind_of(data) not in {None, "ofac-primary"}:
        return _PRIMARY
    cuts = first_cuts(data[:HEAD_BYTES], lambda: io.BytesIO(data))
    kind = next(filter(None, map(eu_journal.kind_of_rows, cuts)), "")
    return _CONSOLIDATED if kind.startswith(("eu-journal-amendment", eu_journal.EMPTY)) else ()


def _numbers(version: ListVersion) -> set[str]:
    listings, report = _read(version)
    assert report.listings == len(listings) > 0
    assert 0 <= report.kept <= report.read
    standing = [listing.id for listing in listings if listing.during is None]
    assert len(set(standing)) == len(standing)
    assert len({(listing.id, listing.during) for listing in listings}) == len(listings)
    for listing in listings:
        assert all(name.value.strip() for name in listing.entity.names)
        # What cannot be written cannot be kept either.
        assert msgspec.json.decode(msgspec.json.encode(listing), type=Listing) == listing
    return {listing.id for listing in listings}


def _read(version: ListVersion) -> tuple[list[Listing], ReadingReport]:
    report: list[ReadingReport] = []

    def whole() -> Iterator[Listing]:
        report.append((yield from version.listings()))

    return list(whole()), report[0]


def _packed(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
