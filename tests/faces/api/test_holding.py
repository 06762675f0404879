"""Newer lists are taken as they come; one that cannot be opened leaves the one before in use."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from article41.checks import INDEX_FILE, Screener
from article41.faces.api.holding import Lists
from article41.faces.api.limits import Limits
from article41.faces.settings import FEEDS_VARIABLE
from article41.model.errors import IndexFileError
from article41.sources.registry import FEEDS_FILE
from tests.faces.api.made import ACT, Served, copied
from tests.faces.made import LATER_SDN, call, write
from tests.faces.test_on_record import MT103

CORA = {"parties": [{"name": "Sample Cora"}]}


def is_found(served: Served, key: str) -> bool:
    response = served.ask("POST", "/match", key=key, json=CORA)
    return bool(response.json()["answers"][0]["matches"])


def test_newer_lists_are_taken_at_the_next_question(served: Served, tmp_path: Path) -> None:
    key, later = served.key(), write(tmp_path, "later.csv", LATER_SDN)
    before = is_found(served, key)

    call("lists", "add", later, "--published", "2024-02-02", "--store", served.folder)

    assert (before, is_found(served, key)) == (False, True)
    assert "article41_index_swaps_total 1.0" in served.ask("GET", "/metrics", key=key).text


@pytest.mark.parametrize("is_named", [False, True])
def test_changed_feeds_are_taken_and_named_on_record(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_named: bool
) -> None:
    folder = copied(filled, tmp_path)
    feeds = (tmp_path if is_named else folder) / FEEDS_FILE
    if is_named:
        feeds.touch()
        monkeypatch.setenv(FEEDS_VARIABLE, str(feeds))
    served = Served(folder)
    key, payment = served.key(), {"content-type": "text/plain"}
    feeds.write_text("[ofac-sdn]\nage_max_hours = 4321\n")

    served.ask("POST", "/match", key=key, json=CORA)
    served.ask("POST", "/check", key=key, json=ACT)
    served.ask("POST", "/payments", key=key, content=MT103, headers=payment)

    ages = {one["age_max_hours"] for one in served.ask("GET", "/lists", key=key).json()["lists"]}
    assert 4321 in ages
    sha256 = hashlib.sha256(feeds.read_bytes()).hexdigest()
    entries = served.entries()
    assert [one.kind for one in entries] == ["match", "check", "payment"]
    assert {one.settings["feeds_sha256"] for one in entries} == {sha256}


def test_an_index_that_cannot_be_opened_is_tried_again_ever_more_rarely(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, now, tried = copied(filled, tmp_path), [0.0], list[float]()
    lists = Lists(folder, clock=lambda: now[0])
    first = lists.opened()

    def fails(*_: object, **__: object) -> Screener:
        tried.append(now[0])
        raise IndexFileError("too many files are open", hint="close some")

    with monkeypatch.context() as broken:
        broken.setattr("article41.faces.api.holding.Screener", fails)
        (folder / INDEX_FILE).touch()
        for second in range(200):
            now[0] = float(second)
            assert lists.opened() is first
        assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183]
        (folder / INDEX_FILE).touch()
        lists.opened()
        assert tried[-1] == 199
        assert lists.failure is not None

    now[0] = 200.0
    assert lists.opened() is not first
    assert lists.failure is None


def test_nobody_but_the_first_who_asks_waits_for_newer_lists(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = Served(copied(filled, tmp_path), Limits(answer_s=20))
    key, is_opening, may_open = served.key(), threading.Event(), threading.Event()

    def slow(*given: Any, **named: Any) -> Screener:
        is_opening.set()
        assert may_open.wait(60)
        return Screener(*given, **named)

    def ask() -> int:
        return served.ask("POST", "/match", key=key, json=CORA).status_code

    monkeypatch.setattr("article41.faces.api.holding.Screener", slow)
    (served.folder / INDEX_FILE).touch()
    with ThreadPoolExecutor(1) as other:
        first = other.submit(ask)
        assert is_opening.wait(20)
        meanwhile = ask()
        was_waiting = not first.done()
        may_open.set()

        assert (meanwhile, was_waiting, first.result(20)) == (200, True, 200)
