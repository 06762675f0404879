"""Which entries of different authorities are one target: clusters of links, each with its reason.

A link says how it is known and can be taken back by a decision; entries keep their own listings,
dates and measures. It never merges two entries of one list because their names agree.
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from article41.match import BirthEvidence, Index, Query, group_of
from article41.match import compare as compare_names
from article41.model.entities import Entity, NameKind
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing
from article41.store import LinkVerdict

if TYPE_CHECKING:
    from article41.store import LinkDecision, Store

NAME_SCORE_MIN = 0.97
"""Names alone link entries from this score on, and only with further evidence."""
NAME_SCORE_FOR_NUMBERS = 0.5
"""Two entries with one number must resemble at least so much: numbers are misprinted."""
NAME_WORDS_MIN = 2
"""Names of fewer words link nobody."""
SHARED_NUMBER_MAX = 12
"""A number that more entries print marks none of them (a clinic's telephone, a placeholder)."""

_STRONG = {
    IdentifierKind.IMO: "imo",
    IdentifierKind.LEI: "lei",
    IdentifierKind.WALLET: "wallet",
    IdentifierKind.BIC: "bic",
    IdentifierKind.TAX: "registration",
    IdentifierKind.REGISTRATION: "registration",
    IdentifierKind.PASSPORT: "document",
    IdentifierKind.NATIONAL_ID: "document",
}
"""Kinds of number that mark one target; those that authorities mix up count as one."""
_UNIQUE = {"imo", "lei", "wallet"}
"""Numbers that are given once in the world: names may differ altogether."""
_NUMBER_CHARACTERS_MIN = 6


class LinkBasis(enum.Enum):
    """How a link is known, the strongest first."""

    DECIDED = "decided"
    """A person has said so."""
    PUBLISHED = "published"
    """An authority names the other entry."""
    NUMBER = "number"
    """Both print the same number, and their names resemble each other."""
    NAME = "name"
    """The names agree almost to the letter, and so does something else."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Two entries that are taken for one target.

    Example:
        >>> Link(left="xa/1", right="xb/2", basis=LinkBasis.NUMBER, reason="imo 9074729").score
        1.0
    """

    left: str
    """The key that comes first in the alphabet."""
    right: str
    """The other one."""
    basis: LinkBasis
    """How it is known."""
    reason: str
    """What the two have in common, in words."""
    score: float = 1.0
    """How sure, for a link by names."""


class Clusters(msgspec.Struct, frozen=True, kw_only=True):
    """All targets that more than one list names."""

    generation: str
    """The state of the store that they were made from."""
    links: tuple[Link, ...]
    """The links that hold, by their keys."""
    conflicts: tuple[Link, ...]
    """Links not followed: they would join what a decision parts, or two entries of one list."""
    clusters: tuple[tuple[str, ...], ...]
    """The keys of each target, in order; by their first."""

    def of(self, key: str) -> tuple[str, ...]:
        """The entries of the target that an entry names; itself alone if no other does."""
        return next((cluster for cluster in self.clusters if key in cluster), (key,))


def clusters_of(store: "Store", index: Index) -> Clusters:
    """Link the entries of all lists of a store, past ones included.

    Args:
        store: What to link.
        index: Its index of names.
    """
    listings = {one.listing.key: one.listing for one in store.records() if one.known_until is None}
    decisions = store.link_decisions()
    found = [
        *_decided(decisions),
        *_published(listings),
        *_by_number(listings),
        *_by_name(listings, index),
    ]
    parted = {one.pair for one in decisions if one.verdict is LinkVerdict.DIFFERENT}
    return _joined(found, parted, store.generation)


def _link(one: str, other: str, basis: LinkBasis, reason: str, score: float = 1.0) -> Link:
    left, right = sorted((one, other))
    return Link(left=left, right=right, basis=basis, reason=reason, score=score)


def _decided(decisions: Iterable["LinkDecision"]) -> Iterator[Link]:
    for one in decisions:
        if one.verdict is LinkVerdict.SAME:
            said = f"{one.reason} ({one.decided_by}, {one.decided_at.date()})"
            yield _link(*one.pair, LinkBasis.DECIDED, said)


def _published(listings: Mapping[str, Listing]) -> Iterator[Link]:
    for key, listing in listings.items():
        for other in listing.restates:
            if other in listings:
                yield _link(key, other, LinkBasis.PUBLISHED, f"{key} repeats it")
        for other in listing.same_as:
            if other in listings:
                yield _link(key, other, LinkBasis.PUBLISHED, f"{key} names it")


def _by_number(listings: Mapping[str, Listing]) -> Iterator[Link]:
    keys_by_number: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for key, listing in listings.items():
        for number in _numbers(listing.entity):
            keys_by_number[number][key] = None
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for number, keys in keys_by_number.items():
        if 1 < len(keys) <= SHARED_NUMBER_MAX:
            for one, other in combinations(sorted(keys), 2):
                if _may_be_one(listings[one], listings[other]):
                    pairs.setdefault((one, other), number)
    scores = _best_scores(listings, list(pairs))
    for (one, other), (kind, value), score in zip(pairs, pairs.values(), scores, strict=True):
        if kind in _UNIQUE or score >= NAME_SCORE_FOR_NUMBERS:
            yield _link(one, other, LinkBasis.NUMBER, f"{kind} {value}")


def _numbers(entity: Entity) -> Iterator[tuple[str, str]]:
    for identifier in entity.identifiers:
        kind = _STRONG.get(identifier.kind)
        value = "".join(filter(str.isalnum, identifier.value)).upper()
        is_number = len(value) >= _NUMBER_CHARACTERS_MIN and any(map(str.isdigit, value))
        if kind == "bic" and len(value) in {8, 11}:
            yield kind, value[:8]
        elif kind is not None and is_number and len(set(value)) > 2:
            yield kind, value.removeprefix("IMO") if kind == "imo" else value


def _may_be_one(one: Listing, other: Listing) -> bool:
    """Entries of two lists, of kinds that may be the same."""
    groups = {group_of(one.entity.schema), group_of(other.entity.schema)} - {None}
    return one.list_id != other.list_id and len(groups) < 2


def _best_scores(listings: Mapping[str, Listing], pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The best score of any two names of each pair."""
    asked: list[tuple[Query, Query]] = []
    counts = []
    for one, other in pairs:
        names = [
            (left, right) for left in _names(listings[one]) for right in _names(listings[other])
        ]
        counts.append(len(names))
        asked += [(Query(name=left), Query(name=right)) for left, right in names]
    scores = iter(compare_names(asked))
    return [max((next(scores) for _ in range(count)), default=0.0) for count in counts]


def _names(listing: Listing) -> list[str]:
    return [name.value for name in listing.entity.names if name.kind is not NameKind.WEAK_ALIAS]


def _by_name(listings: Mapping[str, Listing], index: Index) -> Iterator[Link]:
    """Entries whose names agree almost to the letter, if something else agrees too."""
    asked: list[tuple[str, Query]] = []
    for key, listing in listings.items():
        entity = listing.entity
        for value in _names(listing):
            if len(value.split()) >= NAME_WORDS_MIN:
                query = Query(name=value, schema=entity.schema, birth_dates=entity.birth_dates)
                asked.append((key, query))
    answers = index.search([query for _, query in asked], threshold=NAME_SCORE_MIN)
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for (key, query), answer in zip(asked, answers, strict=True):
        for found in answer.found:
            other = listings.get(found.listing.key)
            if other is None or not _may_be_one(listings[key], other):
                continue
            is_agreed, what = _agreement(listings[key], other, found.birth_evidence)
            pair = (min(key, other.key), max(key, other.key))
            if is_agreed and found.name_score >= NAME_SCORE_MIN:
                said = f"`{query.name}` and `{found.name.value}`, {what}"
                best[pair] = max(best.get(pair, (0.0, "")), (found.name_score, said))
    for (one, other_key), (score, said) in best.items():
        yield _link(one, other_key, LinkBasis.NAME, said, score)


def _agreement(one: Listing, other: Listing, births: BirthEvidence) -> tuple[bool, str]:
    """Whether something beside the names agrees, and what."""
    if births is BirthEvidence.SAME_DAY:
        return True, "born on the same day"
    if births in {BirthEvidence.CONFLICT, BirthEvidence.DOUBTFUL}:
        return False, ""
    countries = _countries(one.entity) & _countries(other.entity)
    if births is BirthEvidence.COMPATIBLE and countries:
        return True, f"compatible births, {min(countries)}"
    is_person = 0 in {group_of(one.entity.schema), group_of(other.entity.schema)}
    if not is_person and countries:
        return True, min(countries)
    return False, ""


def _countries(entity: Entity) -> set[str]:
    printed = (
        *entity.nationalities,
        *entity.flags,
        *(address.country for address in entity.addresses),
    )
    return {text.casefold() for text in printed if text}


def _joined(links: Sequence[Link], parted: set[tuple[str, str]], generation: str) -> Clusters:
    """Follow the links, the strongest first, as far as nothing forbids it."""
    order = {basis: place for place, basis in enumerate(LinkBasis)}
    unique: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda one: (order[one.basis], -one.score, one.left, one.right)):
        unique.setdefault((link.left, link.right), link)
    cluster_by_key: dict[str, set[str]] = {}
    held: list[Link] = []
    conflicts: list[Link] = []
    for link in unique.values():
        left = cluster_by_key.get(link.left, {link.left})
        right = cluster_by_key.get(link.right, {link.right})
        if left is not right and _is_forbidden(left, right, parted, link.basis):
            conflicts.append(link)
            continue
        held.append(link)
        if left is not right:
            joined = left | right
            cluster_by_key.update(dict.fromkeys(joined, joined))
    distinct = {min(keys): tuple(sorted(keys)) for keys in cluster_by_key.values()}
    in_order = lambda link: (link.left, link.right)  # noqa: E731
    return Clusters(
        generation=generation,
        links=tuple(sorted(held, key=in_order)),
        conflicts=tuple(sorted(conflicts, key=in_order)),
        clusters=tuple(distinct[key] for key in sorted(distinct)),
    )


def _is_forbidden(
    left: set[str], right: set[str], parted: set[tuple[str, str]], basis: LinkBasis
) -> bool:
    """A decision parts them, or they hold entries of one list and only evidence joins them."""
    if any((min(one, other), max(one, other)) in parted for one in left for other in right):
        return True
    if basis in {LinkBasis.DECIDED, LinkBasis.PUBLISHED}:
        return False
    lists = {key.partition("/")[0] for key in left}
    return any(key.partition("/")[0] in lists for key in right)
