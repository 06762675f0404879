"""Who asks the server, and how what they ask goes on record before its answer leaves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from article41.casework.audit import Asked, Receipt
from article41.faces.recording import Recorder, Settings
from article41.model.verdicts import Verdict


class Asker(NamedTuple):
    """Who asks, and when."""

    by: str
    """`key:` and the id of a key."""
    asked_at: datetime
    """The moment (UTC); its day is the present day of the answer."""
    recorder: Recorder
    """Writes entries."""

    @property
    def asked_on(self) -> date:
        """The present day."""
        return self.asked_at.date()

    def asked(
        self,
        kind: str,
        *,
        question: bytes,
        answer: bytes,
        lists: Mapping[str, str],
        settings: Settings,
        has_match: bool,
    ) -> Asked:
        """A question and its answer as they go on record; the arguments as the recorder has them.

        Args:
            kind: What was asked.
            question: The question as JSON, whole.
            answer: The answer as JSON, byte for byte as it leaves.
            lists: The versions that the answer rests on.
            settings: How it was asked, and of which state of the store.
            has_match: True if somebody may be meant.
        """
        return self.recorder.asked(
            kind,
            question=question,
            answer=answer,
            asked_at=self.asked_at,
            lists=lists,
            settings=settings,
            has_match=has_match,
            by=self.by,
        )

    def check(self, verdict: Verdict, answer: bytes, *, state: Settings) -> Asked:
        """An act and its verdict as they go on record.

        Args:
            verdict: The verdict.
            answer: The same as JSON, as it leaves.
            state: Of the store, as it was opened.
        """
        return self.recorder.check(
            verdict,
            answer=answer,
            asked_at=self.asked_at,
            asked_on=self.asked_on,
            state=state,
            by=self.by,
        )


def names_of(receipts: Sequence[Receipt]) -> list[str]:
    """By which names answers are found in the record."""
    return [one.id for one in receipts]
