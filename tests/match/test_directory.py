"""Keys and numbers lead to the records of an index, as they were given."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.match import SCORER, About, Index, IndexRecord, Query, build_index, number_key
from article41.match.numbers import listed_number_keys
from article41.model.clocks import Bounds
from article41.model.entities import Entity, Name, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import LegalAct, Listing

ABOUT = About(generation="of-the-test", lists=(), scorer=SCORER)
KIND = IdentifierKind
PASSPORT = Identifier(kind=KIND.PASSPORT, value="XA 000123", country="XA")


def record(number: str, *numbers: Identifier, list_id: str = "xa", **fields: object) -> IndexRecord:
    entity = Entity(schema=Schema.PERSON, names=(Name(value=f"Ada {number}"),), identifiers=numbers)
    given = {"authority": "XA", "list_id": list_id, "id": number, "entity": entity, "place": "a:1"}
    listing = Listing(**{**given, **fields})  # type: ignore[arg-type]
    return IndexRecord(listing=listing, version_sha256="0" * 64, published=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "names.index"


def index_of(path: Path, records: Sequence[IndexRecord]) -> Index:
    build_index(path, records, about=ABOUT)
    return Index(path)


def test_a_key_leads_to_its_records_with_what_law_asks_of_them(path: Path) -> None:
    known = datetime(2024, 3, 1, tzinfo=UTC)
    full = IndexRecord(
        listing=record(
            "7", PASSPORT, measures=("Asset freeze",), legal_acts=(LegalAct(title="2024/7"),)
        ).listing,
        version_sha256="1" * 64,
        published=date(2024, 3, 1),
        form=Bounds(began_by=date(2024, 3, 1)),
        known_from=known,
    )

    index = index_of(path, [record("6"), full, record("8")])

    [found] = index.of_key("xa/7")
    details = found.details
    assert (found.id, found.version_sha256, found.published) == ("7", "1" * 64, date(2024, 3, 1))
    assert (details.measures, details.acts, details.known_from) == (
        ("Asset freeze",), ("2024/7",), known,
    )  # fmt: skip
    assert [(one.kind, one.value, one.country) for one in details.numbers] == [
        (KIND.PASSPORT, "XA 000123", "XA")
    ]


def test_several_records_of_a_key_come_in_their_order(path: Path) -> None:
    index = index_of(path, [record("7", measures=("first",)), record("7", measures=("second",))])

    assert [one.details.measures for one in index.of_key("xa/7")] == [("first",), ("second",)]


def test_what_is_not_listed_leads_nowhere(path: Path) -> None:
    index = index_of(path, [record("7", PASSPORT)])

    assert index.of_key("xa/8") == ()
    assert index.of_number(number_key(KIND.PASSPORT, "XA 000124")) == ()
    assert index.naming("xa/7") == ()


def test_a_key_leads_to_the_records_that_name_it(path: Path) -> None:
    index = index_of(
        path, [record("7"), record("8", same_as=("xa/7",)), record("9", restates=("xa/7",))]
    )

    assert [one.id for one in index.naming("xa/7")] == ["8", "9"]


def test_the_directory_is_no_listing(path: Path) -> None:
    listed = [record(str(number), PASSPORT) for number in range(40)]
    counts = build_index(path, listed, about=ABOUT)
    index = Index(path)

    [answer] = index.search([Query(name="Ada 7")], threshold=0.01, exhaustive=True)

    assert counts.records == 40
    assert {one.listing.id for one in answer.found} == {str(number) for number in range(40)}
    assert index.keys() == sorted(f"xa/{number}" for number in range(40))


def test_an_index_without_listings_has_a_directory_without_keys(path: Path) -> None:
    assert index_of(path, []).keys() == []


@given(
    st.lists(
        st.tuples(st.sampled_from(IdentifierKind), st.text(min_size=1, max_size=12)), max_size=8
    )
)
def test_every_number_that_is_listed_is_found(
    tmp_path_factory: pytest.TempPathFactory, printed: list[tuple[IdentifierKind, str]]
) -> None:
    records = [
        record(str(place), Identifier(kind=kind, value=value))
        for place, (kind, value) in enumerate(printed)
    ]
    index = index_of(tmp_path_factory.mktemp("index") / "names.index", records)

    for place, (kind, value) in enumerate(printed):
        key = number_key(kind, value)
        assert not key or str(place) in [one.id for one in index.of_number(key)]


@given(st.text("ABCXYZ0123456789", min_size=1, max_size=12), st.data())
def test_case_blanks_signs_and_foreign_digits_do_not_count(value: str, data: st.DataObject) -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    written = "".join(
        data.draw(st.sampled_from(["", " ", "-", ".", "/"])) + letter for letter in value
    )
    written = data.draw(st.sampled_from([written, written.lower(), written.translate(arabic)]))

    assert number_key(KIND.PASSPORT, written) == number_key(KIND.PASSPORT, value)


@pytest.mark.parametrize(
    ("kind", "one", "other", "is_same"),
    [
        (KIND.BIC, "EXAMXAXX", "examxaxx123", True),
        (KIND.BIC, "EXAMXAXX", "EXAMXAX1", False),
        (KIND.IMO, "IMO 9074729", "9074729", True),
        (KIND.PASSPORT, "МР 1234567", "MP1234567", True),
        (KIND.WALLET, "1EpMi2kQ", "1epmi2kq", False),
        (KIND.WALLET, "0xABCD", " 0xabcd", True),
        (KIND.EMAIL, "Ada@Example.XA", "ada@example.xa ", True),
        (KIND.EMAIL, "ada.b@example.xa", "adab@example.xa", False),
        (KIND.WEBSITE, "https://www.example.xa/", "example.xa", True),
        (KIND.PHONE, "+1 (234) 567", "001234567", True),
        (KIND.MMSI, "1234567", "1234568", False),
    ],
)
def test_each_kind_is_compared_as_it_is_written(
    kind: IdentifierKind, one: str, other: str, *, is_same: bool
) -> None:
    assert (number_key(kind, one) == number_key(kind, other)) is is_same


@pytest.mark.parametrize(
    ("kind", "printed", "given"),
    [
        (KIND.PASSPORT, "Example passport number 0504561", "0504561"),
        (KIND.PASSPORT, "Exampleland 286062", "286062"),
        (KIND.OTHER, "L335915 (passport) [known to be expired](issued 1996-11-08)", "L335915"),
        (KIND.PASSPORT, "D216157 issued on 1 May 1990", "D216157"),
        (KIND.BIC, "EXAMXAXX and 5040942458", "EXAMXAXX"),
    ],
)
def test_words_around_a_printed_number_do_not_hide_it(
    kind: IdentifierKind, printed: str, given: str
) -> None:
    assert number_key(kind, given) in listed_number_keys(kind, printed)
