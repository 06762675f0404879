"""What a long-lived reader must know of a store at every question, read again once it was written.

It needs no SQLAlchemy. As long as nobody has written, it costs a look at two files.
"""

import sqlite3
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from article41.store.asking import written
from article41.store.attempts import FeedState, feeds_in
from article41.store.generation import DATABASE_NAME, ask_store, generation_in

GRAIN_NS = 2_000_000_000
"""Two writes so close to each other may bear the same time: the coarsest file systems count so."""


class StoreState(msgspec.Struct, frozen=True, kw_only=True):
    """Which state a store is in, and how things stand with asking for its lists."""

    generation: str
    """The hash that names everything added so far."""
    feeds: Mapping[str, FeedState]
    """By list, up to the moment asked about."""


class StoreWatch:
    """Tells the state of a store; the same object as long as nothing was written.

    Args:
        folder: Where the store is.

    Example:
        >>> StoreWatch(Path("no-such-folder")).state()
        Traceback (most recent call last):
        article41.model.errors.StoreError: there is no store in `no-such-folder`
    """

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._path = folder / DATABASE_NAME
        self._kept: tuple[tuple[int, ...], datetime | None, StoreState] | None = None

    def state(self, *, until: datetime | None = None) -> StoreState:
        """The state of the store now, with the attempts up to a moment.

        Args:
            until: Only attempts up to this moment, with its zone; all if absent.

        Raises:
            StoreError: There is no store in the folder.
            CorruptStoreError: What is there cannot be read.
        """
        # Looked at before it is read: a write in between is seen at the next question.
        stamp, kept = written(self._path), self._kept
        if kept is not None and kept[:2] == (stamp, until):
            return kept[2]
        state = ask_store(self._folder, lambda connection: _state(connection, until))
        is_settled = time.time_ns() - max(stamp[2::3]) > GRAIN_NS
        self._kept = (stamp, until, state) if is_settled else None
        return state


def _state(connection: sqlite3.Connection, until: datetime | None) -> StoreState:
    connection.execute("BEGIN")
    return StoreState(generation=generation_in(connection), feeds=feeds_in(connection, until))
