import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from article41.model.entities import NameKind, Schema
from article41.model.errors import FormatError
from tests.sources.official.whole_tables import lost, read_file, read_text

COLUMNS = [
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth",
    "Place of Birth", "Citizenship", "Address", "Additional Information", "Listing Information",
    "Committees", "Control Date",
]  # fmt: skip
NAME = COLUMNS[1]
MARK = re.compile("[a-z]|na", re.IGNORECASE)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE_WORD = re.compile(
    rf"[a-z]|na|(?:{MONTHS})[a-z]*|approximately|approx|between|around|circa|about|or|and|to|in",
    re.IGNORECASE,
)


def table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(reference: str, name: str, kind: str = "aka", **cells: str) -> dict[str, str]:
    return {"Reference": reference, NAME: name, "Type": "Individual", "Name Type": kind, **cells}


def test_lettered_references_are_names_of_one_target(tmp_path: Path) -> None:
    text = table(
        row("7a", "Adda Example"),
        row("7", "Ada Example", "Primary Name"),
        row("7b", "Ада Пример", "Original Script"),
        row("8", "Otto Sample", "Primary Name"),
    )

    listings, _ = read_text(tmp_path, text)

    assert list(listings) == ["7", "8"]
    names = listings["7"].entity.names
    assert [one.value for one in names] == ["Ada Example", "Adda Example", "Ада Пример"]
    assert [one.kind for one in names] == [NameKind.PRIMARY, *[NameKind.STRONG_ALIAS] * 2]
    assert names[2].script == "Cyrl"
    assert listings["7"].entity.schema is Schema.PERSON


def test_lettered_values_are_values_of_their_own_and_na_is_counted(tmp_path: Path) -> None:
    cells = {
        "Citizenship": "a) Xandia b) Examplia",
        "Address": "NA",
        "Additional Information": "IMO number: 9074729. Crew of ten.",
    }

    listings, report = read_text(tmp_path, table(row("7", "Ada Example", "Primary Name", **cells)))

    entity = listings["7"].entity
    assert entity.nationalities == ("Xandia", "Examplia")
    assert entity.addresses == ()
    assert entity.identifiers[0].value == "9074729"
    assert listings["7"].remarks == "IMO number: 9074729. Crew of ten."
    assert report.read - report.kept == 1


@pytest.mark.parametrize(
    ("text", "listed_on", "amended_on"),
    [
        (
            "Listed by UN 1267 Committee on 25 January 2001 (amended on 20 December 2005 and"
            " 21 Sep 2007, 29 Nov. 2011)",
            date(2001, 1, 25),
            (date(2005, 12, 20), date(2007, 9, 21), date(2011, 11, 29)),
        ),
        ("Listed by the UN 1267 Committee on 9 September 2003", date(2003, 9, 9), ()),
        (
            "Listed by UN 1267 and 1989 Committee on 12 August 2011 (amended on 24 Nov. 2020).",
            date(2011, 8, 12),
            (date(2020, 11, 24),),
        ),
        (
            "Listed by UN on 3 May 2004 (amended on 7 April 2008; 14 Dec. 2023)",
            date(2004, 5, 3),
            (date(2008, 4, 7), date(2023, 12, 14)),
        ),
        (
            "Listed by UN 1267 Committee 8 Mar. 2001 (amended on3 Sep. 2003)",
            date(2001, 3, 8),
            (date(2003, 9, 3),),
        ),
        (
            "Listed by UN 751 Committee (currently known as UN 2713 Committee) on 26 May 2023",
            date(2023, 5, 26),
            (),
        ),
        ("Listed 11 May 2010 (amended on 15 Apr. 2014)", date(2010, 5, 11), (date(2014, 4, 15),)),
        ("16 Jul.2020 (amended on 19 Dec. 2023)", date(2020, 7, 16), (date(2023, 12, 19),)),
        ("26 Feb. 2021", date(2021, 2, 26), ()),
        ("2013-03-07", date(2013, 3, 7), ()),
        ("List 2002 (No 1). Listed on: 5/02/2022", date(2022, 2, 5), ()),
        ("List 2002 (No 1). Last listed on: 16/09/2022", None, ()),
        ("Listed on 5 May 2018. Listed on: 7 May 2021", date(2018, 5, 5), ()),
        ("Listed on 7 May 2021. Listed on: 5 May 2018", None, ()),
        ("Listed on 4 May 2019. (Note: a re-listing of a previous designation)", None, ()),
        ("Listed by UN 2368 (2017), amended 4 May 2019", None, ()),
        ("Relisted on 12 January 2024", None, ()),
        ("26 Feb. 2021 at noon", None, ()),
        ("Resolution 1267 (1999), amended 9 December 2005", None, ()),
        ("Assets received on or after 23 May 2003. Listed under Resolution 1483 (2003)", None, ()),
        ("Autonomous Sanctions (Designated Persons—Examplia) List 2012", None, ()),
    ],
)
def test_the_day_of_listing_is_read_only_where_the_text_says_so(
    tmp_path: Path, text: str, listed_on: date | None, amended_on: tuple[date, ...]
) -> None:
    cells = {"Listing Information": text}

    listings, _ = read_text(tmp_path, table(row("7", "Ada Example", "Primary Name", **cells)))

    assert listings["7"].listed_on == listed_on
    assert listings["7"].amended_on == amended_on
    assert ("Listing Information", text) in listings["7"].notes


def test_what_is_not_read_of_the_listing_information_is_counted(tmp_path: Path) -> None:
    text = table(
        row("7", "Ada Example", "Primary Name", **{"Listing Information":
            "Listed on 1 May 2001 (amended on 3 September, 10 and 30 Dec. 2015), 6 Dec 2019."
            " Relisted on 2 May 2022"}),
        row("8", "Otto Sample", "Primary Name", **{"Listing Information": "List 2012 (No. 1)"}),
    )  # fmt: skip

    listings, report = read_text(tmp_path, text)

    assert listings["7"].amended_on == (date(2015, 12, 30),)
    counts = {skip.reason[:40]: skip.count for skip in report.skipped}
    assert counts == {
        "day in listing information that is neith": 3,
        "listing information without a day of lis": 1,
    }


def test_two_days_of_listing_are_none(tmp_path: Path) -> None:
    text = table(
        row("7", "Ada Example", "Primary Name", **{"Listing Information": "Listed: 1 May 2001"}),
        row("7a", "Adda Example", **{"Listing Information": "Listed: 2 May 2001"}),
    )

    listings, report = read_text(tmp_path, text)

    assert listings["7"].listed_on is None
    assert [skip.reason for skip in report.skipped] == ["days of listing that differ between rows"]


@pytest.mark.parametrize(
    "text",
    [
        table(),
        table(row("x", "Ada Example")),
        table(row("7", "")),
        table(row("7", "Ada Example") | {"Type": "Comet"}),
        table(row("7", "Ada Example", more="x"), columns=[*COLUMNS, "more"]),
        table(row("7", "Ada Example"), columns=COLUMNS[:-1]),
    ],
    ids=["empty", "reference", "no name", "type", "unknown column", "missing column"],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError):
        read_text(tmp_path, text)


def test_a_cut_spreadsheet_is_refused(tmp_path: Path, shared: Path) -> None:
    data = (shared / "data" / "au" / "au-dfat-consolidated-2024-12-17.xlsx").read_bytes()

    with pytest.raises(FormatError):
        read_text(tmp_path, data[: len(data) // 2])


def test_every_word_of_the_real_file_is_in_a_listing(shared: Path) -> None:
    file = shared / "data" / "au" / "au-dfat-consolidated-2024-12-17.xlsx"
    raw = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    header = [str(cell).strip() for cell in raw[0]]

    listings, report = read_file(file)

    rows = []
    for cells in raw[1:]:
        texts = {
            column: str(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)
            for column, cell in zip(header, cells, strict=True)
        }
        number = re.match(r"\d+", texts.pop("Reference").strip())
        assert number is not None
        rows.append((number[0], texts))
    missing = lost(rows, listings)
    # Types, kinds of names, the letters of enumerations and the words of dates became structure.
    assert {word.lower() for word in missing.pop("Type")} == {"individual", "entity"}
    assert len(set(missing.pop("Name Type"))) < 20
    births = {word for word in missing.pop("Date of Birth") if not DATE_WORD.fullmatch(word)}
    assert births == set()
    for column in ("Place of Birth", "Citizenship", "Address"):
        assert [word for word in missing.pop(column) if not MARK.fullmatch(word)] == []
    assert missing == {}
    assert len(rows) == 9_553
    assert len(listings) == 3_062
    assert report.names == 9_518
