"""Every list version ever seen, kept with its exact bytes on two clocks.

`Store` and `restore` need SQLAlchemy, which is imported when one is first asked for; a process that
only compares a generation or two states of a list never pays for it.
"""

import importlib
from typing import TYPE_CHECKING

from article41.store.attempts import Attempt, AttemptOutcome, FeedState, read_feeds
from article41.store.changes import Amendment, FieldChange, ListChange, by_number, compare
from article41.store.generation import GENERATION_EMPTY, read_added, read_generation
from article41.store.held import (
    Addition,
    Event,
    EventKind,
    HeldPart,
    HeldVersion,
    LinkDecision,
    LinkVerdict,
    Sighting,
    Soundness,
    Standing,
    TimedListing,
)
from article41.store.shrinkage import Shrink, is_shrinkage
from article41.store.watching import StoreState, StoreWatch
from article41.store.writers import at_work, is_at_work, updating_alone

if TYPE_CHECKING:
    from article41.store.copies import restore
    from article41.store.versions import Store

__all__ = [
    "GENERATION_EMPTY",
    "Addition",
    "Amendment",
    "Attempt",
    "AttemptOutcome",
    "Event",
    "EventKind",
    "FeedState",
    "FieldChange",
    "HeldPart",
    "HeldVersion",
    "LinkDecision",
    "LinkVerdict",
    "ListChange",
    "Shrink",
    "Sighting",
    "Soundness",
    "Standing",
    "Store",
    "StoreState",
    "StoreWatch",
    "TimedListing",
    "at_work",
    "by_number",
    "compare",
    "is_at_work",
    "is_shrinkage",
    "read_added",
    "read_feeds",
    "read_generation",
    "restore",
    "updating_alone",
]


_LATE = {"Store": "versions", "restore": "copies"}


def __getattr__(name: str) -> object:
    """Import what needs the database when it is first asked for."""
    if name in _LATE:
        return getattr(importlib.import_module(f"article41.store.{_LATE[name]}"), name)
    raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
