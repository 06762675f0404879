"""Any bytes are read as SWIFT MT messages, or refused with an error of ours and its place.

Nothing of what was read is missing from the texts: every letter and every figure is in one.
"""

import importlib
import random
import re
import sys
from collections import Counter
from io import BytesIO

from article41.checks.payment.message import Transaction
from article41.checks.payment.swift_mt import read_swift_mt
from article41.checks.payment.swift_mt.framing import frames
from article41.checks.payment.swift_mt.reading import read_message
from article41.checks.payment.swift_mt.table import MEANINGS, OPTIONS, PARTIES
from article41.model.errors import MessageError

_TAG = re.compile(r"\{[0-9A-Z]+(:|(?=\}))")

_NUMBER = re.compile(r"^\s*[1-8]/")


def try_one(data: bytes) -> bool:
    """True if the bytes were read as messages."""
    refusal = None
    transactions = []
    try:
        transactions = list(read_swift_mt(BytesIO(data), name="fuzz"))
    except MessageError as error:
        refusal = error
    if refusal is not None:
        assert refusal.message
        assert refusal.hint
        assert 0 < refusal.line <= data.count(b"\n") + 1
        return False
    assert transactions
    count = 0
    for frame in frames(BytesIO(data), name="fuzz"):
        shown = read_message(frame, name="fuzz", number=count + 1)
        said = [_TAG.sub(" ", block.content) for block in frame.blocks.values()]
        assert not missing(shown, [*said, *untagged(frame.text or [])])
        assert shown == transactions[count : count + len(shown)]
        count += len(shown)
    assert count == len(transactions)
    assert all(text.value and text.path for one in transactions for text in one.texts)
    return True


def untagged(lines: list[str]) -> list[str]:
    """The lines of a text without the tags of its fields and the numbers of its lines."""
    said = [line.split(":", 2)[2] if line.startswith(":") else line for line in lines]
    return [_NUMBER.sub("", line) for line in said]


def missing(transactions: list[Transaction], said: list[str]) -> Counter[str]:
    """Letters and figures that are in no text: nothing, if all is accounted for."""
    listed = (text.value + text.unit for one in transactions for text in one.texts)
    texts = Counter(signs(" ".join(listed)))
    return Counter(signs(" ".join(said))) - texts


def signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


TAGS = (*(tag.replace("a", "") for tag in MEANINGS), *(n[:2] + o for n in PARTIES for o in OPTIONS))
WORDS = (
    "", " ", "ADA EXAMPLE", "/XA1", "//FW0210", "1/ADA EXAMPLE", "3/XA/TOWN", "4/19650911",
    "6/XA/B/7", "/INS/SAMPXCXX", "/REC/A", "//B", "/BENEFRES/XA//A", "SAMPXCXX", "261130EUR1,",
    "EUR2,5", "C261130EUR1,", "É", "X" * 35,
)  # fmt: skip
BLOCKS = (
    "{3:{119:COV}}",
    "{3:{119:STP}{433:/HIT/}}",
    "{5:{CHK:A1}}",
    "{S:{SAC:}{X:ADA}}",
    "{9:{X:A}}",
)


def other_message(data: bytes, most: int, seed: int) -> bytes | None:
    """A message whose fields and lines were moved, doubled, named or told otherwise.

    Args:
        data: Messages.
        most: Bytes that the others may have.
        seed: Decides what becomes of them.

    Returns:
        The others; None if the bytes are no text of lines, or they would be longer.
    """
    chance = random.Random(seed)
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        return None
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                lines.insert(at, f":{chance.choice(TAGS)}:{chance.choice(WORDS)}")
            case 1:
                lines.insert(at, chance.choice(WORDS))
            case 2 if len(lines) > 1:
                del lines[at]
            case 3:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 4 if lines[at].startswith(":"):
                lines[at] = f":{chance.choice(TAGS)}:{lines[at].split(':', 2)[-1]}"
            case 5:
                lines[at] = lines[at].replace("{4:", chance.choice(BLOCKS) + "{4:")
            case 6 if lines[at].startswith("-}"):
                lines[at] += chance.choice(BLOCKS)
            case _:
                lines[at] += chance.choice(WORDS)
    made = "\n".join(lines).encode()
    return made if len(made) <= most else None


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        """Other lines four times of five, else other bytes."""
        other = other_message(data, most, seed) if seed % 5 else None
        return atheris.Mutate(data, most) if other is None else other

    atheris.Setup(sys.argv, try_one, custom_mutator=mutated)
    atheris.Fuzz()
