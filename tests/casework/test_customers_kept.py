"""A copy of the customers is whole, whoever writes meanwhile, and is put back wholly or not."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from article41.casework.monitor import Customer, Register, copies
from article41.model.errors import CorruptStoreError, StoreError
from tests.casework.made import publish, screened, take_in
from tests.store.made import KNOWN, listing

ADA, BEDA = (Customer(id=id_, names=(name,)) for id_, name in (("1", "Ada Example"), ("2", "Beda")))
TABLES = (
    "customers", "customers_past", "numbers", "name_limits", "imports", "runs", "alerts",
    "alerts_past",
)  # fmt: skip
PROCESSES = multiprocessing.get_context("fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with two customers, of whom one was another before, and an alert."""
    folder = tmp_path / "store"
    publish(folder, "xa-main", {"1": listing("1")}, days=0)
    take_in(folder, [ADA, Customer(id="2", names=("Bede",))])
    take_in(folder, [ADA, BEDA])
    screened(folder, on=KNOWN.date())
    return folder


def backed_up(folder: Path, name: str = "customers.backup") -> Path:
    destination = folder.parent / name
    with Register(folder) as register:
        copies.back_up(register, destination)
    return destination


def test_a_copy_that_is_put_back_is_what_was_copied(folder: Path, tmp_path: Path) -> None:
    with Register(folder) as register:
        made = copies.back_up(register, tmp_path / "customers.backup")
    other = tmp_path / "other"
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("customers.*"))

    found = copies.restore(tmp_path / "customers.backup", other)

    assert found == made
    assert (made.customers, made.alerts, made.revision, made.runs) == (2, 1, 2, 1)
    for table in TABLES:
        assert rows(folder, table) == rows(other, table)
    again, changes = screened(other, on=KNOWN.date(), since="last")
    assert (again.alerts, again.why_everybody, changes) == (1, "", [])


def rows(folder: Path, table: str) -> list[object]:
    with closing(sqlite3.connect(folder / "customers.sqlite")) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def test_what_a_killed_process_left_in_the_log_is_in_the_copy(folder: Path, tmp_path: Path) -> None:
    def write_and_die() -> None:
        register = Register(folder)
        register.database.connection.execute("PRAGMA wal_autocheckpoint = 0")
        register.take_in([ADA], at=KNOWN, source="a", is_part=True)
        register.take_in([Customer(id="3", names=("Cora",))], at=KNOWN, source="a", is_part=True)
        os.kill(os.getpid(), signal.SIGKILL)

    process = PROCESSES.Process(target=write_and_die)
    process.start()
    process.join()
    assert (folder / "customers.sqlite-wal").stat().st_size

    copies.restore(backed_up(folder), tmp_path / "other")

    with Register(tmp_path / "other") as register:
        assert register.count == 3


def test_a_copy_is_made_while_somebody_writes_and_is_for_its_owner_alone(
    folder: Path, tmp_path: Path
) -> None:
    with Register(folder) as writer, writer.database.writing() as connection:
        connection.execute("DELETE FROM alerts")
        copy = backed_up(folder)

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert copies.restore(copy, tmp_path / "other").alerts == 1
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_nothing_is_ever_replaced(folder: Path, tmp_path: Path) -> None:
    copy = backed_up(folder)
    bytes_before = copy.read_bytes()

    with pytest.raises(StoreError, match="is there already"):
        backed_up(folder)
    with pytest.raises(StoreError, match=r"customers\.sqlite` is there already"):
        copies.restore(copy, folder)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "customers.sqlite-wal").write_bytes(b"frames of another database")
    with pytest.raises(StoreError, match="wal` is there already"):
        copies.restore(copy, tmp_path / "other")
    assert copy.read_bytes() == bytes_before


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:9_000])


def emptied(copy: Path) -> None:
    copy.write_bytes(b"")


def another(copy: Path) -> None:
    copy.write_text("id,name\n1,Ada\n" * 99, encoding="utf-8")


def scrambled(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE customers SET body = x'7b7d'")


@pytest.mark.parametrize("damage", [cut, emptied, another, scrambled])
def test_what_does_not_add_up_is_not_put_back(
    folder: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    copy = backed_up(folder)
    damage(copy)

    with pytest.raises(CorruptStoreError, match=r"backup` holds no customers that add up"):
        copies.restore(copy, tmp_path / "other")

    assert list((tmp_path / "other").iterdir()) == []


def test_a_register_in_use_is_no_backup(folder: Path, tmp_path: Path) -> None:
    with Register(folder) as register:
        register.take_in([ADA], at=KNOWN, source="a", is_part=True)
        with pytest.raises(StoreError, match="in use and no backup"):
            copies.restore(folder / "customers.sqlite", tmp_path / "other")
