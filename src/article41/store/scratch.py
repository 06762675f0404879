"""Folders for a while: they go away with the block, and with the next one if a process was killed.

Whoever uses one holds a lock on it, which ends with the process, however that ends.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "article41.{}."
_OURS = re.compile(r"article41\.[a-z]+\.[A-Za-z0-9_]{8}")
"""How they are called; what else begins with the name of the program is nothing of theirs."""
_WITHIN = "in"


@contextmanager
def scratch_folder(kind: str) -> Iterator[Path]:
    """An empty folder of one's own until the block ends; those whose users died go away first.

    Args:
        kind: What it is for, as its name says.

    Example:
        >>> with scratch_folder("example") as folder:
        ...     list(folder.iterdir())
        []
        >>> folder.exists()
        False
    """
    _remove_left()
    outer, handle = _locked(kind)
    try:
        # A store locks its own folder, so that the one in use is within.
        folder = outer / _WITHIN
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(outer, ignore_errors=True)
        os.close(handle)


def remove_scratch(folder: Path) -> None:
    """Remove a folder whose user is known to have died; what is gone already is no failure."""
    if _OURS.fullmatch(folder.parent.name):
        shutil.rmtree(folder.parent, ignore_errors=True)


def _locked(kind: str) -> tuple[Path, int]:
    """A new folder and the lock on it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX.format(kind)))
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue  # Somebody else took it for left before it was locked.
        with suppress(OSError):  # A file system without locks: nobody can tell that it is left.
            fcntl.flock(handle, fcntl.LOCK_EX)
        if folder.exists():
            return folder, handle
        os.close(handle)


def _remove_left() -> None:
    """Remove what processes left that were killed: of our own, and locked by nobody."""
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if _OURS.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_if_left(entry.path)


def _remove_if_left(path: str) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_uid == os.getuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(handle)
