"""Whole messages, and the account of every text of them as a person has reviewed it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from article41.checks.payment.message import Transaction
from fuzz.fuzz_iso20022 import try_one
from tests.checks.payment.iso_messages import read

FOLDER = Path(__file__).parents[2] / "golden" / "iso20022"
MESSAGES = sorted(FOLDER.glob("*.xml"))


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_account_of_every_text(file: Path, golden: Callable[[str, str], None]) -> None:
    data = file.read_bytes()

    lines = [line for transaction in read(data) for line in account(transaction)]

    assert try_one(data)
    golden(f"iso20022/{file.stem}.txt", "\n".join(lines) + "\n")


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
