"""A server whose disk is full refuses what it cannot record, and goes on once there is room."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from article41.casework.audit import RECORD_FOLDER, Record
from article41.casework.audit.verifying import verify_record
from tests.faces.api.made import ACT, copied, problem
from tests.faces.api.running import Running, matched, running
from tests.faces.test_on_record import MT103

PAGE = 4_096
LONG = "Ada " * 1_200


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, *, left: int = 0) -> Path:
    """A file that takes all the room but a few pages."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(PAGE))
        file.truncate(file.tell() - left * PAGE)
    assert shutil.disk_usage(disk).free == left * PAGE
    return ballast


def ask_all(client: httpx.Client, key: str) -> list[httpx.Response]:
    """A question of each kind, and one with a key; each longer than what a page may have left."""
    text = {"content-type": "text/plain"}
    named = {"idempotency-key": key}
    return [
        matched(client, LONG),
        client.post("/check", json=ACT),
        client.post("/payments", content=MT103, headers=text),
        client.post("/match", json={"parties": [{"name": LONG}]}, headers=named),
    ]


def entries(server: Running) -> list[str]:
    record = Record.open(server.folder / RECORD_FOLDER)
    return [record.entry(index).id for index in range(record.size)]


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_on_a_full_disk_nothing_is_answered_until_there_is_room(
    disk: Path, filled: Path, workers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Several workers count in files there.
    monkeypatch.setenv("TMPDIR", str(disk))
    with running(copied(filled, disk), "--workers", workers) as server, server.client() as client:
        assert [one.status_code for one in ask_all(client, "before")] == [200] * 4

        ballast = fill(disk)
        refused = [problem(one, 503) for one in ask_all(client, "full")]
        assert [one["code"] for one in refused] == ["record", "record", "record", "store"]
        assert all("make room" in one["hint"] for one in refused)
        # Of each of these nothing was counted yet.
        for path in ("/health", "/lists", "/measures", "/openapi.json", "/metrics"):
            assert client.get(path).status_code == 200
        ballast.unlink()

        after = ask_all(client, "full")
        assert [one.status_code for one in after] == [200] * 4
        answered = {name for one in after for name in one.json()["records"]}
        # One that was written, and refused because it could not be signed for, is there too.
        assert answered <= set(entries(server))
        assert server.end() == 0
    assert verify_record(server.folder / RECORD_FOLDER).faults == ()


@pytest.mark.slow
def test_wherever_the_room_ends_what_is_answered_is_on_record(disk: Path, filled: Path) -> None:
    with running(copied(filled, disk)) as server, server.client() as client:
        answered = [name for one in ask_all(client, "before") for name in one.json()["records"]]
        for left in range(12):
            ballast = fill(disk, left=left)
            for one in ask_all(client, f"key-{left}"):
                if one.status_code == 200:
                    answered += one.json()["records"]
                else:
                    problem(one, 503)
            ballast.unlink()
            for one in ask_all(client, f"key-{left}"):
                assert one.status_code == 200, one.text
                answered += one.json()["records"]

        assert set(answered) <= set(entries(server))
    assert verify_record(server.folder / RECORD_FOLDER).faults == ()
