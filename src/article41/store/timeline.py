"""Works out what one list said on every day, as it was known at every moment.

It knows versions and contents by their numbers alone, and reads nothing.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from article41.store.held import HeldVersion, Standing
from article41.store.spans import OPEN_END, Run, Said, Shown, ShownIn, Span, Stated, spans

_FIRST = attrgetter("first")
_DAY = attrgetter("day")


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


def standings(
    versions: Iterable[HeldVersion], *, known_at: datetime | None = None
) -> tuple[Standing, ...]:
    """Which versions stand from which days, by list, day and arrival.

    Args:
        versions: All that are held.
        known_at: By what was known at this moment, of the versions too; now if absent.
    """
    if known_at is not None:
        known = (version.as_known(known_at) for version in versions)
        versions = [version for version in known if version is not None]
    return tuple(one for one in standings_ever(versions) if one.known_until is None)


def standings_ever(versions: Iterable[HeldVersion]) -> tuple[Standing, ...]:
    """Every standing that was ever known, with those withdrawn since, by list, day and arrival."""
    found: list[Standing] = []
    for version in versions:
        until: dict[_Standing, datetime | None] = {}
        for event in _events(version):
            if event.withdrawn is not None:
                until[event.withdrawn] = event.known_at
            until[event.placed] = None
        found += (
            Standing(day=one.day, known_from=one.known_at, known_until=known_until, version=version)
            for one, known_until in until.items()
            # What was withdrawn at the moment at which it came was never known.
            if one.known_at != known_until
        )
    order = attrgetter("version.list_id", "day", "known_from", "version.number")
    return tuple(sorted(found, key=order))


class _Around(NamedTuple):
    """What a list says on a day and after it."""

    on_day: Mapping[str, Said]
    """On the day itself."""
    since: Mapping[str, Said]
    """From the next day on."""
    until: date
    """When the next standing begins."""
    following: Mapping[str, Said] | None
    """What is said on that day; absent if nothing follows."""


class Timeline:
    """What one list said on every day, learned event by event.

    Args:
        versions: The versions of the list.
        said_in: What a version says of each target, by the authority's number: one content,
            or several where the publication prints its own history.
        stated: The authority's own dates, by content; contents without any may be absent.
        is_other: True if two contents under one number are of two targets.
        shown_in: As for `spans`.
    """

    def __init__(
        self,
        versions: Sequence[HeldVersion],
        *,
        said_in: Callable[[int], Mapping[str, Said]],
        stated: Mapping[int, Stated],
        is_other: Callable[[int, int], bool] = lambda _before, _after: False,
        shown_in: ShownIn = lambda _seen, _other, _silent_on: Shown.NOT,
    ) -> None:
        """Begin with an empty list."""
        events = (event for version in versions for event in _events(version))
        # The sort is stable, so what is learned of one version stays in the order it came.
        self._events = sorted(events, key=lambda event: (event.known_at, event.placed.version))
        self._said_in = said_in
        self._stated = stated
        self._is_other = is_other
        self._shown_in = shown_in
        self._standings: list[_Standing] = []
        self._runs: dict[str, list[Run]] = {}
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
                version = self._newest(self._standings, listing_id, span.content, run_until)
                yield Belief(listing_id, span, known_from, None, version)

    def _place(self, standing: _Standing) -> set[str]:
        before = self._around(standing.day)
        insort(self._standings, standing)
        return self._change(standing.day, before, self._around(standing.day))

    def _withdraw(self, standing: _Standing) -> set[str]:
        before = self._around(standing.day)
        self._standings.remove(standing)
        return self._change(standing.day, before, self._around(standing.day))

    def _around(self, day: date) -> _Around:
        """What the list says on a day, and from the next one on, until another standing begins."""
        end = bisect_right(self._standings, day, key=_DAY)
        on_day = since = self._said_in(self._standings[end - 1].version) if end else {}
        if end and self._standings[end - 1].day == day:
            on_day = self._said_on_day_of(end - 1)
        if end == len(self._standings):
            return _Around(on_day, since, OPEN_END, None)
        until = self._standings[end].day
        following = bisect_right(self._standings, until, key=_DAY) - 1
        return _Around(on_day, since, until, self._said_on_day_of(following))

    def _said_on_day_of(self, place: int) -> Mapping[str, Said]:
        """What the last standing of a day says, and of other targets those learned with it.

        Which of them the authority published last nobody knows, so that what only one of them has
        stood on that day; from the next day on the last one alone counts.
        """
        last = self._standings[place]
        said = self._said_in(last.version)
        while place and self._standings[place - 1][:2] == last[:2]:
            place -= 1
            said = {**self._said_in(self._standings[place].version), **said}
        return said

    def _change(self, day: date, before: _Around, after: _Around) -> set[str]:
        """Let the list say something else from a day on; which listings change?"""
        next_day = day + timedelta(days=1)
        changed: set[str] = set()
        if before.on_day is before.since and after.on_day is after.since:
            next_day = day
        else:
            changed = self._overlay(day, next_day, before=before.on_day, after=after.on_day)
        changed |= self._overlay(next_day, after.until, before=before.since, after=after.since)
        # What begins or ends with the next standing does so somewhere between the two: its bounds
        # move with this one, though what holds on the days between does not.
        return changed | _differing(after.since, after.following)

    def _overlay(
        self,
        first: date,
        until: date,
        *,
        before: Mapping[str, Said],
        after: Mapping[str, Said],
    ) -> set[str]:
        """Let the list say `after` instead of `before` on some days; which listings change?"""
        # INVARIANT: on these days the list says one thing, so outside the listings in which the two
        # differ nothing has to be touched.
        if first == until:
            return set()
        changed = _differing(before, after)
        for number in changed:
            runs = self._runs.get(number, [])
            self._runs[number] = _overlaid(runs, first, until, after.get(number))
        return changed

    def _learn(
        self, listing_id: str, known_at: datetime, before: Sequence[_Standing]
    ) -> Iterator[Belief]:
        """End the beliefs about a listing that no longer hold, and begin the new ones."""
        old = self._believed.get(listing_id, {})
        days = sorted({one.day for one in self._standings})
        new = spans(
            self._runs[listing_id],
            self._stated,
            days=days,
            is_other=self._is_other,
            shown_in=self._shown_in,
        )
        for span, (known_from, run_until) in old.items():
            if span not in new:
                version = self._newest(before, listing_id, span.content, run_until)
                yield Belief(listing_id, span, known_from, known_at, version)
        self._believed[listing_id] = {
            span: (old[span][0] if span in old else known_at, run_until)
            for span, run_until in new.items()
        }

    def _newest(
        self, standings: Sequence[_Standing], listing_id: str, content: int, until: date
    ) -> int:
        """The last version before `until` that has the content, of several on the last day."""
        place = bisect_left(standings, until, key=_DAY) - 1
        day = standings[place].day
        while place and standings[place - 1].day == day:
            said = self._said_in(standings[place].version).get(listing_id)
            if said is not None and content in said.contents:
                break
            place -= 1
        return standings[place].version


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


def _differing(before: Mapping[str, Said], after: Mapping[str, Said] | None) -> set[str]:
    """The targets of which two versions do not say the same."""
    if after is None:
        return set()
    changed = {number for number, said in after.items() if before.get(number) != said}
    return changed | (before.keys() - after.keys())


def _overlaid(runs: list[Run], first: date, until: date, said: Said | None) -> list[Run]:
    """The runs with something said, or nothing, from `first` until `until`."""
    pieces = [Run(run.first, min(run.until, first), run.said) for run in runs]
    pieces += [Run(max(run.first, until), run.until, run.said) for run in runs]
    if said is not None:
        pieces.append(Run(first, until, said))
    joined: list[Run] = []
    for piece in sorted((one for one in pieces if one.first < one.until), key=_FIRST):
        if joined and (joined[-1].until, joined[-1].said) == (piece.first, piece.said):
            joined[-1] = joined[-1]._replace(until=piece.until)
        else:
            joined.append(piece)
    return joined
