"""What each worker of the server runs: the application, with the record of the store."""

import logging
from pathlib import Path

from article41.casework.audit import RECORD_FOLDER, Record
from article41.faces.api.application import application as application_of
from article41.faces.api.guarding import Guarded
from article41.faces.settings import store_folder

_LOG = logging.getLogger("article41.server")


def application() -> Guarded:
    """The application for the store that the environment names.

    Raises:
        Article41Error: The lists or the record cannot be opened.
    """
    folder = store_folder(None)
    return application_of(folder, opened_record(folder))


def opened_record(folder: Path) -> Record:
    """The record of a store; what was cut of it is told to whoever runs the server.

    Raises:
        RecordError: It cannot be written to.
        BrokenAuditError: It does not add up.
    """
    return Record.open(folder / RECORD_FOLDER, told=_LOG.warning)
