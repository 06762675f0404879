"""Holdings as they stood on one day, ready to be followed: who holds what share in whom, and how.

A stake counts on the days on which it was held; one whose days nobody says counts on all.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from article41.law.ownership.rules import RuleSet
from article41.law.ownership.shares import ANYTHING, NOTHING, added, is_share, number
from article41.model.clocks import Interval
from article41.model.errors import InputError
from article41.model.holdings import Control, ControlKind, Holdings, Right, Share, Stake

HOLDINGS_MAX = 10_000
"""The most stakes, controls and joint arrangements in one question."""
DENOMINATOR_MAX = 10**60
"""The greatest common denominator of all shares: beyond it sums grow without a use."""
RIGHTS = (Right.CAPITAL, Right.VOTES)
"""The rights in which shares are added, each by itself."""
MUTUAL = frozenset({ControlKind.FAMILY, ControlKind.LINKED})
"""Signs that say no more of one party than of the other."""

_Item = TypeVar("_Item")


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """All that one owner holds in one body in one manner.

    Example:
        >>> edge = Edge(owner="L1", asset="C", capital=ANYTHING, votes=NOTHING, stakes=())
        >>> edge.is_something, edge.is_past
        (True, False)
    """

    owner: str
    """Who holds."""
    asset: str
    """In what."""
    capital: Share
    """How much of the capital; a stake that may be stated twice makes a band."""
    votes: Share
    """How much of the votes."""
    stakes: tuple[Stake, ...]
    """What this was made of."""
    is_missing: bool = False
    """True if nobody says the share of one of them."""
    is_doubled: bool = False
    """True if it is open whether two of them are one."""
    is_nominee: bool = False
    """True if it is held for somebody else, whom nobody names."""
    is_past: bool = False
    """True if it was given up, and that may have been in name only or in breach."""

    @property
    def is_something(self) -> bool:
        """True if it may be more than nothing."""
        return self.capital.at_most > 0 or self.votes.at_most > 0

    def band(self, right: Right) -> Share:
        """How much, in one right."""
        return self.capital if right is Right.CAPITAL else self.votes


class Ties(msgspec.Struct, frozen=True, kw_only=True):
    """Who is tied to whom on the day.

    Example:
        >>> Ties.__struct_fields__[:2]
        ('edges_of', 'edges_in')
    """

    edges_of: dict[str, list[Edge]]
    """By owner."""
    edges_in: dict[str, list[Edge]]
    """By body owned."""
    controls_of: dict[str, list[Control]]
    """By who controls; signs that are mutual stand both ways."""
    controls_in: dict[str, list[Control]]
    """By who is controlled."""
    partners: dict[str, frozenset[str]]
    """With whom one exercises rights jointly."""
    self_held: dict[str, Share]
    """What a body holds in itself; it counts for nobody."""
    conflicts: dict[str, str]
    """By body, in what its stakes contradict each other."""

    def scope_of(self, asset: str) -> frozenset[str]:
        """All through whom anything may come to a body, itself included."""
        found = {asset}
        waiting = [asset]
        while waiting:
            here = waiting.pop()
            owners = {edge.owner for edge in self.edges_in.get(here, ())}
            owners |= {control.owner for control in self.controls_in.get(here, ())}
            owners |= {one for owner in owners for one in self.partners.get(owner, ())}
            for owner in owners - found:
                found.add(owner)
                waiting.append(owner)
        return frozenset(found)

    def from_roots(self, roots: Iterable[str], scope: frozenset[str]) -> list[Edge | Control]:
        """All ties within a scope that lead on from some parties, whether they carry or not."""
        found: list[Edge | Control] = []
        seen = set(roots)
        waiting = sorted(seen)
        while waiting:
            ties: list[Edge | Control] = []
            for here in waiting:
                ties += [*self.edges_of.get(here, ()), *self.controls_of.get(here, ())]
            ties = [one for one in ties if one.asset in scope and one.asset not in roots]
            found += ties
            waiting = sorted({one.asset for one in ties} - seen)
            seen |= set(waiting)
        return found

    def reached_from(self, roots: Iterable[str]) -> frozenset[str]:
        """All to whom anything may come from some parties, those included."""
        found = set(roots)
        waiting = list(found)
        while waiting:
            here = waiting.pop()
            assets = {edge.asset for edge in self.edges_of.get(here, ())}
            assets |= {control.asset for control in self.controls_of.get(here, ())}
            assets |= self.partners.get(here, frozenset())
            for asset in assets - found:
                found.add(asset)
                waiting.append(asset)
        return frozenset(found)


def ties_on(
    holdings: Holdings, day: date, rule: RuleSet, listed_from: Mapping[str, date | None]
) -> Ties:
    """The ties of one day.

    Args:
        holdings: All that is known.
        day: The day.
        rule: Says how long ago a stake may have been given up to be a sign still.
        listed_from: The first day listed of each listed party, absent if it is not known.

    Raises:
        InputError: There is more than the limits admit.

    Example:
        >>> from article41.law.ownership.loading import rule_on
        >>> held = Holdings(stakes=(Stake(owner="L1", asset="C", share=ANYTHING),))
        >>> day = date(2025, 1, 1)
        >>> list(ties_on(held, day, rule_on("us", day), {}).edges_in)
        ['C']
    """
    _refuse_too_much(holdings)
    grouped: dict[tuple[str, str, bool, bool], list[Stake]] = defaultdict(list)
    self_held: dict[str, list[Stake]] = defaultdict(list)
    for stake in holdings.stakes:
        is_past = not _holds(stake, day)
        if is_past and not _is_sign(stake, day, rule, listed_from):
            continue
        if stake.owner == stake.asset:
            self_held[stake.asset] += [] if is_past else [stake]
            continue
        grouped[stake.owner, stake.asset, stake.is_nominee is True, is_past].append(stake)
    edges = [
        _edge(stakes, is_nominee=is_nominee, is_past=is_past)
        for (_, _, is_nominee, is_past), stakes in sorted(grouped.items())
    ]
    controls = [one for one in holdings.controls if one.owner != one.asset and _holds(one, day)]
    controls += [_turned(one) for one in controls if one.kind in MUTUAL]
    controls = sorted(set(controls), key=lambda one: (one.owner, one.asset, one.kind.value))
    edges_in = _by(edges, lambda edge: edge.asset)
    return Ties(
        edges_of=_by(edges, lambda edge: edge.owner),
        edges_in=edges_in,
        controls_of=_by(controls, lambda one: one.owner),
        controls_in=_by(controls, lambda one: one.asset),
        partners=_partners(holdings.joint_arrangements),
        self_held={
            asset: _band(Right.CAPITAL, stakes) for asset, stakes in self_held.items() if stakes
        },
        conflicts=_conflicts(edges_in),
    )


def _refuse_too_much(holdings: Holdings) -> None:
    count = len(holdings.stakes) + len(holdings.controls)
    count += sum(map(len, holdings.joint_arrangements))
    if count > HOLDINGS_MAX:
        raise InputError(
            f"{count} stakes, controls and partners, more than {HOLDINGS_MAX}",
            hint="give those of the parties of one act, with their owners up to the last",
        )
    common = 1
    for stake in holdings.stakes:
        if stake.share is not None:
            parts = (stake.share.at_least.denominator, stake.share.at_most.denominator)
            common = math.lcm(common, *parts)
            if common > DENOMINATOR_MAX:
                raise InputError(
                    f"the share of `{stake.owner}` in `{stake.asset}` is finer than can be added",
                    hint="give shares as per cent with decimals, or as a fraction of few digits",
                )


def _holds(held: Stake | Control, day: date) -> bool:
    """True if it held on the day, or its days make no sense and so say nothing."""
    begins, ends = held.held_from, held.held_until
    if begins is not None and ends is not None and ends <= begins:
        return True
    return Interval(valid_from=begins, valid_until=ends).holds(day)


def _is_sign(
    stake: Stake, day: date, rule: RuleSet, listed_from: Mapping[str, date | None]
) -> bool:
    """True if a stake that is over may still matter.

    Property that was blocked or frozen stays so until a licence lifts it, whoever took it over. So
    one given up since its owner was listed counts, also where nobody says when that was.
    """
    ended = stake.held_until
    if ended is None or ended > day:
        return False
    days = listed_from.values()
    # A body that gave something up had it from a listed owner: the first of them counts.
    first = None if None in days else min((one for one in days if one), default=day)
    listed = listed_from.get(stake.owner, first)
    window = timedelta(days=rule.transfer_days)
    return listed is None or ended > listed - window


def _edge(stakes: Sequence[Stake], *, is_nominee: bool, is_past: bool) -> Edge:
    return Edge(
        owner=stakes[0].owner,
        asset=stakes[0].asset,
        capital=_band(Right.CAPITAL, stakes),
        votes=_band(Right.VOTES, stakes),
        stakes=tuple(sorted(stakes, key=_order)),
        is_missing=any(stake.share is None for stake in stakes),
        is_doubled=any(_is_doubled(right, stakes) for right in RIGHTS),
        is_nominee=is_nominee,
        is_past=is_past,
    )


def _order(stake: Stake) -> tuple[str, ...]:
    days = (str(stake.held_from or ""), str(stake.held_until or ""))
    return (stake.right.value, str(stake.share), *days, stake.source)


def _band(right: Right, stakes: Sequence[Stake]) -> Share:
    """What several stakes of one owner make: at least what one statement says, at most all.

    Two sources may speak of one stake, and so may a line that stands twice.
    """
    counted = [stake for stake in stakes if stake.right in {right, Right.UNSPECIFIED}]
    if not counted:
        return NOTHING
    most = added(map(_share, counted))
    least = max(_statements(counted), key=lambda one: (one.at_least, one.excludes_least))
    return Share(
        at_least=least.at_least,
        excludes_least=least.excludes_least,
        at_most=most.at_most,
        excludes_most=most.excludes_most,
    )


def _statements(stakes: Sequence[Stake]) -> list[Share]:
    said: dict[tuple[Right, str], set[Stake]] = defaultdict(set)
    for stake in stakes:
        said[stake.right, stake.source].add(stake)
    return [added(map(_share, sorted(one, key=_order))) for one in said.values()]


def _is_doubled(right: Right, stakes: Sequence[Stake]) -> bool:
    counted = [stake for stake in stakes if stake.right in {right, Right.UNSPECIFIED}]
    return len(_statements(counted)) > 1 or len(set(counted)) < len(counted)


def _share(stake: Stake) -> Share:
    return stake.share if stake.share is not None and is_share(stake.share) else ANYTHING


def _conflicts(edges_in: Mapping[str, Sequence[Edge]]) -> dict[str, str]:
    """Bodies whose stakes cannot all be right: more than the whole, or no share at all."""
    found = {}
    for asset, edges in edges_in.items():
        for edge in edges:
            odd = [one for one in edge.stakes if one.share is not None and not is_share(one.share)]
            if odd and not edge.is_past:
                found[asset] = f"the share of {edge.owner} is no part of a whole"
        for right in RIGHTS:
            # What a nominee holds is also its principal's, and may stand there again.
            parts = [edge.band(right) for edge in edges if not edge.is_nominee and not edge.is_past]
            total = added(parts)
            if total.at_least > 1 or (total.at_least == 1 and total.excludes_least):
                least = number(total.at_least)
                more = "more than " if total.excludes_least else ""
                found.setdefault(asset, f"the stakes in {right.value} add up to {more}{least} %")
    return found


def _partners(arrangements: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in arrangements:
        for one in group:
            found[one] |= set(group) - {one}
    return {one: frozenset(others) for one, others in found.items() if others}


def _turned(control: Control) -> Control:
    return msgspec.structs.replace(control, owner=control.asset, asset=control.owner)


def _by(items: Iterable[_Item], key: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return dict(found)
