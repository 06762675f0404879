"""The server as a process of its own, and ways to ask it."""

import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from article41.faces.api.access import Keys, Scope
from article41.faces.settings import RECORD_VARIABLE, Recording
from tests.faces.api.made import MADE_AT

COMMAND = [sys.executable, "-c", "from article41.faces.cli import main; main()"]


class Running:
    """A server that runs, where it is, and a key for it."""

    def __init__(
        self, process: "subprocess.Popen[str]", address: str, folder: Path, key: str
    ) -> None:
        self.process = process
        self.address = address
        self.folder = folder
        self.key = key

    def client(self, trusted: ssl.SSLContext | None = None) -> httpx.Client:
        headers = {"authorization": f"Bearer {self.key}"}
        verify = trusted or ssl.create_default_context()
        return httpx.Client(base_url=self.address, headers=headers, timeout=30, verify=verify)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kill(self) -> None:
        """Kill it with all its workers, wherever they are."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def key_of(folder: Path) -> str:
    """A key for all that a server answers."""
    return Keys(folder).create("Test", [Scope.ADMIN], now=MADE_AT, expires_at=None)[1]


@contextmanager
def running(folder: Path, *options: str, port: int = 0, key: str = "") -> Iterator[Running]:
    """Run the server until the block ends, in a session of its own."""
    command = [*COMMAND, "serve", "--port", str(port), "--store", str(folder), *options]
    environment = {**os.environ, RECORD_VARIABLE: Recording.WHOLE.value}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        try:
            assert process.stderr is not None
            said, found = "", None
            for line in process.stderr:
                said += line
                found = re.search(r"https?://\S+\d", line)
                if found is not None:
                    break
            assert found is not None, said
            # Whoever fills a pipe that nobody reads stands still.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield Running(process, found[0], folder, key or key_of(folder))
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def matched(client: httpx.Client, name: str = "Sample Cora") -> httpx.Response:
    return client.post("/match", json={"parties": [{"name": name}]})


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)
