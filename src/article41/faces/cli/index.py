"""`article41 index`: builds the index of a store anew, or reads it whole."""

from pathlib import Path

import click

from article41.checks import INDEX_FILE, Screener, refresh_index
from article41.faces.cli.opening import opened_store
from article41.faces.cli.options import with_store
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import write_lines


@click.group()
def index() -> None:
    """Build or verify the index of names."""


@index.command()
@with_store
def build(*, folder: Path) -> None:
    """Build the index of everything the store holds and swap it in."""
    with opened_store(folder) as store, progress("Building the index") as advance:
        update = refresh_index(store, progress=advance)
    counts = update.counts
    write_lines(
        [
            f"built {update.path}",
            f"  {counted(counts.records, 'listing')}, {counted(counts.names, 'name')}, "
            f"{counted(counts.tokens, 'word')}, {counted(counts.size_bytes, 'byte')}",
            f"  {counted(counts.names_cut, 'name')} longer than what is compared, "
            f"{counts.names_empty:,} without a legible letter",
        ]
    )


@index.command()
@with_store
def verify(*, folder: Path) -> None:
    """Read the whole index, compare every section with its checksum, and see that it is current."""
    Screener(folder)  # Opening compares all of it.
    write_lines(
        [f"{folder / INDEX_FILE}: every checksum fits, built from what the store holds now"]
    )
