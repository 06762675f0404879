"""How current the lists are, by which the server may be watched: at the moment of asking."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from article41.checks import FindingKind
from article41.checks.currency import HOUR, aging_until, current_since
from article41.faces.api.holding import Opened
from article41.store import read_feeds


class Current(NamedTuple):
    """How current a list is."""

    list_id: str
    """Which list."""
    age_hours: float | None
    """Since it was last confirmed or published, as every answer reckons it; absent of a list that
    is asked for and not held."""
    is_stale: bool
    """True if it is older than it may be."""
    is_failing: bool
    """True if whoever last asked for it got nothing that is taken for the list."""
    is_behind: bool
    """True if more of it came to the store since the index was built."""


def currency(opened: Opened, *, now: datetime) -> Iterator[Current]:
    """How current each list is, and each that is asked for in vain.

    Args:
        opened: The index that answers.
        now: The present moment (UTC).

    Raises:
        StoreError: The store cannot be read.
        IndexFileError: The index is of another store.
    """
    coverage = opened.coverage(None, None, now.date())
    states = read_feeds(opened.screener.folder)
    at = aging_until(now.date(), now=now)
    versions = {one.list_id: one.version for one in coverage.lists}
    found = {(one.list_id, one.kind) for one in coverage.findings if one.list_id}
    for list_id in sorted({*versions, *(list_id for list_id, _ in found)}):
        version = versions.get(list_id)
        since = None if version is None else current_since(version, states.get(list_id))
        yield Current(
            list_id,
            age_hours=None if since is None else (at - since) / HOUR,
            is_stale=(list_id, FindingKind.STALE) in found,
            is_failing=(list_id, FindingKind.FEED_FAILED) in found,
            is_behind=(list_id, FindingKind.INDEX_BEHIND) in found,
        )
