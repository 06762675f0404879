"""Whole official files: every number that says who a target is leads to its own entry."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from article41.checks import Screener
from article41.checks.identity import standing_of, standings_of
from article41.checks.numbers import Strength, fault_of, rule_of
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing
from article41.model.parties import Document, Party, Role
from article41.model.verdicts import Identity
from article41.store import Store

KIND = IdentifierKind
FOUND_MIN = 0.95
"""The others are of too few characters, or other than their label says."""


@pytest.fixture(scope="module")
def listings(four_lists: Path) -> list[Listing]:
    with Store(four_lists) as store:
        return [
            one.listing
            for one in store.entries()
            if one.listing.list_id in ("ofac-sdn", "uk-conlist")
        ]


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
    four_lists: Path,
    kind: IdentifierKind,
    schema: Schema,
    role: Role,
) -> None:
    key, document = first(listings, kind, schema)
    given = Party(role=role, name="Zacharias Quill", documents=(document,))

    standing = standing_of(given, Screener(four_lists))

    assert (key, Identity.IDENTIFIED) in [(one.key, one.identity) for one in standing.listed]


@pytest.mark.slow
def test_every_number_that_marks_a_target_finds_it_again(
    listings: list[Listing], four_lists: Path
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

    standings = standings_of([one for _, one in asked], Screener(four_lists))

    found = Counter(
        next((one.identity for one in standing.listed if one.key == key), None)
        for (key, _), standing in zip(asked, standings, strict=True)
    )
    assert found[None] == 0
    assert found[Identity.IDENTIFIED] / len(asked) > FOUND_MIN
