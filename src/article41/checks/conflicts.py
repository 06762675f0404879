"""What speaks against taking a party for an entry: another kind, other births, other numbers."""

from collections.abc import Iterable, Mapping
from itertools import product
from types import MappingProxyType

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
_BIRTHS_AGAINST = MappingProxyType(
    {
        BirthEvidence.CONFLICT: "birth dates differ",
        BirthEvidence.DOUBTFUL: "birth years differ, one of them an estimate",
        BirthEvidence.NEAR: "birth dates differ in one part",
    }
)
_BIRTHS_FOR = MappingProxyType(
    {
        BirthEvidence.COMPATIBLE: "births fit",
        BirthEvidence.SAME_DAY: "born on the same day",
    }
)


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
    mine, theirs = (_KIND_BY_SCHEMA.get(one, "") for one in (sought.schema, listing.schema))
    if is_kind_told and mine and theirs and mine != theirs:
        found.append(f"a {mine}, the entry is of a {theirs}".replace("a o", "an o"))
    if births_agree(sought.spans, details.births) is False:
        found.append(_BIRTHS_AGAINST[BirthEvidence.CONFLICT])
    return (*found, *other_numbers(sought.documents, details.numbers))


def births_against(evidence: BirthEvidence) -> str:
    """What dates of birth say against a resemblance; empty if nothing."""
    return _BIRTHS_AGAINST.get(evidence, "")


def births_for(evidence: BirthEvidence) -> str:
    """What dates of birth say for a resemblance; empty if nothing."""
    return _BIRTHS_FOR.get(evidence, "")


_Span = tuple[int, int]


def births_agree(mine: Iterable[_Span], theirs: Iterable[_Span]) -> bool | None:
    """Whether some dates of birth can be one; unknown if either side states none.

    Stricter than a resemblance: a date that differs in one digit does not agree.

    Example:
        >>> births_agree([(19650911, 19650911)], [(19650000, 19650000)])
        True
        >>> births_agree([(19650911, 19650911)], [(19651109, 19651109)])
        True
    """
    pairs = list(product(mine, theirs))
    return any(_overlap(*pair) or _are_swapped(*pair) for pair in pairs) if pairs else None


def _overlap(one: _Span, other: _Span) -> bool:
    return _earliest(one) <= _latest(other) and _earliest(other) <= _latest(one)


def _earliest(span: _Span) -> int:
    year, month, day = _parts(span[0])
    return year * 10_000 + (month or 1) * 100 + (day or 1)


def _latest(span: _Span) -> int:
    year, month, day = _parts(span[1])
    return year * 10_000 + (month or 12) * 100 + (day or 31)


def _are_swapped(one: _Span, other: _Span) -> bool:
    """The same day with its month and day written the other way round."""
    if one[0] != one[1] or other[0] != other[1]:
        return False
    year, month, day = _parts(one[0])
    return (year, day, month) == _parts(other[0])


def _parts(number: int) -> tuple[int, int, int]:
    return number // 10_000, number // 100 % 100, number % 100
