"""The index answers what scoring every name answers, and what the slow twin answers."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, seed

from article41.match.party import birth_spans, group_of
from article41.sources.publications import read_publications
from tests.match.indexes import built, found, scores
from tests.match.names import dice, like, parties, questions, word
from tests.match.slow_twin import FORWARD, REVERSE, SCORE_ONE, Match, Party, compare, search

SEED = 41
THRESHOLDS = [SCORE_ONE * share // 100 for share in (40, 60, 70, 80, 90, 100)]
DIRECTIONS = {False: FORWARD, True: REVERSE}
WAYS = list(itertools.product(THRESHOLDS, (False, True)))


def twin_answers(
    queries: Sequence[Party], listed: Sequence[Party], *, reverse: bool
) -> list[list[Match]]:
    return [search(query, listed, THRESHOLDS[0], DIRECTIONS[reverse]) for query in queries]


def from_threshold(answers: list[list[Match]], threshold: int) -> list[list[Match]]:
    return [[match for match in matches if match.score >= threshold] for matches in answers]


@seed(SEED)
@given(dice)
def test_index_exhaustive_mode_and_twin_agree_on_generated_lists(dice: Random) -> None:
    listed = parties(dice, dice.randint(1, 10))
    queries = questions(dice, listed, 3)
    by_twin = {reverse: twin_answers(queries, listed, reverse=reverse) for reverse in DIRECTIONS}
    with TemporaryDirectory() as folder:
        index = built(Path(folder) / "names.index", listed)
        for threshold, reverse in WAYS:
            expected = from_threshold(by_twin[reverse], threshold)
            assert found(index, queries, threshold, reverse=reverse) == expected
            assert found(index, queries, threshold, reverse=reverse, exhaustive=True) == expected


@pytest.mark.parametrize("vocabulary_size", [25, 120])
def test_they_agree_on_longer_lists_of_few_words(tmp_path: Path, vocabulary_size: int) -> None:
    dice = Random(SEED + vocabulary_size)
    vocabulary = [word(dice) for _ in range(vocabulary_size)]
    listed = parties(dice, 220, vocabulary)
    queries = questions(dice, listed, 25)
    index = built(tmp_path / "names.index", listed)

    for reverse in DIRECTIONS:
        by_twin = twin_answers(queries, listed, reverse=reverse)
        for threshold, cache in itertools.product(THRESHOLDS, (False, True)):
            expected = from_threshold(by_twin, threshold)
            assert found(index, queries, threshold, reverse=reverse, cache=cache) == expected
            if not cache:
                slow = found(index, queries, threshold, reverse=reverse, exhaustive=True)
                assert slow == expected


def test_batches_single_queries_caches_and_threads_answer_alike(tmp_path: Path) -> None:
    dice = Random(SEED)
    listed = parties(dice, 300, [word(dice) for _ in range(200)])
    queries = questions(dice, listed, 600)
    index = built(tmp_path / "names.index", listed)
    threshold = THRESHOLDS[2]

    alone = [found(index, [query], threshold)[0] for query in queries]

    assert sum(map(len, alone)) > 500
    for cache, threads in itertools.product((False, True), (0, 1, 2)):
        assert found(index, queries, threshold, cache=cache, threads=threads) == alone
    assert found(index, queries, threshold, exhaustive=True, threads=2) == alone


@pytest.mark.parametrize("crowd", ["a al 7", "b ab bab", "a al ala ali"])
def test_names_of_few_words_many_times_lose_nothing(tmp_path: Path, crowd: str) -> None:
    dice = Random(SEED)
    born = ((19700214, 19700214),)
    listed = [
        Party((" ".join(dice.choices(crowd.split(), k=dice.randint(5, 24))),), 2, birth)
        for birth in ((), born) * 12
    ]
    index = built(tmp_path / "names.index", listed)

    for reverse in DIRECTIONS:
        for query in listed[:8]:
            asked = [query._replace(births=born)]
            assert found(index, asked, THRESHOLDS[0], reverse=reverse) == found(
                index, asked, THRESHOLDS[0], reverse=reverse, exhaustive=True
            )


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Party]:
    """The parties of a whole OFAC list with its aliases and of a whole UN list."""
    ofac = [shared / "data" / "ofac" / name for name in
            ("ofac-sdn-2024-04-26.csv.gz", "ofac-alt-2024-01-08.csv")]  # fmt: skip
    un = [shared / "data" / "un" / "un-consolidated-2026-02-27.xml.gz"]
    versions = [
        *read_publications(ofac, published=date(2024, 4, 26)),
        *read_publications(un),
    ]
    entities = (listing.entity for version in versions for listing in version.listings())
    return [
        Party(
            tuple(name.value for name in entity.names),
            group_of(entity.schema),
            tuple(birth_spans(entity.birth_dates)),
        )
        for entity in entities
    ]


def near(listed: Sequence[Party], count: int) -> Iterator[Party]:
    """Queries for names of a list, changed a little, some without their kind or birth dates."""
    dice = Random(SEED)
    for party in dice.sample(list(listed), count):
        group = party.group if dice.randrange(3) else None
        births = party.births if dice.randrange(2) else ()
        yield Party((like(dice, dice.choice(party.names)),), group, births)


@pytest.mark.slow
def test_the_index_of_all_real_names_answers_what_scoring_them_all_answers(
    real: list[Party], tmp_path: Path
) -> None:
    index = built(tmp_path / "names.index", real)
    queries = list(near(real, 24))

    for threshold, reverse in itertools.product(THRESHOLDS[1:5:2], DIRECTIONS):
        by_index = found(index, queries, threshold, reverse=reverse)
        assert by_index == found(
            index, queries, threshold, reverse=reverse, exhaustive=True, threads=2
        )
        assert sum(map(len, by_index)) >= 20


@pytest.mark.slow
def test_the_twin_agrees_on_real_names(real: list[Party], tmp_path: Path) -> None:
    listed = Random(SEED).sample(real, 150)
    queries = list(near(listed, 30))
    index = built(tmp_path / "names.index", listed)

    for reverse in DIRECTIONS:
        by_twin = twin_answers(queries, listed, reverse=reverse)
        for threshold in THRESHOLDS:
            expected = from_threshold(by_twin, threshold)
            assert found(index, queries, threshold, reverse=reverse) == expected


@pytest.mark.slow
def test_real_names_score_alike_in_pairs(real: list[Party]) -> None:
    dice = Random(SEED)
    pairs = [
        (Party((like(dice, name),), party.group), Party((name,), party.group))
        for party in dice.sample(real, 400)
        for name in party.names[:1]
    ]

    assert scores(pairs) == [compare(one, other) for one, other in pairs]
