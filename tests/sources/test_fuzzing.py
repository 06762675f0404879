"""A short, repeatable run of the fuzzing harnesses on mutated seeds, without the fuzzer."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz import fuzz_ofac_csv, fuzz_ofac_xml, fuzz_un

GOLDEN = Path(__file__).parents[1] / "golden"
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


CASES = [
    (fuzz_un.try_one, (GOLDEN / "un" / "input.xml").read_bytes()),
    (fuzz_ofac_xml.try_one, (GOLDEN / "ofac-xml" / "consolidated.xml").read_bytes()),
    (fuzz_ofac_xml.try_one, (GOLDEN / "ofac-xml" / "sdn.xml").read_bytes()),
    (fuzz_ofac_csv.try_one, fuzz_ofac_csv.PRIMARY),
    (fuzz_ofac_csv.try_one, b'7,1,"aka","SAMPLE, Ada",-0- \r\n\x1a'),
    (fuzz_ofac_csv.try_one, b'7,1,"1 Example Street","Exampleville","Examplia",-0- \r\n\x1a'),
]


@pytest.mark.parametrize(("try_one", "seed"), CASES)
def test_mutated_seed_is_read_or_refused(try_one: Callable[[bytes], bool], seed: bytes) -> None:
    chance = random.Random(41)

    outcomes = [try_one(mutated(seed, chance)) for _ in range(ROUNDS)]

    assert try_one(seed)
    assert len(set(outcomes)) == 2, "a run that only reads or only refuses tries too little"
