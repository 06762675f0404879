"""Whole messages, and the account of every text of them as a person has reviewed it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from article41.checks.payment.message import Screening, Transaction
from article41.model.errors import MessageError
from fuzz.fuzz_iso20022 import other_tree, try_one
from tests.checks.payment.iso_messages import read

FOLDER = Path(__file__).parents[2] / "golden" / "iso20022"
MESSAGES = sorted(FOLDER.glob("*.xml"))
TREES = 100


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_account_of_every_text(file: Path, golden: Callable[[str, str], None]) -> None:
    data = file.read_bytes()

    lines = [line for transaction in read(data) for line in account(transaction)]

    assert try_one(data)
    golden(f"iso20022/{file.stem}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_of_other_trees_every_letter_is_listed_or_they_are_refused(file: Path) -> None:
    data = file.read_bytes()

    others = [other_tree(data, 1 << 20, seed) for seed in range(TREES)]
    outcomes = [try_one(one) for one in others if one is not None]

    assert len(outcomes) == TREES
    assert 0.3 < sum(outcomes) / TREES < 1, "it only reads or only refuses"


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_a_name_is_compared_wherever_it_stands(file: Path) -> None:
    """In place of any text at all; where a figure or a day must stand it is refused."""
    text = file.read_text(encoding="utf-8")
    for found in re.finditer(
        r">([^<>]*[^<>\s][^<>]*)</([^<>]+)>|(?<= )[a-zA-Z]+=\"([^\"]*)\"", text
    ):
        if found[0].startswith("xmlns") or found[2] in BIRTHS:
            continue
        start, end = found.span(1 if found[1] else 3)
        try:
            transactions = read(text[:start] + "Orient Star" + text[end:])
        except MessageError:
            continue
        compared = {
            one.screening
            for transaction in transactions
            for one in transaction.texts
            if one.value == "Orient Star"
        }
        assert compared & {Screening.NAME, Screening.TEXT}, found[0]


BIRTHS = {"p:PrvcOfBirth", "p:CityOfBirth"}
"""Elements of which law asks: the act has them, and nobody is named by them."""


def account(transaction: Transaction) -> Iterator[str]:
    """A line for each text: its path, what it says, of whom, and the text itself."""
    yield (
        f"{transaction.message} {transaction.number}, {transaction.reference},"
        f" {'moves' if transaction.moves_money else 'does not move'} money"
        f"{' back' if transaction.is_return else ''}"
    )
    for text in transaction.texts:
        of = f" of {text.of}" if text.of else ""
        unit = f" ({text.unit})" if text.unit else ""
        yield f"  {text.path}: {text.means.value}{of}{unit}: {text.value}"
