"""A server is ready if it can answer, and only then; what changes is a line of its log."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from article41.casework.audit import RECORD_FOLDER
from article41.casework.audit.ledger import ENTRIES_FILE
from article41.checks import INDEX_FILE, refresh_index
from article41.store import Store
from tests.faces.api.made import Served, problem
from tests.faces.made import write

CORA = {"parties": [{"name": "Sample Cora"}]}


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    """Let nobody write to a file."""
    if subprocess.run(["chattr", "+i", path], capture_output=True, check=False).returncode:
        pytest.skip("no file can be made immutable here")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == "article41.server"]


def test_a_server_whose_record_nobody_may_write_is_not_ready_though_nobody_asked(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    key = served.key()
    assert served.ask("POST", "/match", key=key, json=CORA).status_code == 200

    with immutable(served.folder / RECORD_FOLDER / ENTRIES_FILE):
        found = problem(served.ask("GET", "/ready", key=key), 503)
        refused = problem(served.ask("POST", "/match", key=key, json=CORA), 503)

    assert found["code"] == refused["code"] == "record"
    assert str(served.folder / RECORD_FOLDER) in found["detail"]
    assert served.ask("GET", "/ready", key=key).status_code == 200
    assert [one.partition(" `")[0] for one in said(caplog)] == [
        "the record", "answers can be put on record again",
    ]  # fmt: skip


def test_a_server_that_failed_to_write_is_not_ready_until_there_is_room(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    key = served.key()
    assert served.ask("POST", "/match", key=key, json=CORA).status_code == 200

    def full(_handle: int, _data: bytes, _at: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", full)
        for _ in range(3):
            found = problem(served.ask("POST", "/match", key=key, json=CORA), 503)
            assert found["code"] == "record"
            assert problem(served.ask("GET", "/ready", key=key), 503)["code"] == "record"
        assert len(said(caplog)) == 1

    # Nobody asks a server that is not ready: it has to find out by itself.
    assert served.ask("GET", "/ready", key=key).json() == {"status": "ready"}
    assert [one.partition(" `")[0] for one in said(caplog)] == [
        "the record", "answers can be put on record again",
    ]  # fmt: skip
    assert not list((served.folder / RECORD_FOLDER).glob("trial*"))
    assert served.ask("POST", "/match", key=key, json=CORA).status_code == 200


def test_a_server_whose_index_before_the_newest_answers_is_ready_and_says_what_fails(
    served: Served, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = served.key()
    write(tmp_path, "broken", "no index").replace(served.folder / INDEX_FILE)

    answered = [served.ask("POST", "/match", key=key, json=CORA) for _ in range(2)]
    ready = served.ask("GET", "/ready", key=key)
    with Store(served.folder) as store:
        refresh_index(store)
    again = served.ask("GET", "/ready", key=key)

    assert [one.status_code for one in (*answered, ready)] == [200] * 3
    [failure] = ready.json()["failures"]
    assert failure["code"] == "index-file"
    assert failure["detail"]
    assert failure["hint"]
    assert again.json() == {"status": "ready"}
    assert [one.partition(":")[0] for one in said(caplog)] == [
        "the index before answers", "the newest index is open",
    ]  # fmt: skip
