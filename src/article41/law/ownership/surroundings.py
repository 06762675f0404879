"""All that can lead to one party, worked out once for every way in which it is followed."""

import msgspec

from article41.law.ownership.shares import added
from article41.law.ownership.ties import RIGHTS, Edge, Ties
from article41.model.errors import InputError
from article41.model.holdings import Right, Share

LISTED_MAX = 500
"""The most listed parties among the owners of one party."""
STEPS_MAX = 250_000
"""The most stakes that are counted for one party, over all listed owners."""


class Surroundings:
    """What stands between the listed parties and one party.

    Args:
        ties: Who is tied to whom.
        party: The party asked about.
        listed: Listed parties, wherever they are.

    Raises:
        InputError: There are more listed owners than the limit admits.

    Example:
        >>> from datetime import date
        >>> from article41.law.ownership.loading import rule_on
        >>> from article41.law.ownership.ties import ties_on
        >>> from article41.model.holdings import Holdings, Stake
        >>> day = date(2025, 1, 1)
        >>> held = Holdings(stakes=(Stake(owner="L1", asset="C", share=None),))
        >>> ties = ties_on(held, day, rule_on("us", day), {})
        >>> sorted(Surroundings(ties, "C", frozenset({"L1", "L2"})).listed)
        ['L1']
    """

    def __init__(self, ties: Ties, party: str, listed: frozenset[str]) -> None:
        """Find all that can lead to the party."""
        self._ties = ties
        self.party = party
        """The party asked about."""
        self.scope = ties.scope_of(party)
        """All through whom anything may come to it, itself included."""
        # A listed party is no owner of itself, whatever it holds in its owners.
        self.listed = (listed & self.scope) - {party}
        """Listed parties that can lead to it."""
        if len(self.listed) > LISTED_MAX:
            raise InputError(
                f"more than {LISTED_MAX} listed owners of `{party}`",
                hint="give the owners of the parties of one act",
            )
        self.outsiders = self.scope - ties.reached_from(self.listed)
        """Owners whom no listed party reaches in any way: what they hold nobody else can."""
        self.nominees = tuple(
            edge
            for asset in sorted(self.scope)
            for edge in ties.edges_in.get(asset, ())
            if edge.is_nominee
        )
        """Stakes held for somebody whom nobody names."""
        self._outside: dict[str, dict[Right, Share]] = {}
        self._steps = 0

    def outside(self, asset: str) -> dict[Right, Share]:
        """What outsiders hold in a body."""
        if asset not in self._outside:
            edges = [edge for edge in self._ties.edges_in.get(asset, ()) if self._is_outside(edge)]
            self._outside[asset] = {
                right: added(edge.band(right) for edge in edges) for right in RIGHTS
            }
        return self._outside[asset]

    def limited(self, asset: str, right: Right, share: Share) -> Share:
        """No more of a share than what outsiders surely hold leaves of the whole."""
        outside = self.outside(asset)[right]
        most, excludes = max(1 - outside.at_least, share.at_least), outside.excludes_least
        if most < share.at_most or (most == share.at_most and excludes):
            return msgspec.structs.replace(share, at_most=most, excludes_most=excludes)
        return share

    def step(self) -> None:
        """Count a stake that was followed.

        Raises:
            InputError: There were more than the limit admits.
        """
        self._steps += 1
        if self._steps > STEPS_MAX:
            raise InputError(
                f"the owners of `{self.party}` are tied in more ways than can be followed",
                hint="leave out stakes that cannot matter, or listed owners of small ones",
            )

    def _is_outside(self, edge: Edge) -> bool:
        return edge.owner in self.outsiders and not edge.is_nominee and not edge.is_past
