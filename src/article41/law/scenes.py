"""Where an act is done, through which banks it is paid, and which States it implies.

Reads an act and judges nothing; where a place is not given it says which one is missing.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from article41.model.acts import (
    Act,
    CargoAct,
    CommunicationAct,
    DiplomaticAct,
    Goods,
    JourneyAct,
    PartyAct,
    PaymentAct,
    SecuritiesAct,
)
from article41.model.countries import country
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role

_CARRYING = frozenset(
    {
        Role.CARRIER, Role.VESSEL, Role.AIRCRAFT, Role.VESSEL_OWNER, Role.VESSEL_MANAGER,
        Role.FORWARDER,
    }
)  # fmt: skip
_LOADING = _CARRYING | {Role.SELLER, Role.CONSIGNOR, Role.SUPPLIER}
_DISCHARGING = _CARRYING | {Role.BUYER, Role.CONSIGNEE}
_USING = frozenset({Role.END_USER, Role.CONSIGNEE, Role.BUYER})
_RECEIVING = _USING | {Role.DISTRIBUTOR, Role.BROADCASTER, Role.CUSTOMER}
_TRAVELLING = _CARRYING | {Role.TRAVELLER, Role.ENVOY}
_FLYING = frozenset({Role.CARRIER, Role.AIRCRAFT})

Fact = tuple[str, str, str]
"""Path of a fact, the country it names, and what it says of the party (`incorporated in`)."""
Place = tuple[str, str, str, frozenset[Role] | None]
"""Path of a fact, the country, what is done there, and who does it; all if absent."""
MissingPlace = tuple[str, str, frozenset[Role]]
"""Path of a place that is not given, the question, and whose place it is."""


class Clearing(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """How the money of an act goes, as far as it is known.

    Example:
        >>> Clearing(currency="USD").through is None
        True
    """

    currency: str
    """ISO 4217 code; empty if it is not known."""
    through: tuple[str, ...] | None = None
    """Countries through whose banks it goes; absent if that is not known."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What an act says beside its parties.

    Example:
        >>> Scene(act="party").places
        ()
    """

    act: str
    """Its kind."""
    is_payment: bool = False
    """It moves money through banks."""
    places: tuple[Place, ...] = ()
    """Where it is done, and by whom."""
    places_missing: tuple[MissingPlace, ...] = ()
    """Places that are not given."""
    business: tuple[Fact, ...] = ()
    """Where something of it is done."""
    states: tuple[Fact, ...] = ()
    """States that it implies: path, country, and what the State does."""
    clearing: Clearing | None = None
    """How its money goes; absent if no money is in it."""
    goods: tuple[tuple[str, str, bool | None], ...] = ()
    """Of each line of goods the fact that says whether it is of US origin, and what it says."""
    may_use_craft: bool = False
    """A vessel or aircraft may carry it."""
    answers: tuple[tuple[str, bool], ...] = ()
    """Answers to questions of law."""

    @property
    def open_currency(self) -> str | None:
        """Currency of money whose way is not known; empty if that is not known either."""
        if self.clearing is None or self.clearing.through is not None:
            return None
        return self.clearing.currency


@lru_cache(maxsize=1024)
def code_of(text: str) -> str:
    """The code of a country, or the text itself where it is none.

    Example:
        >>> code_of("uk"), code_of("Atlantis")
        ('GB', 'Atlantis')
    """
    try:
        return country(text)
    except ValueError:
        return text


def scene_of(act: Act) -> Scene:
    """Where and how an act is done.

    Example:
        >>> from datetime import date
        >>> from article41.model.acts import Asker
        >>> act = JourneyAct(on=date(2012, 7, 6), asker=Asker(party="traveller"),
        ...     parties=(Party(role=Role.TRAVELLER),), leaves="XA", arrives="XB")
        >>> scene_of(act).states
        (('arrives', 'XB', 'the journey enters'),)
    """
    told = _told(act)
    named: list[Place] = [
        (f"places[{at}]", code_of(text), "is done in", None) for at, text in enumerate(act.places)
    ]
    places = (*told.places, *named)
    clearing = _clearing(act)
    through = () if clearing is None or clearing.through is None else clearing.through
    paid = [(f"cleared_in[{at}]", code, "is paid through") for at, code in enumerate(through)]
    done = [place[:3] for place in places if not place[0].startswith("overflies")]
    return Scene(
        act=str(act.__struct_config__.tag),
        is_payment=isinstance(act, PaymentAct),
        places=places,
        places_missing=tuple(told.missing),
        business=(*done, *paid),
        states=tuple(dict.fromkeys(told.states)),
        clearing=clearing,
        goods=tuple(_content(told.goods)),
        may_use_craft=isinstance(act, CargoAct | JourneyAct),
        answers=tuple(sorted((name, so) for name, so in act.facts.items() if "-reaches-" in name)),
    )


class _Told(NamedTuple):
    """What acts of one kind say of places, States and goods."""

    places: Sequence[Place] = ()
    missing: Sequence[MissingPlace] = ()
    states: Sequence[Fact] = ()
    goods: tuple[Goods, ...] = ()


def _told(act: Act) -> _Told:
    match act:
        case CargoAct():
            return _cargo(act)
        case JourneyAct():
            return _journey(act)
        case CommunicationAct():
            return _communication(act)
        case DiplomaticAct():
            sent = ("sending", code_of(act.sending), "the envoy is sent by")
            return _Told(states=(sent, ("receiving", code_of(act.receiving), "the envoy goes to")))
        case PaymentAct() | PartyAct() | SecuritiesAct():
            return _Told()


def _clearing(act: Act) -> Clearing | None:
    if isinstance(act, DiplomaticAct | PartyAct):
        return None
    money = act.money
    through: tuple[str, ...] | None = None
    if isinstance(act, PaymentAct | CargoAct) and act.cleared_in is not None:
        through = tuple(code_of(text) for text in act.cleared_in)
    if money is not None:
        return Clearing(currency=money.currency.strip().upper(), through=through)
    if through is not None or (isinstance(act, PaymentAct) and not _is_within_one_bank(act)):
        return Clearing(currency="", through=through)
    return None


def _is_within_one_bank(act: PaymentAct) -> bool:
    """Whether the banks of payer and payee are surely one and nobody stands between."""
    payers, payees, between = (
        [party for party in act.parties if party.role is role]
        for role in (Role.PAYER_BANK, Role.PAYEE_BANK, Role.INTERMEDIARY)
    )
    if between or len(payers) != 1 or len(payees) != 1:
        return False
    return bool(_bics(payers[0]) & _bics(payees[0]))


def _bics(bank: Party) -> set[str]:
    """Its BICs without the branch."""
    numbers = (number for number in bank.documents if number.kind is IdentifierKind.BIC)
    return {number.value.replace(" ", "").upper()[:8] for number in numbers}


def _content(goods: tuple[Goods, ...]) -> Iterable[tuple[str, str, bool | None]]:
    for at, line in enumerate(goods):
        if line.us_content is not None:
            yield f"goods[{at}].us_content", str(line.us_content).lower(), line.us_content
        elif line.origin:
            origin = code_of(line.origin)
            yield f"goods[{at}].origin", origin, True if origin == "US" else None
        else:
            yield f"goods[{at}].us_content", "", None


def _cargo(act: CargoAct) -> _Told:
    places: list[Place] = []
    if act.loaded_in:
        places.append(("loaded_in", code_of(act.loaded_in), "is loaded in", _LOADING))
    if act.discharged_in:
        code = code_of(act.discharged_in)
        places.append(("discharged_in", code, "is discharged in", _DISCHARGING | _USING))
    for at, text in enumerate(act.via):
        places.append((f"via[{at}]", code_of(text), "goes through", _CARRYING))
    for at, line in enumerate(act.goods):
        if line.exported_from:
            path, code = f"goods[{at}].exported_from", code_of(line.exported_from)
            places.append((path, code, "leaves", _LOADING))
        if line.destination:
            path, code = f"goods[{at}].destination", code_of(line.destination)
            places.append((path, code, "goes for use to", _USING))
    given = {path.rpartition(".")[2] for path, *_ in places}
    missing: list[MissingPlace] = []
    if not given & {"loaded_in", "exported_from"}:
        missing.append(
            ("loaded_in", "in which country are the goods loaded (`XZ` if at sea)?", _LOADING)
        )
    if not given & {"discharged_in", "destination"}:
        question = "in which country are the goods discharged (`XZ` if at sea)?"
        missing.append(("discharged_in", question, _DISCHARGING | _USING))
    states = [(path, code, _CUSTOMS[path.rpartition(".")[2].partition("[")[0]])
              for path, code, *_ in places]  # fmt: skip
    return _Told(places, missing, states, act.goods)


_CUSTOMS = {
    "loaded_in": "the goods leave",
    "exported_from": "the goods leave",
    "via": "the goods go through",
    "discharged_in": "the goods come into",
    "destination": "the goods come into",
}


def _journey(act: JourneyAct) -> _Told:
    places: list[Place] = []
    states: list[Fact] = []
    missing: list[MissingPlace] = []
    if act.leaves:
        places.append(("leaves", code_of(act.leaves), "leaves", _TRAVELLING))
    else:
        missing.append(("leaves", "which country does the journey leave?", _TRAVELLING))
    if act.arrives:
        places.append(("arrives", code_of(act.arrives), "arrives in", _TRAVELLING))
        states.append(("arrives", code_of(act.arrives), "the journey enters"))
    else:
        missing.append(("arrives", "in which country does the journey arrive?", _TRAVELLING))
    for at, text in enumerate(act.via):
        places.append((f"via[{at}]", code_of(text), "goes through", _TRAVELLING))
        states.append((f"via[{at}]", code_of(text), "the journey crosses"))
    for at, text in enumerate(act.overflies):
        places.append((f"overflies[{at}]", code_of(text), "flies over", _FLYING))
        states.append((f"overflies[{at}]", code_of(text), "the journey flies over"))
    return _Told(places, missing, states)


def _communication(act: CommunicationAct) -> _Told:
    places: list[Place] = []
    missing: list[MissingPlace] = []
    texts = [("destination", act.destination)] if act.destination else []
    texts += [
        (f"goods[{at}].destination", line.destination)
        for at, line in enumerate(act.goods) if line.destination
    ]  # fmt: skip
    for path, text in texts:
        places.append((path, code_of(text), "is received in", _RECEIVING))
    if not texts:
        question = "in which country is it used or received?"
        missing.append(("destination", question, _RECEIVING))
    for at, line in enumerate(act.goods):
        if line.exported_from:
            path, code = f"goods[{at}].exported_from", code_of(line.exported_from)
            places.append((path, code, "leaves", _LOADING))
    states = [
        (path, code, "the goods come into") for path, code, *_ in places if "destination" in path
    ]
    states += [(path, code, "the goods leave") for path, code, *_ in places if "from" in path]
    return _Told(places, missing, states, act.goods)
