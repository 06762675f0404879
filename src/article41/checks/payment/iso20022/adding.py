"""Counts transactions and adds up their amounts, and compares both with what headers say."""

from decimal import Decimal

from lxml import etree

from article41.checks.payment.iso20022.faults import line_of, refusal
from article41.checks.payment.iso20022.table import MessageKind
from article41.checks.payment.iso20022.texts import is_figure


class Sums:
    """How many transactions there were, and the sum of each of their amounts.

    Args:
        amounts: Paths of the amounts below a transaction.
    """

    def __init__(self, amounts: tuple[str, ...]) -> None:
        """Begin at nothing."""
        self.count = 0
        """How many there were."""
        self._paths = [
            [
                "/".join(f"{{*}}{name}" for name in path.split("/"))
                for path in alternatives.split("|")
            ]
            for alternatives in amounts
        ]
        self.totals: list[Decimal | None] = [Decimal()] * len(amounts)
        """The sum of each amount; nothing if a transaction is without it."""
        self.currencies: set[str] = set()
        """In which the first of the amounts are."""

    def add(self, node: etree._Element) -> None:
        """Count one more transaction."""
        self.count += 1
        for at, paths in enumerate(self._paths):
            total = self.totals[at]
            if total is not None:
                found = _figure(node, paths)
                self.totals[at] = None if found is None else total + found[0]
                if found is not None and at == 0:
                    self.currencies.add(found[1])


def check_sums(head: etree._Element, sums: Sums, kind: MessageKind, file: str) -> None:
    """Compare what a header says with what there was.

    Args:
        head: The header of the message or group.
        sums: What there was.
        kind: The kind of message.
        file: As the caller named it.

    Raises:
        MessageError: They do not agree.
    """
    if not kind.counted:
        return
    if (said := _text(head, "NbOfTxs")) is not None:
        value, node = said
        if not value.isdigit() or int(value) != sums.count:
            _refuse(f"`{value[:20]}` transactions are announced, {sums.count:,} are there",
                    node, "NbOfTxs", file)  # fmt: skip
    totals = [total for total in sums.totals if total is not None]
    if (said := _text(head, "CtrlSum")) is not None and totals:
        _compare(said, totals, "CtrlSum", file)
    total = sums.totals[0] if kind.total else None
    if total is not None and (said := _text(head, kind.total)) is not None:
        _compare(said, [total], kind.total, file)
        currency = said[1].get("Ccy") or ""
        if currency and sums.currencies - {currency}:
            others = ", ".join(sorted(sums.currencies))
            _refuse(f"a total of {currency[:10]} is announced, the amounts are of {others[:40]}",
                    said[1], kind.total, file)  # fmt: skip


def _compare(said: tuple[str, etree._Element], totals: list[Decimal], name: str, file: str) -> None:
    value, node = said
    if not is_figure(value) or Decimal(value) not in totals:
        _refuse(f"`{value[:40]}` is announced, the amounts make {totals[0]}", node, name, file)


def _refuse(message: str, node: etree._Element, name: str, file: str) -> None:
    raise refusal(
        message,
        hint="transactions are missing or were added; get the message again from its sender",
        file=file,
        line=line_of(node),
        path=name,
    )


def _text(head: etree._Element, name: str) -> tuple[str, etree._Element] | None:
    node = head.find(f"{{*}}{name}")
    if node is None:
        return None
    text = str(node.xpath("string()")) if len(node) else node.text or ""
    return text.strip(), node


def _figure(node: etree._Element, paths: list[str]) -> tuple[Decimal, str] | None:
    """The amount and its currency."""
    for path in paths:
        found = node.find(path)
        if found is not None and found.text and is_figure(value := found.text.strip()):
            return Decimal(value), found.get("Ccy") or ""
    return None
