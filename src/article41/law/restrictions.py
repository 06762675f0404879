"""What an entry of a list meant in law on a day: the measures that it brought, in one answer.

What holds and what may hold stand in the order of the outcomes: a measure that binds nobody by
itself never stands before one that may freeze.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from article41.law.brought import Brought, By, brought_by
from article41.law.judgments import Judgment, pending_judgments
from article41.law.jurisdictions import of_authority
from article41.law.loading import Catalogue
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import ListedAs

BY_STATUS = "by its status, if it is the body of the State that the measure means"
"""How a measure means an entry that it does not mean by its listing."""


class Restrictions(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry brings on a day, by the catalogue of measures.

    Example:
        >>> Restrictions.__struct_fields__[:3]
        ('day', 'in_force', 'outcome')
    """

    day: date
    """The day."""
    in_force: InForce
    """Whether the entry was listed on it."""
    outcome: Outcome
    """The most severe of what surely bears, and of the reviews of what may."""
    says: str
    """The same in words."""
    measures: tuple[Brought, ...]
    """Every measure that means the entry: what holds or may hold before what does not, the law of
    who lists it before that of others, the most severe first."""
    judgments: tuple[Judgment, ...]
    """Judgments on the listing that have no effect yet."""
    catalogue_sha256: str
    """Of the catalogue."""


def restrictions(entry: ListedAs, day: date, catalogue: Catalogue) -> Restrictions:
    """What an entry brings on a day.

    Args:
        entry: The entry, with whether it was listed on the day.
        day: The day.
        catalogue: The measures.
    """
    home = of_authority(entry.authority)
    measures = tuple(
        sorted(
            brought_by(catalogue, entry, day),
            key=lambda one: (
                one.holds is InForce.NO,
                one.jurisdiction != home,
                outcome_of(one).rank,
                one.outcome.rank,
                one.measure,
            ),
        )
    )
    judgments = pending_judgments(entry, day)
    outcome, says = _answer(measures, judgments, entry, day)
    return Restrictions(
        day=day,
        in_force=entry.in_force,
        outcome=outcome,
        says=says,
        measures=measures,
        judgments=judgments,
        catalogue_sha256=catalogue.sha256,
    )


def outcome_of(one: Brought) -> Outcome:
    """What follows from one measure: its own outcome if it holds, a review if it may.

    Example:
        >>> from article41.law.force import Phase
        >>> from article41.model.measures import Certainty
        >>> one = Brought(measure="xa/freeze", title="a freeze", kind="asset-freeze",
        ...     jurisdiction="XA", outcome=Outcome.FREEZE, by=By.STATUS, phase=Phase.IN_FORCE,
        ...     says="", citation="", certainty=Certainty.A, holds=InForce.UNKNOWN)
        >>> outcome_of(one).value
        'review'
    """
    match one.holds:
        case InForce.YES:
            return one.outcome
        case InForce.UNKNOWN:
            return Outcome.REVIEW
        case InForce.NO:
            return Outcome.NO_MEASURE_FOUND


def why_open(one: Brought, entry_in_force: InForce) -> str:
    """Why it is not known whether a measure holds; empty where it is known."""
    if one.holds is not InForce.UNKNOWN:
        return ""
    if one.by is By.STATUS:
        return BY_STATUS
    if one.by is By.LISTING and entry_in_force is InForce.UNKNOWN:
        return "it is not known whether it was listed on the day"
    return f"the measure itself is doubtful on the day (certainty {one.certainty.value})"


def _answer(
    measures: Sequence[Brought], judgments: Sequence[Judgment], entry: ListedAs, day: date
) -> tuple[Outcome, str]:
    if judgments:
        return Outcome.REVIEW, judgments[0].instruction(day)
    worst = min(measures, key=lambda one: (outcome_of(one).rank, one.outcome.rank), default=None)
    if worst is not None and worst.holds is InForce.YES:
        return worst.outcome, f"{worst.title} ({worst.citation})"
    if worst is not None and worst.holds is InForce.UNKNOWN:
        return Outcome.REVIEW, f"{worst.title}: {why_open(worst, entry.in_force)}"
    if entry.in_force is not InForce.NO and not measures:
        return Outcome.REVIEW, "unmapped: no measure of the catalogue says what the listing brings"
    return Outcome.NO_MEASURE_FOUND, "no measure found among those that the catalogue holds"
