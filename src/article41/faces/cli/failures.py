"""How a failure leaves the command line: one line, a hint, and an exit code from one table."""

from article41.faces.cli.writing import notice
from article41.model.errors import (
    ActError,
    Article41Error,
    CaseError,
    IndexFileError,
    InputError,
    SourceError,
    StoreError,
)
from article41.model.letters import legible

EXIT_CODES: dict[type[Article41Error], int] = {
    InputError: 2,
    ActError: 2,
    SourceError: 3,
    StoreError: 4,
    IndexFileError: 5,
    CaseError: 7,
    Article41Error: 1,
}
"""By the error's class or the nearest class above it; 2 is also a wrong command line."""
EXIT_FEEDS = 6
"""Some list could not be brought up to date; the others were."""
EXIT_INTERRUPTED = 130
"""Ended by Ctrl-C."""


def report(error: Article41Error) -> int:
    """Write an error to stderr and give the exit code."""
    notice(f"error: {legible(str(error))}")
    if error.hint:
        notice(f"hint: {legible(error.hint)}")
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def report_interruption() -> int:
    """Write that somebody ended the command and give the exit code."""
    notice("interrupted")
    return EXIT_INTERRUPTED
