"""Opens what a command asks: the index of a store, built anew first where it is out of step."""

from pathlib import Path

from article41.checks import INDEX_FILE, Screener
from article41.faces.cli.writing import notice
from article41.model.errors import IndexFileError
from article41.store import GENERATION_EMPTY, read_generation


def open_screener(folder: Path) -> Screener:
    """The screener of a store.

    An index that is missing, unusable, or older than the store is built anew, and stderr says so.

    Raises:
        StoreError: There is no store.
        IndexFileError: The store holds no list, or the index cannot be written.
    """
    try:
        return Screener(folder)
    except IndexFileError as error:
        if read_generation(folder) == GENERATION_EMPTY:
            raise
        why = str(error) if (folder / INDEX_FILE).exists() else f"`{folder}` has no index yet"
    notice(f"note: {why}; building it")
    from article41.checks import refresh_index
    from article41.store import Store

    with Store(folder) as store:
        refresh_index(store)
    return Screener(folder)
