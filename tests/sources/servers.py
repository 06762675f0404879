"""A server on this machine that answers as it is told, well or badly."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """Answers each path with what is set for it, the last answer again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "http"
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.is_over = threading.Event()

    def on(self, path: str, *answers: Answer) -> str:
        """Set the answers of a path and give its address."""
        self.answers[path] = list(answers)
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up on what they do not like."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        answers = self.server.answers.get(self.path, [status(404)])
        self.server.asked.append((self.path, dict(self.headers)))
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        answer(self)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server in a thread of its own; with a context it speaks TLS."""
    server = Server()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer with a status; `_` in the name of a header stands for a dash."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **given}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def sent(body: bytes, **headers: str) -> Answer:
    """The whole file."""
    return status(200, body, **headers)


def redirected(target: str) -> Answer:
    return status(302, Location=target)


def cut(body: bytes) -> Answer:
    """Half of a file that was announced whole."""
    return status(200, body[: len(body) // 2], Content_Length=str(len(body)))


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Nothing, until the test is over."""
    assert isinstance(handler.server, Server)
    handler.server.is_over.wait(10)


def unframed(body: bytes) -> Answer:
    """A file of which nobody says how long it is."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A little and a little and a little more, for ever."""
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.send_header("Connection", "close")
    handler.end_headers()
    assert isinstance(handler.server, Server)
    while not handler.server.is_over.is_set():
        handler.wfile.write(b"3e8\r\n" + b"x" * 1000 + b"\r\n")
        handler.wfile.flush()
