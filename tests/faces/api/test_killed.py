"""A server that is killed with all its workers has lost no answer that anybody received."""

import hashlib
import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest

from article41.casework.audit import RECORD_FOLDER, Record
from article41.casework.audit.verifying import verify_record
from tests.faces.api.made import ACT, copied
from tests.faces.api.running import Running, key_of, matched, running, wait_for
from tests.faces.test_on_record import MT103

CLIENTS = 6
FIELDS = {"/match": "answers", "/check": "verdicts", "/payments": "payments"}


class Question(NamedTuple):
    path: str
    body: bytes
    kind: str
    key: str | None

    def ask(self, client: httpx.Client) -> httpx.Response:
        headers = {"content-type": self.kind}
        if self.key is not None:
            headers["idempotency-key"] = self.key
        return client.post(self.path, content=self.body, headers=headers)


class Asked(NamedTuple):
    question: Question
    answer: bytes | None
    """Absent if none came whole."""


def questions(client: int) -> Iterator[Question]:
    """What one client asks: in turn of each kind, with a key of its own each other time."""
    for number in range(1_000_000):
        key = f"{client}-{number}" if number % 2 else None
        name = f"Ada Example {client} {number}"
        payee = ACT["parties"]["payee"] | {"name": name}  # type: ignore[index]
        act = ACT | {"parties": ACT["parties"] | {"payee": payee}}  # type: ignore[operator]
        parties = {"parties": [{"name": name}, {"name": "Nobody At All"}]}
        yield Question("/match", json.dumps(parties).encode(), "application/json", key)
        yield Question("/check", json.dumps([act, act]).encode(), "application/json", None)
        message = MT103.replace("Ada Example", name).encode()
        yield Question("/payments", message, "text/plain", key and f"p-{key}")


def ask_on(server: Running, client: int, asked: list[Asked], is_over: threading.Event) -> None:
    """Ask until nobody listens; note each answer that came whole."""
    with server.client() as session:
        for question in questions(client):
            if is_over.is_set():
                return
            try:
                response = question.ask(session)
            except httpx.TransportError:
                asked.append(Asked(question, None))
                return
            assert response.status_code == 200, response.text
            asked.append(Asked(question, response.content))


def killed_under_load(server: Running, first: int, wait_s: float) -> list[Asked]:
    """What was asked of a server, and answered, before it was killed."""
    asked: list[Asked] = []
    is_over = threading.Event()
    clients = [
        threading.Thread(target=ask_on, args=(server, first + number, asked, is_over))
        for number in range(CLIENTS)
    ]
    for one in clients:
        one.start()
    wait_for(lambda: len(asked) >= CLIENTS)
    time.sleep(wait_s)
    server.kill()
    is_over.set()
    for one in clients:
        one.join(timeout=30)
        assert not one.is_alive()
    return asked


def hashes_by_record(asked: Asked) -> dict[str, str]:
    """The name on record of each answer of a response, and the hash of its bytes."""
    assert asked.answer is not None
    field = FIELDS[asked.question.path]
    response = msgspec.json.decode(asked.answer, type=dict[str, msgspec.Raw])
    records = msgspec.json.decode(response["records"], type=list[str])
    if field == "payments":
        answers = [response[field]]
    else:
        answers = msgspec.json.decode(response[field], type=list[msgspec.Raw])
    return {
        name: hashlib.sha256(answer).hexdigest()
        for name, answer in zip(records, answers, strict=True)
    }


def assert_all_on_record(folder: Path, asked: list[Asked]) -> None:
    record = Record.open(folder / RECORD_FOLDER)
    entries = map(record.entry, range(record.size))
    kept = {entry.id: entry.answer_sha256 for entry in entries}
    for one in asked:
        if one.answer is not None:
            told = hashes_by_record(one)
            assert {name: kept.get(name) for name in told} == told
    assert verify_record(folder / RECORD_FOLDER).faults == ()


def assert_asked_again(client: httpx.Client, asked: list[Asked]) -> None:
    """What had a key has the same answer, and what had none yet is answered at once."""
    for one in asked:
        if one.question.key is not None:
            again = one.question.ask(client)
            assert again.status_code == 200, again.text
            is_same = one.answer is None or one.answer == again.content
            assert is_same, one.question


def kill_and_restart(folder: Path, workers: int, rounds: int) -> None:
    chance, asked, port, key = random.Random(41 + workers), list[Asked](), 0, key_of(folder)
    for number in range(rounds):
        with running(folder, "--workers", str(workers), port=port, key=key) as server:
            # At the same address again: nobody of those killed holds it.
            port = urlsplit(server.address).port or 0
            with server.client() as client:
                assert_asked_again(client, asked)
            asked = killed_under_load(server, number * CLIENTS, chance.random() * 0.5)
        assert any(one.answer is not None for one in asked)
        assert_all_on_record(folder, asked)
    with running(folder, port=port, key=key) as server, server.client() as client:
        assert_asked_again(client, asked)
        assert matched(client).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "rounds"), [(1, 2), (2, 1)])
def test_what_a_killed_server_answered_is_on_record(
    workers: int, rounds: int, filled: Path, tmp_path: Path
) -> None:
    kill_and_restart(copied(filled, tmp_path), workers, rounds)


def workers_of(server: Running) -> set[int]:
    """The processes that the server has started to answer."""
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        pytest.skip("the system does not tell which processes a process has started")
    started = map(int, children.read_text().split())
    return {one for one in started if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()}


@pytest.mark.slow
def test_one_worker_that_is_killed_takes_no_other_with_it(filled: Path, tmp_path: Path) -> None:
    folder, asked = copied(filled, tmp_path), list[Asked]()
    with running(folder, "--workers", "2") as server:
        wait_for(lambda: len(workers_of(server)) == 2)
        with server.client() as client:
            wait_for(lambda: client.get("/ready").status_code == 200)
        killed = min(workers_of(server))
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: len(workers_of(server) - {killed}) == 2)
        for question in islice(questions(0), 30):
            # Each on a connection of its own, of which either worker may have some.
            with server.client() as client:
                asked.append(Asked(question, question.ask(client).content))

        assert server.end() == 0
    assert_all_on_record(folder, asked)


@pytest.mark.slow
def test_workers_end_when_who_started_them_is_killed(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, scratch = copied(filled, tmp_path), tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with running(folder, "--workers", "2") as server, server.client() as client:
        wait_for(lambda: client.get("/ready").status_code == 200)
        assert [one.name.rpartition(".")[0] for one in scratch.iterdir()] == ["article41.counts"]
        server.process.kill()
        server.process.wait()

        # Whoever restarts it would find its address taken otherwise.
        address = urlsplit(server.address)
        wait_for(lambda: not is_listened_at(address.hostname or "", address.port or 0))
        # In which they counted together.
        wait_for(lambda: not list(scratch.iterdir()))


def is_listened_at(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


@pytest.mark.prove
@pytest.mark.parametrize("workers", [1, 2])
def test_fifty_kills_under_load_lose_no_answer(workers: int, filled: Path, tmp_path: Path) -> None:
    kill_and_restart(copied(filled, tmp_path), workers, rounds=50)
