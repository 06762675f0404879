"""What came of asking for the lists is kept for ever, and changes nothing that is held."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from article41.model.errors import CorruptStoreError, InputError, StoreError
from article41.store import Attempt, AttemptOutcome, Store, read_feeds
from tests.store.made import LIST, listing, moment, version

NEW, FAILED = AttemptOutcome.NEW, AttemptOutcome.UNREACHABLE


def attempt(hour: int, outcome: AttemptOutcome, list_id: str = LIST, **fields: object) -> Attempt:
    given = {"list_id": list_id, "at": moment(hour), "outcome": outcome, **fields}
    return Attempt(**given)  # type: ignore[arg-type]


def test_attempts_are_given_back_as_they_were_noted_and_leave_the_generation(
    tmp_path: Path,
) -> None:
    validators = (("https://example.org/a.csv", '"abc"', "Fri, 01 Mar 2024 12:00:00 GMT"),)
    noted = (
        attempt(0, NEW, version="0" * 64, validators=validators),
        attempt(1, FAILED, detail="no answer"),
        attempt(2, NEW, "xb-other"),
    )
    with Store(tmp_path) as store:
        store.add(version([listing()]), known_at=moment(0))
        generation = store.generation
        for one in noted:
            store.note_attempt(one)

        assert store.attempts() == noted
        assert store.attempts(LIST) == noted[:2]
        assert store.generation == generation
        assert store.verify().versions == 1


def test_the_state_of_a_feed_is_its_last_attempt_confirmation_and_failures_since(
    tmp_path: Path,
) -> None:
    outcomes = (FAILED, NEW, FAILED, AttemptOutcome.NOT_MODIFIED, AttemptOutcome.REFUSED, FAILED)
    with Store(tmp_path) as store:
        for hour, outcome in enumerate(outcomes):
            sha256 = f"{hour:064}" if outcome.is_confirmation else ""
            store.note_attempt(attempt(hour, outcome, detail=f"hour {hour}", version=sha256))

    expected = [(None, 0), (1, None), (1, 2), (3, None), (3, 4), (3, 4)]
    for hour, (confirmed, failing) in enumerate(expected):
        state = read_feeds(tmp_path, until=moment(hour))[LIST]
        assert state.last.detail == f"hour {hour}"
        assert state.confirmed_at == (None if confirmed is None else moment(confirmed))
        assert state.confirmed_version == ("" if confirmed is None else f"{confirmed:064}")
        assert state.failing_since == (None if failing is None else moment(failing))
    assert read_feeds(tmp_path) == read_feeds(tmp_path, until=moment(5))
    assert read_feeds(tmp_path, until=moment(-1)) == {}


def test_a_moment_is_the_same_in_every_zone_and_needs_one(tmp_path: Path) -> None:
    elsewhere = moment(1).astimezone(timezone(timedelta(hours=-9)))
    with Store(tmp_path) as store:
        store.note_attempt(Attempt(list_id=LIST, at=elsewhere, outcome=NEW))
        zoneless = Attempt(list_id=LIST, at=moment(1).replace(tzinfo=None), outcome=NEW)
        with pytest.raises(InputError, match="no time zone"):
            store.note_attempt(zoneless)

    assert read_feeds(tmp_path, until=elsewhere)[LIST].confirmed_at == moment(1)


@pytest.mark.parametrize("verb", ["UPDATE attempts SET outcome = 'new'", "DELETE FROM attempts"])
def test_an_attempt_is_never_changed_or_removed(verb: str, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.note_attempt(attempt(0, FAILED))

    with (
        closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        connection.execute(verb)


def test_no_store_and_a_damaged_one_are_errors(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        read_feeds(tmp_path)
    (tmp_path / "store.sqlite").write_bytes(b"id,name\n" * 1000)
    with pytest.raises(CorruptStoreError, match="cannot be read"):
        read_feeds(tmp_path)


def test_the_states_are_read_without_sqlalchemy_and_leave_nothing_behind(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.note_attempt(attempt(0, NEW))
    lean = (
        "import sys; from pathlib import Path; from article41.store import read_feeds\n"
        "print(len(read_feeds(Path(sys.argv[1]))), 'sqlalchemy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", lean, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["1", "False"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["store.sqlite"]


def test_the_states_are_read_where_there_is_no_room_for_a_log(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.note_attempt(attempt(0, NEW))
    (tmp_path / "store.sqlite-wal").mkdir()

    assert read_feeds(tmp_path)[LIST].last.outcome is NEW
