"""What a store does with a folder or a database that it cannot use."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import article41.store
from article41.model.errors import CorruptStoreError, StoreError
from article41.store import GENERATION_EMPTY, Store, read_feeds, read_generation
from article41.store.schema import SCHEMA_VERSION
from tests.store.made import KNOWN, listing, part, version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one version, closed."""
    with Store(tmp_path) as store:
        store.add(version([listing(str(n)) for n in range(300)]), known_at=KNOWN)
    return tmp_path


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    with Store(tmp_path / "a" / "b") as store:
        assert store.versions() == ()

    assert [entry.name for entry in (tmp_path / "a" / "b").iterdir()] == ["store.sqlite"]


def test_a_file_is_no_folder_for_a_store(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()

    with pytest.raises(StoreError, match="cannot hold a store") as caught:
        Store(path)

    assert caught.value.hint == "name a folder that you may write to"


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"id,name\n" * 1000)

    with pytest.raises(CorruptStoreError, match="is not a store"):
        Store(tmp_path)
    with pytest.raises(CorruptStoreError, match="cannot be read"):
        read_generation(tmp_path)


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
        connection.execute("CREATE TABLE recipes (name)")

    with pytest.raises(CorruptStoreError, match="no such table"):
        Store(tmp_path)


@pytest.mark.parametrize("size_bytes", [0, 50, 4096, 20_000])
def test_a_cut_database_is_refused_and_not_begun_anew(folder: Path, size_bytes: int) -> None:
    path = folder / "store.sqlite"
    path.write_bytes(path.read_bytes()[:size_bytes])

    with pytest.raises(CorruptStoreError):
        Store(folder)

    assert path.stat().st_size == size_bytes


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        (SCHEMA_VERSION - 1, "add the lists again in another folder"),
        (SCHEMA_VERSION + 1, "install a newer article41"),
    ],
)
def test_another_schema_version_is_refused(folder: Path, found: int, hint: str) -> None:
    with closing(sqlite3.connect(folder / "store.sqlite")) as connection:
        connection.execute("DROP TRIGGER schema_refuses_update")
        connection.execute("UPDATE schema SET version = ?", (found,))
        connection.commit()

    with pytest.raises(CorruptStoreError, match=f"has schema version {found}") as caught:
        Store(folder)

    assert caught.value.hint.startswith(hint)


def test_a_second_process_that_adds_at_the_same_time_gives_up_in_words(folder: Path) -> None:
    with (
        closing(sqlite3.connect(folder / "store.sqlite", isolation_level=None)) as connection,
        Store(folder, lock_timeout_s=0.01) as store,
    ):
        connection.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="in use by another process") as caught:
            store.add(version(content=b"b"), known_at=KNOWN)

        assert caught.value.hint.startswith("wait until")
        assert len(store.versions()) == 1


ADD_MUCH = """
import resource, signal, sqlalchemy, sys
from pathlib import Path
from article41.model.errors import StoreError
from article41.store import Store
from tests.store.made import KNOWN, listing, version

def limit_pages(connection, _record):
    connection.execute("PRAGMA max_page_count = 100")

def limit_file():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

if sys.argv[2] == "full":
    sqlalchemy.event.listen(sqlalchemy.Engine, "connect", limit_pages)
else:
    limit_file()
try:
    with Store(Path(sys.argv[1])) as store:
        store.add(version([listing(str(n)) for n in range(20_000)], content=b"b"), known_at=KNOWN)
except StoreError as error:
    print(error.message, "|", error.hint)
"""


@pytest.mark.parametrize(
    ("fault", "said", "hint"),
    [
        ("full", "no space is left for `{}`; nothing was added", "free some space, or move the"),
        ("fails", "the disk failed under `{}`: disk I/O error; nothing was added", "check the"),
    ],
)
def test_a_disk_that_is_full_or_fails_leaves_the_old_state_and_says_so(
    folder: Path, fault: str, said: str, hint: str
) -> None:
    command = [sys.executable, "-c", ADD_MUCH, str(folder), fault]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.startswith(f"{said.format(folder / 'store.sqlite')} | {hint}")
    with Store(folder) as store:
        assert store.verify().versions == 1


def test_the_generation_of_an_empty_store_is_known_and_that_of_no_store_is_an_error(
    tmp_path: Path,
) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        read_generation(tmp_path)

    Store(tmp_path).close()

    assert read_generation(tmp_path) == GENERATION_EMPTY


def test_the_generation_is_read_where_there_is_no_room_for_a_log(folder: Path) -> None:
    with Store(folder) as store:
        generation = store.generation
    (folder / "store.sqlite-wal").mkdir()

    assert read_generation(folder) == generation


def test_a_store_is_read_where_there_is_no_room_for_a_log(folder: Path) -> None:
    with Store(folder) as store:
        sound, generation = store.verify(), store.generation
    (folder / "store.sqlite-wal").mkdir()

    with Store(folder) as store:
        assert len(list(store.entries())) == 300
        assert store.verify() == sound
        assert store.back_up(folder / "backup") == sound
        with pytest.raises(StoreError, match="cannot be opened for writing"):
            store.add(version(content=b"b"), known_at=KNOWN)
        assert store.generation == generation


def test_without_room_for_a_log_nobody_writes_unseen(folder: Path) -> None:
    (folder / "store.sqlite-wal").mkdir()

    with Store(folder) as store:
        entries = store.entries()
        next(entries)
        (folder / "store.sqlite").touch()

        with pytest.raises(StoreError, match="was written while it was read"):
            list(entries)


def test_what_is_still_in_a_log_that_cannot_be_read_is_not_left_out_in_silence(
    folder: Path,
) -> None:
    (folder / "store.sqlite-wal").write_bytes(b"the newest additions")
    (folder / "store.sqlite-shm").symlink_to(folder / "absent" / "shm")

    for opened in (read_generation, read_feeds, Store):
        with pytest.raises(StoreError, match=r"are in `store\.sqlite-wal`") as caught:
            opened(folder)
        assert "`article41 lists show`" in caught.value.hint


def test_reading_the_generation_leaves_nothing_behind(folder: Path) -> None:
    read_generation(folder)

    assert [entry.name for entry in folder.iterdir()] == ["store.sqlite"]


LEAN = """
import sys
from pathlib import Path
from article41.store import compare, read_generation
print(read_generation(Path(sys.argv[1])))
print(sorted({"sqlalchemy", "lxml", "rich"} & set(sys.modules)))
"""


def test_reading_the_generation_does_not_import_sqlalchemy(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAN, str(folder)], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines() == [read_generation(folder), "[]"]


def test_an_unknown_name_of_the_folder_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute `Warehouse`"):
        article41.store.Warehouse  # noqa: B018


def test_a_part_of_many_pieces_is_kept_in_little_room(folder: Path) -> None:
    before = (folder / "store.sqlite").stat().st_size
    content = b"7,Ada Example,individual,-0- \n" * 200_000

    with Store(folder) as store:
        store.add(version(parts=[part(content)], published=date(2024, 2, 1)), known_at=KNOWN)

    assert (folder / "store.sqlite").stat().st_size - before < len(content) / 20
