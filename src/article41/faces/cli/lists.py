"""`article41 lists`: adds publications to the store, shows what it holds, compares versions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import click

from article41.checks import refresh_index
from article41.faces.cli.describing import notice_unused
from article41.faces.cli.differences import difference_lines, differences, event_line
from article41.faces.cli.holdings import Report, held_list, holding_lines, report_lines
from article41.faces.cli.naming import notice_not_known, refuse_unknown_lists
from article41.faces.cli.opening import opened_store
from article41.faces.cli.options import (
    DAY,
    MOMENT,
    TEXT,
    with_clocks,
    with_json,
    with_known_at,
    with_store,
    with_tables,
)
from article41.faces.cli.paths import GIVEN_FILE
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import Pen, notice, write_json, write_lines
from article41.faces.settings import now, today
from article41.model.errors import Article41Error
from article41.model.listings import ListVersion
from article41.sources.publications import read_publications
from article41.sources.versions import dated_by_names
from article41.store import Shrink, Store, at_work
from article41.store.generation import ADD_FIRST


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=GIVEN_FILE,
)
@click.option(
    "--published",
    type=DAY,
    metavar="DATE",
    help="The day of publication, for files that do not carry it.",
)
@with_tables
@click.option(
    "--accept-shrink",
    "shrink",
    flag_value=Shrink.ACCEPT,
    default=Shrink.REFUSE,
    help="Keep a publication though it lost more entries than is plausible.",
)
@with_json
@with_store
def add(
    *,
    files: tuple[Path, ...],
    published: date | None,
    descriptions: tuple[Path, ...],
    shrink: Shrink,
    as_json: bool,
    folder: Path,
) -> None:
    """Keep the publications that FILES make, byte for byte, and index them.

    What a file is, its content tells; .gz and .zip are unpacked. Give the files of one publication
    together. The day of one that carries none is that of --published, else the one in the names of
    its files (sdn-2024-05-03.csv); without any it may add entries, and take none off. The same
    bytes a second time are noted and make no new version. Where one publication cannot be kept,
    those before it stay and are indexed.
    """
    read = read_publications(files, published=published, descriptions=descriptions)
    versions = list(_dated(read))
    notice_unused(descriptions, {part.kind for version in versions for part in version.parts})
    with Store(folder) as store, at_work(folder):
        reports, failure = _add_all(store, versions, shrink, as_json=as_json)
        if reports:
            with progress("Building the index") as advance:
                counts = refresh_index(store, progress=advance).counts
            if as_json:
                write_json(reports)
            else:
                names, listings = counted(counts.names, "name"), counted(counts.records, "listing")
                write_lines([f"index: {names} of {listings}"])
                _notice_limits(counts.names_cut, counts.names_empty)
    if failure is not None:
        raise failure


def _dated(versions: Sequence[ListVersion]) -> Iterator[ListVersion]:
    """The versions, of the day in the names of their files where nobody says another one."""
    for version in versions:
        dated = dated_by_names(version)
        if dated is not version:
            notice(
                f"note: {version.list_id} is of {dated.published} by the name of its files; "
                "`--published DATE` says otherwise"
            )
        yield dated


def _add_all(
    store: Store, versions: Sequence[ListVersion], shrink: Shrink, *, as_json: bool
) -> tuple[list[Report], Article41Error | None]:
    """What was added, and why it ended early, if it did: what is kept must be told and indexed."""
    reports: list[Report] = []
    for version in versions:
        try:
            reports.append(_add(store, version, shrink))
        except Article41Error as error:
            return reports, error
        if not as_json:
            write_lines([*report_lines(reports[-1], Pen.for_stdout()), ""])
    return reports, None


def _add(store: Store, version: ListVersion, shrink: Shrink) -> Report:
    with progress(f"Adding {version.list_id}") as advance:
        addition = store.add(version, known_at=now(), shrink=shrink, progress=advance)
    standings = list(store.standings(version.list_id))
    in_force = standings[-1]
    while standings[-1].version.number != addition.version.number:
        standings.pop()
    return Report(
        list=held_list(store, standings, today=today()),
        is_new=addition.is_new,
        contents_new=addition.contents_new,
        older_than=None if standings[-1] == in_force else in_force.day,
        older_than_undated=standings[-1] != in_force and in_force.sighting.published is None,
        report=addition.version.report,
    )


def _notice_limits(names_cut: int, names_empty: int) -> None:
    if names_cut:
        notice(f"note: {counted(names_cut, 'name')} longer than what is compared")
    if names_empty:
        notice(f"note: {counted(names_empty, 'name')} without a legible letter can match nothing")


@click.command()
@with_clocks
@with_json
@with_store
def show(*, as_of: date | None, known_at: datetime | None, as_json: bool, folder: Path) -> None:
    """Show what is held, how old it is, and what changed against the version before."""
    with opened_store(folder) as store:
        standings = [
            one for one in store.standings(known_at=known_at) if as_of is None or one.day <= as_of
        ]
        by_list = groupby(standings, key=lambda standing: standing.version.list_id)
        found = [held_list(store, tuple(group), today=today()) for _, group in by_list]
        notice_not_known(store, known_at)
        holds_lists = bool(store.versions())
    if as_json:
        write_json(found)
    elif found:
        write_lines(holding_lines(found, Pen.for_stdout()))
    elif not holds_lists:
        write_lines([f"the store `{folder}` holds no list", f"hint: {ADD_FIRST}"])


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@with_tables
@with_known_at
@with_json
@with_store
def diff(
    *,
    before: str,
    after: str,
    descriptions: tuple[Path, ...],
    known_at: datetime | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Show what B has that A has not: entries added, removed, and amended with their fields.

    A and B are files, or versions in the store as LIST@DATE, LIST@NUMBER (the oldest is 1, the
    newest -1) or the beginning of a hash. Both must be of one list.
    """
    found = differences(before, after, folder, known_at=known_at, descriptions=descriptions)
    if as_json:
        write_json(found)
    else:
        write_lines(difference_lines(found, Pen.for_stdout()))


@click.command()
@click.argument("list_id", metavar="[LIST]", required=False, type=TEXT)
@click.option("--since", type=MOMENT, metavar="TIME", help="Only what was learned after it.")
@click.option("--material", "only_material", is_flag=True, help="Leave cosmetic changes out.")
@with_clocks
@with_json
@with_store
def events(
    *,
    list_id: str | None,
    since: datetime | None,
    only_material: bool,
    as_of: date | None,
    known_at: datetime | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Show what each publication changed, in the order in which the store learned of it.

    All lists are merged unless one is named; --as-of leaves out publications of later days. With
    --json each event is an object on a line of its own.
    """
    with opened_store(folder) as store:
        named = [] if list_id is None else [list_id]
        refuse_unknown_lists(store, named)
        notice_not_known(store, known_at, named)
        for event in store.events(list_id, known_at=known_at):
            is_late = as_of is not None and event.day > as_of
            is_early = since is not None and event.known_at <= since
            if is_late or is_early or (only_material and not event.is_material):
                continue
            if as_json:
                write_json(event)
            else:
                write_lines([event_line(event)])
