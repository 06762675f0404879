"""`article41 match`: who on the lists resembles a name, each resemblance explained."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from article41.checks import Coverage, FindingKind
from article41.faces.cli.answers import NameAnswer, name_answer
from article41.faces.cli.list_coverage import coverage_lines
from article41.faces.cli.match_record import match_asked
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.on_record import OnRecord, with_record
from article41.faces.cli.opening import open_screener
from article41.faces.cli.options import (
    BIRTH_DATE,
    COUNTRY,
    SCHEMA,
    with_json,
    with_question,
    with_store,
)
from article41.faces.cli.rendering import answer_lines, counted
from article41.faces.cli.targets_kept import also_listed
from article41.faces.cli.writing import Pen, notice, write_json, write_lines
from article41.faces.settings import now, today
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
@with_record
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
    is_unrecorded: bool,
    certificates: Path | None,
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
    on_record = OnRecord(folder, is_unrecorded=is_unrecorded, certificates=certificates)
    screener, asked_on, asked_at = open_screener(folder), today(), now()
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
    shown = limit if limit is not None or as_json else LIMIT
    answers = [
        name_answer(
            answer,
            linked=linked.by_key,
            country=country,
            exhaustive=exhaustive,
            limit=shown,
        )
        for answer in found
    ]
    if recorder := on_record.recorder:
        generation = screener.index.about.generation
        asked = partial(
            match_asked, recorder, asked_at=asked_at, asked_on=asked_on, generation=generation
        )
        on_record.write([asked(one, limit=shown) for one in answers])
    _write(answers, coverage, asked_on=asked_on, as_json=as_json)
    on_record.tell()
    refuse_early_moment(coverage)
    _refuse_silence(answers)


def _write(
    answers: Sequence[NameAnswer], coverage: Coverage, *, asked_on: date, as_json: bool
) -> None:
    if as_json:
        for answer in answers:
            write_json(answer)
        return
    pen = Pen.for_stdout()
    for answer in answers:
        write_lines([*answer_lines(answer, pen), ""])
    write_lines(coverage_lines(coverage, pen, today=asked_on))


def _refuse_silence(answers: Sequence[NameAnswer]) -> None:
    """A name that was compared with nothing is no name that nobody resembles."""
    kinds = [{finding.kind for finding in answer.findings} for answer in answers]
    count = sum(FindingKind.NAME_NOT_COMPARED in of_one for of_one in kinds)
    if count:
        raise SourceError(
            f"{count:,} of {counted(len(answers), 'name')} could not be compared",
            hint="write the name in letters; the answer says of which there are none",
        )
