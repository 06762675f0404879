"""The answers that are kept by the keys of their requests: found fast, and by one layout."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from article41.faces.api.problems import problem_headers, problem_of
from article41.faces.api.repeats import FORGET, KEPT_FOR, REPEATS_FILE, Named, Repeats
from article41.model.errors import RepeatError
from tests.faces.api.made import MADE_AT

ASKED = Named(owner="desk", key="order-7", sha256="a" * 64)


def test_an_answer_is_given_again_for_a_day(tmp_path: Path) -> None:
    repeats = Repeats(tmp_path)
    assert repeats.begin(ASKED, now=MADE_AT) is None
    repeats.finish(ASKED, b"{}")

    assert repeats.begin(ASKED, now=MADE_AT + KEPT_FOR) == b"{}"
    assert Repeats(tmp_path).begin(ASKED, now=MADE_AT + KEPT_FOR) == b"{}"
    assert repeats.begin(ASKED, now=MADE_AT + KEPT_FOR + timedelta(seconds=1)) is None


def test_what_is_being_answered_is_not_begun_again_whatever_it_asks(tmp_path: Path) -> None:
    repeats = Repeats(tmp_path)
    repeats.begin(ASKED, now=MADE_AT)

    for other, code in ((ASKED, "pending"), (ASKED._replace(sha256="b" * 64), "repeat")):
        with pytest.raises(RepeatError) as refused:
            repeats.begin(other, now=MADE_AT)
        assert refused.value.code == code
        # Only what passes is worth sending again.
        assert bool(problem_headers(problem_of(refused.value))) is (code == "pending")
    repeats.abandon(ASKED)
    assert repeats.begin(ASKED._replace(sha256="b" * 64), now=MADE_AT) is None


OTHER_WORKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from article41.faces.api.repeats import Named, Repeats
from article41.model.errors import RepeatError
repeats, asked = Repeats(Path(sys.argv[1])), Named("desk", "order-7", "a" * 64)
for _ in sys.stdin:
    try:
        kept = repeats.begin(asked, now=datetime(2024, 6, 1, tzinfo=UTC))
        repeats.abandon(asked)
        print(kept.decode() if kept else "begun", flush=True)
    except RepeatError as error:
        print(error.code, flush=True)
"""


def test_what_one_worker_refused_another_answers_anew(tmp_path: Path) -> None:
    repeats = Repeats(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_WORKER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask_other() -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert repeats.begin(ASKED, now=MADE_AT) is None
        assert ask_other() == "pending"
        repeats.abandon(ASKED)
        assert ask_other() == "begun"
        assert repeats.begin(ASKED, now=MADE_AT) is None
        # Whoever asks is not to let go of the lock by which it is seen to be answered here.
        with pytest.raises(RepeatError):
            repeats.begin(ASKED, now=MADE_AT)
        assert ask_other() == "pending"
        repeats.finish(ASKED, b"{}")
        assert ask_other() == "{}"
        assert process.stdin is not None
        process.stdin.close()


def test_nobody_closes_the_file_where_others_of_the_process_have_it_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # That would let go of all locks that the process holds on it.
    happened: list[str] = []
    connect, close = sqlite3.connect, os.close

    def connected(path: Path, **options: Any) -> sqlite3.Connection:  # as sqlite3 has them
        happened.append("connect")
        time.sleep(0.01)
        found: sqlite3.Connection = connect(path, **options)
        return found

    def closed(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink() == tmp_path / REPEATS_FILE:
            happened.append("close")
        close(handle)

    repeats, together = Repeats(tmp_path), threading.Barrier(4)
    monkeypatch.setattr(sqlite3, "connect", connected)
    monkeypatch.setattr(os, "close", closed)

    def begin(number: int) -> None:
        together.wait()
        repeats.begin(ASKED._replace(key=str(number)), now=MADE_AT)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert happened == ["close", *["connect"] * 5]


def test_what_is_old_is_forgotten_without_looking_at_all_answers(tmp_path: Path) -> None:
    Repeats(tmp_path).begin(ASKED, now=MADE_AT)

    with closing(sqlite3.connect(tmp_path / REPEATS_FILE)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {FORGET}", ("",)).fetchall()

    assert "USING COVERING INDEX requests_by_beginning" in str(plan)


def test_a_file_of_another_layout_is_begun_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / REPEATS_FILE)) as connection:
        connection.execute("CREATE TABLE requests (owner TEXT, key TEXT)")

    repeats = Repeats(tmp_path)

    assert repeats.begin(ASKED, now=MADE_AT) is None
    repeats.finish(ASKED, b"{}")
    assert repeats.begin(ASKED, now=MADE_AT) == b"{}"
