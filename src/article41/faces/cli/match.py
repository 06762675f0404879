"""`article41 match`: who on the lists resembles a name, each resemblance explained."""

from datetime import date
from pathlib import Path

import click

from article41.checks import Screener, findings_of_lists
from article41.faces.cli.answers import AskedParty, NameAnswer, covered, name_answer
from article41.faces.cli.opening import open_screener
from article41.faces.cli.options import BIRTH_DATE, SCHEMA, with_json, with_question, with_store
from article41.faces.cli.rendering import answer_lines, coverage_lines
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.settings import today
from article41.match import Query
from article41.model.clocks import StatedDate
from article41.model.entities import Schema

LIMIT = 10
"""Resemblances shown where nobody says otherwise."""


@click.command(epilog="Example: article41 match 'Ada Example' --schema Person --birth-date 1961-05")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--schema", type=SCHEMA, metavar="SCHEMA", help="Kind of party, such as Person.")
@click.option("--birth-date", type=BIRTH_DATE, metavar="DATE", help="A year, a month or a day.")
@click.option(
    "--country",
    metavar="COUNTRY",
    help="Shown beside what the list says; no part of the score at this stage.",
)
@with_question
@click.option(
    "--limit",
    type=click.IntRange(min=0),
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
    threshold: float,
    limit: int | None,
    exhaustive: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Show whom a name resembles on the lists.

    Each NAME may be in any script; the best resemblance comes first.

    With --json one object a name is written, each on a line of its own.
    """
    screener = open_screener(folder)
    births = () if birth_date is None else (birth_date,)
    answers = [
        answer_about(
            screener,
            AskedParty(
                name=name,
                schema=schema,
                birth_dates=tuple(map(str, births)),
                country=country,
                as_of=as_of,
                threshold=threshold,
                exhaustive=exhaustive,
            ),
            births=births,
            limit=limit if limit is not None or as_json else LIMIT,
        )
        for name in names
    ]
    if as_json:
        for answer in answers:
            write_json(answer)
    else:
        _write(screener, answers, as_of)


def answer_about(
    screener: Screener, asked: AskedParty, *, births: tuple[StatedDate, ...], limit: int | None
) -> NameAnswer:
    """Ask about one name and put the answer into data."""
    answer = screener.match(
        Query(name=asked.name, schema=asked.schema, birth_dates=births),
        as_of=asked.as_of,
        threshold=asked.threshold,
        exhaustive=asked.exhaustive,
    )
    return name_answer(asked, answer, screener.coverage, today=today(), limit=limit)


def _write(screener: Screener, answers: list[NameAnswer], as_of: date | None) -> None:
    pen = Pen.for_stdout()
    of_lists = findings_of_lists(screener.coverage, as_of=as_of)
    for answer in answers:
        of_name = answer.findings[: len(answer.findings) - len(of_lists)]
        write_lines([*answer_lines(answer, of_name, pen), ""])
    write_lines(coverage_lines(covered(screener.coverage, today=today()), of_lists, pen))
