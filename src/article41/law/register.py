"""Which measures there are, and where each stands on a day: the catalogue as it is looked up."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from article41.law.coverage import CoverageRow, CoverageTable
from article41.law.force import Phase, force_on
from article41.law.grounds import Jurisdiction
from article41.law.loading import Catalogue
from article41.law.regions import Region, plain
from article41.law.standings import UNIONS
from article41.law.standings import standing_on as jurisdiction_on
from article41.model.countries import COUNTRIES, country_code, is_reserved, near_country
from article41.model.errors import InputError
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
    regimes: tuple[str, ...] | None = None,
    kind: str = "",
    article_41: Article41 | None = None,
) -> Iterator[MeasureStanding]:
    """The measures that fit, each where it stands on a day, by id.

    Args:
        catalogue: The catalogue.
        day: The day.
        jurisdictions: Whose law; all if empty.
        regimes: What they are about, as `regimes_about` gives it; anything if absent.
        kind: The kind of measure; any if empty.
        article_41: Which interruption; any if absent.
    """
    for measure in catalogue.measures:
        if jurisdictions and measure.jurisdiction not in jurisdictions:
            continue
        if regimes is not None and measure.regime not in regimes:
            continue
        if (kind and measure.kind != kind) or article_41 not in (None, measure.article_41):
            continue
        yield standing_on(measure, day)


def coverage_of_law(
    table: CoverageTable,
    day: date,
    *,
    jurisdictions: tuple[str, ...] = (),
    regimes: tuple[str, ...] | None = None,
) -> Iterator[CoverageRow]:
    """What of the law that was asked about the catalogue holds on a day.

    Args:
        table: The table of coverage.
        day: The day.
        jurisdictions: Whose law; all if empty.
        regimes: What it is about; anything if absent.
    """
    for row in table.rows:
        if jurisdictions and row.jurisdiction not in jurisdictions:
            continue
        if regimes is not None and row.regime not in regimes:
            continue
        if row.holds_on(day):
            yield row


def regimes_about(
    text: str, table: CoverageTable, catalogue: Catalogue, regions: Mapping[str, Region]
) -> tuple[str, ...]:
    """The regimes about a country, a region or a theme, however anybody calls it.

    A country that is none of them has none: that is not the same as a word that nobody knows.

    Args:
        text: A country by code or name, a theme (`terrorism`), or a region or place of one.
        table: The table of coverage.
        catalogue: The measures.
        regions: The regions that have a regime of their own.

    Raises:
        InputError: It is none of these; the hint names the nearest.
    """
    themes = {plain(one): one for one in (*table.touches, *catalogue.regimes) if len(one) > 2}
    if plain(text) in themes:
        return (themes[plain(text)],)
    code = country_code(text) or _country_of_region(text, regions)
    found = [one for one, touches in table.regimes if code in (one, *touches)]
    if code in catalogue.regimes and code not in found:
        found.append(code)
    if found or (code in COUNTRIES and not is_reserved(code)):
        return tuple(found)
    named = ", ".join(sorted(themes.values()))
    hint = f"write a country by code or name, as SY or Syria, or one of {named}"
    near = near_country(text) or next(iter(difflib.get_close_matches(plain(text), themes, n=1)), "")
    if near:
        hint = f"did you mean {near}? Else {hint}"
    elif code:
        hint = f"the code stands for a country in examples; {hint}"
    raise InputError(f"no country and no theme is called `{text}`", hint=hint)


def _country_of_region(text: str, regions: Mapping[str, Region]) -> str:
    for region in regions.values():
        names = {region.name, region.title, *(name for one in region.places for name in one.names)}
        if plain(text) in {plain(name) for name in names}:
            return region.countries[0]
    return ""


def also_law_in(
    key: str, jurisdictions: Mapping[str, Jurisdiction], day: date
) -> Iterator[Jurisdiction]:
    """Other jurisdictions to which a country belongs on a day: its law is not the whole of it.

    The United Nations, to which every State belongs, are left out.

    Args:
        key: The country.
        jurisdictions: All of them.
        day: The day.
    """
    if key not in UNIONS:
        for one in jurisdictions.values():
            if one.key != key and key in jurisdiction_on(one, day).inside:
                yield one
