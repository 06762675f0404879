"""Answers payments some hundreds at a time, on one core or on several, always in their order."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from article41.checks import Behind, Screener
from article41.checks.acts import ACTS_AT_ONCE, Checker
from article41.checks.payment.answers import PaymentAnswer, unread
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Transaction
from article41.checks.payment.writing import answer_json
from article41.faces.cli.opening import known_feeds
from article41.faces.cli.pausing import without_collector
from article41.faces.settings import code_version, now
from article41.model.errors import Article41Error, MessageError

if TYPE_CHECKING:
    from article41.faces.cli.crew import Crew

CHUNKS_FOR_CREW = 4
"""Fewer chunks than these are answered before another process has opened the lists."""
Coming = tuple[str, Transaction | MessageError]
"""What answers call the file, and a payment of it, or why the rest of it cannot be read."""


class Question(NamedTuple):
    """How payments are asked about."""

    folder: Path
    """Of the store."""
    generation: str
    """The state of the store that the index was built from."""
    asker: str
    """On whose behalf."""
    jurisdictions: tuple[str, ...]
    """Whose answers come first."""
    day: date
    """The day on which they are carried out."""
    known_at: datetime | None
    """The moment known."""
    asked_on: date
    """The present day."""
    threshold: float
    """Least score."""
    is_whole: bool
    """True for the whole verdict with each answer."""


class Answered(NamedTuple):
    """What came, and its answer."""

    asked: Transaction | MessageError
    """The payment, or why it could not be read."""
    answer: PaymentAnswer
    """The answer; without its verdict where another process gave it."""
    written: bytes
    """The same as JSON, whole."""


class Answering:
    """Answers payments by the lists of a store.

    Args:
        question: How they are asked about.
        screener: The lists.
        workers: So many processes answer, if there are payments enough; 1 for this one alone.
    """

    def __init__(self, question: Question, screener: Screener, *, workers: int) -> None:
        """Nothing is asked before a payment comes."""
        self._question = question
        self._desk = _Desk(question, screener)
        self._workers = workers

    def answered(self, coming: Iterable[Coming]) -> Iterator[tuple[datetime, list[Answered]]]:
        """Some hundreds of payments with their answers, and when they were asked about.

        Args:
            coming: The payments of one file after another.

        Raises:
            Article41Error: A file cannot be opened, or the lists cannot be asked; what came before
                was given.
        """
        chunks = _Chunks(coming)
        begun = list(islice(chunks, CHUNKS_FOR_CREW if self._workers > 1 else 0))
        if len(begun) < CHUNKS_FOR_CREW:
            for chunk in chain(begun, chunks):
                yield now(), _told(chunk, self._desk.answers(_payments(chunk)))
        else:
            from article41.faces.cli.crew import Crew

            with Crew(_Worker, self._question, workers=self._workers) as crew:
                yield from self._together(chain(begun, chunks), crew)
        if chunks.failure is not None:
            raise chunks.failure

    def _together(
        self, chunks: Iterator[list[Coming]], crew: "Crew[Question]"
    ) -> Iterator[tuple[datetime, list[Answered]]]:
        waiting: deque[tuple[datetime, list[Coming]]] = deque()
        for chunk in chunks:
            done = None
            if len(waiting) == crew.size:
                done = waiting.popleft(), crew.result()
            waiting.append((now(), chunk))
            crew.give(_ENCODER.encode(_payments(chunk)))
            if done is not None:
                yield self._read(*done[0], done[1])
        for asked_at, chunk in waiting:
            yield self._read(asked_at, chunk, crew.result())

    def _read(
        self, asked_at: datetime, chunk: list[Coming], result: bytes | None
    ) -> tuple[datetime, list[Answered]]:
        if not result:
            # Nobody answered: what is wrong is told here, if it is wrong here too.
            return asked_at, _told(chunk, self._desk.answers(_payments(chunk)))
        found = [
            (_ANSWER_DECODER.decode(short or whole), whole)
            for whole, short in _RESULT_DECODER.decode(result)
        ]
        return asked_at, _told(chunk, found)


class _Desk:
    """Answers in one process."""

    def __init__(self, question: Question, screener: Screener) -> None:
        self._question = question
        self._checker = PaymentChecker(
            screener,
            Checker(screener, threshold=question.threshold, code_version=code_version()),
            day=question.day,
            known_at=question.known_at,
            asked_on=question.asked_on,
        )

    def answers(
        self, payments: Sequence[tuple[str, Sequence[Transaction]]]
    ) -> list[tuple[PaymentAnswer, bytes]]:
        """The answers to the payments of files, each as JSON too."""
        with without_collector():
            return [
                (answer, answer_json(answer))
                for file, of_file in payments
                for answer in self._checker.answer_many(
                    of_file,
                    file=file,
                    asker=self._question.asker,
                    jurisdictions=self._question.jurisdictions,
                    is_whole=self._question.is_whole,
                )
            ]


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


_Payments = list[tuple[str, list[Transaction]]]
_ENCODER = msgspec.msgpack.Encoder()
_PAYMENTS_DECODER = msgspec.msgpack.Decoder(_Payments)
_RESULT_DECODER = msgspec.msgpack.Decoder(list[tuple[bytes, bytes]])
_ANSWER_DECODER = msgspec.json.Decoder(PaymentAnswer)


class _Worker:
    """Answers in a process of its own, by the same state of the lists or not at all."""

    def __init__(self, question: Question) -> None:
        self._is_whole = question.is_whole
        self._desk: _Desk | None = None
        try:
            screener = Screener(
                question.folder, feeds=known_feeds(question.folder), behind=Behind.TELL
            )
        except Article41Error:
            return
        if screener.index.about.generation == question.generation:
            self._desk = _Desk(question, screener)

    def __call__(self, given: bytes) -> bytes:
        """The answers; nothing where they cannot be given."""
        if self._desk is None:
            return b""
        try:
            answers = self._desk.answers(_PAYMENTS_DECODER.decode(given))
        except Article41Error:
            return b""
        return _ENCODER.encode([(whole, self._short(answer)) for answer, whole in answers])

    def _short(self, answer: PaymentAnswer) -> bytes:
        """The answer without its verdict, which is only shown."""
        if not self._is_whole:
            return b""
        return answer_json(msgspec.structs.replace(answer, verdict=None))


class _Chunks:
    """So many payments as are asked about at once, as long as they can be read."""

    def __init__(self, coming: Iterable[Coming]) -> None:
        self._coming = iter(coming)
        self.failure: Article41Error | None = None
        """Why no more can be read, once what came before was given."""

    def __iter__(self) -> Iterator[list[Coming]]:
        while chunk := list(self._next()):
            yield chunk

    def _next(self) -> Iterator[Coming]:
        try:
            yield from islice(self._coming, ACTS_AT_ONCE)
        except Article41Error as error:
            self.failure = error


def _payments(chunk: Sequence[Coming]) -> _Payments:
    """The payments among them, by their files."""
    return [
        (file, [one for _, one in of_file if isinstance(one, Transaction)])
        for file, of_file in groupby(chunk, key=itemgetter(0))
    ]


def _told(
    chunk: Sequence[Coming], answers: Iterable[tuple[PaymentAnswer, bytes]]
) -> list[Answered]:
    """What came with its answers; the answer to what cannot be read is hold."""
    coming = iter(answers)
    told = []
    for file, one in chunk:
        if isinstance(one, MessageError):
            answer = unread(file, one)
            told.append(Answered(one, answer, answer_json(answer)))
        else:
            told.append(Answered(one, *next(coming)))
    return told
