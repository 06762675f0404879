"""A backup holds one state of a store, and a restored store is the one that was backed up."""

import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from article41.model.errors import CorruptStoreError, StoreError
from article41.store import LinkDecision, LinkVerdict, Shrink, Store, read_generation, restore
from tests.store.made import KNOWN, listing, moment, part, version

PROCESSES = multiprocessing.get_context("fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with two versions and somebody's word."""
    folder = tmp_path / "store"
    with Store(folder) as store:
        first = version([listing("1"), listing("2")], content=b"a", published=date(2024, 2, 1))
        store.add(first, known_at=moment(1))
        second = version([listing("2", name="Eve")], content=b"b", published=date(2024, 2, 5))
        store.add(second, known_at=moment(2))
        store.decide_link(
            LinkDecision(
                pair=("xa-main/1", "xa-main/2"),
                verdict=LinkVerdict.DIFFERENT,
                decided_by="Cora Sample",
                reason="two dates of birth",
                decided_at=KNOWN,
            )
        )
    return folder


def backed_up(folder: Path) -> Path:
    backup = folder.parent / "backup.sqlite"
    with Store(folder) as store:
        store.back_up(backup)
    return backup


def test_a_restored_store_says_all_that_the_one_backed_up_said(
    folder: Path, tmp_path: Path
) -> None:
    restored = tmp_path / "deep" / "restored"

    sound = restore(backed_up(folder), restored)

    with Store(folder) as old, Store(restored) as new:
        assert sound == old.verify() == new.verify()
        assert new.generation == old.generation
        assert list(new.records()) == list(old.records())
        assert new.events() == old.events()
        assert new.link_decisions() == old.link_decisions()
        assert new.standings() == old.standings()


def test_a_restored_store_goes_on_growing(folder: Path, tmp_path: Path) -> None:
    restore(backed_up(folder), tmp_path / "restored")

    with Store(tmp_path / "restored") as store:
        store.add(version(content=b"c", published=date(2024, 2, 9)), known_at=moment(3))
        assert len(store.versions()) == 3
    with (
        closing(sqlite3.connect(tmp_path / "restored" / "store.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the store only grows"),
    ):
        connection.execute("DELETE FROM additions")


def test_a_backup_is_one_file_and_nothing_is_left_beside_it(folder: Path) -> None:
    backup = backed_up(folder)

    assert sorted(path.name for path in backup.parent.iterdir()) == ["backup.sqlite", "store"]
    with closing(sqlite3.connect(f"{backup.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_progress_ends_with_the_whole(folder: Path, tmp_path: Path) -> None:
    seen: list[int] = []

    with Store(folder) as store:
        store.back_up(tmp_path / "b.sqlite", progress=seen.append)

    assert seen == sorted(seen)
    assert seen[-1] == 100


def test_a_file_that_is_there_already_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"precious")

    with Store(folder) as store, pytest.raises(StoreError, match="is there already"):
        store.back_up(taken)

    assert taken.read_bytes() == b"precious"


def test_a_place_that_cannot_be_written_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with Store(folder) as store, pytest.raises(StoreError, match="cannot be written"):
        store.back_up(tmp_path / "file" / "b.sqlite")
    with Store(folder) as store, pytest.raises(StoreError, match="cannot be written"):
        store.back_up(tmp_path / "absent" / "b.sqlite")
    with pytest.raises(StoreError, match="cannot be written"):
        restore(backed_up(folder), tmp_path / "file" / "store")


def overwritten(backup: Path) -> None:
    """Bytes in the middle of the file are others."""
    content = bytearray(backup.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = bytes(4096)
    backup.write_bytes(content)


def cut(backup: Path) -> None:
    """The end is missing."""
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])


def emptied(backup: Path) -> None:
    """Nothing is left."""
    backup.write_bytes(b"")


def replaced(backup: Path) -> None:
    """It is no database."""
    backup.write_bytes(b"Dear Sir or Madam, " * 500)


def tampered(backup: Path) -> None:
    """A date was moved by somebody who took the trigger away and put it back."""
    with closing(sqlite3.connect(backup)) as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'additions_refuses_update'"
        ).fetchone()
        connection.execute("DROP TRIGGER additions_refuses_update")
        connection.execute("UPDATE additions SET published = '2024-01-01' WHERE number = 1")
        connection.execute(trigger)
        connection.commit()


def disarmed(backup: Path) -> None:
    """A trigger is missing."""
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("DROP TRIGGER contents_refuses_delete")


@pytest.mark.parametrize("damage", [overwritten, cut, emptied, replaced, tampered, disarmed])
def test_a_damaged_backup_is_refused_by_its_name_and_leaves_nothing(
    folder: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    backup, target = backed_up(folder), tmp_path / "restored"
    damage(backup)

    with pytest.raises(CorruptStoreError) as caught:
        restore(backup, target)

    assert ".restore-" not in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.hint.startswith("give another backup")
    assert list(target.iterdir()) == []


def test_a_store_that_is_there_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    backup, before = backed_up(folder), read_generation(folder)
    other = tmp_path / "other"
    Store(other).close()

    for taken in (folder, other):
        with pytest.raises(StoreError, match="is there already"):
            restore(backup, taken)

    assert read_generation(folder) == before


def test_a_log_left_by_another_database_is_not_taken_for_ours(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored"
    target.mkdir()
    (target / "store.sqlite-wal").write_bytes(b"frames of another database")

    with pytest.raises(StoreError, match=r"store\.sqlite-wal` is there already"):
        restore(backed_up(folder), target)


def test_a_database_in_use_is_no_backup(folder: Path, tmp_path: Path) -> None:
    with Store(folder) as store:
        store.add(version(content=b"c"), known_at=moment(5), shrink=Shrink.ACCEPT)
        with pytest.raises(StoreError, match="in use and no backup"):
            restore(folder / "store.sqlite", tmp_path / "restored")


@pytest.mark.parametrize("damage", [tampered, disarmed])
def test_a_damaged_store_is_not_backed_up(
    folder: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(folder / "store.sqlite")

    with Store(folder) as store, pytest.raises(CorruptStoreError):
        store.back_up(tmp_path / "b.sqlite")

    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_store_without_a_trigger_is_not_sound(folder: Path) -> None:
    disarmed(folder / "store.sqlite")

    with Store(folder) as store, pytest.raises(CorruptStoreError, match="contents_refuses_delete"):
        store.verify()


def add_many(folder: Path, signals: Connection) -> None:
    """Add a large version, and tell each step."""
    with Store(folder) as store:
        listings = [listing(str(n)) for n in range(3000)]
        given = version(listings, parts=[part(b"c")], published=date(2024, 2, 9))
        store.add(given, known_at=moment(3), progress=signals.send)
        signals.send(-1)


def test_a_backup_during_an_addition_by_another_process_holds_the_state_before_it(
    folder: Path, tmp_path: Path
) -> None:
    before = read_generation(folder)
    receiver, sender = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=add_many, args=(folder, sender))
    process.start()
    try:
        assert receiver.recv() == 500
        with Store(folder) as store:
            store.back_up(tmp_path / "during.sqlite")
        while receiver.recv() != -1:
            pass
    finally:
        process.join()

    restore(tmp_path / "during.sqlite", tmp_path / "restored")
    assert process.exitcode == 0
    assert read_generation(folder) != before
    # The addition may have been finished while the copy was made, never by halves.
    assert read_generation(tmp_path / "restored") in {before, read_generation(folder)}


def read_all(folder: Path, states: Connection) -> None:
    """Read one state as long as it is not the last one, and tell what was seen."""
    with Store(folder) as store:
        states.send(None)
        while True:
            entries = list(store.entries())
            names = {one.listing.entity.names[0].value for one in entries}
            states.send((len(entries), sorted(names)))
            if len(entries) == STATES[-1]:
                return


STATES = [40 * number for number in range(1, 9)]


def test_processes_that_read_during_additions_see_whole_states_in_their_order(
    tmp_path: Path,
) -> None:
    with Store(tmp_path) as store:
        readers = []
        for _ in range(3):
            receiver, sender = PROCESSES.Pipe(duplex=False)
            process = PROCESSES.Process(target=read_all, args=(tmp_path, sender))
            process.start()
            sender.close()
            readers.append((process, receiver))
        for _, receiver in readers:
            receiver.recv()
        for number, entries in enumerate(STATES):
            kept = [listing(str(n), name=f"State {number}") for n in range(entries)]
            given = version(kept, content=bytes([number]), published=date(2024, 2, 1 + number))
            store.add(given, known_at=moment(number))

    allowed: list[tuple[int, list[str]]] = [(0, [])] + [
        (entries, [f"State {n}"]) for n, entries in enumerate(STATES)
    ]
    for process, receiver in readers:
        seen: list[tuple[int, list[str]]] = []
        while not seen or seen[-1][0] != STATES[-1]:
            seen.append(receiver.recv())
        process.join()
        assert process.exitcode == 0
        assert [allowed.index(one) for one in seen] == sorted(allowed.index(one) for one in seen)
