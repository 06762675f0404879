"""Slow, broken and huge requests at once: others are answered meanwhile, in bounded memory."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from article41.faces.api.limits import BODIES_BYTES_MAX, BODY_BYTES_MAX
from article41.faces.api.questions import NAME_MAX, PARTIES_MAX
from tests.faces.api.made import copied, problem
from tests.faces.api.running import Running, matched, running

MEGABYTE = 1_000_000
JSON = "application/json"
OTHERS = 100 * MEGABYTE
"""What may be taken beside the bodies: connections, threads, the answers to large questions."""


def names(count: int, length: int = 0) -> bytes:
    parties = [{"name": f"Ada {'Example ' * (length // 8)}{number}"} for number in range(count)]
    return json.dumps({"parties": parties}).encode()


BROKEN: list[tuple[str, str, bytes, int]] = [
    ("/match", JSON, names(10_000), 400),
    ("/match", JSON, names(1, NAME_MAX + 8), 400),
    ("/match", JSON, b'{"parties": ' + b"[" * 1_000_000, 400),
    ("/match", JSON, b'{"parties": [{"name": "\xff\xfe"}]}', 400),
    ("/match", JSON, b'{"parties": [{"name": "\\ud800"}]}', 400),
    ("/match", JSON, b" " * (BODY_BYTES_MAX + 1), 413),
    ("/match", "text/xml", b"<a/>", 415),
    ("/check", JSON, b'{"parties": ' * 100_000, 422),
    ("/check", JSON, b"\xff" * MEGABYTE, 422),
    ("/check", "application/yaml", b"a: &a [x]\nb: [*a, *a]\n" * 10_000, 422),
    ("/check", "application/yaml", b"[" * 100_000, 422),
    ("/check", "application/x-ndjson", b"{}\n" * 10_000, 400),
    ("/payments", "application/xml", b"<a>" * MEGABYTE, 422),
    ("/payments", "text/plain", b"{1:" * MEGABYTE, 422),
    ("/payments", "application/octet-stream", bytes(MEGABYTE), 422),
]


def send(connection: socket.socket, words: bytes, again: bytes) -> None:
    with suppress(OSError):
        connection.sendall(words)
        while again:
            connection.sendall(again)


@contextmanager
def besieged(server: Running) -> Iterator[None]:
    """Let slow heads, slow bodies and bodies without end come until the block ends."""
    address = urlsplit(server.address)
    head = (
        f"POST /match HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {server.key}\r\n"
        f"Content-Type: {JSON}\r\n"
    ).encode()
    slow_head = (head, b"")
    slow_body = (head + b"Content-Length: 1000000\r\n\r\n" + bytes(500_000), b"")
    endless = (head + b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + bytes(1_000) + b"\r\n")
    with ExitStack() as open_:
        for words, again in [slow_head] * 100 + [slow_body] * 60 + [endless] * 4:
            one = open_.enter_context(
                socket.create_connection((address.hostname or "", address.port or 0))
            )
            threading.Thread(target=send, args=(one, words, again), daemon=True).start()
        yield


def memory(server: Running) -> int:
    """The most bytes that the process ever had in memory at once; 0 if the system tells none."""
    status = Path(f"/proc/{server.process.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(one.split()[1]) * 1_024 for one in lines if one.startswith("VmHWM:"))


@pytest.mark.slow
def test_others_are_answered_while_requests_are_slow_broken_and_huge(
    filled: Path, tmp_path: Path
) -> None:
    with running(copied(filled, tmp_path)) as server, server.client() as client:
        assert matched(client).status_code == 200
        before = memory(server)

        with besieged(server):
            for path, kind, body, status in BROKEN:
                refused = client.post(path, content=body, headers={"content-type": kind})
                problem(refused, status)
                assert matched(client).status_code == 200
            huge = client.post(
                "/match", content=names(PARTIES_MAX, 3_000), headers={"content-type": JSON}
            )
            assert client.get("/ready").status_code == 200

        assert huge.status_code == 200
        assert memory(server) - before < BODIES_BYTES_MAX + OTHERS
        assert server.end() == 0
