"""Entries that wait for the disk, and whoever waits for them."""

import threading
from collections.abc import Callable, Sequence

from article41.casework.audit.entries import Drafted, Receipt
from article41.model.errors import BrokenAuditError, RecordError

MayLeave = Callable[[Sequence[Receipt]], None]
"""Told that answers are on record and may leave."""


class Ticket:
    """Entries that wait to be written together with those of others.

    Args:
        drafts: The entries.
        may_leave: Told when their answers may leave; absent for who waits until it is signed.
    """

    def __init__(self, drafts: Sequence[Drafted], may_leave: MayLeave | None) -> None:
        """Nothing is written yet."""
        self.drafts = drafts
        self.first: int | None = None
        """The place of the first in the record, once it is known."""
        self.is_done = False
        self.told = threading.Lock()
        """Held until it is written, or is to write all that waits."""
        self.told.acquire()
        self.error: RecordError | BrokenAuditError | None = None
        self.may_leave = may_leave

    def receipts(self) -> list[Receipt]:
        """What is handed back, once it is written."""
        return [
            Receipt(
                id=one.id,
                index=None if self.first is None else self.first + number,
                disclosure=one.disclosure,
            )
            for number, one in enumerate(self.drafts)
        ]

    def end(self, error: RecordError | BrokenAuditError | None) -> None:
        """Tell that it is written, or why it is not.

        Args:
            error: Why.
        """
        self.is_done, self.error = True, error
        if error is None and self.may_leave is not None:
            self.may_leave(self.receipts())
        self.told.release()
