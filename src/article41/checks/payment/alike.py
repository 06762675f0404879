"""Payments that differ in names, numbers and texts alone: what the law says of one, it says of all.

Payments come in thousands between the same few countries, and nobody in most of them is like
anybody on a list. What the law reads of such parties is a handful of facts. Whoever is like
somebody on a list, could not be compared, or has a name or BIC that a measure itself names or that
ends where fields end, is taken as a whole; where a text names a place of a region, the payment is
of its own kind.
"""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import NamedTuple

import msgspec

from article41.law.bank_homes import home_of
from article41.law.bearing import lies_elsewhere
from article41.law.gaps import Law
from article41.law.unnamed import FIELD_CHARACTERS
from article41.model.acts import PaymentAct
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party
from article41.model.verdicts import PartyStanding

BIC_LETTERS = 8
PARTIES_MAX = 4_000
"""Parties that have a number."""


class _Named(NamedTuple):
    """What the catalogue itself names, for any measure, relief or condition."""

    names: frozenset[str]
    bics: frozenset[str]
    amounts: tuple[Decimal, ...]


class Kind(NamedTuple):
    """What payments have in common of which the law says the same."""

    facts: Hashable
    """All that the law reads of them."""
    own: tuple[str, ...]
    """The names and numbers of this one's parties that are not among these facts."""


def kind_of(act: PaymentAct, standings: Mapping[str, PartyStanding], law: Law) -> Kind | None:
    """What payments have in common of which the law says the same; none if it is of its own kind.

    Args:
        act: The payment, as its message makes it.
        standings: What screening found of its parties.
        law: The law that is asked.
    """
    if not _is_plain(act):
        return None
    said = "\n".join((act.text, *(party.address for party in act.parties)))
    if any(next(one.named_in(said, act.on), None) for one in law.regions.values()):
        return None
    named = _named_in(law)
    own: list[str] = []
    parties: list[int] = []
    for party in act.parties:
        bare = _bare(party, named) if _is_quiet(standings[party.key]) else None
        if bare is not None:
            own += (party.name, *party.other_names, *(one.value for one in party.documents))
        parties.append(_number_of(bare or party, is_whole=bare is None))
    money = act.money
    return Kind(
        (
            act.on,
            act.asker,
            act.jurisdictions,
            act.purposes,
            act.places,
            tuple(parties),
            # Of addresses the law reads no more than what lies in a region or outside.
            tuple([lies_elsewhere(one, act) is not None for one in law.regions.values()]),
            money and money.currency,
            money and tuple(money.amount <= limit for limit in named.amounts),
        ),
        tuple(filter(None, own)),
    )


def _is_quiet(standing: PartyStanding) -> bool:
    """True if nobody on a list is like it, and all of it was compared."""
    return not (
        standing.listed
        or standing.born_otherwise
        or standing.different_from
        or standing.limits
        or standing.name_open
    )


def _is_plain(act: PaymentAct) -> bool:
    """True of an act that has no more than messages say."""
    return (
        not act.facts
        and not act.licences
        and act.contract_on is None
        and act.cleared_in is None
        and not act.holdings.stakes
        and not act.holdings.controls
    )


def _number_of(party: Party, *, is_whole: bool) -> int:
    """A number for all parties that are equal, so that kinds are short.

    Who has no name is another than all whose names are left out.
    """
    key = party, is_whole
    found = _NUMBERS.get(key)
    if found is None:
        if len(_NUMBERS) >= PARTIES_MAX:
            _NUMBERS.clear()
        found = _NUMBERS[key] = next(_COUNTED)
    return found


_NUMBERS: dict[tuple[Party, bool], int] = {}
_COUNTED = count()


def _bare(party: Party, named: _Named) -> Party | None:
    """A party without what the law does not read of it; none if its names or numbers tell more.

    Without a country its numbers say where it is.
    """
    names = [name.casefold() for name in (party.name, *party.other_names)]
    if not party.country or not party.name or not named.names.isdisjoint(names):
        return None
    if FIELD_CHARACTERS.issuperset(map(len, (party.name, *party.other_names))):
        return None
    numbers: list[Document] = []
    for document in party.documents:
        bic = document.value[:BIC_LETTERS].upper()
        if document.kind is not IdentifierKind.BIC:
            numbers.append(msgspec.structs.replace(document, value=""))
        elif bic in named.bics:
            return None
        else:
            where = f"{bic[4:6]} {home_of(bic)}"
            numbers.append(msgspec.structs.replace(document, value=where))
    # Taken out of the whole, so that what else is said of a party never goes unseen.
    return msgspec.structs.replace(
        party,
        name="",
        other_names=(),
        birth_date="given" if party.birth_date else "",
        birth_place="",
        documents=tuple(numbers),
        address="",
    )


def _named_in(law: Law) -> _Named:
    """Worked out once: a law stays as it is."""
    found = _KEPT.get(law.catalogue.sha256)
    if found is None:
        found = _KEPT[law.catalogue.sha256] = _names_of(law)
    return found


_KEPT: dict[str, _Named] = {}


def _names_of(law: Law) -> _Named:
    names: set[str] = set()
    bics: set[str] = set()
    amounts: set[Decimal] = set()
    for key, texts in _walked(msgspec.to_builtins(law.catalogue.measures, enc_hook=str)):
        if key == "names":
            names.update(one.casefold() for one in texts)
        elif key == "bics":
            bics.update(one[:BIC_LETTERS].upper() for one in texts)
        elif key == "amount_up_to":
            amounts.update(map(Decimal, texts))
    return _Named(frozenset(names), frozenset(bics), tuple(sorted(amounts)))


def _walked(value: object, key: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every key of plain data with its values as texts."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _walked(one, name)
    elif isinstance(value, list | tuple):
        texts = tuple(one for one in value if isinstance(one, str))
        if texts:
            yield key, texts
        for one in value:
            yield from _walked(one, key)
    elif value is not None:
        yield key, (str(value),)
