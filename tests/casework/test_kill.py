"""A process that is killed at any moment loses no answer that it gave."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pytest

from article41.casework.audit import Receipt, Record
from article41.casework.audit.verifying import verify_record
from article41.model.errors import RecordError
from tests.casework.questions import question

PROCESSES = multiprocessing.get_context("fork")
WRITERS = 2
KILLS = 100


class Writer(NamedTuple):
    process: multiprocessing.process.BaseProcess
    answered: Connection


def answer(folder: Path, answers: Connection) -> None:
    """Ask and answer until somebody kills this; an id is told once its answer may leave."""

    def told(receipts: Sequence[Receipt]) -> None:
        for one in receipts:
            answers.send(one.id)

    record = Record.open(folder)
    for number in range(1_000_000):
        asked = [question(number), question(number, name="Eve" * 2_000)]
        match number % 3:
            case 0:
                told(record.write(asked))
            case 1:
                record.write(asked, may_leave=told)
            case _:
                record.settle()


def begin(folder: Path) -> Writer:
    receiver, sender = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=answer, args=(folder, sender))
    process.start()
    sender.close()
    return Writer(process, receiver)


def end(writer: Writer) -> list[str]:
    assert writer.process.pid is not None
    os.kill(writer.process.pid, signal.SIGKILL)
    writer.process.join()
    told = []
    try:
        while writer.answered.poll():
            told.append(writer.answered.recv())
    except EOFError:
        pass
    writer.answered.close()
    return told


def killed(folder: Path, wait_s: float) -> list[str]:
    """What two processes answered before both were killed while they wrote."""
    writers = [begin(folder) for _ in range(WRITERS)]
    for one in writers:
        one.answered.poll(5)
    time.sleep(wait_s)
    return [told for one in writers for told in end(one)]


def assert_all_there(folder: Path, answered: list[str]) -> None:
    record = Record.open(folder)
    found = {record.entry(index).id for index in range(record.size)}
    assert [one for one in answered if one not in found] == []
    assert verify_record(folder).faults == ()


def test_what_a_killed_process_answered_is_on_record(tmp_path: Path) -> None:
    answered = [one for _ in range(3) for one in killed(tmp_path, 0.02)]

    assert answered
    assert_all_there(tmp_path, answered)


@pytest.mark.slow
def test_a_hundred_kills_at_any_moment_lose_nothing(tmp_path: Path) -> None:
    chance = random.Random(41)
    for number in range(KILLS // 10):
        folder = tmp_path / str(number)
        answered: list[str] = []
        for _ in range(10):
            answered += killed(folder, chance.random() * 0.03)
            # Whoever opens it next cuts what was left half written, and finds all else.
            Record.open(folder)

        assert answered
        assert_all_there(folder, answered)


@pytest.mark.parametrize("left", range(0, 700, 60))
def test_wherever_a_write_broke_off_the_rest_is_cut_and_kept(tmp_path: Path, left: int) -> None:
    record = Record.open(tmp_path)
    record.write([question(1)])
    before = (tmp_path / "entries.jsonl").stat().st_size
    note = (tmp_path / "checkpoint").read_bytes()
    record.write([question(2), question(3)])
    whole = (tmp_path / "entries.jsonl").read_bytes()
    # As a process leaves it that dies while it writes two entries.
    (tmp_path / "entries.jsonl").write_bytes(whole[: before + left])
    (tmp_path / "checkpoint").write_bytes(note)
    for name, size in (("places", 8), ("tree", 32)):
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:size])
    first, second = (len(line) + 1 for line in whole[before:].splitlines())

    size = Record.open(tmp_path).size

    assert size == 1 + (left >= first) + (left >= first + second)
    assert verify_record(tmp_path).faults == ()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("torn-*"))
    held = (tmp_path / "entries.jsonl").read_bytes()
    assert held + kept == whole[: before + left]


FILL = """
import sys
from pathlib import Path
from article41.casework.audit import Receipt, Record
from article41.model.errors import RecordError
from tests.casework.questions import question
record, given = Record.open(Path(sys.argv[1])), 0
try:
    while True:
        given += len(record.write([question(given, name="Ada" * 1_000)]))
except RecordError as error:
    print(given, error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_disk_that_is_full_refuses_and_keeps_all_that_was_answered(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        filled = subprocess.run(
            [sys.executable, "-c", FILL, str(disk / "record")],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        given, _, why = filled.partition(" ")
        assert "No space left on device" in why
        assert int(given) > 10
        assert verify_record(disk / "record").entries >= int(given)
        with pytest.raises(RecordError), closing(Record.open(disk / "record")) as full:
            full.write([question(1, name="Ada" * 20_000)])

        (disk / "record" / "lock").touch()
        remount = ["mount", "-o", "remount,size=2m", str(disk)]
        subprocess.run(remount, check=True)
        with closing(Record.open(disk / "record")) as record:
            record.write([question(1)])
            assert record.size > int(given)
            assert verify_record(disk / "record").faults == ()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
