"""Histories of publications that print their own past."""

from collections.abc import Mapping, Sequence

from article41.model.clocks import Bounds, InForce, Interval
from article41.store.spans import Said, Stated
from article41.store.timeline import Timeline
from tests.store.test_timeline import DAYS, MOMENTS, bounds, held


def during(first: int | None, until: int | None) -> Stated:
    return Stated(
        during=Interval(
            valid_from=None if first is None else DAYS[first],
            valid_until=None if until is None else DAYS[until],
        )
    )


def of_printed_history(
    said: Sequence[Mapping[str, tuple[int, ...]]], stated: Mapping[int, Stated]
) -> list[tuple[int, Bounds, Bounds]]:
    versions = [held(n, [(MOMENTS[n + 5], DAYS[n + 5])]) for n in range(len(said))]
    timeline = Timeline(
        versions,
        said_in=lambda number: {name: Said(own) for name, own in said[number].items()},
        stated=stated,
    )
    latest = [one.span for one in timeline.beliefs() if one.known_until is None]
    return sorted(
        ((span.content, span.form, span.listed) for span in latest), key=lambda one: one[0]
    )


def test_a_publication_that_prints_its_history_gives_every_content_its_own_days() -> None:
    stated = {1: during(0, 2), 2: during(2, 3), 3: during(4, None)}

    found = of_printed_history([{"a": (1, 2, 3)}], stated)

    assert found == [
        (1, bounds(0, 0, 2, 2), bounds(0, 0, 3, 3)),
        (2, bounds(2, 2, 3, 3), bounds(0, 0, 3, 3)),
        (3, bounds(4, 4), bounds(4, 4)),
    ]


def test_the_newest_printed_history_replaces_the_one_before() -> None:
    stated = {1: during(0, None), 2: during(1, 3), 3: during(3, None)}

    found = of_printed_history([{"a": (1,)}, {"a": (2, 3)}], stated)

    assert [one[:2] for one in found] == [(2, bounds(1, 1, 3, 3)), (3, bounds(3, 3))]


def test_a_target_that_leaves_a_printed_history_ended_between_the_two_publications() -> None:
    found = of_printed_history([{"a": (1,)}, {}], {1: during(0, None)})

    assert found == [(1, bounds(0, 0, 5, 6), bounds(0, 0, 5, 6))]


def test_an_unknown_beginning_in_a_printed_history_stays_unknown() -> None:
    found = of_printed_history([{"a": (1,)}], {1: during(None, None)})

    assert found == [(1, bounds(None, 5), bounds(None, 5))]


def test_a_printed_history_that_does_not_know_a_day_leaves_it_unknown() -> None:
    sure = Stated(
        during=Interval(valid_from=DAYS[1], valid_until=DAYS[5]),
        sure=Interval(valid_from=DAYS[2], valid_until=DAYS[4]),
    )

    [(_, form, listed)] = of_printed_history([{"a": (1,)}], {1: sure})

    assert form == listed == bounds(0, 2, 3, 5)
    assert [listed.on(day) for day in DAYS[:6]] == [
        InForce.NO,
        InForce.UNKNOWN,
        InForce.YES,
        InForce.YES,
        InForce.UNKNOWN,
        InForce.NO,
    ]


def test_a_printed_history_may_not_know_whether_an_entry_ended() -> None:
    sure = Stated(during=Interval(valid_from=DAYS[1]), sure=Interval(valid_until=DAYS[4]))

    [(_, _, listed)] = of_printed_history([{"a": (1,)}], {1: sure})

    assert [listed.on(day) for day in (DAYS[1], DAYS[3], DAYS[4], DAYS[8])] == [
        InForce.YES,
        InForce.YES,
        InForce.UNKNOWN,
        InForce.UNKNOWN,
    ]
