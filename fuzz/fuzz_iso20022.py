"""Any bytes are read as a message of ISO 20022, every letter of it, or refused with our error.

What several transactions share, by its path, is the message's or the group's, and counted once.
"""

import copy
import importlib
import io
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from article41.checks.payment.iso20022 import read_iso20022, table
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


TABLE = Path(table.__file__).with_name("table.toml").read_text(encoding="utf-8")
NAMES = tuple(sorted(set(re.findall(r"[A-Z][A-Za-z]{1,20}", TABLE))))
"""Of elements, and some words of the table that are none."""
WORDS = (
    "",
    " ",
    "ADA EXAMPLE",
    "XA",
    "SAMPXCXX",
    "EUR",
    "1",
    "0.00",
    "2026-11-30",
    "É",
    "\u2028",
    "x" * 200,
)


def other_tree(data: bytes, most: int, seed: int) -> bytes | None:
    """A message whose elements were moved, renamed, doubled, emptied or told otherwise.

    Bytes that are changed at random are hardly ever XML again.

    Args:
        data: A message.
        most: Bytes that the other one may have.
        seed: Decides what becomes of it.

    Returns:
        The other one; None if the bytes are no XML, or it would be longer.
    """
    chance = random.Random(seed)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(chance.randint(1, 3)):
        nodes = list(root.iter("{*}*"))
        node, other = chance.choice(nodes), chance.choice(nodes)
        parent = node.getparent()
        named = etree.QName(etree.QName(node).namespace, chance.choice(NAMES))
        match chance.randrange(9):
            case 0 if parent is not None:
                parent.remove(node)
            case 1 if not any(node is one for one in other.iterancestors()) and node is not other:
                other.append(copy.deepcopy(node))
            case 2:
                node.text = chance.choice(WORDS)
            case 3 if parent is not None:
                node.tag = named.text
            case 4:
                etree.SubElement(node, named.text).text = chance.choice(WORDS)
            case 5:
                node.set(chance.choice(("Ccy", "Sch", "x")), chance.choice(WORDS))
            case 6:
                node.tail = chance.choice(WORDS)
            case 7:
                node.append(etree.Comment("c") if chance.randrange(2) else etree.PI("p", "q"))
            case _:
                node.text, other.text = other.text, node.text
    encoding = chance.choice(("us-ascii", "utf-8", "iso-8859-1", "windows-1252", "utf-16"))
    made = etree.tostring(root, encoding=encoding, xml_declaration=True)
    assert isinstance(made, bytes)
    return made if len(made) <= most else None


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        """Another tree four times of five, else other bytes."""
        other = other_tree(data, most, seed) if seed % 5 else None
        return atheris.Mutate(data, most) if other is None else other

    atheris.Setup(sys.argv, try_one, custom_mutator=mutated)
    atheris.Fuzz()
