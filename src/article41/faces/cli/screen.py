"""`article41 screen`: a file of customers against the lists."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from article41.checks import Coverage
from article41.faces.cli.customers import COLUMNS
from article41.faces.cli.list_coverage import coverage_lines
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.on_record import OnRecord, with_record
from article41.faces.cli.opening import open_screener
from article41.faces.cli.options import TextPath, with_columns, with_json, with_question, with_store
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import clocks_words
from article41.faces.cli.screen_record import ScreenQuestion, file_sha256
from article41.faces.cli.screening import CountedRows, Screening, ScreenSummary
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.settings import now, today
from article41.model.errors import FormatError, InputError

STDOUT = 1
"""The file descriptor."""


@click.command(epilog="Example: article41 screen customers.csv -o screened.csv")
@click.argument("source", type=TextPath(exists=True, dir_okay=False))
@click.option(
    "-o",
    "--output",
    type=TextPath(dir_okay=False),
    required=True,
    metavar="OUT.csv",
    help="Where the rows go.",
)
@with_columns(COLUMNS)
@with_question
@with_record
@with_json
@with_store
def screen(
    *,
    source: Path,
    output: Path,
    column_by_role: dict[str, str],
    encoding: str,
    as_of: date | None,
    known_at: datetime | None,
    threshold: float,
    is_unrecorded: bool,
    certificates: Path | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Screen a file of customers.

    SOURCE is a table with the columns id, name, schema, birth_date and country, of which only
    `name` must be there. The output holds every row of it once, then a row for each match;
    there is no limit. A row that is not compared, or not in full, has the reason in its column
    `error`. If no row could be compared, or nothing of any list was known at the moment, the
    command fails.
    """
    if not source.is_file():
        # What is on record names its hash, and it is replayed with `--file`.
        raise InputError(
            f"`{source}` is no file that can be read twice", hint="save the table as a file first"
        )
    on_record = OnRecord(folder, is_unrecorded=is_unrecorded, certificates=certificates)
    screener, asked_on, asked_at = open_screener(folder), today(), now()
    question = ScreenQuestion(
        file=source.name,
        file_sha256=file_sha256(source) if on_record.recorder else "",
        encoding=encoding,
        columns=column_by_role,
        as_of=as_of,
        known_at=known_at,
        asked_on=asked_on,
        threshold=threshold,
    )
    generation = screener.index.about.generation
    before_leaving = on_record.screening(question, output, asked_at=asked_at, generation=generation)
    screening = Screening(
        screener,
        as_of=as_of,
        known_at=known_at,
        asked_on=asked_on,
        threshold=threshold,
    )
    with progress(f"Screening {source.name}", total=source.stat().st_size) as advance:
        summary = screening.run(
            source,
            output,
            encoding=encoding,
            column_by_role=column_by_role,
            progress=advance,
            before_leaving=before_leaving,
        )
    _write(summary, screening.coverage, output, asked_on=asked_on, as_json=as_json)
    on_record.tell()
    refuse_early_moment(screening.coverage)
    if summary.rows and summary.rows_rejected == summary.rows:
        raise FormatError(
            "no row could be compared", hint="the output says why of each row", file=str(source)
        )


def _write(
    summary: ScreenSummary, coverage: Coverage, output: Path, *, asked_on: date, as_json: bool
) -> None:
    to_stderr = _is_stdout(output)  # Then the rows are what goes to stdout.
    if as_json:
        write_json(summary, err=to_stderr)
    else:
        pen = Pen(has_colour=False) if to_stderr else Pen.for_stdout()
        write_lines(_lines(summary, pen), err=to_stderr)
        write_lines(coverage_lines(coverage, pen, today=asked_on), err=to_stderr)


def _is_stdout(output: Path) -> bool:
    try:
        return os.path.samestat(output.stat(), os.fstat(STDOUT))
    except OSError:
        return False


def _lines(summary: ScreenSummary, pen: Pen) -> Iterator[str]:
    asked = f"{clocks_words(summary.as_of, summary.known_at)}, threshold {summary.threshold:g}"
    yield f"{pen.bold(summary.output)}  {pen.dim(f'({asked})')}"
    figures = {
        "rows": summary.rows,
        "rows with matches": summary.rows_with_matches,
        "matches": summary.matches,
        "rows rejected": summary.rows_rejected,
    }
    for label, figure in figures.items():
        yield _figure(label, figure)
    yield from map(_counted, summary.rejected)
    if summary.rows_compared_in_part:
        yield _figure("compared in part", summary.rows_compared_in_part)
        yield from map(_counted, summary.compared_in_part)
    if summary.rows_blank:
        yield _figure("blank lines", summary.rows_blank)
    yield f"  {summary.duration_s:,.1f} s, {summary.rows_per_s:,.0f} rows a second"
    yield ""


def _figure(label: str, figure: int) -> str:
    return f"  {label:<18} {figure:>11,}"


def _counted(counted: CountedRows) -> str:
    rows = ", ".join(map(str, counted.rows))
    more = " ..." if counted.count > len(counted.rows) else ""
    return f"    {counted.count:,} x {counted.reason} (row {rows}{more})"
