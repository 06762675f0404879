"""What has been found of a message so far: its texts, and by which key each party goes."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from article41.checks.payment.message import Means, Text
from article41.checks.payment.swift_mt.table import CLEARINGS
from article41.model.countries import ISO_COUNTRIES
from article41.model.identifiers import Bic
from article41.model.parties import Role

BIC = Bic.pattern
IBAN = re.compile(r"([A-Z]{2})[0-9]{2}[A-Z0-9]{11,30}")
_CLEARING = re.compile(r"//([A-Z]{2})([A-Z0-9]*[0-9][A-Z0-9]*)?")
_BESIDE = (Role.INTERMEDIARY, Role.OTHER)
_MARKED = re.compile(r"/([CD])/(.+)")
CENTURY_SPLIT = 80
"""Years of two digits from here on are of the last century, as SWIFT reads them."""


class Found(msgspec.Struct):
    """Texts in their order, and the keys that are taken.

    A bank that two fields name is one party if its role is the same; two of one role are told
    apart by a number.
    """

    name: str
    """The file, for errors."""
    texts: list[Text] = []
    """In the order in which they were found."""
    keys: dict[tuple[Role, str], str] = {}
    """Key of a party by its role and its mark."""
    taken: dict[Role, int] = {}
    """How many parties a role has."""
    by_bic: dict[str, str] = {}
    """Key of a bank by the first eight letters of its BIC."""
    by_field: dict[str, str] = {}
    """Key of the party of a field, by the number of its tag."""

    def add(self, path: str, value: str, means: Means, of: str = "", unit: str = "") -> None:
        """Keep one text; nothing, if it is blank."""
        if value:
            self.texts.append(Text(path=path, value=value, means=means, of=of, unit=unit))

    def key(self, role: Role, mark: str) -> str:
        """The key of a party by its role and what marks it; without a mark it is a new one."""
        known = self.keys.get((role, mark)) if mark else None
        if known is not None:
            return known
        count = self.taken[role] = self.taken.get(role, 0) + 1
        key = role.value if count == 1 else f"{role.value}-{count}"
        self.keys[role, mark] = key
        return key

    def bank(self, role: Role, bic: str) -> str:
        """The key of a party that a BIC marks; branches of one bank are one party.

        A bank beside payer, payee and their banks is who it is already, if it was named before.
        """
        if role in _BESIDE and (known := self.by_bic.get(bic[:8])) is not None:
            return known
        key = self.key(role, bic[:8])
        self.by_bic.setdefault(bic[:8], key)
        return key

    def account(self, path: str, line: str, of: str) -> None:
        """Keep an account line, which begins with a slash: a clearing code, or an account."""
        clearing = _CLEARING.fullmatch(line)
        if clearing is not None and clearing[1] in CLEARINGS:
            self.add(path, clearing[1], Means.CODE)
            self.add(path, clearing[2] or "", Means.NUMBER, of, CLEARINGS[clearing[1]])
            return
        number = line[1:]
        if (marked := _MARKED.fullmatch(line)) is not None:
            self.add(path, marked[1], Means.CODE)
            number = marked[2]
        self.number(path, number, of)

    def number(self, path: str, number: str, of: str) -> None:
        """Keep an account number."""
        iban = IBAN.fullmatch(number.replace(" ", "").upper())
        is_iban = iban is not None and iban[1] in ISO_COUNTRIES
        self.add(path, number.strip(), Means.IBAN if is_iban else Means.ACCOUNT, of)


def full(lines: Sequence[str], width: int) -> list[bool]:
    """Which lines use all the room that a line has."""
    return [len(line) >= width for line in lines]


def run_on(lines: Sequence[str], is_full: Sequence[bool]) -> tuple[str, ...]:
    """Lines as one text: with blanks between them, and without one behind each full line.

    A full line may end within a word or behind one; both readings are given.

    Example:
        >>> run_on(["EXAMPLE TRA", "DING"], [True, False])
        ('EXAMPLE TRA DING', 'EXAMPLE TRADING')
    """
    spaced = " ".join(line for line in lines if line)
    if not any(is_full[:-1]):
        return (spaced,) if spaced else ()
    ends = ("" if one else " " for one in is_full)
    glued = "".join(line + end for line, end in zip(lines, ends, strict=True) if line).strip()
    return (spaced,) if glued == spaced else (spaced, glued)


def day(digits: str) -> str:
    """A day as ISO 8601 writes it, of six digits or eight; empty if there is no such day.

    Example:
        >>> day("261130"), day("19650911"), day("260230")
        ('2026-11-30', '1965-09-11', '')
    """
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) >= CENTURY_SPLIT else "20") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return ""
