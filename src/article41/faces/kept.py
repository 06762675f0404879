"""Keeps what can be made anew in the user's folder: the catalogue, the demonstration's store."""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from article41.faces.settings import cache_folder
from article41.law.packing import keep_in

_CODE = "code.sha256"
_DEMONSTRATION = "demonstration"
_PACKAGE = Path(__file__).parent.parent
_FILES = msgspec.msgpack.Decoder(dict[str, bytes])


class Kept:
    """Files of one folder, each with its checksum over its key, the code and its bytes.

    Args:
        folder: Says which folder, if there is to be one; it is made when something is kept.
        code: The folders of the package that decide what is kept.
    """

    def __init__(self, folder: Callable[[], Path | None], *code: str) -> None:
        """Nothing is looked at before something is asked for."""
        self._folder = folder
        self._code = code

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

        return key, code_sha256(*self._code)


def keep_law() -> None:
    """Keep the catalogue in the user's folder, if there is to be one."""
    keep_in(Kept(cache_folder, "law", "model"))


def put_demonstration(folder: Path) -> None:
    """Put the store of the demonstration lists into a folder: the one that is kept, else made anew.

    Each who asks has a copy of it, so that nobody else's is changed; what is damaged, or was made
    of other facts or by other code, is as good as absent.

    Args:
        folder: Where; an empty folder.
    """
    place = Kept(cache_folder, "checks", "faces/demonstration", "match", "model", "store")
    files = _unpacked(place.kept(_DEMONSTRATION, ""))
    if files:
        for name, body in files.items():
            (folder / name).write_bytes(body)
        return
    from article41.faces.demonstration import demonstration_store

    demonstration_store(folder)
    made = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    place.keep(_DEMONSTRATION, "", msgspec.msgpack.encode(made))


def kept_code_sha256(*folders: str) -> str:
    """The hash of all code in some folders of the package, worked out once for each state of them.

    A file counts as the one that was hashed while its size and its time stay.
    """
    from article41.store.kept import code_sha256

    place = cache_folder()
    if place is None:
        return code_sha256(*folders)
    state = _state_of(folders)
    path = place / _CODE
    try:
        was, _, sha256 = path.read_text(encoding="ascii").partition(" ")
        if was == state and len(sha256) == len(state):
            return sha256
    except (OSError, UnicodeDecodeError):
        pass  # It is kept below.
    sha256 = code_sha256(*folders)
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        beside = place / f".{_CODE}.{os.urandom(8).hex()}"
        beside.write_text(f"{state} {sha256}", encoding="ascii")
        beside.replace(path)
    return sha256


def _state_of(folders: Iterable[str]) -> str:
    """A hash over the names, sizes and times of all files in some folders of the package."""
    digest = hashlib.sha256()
    waiting = [str(_PACKAGE / folder) for folder in folders]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                    continue
                stat = entry.stat()
                digest.update(f"{entry.path}\n{stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _unpacked(body: bytes | None) -> dict[str, bytes]:
    try:
        files = _FILES.decode(body or b"\x80")
    except msgspec.DecodeError:
        return {}
    # Names come from a file that anybody may have written: none leads out of the folder.
    return files if all(Path(name).name == name for name in files) else {}
