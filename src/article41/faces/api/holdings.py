"""What `/lists` gives: what `article41 lists show --json` writes, and what limits it."""

from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import msgspec

from article41.checks import Finding
from article41.checks.coverage import feeds_until
from article41.faces.api.holding import Opened
from article41.faces.cli.holdings import HeldList, held_list
from article41.sources.registry import AGE_MAX_HOURS
from article41.store import Store, read_feeds
from article41.store.asking import written
from article41.store.generation import DATABASE_NAME


class ListNow(HeldList, frozen=True, kw_only=True):
    """A list that is held, and how it stands with asking for it, as `lists feeds --json` has it."""

    confirmed_at: datetime | None
    """When a version of it was last brought or confirmed; absent if none ever was."""
    failing_since: datetime | None
    """Since when it is asked for in vain; absent if it is not."""
    age_max_hours: int
    """Hours after its last confirmation or publication from which on it is stale."""


class ListsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Which lists are held."""

    as_of: date | None
    """The day asked about; absent for the newest."""
    known_at: datetime | None
    """The moment known; absent for now."""
    lists: tuple[ListNow, ...]
    """Each list that is held, with its versions."""
    findings: tuple[Finding, ...]
    """What limits every answer by them: age, gaps, failures, an index that is behind."""


class Holdings:
    """The lists of a store; worked out anew when something was written to it.

    Args:
        folder: Of the store.
    """

    def __init__(self, folder: Path) -> None:
        """Work out nothing yet."""
        self._folder = folder
        self._kept: tuple[tuple[object, ...], tuple[ListNow, ...]] | None = None

    def told(
        self, opened: Opened, *, as_of: date | None, known_at: datetime | None, asked_on: date
    ) -> bytes:
        """The lists of a day, by what a moment knew, as they are sent.

        Args:
            opened: The index that is asked.
            as_of: The day; the newest versions if absent.
            known_at: The moment; now if absent.
            asked_on: The present day.

        Raises:
            StoreError: There is no store.
        """
        return msgspec.json.encode(
            self.answer(opened, as_of=as_of, known_at=known_at, asked_on=asked_on)
        )

    def answer(
        self, opened: Opened, *, as_of: date | None, known_at: datetime | None, asked_on: date
    ) -> ListsAnswer:
        """The lists of a day, by what a moment knew.

        Args:
            opened: As for `told`, and the others too.
            as_of: The day.
            known_at: The moment.
            asked_on: The present day.
        """
        files = (*written(self._folder / DATABASE_NAME), opened.stamp)
        stamp = (*files, as_of, known_at, asked_on)
        kept = self._kept
        if kept is None or kept[0] != stamp:
            kept = self._kept = (stamp, self._held(opened, as_of, known_at, asked_on))
        coverage = opened.coverage(as_of, known_at, asked_on)
        return ListsAnswer(
            as_of=as_of, known_at=known_at, lists=kept[1], findings=coverage.findings
        )

    def _held(
        self, opened: Opened, as_of: date | None, known_at: datetime | None, asked_on: date
    ) -> tuple[ListNow, ...]:
        states = read_feeds(self._folder, until=feeds_until(as_of, known_at))

        def now(held: HeldList) -> ListNow:
            feed, state = opened.feeds.get(held.list), states.get(held.list)
            return ListNow(
                **msgspec.structs.asdict(held),
                confirmed_at=None if state is None else state.confirmed_at,
                failing_since=None if state is None else state.failing_since,
                age_max_hours=AGE_MAX_HOURS if feed is None else feed.age_max_hours,
            )

        with Store(self._folder) as store:
            standings = [
                one
                for one in store.standings(known_at=known_at)
                if as_of is None or one.day <= as_of
            ]
            by_list = groupby(standings, key=lambda standing: standing.version.list_id)
            return tuple(
                now(held_list(store, tuple(group), today=asked_on)) for _, group in by_list
            )
