"""Holdings and answers in few words, for tests."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from article41.law.ownership import examine, rule_on
from article41.model.clocks import InForce
from article41.model.holdings import Control, ControlKind, Holdings, Right, Share, Stake
from article41.model.ownership import OwnershipNote

TODAY = date(2025, 12, 31)
PARIS = date(2012, 7, 6)


def percent(value: int | str) -> Share:
    share = Fraction(value) / 100
    return Share(at_least=share, at_most=share)


def band(least: int, most: int, *, above: bool = False) -> Share:
    return Share(at_least=Fraction(least, 100), at_most=Fraction(most, 100), excludes_least=above)


def stake(
    owner: str,
    asset: str,
    share: Share | int | str | None,
    *,
    right: Right = Right.UNSPECIFIED,
    held_from: date | None = None,
    held_until: date | None = None,
    is_nominee: bool | None = None,
    source: str = "",
) -> Stake:
    return Stake(
        owner=owner,
        asset=asset,
        share=percent(share) if isinstance(share, int | str) else share,
        right=right,
        held_from=held_from,
        held_until=held_until,
        is_nominee=is_nominee,
        source=source,
    )


def control(owner: str, asset: str, kind: ControlKind) -> Control:
    return Control(owner=owner, asset=asset, kind=kind)


def asked(
    held: Holdings | tuple[Stake, ...],
    family: str,
    *,
    party: str = "C",
    day: date = TODAY,
    listed: Mapping[str, InForce] | tuple[str, ...] = ("L1", "L2"),
    listed_from: Mapping[str, date] | None = None,
) -> OwnershipNote:
    holdings = held if isinstance(held, Holdings) else Holdings(stakes=held)
    given = listed if isinstance(listed, Mapping) else dict.fromkeys(listed, InForce.YES)
    [note] = examine(
        holdings,
        asked=[party],
        listed=given,
        rule=rule_on(family, day),
        day=day,
        listed_from=listed_from,
    )
    return note
