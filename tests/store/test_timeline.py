"""What a list said on every day as known at every moment, against a slow twin."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from article41.model.listings import ReadingReport
from article41.store import HeldVersion, Sighting
from article41.store.timeline import OPEN_END, Stated, Timeline, standings

DAYS = [date(2024, 3, day) for day in range(1, 10)]
MOMENTS = [datetime(2024, 3, day, tzinfo=UTC) for day in range(1, 10)]


class Step(msgspec.Struct, frozen=True):
    """Some bytes reach the store, perhaps again."""

    version: int
    known_at: datetime
    published: date | None


def held(number: int, sightings: Sequence[tuple[datetime, date | None]]) -> HeldVersion:
    dated = [day for _, day in sightings if day is not None]
    return HeldVersion(
        number=number,
        authority="XA",
        list_id="xa",
        sha256="",
        parts=(),
        published=dated[0] if dated else None,
        published_is_stated=True,
        sightings=tuple(
            Sighting(known_at=known_at, published=day, published_is_stated=True)
            for known_at, day in sightings
        ),
        report=ReadingReport(read=0, kept=0),
        entries=0,
    )


def timeline_of(
    steps: Sequence[Step], contents: Sequence[Mapping[str, int]]
) -> tuple[Timeline, list[HeldVersion], list[Mapping[str, int]]]:
    """The timeline, the versions numbered in the order of arrival, and what each of them says."""
    sightings: dict[int, list[tuple[datetime, date | None]]] = {}
    for step in steps:
        sightings.setdefault(step.version, []).append((step.known_at, step.published))
    versions = [held(number, seen) for number, seen in enumerate(sightings.values())]
    arrived = [contents[version] for version in sightings]
    return Timeline(versions, contents_of=arrived.__getitem__, stated={}), versions, arrived


def standing_at(steps: Sequence[Step], known_at: datetime) -> list[tuple[date, datetime, int, int]]:
    """The slow twin: day, moment, place in the order of arrival and version, in that order."""
    days: dict[int, dict[date, datetime]] = {}
    is_assumed: dict[int, bool] = {}
    for step in steps:
        if step.known_at > known_at:
            continue
        if step.published is None:
            if step.version not in days:
                days[step.version] = {step.known_at.date(): step.known_at}
                is_assumed[step.version] = True
            continue
        if is_assumed.get(step.version):
            days[step.version] = {}
        is_assumed[step.version] = False
        days.setdefault(step.version, {}).setdefault(step.published, step.known_at)
    arrival = list(dict.fromkeys(step.version for step in steps))
    return sorted(
        (day, known, arrival.index(version), version)
        for version, by_day in days.items()
        for day, known in by_day.items()
    )


def said(
    steps: Sequence[Step], contents: Sequence[Mapping[str, int]], as_of: date, known_at: datetime
) -> dict[str, int]:
    """The slow twin: the last version, of those known, that stands from the day or before."""
    standing = [one for one in standing_at(steps, known_at) if one[0] <= as_of]
    return dict(contents[standing[-1][3]]) if standing else {}


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Step], list[dict[str, int]]]:
    ids = {"a": (1, 2), "b": (3, 4), "c": (5, 6)}
    state = st.fixed_dictionaries({}, optional={id_: st.sampled_from(n) for id_, n in ids.items()})
    contents = draw(st.lists(state, min_size=1, max_size=6))
    moments = sorted(draw(st.lists(st.sampled_from(MOMENTS), min_size=1, max_size=9)))
    steps = [
        Step(
            draw(st.integers(0, len(contents) - 1)),
            known_at,
            draw(st.none() | st.sampled_from(DAYS)),
        )
        for known_at in moments
    ]
    return steps, contents


@given(histories())
def test_on_any_day_and_at_any_moment_the_spans_are_what_the_last_known_version_said(
    history: tuple[list[Step], list[dict[str, int]]],
) -> None:
    steps, contents = history
    timeline, _, _ = timeline_of(steps, contents)

    beliefs = list(timeline.beliefs())

    for known_at in MOMENTS:
        for as_of in DAYS:
            found = [
                (one.listing_id, one.span.content)
                for one in beliefs
                if one.span.valid_from is not None
                and one.span.valid_from <= as_of < one.span.valid_until
                and one.known_from <= known_at
                and (one.known_until is None or known_at < one.known_until)
            ]
            assert len(found) == len(dict(found))
            assert dict(found) == said(steps, contents, as_of, known_at)


@given(histories())
def test_the_standings_are_the_days_from_which_each_version_counts_by_what_is_known_last(
    history: tuple[list[Step], list[dict[str, int]]],
) -> None:
    steps, contents = history
    _, versions, _ = timeline_of(steps, contents)

    found = [(one.day, one.known_at, one.version.number) for one in standings(versions)]

    assert found == [one[:3] for one in standing_at(steps, MOMENTS[-1])]


@given(histories())
def test_the_version_of_a_span_has_its_content_and_was_known_in_time(
    history: tuple[list[Step], list[dict[str, int]]],
) -> None:
    steps, contents = history
    timeline, versions, arrived = timeline_of(steps, contents)

    for one in timeline.beliefs():
        assert arrived[one.version][one.listing_id] == one.span.content
        assert one.known_until is None or versions[one.version].known_from < one.known_until
        assert one.known_until is None or one.known_from < one.known_until


@given(st.permutations(range(5)))
def test_versions_added_in_any_order_of_publication_make_the_same_history(
    order: list[int],
) -> None:
    contents = [{"a": 1}, {"a": 1, "b": 3}, {"b": 3}, {"a": 2, "b": 3}, {"a": 2}]
    versions = [
        held(number, [(MOMENTS[place], DAYS[number])]) for place, number in enumerate(order)
    ]
    timeline = Timeline(versions, contents_of=lambda number: contents[number], stated={})

    latest = {(b.listing_id, b.span) for b in timeline.beliefs() if b.known_until is None}

    assert latest == {
        ("a", (DAYS[0], DAYS[2], 1)),
        ("a", (DAYS[3], OPEN_END, 2)),
        ("b", (DAYS[1], DAYS[4], 3)),
    }


def spans(
    contents: Sequence[Mapping[str, int]], stated: Mapping[int, Stated]
) -> list[tuple[date | None, date, int]]:
    """What is believed in the end, of versions published and known day by day from the third."""
    versions = [held(n, [(MOMENTS[n + 2], DAYS[n + 2])]) for n in range(len(contents))]
    timeline = Timeline(versions, contents_of=lambda number: contents[number], stated=stated)
    return sorted(
        (
            (b.span.valid_from, b.span.valid_until, b.span.content)
            for b in timeline.beliefs()
            if b.known_until is None
        ),
        key=lambda span: span[0] or date.min,
    )


def test_a_stated_listing_date_goes_before_the_day_of_the_first_version() -> None:
    stated = {1: Stated(listed_on=DAYS[0])}

    assert spans([{"a": 1}], stated) == [(DAYS[0], OPEN_END, 1)]


def test_a_listing_date_stated_only_in_an_amendment_moves_the_whole_stretch_back() -> None:
    stated = {2: Stated(listed_on=DAYS[0])}

    found = spans([{"a": 1}, {"a": 2}], stated)

    assert found == [(DAYS[0], DAYS[3], 1), (DAYS[3], OPEN_END, 2)]


def test_the_date_of_the_first_listing_does_not_fill_the_gap_before_a_second_one() -> None:
    stated = {1: Stated(listed_on=DAYS[0])}

    found = spans([{"a": 1}, {}, {"a": 1}], stated)

    assert found == [(DAYS[0], DAYS[3], 1), (DAYS[4], OPEN_END, 1)]


def test_a_stated_delisting_date_ends_a_listing_that_the_publication_still_prints() -> None:
    stated = {1: Stated(listed_on=DAYS[0]), 2: Stated(listed_on=DAYS[0], delisted_on=DAYS[4])}

    found = spans([{"a": 1}, {"a": 1}, {"a": 1}, {"a": 2}], stated)

    assert found == [(DAYS[0], DAYS[4], 1)]


def test_a_delisting_before_the_first_version_leaves_the_beginning_open() -> None:
    stated = {1: Stated(delisted_on=DAYS[1])}

    assert spans([{"a": 1}], stated) == [(None, DAYS[1], 1)]


def test_a_listing_that_returns_after_a_stated_delisting_begins_anew() -> None:
    stated = {
        1: Stated(listed_on=DAYS[0], delisted_on=DAYS[1]),
        2: Stated(listed_on=DAYS[0]),
    }

    found = spans([{"a": 1}, {"a": 2}], stated)

    assert found == [(DAYS[0], DAYS[1], 1), (DAYS[3], OPEN_END, 2)]


def test_an_older_version_learned_later_does_not_change_what_was_known_before() -> None:
    contents = [{"a": 1}, {"a": 2}]
    versions = [held(1, [(MOMENTS[1], DAYS[5])]), held(0, [(MOMENTS[3], DAYS[2])])]
    timeline = Timeline(versions, contents_of=lambda number: contents[number], stated={})

    beliefs = [(b.span, b.known_from, b.known_until) for b in timeline.beliefs()]

    assert sorted(beliefs) == [
        ((DAYS[2], DAYS[5], 1), MOMENTS[3], None),
        ((DAYS[5], OPEN_END, 2), MOMENTS[1], None),
    ]


def test_a_removal_learned_later_leaves_the_open_belief_until_that_moment() -> None:
    contents: list[dict[str, int]] = [{"a": 1}, {}]
    versions = [held(n, [(MOMENTS[n], DAYS[n])]) for n in (0, 1)]
    timeline = Timeline(versions, contents_of=lambda number: contents[number], stated={})

    beliefs = [(b.span, b.known_from, b.known_until) for b in timeline.beliefs()]

    assert beliefs == [
        ((DAYS[0], OPEN_END, 1), MOMENTS[0], MOMENTS[1]),
        ((DAYS[0], DAYS[1], 1), MOMENTS[1], None),
    ]
