"""The user's folder in which the catalogue is kept as it was read."""

from collections.abc import Callable
from pathlib import Path

from article41.faces.settings import cache_folder
from article41.law.packing import keep_in


class KeptLaw:
    """Files of one folder, each with its checksum over its key, the code and its bytes.

    Args:
        folder: Says which folder, if there is to be one; it is made when something is kept.
    """

    def __init__(self, folder: Callable[[], Path | None]) -> None:
        """Nothing is looked at before something is asked for."""
        self._folder = folder

    def kept(self, name: str, key: str) -> bytes | None:
        """What a file holds, if it was kept whole by this code under this key."""
        from article41.store.kept import kept

        folder = self._folder()
        try:
            return kept(folder / f"{name}.packed", self._key(key)) if folder else None
        except OSError:
            return None

    def keep(self, name: str, key: str, body: bytes) -> None:
        """Keep it; a folder in which nothing can be written keeps nothing."""
        from article41.store.kept import keep

        folder = self._folder()
        if folder is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            keep(folder / f"{name}.packed", self._key(key), body)
        except OSError:
            return

    def _key(self, key: str) -> tuple[str, ...]:
        from article41.store.kept import code_sha256

        return key, code_sha256("law", "model")


def keep_law() -> None:
    """Keep the catalogue in the user's folder, if there is to be one."""
    keep_in(KeptLaw(cache_folder))
