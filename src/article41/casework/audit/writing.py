"""Appends to the entries of a record, under its lock; what it opens it holds open.

Where files were replaced, as by a copy that was put back, those that stand there now are opened.
"""

import fcntl
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from article41.casework.audit.ledger import ENTRIES_FILE, Ledger, write_at
from article41.model.errors import RecordError
from article41.store.syncing import ONLY_OWNER

LOCK_FILE = "lock"
"""An empty file; whoever writes holds a lock on it."""


class Writing:
    """Writes to one record; all but `lock` is for who holds the lock.

    Args:
        ledger: The files.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Open nothing yet."""
        self._ledger = ledger
        # The lock of the file keeps other processes out, and threads of this one let each other in.
        self._alone = threading.Lock()
        self._lock: int | None = None
        self._entries: int | None = None
        self._is_begun = False

    def __del__(self) -> None:
        """Close what is open."""
        self.close()

    def close(self) -> None:
        """Close what is open; it is opened again when it is needed."""
        for handle in (self._lock, self._entries):
            if handle is not None:
                os.close(handle)
        self._lock = self._entries = None

    def lock(self) -> None:
        """Wait until nobody else writes.

        Raises:
            OSError: The folder cannot be written to.
        """
        self._alone.acquire()
        try:
            while True:
                if self._lock is None:
                    self._lock = self._opened_lock()
                fcntl.flock(self._lock, fcntl.LOCK_EX)
                if _is_at(self._lock, self._ledger.path(LOCK_FILE).stat()):
                    self._is_begun = True
                    return
                self.close()
        except BaseException:
            self.close()
            self._alone.release()
            raise

    def unlock(self) -> None:
        """Let others write."""
        assert self._lock is not None
        fcntl.flock(self._lock, fcntl.LOCK_UN)
        self._alone.release()

    def size(self) -> int:
        """How many bytes the entries have.

        Raises:
            OSError: They cannot be opened.
        """
        path = self._ledger.path(ENTRIES_FILE)
        seen = path.stat()
        if self._entries is not None and not _is_at(self._entries, seen):
            os.close(self._entries)
            self._entries = None
        if self._entries is None:
            self._entries = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        return seen.st_size

    def followed(self, end: int) -> int | None:
        """Where the entries end, if nothing but whole lines was added to those written before.

        Args:
            end: Where those ended.

        Returns:
            Nothing if it is another file, a shorter one, or one that ends within a line.

        Raises:
            OSError: They cannot be read.
        """
        seen, handle = self._ledger.path(ENTRIES_FILE).stat(), self._entries
        if handle is None or not _is_at(handle, seen) or seen.st_size < end:
            return None
        is_whole = seen.st_size == end or os.pread(handle, 1, seen.st_size - 1) == b"\n"
        return seen.st_size if is_whole else None

    def append(self, lines: Sequence[bytes], end: int, *, is_synced: bool) -> int:
        """Append to the entries, wholly or not at all, and give where they end; after `size`.

        Args:
            lines: The entries.
            end: Where those before them end.
            is_synced: True to wait until the disk has them.

        Raises:
            OSError: They cannot be written.
        """
        handle = self._entries
        assert handle is not None
        data = b"".join([line + b"\n" for line in lines])
        try:
            write_at(handle, data, end)
            if is_synced:
                os.fdatasync(handle)
        except OSError:
            os.ftruncate(handle, end)
            raise
        return end + len(data)

    def _opened_lock(self) -> int:
        path, how = self._ledger.path(LOCK_FILE), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            return os.open(path, how, ONLY_OWNER)
        except FileNotFoundError:
            if self._is_begun:
                raise  # It was moved away: whoever puts it back is to find its place free.
            self._ledger.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return os.open(path, how, ONLY_OWNER)


def _is_at(handle: int, seen: os.stat_result) -> bool:
    """True if an open file is the one that was seen at its place."""
    return os.path.samestat(os.fstat(handle), seen)


def not_writable(folder: Path, error: OSError) -> RecordError:
    """What is told of a record to which nothing can be written.

    Args:
        folder: Of the record.
        error: Why.
    """
    return RecordError(
        f"the record `{folder}` cannot be written: {error.strerror}",
        hint="nothing is answered that is not on record: make room or let the folder be written",
    )
