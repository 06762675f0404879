"""Refuses a publication that takes off what nobody can trust it to take off.

A download cut short between two entries looks whole, but where a publication marks its end or says
how many entries it has. Copies that lost the mark alone are known by what stands last in them, old
copies without a date by what they lack, and one file of several by the others.
"""

import enum
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from article41.model.errors import ShrinkError
from article41.store.held import HeldVersion, Standing

SHRINK_SHARE_MAX = 0.25
"""The largest share of its entries that a list may lose within a year."""
DAYS_A_YEAR = 365.25
SHRINK_ENTRIES_MIN = 20
"""Fewer lost entries than these are never too many: a short list may lose half of them."""
FILES_NAMED = 3
_ACCEPT = "`--accept-shrink`, in Python with `shrink=Shrink.ACCEPT`"

ContentsOf = Callable[[HeldVersion], Sequence[tuple[str, int]]]
"""Gives the number of each entry of a version and that of its content, in its order."""


class Shrink(enum.Enum):
    """What becomes of a publication that lost entries."""

    REFUSE = "refuse"
    """It is not kept if it lost more than is plausible, or any that nobody dates."""
    REFUSE_MANY = "refuse-many"
    """The same, but a few less are believed without a day: whoever hands it out has no old one."""
    ACCEPT = "accept"
    """It is kept: somebody has seen that the authority did remove them."""


def refuse_shrinkage(
    standings: Sequence[Standing],
    *,
    version: int,
    known_at: datetime,
    shrink: Shrink,
    contents_new: int,
    contents_of: ContentsOf,
) -> None:
    """Compare a version with the one that stands just before it, if any.

    Args:
        standings: Those of one list, in order.
        version: Its number.
        known_at: When it was placed; from where it stood before, it has been compared.
        shrink: What becomes of it.
        contents_new: How many of its entries no version had in this form before.
        contents_of: Tells what a version says.

    Raises:
        ShrinkError: Too many entries are lost, or the last ones by a version that lacks its end, or
            any by one that lacks a file or of which nobody says the day.
    """
    if shrink is Shrink.ACCEPT:
        return
    for before, after in pairwise(standings):
        if (after.version.number, after.known_from) != (version, known_at):
            continue
        _refuse_part(before, after, contents_of)
        if shrink is Shrink.REFUSE and after.sighting.published is None:
            _refuse_undated(before, after, contents_new, contents_of)
        _refuse_loss(before, after, contents_of)


def _refuse_part(before: Standing, after: Standing, contents_of: ContentsOf) -> None:
    """One file of a list that comes in several would end what stands in the others."""
    has = after.version.kinds
    missing = [part for part in before.version.parts if part.kind not in has]
    # What is silent on a file that it lacks ends nothing of it.
    is_part = missing and after.version.report.gaps and not after.version.report.silent_on
    if not is_part or before.version.kinds.isdisjoint(has):
        return
    lost = _lost(before, after, contents_of)
    if not lost:
        return
    names = ", ".join(part.file_name for part in missing[:FILES_NAMED])
    more = len(missing) - FILES_NAMED
    raise ShrinkError(
        f"`{after.version.list_id}` came as {_files(after)} without {names}"
        f"{f' and {more:,} more' if more > 0 else ''}, which the version held "
        f"({_named(before)}) has, and would lose {lost:,} of its entries; nothing was added",
        hint="give all files of the list at once, `article41 lists add FILE FILE...`: they are one "
        f"publication; if the authority did take the others back, add these with {_ACCEPT}",
    )


def _refuse_undated(
    before: Standing, after: Standing, contents_new: int, contents_of: ContentsOf
) -> None:
    """An old copy would stand as the newest, since no day says otherwise: it may only add."""
    lost = _lost(before, after, contents_of)
    had, has = (set(contents_of(one.version)) for one in (before, after))
    if lost:
        what = f"lacks {lost:,} of the entries of the version held"
    elif has != had and not contents_new:
        what = "says nothing that was not held before, and otherwise than the version held"
    else:
        return
    raise ShrinkError(
        f"nobody says of which day this `{after.version.list_id}` is, and it {what} "
        f"({_named(before)}); nothing was added",
        hint="say its day with `--published DATE`, which is the day on which you got it if you "
        "have it from the authority itself",
    )


def _lost(before: Standing, after: Standing, contents_of: ContentsOf) -> int:
    had, has = ({id_ for id_, _ in contents_of(one.version)} for one in (before, after))
    return len(had - has)


def _refuse_loss(before: Standing, after: Standing, contents_of: ContentsOf) -> None:
    had, has = before.version.entries, after.version.entries
    is_cut = (
        has < had
        and after.version.report.may_be_cut
        and contents_of(before.version)[-1][0] not in {id_ for id_, _ in contents_of(after.version)}
    )
    if is_cut or is_shrinkage(had, has, days=(after.day - before.day).days):
        raise ShrinkError(
            f"`{after.version.list_id}` fell from {had:,} entries ({_named(before)}) "
            f"to {has:,} ({_named(after)}){' and lacks its end' if is_cut else ''}; "
            "nothing was added",
            hint=f"get the files again; if the authority did remove so many, add them with "
            f"{_ACCEPT}",
        )


def is_shrinkage(had: int, has: int, *, days: int) -> bool:
    """True if a list lost more entries in some days than authorities remove.

    Example:
        >>> is_shrinkage(1000, 700, days=30), is_shrinkage(1000, 700, days=1000)
        (True, False)
    """
    share_max = 1 - (1 - SHRINK_SHARE_MAX) ** max(1.0, days / DAYS_A_YEAR)
    return had - has >= SHRINK_ENTRIES_MIN and had - has > share_max * had


def _named(standing: Standing) -> str:
    return f"{standing.day}, sha256 {standing.version.sha256[:12]}"


def _files(standing: Standing) -> str:
    count = len(standing.version.parts)
    return "1 file" if count == 1 else f"{count:,} files"
