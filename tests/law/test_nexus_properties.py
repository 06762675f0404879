"""Nexus on acts of every kind: facts never loosen, reasons are whole, open facts are named."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from article41.law.grounds import Addressee, Ground, Jurisdiction
from article41.law.jurisdictions import jurisdictions
from article41.law.nexus import CLEARING, Bound, bound_for, bounds_of, nexus_of
from article41.model.acts import (
    Act,
    Asker,
    CargoAct,
    CommunicationAct,
    Goods,
    JourneyAct,
    Money,
    PartyAct,
    PaymentAct,
)
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.parties import Party, Role

CODES = ("FR", "HR", "GB", "US", "PR", "NC", "JE", "RU", "SY", "LB", "CH", "JP", "AU", "NO", "KE")
DAYS = (date(2012, 7, 6), date(2013, 7, 1), date(2020, 12, 30), date(2021, 1, 1))
JURISDICTIONS = tuple(jurisdictions().values())
SEVERITY = {InForce.NO: 0, InForce.UNKNOWN: 1, InForce.YES: 2}

code = st.sampled_from(CODES)
maybe_code = code | st.just("")
codes = st.lists(code, max_size=2, unique=True).map(tuple)
schema = st.sampled_from([Schema.PERSON, Schema.COMPANY, Schema.THING])
roles = st.sampled_from([role for role in Role if role not in (Role.VESSEL, Role.AIRCRAFT)])


@st.composite
def party(draw: st.DrawFn, at: int) -> Party:
    return Party(
        role=draw(roles),
        id=f"party-{at}",
        schema=draw(schema),
        country=draw(maybe_code),
        nationalities=draw(codes),
        residence=draw(maybe_code),
        incorporated_in=draw(maybe_code),
        located_in=draw(codes),
        us_person=draw(st.none() | st.booleans()),
    )


money = st.none() | st.sampled_from(["USD", "EUR", "GBP", "RUB"]).map(
    lambda currency: Money(amount=Decimal(1), currency=currency)
)
line = st.builds(
    Goods, origin=maybe_code, destination=maybe_code, us_content=st.none() | st.booleans()
)
ways = st.none() | codes


@st.composite
def act(draw: st.DrawFn) -> Act:
    size = draw(st.integers(1, 3))
    parties = tuple(draw(party(at)) for at in range(size))
    if draw(st.booleans()):
        vessel = Party(role=Role.VESSEL, schema=Schema.VESSEL, flag=draw(maybe_code))
        parties = (*parties, vessel)
    on = draw(st.sampled_from(DAYS))
    asker, places = Asker(party=parties[0].key), draw(codes)
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return PartyAct(on=on, asker=asker, parties=parties, places=places)
    if kind == 1:
        return PaymentAct(on=on, asker=asker, parties=parties, places=places, money=draw(money),
                          cleared_in=draw(ways))  # fmt: skip
    if kind == 2:
        return CargoAct(on=on, asker=asker, parties=parties, places=places, money=draw(money),
                        cleared_in=draw(ways), goods=(draw(line),), loaded_in=draw(maybe_code),
                        discharged_in=draw(maybe_code), via=draw(codes))  # fmt: skip
    if kind == 3:
        return JourneyAct(on=on, asker=asker, parties=parties, places=places,
                          leaves=draw(maybe_code), arrives=draw(maybe_code), via=draw(codes),
                          overflies=draw(codes))  # fmt: skip
    return CommunicationAct(on=on, asker=asker, parties=parties, places=places,
                            goods=(draw(line),), destination=draw(maybe_code))  # fmt: skip


def members(jurisdiction: Jurisdiction, day: date) -> list[str]:
    return [
        row.country
        for row in jurisdiction.members
        if (row.valid_from or date.min) <= day < (row.valid_until or date.max)
    ]


def with_party(given_act: Act, at: int, **changes: object) -> Act:
    parties = list(given_act.parties)
    parties[at] = msgspec.structs.replace(parties[at], **changes)
    return msgspec.structs.replace(given_act, parties=tuple(parties))


@st.composite
def binding_facts(draw: st.DrawFn, before: Act, jurisdiction: Jurisdiction) -> Act:
    """The same act with one fact more that ties it to the jurisdiction."""
    home = draw(st.sampled_from(members(jurisdiction, before.on)))
    at = draw(st.integers(0, len(before.parties) - 1))
    changed = before.parties[at]
    ways: list[Act] = [
        with_party(before, at, nationalities=(*changed.nationalities, home)),
        with_party(before, at, located_in=(*changed.located_in, home)),
        msgspec.structs.replace(before, places=(*before.places, home)),
    ]
    if changed.role is Role.VESSEL and not changed.flag:
        ways.append(with_party(before, at, flag=home))
    if jurisdiction.key == "US":
        ways.append(with_party(before, at, us_person=True))
    if isinstance(before, PaymentAct | CargoAct) and before.cleared_in is not None:
        through = (*before.cleared_in, home)
        ways.append(msgspec.structs.replace(before, cleared_in=through))
    if isinstance(before, JourneyAct | CargoAct):
        ways.append(msgspec.structs.replace(before, via=(*before.via, home)))
    return draw(st.sampled_from(ways))


OPERATORS = tuple(row for row in JURISDICTIONS if Addressee.OPERATORS in row.binds)


@settings(max_examples=settings().max_examples * 2)
@given(st.data())
def test_a_fact_that_binds_never_makes_anybody_less_bound(data: st.DataObject) -> None:
    before = data.draw(act())
    jurisdiction = data.draw(st.sampled_from([r for r in OPERATORS if members(r, before.on)]))
    after = data.draw(binding_facts(before, jurisdiction))

    first, second = nexus_of(before, jurisdiction), nexus_of(after, jurisdiction)

    for key, bound in first.items():
        assert SEVERITY[second[key].truth] >= SEVERITY[bound.truth], (key, bound, second[key])


@settings(max_examples=settings().max_examples * 2)
@given(act())
def test_reasons_are_whole(given_act: Act) -> None:
    for key, bounds in bounds_of(given_act, JURISDICTIONS).items():
        for party_key, bound in bounds.items():
            assert bound.party == party_key
            assert (bound.truth is InForce.YES) == bool(bound.grounds), (key, bound)
            if bound.truth is InForce.UNKNOWN:
                assert bound.missing
            if bound.truth is InForce.NO:
                assert bound.because
                assert not bound.missing
            for nexus in bound.grounds:
                assert nexus.because
                assert nexus.text
                assert nexus.party == party_key


@settings(max_examples=settings().max_examples * 2)
@given(act())
def test_who_is_not_bound_is_told_by_which_fact_of_each_ground(given_act: Act) -> None:
    for jurisdiction in JURISDICTIONS:
        for bound in nexus_of(given_act, jurisdiction).values():
            if bound.truth is InForce.NO:
                said = {because.fact for because in bound.because}
                lacking = [
                    ground for ground in expected_grounds(jurisdiction, bound)
                    if not said & facts_of_ground(given_act, bound.party, ground)
                ]  # fmt: skip
                assert lacking == [], (jurisdiction.key, bound)


def expected_grounds(jurisdiction: Jurisdiction, bound: Bound) -> set[Ground]:
    """The grounds on which the jurisdiction could bind such a party."""
    if bound.party == CLEARING:
        return {Ground.CURRENCY}
    if bound.is_state and bound.party.startswith("state:"):
        return {Ground.STATE}
    if Addressee.OPERATORS not in jurisdiction.binds:
        return {Ground.STATE}
    grounds = {rule.ground for rule in jurisdiction.grounds} - {Ground.CURRENCY, Ground.US_PERSON}
    return grounds if bound.is_state else grounds - {Ground.STATE} or {Ground.STATE}


def is_idle(given_act: Act, key: str) -> bool:
    """Whether the role alone says that most grounds do not concern a party."""
    idle = (Role.OWNER, Role.OTHER, Role.VESSEL)
    return any(party.role in idle for party in given_act.parties if party.key == key)


def facts_of_ground(given_act: Act, key: str, ground: Ground) -> set[str]:
    """The paths of facts by which a ground can fail."""
    path = f"parties.{key}"
    role = {f"{path}.role"}
    idle = role if is_idle(given_act, key) else set()
    law = idle | {f"{path}.{name}" for name in ("country", "incorporated_in", "us_person")}
    law |= {f"{path}.nationalities[{at}]" for at in range(4)}
    where = idle | {f"{path}.{name}" for name in ("country", "residence")}
    where |= {f"{path}.located_in[{at}]" for at in range(4)}
    places = {"leaves", "arrives", "loaded_in", "discharged_in", "destination", "places"}
    places |= {f"{name}[{at}]" for name in ("places", "via", "cleared_in") for at in range(4)}
    places |= {f"goods[0].{name}" for name in ("destination", "exported_from")}
    banks = {
        f"parties.{party.key}.{name}"
        for party in given_act.parties
        for name in ("country", "residence", *(f"located_in[{at}]" for at in range(4)))
    }
    states = {"leaves", "arrives", *places, *(f"overflies[{at}]" for at in range(4))}
    return {
        Ground.NATIONALITY: law,
        Ground.INCORPORATION: law,
        Ground.TERRITORY: where,
        Ground.CRAFT: {*role, "parties.vessel.flag"},
        Ground.BUSINESS: {*role, *places, *banks},
        Ground.US_CONTENT: {*role, "goods[0].us_content", "goods[0].origin"},
        Ground.CURRENCY: {"cleared_in", "money.currency", *places, *banks},
        Ground.STATE: {*role, *law, *where, *states},
    }[ground]


ANSWERS = {
    f"{row.key.lower()}-reaches-{rule.ground.value}": True
    for row in JURISDICTIONS
    for rule in row.grounds
}
SETTLED = ("FR", "HR", "GB", "US", "RU", "SY", "LB", "CH", "JP", "KE")


@st.composite
def whole_act(draw: st.DrawFn) -> Act:
    """An act in which every fact is given that nexus can ask for."""
    settled = st.sampled_from(SETTLED)
    parties: list[Party] = []
    for at in range(draw(st.integers(1, 3))):
        role = draw(roles)
        if draw(st.booleans()):
            made = Party(role=role, id=f"p{at}", schema=Schema.PERSON, residence=draw(settled),
                         nationalities=(draw(settled),))  # fmt: skip
        else:
            made = Party(role=role, id=f"p{at}", schema=Schema.COMPANY,
                         incorporated_in=draw(settled), located_in=(draw(settled),))  # fmt: skip
        parties.append(made)
    parties.append(Party(role=Role.VESSEL, schema=Schema.VESSEL, flag=draw(settled)))
    on, asker = draw(st.sampled_from(DAYS)), Asker(party=parties[0].key)
    paid = Money(amount=Decimal(1), currency=draw(st.sampled_from(["USD", "EUR", "RUB"])))
    through = (draw(settled),)
    if draw(st.booleans()):
        return PaymentAct(on=on, asker=asker, parties=tuple(parties), money=paid,
                          cleared_in=through, facts=ANSWERS)  # fmt: skip
    goods = (Goods(origin=draw(settled), us_content=draw(st.booleans())),)
    return CargoAct(on=on, asker=asker, parties=tuple(parties), money=paid, cleared_in=through,
                    goods=goods, loaded_in=draw(settled), discharged_in=draw(settled),
                    facts=ANSWERS)  # fmt: skip


@settings(max_examples=settings().max_examples * 2)
@given(whole_act())
def test_an_act_in_which_everything_is_said_leaves_nothing_open(given_act: Act) -> None:
    for bounds in bounds_of(given_act, JURISDICTIONS).values():
        for bound in bounds.values():
            assert bound.truth is not InForce.UNKNOWN, bound


@given(act())
def test_the_same_act_has_the_same_bounds_whatever_was_asked_before(given_act: Act) -> None:
    together = bounds_of(given_act, JURISDICTIONS)
    alone: Mapping[str, Mapping[str, Bound]] = {
        row.key: nexus_of(given_act, row) for row in reversed(JURISDICTIONS)
    }

    assert together == alone


@given(act(), st.sampled_from(["IR", "CU", "SY"]), st.booleans())
def test_a_measure_that_reaches_further_leaves_nobody_less_bound(
    given_act: Act,
    regime: str,
    export_rules: bool,  # noqa: FBT001
) -> None:
    for bound in nexus_of(given_act, jurisdictions()["US"]).values():
        at_large = bound_for(bound, export_rules=export_rules)
        for_regime = bound_for(bound, regime=regime, export_rules=export_rules)

        assert SEVERITY[for_regime.truth] >= SEVERITY[at_large.truth]
        assert SEVERITY[bound_for(bound, export_rules=True).truth] >= SEVERITY[at_large.truth]
        assert (for_regime.truth is InForce.YES) == bool(for_regime.grounds)
        assert for_regime.missing or for_regime.truth is not InForce.UNKNOWN
        assert for_regime.because or for_regime.truth is not InForce.NO
