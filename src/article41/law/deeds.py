"""Who does what in an act, and what each holds of others, from the roles where nobody says."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import msgspec

from article41.law.following import received, with_what_follows
from article41.model.acts import (
    Act,
    CargoAct,
    CommunicationAct,
    DiplomaticAct,
    JourneyAct,
    PartyAct,
    PaymentAct,
    Property,
    SecuritiesAct,
    Verb,
)
from article41.model.parties import Party, Role, Status
from article41.model.verdicts import Because

CLEARING = "clearing"
"""Stands for the bank, not named, through which a currency is cleared."""
STATE = "state:"
"""Begins the key of a State that an act implies (`state:FR`)."""

_PAYS = (Verb.PAY,)
_RECEIVES = (Verb.PAY, Verb.RECEIVE_PAYMENT)
_CARRIES = (Verb.TRANSPORT, Verb.CALL_AT_PORT)
_BUYS = (Verb.PURCHASE, Verb.IMPORT, Verb.PAY)
_SELLS = (Verb.SELL, Verb.EXPORT)
_BY_ROLE: Mapping[type, Mapping[Role, tuple[Verb, ...]]] = {
    PartyAct: {},
    PaymentAct: {
        Role.PAYER: _PAYS,
        Role.ULTIMATE_PAYER: _PAYS,
        Role.PAYER_BANK: _PAYS,
        Role.INTERMEDIARY: _RECEIVES,
        Role.PAYEE_BANK: _RECEIVES,
        Role.PAYEE: (Verb.RECEIVE_PAYMENT,),
        Role.ULTIMATE_PAYEE: (Verb.RECEIVE_PAYMENT,),
        Role.BROKER: (Verb.BROKER,),
    },
    CargoAct: {
        Role.BUYER: _BUYS,
        Role.CONSIGNEE: (Verb.IMPORT,),
        Role.SELLER: _SELLS,
        Role.SUPPLIER: (*_SELLS, Verb.ASSIST),
        Role.CONSIGNOR: (Verb.EXPORT,),
        Role.BROKER: (Verb.BROKER,),
        Role.FORWARDER: (Verb.TRANSPORT,),
        Role.CARRIER: _CARRIES,
        Role.VESSEL: _CARRIES,
        Role.VESSEL_OWNER: _CARRIES,
        Role.VESSEL_MANAGER: _CARRIES,
        Role.CHARTERER: _CARRIES,
        Role.AIRCRAFT: (Verb.TRANSPORT, Verb.LAND),
        Role.INSURER: (Verb.INSURE,),
        Role.FINANCIER: (Verb.FINANCE, Verb.PAY),
        Role.PAYER: _PAYS,
        Role.PAYER_BANK: (Verb.FINANCE, Verb.PAY),
        Role.INTERMEDIARY: _RECEIVES,
        Role.PAYEE_BANK: _RECEIVES,
        Role.AUTHORITY: (Verb.RELEASE, Verb.INSPECT),
    },
    JourneyAct: {
        Role.CARRIER: (Verb.LAND, Verb.OVERFLY, Verb.TRANSPORT),
        Role.AIRCRAFT: (Verb.LAND, Verb.OVERFLY),
        Role.VESSEL: (Verb.CALL_AT_PORT,),
        Role.VESSEL_OWNER: (Verb.CALL_AT_PORT,),
    },
    CommunicationAct: {
        Role.SUPPLIER: (*_SELLS, Verb.PROVIDE_SERVICE, Verb.ASSIST),
        Role.SELLER: _SELLS,
        Role.CONSIGNOR: (Verb.EXPORT,),
        Role.DISTRIBUTOR: (Verb.SELL, Verb.BROADCAST, Verb.PROVIDE_SERVICE),
        Role.BROADCASTER: (Verb.BROADCAST,),
        Role.BROKER: (Verb.BROKER,),
        Role.CARRIER: (Verb.TRANSPORT, Verb.BROADCAST),
        Role.FINANCIER: (Verb.FINANCE,),
        Role.INSURER: (Verb.INSURE,),
        Role.BUYER: (Verb.PURCHASE,),
        Role.AUTHORITY: (Verb.RELEASE,),
    },
    SecuritiesAct: {
        Role.ISSUER: (Verb.ISSUE_SECURITY,),
        Role.DEALER: (Verb.DEAL_SECURITY,),
        Role.BUYER: (Verb.DEAL_SECURITY, Verb.PURCHASE),
        Role.SELLER: (Verb.DEAL_SECURITY, Verb.SELL),
        Role.BROKER: (Verb.DEAL_SECURITY, Verb.BROKER),
        Role.FINANCIER: (Verb.DEAL_SECURITY, Verb.FINANCE),
    },
    DiplomaticAct: {
        Role.RECEIVING_STATE: (Verb.ACCREDIT, Verb.RECEIVE_ENVOY, Verb.EXPEL, Verb.SUSPEND),
        Role.SENDING_STATE: (),
        Role.AUTHORITY: (Verb.ACCREDIT, Verb.RECEIVE_ENVOY, Verb.EXPEL, Verb.SUSPEND),
    },
}
_STATE_OF_TRAVELLER = (Verb.ISSUE_VISA, Verb.ENTER, Verb.TRANSIT)
_STATE_OF_CRAFT = (Verb.LAND, Verb.OVERFLY, Verb.CALL_AT_PORT, Verb.INSPECT)
_STATE_OF_GOODS = (Verb.RELEASE,)
_CRAFT = {Role.CARRIER, Role.AIRCRAFT, Role.VESSEL, Role.VESSEL_OWNER}
_HULLS = {Role.VESSEL: "vessel", Role.VESSEL_OWNER: "vessel", Role.AIRCRAFT: "aircraft"}
OPERATORS = frozenset((Role.CARRIER, Role.VESSEL_MANAGER, Role.CHARTERER))
"""Roles of those who run a craft, which may be their own or somebody else's."""
_OF_CRAFT = _CRAFT | OPERATORS
_NO_CRAFT = {"account", "funds", "goods", "securities"}
_BEFORE_IT = {Verb.LAND, Verb.CALL_AT_PORT, Verb.INSPECT, Verb.STAY, Verb.RELEASE}
"""What an authority decides of a craft that has come, or comes, to where it is."""
_SELLING = frozenset((Verb.SELL, Verb.EXPORT, Verb.ASSIST))
_OF_STATES = {Role.AUTHORITY, Role.SENDING_STATE, Role.RECEIVING_STATE}
_PAYING = {Role.PAYER, Role.ULTIMATE_PAYER}
_PAID = {Role.PAYEE, Role.ULTIMATE_PAYEE}
PASSIVE = frozenset((Verb.RECEIVE_PAYMENT, Verb.ENTER, Verb.TRANSIT, Verb.STAY))
"""What a party does without doing anything to somebody else."""
BANKS = {Role.PAYER_BANK, Role.INTERMEDIARY, Role.PAYEE_BANK, Role.FINANCIER}
"""Roles that only banks have."""


class Deed(NamedTuple):
    """What one party does of all that is forbidden."""

    doer: str
    """Key of the party."""
    verbs: tuple[Verb, ...]
    """What it does."""
    among: frozenset[str] | None
    """Keys of those to whom alone it can be done; anybody if absent."""


class Deeds(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What each party does, by its key, and what the asker holds of others.

    Example:
        >>> Deeds(by_party={"buyer": (Verb.PURCHASE,)}, in_hand=(), is_in_hand_stated=True).of("x")
        ()
    """

    by_party: Mapping[str, tuple[Verb, ...]]
    """In the order of the act; implied States and clearing banks too."""
    in_hand: tuple[Property, ...]
    """What the asker holds of others."""
    is_in_hand_stated: bool
    """True if the act itself says what is in hand."""
    is_hold_implied: bool = False
    """True if the asker of a journey holds what is in its hands, and does not say that it does."""
    without_craft: tuple[Because, ...] = ()
    """Why an authority that is asked of a journey has no craft in hand; empty if it has one."""

    def of(self, party: str) -> tuple[Verb, ...]:
        """What one party does."""
        return self.by_party.get(party, ())

    def is_passive(self, party: str) -> bool:
        """True if a party does no more than receive or come.

        Where such a party might live or what passport it might have says nothing of the act: what
        is not known of it brings no jurisdiction into question.
        """
        return PASSIVE.issuperset(self.of(party))

    @cached_property
    def verbs(self) -> frozenset[Verb]:
        """All that is done."""
        return frozenset(verb for verbs in self.by_party.values() for verb in verbs)


def deeds_of(act: Act) -> Deeds:
    """What each party of an act does.

    What the asker says of itself takes the place of what its role implies; States that the act
    implies do what concerns them of it.
    """
    by_party: dict[str, tuple[Verb, ...]] = {}
    for party in act.parties:
        if party.key == act.asker.party and act.asker.does:
            verbs = (*act.asker.does, *_of_services(act))
        else:
            verbs = _BY_ROLE[type(act)].get(party.role, ())
            if isinstance(act, JourneyAct) and party.role is Role.AUTHORITY:
                verbs = _state_of_journey(act)
        if isinstance(act, PartyAct) and not verbs and _is_of_house(act, party):
            verbs = _of_house(act)
        elif party.key == act.asker.party and not verbs:
            verbs = _of_asker(act, party)
        by_party[party.key] = tuple(dict.fromkeys((*by_party.get(party.key, ()), *verbs)))
    by_party = with_what_follows(act, by_party)
    for agent, principal in principals_of(act.parties):
        own = by_party.get(principal.key, ())
        by_party[principal.key] = tuple(dict.fromkeys((*own, *by_party[agent.key])))
    for country, verbs in _states(act):
        by_party[STATE + country] = verbs
    if isinstance(act, PaymentAct | CargoAct):
        by_party[CLEARING] = _PAYS
    is_hold_implied = _is_hold_implied(act)
    if is_hold_implied:
        by_party[act.asker.party] = (*by_party.get(act.asker.party, ()), Verb.HOLD)
    return Deeds(
        by_party=by_party,
        in_hand=_in_hand(act),
        is_in_hand_stated=act.asker.in_hand is not None,
        is_hold_implied=is_hold_implied,
        without_craft=_without_craft(act),
    )


def principals_of(parties: Iterable[Party]) -> Iterator[tuple[Party, Party]]:
    """Each party that acts for another, with all for whom it does in the end, the nearest first.

    What is done for somebody is done by both. An authority acts for its State by itself.

    Example:
        >>> agent = Party(role=Role.BUYER, acts_for="other")
        >>> [one.key for _, one in principals_of((agent, Party(role=Role.OTHER)))]
        ['other']
    """
    by_key = {party.key: party for party in parties}
    for agent in by_key.values():
        behind, seen = agent, {agent.key}
        while behind.acts_for in by_key and behind.acts_for not in seen:
            behind = by_key[behind.acts_for]
            seen.add(behind.key)
            if agent.role not in _OF_STATES:
                yield agent, behind


def _is_of_house(act: PartyAct, party: Party) -> bool:
    """True for the house that has the customer, whoever asks; for the asker where there is none."""
    houses = any(one.role is Role.INSTITUTION for one in act.parties)
    return party.role is Role.INSTITUTION if houses else party.key == act.asker.party


def _of_house(act: PartyAct) -> tuple[Verb, ...]:
    is_new = act.relation_since is None and not act.asker.in_hand
    # The account of a bank is one through which others are paid.
    has_bank = any(one.role is Role.CUSTOMER and one.is_bank for one in act.parties)
    verbs = (Verb.ONBOARD, Verb.HOLD) if is_new else (Verb.HOLD,)
    if not has_bank:
        return verbs
    return (*verbs, Verb.OPEN_CORRESPONDENT if is_new else Verb.MAINTAIN_CORRESPONDENT)


def _of_services(act: Act) -> tuple[Verb, ...]:
    """What who sells does beside: the services that the act itself names."""
    is_selling = not _SELLING.isdisjoint(act.asker.does)
    named = isinstance(act, CommunicationAct) and act.services
    return (Verb.PROVIDE_SERVICE,) if is_selling and named else ()


def _of_asker(act: Act, party: Party) -> tuple[Verb, ...]:
    if isinstance(act, JourneyAct) and party.role is Role.TRAVELLER:
        return (Verb.ENTER, Verb.TRANSIT, Verb.STAY)
    if isinstance(act, JourneyAct) and party.role is Role.INSTITUTION:
        return (Verb.PROVIDE_SERVICE,)
    return ()


def _states(act: Act) -> Iterator[tuple[str, tuple[Verb, ...]]]:
    """States that have a say in an act without being named as a party."""
    if isinstance(act, JourneyAct):
        verbs = _state_of_journey(act)
        for country in dict.fromkeys((act.arrives, *act.via, *act.overflies)):
            if country and verbs:
                yield country, verbs
    elif isinstance(act, CargoAct):
        places = (act.loaded_in, *act.via, act.discharged_in)
        of_lines = [one for line in act.goods for one in (line.exported_from, line.destination)]
        for country in dict.fromkeys((*places, *of_lines)):
            if country:
                yield country, _STATE_OF_GOODS
    elif isinstance(act, DiplomaticAct) and act.receiving:
        verbs = act.asker.does or _BY_ROLE[DiplomaticAct][Role.RECEIVING_STATE]
        yield act.receiving, received(verbs)


def _state_of_journey(act: JourneyAct) -> tuple[Verb, ...]:
    roles = {party.role for party in act.parties}
    verbs: tuple[Verb, ...] = ()
    if Role.TRAVELLER in roles:
        verbs += _STATE_OF_TRAVELLER
    if act.flight or roles & _CRAFT:
        verbs += _STATE_OF_CRAFT
    asked = act.asker.does
    return tuple(verb for verb in verbs if not asked or verb in asked)


def _is_hold_implied(act: Act) -> bool:
    """True for what a journey puts in the asker's hands, whatever it asks to do with it.

    A ship in port is there to be frozen though the question is whether it may call.
    """
    if not isinstance(act, JourneyAct) or Verb.HOLD in act.asker.does:
        return False
    stated = act.asker.in_hand
    return _has_craft(act) if stated is None else bool(stated)


def _has_craft(act: JourneyAct) -> bool:
    """True if the asker is an authority to which a craft comes, or from which it leaves."""
    return _decides_on_craft(act) and not any(_elsewhere(act))


def _decides_on_craft(act: JourneyAct) -> bool:
    asker = next((party for party in act.parties if party.key == act.asker.party), None)
    if asker is None or not _is_authority(asker):
        return False
    if not act.flight and _OF_CRAFT.isdisjoint(party.role for party in act.parties):
        return False
    return not act.asker.does or not _BEFORE_IT.isdisjoint(act.asker.does)


def _elsewhere(act: JourneyAct) -> Iterator[Because]:
    """The facts by which a craft never stops where the asker is, if it does not say that it does.

    Nothing is in the hands of a State that it does not touch, or that it only flies over.
    """
    if act.asker.does or not (act.leaves and act.arrives):
        return
    asker = next(party for party in act.parties if party.key == act.asker.party)
    path = f"parties.{asker.key}"
    places = {"country": asker.country, "incorporated_in": asker.incorporated_in}
    own = {f"{path}.{field}": place for field, place in places.items() if place}
    own |= {f"{path}.located_in": place for place in asker.located_in}
    stops = {"leaves": act.leaves, "arrives": act.arrives}
    if not own or not {*own.values()}.isdisjoint({*stops.values(), *act.via}):
        return
    stops |= {"via": ", ".join(act.via)}
    for fact, value in (own | stops).items():
        text = f"the craft does not stop where {asker.key} is, and is not in its hands"
        yield Because(fact=fact, value=value, text=text)


def _without_craft(act: Act) -> tuple[Because, ...]:
    if not isinstance(act, JourneyAct) or not _decides_on_craft(act):
        return ()
    stated = act.asker.in_hand
    if stated is None:
        return tuple(_elsewhere(act))
    if any(one.kind not in _NO_CRAFT for one in stated):
        return ()
    given = ", ".join(f"{one.kind} of {one.of}" for one in stated) or "none"
    return (Because(fact="asker.in_hand", value=given, text="no craft is in hand, as it says"),)


def _is_authority(asker: Party) -> bool:
    others = _OF_CRAFT | {Role.TRAVELLER, Role.OWNER}
    of_state = asker.status is Status.GOVERNMENT and asker.role not in others
    return of_state or asker.role is Role.AUTHORITY


def _in_hand(act: Act) -> tuple[Property, ...]:
    """What the act says, and the craft itself of whose craft it says so; else what is implied."""
    stated = act.asker.in_hand
    if stated is None:
        return _implied_property(act)
    whose = {one.of for one in stated if one.kind not in _NO_CRAFT}
    if not isinstance(act, JourneyAct) or not any(
        party.key in whose and party.role in _OF_CRAFT for party in act.parties
    ):
        return stated
    return (*stated, *_crafts(act, (Role.VESSEL, Role.AIRCRAFT)))


def _crafts(act: JourneyAct, roles: Iterable[Role]) -> Iterator[Property]:
    for party in act.parties:
        if party.role in roles:
            yield Property(kind=_HULLS[party.role], of=party.key)


def _implied_property(act: Act) -> tuple[Property, ...]:
    """What the asker's role puts in its hands where the act does not say.

    Money on its way is the payer's until it is credited: it is in the hands of the banks that it
    has reached, never in those of the payer itself.
    """
    asker = act.asker.party
    by_key = {party.key: party for party in act.parties}
    role = by_key[asker].role if asker in by_key else None
    if isinstance(act, PaymentAct) and role in BANKS:
        owners = _PAYING | (_PAID if role is Role.PAYEE_BANK else set())
        kind = "account" if role is Role.PAYER_BANK else "funds"
        return tuple(
            Property(kind=kind, of=party.key) for party in act.parties if party.role in owners
        )
    if isinstance(act, PartyAct) and act.relation_since is not None:
        return tuple(
            Property(kind="account", of=party.key)
            for party in act.parties
            if party.role is Role.CUSTOMER
        )
    if isinstance(act, JourneyAct) and _has_craft(act):
        return tuple(_crafts(act, _HULLS))
    return ()
