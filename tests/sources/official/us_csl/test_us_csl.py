import csv
import gzip
import io
from datetime import date
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from tests.sources.official.whole_tables import lost, read_file, read_text

COLUMNS = [
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
    "federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement",
    "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships",
    "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
]  # fmt: skip
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"


def table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_a_row_of_ofac_names_the_entry_that_it_repeats(tmp_path: Path) -> None:
    row = {
        "_id": "7",
        "source": SDN,
        "entity_number": "7",
        "type": "Individual",
        "programs": "XA-FLEET; XB",
        "name": "EXAMPLE, Ada",
        "alt_names": "SAMPLE, Ada; EXAMPLE, A.",
        "addresses": "1 Example Road, Exampleville, XA",
        "ids": "XA, X0000001, Passport; Female, Gender",
        "dates_of_birth": "1960-05-01",
    }

    listings, report = read_text(tmp_path, table(row))

    listing = listings["SDN/7"]
    assert listing.restates == ("ofac-sdn/7",)
    assert listing.programmes == (SDN, "XA-FLEET", "XB")
    assert [one.value for one in listing.entity.names[1:]] == ["SAMPLE, Ada", "EXAMPLE, A."]
    (passport,) = listing.entity.identifiers
    assert passport.kind is IdentifierKind.PASSPORT
    assert (passport.value, passport.country) == ("X0000001", "XA")
    assert listing.entity.genders == ("Female",)
    assert listing.entity.addresses[0].country == "XA"
    assert report.read - report.kept == 1  # `_id`


@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS[1:-1]], ids=["2022", "2016"])
def test_a_denial_order_repeats_the_entry_of_the_denied_persons(
    tmp_path: Path, columns: list[str]
) -> None:
    row = {"source": DPL, "name": "Ada  Example", "start_date": "2024-03-01",
           "end_date": "2034-02-28", "federal_register_notice": "99 F.R. 1"}  # fmt: skip

    listings, _ = read_text(tmp_path, table(row, columns=columns))

    (listing,) = listings.values()
    assert listing.restates == ("us-dpl/ADA EXAMPLE/2024-03-01",)
    assert listing.listed_on == date(2024, 3, 1)
    assert listing.delisted_on == date(2034, 3, 1)


def test_the_number_of_an_unnumbered_row_does_not_depend_on_the_exporter(tmp_path: Path) -> None:
    row = {"source": "Entity List (EL) - Bureau of Industry and Security", "name": "Example Works"}

    before, _ = read_text(tmp_path, table({**row, "_id": "aa", "addresses": "1 Road, XA"}))
    after, _ = read_text(tmp_path, table({**row, "_id": "bb", "addresses": "2 Lane, XB"}))

    assert list(before) == list(after)


def test_equal_numbers_are_kept_apart_and_counted(tmp_path: Path) -> None:
    row = {"source": SDN, "entity_number": "7", "name": "Example"}

    listings, report = read_text(tmp_path, table(row, row))

    assert list(listings) == ["SDN/7", "SDN/7~2"]
    assert report.skipped[0].places == ("us-csl-csv:3",)


def test_the_word_before_the_last_alias_is_no_part_of_it(tmp_path: Path) -> None:
    text = table({"source": SDN, "name": "Example", "alt_names": "Sample; Andes; and Specimen"})

    (listing,) = read_text(tmp_path, text)[0].values()

    names = [name.value for name in listing.entity.names]
    assert names == ["Example", "Sample", "Andes", "Specimen"]


def test_the_last_day_of_the_calendar_is_no_end(tmp_path: Path) -> None:
    text = table({"source": SDN, "name": "Example", "end_date": "9999-12-31"})

    (listing,) = read_text(tmp_path, text)[0].values()

    assert listing.delisted_on is None


@pytest.mark.parametrize(
    "text",
    [
        table(),
        table({"source": SDN, "entity_number": "7"}),
        table({"source": SDN, "name": "Example", "type": "Comet"}),
        table({"source": SDN, "name": "Example", "start_date": "soon"}),
        table({"source": SDN, "name": "Example", "more": "x"}, columns=[*COLUMNS, "more"]),
        table({"source": SDN, "name": "Example"}, columns=COLUMNS[:-3]),
        table({"source": SDN, "name": "Example", "remarks": 'a "quote", open'})[:-40],
    ],
    ids=["empty", "no name", "type", "no day", "unknown column", "missing column", "cut"],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError):
        read_text(tmp_path, text)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    data = table({"source": SDN, "entity_number": "7", "name": "Exämple"}).encode("latin-1")

    with pytest.raises(FormatError, match="not UTF-8"):
        read_text(tmp_path, data)


@pytest.mark.parametrize(
    ("name", "count"),
    [("us-csl-consolidated-2022-05-16.csv.gz", 14_160), ("us-csl-excerpt-2016-02-17.csv", 399)],
)
def test_every_word_of_the_real_files_is_in_a_listing(shared: Path, name: str, count: int) -> None:
    file = shared / "data" / "us-csl" / name
    data = file.read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8-sig")
    raw = list(csv.DictReader(io.StringIO(text, newline="")))

    listings, report = read_file(file)

    by_order = dict(zip(map(str, range(len(raw))), listings.values(), strict=True))
    for cells in raw:
        cells.pop("_id", None)
    rows = [(str(at), {**cells, "end_date": ""}) for at, cells in enumerate(raw)]
    missing = lost(rows, by_order)
    # These became types: the schema, the field of a gender or a ship's number, a span of dates.
    assert set(missing.pop("type")) <= {"Individual", "Entity", "Vessel", "Aircraft"}
    assert set(missing.pop("ids", [])) <= {"Gender", "IMO"}
    assert set(missing.pop("dates_of_birth")) <= {"circa", "to"}
    assert missing == {}
    assert len(listings) == count
    for cells, listing in zip(raw, listings.values(), strict=True):
        assert (listing.delisted_on is None) == (not cells["end_date"])
    assert report.listings == count
