"""What was linked, read in a few milliseconds: `match` shows it and links nothing itself."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import msgspec

from article41.checks.indexing import indexing_code
from article41.faces.cli.rendering import moment_words
from article41.model.clocks import Bounds, may_have_held
from article41.store import read_generation
from article41.store.generation import read_newest_decision
from article41.store.kept import kept

CLUSTERS_NAME = "clusters.cache"
"""What was linked, beside the database; it may be removed and is made again."""
OUTDATED = (
    "links between lists are older than the store or this program; "
    "renew them with `article41 clusters show`"
)
UNREAD = "links between lists cannot be read; let `{path}` be read, or remove it: {why}"


class AlsoListed(msgspec.Struct, frozen=True, kw_only=True):
    """The other entries of the targets that some entries name, or why nobody can tell."""

    by_key: Mapping[str, tuple[str, ...]] | None
    """Their keys, where there are any; absent where they cannot be told."""
    why: str = ""
    """Why they cannot; empty if nothing was linked ever."""


class _Kept(msgspec.Struct):
    """What `match` needs of the kept clusters."""

    known_from: datetime
    clusters: tuple[tuple[str, ...], ...]


class _Listed(msgspec.Struct):
    """What it needs for a day, which takes longer to read."""

    listed: dict[str, tuple[Bounds, ...]]


def clusters_key(folder: Path) -> tuple[str, ...]:
    """All that decides the clusters of a store: what was added, the last decision, and the code.

    Raises:
        StoreError: There is no store in the folder.
    """
    return read_generation(folder), read_newest_decision(folder), indexing_code()


class Links:
    """What was linked, as it was read once, or why it cannot be told.

    Args:
        body: What was kept; absent if nothing can be told.
        why: Why not; empty if nothing was linked ever.
    """

    def __init__(self, body: bytes | None, why: str = "") -> None:
        """Read what every question needs."""
        self._body = body
        self._why = why
        self._held = None if body is None else msgspec.msgpack.decode(body, type=_Kept)

    def also_listed(
        self, keys: set[str], *, as_of: date | None, known_at: datetime | None
    ) -> AlsoListed:
        """The other entries of the targets that some entries name.

        Args:
            keys: The entries.
            as_of: Leaves out what had not been listed yet, or no longer was, on the day.
            known_at: Links rest on all that the store knew when they were made: on what it learned
                after this moment too, unless that was nothing.
        """
        held = self._held
        if held is None:
            return AlsoListed(by_key=None, why=self._why)
        if known_at is not None and known_at < held.known_from:
            moment = moment_words(known_at)
            why = f"links between lists rest on what was learned after {moment}: none is shown"
            return AlsoListed(by_key=None, why=why)
        by_key = {
            key: tuple(other for other in cluster if other != key)
            for cluster in held.clusters
            for key in cluster
            if key in keys
        }
        return AlsoListed(by_key=by_key if as_of is None else self._on(as_of, by_key))

    def _on(self, day: date, by_key: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Only the entries that stood or may have stood on a day."""
        return {
            key: tuple(other for other in others if may_have_held(self._listed.get(other, ()), day))
            for key, others in by_key.items()
        }

    @cached_property
    def _listed(self) -> dict[str, tuple[Bounds, ...]]:
        return msgspec.msgpack.decode(self._body or b"", type=_Listed).listed


def read_links(folder: Path) -> Links:
    """What was linked in a store.

    Raises:
        StoreError: There is no store in the folder.
    """
    path = folder / CLUSTERS_NAME
    if not path.exists():
        return Links(None)
    try:
        body = kept(path, clusters_key(folder))
    except OSError as error:
        return Links(None, UNREAD.format(path=path, why=error.strerror))
    return Links(body) if body is not None else Links(None, OUTDATED)


def also_listed(
    folder: Path, keys: set[str], *, as_of: date | None = None, known_at: datetime | None = None
) -> AlsoListed:
    """The other entries of the targets that some entries name, as far as they were linked.

    Args:
        folder: Of the store.
        keys: The entries.
        as_of: Leaves out what had not been listed yet, or no longer was, on the day.
        known_at: As `Links.also_listed` has it.
    """
    return read_links(folder).also_listed(keys, as_of=as_of, known_at=known_at)
