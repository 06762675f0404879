"""The slow twin: what every score is, from its definitions alone.

It shares with the kernel how a name is read and which words the tables join; the rest it computes
for itself, without bounds, bits, caches of neighbours or an index. One rule, one function.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from itertools import pairwise
from operator import or_
from pathlib import Path
from typing import NamedTuple

from article41.match import kernel
from tests.match.slow_sounds import edits, phonetic, similarity_across

ONE = 4096
SCORE_ONE = 65_536

INITIAL, GLUED, PHONETIC, ROMANISED_SAME = 2458, 3809, 3891, 4014
EDIT_TENTHS = 13
QUERY_LEFT, LISTED_LEFT = 36, 12
PERSON = 0
GLUED_LETTERS_MIN = 4
LETTERS_MAX = 32
_TITLES = (Path(__file__).parents[2] / "kernel" / "data" / "titles.txt").read_text("utf-8")
PARTICLES = frozenset(_TITLES.split("\n[particle]\n")[1].split("\n[")[0].split())
"""The section `particle` of the table of titles: al, bin, van and their like."""


class Word(NamedTuple):
    """A word of a name as it was read."""

    letters: str
    is_romanised: bool
    weight: int

    @property
    def is_number(self) -> bool:
        return any(letter.isdigit() for letter in self.letters)

    @property
    def is_initial(self) -> bool:
        return len(self.letters) == 1 and not self.is_number


class Reading(NamedTuple):
    """One way to read a name."""

    words: tuple[Word, ...]
    legal: int | None
    group: int

    @property
    def weight(self) -> int:
        return sum(word.weight for word in self.words)


class Edge(NamedTuple):
    """Words of both sides that may meet; sorts by place in the query, span, place in the listed."""

    query: int
    span: int
    listed: int
    similarity: int
    query_weight: int
    listed_weight: int

    @property
    def places(self) -> set[int]:
        """The words that it takes on either side; those of the listed name from 100 on."""
        pair_asked = {self.query + 1} if self.span == 2 else set()
        pair_listed = {self.listed + 101} if self.span == 1 else set()
        return {self.query, self.listed + 100} | pair_asked | pair_listed


class Party(NamedTuple):
    """A party with its names, dates of birth and intervals on both clocks."""

    names: tuple[str, ...]
    group: int | None = None
    births: tuple[tuple[int, int], ...] = ()


class Match(NamedTuple):
    """A listed party that resembles a query."""

    party: int
    name: int
    score: int
    name_score: int


@lru_cache(200_000)
def read(text: str, group: int | None) -> tuple[Reading, ...]:
    return tuple(
        Reading(tuple(Word(*word) for word in words), legal, kind)
        for words, legal, kind in kernel.read_name(text, group)
    )


# How alike two words are.


def budget_written(length: int) -> int:
    return 0 if length <= 2 else 1 if length <= 5 else 2 if length <= 9 else 3


def budget_phonetic(length: int) -> int:
    return 0 if length <= 3 else 1 if length <= 6 else 2


@lru_cache(1_000_000)
def similarity(one: Word, other: Word) -> int:
    """The likeness of two words, 0 to `ONE`."""
    if one.letters == other.letters:
        return ONE if one.is_romanised == other.is_romanised else ROMANISED_SAME
    if one.is_number or other.is_number:
        return 0
    if one.is_initial or other.is_initial:
        return INITIAL if one.letters[0] == other.letters[0] else 0
    across = one.is_romanised or other.is_romanised
    return max(
        kernel.variant_similarity(one.letters, other.letters),
        written_similarity(one.letters, other.letters),
        phonetic_similarity(phonetic(one.letters), phonetic(other.letters)),
        min(PHONETIC, similarity_across(one.letters, other.letters)) if across else 0,
    )


def written_similarity(one: str, other: str) -> int:
    length = max(len(one), len(other))
    distance = edits(one, other)
    if distance > budget_written(length):
        return 0
    unlike = distance * ONE * EDIT_TENTHS // 10 // length
    prefix = 0
    while prefix < 4 and one[prefix : prefix + 1] == other[prefix : prefix + 1] != "":
        prefix += 1
    return max(0, ONE - unlike * (10 - prefix) // 10)


def phonetic_similarity(one: str, other: str) -> int:
    length = max(len(one), len(other))
    distance = edits(one, other)
    if distance > budget_phonetic(length):
        return 0
    return max(0, PHONETIC - distance * PHONETIC * EDIT_TENTHS // 10 // length)


def are_glued(first: Word, second: Word, whole: Word) -> bool:
    """True if a word sounds like two neighbours written as one."""
    letters = first.letters + second.letters
    return (
        len(letters) >= GLUED_LETTERS_MIN
        and not (first.is_number or second.is_number or whole.is_number or whole.is_initial)
        and phonetic(letters[:LETTERS_MAX]) == phonetic(whole.letters)
    )


# The best alignment of two readings.


def edges(query: Reading, listed: Reading) -> list[Edge]:
    """Every pair of words that may meet, in canonical order."""
    found = []
    for i, one in enumerate(query.words):
        for j, other in enumerate(listed.words):
            if alike := similarity(one, other):
                found.append(Edge(i, 0, j, alike, one.weight, other.weight))
        for j, (first, second) in enumerate(pairwise(listed.words)):
            if are_glued(first, second, one):
                found.append(Edge(i, 1, j, GLUED, one.weight, first.weight + second.weight))
    for i, (first, second) in enumerate(pairwise(query.words)):
        for j, other in enumerate(listed.words):
            if are_glued(first, second, other):
                found.append(Edge(i, 2, j, GLUED, first.weight + second.weight, other.weight))
    return sorted(found)


class Costs(NamedTuple):
    """What a word left over costs on each side, in fortieths of its weight."""

    query: int
    listed: int


FORWARD, REVERSE = Costs(QUERY_LEFT, LISTED_LEFT), Costs(LISTED_LEFT, QUERY_LEFT)


def alignment_score(query: Reading, listed: Reading, chosen: Sequence[Edge], costs: Costs) -> int:
    """sum(s p) / (sum(p) + left over), p the mean weight of the two sides, 0 to `SCORE_ONE`."""
    alike = sum(edge.similarity * (edge.query_weight + edge.listed_weight) for edge in chosen)
    paired = sum(edge.query_weight + edge.listed_weight for edge in chosen)
    left_query = query.weight - sum(edge.query_weight for edge in chosen)
    left_listed = listed.weight - sum(edge.listed_weight for edge in chosen)
    whole = 20 * paired + costs.query * left_query + costs.listed * left_listed
    return 20 * alike * (SCORE_ONE // ONE) // whole if whole else 0


def gain(edge: Edge, score: int, costs: Costs) -> int:
    """What an edge adds towards a score: `alignment_score >= score` cleared of its fraction."""
    both = edge.query_weight + edge.listed_weight
    left = costs.query * edge.query_weight + costs.listed * edge.listed_weight
    return 20 * both * (edge.similarity * (SCORE_ONE // ONE) - score) + score * left


def richest(found: Sequence[Edge], score: int, costs: Costs) -> tuple[int, list[Edge]]:
    """The disjoint edges with the greatest total gain; among equals the ones that come first."""
    taken = [sum(1 << place for place in edge.places) for edge in found]
    later = [reduce(or_, taken[at:], 0) for at in range(len(found) + 1)]

    @cache
    def most(at: int, used: int) -> int:
        """The greatest gain of edges from one on, if these places are used."""
        return (
            max(with_edge(at, used), most(at + 1, used & later[at + 1])) if at < len(found) else 0
        )

    def with_edge(at: int, used: int) -> int:
        own = gain(found[at], score, costs)
        if own <= 0 or used & taken[at]:
            return -1
        return own + most(at + 1, (used | taken[at]) & later[at + 1])

    chosen, used = [], 0
    for at, edge in enumerate(found):
        if with_edge(at, used) == most(at, used & later[at]):
            chosen.append(edge)
            used |= taken[at]
    return most(0, 0), chosen


def align(query: Reading, listed: Reading, costs: Costs) -> tuple[int, list[Edge]]:
    """The highest score that any alignment reaches, and the canonical alignment that does."""
    found = edges(query, listed)
    if not found:
        return 0, []
    left = costs.query * query.weight + costs.listed * listed.weight
    low, high = 0, SCORE_ONE
    while low < high:
        middle = (low + high + 1) // 2
        if richest(found, middle, costs)[0] >= middle * left:
            low = middle
        else:
            high = middle - 1
    return low, richest(found, low, costs)[1]


# What lowers the score of an alignment: factors of `ONE`.


def factors(query: Reading, listed: Reading, chosen: Sequence[Edge]) -> list[int]:
    return [
        both_left_over(query, listed, chosen),
        numbers(query, listed),
        legal_forms(query, listed),
        order_of_descent(query, listed, chosen),
        one_word_alike(query, listed, chosen),
    ]


def both_left_over(query: Reading, listed: Reading, chosen: Sequence[Edge]) -> int:
    left_query = query.weight - sum(edge.query_weight for edge in chosen)
    left_listed = listed.weight - sum(edge.listed_weight for edge in chosen)
    share = min(left_query, left_listed) * ONE // max(1, min(query.weight, listed.weight))
    return ONE - share // 10 * 7


def numbers(query: Reading, listed: Reading) -> int:
    one, other = (
        sorted(word.letters for word in reading.words if word.is_number)
        for reading in (query, listed)
    )
    if one == other:
        return ONE
    return ONE * 6 // 10 if one and other else ONE * 85 // 100


def legal_forms(query: Reading, listed: Reading) -> int:
    both = query.legal is not None and listed.legal is not None
    return ONE * 96 // 100 if both and query.legal != listed.legal else ONE


def order_of_descent(query: Reading, listed: Reading, chosen: Sequence[Edge]) -> int:
    """Names of persons that both say whose son or daughter they are keep their order."""
    of = {"bin", "ibn", "ben", "bint"}
    is_stated = all(of & {w.letters for w in reading.words} for reading in (query, listed))
    if query.group != PERSON or not is_stated:
        return ONE
    places = [e.listed for e in chosen if query.words[e.query].letters not in PARTICLES]
    return ONE if places == sorted(places) else ONE * 85 // 100


def one_word_alike(query: Reading, listed: Reading, chosen: Sequence[Edge]) -> int:
    if len(chosen) != 1 or chosen[0].span or chosen[0].similarity >= ROMANISED_SAME:
        return ONE
    one, other = query.words[chosen[0].query], listed.words[chosen[0].listed]
    is_spared = query.group == PERSON and one.is_romanised == other.is_romanised
    return ONE if is_spared else ONE * 85 // 100


@lru_cache(500_000)
def resemble(query: Reading, listed: Reading, costs: Costs) -> int:
    """The score of two readings, 0 to `SCORE_ONE`."""
    if query.group != listed.group:
        return 0
    score, chosen = align(query, listed, costs)
    for factor in factors(query, listed, chosen):
        score = score * factor // ONE
    return score


def name_score(query: Party, listed: Party, name: int, costs: Costs) -> int:
    """The score of the query's name and one name of a listed party, over all their readings."""
    (asked,) = query.names
    return max(
        (
            resemble(one, other, costs)
            for one in read(asked, query.group)
            for other in read(listed.names[name], listed.group)
        ),
        default=0,
    )


CONFLICT, DOUBTFUL, NEAR, ABSENT, COMPATIBLE, SAME_DAY = range(6)
ESTIMATE_YEARS = 7


def birth_evidence(query: Iterable[tuple[int, int]], listed: Iterable[tuple[int, int]]) -> int:
    """What two sets of dates say together: the most favourable of their pairs."""
    listed = tuple(listed)
    return max((dates(one, other) for one in query for other in listed), default=ABSENT)


def dates(one: tuple[int, int], other: tuple[int, int]) -> int:
    if one[0] != one[1] or other[0] != other[1]:
        first, last, other_first, other_last = (day // 10_000 for day in (*one, *other))
        apart = max(first - other_last, other_first - last)
        return COMPATIBLE if apart <= 0 else NEAR if apart == 1 else CONFLICT
    day, other_day = one[0], other[0]
    whole = is_whole(day) and is_whole(other_day)
    (year, *parts), (other_year, *other_parts) = split(day), split(other_day)
    agree = [a == b or 0 in (a, b) for a, b in zip(parts, other_parts, strict=True)]
    if year == other_year and all(agree):
        return SAME_DAY if whole else COMPATIBLE
    if year == other_year and parts == other_parts[::-1]:
        return COMPATIBLE
    is_slip = year == other_year and any(agree)
    ours, theirs = f"{day:08d}", f"{other_day:08d}"
    first, *more = [at for at in range(8) if ours[at] != theirs[at]]
    is_turned = more == [first + 1] and ours[first:][:2] == theirs[first:][:2][::-1]
    if is_slip or abs(year - other_year) == 1 or (whole and (not more or is_turned)):
        return NEAR
    return DOUBTFUL if not whole and abs(year - other_year) <= ESTIMATE_YEARS else CONFLICT


def split(day: int) -> tuple[int, int, int]:
    return day // 10_000, day // 100 % 100, day % 100


def is_whole(day: int) -> bool:
    """True if month and day are known; lists write the first of January for an unknown day."""
    _, *parts = split(day)
    return 0 not in parts and parts != [1, 1]


def with_births(score: int, evidence: int) -> int:
    if evidence == SAME_DAY:
        return SCORE_ONE - (SCORE_ONE - score) // 2
    percent = {NEAR: 93, DOUBTFUL: 80}
    if evidence in percent:
        return score // 100 * percent[evidence]
    return score // 2 if evidence == CONFLICT else score


def compare(query: Party, listed: Party) -> int:
    """The score of two parties of one name each, with their dates of birth."""
    score = name_score(query, listed, 0, FORWARD)
    return with_births(score, birth_evidence(query.births, listed.births)) if score else 0


def search(
    query: Party, parties: Sequence[Party], threshold: int, costs: Costs = FORWARD
) -> list[Match]:
    """Every party with at least the threshold: the best first, equals in the order given."""
    found = []
    for number, party in enumerate(parties):
        evidence = birth_evidence(query.births, party.births)
        best = None
        for place in range(len(party.names)):
            if named := name_score(query, party, place, costs):
                match = Match(number, place, with_births(named, evidence), named)
                if match.score >= threshold and (best is None or match.score > best.score):
                    best = match
        found += [best] if best else []
    return sorted(found, key=lambda match: (-match.score, match.party))
