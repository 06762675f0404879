"""What says that entries of two lists name one target: each piece of evidence is a link.

Nothing is joined here. A link says how it is known and what the two have in common.
"""

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations, product
from typing import TYPE_CHECKING

import msgspec

from article41.match import BirthEvidence, Found, Index, IndexedListing, Query, group_of
from article41.match import compare as compare_names
from article41.model.clocks import PartialDate
from article41.model.entities import Entity, NameKind, Schema
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing
from article41.store import LinkVerdict

if TYPE_CHECKING:
    from article41.store import LinkDecision

NAME_SCORE_MIN = 0.97
"""Names alone link entries from this score on, and only with further evidence."""
NAME_SCORE_FOR_NUMBERS = 0.7
"""Two entries with one number must resemble at least so much, births included: numbers are
misprinted, and a family or a group of companies may print one for several."""
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
_UNIQUE = {"imo", "lei"}
"""Numbers that are given once in the world: two of one kind are two targets."""
_NUMBER_CHARACTERS_MIN = 6
_PERSONS = group_of(Schema.PERSON)
_WORD = re.compile(r"\w+")


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


def decided(decisions: Iterable["LinkDecision"]) -> Iterator[Link]:
    """The links that people have made."""
    for one in decisions:
        if one.verdict is LinkVerdict.SAME:
            said = f"{one.reason} ({one.decided_by}, {one.decided_at.date()})"
            yield _link(*one.pair, LinkBasis.DECIDED, said)


def published(listings: Mapping[str, Listing]) -> Iterator[Link]:
    """The links that authorities name themselves."""
    for key, listing in listings.items():
        for other in listing.restates:
            if other in listings:
                yield _link(key, other, LinkBasis.PUBLISHED, f"{key} repeats it")
        for other in listing.same_as:
            if other in listings:
                yield _link(key, other, LinkBasis.PUBLISHED, f"{key} names it")


def by_number(listings: Mapping[str, Listing]) -> Iterator[Link]:
    """Entries that print the same number, and are not too unlike."""
    numbers = {key: _numbers(listing.entity) for key, listing in listings.items()}
    keys_by_number: dict[_Number, list[str]] = defaultdict(list)
    for key, printed in numbers.items():
        for number in sorted(printed):
            keys_by_number[number].append(key)
    number_by_pair: dict[tuple[str, str], _Number] = {}
    for number, keys in keys_by_number.items():
        if 1 < len(keys) <= SHARED_NUMBER_MAX:
            for one, other in combinations(sorted(keys), 2):
                if _may_be_one(listings[one], listings[other]):
                    number_by_pair.setdefault((one, other), number)
    scores = _best_scores(listings, list(number_by_pair))
    for ((one, other), number), score in zip(number_by_pair.items(), scores, strict=True):
        kind, value = number
        if score >= NAME_SCORE_FOR_NUMBERS or _is_given_once(kind, listings[one], listings[other]):
            yield _link(one, other, LinkBasis.NUMBER, f"{kind} {value}")


def by_name(
    listings: Mapping[str, Listing], index: Index, *, known_at: datetime | None = None
) -> Iterator[Link]:
    """Entries whose names agree almost to the letter, if something else agrees too."""
    keys_by_query: dict[Query, list[str]] = defaultdict(list)
    for key, listing in listings.items():
        if _may_agree(listing) and not any(other in listings for other in listing.restates):
            for query in dict.fromkeys(_queries(listing)):
                if len(query.name.split()) >= NAME_WORDS_MIN:
                    keys_by_query[query].append(key)
    # An entry that only repeats another need not ask: those that ask find it.
    # Names that are alike find the same entries: asked one after the other, each is read once.
    queries = sorted(keys_by_query, key=lambda query: query.name)
    answers = index.search(queries, threshold=NAME_SCORE_MIN, known_at=known_at)
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for query, answer in zip(queries, answers, strict=True):
        for key, found in product(keys_by_query[query], answer.found):
            other = listings.get(found.listing.key)
            if other is None or other.list_id == listings[key].list_id:
                continue
            if not _is_content(found.listing, other):
                continue
            score, name = _strong_name(query, found, other)
            pair = (min(key, other.key), max(key, other.key))
            if score >= NAME_SCORE_MIN and score > best.get(pair, (0.0, ""))[0]:
                what = _agreement(listings[key], other, found.birth_evidence)
                if what:
                    best[pair] = score, f"`{query.name}` and `{name}`, {what}"
    for (one, another), (score, said) in best.items():
        yield _link(one, another, LinkBasis.NAME, said, score)


def _is_content(found: IndexedListing, listing: Listing) -> bool:
    """An index holds what an entry said before as well; that says nothing of the entry now."""
    births = tuple(map(str, listing.entity.birth_dates))
    return found.names == listing.entity.names and found.birth_dates == births


def _strong_name(query: Query, found: Found, listing: Listing) -> tuple[float, str]:
    """The name of an entry that resembles most and is not a weak alias, with its score."""
    if found.name.kind is not NameKind.WEAK_ALIAS:
        return found.name_score, found.name.value
    asked = Query(name=query.name, schema=query.schema)
    names = _names(listing)
    scores = compare_names(
        [(asked, Query(name=name, schema=listing.entity.schema)) for name in names]
    )
    return max(zip(scores, names, strict=True), default=(0.0, ""))


def are_twins(one: Listing, other: Listing) -> bool:
    """Entries of one list that name one target, so that evidence may join them.

    They are vessels with one IMO number; or kind and first name agree to the letter, and so does a
    day of birth or a number.

    Example:
        >>> from article41.model.entities import Name
        >>> ada = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
        >>> first = Listing(authority="XA", list_id="xa", id="7", entity=ada, place="a.csv:1")
        >>> are_twins(first, msgspec.structs.replace(first, id="8"))
        False
    """
    left, right = one.entity, other.entity
    shared = _numbers(left) & _numbers(right)
    if any(_is_given_once(kind, one, other) for kind, _ in shared):
        return True
    is_alike = left.schema is right.schema and _first_name(left) == _first_name(right)
    return is_alike and bool(shared or _birth_days(left) & _birth_days(right))


def _link(one: str, other: str, basis: LinkBasis, reason: str, score: float = 1.0) -> Link:
    left, right = sorted((one, other))
    return Link(left=left, right=right, basis=basis, reason=reason, score=score)


_Number = tuple[str, str]
"""Kind and value."""


def _numbers(entity: Entity) -> frozenset[_Number]:
    return frozenset(_marking_numbers(entity)) if entity.identifiers else frozenset()


def _marking_numbers(entity: Entity) -> Iterator[_Number]:
    for identifier in entity.identifiers:
        kind = _STRONG.get(identifier.kind)
        if kind is None:
            continue
        value = "".join(filter(str.isalnum, identifier.value)).upper()
        is_number = len(value) >= _NUMBER_CHARACTERS_MIN and any(map(str.isdigit, value))
        if kind == "bic":
            if len(value) in {8, 11}:
                yield kind, value[:8]
        elif is_number and len(set(value)) > 2:
            yield kind, value.removeprefix("IMO") if kind == "imo" else value


def _is_given_once(kind: str, one: Listing, other: Listing) -> bool:
    """A number that decides alone; companies print the IMO numbers of several ships."""
    schemas = {one.entity.schema, other.entity.schema}
    return kind in _UNIQUE and (kind != "imo" or schemas == {Schema.VESSEL})


def _may_be_one(one: Listing, other: Listing) -> bool:
    """Entries of two lists of kinds that may be the same, or entries of one list that are twins."""
    groups = {group_of(one.entity.schema), group_of(other.entity.schema)} - {None}
    return len(groups) < 2 and (one.list_id != other.list_id or are_twins(one, other))


def _best_scores(listings: Mapping[str, Listing], pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The best score of any two names of each pair."""
    asked: list[tuple[Query, Query]] = []
    counts = []
    for one, other in pairs:
        names = list(product(_queries(listings[one]), _queries(listings[other])))
        counts.append(len(names))
        asked += names
    scores = iter(compare_names(asked))
    return [max((next(scores) for _ in range(count)), default=0.0) for count in counts]


def _queries(listing: Listing) -> list[Query]:
    entity = listing.entity
    return [
        Query(name=name, schema=entity.schema, birth_dates=entity.birth_dates)
        for name in _names(listing)
    ]


def _names(listing: Listing) -> list[str]:
    return [name.value for name in listing.entity.names if name.kind is not NameKind.WEAK_ALIAS]


def _first_name(entity: Entity) -> list[str]:
    return sorted(_WORD.findall(entity.names[0].value.casefold()))


def _birth_days(entity: Entity) -> set[PartialDate]:
    return {
        born.first
        for born in entity.birth_dates
        if born.first.day and not born.is_approximate and born.last in {None, born.first}
    }


def _may_agree(listing: Listing) -> bool:
    """Whether the entry prints anything beside its names that another could agree with."""
    entity = listing.entity
    is_person = group_of(entity.schema) == _PERSONS
    return bool(entity.birth_dates or (not is_person and _countries(entity)))


def _agreement(one: Listing, other: Listing, births: BirthEvidence) -> str:
    """What agrees beside the names; empty if nothing does, or something speaks against it."""
    groups = {group_of(one.entity.schema), group_of(other.entity.schema)} - {None}
    if len(groups) > 1 or births in {BirthEvidence.CONFLICT, BirthEvidence.DOUBTFUL}:
        return ""
    agreed = min(_countries(one.entity) & _countries(other.entity), default="")
    if births is BirthEvidence.SAME_DAY:
        agreed = "born on the same day"
    elif agreed and births is BirthEvidence.COMPATIBLE:
        agreed = f"compatible births, {agreed}"
    elif _PERSONS in groups:
        return ""
    return "" if agreed and _have_other_numbers(one, other) else agreed


def _have_other_numbers(one: Listing, other: Listing) -> bool:
    """Both print numbers of a kind that is given once, and none is the same."""
    left, right = _numbers(one.entity), _numbers(other.entity)
    return any(
        kind in {kind for kind, _ in left}
        and kind in {kind for kind, _ in right}
        and not any(number[0] == kind for number in left & right)
        for kind in _UNIQUE
    )


def _countries(entity: Entity) -> set[str]:
    printed = (
        *entity.nationalities,
        *entity.flags,
        *(address.country for address in entity.addresses),
    )
    return {text.casefold() for text in printed if text}
