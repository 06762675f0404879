"""Keeps the index of a store in step with what the store holds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from article41.match import About, IndexCounts, IndexRecord, ListCoverage, build_index
from article41.store import HeldVersion

if TYPE_CHECKING:
    from article41.store import Store

INDEX_FILE = "names.index"
"""The index, beside the database of the store."""
PROGRESS_EVERY = 1000


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
    about = About(generation=store.generation, lists=_coverage(store))
    path = store.folder / INDEX_FILE
    counts = build_index(path, _records(store, progress), about=about)
    return IndexUpdate(path=path, counts=counts)


def _records(store: "Store", progress: Callable[[int], None] | None) -> Iterator[IndexRecord]:
    for number, timed in enumerate(store.records(), start=1):
        if progress is not None and number % PROGRESS_EVERY == 0:
            progress(number)
        yield IndexRecord(
            listing=timed.listing,
            version_sha256=timed.version.sha256,
            published=timed.version.published,
            valid_from=timed.valid_from,
            valid_until=timed.valid_until,
            known_from=timed.known_from,
            known_until=timed.known_until,
        )


def _coverage(store: "Store") -> tuple[ListCoverage, ...]:
    versions_by_list: dict[str, list[HeldVersion]] = {}
    for version in store.versions():
        versions_by_list.setdefault(version.list_id, []).append(version)
    return tuple(_of_list(versions) for versions in versions_by_list.values())


def _of_list(versions: list[HeldVersion]) -> ListCoverage:
    newest, oldest = versions[-1], versions[0]
    return ListCoverage(
        list_id=newest.list_id,
        authority=newest.authority,
        sha256=newest.sha256,
        published=None if newest.published is None else newest.published.isoformat(),
        published_is_stated=newest.published_is_stated,
        known_from=newest.known_from.isoformat(),
        listings=newest.entries,
        first_day=oldest.stands_from.isoformat(),
        gaps=newest.report.gaps,
    )
