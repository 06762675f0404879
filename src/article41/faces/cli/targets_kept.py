"""What was linked, read in a few milliseconds: `match` shows it and links nothing itself."""

from contextlib import suppress
from pathlib import Path

import msgspec

from article41.store import read_generation

CLUSTERS_NAME = "clusters.cache"
"""What was linked, beside the database; it may be removed and is made again."""


class _Kept(msgspec.Struct):
    """What `match` needs of the kept clusters."""

    generation: str
    clusters: tuple[tuple[str, ...], ...]


def also_listed(folder: Path, keys: set[str]) -> dict[str, tuple[str, ...]]:
    """The other entries of the targets that some entries name, as far as they were linked."""
    with suppress(OSError, msgspec.MsgspecError):
        kept = msgspec.msgpack.decode((folder / CLUSTERS_NAME).read_bytes(), type=_Kept)
        if kept.generation == read_generation(folder):
            return {
                key: tuple(other for other in cluster if other != key)
                for cluster in kept.clusters
                for key in cluster
                if key in keys
            }
    return {}
