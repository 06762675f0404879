"""What of several findings gives the answer, and what each question could still change of it."""

from collections.abc import Iterable, Iterator

import msgspec

from article41.law.conflicts import CONFLICT
from article41.law.gaps import NOT_MODELLED, UNMAPPED
from article41.law.nothing_found import COUNTRIES_OPEN
from article41.law.open_owners import OPEN_OWNERS
from article41.law.unnamed import NAMES_OPEN
from article41.model.measures import Outcome
from article41.model.verdicts import Finding


def surest(findings: Iterable[Finding]) -> Outcome:
    """The most severe outcome that rests on no open question."""
    sure = (one.outcome for one in findings if one.outcome is not Outcome.REVIEW)
    return min(sure, key=lambda one: one.rank, default=Outcome.NO_MEASURE_FOUND)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The most severe first: the first of them gives the outcome of the jurisdiction.

    A review whose answer, whatever it is, leaves as severe an outcome standing stands behind that
    outcome: what cannot change the answer does not open it. Among reviews what a measure asks
    stands before what is not held or not known, and what may come out worst before the rest.
    """
    found = list(findings)
    least = surest(found).rank

    def place(one: Finding) -> tuple[int, bool, int, int, str]:
        is_review = one.outcome is Outcome.REVIEW
        worst = worst_of(one).rank if is_review else 0
        is_idle = is_review and worst >= least
        rank = least if is_idle else one.outcome.rank
        gap = 0 if "/" in one.measure else _GAPS.get(one.measure, len(_GAPS))
        return rank, is_review, gap, worst, one.measure

    return sorted(found, key=place)


_GAPS = {
    gap: place
    for place, gap in enumerate(
        (CONFLICT, UNMAPPED, NOT_MODELLED, COUNTRIES_OPEN, OPEN_OWNERS, NAMES_OPEN)
    )
}
"""What is not held or not known, behind what measures ask; the limits of lists stand last."""


def worst_of(review: Finding) -> Outcome:
    """What a review comes to if everything open in it turns out for the worse."""
    if review.would_be is None:
        return Outcome.FREEZE  # Nobody worked it out: anything may follow.
    follow = (review.would_be, review.if_same or review.would_be)
    return min((*follow, *(one.if_so for one in review.missing)), key=lambda one: one.rank)


def with_alternatives(findings: list[Finding]) -> Iterator[Finding]:
    """Each review says what is left of the answer if what is open turns out not to be so."""
    for finding in findings:
        if not finding.missing:
            yield finding
            continue
        others = [one.outcome for one in findings if one is not finding]
        rest = min(others, key=lambda one: one.rank, default=Outcome.NO_MEASURE_FOUND)
        missing = tuple(msgspec.structs.replace(one, if_not=rest) for one in finding.missing)
        yield msgspec.structs.replace(finding, missing=missing)
