"""`article41 measures`: which measures the catalogue holds, and where each stands on a day."""

import textwrap
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

import click
import msgspec

from article41.faces.cli.asked_law import ABOUT, KIND, MEASURE_ID, About, notes_on
from article41.faces.cli.measure_page import WIDTH, page_lines
from article41.faces.cli.options import DAY, JURISDICTION, with_json
from article41.faces.cli.rendering import SHA_SHOWN, counted
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.settings import today
from article41.law.coverage import CoverageRow, CoverageState
from article41.law.coverage_loading import load_coverage
from article41.law.force import Phase
from article41.law.loading import Catalogue, load_catalogue
from article41.law.register import (
    MeasureStanding,
    coverage_of_law,
    measures_on,
    standing_on,
)
from article41.model.errors import InputError
from article41.model.measures import Article41

_STATES = {
    CoverageState.MODELLED: "modelled",
    CoverageState.LISTINGS_ONLY: "listings only",
    CoverageState.ABSENT: "not held",
    CoverageState.NONE: "no such law",
}
_PHASES = {
    Phase.IN_FORCE: "in force",
    Phase.STATES_ONLY: "States only",
    Phase.SUSPENDED: "suspended",
    Phase.ANNOUNCED: "announced",
    Phase.BEFORE: "not yet",
    Phase.ENDED: "ended",
    Phase.NEVER: "never",
}


class MeasuresAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What `measures --json` writes."""

    day: date
    """The day asked about."""
    measures: tuple[MeasureStanding, ...]
    """Those that fit, by id."""
    coverage: tuple[CoverageRow, ...]
    """How far the law asked about is in the catalogue on that day."""
    notes: tuple[str, ...] = ()
    """Where else law on what was asked is to be looked for, and of which law nothing is held."""
    catalogue_sha256: str
    """Of the catalogue."""
    catalogue_verified_on: date | None
    """The newest day on which a measure was compared with its source."""


@click.command(epilog="Example: article41 measures --on Syria --in-force 2012-07-06")
@click.argument("measure_id", required=False, type=MEASURE_ID)
@click.option(
    "--in-force", "day", type=DAY, metavar="DATE", help="Only measures in force on this day."
)
@click.option(
    "--as-of",
    "as_of",
    type=DAY,
    metavar="DATE",
    help="All of them, each where it stands on this day; today if absent.",
)
@click.option(
    "--on",
    "about",
    type=ABOUT,
    metavar="COUNTRY",
    help="The country or theme that they are about, such as SY, Syria or terrorism.",
)
@click.option(
    "--kind",
    type=KIND,
    metavar="KIND",
    help="The kind of measure, such as asset-freeze.",
)
@click.option(
    "--class",
    "article_41",
    type=click.Choice([one.value for one in Article41], case_sensitive=False),
    help="Which interruption of Article 41.",
)
@click.option(
    "--jurisdiction",
    "jurisdictions",
    multiple=True,
    type=JURISDICTION,
    metavar="J",
    help="Whose law, such as EU, US or UK; may be repeated.",
)
@with_json
def measures(
    *,
    measure_id: str | None,
    day: date | None,
    as_of: date | None,
    about: About | None,
    kind: str | None,
    article_41: str | None,
    jurisdictions: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show measures and where each stands on a day; with MEASURE_ID, one of them whole.

    An id that is only begun, such as eu/syria, stands for all that begin so. What the catalogue
    does not hold is said below: law that is not modelled is no absence of law.
    """
    asked = MeasuresAsked(
        measure_id=measure_id,
        day=day,
        as_of=as_of,
        about=about,
        kind=kind,
        article_41=Article41(article_41) if article_41 else None,
        jurisdictions=jurisdictions,
    )
    answer, hidden = measures_answer(asked)
    is_one = bool(measure_id) and len(answer.measures) == 1 and not hidden
    pen = Pen.for_stdout()
    if as_json:
        write_json(answer)
    elif is_one:
        write_lines(page_lines(answer.measures[0], answer.day, pen))
    else:
        heading = f"in force on {answer.day}" if day else f"as of {answer.day}"
        write_lines([*_table(list(answer.measures), heading, pen), *_near(list(hidden), pen)])
        is_about_one = bool(measure_id) or about is not None
        write_lines(_below(answer, pen, is_about_one=is_about_one))


class MeasuresAsked(NamedTuple):
    """A question about measures."""

    measure_id: str | None
    """One of them, or the beginning of several."""
    day: date | None
    """Only those in force on it."""
    as_of: date | None
    """All of them, each where it stands on it."""
    about: About | None
    """The country or theme that they are about."""
    kind: str | None
    """Their kind."""
    article_41: Article41 | None
    """Which interruption of Article 41."""
    jurisdictions: tuple[str, ...]
    """Whose law; all if empty."""


def measures_answer(asked: MeasuresAsked) -> tuple[MeasuresAnswer, tuple[MeasureStanding, ...]]:
    """The measures that fit, and those that would on another day.

    Raises:
        InputError: The question contradicts itself, or no measure has that id.
    """
    measure_id, day, about, jurisdictions = (
        asked.measure_id, asked.day, asked.about, asked.jurisdictions,
    )  # fmt: skip
    is_chosen = bool(about or asked.kind or asked.article_41 or jurisdictions)
    _refuse_contradictions(measure_id, day, asked.as_of, is_chosen=is_chosen)
    asked_on = day or asked.as_of or today()
    catalogue = load_catalogue()
    notes: tuple[str, ...] = ()
    if measure_id:
        found = _named(catalogue, measure_id, asked_on)
        regimes: tuple[str, ...] | None = tuple(dict.fromkeys(one.measure.regime for one in found))
        jurisdictions = tuple(dict.fromkeys(one.measure.jurisdiction for one in found))
    else:
        regimes = about.regimes if about else None
        found = list(
            measures_on(
                catalogue,
                asked_on,
                jurisdictions=jurisdictions,
                regimes=regimes,
                kind=asked.kind or "",
                article_41=asked.article_41,
            )
        )
        notes = tuple(notes_on(about, jurisdictions, catalogue, asked_on))
    is_one = bool(measure_id) and len(found) == 1
    shown = [one for one in found if day is None or is_one or one.phase in _BINDING]
    rows = coverage_of_law(load_coverage(), asked_on, jurisdictions=jurisdictions, regimes=regimes)
    answer = MeasuresAnswer(
        day=asked_on,
        measures=tuple(shown),
        coverage=tuple(rows),
        notes=notes,
        catalogue_sha256=catalogue.sha256,
        catalogue_verified_on=catalogue.verified_on,
    )
    return answer, tuple(one for one in found if one not in shown)


def _refuse_contradictions(
    measure_id: str | None, day: date | None, as_of: date | None, *, is_chosen: bool
) -> None:
    if day and as_of:
        raise InputError(
            "`--in-force` and `--as-of` both name the day",
            hint="give `--in-force` for what is in force on it, or `--as-of` for all measures",
        )
    if measure_id and is_chosen:
        raise InputError(
            f"`{measure_id}` is one measure, and the options choose among all",
            hint="leave the id out, or the options",
        )


_BINDING = (Phase.IN_FORCE, Phase.STATES_ONLY)


def _named(catalogue: Catalogue, measure_id: str, day: date) -> list[MeasureStanding]:
    """The measure with an id, or all in a folder of the catalogue (`eu/syria`)."""
    key = measure_id.casefold().strip("/ ")
    found = [one for one in catalogue.measures if one.id == key]
    found = found or [one for one in catalogue.measures if one.id.startswith(f"{key}/")]
    if found:
        return [standing_on(one, day) for one in found]
    near = [one for one in catalogue.by_id if key in one] or get_close_matches(key, catalogue.by_id)
    raise InputError(
        f"no measure `{measure_id}` is in the catalogue",
        hint=f"the nearest are {', '.join(f'`{one}`' for one in near[:5])}"
        if near
        else "see them all with `article41 measures`",
    )


def _table(found: list[MeasureStanding], heading: str, pen: Pen) -> Iterator[str]:
    yield pen.bold(f"{counted(len(found), 'measure')}, {heading}")
    if not found:
        yield "  none in the catalogue; see below how far this law is held at all"
        return
    width = max(len(one.measure.id) for one in found)
    for one in found:
        phase = _PHASES[one.phase]
        yield f"  {one.measure.id:<{width}}  {phase:<11}  {one.measure.title}"
        detail = f"{one.says}; {one.citation}; certainty {one.certainty.value}"
        yield from _wrapped(detail, 6, pen)


def _near(hidden: list[MeasureStanding], pen: Pen) -> Iterator[str]:
    """Measures that fit and are not in force on the day: when they were or will be."""
    if hidden:
        yield pen.bold(f"{len(hidden)} more not in force on that day")
        width = max(len(one.measure.id) for one in hidden)
        for one in hidden:
            yield f"  {one.measure.id:<{width}}  {one.says}"


def _below(answer: MeasuresAnswer, pen: Pen, *, is_about_one: bool) -> Iterator[str]:
    """What the measures leave open: how far the law is held, and where else to look."""
    if is_about_one:
        yield from _coverage(answer.coverage, pen)
    else:
        yield pen.dim("with --on COUNTRY it is said how far the law on it is held")
    for note in answer.notes:
        yield from textwrap.wrap(
            f"note: {note}", WIDTH, subsequent_indent="  ", break_on_hyphens=False
        )
    version, newest = answer.catalogue_sha256[:SHA_SHOWN], answer.catalogue_verified_on
    yield pen.dim(f"catalogue {version}, newest check {newest}")


def _coverage(rows: tuple[CoverageRow, ...], pen: Pen) -> Iterator[str]:
    yield pen.bold("How far this law is held")
    if not rows:
        yield "  the table of coverage has no row on it"
    for row in rows:
        kinds = ", ".join(kind.value for kind in row.kinds)
        yield f"  {row.jurisdiction:<4} {row.regime:<10} {_STATES[row.state]:<13} {kinds}"
        if row.instruments:
            yield from _wrapped(row.instruments, 6, pen)


def _wrapped(text: str, indent: int, pen: Pen) -> Iterator[str]:
    blank = " " * indent
    for line in textwrap.wrap(" ".join(text.split()), max(WIDTH - indent, 30)):
        yield blank + pen.dim(line)
