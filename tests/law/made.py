"""Measures, acts and standings made for tests, with invented names."""

from datetime import date
from typing import Any

import msgspec

from article41.law.situation import Situation
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Measure
from article41.model.verdicts import Identity, ListedAs, PartyStanding

DAY = date(2024, 6, 1)


# Any: the tables of a measure are written as a file would hold them.
def measure(**changes: Any) -> Measure:
    table: dict[str, Any] = {
        "id": "xa/fleet/port",
        "authority": "Council of XA",
        "jurisdiction": "XA",
        "programme": "XA Fleet",
        "regime": "XB",
        "kind": "port-ban",
        "class": "economic",
        "level": "operators",
        "title": "No port access",
        "forbids": ["sell", "export"],
        "targets": [{"party": {"established_in": ["XB"]}}],
        "outcome": "prohibit",
        "in_force": [{"from": date(2024, 1, 1)}],
        "texts": [{"instrument": "Regulation 2024/7", "provision": "Art 3"}],
        "certainty": "A",
        "verified_on": date(2024, 5, 1),
        "verified_by": "nobody: invented",
    } | changes
    return msgspec.convert(table, type=Measure)


def act(**changes: Any) -> Act:
    table: dict[str, Any] = {
        "act": "cargo",
        "on": DAY,
        "asker": {"party": "seller"},
        "parties": [
            {"role": "seller", "name": "Example Trading", "country": "XA"},
            {"role": "buyer", "name": "Sample Works", "country": "XB"},
        ],
        "goods": [{"description": "pumps", "code": "841370", "origin": "XA"}],
    } | changes
    made: Act = msgspec.convert(table, type=Act)
    return made


def situation(**changes: Any) -> Situation:
    return Situation(act(**changes), {})


def entry(**changes: Any) -> ListedAs:
    table: dict[str, Any] = {
        "key": "xa-main/7",
        "authority": "XA",
        "list_id": "xa-main",
        "name": "Sample Works",
        "identity": Identity.ASSERTED,
        "in_force": InForce.YES,
        "programmes": ("FLEET",),
    } | changes
    return ListedAs(**table)


def standing(party: str, *entries: ListedAs) -> dict[str, PartyStanding]:
    return {party: PartyStanding(party=party, listed=entries)}
