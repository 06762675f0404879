"""`article41 payment screen`: asks about every payment, writes the answers and what may go back."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import click

from article41.checks import Coverage, Screener
from article41.checks.held import list_words
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.message import Transaction
from article41.checks.payment.replies import pending
from article41.faces.cli.checking import opened_screener
from article41.faces.cli.failures import report
from article41.faces.cli.list_coverage import alike_told, coverage_lines
from article41.faces.cli.naming import refuse_early_moment
from article41.faces.cli.on_record import OnRecord
from article41.faces.cli.payment_answering import Answered, Answering, Question
from article41.faces.cli.payment_files import files_of, payments_of
from article41.faces.cli.payment_record import HowAsked, payment_asked
from article41.faces.cli.payment_words import answer_line, answer_lines
from article41.faces.cli.piped import source_name
from article41.faces.cli.rendering import counted
from article41.faces.cli.sheet import Sheet, width_of_stdout
from article41.faces.cli.writing import Pen, notice, write_lines
from article41.faces.settings import now, today
from article41.model.errors import InputError, MessageError
from article41.model.letters import legible

_FILE_NAME = re.compile(r"[^A-Za-z0-9.-]+")
REFERENCE_IN_NAME = 40
"""Characters of a payment's reference in the name of a reply's file."""


class Asked(NamedTuple):
    """What is asked about which messages."""

    sources: Sequence[Path]
    asker: str
    day: date | None
    jurisdictions: Sequence[str]
    known_at: datetime | None
    threshold: float
    is_demonstration: bool
    folder: Path
    workers: int
    """So many processes answer, if there are payments enough."""


def answer(
    asked: Asked, *, replies: Path | None, as_json: bool, is_whole: bool, on_record: OnRecord
) -> int:
    """Answer every payment, and write it; the exit code.

    Args:
        asked: The messages, and the question.
        replies: Where replies are written; nowhere if absent.
        as_json: One answer a line in place of words.
        is_whole: True for all that an answer rests on.
        on_record: Where the answers are put before anything of them leaves.

    Raises:
        SourceError: Nothing of any list was known at the moment; the answers are written.
    """
    asked_on = today()
    with opened_screener(asked.folder, is_demonstration=asked.is_demonstration) as screener:
        desk = _Desk(asked, screener, replies, asked_on, on_record, is_whole=as_json and is_whole)
        if as_json:
            for told in desk.answered():
                click.echo(b"\n".join(one.written for one in told))
        else:
            answers = (one.answer for told in desk.answered() for one in told)
            day = asked.day or asked_on
            rest_on = screener.coverage(as_of=day, known_at=asked.known_at, asked_on=asked_on)
            _tell(answers, rest_on, asked.jurisdictions, is_whole=is_whole)
        coverage = screener.coverage(as_of=None, known_at=asked.known_at, asked_on=asked_on)
    if replies is not None:
        notice(f"note: replies written to {replies}: {desk.replies_written:,}")
    on_record.tell()
    if desk.exit_code == 0:
        refuse_early_moment(coverage)
    return desk.exit_code


class _Desk:
    """Asks about file after file, and remembers what went wrong."""

    def __init__(
        self,
        asked: Asked,
        screener: Screener,
        replies: Path | None,
        asked_on: date,
        on_record: OnRecord,
        *,
        is_whole: bool,
    ) -> None:
        self._on_record = on_record
        self._how = HowAsked(
            asked_on=asked_on,
            day=asked.day or asked_on,
            asker=asked.asker,
            jurisdictions=",".join(asked.jurisdictions),
            known_at=asked.known_at,
            threshold=asked.threshold,
            is_whole=is_whole,
            generation=screener.index.about.generation,
        )
        self._asked = asked
        self._replies = replies
        self._answering = Answering(
            Question(
                folder=asked.folder,
                generation=self._how.generation,
                asker=asked.asker,
                jurisdictions=tuple(asked.jurisdictions),
                day=self._how.day,
                known_at=asked.known_at,
                asked_on=asked_on,
                threshold=asked.threshold,
                is_whole=is_whole,
            ),
            screener,
            # Demonstration lists are in no store that another process could open.
            workers=1 if asked.is_demonstration else asked.workers,
        )
        self.replies_written = 0
        self.exit_code = 0

    def answered(self) -> Iterator[list[Answered]]:
        """Every answer, in the order of the files, some hundreds at a time."""
        coming = (
            (source_name(file), one)
            for file in files_of(self._asked.sources)
            for one in payments_of(file)
        )
        for asked_at, told in self._answering.answered(coming):
            if recorder := self._on_record.recorder:
                self._on_record.write(
                    [payment_asked(recorder, one, self._how, asked_at) for one in told]
                )
            for one in told:
                self._note(one)
            yield told

    def _note(self, told: Answered) -> None:
        """Say what went wrong with a payment, and write what may go back of it."""
        one, found = told.asked, told.answer
        if isinstance(one, MessageError):
            self.exit_code = report(one)
            return
        if found.fault is not None:
            said = f"{found.reference or found.number}: {found.fault.message}"
            self.exit_code = report(MessageError(said, hint=found.fault.hint, file=found.file))
        if found.hold and self._replies is not None:
            self._reply(one, found.file, self._replies)

    def _reply(self, payment: Transaction, file: str, folder: Path) -> None:
        made = now()
        name = _FILE_NAME.sub("-", f"{Path(file).stem}-{payment.number}-{payment.reference}")
        stem = name[: REFERENCE_IN_NAME + len(Path(file).stem)].strip("-.")
        own = f"{made:%y%j%H%M%S}{self.replies_written:05}"
        reply = pending(payment, own_reference=own, at=made)
        if reply is None:
            notice(legible(f"note: {file}: {payment.message} has no reply of its own"))
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{stem}.{reply.kind.replace('.', '')}{reply.suffix}"
            path.write_text(reply.text, encoding="utf-8", newline="")
        except OSError as error:
            raise InputError(
                f"no reply can be written to `{folder}`: {error.strerror}",
                hint="name a folder in which you may write",
            ) from error
        self.replies_written += 1


def _tell(
    answers: Iterator[PaymentAnswer],
    coverage: Coverage,
    asked_for: Sequence[str],
    *,
    is_whole: bool,
) -> None:
    """One answer whole; of several each in a line, or whole, and how many are held.

    On which lists they rest stands once, below all of them: it is the same for a day.
    """
    pen, width = Pen.for_stdout(), width_of_stdout()
    line_width = width if sys.stdout.isatty() else None
    first, second = next(answers, None), next(answers, None)
    if first is None:
        return
    told_once: tuple[str, ...] = ()
    held: Counter[bool] = Counter()
    for one in chain((first,) if second is None else (first, second), answers):
        held[one.hold] += 1
        told_once = told_once or one.lists
        if is_whole or second is None:
            lines = answer_lines(
                one,
                pen,
                width=width,
                is_whole=is_whole,
                told_once=told_once,
                asked_for=asked_for,
            )
            write_lines([*lines, ""])
        else:
            write_lines([answer_line(one, pen, width=line_width, asked_for=asked_for)])
    if second is not None and not is_whole:
        write_lines([""])
    write_lines(_coverage_lines(coverage, told_once, pen))
    if second is not None:
        said = f"{held[True]:,} held; of {held[False]:,} no measure was found within the coverage"
        write_lines(["", pen.bold(f"{counted(held.total(), 'payment')}: {said}")])


def _coverage_lines(coverage: Coverage, told_once: Sequence[str], pen: Pen) -> Iterator[str]:
    """The lists of all answers; last what limits them and stands in no finding on a list."""
    yield from coverage_lines(coverage, pen, today=coverage.as_of or today())
    found = set(map(list_words, coverage.findings))
    for one in alike_told(one for one in told_once if one not in found):
        yield from Sheet(pen).text(f"limit: {one}", indent=2)
