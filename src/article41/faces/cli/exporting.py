"""`article41 lists export`: what stood on the lists, in formats that other programs read."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click

from article41.checks.forms import each_once
from article41.faces.cli.limits import notice_limits
from article41.faces.cli.naming import refuse_unknown_lists
from article41.faces.cli.opening import opened_store
from article41.faces.cli.options import TEXT, TextPath, with_clocks, with_store
from article41.faces.cli.pausing import without_collector
from article41.faces.cli.rendering import between_words, counted
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

    An entry of which nobody says whether it stood on the day is written too, with the days between
    which it is not known, and counted on stderr. A file that is there is replaced when the new one
    is complete, also by an empty one.
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
        with without_collector():
            _write(_written(chosen.listings(records), form, chosen.unknown), output)
        notice_limits(store, list_ids, as_of=as_of, known_at=known_at)
    if chosen.unknown:
        unknown = counted(len(chosen.unknown), "entry")
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
    """Tells of which entries nobody says whether they stood on the day."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self.unknown: dict[str, str] = {}
        """Between which days nobody says, in words, by key; it grows while the listings come."""

    def listings(self, records: Iterable[TimedListing]) -> Iterator[Listing]:
        """Each entry once."""
        return map(self._told, each_once(records, self._as_of))

    def _told(self, record: TimedListing) -> Listing:
        day, listed = self._as_of, record.listed
        if day is not None and listed.on(day) is InForce.UNKNOWN:
            words = between_words(listed.unknown_between(day)) or "unknown"
            self.unknown[record.listing.key] = words
        return record.listing


def _written(listings: Iterator[Listing], form: str, unknown: Mapping[str, str]) -> Iterator[str]:
    if form == "ftm":
        for line in lines_of(listings, status_by_key=unknown):
            yield line.decode()
    else:
        yield from rows_of(listings, status_by_key=unknown)
