"""Refuses a publication that lost more entries than authorities remove at once.

A download cut short between two entries looks whole, but where a publication marks its end or says
how many entries it has. Copies that lost the mark alone are known by what stands last in them.
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


class Shrink(enum.Enum):
    """What becomes of a publication that lost more entries than is plausible."""

    REFUSE = "refuse"
    """It is not kept."""
    ACCEPT = "accept"
    """It is kept: somebody has seen that the authority did remove them."""


def refuse_shrinkage(
    standings: Sequence[Standing],
    *,
    version: int,
    known_at: datetime,
    numbers_of: Callable[[HeldVersion], Sequence[str]],
) -> None:
    """Compare a version with the one that stands just before it, if any.

    Args:
        standings: Those of one list, in order.
        version: Its number.
        known_at: When it was placed; from where it stood before, it has been compared.
        numbers_of: Gives the numbers of the entries of a version, in its order.

    Raises:
        ShrinkError: Too many entries are lost, or the last ones by a version that lacks its end.
    """
    for before, after in pairwise(standings):
        if (after.version.number, after.known_from) != (version, known_at):
            continue
        had, has = before.version.entries, after.version.entries
        is_cut = (
            has < had
            and after.version.report.may_be_cut
            and numbers_of(before.version)[-1] not in numbers_of(after.version)
        )
        if is_cut or is_shrinkage(had, has, days=(after.day - before.day).days):
            raise ShrinkError(
                f"`{after.version.list_id}` fell from {had:,} entries ({_named(before)}) "
                f"to {has:,} ({_named(after)}){' and lacks its end' if is_cut else ''}; "
                "nothing was added",
                hint="get the files again; if the authority did remove so many, add them with "
                "`--accept-shrink`, in Python with `shrink=Shrink.ACCEPT`",
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
