"""Files and folders that a command is given: what is wrong with one is told with its remedy."""

import os
from pathlib import Path
from typing import Any

import click

from article41.model.errors import InputError


class GivenPath(click.Path):
    """A path to something that is there, or to where something goes.

    Args:
        exists: Something must be there.
        file_okay: It may be a file.
        dir_okay: It may be a folder.
        allow_dash: `-` stands for stdin or stdout.
    """

    def __init__(
        self,
        *,
        exists: bool = False,
        file_okay: bool = True,
        dir_okay: bool = True,
        allow_dash: bool = False,
    ) -> None:
        """Give paths as `Path`."""
        super().__init__(
            exists=exists,
            file_okay=file_okay,
            dir_okay=dir_okay,
            allow_dash=allow_dash,
            path_type=Path,
        )

    # Any: as click declares it.
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what cannot be used, in our words."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise self._refusal(Path(os.fsdecode(value))) from error

    def _refusal(self, path: Path) -> InputError:
        if path.is_dir() and not self.dir_okay:
            return InputError(f"`{path}` is a folder", hint="name a file")
        if path.exists():
            return InputError(f"`{path}` may not be read", hint="see who may read it")
        where = "" if path.is_absolute() else f"; it was looked for in `{Path.cwd()}`"
        what = "file or folder" if self.dir_okay else "file"
        return InputError(f"there is no {what} `{path}`", hint=f"see how it is called{where}")


GIVEN_FILE = GivenPath(exists=True, dir_okay=False)
"""A file that is there."""


def read_text(path: Path, *, what: str, hint: str) -> str:
    """The text of a small file that holds something of ours.

    Args:
        path: The file.
        what: What it is to hold.
        hint: Where that comes from.

    Raises:
        InputError: It cannot be read, is empty, or is no text.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"`{path}` cannot be read: {error.strerror}", hint=hint) from error
    except UnicodeDecodeError:
        text = "\0"
    if not text.strip():
        raise InputError(f"`{path}` is empty", hint=hint)
    if "\0" in text:
        raise InputError(f"`{path}` is no text, and holds no {what}", hint=hint)
    return text
