"""The store: every list version ever added, its exact bytes and its listings, on two clocks.

It only grows, reads no clock, and fetches nothing.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from sqlalchemy import Connection

from article41.model.clocks import day_asked, days_asked, refuse_zoneless
from article41.model.errors import InputError
from article41.model.listings import Listing, ListVersion
from article41.store import adding, copies, events, linking, noting, reading, snapshot, timeline
from article41.store.attempts import Attempt
from article41.store.changes import ListChange, compare
from article41.store.database import LOCK_TIMEOUT_S, Database
from article41.store.generation import read_generation
from article41.store.held import (
    Addition,
    Event,
    HeldPart,
    HeldVersion,
    LinkDecision,
    Soundness,
    Standing,
    TimedListing,
)
from article41.store.shrinkage import Shrink, refuse_shrinkage
from article41.store.writers import at_work


class Store:
    """A folder with every list version ever added to it.

    Several processes may read while one adds. Iterators see the state at their first step.

    Args:
        folder: Where the store is; it is made if it is not there.
        lock_timeout_s: How long `add` waits for another process that adds.

    Raises:
        StoreError: The folder cannot be made or written.
        CorruptStoreError: The database is damaged, none of ours, or of another schema version.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        ...     store.versions()
        ()
    """

    def __init__(self, folder: Path, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        """Open the store in a folder."""
        self.folder = folder
        self._database = Database(folder, lock_timeout_s=lock_timeout_s)

    def add(
        self,
        version: ListVersion,
        *,
        known_at: datetime,
        shrink: Shrink = Shrink.REFUSE,
        progress: Callable[[int], None] | None = None,
    ) -> Addition:
        """Keep a publication wholly or, if anything goes wrong, not at all.

        The same bytes a second time make no new version; that they were seen again is kept, with
        the date given for them. A first date replaces the day of arrival as the day from which the
        version stands; another stated one lets it stand from that day as well.

        Args:
            version: The publication; its listings are read once, its parts once.
            known_at: The present moment, with its zone; never before an earlier addition.
            shrink: What becomes of it if it lost entries, against the version that stands just
                before it.
            progress: Called now and then with the number of listings written so far.

        Raises:
            InputError: `known_at` has no zone or goes back, or the publication itself carries
                another date than the one given for the same bytes.
            FormatError: A number stands twice on the list.
            ShrinkError: It lost more than `SHRINK_SHARE_MAX` of the entries, or any and lacks a
                file or a day.
            CorruptStoreError: The bytes of a part do not fit its hash.
        """
        refuse_zoneless(known_at)
        moment = known_at.astimezone(UTC)
        with at_work(self.folder), self._database.writing() as connection:
            outcome = adding.add(connection, version, known_at=moment, progress=progress)
            held = reading.versions(connection, version.list_id)
            refuse_shrinkage(
                timeline.standings(held),
                version=outcome.number,
                known_at=outcome.known_at,
                shrink=shrink,
                contents_new=outcome.contents_new,
                contents_of=cache(lambda one: reading.contents_of(connection, one.number)),
            )
        return Addition(
            version=next(one for one in held if one.number == outcome.number),
            is_new=outcome.is_new,
            contents_new=outcome.contents_new,
        )

    def versions(self, list_id: str | None = None) -> tuple[HeldVersion, ...]:
        """What is held, of one list or of all, by list, then by the day it stands from."""
        with self._database.reading() as connection:
            return reading.versions(connection, list_id)

    def standings(
        self, list_id: str | None = None, *, known_at: datetime | None = None
    ) -> tuple[Standing, ...]:
        """Which versions stand from which days, of one list or of all.

        A version stands from several days if its list returned to its bytes, and no longer from
        the day it arrived once a date has been given for it.

        Args:
            list_id: One list; all if absent.
            known_at: By what was known at this moment, with its zone; now if absent.

        Returns:
            Standings by list, then by day, then by arrival: the last of a list is what it says.

        Raises:
            InputError: The moment has no zone.
        """
        if known_at is not None:
            refuse_zoneless(known_at)
        return timeline.standings(self.versions(list_id), known_at=known_at)

    def standings_ever(self, list_id: str | None = None) -> tuple[Standing, ...]:
        """Every standing ever known, those withdrawn since among them, in the same order."""
        return timeline.standings_ever(self.versions(list_id))

    def listings(self, version: HeldVersion) -> Iterator[Listing]:
        """The listings of a version as they were added, in the order of the publication."""
        with self._database.reading() as connection:
            yield from _listings(connection, version)

    def open_part(self, part: HeldPart) -> BinaryIO:
        """The exact bytes of a file of a version, all compared with their hash beforehand.

        Raises:
            UnknownVersionError: The store holds no such file.
            CorruptStoreError: The bytes do not fit their hash.
        """
        with self._database.reading() as connection:
            return reading.open_part(connection, part.sha256)

    def changes(self, before: HeldVersion, after: HeldVersion) -> ListChange:
        """What changed from one version of a list to another; contents in both are not read.

        Raises:
            InputError: The versions are of two lists.
        """
        if before.list_id != after.list_id:
            raise InputError(
                f"`{before.list_id}` and `{after.list_id}` are two lists",
                hint="compare two versions of one list",
            )
        with self._database.reading() as connection:
            return compare(
                *events.apart(connection, before, after),
                before_silent_on=before.report.silent_on,
                after_silent_on=after.report.silent_on,
                are_two_forms=before.kinds.isdisjoint(after.kinds),
            )

    def events(
        self, list_id: str | None = None, *, known_at: datetime | None = None
    ) -> tuple[Event, ...]:
        """What each publication changed, in the order in which the store learned of it.

        Args:
            list_id: One list; all, merged, if absent.
            known_at: Only what was known at this moment, with its zone; all if absent.

        Raises:
            InputError: The moment has no zone.
        """
        if known_at is not None:
            refuse_zoneless(known_at)
        standings = [
            one
            for one in self.standings_ever(list_id)
            if known_at is None or one.known_from <= known_at
        ]
        with self._database.reading() as connection:
            return tuple(events.events(connection, standings))

    def records(self) -> Iterator[TimedListing]:
        """Everything every list said, on both clocks: what an index is built from.

        Yields:
            Records by list, number, beginning, then `known_from`: always in the same order.
        """
        with self._database.reading() as connection:
            yield from snapshot.records(connection, self.folder, reading.generation(connection))

    def records_of(self, *keys: str) -> Iterator[TimedListing]:
        """Everything that the lists ever said of some entries (`ofac-sdn/36`), on both clocks.

        Yields:
            Records in the order of `records`; none of an entry that never stood on its list.
        """
        with self._database.reading() as connection:
            generation = reading.generation(connection)
            yield from snapshot.records_of(connection, self.folder, generation, keys)

    def entries(
        self,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        list_id: str | None = None,
    ) -> Iterator[TimedListing]:
        """What stood or may have stood on the lists on one day, as it was known at one moment.

        Where an entry changed somewhere around the day, each content that it may have had comes;
        `TimedListing.listed` and `form` tell what is sure.

        Args:
            as_of: The day; if absent, what the newest versions list and has not ended by now, or
                by `known_at`.
            known_at: The moment, with its zone; now if absent.
            list_id: One list; all if absent.

        Yields:
            Records by list, number, then beginning.

        Raises:
            InputError: The moment has no zone.
        """
        if known_at is not None:
            refuse_zoneless(known_at)
        with self._database.reading() as connection:
            yield from snapshot.standing_during(
                connection,
                self.folder,
                reading.generation(connection),
                during=days_asked(as_of, day_asked(known_at, datetime.now(UTC).date())),
                known_at=known_at,
                list_id=list_id,
            )

    def note_attempt(self, attempt: Attempt) -> None:
        """Keep that somebody asked for a list, and what came of it.

        Raises:
            InputError: The moment has no zone.
        """
        refuse_zoneless(attempt.at)
        with self._database.writing() as connection:
            noting.note(connection, attempt)

    def attempts(self, list_id: str | None = None) -> tuple[Attempt, ...]:
        """Every time somebody asked for one list or for any, the oldest first."""
        with self._database.reading() as connection:
            return noting.attempts(connection, list_id)

    def decide_link(self, decision: LinkDecision) -> None:
        """Keep a word on whether two entries name one target; the last word on a pair counts.

        Raises:
            InputError: The two are one entry, or in the wrong order.
        """
        left, right = decision.pair
        if not left < right:
            raise InputError(
                f"`{left}` and `{right}` are no pair", hint="give two entries in alphabetical order"
            )
        with self._database.writing() as connection:
            linking.decide(connection, decision)

    def link_decisions(self, *, known_at: datetime | None = None) -> tuple[LinkDecision, ...]:
        """The last word on each pair, one that takes others back too, in the order spoken.

        Args:
            known_at: Only words spoken up to this moment, with its zone; all if absent.

        Raises:
            InputError: The moment has no zone.
        """
        if known_at is not None:
            refuse_zoneless(known_at)
        with self._database.reading() as connection:
            return linking.decisions(connection, known_at=known_at)

    @property
    def generation(self) -> str:
        """The hash that names everything added so far, as `read_generation` gives it."""
        return read_generation(self.folder)

    @property
    def newest_known_at(self) -> datetime | None:
        """The moment of the last addition (UTC); absent if there is none."""
        with self._database.reading() as connection:
            return reading.newest_known_at(connection)

    def verify(self, *, progress: Callable[[int], None] | None = None) -> Soundness:
        """Compare every row of every table with its hashes, and see that it only grew.

        That the newest additions are missing no hash in the same file can tell: compare
        `generation` with one noted elsewhere.

        Args:
            progress: Called now and then with the number of files and listings compared so far.

        Raises:
            CorruptStoreError: Something does not fit; the message names the first such thing.
        """
        self._database.check()
        with self._database.reading() as connection:
            return reading.verify(connection, progress=progress)

    def back_up(
        self, destination: Path, *, progress: Callable[[int], None] | None = None
    ) -> Soundness:
        """Write one state of the store to a file, verified, while others read and add.

        Args:
            destination: A file that is not there yet; `restore` makes a store of it.
            progress: Called now and then with the share copied, in percent.

        Raises:
            StoreError: The file is there already or cannot be written.
            CorruptStoreError: What was copied does not fit its hashes.
        """
        return copies.back_up(self._database, destination, progress=progress)

    def close(self) -> None:
        """Let go of the database; the object is of no use afterwards."""
        self._database.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


def _listings(connection: Connection, version: HeldVersion) -> Iterator[Listing]:
    roll = reading.roll_of(connection, version.number)
    return reading.listings(connection, roll.pairs())
