"""Processes that work for one command, each on one thing at a time; results come in order.

They begin anew, and inherit nothing but what they are given: threads and locks of this process
would be of no use to them. They end with it, however it ends.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, TypeVar

_Given = TypeVar("_Given")
ENDS_WITHIN_S = 5.0
"""So long it is waited for a process that has nothing more to do."""


class Crew(Generic[_Given]):
    """Some processes.

    Args:
        opened: Opens in each of them what does the work; a function of a module.
        given: What it is opened with.
        workers: How many.
    """

    def __init__(
        self,
        opened: Callable[[_Given], Callable[[bytes], bytes]],
        given: _Given,
        *,
        workers: int,
    ) -> None:
        """Start them; they open what they need while the first work is got ready."""
        self.size = workers
        """How many there are."""
        context = multiprocessing.get_context("spawn")
        self._crew: deque[tuple[Connection, BaseProcess]] = deque()
        for _ in range(workers):
            near, far = context.Pipe()
            process = context.Process(target=_serve, args=(far, opened, given), daemon=True)
            process.start()
            far.close()
            self._crew.append((near, process))
        self._at_work: deque[Connection] = deque()

    def give(self, work: bytes) -> None:
        """Give work to the next; it must have none, so give no more than there are.

        One that is gone leaves its work undone.
        """
        connection = self._crew[0][0]
        self._crew.rotate(-1)
        with suppress(OSError):
            connection.send_bytes(work)
        self._at_work.append(connection)

    def result(self) -> bytes | None:
        """The result of what was given first of what is at work; none if its process is gone."""
        try:
            return self._at_work.popleft().recv_bytes()
        except (EOFError, OSError):
            return None

    def __enter__(self) -> "Crew[_Given]":
        """They work until it is left."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let them end; what is still at work is not waited for."""
        for connection, process in self._crew:
            connection.close()
            if kind is not None:
                process.terminate()
        for _, process in self._crew:
            process.join(ENDS_WITHIN_S)
            if process.is_alive():
                process.kill()


def _serve(
    connection: Connection,
    opened: Callable[[_Given], Callable[[bytes], bytes]],
    given: _Given,
) -> None:
    """Work until whoever gives the work is gone."""
    # Ctrl-C is meant for the command, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = opened(given)
    with connection, suppress(EOFError, OSError):
        while True:
            connection.send_bytes(work(connection.recv_bytes()))
