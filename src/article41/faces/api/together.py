"""Short questions are answered by one thread, and those that come meanwhile with one write.

To give each a thread of its own takes longer than the answer: threads of Python wait for one
another, and each would wait for the disk by itself.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import NamedTuple

from article41.casework.audit import Receipt
from article41.faces.api.answering import Told
from article41.faces.recording import Recorder
from article41.model.errors import BrokenAuditError, RecordError

TOGETHER_MAX = 32
"""Questions that go on record with one write."""
Recorded = tuple[Told, Sequence[Receipt]]
"""Answers that are on record, and what is handed back for each."""


class _Question(NamedTuple):
    """A question that waits."""

    tell: Callable[[], Told]
    recorded: "asyncio.Future[Recorded]"


_Ended = tuple[_Question, Recorded | Exception]
"""A question and what became of it."""


class Together:
    """Answers short questions in the order in which they come.

    Args:
        recorder: Keeps what was said.
    """

    def __init__(self, recorder: Recorder) -> None:
        """Begin no thread yet."""
        self._recorder = recorder
        self._waiting: SimpleQueue[_Question | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def ask(self, tell: Callable[[], Told]) -> "asyncio.Future[Recorded]":
        """The answer to a question, once it is on record; asked in the thread of a loop.

        Args:
            tell: Answers it, and takes no longer than it takes to hand it to another thread.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="together", daemon=True)
            self._thread.start()
        question = _Question(tell, asyncio.get_running_loop().create_future())
        self._waiting.put(question)
        return question.recorded

    def close(self) -> None:
        """Answer all that waits, and end."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            told: list[tuple[_Question, Told]] = []
            ended: list[_Ended] = []
            for question in self._those_that_wait():
                if question is None:
                    is_open = False
                    break
                try:
                    told.append((question, question.tell()))
                except Exception as error:  # noqa: BLE001 -- whoever asked is told
                    ended.append((question, error))
            if told:
                ended += self._recorded(told)
            _hand_back(ended)

    def _those_that_wait(self) -> Iterator[_Question | None]:
        """Who waits, and who comes while they are answered."""
        yield self._waiting.get()
        with suppress(Empty):
            for _ in range(TOGETHER_MAX - 1):
                yield self._waiting.get_nowait()

    def _recorded(self, told: Sequence[tuple[_Question, Told]]) -> Iterator[_Ended]:
        asked = [one for _, each in told for one in each.asked]
        try:
            # INVARIANT: no answer leaves before this has returned.
            receipts = iter(self._recorder.write(asked))
        except (RecordError, BrokenAuditError) as error:
            yield from ((question, error) for question, _ in told)
        except Exception as error:  # noqa: BLE001 -- whoever asked is told
            # Something of one of them cannot go on record: the others have no part in it.
            if len(told) > 1:
                for one in told:
                    yield from self._recorded([one])
            else:
                yield from ((question, error) for question, _ in told)
        else:
            for question, each in told:
                yield question, (each, [next(receipts) for _ in each.asked])


def _hand_back(ended: Sequence[_Ended]) -> None:
    for loop in {question.recorded.get_loop() for question, _ in ended}:
        own = [one for one in ended if one[0].recorded.get_loop() is loop]
        # A loop that has ended waits for nothing.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_tell, own)


def _tell(ended: Sequence[_Ended]) -> None:
    for question, outcome in ended:
        if isinstance(outcome, Exception):
            question.recorded.set_exception(outcome)
        else:
            question.recorded.set_result(outcome)
