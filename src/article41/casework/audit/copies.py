"""Copies a record while others write to it: all that one checkpoint signs for, and no more.

Entries are only appended, so that what a checkpoint signs for stays where it is. A copy is gone
through before it is given its name, and never replaces anything.
"""

import os
import tempfile
from pathlib import Path

from article41.casework.audit.keys import KEY_FILE
from article41.casework.audit.ledger import (
    CHECKPOINT_FILE,
    ENTRIES_FILE,
    PLACE_BYTES,
    PLACES_FILE,
    TREE_FILE,
    Ledger,
)
from article41.casework.audit.merkle import HASH_BYTES, kept_count
from article41.casework.audit.notes import read_checkpoint
from article41.casework.audit.record import Record
from article41.casework.audit.verifying import Audited, verify_record
from article41.model.errors import BrokenAuditError, RecordError
from article41.store.syncing import ONLY_OWNER, sync_folder

_CHUNK_BYTES = 1 << 20


def back_up(record: Record, destination: Path) -> Audited:
    """Copy a record to a folder of its own, with its key, so that the copy can go on as the record.

    Args:
        record: What is copied; others may write to it meanwhile.
        destination: A folder that is not there yet.

    Raises:
        RecordError: It is there already, or cannot be written.
        BrokenAuditError: The record does not add up.
    """
    if os.path.lexists(destination):
        raise RecordError(
            f"`{destination}` is there already, and nothing is ever replaced",
            hint="give another name, or move it away first",
        )
    try:
        with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".backup-") as scratch:
            copy = Path(scratch, "record")
            copy.mkdir(mode=0o700)
            _copy(record.ledger, record.note(), copy)
            audited = verify_record(copy)
            if audited.faults:
                raise BrokenAuditError(
                    f"the record `{record.folder}` is not whole: {audited.faults[0].words}",
                    hint="`article41 audit verify` says all that was changed; nothing was copied",
                )
            copy.rename(destination)
        sync_folder(destination.parent)
    except OSError as error:
        raise RecordError(
            f"`{destination}` cannot be written: {error.strerror}",
            hint="name a folder that you may write to, on a disk with room for the record",
        ) from error
    return audited


def _copy(ledger: Ledger, note: str, copy: Path) -> None:
    size = read_checkpoint(note).size
    for name, length in (
        (ENTRIES_FILE, ledger.end_of(size)),
        (PLACES_FILE, size * PLACE_BYTES),
        (TREE_FILE, kept_count(size) * HASH_BYTES),
        (KEY_FILE, None),
    ):
        if length != 0 or name == ENTRIES_FILE:
            _copy_file(ledger.path(name), copy / name, length)
    (copy / CHECKPOINT_FILE).write_text(note, encoding="utf-8")


def _copy_file(source: Path, copy: Path, length: int | None) -> None:
    """Copy the beginning of a file, or all of it, for its owner alone; on the disk afterwards."""
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    with source.open("rb") as whole, os.fdopen(handle, "wb") as file:
        left = os.fstat(whole.fileno()).st_size if length is None else length
        while part := whole.read(min(left, _CHUNK_BYTES)):
            file.write(part)
            left -= len(part)
        file.flush()
        os.fsync(file.fileno())
