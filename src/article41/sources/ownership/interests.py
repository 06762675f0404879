"""One interest of the Beneficial Ownership Data Standard: a stake in a right, or a sign of control.

A kind of interest that says less than control in the sense of a sanctions rule is kept as a link,
with its own word, for a person to judge.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from article41.model.holdings import ControlKind, Right, Share
from article41.sources.ownership.percents import first_day, number_share

_STAKES = {
    "shareholding": Right.CAPITAL,
    "votingrights": Right.VOTES,
    "rightstosurplusassetsondissolution": Right.CAPITAL,
    "rightstosurplusassets": Right.CAPITAL,
    "rightstoprofitorincome": Right.CAPITAL,
    "righttoprofitorincomefromassets": Right.CAPITAL,
    "beneficiaryoflegalarrangement": Right.CAPITAL,
    "beneficiaryoftrust": Right.CAPITAL,
    "nominee": Right.UNSPECIFIED,
    "unknowninterest": Right.UNSPECIFIED,
    "unpublishedinterest": Right.UNSPECIFIED,
}
_CONTROLS = {
    "seniormanagingofficial": ControlKind.DIRECTORSHIP,
    "boardmember": ControlKind.DIRECTORSHIP,
    "boardchair": ControlKind.DIRECTORSHIP,
    "enjoymentanduseofassets": ControlKind.USE_OF_ASSETS,
}
_BOARD = "appointmentofboard"
_HALF = Fraction(1, 2)


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has in a body.

    Example:
        >>> interest_of({"type": "shareholding", "share": {"exact": 60}}).share.at_least
        Fraction(3, 5)
    """

    words: str
    """The word of the standard for it, with its details."""
    control: ControlKind | None = None
    """Which sign of control it is; absent if it is a stake."""
    right: Right = Right.UNSPECIFIED
    """In what the stake is held."""
    share: Share | None = None
    """How much; absent if it is not said, or cannot be read."""
    held_from: date | None = None
    """First day."""
    held_until: date | None = None
    """First day no longer."""
    is_indirect: bool = False
    """True if others are said to stand between."""
    is_nominee: bool = False
    """True if it is held for somebody else."""
    faults: tuple[str, ...] = ()
    """What of it could not be read."""


# Any: whatever JSON holds; each value is looked at before it is kept.
def interest_of(value: Mapping[str, Any]) -> Interest | None:
    """The interest that an object says; none if it has no type.

    Example:
        >>> said = {"type": "voting-rights", "share": {"minimum": 25, "maximum": 50,
        ...         "exclusiveMinimum": True}, "interestLevel": "indirect"}
        >>> interest = interest_of(said)
        >>> interest.right.value, interest.share.excludes_least, interest.is_indirect
        ('votes', True, True)
    """
    said = value.get("type")
    if not isinstance(said, str) or not said.strip():
        return None
    word = re.sub(r"[^a-z]", "", said.lower())
    share, faults = _share(value.get("share"))
    begins, ends = (_day(value.get(key)) for key in ("startDate", "endDate"))
    for key, day in (("startDate", begins), ("endDate", ends)):
        if value.get(key) is not None and day is None:
            faults = (*faults, f"a day that cannot be read (`{key}`)")
    right = _STAKES.get(word)
    level = value.get("directOrIndirect") or value.get("interestLevel")
    details = value.get("details")
    return Interest(
        words=f"{said.strip()[:60]}{_behind(details)}",
        control=None if right is not None else _control(word, share),
        right=right or Right.UNSPECIFIED,
        share=share,
        held_from=begins,
        held_until=ends,
        is_indirect=level == "indirect",
        is_nominee=word == "nominee",
        faults=faults,
    )


def _control(word: str, share: Share | None) -> ControlKind:
    if word == _BOARD:
        # Only who appoints more than half of it has the board.
        is_most = share is not None and (
            share.at_least > _HALF or (share.at_least == _HALF and share.excludes_least)
        )
        return ControlKind.BOARD_MAJORITY if is_most else ControlKind.LINKED
    return _CONTROLS.get(word, ControlKind.LINKED)


def _behind(details: Any) -> str:  # whatever JSON holds
    return f" ({' '.join(details.split())[:120]})" if isinstance(details, str) and details else ""


# Any: whatever JSON holds.
def _share(value: Any) -> tuple[Share | None, tuple[str, ...]]:
    """The share, and what of it could not be read."""
    if value is None or value == {}:
        return None, ()
    fault = ("a share that cannot be read",)
    if not isinstance(value, dict):
        return None, fault
    exact = _part(value.get("exact"))
    if value.get("exact") is not None:
        return (None, fault) if exact is None else (Share(at_least=exact, at_most=exact), ())
    least, excludes_least = _end(value, "minimum", "exclusiveMinimum")
    most, excludes_most = _end(value, "maximum", "exclusiveMaximum")
    given = [key for key in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
             if value.get(key) is not None]  # fmt: skip
    if not given:
        return None, ()
    if _UNREAD in (least, most):
        return None, fault
    share = Share(
        at_least=least if isinstance(least, Fraction) else Fraction(0),
        at_most=most if isinstance(most, Fraction) else Fraction(1),
        excludes_least=excludes_least,
        excludes_most=excludes_most,
    )
    is_band = share.at_least < share.at_most or (
        share.is_exact and not (excludes_least or excludes_most)
    )
    return (share, ()) if is_band else (None, fault)


_UNREAD = "unread"


def _end(value: Mapping[str, Any], plain: str, strict: str) -> tuple[Fraction | str | None, bool]:
    """One end of a band, and whether it is left out of it.

    Before 0.4 `exclusiveMinimum` said whether `minimum` is left out; since then it is a number.
    """
    given, other = value.get(plain), value.get(strict)
    if other is not None and not isinstance(other, bool):
        part = _part(other)
        return (_UNREAD if part is None else part), True
    if given is None:
        return None, False
    part = _part(given)
    return (_UNREAD if part is None else part), other is True


def _part(value: Any) -> Fraction | None:  # whatever JSON holds
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return number_share(value)


def _day(value: Any) -> date | None:  # whatever JSON holds
    return first_day(value) if isinstance(value, str) else None
