"""An act with everything that law looks at: who is where, what was found of each, what is done.

It works each thing out once, so that a hundred measures can ask for it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property, wraps
from typing import TypeVar, cast

from article41.law.acting import CRAFT_ROLES
from article41.law.coverage import CoverageRow
from article41.law.deeds import BANKS, CLEARING, Deed, Deeds, deeds_of, principals_of
from article41.law.items import has_no_control_number
from article41.law.jurisdictions import of_authority
from article41.law.scenes import Scene, scene_of
from article41.law.settling import settled
from article41.law.ties import countries_named_by, goods_of, money_of, places_of, touched_by
from article41.law.truth import Held
from article41.model.acts import (
    Act,
    CargoAct,
    CommunicationAct,
    Goods,
    JourneyAct,
    Money,
    PartyAct,
)
from article41.model.entities import Schema
from article41.model.parties import OwnersKnown, Party, Role, Status
from article41.model.verdicts import Because, ListedAs, PartyStanding

_CRAFT = {Schema.VESSEL, Schema.AIRPLANE, Schema.VEHICLE, Schema.CRYPTO_WALLET}
_BUYING = {Role.BUYER, Role.CONSIGNEE, Role.END_USER, Role.PAYER}
_PERSONAL = frozenset({Role.TRAVELLER, Role.ENVOY})
_TAKES_GOODS = {Role.CONSIGNEE, Role.END_USER, Role.BUYER}


Found = TypeVar("Found")
_NOT_YET = object()


class Situation:
    """One act on its day.

    Args:
        act: The act.
        standings: What screening found of each party, by its key.

    Example:
        >>> from datetime import date
        >>> from article41.model.acts import Asker, PartyAct
        >>> customer = Party(role=Role.CUSTOMER, name="Ada Example", country="XA")
        >>> act = PartyAct(on=date(2024, 1, 2), asker=Asker(party="customer"), parties=(customer,))
        >>> Situation(act, {}).countries_of(customer)
        {'XA': 'parties.customer.country'}
    """

    def __init__(self, act: Act, standings: Mapping[str, PartyStanding]) -> None:
        """Keep them; nothing is worked out before somebody asks."""
        self.act = act
        self.day = act.on
        self.standings = standings
        self.deeds: Deeds = deeds_of(act)
        self.by_key: Mapping[str, Party] = {party.key: party for party in act.parties}
        self.has_holdings = bool(act.holdings.stakes or act.holdings.controls)
        """True if it says of anybody who owns or controls whom."""
        self.goods: Sequence[Goods] = goods_of(act)
        """The goods, if it is about any."""
        self.money: Money | None = money_of(act)
        """The amount, if one is named."""
        self._countries: dict[str, dict[str, str]] = {}
        self._persons: dict[str, bool] = {}
        self._in_roles: dict[tuple[Role, ...], tuple[Party, ...]] = {}
        self.kept: dict[tuple[object, ...], Held] = {}
        self.found: dict[object, object] = {}
        """What functions that are `once_an_act` found."""
        self.kinds: dict[str, int] = {}
        """What kind of party each is, as `alike` numbered it."""
        self.rows: dict[str, list[tuple[CoverageRow, Because]]] = {}
        """How far the law of each jurisdiction is held, as `gaps` worked it out."""
        self.deeds_by_what: dict[tuple[object, ...], tuple[Deed, ...]] = {}
        """What each party does of what is forbidden, as `in_hand` worked it out."""

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """What it is for, as far as it says so; the end use of goods is one."""
        end_use = getattr(self.act, "end_use", "")
        return (*self.act.purposes, end_use) if end_use else self.act.purposes

    @cached_property
    def scene(self) -> Scene:
        """Where it is done, how it is paid, and which States it implies."""
        return scene_of(self.act)

    def once(self, key: tuple[object, ...], work_out: Callable[[], Held]) -> Held:
        """What was worked out of this act before under a key, or is worked out now."""
        held = self.kept.get(key)
        if held is None:
            held = self.kept[key] = work_out()
        return held

    def listed(self, party: Party) -> tuple[ListedAs, ...]:
        """What a party is listed as, or resembles.

        Who surely is an entry of a list is no other entry of that list: whom it resembles there
        beside is no question any more, but for its own name under other programmes or anew.
        """
        return self._listed.get(party.key, ())

    def listed_by(self, party: Party, authority: str) -> Sequence[ListedAs]:
        """The same, of one authority alone."""
        return self._listed_by.get((party.key, authority), ())

    @cached_property
    def _listed_by(self) -> Mapping[tuple[str, str], Sequence[ListedAs]]:
        found: dict[tuple[str, str], list[ListedAs]] = {}
        for key, entries in self._listed.items():
            for entry in entries:
                found.setdefault((key, entry.authority), []).append(entry)
        return found

    def born_otherwise(self, party: Party) -> tuple[ListedAs, ...]:
        """The entries that have the name of a party and other dates of birth."""
        standing = self.standings.get(party.key)
        return () if standing is None else standing.born_otherwise

    @cached_property
    def _listed(self) -> Mapping[str, tuple[ListedAs, ...]]:
        return {key: settled(standing.listed) for key, standing in self.standings.items()}

    @cached_property
    def entries(self) -> tuple[ListedAs, ...]:
        """All that any party is listed as, or resembles."""
        return tuple(entry for found in self._listed.values() for entry in found)

    def entries_under(self, jurisdiction: str) -> Sequence[tuple[Party, ListedAs]]:
        """What each party is listed as, or resembles, by the authorities of a jurisdiction."""
        return self._entries_under.get(jurisdiction, ())

    @cached_property
    def _entries_under(self) -> Mapping[str, Sequence[tuple[Party, ListedAs]]]:
        found: dict[str, list[tuple[Party, ListedAs]]] = {}
        for party in self.act.parties:
            for entry in self.listed(party):
                found.setdefault(of_authority(entry.authority), []).append((party, entry))
        return found

    def countries_of(self, party: Party) -> Mapping[str, str]:
        """The countries that a party belongs to or acts from, each with the fact that says so."""
        found = self._countries.get(party.key)
        if found is None:
            found = {}
            for country, fact in countries_named_by(party):
                found.setdefault(country, f"parties.{party.key}.{fact}")
            self._countries[party.key] = found
        return found

    def whereabouts_of(self, party: Party) -> Mapping[str, str]:
        """The same without those of which it is a national: a national need not be there.

        Of a person whose home is said, the country that the person is said to be of is the
        nationality.
        """
        skipped = {"nationalities"}
        if self.is_person(party) and (party.residence or party.located_in):
            skipped.add("country")
        found: dict[str, str] = {}
        for country, fact in countries_named_by(party):
            if fact not in skipped:
                found.setdefault(country, f"parties.{party.key}.{fact}")
        return found

    @cached_property
    def destinations(self) -> Mapping[str, str]:
        """Countries to which goods or services go, each with the fact that says so."""
        act = self.act
        found: dict[str, str] = {}
        if isinstance(act, CargoAct) and act.discharged_in:
            found.setdefault(act.discharged_in, "discharged_in")
        if isinstance(act, CommunicationAct) and act.destination:
            found.setdefault(act.destination, "destination")
        for party in act.parties:
            if party.role in _TAKES_GOODS:
                for country, fact in self.whereabouts_of(party).items():
                    found.setdefault(country, fact)
        return found

    @cached_property
    def touched(self) -> Mapping[str, str]:
        """Every country that the act touches, each with the first fact that says so."""
        found: dict[str, str] = {}
        for country, fact in self.touched_facts:
            found.setdefault(country, fact)
        return found

    @cached_property
    def touched_facts(self) -> tuple[tuple[str, str], ...]:
        """The same with every fact that names one of them."""
        return tuple(dict.fromkeys(touched_by(self.act, self.scene_facts)))

    @cached_property
    def touching(self) -> Mapping[str, Because]:
        """The same, each with the fact as a reason."""
        return {
            country: Because(fact=fact, value=country, text=f"the act touches {country}")
            for country, fact in self.touched.items()
        }

    @cached_property
    def scenes(self) -> Mapping[str, str]:
        """Countries in which it is done or to which it goes, each with the first fact of it.

        Who takes part may be of another country: that alone brings nothing there.
        """
        found: dict[str, str] = {}
        for country, fact in self.scene_facts:
            found.setdefault(country, fact)
        return found

    @cached_property
    def scene_facts(self) -> tuple[tuple[str, str], ...]:
        """The same with every fact that names one of them."""
        return tuple(dict.fromkeys(places_of(self.act)))

    @property
    def open_end(self) -> str:
        """The end of a journey that nobody names, which may be anywhere; empty if there is none."""
        act = self.act
        if not isinstance(act, JourneyAct) or (act.leaves and act.arrives):
            return ""
        return "arrives" if act.leaves else "leaves"

    def is_tied_to(self, countries: Collection[str]) -> bool:
        """True if the act touches one of the countries."""
        return not self.touched.keys().isdisjoint(countries)

    def is_apart(self, party: Party) -> bool:
        """True if no owner can matter: a person, a craft, or a body known to be nobody's listed."""
        return (
            self.is_person(party)
            or party.owners is OwnersKnown.NONE_LISTED
            or (party.status is not None and not _is_private_of_unknown(party))
            or party.schema in _CRAFT
        )

    def is_craft(self, party: Party) -> bool:
        """True if it has a flag, or no country at all, as a wallet."""
        return party.role in CRAFT_ROLES or party.schema in _CRAFT

    def is_person(self, party: Party) -> bool:
        """True if it is a natural person, as far as anything says so.

        A list of which it surely is an entry says so too.
        """
        found = self._persons.get(party.key)
        if found is None:
            found = self._persons[party.key] = (
                party.schema is Schema.PERSON
                or party.role in (Role.TRAVELLER, Role.ENVOY)
                or any(
                    entry.schema is Schema.PERSON and entry.identity.is_sure
                    for entry in self.listed(party)
                )
            )
        return found

    def fact(self, name: str) -> bool | None:
        """What the act says of a fact of the vocabulary, or what follows from what else it says."""
        given = self.act.facts.get(name)
        return given if given is not None else self._told.get(name)

    @cached_property
    def _told(self) -> Mapping[str, bool]:
        """Facts of the vocabulary that need not be asked for: the act says them in other words."""
        act = self.act
        if self.goods and all(any(map(has_no_control_number, one.items)) for one in self.goods):
            return {IS_EAR99: True}
        if not isinstance(act, JourneyAct):
            return {}
        nationalities = {
            country
            for party in act.parties
            if party.role is Role.TRAVELLER
            for country in (*party.nationalities, party.country)
            if country
        }
        return {OWN_NATIONAL: act.arrives in nationalities} if nationalities else {}

    def is_bank(self, party: str) -> bool:
        """True if a party is a bank by its role, or is said to be one; the clearing bank is."""
        if party == CLEARING:
            return True
        given = self.by_key.get(party)
        return given is not None and (given.role in BANKS or given.is_bank is True)

    def is_house(self, party: str) -> bool:
        """True if it is a bank, or the institution whose relation or account is asked about."""
        given = self.by_key.get(party)
        return self.is_bank(party) or (given is not None and given.role is Role.INSTITUTION)

    def pays_price(self, party: str) -> bool:
        """True if what a party pays is the price of goods, out of its own pocket."""
        given = self.by_key.get(party)
        return given is not None and given.role in _BUYING and bool(self.goods)

    def in_hand(self, party: str) -> str:
        """What of a party's the asker holds; empty if nothing that anybody says.

        What is held of somebody who acts for it in the act is its own.
        """
        meant = {party, *(agent.key for agent, behind in self._orders if behind.key == party)}
        return next((one.kind for one in self.deeds.in_hand if one.of in meant), "")

    def is_in(self, party: Party, roles: Sequence[Role]) -> bool:
        """True if a party, or one that acts for it, has one of some roles; any but of an owner.

        Nobody travels for another.
        """
        if not roles:
            return party.role is not Role.OWNER
        return not self.roles_of(party).isdisjoint(roles)

    def in_roles(self, roles: tuple[Role, ...]) -> tuple[Party, ...]:
        """The parties that `is_in` finds in some roles, in the order of the act."""
        found = self._in_roles.get(roles)
        if found is None:
            found = self._in_roles[roles] = tuple(
                [party for party in self.by_key.values() if self.is_in(party, roles)]
            )
        return found

    def roles_of(self, party: Party) -> frozenset[Role]:
        """The role of a party, and those of who acts for it."""
        if not self._orders:
            return frozenset((party.role,))
        agents = {agent.role for agent, behind in self._orders if behind.key == party.key}
        return frozenset((party.role, *(agents - _PERSONAL)))

    @cached_property
    def _orders(self) -> tuple[tuple[Party, Party], ...]:
        return tuple(principals_of(self.act.parties))

    @property
    def began(self) -> tuple[str, date | None]:
        """Since when the relation exists: the fact and its value, which may be absent."""
        act = self.act
        return "relation_since", act.relation_since if isinstance(act, PartyAct) else None


def once_an_act(work_out: Callable[[Situation], Found]) -> Callable[[Situation], Found]:
    """A function of an act alone, which every jurisdiction asks: it looks at each act once."""

    @wraps(work_out)
    def once(situation: Situation) -> Found:
        found = situation.found.get(work_out, _NOT_YET)
        if found is _NOT_YET:
            found = situation.found[work_out] = work_out(situation)
        return cast("Found", found)

    return once


IS_EAR99 = "is-ear99"
"""The fact that no item is on the Commerce Control List of the United States."""
OWN_NATIONAL = "is-own-national"
"""The fact that a traveller is a national of the State that is entered."""


def _is_private_of_unknown(party: Party) -> bool:
    """True if it is said to be private, and also that its owners were looked for in vain."""
    return party.status is Status.PRIVATE and party.owners is OwnersKnown.UNKNOWN
