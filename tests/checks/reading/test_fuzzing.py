"""A short, repeatable run of the harness for acts on mutated examples, without the fuzzer."""

import random

from article41.checks.reading import canonical, read_acts
from fuzz.fuzz_acts import try_one
from tests.sources.test_fuzzing import mutated
from tests.test_guides import EXAMPLES

ROUNDS = 60
SEEDS = [example.encode() for example in EXAMPLES]
SEEDS += [canonical(act) for seed in SEEDS for act in read_acts(seed, file="seed")]


def test_mutated_acts_are_read_or_refused() -> None:
    chance = random.Random(41)
    outcomes = []

    for seed in SEEDS:
        assert try_one(seed)
        outcomes += [try_one(mutated(seed, chance)) for _ in range(ROUNDS)]

    assert 0.01 < sum(outcomes) / len(outcomes) < 0.9, "it only reads or only refuses"
