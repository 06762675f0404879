"""Which entries of several lists are one target: read once, and again when it has changed."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from article41.faces.cli.targets_kept import CLUSTERS_NAME, Links, read_links
from article41.store.asking import written
from article41.store.generation import DATABASE_NAME


class KeptLinks:
    """The links between the lists of a store as they are now.

    Args:
        folder: Of the store.
    """

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._clusters, self._database = folder / CLUSTERS_NAME, folder / DATABASE_NAME
        self._kept: tuple[tuple[int, ...], Links] | None = None

    def also_listed(
        self, keys: set[str], *, as_of: date | None, known_at: datetime | None
    ) -> Mapping[str, tuple[str, ...]] | None:
        """The other entries of the targets that some entries name; absent if nobody can tell.

        Args:
            keys: The entries.
            as_of: Leaves out what had not been listed yet, or no longer was, on the day.
            known_at: Gives nothing that rests on what was learned after it.

        Raises:
            StoreError: There is no store.
        """
        if not keys:
            return {}
        # Looked at before it is read: a write in between is seen at the next question.
        stamp = (*written(self._clusters), *written(self._database))
        kept = self._kept
        if kept is None or kept[0] != stamp:
            kept = self._kept = (stamp, read_links(self._folder))
        return kept[1].also_listed(keys, as_of=as_of, known_at=known_at).by_key
