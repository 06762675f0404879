"""What speaks against taking a party for an entry: another kind, other births, other numbers."""

from collections.abc import Mapping
from types import MappingProxyType

from article41.checks.births import births_against, births_agree
from article41.checks.numbers import other_numbers
from article41.checks.sought import Sought
from article41.match import BirthEvidence, IndexedListing
from article41.model.entities import Schema

_KIND_BY_SCHEMA: Mapping[Schema, str] = MappingProxyType(
    {
        Schema.PERSON: "person",
        Schema.ORGANIZATION: "organization",
        Schema.COMPANY: "organization",
        Schema.PUBLIC_BODY: "organization",
        Schema.VESSEL: "vessel",
        Schema.AIRPLANE: "aircraft",
        Schema.VEHICLE: "vehicle",
        Schema.CRYPTO_WALLET: "wallet",
    }
)
"""Kinds that exclude one another; a thing or a legal entity may be any."""


def kind_of(schema: Schema) -> str:
    """Which of the kinds that exclude one another it is; empty if it may be any.

    Example:
        >>> kind_of(Schema.COMPANY), kind_of(Schema.THING)
        ('organization', '')
    """
    return _KIND_BY_SCHEMA.get(schema, "")


def conflicts_of(
    sought: Sought, listing: IndexedListing, *, is_kind_told: bool = True
) -> tuple[str, ...]:
    """What is known of both and cannot be true of one.

    Args:
        sought: What is known of the party.
        listing: The entry.
        is_kind_told: False where the party may be a thing of the target, as its wallet is.
    """
    details = listing.details
    found = []
    mine, theirs = kind_of(sought.schema), kind_of(listing.schema)
    if is_kind_told and mine and theirs and mine != theirs:
        found.append(f"a {mine}, the entry is of a {theirs}".replace("a o", "an o"))
    if births_agree(sought.spans, details.births) is False:
        found.append(births_against(BirthEvidence.CONFLICT))
    return (*found, *number_conflicts_of(sought, listing))


def number_conflicts_of(sought: Sought, listing: IndexedListing) -> tuple[str, ...]:
    """Numbers given once in the world that are not the same."""
    if not sought.documents:
        return ()
    are_vessels = {sought.schema, listing.schema} == {Schema.VESSEL}
    return other_numbers(sought.documents, listing.details.numbers, are_vessels=are_vessels)
