"""What a command reads: a file by its name, or what is piped in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from article41.model.errors import InputError

STDIN = Path("-")
"""Stands for what is piped in."""


@contextmanager
def opened_source(source: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, or of what is piped in.

    Raises:
        InputError: The file cannot be read.
    """
    if source == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = source.open("rb")
    except OSError as error:
        raise InputError(
            f"`{source}` cannot be read: {error.strerror}", hint="see who may read it"
        ) from error
    with stream:
        yield stream


def source_name(source: Path) -> str:
    """What errors call it.

    Example:
        >>> source_name(STDIN), source_name(Path("act.yaml"))
        ('stdin', 'act.yaml')
    """
    return "stdin" if source == STDIN else str(source)
