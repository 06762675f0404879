"""Goes once through a whole message, before any transaction of it is handed out.

It knows afterwards that the file is whole, that its counts and sums agree, and what concerns every
transaction alike: the texts of the envelope, of the header, and of what stands after the last.
"""

from lxml import etree

from article41.checks.payment.iso20022.adding import Sums, check_sums
from article41.checks.payment.iso20022.faults import HINT, line_of, refusal
from article41.checks.payment.iso20022.opening import Opened, Parse, local_name
from article41.checks.payment.iso20022.table import message_kind, plans_of
from article41.checks.payment.iso20022.texts import Texts, numbered
from article41.checks.payment.message import Text

BESIDE_MAX = 1_000
"""So many elements may stand beside the transactions of a message or a group."""
TEXTS_BESIDE_MAX = 2_000
"""So many texts may be said of all transactions together: each of them has them all."""

_DOCUMENT = "Document"
_HEADERS = ("GrpHdr", "CtrlData")
_FOREIGN = "Envlp"
"""What stands below it is of another schema, unless the message itself does."""


class Survey:
    """What one passage through the whole message found.

    Args:
        opened: The file.

    Raises:
        MessageError: The message cannot be read.
    """

    def __init__(self, opened: Opened) -> None:
        """Go through it."""
        self._opened = opened
        self._kind = opened.kind
        self._file = opened.file
        self.units = 0
        """How many transactions stand in it."""
        self.groups = 0
        """How many groups of them."""
        self.before = Texts(self._file)
        """What stands before the transactions; everything if there are none."""
        self.after: list[Text] = []
        """What stands after them."""
        self.after_group: dict[int, list[Text]] = {}
        """What stands after those of a group, by its number from 1."""
        self._sums = Sums(self._kind.amounts)
        self._group_sums = Sums(self._kind.amounts)
        self._first_unit: etree._Element | None = None
        self._first: etree._Element | None = None
        self._message: etree._Element | None = None
        self._go_through()

    def _go_through(self) -> None:
        kind = self._kind
        above = self._opened.chain
        unit = (*above, *kind.unit.split("/")) if kind.unit else ()
        group = (*above, kind.group) if kind.group else ()
        parse = self._opened.parse({_DOCUMENT, above[-1], *unit[-1:], *group[-1:]})
        for node in parse.ends():
            chain = chain_of(node)
            if chain.count(_FOREIGN) > above.count(_FOREIGN):
                continue
            if chain == unit:
                self._unit(node, parse)
            elif chain == group:
                self._group(node)
            elif chain == above:
                self._end_of_message(node)
            elif chain != above[:-1]:
                self._refuse_place(node)
        assert self._message is not None
        self._list_beside(self._message)

    def _refuse_place(self, node: etree._Element) -> None:
        name = local_name(node)
        several = message_kind(name) is not None or name == _DOCUMENT
        raise refusal(
            f"`{name}` stands a second time" if several else f"`{name}` is out of place",
            hint="give each message in a file of its own" if several else HINT,
            file=self._file,
            line=line_of(node),
            path="/".join(chain_of(node)),
        )

    def _in_message(self, node: etree._Element | None) -> None:
        """All that is counted must stand in one and the same message."""
        if self._message is None:
            self._message = node
        elif node is not None and node is not self._message:
            self._refuse_place(node)

    def _unit(self, node: etree._Element, parse: Parse) -> None:
        parse.mark()
        parent = node.getparent()
        assert parent is not None
        self._in_message(parent.getparent() if self._kind.group else parent)
        self.units += 1
        self._sums.add(node)
        self._group_sums.add(node)
        emptied(node)
        if self._first_unit is None:
            self._first_unit = node
            if not self._kind.group:
                self._first = node
        else:
            self._drop_before(node, self._first_unit)

    def _group(self, node: etree._Element) -> None:
        self._in_message(node.getparent())
        self.groups += 1
        first = self._first_unit
        if first is not None:
            check_sums(node, self._group_sums, self._kind, self._file)
            self._list_after_group(node, first)
        elif self._kind.moves_money:
            self._refuse_empty(node)
        self._group_sums = Sums(self._kind.amounts)
        self._first_unit = None
        if first is not None:
            emptied(node)
        if self._first is None:
            self._first = node
        else:
            self._drop_before(node, self._first)

    def _refuse_empty(self, node: etree._Element) -> None:
        raise refusal(
            f"`{local_name(node)}` holds no `{self._kind.unit_name}`",
            file=self._file,
            line=line_of(node),
            path=local_name(node),
        )

    def _list_after_group(self, group: etree._Element, first: etree._Element) -> None:
        path = numbered(local_name(group), self.groups)
        plan = plans_of(self._kind).root.below(str(group.tag))
        texts = Texts(self._file)
        beside = []
        for one in (first, *first.itersiblings()):
            texts.stray(one.tail, one, path)
            if isinstance(one.tag, str) and local_name(one) != self._kind.unit_name:
                beside.append(one)
        if beside or texts.found:
            texts.add_all(beside, plan, path, {})
            self._refuse_parties(texts, Texts(self._file), group, path)
            self.after_group[self.groups] = texts.found

    def _refuse_parties(self, texts: Texts, before: Texts, node: etree._Element, path: str) -> None:
        texts.run_ons()
        if texts.parties > before.parties:
            raise texts.refusal("a party stands after the transactions it concerns", node, path)

    def _drop_before(self, node: etree._Element, first: etree._Element) -> None:
        """Forget the transactions and groups before, but the first, which marks the place."""
        parent = node.getparent()
        before = node.getprevious()
        if parent is None or before is None or before is first:
            return
        if before.tag == node.tag:
            if before.tail and not before.tail.isspace():
                raise refusal("a text between transactions", file=self._file, line=line_of(node))
            parent.remove(before)
        elif len(parent) > BESIDE_MAX:
            raise refusal(
                f"more than {BESIDE_MAX:,} elements beside transactions",
                file=self._file,
                line=line_of(node),
            )

    def _end_of_message(self, node: etree._Element) -> None:
        self._in_message(node)
        head = next(
            (one for one in node if isinstance(one.tag, str) and local_name(one) in _HEADERS), None
        )
        if self.units:
            if head is not None:
                check_sums(head, self._sums, self._kind, self._file)
        elif self._kind.moves_money and not _says_yes(head, self._kind.whole_group):
            self._refuse_empty(node)

    def _list_beside(self, message: etree._Element) -> None:
        """List all texts of envelope and message that belong to no transaction alone."""
        chain = [*reversed([*message.iterancestors()]), message]
        after = self.before if self._first is None else Texts(self._file)
        self._list_level(chain, after)
        self.before.run_ons()
        if self.units + self.groups and len(self.before.found + after.found) > TEXTS_BESIDE_MAX:
            what = f"more than {TEXTS_BESIDE_MAX:,} texts beside the transactions"
            raise self.before.refusal(what, message, local_name(message))
        if after is not self.before:
            self._refuse_parties(after, Texts(self._file), message, local_name(message))
            self.after = after.found

    def _list_level(self, chain: list[etree._Element], after: Texts) -> None:
        """List what stands in the first of some elements, the next of which stands in it."""
        node, below = chain[0], chain[1:]
        root = plans_of(self._kind).root
        self.before.attributes(node, root, local_name(node), "")
        self.before.stray(node.text, node, local_name(node))
        texts = self.before
        counts: dict[str, int] = {}
        for one in node:
            if below and one is below[0]:
                self._list_level(below, after)
                texts = after
            elif one is self._first:
                texts = after
            elif isinstance(one.tag, str) and not self._is_counted(one, node):
                if below:
                    self._refuse_messages(one)
                texts.add_all((one,), root, "", counts)
            texts.stray(one.tail, one, local_name(node))

    def _is_counted(self, node: etree._Element, parent: etree._Element) -> bool:
        """Whether it is a transaction or group, which is read later."""
        names = (self._kind.group or self._kind.unit_name,)
        return parent is self._message and local_name(node) in names and bool(self._kind.unit)

    def _refuse_messages(self, beside: etree._Element) -> None:
        for one in beside.iter("{*}*"):
            if message_kind(local_name(one)) is not None:
                self._refuse_place(one)


def chain_of(node: etree._Element) -> tuple[str, ...]:
    """Local names from the root down."""
    names = [local_name(node)]
    names += [local_name(one) for one in node.iterancestors()]
    return tuple(reversed(names))


def _says_yes(head: etree._Element | None, flag: str) -> bool:
    found = head.find(f"{{*}}{flag}") if head is not None and flag else None
    return found is not None and (found.text or "").strip() in {"true", "1"}


def emptied(node: etree._Element) -> None:
    """Take everything out of an element, and leave what follows it."""
    del node[:]
    node.attrib.clear()
    node.text = None
