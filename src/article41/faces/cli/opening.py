"""Opens what a command asks: a store that is there, or its index, built anew if out of step."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from article41.checks import INDEX_FILE, Screener, refresh_index
from article41.faces.cli.writing import notice
from article41.faces.settings import feeds_file
from article41.model.errors import IndexFileError
from article41.sources.registry import Feed, load_feeds
from article41.store import read_generation

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
    anew, and stderr says so.

    Raises:
        StoreError: There is no store, or it holds no list.
        IndexFileError: The index cannot be written.
        FormatError: The file of feeds is wrong.
    """
    try:
        return Screener(folder, feeds=known_feeds(folder))
    except IndexFileError as error:
        why = str(error) if (folder / INDEX_FILE).exists() else f"`{folder}` has no index yet"
    notice(f"note: {why}; building it")
    with opened_store(folder) as store:
        refresh_index(store)
    return Screener(folder, feeds=known_feeds(folder))


def known_feeds(folder: Path) -> Mapping[str, Feed]:
    """Where the lists of a store come from, with what the user's file changes.

    Raises:
        FormatError: That file is wrong, or the one that the environment names is missing.
    """
    return load_feeds(feeds_file(folder))
