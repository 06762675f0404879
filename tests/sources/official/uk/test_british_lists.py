"""The British lists: forms that agree, refusals, and nothing lost of the real files."""

import csv
import gzip
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.errors import FormatError
from article41.model.listings import Listing, ReadingReport
from article41.sources import spreadsheets
from article41.sources.publications import read_publications
from tests.sources.documents import read_all, texts_of
from tests.sources.golden_inputs import INPUTS
from tests.sources.official.whole_tables import lost, words, words_of

XML = INPUTS["uk/list.xml"].decode()
CSV = INPUTS["uk/list.csv"].decode()
CLOSED = INPUTS["uk/conlist.csv"].decode()


ENUMERATION = re.compile(r"(?:^|(?<=[\s.,;]))\(?\d{1,2}\)")
KINDS = {"Group Type", "Type", "IndividualEntityShip",
         "Alias Type", "Alias Quality", "NameType", "AliasStrength"}  # fmt: skip
"""They became the schema and the kinds of names."""

Cells = tuple[str, dict[str, str]]


def read(file: Path) -> tuple[dict[str, Listing], ReadingReport]:
    (version,) = read_publications([file])
    listings, report = read_all(version)
    return {listing.id: listing for listing in listings}, report


def read_text(folder: Path, text: str) -> tuple[dict[str, Listing], ReadingReport]:
    file = folder / "any-name"
    file.write_text(text, encoding="utf-8", newline="")
    return read(file)


def edited(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_forms_of_one_list_agree(tmp_path: Path) -> None:
    xml, _ = read_text(tmp_path, XML.replace("DirectorDisqualificationSanction", "Deflag"))
    table, _ = read_text(tmp_path, CSV)

    def essence(one: Listing) -> tuple[object, ...]:
        names = {name.value for name in one.entity.names} - {"Specimen Trading"}
        numbers = {(number.kind, number.value) for number in one.entity.identifiers}
        births = one.entity.birth_dates
        return (one.key, one.entity.schema, names, births, one.listed_on, one.amended_on,
                one.restates, one.same_as, one.programmes, one.entity.properties,
                {value for _, value in numbers} - {"+99 2"})  # fmt: skip

    assert [essence(one) for one in xml.values()] == [essence(one) for one in table.values()]


def test_a_measure_that_is_only_marked_is_imposed_and_counted(tmp_path: Path) -> None:
    listings, report = read_text(tmp_path, XML)

    assert listings["XAM0041"].measures == (
        "Asset freeze", "Travel Ban", "Director disqualification sanction",
    )  # fmt: skip
    assert "measure that is only marked" in {skip.reason for skip in report.skipped}
    assert report.gaps == ()


def test_a_mark_of_a_new_measure_is_kept_as_printed_and_named_as_a_gap(tmp_path: Path) -> None:
    marks = "<NewBan>true</NewBan><OldBan>false</OldBan>"
    end = "</SanctionsImposedIndicators>"
    text = edited(XML, end, marks + end)

    listings, report = read_text(tmp_path, text)

    assert any("NewBan" in listing.measures for listing in listings.values())
    assert report.gaps == ("what the measure `NewBan` is",)
    assert "unknown mark of a measure" in {skip.reason for skip in report.skipped}


def test_a_column_that_is_not_known_is_refused_though_it_is_empty(tmp_path: Path) -> None:
    header, first, rest = CLOSED.split("\n", 2)

    with pytest.raises(FormatError, match="a column that this format does not have") as caught:
        read_text(tmp_path, "\n".join([header, edited(first, "Group ID", "Group ID,Extra"), rest]))

    assert (caught.value.line, caught.value.path) == (2, "Extra")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (edited(XML, "<UniqueID>XAM0042</UniqueID>", "<UniqueID>XAM0041</UniqueID>"), "already"),
        (edited(XML, "<UniqueID>XAM0042</UniqueID>", ""), "no number"),
        (edited(XML, ">Entity<", ">Ghost<"), "unknown kind `Ghost`"),
        (edited(XML, "<Name6>EXAMPLE STAR</Name6>", ""), "no name"),
        (edited(XML, "26/03/2026", "31/02/2026"), "`31/02/2026` is no date"),
        (edited(XML, "<RegimeName>", "<Remark>x</Remark><RegimeName>"), "Remark"),
        (edited(CSV, "26-Mar-2026", "26-Foo-2026"), "`26-Foo-2026` is no date"),
        (edited(CSV, ",Ship,", ",Ghost,"), "unknown kind `Ghost`"),
        (edited(CSV, "XAM0043", ""), "no designation"),
        (edited(CSV, "Tonnage of ship", "Draught of ship"), "does not have"),
        (edited(CLOSED, "02/04/2014", "2 April"), "`2 April` is no date"),
        (edited(CLOSED, ",Entity,", ",Ghost,"), "unknown kind `Ghost`"),
    ],
)
def test_what_does_not_belong_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said) as caught:
        read_text(tmp_path, text)

    assert caught.value.file == "any-name"
    assert caught.value.hint


def test_a_date_of_birth_that_is_none_stays_text(tmp_path: Path) -> None:
    listings, report = read_text(tmp_path, edited(CSV, "dd/mm/1961", "about 1961"))

    assert ("D.O.B", "about 1961") in listings["XAM0041"].notes
    assert "date of birth kept as text" in {skip.reason for skip in report.skipped}


def numbered_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Cells]:
    """Rows by the number of their target, without the marks of enumerations and words of kinds."""
    key = header.index("Group ID" if "Group ID" in header else "Unique ID")
    return [
        (
            row[key],
            {
                column: ENUMERATION.sub(" ", text)
                for column, text in zip(header, row, strict=False)
                if column not in KINDS
            },
        )
        for row in rows
        if any(row)
    ]


def closed_rows(path: Path) -> list[Cells]:
    text = gzip.decompress(path.read_bytes()).decode("windows-1252")
    _, header, *rows = csv.reader(io.StringIO(text, newline=""))
    return numbered_rows(header, rows)


def sheet_rows(path: Path) -> list[Cells]:
    rows = [cells for _, cells in spreadsheets.rows(lambda: path.open("rb"), path.name, "")]
    start = next(place for place, row in enumerate(rows) if {"Group ID", "Unique ID"} & set(row))
    return numbered_rows(rows[start], rows[start + 1 :])


@pytest.mark.parametrize(
    ("name", "count", "rows"),
    [
        ("uk-conlist-2014-04-02.csv.gz", 2_297, closed_rows),
        ("uk-conlist-2018-04-13.csv.gz", 2_106, closed_rows),
        ("uk-conlist-2025-04-10.xlsx", 4_686, sheet_rows),
        ("uk-sanctions-list-summary-2025-08-11.ods", 5_302, sheet_rows),
    ],
)
def test_every_word_of_the_real_tables_is_in_a_listing(
    shared: Path, name: str, count: int, rows: Callable[[Path], list[Cells]]
) -> None:
    path = shared / "data" / "uk" / name

    listings, report = read(path)

    assert len(listings) == report.listings == count
    assert lost(rows(path), listings) == {}


def test_every_text_of_the_real_xml_is_in_a_listing(shared: Path) -> None:
    (path,) = (shared / "data" / "uk").glob("*.xml")
    listings, _ = read(path)

    missing = set()
    for element in ElementTree.parse(path).getroot().iterfind("Designation"):
        held = words_of(listings[element.findtext("UniqueID", "")])
        for name, text in texts_of(element):
            if name not in KINDS and text.lower() not in {"true", "false"}:
                missing |= {(name, word) for word in words(text.replace("IMO", "")) - held}

    assert missing == set()
