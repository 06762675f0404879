"""The intake: kinds by content, archives by magic, and refusals that name the file."""

import gzip
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from article41.model.errors import FormatError, InputError
from article41.sources import unpacking
from article41.sources.publications import read_publications
from tests.sources.documents import read_all
from tests.sources.test_spreadsheets import cell, row, sheet

GOLDEN = Path(__file__).parents[1] / "golden"
UN = (GOLDEN / "un" / "input.xml").read_bytes()
OFAC_XML = (GOLDEN / "ofac-xml" / "consolidated.xml").read_bytes()
PRIMARY = (
    b'7,"EXAMPLE, Ada","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962."\r\n\x1a'
)
OWN_SHEET = sheet(
    row(1, cell("A1", "No"), cell("B1", "Name")) + row(2, cell("A2", "7"), cell("B2", "Ada"))
)
ALIASES = b'7,1,"aka","SAMPLE, Ada",-0- \r\n\x1a'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


def test_kind_is_found_by_content_whatever_the_name(folder: Path) -> None:
    files = [written(folder, "a.csv", UN), written(folder, "b.txt", OFAC_XML),
             written(folder, "c.xml", PRIMARY), written(folder, "d", ALIASES)]  # fmt: skip

    versions = read_publications(files)

    assert [(version.list_id, [part.kind for part in version.parts]) for version in versions] == [
        ("ofac-cons", ["ofac-xml"]),
        ("ofac-sdn", ["ofac-alt", "ofac-primary"]),
        ("un-sc", ["un-xml"]),
    ]


@pytest.mark.parametrize("packed", [gzip.compress(UN), zipped(inside=UN), zipped(a__b=UN)])
def test_archive_is_known_by_its_unpacked_bytes(folder: Path, packed: bytes) -> None:
    (plain,) = read_publications([written(folder, "plain", UN)])
    (version,) = read_publications([written(folder, "packed", packed)])

    assert version.sha256 == plain.sha256
    assert version.parts[0].sha256 == hashlib.sha256(UN).hexdigest()
    assert version.parts[0].size_bytes == len(UN)
    with version.parts[0].open() as stream:
        assert stream.read() == UN
    assert read_all(version) == read_all(version) == read_all(plain)


def test_files_in_one_archive_make_one_publication(folder: Path) -> None:
    (version,) = read_publications([written(folder, "sdn", zipped(p=PRIMARY, a=ALIASES))])

    assert [part.file_name for part in version.parts] == ["sdn/a", "sdn/p"]
    (listing,), _ = read_all(version)
    assert [name.value for name in listing.entity.names] == ["EXAMPLE, Ada", "SAMPLE, Ada"]


def test_stated_date_is_for_files_without_one(folder: Path) -> None:
    stated = date(2024, 1, 8)

    (version,) = read_publications([written(folder, "p", PRIMARY)], published=stated)

    assert (version.published, version.published_is_stated) == (stated, True)


def test_stated_date_that_the_file_contradicts_is_an_error(folder: Path) -> None:
    path = written(folder, "un.xml", UN)

    with pytest.raises(InputError, match="published on 2024-02-03, not on 2024-02-04"):
        read_publications([path], published=date(2024, 2, 4))
    (version,) = read_publications([path], published=date(2024, 2, 3))

    assert not version.published_is_stated


def test_same_bytes_twice_are_an_error_that_names_both(folder: Path) -> None:
    paths = [written(folder, "a.xml", UN), written(folder, "b.gz", gzip.compress(UN))]

    with pytest.raises(InputError, match=r"`a\.xml` and `b\.gz`"):
        read_publications(paths)


def test_no_file_is_an_error() -> None:
    with pytest.raises(InputError, match="0 files"):
        read_publications([])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (gzip.compress(b"", mtime=0), "an empty file"),
        (b"\n \n", "blanks only"),
        (b"<ArrayOfFinancialSanctionsTarget/>", "the closed British list as XML"),
        (b"<Sanctions xmlns='urn:xa'/>", "OFAC's advanced XML"),
        (b"<unheard-of/>", "XML with the root `unheard-of`"),
        (b"<!DOCTYPE html><html><body>Bad gateway</body></html>", "a web page"),
        (b"<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a 'b'>]><CONSOLIDATED_LIST/>", "document type"),
        (b'{"error": "rate limit"}', "JSON that says `rate limit`"),
        (rb'{"error": "\ud800"}', "JSON that says `<U\\+D800>`"),
        (b"[" * 100_000, "JSON"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (
            b"ALPHABETICAL LISTING OF SPECIALLY DESIGNATED NATIONALS AND BLOCKED PERSONS\n",
            "OFAC's alphabetical list in prose",
        ),
        (b"\x89PNG\0\0", "binary data"),
        (b"id,name\n1,Ada\n", "text that begins `id,name`"),
        (b"BZh9...", "bzip2"),
        (gzip.compress(gzip.compress(UN)), "an archive inside an archive"),
        (zipped(a=zipped(b=UN)), "an archive inside an archive"),
        (zipped(**{"[Content_Types].xml": b"<Types/>"}), "an office document"),
        (zipped(), "nothing in it"),
        (zipped(a=UN)[:-30], "a damaged archive"),
        (zipped(у=UN).replace("у".encode(), b"\xff\xff"), "a damaged archive"),
        (gzip.compress(UN)[:-300], "a damaged archive"),
        (gzip.compress(UN)[:-8] + b"\0" * 8, "a damaged archive"),
        (gzip.compress(b" " * 50_000_000), "unpacks to more than any list needs"),
        (zipped(a=b" " * 50_000_000), "unpacks to more than any list needs"),
        (zipped(**{f"f{n}": b" " * 900_000 for n in range(60)}), "unpacks to more|blanks"),
        (zipped(**{f"f{n}": b"x" for n in range(101)}), "more than 100 files"),
    ],
)
def test_what_is_no_list_is_refused_and_named(folder: Path, data: bytes, said: str) -> None:
    path = written(folder, "given.bin", data)

    with pytest.raises(FormatError, match=said) as caught:
        read_publications([path])

    assert caught.value.file.startswith("given.bin")


@pytest.mark.parametrize("data", [b"No,Name\n7,Ada Example\n8,Bo\n", OWN_SHEET])
def test_a_table_that_nobody_knows_is_refused_with_the_way_to_describe_it(
    folder: Path, data: bytes
) -> None:
    with pytest.raises(FormatError, match="No") as caught:
        read_publications([written(folder, "black.csv", data)])

    assert "`article41 lists describe FILE`" in caught.value.hint
    assert "`lists add FILE --table DESCRIPTION`" in caught.value.hint


def test_a_workbook_that_is_none_is_refused_with_why(folder: Path) -> None:
    data = zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook"})

    with pytest.raises(FormatError, match=r"black\.xlsx: cannot be read as XLSX") as caught:
        read_publications([written(folder, "black.xlsx", data)])

    assert caught.value.message.isprintable()


def test_missing_file_and_folder_are_refused_and_named(folder: Path) -> None:
    for path, said in ((folder / "none.xml", "no such file"), (folder, "a folder")):
        with pytest.raises(FormatError, match=said) as caught:
            read_publications([path])
        assert caught.value.file == str(path)


def test_a_name_that_is_no_text_is_kept_in_escapes(folder: Path) -> None:
    name = os.fsdecode(b"bad\xff.csv")

    (version,) = read_publications([written(folder, name, PRIMARY)])
    (packed,) = read_publications([written(folder, f"{name}.zip", zipped(inside=PRIMARY))])
    with pytest.raises(FormatError) as caught:
        read_publications([folder / f"none-{name}"])

    assert version.parts[0].file_name == r"bad\udcff.csv"
    assert packed.parts[0].file_name == r"bad\udcff.csv.zip/inside"
    assert caught.value.file.endswith(r"none-bad\udcff.csv")


def test_members_that_together_are_a_bomb_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_BYTES_MAX", 2 * len(UN))
    members = {f"f{n}": UN + b"\n" * n for n in range(4)}

    with pytest.raises(FormatError, match="unpacks to more"):
        read_publications([written(folder, "many", zipped(**members))])


def test_damage_after_the_intake_is_found_while_reading(folder: Path) -> None:
    path = written(folder, "un.xml", UN)
    (version,) = read_publications([path])
    path.write_bytes(UN[: len(UN) // 2])

    with pytest.raises(FormatError, match="not well-formed"):
        read_all(version)


def test_whole_lists_of_the_shared_data_are_taken_in(shared: Path) -> None:
    folder = shared / "data" / "ofac"
    files = [folder / name for name in ("ofac-sdn-2023-12-28.csv.gz", "ofac-alt-2024-01-08.csv",
                                        "ofac-add-2024-01-08.csv.gz")]  # fmt: skip
    files.append(shared / "data" / "un" / "un-consolidated-2026-02-27.xml.gz")

    versions = read_publications(files)

    assert [(version.list_id, len(version.parts)) for version in versions] == [
        ("ofac-sdn", 3),
        ("un-sc", 1),
    ]


def test_intake_of_a_list_does_not_load_the_store() -> None:
    code = (
        "import sys; import article41.sources.publications; "
        "print(any(name.startswith(('sqlalchemy', 'article41.store')) for name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    assert done.stdout.strip() == "False"


def test_a_pipe_is_refused_because_it_is_read_twice(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(FormatError, match="only once"):
        read_publications([pipe])


def test_a_column_more_in_every_row_is_named(tmp_path: Path) -> None:
    row = '7,"EXAMPLE, Ada","individual","XA-FLEET"' + ",-0- " * 9 + "\r\n"
    path = tmp_path / "sdn.csv"
    path.write_text(row, encoding="utf-8", newline="")

    with pytest.raises(FormatError, match="12 columns expected, 13 found"):
        read_publications([path])
