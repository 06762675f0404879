"""Short questions are answered together by one thread, and go on record with one write.

To give each a thread of its own takes longer than the answer: threads of Python wait for one
another, and each would look at the files and wait for the disk by itself.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from math import inf
from queue import Empty, SimpleQueue
from typing import Generic, NamedTuple, TypeVar

from article41.casework.audit import Receipt
from article41.faces.api.answering import Told
from article41.faces.api.writer import Writer
from article41.model.errors import BrokenAuditError, RecordError

TOGETHER_MAX = 32
"""Questions that are answered together."""
UNSIGNED_S = 0.1
"""Seconds in which it is signed for what is on record."""
Recorded = tuple[Told, Sequence[Receipt]]
"""Answers that are on record, and what is handed back for each."""
_Question = TypeVar("_Question")


class _Waiting(NamedTuple, Generic[_Question]):
    """A question that waits."""

    question: _Question
    recorded: "asyncio.Future[Recorded]"


_Ended = tuple[_Waiting[_Question], Recorded | Exception]
"""A question and what became of it."""


class Together(Generic[_Question]):
    """Answers short questions in the order in which they come.

    Args:
        writer: Keeps what was said.
        tell: Answers questions that came before it is asked, each by itself or with an error; takes
            no longer than it takes to hand them to other threads.
        most: Questions that are answered together.
    """

    def __init__(
        self,
        writer: Writer,
        tell: Callable[[Sequence[_Question]], Sequence[Told | Exception]],
        *,
        most: int = TOGETHER_MAX,
    ) -> None:
        """Begin no thread yet."""
        self._writer = writer
        self._tell = tell
        self._most = most
        self._waiting: SimpleQueue[_Waiting[_Question] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._sign_by = inf

    def ask(self, question: _Question) -> "asyncio.Future[Recorded]":
        """The answer to a question, once it is on record; asked in the thread of a loop.

        Args:
            question: The question.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="together", daemon=True)
            self._thread.start()
        waiting = _Waiting(question, asyncio.get_running_loop().create_future())
        self._waiting.put(waiting)
        return waiting.recorded

    def close(self) -> None:
        """Answer all that waits, and end."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            waiting = self._those_that_wait()
            asked = [one for one in waiting if one is not None]
            if asked:
                self._answer(asked)
            is_open = len(asked) == len(waiting)
            if not is_open or time.monotonic() > self._sign_by:
                self._sign()

    def _those_that_wait(self) -> "list[_Waiting[_Question] | None]":
        """Who waits, up to the one who ends it all; where nobody does, it is signed first."""
        try:
            found = [self._waiting.get(timeout=self._seconds_left())]
        except Empty:
            self._sign()
            found = [self._waiting.get()]
        with suppress(Empty):
            while found[-1] is not None and len(found) < self._most:
                found.append(self._waiting.get_nowait())
        return found

    def _seconds_left(self) -> float | None:
        """How long it may be waited before it is signed for what is on record."""
        return None if self._sign_by == inf else max(0.0, self._sign_by - time.monotonic())

    def _sign(self) -> None:
        self._sign_by = inf
        # Who writes next is told, and signs for it.
        with suppress(RecordError, BrokenAuditError):
            self._writer.settle()

    def _answer(self, asked: "Sequence[_Waiting[_Question]]") -> None:
        try:
            answers = self._tell([one.question for one in asked])
        except Exception as error:  # noqa: BLE001 -- whoever asked is told
            _hand_back([(one, error) for one in asked])
            return
        told: list[tuple[_Waiting[_Question], Told]] = []
        failed: list[_Ended[_Question]] = []
        for one, answer in zip(asked, answers, strict=True):
            if isinstance(answer, Told):
                told.append((one, answer))
            else:
                failed.append((one, answer))
        _hand_back(failed)
        self._record(told)

    def _record(self, told: "Sequence[tuple[_Waiting[_Question], Told]]") -> None:
        def may_leave(receipts: Sequence[Receipt]) -> None:
            # INVARIANT: no answer leaves before the recorder says so.
            self._sign_by = min(self._sign_by, time.monotonic() + UNSIGNED_S)
            given = iter(receipts)
            _hand_back([(one, (each, [next(given) for _ in each.asked])) for one, each in told])

        try:
            self._writer.write(
                list(chain.from_iterable(each.asked for _, each in told)), may_leave=may_leave
            )
        except (RecordError, BrokenAuditError) as error:
            _hand_back([(one, error) for one, _ in told])
        except Exception as error:  # noqa: BLE001 -- whoever asked is told
            # Something of one of them cannot go on record: the others have no part in it.
            if len(told) > 1:
                for each in told:
                    self._record([each])
            else:
                _hand_back([(one, error) for one, _ in told])


def _hand_back(ended: "Sequence[_Ended[_Question]]") -> None:
    for loop in {one.recorded.get_loop() for one, _ in ended}:
        own = [each for each in ended if each[0].recorded.get_loop() is loop]
        # A loop that has ended waits for nothing.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_end, own)


def _end(ended: "Sequence[_Ended[_Question]]") -> None:
    for one, outcome in ended:
        if one.recorded.done():
            continue  # Nobody waits for it any more.
        if isinstance(outcome, Exception):
            one.recorded.set_exception(outcome)
        else:
            one.recorded.set_result(outcome)
