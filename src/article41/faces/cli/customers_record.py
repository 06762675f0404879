"""What screening the customers that are kept leaves on record: the question, then what came of it.

The question goes on record before anybody is screened, so that where nothing can be recorded no
alert is kept either.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec

from article41.casework.monitor import AlertChange, Report, Run
from article41.checks import Coverage, Screener
from article41.faces.cli.on_record import OnRecord

KIND = "screen-customers"
BEGUN_KIND = "screen-customers-begun"


class CustomersQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """How the customers are screened."""

    since: str | None
    """Since when; absent for all of them."""
    threshold: float | None
    """Least score; absent for the usual one, or that of the last run."""
    customers: int
    """How many are kept."""


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


class CustomersRecord:
    """Puts one screening of the customers on record.

    Args:
        on_record: What writes.
        screener: The lists.
        question: How they are screened.
        asked_at: When it was asked.

    Raises:
        RecordError: The question cannot be written: nobody may be screened.
    """

    def __init__(
        self,
        on_record: OnRecord,
        screener: Screener,
        question: CustomersQuestion,
        asked_at: datetime,
    ) -> None:
        """Put the question on record."""
        self._on_record, self._question = on_record, msgspec.json.encode(question)
        self._generation = screener.index.about.generation
        self._asked_at = asked_at
        self._digest = hashlib.sha256()
        self._count = 0
        self._write(BEGUN_KIND, None)

    def hashing(self, told: Callable[[AlertChange], None]) -> Callable[[AlertChange], None]:
        """What hashes each change and tells it on."""
        if self._on_record.recorder is None:
            return told

        def tell(change: AlertChange) -> None:
            self._digest.update(msgspec.json.encode(change) + b"\n")
            self._count += 1
            told(change)

        return tell

    def answered(self, run: Run | None, report: Report | None, coverage: Coverage) -> None:
        """Put what came of it on record, before any of it is written.

        Raises:
            RecordError: It cannot be written.
        """
        self._write(
            KIND,
            CustomersAnswer(
                run=run,
                report=report,
                changes=self._count,
                changes_sha256=self._digest.hexdigest(),
                coverage=coverage,
            ),
        )

    def _write(self, kind: str, answer: CustomersAnswer | None) -> None:
        recorder = self._on_record.recorder
        if recorder is None:
            return
        from article41.faces.recording import GENERATION, versions_of

        entry = recorder.asked(
            kind,
            question=self._question,
            answer=msgspec.json.encode(answer),
            asked_at=self._asked_at,
            lists=versions_of(answer.coverage.lists) if answer else {},
            settings={GENERATION: self._generation},
            has_match=True,
        )
        self._on_record.write([entry])
