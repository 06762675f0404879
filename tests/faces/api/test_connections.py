"""A connection whose client is slow, silent or wrong is closed; others are answered meanwhile."""

import json
import select
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
import uvicorn

from article41.faces.api.limits import Limits
from article41.faces.serving.connections import HEAD_BYTES_MAX, Awaited, Connection
from article41.faces.serving.serve import listening
from tests.faces.api.made import Served, copied
from tests.faces.api.running import wait_for

GET = b"GET /health HTTP/1.1\r\nHost: test\r\n\r\n"


class Patient(Connection):
    """A connection that waits longer than any test takes."""

    seconds: ClassVar[Mapping[Awaited, float]] = dict.fromkeys(Awaited, 60.0)
    most = 6


class Hasty(Connection):
    """A connection that waits for little."""

    seconds: ClassVar[Mapping[Awaited, float]] = {
        Awaited.HEAD: 0.3, Awaited.REST: 0.3, Awaited.READING: 1.0,
    }  # fmt: skip
    least = 1


class Here:
    """A server on a port, run by a thread of this process."""

    def __init__(self, served: Served, port: int, server: uvicorn.Server) -> None:
        self.served = served
        self.key = served.key()
        self.port = port
        self.server = server

    def open(self) -> socket.socket:
        connection = socket.socket()
        # What one side writes and the other has not read is kept by the server itself.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def head(self, path: str, *lines: str, key: str | None = None) -> bytes:
        given = f"POST {path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
        own = f"Authorization: Bearer {self.key if key is None else key}"
        return (given + "\r\n".join((own, *lines)) + "\r\n\r\n").encode()

    @property
    def large(self) -> bytes:
        """A request whose answer is more than buffers take."""
        head = f"GET /openapi.json HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {self.key}"
        return f"{head}\r\nConnection: close\r\n\r\n".encode()

    def get(self, path: str = "/health") -> httpx.Response:
        address = f"http://127.0.0.1:{self.port}{path}"
        return httpx.get(address, headers={"authorization": f"Bearer {self.key}"}, timeout=20)

    @property
    def count_open(self) -> int:
        return len(self.server.server_state.connections)


@contextmanager
def serving(folder: Path, connection: type[Connection]) -> Iterator[Here]:
    """Serve a store until the block ends."""
    served = Served(folder, Limits(body_bytes=100_000, bodies_bytes=200_000, body_s=60))
    config = uvicorn.Config(
        served.app,
        http=connection,
        log_level="critical",
        timeout_keep_alive=60,
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
    )
    server = uvicorn.Server(config)
    with listening("127.0.0.1", 0) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            wait_for(lambda: server.started)
            yield Here(served, listener.getsockname()[1], server)
        finally:
            server.should_exit = True
            thread.join(timeout=30)
            assert not thread.is_alive()


@pytest.fixture
def here(filled: Path, tmp_path: Path) -> Iterator[Here]:
    with serving(copied(filled, tmp_path), Patient) as found:
        yield found


@pytest.fixture
def hasty(filled: Path, tmp_path: Path) -> Iterator[Here]:
    with serving(copied(filled, tmp_path), Hasty) as found:
        yield found


def said_until_closed(connection: socket.socket) -> bytes:
    """All that the server says before it closes."""
    said = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            said += part
    return said


def problem_in(said: bytes) -> Any:  # whatever the JSON holds
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    assert b"connection: close" in head.lower()
    return json.loads(body)


def send_on(connection: socket.socket, part: bytes) -> None:
    """Send bytes again and again, until the other side is gone."""
    with suppress(OSError):
        while True:
            connection.sendall(part)
            time.sleep(0.02)


def sending(connection: socket.socket, part: bytes) -> threading.Thread:
    thread = threading.Thread(target=send_on, args=(connection, part), daemon=True)
    thread.start()
    return thread


def test_a_head_that_comes_byte_by_byte_is_not_waited_for(hasty: Here) -> None:
    with hasty.open() as slow:
        slow.sendall(GET[:20])
        trickle = sending(slow, b"X")
        said = said_until_closed(slow)

    trickle.join(timeout=20)
    assert problem_in(said)["code"] == "too-slow"
    assert said.startswith(b"HTTP/1.1 408 ")


def test_the_next_head_of_a_connection_is_not_waited_for_either(hasty: Here) -> None:
    with hasty.open() as slow:
        slow.sendall(GET + GET[:20])
        trickle = sending(slow, b"X")
        said = said_until_closed(slow)

    trickle.join(timeout=20)
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in said


def test_who_says_nothing_is_left(hasty: Here) -> None:
    with hasty.open() as silent:
        assert said_until_closed(silent) == b""


def test_a_body_without_end_is_not_taken_in_once_it_is_refused(hasty: Here) -> None:
    chunk = b"%x\r\n%s\r\n" % (4_096, b"x" * 4_096)
    for key, status in (("", b"401"), (None, b"413")):
        with hasty.open() as endless:
            endless.sendall(hasty.head("/match", "Transfer-Encoding: chunked", key=key))
            flood = sending(endless, chunk)
            # What it said may be lost with what was still on the way.
            said = said_until_closed(endless)
        flood.join(timeout=20)
        assert said[9:12] in {status, b""}
    wait_for(lambda: hasty.count_open == 0)


def test_who_reads_no_answer_is_left(hasty: Here) -> None:
    with hasty.open() as deaf:
        deaf.sendall(hasty.large)
        wait_for(lambda: hasty.count_open == 1)
        wait_for(lambda: hasty.count_open == 0)


def test_who_reads_its_answer_slowly_has_it_all(hasty: Here) -> None:
    said = b""
    with hasty.open() as slow:
        slow.sendall(hasty.large)
        while part := slow.recv(4_096):
            said += part
            time.sleep(0.05)

    assert said.partition(b"\r\n\r\n")[2] == hasty.get("/openapi.json").content


@pytest.mark.parametrize(
    "words",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
        b"GET / HTTP/one\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /match HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /match HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40_000,
        b"{}\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_in_our_words(here: Here, words: bytes) -> None:
    with here.open() as wrong:
        wrong.sendall(words)
        said = said_until_closed(wrong)

    assert problem_in(said)["code"] == "request"
    assert here.get().status_code == 200


def test_a_chunk_that_is_none_ends_its_connection(here: Here) -> None:
    with here.open() as wrong:
        wrong.sendall(here.head("/match", "Transfer-Encoding: chunked") + b"zz\r\n")
        said = said_until_closed(wrong)
    with here.open() as late:
        late.sendall(here.head("/match", "Transfer-Encoding: chunked", key=""))
        begun = late.recv(65_536)
        late.sendall(b"zz\r\n")
        said_until_closed(late)

    assert problem_in(said)["code"] == "request"
    assert begun.startswith(b"HTTP/1.1 401 ")
    wait_for(lambda: here.count_open == 0)


def test_who_goes_away_half_way_leaves_nothing_behind(here: Here) -> None:
    body = b'{"parties": [{"name": "Ada Example"}]}'
    whole = here.head("/match", f"Content-Length: {len(body)}") + body
    for end in range(0, len(whole), 15):
        with here.open() as cut:
            cut.sendall(whole[:end])
            cut.shutdown(socket.SHUT_WR)
            assert b" 200 " not in said_until_closed(cut)[:15]

    wait_for(lambda: here.count_open == 0)
    assert here.served.entries() == []
    assert here.get("/ready").status_code == 200


@contextmanager
def opened(here: Here, count: int, begin: bytes) -> Iterator[list[socket.socket]]:
    """Connections that have begun to say something, one after the other."""
    with ExitStack() as open_:
        found: list[socket.socket] = []
        for _ in range(count):
            before = here.count_open
            found.append(open_.enter_context(here.open()))
            found[-1].sendall(begin)
            wait_for(lambda before=before: here.count_open > before)  # type: ignore[misc]
        yield found


def test_who_has_waited_longest_makes_room_for_who_comes(here: Here) -> None:
    with opened(here, Patient.most, b"") as silent:
        assert here.get().status_code == 200

        assert said_until_closed(silent[0]) == b""
        for one in silent[1:]:
            one.sendall(GET)
            assert one.recv(65_536).startswith(b"HTTP/1.1 200 ")


def test_where_all_are_being_answered_who_comes_is_refused(here: Here) -> None:
    begin = here.head("/match", "Content-Length: 40") + b'{"parties": ['
    with opened(here, Patient.most, begin) as busy:
        with here.open() as more:
            refused = problem_in(said_until_closed(more))
        for one in busy:
            one.sendall(b'{"name": "Ada Example"}]}  ')
            assert one.recv(65_536).startswith(b"HTTP/1.1 200 ")

    assert (refused["status"], refused["code"]) == (503, "overload")


def test_bodies_beyond_what_there_is_room_for_are_refused(here: Here) -> None:
    begin = here.head("/match", "Content-Length: 90000") + b" " * 70_000
    for _ in range(2):
        # What was held is let go of, or there would be no room the second time.
        with opened(here, 3, begin) as held:
            [refused], _, _ = select.select(held, [], [], 20)
            answer = HTTPResponse(refused)  # Its head and its body may come apart.
            answer.begin()
            assert b'"code":"overload"' in answer.read()
            for one in held:
                if one is not refused:
                    one.sendall(b'{"parties": [{"name": "Ada Example"}]}'.rjust(20_000))
                    assert one.recv(65_536).startswith(b"HTTP/1.1 200 ")
        wait_for(lambda: here.count_open == 0)
