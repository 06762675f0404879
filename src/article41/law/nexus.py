"""Which jurisdictions bind which party of an act, on its day, each with its reasons.

Pure. Whether anything is forbidden to who is bound is said elsewhere.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from article41.law.acting import BANK_ROLES, PartyFacts, parties_of
from article41.law.binding import bound_of
from article41.law.grounds import Jurisdiction
from article41.law.implied import CLEARING, clearing_bound, state_bounds
from article41.law.scenes import scene_of
from article41.law.standings import Standing, standing_on
from article41.law.weighing import Bound
from article41.model.acts import Act
from article41.model.clocks import InForce

__all__ = ["CLEARING", "Bound", "bounds_of", "nexus_of"]

REMEMBERED_PARTIES_MAX = 256
"""Parties whose bounds are kept: many acts have parties that differ in name alone."""
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
    parties = [(facts, _remembered(facts)) for facts in parties_of(act, scene)]
    banks = tuple(
        fact for facts, _ in parties if facts.role in BANK_ROLES for fact in facts.location or ()
    )
    answer: dict[str, Mapping[str, Bound]] = {}
    for jurisdiction in jurisdictions:
        standing = standing_on(jurisdiction, day or act.on)
        bounds = _party_bounds(parties, standing)
        if scene.clearing is not None:
            bounds[CLEARING] = clearing_bound(scene.clearing, banks, scene.answers, standing)
        if scene.states:
            bounds.update(state_bounds(scene, standing))
        answer[jurisdiction.key] = bounds
    return answer


def _party_bounds(
    parties: Iterable[tuple[PartyFacts, dict[Standing, Bound]]], standing: Standing
) -> dict[str, Bound]:
    bounds: dict[str, Bound] = {}
    for facts, known in parties:
        bound = known.get(standing)
        if bound is None:
            bound = known[standing] = bound_of(facts, standing)
        other = bounds.get(facts.key)
        if other is None or _SEVERITY[bound.truth] > _SEVERITY[other.truth]:
            bounds[facts.key] = bound
    return bounds


@lru_cache(maxsize=REMEMBERED_PARTIES_MAX)
def _remembered(facts: PartyFacts) -> dict[Standing, Bound]:
    """What is known of a party by standing; it grows as it is asked for."""
    return {}
