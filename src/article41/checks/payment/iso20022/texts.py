"""Lists every text below an element, with what the table says of it and of whom."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from lxml import etree

from article41.checks.payment.iso20022.faults import line_of, refusal
from article41.checks.payment.iso20022.opening import DEPTH_MAX
from article41.checks.payment.iso20022.table import Plan, table
from article41.checks.payment.message import Means, Text

TEXT_CHARACTERS_MAX = 20_000
"""Longest text; the standard allows 10,240 bytes of a signature and 2,048 letters elsewhere."""
TEXTS_MAX = 50_000
"""So many texts may concern one transaction."""
PARTIES_MAX = 300
"""So many parties may take part in one."""
ATTRIBUTES_MAX = 50
"""So many attributes an element may have; those of the standard have one."""

_NUMBERED = ("intermediary", "other")
_IDENTITY = frozenset(
    {Means.NAME, Means.BIC, Means.LEI, Means.NUMBER, Means.BIRTH_DATE, Means.BIRTH_PLACE}
)
"""What is said of somebody, even if no element says of whom."""
_OF_SCHEME = frozenset({Means.NUMBER, Means.ACCOUNT})
_LAYOUT = frozenset(
    "{http://www.w3.org/2001/XMLSchema-instance}" + name
    for name in ("schemaLocation", "noNamespaceSchemaLocation", "type", "nil")
)
"""Attributes that tell programs where a schema lies."""
_FULL_LINES = frozenset({35, 70, 105, 140})
"""Lengths of full lines: a word may go on in the next one."""


class Texts:
    """The texts that were met, in the order of the bytes, and which party has which key.

    Args:
        file: As the caller named it.
        before: What was met of the message or the group before, whose parties keep their keys.
    """

    def __init__(self, file: str, before: "Texts | None" = None) -> None:
        """Begin after what was met before."""
        self._file = file
        self._keys: dict[str, str] = dict(before._keys) if before else {}
        self._taken: set[str] = set(before._taken) if before else set()
        self._best: tuple[int, str] = before._best if before else (99, "")
        self._runs: dict[str, list[Text]] = {}
        self.found: list[Text] = []
        """The texts."""

    @property
    def reference(self) -> str:
        """How the payment is called, by the best of the names met."""
        return self._best[1]

    @property
    def parties(self) -> int:
        """How many parties have a key."""
        return len(self._taken)

    def add(self, node: etree._Element, plan: Plan, path: str) -> None:
        """List what stands at and below an element.

        Raises:
            MessageError: Something stands twice or is empty, too long, too deep or no figure.
        """
        self._element(node, plan, path, "", "")
        if len(self.found) > TEXTS_MAX:
            raise self.refusal(f"more than {TEXTS_MAX:,} texts", node, path)

    def add_all(
        self,
        nodes: Iterable[etree._Element],
        plan: Plan,
        path: str,
        counts: dict[str, int],
        of: str = "",
        *,
        unit: str = "",
    ) -> None:
        """List what stands at and below elements that have the same parent.

        Args:
            nodes: The elements, and comments, which say nothing.
            plan: Of the parent.
            path: Of the parent.
            counts: How often each name was met below it.
            of: Whose the texts are.
            unit: The scheme of the number among them.

        Raises:
            MessageError: As `add` does.
        """
        children = plan.children
        for node in nodes:
            tag = node.tag
            if not isinstance(tag, str):
                continue
            below = children.get(tag) or plan.below(tag)
            name = below.name
            count = counts[name] = counts.get(name, 0) + 1
            step = name if count == 1 else f"{name}[{count}]"
            if path:
                step = f"{path}/{step}"
            if count > 1 and below.once:
                at = step.removesuffix(f"[{count}]")
                what = f"`{name}` stands a second time where it may stand once"
                raise self.refusal(what, node, at)
            self._element(node, below, step, of, unit)

    def run_ons(self) -> None:
        """List once more, run together, the lines over whose end a word may run on."""
        for path, pieces in self._runs.items():
            if any(len(piece.value) in _FULL_LINES for piece in pieces[:-1]) or _are_apart(pieces):
                self.found.append(
                    Text(path=path, value=_joined(pieces), means=Means.RUN_ON, of=pieces[0].of)
                )
        self._runs = {}

    def stray(self, text: str | None, node: etree._Element, path: str) -> None:
        """List a text that stands between elements."""
        if text and (value := text.strip()):
            self._append(value, node, None, path, "")

    def attributes(self, node: etree._Element, plan: Plan, path: str, of: str) -> None:
        """List the attributes of an element."""
        if len(node.attrib) > ATTRIBUTES_MAX:
            raise self.refusal(f"more than {ATTRIBUTES_MAX} attributes", node, path)
        for key, given in node.attrib.items():
            value = str(given).strip()
            if not value:
                continue
            name = str(key)
            at = f"{path}/@{name.rpartition('}')[2]}" if path else f"@{name.rpartition('}')[2]}"
            if name in _LAYOUT:
                self._length(value, node, at)
                self.found.append(Text(path=at, value=value, means=Means.CODE))
            elif name == "Ccy" and plan.means is Means.AMOUNT:
                self._append(value, node, plan.below("CcyOfTrf"), at, of)
            else:
                self._append(value, node, plan.below("@" + name), at, of)

    def refusal(self, message: str, node: etree._Element, path: str) -> Exception:
        """The error of a fault at an element."""
        return refusal(message, file=self._file, line=line_of(node), path=path)

    def _element(self, node: etree._Element, plan: Plan, path: str, of: str, unit: str) -> None:
        if plan.party:
            of = self._key(plan, node, path)
        if node.attrib:
            self.attributes(node, plan, path, of)
        if len(node):
            self._inside(node, plan, path, of, unit)
        else:
            self._leaf(node.text, node, plan, path, of, unit=unit)

    def _inside(self, node: etree._Element, plan: Plan, path: str, of: str, unit: str) -> None:
        """List what stands in an element that holds elements or comments."""
        if len(plan.steps) > DEPTH_MAX:
            raise self.refusal(f"more than {DEPTH_MAX} elements inside one another", node, path)
        pieces = [node.text or ""]
        has_elements = False
        for child in node:
            has_elements = has_elements or isinstance(child.tag, str)
            if child.tail:
                pieces.append(child.tail)
        own = "".join(pieces)
        if not has_elements:
            self._leaf(own, node, plan, path, of, unit=unit)
        elif not own or own.isspace():
            if plan.scheme:
                unit = _scheme(node, plan.scheme)
            self.add_all(node, plan, path, {}, of, unit=unit)
        else:
            self._mixed(pieces, node, plan, path, of)

    def _mixed(
        self, pieces: list[str], node: etree._Element, plan: Plan, path: str, of: str
    ) -> None:
        """List what stands in an element that holds elements and a text: a name is not cut."""
        if plan.means is not None:
            self._leaf(_whole(node), node, plan, path, of)
            self._attributes_below(node, plan, path, of)
            return
        whole = " ".join(_whole(node).split())
        self._length(whole, node, path)
        self.stray(" ".join(filter(None, map(str.strip, pieces))), node, path)
        self.found.append(Text(path=f"{path}[*]", value=whole, means=Means.RUN_ON, of=of))
        self.add_all(node, plan, path, {}, of)

    def _attributes_below(self, node: etree._Element, plan: Plan, path: str, of: str) -> None:
        counts: Counter[str] = Counter()
        for child in node.iterchildren("{*}*"):
            below = plan.below(str(child.tag))
            counts[below.name] += 1
            step = f"{path}/{numbered(below.name, counts[below.name])}"
            self.attributes(child, below, step, of)
            self._attributes_below(child, below, step, of)

    def _leaf(
        self,
        text: str | None,
        node: etree._Element,
        plan: Plan,
        path: str,
        of: str,
        *,
        unit: str = "",
    ) -> None:
        value = text.strip() if text else ""
        if not value:
            if plan.filled:
                raise self.refusal(f"`{plan.name}` is empty", node, path)
            return
        if 0 <= plan.rank < self._best[0] and value not in table().elements.no_reference:
            self._best = (plan.rank, value)
        if plan.means is Means.AMOUNT:
            unit = self._currency(node, value, path)
        elif plan.means not in _OF_SCHEME:
            unit = ""
        self._append(value, node, plan, path, of, unit=unit)

    def _append(
        self,
        value: str,
        node: etree._Element,
        plan: Plan | None,
        path: str,
        of: str,
        *,
        unit: str = "",
    ) -> None:
        self._length(value, node, path)
        means = Means.UNMAPPED
        if plan is not None and plan.means is not None:
            means = plan.means
            if plan.form is not None and not plan.has_form(value):
                means = plan.otherwise
            elif means is Means.DATE and not _is_day(value):
                raise self.refusal(f"`{value[:40]}` is no day", node, path)
        if not of and means in _IDENTITY:
            of = self._key_at(path.rpartition("/")[0], "other", node)
        text = Text(path=path, value=value, means=means, of=of, unit=unit)
        self.found.append(text)
        if plan is not None and plan.run_on:
            base = path.rpartition("/")[0]
            run = f"{base.rpartition('[')[0] if base.endswith(']') else base}/{plan.name}[*]"
            self._runs.setdefault(run, []).append(text)

    def _length(self, value: str, node: etree._Element, path: str) -> None:
        if len(value) > TEXT_CHARACTERS_MAX:
            raise self.refusal(f"a text longer than {TEXT_CHARACTERS_MAX:,} characters", node, path)

    def _currency(self, node: etree._Element, value: str, path: str) -> str:
        if not is_figure(value):
            raise self.refusal(f"`{value[:40]}` is no figure", node, path)
        currency = str(node.get("Ccy") or "").strip()
        if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
            told = f"the currency `{currency[:40]}`" if currency else "no currency"
            raise self.refusal(f"`{value[:40]}` has {told}", node, path)
        return currency

    def _key(self, plan: Plan, node: etree._Element, path: str) -> str:
        if plan.account_of:
            above, slash, _ = path.rpartition("/")
            path = f"{above}{slash}{plan.account_of}"
        return self._key_at(path, plan.party, node)

    def _key_at(self, path: str, wanted: str, node: etree._Element) -> str:
        """The key of the party at a path: the one wanted, or the next free one of its role."""
        if found := self._keys.get(path):
            return found
        if len(self._taken) >= PARTIES_MAX:
            raise self.refusal(f"more than {PARTIES_MAX} parties in one transaction", node, path)
        key = wanted
        if key in self._taken:
            role, dash, number = wanted.rpartition("-")
            if not (dash and number.isdigit()):
                role, number = wanted, "1"
            if role not in _NUMBERED:
                role, number = "other", "1"
                key = role
            at = int(number)
            while key in self._taken:
                at += 1
                key = f"{role}-{at}"
        self._taken.add(key)
        self._keys[path] = key
        return key


def numbered(name: str, number: int) -> str:
    """A step of a path: the first of a name has no number.

    Example:
        >>> numbered("PmtInf", 1), numbered("PmtInf", 2)
        ('PmtInf', 'PmtInf[2]')
    """
    return name if number == 1 else f"{name}[{number}]"


def is_figure(value: str) -> bool:
    """True if a text is a figure as an amount has it.

    Example:
        >>> is_figure("1250.50"), is_figure("1.250,50")
        (True, False)
    """
    whole, _, part = value.removeprefix("+").partition(".")
    return len(value) <= 40 and value.isascii() and (whole + part).isdigit()


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return len(value) >= 10 and value[4] == "-"


def _scheme(node: etree._Element, name: str) -> str:
    """The first text below the child of that name."""
    for child in node.iterchildren(f"{{*}}{name}"):
        for below in child.iter("{*}*"):
            if below.text and (text := below.text.strip()):
                return text
    return ""


def _whole(node: etree._Element) -> str:
    """All text at and below an element; `itertext` would tell comments too."""
    return str(node.xpath("string()"))


def _are_apart(pieces: list[Text]) -> bool:
    """Whether lines that continue one another stand below several elements."""
    return len({piece.path.rpartition("/")[0] for piece in pieces}) > 1


def _joined(pieces: list[Text]) -> str:
    whole = ""
    for piece in pieces:
        whole += piece.value if len(piece.value) in _FULL_LINES else piece.value + " "
    return whole.rstrip()
