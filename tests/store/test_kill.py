"""A process that dies while it adds leaves the state before or the state after, nothing between."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pytest

from article41.model.listings import ListVersion
from article41.store import HeldVersion, Store, read_generation
from tests.store.made import KNOWN, listing, moment, part, version

PROCESSES = multiprocessing.get_context("fork")
ENTRIES = 3000


def before() -> ListVersion:
    return version([listing(str(n)) for n in range(0, ENTRIES, 2)], content=b"before")


def after() -> ListVersion:
    parts = (part(b"after"), part(random.Random(7).randbytes(3_000_000), kind="xa-noise"))
    return version([listing(str(n), name="Eve") for n in range(ENTRIES)], parts=parts)


def add_after(folder: Path, signals: Connection) -> None:
    with Store(folder) as store:
        signals.send(-1)
        store.add(after(), known_at=moment(1), progress=signals.send)
        signals.send(-2)


def begin(folder: Path) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    receiver, sender = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=add_after, args=(folder, sender))
    process.start()
    sender.close()
    return process, receiver


def end(process: multiprocessing.process.BaseProcess, receiver: Connection) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    receiver.close()


def state(folder: Path) -> tuple[int, str]:
    """How many versions there are and the generation, everything verified and read."""
    with Store(folder) as store:
        store.verify()
        for held in store.versions():
            assert sum(1 for _ in store.listings(held)) == held.entries
        return len(store.versions()), store.generation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store(tmp_path) as store:
        store.add(before(), known_at=KNOWN)
    return tmp_path


def finished(folder: Path) -> HeldVersion:
    """Add what the killed process would have added; it is there once, whatever happened."""
    with Store(folder) as store:
        return store.add(after(), known_at=moment(2)).version


@pytest.mark.parametrize("signals", range(1, 10))
def test_a_process_killed_after_any_sign_of_progress_leaves_the_old_or_the_new_state(
    folder: Path, signals: int
) -> None:
    old = read_generation(folder)
    process, receiver = begin(folder)
    sign = [receiver.recv() for _ in range(signals)][-1]

    end(process, receiver)

    versions, generation = state(folder)
    assert (versions, generation == old) in ((1, True), (2, False))
    assert versions == 2 or sign != -2
    assert finished(folder).entries == ENTRIES
    assert state(folder)[0] == 2


def moments() -> Iterator[float]:
    """Parts of the time that the addition takes, one in each twentieth."""
    chance = random.Random(41)
    return ((n + chance.random()) / 20 for n in range(20))


@pytest.mark.slow
def test_a_process_killed_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    outcomes = []
    with Store(tmp_path / "measured") as store:
        begun = time.perf_counter()
        store.add(after(), known_at=KNOWN)
        duration_s = (time.perf_counter() - begun) * 1.2
    for number, share in enumerate(moments()):
        folder = tmp_path / str(number)
        with Store(folder) as store:
            store.add(before(), known_at=KNOWN)
        process, receiver = begin(folder)
        receiver.recv()

        wait([process.sentinel], timeout=share * duration_s)
        end(process, receiver)

        outcomes.append(state(folder)[0])
        finished(folder)
        assert state(folder)[0] == 2

    assert set(outcomes) <= {1, 2}
    assert 1 in outcomes
