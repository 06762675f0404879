"""Whole official files: every number that says who a target is leads to its own entry."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.checks.identity import standing_of, standings_of
from article41.checks.numbers import Strength, fault_of, rule_of
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing
from article41.model.parties import Document, Party, Role
from article41.model.verdicts import Identity
from article41.sources.publications import read_publications
from article41.store import Store

READ_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PUBLISHED = date(2022, 6, 2)
KIND = IdentifierKind
FOUND_MIN = 0.95
"""The others are of too few characters, or other than their label says."""


@pytest.fixture(scope="module")
def listings(shared: Path, store_folder: Path) -> list[Listing]:
    data = shared / "data"
    with Store(store_folder) as store:
        sdn = [data / "ofac" / "ofac-sdn-2022-06-02.csv.gz"]
        uk = [data / "uk/uk-conlist-2025-04-10.xlsx"]
        for one in (*read_publications(sdn, published=PUBLISHED), *read_publications(uk)):
            store.add(one, known_at=READ_AT)
        refresh_index(store)
        return [one.listing for one in store.entries()]


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


def first(
    listings: Iterable[Listing], kind: IdentifierKind, schema: Schema
) -> tuple[str, Document]:
    """The key of an entry and a sound number that it prints."""
    for listing in listings:
        for one in listing.entity.identifiers:
            document = Document(kind=kind, value=one.value)
            if one.kind is kind and listing.entity.schema is schema and not fault_of(document):
                return listing.key, document
    raise LookupError(kind)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "schema", "role"),
    [
        (KIND.BIC, Schema.ORGANIZATION, Role.PAYEE_BANK),
        (KIND.IMO, Schema.VESSEL, Role.VESSEL),
        (KIND.WALLET, Schema.PERSON, Role.PAYEE),
        (KIND.LEI, Schema.ORGANIZATION, Role.PAYEE),
    ],
)
def test_a_number_alone_leads_to_its_entry_whatever_the_name(
    listings: list[Listing],
    store_folder: Path,
    kind: IdentifierKind,
    schema: Schema,
    role: Role,
) -> None:
    key, document = first(listings, kind, schema)
    given = Party(role=role, name="Zacharias Quill", documents=(document,))

    standing = standing_of(given, Screener(store_folder))

    assert (key, Identity.IDENTIFIED) in [(one.key, one.identity) for one in standing.listed]


@pytest.mark.slow
def test_every_number_that_marks_a_target_finds_it_again(
    listings: list[Listing], store_folder: Path
) -> None:
    asked = [
        (
            listing.key,
            Party(
                role=Role.CUSTOMER,
                name=listing.entity.names[0].value,
                schema=listing.entity.schema,
                documents=(Document(kind=one.kind, value=one.value),),
            ),
        )
        for listing in listings
        for one in listing.entity.identifiers
        if rule_of(one.kind).strength is not Strength.HINT
    ]

    standings = standings_of([one for _, one in asked], Screener(store_folder))

    found = Counter(
        next((one.identity for one in standing.listed if one.key == key), None)
        for (key, _), standing in zip(asked, standings, strict=True)
    )
    assert found[None] == 0
    assert found[Identity.IDENTIFIED] / len(asked) > FOUND_MIN
