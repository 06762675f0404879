"""Answers acts on the screen or as JSON: one whole, of several each in a line."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path

import click

from article41.checks.acts import ACTS_AT_ONCE, Checker
from article41.checks.verdict_json import verdict_json
from article41.faces.cli.checking import Acts, checked, opened_screener
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.on_record import OnRecord
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted
from article41.faces.cli.sheet import width_of_stdout
from article41.faces.cli.verdict_words import outcome_words
from article41.faces.cli.verdicts import verdict_line, verdict_lines
from article41.faces.cli.writing import Pen, notice, write_lines
from article41.faces.recording import GENERATION
from article41.faces.settings import code_version, now, today
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict


def answer(
    acts: Acts,
    folder: Path,
    *,
    is_demonstration: bool,
    known_at: datetime | None,
    threshold: float,
    as_json: bool,
    is_whole: bool,
    on_record: OnRecord,
) -> int:
    """Ask the lists about every act and write the answers; give the exit code.

    Args:
        acts: The acts.
        folder: The store.
        is_demonstration: True to ask the demonstration lists in place of it.
        known_at: The moment known; now if absent.
        threshold: Least score of a resemblance.
        as_json: One verdict a line in place of words.
        is_whole: True for what does not bear on an act, too.
        on_record: Where the answers are put before they are written.

    Raises:
        SourceError: Nothing of any list was known at the moment; the answers are written.
    """
    asked_on, told = today(), 0
    with (
        opened_screener(folder, is_demonstration=is_demonstration) as screener,
        _progress() as advance,
    ):
        checker = Checker(screener, threshold=threshold, code_version=code_version())
        verdicts = _recorded(
            checked(acts, checker, known_at=known_at, asked_on=asked_on, progress=advance),
            on_record,
            asked_on=asked_on,
            generation=screener.index.about.generation,
        )
        if as_json:
            for verdict in verdicts:
                click.echo(verdict_json(verdict))
                told += 1
        else:
            told = _tell(verdicts, is_whole=is_whole)
        coverage = screener.coverage(as_of=None, known_at=known_at, asked_on=asked_on)
    on_record.tell()
    if acts.unanswered:
        if told:
            notice(f"note: {counted(acts.unanswered, 'act')} not answered, {told:,} answered")
        return acts.exit_code
    refuse_early_moment(coverage)
    return 0


def _recorded(
    verdicts: Iterator[Verdict], on_record: OnRecord, *, asked_on: date, generation: str
) -> Iterator[Verdict]:
    """Verdicts once they are on record, some hundreds at once."""
    recorder, asked_at = on_record.recorder, now()
    if recorder is None:
        yield from verdicts
        return
    while batch := list(islice(verdicts, ACTS_AT_ONCE)):
        on_record.write(
            [
                recorder.check(
                    verdict,
                    answer=verdict_json(verdict),
                    asked_at=asked_at,
                    asked_on=asked_on,
                    state={GENERATION: generation},
                )
                for verdict in batch
            ]
        )
        yield from batch
        asked_at = now()


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
    before: Verdict | None = None
    for verdict in chain((first, second), verdicts):
        outcomes[verdict.outcome] += 1
        if is_whole:
            lines = verdict_lines(verdict, pen, width=width, is_whole=True, before=before)
            write_lines([*lines, ""])
            before = verdict
        else:
            number = outcomes.total()
            write_lines([verdict_line(verdict, pen, number=number, width=line_width)])
    by_rank = sorted(outcomes.items(), key=lambda item: item[0].rank)
    said = ", ".join(f"{count:,} {outcome_words(outcome)}" for outcome, count in by_rank)
    write_lines([pen.bold(f"{counted(outcomes.total(), 'act')}: {said}")])
    return outcomes.total()
