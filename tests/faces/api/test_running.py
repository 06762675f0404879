"""The server as a process: started, asked with a key, given newer lists, ended; nothing is lost."""

import ipaddress
import signal
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from article41.casework.audit import RECORD_FOLDER, Record
from tests.faces.api.made import copied
from tests.faces.api.running import Running, matched, running, wait_for
from tests.faces.made import LATER_SDN, call, write

IN_A_ROW = 40
"""So many answers one after the other come from both workers."""


class Answered(NamedTuple):
    record: str
    version: str
    """Of the list that changes."""


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
    answered: list[Answered] = []
    broken: list[str] = []
    is_ending = threading.Event()

    with running(folder, "--workers", "2") as server:
        asking = [
            threading.Thread(target=_ask_on, args=(server, answered, broken, is_ending))
            for _ in range(4)
        ]
        for one in asking:
            one.start()
        versions = [_taken(answered, "")]
        for day, sdn in (("2024-02-02", LATER_SDN), ("2024-02-03", LATER_SDN.replace("12", "13"))):
            publication = write(tmp_path, f"{day}.csv", sdn)
            call("lists", "add", publication, "--published", day, "--store", folder)
            versions.append(_taken(answered, versions[-1]))
        is_ending.set()
        code = server.end()
        for one in asking:
            one.join(timeout=30)

    assert code == 0
    assert broken == []
    assert len(versions) == len({one.version for one in answered}) == 3
    record = Record.open(folder / RECORD_FOLDER)
    kept = {record.entry(index).id for index in range(record.size)}
    assert {one.record for one in answered} <= kept


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
                wait_for(lambda: client.get("/health").status_code == 200)
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
            signed_in = client.post(
                "/page/sign-in", data={"key": server.key}, headers={"origin": server.address}
            )

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


def _taken(answered: list[Answered], before: str) -> str:
    """The version on which the newest answers rest, once it is another one for all of them."""

    def newest() -> set[str]:
        return {one.version for one in answered[-IN_A_ROW:]}

    wait_for(lambda: len(answered) >= IN_A_ROW and len(newest()) == 1 and before not in newest())
    return answered[-1].version


def _ask_on(
    server: Running, answered: list[Answered], broken: list[str], is_ending: threading.Event
) -> None:
    """Ask, each time on a new connection, until nobody listens; note what had no whole answer."""
    while True:
        try:
            with server.client() as client:
                response = matched(client)
        except httpx.TransportError as error:
            # Accepted by the system and never read by a server that ends: it has begun nothing.
            unread = (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError)
            if not is_ending.is_set() or not isinstance(error, unread):
                broken.append(repr(error))
            return
        if response.status_code != 200:
            broken.append(response.text)
            return
        told = response.json()
        coverage = {one["list"]: one["version"] for one in told["answers"][0]["coverage"]}
        answered.append(Answered(told["records"][0], coverage["ofac-sdn"]["sha256"]))
