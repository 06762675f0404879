"""The Security Council's list: golden file, refusals, and nothing lost of the whole files."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.entities import NameKind
from article41.model.errors import FormatError
from article41.model.listings import Listing
from article41.sources.official import un
from tests.sources.documents import as_json, part_of, read_all, strings_of, texts_of

GOLDEN = Path(__file__).parents[3] / "golden" / "un"
INPUT = (GOLDEN / "input.xml").read_bytes()

# What a text of these says is held as a kind or a flag of its neighbour.
ENCODED = {
    "QUALITY": {"good", "low", "a.k.a.", "f.k.a."},
    "TYPE_OF_DATE": {"exact", "approximately", "between"},
    "NOTE": {"approximately"},
}
DATES = {"LISTED_ON", "VALUE", "DELISTED_ON", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR",
         "DATE_OF_BIRTH", "NOTE"}  # fmt: skip


def read(data: bytes) -> tuple[list[Listing], object]:
    (version,) = un.read([part_of(data, "un-xml")], published=None)
    return read_all(version)


def edited(old: str, new: str) -> bytes:
    assert old.encode() in INPUT
    return INPUT.replace(old.encode(), new.encode())


def is_held(name: str, text: str, listing: Listing, held: set[str]) -> bool:
    """True if a text of the file is found in the listing, looked for without its reader."""
    if text in held or any(text in other for other in held):
        return True
    if text.lower() in ENCODED.get(name, ()):
        return True
    if "NAME" in name or name == "NOTE":
        pieces = re.split(r"[;()]|original script:|[Ii]n Arabic(?: script)?:", text)
        return all(any(piece.strip(" ,.") in other for other in held) for piece in pieces)
    return name.startswith("TYPE_OF_DOCUMENT") and all(
        any(piece in other for other in held) for piece in text.split(" number ")
    )


def dates_of(listing: Listing) -> set[str]:
    """The dates of a listing in the ways the file may write them."""
    days = {day.isoformat() for day in (listing.listed_on, listing.delisted_on) if day}
    days |= {day.isoformat() for day in listing.amended_on}
    for birth in listing.entity.birth_dates:
        first, last = str(birth.first), str(birth.last or "")
        days |= {first, last, f"{first}-{last}", f"{first} - {last}"}
        if birth.first.month and not birth.first.day:
            month = date(2000, birth.first.month, 1).strftime("%B")
            days |= {f"{month} {birth.first.year}", f"{month[:3]}. {birth.first.year}"}
    return days


def test_entry_is_read_as_reviewed(golden: Callable[[str, str], None]) -> None:
    (version,) = un.read([part_of(INPUT, "un-xml")], published=None)

    assert version.published == date(2024, 2, 3)
    assert not version.published_is_stated
    golden("un/listings.json", as_json(*read_all(version)))


def test_stated_date_is_used_only_where_the_file_has_none() -> None:
    undated = edited(' dateGenerated="2024-02-03T00:00:09.554Z"', "")
    stated = date(2024, 2, 9)

    (with_own,) = un.read([part_of(INPUT, "un-xml")], published=stated)
    (without,) = un.read([part_of(undated, "un-xml")], published=stated)

    assert (with_own.published, with_own.published_is_stated) == (date(2024, 2, 3), False)
    assert (without.published, without.published_is_stated) == (stated, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<SORT_KEY/>", "<SORT_KEY/><RISK>high</RISK>", "unknown element `RISK`"),
        ("<SORT_KEY/>", "<SORT_KEY rank='1'/>", "unknown attribute `rank`"),
        ("<COUNTRY/>", "<COUNTRY><CODE>XA</CODE></COUNTRY>", "unknown element `CODE`"),
        ("<ENTITIES>", "<ENTITIES><SHIP/>", "unknown element `SHIP`"),
        ("<ENTITIES>", "<SHIPS><SHIP/></SHIPS><ENTITIES>", "unknown element `SHIPS`"),
        ("<ENTITIES>", "<ENTITIES>lost", "text between elements"),
        ("<ENTITY>", "<ENTITY>lost", "text between elements"),
        ("</ENTITY>", "</ENTITY>lost", "text between elements"),
        ("<ENTITY_ALIAS/>", "<ENTITY_ALIAS/>lost", "text between elements"),
        ("<REFERENCE_NUMBER>XAe.001<", "<REFERENCE_NUMBER> <", "the entry has none"),
        ("<REFERENCE_NUMBER>XAe.001<", "<REFERENCE_NUMBER>XAi.001<", "already stands on line 4"),
        ("<FIRST_NAME>EXAMPLE TRADING (ET) ; MITHAL TRADING<", "<FIRST_NAME>;<", "no name"),
        ("<SECOND_NAME>", "<SECOND_NAME>B</SECOND_NAME><SECOND_NAME>", "stands 2 times"),
        ("2024-02-03T00", "2024-02-30T00", "no date of the calendar"),
        ("dateGenerated=", "generated=", "unknown attribute `generated`"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_an_error_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(FormatError, match=re.escape(said)) as caught:
        read(edited(old, new))

    assert caught.value.file == "input.xml"
    assert caught.value.line > 0
    assert caught.value.hint


def test_list_without_entries_is_refused() -> None:
    with pytest.raises(FormatError, match="no entry"):
        read(b"<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>")


@pytest.mark.parametrize("absurd", ["2012-02-31", "0000-00-00", "12 March", "99999-01-01"])
def test_absurd_date_stays_text_and_is_counted(absurd: str) -> None:
    listings, report = read(edited("2012-03-04", absurd))

    assert listings[1].listed_on is None
    assert ("LISTED_ON", absurd) in listings[1].notes
    assert "no date of the calendar, kept as text" in str(report)


def test_unknown_alias_quality_is_taken_as_strong_and_counted() -> None:
    listings, report = read(edited("<QUALITY>f.k.a.</QUALITY>", "<QUALITY>Superb</QUALITY>"))

    alias = next(name for name in listings[1].entity.names if name.value.startswith("Sample"))
    assert (alias.kind, alias.note) == (NameKind.STRONG_ALIAS, "Superb")
    assert "unknown QUALITY" in str(report)


def test_name_of_a_megabyte_is_refused_with_its_place() -> None:
    with pytest.raises(FormatError, match="longer than 100000 characters") as caught:
        read(edited("BEISPIEL", "B" * 1_000_000))

    assert caught.value.path == "CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL/SECOND_NAME"
    assert caught.value.line == 8


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u200f"])
def test_characters_without_a_glyph_stay_in_the_name(mark: str) -> None:
    listings, _ = read(edited("<FIRST_NAME>ADA<", f"<FIRST_NAME>A{mark}DA<"))

    assert listings[0].entity.names[0].value == f"A{mark}DA BEISPIEL AL-MITHAL"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_give_the_same_listings(encoding: str) -> None:
    declared = "UTF-16" if "16" in encoding else "UTF-8"
    text = INPUT.decode().replace('encoding="UTF-8"', f'encoding="{declared}"')

    assert read(text.encode(encoding)) == read(INPUT)


def test_line_ends_of_windows_give_the_same_listings() -> None:
    assert read(INPUT.replace(b"\n", b"\r\n")) == read(INPUT)


def snapshots(shared: Path) -> list[Path]:
    found = sorted((shared / "data" / "un").glob("*.xml*"))
    assert found
    return found


def test_whole_files_lose_nothing(shared: Path) -> None:
    for path in snapshots(shared):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        root = ElementTree.fromstring(data)
        entries = [*root.iter("INDIVIDUAL"), *root.iter("ENTITY")]

        listings, report = read(data)

        assert len(listings) == len(entries), path.name
        lost = []
        left_out = {"na"}
        for entry, listing in zip(entries, listings, strict=True):
            held, days = strings_of(listing), dates_of(listing)
            lost += [
                (path.name, listing.id, name, text)
                for name, text in texts_of(entry)
                if not (
                    is_held(name, text, listing, held)
                    or (name in DATES and text in days)
                    or (name.endswith("_NAME") and text in left_out)
                )
            ]
        assert lost == []
        assert report.listings == len(listings)  # type: ignore[attr-defined]


def test_whole_files_keep_every_alias(shared: Path) -> None:
    for path in snapshots(shared):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        root = ElementTree.fromstring(data)
        aliases = [
            element.text for element in root.iter("ALIAS_NAME") if (element.text or "").strip()
        ]

        listings, _ = read(data)

        names = [
            name
            for listing in listings
            for name in listing.entity.names
            if name.kind is not NameKind.PRIMARY
        ]
        assert len(names) >= len(aliases), path.name
