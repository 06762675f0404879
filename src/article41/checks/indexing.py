"""Keeps the index of a store in step with what the store holds."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from article41.match import (
    SCORER,
    About,
    IndexCounts,
    IndexedList,
    IndexRecord,
    ListStanding,
    build_index,
)
from article41.store import Standing, TimedListing, at_work
from article41.store.kept import code_sha256

if TYPE_CHECKING:
    from article41.store import Store

INDEX_FILE = "names.index"
"""The index, beside the database of the store."""
PROGRESS_EVERY = 1000
MOMENT_MAX = datetime.max.replace(tzinfo=UTC)
"""Stands for "not ended" while moments are compared."""


class IndexUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """An index built anew."""

    path: Path
    """The file."""
    counts: IndexCounts
    """What it holds."""


def refresh_index(store: "Store", *, progress: Callable[[int], None] | None = None) -> IndexUpdate:
    """Build the index of everything that a store holds and swap it in.

    Args:
        store: What to index.
        progress: Called now and then with the number of records taken so far.

    Raises:
        IndexFileError: The file cannot be written.
        CorruptStoreError: The store is damaged.

    Example:
        >>> import tempfile
        >>> from article41.store import Store
        >>> with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        ...     refresh_index(store).counts.names
        0
    """
    # The generation is read first: what is added meanwhile makes the index old, never new.
    with at_work(store.folder):
        about = About(
            generation=store.generation,
            lists=tuple(indexed_lists(store)),
            scorer=SCORER,
            code=indexing_code(),
        )
        path = store.folder / INDEX_FILE
        counts = build_index(path, _records(store, about, progress), about=about)
    return IndexUpdate(path=path, counts=counts)


def indexing_code() -> str:
    """The hash of all code that decides what is indexed, found and linked."""
    return code_sha256("checks", "match", "model", "store")


def _records(
    store: "Store", about: About, progress: Callable[[int], None] | None
) -> Iterator[IndexRecord]:
    standings_by_list = {one.list_id: one.standings for one in about.lists}
    for number, timed in enumerate(store.records(), start=1):
        if progress is not None and number % PROGRESS_EVERY == 0:
            progress(number)
        yield IndexRecord(
            listing=timed.listing,
            version_sha256=timed.version.sha256,
            published=_published(timed, standings_by_list.get(timed.version.list_id, ())),
            form=timed.form,
            listed=timed.listed,
            narrowed_by=timed.narrowed_by,
            known_from=timed.known_from,
            known_until=timed.known_until,
        )


def _published(timed: TimedListing, standings: tuple[ListStanding, ...]) -> date | None:
    """The day of the version's last publication within the interval, as known to its end."""
    day_end, known_end = timed.form.ended_by or date.max, timed.known_until or MOMENT_MAX
    return next(
        (
            one.published
            for one in reversed(standings)
            if one.sha256 == timed.version.sha256
            and one.day < day_end
            and one.known_from < known_end <= (one.known_until or MOMENT_MAX)
        ),
        timed.version.published,
    )


def indexed_lists(store: "Store") -> Iterator[IndexedList]:
    """Every list of a store as an index holds it, without what the index says of its names."""
    for list_id, standings in groupby(store.standings_ever(), key=lambda one: one.version.list_id):
        yield _list(list_id, tuple(standings))


def _list(list_id: str, standings: tuple[Standing, ...]) -> IndexedList:
    pasts = {
        one.version.sha256: past
        for one in standings
        if (past := one.version.report.past) is not None
    }
    return IndexedList(
        list_id=list_id,
        authority=standings[-1].version.authority,
        standings=tuple(map(_indexed, standings)),
        pasts=tuple(pasts.items()),
    )


def _indexed(standing: Standing) -> ListStanding:
    version, sighting = standing.version, standing.sighting
    return ListStanding(
        day=standing.day,
        known_from=standing.known_from,
        known_until=standing.known_until,
        sha256=version.sha256,
        published=sighting.published,
        published_is_stated=sighting.published_is_stated,
        listings=version.entries,
        gaps=version.report.gaps,
    )
