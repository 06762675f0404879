"""The European list in its four forms: golden files, refusals, and nothing lost of real files."""

import csv
import gzip
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from article41.model.entities import NameKind, Schema
from article41.model.errors import Article41Error, FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ListVersion, ReadingReport
from article41.sources.official.eu import csv_list, old_forms, xml_list
from article41.sources.publications import read_publications
from tests.sources.documents import as_json, part_of, read_all, strings_of, texts_of

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "eu"
ACTS = re.compile(r"https?://|^\d+/\d+(/[A-Z]+)? \(OJ|^\d{4}-\d\d-\d\d$")
REAL = {
    "list.xml": "eu-fsd-xml-1.1-excerpt-2018-12-21.xml",
    "old.xml": "eu-fsd-global-excerpt-2016-02-11.xml.gz",
    "old.csv": "eu-fsd-csv-excerpt-2018-07-04.csv",
}


class Form(NamedTuple):
    """A form of the list: its kind, how it is read, and when the golden file was published."""

    kind: str
    read: Callable[..., tuple[ListVersion, ...]]
    published: date


FORMS = {
    "list.xml": Form(xml_list.KIND, xml_list.read, date(2024, 2, 3)),
    "old.xml": Form(old_forms.XML_KIND, old_forms.read_xml, date(2016, 2, 11)),
    "list.csv": Form(csv_list.KIND, csv_list.read, date(2024, 2, 3)),
    "old.csv": Form(old_forms.CSV_KIND, old_forms.read_csv, date(2018, 7, 4)),
}
BYTES = {name: (GOLDEN / name).read_bytes() for name in FORMS}


def read(name: str, data: bytes | None = None) -> tuple[list[Listing], ReadingReport]:
    data = BYTES[name] if data is None else data
    form = FORMS[name]
    (version,) = form.read([part_of(data, form.kind, name)], published=None)
    return read_all(version)


def edited(name: str, old: str, new: str) -> bytes:
    assert old.encode() in BYTES[name]
    return BYTES[name].replace(old.encode(), new.encode())


def in_keepers_quotes(data: bytes) -> bytes:
    """As a keeper's spreadsheet saved it: each line in quotes, commas as tabs, tabs behind."""
    lines = data.decode().replace(",", "\t").splitlines()
    quoted = ('"' + line.replace('"', '""') + '\t\t"' for line in lines)
    return ("\r\n".join(quoted) + "\r\n").encode()


@pytest.mark.parametrize("name", FORMS)
def test_form_is_read_as_reviewed(name: str, golden: Callable[[str, str], None]) -> None:
    form = FORMS[name]
    (version,) = form.read([part_of(BYTES[name], form.kind, name)], published=None)

    assert (version.list_id, version.published) == ("eu-fsd", form.published)
    assert not version.published_is_stated
    golden(f"eu/{name}.listings.json", as_json(*read_all(version)))


@pytest.mark.parametrize("name", FORMS)
def test_form_is_told_by_its_bytes(name: str, tmp_path: Path) -> None:
    file = tmp_path / "any.name"
    file.write_bytes(BYTES[name])

    (version,) = read_publications([file])

    assert [part.kind for part in version.parts] == [FORMS[name].kind]
    assert [listing.entity.schema for listing in version.listings()] == [
        Schema.PERSON,
        Schema.ORGANIZATION,
    ]


def test_forms_of_one_time_give_the_same_ids_and_acts() -> None:
    as_xml, _ = read("list.xml")
    as_csv, _ = read("list.csv")

    assert [one.key for one in as_xml] == ["eu-fsd/EU.41.1", "eu-fsd/42"]
    for one, other in zip(as_xml, as_csv, strict=True):
        assert one.key == other.key
        assert (one.listed_on, one.same_as) == (other.listed_on, other.same_as)
        assert (one.legal_acts, one.programmes) == (other.legal_acts, other.programmes)


def test_date_of_an_amending_act_is_no_date_of_listing() -> None:
    (person, company), _ = read("list.xml")

    assert person.listed_on == date(2020, 1, 2)
    assert company.listed_on is None
    assert company.legal_acts[0].published == date(2022, 5, 6)
    assert all(one.listed_on is None for one in read("old.xml")[0] + read("old.csv")[0])


def test_each_name_has_its_act_and_its_strength() -> None:
    (person, _), _ = read("list.xml")

    assert [(name.value, name.kind, name.act) for name in person.entity.names] == [
        ("Ada Beispiel", NameKind.PRIMARY, "2020/7 (OJ L7) of 2020-01-03"),
        ("The Sample", NameKind.WEAK_ALIAS, "2020/7 (OJ L7) of 2020-01-03"),
        ("Ада Бейспил", NameKind.STRONG_ALIAS, "2023/41 (OJ L41) of 2023-03-04"),
    ]


def test_name_given_as_weak_and_as_strong_is_strong() -> None:
    (person, _), _ = read("list.xml", edited("list.xml", "The Sample", "Ada Beispiel"))

    assert [(name.value, name.kind) for name in person.entity.names] == [
        ("Ada Beispiel", NameKind.PRIMARY),
        ("Ада Бейспил", NameKind.STRONG_ALIAS),
    ]


@pytest.mark.parametrize(
    ("printed", "key", "note"),
    [
        ("XAi.041 ", ("un-sc/XAi.041",), None),
        ("XAe. 041", ("un-sc/XAe.041",), None),
        ("41st of the list", (), ("unitedNationId", "41st of the list")),
    ],
)
def test_number_at_the_united_nations_is_a_key_only_if_it_looks_like_one(
    printed: str, key: tuple[str, ...], note: tuple[str, str] | None
) -> None:
    (person, _), _ = read("list.xml", edited("list.xml", "XAi.041 ", printed))

    assert person.same_as == key
    assert note is None or note in person.notes


def test_date_of_another_calendar_stays_text() -> None:
    (person, _), report = read("list.xml")

    assert [str(birth.first) for birth in person.entity.birth_dates] == ["1960-02-21", "1958"]
    assert person.entity.birth_dates[0].is_approximate
    assert str(person.entity.birth_dates[1].last) == "1961"
    assert ("birthdate", "1379 ISLAMIC") in person.notes
    assert "date of birth kept as text" in {skip.reason for skip in report.skipped}


@pytest.mark.parametrize("text", ["3960-02-21", "0007-02-21", f"{9**40}/1/1960", "21/02/3960"])
def test_year_of_no_calendar_here_stays_text(text: str) -> None:
    (person, _), _ = read("list.csv", edited("list.csv", ";1960-02-21;", f";{text};"))

    assert [str(birth.first) for birth in person.entity.birth_dates] == ["1958"]
    assert any(text in note for _, note in person.notes)


def test_unknown_country_is_counted_and_left_out() -> None:
    listings, report = read("list.xml")

    assert not {"00", "UNKNOWN"} & strings_of(listings)
    assert {skip.reason: skip.count for skip in report.skipped}["code for an unknown country"] == 6


def test_contacts_of_an_address_become_identifiers() -> None:
    (_, company), _ = read("list.xml")

    assert [(one.kind, one.value) for one in company.entity.identifiers] == [
        (IdentifierKind.REGISTRATION, "R-41"),
        (IdentifierKind.EMAIL, "desk@sample.example"),
        (IdentifierKind.PHONE, "+00 41"),
    ]


def test_lines_in_a_keepers_quotes_give_the_same_listings_and_are_counted() -> None:
    listings, report = read("old.csv", in_keepers_quotes(BYTES["old.csv"]))

    assert listings == read("old.csv")[0]
    counts = {skip.reason: skip.count for skip in report.skipped}
    assert counts["line in a keeper's quotes, with tabs for commas"] == 8


def test_programme_that_only_a_datum_names_is_kept() -> None:
    (person, _), _ = read("old.xml")

    assert person.programmes == ("XAA",)
    assert ("programme of a datum", "XCC") in person.notes


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("list.xml", 'strong="true"', 'strong="true" rank="1"', "unknown attribute `rank`"),
        ("list.xml", "<remark>(seen once)", "<risk>9</risk><remark>(seen", "unknown element"),
        ("list.xml", 'classificationCode="E"', 'classificationCode="V"', "kind of target `V`"),
        ("list.xml", 'euReferenceNumber="" logicalId="42"', 'euReferenceNumber="EU.41.1"',
         "already stands on line 3"),
        ("list.xml", 'euReferenceNumber="" logicalId="42"', 'euReferenceNumber=""', "no number"),
        ("list.xml", 'wholeName="Sample Trading"', 'wholeName=""', "no name"),
        ("list.xml", "2024-02-03T", "2024-02-30T", "no date of the calendar"),
        ("list.xml", "http://eu.europa.ec/fpi/fsd/export", "http://xa.example/", "namespace"),
        ("list.xml", "</export>", "", "line"),
        ("old.xml", 'Entity_id="42"', 'Entity_id="41"', "that of another entry"),
        ("old.xml", "<TITLE>Dr</TITLE>", "<TITLE>Dr</TITLE><RANK>9</RANK>", "unknown element"),
        ("old.xml", 'Type="E"', 'Type=""', "unknown kind of target"),
        ("old.xml", 'Date="11/02/2016"', 'Date="11 February"', "no date"),
        ("old.csv", ";4201;42;", ";4201;41;", "that of another entry"),
        ("old.csv", "Naal_title", "Naal_rank", "a column that this format does not have"),
        ("old.csv", "EU.41.1\r\n", "EU.41.1;9\r\n", "59 cells expected, 60 found"),
        ("old.csv", "04/07/2018;42;E", "04/07/2018;;E", "names no target"),
        ("list.csv", "NameAlias_Title", "NameAlias_Rank", "this format does not have"),
        ("list.csv", "03/02/2024;42;", "03/02/2024;;", "names no target"),
        ("list.csv", "enterprise", "vessel", "kind of target `vessel`"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_an_error_with_its_file(
    name: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(FormatError, match=re.escape(said)) as caught:
        read(name, edited(name, old, new))

    assert caught.value.file == name
    assert caught.value.hint


@pytest.mark.parametrize("name", FORMS)
def test_list_that_was_cut_short_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        read(name, BYTES[name][:-20])


@pytest.mark.parametrize("name", ["old.csv", "list.csv"])
def test_header_without_rows_is_refused(name: str) -> None:
    header = BYTES[name].split(b"\r\n")[0] + b"\r\n"

    with pytest.raises(FormatError, match="no entry"):
        read(name, header)


@pytest.mark.parametrize("name", ["old.csv", "list.csv"])
def test_rows_of_one_target_must_stand_together(name: str) -> None:
    header, first, *rest = BYTES[name].rstrip(b"\r\n").split(b"\r\n")

    with pytest.raises(FormatError, match="do not stand together"):
        read(name, b"\r\n".join([header, first, *rest[::-1], b""]))


def test_rows_of_csv_in_another_encoding_are_refused() -> None:
    with pytest.raises(FormatError, match="not UTF-8"):
        read("list.csv", BYTES["list.csv"].replace("Ада".encode(), "Adá".encode("latin-1")))


def test_error_of_the_server_is_refused_by_its_words(tmp_path: Path) -> None:
    file = tmp_path / "eu.xml"
    file.write_bytes(b'{"timestamp": 1, "status": 500, "error": "Internal Server Error"}')

    with pytest.raises(Article41Error, match="JSON that says `Internal Server Error`"):
        read_publications([file])


def texts_by_entry(name: str, data: bytes) -> list[list[tuple[str, str]]]:
    """Field and text of everything a real file says of each target, by another parser."""
    if name.endswith(".xml"):
        found = []
        for entry in ElementTree.fromstring(data):
            attributes = [
                (field, " ".join(text.split()))
                for below in entry.iter()
                for field, text in below.attrib.items()
                if text.strip()
            ]
            found.append(attributes + texts_of(entry))
        return found
    lines = [line.rstrip("\r") for line in data.decode("windows-1252").split("\n") if line]
    bare = [line[1:-1].replace('""', '"').rstrip("\t").replace("\t", ",") for line in lines]
    header, *rows = csv.reader(bare, delimiter=";")
    by_number: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        texts = [
            (field, " ".join(text.split()))
            for field, text in zip(header, row, strict=True)
            if text.strip()
        ]
        by_number.setdefault(row[1], []).extend(texts)
    return list(by_number.values())


COUNTED = re.compile(
    r"(?i)pdf_link|.*publicationUrl|.*_url|regulationType|regulationLanguage|classificationCode|"
    r"code|type|subject_type|strong|circa|calendarType|Date_file.*|countryIso2Code|diplomatic|"
    r"known.*|reportedLost|revokedByIssuer|(dayOf|month)\w*|identificationTypeCode"
)
"""Fields held as a kind, or counted in the report."""


def is_held(field: str, text: str, held: Sequence[str], flat: str) -> bool:
    if text in held or COUNTED.fullmatch(field) or text == "UNKNOWN":
        return True
    if text in flat:
        return True
    text = re.sub(r"\((\w+-|approximative\))", "", text)
    # A document's number stands with its kind and its note; a date may be written otherwise.
    pieces = [piece for piece in re.split(r"[ ()\-]+", text) if piece]
    return all(piece in flat for piece in pieces)


@pytest.mark.parametrize("name", REAL)
def test_real_file_loses_nothing(name: str, shared: Path) -> None:
    data = (shared / "data" / "eu" / REAL[name]).read_bytes()
    data = gzip.decompress(data) if REAL[name].endswith(".gz") else data
    entries = texts_by_entry(name, data)

    listings, report = read(name, data)

    assert len(listings) == len(entries) == report.listings
    lost = []
    for texts, listing in zip(entries, listings, strict=True):
        held = strings_of(listing)
        held |= {f"{birth.first} {birth.last}" for birth in listing.entity.birth_dates}
        flat = "\n".join(sorted(held))
        lost += [
            (listing.id, field, text)
            for field, text in texts
            if not is_held(field, text, sorted(held), flat)
        ]
    assert lost == []


@pytest.mark.parametrize("name", REAL)
def test_real_file_keeps_every_name(name: str, shared: Path) -> None:
    data = (shared / "data" / "eu" / REAL[name]).read_bytes()
    data = gzip.decompress(data) if REAL[name].endswith(".gz") else data
    listings, _ = read(name, data)

    for texts, listing in zip(texts_by_entry(name, data), listings, strict=True):
        whole = {text for field, text in texts if field.lower().endswith("wholename")}
        assert whole <= {one.value for one in listing.entity.names}
