"""`article41 serve`: runs the server, one worker or several that share one mapped index."""

import importlib.util
import ipaddress
import os
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from article41.casework.audit import RECORD_FOLDER, Record
from article41.faces.api.access import Keys
from article41.faces.cli.opening import open_screener
from article41.faces.cli.options import TextPath, with_store
from article41.faces.cli.writing import notice
from article41.faces.settings import (
    COUNTS_VARIABLE,
    ORIGINS_VARIABLE,
    RECORD_VARIABLE,
    STORE_VARIABLE,
    Recording,
    recording,
)
from article41.model.errors import ExtraError, InputError
from article41.store.scratch import scratch_folder

if TYPE_CHECKING:
    import uvicorn

HOST, PORT = "127.0.0.1", 8041
WORKERS_MAX = 64
KEEP_ALIVE_S = 30
"""Seconds for which an idle connection is kept."""
ENDING_S = 75
"""Seconds in which what has begun must be finished when the server ends."""
BACKLOG = 512
NEEDED = ("fastapi", "uvicorn", "prometheus_client", "jinja2")
"""Packages of the extra `serve`."""


@click.command(epilog="Example: article41 serve --port 8041 --workers 2")
@click.option("--host", default=HOST, show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=PORT, show_default=True,
    help="The port; 0 for any that is free.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, WORKERS_MAX), default=1, show_default=True,
    help="Processes that answer; they share one index.",
)  # fmt: skip
@click.option(
    "--tls-cert", type=TextPath(exists=True, dir_okay=False), metavar="FILE",
    help="The certificate chain in PEM.",
)  # fmt: skip
@click.option(
    "--tls-key", type=TextPath(exists=True, dir_okay=False), metavar="FILE",
    help="Its private key in PEM.",
)  # fmt: skip
@click.option(
    "--origin", "origins", multiple=True, metavar="URL",
    help="The address at which people see the page, if another server stands before this one; may "
    "be repeated.",
)  # fmt: skip
@with_store
def serve(
    *,
    host: str,
    port: int,
    workers: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    origins: tuple[str, ...],
    folder: Path,
) -> None:
    """Answer over HTTP what the commands answer, by key and on record.

    Ends on Ctrl-C or SIGTERM once what has begun is answered. A newer index is taken as soon as
    it is built, by a running server too.
    """
    refuse_missing_extra()
    named = " ".join(map(_origin, origins))
    if (tls_cert is None) != (tls_key is None):
        raise InputError(
            "a certificate and its key belong together", hint="give `--tls-cert` and `--tls-key`"
        )
    if recording() is Recording.OFF:
        raise InputError(
            f"the server answers nothing that is not on record, and `{RECORD_VARIABLE}` is `off`",
            hint=f"unset it, or let it be `{Recording.MATCHES.value}`",
        )
    _refuse_unfit(tls_cert, tls_key)
    # Whatever would keep a worker from answering is told here, in one line.
    open_screener(folder)
    os.environ[STORE_VARIABLE] = str(folder.absolute())
    os.environ[ORIGINS_VARIABLE] = named
    with listening(host, port) as listener, _counted_together(workers):
        _refuse_unanswering(folder)
        address = _address(listener, is_tls=tls_cert is not None)
        _notice_open_door(listener, is_tls=tls_cert is not None)
        notice(f"serving `{folder}` at {address}; end with Ctrl-C")
        _run(_config(workers, tls_cert, tls_key), listener)


def refuse_missing_extra() -> None:
    """Refuse to serve where the packages for it are not installed.

    Raises:
        ExtraError: One of them is not.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ExtraError(
            f"the server needs {', '.join(missing)}", hint="pip install 'article41[serve]'"
        )


def _refuse_unanswering(folder: Path) -> None:
    """Tell whatever else would keep each worker from answering.

    Raises:
        Article41Error: The record cannot be opened, or nobody could sign in.
    """
    from article41.faces.web.sessions import Sessions

    Record.open(folder / RECORD_FOLDER, told=notice).close()
    Sessions(folder, Keys(folder))


def _refuse_unfit(certificate: Path | None, key: Path | None) -> None:
    """Refuse files for TLS by which no connection could be made.

    Raises:
        InputError: They are no certificate and key, or do not belong together.
    """
    if certificate is None or key is None:
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # An encrypted key is not asked for a password: nobody may be there to type it.
        context.load_cert_chain(certificate, key, password=lambda: "")
    except OSError as error:
        why = f": {error.reason.replace('_', ' ').casefold()}" if isinstance(
            error, ssl.SSLError) and error.reason else ""  # fmt: skip
        raise InputError(
            f"`{certificate}` and `{key}` are no certificate chain and its private key{why}",
            hint="give both in PEM, the key without a password",
        ) from error


def _origin(text: str) -> str:
    from article41.faces.web.origins import origin_of

    try:
        return origin_of(text)
    except ValueError as error:
        raise InputError(
            str(error),
            hint="give scheme and host, such as https://screening.example",
        ) from error


def _config(workers: int, tls_cert: Path | None, tls_key: Path | None) -> "uvicorn.Config":
    import uvicorn

    from article41.faces.serving.connections import HEAD_BYTES_MAX, Connection

    return uvicorn.Config(
        "article41.faces.serving.worker:application",
        http=Connection,
        factory=True,
        workers=workers,
        lifespan="on",
        ws="none",
        ssl_certfile=tls_cert,
        ssl_keyfile=tls_key,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="warning",
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=ENDING_S,
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
    )


def _run(config: "uvicorn.Config", listener: socket.socket) -> None:
    from article41.faces.serving.connections import allow_files
    from article41.faces.serving.ending import EndingServer, EndingWorkers

    allow_files()
    if config.workers > 1:
        EndingWorkers(config, sockets=[listener]).run()
    else:
        # The server raises what ended it once more when it has finished: that is no failure.
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda _number, _frame: None)
        EndingServer(config).run(sockets=[listener])


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens.

    Raises:
        InputError: That address cannot be listened at.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: only then asyncio lets short answers leave at once, and not after 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError) as error:
        listener.close()
        why = error.strerror if isinstance(error, OSError) else "it is no name of a machine"
        raise InputError(
            f"`{host}` port {port} cannot be listened at: {why}",
            hint="give another `--port`, or `--port 0` for any that is free",
        ) from error
    with listener:
        listener.set_inheritable(True)
        yield listener


def _address(listener: socket.socket, *, is_tls: bool) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if is_tls else 'http'}://{shown}:{port}"


def _notice_open_door(listener: socket.socket, *, is_tls: bool) -> None:
    host = listener.getsockname()[0]
    if not is_tls and not ipaddress.ip_address(host).is_loopback:
        notice(
            "note: keys and answers cross the network unencrypted; give `--tls-cert` and "
            "`--tls-key`, or put a server before this one that encrypts"
        )


@contextmanager
def _counted_together(workers: int) -> Iterator[None]:
    """Let several workers count together, in a folder that goes away afterwards."""
    if workers == 1:
        os.environ.pop(COUNTS_VARIABLE, None)
        yield
        return
    with scratch_folder("counts") as folder:
        os.environ[COUNTS_VARIABLE] = str(folder)
        try:
            yield
        finally:
            del os.environ[COUNTS_VARIABLE]
