"""`article41 check`: may an act go ahead, and if not, which measure forbids it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from itertools import chain
from pathlib import Path

import click

from article41.checks.acts import Checker
from article41.checks.reading import ActFormat
from article41.checks.verdict_json import verdict_json
from article41.faces.cli.checking import Acts, checked, opened_screener
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.options import (
    JURISDICTION,
    TextPath,
    with_json,
    with_known_at,
    with_store,
    with_threshold,
)
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted
from article41.faces.cli.sheet import width_of_stdout
from article41.faces.cli.targeted import refuse_two_stores
from article41.faces.cli.verdict_words import outcome_words
from article41.faces.cli.verdicts import verdict_line, verdict_lines
from article41.faces.cli.writing import Pen, notice, write_lines
from article41.faces.settings import code_version, today
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict
from article41.sources.ownership import OwnershipFormat


@click.command(epilog="Example: article41 check payment.yaml --jurisdiction EU")
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=TextPath(exists=True, dir_okay=False, allow_dash=True),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([one.value for one in ActFormat]),
    help="How acts are written; told by the beginning of a file if absent.",
)
@click.option(
    "--jurisdiction",
    "jurisdictions",
    type=JURISDICTION,
    multiple=True,
    metavar="J",
    help="Whose answer comes first, such as EU or US; may be repeated.",
)
@click.option(
    "--ownership",
    type=TextPath(exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Who owns whom: a table, a register, or as an act has it; may be repeated.",
)
@click.option(
    "--ownership-format",
    type=click.Choice([one.value for one in OwnershipFormat]),
    help="What these files are; told by their content if absent.",
)
@click.option("--all", "is_whole", is_flag=True, help="Show what does not bear on it, too.")
@click.option("--demonstration", is_flag=True, help="Ask the demonstration lists.")
@with_known_at
@with_threshold
@with_json
@with_store
@click.pass_context
def check(
    context: click.Context,
    *,
    sources: tuple[Path, ...],
    format_: str | None,
    jurisdictions: tuple[str, ...],
    ownership: tuple[Path, ...],
    ownership_format: str | None,
    is_whole: bool,
    demonstration: bool,
    known_at: datetime | None,
    threshold: float,
    as_json: bool,
    folder: Path,
) -> None:
    """Say which measures bear on an act, whom they bind and what they rest on.

    FILE holds acts in YAML or JSON, or JSON lines; `-` is what is piped in. Each is answered by
    the lists and the law of its own day. One act is told whole; of several each has a line, and
    is told whole with --all.

    With --json one verdict an act is written, each on a line of its own; `article41 explain`
    tells it later. If nothing of any list was known at the moment, the command fails after its
    answer. An act that cannot be read is told on stderr with its line; the others are answered,
    and the command fails after them.
    """
    refuse_two_stores(context, is_demonstration=demonstration)
    acts = Acts(
        sources,
        format=None if format_ is None else ActFormat(format_),
        jurisdictions=jurisdictions,
        ownership=ownership,
        ownership_format=None if ownership_format is None else OwnershipFormat(ownership_format),
    )
    asked_on, told = today(), 0
    with (
        opened_screener(folder, is_demonstration=demonstration) as screener,
        _progress() as advance,
    ):
        checker = Checker(screener, threshold=threshold, code_version=code_version())
        verdicts = checked(acts, checker, known_at=known_at, asked_on=asked_on, progress=advance)
        if as_json:
            for verdict in verdicts:
                click.echo(verdict_json(verdict))
                told += 1
        else:
            told = _tell(verdicts, is_whole=is_whole)
        coverage = screener.coverage(as_of=None, known_at=known_at, asked_on=asked_on)
    if acts.unanswered:
        if told:
            notice(f"note: {counted(acts.unanswered, 'act')} not answered, {told:,} answered")
        context.exit(acts.exit_code)
    refuse_early_moment(coverage)


def _progress() -> AbstractContextManager[Callable[[int], None]]:
    """A bar, where the answers themselves do not run over the same terminal."""
    return nullcontext(lambda _done: None) if sys.stdout.isatty() else progress("Checking")


def _tell(verdicts: Iterator[Verdict], *, is_whole: bool) -> int:
    """One verdict whole; of several each in a line, or whole, and how many of which outcome."""
    pen, width = Pen.for_stdout(), width_of_stdout()
    line_width = width if sys.stdout.isatty() else None
    first, second = next(verdicts, None), next(verdicts, None)
    if first is None:
        return 0
    if second is None:
        write_lines(verdict_lines(first, pen, width=width, is_whole=is_whole))
        return 1
    outcomes: Counter[Outcome] = Counter()
    for verdict in chain((first, second), verdicts):
        outcomes[verdict.outcome] += 1
        if is_whole:
            write_lines([*verdict_lines(verdict, pen, width=width, is_whole=True), ""])
        else:
            number = outcomes.total()
            write_lines([verdict_line(verdict, pen, number=number, width=line_width)])
    by_rank = sorted(outcomes.items(), key=lambda item: item[0].rank)
    said = ", ".join(f"{count:,} {outcome_words(outcome)}" for outcome, count in by_rank)
    write_lines([pen.bold(f"{counted(outcomes.total(), 'act')}: {said}")])
    return outcomes.total()
