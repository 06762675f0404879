import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from article41.model.errors import FormatError
from article41.sources import spreadsheets
from article41.sources.table_heads import first_rows, table_form
from fuzz.fuzz_publications import as_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str) -> bytes:
    return as_file(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode())


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def read(data: bytes, which: str = "") -> list[tuple[int, list[str]]]:
    return list(spreadsheets.rows(lambda: io.BytesIO(data), "a.xlsx", which))


def repacked(data: bytes, **changed: bytes) -> bytes:
    """The spreadsheet with other members, named by the end of their paths."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, changed.pop(stem, old.read(name)))
        for name, content in changed.items():
            new.writestr(name, content)
    return packed.getvalue()


def test_rows_and_columns_stand_where_the_sheet_has_them() -> None:
    data = sheet(row(3, cell("B3", "id"), cell("D3", "name")) + row(5, cell("C5", "x")))

    assert read(data) == [
        (1, ["", "", "", ""]),
        (2, ["", "", "", ""]),
        (3, ["", "id", "", "name"]),
        (4, ["", "", "", ""]),
        (5, ["", "", "x", ""]),
    ]
    assert table_form(data) == "spreadsheet"
    assert first_rows(data[:100], lambda: io.BytesIO(data))[2] == ["", "id", "", "name"]


def test_whole_numbers_lose_their_point_and_others_keep_it() -> None:
    data = sheet(
        row(1, '<c r="A1"><v>7</v></c>', '<c r="B1"><v>1.5</v></c>', '<c r="C1"><v>1E3</v></c>')
    )

    assert read(data) == [(1, ["7", "1.5", "1000"])]


def test_dates_become_iso_text() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>"
    )
    data = sheet(row(1, '<c r="A1" s="1"><v>45352</v></c>', '<c r="B1" s="1"><v>45352.5</v></c>'))
    data = repacked(data, **{"xl/styles.xml": styles.encode()})

    assert read(data) == [(1, ["2024-03-01", "2024-03-01T12:00:00"])]


def _workbook(name: str) -> bytes:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{types}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ).encode()


def test_a_sheet_is_found_by_its_name() -> None:
    data = repacked(sheet(row(1, cell("A1", "id"))), workbook=_workbook("Persons"))

    assert read(data, "Persons") == [(1, ["id"])]
    with pytest.raises(FormatError):
        read(data, "Vessels")


def test_text_keeps_its_line_breaks_and_other_scripts() -> None:
    assert read(sheet(row(1, cell("A1", " Ада\n<of> XA ")))) == [(1, [" Ада\n<of> XA "])]


@pytest.mark.parametrize("places", [("A1", "XFD1048576"), ("A1048576", "XFD1"), ("a1", "xfd99999")])
def test_cells_in_far_corners_are_refused_before_memory_is_asked_for(
    places: tuple[str, str],
) -> None:
    first, last = (cell(place, "x") for place in places)
    data = sheet(f"<row>{first}</row><row>{last}</row>")

    with pytest.raises(FormatError, match="rows and 16,384 columns"):
        read(data)


def test_far_corners_are_found_where_attributes_are_written_otherwise() -> None:
    data = sheet("<row r='1'><c t='n' \n r = 'XFD1048576' ><v>1</v></c></row>")

    with pytest.raises(FormatError, match="a sheet of 1,048,576 rows"):
        read(data)


def test_a_sheet_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "SHEET_BYTES_MAX", 10_000)
    data = repacked(sheet(row(1, cell("A1", "x"))), **{"xl/media.bin": bytes(20_000)})

    with pytest.raises(FormatError, match="more than 10000 bytes when unpacked"):
        read(data)


def test_a_member_that_is_longer_than_it_says_is_refused() -> None:
    data = bytearray(repacked(sheet(row(1, cell("A1", "x" * 5_000)))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    data = bytearray(bytes(data).replace(real.to_bytes(4, "little"), (9).to_bytes(4, "little")))

    with pytest.raises(FormatError, match="cannot be unpacked"):
        read(bytes(data))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_spreadsheet_is_refused(share: float) -> None:
    data = sheet(row(1, cell("A1", "id")))

    with pytest.raises(FormatError):
        read(data[: int(len(data) * share)])


def test_a_changed_byte_is_refused_by_the_checksum() -> None:
    data = sheet(row(1, cell("A1", "genuine")))

    with pytest.raises(FormatError):
        read(data.replace(b"genuine", b"forgery"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="0"><c r="A0"/></row>'.encode(),
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="A99999999999"><v>1</v>'.encode(),
    ],
)
def test_a_broken_sheet_is_refused_or_empty(content: bytes) -> None:
    data = repacked(sheet(""), sheet1=content)

    try:
        found = read(data)
    except FormatError:
        return
    assert not any(text for _, cells in found for text in cells)


def test_an_office_document_that_is_no_sheet_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    with pytest.raises(FormatError, match="without a sheet"):
        read(packed.getvalue())
