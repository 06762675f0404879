"""`article41 lists export`: what stood on the lists, in formats that other programs read."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import click

from article41.checks.forms import each_once
from article41.faces.cli.limits import notice_limits
from article41.faces.cli.naming import refuse_unknown_lists
from article41.faces.cli.opening import opened_store
from article41.faces.cli.options import TEXT, TextPath, with_clocks, with_store
from article41.faces.cli.rendering import counted
from article41.faces.cli.replacing import blaming, replacing
from article41.faces.cli.writing import notice
from article41.model.clocks import InForce
from article41.model.listings import Listing
from article41.sources.ftm.simple_writing import rows_of
from article41.sources.ftm.writing import lines_of
from article41.store import TimedListing

STDOUT = Path("-")
"""As `--output` names it."""


@click.command(epilog="Example: article41 lists export --list un-sc --format ftm -o un.ftm.json")
@click.option(
    "--list",
    "list_ids",
    multiple=True,
    type=TEXT,
    metavar="LIST",
    help="Which list; may be repeated. All of them if absent.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["ftm", "simple"]),
    default="ftm",
    show_default=True,
    help="FollowTheMoney lines, or OpenSanctions' table of targets.",
)
@click.option(
    "-o",
    "--output",
    type=TextPath(dir_okay=False, allow_dash=True),
    default="-",
    metavar="FILE",
    help="Where it goes; stdout if absent.",
)
@with_clocks
@with_store
def export(
    *,
    list_ids: tuple[str, ...],
    form: str,
    output: Path,
    as_of: date | None,
    known_at: datetime | None,
    folder: Path,
) -> None:
    """Write what stood on the lists on a day for other programs.

    An entry of which nobody says whether it stood on the day is written too, and counted on
    stderr. A file that is there is replaced when the new one is complete, also by an empty one.
    """
    with opened_store(folder) as store:
        refuse_unknown_lists(store, list_ids)
        known = sorted({version.list_id for version in store.versions()})
        chosen = _Chosen(as_of)
        records = (
            record
            for list_id in dict.fromkeys(list_ids or known)
            for record in store.entries(as_of=as_of, known_at=known_at, list_id=list_id)
        )
        _write(_written(chosen.listings(records), form), output)
        notice_limits(store, list_ids, as_of=as_of, known_at=known_at)
    if chosen.unknown:
        unknown = counted(chosen.unknown, "entry")
        notice(f"note: of {unknown} nobody says whether it stood on {as_of}")


def _write(pieces: Iterator[str], output: Path) -> None:
    if output == STDOUT:
        sys.stdout.buffer.writelines(map(str.encode, pieces))
        sys.stdout.buffer.flush()
        return
    with replacing(output) as target:
        for piece in pieces:
            with blaming(output):
                target.write(piece)


class _Chosen:
    """Counts the entries that may not have stood on the day."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self.unknown = 0

    def listings(self, records: Iterable[TimedListing]) -> Iterator[Listing]:
        """Each entry once."""
        return map(self._counted, each_once(records, self._as_of))

    def _counted(self, record: TimedListing) -> Listing:
        if self._as_of is not None and record.listed.on(self._as_of) is InForce.UNKNOWN:
            self.unknown += 1
        return record.listing


def _written(listings: Iterator[Listing], form: str) -> Iterator[str]:
    if form == "ftm":
        for line in lines_of(listings):
            yield line.decode()
    else:
        yield from rows_of(listings)
