"""What screening the customers that are kept leaves on record: the question, then what came of it.

The question goes on record before anybody is screened, so that where nothing can be recorded no
alert is kept either. It names the states of the customers and of their alerts, in which it can be
asked again. The answer goes there before the run is kept: what nobody heard is told next time.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Self

import msgspec

from article41.casework.monitor import (
    AlertChange,
    Moment,
    Monitor,
    Register,
    Report,
    Run,
    put_back,
)
from article41.checks import THRESHOLD, Coverage, Screener
from article41.faces.cli.begun import BEGUN
from article41.faces.cli.on_record import OnRecord
from article41.store.scratch import scratch_folder

KIND = "screen-customers"
LAST = "last"
"""Stands for the last run."""

Told = Callable[[AlertChange], None]


class CustomersQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """How the customers are screened."""

    since: str | None
    """Since when, as it was asked; absent for all of them."""
    moment: datetime | None
    """The moment that it means; absent where it is the last run, or none."""
    list: str | None
    """The one list that is put back to it; all if absent."""
    threshold: float | None
    """Least score; absent for the usual one, or that of the last run."""
    customers: int
    """How many are kept."""
    revision: int
    """The state of the register."""
    run: int
    """The number of the last run before; 0 if there was none."""

    def asked(self, monitor: Monitor, told: Told) -> tuple[Run | None, Report | None]:
        """Ask it: the run if one is kept, else the figures.

        Args:
            monitor: The customers before the lists.
            told: Is told of each change.

        Raises:
            InputError: It cannot be asked of these customers.
            StoreError: The alerts cannot be kept.
        """
        threshold = THRESHOLD if self.threshold is None else self.threshold
        if self.since is None:
            return monitor.everybody(threshold=threshold, told=told), None
        if self.moment is None:
            return monitor.since_last(threshold=self.threshold, told=told), None
        return None, monitor.since(self.moment, list_id=self.list, threshold=threshold, told=told)


class CustomersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it."""

    run: Run | None
    """What is kept of the run, if it is."""
    report: Report | None
    """The figures where nothing is kept."""
    changes: int
    """How many alerts are new, changed or released."""
    changes_sha256: str
    """The hash over each of them as a line of JSON, in their order."""
    coverage: Coverage
    """The lists that they rest on, and what limits them."""


class Changes:
    """Counts and hashes changes on their way to who is told of them.

    Args:
        told: Is told of each.
    """

    def __init__(self, told: Told) -> None:
        """Begin at none."""
        self._told = told
        self._digest = hashlib.sha256()
        self._count = 0

    def __call__(self, change: AlertChange) -> None:
        """Take one on."""
        self._digest.update(msgspec.json.encode(change) + b"\n")
        self._count += 1
        self._told(change)

    def answer(self, run: Run | None, report: Report | None, coverage: Coverage) -> CustomersAnswer:
        """What came of them, as it goes on record."""
        return CustomersAnswer(
            run=run,
            report=report,
            changes=self._count,
            changes_sha256=self._digest.hexdigest(),
            coverage=coverage,
        )


class CustomersRecord:
    """Puts one screening of the customers on record.

    Args:
        on_record: What writes.
        screener: The lists.
        question: How they are screened.
        moment: When it was asked.

    Raises:
        RecordError: The question cannot be written: nobody may be screened.
    """

    def __init__(
        self,
        on_record: OnRecord,
        screener: Screener,
        question: CustomersQuestion,
        moment: Moment,
    ) -> None:
        """Put the question on record."""
        self._on_record, self._question = on_record, msgspec.json.encode(question)
        self._generation = screener.index.about.generation
        self._moment = moment
        self._changes: Changes | None = None
        self._write(f"{KIND}{BEGUN}", None)

    def hashing(self, told: Told) -> Told:
        """What hashes each change and tells it on."""
        if self._on_record.recorder is None:
            return told
        self._changes = Changes(told)
        return self._changes

    def answered(self, run: Run | None, report: Report | None, coverage: Coverage) -> None:
        """Put what came of it on record, before any of it is written.

        Raises:
            RecordError: It cannot be written.
        """
        if self._changes is not None:
            self._write(KIND, self._changes.answer(run, report, coverage))

    def _write(self, kind: str, answer: CustomersAnswer | None) -> None:
        recorder = self._on_record.recorder
        if recorder is None:
            return
        from article41.faces.recording import GENERATION, versions_of

        entry = recorder.asked(
            kind,
            question=self._question,
            answer=msgspec.json.encode(answer),
            asked_at=self._moment.at,
            lists=versions_of(answer.coverage.lists) if answer else {},
            settings={
                GENERATION: self._generation,
                "asked_on": self._moment.asked_on.isoformat(),
            },
            has_match=True,
        )
        if answer is None:
            self._on_record.begin(entry)
        else:
            self._on_record.write([entry])


class _Met(msgspec.Struct, frozen=True):
    """Of an answer, what tells which states it met."""

    run: Run | None


class AskedAgain(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking again."""

    answer: CustomersAnswer | None
    """The same as was asked; absent if it cannot be."""
    lacking: str
    """What is gone, in words; empty if nothing is."""

    @classmethod
    def of(
        cls, question: bytes, answer: bytes, screener: Screener, moment: Moment, *, generation: str
    ) -> Self:
        """Screen the customers as they were before the lists as they were; nothing is kept.

        Args:
            question: As it is on record.
            answer: The same; its run says which states it met, which another process may have
                changed since the question was written.
            screener: The lists.
            moment: When it was asked, and by what was known.
            generation: The state of the store then.
        """
        asked = msgspec.json.decode(question, type=CustomersQuestion)
        revision, before = asked.revision, asked.run
        if (met := msgspec.json.decode(answer, type=_Met).run) is not None:
            revision, before = met.revision, met.number - 1
        with scratch_folder("replay") as scratch:
            gone = put_back(screener.folder, scratch, revision=revision, run=before)
            if gone:
                return cls(answer=None, lacking=gone)
            changes = Changes(lambda _change: None)
            with Register(scratch) as register:
                run, report = asked.asked(Monitor(register, screener, now=moment), changes)
        if run is not None:
            run = msgspec.structs.replace(run, generation=generation)
        coverage = screener.coverage(known_at=moment.known_at, asked_on=moment.asked_on)
        coverage = msgspec.structs.replace(coverage, known_at=None)
        return cls(answer=changes.answer(run, report, coverage), lacking="")
