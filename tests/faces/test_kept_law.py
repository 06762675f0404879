"""The catalogue that is kept is the one that is read, and damage never changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from article41.faces.kept_law import KeptLaw
from article41.law.loading import Catalogue, load_catalogue
from article41.law.packing import keep_in

READ = load_catalogue()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "cache"
    keep_in(KeptLaw(lambda: folder))
    yield folder
    keep_in(None)


def loaded() -> Catalogue:
    return load_catalogue.__wrapped__()


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
    KeptLaw(lambda: folder).keep("catalogue", READ.sha256, body)
    assert loaded() == READ


def test_another_catalogue_is_not_taken_for_this_one(folder: Path) -> None:
    loaded()
    assert KeptLaw(lambda: folder).kept("catalogue", READ.sha256) is not None
    assert KeptLaw(lambda: folder).kept("catalogue", "another") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep_in(KeptLaw(lambda: tmp_path / "file" / "cache"))
    try:
        assert loaded() == READ
    finally:
        keep_in(None)
