"""What a list said on every day as known at every moment, against a slow twin."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from article41.model.clocks import Bounds, InForce
from article41.model.listings import ReadingReport
from article41.store import HeldVersion, Sighting, Standing
from article41.store.spans import Said, Stated
from article41.store.timeline import Belief, Timeline, standings, standings_ever

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
    return line(versions, arrived), versions, arrived


def line(
    versions: Sequence[HeldVersion],
    contents: Sequence[Mapping[str, int]],
    stated: Mapping[int, Stated] | None = None,
) -> Timeline:
    def said_in(number: int) -> Mapping[str, Said]:
        return {name: Said((content,)) for name, content in contents[number].items()}

    return Timeline(versions, said_in=said_in, stated=stated or {})


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


OnDay = tuple[str, int, InForce, InForce]
"""A target, a content it may have had on a day, whether it surely had, whether it was listed."""


def said(
    steps: Sequence[Step], contents: Sequence[Mapping[str, int]], as_of: date, known_at: datetime
) -> set[OnDay]:
    """The slow twin: the publications before and after a day, and what they agree on."""
    standing = standing_at(steps, known_at)
    since = {day: contents[version] for day, _, _, version in standing}
    newest = {day: known for day, known, _, _ in standing}
    on_day: dict[date, dict[str, int]] = {}
    for day, known, _, version in standing:
        # Of those learned at one moment nobody knows which was published last.
        if known == newest[day]:
            on_day[day] = {**on_day.get(day, {}), **contents[version]}
    if as_of in on_day:
        sure = InForce.YES
        return {(name, content, sure, sure) for name, content in on_day[as_of].items()}
    before = since.get(max((day for day in since if day < as_of), default=date.min))
    after = on_day.get(min((day for day in since if day > as_of), default=date.min))
    if after is None:
        return {(name, one, InForce.YES, InForce.YES) for name, one in (before or {}).items()}
    found: set[OnDay] = set()
    for name in {*(before or {}), *after}:
        had, has = (before or {}).get(name), after.get(name)
        listed = InForce.YES if had and has else InForce.UNKNOWN
        form = InForce.YES if had == has else InForce.UNKNOWN
        found |= {(name, content, form, listed) for content in (had, has) if content}
    return found


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
def test_on_any_day_and_at_any_moment_the_spans_say_what_the_publications_around_it_agree_on(
    history: tuple[list[Step], list[dict[str, int]]],
) -> None:
    steps, contents = history
    timeline, _, _ = timeline_of(steps, contents)

    beliefs = list(timeline.beliefs())

    for known_at in MOMENTS:
        for as_of in DAYS:
            found = [
                (
                    one.listing_id,
                    one.span.content,
                    one.span.form.on(as_of),
                    one.span.listed.on(as_of),
                )
                for one in beliefs
                if one.span.form.possible.holds(as_of) and is_believed(one, known_at)
            ]
            assert len(found) == len(set(found))
            assert set(found) == said(steps, contents, as_of, known_at)


def is_believed(one: Belief | Standing, known_at: datetime) -> bool:
    return one.known_from <= known_at and (one.known_until is None or known_at < one.known_until)


@given(histories())
def test_the_standings_of_a_moment_are_the_days_from_which_each_version_counted_by_what_was_known(
    history: tuple[list[Step], list[dict[str, int]]],
) -> None:
    steps, contents = history
    _, versions, _ = timeline_of(steps, contents)
    ever = standings_ever(versions)

    for known_at in MOMENTS:
        expected = [one[:3] for one in standing_at(steps, known_at)]
        assert days(standings(versions, known_at=known_at)) == expected
        assert days(one for one in ever if is_believed(one, known_at)) == expected
    assert days(standings(versions)) == expected


def days(found: Iterable[Standing]) -> list[tuple[date, datetime, int]]:
    return [(one.day, one.known_from, one.version.number) for one in found]


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
    beliefs = line(versions, contents).beliefs()

    latest = {(b.listing_id, b.span.content, b.span.form) for b in beliefs if not b.known_until}

    assert latest == {
        ("a", 1, bounds(None, 0, 1, 2)),
        ("a", 2, bounds(2, 3)),
        ("b", 3, bounds(0, 1, 3, 4)),
    }


def bounds(after: int | None, by: int, *ended: int) -> Bounds:
    """Bounds by the numbers of days."""
    days: list[date | None] = [*(DAYS[number] for number in ended)] or [None, None]
    return Bounds(
        began_after=None if after is None else DAYS[after],
        began_by=DAYS[by],
        ended_after=days[0],
        ended_by=days[1],
    )


def spans(
    contents: Sequence[Mapping[str, int]], stated: Mapping[int, Stated]
) -> list[tuple[Bounds, int]]:
    """What is believed in the end, of versions published and known day by day from the third."""
    versions = [held(n, [(MOMENTS[n + 2], DAYS[n + 2])]) for n in range(len(contents))]
    beliefs = [b for b in line(versions, contents, stated).beliefs() if b.known_until is None]
    return sorted(((b.span.form, b.span.content) for b in beliefs), key=lambda one: one[0].began_by)


def test_a_stated_listing_date_goes_before_the_day_of_the_first_version() -> None:
    stated = {1: Stated(listed_on=DAYS[0])}

    assert spans([{"a": 1}], stated) == [(bounds(0, 0), 1)]


def test_a_listing_date_stated_only_in_an_amendment_moves_the_whole_stretch_back() -> None:
    stated = {2: Stated(listed_on=DAYS[0])}

    found = spans([{"a": 1}, {"a": 2}], stated)

    assert found == [(bounds(0, 0, 2, 3), 1), (bounds(2, 3), 2)]


def test_a_day_of_amendment_between_two_versions_is_when_the_content_changed() -> None:
    stated = {2: Stated(amended_on=(DAYS[0], DAYS[3]))}

    found = spans([{"a": 1}, {"a": 2}], stated)

    assert found == [(bounds(None, 2, 3, 3), 1), (bounds(3, 3), 2)]


def test_the_date_of_the_first_listing_does_not_fill_the_gap_before_a_second_one() -> None:
    stated = {1: Stated(listed_on=DAYS[0])}

    found = spans([{"a": 1}, {}, {"a": 1}], stated)

    assert found == [(bounds(0, 0, 2, 3), 1), (bounds(3, 4), 1)]


def test_a_stated_delisting_date_ends_a_listing_that_the_publication_still_prints() -> None:
    stated = {1: Stated(listed_on=DAYS[0]), 2: Stated(listed_on=DAYS[0], delisted_on=DAYS[4])}

    found = spans([{"a": 1}, {"a": 1}, {"a": 1}, {"a": 2}], stated)

    assert found == [(bounds(0, 0, 4, 4), 1)]


def test_a_delisting_before_the_first_version_was_a_listing_until_then() -> None:
    stated = {1: Stated(delisted_on=DAYS[1])}

    assert spans([{"a": 1}], stated) == [(bounds(None, 0, 1, 1), 1)]


def test_a_listing_that_returns_after_a_stated_delisting_begins_anew() -> None:
    stated = {
        1: Stated(listed_on=DAYS[0], delisted_on=DAYS[1]),
        2: Stated(listed_on=DAYS[0]),
    }

    found = spans([{"a": 1}, {"a": 2}], stated)

    assert found == [(bounds(0, 0, 1, 1), 1), (bounds(2, 3), 2)]


def test_a_number_given_to_another_target_begins_a_listing_of_its_own() -> None:
    versions = [held(n, [(MOMENTS[n], DAYS[n])]) for n in range(3)]
    contents = [{"a": 1}, {"a": 1}, {"a": 2}]
    timeline = Timeline(
        versions,
        said_in=lambda number: {name: Said((one,)) for name, one in contents[number].items()},
        stated={2: Stated(listed_on=DAYS[0])},
        is_other=lambda before, after: (before, after) == (1, 2),
    )

    latest = [one.span for one in timeline.beliefs() if one.known_until is None]

    assert [(span.content, span.listed) for span in latest] == [
        (1, bounds(None, 0, 1, 2)),
        (2, bounds(1, 2)),
    ]


def test_an_older_version_learned_later_does_not_change_what_was_known_before() -> None:
    contents = [{"a": 1}, {"a": 2}]
    versions = [held(1, [(MOMENTS[1], DAYS[5])]), held(0, [(MOMENTS[3], DAYS[2])])]

    beliefs = {
        (b.span.content, b.span.form, b.known_from, b.known_until)
        for b in line(versions, contents).beliefs()
    }

    assert beliefs == {
        (2, bounds(None, 5), MOMENTS[1], MOMENTS[3]),
        (1, bounds(None, 2, 2, 5), MOMENTS[3], None),
        (2, bounds(2, 5), MOMENTS[3], None),
    }


def test_a_removal_learned_later_leaves_the_open_belief_until_that_moment() -> None:
    contents: list[dict[str, int]] = [{"a": 1}, {}]
    versions = [held(n, [(MOMENTS[n], DAYS[n])]) for n in (0, 1)]

    beliefs = [
        (b.span.form, b.known_from, b.known_until) for b in line(versions, contents).beliefs()
    ]

    assert beliefs == [
        (bounds(None, 0), MOMENTS[0], MOMENTS[1]),
        (bounds(None, 0, 0, 1), MOMENTS[1], None),
    ]
