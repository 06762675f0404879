"""How a failure leaves the command line: one line, a hint, and an exit code from one table."""

from typing import IO, Any

import click

from article41.model.errors import (
    Article41Error,
    IndexFileError,
    InputError,
    SourceError,
    StoreError,
)

EXIT_CODES: dict[type[Article41Error], int] = {
    InputError: 2,
    SourceError: 3,
    StoreError: 4,
    IndexFileError: 5,
    Article41Error: 1,
}
"""By the error's class or the nearest class above it; 2 is also a wrong command line."""
EXIT_INTERRUPTED = 130
"""Ended by Ctrl-C."""


class Failure(click.ClickException):
    """An error of ours on its way out."""

    def __init__(self, error: Article41Error) -> None:
        """Keep its sentence and its hint."""
        super().__init__(str(error))
        self.hint = error.hint
        self.exit_code = next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)

    # Any: as click declares it.
    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line and the hint to stderr."""
        click.echo(f"error: {self.message}", file=file, err=True)
        if self.hint:
            click.echo(f"hint: {self.hint}", file=file, err=True)


class Interruption(click.ClickException):
    """Ctrl-C on its way out."""

    exit_code = EXIT_INTERRUPTED

    def __init__(self) -> None:
        """Say no more than that."""
        super().__init__("interrupted")

    # Any: as click declares it.
    def show(self, file: IO[Any] | None = None) -> None:
        """Write one word to stderr."""
        click.echo(self.message, file=file, err=True)
