"""How old a list is and what it lacks, said with every answer from the store."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from article41.faces.cli import limits
from article41.store import Attempt, AttemptOutcome, Store
from tests.faces.made import LATER_SDN, SDN, UN, call, lines_of_json, write
from tests.store.made import listing, moment, version

STALE = "limit: ofac-sdn is 93 days old, more than it may be; what came since is missing\n"
LATE = ("--as-of", "2024-04-11")
"""93 days after the newest SDN list."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two OFAC snapshots and one of the UN; tests only read it."""
    folder = tmp_path_factory.mktemp("limited")
    files = [
        write(folder, "sdn-2024-01-02.csv", SDN),
        write(folder, "sdn-2024-01-09.csv", LATER_SDN),
        write(folder, "un-2024-02-03.xml", UN),
    ]
    call("lists", "import", *files, "--store", folder / "store")
    return folder / "store"


def timeline(*arguments: object) -> Any:  # whatever the JSON holds
    [found] = lines_of_json(call("timeline", *arguments, "--json").stdout)
    return found


def test_a_timeline_says_that_its_list_is_too_old_to_tell(store: Path) -> None:
    found = timeline("ofac-sdn/7", *LATE, "--store", store)
    shown = call("timeline", "ofac-sdn/7", *LATE, "--store", store).stdout

    assert found["in_force"] == "yes"
    assert {"kind": "stale", "list": "ofac-sdn", "detail": "93 days old"} in found["findings"]
    assert {one["list"] for one in found["findings"]} == {"ofac-sdn"}
    assert f"  {STALE}" in shown
    assert "  gap: ofac-sdn lacks aliases (ALT.CSV)\n" in shown


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_entries_keep_their_shape_and_stderr_says_how_old_the_lists_are(
    store: Path, options: tuple[str, ...]
) -> None:
    of_all = call("lists", "entries", *LATE, *options, "--store", store)
    of_one = call("lists", "entries", "un-sc", *LATE, *options, "--store", store)

    assert len(of_all.stdout.splitlines()) == 4
    assert STALE in of_all.stderr
    assert "un-sc is 68 days old" in of_all.stderr
    assert "ofac-sdn" not in of_one.stderr


def test_an_export_says_on_stderr_how_old_the_lists_are(store: Path) -> None:
    exported = call("lists", "export", "--list", "ofac-sdn", *LATE, "--store", store)

    assert STALE in exported.stderr
    assert all(json.loads(line) for line in exported.stdout.splitlines())


def test_without_a_day_lists_age_until_now(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "now", lambda: moment(0).replace(year=2025, month=1, day=8))

    assert "ofac-sdn is 365 days old" in call("lists", "entries", "--store", store).stderr


def test_of_a_day_before_a_list_is_known_entries_say_what_is_missing(store: Path) -> None:
    early = call("lists", "entries", "un-sc", "--as-of", "2012-07-06", "--store", store)

    assert early.stdout.startswith("un-sc/XAi.001  ")
    assert "limit: un-sc is not known before 2024-02-03: entries removed earlier" in early.stderr


def test_that_asking_failed_is_said_with_every_answer(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add(version([listing("7")], published=date(2024, 3, 1)), known_at=moment(0))
        for list_id in ("xa-main", "xb-other"):
            store.note_attempt(
                Attempt(
                    list_id=list_id,
                    at=moment(1),
                    outcome=AttemptOutcome.UNREACHABLE,
                    detail="no answer",
                )
            )
    asked = ("--as-of", "2024-03-01", "--store", tmp_path)

    kinds = [one["kind"] for one in timeline("xa-main/7", *asked)["findings"]]
    of_all = call("lists", "entries", *asked).stderr

    assert kinds == ["feed-failed"]
    assert "limit: the last try to get xb-other failed, unreachable: no answer" in of_all
    assert "feed" not in call("lists", "entries", *asked, "--known-at", moment(0)).stderr


def test_a_moment_at_which_nothing_was_known_is_said_once(store: Path) -> None:
    asked = ("ofac-sdn/7", "--known-at", "2001-01-01", "--store", store)

    shown = call("timeline", *asked)

    assert [one["kind"] for one in timeline(*asked)["findings"]] == ["not-known-at"]
    assert (shown.stdout + shown.stderr).count("nothing was known of ofac-sdn at") == 1
