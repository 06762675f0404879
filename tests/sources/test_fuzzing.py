"""A short, repeatable run of the fuzzing harness on mutated golden files, without the fuzzer."""

import random
import zlib

import pytest

from article41.sources.declared.publication import SHIPPED
from fuzz.fuzz_publications import try_one
from tests.sources.golden_inputs import INPUTS

ROUNDS = 300
INSERTS = (b"<", b">", b"&", b"&amp;", b'"', b"'", b"\0", b"\xff", b"\r\n", b"<!--", b"]]>",
           b"<!DOCTYPE L>", b",", b";", b"-0- ", b"\x1a", b"\xe2\x80\xae", b"9" * 40)  # fmt: skip


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The seed with one to four cuts, doublings, swaps or insertions."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 2, 8, 100)))
        edit = chance.randrange(4)
        if edit == 0:
            del data[start:end]
        elif edit == 1:
            data[start:start] = data[start:end]
        elif edit == 2:
            data[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
        else:
            data[start:start] = chance.choice(INSERTS)
    return bytes(data)


DESCRIPTIONS = {path.name: path.read_bytes() for path in sorted(SHIPPED.glob("*.toml"))}


@pytest.mark.parametrize("name", [*INPUTS, *DESCRIPTIONS])
def test_mutated_golden_file_or_description_is_read_or_refused(name: str) -> None:
    seed = (INPUTS | DESCRIPTIONS)[name]
    chance = random.Random(zlib.crc32(name.encode()))

    outcomes = [try_one(mutated(seed, chance)) for _ in range(ROUNDS)]

    assert try_one(seed)
    assert len(set(outcomes)) == 2, "a run that only reads or only refuses tries too little"
