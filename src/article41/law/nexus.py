"""Which jurisdictions bind which party of an act, on its day, each with its reasons.

Pure. Whether anything is forbidden to who is bound is said elsewhere.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from article41.law.acting import BANK_ROLES, PartyFacts, parties_of
from article41.law.binding import CLEARING, claimant_of, clearing_of, state_of
from article41.law.grounds import Ground, Jurisdiction
from article41.law.reaches import bound_for, extended, reaches_further
from article41.law.scenes import Clearing, Fact, Scene, scene_of
from article41.law.standings import Standing, standing_on
from article41.law.weighing import Bound, Claimant, weigh
from article41.model.acts import Act
from article41.model.clocks import InForce

__all__ = ["CLEARING", "Bound", "bound_for", "bounds_of", "nexus_of"]

REMEMBERED_MAX = 512
"""Parties, ways of money and States whose bounds are kept: most acts differ in names alone."""
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
    act: Act, jurisdictions: Iterable[Jurisdiction], day: date | None = None
) -> Mapping[str, Mapping[str, Bound]]:
    """Whether each jurisdiction binds each party of an act; its facts are read once for all.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.model.acts import Asker, PartyAct
        >>> from article41.model.parties import Party, Role
        >>> act = PartyAct(on=date(2012, 7, 6), asker=Asker(party="institution"),
        ...     parties=(Party(role=Role.INSTITUTION, country="RU"),))
        >>> [because.text for because in
        ...     bounds_of(act, jurisdictions().values())["EU"]["institution"].because][0]
        'incorporated in and acting from RU, not a member State of the European Union'
    """
    scene = scene_of(act)
    facts = parties_of(act, scene)
    parties = [_claimants(party) for party in facts]
    implied = _implied(scene, facts)
    answers = dict(scene.answers)
    answer: dict[str, Mapping[str, Bound]] = {}
    for jurisdiction in jurisdictions:
        standing = standing_on(jurisdiction, day or act.on)
        us_status = Ground.US_PERSON in standing.rules
        bounds: dict[str, Bound] = {}
        for ordinary, as_us_person in parties:
            claimant = as_us_person if us_status else ordinary
            bound = _weighed(claimant, standing, answers)
            other = bounds.get(claimant.key)
            if other is None or _SEVERITY[bound.truth] > _SEVERITY[other.truth]:
                bounds[claimant.key] = bound
        for claimant in implied:
            bounds[claimant.key] = _weighed(claimant, standing, answers)
        if reaches_further(standing):
            bounds = extended(bounds, act.holdings, facts, standing, day or act.on)
        answer[jurisdiction.key] = bounds
    return answer


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


@lru_cache(maxsize=REMEMBERED_MAX)
def _claimants(facts: PartyFacts) -> tuple[Claimant, Claimant]:
    """A party as most jurisdictions ask for it, and as one that binds US persons does."""
    ordinary = claimant_of(facts)
    if facts.us_person is None:
        return ordinary, ordinary
    return ordinary, claimant_of(facts, us_status=True)


@lru_cache(maxsize=REMEMBERED_MAX)
def _clearing(clearing: Clearing, banks: tuple[Fact, ...]) -> Claimant:
    return clearing_of(clearing, banks)


@lru_cache(maxsize=REMEMBERED_MAX)
def _state(code: str, facts: tuple[Fact, ...]) -> Claimant:
    return state_of(code, facts)
