"""The kernel scores two names as their definitions do, to the last bit."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from article41.match import kernel
from tests.match.indexes import scores
from tests.match.names import OTHER, dice, like, name, pair, word
from tests.match.slow_sounds import edits
from tests.match.slow_twin import (
    FORWARD,
    REVERSE,
    Costs,
    Edge,
    Party,
    Reading,
    align,
    alignment_score,
    compare,
    edges,
    factors,
    name_score,
    read,
)

SEED = 41


@seed(SEED)
@given(dice)
def test_the_kernel_and_the_twin_give_generated_names_the_same_score(dice: Random) -> None:
    asked = [pair(dice) for _ in range(8)]

    assert scores(asked) == [compare(one, other) for one, other in asked]


@seed(SEED)
@given(dice)
def test_they_agree_on_single_words_and_across_scripts(dice: Random) -> None:
    asked = []
    for _ in range(20):
        foreign = dice.choice(OTHER)
        letters = " ".join(word.letters for word in read(foreign, 0)[0].words)
        near = "".join(like(dice, letters) for _ in range(dice.randint(1, 2)))
        asked.append((Party((near,), 0), Party((foreign,), 0)))
        asked.append((Party((dice.choice(OTHER),), 0), Party((foreign,), 0)))
        asked.append((Party((word(dice),), 0), Party((like(dice, near),), 0)))

    assert scores(asked) == [compare(one, other) for one, other in asked]


@seed(SEED)
@given(dice, st.sampled_from((FORWARD, REVERSE)))
def test_the_explanation_shows_the_score_and_the_factors_of_the_twin(
    dice: Random, costs: Costs
) -> None:
    one, other = pair(dice)

    explained = kernel.explain(
        one.names[0], one.group, other.names[0], other.group, reverse=costs is REVERSE
    )

    score = name_score(one, other, 0, costs)
    if explained is None:
        assert score == 0
        return
    product = explained[1]
    for _, factor in explained[5]:
        product = product * factor // kernel.ONE
    assert explained[0] == product == score


@seed(SEED)
@given(dice, st.sampled_from((FORWARD, REVERSE)))
def test_the_twin_finds_the_highest_score_of_all_alignments(dice: Random, costs: Costs) -> None:
    one, other = pair(dice)
    for query in read(one.names[0], 0):
        for listed in read(other.names[0], 0):
            found = edges(query, listed)

            score, chosen = align(query, listed, costs)

            assert chosen == [] or alignment_score(query, listed, chosen, costs) == score
            best = best_of_every_subset(query, listed, found[:10], costs)
            assert score == best if len(found) <= 10 else score >= best


def best_of_every_subset(query: Reading, listed: Reading, found: list[Edge], costs: Costs) -> int:
    best = 0
    for count in range(1, len(found) + 1):
        for chosen in combinations(found, count):
            places = [place for edge in chosen for place in edge.places]
            if len(set(places)) == len(places):
                best = max(best, alignment_score(query, listed, chosen, costs))
    return best


@seed(SEED)
@given(dice, st.sampled_from((0, 1, 2)))
def test_a_name_is_identical_with_itself(dice: Random, group: int) -> None:
    text = name(dice)
    party = Party((text,), group)

    assert scores([(party, party)]) == [kernel.SCORE_ONE if read(text, group) else 0]


@pytest.mark.parametrize("crowd", ["ali " * 24, "al " * 20 + "Hasan", "a b " * 12, "aly ali " * 12])
def test_a_name_of_one_word_many_times_is_identical_with_itself(crowd: str) -> None:
    party = Party((crowd,), 0)

    assert scores([(party, party)]) == [kernel.SCORE_ONE]


@seed(SEED)
@given(dice)
def test_only_the_same_words_are_identical(dice: Random) -> None:
    one, other = (Party(party.names, 0) for party in pair(dice))
    words = [
        {tuple(sorted(reading.words)) for reading in read(party.names[0], 0)}
        for party in (one, other)
    ]

    (score,) = scores([(one, other)])

    assert score < kernel.SCORE_ONE or words[0] & words[1]


def test_a_shared_common_surname_alone_stays_low() -> None:
    asked = [
        (Party((one,), 0), Party((other,), 0))
        for one, other in (
            ("Oleg Ivanov", "Taras Ivanov"),
            ("Mohamed Ali", "Hussein Ali"),
            ("Kim Jong Ho", "Kim Sun Mi"),
            ("Peter Smith", "Agnes Smith"),
        )
    ]

    assert all(score < 0.6 * kernel.SCORE_ONE for score in scores(asked))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "abc", 3),
        ("ca", "abc", 3),
        ("ab", "ba", 1),
        ("abcd", "acbd", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_the_twin_counts_edits_as_the_textbook_does(one: str, other: str, distance: int) -> None:
    assert edits(one, other) == edits(other, one) == distance


def test_factors_only_ever_lower_a_score() -> None:
    readings = [read(name, 1)[0] for name in ("Orient Star 7 Ltd", "Orient GmbH", "Star Two", "J")]
    for query in readings:
        for listed in readings:
            _, chosen = align(query, listed, FORWARD)
            assert all(0 <= factor <= kernel.ONE for factor in factors(query, listed, chosen))
