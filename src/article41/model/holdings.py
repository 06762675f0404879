"""Who owns and controls whom: stakes, control and joint arrangements, each with its days.

Shares are exact fractions of the whole, from 0 to 1; a share known only as a band is an interval.
"""

from datetime import date
from fractions import Fraction

import msgspec

from article41.model.terms import Term


class Right(Term):
    """In what a stake is held."""

    CAPITAL = "capital"
    """Shares in the capital, profit or proceeds."""
    VOTES = "votes"
    """Voting rights."""
    UNSPECIFIED = "unspecified"
    """The source says a percentage and no more; it counts as both."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share of the whole, exact or as a band.

    Example:
        >>> Share(at_least=Fraction(1, 4), at_most=Fraction(1, 2), excludes_least=True).is_exact
        False
    """

    at_least: Fraction
    """Least share, 0 to 1."""
    at_most: Fraction
    """Greatest share, 0 to 1."""
    excludes_least: bool = False
    """True for `more than`: the least share itself is not in the band."""
    excludes_most: bool = False
    """True for `less than`: the greatest share itself is not in the band."""

    @property
    def is_exact(self) -> bool:
        """True if it is one number."""
        return self.at_least == self.at_most


class Stake(msgspec.Struct, frozen=True, kw_only=True):
    """One owner's direct share in one body.

    Example:
        >>> Stake(owner="L1", asset="C", share=None).right
        <Right.UNSPECIFIED: 'unspecified'>
    """

    owner: str
    """Key of the owner."""
    asset: str
    """Key of the body owned."""
    share: Share | None
    """How much; absent if nobody says."""
    right: Right = Right.UNSPECIFIED
    """In what."""
    held_from: date | None = None
    """First day; absent if it is not known."""
    held_until: date | None = None
    """First day no longer held; absent if it still is."""
    is_nominee: bool | None = None
    """True if the owner holds it for another; absent if nobody says."""
    source: str = ""
    """Where this is said."""


class ControlKind(Term):
    """How one controls another without owning it: the indicators of the EU's Best Practices."""

    BOARD_MAJORITY = "board-majority"
    BOARD_APPOINTED_BY_VOTES = "board-appointed-by-votes"
    VOTING_AGREEMENT = "voting-agreement"
    DOMINANT_INFLUENCE = "dominant-influence"
    DOMINANT_INFLUENCE_DE_FACTO = "dominant-influence-de-facto"
    USE_OF_ASSETS = "use-of-assets"
    UNIFIED_MANAGEMENT = "unified-management"
    SHARED_LIABILITIES = "shared-liabilities"
    AFFAIRS_FOLLOW_WISHES = "affairs-follow-wishes"
    DIRECTORSHIP = "directorship"
    """Sits on the board or signs for the body; by itself no more than a hint."""
    FAMILY = "family"
    """A relative of the listed person; a hint."""
    ACCOUNTING_CONSOLIDATION = "accounting-consolidation"
    """Consolidated in its accounts (LEI relationship records); a hint, never a percentage."""
    LINKED = "linked"
    """A list or a paper says that the two are linked; a hint."""


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """One party's control, or sign of control, over another.

    Example:
        >>> Control(owner="L1", asset="C", kind=ControlKind.BOARD_MAJORITY).source
        ''
    """

    owner: str
    """Key of who controls."""
    asset: str
    """Key of who is controlled."""
    kind: ControlKind
    """How."""
    held_from: date | None = None
    """First day; absent if it is not known."""
    held_until: date | None = None
    """First day no longer so; absent if it still is."""
    source: str = ""
    """Where this is said."""


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of who owns and controls whom.

    Example:
        >>> Holdings().stakes
        ()
    """

    stakes: tuple[Stake, ...] = ()
    """Direct shares."""
    controls: tuple[Control, ...] = ()
    """Control and signs of it."""
    joint_arrangements: tuple[tuple[str, ...], ...] = ()
    """Groups of owners that exercise their rights together."""
    rebuttals: tuple[str, ...] = ()
    """Keys of bodies of which it was determined, case by case, that what they get will not be used
    by or benefit their listed owner (the EU's rebuttal)."""
    notes: tuple[str, ...] = ()
    """From which files it was taken, and what of them was not, in words; nothing follows from
    it."""
