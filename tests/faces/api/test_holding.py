"""Newer lists are taken as they come; one that cannot be opened leaves the one before in use."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from article41.checks import INDEX_FILE, Screener
from article41.faces.api.holding import Lists
from article41.faces.api.limits import Limits
from article41.model.errors import IndexFileError
from tests.faces.api.made import Served, copied
from tests.faces.made import LATER_SDN, call, write

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
