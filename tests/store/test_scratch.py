"""Folders for a while go away, also those of processes that were killed, and no others."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from article41.store.scratch import remove_scratch, scratch_folder

HOLDING = """
import sys
from article41.store.scratch import scratch_folder
with scratch_folder("test") as folder:
    (folder / "a file").touch()
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def holder() -> "tuple[subprocess.Popen[str], Path]":
    """A process that uses such a folder until it is told or killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_process_left_goes_away_with_the_next(temporary: Path) -> None:
    process, left = holder()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (left / "a file").exists()

    with scratch_folder("other") as folder:
        assert list(temporary.iterdir()) == [folder.parent]

    assert list(temporary.iterdir()) == []


def test_what_is_in_use_or_of_another_name_stays(temporary: Path) -> None:
    for name in ("article41.test", "article41-counts-12345678", "article41.Test.12345678"):
        (temporary / name).mkdir()
    before = set(temporary.iterdir())
    process, used = holder()

    with scratch_folder("test") as folder:
        assert (used / "a file").exists()
        assert folder.parent != used.parent

    process.communicate()
    assert set(temporary.iterdir()) == before


def test_a_folder_goes_away_by_name_once_its_user_is_known_to_be_dead(temporary: Path) -> None:
    with scratch_folder("test") as folder:
        remove_scratch(folder)
        assert list(temporary.iterdir()) == []
    (temporary / "store" / "in").mkdir(parents=True)

    remove_scratch(temporary / "store" / "in")

    assert (temporary / "store" / "in").exists()
