"""Opens a file that takes the place of what was there when it is complete, or never.

A pipe or another file that is no regular one is written as it is.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from article41.model.errors import InputError


@contextmanager
def replacing(output: Path, *, source: Path | None = None) -> Iterator[TextIO]:
    """Open a file that takes the place of `output` in the end, or goes away.

    A symbolic link stays, and the file that it means is replaced. Whoever might read that one may
    read the new one, and nobody else.

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
    # The name is drawn, because numbers of processes are the same in every container.
    part = output if is_stream else real.with_name(f".{real.name}.{os.urandom(4).hex()}.part")
    with blaming(output):
        handle = os.open(part, os.O_WRONLY) if is_stream else _created(part, like=real)
        target = os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="")
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


def _created(part: Path, *, like: Path) -> int:
    """A new file, from its first byte on with the mode of the one whose place it will take."""
    mode = stat.S_IMODE(like.stat().st_mode) if like.exists() else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    handle = os.open(part, flags, 0o666 if mode is None else 0o600)
    if mode is not None:
        # Where a disk knows no modes nothing is to be done.
        with suppress(OSError):
            os.fchmod(handle, mode)
    return handle


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
