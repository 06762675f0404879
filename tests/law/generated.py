"""Acts of every kind drawn from what the catalogue itself names, with what screening found.

They are such as meet measures: countries, codes, items, days and entries are those of the
catalogue, and one country comes again and again within an act. Equal seeds give equal acts.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import msgspec

from article41.law.loading import Catalogue
from article41.model.acts import Act, Verb
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.holdings import Holdings, Share, Stake
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Role, Status
from article41.model.targets import GoodsTarget
from article41.model.verdicts import Identity, ListedAs, PartyStanding

HOMES = ("DE", "FR", "US", "GB", "CH", "CA", "AU", "JP", "AE", "TR", "CN", "NO", "IN")
CURRENCIES = ("USD", "EUR", "GBP", "RUB", "SYP", "CHF")
KINDS = (
    "party", "payment", "cargo", "cargo", "cargo", "journey", "communication", "securities",
    "diplomatic",
)  # fmt: skip


class Drawn(NamedTuple):
    """An act, and what screening found of its parties."""

    act: Act
    standings: dict[str, PartyStanding]


def generated(size: int, catalogue: Catalogue, seed: int = 0) -> Iterator[Drawn]:
    """Acts with standings, as many as are asked for."""
    desk = _Desk(catalogue, seed)
    for number in range(size):
        yield desk.drawn(number)


class _Desk:
    """Draws acts from the words of a catalogue."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self.chance = random.Random(seed)
        targets = [target for one in catalogue.measures for target in one.targets]
        parties = [target.party for target in targets if target.party is not None]
        goods = [target.goods for target in targets if target.goods is not None]
        self.goods: list[GoodsTarget] = goods
        self.names = sorted({name for party in parties for name in party.names}) or ["Example"]
        self.bics = sorted({bic for party in parties for bic in party.bics})
        self.sectors = sorted(catalogue.words.sectors)
        self.facts = sorted(catalogue.words.facts)
        self.purposes = sorted(catalogue.words.purposes)
        self.selectors = catalogue.selectors
        countries = {one for party in parties for one in (*party.established_in, *party.of)}
        countries |= {one for target in goods for one in (*target.origin, *target.destination)}
        self.meant = sorted(countries)
        turns = {days.valid_from for one in catalogue.measures for days in one.in_force}
        turns |= {
            days.valid_until
            for one in catalogue.measures
            for days in (*one.in_force, *one.suspended)
            if days.valid_until
        }
        self.turns = sorted(turns)
        self.about = "SY"

    def is_so(self, share: float) -> bool:
        return self.chance.random() < share

    def one(self, *among: str) -> str:
        return self.chance.choice(among)

    def country(self) -> str:
        """The country that the act is about, a home, one that a measure means, or none."""
        drawn = self.chance.random()
        if drawn < 0.35:
            return self.about
        if drawn < 0.75:
            return self.chance.choice(HOMES)
        return self.chance.choice(self.meant) if drawn < 0.9 else ""

    def some(self, words: Sequence[str], share: float = 0.2) -> list[str]:
        return self.chance.sample(words, self.chance.randint(1, 2)) if self.is_so(share) else []

    # Any: an act is written as a caller would write it.
    def party(self, role: str) -> dict[str, Any]:
        told: dict[str, Any] = {
            "role": role,
            "name": self.chance.choice(self.names) if self.is_so(0.05) else f"Example {role}",
            "schema": self.chance.choice([schema.value for schema in Schema][:6]),
            "country": self.country(),
        }
        if self.is_so(0.15):
            told |= {"located_in": [self.one(*HOMES)], "nationalities": [self.one(*self.meant)]}
        if self.is_so(0.1):
            told["incorporated_in"] = self.country()
        if self.is_so(0.2):
            told["status"] = self.chance.choice([status.value for status in Status])
        if self.is_so(0.3):
            told["is_bank"] = self.is_so(0.5)
        if self.is_so(0.1):
            told["sectors"] = self.some(self.sectors, 1)
        if self.is_so(0.05) and self.bics:
            told["documents"] = [
                {"kind": IdentifierKind.BIC.value, "value": self.chance.choice(self.bics)}
            ]
        if role in ("vessel", "aircraft"):
            told |= {"flag": self.country(), "schema": "Vessel"}
        if self.is_so(0.2):
            told["owners"] = self.one("none-listed", "unknown")
        if self.is_so(0.1):
            told["us_person"] = self.is_so(0.5)
        return told

    def line(self) -> dict[str, Any]:
        target = self.chance.choice(self.goods)
        told: dict[str, Any] = {"description": "as in the papers", "origin": self.country()}
        if target.codes and self.is_so(0.8):
            code = self.chance.choice(target.codes).code
            told["code"] = self.one(code, code[:4], f"{code}00", "8471 30", "2709 00")
        if self.is_so(0.3):
            told["items"] = list(target.items[:2]) or ["none"]
        if self.is_so(0.1):
            told["cas"] = list(target.cas[:1])
        for field in ("exported_from", "destination"):
            if self.is_so(0.3):
                told[field] = self.country()
        if self.is_so(0.3):
            told["us_content"] = self.is_so(0.5)
        if self.is_so(0.2):
            told["unit_price"] = {"amount": "400", "currency": "EUR"}
        return told

    def drawn(self, number: int) -> Drawn:
        self.about = self.one("SY", "SY", "RU", "IR", "KP", "BY", "CU", "UA", *self.meant)
        kind = self.one(*KINDS)
        turn = self.chance.choice(self.turns)
        on = turn + timedelta(days=self.chance.choice((-1, 0, 1, 40)))
        if self.is_so(0.4):
            on = self.chance.choice((date(2012, 7, 6), date(2026, 11, 30), date(2022, 6, 1)))
        roles = self.chance.sample([role.value for role in Role], self.chance.randint(2, 5))
        roles = list(dict.fromkeys((*_ROLES[kind], *roles)))
        act: dict[str, Any] = {
            "act": kind,
            "id": f"{number}",
            "on": on,
            "asker": {"party": self.chance.choice(roles)},
            "parties": [self.party(role) for role in roles],
            "purposes": self.some(self.purposes),
            "facts": {fact: self.is_so(0.5) for fact in self.some(self.facts, 0.3)},
            "places": [self.one(*HOMES, self.about)] if self.is_so(0.1) else [],
            "jurisdictions": self.some(("EU", "US", "GB", "CH", "RU", "XX"), 0.3),
            "contract_on": on - timedelta(days=self.chance.randrange(900)),
        }
        if self.is_so(0.3):
            del act["contract_on"]
        if self.is_so(0.3):
            act["asker"]["does"] = [self.chance.choice(list(Verb)).value]
        act |= self.of_kind(kind, on)
        if self.is_so(0.2):
            agent, principal = self.chance.sample(range(len(roles)), 2)
            act["parties"][agent]["acts_for"] = roles[principal]
        made: Act = msgspec.convert(act, type=Act, strict=False)
        if self.is_so(0.2):
            owner, asset = self.chance.sample(roles, 2)
            part = Fraction(self.chance.choice((1, 2, 3)), 4)
            stake = Stake(owner=owner, asset=asset, share=Share(at_least=part, at_most=part))
            made = msgspec.structs.replace(made, holdings=Holdings(stakes=(stake,)))
        return Drawn(made, {role: self.standing(role) for role in roles})

    def of_kind(self, kind: str, on: date) -> dict[str, Any]:
        money = {"amount": "5000", "currency": self.one(*CURRENCIES)}
        told: dict[str, Any] = {}
        if kind in ("payment", "cargo", "journey", "communication", "securities"):
            told["money"] = money if self.is_so(0.8) else None
        if kind in ("payment", "cargo") and self.is_so(0.3):
            told["cleared_in"] = [self.one("US", "DE", self.about)]
        if kind in ("cargo", "communication"):
            told["goods"] = [self.line() for _ in range(self.chance.randint(1, 3))]
        if kind == "cargo":
            told |= {"loaded_in": self.country(), "discharged_in": self.country()}
            told |= {"shipped_on": on, "via": [self.one(*HOMES)] if self.is_so(0.3) else []}
        if kind == "communication":
            told |= {"services": ["installation"], "destination": self.country()}
        if kind == "party" and self.is_so(0.5):
            told["relation_since"] = on - timedelta(days=self.chance.randrange(900))
        if kind == "journey":
            told |= {"leaves": self.country(), "arrives": self.country()}
            told |= {"overflies": [self.country() or "DE"] if self.is_so(0.3) else []}
            told["flight"] = self.one("", "passenger", "cargo-only")
        if kind == "securities":
            told |= {"instrument": self.one("bond", "share", ""), "issued_on": on}
            told |= {"tenor_days": self.chance.choice((None, 10, 400))}
        if kind == "diplomatic":
            told |= {"sending": self.country() or "SY", "receiving": self.country() or "EU"}
            told["rank"] = self.one("", "ambassador")
        return told

    def standing(self, party: str) -> PartyStanding:
        if self.is_so(0.7):
            return PartyStanding(party=party)
        listed = tuple(self.entry(number) for number in range(self.chance.randint(1, 2)))
        return PartyStanding(party=party, listed=listed)

    def entry(self, number: int) -> ListedAs:
        """An entry that a selector means, or nearly."""
        one = self.chance.choice(self.selectors)
        name = self.chance.choice(one.listings) if one.listings else f"Specimen {number}"
        return ListedAs(
            key=f"xa-main/{self.chance.randrange(99)}",
            authority=one.authority if self.is_so(0.95) else "XA",
            list_id=one.lists[0].rstrip("*") if one.lists else "xa-main",
            name=name,
            names=(name,),
            identity=self.chance.choice(list(Identity)),
            in_force=self.chance.choice((InForce.YES, InForce.YES, InForce.NO, InForce.UNKNOWN)),
            schema=one.schemas[0] if one.schemas else Schema.THING,
            programmes=one.programmes[:2] if self.is_so(0.8) else one.except_programmes[:1],
            measures=one.measures[:1] if self.is_so(0.8) else (),
        )


_ROLES = {
    "party": ("customer", "institution"),
    "payment": ("payer", "payer-bank", "payee-bank", "payee"),
    "cargo": ("seller", "buyer", "vessel", "insurer"),
    "journey": ("traveller", "carrier", "aircraft", "authority"),
    "communication": ("supplier", "end-user"),
    "securities": ("issuer", "dealer"),
    "diplomatic": ("sending-state", "receiving-state", "envoy"),
}
