"""Tells whether somebody is at work on a store, for as long as that takes.

Whoever is shares a lock on the folder itself: a process that dies leaves nothing behind. It keeps
nobody out; the database does that. It only tells readers that they need not bring things in step.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TRIES = 10
_TRY_EVERY_S = 0.001


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Let `is_at_work` be true of a folder until the block ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        _share(handle)
        yield
    finally:
        os.close(handle)


def is_at_work(folder: Path) -> bool:
    """True if somebody, in this process or another, is at work on the store in a folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False  # Opening the store says what is wrong.
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # A file system without such locks, as some networks have.
    else:
        return False
    finally:
        os.close(handle)


def _share(handle: int) -> None:
    # A reader that looks holds the folder for microseconds. Nobody waits for longer: the whole
    # command may have been started under a lock on the folder (`flock FOLDER article41 ...`).
    with suppress(OSError):
        for _ in range(_TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_TRY_EVERY_S)
            else:
                return
