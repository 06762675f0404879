"""Any bytes are read as a list or refused with an error of ours; no entry is lost or doubled.

Sheets go in as the XML that is packed in them, since damage to a packed file ends at its checksum.
"""

import importlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from article41.model.errors import Article41Error
from article41.model.listings import Listing, ListVersion, ReadingReport
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
}
"""Where the entries of a document stand, each of which is one target, by kind."""
GOLDEN = Path(__file__).parents[1] / "tests" / "golden"

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
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fuzz")
        file.write_bytes(as_file(data))
        files = [file, *(GOLDEN / name for name in beside(data))]
        try:
            versions = read_publications(files)
            ids = [number for version in versions for number in _numbers(version)]
        except Article41Error:
            return False
        paths = ENTRIES.get(versions[0].parts[0].kind)
        if paths is not None:
            root = ElementTree.fromstring(data)
            spaced = [path.replace("/", "/{*}") for path in paths]
            entries = sum(len(root.findall("{*}" + path)) for path in spaced)
            # One file may hold two lists, and an entry of it may stand on both.
            assert len(ids) >= entries if len(versions) > 1 else len(ids) == entries
    return True


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
