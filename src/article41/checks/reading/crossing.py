"""Sees that what one part of an act says of another is there and goes together."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from article41.checks.reading.faults import Fault, Place, one_of, shown
from article41.checks.reading.limits import PARTIES_MAX
from article41.checks.reading.stakes import more_than_whole
from article41.model.acts import Act, CargoAct, CommunicationAct, Licence, Verb
from article41.model.clocks import PartialDate
from article41.model.holdings import Control, Stake
from article41.model.parties import Party, Role

_V = Verb
_MONEY = {_V.PAY, _V.RECEIVE_PAYMENT, _V.PAY_OUT, _V.EXTEND_CREDIT, _V.SATISFY_CLAIM}
_ACCOUNTS = {_V.OPEN_CORRESPONDENT, _V.MAINTAIN_CORRESPONDENT, _V.HOLD, _V.ONBOARD}
_AROUND = {_V.BROKER, _V.FINANCE, _V.INSURE, _V.ASSIST, _V.PROVIDE_SERVICE, _V.INVEST}
_TRADE = {_V.IMPORT, _V.EXPORT, _V.PURCHASE, _V.SELL, _V.TRANSPORT, _V.RELEASE, _V.INSPECT}
_SECURITIES = {_V.ISSUE_SECURITY, _V.DEAL_SECURITY, _V.PURCHASE, _V.SELL}
_TRAVEL = {
    _V.ISSUE_VISA, _V.ENTER, _V.TRANSIT, _V.STAY, _V.LAND, _V.OVERFLY, _V.CALL_AT_PORT,
    _V.INSPECT, _V.TRANSPORT,
}  # fmt: skip
VERBS: dict[str, set[Verb]] = {
    "party": _MONEY | _ACCOUNTS | _AROUND,
    "payment": _MONEY | _ACCOUNTS | _AROUND,
    "cargo": _TRADE | _AROUND | _MONEY | {_V.CALL_AT_PORT, _V.TRANSIT, _V.LAND, _V.OVERFLY},
    "journey": _TRAVEL | _AROUND | _MONEY,
    "communication": _TRADE | _AROUND | _MONEY | {_V.BROADCAST},
    "securities": _SECURITIES | _AROUND | _MONEY | _ACCOUNTS,
    "diplomatic": {_V.ACCREDIT, _V.RECEIVE_ENVOY, _V.EXPEL, _V.SUSPEND, _V.ISSUE_VISA, _V.ENTER},
}
"""What can be done in each kind of act."""
_LIKE = 0.75
"""From this likeness on a key is a slip of another one, and no name of an owner."""


def crossed(act: Act, places: list[Place]) -> Act:
    """The act, with a party for each owner that only its holdings name.

    Args:
        act: As it was written.
        places: Where each party stands.

    Raises:
        Fault: One part of it speaks of what another does not have.
    """
    by_key = _keyed(act, places)
    _refuse_askers(act, by_key)
    _refuse_orders(act, places, by_key)
    _refuse_licences(act, by_key)
    _refuse_decisions(act, places)
    _refuse_births(act, places)
    _refuse_empty(act)
    _refuse_shares(act)
    owners = _owners(act, by_key)
    if not owners:
        return act
    return msgspec.structs.replace(act, parties=(*act.parties, *owners))


def _keyed(act: Act, places: list[Place]) -> dict[str, Party]:
    if not act.parties:
        raise Fault(("parties",), "the act has no party", hint="name all who take part")
    by_key: dict[str, Party] = {}
    for party, place in zip(act.parties, places, strict=True):
        if party.key in by_key:
            raise Fault(
                place,
                f"two parties have the key {shown(party.key)}",
                hint="give each an `id` of its own, and name them by it",
            )
        by_key[party.key] = party
    return by_key


def _refuse_askers(act: Act, by_key: dict[str, Party]) -> None:
    _refuse_unknown(act.asker.party, by_key, ("asker", "party"))
    for number, one in enumerate(act.asker.in_hand or ()):
        _refuse_unknown(one.of, by_key, ("asker", "in_hand", number, "of"))
    kind = str(act.__struct_config__.tag)
    for number, verb in enumerate(act.asker.does):
        if verb not in VERBS[kind]:
            raise Fault(
                ("asker", "does", number),
                f"`{verb.value}` is nothing that is done in a {kind} act",
                hint=one_of(one.value for one in Verb if one in VERBS[kind]),
            )


def _refuse_orders(act: Act, places: list[Place], by_key: dict[str, Party]) -> None:
    for party, place in zip(act.parties, places, strict=True):
        if not party.acts_for:
            continue
        _refuse_unknown(party.acts_for, by_key, (*place, "acts_for"))
        seen, behind = {party.key}, by_key[party.acts_for]
        while behind.key not in seen and behind.acts_for in by_key:
            seen.add(behind.key)
            behind = by_key[behind.acts_for]
        if behind.key in seen:
            raise Fault(
                (*place, "acts_for"),
                f"{shown(party.key)} acts for itself in the end",
                hint="leave `acts_for` out of who acts for itself",
            )


def _refuse_licences(act: Act, by_key: dict[str, Party]) -> None:
    for number, licence in enumerate(act.licences):
        place = ("licences", number)
        for item, key in enumerate(licence.parties):
            _refuse_unknown(key, by_key, (*place, "parties", item))
        _refuse_order(licence.valid_from, licence.valid_until, (*place, "valid_until"))
        _refuse_amounts(licence, place)


def _refuse_amounts(licence: Licence, place: Place) -> None:
    if (licence.amount_max is not None or licence.amount_used) and not licence.currency:
        raise Fault(
            (*place, "currency"),
            "the amount of the licence has no currency",
            hint="write it as EUR or USD",
        )


def _refuse_order(first: object, until: object, place: Place) -> None:
    # The first day without it may be the first day at all: then it never held.
    if first is not None and until is not None and str(until) <= str(first):
        raise Fault(
            place,
            f"`{until}` is not after the first day, `{first}`",
            hint="it is the first day on which it holds no longer",
        )


def _refuse_decisions(act: Act, places: list[Place]) -> None:
    for party, place in zip(act.parties, places, strict=True):
        same = {one.listing for one in party.same_as} | set(party.listings)
        for number, one in enumerate(party.different_from):
            if one.listing in same:
                raise Fault(
                    (*place, "different_from", number, "listing"),
                    f"{shown(one.listing)} is said to be this party and to be somebody else",
                    hint="keep the decision that stands",
                )


def _refuse_births(act: Act, places: list[Place]) -> None:
    for party, place in zip(act.parties, places, strict=True):
        if not party.birth_date:
            continue
        born = PartialDate.parse(party.birth_date)
        if date(born.year, born.month or 1, born.day or 1) > act.on:
            raise Fault(
                (*place, "birth_date"),
                f"{shown(party.key)} is said to be born on {born}, after the act of {act.on}",
                hint="correct the date of birth, or `on`",
            )


def _refuse_shares(act: Act) -> None:
    """Of what the caller says himself: registers, which overlap, are joined later with a note."""
    if act.holdings.notes:
        return
    stakes = act.holdings.stakes
    for one in more_than_whole(stakes, act.on):
        last = max(number for number, stake in enumerate(stakes) if stake.asset == one.asset)
        raise Fault(
            ("holdings", "stakes", last, "percent"),
            f"the stakes in {shown(one.asset)} come to {one.percent:g} % of its {one.right.value} "
            f"on {act.on}",
            hint="correct them; say `held_until` of what was sold, `right` of what are votes or "
            "capital alone, and `is_nominee: true` of who holds for another",
        )


def _refuse_empty(act: Act) -> None:
    if isinstance(act, CargoAct) and not act.goods:
        raise Fault(("goods",), "the cargo has no goods", hint="give at least one line")
    if not isinstance(act, CargoAct | CommunicationAct):
        return
    for number, line in enumerate(act.goods):
        if not (line.description or line.code or line.items or line.cas):
            raise Fault(
                ("goods", number),
                "it is not said what these goods are",
                hint="give `description`, `code`, `items` or `cas`",
            )
    if isinstance(act, CommunicationAct) and not (act.goods or act.services or act.channel):
        raise Fault(
            (), "it is not said what is communicated", hint="give `goods`, `services` or `channel`"
        )


def _owners(act: Act, by_key: dict[str, Party]) -> list[Party]:
    """Who is named in the holdings alone; its key is then its name too."""
    owners: dict[str, Party] = {}
    for key, place in _held(act):
        if key in by_key or key in owners:
            continue
        near = difflib.get_close_matches(key.casefold(), by_key, n=1, cutoff=_LIKE)
        if near:
            raise Fault(
                place,
                f"{shown(key)} names no party",
                hint=f"did you mean `{near[0]}`? If it is somebody else, add a party with the role "
                f"owner and that id",
            )
        owners[key] = Party(role=Role.OWNER, id=key, name=key)
    if len(by_key) + len(owners) > PARTIES_MAX:
        raise Fault(
            ("holdings",),
            f"with the owners there are {len(by_key) + len(owners):,} parties, more than "
            f"{PARTIES_MAX:,}",
            hint="leave out whose share cannot matter",
        )
    known = by_key | owners
    for number, key in enumerate(act.holdings.rebuttals):
        _refuse_unknown(key, known, ("holdings", "rebuttals", number))
    for number, group in enumerate(act.holdings.joint_arrangements):
        for item, key in enumerate(group):
            _refuse_unknown(key, known, ("holdings", "joint_arrangements", number, item))
    return list(owners.values())


def _held(act: Act) -> Iterator[tuple[str, Place]]:
    held: dict[str, tuple[Stake | Control, ...]] = {
        "stakes": act.holdings.stakes,
        "controls": act.holdings.controls,
    }
    for name, links in held.items():
        for number, link in enumerate(links):
            place = ("holdings", name, number)
            if link.owner == link.asset and isinstance(link, Control):
                raise Fault(
                    (*place, "asset"),
                    f"{shown(link.owner)} is said to control itself",
                    hint="name who controls it, or leave it out",
                )
            _refuse_order(link.held_from, link.held_until, (*place, "held_until"))
            yield link.owner, (*place, "owner")
            yield link.asset, (*place, "asset")


def _refuse_unknown(key: str, known: Iterable[str], place: Place) -> None:
    keys = list(known)
    if key not in keys:
        raise Fault(
            place,
            f"{shown(key)} names no party",
            hint=f"its key is its id, else its role; {one_of(keys, given=key)}",
        )
