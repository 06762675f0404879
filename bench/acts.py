"""Acts to measure with: parties in every role, a share of the acts tied to sanctioned countries.

Persons are drawn as the customers of `workloads`. Bodies, banks and ships are real ones from
`directories`; or they are invented to be hard: half of the bodies have the words of listed ones,
half are named after an invented person and a trade. Banks come again and again from a small
number. In two acts of a hundred one party is listed: the caller gives its key, or its name stands
on a list as it is. Equal seeds give equal acts.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from directories import Ship, banks, firms, ships
from workloads import customers, listed

from article41.model.acts import Act, Asker, CargoAct, Goods, Money, PartyAct, PaymentAct
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role

SHARE_LISTED = 0.02
"""Acts of which one party is listed."""
SANCTIONED = ("SY",) * 10 + ("RU", "IR", "RU", "IR", "BY", "KP", "CU", "VE", "MM", "LY", "SD", "AF")
ORDINARY = (
    "DE", "FR", "IT", "NL", "GR", "US", "US", "GB", "CH", "CA", "AU", "JP", "SG", "AE", "TR", "IN",
    "CN", "BR", "MX", "ZA", "EG", "JO", "NO", "KR",
)  # fmt: skip
BANKS = ("DE", "FR", "US", "GB", "CH", "AE", "SG", "JP")
FLAGS = ("PA", "LR", "MH", "MT", "GR", "CY", "SG", "NO")
CODES = (
    "2709 00", "2710 19", "8471 30", "8517 62", "8413 70", "7304 29", "8703 23", "1001 99",
    "3004 90", "2903 11", "7108 12", "9303 30", "8542 31", "6204 62", "4901 99", "8802 40",
)  # fmt: skip
TRADES = (
    "Trading", "Logistics", "Foods", "Textiles", "Machinery", "Chemicals", "Travel", "Software",
    "Holding", "Consulting", "Construction", "Motors", "Pharma", "Electric", "Shipping",
)  # fmt: skip
FORMS = ("Ltd", "GmbH", "SA", "SARL", "LLC", "Inc", "BV", "SpA", "AG", "Co", "")
SHIPS = ("Star", "Pearl", "Express", "Spirit", "Bay", "Glory", "Breeze", "Pioneer", "Venture")
BANKS_PER_COUNTRY = 25


class Mix(NamedTuple):
    """What acts are made of."""

    share_tied: float
    """Acts with a tie to a sanctioned country."""
    are_real: bool
    """Firms, banks and ships are real ones; else they are invented to be hard."""


ORDINARY_MIX = Mix(share_tied=0.05, are_real=True)
"""As a bank or a carrier may have them."""
HARD_MIX = Mix(share_tied=0.5, are_real=False)
"""Far more ties and likenesses than anybody has."""
MIXES = {"ordinary": ORDINARY_MIX, "hard": HARD_MIX}


class _Name(NamedTuple):
    name: str
    schema: Schema
    listings: tuple[str, ...] = ()


class _Desk:
    """Draws what acts are made of."""

    def __init__(self, size: int, keys: Sequence[str], seed: int, mix: Mix) -> None:
        self.chance = random.Random(seed)
        self.keys = keys
        self.mix = mix
        self.names: Mapping[bool, list[_Name]] = {True: [], False: []}
        for drawn in customers(40 * size, seed=seed):
            is_person = drawn.schema is Schema.PERSON
            self.names[is_person].append(_Name(drawn.name, drawn.schema))
        self.is_tied = False
        self.is_listed = False

    def begin(self) -> None:
        """Decide of the next act whether it is tied, and whether somebody in it is listed."""
        self.is_tied = self.chance.random() < self.mix.share_tied
        self.is_listed = self.chance.random() < SHARE_LISTED

    def country(self, among: Sequence[str] = ORDINARY, *, share_tied: float = 0.4) -> str:
        if self.is_tied and self.chance.random() < share_tied:
            return self.chance.choice(SANCTIONED)
        return self.chance.choice(among)

    def _name(self, *, is_person: bool) -> _Name:
        if self.is_listed:
            self.is_listed = False
            key = self.chance.choice(self.keys)
            if self.chance.random() < 0.5:
                return _Name("Example", Schema.THING, (key,))
            return _Name(*self.chance.choice(listed()))
        if self.mix.are_real and not is_person:
            return _Name(self.chance.choice(firms()), Schema.ORGANIZATION)
        if is_person or self.chance.random() < 0.5:
            return self.chance.choice(self.names[is_person])
        parts = (self._family(), self.chance.choice(TRADES), self.chance.choice(FORMS))
        return _Name(" ".join(filter(None, parts)), Schema.ORGANIZATION)

    def _family(self) -> str:
        return self.chance.choice(self.names[True]).name.split()[-1]

    def party(self, role: Role, *, is_person: bool = False, country: str = "") -> Party:
        name = self._name(is_person=is_person)
        return Party(
            role=role,
            name=name.name,
            schema=name.schema,
            listings=name.listings,
            country=country or self.country(),
        )

    def bank(self, role: Role, country: str = "") -> Party:
        country = country or self.country(BANKS, share_tied=0.2)
        number = self.chance.randrange(BANKS_PER_COUNTRY)
        name, bic = _bank(country, number, are_real=self.mix.are_real)
        return Party(
            role=role,
            name=name,
            schema=Schema.COMPANY,
            country=country,
            is_bank=True,
            documents=(Document(kind=IdentifierKind.BIC, value=bic),),
        )

    def vessel(self) -> Party:
        flag = self.country(FLAGS, share_tied=0.1)
        if self.mix.are_real:
            ship = self.chance.choice(ships())
        else:
            ship = Ship(f"{self._family()} {self.chance.choice(SHIPS)}", self._imo(), flag)
        return Party(
            role=Role.VESSEL,
            name=ship.name,
            schema=Schema.VESSEL,
            flag=flag if self.is_tied else ship.flag,
            documents=(Document(kind=IdentifierKind.IMO, value=ship.imo),),
        )

    def _imo(self) -> str:
        digits = f"{self.chance.randrange(900_000, 1_000_000)}"
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1),
                                                                 strict=True))  # fmt: skip
        return f"{digits}{total % 10}"

    def money(self) -> Money:
        amount = Decimal(self.chance.randrange(100, 10_000_000)) / 100
        return Money(amount=amount, currency=self.chance.choice(("USD", "EUR", "GBP", "CHF")))

    def goods(self, origin: str, destination: str) -> Goods:
        return Goods(
            description="goods as in the papers",
            code=self.chance.choice(CODES),
            origin=origin,
            destination=destination,
            quantity=Decimal(self.chance.randrange(1, 500)),
            unit="t",
        )


@cache
def _bank(country: str, number: int, *, are_real: bool) -> tuple[str, str]:
    """The name and the BIC of one of the banks of a country."""
    if are_real and (there := banks().get(country)):
        return there[number * len(there) // BANKS_PER_COUNTRY]
    chance = random.Random(f"{country}{number}")
    founders = [drawn.name.split()[-1] for drawn in customers(2, seed=chance.randrange(1_000_000))]
    word = chance.choice(("Bank", "Bancorp", "Banque", "Savings"))
    code = "".join(chance.choices("ABCDEFGHKLMNPRST", k=4))
    return " ".join((*founders, word)), f"{code}{country}XX"


def party_acts(
    size: int, keys: Sequence[str], *, on: date, seed: int = 31, mix: Mix = ORDINARY_MIX
) -> Iterator[Act]:
    """A bank takes a customer, or looks again at one it has."""
    desk = _Desk(size, keys, seed, mix)
    for number in range(size):
        desk.begin()
        home = desk.chance.choice(BANKS)
        is_known = desk.chance.random() < 0.5
        yield PartyAct(
            id=f"party-{number}",
            on=on,
            asker=Asker(party="institution"),
            parties=(
                desk.party(Role.CUSTOMER, is_person=desk.chance.random() < 0.8),
                desk.bank(Role.INSTITUTION, home),
            ),
            relation_since=on - timedelta(days=400) if is_known else None,
        )


def payment_acts(
    size: int, keys: Sequence[str], *, on: date, seed: int = 37, mix: Mix = ORDINARY_MIX
) -> Iterator[Act]:
    """A payment between two customers through their banks, in three of ten through one more."""
    desk = _Desk(size, keys, seed, mix)
    for number in range(size):
        desk.begin()
        between = desk.chance.random() < 0.3
        yield PaymentAct(
            id=f"payment-{number}",
            on=on,
            asker=Asker(party="payer-bank"),
            parties=(
                desk.party(Role.PAYER, is_person=desk.chance.random() < 0.5),
                desk.bank(Role.PAYER_BANK, desk.chance.choice(BANKS)),
                *((desk.bank(Role.INTERMEDIARY),) if between else ()),
                desk.bank(Role.PAYEE_BANK),
                desk.party(Role.PAYEE, is_person=desk.chance.random() < 0.5),
            ),
            money=desk.money(),
            text="invoice",
        )


def cargo_acts(
    size: int, keys: Sequence[str], *, on: date, seed: int = 41, mix: Mix = ORDINARY_MIX
) -> Iterator[Act]:
    """Two lines of goods from a seller to a buyer by sea, insured and financed."""
    desk = _Desk(size, keys, seed, mix)
    for number in range(size):
        desk.begin()
        selling, buying = desk.country(), desk.country()
        yield CargoAct(
            id=f"cargo-{number}",
            on=on,
            asker=Asker(party=desk.chance.choice(("seller", "buyer", "insurer", "financier"))),
            parties=(
                desk.party(Role.SELLER, country=selling),
                desk.party(Role.BUYER, country=buying),
                desk.party(Role.CONSIGNEE, country=buying),
                desk.party(Role.CARRIER),
                desk.vessel(),
                desk.party(Role.VESSEL_OWNER),
                desk.party(Role.INSURER, country=desk.chance.choice(BANKS)),
                desk.bank(Role.FINANCIER, desk.chance.choice(BANKS)),
            ),
            goods=(desk.goods(selling, buying), desk.goods(desk.country(), buying)),
            loaded_in=selling,
            loaded_at="port of loading",
            discharged_in=buying,
            discharged_at="port of discharge",
            via=(desk.country(share_tied=0.1),),
            contract_on=on - timedelta(days=desk.chance.randrange(10, 400)),
            shipped_on=on - timedelta(days=desk.chance.randrange(1, 10)),
            money=desk.money(),
        )


WORKLOADS: Mapping[str, Callable[..., Iterator[Act]]] = {
    "party": party_acts,
    "payment": payment_acts,
    "cargo": cargo_acts,
}
"""The acts by their kind."""
