"""Which rule on ownership and control holds in a family of laws on a day, and what it asks for.

The rules are dated rows of `rules.toml`; nothing here looks at holdings.
"""

from datetime import date
from fractions import Fraction

import msgspec

from article41.law.ownership.shares import per_cent
from article41.model.clocks import Interval
from article41.model.errors import InputError
from article41.model.holdings import ControlKind, Right, Share
from article41.model.measures import Certainty
from article41.model.terms import Term


class State(Term):
    """Whether a rule can be applied on its days."""

    IN_FORCE = "in-force"
    """It can."""
    NAMES_ONLY = "names-only"
    """The measure reaches only who is listed by name: before the rule, or while it is suspended."""
    UNVERIFIED = "unverified"
    """No number is known; any stake of a listed owner is for a person to judge."""


class Passes(Term):
    """What the threshold asks for."""

    AT_LEAST = "at-least"
    MORE_THAN = "more-than"


class Sums(Term):
    """Whose stakes are added."""

    ALL_LISTED = "all-listed"
    """Those of all listed parties."""
    JOINT_ARRANGEMENTS = "joint-arrangements"
    """Those of one listed party, and of whoever exercises rights jointly with it."""
    NOT_STATED = "not-stated"
    """Those of one listed party; whether those of several count together is not said."""


class RuleSet(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    cache_hash=True,
    rename={"valid_from": "from", "valid_until": "until"},
):
    """What one authority asked for during some days.

    Example:
        >>> from article41.law.ownership.loading import rule_on
        >>> rule = rule_on("us", date(2012, 7, 6))
        >>> rule.key, rule.threshold_percent, rule.sums.value
        ('US_2008', 50, 'not-stated')
    """

    key: str
    """As worked cases call it; several periods of one text share it."""
    family: str = ""
    """Whose rule."""
    valid_from: date | None = None
    """First day."""
    valid_until: date | None = None
    """First day no longer; absent if it still holds."""
    state: State = State.IN_FORCE
    """Whether it can be applied."""
    title: str
    """What it is, in words."""
    citation: str
    """Where it is said."""
    certainty: Certainty
    """How sure it is for a direct stake."""
    certainty_of_chains: Certainty | None = None
    """For a stake through other bodies; the same if absent."""
    certainty_of_sums: Certainty | None = None
    """For stakes of one listed owner that reach a body on several ways; the same if absent."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""
    threshold_percent: int = 0
    """The share asked for; 0 where no number is known."""
    passes: Passes = Passes.AT_LEAST
    """Whether the threshold itself is enough."""
    is_exact_open: bool = False
    """True if nobody says whether exactly the threshold is enough."""
    sums: Sums = Sums.NOT_STATED
    """Whose stakes are added."""
    sums_note: str = ""
    """What to know of that."""
    owned_in: tuple[Right, ...] = ()
    """In which rights the threshold makes an owner, each by itself."""
    is_controlled_by_votes: bool = False
    """True if more than half of the votes is control."""
    controlled_by: tuple[ControlKind, ...] = ()
    """Kinds of control of which one is enough; none if control does not count."""
    open_kinds: tuple[ControlKind, ...] = ()
    """Kinds that a person must judge."""
    is_minority_open: bool = False
    """True if below the threshold control is to be examined."""
    control_note: str = ""
    """What the law makes of control that does not count."""
    transfer_days: int = 0
    """A stake given up so many days before a listing, or before the day asked, is a sign that it
    was given up in name only; 0 where the rule does not say so."""
    rebuttal: str = ""
    """How the conclusion may be rebutted, where the law provides for that."""

    @property
    def during(self) -> Interval:
        """Its days."""
        return Interval(valid_from=self.valid_from, valid_until=self.valid_until)

    @property
    def counts_control(self) -> bool:
        """True if control without ownership is enough."""
        return bool(self.controlled_by)

    @property
    def threshold(self) -> Fraction:
        """The share asked for, from 0 to 1."""
        return Fraction(self.threshold_percent, 100)

    @property
    def asks_for(self) -> str:
        """The threshold in words.

        Example:
            >>> from article41.law.ownership.loading import rule_on
            >>> rule_on("eu", date(2013, 5, 1)).asks_for
            'more than 50 %'
        """
        if not self.threshold_percent:
            return "no number that is known"
        percent = per_cent(Share(at_least=self.threshold, at_most=self.threshold))
        if self.is_exact_open:
            return f"more than {percent} (exactly {percent} is open)"
        return f"{percent} or more" if self.passes is Passes.AT_LEAST else f"more than {percent}"

    def surely_passes(self, share: Share) -> bool:
        """True if every share in the band is enough.

        Example:
            >>> from article41.law.ownership.loading import rule_on
            >>> half = Share(at_least=Fraction(1, 2), at_most=Fraction(1, 2))
            >>> [rule_on("eu", day).surely_passes(half)
            ...  for day in (date(2023, 1, 1), date(2025, 1, 1))]
            [False, True]
        """
        if not self.threshold_percent:
            return False
        is_above = share.at_least > self.threshold
        is_at = share.at_least == self.threshold
        takes_exact = self.passes is Passes.AT_LEAST and not self.is_exact_open
        return is_above or (is_at and (takes_exact or share.excludes_least))

    def may_pass(self, share: Share) -> bool:
        """True if some share in the band is enough, or nobody says that it is not.

        Example:
            >>> from article41.law.ownership.loading import rule_on
            >>> band = Share(at_least=Fraction(1, 4), at_most=Fraction(1, 2))
            >>> [rule_on("eu", day).may_pass(band)
            ...  for day in (date(2023, 1, 1), date(2025, 1, 1))]
            [False, True]
        """
        if share.at_most <= 0:
            return False
        takes_exact = self.passes is Passes.AT_LEAST or self.is_exact_open
        is_at = share.at_most == self.threshold and not share.excludes_most
        return share.at_most > self.threshold or (is_at and takes_exact)


class Family(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of rules, each of which ends where the next begins.

    Example:
        >>> Family(title="Xanadu, asset freezes").before
        ''
    """

    title: str
    """Whose law, and what it governs."""
    before: str = ""
    """The family whose rules held before its own; none if empty."""


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules of a file.

    Example:
        >>> Rules.__struct_fields__
        ('families', 'unverified', 'rules')
    """

    families: dict[str, Family]
    """By the word that a measure has for them."""
    unverified: RuleSet
    """What holds where a family has no rule."""
    rules: tuple[RuleSet, ...]
    """In the order of the file."""

    def on(self, family: str, day: date) -> RuleSet:
        """The rule of a family on a day.

        Raises:
            InputError: There is no such family.
        """
        if family not in self.families:
            raise InputError(
                f"no rules on ownership for `{family}`",
                hint=f"write one of {', '.join(sorted(self.families))}",
            )
        own = [rule for rule in self.rules if rule.family == family]
        found = [rule for rule in own if rule.during.holds(day)]
        if found:
            return found[0]
        before = self.families[family].before
        if before and all(rule.valid_from and day < rule.valid_from for rule in own):
            return self.on(before, day)
        return msgspec.structs.replace(self.unverified, family=family)
