"""Works out what one list said on every day, as it was known at every moment.

It knows versions and contents by their numbers alone, and reads nothing.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from article41.store.held import HeldVersion, Standing

OPEN_END = date.max
"""Stands for "has not ended" while days are compared."""


class Stated(NamedTuple):
    """The dates that the authority itself gives in a content."""

    listed_on: date | None = None
    delisted_on: date | None = None


class Span(NamedTuple):
    """Days on the list with one content, the authority's own dates taken in."""

    valid_from: date | None
    valid_until: date
    content: int


class Belief(NamedTuple):
    """A span, when it was believed, and the newest version that bears it out."""

    listing_id: str
    span: Span
    known_from: datetime
    known_until: datetime | None
    version: int


class _Standing(NamedTuple):
    """A `Standing` by numbers alone; of two on one day the one that came later counts."""

    day: date
    known_at: datetime
    version: int


class _Event(NamedTuple):
    """At a moment a version is learned to stand from a day, and perhaps not from another."""

    known_at: datetime
    placed: _Standing
    withdrawn: _Standing | None


class _Run(NamedTuple):
    """Days throughout which a listing had one content, by the versions alone."""

    first: date
    until: date
    content: int


def standings(versions: Iterable[HeldVersion]) -> tuple[Standing, ...]:
    """Which versions stand from which days by what is known now, by list, day and arrival."""
    found: list[Standing] = []
    for version in versions:
        standing: set[_Standing] = set()
        for event in _events(version):
            if event.withdrawn is not None:
                standing.remove(event.withdrawn)
            standing.add(event.placed)
        found += (Standing(day=one.day, known_at=one.known_at, version=version) for one in standing)
    order = attrgetter("version.list_id", "day", "known_at", "version.number")
    return tuple(sorted(found, key=order))


class Timeline:
    """What one list said on every day, learned event by event.

    Args:
        versions: The versions of the list.
        contents_of: The content of each listing of a version, by the authority's number.
        stated: The authority's own dates, by content; contents without any may be absent.
    """

    def __init__(
        self,
        versions: Sequence[HeldVersion],
        *,
        contents_of: Callable[[int], Mapping[str, int]],
        stated: Mapping[int, Stated],
    ) -> None:
        """Begin with an empty list."""
        events = (event for version in versions for event in _events(version))
        # The sort is stable, so what is learned of one version stays in the order it came.
        self._events = sorted(events, key=lambda event: (event.known_at, event.placed.version))
        self._contents_of = contents_of
        self._stated = stated
        self._standings: list[_Standing] = []
        self._runs: dict[str, list[_Run]] = {}
        self._believed: dict[str, dict[Span, tuple[datetime, date]]] = {}

    def beliefs(self) -> Iterator[Belief]:
        """Every span ever believed, with the time of the belief; to be gone through once."""
        for known_at, group in groupby(self._events, key=lambda event: event.known_at):
            before = list(self._standings)
            touched: set[str] = set()
            for event in group:
                if event.withdrawn is not None:
                    touched |= self._withdraw(event.withdrawn)
                touched |= self._place(event.placed)
            for listing_id in touched:
                yield from self._learn(listing_id, known_at, before)
        for listing_id, believed in self._believed.items():
            for span, (known_from, run_until) in believed.items():
                version = _newest(self._standings, run_until)
                yield Belief(listing_id, span, known_from, None, version)

    def _place(self, standing: _Standing) -> set[str]:
        insort(self._standings, standing)
        before, until = self._around(standing)
        after = self._contents_of(standing.version)
        return self._overlay(standing.day, until, before=before, after=after)

    def _withdraw(self, standing: _Standing) -> set[str]:
        after, until = self._around(standing)
        before = self._contents_of(standing.version)
        self._standings.remove(standing)
        return self._overlay(standing.day, until, before=before, after=after)

    def _around(self, standing: _Standing) -> tuple[Mapping[str, int], date]:
        """What the version before a standing says, and the day on which the next one begins."""
        place = self._standings.index(standing)
        before = self._contents_of(self._standings[place - 1].version) if place else {}
        is_last = place + 1 == len(self._standings)
        return before, OPEN_END if is_last else self._standings[place + 1].day

    def _overlay(
        self, first: date, until: date, *, before: Mapping[str, int], after: Mapping[str, int]
    ) -> set[str]:
        """Let the list say `after` instead of `before` on some days; which listings change?"""
        # INVARIANT: between two neighbouring standings the list says one thing, so outside the
        # listings in which the two differ nothing has to be touched.
        if first == until:
            return set()
        changed = {number for number, content in after.items() if before.get(number) != content}
        changed |= before.keys() - after.keys()
        for number in changed:
            runs = self._runs.get(number, [])
            self._runs[number] = _overlaid(runs, first, until, after.get(number))
        return changed

    def _learn(
        self, listing_id: str, known_at: datetime, before: Sequence[_Standing]
    ) -> Iterator[Belief]:
        """End the beliefs about a listing that no longer hold, and begin the new ones."""
        old = self._believed.get(listing_id, {})
        new = _spans(self._runs[listing_id], self._stated)
        for span, (known_from, run_until) in old.items():
            if span not in new:
                version = _newest(before, run_until)
                yield Belief(listing_id, span, known_from, known_at, version)
        self._believed[listing_id] = {
            span: (old[span][0] if span in old else known_at, run_until)
            for span, run_until in new.items()
        }


def _events(version: HeldVersion) -> Iterator[_Event]:
    """When a version was learned to stand from which day.

    The first date given replaces the day of arrival that stood in for it; another one adds to it,
    since an authority may return to an earlier publication.
    """
    days: set[date] = set()
    assumed: _Standing | None = None
    for sighting in version.sightings:
        known_at, day = sighting.known_at, sighting.published
        if day is None:
            if not days and assumed is None:
                assumed = _Standing(known_at.date(), known_at, version.number)
                yield _Event(known_at, assumed, None)
        elif day not in days:
            yield _Event(known_at, _Standing(day, known_at, version.number), assumed)
            days.add(day)
            assumed = None


def _newest(standings: Sequence[_Standing], until: date) -> int:
    """The version in force on the last day before `until`."""
    return standings[bisect_left(standings, until, key=lambda one: one.day) - 1].version


def _overlaid(runs: list[_Run], first: date, until: date, content: int | None) -> list[_Run]:
    """The runs with one content, or none, from `first` until `until`."""
    pieces = [_Run(run.first, min(run.until, first), run.content) for run in runs]
    pieces += [_Run(max(run.first, until), run.until, run.content) for run in runs]
    if content is not None:
        pieces.append(_Run(first, until, content))
    joined: list[_Run] = []
    for piece in sorted(piece for piece in pieces if piece.first < piece.until):
        if joined and (joined[-1].until, joined[-1].content) == (piece.first, piece.content):
            joined[-1] = joined[-1]._replace(until=piece.until)
        else:
            joined.append(piece)
    return joined


def _spans(runs: Sequence[_Run], stated: Mapping[int, Stated]) -> dict[Span, date]:
    """The days on the list by the authority's own dates, each with the end of its run.

    A stated listing date moves the beginning of an unbroken stretch back, though never into a
    stretch before it; a stated delisting date ends the stretch whose last content states it.
    """
    spans: dict[Span, date] = {}
    floor: date | None = None
    for stretch in _stretches(runs, stated):
        dates = [stated.get(run.content, Stated()) for run in stretch]
        begins = [one.listed_on for one in dates if one.listed_on is not None]
        begin = min([stretch[0].first, *(day for day in begins if floor is None or floor <= day)])
        end = min(stretch[-1].until, dates[-1].delisted_on or OPEN_END)
        for place, run in enumerate(stretch):
            first = run.first if place else begin
            if first < (until := min(run.until, end)):
                spans[Span(first, until, run.content)] = run.until
        if end <= begin and (floor is None or floor < end):
            # It was off before we first saw it, and nobody says since when it had been on.
            spans[Span(floor, end, stretch[-1].content)] = stretch[-1].until
        floor = end
    return spans


def _stretches(runs: Sequence[_Run], stated: Mapping[int, Stated]) -> Iterator[list[_Run]]:
    """Runs cut where the listing was off the list between two of them."""
    stretch = list(runs[:1])
    for run, following in pairwise(runs):
        is_off = stated.get(run.content, Stated()).delisted_on is not None
        is_off_still = stated.get(following.content, Stated()).delisted_on is not None
        if run.until < following.first or (is_off and not is_off_still):
            yield stretch
            stretch = []
        stretch.append(following)
    if stretch:
        yield stretch
