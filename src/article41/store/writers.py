"""Tells whether somebody is at work on a store, and lets one run of updates follow another.

Whoever is at work shares a lock on the folder itself: a process that dies leaves nothing behind. It
keeps nobody out; the database does that. It only tells readers that they need not bring things in
step. Updates have a lock of their own, which does keep the next one out.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UPDATE_LOCK = "update.lock"
"""An empty file in the folder of a store; whoever updates its lists holds a lock on it."""
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


@contextmanager
def updating_alone(folder: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Let the block begin when nobody else updates the lists of a store, and keep others out.

    What two fetched at once could be added in the wrong order, and an older list stand as the
    newest. A process that dies lets go of the lock.

    Args:
        folder: Of the store.
        waiting: Called once if somebody else is updating, before the wait until they have ended.
    """
    try:
        handle = os.open(folder / UPDATE_LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield  # Where nothing can be written, the database refuses whoever adds.
        return
    try:
        # A file system without such locks, as some networks have, keeps nobody out.
        with suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
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
