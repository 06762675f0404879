"""The table of what elements say, and a plan of each path of elements that was met.

The table is `table.toml`; a plan is what it says of one path, looked up once.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from article41.checks.payment.message import Means

PLANS_MAX = 20_000
"""So many paths are remembered of a kind of message; with more, all are forgotten."""
TAG_CHARACTERS_MAX = 200
"""Longest name of an element, with its namespace, that is remembered."""
FORM_CHARACTERS_MAX = 300
"""Longest text that is looked at for its form: codes and numbers are shorter."""
_KEY_STEPS_MAX = 5
"""Names in the longest key of the table."""
_SWAPPED = {
    "payer": "payee",
    "payee": "payer",
    "payer-bank": "payee-bank",
    "payee-bank": "payer-bank",
    "ultimate-payer": "ultimate-payee",
    "ultimate-payee": "ultimate-payer",
}
Said = TypeVar("Said")
_NUMBERED_ROOT = re.compile(r"([A-Za-z]+)V[0-9]{2}")
_OLD_ROOT = re.compile(r"([a-z]{4}\.[0-9]{3})\.001\.[0-9]{2}")


class MessageKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of message, as the table has it.

    Example:
        >>> message_kind("PmtRtr").kind
        'pacs.004'
    """

    kind: str
    """Business area and number."""
    unit: str = ""
    """Where its transactions stand below the element of the message, through one group at most;
    empty if it is read as one."""
    moves_money: bool = False
    """Whether money moves by it."""
    returns: bool = False
    """Whether it moves back."""
    counted: bool = False
    """Whether headers say how many transactions there are."""
    required: tuple[str, ...] = ()
    """Elements of a transaction, or with `../` of its group, that none is without."""
    amounts: tuple[str, ...] = ()
    """Of which amounts its control sum may be made: paths below the transaction, the first that
    is there where `|` stands between."""
    total: str = ""
    """The element of its header that has the sum of the first of them."""
    whole_group: str = ""
    """The flag of its header by which it may be about a whole group, without transactions."""

    @property
    def group(self) -> str:
        """The element between message and transaction; empty if there is none."""
        return self.unit.partition("/")[0] if "/" in self.unit else ""

    @property
    def unit_name(self) -> str:
        """The element of a transaction."""
        return self.unit.rpartition("/")[2]


class _Form(msgspec.Struct, frozen=True):
    like: str
    otherwise: Means = Means.UNMAPPED


class _Returned(msgspec.Struct, frozen=True):
    elements: frozenset[str]


class _Elements(msgspec.Struct, frozen=True):
    repeated: frozenset[str]
    once: frozenset[str]
    filled: frozenset[str]
    foreign: frozenset[str]
    run_on: frozenset[str]
    references: tuple[str, ...]
    no_reference: frozenset[str]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table; its file says what each part means."""

    messages: dict[str, MessageKind]
    """By the element of the message."""
    parties: dict[str, str]
    """Whose the texts below an element are."""
    returned: _Returned
    """Where payer and payee change places."""
    accounts: dict[str, str]
    """Beside which party an account stands."""
    texts: dict[str, Means]
    """What texts say."""
    texts_of_returns: dict[str, Means]
    """What they say in a message by which money goes back."""
    forms: dict[Means, _Form]
    """What they look like."""
    own_forms: dict[str, str]
    """Which of them look otherwise."""
    elements: _Elements
    """What else is told of elements."""
    schemes: dict[str, str]
    """Where the scheme of a number stands."""


@cache
def table() -> Table:
    """The table, read once."""
    text = Path(__file__).with_name("table.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Table)


@lru_cache(maxsize=256)
def message_kind(root: str) -> MessageKind | None:
    """The kind of message that an element is the root of; nothing if it is not known.

    Args:
        root: Its local name. The first versions had the kind itself for a name, or their number
            at its end (`BkToCstmrStmtV01`).

    Example:
        >>> message_kind("pain.001.001.02").unit
        'PmtInf/CdtTrfTxInf'
    """
    messages = table().messages
    if root in messages:
        return messages[root]
    if old := _OLD_ROOT.fullmatch(root):
        return next((kind for kind in messages.values() if kind.kind == old[1]), None)
    numbered = _NUMBERED_ROOT.fullmatch(root)
    return messages.get(numbered[1]) if numbered else None


class Plan:
    """What the table says of one path of elements.

    Args:
        steps: Local names from below the message or the envelope.
        plans: The plans of the same kind of message.
        parent: The plan of the element above.
    """

    __slots__ = ("account_of", "children", "filled", "foreign", "form", "means", "name", "once",
                 "otherwise", "party", "plans", "rank", "returned", "run_on", "scheme",
                 "steps")  # fmt: skip

    def __init__(self, steps: tuple[str, ...], plans: "Plans", parent: "Plan | None") -> None:
        """Look everything up."""
        found = table()
        name = steps[-1] if steps else ""
        elements = found.elements
        self.name = name
        """Local name."""
        self.steps = steps
        """Local names of the path."""
        self.plans = plans
        """Where it is kept."""
        self.children: dict[str, Plan] = {}
        """Plans of the elements below, by tag."""
        self.foreign: bool = parent is not None and (
            parent.foreign or parent.name in elements.foreign
        )
        """Whether anything may stand here."""
        self.returned: bool = parent is not None and (
            parent.returned or (plans.kind.returns and name in found.returned.elements)
        )
        """Whether payer and payee have changed places."""
        self.account_of = "" if self.foreign else found.accounts.get(name, "")
        """The element, beside this one, of the party whose account this is."""
        whose = (*steps[:-1], self.account_of) if self.account_of else steps
        self.party = "" if self.foreign else _longest(found.parties, whose) or ""
        """The key of the party that begins here; empty if none does."""
        if self.returned:
            self.party = _SWAPPED.get(self.party, self.party)
        self.means = None if self.foreign else self._meaning()
        """What a text says; nothing if the table does not know."""
        known = self.means is not None or bool(self.party)
        self.once = not self.foreign and (
            name in elements.once or (known and name not in elements.repeated)
        )
        """Whether it may stand only once below its parent."""
        self.filled = not self.foreign and name in elements.filled
        """Whether its text must not be empty."""
        self.run_on = self.means is not None and name in elements.run_on
        """Whether its text may go on in the next of its name."""
        self.rank = _rank(name) if self.means is not None else -1
        """How good a name of the payment it is, 0 the best; below 0 if none."""
        self.scheme = "" if self.foreign else found.schemes.get(name, "")
        """The element below that says of what scheme the number beside it is."""
        form = found.forms.get(self.means) if self.means is not None else None
        own = None if self.foreign else _longest(found.own_forms, steps)
        like = own or (form.like if form else "")
        self.form = re.compile(like) if like else None
        """What the text must look like."""
        self.otherwise = form.otherwise if form else Means.UNMAPPED
        """What it is if it does not."""

    def _meaning(self) -> Means | None:
        found = table()
        if self.plans.kind.returns:
            special = _longest(found.texts_of_returns, self.steps)
            if special is not None:
                return special
        return _longest(found.texts, self.steps)

    def has_form(self, value: str) -> bool:
        """Whether a text looks like what it should be here."""
        if self.form is None:
            return True
        return len(value) <= FORM_CHARACTERS_MAX and self.form.fullmatch(value) is not None

    def below(self, tag: str) -> "Plan":
        """The plan of an element below, remembered by its tag."""
        if known := self.children.get(tag):
            return known
        plan = Plan((*self.steps, tag.rpartition("}")[2]), self.plans, self)
        if len(tag) <= TAG_CHARACTERS_MAX:
            if self.plans.count >= PLANS_MAX:
                self.plans.forget()
            self.plans.count += 1
            self.children[tag] = plan
        return plan


class Plans:
    """The plans of one kind of message, from its root down.

    Args:
        kind: The kind.
    """

    def __init__(self, kind: MessageKind) -> None:
        """Begin without any."""
        self.kind = kind
        """The kind."""
        self.count = 0
        """How many are remembered."""
        self.root = Plan((), self, None)
        """Of the message and of the envelope: the elements below both are told by their names."""

    def forget(self) -> None:
        """Begin again: a message of made-up names must not fill the memory."""
        self.count = 0
        self.root.children.clear()


@cache
def plans_of(kind: MessageKind) -> Plans:
    """The plans of a kind of message, kept from one message to the next."""
    return Plans(kind)


def _longest(keys: Mapping[str, Said], steps: tuple[str, ...]) -> Said | None:
    """What is said under the longest key that the path ends with."""
    for start in range(max(0, len(steps) - _KEY_STEPS_MAX), len(steps)):
        said = keys.get("/".join(steps[start:]))
        if said is not None:
            return said
    return None


def _rank(name: str) -> int:
    references = table().elements.references
    return references.index(name) if name in references else -1
