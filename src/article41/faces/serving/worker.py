"""What each worker of the server runs: the application and the page, with the record."""

import gc
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from functools import partial
from pathlib import Path

from article41.faces.api.application import application as application_of
from article41.faces.api.guarding import Guarded
from article41.faces.recording import recorder
from article41.faces.settings import COUNTS_VARIABLE, origins, recording, store_folder
from article41.faces.web.pages import add_page
from article41.store.scratch import remove_scratch

_LOG = logging.getLogger("article41.server")
COLLECTED_AFTER = (20_000, 10, 10)
"""Objects more than before, and collections of the young, before the collector goes through them;
Python's own number is 700."""
BY = "server:"
"""By whom what no key asked is recorded; nothing is."""


def application() -> Guarded:
    """The application for the store that the environment names.

    Raises:
        Article41Error: The lists or the record cannot be opened.
    """
    threading.Thread(target=_end_when_alone, daemon=True).start()
    folder = store_folder(None)
    record = recorder(folder, by=BY, recording=recording(), told=_LOG.warning)
    # Opened now: a record that does not add up is told before the first question.
    _ = record.record
    page = partial(add_page, origins=origins())
    served = application_of(folder, record, extensions=(page,))
    _leave_alone_what_stays()
    return served


def _leave_alone_what_stays() -> None:
    """Keep the collector from going through the law and the index again and again.

    It would hold up every question that comes meanwhile; and of what a question makes hardly
    anything refers to itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _end_when_alone() -> None:
    """End as if asked to when whoever started this worker is gone: nobody else would end it."""
    starter = multiprocessing.parent_process()
    if starter is not None:
        multiprocessing.connection.wait([starter.sentinel])
        if counts := os.environ.get(COUNTS_VARIABLE):
            remove_scratch(Path(counts))
        os.kill(os.getpid(), signal.SIGTERM)
