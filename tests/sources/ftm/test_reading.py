import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from article41.model.entities import Schema
from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.sources.publications import read_publications
from tests.sources.ftm.files import GOLDEN, entity, finish, lines, read, version_of

ENTITIES = (GOLDEN / "entities.ftm.json").read_bytes()
NESTED = (GOLDEN / "targets.nested.json").read_bytes()
WORD = re.compile(r"\w+")
REAL = (
    "os-parteispenden-entities.ftm-2025-03-20.json",
    "os-sa-wiki-peps-entities.ftm-2024-03-22.json.gz",
    "os-t1-entities.ftm-2024-07-05.json",
    "os-zala-entities.ftm-2026-05-28.json",
    "os-sa-wiki-peps-targets.nested-2024-03-09.json",
)


@pytest.mark.parametrize("name", ["entities.ftm.json", "targets.nested.json", "targets.simple.csv"])
def test_a_file_reads_as_reviewed(name: str, golden: Callable[[str, str], None]) -> None:
    listings, report = read((GOLDEN / name).read_bytes())

    reading = msgspec.json.encode({"listings": [*listings.values()], "report": report})
    golden(f"ftm/{name}.listings.json", msgspec.json.format(reading, indent=2).decode() + "\n")


def test_sanctions_give_programmes_measures_and_the_first_day_of_those_in_force() -> None:
    listings, _ = read(ENTITIES)

    ada = listings["NK-ada"]
    assert ada.listed_on == date(2022, 2, 1)
    assert ada.delisted_on is None
    assert ada.amended_on == (date(2023, 1, 2),)
    assert ada.programmes == ("XA Fleet", "XA-FLEET")
    assert ada.measures == ("Asset freeze", "Travel ban")
    assert ada.reasons == ("Led the invented fleet.",)


def test_a_target_whose_every_sanction_ended_is_delisted() -> None:
    listings, _ = read(ENTITIES)

    firm = listings["NK-firm"]
    assert (firm.listed_on, firm.delisted_on) == (date(2010, 1, 1), date(2012, 5, 6))


def test_a_day_of_listing_is_not_guessed_where_one_sanction_has_none() -> None:
    data = lines(
        entity("Person", "ada", name=["Ada Example"]),
        entity("Sanction", "s1", entity=["ada"], startDate=["2022-01-01"]),
        entity("Sanction", "s2", entity=["ada"], startDate=["2021"]),
    )

    assert read(data)[0]["ada"].listed_on is None


def test_documents_and_addresses_are_resolved_into_their_holder() -> None:
    listings, report = read(ENTITIES)

    ada = listings["NK-ada"].entity
    (passport,) = (one for one in ada.identifiers if one.kind is IdentifierKind.PASSPORT)
    assert (passport.value, passport.label) == ("X0000001", "Diplomatic passport")
    assert (passport.country, passport.issued_on) == ("xa", "2020-01-01")
    assert [address.street for address in ada.addresses] == ["1 Example Street", "2 Example Street"]
    assert ada.addresses[0].note == "postOfficeBox: 41"
    assert ("addressEntity", "addr-gone") in listings["NK-ada"].notes
    skipped = {skip.reason: skip.count for skip in report.skipped}
    assert skipped["address that is not in the file, its id kept"] == 1


def test_links_name_the_other_end_on_both_sides() -> None:
    listings, report = read(ENTITIES)

    assert listings["NK-ada"].entity.links == ("Example Fleet LLC", "Otto Example")
    assert listings["NK-firm"].entity.links == ("Ada Example",)
    said = dict(listings["NK-ada"].notes)
    assert said["Ownership"] == "asset: Example Fleet LLC; percentage: 51; startDate: 2019"
    assert said["Family"] == "person: Otto Example; relationship: father"
    assert listings["NK-star"].entity.links == ("Example Fleet LLC",)
    skipped = {skip.reason: skip.count for skip in report.skipped}
    assert skipped["Family of no listing"] == 1


def test_only_what_the_exporter_calls_a_target_is_a_listing() -> None:
    listings, report = read(ENTITIES)

    assert listings.keys() == {"NK-ada", "NK-firm", "NK-star", "NK-bond"}
    assert listings["NK-bond"].entity.schema is Schema.THING
    assert ("schema", "Security") in listings["NK-bond"].entity.properties
    skipped = {skip.reason: skip.count for skip in report.skipped}
    assert skipped["Person that is no target"] == skipped["target without a name"] == 1
    assert report.read == len(ENTITIES.splitlines()) == report.kept + 3


def test_without_the_word_target_topics_and_sanctions_tell() -> None:
    data = lines(
        entity("Person", "ada", name=["Ada Example"], topics=["role.pep"]),
        entity("Person", "otto", name=["Otto Example"]),
        entity("Sanction", "s", entity=["eva"]),
        entity("Person", "eva", firstName=["Eva"], lastName=["Example"]),
    )

    listings, _ = read(data)

    assert listings.keys() == {"ada", "eva"}
    assert listings["eva"].entity.names[0].value == "Eva Example"


def test_where_only_some_are_marked_a_sanction_tells_of_the_others() -> None:
    data = lines(
        {**entity("Person", "ada", name=["Ada Example"]), "target": True},
        entity("Person", "otto", name=["Otto Example"]),
        entity("Person", "eva", name=["Eva Example"]),
        entity("Sanction", "s", entity=["eva"]),
    )

    assert read(data)[0].keys() == {"ada", "eva"}


def test_without_any_word_everything_that_can_be_named_is_a_listing() -> None:
    data = lines(
        entity("Person", "ada", name=["Ada Example"]),
        entity("Payment", "p", payer=["ada"], beneficiary=["firm"], amountEur=["41"]),
        entity("Company", "firm", name=["Example LLC"]),
    )

    listings, _ = read(data)

    assert listings.keys() == {"ada", "firm"}
    assert dict(listings["ada"].notes) == {"Payment": "beneficiary: Example LLC; amountEur: 41"}


def test_what_is_nested_counts_as_what_stands_on_lines_of_its_own() -> None:
    listings, report = read(NESTED)

    ada = listings["NK-ada"]
    assert ada.listed_on == date(2022, 3, 4)
    assert ada.programmes == ("XA-FLEET",)
    assert ada.entity.links == ("Example Fleet LLC",)
    assert ada.entity.addresses[0].street == "1 Example Street, Exampleville"
    assert [skip.reason for skip in report.skipped] == [
        "nested Company, of which only the name is kept"
    ]


@pytest.mark.parametrize(
    ("datasets", "list_id"),
    [
        ([["xa_main"], ["xa_main"]], "ftm-xa-main"),
        ([["xa_main"], ["xa_main", "xb"]], "ftm-xa-main"),
        ([["xa_main"], ["xb"]], "ftm-collection"),
        ([["xa", "xb"], ["xa", "xb"]], "ftm-collection"),
        ([[], []], "ftm-entities"),
    ],
)
def test_the_list_is_named_after_the_data_set_of_all(
    datasets: list[list[str]], list_id: str
) -> None:
    people = [entity("Person", str(place), name=["Ada"]) for place in range(len(datasets))]
    data = lines(*({**one, "datasets": own} for one, own in zip(people, datasets, strict=True)))

    assert version_of(data).list_id == list_id


def test_the_newest_day_seen_is_the_day_of_publication() -> None:
    assert version_of(ENTITIES).published == date(2024, 3, 1)


def test_a_list_of_changes_is_refused_by_name() -> None:
    with pytest.raises(FormatError, match="a list of changes"):
        version_of(b'{"op":"DEL","entity":{"id":"NK-ada"}}\n')


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ENTITIES[:-40], "no entity|no JSON"),
        (ENTITIES + ENTITIES.splitlines()[0], "already stands on line 1"),
        (ENTITIES + b'{"id":"a","schema":"Person"}\n', "without `id`, `schema` or `properties`"),
        (ENTITIES + b'{"id":"","schema":"Person","properties":{}}\n', "is empty"),
        (ENTITIES + b"[]\n", "no entity"),
        (ENTITIES.replace(b"Ada", b"\xff", 1), "no JSON|UTF-8|utf-8"),
        (ENTITIES.replace(b'"target":true', b'"target":false'), "there is no entry"),
        (lines(entity("Person", "a", topics=["sanction"])), "there is no entry"),
    ],
)
def test_a_broken_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(data)


def test_entities_nested_too_deeply_are_refused() -> None:
    inner: dict[str, Any] = entity("Person", "0", name=["Ada"])  # as JSON
    for depth in range(1, 9):
        inner = entity("Person", str(depth), name=["Ada"], parent=[inner])

    with pytest.raises(FormatError, match="nested too deeply"):
        read(lines(inner))


def test_values_of_another_form_are_kept_as_text_and_counted() -> None:
    odd = entity("Person", "ada", name=["Ada"], wives=[{"name": "Eva", "since": 1990}], height=[2])
    odd["properties"]["religion"] = "Example"

    listings, report = read(lines(odd))

    assert set(listings["ada"].entity.properties) == {
        ("wives", "name: Eva; since: 1990"),
        ("height", "2"),
        ("religion", "Example"),
    }
    assert {skip.reason: skip.count for skip in report.skipped} == {
        "a value that is no text, kept as text": 2,
        "a property that is no array, kept as text": 1,
    }


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from strings_in(one)
    else:
        yield str(value)


def texts_in(value: object) -> Iterator[str]:
    """Every text in a JSON value but what the exporter's clock and nested others say."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in {"last_seen", "last_change", "first_seen", "target", "schema"}:
                yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            if not (isinstance(one, dict) and "schema" in one):
                yield from texts_in(one)
    elif value is not None:
        yield str(value)


@pytest.mark.parametrize("name", REAL)
def test_every_text_of_a_real_target_is_in_its_listing(shared: Path, name: str) -> None:
    file = shared / "data" / "opensanctions" / name
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    entities = {one["id"]: one for one in map(json.loads, data.splitlines())}
    sanctions: dict[str, list[Any]] = {}  # as JSON
    for one in entities.values():
        if one["schema"] == "Sanction":
            for target in one["properties"]["entity"]:
                sanctions.setdefault(target, []).append(one["properties"])

    (version,) = read_publications([file])
    listings, report = finish(version)

    for id_, listing in listings.items():
        said = set(WORD.findall(" ".join(strings_in(msgspec.to_builtins(listing)))))
        written = {**entities[id_], "properties": dict(entities[id_]["properties"])}
        known = [one for one in written["properties"].pop("addressEntity", ()) if one in entities]
        written["properties"] |= {"known": [entities[one]["properties"] for one in known]}
        for text in texts_in([written, sanctions.get(id_, [])]):
            assert set(WORD.findall(text)) <= said, text
    flagged = [one for one in entities.values() if one.get("target")]
    nameable = [
        one for one in entities.values() if one["schema"] in {"Person", "Company", "Organization"}
    ]
    assert len(listings) == len(flagged or nameable) == report.listings
