"""The shipped descriptions read the real files, and every word of these is in a listing."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from article41.model.listings import Listing, ReadingReport
from article41.sources.declared import shipped_tables
from article41.sources.publications import read_publications
from tests.sources.documents import read_all
from tests.sources.official.whole_tables import words, words_of

FILES = {
    "us-dod-1260h": ("us-dod-1260h-2026-08-20.csv", 397, 635, 2051, 0),
    "us-cuba-restricted": ("us-cuba-restricted-2026-08-04.csv", 239, 296, 1317, 0),
    "ch-fiaa": ("ch-fiaa-freezes-2026-07-30.csv", 158, 180, 1303, 0),
    "il-wmd": ("il-wmd-banned-2024-08-13.xlsx", 239, 454, 2273, 44),
    "in-mha": ("in-mha-banned-2023-12-18.html", 38, 61, 78, 2),
}
"""The file of each list: listings, names, cells read, cells left out."""


MISPRINTED = [
    "1718 KPe.50", "1718 Kpe. 055", "1718 Kpe.040", "1718 Pe.036", "1718 Pe.048", "1718 Pi.074"
]  # fmt: skip


def read(file: Path) -> tuple[list[Listing], ReadingReport, date | None]:
    (version,) = read_publications([file])
    return *read_all(version), version.published


def raw_rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header by another reader, with their lines."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header, line = next(reader), reader.line_num + 1
            for cells in reader:
                yield line, dict(zip(header, cells, strict=True))
                line = reader.line_num + 1
    elif file.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(
            skip_empty_area=False
        )  # fmt: skip
        header = [" ".join(str(cell).split()) for cell in rows[2]]
        for number, sheet_cells in enumerate(rows[3:], start=4):
            texts = (
                str(int(cell)) if isinstance(cell, float) else str(cell) for cell in sheet_cells
            )
            yield number, dict(zip(header, texts, strict=True))
    else:
        for row in html.fromstring(file.read_bytes()).iter("tr"):
            texts = (
                " ".join("".join(map(str, cell.itertext())).split()) for cell in row.iter("td")
            )
            line = int(str(row.sourceline or 0))
            yield line, dict(zip(("Sl -No", "Organisation"), texts, strict=False))


def test_every_shipped_list_has_a_real_file() -> None:
    assert sorted(FILES) == [table.list_id for table in shipped_tables()]


@pytest.mark.parametrize("list_id", FILES)
def test_real_file_is_read_whole(shared: Path, list_id: str) -> None:
    name, count, names, cells, left_out = FILES[list_id]

    listings, report, published = read(shared / "data" / "other" / name)

    assert {listing.list_id for listing in listings} == {list_id}
    assert (report.listings, report.names, report.read) == (count, names, cells)
    assert report.read - report.kept == left_out
    assert published == (date(2018, 7, 12) if list_id == "il-wmd" else None)


@pytest.mark.parametrize("list_id", FILES)
def test_every_word_of_the_real_file_is_in_a_listing(shared: Path, list_id: str) -> None:
    file = shared / "data" / "other" / FILES[list_id][0]
    listings, report, _ = read(file)
    held = {int(listing.place.rpartition(":")[2]): words_of(listing) for listing in listings}
    places = {
        int(place.rpartition(":")[2]) for skip in report.skipped for place in skip.places
    }  # fmt: skip
    months = {"במרץ", "באפריל", "ביולי", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
              "Sep", "Oct", "Nov", "Dec", "a", "b", "c", "d", "Between", "and"}  # fmt: skip

    lost = []
    for line, cells in raw_rows(file):
        texts = [text for text in cells.values() if text.strip()]
        if line in held:
            missing = {one for text in texts for one in words(text)} - held[line] - {"N", "A"}
            # Months of a date that was read are numbers now; the marks of its parts are gone.
            lost += sorted(missing - (months if list_id == "il-wmd" else set()))
        elif len(texts) > 1:
            assert line in places, (line, texts)
    assert lost == []


def test_a_company_is_off_the_list_between_two_of_its_periods(shared: Path) -> None:
    listings, _, _ = read(shared / "data" / "other" / FILES["us-dod-1260h"][0])
    name = "ChangXin Memory Technologies, Inc."

    periods = [one for one in listings if one.entity.names[0].value == name]

    assert [(one.during.valid_from, one.during.valid_until) for one in periods if one.during] == [
        (date(2025, 1, 7), date(2026, 2, 17)),
        (date(2026, 6, 8), None),
    ]
    assert [one.listed_on for one in periods] == [date(2025, 1, 7), date(2026, 6, 8)]
    assert [one.delisted_on for one in periods] == [date(2026, 2, 17), None]


def test_adopted_designations_point_to_the_list_they_were_adopted_from(shared: Path) -> None:
    listings, _, _ = read(shared / "data" / "other" / FILES["il-wmd"][0])

    pointing = [one for one in listings if one.same_as]

    # QUIRK: il 2018-07-12: these numbers are misprinted.
    assert sorted({one.id for one in listings} - {one.id for one in pointing}) == MISPRINTED
    assert {one.same_as[0][:8] for one in pointing} == {"un-sc/IR", "un-sc/KP"}
