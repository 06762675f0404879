"""Processes that work for a command: in order, and gone when it is."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from article41.faces.cli.crew import Crew

LAST_WORDS = """
import os
from article41.faces.cli.crew import Crew
from tests.faces.test_crew import opened
crew = Crew(opened, "a", workers=2)
for _ in range(2):
    crew.give(b"pid")
print(*(crew.result().decode() for _ in range(2)), flush=True)
os.kill(os.getpid(), 9)
"""


def opened(given: str) -> Callable[[bytes], bytes]:
    def work(asked: bytes) -> bytes:
        if asked == b"die":
            os._exit(1)
        if asked == b"pid":
            return str(os.getpid()).encode()
        return given.encode() + asked

    return work


def test_results_come_in_the_order_in_which_work_was_given() -> None:
    with Crew(opened, "a", workers=2) as crew:
        crew.give(b"1")
        crew.give(b"2")
        first = crew.result()
        crew.give(b"3")
        rest = [crew.result(), crew.result()]

    assert [first, *rest] == [b"a1", b"a2", b"a3"]
    assert not multiprocessing.active_children()


def test_one_that_is_gone_has_no_result_and_the_others_go_on() -> None:
    with Crew(opened, "a", workers=2) as crew:
        results = []
        for asked in (b"die", b"1", b"2", b"3"):
            crew.give(asked)
            results.append(crew.result())

    assert results == [None, b"a1", None, b"a3"]


def test_they_end_when_the_command_is_killed() -> None:
    # What they inherit of the command's output is closed by the last of them.
    done = subprocess.run(
        [sys.executable, "-c", LAST_WORDS],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == -signal.SIGKILL
    assert len(set(done.stdout.split())) == 2
