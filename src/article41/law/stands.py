"""Whom one jurisdiction binds in an act: of those who do something, and of who asks."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from article41.law.reaches import owned_by_bound
from article41.law.situation import Situation
from article41.law.truth import NO, UNKNOWN, YES
from article41.law.weighing import Bound
from article41.model.clocks import InForce


class Stand(NamedTuple):
    """Whom one jurisdiction binds in an act."""

    bounds: Mapping[str, Bound]
    """Everybody."""
    doing: Mapping[str, Bound]
    """Those who do something that is a question of it."""
    binds: InForce
    """Whether it binds one of those."""
    asker: InForce
    """Whether it binds who asks."""
    regimes: Collection[str] = ()
    """The subjects on which alone it reaches any of them, as a subsidiary; all if empty."""

    @property
    def is_bound(self) -> bool:
        """True if it binds somebody, or may bind who asks."""
        return self.binds is YES or self.asker is not NO


def stand_of(bounds: Mapping[str, Bound], situation: Situation, *, is_asked: bool) -> Stand:
    """Whom a jurisdiction binds, at large or as a subsidiary on what the act touches.

    Args:
        bounds: Whether it binds each party.
        situation: The act.
        is_asked: Whether it was asked for: owners of the asker of whom nobody said anything are a
            question then alone, or every firm that trades with some countries would have it.
    """
    stand = _at_large(bounds, situation)
    if stand.binds is YES or stand.asker is not NO:
        return stand
    regimes = situation.touched
    asker = situation.act.asker.party
    reached = {
        party: owned_by_bound(bound, regimes, is_asked=is_asked and party == asker)
        for party, bound in stand.doing.items()
        if bound.reaches and bound.truth is NO
    }
    doing = {**stand.doing, **reached}
    reached = {party: bound for party, bound in reached.items() if bound.truth is not NO}
    if not reached:
        return stand._replace(doing=doing)  # With why it does not reach who is owned.
    further = _at_large({**bounds, **reached}, situation)
    if stand.binds is not NO:
        return further
    return further._replace(
        regimes=[
            regime
            for party in reached
            for reach in bounds[party].reaches
            for regime in reach.regimes
            if reach.truth is not NO and regime in regimes
        ]
    )


def _at_large(bounds: Mapping[str, Bound], situation: Situation) -> Stand:
    deeds = situation.deeds
    doing: dict[str, Bound] = {}
    binds = NO
    for party, bound in bounds.items():
        truth = bound.truth
        if deeds.of(party) and (truth is not UNKNOWN or not deeds.is_passive(party)):
            doing[party] = bound
            if truth is not NO and binds is not YES:
                binds = truth
    asker = bounds.get(situation.act.asker.party)
    return Stand(
        bounds=bounds,
        doing=doing,
        binds=binds,
        asker=NO if asker is None else asker.truth,
    )
