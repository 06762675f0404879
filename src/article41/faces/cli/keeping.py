"""`article41 store`: proves that a store is sound, copies it, and makes a store of a copy.

It changes nothing that a store holds.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

import click
import msgspec

from article41.faces.cli.opening import opened_store
from article41.faces.cli.options import TextPath, with_json, with_store
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import notice, write_json, write_lines
from article41.faces.settings import now
from article41.model.errors import StoreError
from article41.model.letters import legible
from article41.store import GENERATION_EMPTY, Soundness, Standing, restore

SILENCE_DAYS_MAX = 31
"""How many days between two versions of a list need no word, unless the caller says otherwise."""


class LackingVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version that lacks something, such as a file that belongs to it."""

    version: str
    """Its sha256."""
    day: date
    """The day from which it stands."""
    gaps: tuple[str, ...]
    """What it lacks."""


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions of a list that follow each other after many days."""

    after: date
    """The day from which the earlier one stands."""
    until: date
    """The day from which the later one stands."""
    days: int
    """How many days lie between."""


class ListGaps(msgspec.Struct, frozen=True, kw_only=True):
    """What the store does not know of one list."""

    list: str
    """Which list."""
    standings: int
    """From how many days on versions stand."""
    lacking: tuple[LackingVersion, ...]
    """Versions that lack something."""
    undated: tuple[str, ...]
    """The sha256 of versions without a date: they stand from the day on which they came."""
    silences: tuple[Silence, ...]
    """Long times between two versions: bounds of what changed there are as wide."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What was gone through and found sound, and what is not known."""

    generation: str
    """The hash that names everything added."""
    sound: Soundness
    """What fits its hashes."""
    gaps: tuple[ListGaps, ...]
    """Of every list that has any."""


@click.command()
@click.option(
    "--silence-days",
    type=click.IntRange(min=1),
    default=SILENCE_DAYS_MAX,
    show_default=True,
    metavar="DAYS",
    help="Tell where a list has no version for longer.",
)
@with_json
@with_store
def verify(*, silence_days: int, as_json: bool, folder: Path) -> None:
    """Compare all that the store holds with its hashes, and tell what it does not know.

    Damage ends with an error. Gaps are only told: what versions lack, versions without a date, and
    long times between two versions.
    """
    with opened_store(folder) as held:
        with progress("Verifying") as advance:
            sound = held.verify(progress=advance)
        standings = held.standings()
        _refuse_future(standings)
        by_list = groupby(standings, key=lambda one: one.version.list_id)
        gaps = [_gaps(name, tuple(own), silence_days) for name, own in by_list]
        found = Proof(
            generation=held.generation,
            sound=sound,
            gaps=tuple(one for one in gaps if one.lacking or one.undated or one.silences),
        )
    if as_json:
        write_json(found)
    else:
        write_lines(_proof_lines(found))


@click.command()
@click.argument("destination", metavar="FILE", type=TextPath(dir_okay=False))
@with_json
@with_store
def backup(*, destination: Path, as_json: bool, folder: Path) -> None:
    """Copy the store to FILE, one state of it, while others read and add.

    The copy is verified before it is given its name. A FILE that is there already is refused. The
    index is left out: it is built again from the store. So are the record, which `audit backup`
    copies, and the customers, which `customers backup` copies.
    """
    from article41.casework.audit.record import RECORD_FOLDER
    from article41.casework.monitor.database import DATABASE_NAME

    with opened_store(folder) as held, progress("Copying", total=100) as advance:
        sound = held.back_up(destination, progress=advance)
    _tell(sound, f"backed up to `{destination}`", as_json=as_json)
    if (folder / RECORD_FOLDER).is_dir():
        notice("note: the record is not in it; `article41 audit backup FOLDER` copies that")
    if (folder / DATABASE_NAME).is_file():
        notice("note: the customers are not in it; `article41 customers backup FILE` copies them")


@click.command(name="restore")
@click.argument("source", metavar="FILE", type=TextPath(exists=True, dir_okay=False))
@with_json
@with_store
def restore_(*, source: Path, as_json: bool, folder: Path) -> None:
    """Make a store of the backup FILE, wholly or not at all.

    The backup is verified first. A folder that holds a store already is refused. The index is built
    when it is first asked.
    """
    with progress("Restoring"):
        sound = restore(source, folder)
    _tell(sound, f"restored to `{folder}`", as_json=as_json)


def _refuse_future(standings: Sequence[Standing]) -> None:
    """What was learned at a moment to come cannot be told from what will be learned until then."""
    moment = now()
    for one in standings:
        newest = one.version.sightings[-1].known_at
        if newest > moment:
            raise StoreError(
                f"`{one.version.list_id}` came at {newest.isoformat()}, a moment to come",
                hint="set the clock of this machine right; if it is, the store was filled by one "
                "that was not",
            )


def _gaps(list_id: str, standings: Sequence[Standing], silence_days: int) -> ListGaps:
    versions = {one.version.sha256: one for one in standings}
    days = sorted({one.day for one in standings})
    return ListGaps(
        list=list_id,
        standings=len(standings),
        lacking=tuple(
            LackingVersion(version=sha256, day=one.day, gaps=one.version.report.gaps)
            for sha256, one in versions.items()
            if one.version.report.gaps
        ),
        undated=tuple(sha256 for sha256, one in versions.items() if one.version.published is None),
        silences=tuple(
            Silence(after=after, until=until, days=(until - after).days)
            for after, until in pairwise(days)
            if (until - after).days > silence_days
        ),
    )


def _tell(sound: Soundness, done: str, *, as_json: bool) -> None:
    if as_json:
        write_json(sound)
    else:
        write_lines([f"{_sound_words(sound)}; {legible(done)}"])


def _sound_words(sound: Soundness) -> str:
    return (
        f"{counted(sound.versions, 'version')}, {counted(sound.parts, 'file')} of "
        f"{counted(sound.size_bytes, 'byte')}, {counted(sound.contents, 'listing')}, "
        f"{counted(sound.additions, 'addition')}, {counted(sound.attempts, 'attempt')} and "
        f"{counted(sound.link_decisions, 'word')} on links fit their hashes"
    )


def _proof_lines(found: Proof) -> Iterator[str]:
    yield _sound_words(found.sound)
    if found.generation == GENERATION_EMPTY:
        yield "nothing was added yet"
    for one in found.gaps:
        yield f"{one.list}: versions stand from {counted(one.standings, 'day')}"
        if one.undated:
            undated = counted(len(one.undated), "version")
            yield f"  {undated} without a date, in force from the day of arrival"
        days_by_gaps: dict[tuple[str, ...], list[date]] = {}
        for lacking in one.lacking:
            days_by_gaps.setdefault(lacking.gaps, []).append(lacking.day)
        for gaps, of_gaps in days_by_gaps.items():
            yield (
                f"  {counted(len(of_gaps), 'version')} from {min(of_gaps)} to {max(of_gaps)} "
                f"without {', '.join(gaps)}"
            )
        for silence in one.silences:
            days = counted(silence.days, "day")
            yield f"  no version for {days}, {silence.after} to {silence.until}"
