"""Small messages with invented parties, and what is read of them."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from article41.checks.payment.message import Means, Transaction
from article41.checks.payment.swift_mt import read_swift_mt

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "swift-mt"
FOUR = ("20:REF", "32A:261130EUR1250,50", "50K:ADA EXAMPLE", "59:BO SAMPLE")
"""Fields that an MT103 cannot be without."""


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def message(*fields: str, kind: str = "103", flag: str = "", end: str = "\r\n") -> bytes:
    """A message of the kind; `*` among the fields stands for those of an MT103."""
    said = [one for field in fields for one in (FOUR if field == "*" else (field,))]
    user = f"{{3:{{119:{flag}}}}}" if flag else ""
    head = f"{{1:F01EXAMXAXXAXXX0000000000}}{{2:I{kind}SAMPXBXXXXXXN}}{user}{{4:\n"
    text = "".join(f":{one}\n" for one in said)
    return (head + text + "-}").replace("\n", end).encode()


def read(data: bytes) -> list[Transaction]:
    return list(read_swift_mt(BytesIO(data), name="made.fin"))


def only(data: bytes) -> Transaction:
    [transaction] = read(data)
    return transaction


def told(transaction: Transaction, path: str) -> list[tuple[str, ...]]:
    """Value, meaning, of whom and unit of the texts of a field, without the empty ones behind."""
    rows = []
    for text in transaction.texts:
        field = text.path.split("/", 1)[0]
        if path in (text.path, field):
            row = [text.value, text.means.value, text.of, text.unit]
            while not row[-1]:
                row.pop()
            rows.append(tuple(row))
    return rows


def values(transaction: Transaction, means: Means, of: str = "") -> Sequence[str]:
    return [text.value for text in transaction.texts if (text.means, text.of) == (means, of)]
