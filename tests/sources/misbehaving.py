"""A real HTTP server on this machine that does what a test tells it and notes the questions."""

import gzip
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import NamedTuple

import pytest

ETAG, MODIFIED = '"one"', "Fri, 01 Mar 2024 12:00:00 GMT"

Answer = Callable[[BaseHTTPRequestHandler], None]


class Asked(NamedTuple):
    """One question."""

    path: str
    headers: dict[str, str]


class Server:
    """Answers each path by its list of answers, the last of them for ever."""

    def __init__(self, trust: Path | None = None) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, list[Answer]] = {}
        self.closing = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(Asked(self.path, dict(self.headers.items())))
                waiting = server.answers.get(self.path, [said(404, b"no such file")])
                answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                answer(self)

            def log_message(self, *_given: object) -> None:
                """Write nothing."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_given: object) -> None:
                """Clients that go away are what the tests are about."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.scheme = "http"
        if trust is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(trust, trust.with_suffix(".key"))
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
            self.scheme = "https"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.005}
        )
        self._thread.start()

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"{self.scheme}://127.0.0.1:{self._server.server_address[1]}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        """Answer a path so from now on; gives its address."""
        self.answers[path] = list(answers)
        return self.at(path)

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def serving(trust: Path | None = None) -> Iterator[Server]:
    """A server until the end of the block."""
    server = Server(trust)
    try:
        yield server
    finally:
        server.close()


def said(status: int, body: bytes, **headers: str) -> Answer:
    """An honest answer; `_` in the name of a header stands for `-`."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def file(body: bytes) -> Answer:
    """A file that a later question may ask the change of."""
    return said(200, body, ETag=ETAG, Last_Modified=MODIFIED)


def not_modified(etag: str = ETAG) -> Answer:
    """An answer without a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(304)
        handler.send_header("ETag", etag)
        handler.end_headers()

    return answer


def moved(to: str) -> Answer:
    """A redirect."""
    return said(302, b"", Location=to)


def cut(body: bytes) -> Answer:
    """Half of what was promised."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])

    return answer


def packed(body: bytes, *, share: float = 1.0) -> Answer:
    """The body in gzip, or the first share of that, which the length does not betray."""
    whole = gzip.compress(body)
    return said(200, whole[: int(len(whole) * share)], Content_Encoding="gzip")


def silent(server: Server) -> Answer:
    """Nothing until the server closes."""

    def answer(_handler: BaseHTTPRequestHandler) -> None:
        server.closing.wait()

    return answer


def hung_up(_handler: BaseHTTPRequestHandler) -> None:
    """The connection closes without an answer."""


def own_certificate(folder: Path) -> Path:
    """A certificate for this machine that nobody vouches for; its key stands beside it."""
    program = which("openssl")
    if program is None:
        pytest.skip("openssl is not on the PATH, so no certificate can be made")
    certificate = folder / "own.pem"
    subprocess.run(
        [
            program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes", "-keyout", str(certificate.with_suffix(".key")), "-out", str(certificate),
            "-subj", "/CN=lists.example", "-addext", "subjectAltName=IP:127.0.0.1",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate
