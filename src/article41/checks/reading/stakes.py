"""Stakes in one body that cannot all be right: together they are more than the whole of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from article41.model.holdings import Right, Stake

ROUNDING = 0.005
"""What rounding to whole per cent can add to one stake."""


class TooMuch(NamedTuple):
    """A body of which more is held than there is."""

    asset: str
    """Its key."""
    right: Right
    """In what."""
    percent: float
    """What is held at the least, in per cent."""


def more_than_whole(stakes: Iterable[Stake], day: date) -> Iterator[TooMuch]:
    """Bodies of which more than the whole is said to be held on a day.

    Of a band its lower end counts, and what two sources say of one owner counts once. What is held
    for another counts not at all: it may stand there again as the other's.

    Args:
        stakes: Any number.
        day: The day; a stake whose days nobody says is held on all.

    Example:
        >>> from fractions import Fraction
        >>> from article41.model.holdings import Share
        >>> stakes = [Stake(owner=owner, asset="C", share=Share(at_least=part, at_most=part))
        ...           for owner, part in [("A", Fraction(4, 5)), ("B", Fraction(3, 5))]]
        >>> [(one.asset, one.percent) for one in more_than_whole(stakes, date(2024, 6, 1))][:1]
        [('C', 140.0)]
    """
    held: defaultdict[tuple[str, Right], list[Stake]] = defaultdict(list)
    for stake in dict.fromkeys(stakes):
        if stake.share is None or stake.is_nominee is True or not _holds(stake, day):
            continue
        for right in (Right.CAPITAL, Right.VOTES):
            if stake.right in (right, Right.UNSPECIFIED):
                held[stake.asset, right].append(stake)
    for (asset, right), each in held.items():
        total = _least(each)
        if total > 1 + ROUNDING * len(each):
            yield TooMuch(asset, right, round(total * 100, 2))


def _holds(stake: Stake, day: date) -> bool:
    begins, ends = stake.held_from, stake.held_until
    return (begins is None or begins <= day) and (ends is None or day < ends)


def _least(stakes: Iterable[Stake]) -> float:
    said: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for stake in stakes:
        assert stake.share is not None
        said[stake.owner][stake.source] += float(stake.share.at_least)
    return sum(max(by_source.values()) for by_source in said.values())
