"""Figures of a scorer from scores and labels; equal scores pass or fail together."""

import bisect
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Scored(NamedTuple):
    """A score and the truth."""

    score: float
    is_match: bool


class Rates(NamedTuple):
    """What one threshold yields."""

    precision: float
    recall: float
    f1: float


def rates_at(scored: Iterable[Scored], threshold: float) -> Rates:
    """Precision, recall and F1 where scores from the threshold on pass."""
    right = wrong = matches = 0
    for score, is_match in scored:
        matches += is_match
        if score >= threshold:
            right += is_match
            wrong += not is_match
    return _rates(right, wrong, matches)


def best_threshold(scored: Sequence[Scored]) -> tuple[float, Rates]:
    """The threshold of the best F1, the highest one of several; 1.0 where nothing can pass."""
    matches = sum(item.is_match for item in scored)
    best = (1.0, Rates(0.0, 0.0, 0.0))
    for score, right, wrong in _steps(scored):
        rates = _rates(right, wrong, matches)
        if score > 0 and rates.f1 > best[1].f1:
            best = (score, rates)
    return best


def recall_at_fpr(scored: Sequence[Scored], fpr_max: float) -> float | None:
    """The recall at the lowest threshold that at most this share of the non-matches passes.

    Returns:
        Nothing if all pairs are matches, or none.
    """
    matches = sum(item.is_match for item in scored)
    others = len(scored) - matches
    if not matches or not others:
        return None
    recall = 0.0
    for score, right, wrong in _steps(scored):
        if score <= 0 or wrong > fpr_max * others:
            break
        recall = right / matches
    return recall


def recall_at_precision(scored: Sequence[Scored], precision_min: float) -> float:
    """The best recall of all thresholds with at least this precision."""
    matches = sum(item.is_match for item in scored)
    all_rates = (
        _rates(right, wrong, matches) for score, right, wrong in _steps(scored) if score > 0
    )
    return max((rates.recall for rates in all_rates if rates.precision >= precision_min), default=0)


def area_under_curve(scored: Sequence[Scored]) -> float | None:
    """The chance that a match scores above a non-match; an equal score counts half.

    Returns:
        Nothing if all pairs are matches, or none.
    """
    others = sorted(item.score for item in scored if not item.is_match)
    matches = [item.score for item in scored if item.is_match]
    if not others or not matches:
        return None
    above = sum(
        bisect.bisect_left(others, score) + bisect.bisect_right(others, score) for score in matches
    )
    return above / (2 * len(others) * len(matches))


def ties_at_top(scored: Sequence[Scored]) -> int:
    """Non-matches with the highest score of all, if a match has it too."""
    top = max((item.score for item in scored), default=0.0)
    at_top = [item.is_match for item in scored if item.score == top]
    return at_top.count(False) if any(at_top) else 0


def _rates(right: int, wrong: int, matches: int) -> Rates:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / matches if matches else 0.0
    together = precision + recall
    return Rates(precision, recall, 2 * precision * recall / together if together else 0.0)


def _steps(scored: Sequence[Scored]) -> Iterable[tuple[float, int, int]]:
    """Each score from the highest down, with the matches and non-matches from it on."""
    falling = sorted(scored, reverse=True)
    right = wrong = 0
    for number, (score, is_match) in enumerate(falling):
        right += is_match
        wrong += not is_match
        if number + 1 == len(falling) or falling[number + 1].score != score:
            yield score, right, wrong
