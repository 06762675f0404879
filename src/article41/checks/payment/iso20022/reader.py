"""Reads a message of ISO 20022 transaction by transaction, in constant memory."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from article41.checks.payment.iso20022.faults import line_of, refusal
from article41.checks.payment.iso20022.opening import Opened, local_name, opened_message
from article41.checks.payment.iso20022.survey import Survey, emptied
from article41.checks.payment.iso20022.table import Plan, plans_of
from article41.checks.payment.iso20022.texts import Texts, numbered
from article41.checks.payment.message import Text, Transaction

KEPT_MAX = 10_000
"""So many payments of a message are kept until the last of them is read."""


def read_iso20022(source: BinaryIO, *, name: str) -> Iterator[Transaction]:
    """Yield each payment of a message with every text that concerns it.

    The file is read twice: once to see that it is whole and that its counts and sums agree, and
    once for the payments. None is handed out before all of them were read; a message of more than
    `KEPT_MAX` is read a third time for that, in place of being kept. What envelope and header say,
    and what stands after the last payment, belongs to each of them; what a group says (`PmtInf`),
    to each of the group. A message about payments that no transaction of it names (a cancelled
    group, a report without entries) is one transaction.

    Messages of kinds by which no money moves are read too, with `moves_money` false; what the
    table does not know of them is unmapped.

    Args:
        source: The bytes of one message, with or without an envelope; a pipe is kept in memory, or
            in a temporary file if it is long.
        name: How errors call the file.

    Raises:
        MessageError: The message is cut short, damaged, hostile or not what its standard says;
            nothing of it was handed out.
    """
    with opened_message(source, name=name) as opened:
        survey = Survey(opened)
        if survey.units == 0 and survey.groups == 0:
            yield _transaction(opened, 1, survey.before.found, survey.before.reference)
            return
        if survey.units <= KEPT_MAX:
            yield from list(_Reading(opened, survey).transactions())
            return
        for _ in _Reading(opened, survey).transactions():
            pass  # A fault in the last one is one of the message: then it has no payments.
        yield from _Reading(opened, survey).transactions()


def _transaction(opened: Opened, number: int, texts: list[Text], reference: str) -> Transaction:
    return Transaction(
        message=opened.version,
        number=number,
        texts=tuple(texts),
        reference=reference,
        moves_money=opened.kind.moves_money,
        is_return=opened.kind.returns,
    )


class _Reading:
    """The second passage, which hands out what the first one counted."""

    def __init__(self, opened: Opened, survey: Survey) -> None:
        self._opened = opened
        self._survey = survey
        self._kind = opened.kind
        self._number = 0
        self._groups = 0
        self._in_group = 0
        self._group: Texts | None = None
        self._root = plans_of(opened.kind).root

    def transactions(self) -> Iterator[Transaction]:
        kind = self._kind
        depth = len(self._opened.chain) + (2 if kind.group else 1)
        parse = self._opened.parse({kind.unit_name, kind.group} - {""})
        for node in parse.ends():
            at = _depth(node)
            if at == depth and local_name(node) == kind.unit_name:
                parse.mark()
                yield self._unit(node)
                _forget(node)
            elif kind.group and at == depth - 1 and local_name(node) == kind.group:
                if self._group is None:
                    self._groups += 1
                    yield self._whole_group(node)
                self._group, self._in_group = None, 0
                _forget(node)
        assert self._number >= self._survey.units

    def _unit(self, node: etree._Element) -> Transaction:
        self._number += 1
        before = self._survey.before
        steps = local_name(node)
        if not self._kind.group:
            texts = Texts(self._opened.file, before)
            texts.add(node, self._root.below(str(node.tag)), numbered(steps, self._number))
            found = before.found
        else:
            group, plan, path = self._group_of(node)
            self._in_group += 1
            texts = Texts(self._opened.file, group)
            texts.add(node, plan.below(str(node.tag)), f"{path}/{numbered(steps, self._in_group)}")
            found = before.found + group.found
        self._refuse_without(node)
        texts.run_ons()
        after = self._survey.after_group.get(self._groups, []) + self._survey.after
        return _transaction(
            self._opened, self._number, found + texts.found + after, texts.reference
        )

    def _refuse_without(self, node: etree._Element) -> None:
        """Refuse a transaction that lacks what none may lack: it is half of one."""
        for name in self._kind.required:
            of_group = name.startswith("../")
            if of_group and self._in_group > 1:
                continue  # It was looked at with the first transaction, and is forgotten.
            holder = node.getparent() if of_group else node
            if holder is not None and holder.find("{*}" + name.removeprefix("../")) is None:
                raise refusal(
                    f"`{local_name(holder)}` has no `{name.removeprefix('../')}`",
                    file=self._opened.file,
                    line=line_of(node),
                    path=numbered(local_name(node), self._number),
                )

    def _group_of(self, node: etree._Element) -> tuple[Texts, Plan, str]:
        """What a group says before its first transaction."""
        parent = node.getparent()
        assert parent is not None
        if self._group is None:
            self._groups += 1
        path = numbered(local_name(parent), self._groups)
        plan = self._root.below(str(parent.tag))
        if self._group is None:
            texts = Texts(self._opened.file, self._survey.before)
            texts.attributes(parent, plan, path, "")
            texts.stray(parent.text, parent, path)
            before = [*reversed([*node.itersiblings(preceding=True)])]
            for one in before:
                texts.stray(one.tail, one, path)
            texts.add_all(before, plan, path, {})
            texts.run_ons()
            self._group = texts
        return self._group, plan, path

    def _whole_group(self, node: etree._Element) -> Transaction:
        """A group that names no transaction of its own."""
        self._number += 1
        before = self._survey.before
        texts = Texts(self._opened.file, before)
        path = numbered(local_name(node), self._groups)
        texts.add(node, self._root.below(str(node.tag)), path)
        texts.run_ons()
        found = before.found + texts.found + self._survey.after
        return _transaction(self._opened, self._number, found, texts.reference)


def _depth(node: etree._Element) -> int:
    return 1 + sum(1 for _ in node.iterancestors())


def _forget(node: etree._Element) -> None:
    """Free what was read, and all that stands before it."""
    emptied(node)
    parent = node.getparent()
    if parent is not None:
        while (before := node.getprevious()) is not None:
            parent.remove(before)
