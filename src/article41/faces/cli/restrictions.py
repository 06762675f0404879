"""What an entry of a list meant in law on a day: the measures that it brought, and judgments."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from article41.faces.cli.writing import Pen
from article41.law.brought import Brought, By, brought_by
from article41.law.judgments import Judgment, pending_judgments
from article41.law.loading import Catalogue
from article41.model.clocks import InForce
from article41.model.listings import Listing
from article41.model.measures import Outcome
from article41.model.verdicts import Identity, ListedAs

_BY_WORDS = {
    By.LISTING: "by its listing",
    By.NAME: "named by the measure itself",
    By.STATUS: "if it is what the measure means of its State, listed or not",
}

_HOLDS = {
    InForce.YES: "holds",
    InForce.UNKNOWN: "may hold",
    InForce.NO: "does not hold",
}


class Restrictions(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry brings on a day, by the catalogue of measures."""

    day: date
    """The day."""
    outcome: Outcome
    """The most severe that surely bears; a review where something is open."""
    says: str
    """The same in words."""
    measures: tuple[Brought, ...]
    """Every measure that means the entry, those that hold first."""
    judgments: tuple[Judgment, ...]
    """Judgments on the listing that have no effect yet."""
    catalogue_sha256: str
    """Of the catalogue."""


def restrictions(
    listing: Listing, in_force: InForce, day: date, catalogue: Catalogue
) -> Restrictions:
    """What an entry brings on a day.

    Args:
        listing: Its content nearest to the day.
        in_force: Whether it was listed on the day.
        day: The day.
        catalogue: The measures.
    """
    entry = ListedAs(
        key=listing.key,
        authority=listing.authority,
        list_id=listing.list_id,
        name=listing.entity.names[0].value,
        identity=Identity.ASSERTED,
        in_force=in_force,
        schema=listing.entity.schema,
        names=tuple(name.value for name in listing.entity.names),
        programmes=listing.programmes,
        measures=listing.measures,
    )
    measures = brought_by(catalogue, entry, day)
    judgments = pending_judgments(entry, day)
    outcome, says = _answer(measures, judgments, in_force)
    return Restrictions(
        day=day,
        outcome=outcome,
        says=says,
        measures=measures,
        judgments=judgments,
        catalogue_sha256=catalogue.sha256,
    )


def _answer(
    measures: Sequence[Brought], judgments: Sequence[Judgment], in_force: InForce
) -> tuple[Outcome, str]:
    sure = [one for one in measures if one.holds is InForce.YES]
    open_ones = [one for one in measures if one.holds is InForce.UNKNOWN]
    if judgments:
        return Outcome.REVIEW, f"{judgments[0].effect}; until then {judgments[0].until_then}"
    if sure:
        worst = min(sure, key=lambda one: one.outcome.rank)
        return worst.outcome, f"{worst.title} ({worst.citation})"
    if open_ones:
        one = open_ones[0]
        return Outcome.REVIEW, f"{one.title}: {_BY_WORDS[one.by]}"
    if in_force is not InForce.NO and not measures:
        return Outcome.REVIEW, "unmapped: no measure of the catalogue says what the listing brings"
    return Outcome.NO_MEASURE_FOUND, "no measure found among those that the catalogue holds"


def restriction_lines(found: Restrictions, pen: Pen) -> Iterator[str]:
    """What an entry brings, for people."""
    outcome = found.outcome.value.upper().replace("-", " ")
    yield f"  law on {found.day}: {pen.bold(outcome)}: {found.says}"
    for judgment in found.judgments:
        yield f"    {judgment.case}, {judgment.decided_on}: {judgment.effect}"
        yield f"      effect from {judgment.effect_from}; {judgment.citation}"
    for one in found.measures:
        yield f"    {one.measure}: {_HOLDS[one.holds]}, {one.says}"
        yield pen.dim(f"      {one.title}; {_BY_WORDS[one.by]}; {one.citation}")
