"""Files and names of files that must outlast a power cut, and whether one is another by now."""

import os
from pathlib import Path

ONLY_OWNER = 0o600
"""Who may read and write a file: its owner, and nobody else."""

Stamp = tuple[int, int, int]
"""What tells a file from one that takes its place, or was written to: number, time and size."""


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file; None if there is none to be seen."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


def put_file(path: Path, body: bytes) -> None:
    """Put a file for its owner alone in place in one step; it is on the disk when this returns.

    Whoever reads it meets the one before or this one, whole.

    Raises:
        OSError: It cannot be written; the one before is still there.
    """
    # The name is drawn, because numbers of processes are the same in every container.
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, ONLY_OWNER)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
