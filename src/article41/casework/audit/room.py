"""Whether entries can be written to a record, seen before somebody asks."""

import os
import secrets
from typing import TYPE_CHECKING

from article41.casework.audit.ledger import ENTRIES_FILE, write_at
from article41.casework.audit.writing import not_writable
from article41.store.syncing import ONLY_OWNER

if TYPE_CHECKING:
    from article41.casework.audit.record import Record

TRIAL_BYTES = 65_536
"""Bytes for which there must be room."""


def see_writable(record: "Record", *, is_tried: bool) -> None:
    """See whether entries can be written to a record; none is.

    Args:
        record: The record.
        is_tried: True to write a file beside them, which is removed again; else that is done only
            where the disk says that it is full.

    Raises:
        RecordError: They cannot be written.
        BrokenAuditError: The record does not add up.
    """
    if is_tried:
        record.settle()
    try:
        # One that is open already may be one that could not be opened any more.
        os.close(os.open(record.ledger.path(ENTRIES_FILE), os.O_WRONLY | os.O_CLOEXEC))
        if is_tried or not os.statvfs(record.folder).f_bavail:
            _try(record)
    except OSError as error:
        raise not_writable(record.folder, error) from error


def _try(record: "Record") -> None:
    # Several workers may try at once.
    path = record.ledger.path(f"trial-{secrets.token_hex(4)}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, ONLY_OWNER)
    try:
        write_at(handle, bytes(TRIAL_BYTES), 0)
        os.fdatasync(handle)
    finally:
        os.close(handle)
        path.unlink()
