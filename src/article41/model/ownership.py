"""What the rules of one authority make of who owns and controls a party, as plain data."""

import msgspec

from article41.model.measures import Certainty
from article41.model.terms import Term


class Owned(Term):
    """What a rule on ownership makes of a party, most severe first."""

    OWNED = "owned"
    """Listed parties own as much of it as the rule asks for."""
    CONTROLLED = "controlled"
    """The rule counts control, and a listed party has it."""
    REVIEW = "review"
    """The numbers, or who the owners are, leave it open."""
    NOT_OWNED = "not-owned"
    """Neither on what is given; control may still have to be examined."""


class OwnershipNote(msgspec.Struct, frozen=True, kw_only=True):
    """Why a party counts as owned or controlled by a listed one, or may.

    Example:
        >>> OwnershipNote(party="payee", rule="EU_2012", owned=Owned.NOT_OWNED, text="55 %").path
        ()
    """

    party: str
    """The party."""
    rule: str
    """The rule set applied (`US_2014`)."""
    owned: Owned
    """What the rule makes of it."""
    needs_judgment: bool = False
    """True if a person must judge before anything else: always with a review, and where it is not
    owned on the numbers but control, a nominee or a transfer is to be examined."""
    asks: tuple[str, ...] = ()
    """The questions that decide it, each with the parties it is about."""
    would_be: Owned | None = None
    """What it would be if all that is open were so; absent if nothing is open."""
    owners: tuple[str, ...] = ()
    """Listed parties through which, those that only may be listed too."""
    share: str = ""
    """What listed parties hold of it, in per cent, aggregated as the rule does: a number, an
    interval, or both rights where they differ."""
    is_rest_open: bool = False
    """True if the stakes given leave a part of it to owners whom nobody names."""
    path: tuple[str, ...] = ()
    """Each link, as `L1 60 % C`, from the listed party on."""
    text: str
    """In words, with what a person must judge."""
    rebuttal: str = ""
    """How it may be rebutted, or that it was, where the law provides for that."""
    is_rebutted: bool = False
    """True if it was determined, case by case, that what it gets will not be used by or benefit the
    listed owner: it bears on making available to it, never on the freeze of its own assets."""
    citation: str = ""
    """Where the rule is said."""
    certainty: Certainty | None = None
    """How sure the rule is for this path: a chain may be less sure than a single link."""
