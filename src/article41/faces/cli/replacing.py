"""Opens a file that takes the place of what was there when it is complete, or never.

A pipe or another file that is no regular one is written as it is.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from article41.model.errors import InputError


@contextmanager
def replacing(output: Path, *, source: Path | None = None) -> Iterator[TextIO]:
    """Open a file that takes the place of `output` in the end, or goes away.

    A symbolic link stays, and the file that it means is replaced.

    Args:
        output: Where it goes.
        source: What is read meanwhile, which must not be the same.

    Raises:
        InputError: It cannot be written, or is the source.
    """
    if source is not None and output.exists() and output.samefile(source):
        raise InputError(f"`{output}` is the input itself", hint="give another file with -o")
    is_stream = output.exists() and not output.is_file()
    real = Path(os.path.realpath(output))
    part = output if is_stream else real.with_name(f".{real.name}.{os.getpid()}.part")
    with blaming(output):
        target = part.open(
            "w" if is_stream else "x", encoding="utf-8", errors="surrogateescape", newline=""
        )
    try:
        yield target
        with blaming(output):
            target.close()
            if not is_stream:
                part.replace(real)
    finally:
        with suppress(OSError):
            target.close()
        if not is_stream:
            part.unlink(missing_ok=True)


@contextmanager
def blaming(output: Path) -> Iterator[None]:
    """Say of which file it was that it could not be written.

    Raises:
        InputError: It could not.
    """
    try:
        yield
    except OSError as error:
        raise InputError(
            f"`{output}` cannot be written: {error.strerror}", hint="give another file with -o"
        ) from error
