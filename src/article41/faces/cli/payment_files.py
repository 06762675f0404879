"""The payments of files and folders, one after another; a fault of one is no end of the others."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from article41.checks.payment.message import Transaction
from article41.checks.payment.reading import read_payments
from article41.faces.cli.piped import STDIN, opened_source, source_name
from article41.model.errors import InputError, MessageError


def files_of(sources: Sequence[Path]) -> Iterator[Path]:
    """The files meant; of a folder all in it and below, in the order of their names.

    Raises:
        InputError: A folder holds no file.
    """
    for source in sources:
        if source == STDIN or not source.is_dir():
            yield source
            continue
        found = sorted(path for path in source.rglob("*") if path.is_file())
        if not found:
            raise InputError(f"`{source}` holds no file", hint="name a folder with messages")
        yield from found


def payments_of(file: Path) -> Iterator[Transaction | MessageError]:
    """The payments of one file, and at last why the rest of it cannot be read.

    Args:
        file: The file; `-` is what is piped in.
    """
    try:
        with opened_source(file) as stream:
            yield from read_payments(stream, name=source_name(file))
    except MessageError as error:
        yield error
