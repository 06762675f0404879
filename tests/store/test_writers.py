"""Readers learn that somebody is at work on a store, in whatever process, until that ends."""

import fcntl
import multiprocessing
import os
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from article41.store import Store, at_work, is_at_work, updating_alone
from tests.store.made import KNOWN, listing, version

PROCESSES = multiprocessing.get_context("fork")


def work(folder: Path, signals: Connection) -> None:
    with at_work(folder):
        signals.send(None)
        signals.recv()


def test_a_process_is_at_work_until_it_ends_even_if_it_is_killed(tmp_path: Path) -> None:
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=work, args=(tmp_path, theirs))
    before = is_at_work(tmp_path)
    process.start()
    ours.recv()

    meanwhile = is_at_work(tmp_path)
    process.kill()
    process.join()

    assert (before, meanwhile, is_at_work(tmp_path)) == (False, True, False)


def test_several_may_be_at_work_and_one_end_does_not_end_the_other(tmp_path: Path) -> None:
    with at_work(tmp_path):
        with at_work(tmp_path):
            assert is_at_work(tmp_path)
        assert is_at_work(tmp_path)
    assert not is_at_work(tmp_path)


def test_adding_is_work_and_leaves_no_file_behind(tmp_path: Path) -> None:
    seen = []
    with Store(tmp_path) as store:
        given = version([listing()])
        store.add(given, known_at=KNOWN, progress=lambda _: seen.append(is_at_work(tmp_path)))

    assert seen
    assert all(seen)
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite"]


def test_who_was_started_under_a_lock_on_the_folder_does_not_wait_for_it(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with at_work(tmp_path):
            assert is_at_work(tmp_path)
    finally:
        os.close(handle)


def test_nobody_is_at_work_where_there_is_no_folder(tmp_path: Path) -> None:
    assert not is_at_work(tmp_path / "none")


def test_one_update_waits_until_another_has_ended_and_says_so_once(tmp_path: Path) -> None:
    waits, done = threading.Event(), threading.Event()
    told = []

    def wait() -> None:
        told.append("second")
        waits.set()

    def follow() -> None:
        with updating_alone(tmp_path, waiting=wait):
            done.set()

    follower = threading.Thread(target=follow)
    with updating_alone(tmp_path, waiting=lambda: told.append("first")):
        follower.start()
        assert waits.wait(60)
        was_early = done.is_set()
    follower.join(60)

    assert (was_early, done.is_set(), told) == (False, True, ["second"])
