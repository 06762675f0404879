"""`article41 lists describe`: a first description of a table, for a list of one's own.

It also tells which descriptions given with `--table` nothing was read by.
"""

from collections.abc import Sequence, Set
from pathlib import Path

import click

from article41.faces.cli.options import TEXT
from article41.faces.cli.paths import GIVEN_FILE
from article41.faces.cli.writing import notice, write_lines
from article41.model.letters import legible
from article41.sources.declared import own_tables, starting_description


@click.command()
@click.argument("file", metavar="FILE", type=GIVEN_FILE)
@click.option(
    "--list", "list_id", metavar="LIST", type=TEXT, default="",
    help="The id of the list; the name of the file without it.",
)  # fmt: skip
def describe(*, file: Path, list_id: str) -> None:
    """Show a description in TOML that reads the table in FILE, to correct and keep.

    It names each column with a sample of its text and a guess at what it is. Keep it in a file and
    give it with `lists add FILE --table DESCRIPTION`.
    """
    write_lines(starting_description(file, list_id=list_id).splitlines())


def notice_unused(descriptions: Sequence[Path], kinds: Set[str]) -> None:
    """Say which descriptions fit none of the files: another format or description read them.

    Args:
        descriptions: As given.
        kinds: Of the files that were read.
    """
    for path, table in zip(descriptions, own_tables(descriptions), strict=True):
        if table.kind not in kinds:
            notice(f"note: {legible(path.name)} was not used: no file has the columns it names")
