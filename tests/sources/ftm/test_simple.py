import csv
import gzip
import io
import re
from datetime import date
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.sources.publications import read_publications
from tests.sources.ftm.files import GOLDEN, finish, read, version_of

TARGETS = (GOLDEN / "targets.simple.csv").read_bytes()
WORD = re.compile(r"\w+")


def test_the_list_is_named_after_its_data_set_and_dated_by_what_was_seen_last() -> None:
    version = version_of(TARGETS)

    assert version.list_id == "os-examples-of-examplia"
    assert version.published == date(2024, 3, 1)
    assert version_of(TARGETS.replace(b"Examples of", b"Others of", 1)).list_id == "os-collection"


def test_cells_hold_several_values_and_line_breaks() -> None:
    listings, _ = read(TARGETS)

    ada = listings["NK-ada"]
    assert [name.value for name in ada.entity.names] == [
        "Ada Example",
        "Ада Пример",
        "EXAMPLE; Ada",
    ]
    assert ada.remarks == "Led the invented fleet.\nAnd its bank."
    assert ada.programmes == ("XA-FLEET", "XB-BANK")


def test_the_day_first_seen_is_no_day_of_listing() -> None:
    listings, _ = read(TARGETS)

    assert listings["NK-ada"].listed_on is None
    assert ("first_seen", "2024-01-02T00:00:00") in listings["NK-ada"].notes


def test_a_number_has_a_kind_only_where_form_and_check_digit_leave_no_doubt() -> None:
    listings, _ = read(TARGETS)

    found = {
        one.value: one.kind
        for id_ in ("NK-star", "NK-firm")
        for one in listings[id_].entity.identifiers
    }
    assert found == {
        "IMO9074729": IdentifierKind.IMO,
        "9074729": IdentifierKind.OTHER,
        "IMO9074720": IdentifierKind.OTHER,
        "529900T8BM49AURSDO55": IdentifierKind.LEI,
    }


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b'"NK-star"', b'"NK-ada"', "already stands on line 2"),
        (b'"NK-star"', b'""', "without its id"),
        (b'"EXAMPLE STAR"', b'""', "without a name"),
        (b'"Vessel"', b'"Ship"', "unknown schema `Ship`"),
        (b'"Vessel",', b"", "16 cells expected, 15 found"),
        (b"Ada", b"\xff", "not UTF-8"),
    ],
)
def test_a_broken_table_is_refused(before: bytes, after: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(TARGETS.replace(before, after, 1))


def test_a_table_without_targets_is_refused() -> None:
    with pytest.raises(FormatError, match="there is no entry"):
        read(TARGETS.splitlines(keepends=True)[0])


def test_every_text_of_the_real_table_is_in_its_listing(shared: Path) -> None:
    file = (
        shared / "data" / "opensanctions" / "os-ua-war-sanctions-targets.simple-2026-03-13.csv.gz"
    )
    text = gzip.decompress(file.read_bytes()).decode()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}

    (version,) = read_publications([file])
    listings, report = finish(version)

    assert version.list_id == "os-ukraine-war-and-sanctions"
    assert listings.keys() == rows.keys()
    assert report.listings == 5_600
    for id_, listing in listings.items():
        said = set(WORD.findall(f"{listing} {listing.remarks}".replace("\\n", " ")))
        said |= {word for one in listing.entity.birth_dates for word in WORD.findall(str(one))}
        for column in rows[id_].keys() - {"last_seen", "last_change"}:
            assert set(WORD.findall(rows[id_][column])) <= said, (id_, column)
