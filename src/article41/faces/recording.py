"""Puts on record what a face answers, before the answer leaves; every face writes through this.

What is asked is written whole, so that it can be asked again.
"""

import hashlib
import importlib
import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from article41.casework.audit import (
    RECORD_FOLDER,
    Asked,
    Durability,
    MayLeave,
    Receipt,
    Record,
    Software,
)
from article41.faces.kept import kept_code_sha256
from article41.faces.settings import Recording, code_version, feeds_file
from article41.match import ListCoverage
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict

GENERATION = "generation"
"""The setting that names the state of the store."""
Settings = Mapping[str, str | int | float | bool | None]
"""What decides an answer beside the question, the lists and the code."""
CODE = ("checks", "law", "match", "model", "sources", "store")
"""The folders of the package that decide answers; the law is among them."""


class Recorder:
    """Writes questions and answers to the record of a store, or nowhere.

    Args:
        record: Opens the record; None where nothing is recorded.
        recording: What is recorded.
        by: Who asks: `local:` and a user of the machine, or `key:` and the id of a key.
        settings: What else decides the answers.
    """

    def __init__(
        self,
        record: Callable[[], Record] | None,
        *,
        recording: Recording,
        by: str,
        settings: Settings,
    ) -> None:
        """Nothing is opened before something is written."""
        self._open = record
        self._recording = recording
        self._by = by
        self._settings = settings
        self._record: Record | None = None
        if record is not None:
            # Loading what signs and hashing the code take their time beside the opening of lists.
            threading.Thread(target=_load, daemon=True).start()

    @property
    def is_on(self) -> bool:
        """True if something is recorded."""
        return self._open is not None

    @property
    def record(self) -> Record:
        """The record, opened when it is first needed.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        assert self._open is not None
        if self._record is None:
            self._record = self._open()
        return self._record

    def write(self, asked: Sequence[Asked], *, may_leave: MayLeave | None = None) -> list[Receipt]:
        """Put answers on record; when this returns they may leave.

        Args:
            asked: The questions with their answers.
            may_leave: Told when they may leave; whoever gives it calls `settle` now and then.

        Raises:
            RecordError: They cannot be written: no answer may leave.
            BrokenAuditError: The record does not add up.
        """
        return self.record.write(asked, may_leave=may_leave) if self.is_on else []

    def settle(self) -> None:
        """Sign for all that is on record.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        if self.is_on:
            self.record.settle()

    def asked(
        self,
        kind: str,
        *,
        question: bytes,
        answer: bytes,
        asked_at: datetime,
        lists: Mapping[str, str],
        settings: Settings,
        has_match: bool,
        by: str | None = None,
    ) -> Asked:
        """A question and its answer as they go on record.

        Args:
            kind: What was asked.
            question: The question as JSON, whole.
            answer: The answer as JSON, byte for byte as it leaves.
            asked_at: When.
            lists: The versions that the answer rests on: their SHA-256, by list.
            settings: How it was asked, and of which state of the store.
            has_match: True if somebody may be meant; else it may be that only a hash is kept.
            by: Who asks, if not whom the recorder was made for.
        """
        return Asked(
            kind=kind,
            asked_at=asked_at,
            by=self._by if by is None else by,
            question=question,
            answer=answer,
            software=software(),
            lists=lists,
            settings={**self._settings, **settings},
            is_withheld=self._recording is Recording.MATCHES and not has_match,
        )

    def check(
        self,
        verdict: Verdict,
        *,
        answer: bytes,
        asked_at: datetime,
        asked_on: date,
        state: Settings,
        by: str = "",
    ) -> Asked:
        """An act and its verdict as they go on record.

        Args:
            verdict: The verdict.
            answer: The same as JSON, as it leaves.
            asked_at: When it was asked.
            asked_on: The day of asking.
            state: Of the store: its generation, and what else has changed since this was made.
            by: Who asks, if not whom the recorder was made for.
        """
        from article41.checks.reading import canonical

        known_at = verdict.known_at
        return self.asked(
            "check",
            question=canonical(verdict.act),
            answer=answer,
            asked_at=asked_at,
            lists=lists_of_verdict(verdict),
            settings={
                **state,
                "asked_on": asked_on.isoformat(),
                "known_at": None if known_at is None else known_at.isoformat(),
                "threshold": verdict.threshold,
            },
            has_match=has_match(verdict),
            by=by or None,
        )


def recorder(
    folder: Path,
    *,
    by: str,
    recording: Recording,
    durability: Durability = Durability.DISK,
    told: Callable[[str], None] = lambda _words: None,
) -> Recorder:
    """What writes to the record of a store.

    Args:
        folder: Of the store.
        by: Who asks.
        recording: What is recorded.
        durability: What has happened when an answer may leave.
        told: Told in words what was cut off the record, if a process died while it wrote.
    """

    def opened() -> Record:
        return Record.open(folder / RECORD_FOLDER, durability=durability, told=told)

    return Recorder(
        None if recording is Recording.OFF else opened,
        recording=recording,
        by=by,
        settings=answer_settings(folder),
    )


def answer_settings(folder: Path) -> dict[str, str | int | float | bool | None]:
    """What decides answers beside the question, the lists and the code: the user's feeds."""
    feeds = feeds_file(folder)
    try:
        feeds_sha256 = hashlib.sha256(feeds.read_bytes()).hexdigest() if feeds else None
    except OSError:
        feeds_sha256 = None  # Whoever reads the feeds says what is wrong.
    return {"feeds_sha256": feeds_sha256}


@cache
def software() -> Software:
    """Which code answers: its version, and the hash of all of it that decides."""
    return Software(code=kept_code_sha256(*CODE), version=code_version())


def local_user() -> str:
    """Who asks at this machine, as entries name them."""
    import pwd

    try:
        return f"local:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:
        return f"local:{os.getuid()}"


def versions_of(lists: Iterable[ListCoverage]) -> dict[str, str]:
    """The version of each list that an answer rests on."""
    return {one.list_id: one.version.sha256 for one in lists if one.version is not None}


def lists_of_verdict(verdict: Verdict) -> dict[str, str]:
    """The version of each list that a verdict rests on."""
    return versions_of_coverage(verdict.coverage)


def versions_of_coverage(coverage: msgspec.Raw) -> dict[str, str]:
    """The version of each list of a coverage as answers have it."""
    return dict(_versions(bytes(coverage)))


def has_match(verdict: Verdict) -> bool:
    """True if a measure may bear on the act, or a party may be one that is listed."""
    return verdict.outcome is not Outcome.NO_MEASURE_FOUND or any(
        party.listed for party in verdict.parties
    )


class _Covered(msgspec.Struct):
    lists: tuple[ListCoverage, ...] = ()


@lru_cache(maxsize=16)
def _versions(coverage: bytes) -> tuple[tuple[str, str], ...]:
    held = msgspec.json.decode(coverage, type=_Covered | None)
    return tuple(versions_of(held.lists).items()) if held else ()


def _load() -> None:
    importlib.import_module("cryptography.hazmat.primitives.serialization")
    importlib.import_module("cryptography.hazmat.primitives.asymmetric.ed25519")
    software()
