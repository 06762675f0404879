"""Batches are read in flat memory, and damaged bytes are read or refused, never half read."""

import random
import subprocess
import sys
import zlib

import pytest

from article41.checks.payment.iso20022 import opening
from article41.checks.payment.iso20022.table import PLANS_MAX, message_kind, plans_of
from article41.checks.payment.message import Means, Transaction
from article41.model.errors import MessageError
from fuzz.fuzz_iso20022 import try_one
from tests.checks.payment.iso_messages import (
    TRANSFER,
    credit_transfers,
    document,
    enveloped,
    read,
    said,
)
from tests.checks.payment.test_iso20022 import INITIATION

ROUNDS = 300
INSERTS = (b"<", b">", b"&amp;", b"<!-- -->", b"<?a b?>", b"<![CDATA[x]]>", b"<x>", b"</x>",
           b"<Nm>q</Nm>", b"<Envlp>", b"<CdtTrfTxInf/>", b"word", b' a="b"', b"\0")  # fmt: skip
SEEDS = {
    "batch": credit_transfers(3).encode(),
    "enveloped": enveloped(credit_transfers()).encode(),
    "groups": document(INITIATION, kind="pain.001.001.09").encode(),
}
MEMORY = """
import io, resource, sys
from article41.checks.payment.iso20022 import read_iso20022
from tests.checks.payment.iso_messages import credit_transfers

class Endless(io.RawIOBase):
    def __init__(self, count):
        whole = credit_transfers(1, each="|").replace("<NbOfTxs>1", f"<NbOfTxs>{count}").encode()
        self.head, self.tail = whole.split(b"|")
        self.unit = sys.argv[2].encode()
        self.count = count
        self.seek(0)
    def seekable(self):
        return True
    def tell(self):
        return 0
    def seek(self, at, whence=0):
        self.left, self.at_head, self.at_tail = self.count, True, False
        return 0
    def read(self, size=-1):
        if self.at_head:
            self.at_head = False
            return self.head
        if self.left:
            self.left -= 1
            return self.unit
        done, self.at_tail = self.at_tail, True
        return b"" if done else self.tail

number = sum(1 for _ in read_iso20022(Endless(int(sys.argv[1])), name="-"))
assert number == int(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The seed with one to three cuts, doublings or insertions."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 8, 100)))
        edit = chance.randrange(3)
        if edit == 0:
            del data[start:end]
        elif edit == 1:
            data[start:start] = data[start:end]
        else:
            data[start:start] = chance.choice(INSERTS)
    return bytes(data)


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_message_is_read_to_the_last_letter_or_refused(name: str) -> None:
    chance = random.Random(zlib.crc32(name.encode()))

    outcomes = [try_one(mutated(SEEDS[name], chance)) for _ in range(ROUNDS)]

    assert try_one(SEEDS[name])
    assert len(set(outcomes)) == 2, "a run that only reads or only refuses tries too little"


@pytest.mark.parametrize("name", SEEDS)
def test_a_short_message_is_read_as_one_that_comes_in_pieces(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(zlib.crc32(name.encode()))
    messages = [SEEDS[name], *(mutated(SEEDS[name], chance) for _ in range(ROUNDS))]
    at_once = [told(one) for one in messages]
    monkeypatch.setattr(opening, "CHUNK_BYTES", 0)  # None is so short that it is parsed at once.

    in_pieces = [told(one) for one in messages]

    assert in_pieces == at_once


def told(message: bytes) -> list[Transaction] | str:
    try:
        return read(message)
    except MessageError as error:
        return f"{error} {error.hint}"


def test_a_long_number_is_no_number_and_takes_no_time() -> None:
    unit = TRANSFER.replace("P-4711", "1a b" * 4_000)

    (transaction,) = read(credit_transfers(each=unit))

    text = said(transaction)["CdtTrfTxInf/Dbtr/Id/PrvtId/Othr/Id"]
    assert text.means is Means.UNMAPPED


def test_made_up_names_do_not_fill_the_memory() -> None:
    kind = message_kind("FIToFICstmrCdtTrf")
    assert kind is not None
    plans = plans_of(kind)
    for batch in range(3):
        names = "".join(f"<n{batch}-{n}>x</n{batch}-{n}>" for n in range(PLANS_MAX // 2))
        read(credit_transfers(each=TRANSFER.replace("<Purp>", f"<All>{names}</All><Purp>")))

    assert plans.count <= PLANS_MAX
    assert said(read(credit_transfers())[0])["CdtTrfTxInf/Dbtr/Nm"].of == "payer"


@pytest.mark.slow
def test_a_longer_batch_takes_no_more_memory() -> None:
    def peak(count: int) -> int:
        command = [sys.executable, "-c", MEMORY, str(count), TRANSFER]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert peak(8_000) < peak(500) * 1.1
