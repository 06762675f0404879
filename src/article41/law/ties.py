"""By which facts an act names a country: of its parties, its goods, its way and its money."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from article41.model.acts import (
    Act,
    CargoAct,
    CommunicationAct,
    DiplomaticAct,
    Goods,
    JourneyAct,
    Money,
    PaymentAct,
)
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party

NATIONAL_CURRENCIES = {
    "SYP": "SY", "RUB": "RU", "BYN": "BY", "BYR": "BY", "IRR": "IR", "KPW": "KP", "CUP": "CU",
    "CUC": "CU", "VES": "VE", "VEF": "VE", "MMK": "MM", "LYD": "LY", "AFN": "AF", "IQD": "IQ",
    "YER": "YE", "SDG": "SD", "SSP": "SS", "SOS": "SO", "ZWL": "ZW", "LBP": "LB", "HTG": "HT",
    "NIO": "NI", "CDF": "CD", "BIF": "BI", "GNF": "GN",
}  # fmt: skip
"""Currencies of one country by which an act touches it (ISO 4217)."""
_PLACES: Mapping[type, tuple[str, ...]] = {
    CargoAct: ("loaded_in", "discharged_in", "via", "cleared_in"),
    PaymentAct: ("cleared_in",),
    JourneyAct: ("leaves", "arrives", "via", "overflies"),
    CommunicationAct: ("destination",),
    DiplomaticAct: ("sending", "receiving"),
}


def goods_of(act: Act) -> Sequence[Goods]:
    """The goods, if an act is about any."""
    return act.goods if isinstance(act, CargoAct | CommunicationAct) else ()


def money_of(act: Act) -> Money | None:
    """The amount, if an act names one."""
    money: Money | None = getattr(act, "money", None)
    return money


def countries_named_by(party: Party) -> Iterator[tuple[str, str]]:
    """Every country that a party belongs to or acts from, with the field that says so.

    Example:
        >>> from article41.model.parties import Role
        >>> list(countries_named_by(Party(role=Role.PAYEE, country="XA", residence="XB")))
        [('XA', 'country'), ('XB', 'residence')]
    """
    if party.country:
        yield party.country, "country"
    if party.incorporated_in:
        yield party.incorporated_in, "incorporated_in"
    for country in party.located_in:
        yield country, "located_in"
    if party.residence:
        yield party.residence, "residence"
    for country in party.nationalities:
        yield country, "nationalities"
    for document in party.documents:
        if document.kind is IdentifierKind.BIC and len(document.value) >= 6:
            yield document.value[4:6].upper(), "documents"


def places_of(act: Act) -> Iterator[tuple[str, str]]:
    """Every country in which an act is done or to which it goes, with the fact that says so.

    Args:
        act: The act.
    """
    for number, line in enumerate(goods_of(act)):
        for field in ("exported_from", "destination"):
            if country := getattr(line, field):
                yield country, f"goods[{number}].{field}"
    for country in act.places:
        yield country, "places"
    for field in _PLACES.get(type(act), ()):
        value = getattr(act, field)
        for country in (value,) if isinstance(value, str) else value or ():
            if country:
                yield country, field
    money = money_of(act)
    currency = money.currency if money is not None else ""
    if currency in NATIONAL_CURRENCIES:
        yield NATIONAL_CURRENCIES[currency], "money.currency"


def touched_by(act: Act, scenes: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every country that an act touches, with the fact that says so.

    Args:
        act: The act.
        scenes: Where it is done and to where it goes.
    """
    for party in act.parties:
        for country, fact in countries_named_by(party):
            yield country, f"parties.{party.key}.{fact}"
        if party.flag:
            yield party.flag, f"parties.{party.key}.flag"
        for flag in party.past_flags:
            yield flag, f"parties.{party.key}.past_flags"
    for number, line in enumerate(goods_of(act)):
        if line.origin:
            yield line.origin, f"goods[{number}].origin"
    yield from scenes
