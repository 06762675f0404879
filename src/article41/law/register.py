"""Which measures there are, and where each stands on a day: the catalogue as it is looked up."""

from collections.abc import Iterator
from datetime import date

import msgspec

from article41.law.coverage import CoverageRow, CoverageTable
from article41.law.force import Phase, force_on
from article41.law.loading import Catalogue
from article41.model.measures import Article41, Certainty, Measure


class MeasureStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A measure, and where it stands on the day asked about.

    Example:
        >>> MeasureStanding.__struct_fields__
        ('measure', 'phase', 'says', 'citation', 'certainty')
    """

    measure: Measure
    """The measure."""
    phase: Phase
    """Where it stands."""
    says: str
    """The same in words."""
    citation: str
    """The text of the day."""
    certainty: Certainty
    """How sure it is."""


def standing_on(measure: Measure, day: date) -> MeasureStanding:
    """Where one measure stands on a day."""
    force = force_on(measure, day)
    return MeasureStanding(
        measure=measure,
        phase=force.phase,
        says=force.held.because[0].text,
        citation=force.citation,
        certainty=force.certainty,
    )


def measures_on(
    catalogue: Catalogue,
    day: date,
    *,
    jurisdictions: tuple[str, ...] = (),
    on: str = "",
    kind: str = "",
    article_41: Article41 | None = None,
) -> Iterator[MeasureStanding]:
    """The measures that fit, each where it stands on a day, by id.

    Args:
        catalogue: The catalogue.
        day: The day.
        jurisdictions: Whose law; all if empty.
        on: The country or theme that it is about; any if empty.
        kind: The kind of measure; any if empty.
        article_41: Which interruption; any if absent.
    """
    for measure in catalogue.measures:
        if jurisdictions and measure.jurisdiction not in jurisdictions:
            continue
        if on and measure.regime.casefold() != on.casefold():
            continue
        if (kind and measure.kind != kind) or article_41 not in (None, measure.article_41):
            continue
        yield standing_on(measure, day)


def coverage_of_law(
    table: CoverageTable, day: date, *, jurisdictions: tuple[str, ...] = (), on: str = ""
) -> Iterator[CoverageRow]:
    """What of the law that was asked about the catalogue holds on a day.

    Args:
        table: The table of coverage.
        day: The day.
        jurisdictions: Whose law; all if empty.
        on: The country or theme that it is about; any if empty.
    """
    for row in table.rows:
        if jurisdictions and row.jurisdiction not in jurisdictions:
            continue
        if on and row.regime.casefold() != on.casefold():
            continue
        if row.holds_on(day):
            yield row
