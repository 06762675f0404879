"""Opens what a command asks: a store that is there, or its index, built anew if out of step."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from article41.checks import INDEX_FILE, Behind, Screener, refresh_index
from article41.faces.cli.writing import notice
from article41.faces.settings import feeds_file
from article41.model.errors import IndexFileError
from article41.sources.registry import Feed, load_feeds
from article41.store import is_at_work, read_generation

if TYPE_CHECKING:
    from article41.store import Store


@contextmanager
def opened_store(folder: Path) -> Iterator["Store"]:
    """The store in a folder; only `lists add` makes one where none is.

    Raises:
        StoreError: There is none.
    """
    read_generation(folder)
    from article41.store import Store

    with Store(folder) as store:
        yield store


def open_screener(folder: Path) -> Screener:
    """The screener of a store.

    An index that is missing, unusable, older than the store or built by another release is built
    anew, and stderr says so. One that is merely older is asked as it is while somebody is at work
    on the store: they build it when they have finished, and the answers say what it lacks.

    Raises:
        StoreError: There is no store, or it holds no list.
        IndexFileError: The index cannot be written.
        FormatError: The file of feeds is wrong.
    """
    # Looked at first: if they finish meanwhile, their index is the one that is opened.
    is_awaited = is_at_work(folder)
    feeds = known_feeds(folder)
    try:
        screener = Screener(folder, feeds=feeds, behind=Behind.TELL)
        if not screener.is_behind:
            return screener
        why = f"the index of `{folder}` is older than what the store holds"
        if is_awaited:
            notice(f"note: {why}, to which somebody is adding; asking it as it is")
            return screener
    except IndexFileError as error:
        why = str(error) if (folder / INDEX_FILE).exists() else f"`{folder}` has no index yet"
    notice(f"note: {why}; building it")
    with opened_store(folder) as store:
        refresh_index(store)
    # Somebody may have begun to add while it was built.
    return Screener(folder, feeds=feeds, behind=Behind.TELL)


def known_feeds(folder: Path) -> Mapping[str, Feed]:
    """Where the lists of a store come from, with what the user's file changes.

    Raises:
        FormatError: That file is wrong, or the one that the environment names is missing.
    """
    return load_feeds(feeds_file(folder))
