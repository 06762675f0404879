"""A table is read as its description says, and nothing in it goes unsaid."""

from datetime import date
from pathlib import Path

import pytest

from article41.model.entities import Address, NameKind, Schema
from article41.model.errors import FormatError, InputError
from article41.model.identifiers import IdentifierKind
from article41.sources.declared.loading import read_description
from article41.sources.declared.publication import DeclaredTable
from article41.sources.publications import read_publications
from tests.sources.declared.descriptions import NO_AND_NAME, described, only, read
from tests.sources.documents import part_of

EVERY_FIELD = """
    No: field = "id"
    Name: field = "name"
    Aliases: field = "alias" & separator = ";"
    Acronym: field = "weak-alias"
    Former: field = "former-name"
    Native: field = "original-script"
    Born: field = "birth-date"
    Birth place: field = "birth-place"
    Nationality: field = "nationality"
    Gender: field = "gender"
    Role: field = "title"
    Regime: field = "programme"
    Measure: field = "measure"
    Act: field = "legal-act"
    Listed: field = "listed-on"
    Amended: field = "amended-on"
    Ends: field = "last-day"
    Street: field = "street"
    City: field = "city"
    Country: field = "country"
    Whole address: field = "address"
    Passport: field = "identifier" & kind = "passportNumber" & country = "XA"
    Friends: field = "link"
    UN: field = "same-as" & list = "un-sc"
    Why: field = "reason"
    Remarks: field = "remark"
    Internal: field = "note"
"""
ITS_CELLS = [
    "7", "Ada Example", "Adah Example; A. Sample", "AEX", "Ada Specimen", "Ада Пример", "1965",
    "Exampleville", "XA", "F", "Minister", "XA-FLEET", "Freeze", "2024/7", "2024-03-01",
    "3 May 2024", "2024-12-31", "1 Example Road", "Exampleville", "XA", "PO Box 1, XB",
    "X0000001", "Beda Sample", "XAi.001", "She pays.", "see file", "kept by Cora",
]  # fmt: skip


def test_every_field_has_its_place() -> None:
    header = [line.split(":")[0].strip() for line in EVERY_FIELD.strip().splitlines()]

    listing = only(
        described(EVERY_FIELD, programmes='["XA"]'),
        "\t".join(header) + "\n" + "\t".join(ITS_CELLS) + "\n",
    )

    entity = listing.entity
    assert (listing.authority, listing.key, listing.place) == ("XA", "xa-own/7", "xa-own-table:2")
    assert entity.schema is Schema.PERSON
    assert [(one.value, one.kind, one.script) for one in entity.names] == [
        ("Ada Example", NameKind.PRIMARY, "Latn"),
        ("Ада Пример", NameKind.PRIMARY, "Cyrl"),
        ("Adah Example", NameKind.STRONG_ALIAS, "Latn"),
        ("A. Sample", NameKind.STRONG_ALIAS, "Latn"),
        ("AEX", NameKind.WEAK_ALIAS, "Latn"),
        ("Ada Specimen", NameKind.FORMER, "Latn"),
    ]
    assert [str(one) for one in entity.birth_dates] == ["1965"]
    assert (entity.birth_places, entity.nationalities) == (("Exampleville",), ("XA",))
    assert (entity.genders, entity.titles) == (("F",), ("Minister",))
    assert entity.links == ("Beda Sample",)
    assert set(entity.addresses) == {
        Address(street="1 Example Road", city="Exampleville", country="XA"),
        Address(street="PO Box 1, XB"),
    }
    (passport,) = entity.identifiers
    assert (passport.kind, passport.value) == (IdentifierKind.PASSPORT, "X0000001")
    assert (passport.label, passport.country) == ("Passport", "XA")
    assert (listing.programmes, listing.measures) == (("XA", "XA-FLEET"), ("Freeze",))
    assert [act.title for act in listing.legal_acts] == ["2024/7"]
    assert (listing.listed_on, listing.amended_on) == (date(2024, 3, 1), (date(2024, 5, 3),))
    assert listing.delisted_on == date(2025, 1, 1)
    assert (listing.same_as, listing.reasons) == (("un-sc/XAi.001",), ("She pays.",))
    assert (listing.remarks, listing.notes) == ("see file", (("Internal", "kept by Cora"),))


def test_parts_of_a_name_are_put_in_their_order() -> None:
    columns = """
        No: field = "id"
        Family: field = "name" & order = 2
        Given: field = "name" & order = 1
    """

    listing = only(described(columns), "No,Family,Given\n7,EXAMPLE,Ada\n")

    assert [name.value for name in listing.entity.names] == ["Ada EXAMPLE"]


def test_a_column_says_what_the_target_is() -> None:
    columns = f'{NO_AND_NAME}\nType: field = "schema" & values = {{ "ship" = "Vessel" }}'
    description = described(columns, schema="")

    assert only(description, "No,Name,Type\n7,Ada,ship\n").entity.schema is Schema.VESSEL
    with pytest.raises(FormatError, match=r"own\.csv:2 in `Type`: `boat` is not among") as caught:
        read(description, "No,Name,Type\n7,Ada,boat\n")
    assert "own.toml:" in caught.value.hint
    with pytest.raises(FormatError, match="nothing says what the target is") as caught:
        read(description, "No,Name,Type\n7,Ada,\n")
    assert "default" in caught.value.hint


def test_what_no_field_holds_as_printed_stays_a_note() -> None:
    columns = f'{NO_AND_NAME}\nIds: field = "identifier" & kind = "other" & pattern = \'\\d{{4,}}\''

    listing = only(described(columns), 'No,Name,Ids\n7,Ada,"Passport 12345 (expired), ID 6789"\n')

    assert [one.value for one in listing.entity.identifiers] == ["12345", "6789"]
    assert listing.notes == (("Ids", "Passport 12345 (expired), ID 6789"),)


def test_a_column_that_is_not_described_is_refused_with_the_remedy() -> None:
    with pytest.raises(FormatError, match=r"own\.csv:1 in `More`: .* not described") as caught:
        read(described(NO_AND_NAME), "No,Name,More\n7,Ada,x\n")

    assert "own.toml" in caught.value.hint


def test_a_column_that_is_missing_is_refused_unless_it_may_be() -> None:
    columns = f'{NO_AND_NAME}\nBorn: field = "birth-date"'
    data = "No,Name\n7,Ada\n"

    with pytest.raises(FormatError, match=r"own\.csv:1 in `Born`: the column is missing") as caught:
        read(described(columns, header='["No"]'), data)
    assert "own.toml:15" in caught.value.hint
    assert only(described(columns + " & optional = true", header='["No"]'), data).id == "7"


def test_ignored_columns_are_counted_with_their_reason() -> None:
    columns = f'{NO_AND_NAME}\nClerk: field = "ignore" & reason = "who typed it"'

    (listing,), report = read(described(columns), "No,Name,Clerk\n7,Ada,Cora\n")

    assert listing.notes == ()
    assert (report.read, report.kept) == (3, 2)
    assert [(one.reason, one.count) for one in report.skipped] == [("who typed it", 1)]


def test_words_that_mean_nothing_are_counted_and_left_out() -> None:
    columns = f'{NO_AND_NAME}\nBorn: field = "birth-date"'

    (listing,), report = read(described(columns, nothing='["n/a"]'), "No,Name,Born\n7,Ada,n/a\n")

    assert listing.entity.birth_dates == ()
    assert (report.read, report.kept, report.skipped[0].places) == (3, 2, ("xa-own-table:2",))


@pytest.mark.parametrize("text", ["03/01/2024", "soon", "2024-13-01", "2024-02", "2024"])
def test_a_day_that_cannot_be_read_for_certain_is_refused(text: str) -> None:
    columns = f'{NO_AND_NAME}\nFrom: field = "listed-on"'

    with pytest.raises(FormatError, match=f"in `From`: `{text}` is no day") as caught:
        read(described(columns), f"No,Name,From\n7,Ada,{text}\n")
    assert "formats" in caught.value.hint


def test_days_are_read_by_their_formats_and_months_by_their_names() -> None:
    columns = f'{NO_AND_NAME}\nFrom: field = "listed-on" & formats = ["%m/%d/%Y", "%d. %b %Y"]'
    names = "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"
    months = str(names.split()).replace("'", '"')
    description = described(columns, months=months)

    days = [
        only(description, f"No,Name,From\n7,Ada,{text}\n").listed_on
        for text in ("03/01/2024", "1. März 2024")
    ]

    assert days == [date(2024, 3, 1)] * 2


def test_a_birth_date_that_cannot_be_read_stays_a_note_and_is_counted() -> None:
    columns = f'{NO_AND_NAME}\nBorn: field = "birth-date"'

    (listing,), report = read(described(columns), "No,Name,Born\n7,Ada,in her thirties\n")

    assert listing.notes == (("Born", "in her thirties"),)
    assert report.skipped[0].reason.startswith("no date of birth")
    assert report.read == report.kept


def test_the_day_of_publication_may_stand_above_the_header() -> None:
    more = "[published]\npattern = 'as of (\\S+)'\nformats = [\"%d.%m.%Y\"]"
    table = DeclaredTable(read_description(described(NO_AND_NAME, more=more), "own.toml"))

    def version(data: bytes, published: date | None) -> tuple[date | None, bool]:
        (one,) = table.read([part_of(data, "xa-own-table")], published=published)
        return one.published, one.published_is_stated

    good = b"List as of 01.03.2024\nNo,Name\n7,Ada\n"
    assert version(good, None) == (date(2024, 3, 1), False)
    with pytest.raises(FormatError, match="has no day of publication"):
        version(good.replace(b"01.03", b"31.31"), None)
    with pytest.raises(FormatError, match="has no day of publication"):
        version(good.replace(b"as of", b"on"), None)


def test_text_above_the_header_is_counted() -> None:
    _, report = read(described(NO_AND_NAME), "My list,\nNo,Name\n7,Ada\n")

    assert (report.read, report.kept, report.skipped[0].places) == (3, 2, ("xa-own-table:1",))


def test_another_encoding_is_read_where_the_description_names_it() -> None:
    columns = 'No: field = "id"\nNäme: field = "name"'
    data = "No,Näme\n7,Zoë\n".encode("windows-1252")

    listing = only(described(columns, encoding='"windows-1252"'), data)

    assert listing.entity.names[0].value == "Zoë"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(described(NO_AND_NAME), encoding="utf-8")
    return path


def test_a_user_s_table_is_read_beside_official_files(tmp_path: Path, own: Path) -> None:
    golden = Path(__file__).parents[2] / "golden"
    file = tmp_path / "mine.txt"
    file.write_text("No|Name\n7|Ada\n", encoding="utf-8")

    versions = read_publications(
        [golden / "un" / "input.xml", file, golden / "ch-fiaa" / "list.csv"], descriptions=[own]
    )

    assert [version.list_id for version in versions] == ["ch-fiaa", "un-sc", "xa-own"]
    assert versions[2].authority == "XA"


def test_a_table_of_one_s_own_needs_its_description(tmp_path: Path, own: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("No,Name\n7,Ada\n", encoding="utf-8")

    with pytest.raises(FormatError, match="not like a list we read"):
        read_publications([file])
    file.write_text("Number,Name\n7,Ada\n", encoding="utf-8")
    with pytest.raises(FormatError, match="no row of the table has the column `No`") as caught:
        read_publications([file], descriptions=[own])
    assert "own.toml:5" in caught.value.hint


def test_two_days_of_publication_are_refused(tmp_path: Path) -> None:
    description = tmp_path / "own.toml"
    more = "[published]\npattern = 'of (\\S+)'"
    description.write_text(described(NO_AND_NAME, more=more), encoding="utf-8")
    file = tmp_path / "mine.csv"
    file.write_text("List of 2024-03-01\nNo,Name\n7,Ada\n", encoding="utf-8")

    with pytest.raises(InputError, match="2024-03-01, not on 2024-03-02"):
        read_publications([file], published=date(2024, 3, 2), descriptions=[description])
