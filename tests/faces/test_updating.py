"""`lists update` and `lists feeds`: what a user sees of feeds that work, fail and are closed."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from article41.checks import INDEX_FILE, Screener
from article41.faces.cli.failures import EXIT_FEEDS
from article41.match import Query
from article41.model.errors import IndexFileError
from article41.store import Attempt, AttemptOutcome, Store, updating_alone
from tests.faces.made import LATER_SDN, SDN, UN, call, run, write
from tests.sources.official.ofac.publications import primary, table
from tests.sources.servers import sent, serving, status

ENTRIES = 100
KILLS = 100


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY", "ARTICLE41_FEEDS"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder whose feeds are two files; all the others are off."""
    folder = tmp_path / "store"
    folder.mkdir()
    write(folder, "sdn.csv", SDN)
    write(folder, "un.xml", UN)
    off = ["eu-fsd", "ofac-cons", "uk-sl", "ch-seco", "ca-sema", "au-dfat", "us-csl"]
    lines = [f"[{list_id}]\nenabled = false\n" for list_id in off]
    lines += ['[ofac-sdn]\nfiles = ["sdn.csv"]\n', '[un-sc]\nfiles = ["un.xml"]\n']
    write(folder, "feeds.toml", "".join(lines))
    return folder


def updates(text: str) -> dict[str, str]:
    return {one["list"]: one["outcome"] for one in json.loads(text)}


def test_an_update_brings_lists_indexes_them_and_says_so_a_line_each(store: Path) -> None:
    first = call("lists", "update", "--store", store).stdout
    again = call("lists", "update", "--store", store).stdout

    assert first.splitlines() == [
        "un-sc     new           1 entry, published 2024-02-03",
        f"ofac-sdn  new           3 entries, since {datetime.now(UTC).date()}",
    ]
    assert [line.split()[1] for line in again.splitlines()] == ["unchanged", "unchanged"]
    found = call("match", "Ada Example", "--store", store)
    assert ("un-sc/XAi.001" in found.stdout, found.stderr) == (True, "")
    assert "more than it may be" not in found.stdout


def test_a_run_waits_for_another_one_and_reads_what_is_there_after_it(store: Path) -> None:
    call("lists", "update", "--store", store)
    program = Path(sys.executable).with_name("article41")

    with updating_alone(store, waiting=lambda: None):
        second = subprocess.Popen(
            [program, "lists", "update", "ofac-sdn", "--store", store],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        said = second.stderr.readline()
        write(store, "sdn.csv", LATER_SDN)
    told, more = second.communicate(timeout=60)

    assert said == (
        "note: another `lists update` is at work on this store; waiting until it has ended\n"
    )
    assert (second.returncode, more) == (0, "")
    assert told.startswith("ofac-sdn  new           3 entries, ")


def test_runs_at_the_same_time_bring_each_list_once(store: Path) -> None:
    program = Path(sys.executable).with_name("article41")
    runs = [
        subprocess.Popen(
            [program, "lists", "update", "--json", "--store", store],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    told = [updates(run.communicate(timeout=120)[0]) for run in runs]

    assert [run.returncode for run in runs] == [0, 0, 0]
    assert sorted(one["ofac-sdn"] for one in told) == ["new", "unchanged", "unchanged"]
    with Store(store) as opened:
        assert len(opened.versions()) == 2
    assert call("match", "Ada Example", "--store", store).stderr == ""


def test_a_run_that_brings_nothing_new_builds_no_index(store: Path) -> None:
    call("lists", "update", "--store", store)
    before = (store / INDEX_FILE).stat().st_mtime_ns

    call("lists", "update", "--store", store)

    assert (store / INDEX_FILE).stat().st_mtime_ns == before


def test_what_changed_is_found_after_an_update(store: Path) -> None:
    call("lists", "update", "--store", store)
    write(store, "sdn.csv", LATER_SDN)

    told = call("lists", "update", "ofac-sdn", "--json", "--store", store).stdout

    assert updates(told) == {"ofac-sdn": "new"}
    assert "ofac-sdn/10" in call("match", "Cora Sample", "--store", store).stdout
    events = call("lists", "events", "ofac-sdn", "--json", "--store", store).stdout.splitlines()
    kinds = [json.loads(event)["kind"] for event in events]
    assert kinds == ["first", "added", "removed", "amended"]


def test_one_broken_feed_stops_no_other_and_ends_with_its_own_code(store: Path) -> None:
    call("lists", "update", "--store", store)
    write(store, "un.xml", '{"error": "quota exceeded"}')
    write(store, "sdn.csv", LATER_SDN)

    failed = run("lists", "update", "--store", store)

    assert failed.returncode == EXIT_FEEDS == 6
    refused, new = failed.stdout.splitlines()
    assert refused == "un-sc     refused       1 entry, published 2024-02-03, stays in force"
    assert new.startswith("ofac-sdn  new           3 entries")
    reason, hint = failed.stderr.splitlines()
    assert reason.startswith("un-sc: refused: un.xml: looks like JSON that says `quota exceeded`")
    assert hint.startswith("hint: give a list as the UN, ")
    found = call("match", "Ada Example", "--store", store).stdout
    assert "un-sc/XAi.001" in found
    assert "limit: the last try to get un-sc failed, refused: un.xml: looks like JSON" in found
    [answer] = map(json.loads, call("match", "Ada", "--json", "--store", store).stdout.splitlines())
    assert {"feed-failed"} == {one["kind"] for one in answer["findings"]} - {"gap"}


def test_an_update_asks_a_server_and_names_it_when_it_fails(store: Path) -> None:
    with serving() as server:
        address = server.on("/un.xml", sent(UN.encode()), status(404, b"gone"))
        mine = write(store, "mine.toml", f'[un-sc]\naddresses = ["{address}"]\n')
        environment = {**os.environ, "ARTICLE41_FEEDS": str(mine)}

        good = run("lists", "update", "un-sc", "--json", "--store", store, env=environment)
        bad = run("lists", "update", "un-sc", "--json", "--store", store, env=environment)
        offline = run("lists", "update", "un-sc", "--offline", "--store", store, env=environment)

    assert (good.returncode, updates(good.stdout)) == (0, {"un-sc": "new"})
    assert (bad.returncode, updates(bad.stdout)) == (EXIT_FEEDS, {"un-sc": "unreachable"})
    assert bad.stderr == (
        f"un-sc: unreachable: `{address}`: the server answers 404 Not Found and says `gone`\n"
        "hint: try again later\n"
    )
    assert (offline.returncode, offline.stdout.strip()) == (0, "")
    assert offline.stderr == "note: un-sc was not asked for: offline\n"
    assert len(server.asked) == 2


def test_a_closed_list_raises_its_own_alarm_only_where_somebody_relies_on_it(
    store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    call("lists", "update", "--store", store)
    named = call("lists", "update", "uk-conlist", "--json", "--store", store, code=EXIT_FEEDS)

    assert updates(named.stdout) == {"uk-conlist": "retired"}
    assert "uk-conlist: retired: closed on 2026-01-28" in caplog.text
    assert "uk-conlist" not in call("lists", "update", "--store", store).stdout


def test_a_list_that_shrank_needs_its_name_to_be_accepted(store: Path) -> None:
    whole = table(*(primary(number, f"EXAMPLE, {number}") for number in range(1, 101)))
    rest = table(*(primary(number, f"EXAMPLE, {number}") for number in range(1, 31)))
    write(store, "sdn.csv", whole)
    call("lists", "update", "--store", store)
    write(store, "sdn.csv", rest)
    unnamed = ("lists", "update", "--accept-shrink", "--store", store)
    named = ("lists", "update", "ofac-sdn", "--accept-shrink", "--store", store)

    assert "fell from 100" in call("lists", "update", "--store", store, code=EXIT_FEEDS).stderr
    assert "which list may shrink is not said" in call(*unnamed, code=2).stderr
    assert call(*named).stdout.startswith("ofac-sdn  new           30 entries")


def test_an_unknown_list_and_a_wrong_file_of_feeds_are_errors(store: Path) -> None:
    unknown = call("lists", "update", "un-scc", "--store", store, code=2)
    write(store, "feeds.toml", "[un-sc]\nage_max = 3\n")
    wrong = [
        call(*command, "--store", store, code=3)
        for command in (("lists", "update"), ("lists", "feeds"))
    ]

    assert "no feed of the list `un-scc` is known" in unknown.stderr
    assert "hint: did you mean `un-sc`? `article41 lists feeds` shows" in unknown.stderr
    for one in wrong:
        assert "feeds.toml:2 in `un-sc.age_max`: no such key" in one.stderr


def test_the_feeds_are_shown_with_what_came_of_them(store: Path) -> None:
    before = {
        one["list"]: one
        for one in json.loads(call("lists", "feeds", "--json", "--store", store).stdout)
    }
    call("lists", "update", "--store", store)
    write(store, "un.xml", "<html></html>")
    call("lists", "update", "un-sc", "--store", store, code=EXIT_FEEDS)

    after = {
        one["list"]: one
        for one in json.loads(call("lists", "feeds", "--json", "--store", store).stdout)
    }
    shown = call("lists", "feeds", "--store", store).stdout

    assert {one["currency"] for one in before.values()} == {"never-asked", "retired"}
    assert [after[name]["currency"] for name in ("un-sc", "ofac-sdn")] == ["failing", "current"]
    assert after["un-sc"]["last_outcome"] == "refused"
    assert after["un-sc"]["failing_since"] > after["un-sc"]["confirmed_at"]
    assert after["ofac-sdn"]["sources"] == [str(store / "sdn.csv")]
    assert "  state   failing, confirmed 20" in shown
    assert "  from    https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml" in shown
    assert "  state   retired, closed on 2026-01-28" in shown


def test_the_feeds_are_shown_as_it_stood_with_asking_at_a_moment(store: Path) -> None:
    def currency_at(*clock: object) -> dict[str, str]:
        shown = call("lists", "feeds", *clock, "--json", "--store", store).stdout
        return {one["list"]: one["currency"] for one in json.loads(shown)}

    call("lists", "update", "--store", store)
    good = datetime.now(UTC).isoformat()
    write(store, "un.xml", "<html></html>")
    call("lists", "update", "un-sc", "--store", store, code=EXIT_FEEDS)

    assert currency_at()["un-sc"] == "failing"
    assert currency_at("--known-at", good)["un-sc"] == "current"
    assert set(currency_at("--known-at", "2020-01-01").values()) == {"never-asked"}


def test_the_feeds_are_shown_where_there_is_no_store(tmp_path: Path) -> None:
    shown = call("lists", "feeds", "--store", tmp_path / "none").stdout

    assert "un-sc  UN: United Nations Security Council Consolidated List" in shown
    assert list(tmp_path.iterdir()) == []


def publication(number: int) -> str:
    return table(*(primary(entry, f"EXAMPLE, Ada {number}") for entry in range(1, ENTRIES + 1)))


def update_in_silence(store: Path) -> None:
    os.close(1)
    call("lists", "update", "ofac-sdn", "--store", store)


def newest_name(folder: Path) -> str:
    """What the list says now, everything verified and read."""
    with Store(folder) as store:
        store.verify()
        newest = store.standings("ofac-sdn")[-1].version
        names = {one.entity.names[0].value for one in store.listings(newest)}
        for attempt in store.attempts("ofac-sdn"):
            assert attempt.outcome in (AttemptOutcome.NEW, AttemptOutcome.UNCHANGED)
    [name] = names
    return name


def moments() -> Iterator[float | None]:
    """Parts of the time that an update takes, one in each hundredth; the last may end."""
    chance = random.Random(41)
    yield from ((number + chance.random()) / KILLS for number in range(KILLS))
    yield None


@pytest.mark.slow
def test_a_hundred_updates_killed_at_any_moment_leave_the_old_or_the_new_list(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is killed cannot take its scratch folders away.
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path))
    processes = multiprocessing.get_context("fork")
    write(store, "sdn.csv", publication(1))
    call("lists", "update", "ofac-sdn", "--store", store)
    write(store, "sdn.csv", publication(2))
    shutil.copytree(store, tmp_path / "measured")
    begun = time.perf_counter()
    call("lists", "update", "ofac-sdn", "--store", tmp_path / "measured")
    duration_s = (time.perf_counter() - begun) * 1.2
    seen = set()
    for number, share in enumerate(moments()):
        folder = shutil.copytree(store, tmp_path / str(number))
        process = processes.Process(target=update_in_silence, args=(folder,))
        process.start()
        wait([process.sentinel], timeout=None if share is None else share * duration_s)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()

        seen.add(newest_name(folder))
        if number % 5 == 0:
            call("lists", "update", "ofac-sdn", "--store", folder)
            assert newest_name(folder) == "EXAMPLE, Ada 2"
            assert Screener(folder).match(Query(name="Ada 2")).matches

    assert seen == {"EXAMPLE, Ada 1", "EXAMPLE, Ada 2"}


def test_an_update_that_ends_by_itself_leaves_no_scratch_folder(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(scratch))

    call("lists", "update", "--store", store)
    (store / "sdn.csv").write_text("no list")
    call("lists", "update", "ofac-sdn", "--store", store, code=6)

    assert list(scratch.iterdir()) == []


def test_an_update_that_died_before_the_index_is_finished_by_the_next_one(store: Path) -> None:
    call("lists", "update", "--store", store)
    (store / "names.index").unlink()
    with pytest.raises(IndexFileError):
        Screener(store)

    call("lists", "update", "--store", store)

    assert Screener(store).coverage(asked_on=datetime.now(UTC).date()).lists


def test_an_old_list_is_said_to_be_old_for_the_day_and_for_today(store: Path) -> None:
    call("lists", "add", store / "un.xml", "--store", store)
    asking = ("match", "Ada Example", "--json", "--store", store)

    [then] = map(json.loads, call(*asking, "--as-of", "2024-02-04").stdout.splitlines())
    [later] = map(json.loads, call(*asking, "--as-of", "2024-02-06").stdout.splitlines())
    shown = call(*asking[:2], "--store", store).stdout

    assert then["findings"] == []
    assert later["findings"] == [{"kind": "stale", "list": "un-sc", "detail": "3 days old"}]
    days = (datetime.now(UTC) - datetime(2024, 2, 3, tzinfo=UTC)) // timedelta(days=1)
    assert f"limit: un-sc is {days:,} days old, more than it may be" in shown


@pytest.mark.parametrize(("hours", "currency"), [(47, "current"), (49, "stale")])
def test_an_answer_and_the_feed_agree_to_the_hour_on_what_is_stale(
    hours: int, currency: str, store: Path
) -> None:
    call("lists", "add", store / "un.xml", "--store", store)
    with Store(store) as opened:
        [held] = opened.versions()
        at = datetime.now(UTC) - timedelta(hours=hours)
        unchanged = AttemptOutcome.UNCHANGED
        opened.note_attempt(Attempt(list_id="un-sc", at=at, outcome=unchanged, version=held.sha256))

    feeds = json.loads(call("lists", "feeds", "--json", "--store", store).stdout)
    answer = json.loads(call("match", "Ada Example", "--json", "--store", store).stdout)

    assert {one["currency"] for one in feeds if one["list"] == "un-sc"} == {currency}
    stale = [one["detail"] for one in answer["findings"] if one["kind"] == "stale"]
    assert stale == ([] if currency == "current" else ["2 days old"])
