"""Canada's list: golden file, refusals, and nothing lost of the whole file."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.errors import FormatError
from article41.model.listings import Listing, ReadingReport
from article41.sources.official import ca
from tests.sources.documents import as_json, part_of, read_all, strings_of, texts_of

GOLDEN = Path(__file__).parents[3] / "golden" / "ca"
INPUT = (GOLDEN / "input.xml").read_bytes()


def read(data: bytes) -> tuple[list[Listing], ReadingReport]:
    (version,) = ca.read([part_of(data, "ca-xml")], published=None)
    return read_all(version)


def edited(old: str, new: str) -> bytes:
    assert old.encode() in INPUT
    return INPUT.replace(old.encode(), new.encode(), 1)


def test_record_is_read_as_reviewed(golden: Callable[[str, str], None]) -> None:
    golden("ca/listings.json", as_json(*read(INPUT)))


def test_file_has_the_day_that_the_caller_states() -> None:
    day = date(2024, 12, 1)

    (version,) = ca.read([part_of(INPUT, "ca-xml")], published=day)

    assert (version.published, version.published_is_stated) == (day, True)


def test_aliases_are_names_with_the_language_that_is_printed() -> None:
    (first, *_), _ = read(INPUT)

    assert [(name.value, name.language) for name in first.entity.names] == [
        ("Beispiel, Ada Maria", ""),
        ("Ada Sample", ""),
        ("Ада Бейспил", "Russian"),
    ]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Sample, Ada Maria", ["Sample, Ada Maria"]),
        ("Ada Sample, Ida Sample", ["Ada Sample", "Ida Sample"]),
        ("Ada Sample and Ida Sample", ["Ada Sample", "Ida Sample"]),
        ("Ada or Ida Sample", ["Ada or Ida Sample"]),
        ("Ada Maria\nSample", ["Ada Maria Sample"]),
        ("Ada Sample Arabic:عينة", ["Ada Sample", "عينة"]),
    ],
)
def test_aliases_of_a_person_are_parted_where_names_end(printed: str, names: list[str]) -> None:
    (first, *_), _ = read(edited("Ada Sample; Russian: Ада Бейспил", printed))

    assert [name.value for name in first.entity.names[1:]] == names


def test_stroke_within_a_name_leaves_it_whole() -> None:
    listings, _ = read(edited("Example Trading Company / Compagnie Exemple", "Example Works A/S"))

    assert [name.value for name in listings[1].entity.names] == ["Example Works A/S"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<Item>", "<Risk>high</Risk><Item>", "unknown element `Risk`"),
        ("<Item>", "<Item>1</Item><Item>", "stands 2 times"),
        ("<Item>1</Item>", "<Item/>", "no item"),
        ("<LastName>Mithal</LastName>\n\t\t<GivenName>Bo</GivenName>", "", "no name"),
        ("<EntityOrShip>", "<LastName>A</LastName><EntityOrShip>", "a person and an entity"),
        ("2020-09-28", "2020-09-31", "is no day"),
        ("1, Part 2", "1, Part 1", "already stands on line"),
        ("<record>", "lost<record>", "text between elements"),
    ],
)
def test_what_is_not_known_is_an_error_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(FormatError, match=re.escape(said)) as caught:
        read(edited(old, new))

    assert caught.value.file == "input.xml"
    assert caught.value.line > 0
    assert caught.value.hint


def test_list_without_records_is_refused() -> None:
    with pytest.raises(FormatError, match="no entry"):
        read(b"<data-set></data-set>")


@pytest.mark.parametrize("end", [200, len(INPUT) // 2, len(INPUT) - 5])
def test_file_cut_short_is_refused(end: int) -> None:
    with pytest.raises(FormatError):
        read(INPUT[:end])


def test_text_in_another_encoding_than_declared_is_refused() -> None:
    with pytest.raises(FormatError):
        read(INPUT.replace(b"Beispiel", "Bélier".encode("latin-1")))


def dates_of(listing: Listing) -> set[str]:
    """Words of dates as the file may write them."""
    found = {str(listing.listed_on)}
    for birth in listing.entity.birth_dates:
        found |= {str(birth.first), f"{birth.first}-{birth.last}"}
    return found


def test_whole_file_loses_nothing(shared: Path) -> None:
    (path,) = (shared / "data" / "ca").glob("*.xml.gz")
    data = gzip.decompress(path.read_bytes())
    records = ElementTree.fromstring(data).findall("record")

    listings, report = read(data)

    assert len(listings) == len(records) == len({listing.id for listing in listings})
    lost = []
    texts = 0
    for record, listing in zip(records, listings, strict=True):
        held, days = strings_of(listing), dates_of(listing)
        for name, text in texts_of(record):
            texts += 1
            pieces = [text]
            if name in {"Aliases", "EntityOrShip"}:
                # Languages stand before a colon, names between marks.
                pieces = [one for one in re.split(r"[;,/:\s]+", text) if one not in {"or", "and"}]
            elif name.startswith("DateOf"):
                pieces = re.split(r"\s+or\s+", text, flags=re.IGNORECASE)
            lost += [
                (listing.id, name, piece)
                for piece in pieces
                if piece not in days and not any(piece in other for other in held)
            ]
    assert lost == []
    assert report.read == report.kept == texts
