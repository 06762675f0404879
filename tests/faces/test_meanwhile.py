"""Whoever asks while somebody adds is answered at once, and told what the answer lacks."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from article41.checks import INDEX_FILE, IndexUpdate, refresh_index
from article41.faces.cli import opening
from article41.sources.publications import read_publications
from article41.store import Store, at_work
from tests.faces.made import LATER_SDN, SDN, UN, call, lines_of_json, write

PROCESSES = multiprocessing.get_context("fork")
ASKED = [
    ["match", "Sample Cora"],
    ["screen", "customers.csv", "-o", "screened.csv"],
    ["clusters", "show"],
]
BUILDING = "is older than what the store holds; building it"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store, a table of customers, and a later publication."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "customers.csv", "name\nSample Cora\n")
    write(tmp_path, "later.csv", LATER_SDN)
    sdn = write(tmp_path, "a.csv", SDN)
    call("lists", "add", sdn, "--published", "2024-01-02", "--store", tmp_path / "store")
    return tmp_path


def add_later(folder: Path) -> None:
    [later] = read_publications([folder / "later.csv"], published=date(2024, 1, 9))
    with Store(folder / "store") as store:
        store.add(later, known_at=datetime.now(UTC))


def add_and_hold(folder: Path, signals: Connection) -> None:
    """Add one publication, and be in the middle of another one until told to go on."""

    def hold(_done: int) -> None:
        signals.send(None)
        signals.recv()

    with at_work(folder / "store"):
        add_later(folder)
        [un] = read_publications([write(folder, "un.xml", UN)])
        with Store(folder / "store") as store:
            store.add(un, known_at=datetime.now(UTC), progress=hold)


@contextmanager
def somebody_adding(folder: Path) -> Iterator[None]:
    """Another process that has added something, holds the lock and is killed in the end."""
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=add_and_hold, args=(folder, theirs))
    process.start()
    ours.recv()
    try:
        yield
    finally:
        process.kill()
        process.join()


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
def test_while_somebody_adds_the_index_is_asked_as_it_is(asked: list[str], folder: Path) -> None:
    store = folder / "store"
    index = (store / INDEX_FILE).read_bytes()

    with somebody_adding(folder):
        meanwhile = call(*asked, "--store", store)
        # What rests on an index that is behind is not kept as the newest.
        again = call(*asked, "--store", store)
        built = (store / INDEX_FILE).read_bytes() != index
    after = call(*asked, "--store", store)

    for answer in (meanwhile, again):
        assert "somebody is adding; asking it as it is" in answer.stderr
        assert BUILDING not in answer.stderr
    assert not built
    if asked[0] != "clusters":
        assert "what came of ofac-sdn since" in meanwhile.stdout
        assert "was not compared" not in after.stdout
    assert BUILDING in after.stderr


def found(store: Path, name: str) -> tuple[list[str], bool]:
    """Whom a name resembles, and whether the answer says that its index is behind."""
    [answer] = lines_of_json(call("match", name, "--json", "--store", store).stdout)
    is_behind = any(one["kind"] == "index-behind" for one in answer["findings"])
    return [one["listing"]["key"] for one in answer["matches"]], is_behind


def test_the_answer_lacks_what_came_and_says_so(folder: Path) -> None:
    with somebody_adding(folder):
        meanwhile = found(folder / "store", "Sample Cora")
    after = found(folder / "store", "Sample Cora")

    assert meanwhile == ([], True)
    assert after == (["ofac-sdn/10"], False)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
def test_what_comes_while_the_index_is_built_makes_no_command_fail(
    asked: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "store" / INDEX_FILE).unlink()

    def build(store: Store) -> IndexUpdate:
        update = refresh_index(store)
        add_later(folder)
        return update

    with monkeypatch.context() as patched:
        patched.setattr(opening, "refresh_index", build)
        call(*asked, "--store", folder / "store")
    after = call(*asked, "--store", folder / "store")

    assert BUILDING in after.stderr
