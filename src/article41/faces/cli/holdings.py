"""What the store holds of each list, as data and as lines: age, entries, gaps, the last change."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec

from article41.faces.cli.rendering import SHA_SHOWN, age_days, counted, days_old
from article41.faces.cli.writing import Pen
from article41.model.letters import legible
from article41.model.listings import ReadingReport
from article41.store import Standing, Store

WORDS_SHOWN = 5
"""First words of untyped remarks that people see."""


class ChangeCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What changed against the version before."""

    against: str
    """The version before: its sha256."""
    against_published: date | None
    """Its day of publication, if anybody says so."""
    added: int
    """Entries only in the later one."""
    removed: int
    """Entries only in the earlier one."""
    amended: int
    """Entries in both with other content."""


class HeldFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a version."""

    kind: str
    """Found by content."""
    file_name: str
    """As it came."""
    sha256: str
    """Of the unpacked bytes."""
    size_bytes: int
    """Unpacked."""


class HeldStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A version that stands from one day on; one that the list returned to stands twice."""

    number: int
    """In the order of the days, from 1: `LIST@NUMBER` names it."""
    day: date
    """The first day: of publication, or of arrival where nobody gives one."""
    sha256: str
    """The version's identity."""
    published: date | None
    """Its day of publication, if anybody says so."""
    known_from: str
    """When the store learned that it stands from that day (UTC), as `known_at` takes it."""
    seen_again: int
    """How often the same bytes came again."""
    entries: int
    """Its listings."""


class HeldList(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of a list, and all that stood up to it."""

    list: str
    """Which list."""
    authority: str
    """Who publishes it."""
    sha256: str
    """The newest one's identity."""
    published: date | None
    """Its day of publication, if anybody says so."""
    published_is_stated: bool
    """True if that day comes from who added it."""
    age_days: int | None
    """Days since then."""
    known_from: str
    """When it first reached the store (UTC), as `known_at` takes it."""
    seen_again: int
    """How often the same bytes came again."""
    entries: int
    """Its listings."""
    files: tuple[HeldFile, ...]
    """What it is made of."""
    gaps: tuple[str, ...]
    """What the publication lacks."""
    change: ChangeCounts | None
    """Against the version before; absent if there is none."""
    versions: tuple[HeldStanding, ...]
    """Every version by the day from which it stands, this one last."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `lists add` did with one publication."""

    list: HeldList
    """The version as it is held now."""
    is_new: bool
    """False if the same bytes were held already."""
    contents_new: int
    """Entries that no version had in this form before."""
    older_than: date | None
    """The day of the version in force, if this one is older; absent if this one is in force."""
    older_than_undated: bool
    """True if that one is of no known day and stands from the day on which it came."""
    report: ReadingReport
    """What was read, kept, skipped and lost."""


def held_list(store: Store, standings: Sequence[Standing], *, today: date) -> HeldList:
    """What the last of some standings of one list holds, against the one before it."""
    newest = standings[-1]
    version, sighting = newest.version, newest.sighting
    return HeldList(
        list=version.list_id,
        authority=version.authority,
        sha256=version.sha256,
        published=sighting.published,
        published_is_stated=sighting.published_is_stated,
        age_days=age_days(sighting.published, today=today),
        known_from=version.known_from.isoformat(),
        seen_again=len(version.seen_again),
        entries=version.entries,
        files=tuple(
            HeldFile(
                kind=part.kind,
                file_name=part.file_name,
                sha256=part.sha256,
                size_bytes=part.size_bytes,
            )
            for part in version.parts
        ),
        gaps=version.report.gaps,
        change=_change(store, standings[-2], newest) if len(standings) > 1 else None,
        versions=tuple(_standing(number, one) for number, one in enumerate(standings, start=1)),
    )


def _standing(number: int, standing: Standing) -> HeldStanding:
    version = standing.version
    return HeldStanding(
        number=number,
        day=standing.day,
        sha256=version.sha256,
        published=standing.sighting.published,
        known_from=standing.known_from.isoformat(),
        seen_again=len(version.seen_again),
        entries=version.entries,
    )


def _change(store: Store, before: Standing, after: Standing) -> ChangeCounts:
    change = store.changes(before.version, after.version)
    return ChangeCounts(
        against=before.version.sha256,
        against_published=before.sighting.published,
        added=len(change.added),
        removed=len(change.removed),
        amended=len(change.amended),
    )


def holding_lines(held: Sequence[HeldList], pen: Pen) -> Iterator[str]:
    """What is held, a few lines a list."""
    for number, one in enumerate(held):
        if number:
            yield ""
        yield from _held_lines(one, pen)
        if len(one.versions) > 1:
            yield from map(_version_line, one.versions)


def _version_line(one: HeldStanding) -> str:
    published = f"published {one.published}" if one.published else "published on an unknown day"
    return (
        f"  @{one.number:<9} {published}, known since {_moment(one.known_from)}, "
        f"{counted(one.entries, 'entry')}, version {one.sha256[:SHA_SHOWN]}{_again(one.seen_again)}"
    )


def _held_lines(one: HeldList, pen: Pen) -> Iterator[str]:
    yield pen.bold(one.list) + f"  {one.authority}, version {one.sha256[:SHA_SHOWN]}"
    published = f"{one.published}" if one.published else "on an unknown day"
    stated = " (as stated when it was added)" if one.published_is_stated else ""
    age = "" if one.age_days is None else f", {days_old(one.age_days)}"
    yield f"  published  {published}{stated}{age}"
    yield f"  known      since {_moment(one.known_from)}{_again(one.seen_again)}"
    yield f"  entries    {one.entries:,}"
    yield "  files      " + ", ".join(
        f"{file.kind} ({legible(file.file_name)}, {counted(file.size_bytes, 'byte')})"
        for file in one.files
    )
    if one.change is not None:
        yield f"  changed    {change_words(one.change)}"
    for gap in one.gaps:
        yield f"  gap        lacks {gap}"


def change_words(change: ChangeCounts) -> str:
    """A change in words."""
    before = f"{change.against_published}" if change.against_published else "an unknown day"
    return (
        f"{change.added:,} added, {change.removed:,} removed, {change.amended:,} amended "
        f"against the version of {before} ({change.against[:SHA_SHOWN]})"
    )


def report_lines(report: Report, pen: Pen) -> Iterator[str]:
    """What became of one publication."""
    yield from _held_lines(report.list, pen)
    if not report.is_new:
        yield "  note       the same bytes were held already; that they came again is noted"
    yield from _day_notes(report)
    read = report.report
    lost = sum(skip.count for skip in read.skipped if skip.is_lost)
    left_out = read.read - read.kept - lost
    yield (
        f"  read       {counted(read.read, 'row')} or elements, {read.kept:,} kept"
        + (f", {left_out:,} skipped without loss" if left_out > 0 else "")
        + (f", {lost:,} lost" if lost else "")
    )
    yield f"  found      {counted(read.listings, 'listing')} with {counted(read.names, 'name')}"
    if report.is_new:
        yield f"  new        {counted(report.contents_new, 'entry')} in a form not held before"
    if read.remark_segments:
        share = read.remark_segments_typed / read.remark_segments
        segments = counted(read.remark_segments, "segment")
        yield (
            f"  remarks    {read.remark_segments_typed:,} of {segments} "
            f"became typed data ({share:.2%}), the rest stay text"
        )
        words = ", ".join(f"{word} {count}" for word, count in read.remark_words[:WORDS_SHOWN])
        if words:
            yield f"             most often: {legible(words)}"
    for skip in read.skipped:
        places = ", ".join(skip.places)
        label = "lost" if skip.is_lost else "noted"
        yield f"  {label:<11}{skip.count:,} x {skip.reason} ({legible(places)})"


def _day_notes(report: Report) -> Iterator[str]:
    """What follows from the day of a publication, or from its having none."""
    if report.older_than_undated:
        yield (
            "  note       the version in force is of no known day and stands since it came, on "
            f"{report.older_than}: if it is older than this one, add it again with its "
            "`--published DATE`"
        )
    elif report.older_than is not None:
        yield (
            f"  note       older than the version in force of {report.older_than}; "
            "what stands today does not change"
        )
    elif report.list.published is None:
        yield (
            "  note       nobody says of which day it is, so it stands from the day on which it "
            "came; add it again with `--published DATE` to say it"
        )


def _moment(known_from: str) -> str:
    seconds = datetime.fromisoformat(known_from).isoformat(sep=" ", timespec="seconds")
    return seconds.replace("+00:00", " UTC")


def _again(count: int) -> str:
    if not count:
        return ""
    return ", seen again once" if count == 1 else f", seen again {count:,} times"
