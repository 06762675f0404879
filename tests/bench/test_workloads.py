"""The names that benchmarks use are many, distinct, and the same each time."""

import random

import pytest

from bench import workloads
from bench.workloads import customers, listed, perturbed_name, recombined, words

needs_lists = pytest.mark.skipif(
    not workloads.SHARED.exists(), reason="the official files are absent: set ARTICLE41_SHARED"
)


def test_words_lose_their_accents_and_keep_their_script() -> None:
    assert words("Žeľda O'Quáxley-Vrint (II)") == ["zelda", "oquaxley", "vrint", "ii"]
    assert words("Зельда Й.") == ["зельда", "и"]


@needs_lists
@pytest.mark.slow
def test_recombined_names_are_distinct_and_hold_the_real_ones() -> None:
    real = {" ".join(words(party.name)) for party in listed()}
    size = len(real) + 5_000

    names = [party.name for party in recombined(size)]

    assert len(names) == len(set(names)) == size
    assert real <= set(names)
    assert len({word for name in names for word in name.split()}) > len(
        {word for name in real for word in name.split()}
    )
    assert names == [party.name for party in recombined(size)]


@needs_lists
@pytest.mark.slow
def test_customers_and_errors_are_the_same_each_time() -> None:
    assert list(customers(300)) == list(customers(300))
    perturbed = [perturbed_name("Zelda Mirabel Quaxley", random.Random(seed)) for seed in range(50)]
    assert perturbed == [
        perturbed_name("Zelda Mirabel Quaxley", random.Random(seed)) for seed in range(50)
    ]
    assert len(set(perturbed)) > 25
