"""Who does what in an act, and what each holds of others, from the roles where nobody says."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

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
from article41.model.parties import Party, Role

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
_OF_STATES = {Role.AUTHORITY, Role.SENDING_STATE, Role.RECEIVING_STATE}
_PAYING = {Role.PAYER, Role.ULTIMATE_PAYER}
_PAID = {Role.PAYEE, Role.ULTIMATE_PAYEE}
PASSIVE = frozenset((Verb.RECEIVE_PAYMENT, Verb.ENTER, Verb.TRANSIT, Verb.STAY))
"""What a party does without doing anything to somebody else."""
BANKS = {Role.PAYER_BANK, Role.INTERMEDIARY, Role.PAYEE_BANK, Role.FINANCIER}
"""Roles that only banks have."""


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
            verbs = act.asker.does
        else:
            verbs = _BY_ROLE[type(act)].get(party.role, ())
            if isinstance(act, JourneyAct) and party.role is Role.AUTHORITY:
                verbs = _state_of_journey(act)
        if isinstance(act, PartyAct) and not verbs and _is_of_house(act, party):
            verbs = _of_house(act)
        elif party.key == act.asker.party and not verbs:
            verbs = _of_asker(act, party)
        by_party[party.key] = tuple(dict.fromkeys((*by_party.get(party.key, ()), *verbs)))
    for agent, principal in principals_of(act.parties):
        own = by_party.get(principal.key, ())
        by_party[principal.key] = tuple(dict.fromkeys((*own, *by_party[agent.key])))
    for country, verbs in _states(act):
        by_party[STATE + country] = verbs
    if isinstance(act, PaymentAct | CargoAct):
        by_party[CLEARING] = _PAYS
    in_hand = act.asker.in_hand
    return Deeds(
        by_party=by_party,
        in_hand=_implied_property(act) if in_hand is None else in_hand,
        is_in_hand_stated=in_hand is not None,
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
        for country in dict.fromkeys((act.loaded_in, *act.via, act.discharged_in)):
            if country:
                yield country, _STATE_OF_GOODS
    elif isinstance(act, DiplomaticAct) and act.receiving:
        yield act.receiving, act.asker.does or _BY_ROLE[DiplomaticAct][Role.RECEIVING_STATE]


def _state_of_journey(act: JourneyAct) -> tuple[Verb, ...]:
    roles = {party.role for party in act.parties}
    verbs: tuple[Verb, ...] = ()
    if Role.TRAVELLER in roles:
        verbs += _STATE_OF_TRAVELLER
    if act.flight or roles & _CRAFT:
        verbs += _STATE_OF_CRAFT
    asked = act.asker.does
    return tuple(verb for verb in verbs if not asked or verb in asked)


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
    return ()
