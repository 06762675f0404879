"""The figures by which a scorer is judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measures import (
    Scored,
    area_under_curve,
    best_threshold,
    rates_at,
    recall_at_fpr,
    recall_at_precision,
    ties_at_top,
)

LADDER = [
    Scored(1.0, is_match=True),
    Scored(0.9, is_match=True),
    Scored(0.9, is_match=False),
    Scored(0.5, is_match=True),
    Scored(0.2, is_match=False),
]
SCORED = st.lists(st.builds(Scored, st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.booleans()))


def test_a_score_at_the_threshold_passes() -> None:
    rates = rates_at(LADDER, 0.9)

    assert rates.precision == pytest.approx(2 / 3)
    assert rates.recall == pytest.approx(2 / 3)
    assert rates.f1 == pytest.approx(2 / 3)


def test_equal_scores_pass_together_or_not_at_all() -> None:
    assert recall_at_fpr(LADDER, 0.49) == pytest.approx(1 / 3)
    assert recall_at_fpr(LADDER, 0.5) == 1.0


def test_a_scorer_that_says_the_same_of_all_separates_nothing() -> None:
    blind = [Scored(1.0, is_match) for is_match in (True, True, False)]

    assert recall_at_fpr(blind, 0.05) == 0
    assert area_under_curve(blind) == 0.5
    assert ties_at_top(blind) == 1


def test_a_score_of_nothing_never_passes_as_a_match() -> None:
    nothing = [Scored(0.0, is_match=True), Scored(0.0, is_match=False)]

    assert recall_at_fpr(nothing, 1.0) == 0
    assert best_threshold(nothing)[1].recall == 0


def test_a_lone_match_at_the_top_has_no_tie() -> None:
    assert ties_at_top(LADDER) == 0
    assert ties_at_top([Scored(1.0, is_match=False), Scored(0.9, is_match=True)]) == 0


def test_recall_at_a_precision_takes_the_lowest_threshold_that_keeps_it() -> None:
    assert recall_at_precision(LADDER, 0.75) == 1.0
    assert recall_at_precision(LADDER, 0.8) == pytest.approx(1 / 3)


@given(scored=SCORED)
def test_the_area_is_the_share_of_pairs_in_the_right_order(scored: list[Scored]) -> None:
    matches = [one.score for one in scored if one.is_match]
    others = [one.score for one in scored if not one.is_match]
    right = [(a > b) + (a == b) / 2 for a in matches for b in others]

    expected = sum(right) / len(right) if right else None
    assert area_under_curve(scored) == pytest.approx(expected)


@given(scored=SCORED)
def test_no_threshold_beats_the_best(scored: list[Scored]) -> None:
    threshold, best = best_threshold(scored)

    assert all(rates_at(scored, other).f1 <= best.f1 for other in (0.25, 0.5, 1.0))
    assert rates_at(scored, threshold) == best
