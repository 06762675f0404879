"""What nobody says of the owners of a party, where it could make a listed one its owner.

Who was looked up on the lists and stands for nobody else settles its share. What is not settled may
be anybody's, and is asked for where it is enough for the rule.
"""

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from article41.law.ownership.rules import RuleSet, State
from article41.law.ownership.shares import added
from article41.law.ownership.ties import Edge, Ties
from article41.law.ownership.wording import edge_text
from article41.model.holdings import Control, ControlKind, Right, Share
from article41.model.terms import Term

_HALF = Fraction(1, 2)
_Test = Callable[[Share], bool]


class Known(Term):
    """How far it is known who an owner is, and who stands behind it."""

    LISTED = "listed"
    """It is listed, or surely owned by who is."""
    MAY_BE_LISTED = "may-be-listed"
    """It resembles who is listed, or may be owned by who is: that is asked elsewhere."""
    SETTLED = "settled"
    """It was looked up, and nobody stands behind it: a natural person."""
    TOLD = "told"
    """A body of which it is said that nobody listed owns it."""
    SILENT = "silent"
    """A body, or what may be one, of whose owners nothing is said beside its stakes."""
    UNKNOWN = "unknown"
    """A body whose owners were looked for in vain."""
    UNNAMED = "unnamed"
    """Nobody says who it is, so that it could not be looked up."""


class _Reach(enum.IntEnum):
    """What of the owners of a body counts as open."""

    SAID = 0
    """What is said to be open: a nominee, and owners looked for in vain."""
    BESIDE_LISTED = 1
    """Also what nobody names beside an owner who is listed."""
    ALL = 2
    """Whatever nobody says: something ties it to a regime."""


class OpenOwners(msgspec.Struct, frozen=True, kw_only=True):
    """What is open of the owners of a party.

    Example:
        >>> bool(OpenOwners(asked=()))
        False
    """

    asked: tuple[tuple[str, str], ...]
    """Each fact that is not given, and the question; nothing if nothing is open."""
    through: frozenset[str] = frozenset()
    """Bodies on the way whose ties to a regime count."""

    def __bool__(self) -> bool:
        """True if something is open."""
        return bool(self.asked)


def open_owners_of(
    party: str,
    ties: Ties,
    rule: RuleSet,
    known: Mapping[str, Known],
    *,
    tied: frozenset[str] = frozenset(),
) -> OpenOwners:
    """What is open of the owners of a party, and could make a listed one its owner by the rule.

    Args:
        party: Its key.
        ties: Who owns whom on the day.
        rule: The rule of the day.
        known: Of the party and of each that may stand behind it; who is absent is `UNNAMED`.
        tied: Those whose country is that of a regime.

    Example:
        >>> from datetime import date
        >>> from article41.law.ownership.loading import rule_on
        >>> from article41.law.ownership.ties import ties_on
        >>> from article41.model.holdings import Holdings, Stake
        >>> half = Share(at_least=_HALF, at_most=_HALF)
        >>> held = Holdings(stakes=(Stake(owner="N1", asset="C", share=half),))
        >>> known = {"C": Known.SILENT, "N1": Known.SETTLED}
        >>> day = date(2023, 1, 1)
        >>> for family in ("us", "eu"):
        ...     rule = rule_on(family, day)
        ...     ties = ties_on(held, day, rule, {})
        ...     print(open_owners_of("C", ties, rule, known, tied=frozenset({"C"})).asked)
        (('parties.C.owners', 'who holds the rest of C?'),)
        ()
    """
    if rule.state is State.NAMES_ONLY:
        return OpenOwners(asked=())
    return _Question(party, ties, rule, known, tied).answer()


class _Question:
    """One party under one rule."""

    def __init__(
        self,
        party: str,
        ties: Ties,
        rule: RuleSet,
        known: Mapping[str, Known],
        tied: frozenset[str],
    ) -> None:
        self._party = party
        self._ties = ties
        self._rule = rule
        self._known = known
        self._tied = tied
        self._reach = self._reaches()
        self._closed: set[str] = set()
        self._close()

    def answer(self) -> OpenOwners:
        if not self._is_open(self._party):
            return OpenOwners(asked=())
        asked = dict.fromkeys(self._asks(self._party, set()))
        through = {key for key, reach in self._reach.items() if reach is _Reach.ALL}
        nobody = (_path(self._party), f"who owns or controls {self._party}?")
        return OpenOwners(asked=tuple(asked) or (nobody,), through=frozenset(through & self._tied))

    def _reaches(self) -> dict[str, _Reach]:
        """What counts of each body; a tie to a regime goes on to those behind it."""
        found: dict[str, _Reach] = {}
        waiting = [(self._party, _Reach.BESIDE_LISTED)]
        while waiting:
            key, reach = waiting.pop()
            if self._of(key) is Known.TOLD:
                reach = _Reach.SAID
            elif reach is _Reach.BESIDE_LISTED and key in self._tied:
                reach = _Reach.ALL
            if key in found and found[key] >= reach:
                continue
            found[key] = reach
            if key == self._party or self._of(key) in _BODIES:
                waiting += [(edge.owner, reach) for edge in self._edges(key)]
                waiting += [(one.owner, reach) for one in self._controls(key)]
                waiting += [(one, reach) for one in self._parents(key)]
        return found

    def _close(self) -> None:
        """Settle bodies by their owners until nothing is settled any more: no circle does."""
        bodies = {key for key in self._reach if self._of(key) in (Known.TOLD, Known.SILENT)}
        while new := {key for key in bodies - self._closed if not self._is_open(key)}:
            self._closed |= new

    def _of(self, key: str) -> Known:
        return self._known.get(key, Known.UNNAMED)

    def _edges(self, key: str) -> list[Edge]:
        return [edge for edge in self._ties.edges_in.get(key, ()) if not edge.is_past]

    def _controls(self, key: str) -> list[Control]:
        """Control that is enough."""
        controls = self._ties.controls_in.get(key, ())
        return [one for one in controls if one.kind in self._rule.controlled_by]

    def _parents(self, key: str) -> list[str]:
        """Who consolidates it in its accounts, and so may have whatever nobody else has."""
        return [
            one.owner
            for one in self._ties.controls_in.get(key, ())
            if one.kind is ControlKind.ACCOUNTING_CONSOLIDATION
            and self._of(one.owner) is not Known.UNNAMED
        ]

    def _is_settled(self, key: str) -> bool:
        return self._of(key) is Known.SETTLED or key in self._closed

    def _may_be_anybody(self, key: str) -> bool:
        return self._of(key) not in _LISTED and not self._is_settled(key)

    def _is_open(self, key: str) -> bool:
        """True if what is not settled of its owners could be enough."""
        if self._of(key) is Known.UNKNOWN:
            return True
        if any(self._may_be_anybody(one.owner) for one in self._controls(key)):
            return True
        rule = self._rule
        if any(
            self._decides(key, right, rule.surely_passes, rule.may_pass)
            for right in rule.owned_in or (Right.CAPITAL,)
        ):
            return True
        return rule.is_controlled_by_votes and self._decides(
            key, Right.VOTES, _is_surely_most, _may_be_most
        )

    def _decides(self, key: str, right: Right, surely: _Test, may: _Test) -> bool:
        """True if it hangs on the open share whether enough is held by who is listed.

        Asked twice: as if those who may be listed were not, and as if they were.
        """
        edges = self._edges(key)
        sure = [edge for edge in edges if self._is(edge, Known.LISTED)]
        unsure = [edge for edge in edges if self._is(edge, Known.MAY_BE_LISTED)]
        settled = [edge for edge in edges if not edge.is_nominee and self._is_settled(edge.owner)]
        loose = [edge for edge in edges if edge not in (*sure, *unsure, *settled)]
        is_counted = self._is_rest_counted(key)
        if is_counted and key in self._ties.conflicts:
            settled = []
        if not loose and not is_counted:
            return False
        for held, others in ((sure, (*settled, *unsure)), ((*sure, *unsure), settled)):
            base = _sum(held, right)
            if surely(base):
                continue
            most = _rest(_sum(others, right)) if is_counted else _sum((*held, *loose), right)
            most = self._without_self_held(key, most, is_rest=is_counted)
            if most.at_most > base.at_least and may(most):
                return True
        return False

    def _is(self, edge: Edge, known: Known) -> bool:
        return not edge.is_nominee and self._of(edge.owner) is known

    def _is_rest_counted(self, key: str) -> bool:
        """True if what nobody names of the owners counts as open."""
        if any(self._may_be_anybody(one) for one in self._parents(key)):
            return True
        reach = self._reach.get(key, _Reach.SAID)
        if reach is not _Reach.BESIDE_LISTED:
            return reach is _Reach.ALL
        return any(not edge.is_nominee and self._of(edge.owner) in _LISTED
                   for edge in self._edges(key))  # fmt: skip

    def _without_self_held(self, key: str, most: Share, *, is_rest: bool) -> Share:
        """What a body holds in itself counts for nobody: without it the others are the whole."""
        own = self._ties.self_held.get(key)
        if own is None:
            return most
        if own.at_least >= 1:
            return msgspec.structs.replace(most, at_most=Fraction(1), excludes_most=False)
        left = most.at_most - (own.at_least if is_rest else 0)
        return msgspec.structs.replace(most, at_most=max(left, Fraction(0)) / (1 - own.at_least))

    def _asks(self, key: str, seen: set[str]) -> Iterator[tuple[str, str]]:
        """What to ask for, from the party on to those that stand behind it."""
        seen.add(key)
        if self._of(key) is Known.UNKNOWN:
            yield _path(key), f"who owns or controls {key}?"
        elif self._is_rest_counted(key):
            yield from self._asks_rest(key)
        for edge in self._edges(key):
            if edge.is_nominee:
                yield "holdings", f"for whom does {edge.owner} hold {edge_text(edge)} of {key}?"
            elif self._may_be_anybody(edge.owner):
                yield from self._asks_owner(edge.owner, f"holds {edge_text(edge)} of {key}", seen)
        for parent in self._parents(key):
            if self._may_be_anybody(parent):
                yield "holdings", f"what share of {key} has {parent}, which consolidates it?"
                yield from self._asks_owner(parent, f"consolidates {key}", seen)
        for control in self._controls(key):
            if self._may_be_anybody(control.owner):
                yield from self._asks_owner(control.owner, f"controls {key}", seen)

    def _asks_rest(self, key: str) -> Iterator[tuple[str, str]]:
        edges = self._edges(key)
        if conflict := self._ties.conflicts.get(key):
            yield "holdings", f"which stakes in {key} are right, as {conflict}?"
        missing = [edge for edge in edges if edge.is_missing]
        for edge in missing:
            yield "holdings", f"what share of {key} does {edge.owner} hold?"
        if not missing and _sum(edges, Right.CAPITAL).at_least < 1:
            rest = f"who holds the rest of {key}?" if edges else f"who owns or controls {key}?"
            yield _path(key), rest

    def _asks_owner(self, key: str, why: str, seen: set[str]) -> Iterator[tuple[str, str]]:
        if self._of(key) is Known.UNNAMED:
            yield f"parties.{key}.name", f"who is {key}, that {why}?"
        elif key not in seen:
            yield from self._asks(key, seen)


_LISTED = (Known.LISTED, Known.MAY_BE_LISTED)
_BODIES = (Known.TOLD, Known.SILENT, Known.UNKNOWN)


def _path(key: str) -> str:
    return f"parties.{key}.owners"


def _sum(edges: Sequence[Edge], right: Right) -> Share:
    return added(_band(edge, right) for edge in edges)


def _band(edge: Edge, right: Right) -> Share:
    """How much of a right; votes go with the capital where nobody speaks of votes."""
    is_told = any(stake.right is not Right.CAPITAL for stake in edge.stakes)
    return edge.capital if right is Right.VOTES and not is_told else edge.band(right)


def _rest(share: Share) -> Share:
    """What others can hold beside a share at most."""
    return Share(
        at_least=Fraction(0),
        at_most=max(1 - share.at_least, Fraction(0)),
        excludes_most=share.excludes_least,
    )


def _is_surely_most(share: Share) -> bool:
    is_half = share.at_least == _HALF and share.excludes_least
    return share.at_least > _HALF or is_half


def _may_be_most(share: Share) -> bool:
    return share.at_most > _HALF
