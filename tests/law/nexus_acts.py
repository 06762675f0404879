"""Small acts for tests of nexus, and what a jurisdiction makes of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from article41.law.jurisdictions import jurisdiction_of
from article41.law.nexus import Bound, nexus_of
from article41.model.acts import Act, Asker, CargoAct, Goods, Money, PartyAct, PaymentAct
from article41.model.entities import Schema
from article41.model.parties import Party, Role

DAY = date(2012, 7, 6)


def of(act: Act, key: str, day: date | None = None) -> Mapping[str, Bound]:
    return nexus_of(act, jurisdiction_of(key), day)


def truths(act: Act, key: str) -> dict[str, str]:
    return {party: bound.truth.value for party, bound in of(act, key).items()}


def grounds(bound: Bound) -> list[str]:
    return [nexus.ground for nexus in bound.grounds]


def body(role: Role, country: str = "") -> Party:
    return Party(role=role, schema=Schema.COMPANY, country=country)


def person(role: Role, country: str = "") -> Party:
    return Party(role=role, schema=Schema.PERSON, country=country)


def payment(
    *parties: Party, currency: str = "", through: tuple[str, ...] | None = None, on: date = DAY
) -> PaymentAct:
    money = Money(amount=Decimal(100), currency=currency) if currency else None
    asker = Asker(party=parties[0].key)
    return PaymentAct(on=on, asker=asker, parties=parties, money=money, cleared_in=through)


def holding(*parties: Party, on: date = DAY) -> PartyAct:
    return PartyAct(on=on, asker=Asker(party=parties[0].key), parties=parties)


CRUDE = (Goods(code="2709 00", origin="SY", us_content=False),)


def tanker(
    *parties: Party, flag: str, loaded_in: str = "SY", discharged_in: str = "CN"
) -> CargoAct:
    vessel = Party(role=Role.VESSEL, schema=Schema.VESSEL, flag=flag)
    return CargoAct(
        on=DAY,
        asker=Asker(party="vessel"),
        parties=(vessel, *parties),
        goods=CRUDE,
        loaded_in=loaded_in,
        discharged_in=discharged_in,
    )
