import csv
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from tests.sources.official.whole_tables import lost, read_file, read_text

HEADER = (
    "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date"
    "\tStandard_Order\tLast_Update\tAction\tFR_Citation\r\n"
)


def row(name: str = "ADA EXAMPLE", **cells: str) -> str:
    values = {
        "Street_Address": "1 EXAMPLE ROAD",
        "Effective_Date": "03/01/2024",
        "Expiration_Date": "03/01/2034",
        "Last_Update": "2024-03-05",
        "FR_Citation": "99 F.R. 1 3/5/2024",
        **cells,
    }
    columns = HEADER.strip().split("\t")[1:]
    return "\t".join(f'"{one}"' for one in [name, *(values.get(c, "") for c in columns)]) + "\r\n"


def test_rows_of_one_order_are_one_listing_with_all_addresses(tmp_path: Path) -> None:
    text = HEADER + row() + row(Street_Address="2 SAMPLE LANE", Country="XB")

    listings, report = read_text(tmp_path, text)

    (listing,) = listings.values()
    assert listing.key == "us-dpl/ADA EXAMPLE/2024-03-01"
    assert [one.street for one in listing.entity.addresses] == ["1 EXAMPLE ROAD", "2 SAMPLE LANE"]
    assert listing.listed_on == date(2024, 3, 1)
    assert listing.amended_on == (date(2024, 3, 5),)
    assert (report.read, report.kept) == (13, 13)


def test_an_order_holds_on_the_day_of_its_expiry_and_not_after(tmp_path: Path) -> None:
    listings, _ = read_text(tmp_path, HEADER + row(Expiration_Date="02/28/2034"))

    assert listings["ADA EXAMPLE/2024-03-01"].delisted_on == date(2034, 3, 1)


def test_an_order_without_an_end_stays_in_force(tmp_path: Path) -> None:
    listings, _ = read_text(tmp_path, HEADER + row() + row(Expiration_Date=""))

    assert listings["ADA EXAMPLE/2024-03-01"].delisted_on is None


def test_the_last_day_of_the_calendar_is_no_end(tmp_path: Path) -> None:
    listings, _ = read_text(tmp_path, HEADER + row(Expiration_Date="12/31/9999"))

    assert listings["ADA EXAMPLE/2024-03-01"].delisted_on is None


def test_bytes_of_no_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    data = (HEADER + row() + row(City="X\x81")).encode("latin-1")

    with pytest.raises(FormatError, match="neither UTF-8 nor windows-1252") as caught:
        read_text(tmp_path, data)

    assert caught.value.line == 3


def test_an_update_that_is_no_day_stays_a_note(tmp_path: Path) -> None:
    listings, report = read_text(tmp_path, HEADER + row(Last_Update="0222-05-18"))

    (listing,) = listings.values()
    assert ("Last_Update", "0222-05-18") in listing.notes
    assert listing.amended_on == ()
    assert report.skipped[0].places == ("us-dpl-txt:2: 0222-05-18",)


@pytest.mark.parametrize(
    "text",
    [
        HEADER,
        HEADER + row(name=""),
        HEADER + row(Expiration_Date="13/45/2024"),
        HEADER + row()[:-6],
        HEADER.replace("Action", "Deed") + row(Action="NEW"),
        HEADER + row().replace("\r\n", '\t"more"\r\n'),
    ],
    ids=["empty", "no name", "no day", "cut", "unknown column", "too many cells"],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError):
        read_text(tmp_path, text)


@pytest.mark.parametrize(
    ("name", "count"), [("us-bis-dpl-2019-06-29.txt", 417), ("us-bis-dpl-2022-09-07.txt", 461)]
)
def test_every_word_of_the_real_files_is_in_a_listing(shared: Path, name: str, count: int) -> None:
    file = shared / "data" / "us-bis" / name
    with file.open(encoding="utf-8", errors="strict", newline="") as stream:
        raw = list(csv.DictReader(stream, delimiter="\t"))

    listings, report = read_file(file)

    rows = []
    for cells in raw:
        begins = datetime.strptime(cells["Effective_Date"], "%m/%d/%Y").date()  # noqa: DTZ007
        number = f"{' '.join(cells['Name'].split()).upper()}/{begins}"
        ends = cells.pop("Expiration_Date")
        if ends and listings[number].delisted_on is not None:
            day = datetime.strptime(ends, "%m/%d/%Y").date()  # noqa: DTZ007
            assert day < listings[number].delisted_on  # type: ignore[operator]
        rows.append((number, {**cells, "Effective_Date": str(begins)}))
    assert lost(rows, listings) == {}
    assert len(listings) == count
    assert report.read == report.kept
    assert not re.search("left out", str(report.skipped))
