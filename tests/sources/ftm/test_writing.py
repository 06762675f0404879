import json
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import LegalAct, Listing
from article41.sources.ftm.simple_writing import rows_of
from article41.sources.ftm.vocabulary import IDENTIFIERS, PROPERTIES
from article41.sources.ftm.writing import lines_of
from article41.sources.publications import read_publications
from tests.sources.ftm.files import GOLDEN, read

ENTITIES = (GOLDEN / "entities.ftm.json").read_bytes()
TARGETS = (GOLDEN / "targets.simple.csv").read_bytes()
ADA = Listing(
    authority="XA",
    list_id="xa-main",
    id="7/a",
    entity=Entity(
        schema=Schema.PERSON,
        names=(
            Name(value="Ada Example"),
            Name(value="Adda", kind=NameKind.WEAK_ALIAS, note="as a child"),
        ),
        birth_dates=(StatedDate(first=PartialDate.parse("1960"), last=PartialDate.parse("1962")),),
        addresses=(Address(street="1 Example Street", city="Exampleville", country="Examplia"),),
        identifiers=(
            Identifier(
                kind=IdentifierKind.PASSPORT, value="X1", label="Passport", issued_on="7 Jan 2020"
            ),
            Identifier(kind=IdentifierKind.OTHER, value="41", label="Fleet number"),
            Identifier(kind=IdentifierKind.IMO, value="9074729"),
        ),
        links=("Example LLC",),
        properties=(("incorporationDate", "spring of 1991"), ("shoeSize", "41")),
    ),
    programmes=("XA-FLEET",),
    measures=("Asset freeze",),
    legal_acts=(LegalAct(title="2024/7"),),
    listed_on=date(2024, 3, 1),
    delisted_on=date(2025, 3, 1),
    reasons=("Led the invented fleet.",),
    remarks="Owns a villa.",
    notes=(("FILE", "41"),),
    same_as=("un-sc/XAi.001",),
    place="a:1",
)


def written(listings: Iterable[Listing]) -> list[Any]:  # as JSON
    return [json.loads(line) for line in lines_of(listings)]


def test_a_listing_becomes_a_target_with_what_belongs_to_it() -> None:
    target, address, passport, number, imo, sanction = written([ADA])

    assert target["id"].startswith("xa-main-7-a-")
    assert target["referents"] == ["un-sc-XAi.001"]
    assert target["properties"]["birthDate"] == ["1960", "1962"]
    assert address["properties"]["full"] == ["1 Example Street, Exampleville, Examplia"]
    assert (passport["schema"], passport["properties"]["startDate"]) == ("Passport", ["2020-01-07"])
    assert number["properties"]["type"] == ["Fleet number"]
    assert imo["properties"]["number"] == ["9074729"]
    assert sanction["properties"] == {
        "entity": [target["id"]],
        "authority": ["XA"],
        "program": ["XA-FLEET"],
        "provisions": ["Asset freeze"],
        "reason": ["Led the invented fleet."],
        "startDate": ["2024-03-01"],
        "endDate": ["2025-03-01"],
        "summary": ["2024/7"],
    }


def test_what_has_no_property_becomes_a_note() -> None:
    notes = written([ADA])[0]["properties"]["notes"]

    assert notes == [
        "name: Adda (as a child)",
        "birthDate: 1960 to 1962",
        "linked to: Example LLC",
        "incorporationDate: spring of 1991",
        "shoeSize: 41",
        "Owns a villa.",
        "FILE: 41",
    ]


def test_an_address_that_several_have_is_written_once() -> None:
    entities = written([ADA, ADA])

    assert sum(one["schema"] == "Address" for one in entities) == 1


def test_a_person_under_no_sanction_gets_none_on_the_way_back() -> None:
    listings, _ = read(b'{"id":"a","schema":"Person","properties":{"name":["Ada Example"]}}\n')

    (target,) = written(listings.values())

    assert "topics" not in target["properties"]


def test_only_properties_of_the_schema_are_written() -> None:
    listings, _ = read(ENTITIES)
    own = {"Sanction", "Address", "Passport", "Identification", "Security", "Asset"}

    for one in written([*listings.values(), ADA]):
        if one["schema"] not in own:
            known = PROPERTIES[Schema(one["schema"])] | {"addressEntity"}
            assert one["properties"].keys() <= known


texts = (
    st.text(
        st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" ;,|\"'"),
        min_size=1,
        max_size=20,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str)
numbers = sorted(name for name in IDENTIFIERS if name in PROPERTIES[Schema.PERSON])
several = st.lists(texts, max_size=3, unique=True)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    lines = []
    for place in range(draw(st.integers(1, 3))):
        id_ = f"NK-{place}"
        properties = {
            "name": [draw(texts)],
            "alias": draw(several),
            "weakAlias": draw(several),
            "previousName": draw(several),
            "birthDate": draw(st.lists(days, max_size=2, unique=True)),
            "topics": ["sanction"],
        }
        for number in draw(st.lists(st.sampled_from(numbers), max_size=3, unique=True)):
            properties[number] = [draw(texts)]
        lines.append({"id": id_, "schema": "Person", "properties": properties, "target": True})
        for own in range(draw(st.integers(0, 2))):
            said = {
                "entity": [id_],
                "program": draw(several),
                "provisions": draw(several),
                "startDate": draw(st.lists(days, max_size=1)),
                "endDate": draw(st.lists(days, max_size=1)),
            }
            lines.append({"id": f"s-{place}-{own}", "schema": "Sanction", "properties": said})
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def test_a_status_stands_in_the_sanction_and_beside_no_sanction_in_a_note() -> None:
    status = "unknown between 2024-03-01 and 2024-04-01"
    exposed = replace(ADA, list_id="ftm-xa", measures=(), programmes=(), reasons=(), legal_acts=(),
                      listed_on=None, delisted_on=None)  # fmt: skip

    of_ada = lines_of([ADA], status_by_key={ADA.key: status})
    of_exposed = lines_of([exposed], status_by_key={exposed.key: status})

    assert json.loads([*of_ada][-1])["properties"]["status"] == [status]
    target, *around = map(json.loads, of_exposed)
    assert f"status: {status}" in target["properties"]["notes"]
    assert "Sanction" not in {one["schema"] for one in around}


@given(files())
def test_what_was_read_and_written_reads_the_same(data: bytes) -> None:
    before, _ = read(data)

    after, _ = read(b"".join(lines_of(before.values())))

    assert {id_: facts_of(one) for id_, one in after.items()} == {
        id_: facts_of(one) for id_, one in before.items()
    }


@given(files())
def test_the_table_keeps_names_birth_dates_numbers_and_programmes(data: bytes) -> None:
    before, _ = read(data)

    after, _ = read("".join(rows_of(before.values())).encode())

    for id_, listing in before.items():
        assert plain_facts_of(after[id_]) == plain_facts_of(listing)


@given(st.lists(texts, max_size=9, unique=True), st.sampled_from(" ;,|"))
def test_the_own_table_is_known_whatever_marks_its_values_hold(names: list[str], mark: str) -> None:
    values = dict.fromkeys(["Ada Example", *names, (mark + " ").join("abcdefgh")])
    entity = replace(ADA.entity, names=tuple(Name(value=value) for value in values))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "targets.simple.csv")
        file.write_text("".join(rows_of([replace(ADA, entity=entity)])), encoding="utf-8")
        (version,) = read_publications([file])
        found = [name.value for one in version.listings() for name in one.entity.names]

    assert found == [*values]


def test_a_value_of_several_lines_stays_one_value() -> None:
    names = ("Ada Example", "Example\nCompany", "Example\rBank", "Example\u2028House")
    entity = replace(ADA.entity, names=tuple(Name(value=value) for value in names))

    listings, _ = read("".join(rows_of([replace(ADA, entity=entity)])).encode())

    (listing,) = listings.values()
    assert [name.value for name in listing.entity.names] == [*names]


@pytest.mark.parametrize("data", [ENTITIES, TARGETS])
def test_the_golden_files_read_the_same_after_writing(data: bytes) -> None:
    before, _ = read(data)

    after, _ = read(b"".join(lines_of(before.values())))

    assert [facts_of(one) for one in after.values()] == [facts_of(one) for one in before.values()]


def facts_of(listing: Listing) -> tuple[object, ...]:
    return (
        {(name.value, name.kind) for name in listing.entity.names},
        {str(one) for one in listing.entity.birth_dates},
        {(one.kind, one.value) for one in listing.entity.identifiers},
        set(listing.programmes),
        set(listing.measures),
        (listing.listed_on, listing.amended_on, listing.delisted_on),
    )


def plain_facts_of(listing: Listing) -> tuple[object, ...]:
    left_out = {IdentifierKind.WEBSITE}
    return (
        {name.value for name in listing.entity.names},
        {str(one) for one in listing.entity.birth_dates},
        {one.value for one in listing.entity.identifiers if one.kind not in left_out},
        set(listing.programmes),
    )
