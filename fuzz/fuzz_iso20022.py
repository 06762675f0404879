"""Any bytes are read as a message of ISO 20022, every letter of it, or refused with our error.

What several transactions share, by its path, is the message's or the group's, and counted once.
"""

import importlib
import io
import sys
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from article41.checks.payment.iso20022 import read_iso20022
from article41.checks.payment.message import Means, Text
from article41.model.errors import MessageError


def try_one(data: bytes) -> bool:
    """True if the bytes were read as a message."""
    try:
        transactions = list(read_iso20022(io.BytesIO(data), name="fuzz"))
    except MessageError:
        return False
    assert transactions
    assert [one.number for one in transactions] == list(range(1, len(transactions) + 1))
    seen: Counter[Text] = Counter()
    for transaction in transactions:
        for text in transaction.texts:
            assert text.value == text.value.strip()
            assert text.value
        seen |= Counter(transaction.texts)
    assert letters_of_texts(seen.elements()) == letters_of_file(data)
    return True


def letters_of_texts(texts: Iterable[Text]) -> Counter[str]:
    """How often each letter stands in texts, but for those that repeat others."""
    letters: Counter[str] = Counter()
    for text in texts:
        if text.means is not Means.RUN_ON:
            letters.update("".join(text.value.split()))
    return letters


def letters_of_file(data: bytes) -> Counter[str]:
    """How often each letter stands in the texts and attributes of a document."""
    letters: Counter[str] = Counter()
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    letters.update("".join(str(root.xpath("string()")).split()))
    for node in root.iter("{*}*"):
        for value in node.attrib.values():
            letters.update("".join(str(value).split()))
    return letters


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
