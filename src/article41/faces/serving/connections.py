"""A connection to the server that waits for nobody for ever.

uvicorn bounds how long an idle connection is kept and how long a head is. Here it is bounded too
how long a head may take, how long the rest of a body is taken in that nobody reads, how long a
client may leave its answer unread, and how many connections are open at once.
"""

import asyncio
import enum
import resource
from collections.abc import Mapping
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from article41.faces.api.guarding import ALWAYS, REQUEST_ID, Guarded, new_request_id
from article41.faces.api.problems import PROBLEM, problem_headers, problem_json, problem_of
from article41.model.errors import Article41Error, OverloadError, RequestError, TooSlowError

HEAD_BYTES_MAX = 32_768
"""Bytes of the head of a request."""
HEAD_S = 10.0
"""Seconds in which the head of a request must have come."""
REST_S = 2.0
"""Seconds in which a client may go on to send what is not read, so that it sees its answer."""
UNREAD_S = 60.0
"""Seconds in which a client must have taken some of its answer, or all that is left of it."""
UNHEARD_S = 1.0
"""Seconds in which a client that has said nothing yet may begin to when the server ends."""
UNREAD_BYTES = 65_536
"""Bytes that are some of it."""
CONNECTIONS_MAX = 1_000
"""Connections that are open at once, in one worker."""
_OWN_FILES = 200
"""Files that a worker has open beside its connections."""


class Awaited(enum.Enum):
    """What of its client a connection waits for, and not for ever."""

    HEAD = "head"
    """The head of a request."""
    REST = "rest"
    """The end of a body that is not read: its request is answered."""
    READING = "reading"
    """That what was written is read."""


class Connection(H11Protocol):
    """One connection; it closes itself when its client is too slow."""

    seconds: ClassVar[Mapping[Awaited, float]] = {
        Awaited.HEAD: HEAD_S,
        Awaited.REST: REST_S,
        Awaited.READING: UNREAD_S,
    }
    """How long each is waited for."""
    most: ClassVar[int] = CONNECTIONS_MAX
    """How many are open at once."""
    least: ClassVar[int] = UNREAD_BYTES
    """How many bytes are some of an answer."""
    awaited: Awaited | None = None
    """What is waited for; absent while a request is answered, or none has begun."""
    _alarm: asyncio.TimerHandle | None = None
    _since = 0.0
    _unread = 0
    _is_full = False
    _is_heard = False
    _is_ending = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head; beyond the most, at the cost of who has said nothing longest."""
        super().connection_made(transport)
        self._see()
        if len(self.connections) > self.most:
            waiting = [one for one in self.connections if isinstance(one, Connection)]
            idle = [one for one in waiting if one.is_idle and one is not self]
            if idle:
                min(idle, key=lambda one: one._since).transport.abort()
            else:
                self._refuse(
                    OverloadError(
                        f"{self.most:,} connections are open",
                        hint="ask again in a moment, and several questions over one connection",
                    )
                )

    @property
    def is_idle(self) -> bool:
        """True if no request of it is being answered."""
        is_answered = self.cycle is None or self.cycle.response_complete
        return is_answered and not self.transport.is_closing()

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        self._is_heard = True
        super().data_received(data)
        if self._is_ending and self.cycle is not None:
            self.cycle.keep_alive = False
        self._see()

    def on_response_complete(self) -> None:
        """Go on to the next request, or wait for the end of this one."""
        super().on_response_complete()
        self._since = self.loop.time()
        self._see()

    def pause_writing(self) -> None:
        """Wait for the client to read."""
        super().pause_writing()
        self._is_full = True
        self._see()

    def resume_writing(self) -> None:
        """Go on to write."""
        super().resume_writing()
        self._is_full = False
        self._see()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection."""
        super().timeout_keep_alive_handler()
        self._see()

    def shutdown(self) -> None:
        """Close it, after the request that is being answered, or is on its way."""
        if self._is_heard or self._is_ending:
            super().shutdown()
            self._see()
        else:
            # Whoever has just come had no time yet to say anything.
            self._is_ending = True
            self.loop.call_later(UNHEARD_S, self._end_unheard)

    def _end_unheard(self) -> None:
        if not self._is_heard:
            self.shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        super().connection_lost(exc)
        self._await(None)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        self._refuse(
            RequestError(
                f"this is no request of HTTP/1.1, or its head is longer than {HEAD_BYTES_MAX:,} "
                "bytes",
                hint="see `/openapi.json` for what is asked, and how",
            )
        )

    def _see(self) -> None:
        """See what is waited for now."""
        if self._is_full or self.transport.is_closing():
            is_unread = self.transport.get_write_buffer_size() > 0
            self._await(Awaited.READING if is_unread else None)
        elif not self.is_idle:
            self._await(None)
        elif self.conn.their_state is not h11.IDLE:
            self._await(Awaited.REST)
        elif self.cycle is None or self.conn.trailing_data[0]:
            self._await(Awaited.HEAD)
        else:
            # uvicorn closes it if nothing comes.
            self._await(None)

    def _await(self, awaited: Awaited | None) -> None:
        if awaited is self.awaited:
            return
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        self.awaited = awaited
        if awaited is not None:
            self._since = self.loop.time()
            self._wait(awaited)

    def _wait(self, awaited: Awaited) -> None:
        self._unread = self.transport.get_write_buffer_size()
        self._alarm = self.loop.call_later(self.seconds[awaited], self._give_up, awaited)

    def _give_up(self, awaited: Awaited) -> None:
        match awaited:
            case Awaited.READING:
                taken = self._unread - self.transport.get_write_buffer_size()
                if taken >= self.least:
                    self._wait(awaited)
                else:
                    self.transport.abort()
            case Awaited.HEAD if self._is_heard:
                self._refuse(
                    TooSlowError(
                        "the head of the request did not come within "
                        f"{self.seconds[awaited]:g} seconds",
                        hint="send it again",
                    )
                )
            case Awaited.HEAD | Awaited.REST:
                self.transport.close()

    def _refuse(self, error: Article41Error) -> None:
        """Say why no request is read, if that can still be said, and close."""
        if isinstance(self.app, Guarded):
            self.app.refused(error)
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            request_id = new_request_id()
            problem = problem_of(error, request_id=request_id)
            body = problem_json(problem)
            headers = [
                ("content-type", PROBLEM),
                ("content-length", str(len(body))),
                ("connection", "close"),
                (REQUEST_ID, request_id),
                *((name.decode(), value.decode()) for name, value in ALWAYS),
                *problem_headers(problem).items(),
            ]
            response = h11.Response(status_code=problem.status, headers=headers)
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
        self._see()


def allow_files() -> None:
    """Let a worker open as many files as it may have connections, as far as the system does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS_MAX + _OWN_FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
