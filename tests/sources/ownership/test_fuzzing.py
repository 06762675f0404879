"""A short, repeatable run of the harness on mutated files of ownership, without the fuzzer."""

import random
import zlib

import pytest

from fuzz.fuzz_ownership import try_one
from tests.sources.ownership.files import FORMATS, INPUTS
from tests.sources.test_fuzzing import mutated

ROUNDS = 150


@pytest.mark.parametrize("name", FORMATS)
def test_a_mutated_file_is_read_and_examined_or_refused(name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()))

    outcomes = [try_one(mutated(INPUTS[name], chance)) for _ in range(ROUNDS)]

    assert try_one(INPUTS[name])
    assert len(set(outcomes)) == 2, "a run that only reads or only refuses tries too little"
