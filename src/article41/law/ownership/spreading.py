"""How far ownership and control reach from some parties, link by link, without multiplying.

What has been reached carries its whole stake onward; what has not carries nothing. The parties
reached only ever grow in number, so that holdings in a circle come to an end.
"""

from collections import defaultdict
from fractions import Fraction
from itertools import chain

import msgspec

from article41.law.ownership.rules import RuleSet, State
from article41.law.ownership.shares import added
from article41.law.ownership.surroundings import Surroundings
from article41.law.ownership.ties import RIGHTS, Edge, Ties
from article41.model.holdings import Control, Right, Share

OWNERSHIP_DEPTH_MAX = 50
"""The most links of a chain that are followed; what lies beyond is for a person."""

_HALF = Fraction(1, 2)


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """What counts on the way.

    Example:
        >>> OWNERSHIP.is_sure, DOUBT.is_doubtful
        (True, True)
    """

    is_sure: bool = False
    """True to count what is sure alone: least shares, and no nominee."""
    counts_control: bool = True
    """True if control carries too, where the rule counts it."""
    is_doubtful: bool = False
    """True to count also what a person has to judge first."""


OWNERSHIP = Manner(is_sure=True, counts_control=False)
"""Sure by the numbers alone."""
CONTROL = Manner(is_sure=True)
"""Sure, by numbers or control."""
POSSIBLE = Manner()
"""By what the numbers, or who the owners are, leave open."""
DOUBT = Manner(is_doubtful=True)
"""By signs, minority stakes and sums that the rule does not make: what is to be examined."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One step from an owner to a body: shares, or control of it.

    Example:
        >>> Link(owner="L1", asset="C").edge is None
        True
    """

    owner: str
    """Whose."""
    asset: str
    """In what."""
    edge: Edge | None = None
    """The shares; absent if it is control."""
    control: Control | None = None
    """The control; absent if it is shares."""
    is_partner: bool = False
    """True if the owner counts for its joint arrangement alone."""


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """From whom to follow.

    Example:
        >>> Start(roots=frozenset({"L1"})).partners
        frozenset()
    """

    roots: frozenset[str]
    """The listed parties."""
    partners: frozenset[str] = frozenset()
    """Others whose stakes count beside those of a party that was reached."""
    firm: frozenset[str] = frozenset()
    """From whom mere signs count, where doubt is followed."""


class Spread:
    """Who is reached from a start, and whether the target is.

    Example:
        >>> from datetime import date
        >>> from article41.law.ownership.loading import rule_on
        >>> from article41.law.ownership.ties import ties_on
        >>> from article41.model.holdings import Holdings, Stake
        >>> day = date(2025, 1, 1)
        >>> rule = rule_on("us", day)
        >>> all_of_it = Share(at_least=Fraction(1), at_most=Fraction(1))
        >>> held = Holdings(stakes=(Stake(owner="L1", asset="C", share=all_of_it),))
        >>> ties = ties_on(held, day, rule, {})
        >>> around = Surroundings(ties, "C", frozenset({"L1"}))
        >>> Spread(ties, rule, OWNERSHIP, Start(roots=around.listed), around).reaches
        True
    """

    def __init__(
        self, ties: Ties, rule: RuleSet, manner: Manner, start: Start, around: Surroundings
    ) -> None:
        """Follow the ties to the end, or to the limit."""
        self._ties = ties
        self._rule = rule
        self._manner = manner
        self._start = start
        self._around = around
        self._target = around.party
        self.rounds: dict[str, int] = dict.fromkeys(start.roots - {around.party}, 0)
        """Whom it reaches, with the number of links to them; the target never."""
        self.is_cut = False
        """True if a chain was longer than is followed."""
        self._counted: dict[str, list[Edge]] = defaultdict(list)
        self._sums: dict[str, dict[Right, Share]] = {}
        self._controls: dict[str, list[Control]] = defaultdict(list)
        self._with_partners: set[str] = set()
        self._added: set[int] = set()
        self._run()
        self.reaches_by_shares = self._passes(self._target)
        """True if the shares in the target are enough."""
        self.reaches_by_control = bool(self._controls.get(self._target))
        """True if somebody reached controls it."""
        is_open = self.is_cut and not manner.is_sure
        self.reaches = self.reaches_by_shares or self.reaches_by_control or is_open
        """True if the target is reached, or may be by a chain that was not followed to its end."""
        self.is_owning = self._owns(self._target)
        """True if the shares in the target reach, or may reach, what makes an owner."""

    def links(self) -> tuple[Link, ...]:
        """Every link that leads to the target, from the roots on."""
        target = self._target
        found: dict[str, list[Link]] = {}
        waiting = [target]
        while waiting:
            node = waiting.pop()
            if node in found:
                continue
            round_ = self.rounds.get(node, len(self.rounds) + 1)
            found[node] = [link for link in self._links_in(node) if self._is_before(link, round_)]
            waiting += [link.owner for link in found[node] if link.owner in self.rounds]
        nodes = sorted(found, key=lambda one: (self.rounds.get(one, len(self.rounds) + 1), one))
        return tuple(chain.from_iterable(found[node] for node in nodes))

    def _is_before(self, link: Link, round_: int) -> bool:
        known = self.rounds.get(link.owner)
        return known is None or known < round_

    def _links_in(self, node: str) -> list[Link]:
        if self.rounds.get(node) == 0:
            return []
        edges = sorted(self._counted.get(node, ()), key=lambda edge: edge.owner)
        links = [
            Link(
                owner=edge.owner,
                asset=node,
                edge=edge,
                is_partner=edge.owner not in self.rounds and not edge.is_nominee,
            )
            for edge in edges
            if edge.is_something
        ]
        controls = self._controls.get(node, ())
        return links + [Link(owner=one.owner, asset=node, control=one) for one in controls]

    def _run(self) -> None:
        touched = set() if self._manner.is_sure else self._count_nominees()
        frontier = sorted(self.rounds)
        round_ = 0
        while frontier or touched:
            round_ += 1
            for owner in frontier:
                touched |= self._count(owner)
            for asset in touched:
                self._count_partners(asset)
            new = {one for one in touched if one not in self.rounds and self._is_reached(one)}
            new -= {self._target}
            if round_ >= OWNERSHIP_DEPTH_MAX and new:
                self.is_cut = True
                return
            self.rounds |= dict.fromkeys(new, round_)
            frontier, touched = sorted(new), set()

    def _is_reached(self, asset: str) -> bool:
        return bool(self._controls.get(asset)) or self._passes(asset)

    def _count_nominees(self) -> set[str]:
        """Whoever is behind a nominee may be one of the roots."""
        touched = set()
        for edge in self._around.nominees:
            if self._manner.is_doubtful or not edge.is_past:
                self._add(edge)
                touched.add(edge.asset)
        return touched

    def _count(self, owner: str) -> set[str]:
        touched = set()
        for edge in self._ties.edges_of.get(owner, ()):
            is_counted = not edge.is_nominee and (self._manner.is_doubtful or not edge.is_past)
            if is_counted and edge.asset in self._around.scope:
                self._add(edge)
                touched.add(edge.asset)
        for control in self._ties.controls_of.get(owner, ()):
            if control.asset in self._around.scope and self._is_enough(control):
                self._controls[control.asset].append(control)
                touched.add(control.asset)
        return touched

    def _add(self, edge: Edge) -> None:
        if id(edge) in self._added:
            return
        self._around.step()
        self._added.add(id(edge))
        self._counted[edge.asset].append(edge)
        sums = self._sums.get(edge.asset, {})
        self._sums[edge.asset] = {
            right: added([*filter(None, [sums.get(right)]), edge.band(right)]) for right in RIGHTS
        }

    def _count_partners(self, asset: str) -> None:
        """Rights exercised jointly count where somebody who was reached has some too."""
        has_own = any(edge.owner in self.rounds for edge in self._counted.get(asset, ()))
        if not self._start.partners or asset in self._with_partners or not has_own:
            return
        self._with_partners.add(asset)
        for edge in self._ties.edges_in.get(asset, ()):
            is_own = edge.owner in self.rounds or edge.owner not in self._start.partners
            if not is_own and not edge.is_nominee and not edge.is_past:
                self._add(edge)

    def _is_enough(self, control: Control) -> bool:
        if not self._manner.counts_control:
            return False
        if control.kind in self._rule.controlled_by:
            return True
        if self._manner.is_sure:
            return False
        if self._rule.state is State.UNVERIFIED:
            return True
        is_open = self._manner.is_doubtful and control.owner in self._start.firm
        return is_open and control.kind in self._rule.open_kinds

    def _passes(self, asset: str) -> bool:
        if asset not in self._sums:
            return False
        if self._owns(asset) or self._has_most_votes(asset):
            return True
        return self._manner.is_doubtful and self._is_minority_open(asset)

    def _owns(self, asset: str) -> bool:
        sums = self._sums.get(asset)
        if sums is None:
            return False
        rule, is_contradictory = self._rule, asset in self._ties.conflicts
        if self._manner.is_sure:
            passing = [right for right in rule.owned_in if rule.surely_passes(sums[right])]
            return bool(passing) and not is_contradictory
        if rule.state is State.UNVERIFIED or is_contradictory:
            return any(share.at_most > 0 for share in sums.values())
        if any(rule.may_pass(self._limited(asset, right)) for right in rule.owned_in):
            return True
        # Who has the votes may have the capital too, if nobody says otherwise.
        is_unknown = self._manner.is_doubtful and not self._is_capital_known(asset)
        return is_unknown and rule.may_pass(self._limited(asset, Right.VOTES))

    def _has_most_votes(self, asset: str) -> bool:
        if not (self._manner.counts_control and self._rule.is_controlled_by_votes):
            return False
        if not self._manner.is_sure:
            return self._limited(asset, Right.VOTES).at_most > _HALF
        votes = self._sums[asset][Right.VOTES]
        is_most = votes.at_least > _HALF or (votes.at_least == _HALF and votes.excludes_least)
        return is_most and asset not in self._ties.conflicts

    def _limited(self, asset: str, right: Right) -> Share:
        """No more than what outsiders surely hold leaves, unless a share is not said at all."""
        share = self._sums[asset][right]
        if any(edge.is_missing for edge in self._counted[asset]):
            return share
        share = self._around.limited(asset, right, share)
        own = self._ties.self_held.get(asset)
        if self._manner.is_doubtful and own is not None and own.at_least < 1:
            # Without what the body holds in itself, the rest is the whole.
            share = msgspec.structs.replace(share, at_most=share.at_most / (1 - own.at_least))
        return share

    def _is_capital_known(self, asset: str) -> bool:
        """True if no counted owner has votes of which nobody says what capital goes with them."""
        return all(
            any(stake.right is not Right.VOTES for stake in edge.stakes)
            for edge in self._counted[asset]
        )

    def _is_minority_open(self, asset: str) -> bool:
        """True if control by one who was reached is to be examined, below the threshold too."""
        if not self._rule.is_minority_open:
            return False
        return any(
            edge.is_something
            and edge.owner in self.rounds
            and (not edge.is_past or self._rule.transfer_days > 0)
            for edge in self._counted[asset]
        )
