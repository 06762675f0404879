"""Where a number of a party meets the same number on a list, and how sure that makes it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from article41.checks.conflicts import conflicts_of
from article41.checks.entries import Asked
from article41.checks.numbers import (
    SHARED_NUMBER_MAX,
    Strength,
    countries_agree,
    fault_of,
    strength_of,
    words_of,
)
from article41.checks.screener import Match
from article41.checks.sought import Sought
from article41.match import (
    Index,
    IndexedListing,
    ListedNumber,
    Query,
    listed_number_keys,
    number_key,
)
from article41.match import compare as compare_names
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document
from article41.model.verdicts import Identity

NAME_SCORE_WITH_NUMBER = 0.5
"""A number that may be given twice needs a name at least so much alike, if a name is known."""


class Meeting(NamedTuple):
    """An entry that prints a number of the party."""

    listing: IndexedListing
    identity: Identity
    evidence: str
    conflicts: tuple[str, ...]


def meetings(
    sought: Sought, index: Index, asked: Asked, named: Mapping[str, Match]
) -> tuple[list[Meeting], tuple[str, ...]]:
    """The entries that print a number of a party, and the numbers that mark nobody.

    Args:
        sought: What is known of the party.
        index: The lists.
        asked: The day and the moment.
        named: The entries that a name of it resembles, by key.
    """
    met: list[Meeting] = []
    unmarking = []
    for document in sought.documents:
        key = number_key(document.kind, document.value)
        listings = asked.held(index.of_number(key)) if key else []
        if len(listings) > SHARED_NUMBER_MAX:
            unmarking.append(f"{words_of(document)} stands in {len(listings)} entries: marks none")
            continue
        met += [_met(sought, document, key, one, named) for one in listings]
    return met, tuple(unmarking)


def _met(
    sought: Sought,
    document: Document,
    key: str,
    listing: IndexedListing,
    named: Mapping[str, Match],
) -> Meeting:
    printed = [
        one for one in listing.details.numbers if key in listed_number_keys(one.kind, one.value)
    ]
    ways = [_way(sought, document, one, listing, named) for one in printed]
    return min(ways, key=lambda way: (not way.identity.is_sure, len(way.conflicts)))


def _way(
    sought: Sought,
    document: Document,
    printed: ListedNumber,
    listing: IndexedListing,
    named: Mapping[str, Match],
) -> Meeting:
    # LAW: a wallet is not its holder, and is found as the holder's all the same.
    is_kind_told = document.kind is not IdentifierKind.WALLET
    strength = strength_of(document, printed)
    against = list(conflicts_of(sought, listing, is_kind_told=is_kind_told))
    if strength is Strength.WITH_MORE:
        against += _doubts(sought, document, printed, listing, named)
    fault = fault_of(document)
    if fault:
        against.append(fault)
    is_sure = strength is not Strength.HINT and not against
    return Meeting(
        listing,
        Identity.IDENTIFIED if is_sure else Identity.RESEMBLES,
        words_of(document),
        tuple(against),
    )


def _doubts(
    sought: Sought,
    document: Document,
    printed: ListedNumber,
    listing: IndexedListing,
    named: Mapping[str, Match],
) -> Iterator[str]:
    """Why a number that countries give more than once does not identify."""
    agree = countries_agree(document.country, printed.country)
    if agree is False:
        yield f"issued by `{document.country}`, the entry's by `{printed.country}`"
    is_named = listing.key in named
    if not is_named and sought.names:
        score = _name_score(sought.queries, listing)
        is_named = score >= NAME_SCORE_WITH_NUMBER
        if not is_named:
            yield "names differ"
    if agree is None and not sought.names:
        yield "neither the issuing country nor a name is known to agree"


def _name_score(queries: Sequence[Query], listing: IndexedListing) -> float:
    asked = [Query(name=one.name, schema=one.schema) for one in queries]
    listed = [Query(name=name.value, schema=listing.schema) for name in listing.names]
    return max(compare_names(list(product(asked, listed))), default=0.0)
