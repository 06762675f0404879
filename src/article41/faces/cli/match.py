"""`article41 match`: who on the lists resembles a name, each resemblance explained."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from article41.checks import FindingKind
from article41.faces.cli.answers import NameAnswer, name_answer
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.opening import open_screener
from article41.faces.cli.options import (
    BIRTH_DATE,
    COUNTRY,
    SCHEMA,
    with_json,
    with_question,
    with_store,
)
from article41.faces.cli.rendering import answer_lines, counted, coverage_lines
from article41.faces.cli.targets_kept import also_listed
from article41.faces.cli.writing import Pen, notice, write_json, write_lines
from article41.faces.settings import today
from article41.match import Query
from article41.model.clocks import StatedDate
from article41.model.entities import Schema
from article41.model.errors import SourceError

LIMIT = 10
"""Resemblances shown where nobody says otherwise."""


@click.command(epilog="Example: article41 match 'Ada Example' --schema Person --birth-date 1961-05")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--schema", type=SCHEMA, metavar="SCHEMA", help="Kind of party, such as Person.")
@click.option("--birth-date", type=BIRTH_DATE, metavar="DATE", help="A year, a month or a day.")
@click.option(
    "--country",
    type=COUNTRY,
    metavar="COUNTRY",
    help="Shown beside what the list says; it does not change the score.",
)
@with_question
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"How many to show, {LIMIT} if absent, all with --json; the rest is counted.",
)
@click.option("--exhaustive", is_flag=True, help="Score every listed name: the auditor's proof.")
@with_json
@with_store
def match(
    *,
    names: tuple[str, ...],
    schema: Schema | None,
    birth_date: StatedDate | None,
    country: str | None,
    as_of: date | None,
    known_at: datetime | None,
    threshold: float,
    limit: int | None,
    exhaustive: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Show whom a name resembles on the lists.

    Each NAME may be in any script; the best resemblance comes first.

    With --json one object a name is written, each on a line of its own. If a name could not be
    compared, because no letter of it is legible or nothing of any list was known at the moment,
    the command fails after its answer.
    """
    births = () if birth_date is None else (birth_date,)
    queries = [Query(name=name, schema=schema, birth_dates=births) for name in names]
    screener, asked_on = open_screener(folder), today()
    found = [
        screener.match(
            query,
            as_of=as_of,
            known_at=known_at,
            asked_on=asked_on,
            threshold=threshold,
            exhaustive=exhaustive,
        )
        for query in queries
    ]
    coverage = found[-1].coverage
    keys = {match.listing.key for answer in found for match in answer.matches}
    linked = also_listed(folder, keys, as_of=as_of, known_at=known_at)
    if keys and linked.why:
        notice(f"note: {linked.why}")
    answers = [
        name_answer(
            answer,
            linked=linked.by_key,
            country=country,
            exhaustive=exhaustive,
            limit=limit if limit is not None or as_json else LIMIT,
        )
        for answer in found
    ]
    if as_json:
        for answer in answers:
            write_json(answer)
    else:
        pen = Pen.for_stdout()
        for answer in answers:
            write_lines([*answer_lines(answer, pen), ""])
        write_lines(coverage_lines(coverage, pen, today=asked_on))
    refuse_early_moment(coverage)
    _refuse_silence(answers)


def _refuse_silence(answers: Sequence[NameAnswer]) -> None:
    """A name that was compared with nothing is no name that nobody resembles."""
    kinds = [{finding.kind for finding in answer.findings} for answer in answers]
    count = sum(FindingKind.NAME_NOT_COMPARED in of_one for of_one in kinds)
    if count:
        raise SourceError(
            f"{count:,} of {counted(len(answers), 'name')} could not be compared",
            hint="write the name in letters; the answer says of which there are none",
        )
