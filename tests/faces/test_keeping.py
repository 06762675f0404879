"""`store`: verified with its gaps, backed up and restored, damage ends with an exit code."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from article41.store import Store
from tests.faces.made import LATER_SDN, SDN, call, write
from tests.store.made import version


def store_of(tmp_path: Path) -> Path:
    store = tmp_path / "store"
    for text, day in ((SDN, "2024-01-02"), (LATER_SDN, "2024-03-09")):
        call("lists", "add", write(tmp_path, "a.csv", text), "--published", day, "--store", store)
    return store


def test_a_sound_store_is_counted_and_its_gaps_are_told(tmp_path: Path) -> None:
    store = store_of(tmp_path)

    shown = call("store", "verify", "--store", store).stdout
    found = json.loads(call("store", "verify", "--json", "--store", store).stdout)

    assert "2 versions, 2 files of " in shown
    assert "2 versions from 2024-01-02 to 2024-03-09 without aliases (ALT.CSV)" in shown
    assert "no version for 67 days, 2024-01-02 to 2024-03-09" in shown
    assert (found["sound"]["versions"], found["sound"]["additions"]) == (2, 2)
    [gaps] = found["gaps"]
    assert gaps["silences"] == [{"after": "2024-01-02", "until": "2024-03-09", "days": 67}]
    assert [one["day"] for one in gaps["lacking"]] == ["2024-01-02", "2024-03-09"]
    assert gaps["undated"] == []


def test_how_long_a_silence_may_be_is_for_the_caller_to_say(tmp_path: Path) -> None:
    store = store_of(tmp_path)

    shown = call("store", "verify", "--silence-days", "67", "--store", store).stdout

    assert "no version for" not in shown


def test_a_version_without_a_date_is_told(tmp_path: Path) -> None:
    call("lists", "add", write(tmp_path, "a.csv", SDN), "--store", tmp_path / "store")

    shown = call("store", "verify", "--store", tmp_path / "store").stdout

    assert "1 version without a date, in force from the day of arrival" in shown


def test_damage_ends_with_an_error(tmp_path: Path) -> None:
    store = store_of(tmp_path)
    with closing(sqlite3.connect(store / "store.sqlite")) as connection:
        connection.execute("DROP TRIGGER versions_refuses_update")
        connection.commit()

    failed = call("store", "verify", "--store", store, code=4)

    assert "may have been changed" in failed.stderr
    assert failed.stdout == ""


def test_what_comes_from_a_moment_to_come_is_an_error(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add(version(), known_at=datetime(2999, 1, 1, tzinfo=UTC))

    assert "a moment to come" in call("store", "verify", "--store", tmp_path, code=4).stderr


def test_a_backup_is_restored_and_answers_as_before(tmp_path: Path) -> None:
    store, backup, restored = store_of(tmp_path), tmp_path / "b.sqlite", tmp_path / "restored"
    question = ("timeline", "ofac-sdn/8", "--json", "--store")

    shown = call("store", "backup", backup, "--store", store).stdout
    again = json.loads(call("store", "restore", backup, "--json", "--store", restored).stdout)

    assert "fit their hashes; backed up to" in shown
    assert again["versions"] == 2
    assert call(*question, restored).stdout == call(*question, store).stdout
    found = call("match", "Cora Sample", "--store", restored)
    assert "ofac-sdn/10" in found.stdout


def test_nothing_is_replaced(tmp_path: Path) -> None:
    store, backup = store_of(tmp_path), tmp_path / "b.sqlite"
    call("store", "backup", backup, "--store", store)

    assert "is there already" in call("store", "backup", backup, "--store", store, code=4).stderr
    assert "is there already" in call("store", "restore", backup, "--store", store, code=4).stderr


def test_where_no_store_is_none_is_made(tmp_path: Path) -> None:
    absent = tmp_path / "absent"

    for command in (["verify"], ["backup", tmp_path / "b.sqlite"]):
        failed = call("store", *command, "--store", absent, code=4)
        assert "there is no store in" in failed.stderr

    assert not absent.exists()


def test_what_is_beside_the_store_is_told_and_the_record_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE41_RECORD", "whole")
    store, other = store_of(tmp_path), tmp_path / "other"
    call("customers", "import", write(tmp_path, "c.csv", "id,name\n1,Ada\n"), "--store", store)
    alone = call("store", "backup", tmp_path / "a.sqlite", "--store", store).stderr
    call("match", "Ada Example", "--store", store)

    both = call("store", "backup", tmp_path / "b.sqlite", "--store", store).stderr
    told = call("audit", "backup", tmp_path / "record.backup", "--store", store).stdout
    again = call("audit", "backup", tmp_path / "record.backup", "--store", store, code=7).stderr

    assert "the record is not in it" not in alone
    assert "`article41 audit backup FOLDER` copies that" in both
    assert "`article41 customers backup FILE` copies them" in both
    assert "1 entry, all signed for; backed up to" in told
    assert "is there already, and nothing is ever replaced" in again
    call("store", "restore", tmp_path / "b.sqlite", "--store", other)
    (tmp_path / "record.backup").rename(other / "record")
    call("match", "Beda Example", "--store", other)
    assert "2 entries, 2 signed for" in call("audit", "verify", "--store", other).stdout
