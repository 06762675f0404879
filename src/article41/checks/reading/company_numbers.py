"""The numbers by which two records are of one party: LEI, IMO, a register's with its country.

A number that others may have too, or that stands for none, marks nobody.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from article41.model.identifiers import Bic, IdentifierKind, Imo, Lei
from article41.model.parties import Document, Party

_MANY_REGISTERS = {"AE", "CA", "DE", "US"}
"""Countries whose courts, emirates, provinces or States each count their companies from one: a
number of theirs marks a company with its name alone."""
_CHARACTERS_MIN = 4
_GB_DIGITS = 8
"""British company numbers are written with and without the zeros before them."""
_GIVEN_BY_ONE = (IdentifierKind.LEI, IdentifierKind.IMO)
"""Kinds of numbers of which one party has one: two that differ are two parties."""
CHECKED: Mapping[IdentifierKind, type[Bic | Imo | Lei]] = {
    IdentifierKind.BIC: Bic,
    IdentifierKind.IMO: Imo,
    IdentifierKind.LEI: Lei,
}


class Number(NamedTuple):
    """A number that marks one party, as it is compared."""

    kind: str
    """`LEI`, `IMO`, or the country of a register."""
    value: str
    """Folded."""


def numbers_of(party: Party) -> Iterator[Number]:
    """The numbers that mark one party: LEI, IMO, and a register's with its country.

    Example:
        >>> from article41.model.parties import Role
        >>> number = Document(kind=IdentifierKind.REGISTRATION, value="123 456", country="GB")
        >>> list(numbers_of(Party(role=Role.PAYEE, documents=(number,))))
        [Number(kind='GB', value='00123456')]
    """
    for document in party.documents:
        if document.kind in _GIVEN_BY_ONE and adds_up(document):
            kind = CHECKED[document.kind]
            yield Number(document.kind.name, kind.parse(document.value).value)
        elif document.kind is IdentifierKind.REGISTRATION:
            yield from _registered(document, party)


def _registered(document: Document, party: Party) -> Iterator[Number]:
    """The number of a company in the register of its country."""
    country = document.country or party.incorporated_in or party.country
    folded = re.sub(r"[\W_]", "", document.value).upper()
    # What is short, or has no other digit than 0, stands for a number that is not known.
    if not country or len(folded) < _CHARACTERS_MIN or not re.search("[1-9]", folded):
        return
    if country == "GB" and folded.isdigit():
        folded = folded.rjust(_GB_DIGITS, "0")
    if country not in _MANY_REGISTERS:
        yield Number(country, folded)
        return
    for name in names_of(party):
        yield Number(country, f"{folded} {folded_name(name)}")


def are_of_two(one: Party, other: Party) -> bool:
    """True if each has a number of a kind of which one party has one, and they differ."""
    for kind in _GIVEN_BY_ONE:
        numbers, others = (
            {number for number in numbers_of(party) if number.kind == kind.name}
            for party in (one, other)
        )
        if numbers and others and not numbers & others:
            return True
    return False


def adds_up(document: Document) -> bool:
    """True if a number of a kind with check digits is one."""
    try:
        CHECKED[document.kind].parse(document.value)
    except ValueError:
        return False
    return True


def names_of(party: Party) -> list[str]:
    """All names of a party."""
    return [name for name in (party.name, *party.other_names) if name]


def folded_name(name: str) -> str:
    """A name by which two that are written alike are the same."""
    return " ".join(name.casefold().split())
