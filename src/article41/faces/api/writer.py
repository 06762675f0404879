"""Writes to the record, and remembers whether that fails: nothing is answered then.

The server's log has a line when it begins to fail, and one when it no longer does.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from article41.casework.audit import Asked, MayLeave, Receipt, see_writable
from article41.faces.recording import Recorder
from article41.model.errors import BrokenAuditError, RecordError

_LOG = logging.getLogger("article41.server")
_Failure = RecordError | BrokenAuditError


class Writer:
    """Writes to one record.

    Args:
        recorder: Of the record.
        failed: Told of each time that it failed.
    """

    def __init__(self, recorder: Recorder, *, failed: Callable[[], None] = lambda: None) -> None:
        """Nothing has failed yet."""
        self._recorder = recorder
        self._failed = failed
        self._changing = threading.Lock()
        self._failure: _Failure | None = None

    def write(self, asked: Sequence[Asked], *, may_leave: MayLeave | None = None) -> list[Receipt]:
        """Put answers on record, as the recorder does.

        Raises:
            RecordError: They cannot be written: no answer may leave.
            BrokenAuditError: The record does not add up.
        """
        try:
            receipts = self._recorder.write(asked, may_leave=may_leave)
        except (RecordError, BrokenAuditError) as error:
            self._failed()
            self._note(error)
            raise
        self._note(None)
        return receipts

    def settle(self) -> None:
        """Sign for all that is on record, as the recorder does.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        self._recorder.settle()

    def see_writable(self) -> None:
        """See whether answers can be put on record; where that failed last, it is tried.

        Raises:
            RecordError: They cannot.
            BrokenAuditError: The record does not add up.
        """
        if not self._recorder.is_on:
            return
        try:
            see_writable(self._recorder.record, is_tried=self._failure is not None)
        except (RecordError, BrokenAuditError) as error:
            self._note(error)
            raise
        self._note(None)

    def _note(self, failure: _Failure | None) -> None:
        # Nearly always nothing changes, and nobody is to wait for that.
        if (failure is None) == (self._failure is None):
            return
        with self._changing:
            before, self._failure = self._failure, failure
            if failure is not None and before is None:
                _LOG.error("%s; %s", failure.message, failure.hint)
            elif failure is None and before is not None:
                _LOG.warning("answers can be put on record again")
