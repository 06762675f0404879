"""Who is who in each kind of message, what it must say, and whether it moves money."""

from collections.abc import Mapping

import msgspec

from article41.model.parties import Role

_BETWEEN = dict.fromkeys(("51", "53", "54", "55", "56"), Role.INTERMEDIARY)
_CUSTOMER = _BETWEEN | {
    "50": Role.PAYER,
    "50C": Role.OTHER,
    "50L": Role.OTHER,
    "52": Role.PAYER_BANK,
    "57": Role.PAYEE_BANK,
    "58": Role.PAYEE,
    "59": Role.PAYEE,
}
_BANKS = _BETWEEN | {
    "50": Role.PAYER,
    "52": Role.PAYER,
    "57": Role.PAYEE_BANK,
    "58": Role.PAYEE,
    "59": Role.PAYEE,
}
_COVERED = dict.fromkeys(("52", "53", "54", "55", "56", "57"), Role.INTERMEDIARY) | {
    "50": Role.ULTIMATE_PAYER,
    "59": Role.ULTIMATE_PAYEE,
}
_DEBIT = _BETWEEN | {
    "50": Role.PAYEE,
    "50C": Role.OTHER,
    "50L": Role.OTHER,
    "52": Role.PAYEE_BANK,
    "57": Role.PAYER_BANK,
    "59": Role.PAYER,
}
_CREDIT = _BETWEEN | {
    "41": Role.INTERMEDIARY,
    "42": Role.INTERMEDIARY,
    "50": Role.BUYER,
    "50B": Role.PAYER_BANK,
    "52": Role.PAYER_BANK,
    "57": Role.PAYEE_BANK,
    "58": Role.INTERMEDIARY,
    "59": Role.SELLER,
}


class Kind(msgspec.Struct, frozen=True):
    """What is particular to a kind of message."""

    parts: Mapping[str, Role] = {}
    """Role by tag or by its number; others take part in another way."""
    sender: str = ""
    """Whose place the sender takes if no field does; none if it is just who writes."""
    receiver: str = ""
    """The same for the receiver."""
    requires: tuple[str, ...] = ()
    """Fields without which it is no such message; a small `a` stands for any letter or none."""
    is_known: bool = False
    """True if all its fields are known: then none is there twice."""
    repeats: frozenset[str] = frozenset()
    """But for these."""
    moves_money: bool = True
    """False if it is a mere word about a payment."""
    each: str = ""
    """Tag of the field with which each of several payments begins."""
    rest: str = ""
    """Tag of the field behind them with which begins what concerns all of them."""
    covered: Mapping[str, Role] | None = None
    """Roles in sequence B, which tells of the customers whose payment is covered: the banks pay."""


_WORD = Kind(_CUSTOMER, moves_money=False)
_STATEMENT = Kind(_CUSTOMER, moves_money=False)
_TRANSFER = Kind(_BANKS, "52", "57", ("20", "32A"), is_known=True, repeats=frozenset({"13C"}))
_DOCUMENTARY = Kind(_CREDIT, "52", "57")

KINDS: dict[str, Kind] = {
    "103": Kind(
        _CUSTOMER,
        "52",
        "57",
        ("20", "32A", "50a", "59a"),
        is_known=True,
        repeats=frozenset({"13C", "23E", "71F"}),
    ),
    "101": Kind(_CUSTOMER, "52", "57", each="21"),
    "102": Kind(_CUSTOMER, "52", "57", each="21", rest="32A"),
    "104": Kind(_DEBIT, "52", "57", each="21", rest="32B"),
    "107": Kind(_DEBIT, "52", "57", each="21", rest="32B"),
    "110": Kind(_CUSTOMER, "52", "57", each="21"),
    "111": _WORD,
    "112": _WORD,
    "200": _TRANSFER,
    "201": Kind(_BANKS, "52", "57", each="20"),
    "203": Kind(_BANKS, "52", "57", each="20"),
    "202": msgspec.structs.replace(_TRANSFER, requires=("20", "32A", "58a")),
    "202 COV": Kind(
        _BANKS,
        "52",
        "57",
        ("20", "32A", "58a", "50a", "59a"),
        is_known=True,
        repeats=frozenset({"13C"}),
        covered=_COVERED,
    ),
    "205": _TRANSFER,
    "210": Kind(_CUSTOMER, each="21", moves_money=False),
    "700": Kind(_CREDIT, "52", "57", ("20", "32B", "50a", "59a"), is_known=True),
}
"""What is known of single kinds."""
KINDS["205 COV"] = KINDS["202 COV"]

GROUPS: dict[str, Kind] = {
    "92": _WORD,
    "95": _WORD,
    "96": _WORD,
    "99": Kind(_CUSTOMER, requires=("20", "79"), is_known=True, moves_money=False),
}
"""Kinds of every category, by their last two digits: words about other messages."""

CATEGORIES: dict[str, Kind] = {
    "0": Kind(moves_money=False),
    "1": Kind(_CUSTOMER, "52", "57"),
    "2": Kind(_BANKS, "52", "57"),
    "4": Kind(_CUSTOMER, "52", "57"),
    "7": _DOCUMENTARY,
    "9": _STATEMENT,
}
"""The rest by category. A kind of which nothing is known moves money."""


def kind_of(number: str, *, is_cover: bool) -> Kind:
    """What is known of a kind, by its three digits."""
    if is_cover and f"{number} COV" in KINDS:
        return KINDS[f"{number} COV"]
    known = KINDS.get(number) or GROUPS.get(number[1:])
    return known or CATEGORIES.get(number[0], Kind())


def role_of(tag: str, parts: Mapping[str, Role]) -> Role:
    """What the party of a field does."""
    return parts.get(tag) or parts.get(tag[:2], Role.OTHER)
