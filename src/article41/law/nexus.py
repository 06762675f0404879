"""Which jurisdictions bind which party of an act, on its day, each with its reasons.

Pure. Whether anything is forbidden to who is bound is said elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache

import msgspec

from article41.law.acting import BANK_ROLES, PartyFacts, parties_of
from article41.law.binding import CLEARING, claimant_of, clearing_of, state_of
from article41.law.grounds import Ground, Jurisdiction
from article41.law.reaches import bound_for, extended, reaches_further
from article41.law.scenes import Clearing, Fact, Scene, scene_of
from article41.law.standings import Standing, standings_on
from article41.law.weighing import Bound, Claimant, Together, weigh
from article41.model.acts import Act, Verb
from article41.model.clocks import InForce
from article41.model.holdings import Holdings
from article41.model.measures import Measure
from article41.model.verdicts import Because

__all__ = ["CLEARING", "Bound", "Bounds", "bound_for", "bounds_of", "nexus_of"]

REMEMBERED_MAX = 512
"""Parties, ways of money and States whose bounds are kept: most acts differ in names alone."""
_EXPORT_RULES = {"export-ban", "export-licence", "export-control"}
"""Kinds of measures that reach goods by their content."""
_AT_A_STOP = frozenset((Verb.LAND, Verb.CALL_AT_PORT, Verb.INSPECT))
"""What is done where a craft stops, and not where it merely passes overhead."""
_SEVERITY = {InForce.NO: 0, InForce.UNKNOWN: 1, InForce.YES: 2}


def nexus_of(act: Act, jurisdiction: Jurisdiction, day: date | None = None) -> Mapping[str, Bound]:
    """Whether a jurisdiction binds each party of an act and each State that it implies.

    Args:
        act: The act.
        jurisdiction: The jurisdiction.
        day: On which day; that of the act if absent.

    Returns:
        By key of the party; `clearing` for the bank through which money goes, where money is in
        the act; `state:FR` for an implied State.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.model.acts import Asker, PartyAct
        >>> from article41.model.parties import Party, Role
        >>> act = PartyAct(on=date(2013, 7, 1), asker=Asker(party="institution"),
        ...     parties=(Party(role=Role.INSTITUTION, country="HR"),))
        >>> nexus_of(act, jurisdictions()["EU"])["institution"].truth.value
        'yes'
    """
    return bounds_of(act, (jurisdiction,), day)[jurisdiction.key]


def bounds_of(
    act: Act,
    jurisdictions: Iterable[Jurisdiction],
    day: date | None = None,
    scene: Scene | None = None,
) -> "Bounds":
    """Whether each jurisdiction binds each party of an act; its facts are read once for all.

    Args:
        act: The act.
        jurisdictions: The jurisdictions.
        day: On which day; that of the act if absent.
        scene: Where and how the act is done, if that was read before.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.model.acts import Asker, PartyAct
        >>> from article41.model.parties import Party, Role
        >>> act = PartyAct(on=date(2012, 7, 6), asker=Asker(party="institution"),
        ...     parties=(Party(role=Role.INSTITUTION, country="RU"),))
        >>> bounds = bounds_of(act, jurisdictions().values())
        >>> "JP" in bounds.meeting
        False
        >>> [because.text for because in bounds["EU"]["institution"].because][0]
        'incorporated in and acting from RU, not a member State of the European Union'
    """
    scene = scene or scene_of(act)
    facts = parties_of(act, scene)
    # Where an act names places or owners of its own, no other one is like it.
    is_own = scene.places or act.holdings.stakes or act.holdings.controls
    of = Bounds if is_own else _kept_bounds
    return of(facts, scene, act.holdings, tuple(jurisdictions), day or act.on)


class Bounds(Mapping[str, Mapping[str, Bound]]):
    """Of each jurisdiction, by its key, whether it binds each party of an act, by the party's key.

    All acts that say the same of where everybody is, and where it is done, have the same.
    Worked out where it is looked up: most jurisdictions have nothing to do with an act.
    """

    def __init__(
        self,
        facts: tuple[PartyFacts, ...],
        scene: Scene,
        holdings: Holdings,
        jurisdictions: tuple[Jurisdiction, ...],
        day: date,
    ) -> None:
        """Read the facts of the act."""
        self._day = day
        self._holdings = holdings
        self._facts = facts
        # Where it names places of its own, no other act has a party with the same facts.
        claimants = _claimants if scene.places else _kept_claimants
        self._parties = [claimants(party) for party in self._facts]
        self._implied = _implied(scene, self._facts)
        self._answers = dict(scene.answers)
        self._standings, self._alike = standings_on(jurisdictions, day)
        self._known: dict[str, Mapping[str, Bound]] = {}
        self._of_measures: dict[tuple[str, str, str, bool], Bound] = {}
        self.parties = frozenset(
            [one.key for one in self._facts] + [one.key for one in self._implied]
        )
        """Keys of all that may be bound: the parties, implied States, the clearing bank."""

    def __getitem__(self, key: str) -> Mapping[str, Bound]:
        """By key of the party, of implied States and of the clearing bank."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._weigh(self._standings[key])
        return found

    def __iter__(self) -> Iterator[str]:
        """The keys of the jurisdictions."""
        return iter(self._standings)

    def __len__(self) -> int:
        """How many jurisdictions there are."""
        return len(self._standings)

    @cached_property
    def meeting(self) -> frozenset[str]:
        """The jurisdictions that may bind somebody; all others surely bind nobody."""
        everybody = [*[one for one, _ in self._parties], *self._implied]
        ordinary = as_us_persons = Together(everybody)
        if any(one is not other for one, other in self._parties):
            as_us_persons = Together([*[other for _, other in self._parties], *self._implied])
        states = Together([one for one in everybody if one.is_state])

        def asked_by(standing: Standing) -> Together:
            if standing.states_only:
                return states
            return as_us_persons if Ground.US_PERSON in standing.rules else ordinary

        return frozenset().union(*[asked_by(one.example).may_meet(one) for one in self._alike])

    def reaching(self, countries: Collection[str]) -> frozenset[str]:
        """Those with measures on one of some countries that reach whom somebody bound owns."""
        return frozenset(
            key
            for key, standing in self._standings.items()
            for rule in standing.subsidiaries
            if any(country in countries for country in rule.regimes)
        )

    def of(self, party: str, measure: Measure) -> Bound:
        """Whether a party is bound by one measure: some reach further than others do."""
        bound = self[measure.jurisdiction][party]
        export_rules = measure.kind in _EXPORT_RULES
        key = (measure.jurisdiction, party, measure.regime if bound.reaches else "", export_rules)
        found = self._of_measures.get(key)
        if found is None:
            found = bound_for(bound, regime=measure.regime, export_rules=export_rules)
            self._of_measures[key] = found
        return _on_the_ground(found) if _AT_A_STOP.issuperset(measure.forbids) else found

    def _named(self, standing: Standing) -> Iterator[Claimant]:
        us_status = Ground.US_PERSON in standing.rules
        for ordinary, as_us_person in self._parties:
            yield as_us_person if us_status else ordinary

    def _weigh(self, standing: Standing) -> Mapping[str, Bound]:
        bounds: dict[str, Bound] = {}
        for claimant in self._named(standing):
            bound = _weighed(claimant, standing, self._answers)
            other = bounds.get(claimant.key)
            if other is None or _SEVERITY[bound.truth] > _SEVERITY[other.truth]:
                bounds[claimant.key] = bound
        for claimant in self._implied:
            bounds[claimant.key] = _weighed(claimant, standing, self._answers)
        if reaches_further(standing):
            return extended(bounds, self._holdings, self._facts, standing, self._day)
        return bounds


_kept_bounds = lru_cache(maxsize=REMEMBERED_MAX)(Bounds)


def _on_the_ground(bound: Bound) -> Bound:
    """Who is bound where a craft stops: where it flies over alone it does not."""
    flown = [one for one in bound.grounds if all(_is_of_flying(each) for each in one.because)]
    if not flown or len(flown) < len(bound.grounds):
        return bound
    over = dict.fromkeys(each for one in flown for each in one.because)
    said = (
        Because(
            fact=each.fact,
            value=each.value,
            text=f"flies over {each.value} and does not stop there",
        )
        for each in over
    )
    because = (*said, *bound.because)
    return msgspec.structs.replace(bound, truth=InForce.NO, grounds=(), because=because, missing=())


def _is_of_flying(because: Because) -> bool:
    return because.fact.startswith("overflies")


def _weighed(claimant: Claimant, standing: Standing, answers: Mapping[str, bool]) -> Bound:
    """The bound as it was found before, unless the act answers questions of law itself."""
    if answers:
        return weigh(claimant, standing, answers)
    bound = claimant.known.get(standing)
    if bound is None:
        bound = claimant.known[standing] = weigh(claimant, standing, answers)
    return bound


def _implied(scene: Scene, facts: Iterable[PartyFacts]) -> list[Claimant]:
    """The bank through which money goes, and the States that let goods and people pass."""
    implied: list[Claimant] = []
    if scene.clearing is not None:
        places = (
            (path, code, "carried out by a bank in")
            for party in facts
            if party.role in BANK_ROLES
            for path, code, _ in party.location or ()
        )
        implied.append(_clearing(scene.clearing, tuple(places)))
    by_code: dict[str, tuple[Fact, ...]] = {}
    for fact in scene.states:
        by_code[fact[1]] = (*by_code.get(fact[1], ()), fact)
    return implied + [_state(code, told) for code, told in by_code.items()]


def _claimants(facts: PartyFacts) -> tuple[Claimant, Claimant]:
    """A party as most jurisdictions ask for it, and as one that binds US persons does."""
    ordinary = claimant_of(facts)
    if facts.us_person is None:
        return ordinary, ordinary
    return ordinary, claimant_of(facts, us_status=True)


_kept_claimants = lru_cache(maxsize=REMEMBERED_MAX)(_claimants)


@lru_cache(maxsize=REMEMBERED_MAX)
def _clearing(clearing: Clearing, banks: tuple[Fact, ...]) -> Claimant:
    return clearing_of(clearing, banks)


@lru_cache(maxsize=REMEMBERED_MAX)
def _state(code: str, facts: tuple[Fact, ...]) -> Claimant:
    return state_of(code, facts)
