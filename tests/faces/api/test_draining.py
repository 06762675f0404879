"""A server that is told to end answers whoever has reached it, also those it has not looked at."""

import signal
import socket
import threading
from collections import Counter
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest
import uvicorn
from uvicorn.supervisors import multiprocess

from article41.faces.serving.ending import EndingProcess, EndingWorkers
from tests.faces.api.made import copied
from tests.faces.api.running import Running, matched, running, wait_for

BODY = b'{"parties": [{"name": "Ada Example"}]}'
ASKING = 12
ANSWERED, REFUSED, RESET = "answered", "refused", "reset"


def request_of(server: Running) -> bytes:
    head = (
        f"POST /match HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {server.key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n"
    )
    return f"{head}Connection: close\r\n\r\n".encode() + BODY


def connected(address: SplitResult) -> socket.socket:
    return socket.create_connection((address.hostname, address.port), timeout=30)


@pytest.mark.slow
def test_whoever_has_connected_when_the_server_ends_may_still_ask(
    filled: Path, tmp_path: Path
) -> None:
    with running(copied(filled, tmp_path)) as server:
        address = urlsplit(server.address)

        def is_refused() -> bool:
            try:
                connected(address).close()
            except ConnectionRefusedError:
                return True
            return False

        with connected(address) as silent:
            with server.client() as client:
                assert matched(client).status_code == 200
            server.process.send_signal(signal.SIGTERM)
            wait_for(is_refused)
            silent.sendall(request_of(server))
            response = silent.makefile("rb").read()
        code = server.process.wait(timeout=30)

    assert code == 0
    assert response.startswith(b"HTTP/1.1 200 ")


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_whoever_waits_to_be_taken_in_when_the_server_ends_is_answered(
    filled: Path, tmp_path: Path, workers: str
) -> None:
    became: Counter[str] = Counter()
    with running(copied(filled, tmp_path), "--workers", workers) as server:
        address, request = urlsplit(server.address), request_of(server)

        def ask() -> None:
            """Ask, each time on a new connection, until nobody listens."""
            outcome = ANSWERED
            while outcome != REFUSED:
                outcome = _outcome(address, request)
                became[outcome] += 1

        asking = [threading.Thread(target=ask) for _ in range(ASKING)]
        for one in asking:
            one.start()
        wait_for(lambda: became[ANSWERED] > 10 * ASKING)
        code = server.end()
        for one in asking:
            one.join(timeout=30)

    assert code == 0
    assert became[REFUSED] == ASKING
    # Whoever comes in the instant between the last look and the closing cannot be helped; it was
    # each of them with several workers.
    assert became[RESET] <= 1, became


def test_whoever_takes_the_place_of_a_worker_ends_as_it_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[type[multiprocess.Process]] = []
    monkeypatch.setattr(multiprocess, "SIGNALS", {})  # Those of the tests stay theirs.
    workers = EndingWorkers(uvicorn.Config("none", workers=2, log_config=None), [])

    def start(worker: multiprocess.Process) -> None:
        started.append(type(worker))
        if len(started) == 4:
            workers.should_exit.set()

    # uvicorn's own class is put back afterwards.
    monkeypatch.setattr(multiprocess, "Process", multiprocess.Process)
    monkeypatch.setattr(multiprocess.Process, "start", start)
    for name in ("is_alive", "kill", "join", "terminate"):
        monkeypatch.setattr(multiprocess.Process, name, lambda *_, **__: False)
    workers.run()

    assert started == [EndingProcess] * 4


def _outcome(address: SplitResult, request: bytes) -> str:
    try:
        connection = connected(address)
    except ConnectionRefusedError:
        return REFUSED
    except ConnectionResetError:
        return RESET
    with connection:
        try:
            connection.sendall(request)
            answer = connection.makefile("rb").read()
        except (ConnectionResetError, BrokenPipeError):
            return RESET
    return ANSWERED if answer.startswith(b"HTTP/1.1 200 ") else RESET
