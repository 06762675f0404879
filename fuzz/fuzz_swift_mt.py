"""Any bytes are read as SWIFT MT messages, or refused with an error of ours and its place.

Nothing of what was read is missing from the texts: every letter and every figure is in one.
"""

import importlib
import re
import sys
from collections import Counter
from io import BytesIO

from article41.checks.payment.message import Transaction
from article41.checks.payment.swift_mt import read_swift_mt
from article41.checks.payment.swift_mt.framing import frames
from article41.checks.payment.swift_mt.reading import read_message
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


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
