"""The server as a process: started, asked with a key, given newer lists, ended; nothing is lost."""

import ipaddress
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from article41.casework.audit import RECORD_FOLDER, Record
from article41.faces.api.access import Keys, Scope
from article41.faces.settings import RECORD_VARIABLE, Recording
from tests.faces.api.made import MADE_AT, copied
from tests.faces.made import LATER_SDN, call, write

COMMAND = [sys.executable, "-c", "from article41.faces.cli import main; main()"]
STARTED_S = 60


class Running:
    """A server that runs, and where it is."""

    def __init__(self, process: "subprocess.Popen[str]", address: str, folder: Path) -> None:
        self.process = process
        self.address = address
        self.folder = folder
        keys = Keys(folder)
        self.key = keys.create("Test", [Scope.ADMIN], now=MADE_AT, expires_at=None)[1]

    def client(self, trusted: ssl.SSLContext | None = None) -> httpx.Client:
        headers = {"authorization": f"Bearer {self.key}"}
        verify = trusted or ssl.create_default_context()
        return httpx.Client(base_url=self.address, headers=headers, timeout=30, verify=verify)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """Run the server until the block ends."""
    command = [*COMMAND, "serve", "--port", "0", "--store", str(folder), *options]
    environment = {**os.environ, RECORD_VARIABLE: Recording.WHOLE.value}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            said, found = "", None
            for line in process.stderr:
                said += line
                found = re.search(r"https?://\S+\d", line)
                if found is not None:
                    break
            assert found is not None, said
            yield Running(process, found[0], folder)
        finally:
            process.kill()


def matched(client: httpx.Client, name: str = "Sample Cora") -> httpx.Response:
    return client.post("/match", json={"parties": [{"name": name}]})


@pytest.mark.slow
def test_a_server_answers_takes_newer_lists_and_ends(filled: Path, tmp_path: Path) -> None:
    folder = copied(filled, tmp_path)
    with running(folder) as server, server.client() as client:
        before = matched(client)
        call("lists", "add", write(tmp_path, "later.csv", LATER_SDN), "--published",
             "2024-02-02", "--store", folder)  # fmt: skip
        after = matched(client)

        assert server.end() == 0

    assert [bool(one.json()["answers"][0]["matches"]) for one in (before, after)] == [False, True]
    assert Record.open(folder / RECORD_FOLDER).size == 2


@pytest.mark.slow
def test_newer_lists_and_the_end_lose_no_request(filled: Path, tmp_path: Path) -> None:
    folder = copied(filled, tmp_path)
    answered: list[str] = []
    broken: list[str] = []
    refused = threading.Event()

    with running(folder, "--workers", "2") as server:
        asking = [
            threading.Thread(target=_ask_on, args=(server, answered, broken, refused))
            for _ in range(4)
        ]
        for one in asking:
            one.start()
        call("lists", "add", write(tmp_path, "later.csv", LATER_SDN), "--published",
             "2024-02-02", "--store", folder)  # fmt: skip
        with server.client() as client:
            _wait_for(lambda: bool(matched(client).json()["answers"][0]["matches"]))
        code = server.end()
        refused.set()
        for one in asking:
            one.join(timeout=30)

    assert code == 0
    assert broken == []
    assert answered
    record = Record.open(folder / RECORD_FOLDER)
    kept = {record.entry(index).id for index in range(record.size)}
    assert set(answered) <= kept


@pytest.mark.slow
def test_a_request_that_has_begun_is_answered_though_the_server_ends(
    filled: Path, tmp_path: Path
) -> None:
    folder = copied(filled, tmp_path)
    body = b'{"parties": [{"name": "Ada Example"}]}'
    with running(folder) as server:
        address = urlsplit(server.address)
        head = (
            f"POST /match HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {server.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((address.hostname, address.port), timeout=30) as half:
            half.sendall(head.encode() + body[:10])
            with server.client() as client:
                _wait_for(lambda: client.get("/health").status_code == 200)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            half.sendall(body[10:])
            response = half.makefile("rb").read()
        code = server.process.wait(timeout=30)

    assert code == 0
    assert response.startswith(b"HTTP/1.1 200 ")
    assert Record.open(folder / RECORD_FOLDER).size == 1


@pytest.mark.slow
def test_over_tls_the_server_is_who_its_certificate_says(filled: Path, tmp_path: Path) -> None:
    certificate, key = _certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=certificate)
    options = ("--tls-cert", str(certificate), "--tls-key", str(key))
    with running(copied(filled, tmp_path), *options) as server:
        with server.client(trusted) as client:
            health = client.get("/health")
            signed_in = client.post("/page/sign-in", data={"key": server.key})

        assert server.address.startswith("https://")
        assert server.end() == 0

    assert health.status_code == 200
    assert "Secure" in signed_in.headers["set-cookie"]


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine that signs itself, and its key."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate, key = folder / "server.pem", folder / "server.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, key


def _ask_on(
    server: Running, answered: list[str], broken: list[str], refused: threading.Event
) -> None:
    """Ask, each time on a new connection, until nobody listens; note what had no whole answer."""
    while not refused.is_set():
        try:
            with server.client() as client:
                response = matched(client)
        except httpx.ConnectError:
            return
        except httpx.TransportError as error:
            # Accepted by the system and never read by the server: it has begun nothing.
            if not isinstance(error, httpx.ReadError | httpx.RemoteProtocolError):
                broken.append(repr(error))
            return
        if response.status_code != 200:
            broken.append(response.text)
        else:
            answered.extend(response.json()["records"])


def _wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)
