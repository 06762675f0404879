"""Turns the publications that have a target into the days on which it was listed, with bounds.

A publication proves its own day; between two of them only the authority's own dates tell.
"""

import enum
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from article41.model.clocks import Bounds, Interval
from article41.model.listings import Facet, Listing

OPEN_END = date.max
"""Stands for "has not ended" while days are compared."""


class Shown(enum.Enum):
    """What a publication that is silent on some facets shows of a content that it has not."""

    WHOLE = "whole"
    """All that it could: only its silence sets them apart."""
    IN_PART = "in-part"
    """Something else, but the content has more than what it could show."""
    NOT = "not"
    """Something else, and nothing of the content can be hidden."""


ShownIn = Callable[[int, int, tuple[Facet, ...]], Shown]
"""How a content, seen in a publication silent on some facets, shows another one."""

_Pair = tuple[date | None, date]
"""Not yet on the first day, surely on the second; equal where the day is stated."""


class Stated(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The dates that the authority itself gives in a content."""

    listed_on: date | None = None
    """The day of listing."""
    delisted_on: date | None = None
    """The first day off the list."""
    amended_on: tuple[date, ...] = ()
    """The days of amendment."""
    during: Interval | None = None
    """The days of this very content, where the publication prints its own history."""
    sure: Interval | None = None
    """Those of them on which it surely held; all if absent."""

    @classmethod
    def of(cls, listing: Listing) -> "Stated":
        """What a listing states."""
        return cls(
            listed_on=listing.listed_on,
            delisted_on=listing.delisted_on,
            amended_on=listing.amended_on,
            during=listing.during,
            sure=listing.sure,
        )


_NOTHING = Stated()


class Said(NamedTuple):
    """What a publication says of one target, and what it says nothing of."""

    contents: tuple[int, ...]
    silent_on: tuple[Facet, ...] = ()


class Run(NamedTuple):
    """Days throughout which the publications said one thing of a target."""

    first: date
    until: date
    said: Said

    @property
    def content(self) -> int:
        """The one content, where the publication does not print its own history."""
        return self.said.contents[-1]


class _Known(NamedTuple):
    """What a stretch is worked out from."""

    stated: Mapping[int, Stated]
    days: Sequence[date]
    shown_in: ShownIn


class Span(NamedTuple):
    """One content of a target: when it held, and when the target was listed without a break."""

    content: int
    form: Bounds
    listed: Bounds


def spans(
    runs: Sequence[Run],
    stated: Mapping[int, Stated],
    *,
    days: Sequence[date],
    is_other: Callable[[int, int], bool],
    shown_in: ShownIn = lambda _seen, _other, _silent_on: Shown.NOT,
) -> dict[Span, date]:
    """The contents of a target with their bounds, each with the end of its run.

    A stated listing date moves the beginning of an unbroken stretch back, though never into a
    stretch before it; a stated delisting date ends the stretch whose last content states it. A
    publication with its own history decides alone: it restates everything before it. A publication
    that is silent on something neither confirms nor ends what it may have been silent on.

    Args:
        runs: Those of one target, in order.
        stated: The authority's own dates, by content.
        days: The days from which versions of the list stand, in order.
        is_other: True if two contents are of two targets.
        shown_in: How a content shows another one.
    """
    if not runs:
        return {}
    if any(stated.get(content, _NOTHING).during for content in runs[-1].said.contents):
        return _printed_history(runs[-1], stated, days)
    found: dict[Span, date] = {}
    floor: date | None = None
    for stretch in _stretches(runs, stated, is_other):
        floor = _add_stretch(found, stretch, floor, _Known(stated, days, shown_in))
    return found


def _add_stretch(
    found: dict[Span, date],
    stretch: Sequence[Run],
    floor: date | None,
    known: _Known,
) -> date:
    """Add the spans of one unbroken stretch; when did it end, at the latest?"""
    days = known.days
    dates = [known.stated.get(run.content, _NOTHING) for run in stretch]
    after, by = _beginning(stretch[0].first, dates, floor, days)
    end = _end(stretch[-1].until, dates[-1], days)
    if end[1] <= by:
        # It was off before we first saw it; on the day before it still was on, since it was taken
        # off, and nobody says since when.
        after, by = floor, end[1] - timedelta(days=1)
        if floor is not None and floor >= by:
            return end[1]
        listed = _bounds((after, by), end)
        found[Span(stretch[-1].content, listed, listed)] = stretch[-1].until
        return end[1]
    listed = _bounds((after, by), end)
    kept = [place for place, run in enumerate(stretch) if not place or run.first < end[1]]
    begins = [(after, by)] + [
        _change(stretch[place].first, dates[place], days) for place in kept[1:]
    ]
    runs = [stretch[place] for place in kept]
    for content, form, until in _forms(runs, begins, end, known.shown_in):
        found[Span(content, form, listed)] = until
    return end[1]


def _forms(
    runs: Sequence[Run], begins: Sequence[_Pair], end: _Pair, shown_in: ShownIn
) -> Iterator[tuple[int, Bounds, date]]:
    """The contents of a stretch, each with its bounds and the end of the last run that has it."""
    following = 0
    for place, run in enumerate(runs):
        if place < following:
            continue  # The form before is all that this publication saw a part of.
        first = place
        while first and _shown(runs[first - 1], run, shown_in) is not Shown.NOT:
            first -= 1
        begin = begins[place]
        if first < place and begin[0] != begin[1]:
            begin = (_day_before(begins[first]), begin[1])
        following = place + 1
        while following < len(runs) and _shown(runs[following], run, shown_in) is Shown.WHOLE:
            following += 1
        last = max(one for one in range(place, following) if runs[one].content == run.content)
        until = following
        while until < len(runs) and _shown(runs[until], run, shown_in) is not Shown.NOT:
            until += 1
        form_end = begins[until] if until < len(runs) else end
        if last + 1 < until and following < len(runs):
            form_end = (begins[last + 1][0], form_end[1])
        yield run.content, _bounds(begin, form_end), runs[last].until


def _shown(run: Run, other: Run, shown_in: ShownIn) -> Shown:
    """What one run shows of the content of another."""
    if run.content == other.content:
        return Shown.WHOLE
    silent_on = tuple(one for one in run.said.silent_on if one not in other.said.silent_on)
    return shown_in(run.content, other.content, silent_on) if silent_on else Shown.NOT


def _day_before(pair: _Pair) -> date | None:
    """The last day on which something cannot have begun that begins no earlier than a pair."""
    after, by = pair
    return by - timedelta(days=1) if after == by else after


def _beginning(
    first: date, dates: Sequence[Stated], floor: date | None, days: Sequence[date]
) -> _Pair:
    begins = [one.listed_on for one in dates if one.listed_on is not None]
    own = [day for day in begins if day <= first and (floor is None or floor <= day)]
    if own:
        return min(own), min(own)
    return _before(first, days), first


def _end(until: date, last: Stated, days: Sequence[date]) -> _Pair:
    if last.delisted_on is not None and last.delisted_on <= until:
        return last.delisted_on, last.delisted_on
    return (None if until == OPEN_END else _before(until, days)), until


def _change(first: date, after: Stated, days: Sequence[date]) -> _Pair:
    """When one content gave way to the next: on the day of amendment, if one fits."""
    before = _before(first, days)
    fitting = [day for day in after.amended_on if (before or date.min) < day <= first]
    return (max(fitting), max(fitting)) if fitting else (before, first)


def _before(day: date, days: Sequence[date]) -> date | None:
    """The last day before another one from which a version stands."""
    place = bisect_left(days, day)
    return days[place - 1] if place else None


def _bounds(begin: _Pair, end: _Pair) -> Bounds:
    is_open = end[1] == OPEN_END
    return Bounds(
        began_after=begin[0],
        began_by=begin[1],
        ended_after=end[0],
        ended_by=None if is_open else end[1],
    )


def _printed_history(
    run: Run, stated: Mapping[int, Stated], days: Sequence[date]
) -> dict[Span, date]:
    """What a publication says of all days before it; its own end is that of the run."""
    end = _end(run.until, _NOTHING, days)
    forms: list[tuple[int, Bounds]] = []
    for content in run.said.contents:
        said = stated.get(content, _NOTHING)
        held = said.during or Interval()
        until = (held.valid_until, held.valid_until) if held.valid_until else end
        latest = min(run.first, until[1] - timedelta(days=1))
        begin = (held.valid_from, held.valid_from) if held.valid_from else (None, latest)
        forms.append((content, _bounds(*_unsure(begin, until, held, said.sure))))
    forms.sort(key=lambda form: form[1].began_by)
    found: dict[Span, date] = {}
    for stretch in _adjacent(forms):
        first, last = stretch[0][1], stretch[-1][1]
        listed = Bounds(
            began_after=first.began_after,
            began_by=first.began_by,
            ended_after=last.ended_after,
            ended_by=last.ended_by,
        )
        for content, form in stretch:
            found[Span(content, form, listed)] = run.until
    return found


def _unsure(begin: _Pair, end: _Pair, held: Interval, sure: Interval | None) -> tuple[_Pair, _Pair]:
    """The pairs, where a publication says itself that it does not know a day."""
    if sure is not None and sure.valid_from not in {None, held.valid_from}:
        assert sure.valid_from is not None
        before = held.valid_from and held.valid_from - timedelta(days=1)
        begin = (before, sure.valid_from)
    if sure is not None and sure.valid_until not in {None, held.valid_until}:
        assert sure.valid_until is not None
        end = (sure.valid_until - timedelta(days=1), end[1])
    return begin, end


def _adjacent(forms: Sequence[tuple[int, Bounds]]) -> Iterator[list[tuple[int, Bounds]]]:
    """The forms cut where one does not begin when the one before it ends."""
    stretch = list(forms[:1])
    for before, form in pairwise(forms):
        if before[1].ended_by != form[1].began_by:
            yield stretch
            stretch = []
        stretch.append(form)
    yield stretch


def _stretches(
    runs: Sequence[Run], stated: Mapping[int, Stated], is_other: Callable[[int, int], bool]
) -> Iterator[list[Run]]:
    """Runs cut where the target was off the list between two, or the number was given anew."""
    stretch = list(runs[:1])
    for run, following in pairwise(runs):
        last, next_ = run.content, following.content
        is_off = stated.get(last, _NOTHING).delisted_on is not None
        is_off_still = stated.get(next_, _NOTHING).delisted_on is not None
        if run.until < following.first or (is_off and not is_off_still) or is_other(last, next_):
            yield stretch
            stretch = []
        stretch.append(following)
    yield stretch
