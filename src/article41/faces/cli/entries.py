"""What stood on the lists on a day (`lists entries`), and the past of one entry (`timeline`)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from article41.checks import Finding, FindingKind
from article41.checks.forms import each_once
from article41.faces.cli.limits import limits, notice_limits
from article41.faces.cli.naming import (
    notice_not_known,
    records_by_key,
    refuse_unknown_lists,
)
from article41.faces.cli.opening import opened_store
from article41.faces.cli.options import TEXT, with_clocks, with_json, with_store
from article41.faces.cli.pausing import without_collector
from article41.faces.cli.rendering import (
    SHA_SHOWN,
    between_words,
    bounds_words,
    counted,
    finding_line,
    moment_words,
)
from article41.faces.cli.restrictions import restriction_lines, restrictions_of
from article41.faces.cli.targeted import (
    keys_of,
    refuse_two_stores,
    store_folder_or_demonstration,
)
from article41.faces.cli.told import LABEL_WIDTH, told_lines
from article41.faces.cli.writing import (
    Pen,
    json_line,
    write_each,
    write_json,
    write_lines,
)
from article41.faces.settings import today
from article41.law.loading import Catalogue, load_catalogue
from article41.law.restrictions import Restrictions
from article41.model.clocks import Bounds, InForce, day_asked, is_known
from article41.model.entities import Schema
from article41.model.letters import legible
from article41.model.listings import Listing
from article41.store import Standing, TimedListing

_Between = tuple[date | None, date]


class StandingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that stood, or may have stood, on a list on the day asked about."""

    key: str
    """List and number."""
    name: str
    """The first name printed."""
    schema: Schema
    """The kind of target."""
    programmes: tuple[str, ...]
    """As published."""
    in_force: InForce
    """Whether it stood on the day."""
    unknown_between: tuple[date | None, date] | None
    """Between which two days nobody says, if the day lies there."""
    listed: Bounds
    """When it was listed without a break."""
    narrowed_by: tuple[str, ...]
    """Keys of entries on other lists whose dates narrowed `listed`."""


class WholeEntry(StandingEntry, frozen=True, kw_only=True):
    """The same with all that the authority wrote."""

    listing: Listing
    """The listing as it was read."""


class PastForm(msgspec.Struct, frozen=True, kw_only=True):
    """One content of an entry, and when it held."""

    form: Bounds
    """When the entry had this content."""
    listed: Bounds
    """When the target was listed without a break."""
    narrowed_by: tuple[str, ...]
    """Keys of entries on other lists whose dates narrowed `listed`."""
    name: str
    """The first name printed."""
    names: int
    """How many names."""
    programmes: tuple[str, ...]
    """As published."""
    measures: tuple[str, ...]
    """As published."""
    version: str
    """The sha256 of the newest version with this content."""
    published: date | None
    """That version's day of publication, if anybody says so."""
    place: str
    """Where it stands there."""
    listing: Listing
    """All that the authority wrote."""


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The past of one entry, as it was known at one moment."""

    key: str
    """List and number."""
    as_of: date | None
    """The day asked about, if any."""
    known_at: datetime | None
    """The moment known; absent for now."""
    in_force: InForce | None
    """Whether it stood on the day asked about; absent without a day."""
    unknown_between: tuple[date | None, date] | None
    """Between which two days nobody says, if the day lies there."""
    forms: tuple[PastForm, ...]
    """Every content by its beginning."""
    findings: tuple[Finding, ...]
    """What limits what its list says."""
    law: Restrictions | None
    """What it brought on the day asked about, or today; absent if nothing was known of it."""


@click.command()
@click.argument("list_id", metavar="[LIST]", required=False, type=TEXT)
@click.option("--full", "is_full", is_flag=True, help="With all that the authority wrote of each.")
@with_clocks
@with_json
@with_store
def entries(
    *,
    list_id: str | None,
    is_full: bool,
    as_of: date | None,
    known_at: datetime | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Show what stood on the lists on a day, one entry a line.

    Where an entry began or ended on an unknown day around the one asked about, the line says
    between which two. With --json each entry is an object on a line of its own. With --full every
    field of the listing follows, in JSON as `listing`.
    """
    with opened_store(folder) as store:
        named = [] if list_id is None else [list_id]
        refuse_unknown_lists(store, named)
        found = store.entries(as_of=as_of, known_at=known_at, list_id=list_id)
        read = _whole_entry if is_full else _entry
        standing = (read(record, as_of) for record in each_once(found, as_of))
        with without_collector():
            if as_json:
                write_each(map(json_line, standing))
            else:
                pen = Pen.for_stdout()
                write_each(line for one in standing for line in _entry_lines(one, pen))
        notice_limits(store, named, as_of=as_of, known_at=known_at)


@click.command(
    epilog="Example: article41 timeline 'Central Bank of Syria' --demonstration --as-of 2012-07-06"
)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...", type=TEXT)
@click.option("--demonstration", is_flag=True, help="Ask the demonstration lists over Syria.")
@with_clocks
@with_json
@with_store
@click.pass_context
def timeline(
    context: click.Context,
    *,
    targets: tuple[str, ...],
    demonstration: bool,
    as_of: date | None,
    known_at: datetime | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Show the past of entries: when each was listed, amended and removed, and what it brought.

    What it brings is said for the day of --as-of, or for today. A TARGET is a list and a number,
    such as ofac-sdn/36, or a name that entries ever had. With --json one object an entry.
    """
    refuse_two_stores(context, is_demonstration=demonstration)
    with (
        store_folder_or_demonstration(folder, is_demonstration=demonstration) as held,
        opened_store(held) as store,
    ):
        keys = keys_of(targets, held)
        records = records_by_key(store, keys)
        list_ids = {_list_of(key) for key in keys}
        standings = {one: store.standings(one, known_at=known_at) for one in list_ids}
        findings = limits(store, list_ids, as_of=as_of, known_at=known_at)
        catalogue = load_catalogue()
        for key in keys:
            found = _timeline(
                key,
                records[key],
                standings[_list_of(key)],
                as_of=as_of,
                known_at=known_at,
                findings=tuple(one for one in findings if one.list_id == _list_of(key)),
                catalogue=catalogue,
            )
            if as_json:
                write_json(found)
            else:
                write_lines([*_timeline_lines(found, Pen.for_stdout()), ""])
        notice_not_known(store, known_at, list_ids)


def _entry(record: TimedListing, as_of: date | None) -> StandingEntry:
    listing, listed = record.listing, record.listed
    in_force = InForce.YES if as_of is None else listed.on(as_of)
    unknown_on = as_of if in_force is InForce.UNKNOWN else None
    return StandingEntry(
        key=listing.key,
        name=listing.entity.names[0].value,
        schema=listing.entity.schema,
        programmes=listing.programmes,
        in_force=in_force,
        unknown_between=None if unknown_on is None else listed.unknown_between(unknown_on),
        listed=listed,
        narrowed_by=record.narrowed_by,
    )


def _whole_entry(record: TimedListing, as_of: date | None) -> WholeEntry:
    entry = msgspec.structs.asdict(_entry(record, as_of))
    return WholeEntry(**entry, listing=record.listing)


def _entry_lines(entry: StandingEntry, pen: Pen) -> Iterator[str]:
    words = between_words(entry.unknown_between) or bounds_words(entry.listed)
    yield f"{entry.key}  {legible(entry.name)}  [{', '.join(entry.programmes)}]  {words}"
    if isinstance(entry, WholeEntry):
        yield from told_lines(entry.listing, pen, indent=2)
        yield ""


def _list_of(key: str) -> str:
    return key.partition("/")[0]


def _timeline(
    key: str,
    ever: Sequence[TimedListing],
    standings: Sequence[Standing],
    *,
    as_of: date | None,
    known_at: datetime | None,
    findings: tuple[Finding, ...],
    catalogue: Catalogue,
) -> Timeline:
    records = [one for one in ever if is_known(one, known_at)]
    in_force, between = None, None
    if as_of is not None:
        in_force, between = _state(records, as_of, standings)
    day = as_of or day_asked(known_at, today())
    on_day, _ = _state(records, day, standings)
    nearest = _nearest(records, day)
    return Timeline(
        key=key,
        as_of=as_of,
        known_at=known_at,
        in_force=in_force,
        unknown_between=between,
        forms=tuple(map(_form, records)),
        findings=findings,
        law=None if nearest is None else restrictions_of(nearest, on_day, day, catalogue),
    )


def _nearest(records: Sequence[TimedListing], day: date) -> Listing | None:
    """The content of a day: what held then, else what came last before it, else what came first."""
    if not records:
        return None
    standing = [one for one in records if one.form.on(day) is InForce.YES]
    before = [one for one in records if one.form.began_by <= day]
    return (standing or before[-1:] or records)[0].listing


def _state(
    records: Sequence[TimedListing], as_of: date, standings: Sequence[Standing]
) -> tuple[InForce, _Between | None]:
    """Whether an entry stood on a day; before the list itself is known, nobody says."""
    states = {one.listed.on(as_of): one.listed for one in records}
    if InForce.YES in states:
        return InForce.YES, None
    if InForce.UNKNOWN in states:
        return InForce.UNKNOWN, states[InForce.UNKNOWN].unknown_between(as_of)
    if not standings:
        return InForce.UNKNOWN, None
    prints_its_past = any(one.listing.during is not None for one in records)
    if as_of < standings[0].day and not prints_its_past:
        return InForce.UNKNOWN, (None, standings[0].day)
    return InForce.NO, None


def _form(record: TimedListing) -> PastForm:
    listing = record.listing
    return PastForm(
        form=record.form,
        listed=record.listed,
        narrowed_by=record.narrowed_by,
        name=listing.entity.names[0].value,
        names=len(listing.entity.names),
        programmes=listing.programmes,
        measures=listing.measures,
        version=record.version.sha256,
        published=record.version.published,
        place=listing.place,
        listing=listing,
    )


def _timeline_lines(found: Timeline, pen: Pen) -> Iterator[str]:
    yield pen.bold(legible(found.key))
    if found.as_of is not None:
        yield f"  as of {found.as_of}: {_state_words(found)}"
    if not found.forms:
        moment = "" if found.known_at is None else f" at {moment_words(found.known_at)}"
        yield f"  nothing was known of this entry{moment}"
    listed: Bounds | None = None
    for one in found.forms:
        if one.listed != listed:
            listed = one.listed
            narrowed = f"  (narrowed by {', '.join(one.narrowed_by)})" if one.narrowed_by else ""
            yield f"  listed {bounds_words(listed)}{narrowed}"
        yield f"    {bounds_words(one.form)}: {legible(one.name)}, {counted(one.names, 'name')}"
        yield from told_lines(one.listing, pen, indent=6)
        published = one.published or "on an unknown day"
        version = f"{one.version[:SHA_SHOWN]}, published {published}"
        yield f"      {pen.dim('version'.ljust(LABEL_WIDTH))}{version}"
    if found.law is not None:
        yield from restriction_lines(found.law, pen)
    for finding in found.findings:
        if finding.kind is not FindingKind.NOT_KNOWN_AT:
            yield f"  {finding_line(finding)}"


def _state_words(found: Timeline) -> str:
    match found.in_force:
        case InForce.YES:
            return "listed"
        case InForce.NO:
            return "not on the list by what is known"
        case _:
            return between_words(found.unknown_between) or "not known"
