"""Payments that differ in names, numbers and texts alone: what the law says of one, it says of all.

Payments come in thousands between the same few countries, and nobody in most of them is like
anybody on a list. What the law reads of such a payment is a handful of facts; where these are equal
and no measure was found, it is not asked again. Whatever else it could read makes a payment one of
its own: a name or BIC that a measure itself names, a name that ends where fields end, a place of a
region, anything that screening found or could not compare.
"""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from article41.law.gaps import Law
from article41.law.unnamed import FIELD_CHARACTERS
from article41.model.acts import PaymentAct
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party
from article41.model.verdicts import PartyStanding

BIC_LETTERS = 8


class _Named(NamedTuple):
    """What the catalogue itself names, for any measure, relief or condition."""

    names: frozenset[str]
    bics: frozenset[str]
    amounts: tuple[Decimal, ...]


def kind_of(act: PaymentAct, standings: Mapping[str, PartyStanding], law: Law) -> Hashable | None:
    """What payments have in common of which the law says the same; none if it is of its own kind.

    Args:
        act: The payment, as its message makes it.
        standings: What screening found of its parties.
        law: The law that is asked.
    """
    if not all(map(_is_quiet, standings.values())) or not _is_plain(act):
        return None
    named = _named_in(law)
    parties = []
    for party in act.parties:
        kind = _kind_of(party, named)
        if kind is None:
            return None
        parties.append(kind)
    said = "\n".join((act.text, *(party.address for party in act.parties)))
    if any(next(one.named_in(said, act.on), None) for one in law.regions.values()):
        return None
    money = act.money
    return (
        act.on,
        act.asker,
        act.jurisdictions,
        act.purposes,
        act.places,
        tuple(parties),
        money and money.currency,
        money and tuple(money.amount <= limit for limit in named.amounts),
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


def _kind_of(party: Party, named: _Named) -> Hashable | None:
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
            numbers.append(msgspec.structs.replace(document, value=bic[4:6]))
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
