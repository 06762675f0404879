"""What is kept is what would be made anew, and damage never changes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from article41.faces.demonstration import demonstration_store
from article41.faces.kept import Kept, put_demonstration
from article41.law.loading import Catalogue, load_catalogue
from article41.law.packing import keep_in

CODE = ("law", "model")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "cache"
    keep_in(Kept(lambda: folder, *CODE))
    yield folder
    keep_in(None)


def told(catalogue: Catalogue) -> dict[str, Any]:
    """All that a catalogue holds: a vocabulary is the same as itself alone."""
    words = msgspec.structs.asdict(catalogue.words)
    return msgspec.structs.asdict(catalogue) | {"words": words}


def loaded() -> dict[str, Any]:
    return told(load_catalogue.__wrapped__())


READ = told(load_catalogue())


def test_what_is_kept_is_what_is_read(folder: Path) -> None:
    assert loaded() == READ
    [file] = folder.iterdir()
    before = file.stat().st_mtime_ns
    assert loaded() == READ
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_file_is_read_anew(folder: Path, place: int) -> None:
    loaded()
    [file] = folder.iterdir()
    body = bytearray(file.read_bytes())
    body[place] ^= 1
    file.write_bytes(body)
    assert loaded() == READ
    assert file.read_bytes() != bytes(body)


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x80"])
def test_what_is_whole_and_no_catalogue_is_read_anew(folder: Path, body: bytes) -> None:
    Kept(lambda: folder, *CODE).keep("catalogue", READ["sha256"], body)
    assert loaded() == READ


def test_another_catalogue_is_not_taken_for_this_one(folder: Path) -> None:
    loaded()
    assert Kept(lambda: folder, *CODE).kept("catalogue", READ["sha256"]) is not None
    assert Kept(lambda: folder, *CODE).kept("catalogue", "another") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep_in(Kept(lambda: tmp_path / "file" / "cache", *CODE))
    try:
        assert loaded() == READ
    finally:
        keep_in(None)


DEMONSTRATION = ("checks", "faces/demonstration", "match", "model", "store")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARTICLE41_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def put(folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    put_demonstration(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_demonstration_that_is_kept_is_put_in_place_of_a_new_one(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = put(tmp_path / "first")
    [file] = cache.iterdir()
    monkeypatch.setattr("article41.faces.demonstration.demonstration_store", None)

    assert put(tmp_path / "second") == made
    assert file.name == "demonstration.packed"
    assert {"store.sqlite", "names.index"} <= set(made)


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_damaged_demonstration_is_made_anew(cache: Path, tmp_path: Path, place: int) -> None:
    put(tmp_path / "first")
    [file] = cache.iterdir()
    body = bytearray(file.read_bytes())
    body[place] ^= 1
    file.write_bytes(body)

    assert "store.sqlite" in put(tmp_path / "second")
    assert file.read_bytes() != bytes(body)


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", b"\x80", msgspec.msgpack.encode({"../store.sqlite": b"other"})]
)
def test_what_is_whole_and_no_demonstration_is_made_anew(
    cache: Path, tmp_path: Path, body: bytes
) -> None:
    Kept(lambda: cache, *DEMONSTRATION).keep("demonstration", "", body)

    assert "store.sqlite" in put(tmp_path / "made")
    assert not (tmp_path / "store.sqlite").exists()


def test_without_a_folder_the_demonstration_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE41_CACHE", "")
    (tmp_path / "other").mkdir()
    demonstration_store(tmp_path / "other")

    assert set(put(tmp_path / "made")) == {path.name for path in (tmp_path / "other").iterdir()}
