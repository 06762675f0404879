"""What the server tells whoever watches it: how current the lists are, and what goes wrong."""

import json
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from article41.checks import INDEX_FILE
from article41.faces.api.counting import SHARED_BYTES, make_room
from article41.faces.api.limits import Limits
from article41.store import Attempt, AttemptOutcome, Store
from tests.faces.api.made import Refusing, Served, copied
from tests.faces.api.running import running
from tests.faces.made import LATER_SDN, call, write

CORA = {"parties": [{"name": "Sample Cora"}]}
LINE = re.compile(r"^(article41_\w+)(?:\{(.*)\})? (\S+)$", re.MULTILINE)


def told(text: str) -> dict[str, dict[str, float]]:
    """What is told of each name, by its labels as they are written."""
    found: dict[str, dict[str, float]] = {}
    for name, labels, value in LINE.findall(text):
        assert labels not in found.setdefault(name, {})
        found[name][labels] = float(value)
    return found


def watched(served: Served, key: str) -> dict[str, dict[str, float]]:
    response = served.ask("GET", "/metrics", key=key)
    assert response.status_code == 200
    return told(response.text)


def note(folder: Path, list_id: str, outcome: AttemptOutcome, at: datetime) -> None:
    with Store(folder) as store:
        held = [one.version.sha256 for one in store.standings() if one.version.list_id == list_id]
        version = held[-1] if outcome.is_confirmation else ""
        attempt = Attempt(list_id=list_id, at=at, outcome=outcome, detail="-", version=version)
        store.note_attempt(attempt)


def test_the_age_of_each_list_is_told_as_every_answer_reckons_it(served: Served) -> None:
    key, now = served.key(), datetime.now(UTC)
    note(served.folder, "ofac-sdn", AttemptOutcome.NOT_MODIFIED, now - timedelta(hours=5))
    note(served.folder, "un-sc", AttemptOutcome.NOT_MODIFIED, now - timedelta(hours=100))
    note(served.folder, "un-sc", AttemptOutcome.UNREACHABLE, now - timedelta(hours=3))
    note(served.folder, "uk-sl", AttemptOutcome.UNREACHABLE, now)

    found = watched(served, key)
    lists = served.ask("GET", "/lists", key=key).json()

    ages = found["article41_list_age_hours"]
    assert set(ages) == {'list="ofac-sdn"', 'list="un-sc"'}
    assert 5 <= ages['list="ofac-sdn"'] < 5.1
    assert 100 <= ages['list="un-sc"'] < 100.1
    assert found["article41_list_stale"]['list="ofac-sdn"'] == 0
    stale = [one["detail"] for one in lists["findings"] if one["kind"] == "stale"]
    assert found["article41_list_stale"]['list="un-sc"'] == len(stale) == 1
    assert stale == ["4 days old"]
    assert found["article41_list_feed_failing"] == {
        'list="ofac-sdn"': 0, 'list="un-sc"': 1, 'list="uk-sl"': 1,
    }  # fmt: skip
    feeds = json.loads(call("lists", "feeds", "--json", "--store", served.folder).stdout)
    for name in ("confirmed_at", "failing_since", "age_max_hours"):
        by_feed = {one["list"]: one[name] for one in feeds}
        assert all(one[name] == by_feed[one["list"]] for one in lists["lists"])
    assert [bool(one["failing_since"]) for one in lists["lists"]] == [False, True]


def test_an_index_that_is_behind_or_cannot_be_opened_is_told(
    served: Served, tmp_path: Path
) -> None:
    key, index = served.key(), served.folder / INDEX_FILE
    before = shutil.copy(index, tmp_path / "before")
    later = write(tmp_path, "later.csv", LATER_SDN)

    fine = watched(served, key)
    call("lists", "add", later, "--published", "2024-02-02", "--store", served.folder)
    Path(before).replace(index)
    behind = watched(served, key)
    write(tmp_path, "broken", "no index").replace(index)
    broken = watched(served, key)

    assert set(fine["article41_list_index_behind"].values()) == {0}
    assert behind["article41_list_index_behind"] == {'list="ofac-sdn"': 1, 'list="un-sc"': 0}
    told_of = [one["article41_index_unopened"][""] for one in (fine, behind, broken)]
    assert told_of == [0, 0, 1]
    assert [one["article41_ready"][""] for one in (fine, behind, broken)] == [1, 1, 1]


def test_problems_are_counted_by_their_code(filled: Path, tmp_path: Path) -> None:
    folder = copied(filled, tmp_path)
    refusing = Served(folder, recorder=Refusing())
    full = Served(folder, limits=Limits(bodies_bytes=1))
    key = full.key()

    for served in (refusing, full):
        served.ask("POST", "/match", key=key, json=CORA)
        served.ask("POST", "/match", key=None, json=CORA)

    unwritten, overloaded = watched(refusing, key), watched(full, key)
    assert unwritten["article41_problems_total"] == {
        'code="record",route="/match"': 1, 'code="access",route="/match"': 1,
    }  # fmt: skip
    assert overloaded["article41_problems_total"] == {
        'code="overload",route="/match"': 1, 'code="access",route="/match"': 1,
    }  # fmt: skip
    assert unwritten["article41_record_failures_total"][""] == 1
    assert overloaded["article41_record_failures_total"][""] == 0


def test_where_the_lists_cannot_be_read_the_counts_are_told_all_the_same(served: Served) -> None:
    key = served.key()
    served.ask("POST", "/match", key=key, json=CORA)
    (served.folder / "store.sqlite").write_bytes(b"no database")

    found = watched(served, key)

    assert found["article41_ready"][""] == 0
    assert "article41_list_stale" not in found
    assert found["article41_answers_total"]['kind="match"'] == 1


@pytest.mark.slow
def test_whichever_worker_is_asked_tells_the_same(filled: Path, tmp_path: Path) -> None:
    with running(copied(filled, tmp_path), "--workers", "2") as server:
        for _ in range(3):
            with server.client() as client:
                assert client.post("/match", json={}).status_code == 400
        for _ in range(8):
            with server.client() as client:
                found = told(client.get("/metrics").text)
            assert found["article41_problems_total"]['code="request",route="/match"'] == 3
            assert found["article41_list_stale"] == {'list="ofac-sdn"': 1, 'list="un-sc"': 1}
            assert found["article41_ready"] == {"": 1}
        assert server.end() == 0


def test_workers_have_all_the_room_in_which_they_count(tmp_path: Path) -> None:
    # Whoever writes to a mapped file where there is none is killed.
    make_room(tmp_path)

    made = sorted(tmp_path.iterdir())
    assert [one.name for one in made] == [
        f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")
    ]
    for one in made:
        assert one.stat().st_blocks * 512 >= one.stat().st_size == SHARED_BYTES
    made[0].write_bytes(b"counted")
    make_room(tmp_path)
    assert made[0].read_bytes() == b"counted"
