"""Puts what a command answers on record before it is written, and says under which id."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import msgspec

from article41.faces.cli.begun import BEGUN
from article41.faces.cli.options import TextPath
from article41.faces.cli.writing import notice
from article41.faces.settings import Recording, recording
from article41.model.errors import InputError

if TYPE_CHECKING:
    from article41.casework.audit import Asked, Receipt
    from article41.faces.cli.screen_record import ScreenQuestion
    from article41.faces.cli.screening import ScreenSummary
    from article41.faces.recording import Recorder

_Command = TypeVar("_Command", bound=Callable[..., object])


def with_record(command: _Command) -> _Command:
    """Add `--no-record` and `--certificates`."""
    unrecorded = click.option(
        "--no-record",
        "is_unrecorded",
        is_flag=True,
        help="Put nothing on record; else $ARTICLE41_RECORD says what.",
    )
    certificates = click.option(
        "--certificates",
        type=TextPath(dir_okay=False),
        metavar="FILE",
        help="Add a certificate of each answer to FILE, one a line.",
    )
    return unrecorded(certificates(command))


class OnRecord:
    """The record as a command writes to it; of a demonstration nothing is recorded.

    Args:
        folder: Of the store.
        is_unrecorded: True to record nothing.
        certificates: Where certificates go, if somebody wants them.

    Raises:
        InputError: Certificates are wanted of what is not recorded.
    """

    def __init__(
        self, folder: Path, *, is_unrecorded: bool, certificates: Path | None = None
    ) -> None:
        """Open nothing before something is written."""
        mode = Recording.OFF if is_unrecorded else recording()
        if certificates is not None and mode is Recording.OFF:
            raise InputError(
                "what is not on record has no certificate", hint="leave --certificates out"
            )
        self._certificates = certificates
        self._receipts: list[str] = []
        self._begun = ""
        self._count_withheld = 0
        self.recorder: Recorder | None = None
        """What writes; absent if nothing is recorded."""
        if mode is not Recording.OFF:
            from article41.faces.recording import local_user, recorder

            self.recorder = recorder(
                folder,
                by=local_user(),
                recording=mode,
                told=lambda words: notice(f"note: {words}"),
            )

    def write(self, asked: "Sequence[Asked]") -> None:
        """Put answers on record; when this returns they may be written.

        Raises:
            RecordError: They cannot be written: no answer may be given.
            BrokenAuditError: The record does not add up.
            InputError: The file of certificates cannot be written.
        """
        if self.recorder is None:
            return
        receipts = self.recorder.write(asked)
        self._receipts += [one.id for one in receipts]
        self._count_withheld += sum(one.disclosure is not None for one in receipts)
        if self._certificates is not None and receipts:
            self._certify(self._certificates, receipts)

    def begin(self, asked: "Asked") -> None:
        """Put a question on record whose answer is to follow; it is no answer to be certified.

        Raises:
            RecordError: As `write`.
            BrokenAuditError: As `write`.
        """
        if self.recorder is not None:
            [receipt] = self.recorder.write([asked])
            self._begun = receipt.id

    def screening(
        self, question: "ScreenQuestion", output: Path, *, asked_at: datetime, generation: str
    ) -> "Callable[[ScreenSummary, str], None] | None":
        """What puts a file of customers on record before its rows leave; None if nothing does.

        Of rows that leave through a pipe the question goes on record first.

        Args:
            question: The file.
            output: Where the rows go.
            asked_at: When it was asked.
            generation: The state of the store that the index was built from.

        Raises:
            RecordError: As `write`.
        """
        if self.recorder is None:
            return None
        from article41.faces.cli.screen_record import ScreenAnswer
        from article41.faces.recording import GENERATION, versions_of

        recorder, asked = self.recorder, msgspec.json.encode(question)

        def write(kind: str, answer: ScreenAnswer | None) -> None:
            entry = recorder.asked(
                kind,
                question=asked,
                answer=msgspec.json.encode(answer),
                asked_at=asked_at,
                lists=versions_of(answer.coverage) if answer else {},
                settings={GENERATION: generation},
                has_match=True,
            )
            if answer is None:
                self.begin(entry)
            else:
                self.write([entry])

        if output.exists() and not output.is_file():
            write(f"screen{BEGUN}", None)
        return lambda summary, sha256: write("screen", ScreenAnswer.of(summary, sha256))

    def tell(self) -> None:
        """Say on stderr under which ids the answers are on record."""
        if not self._receipts:
            return
        first, last = self._receipts[0], self._receipts[-1]
        count = len(self._receipts)
        named = first if count == 1 else f"{first} to {last}: {count:,} answers"
        before = f" (its question alone, before it: {self._begun})" if self._begun else ""
        notice(f"on record: {named}{before}")
        if self._count_withheld and self._certificates is None:
            notice(
                f"note: of {self._count_withheld:,} only a hash is kept, which nobody can open "
                "without what --certificates FILE would have kept"
            )

    def _certify(self, path: Path, receipts: "Sequence[Receipt]") -> None:
        from article41.casework.certificates import certificate_json, certify

        assert self.recorder is not None
        record = self.recorder.record
        try:
            with path.open("ab") as file:
                for one in receipts:
                    assert one.index is not None  # Signed for when it was written.
                    certificate = certify(record, one.index, disclosure=one.disclosure)
                    file.write(certificate_json(certificate) + b"\n")
        except OSError as error:
            raise InputError(
                f"`{path}` cannot be written: {error.strerror}",
                hint="give another file with --certificates",
            ) from error
