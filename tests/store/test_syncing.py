"""A file is put in place whole or not at all, for its owner alone."""

import os
import stat
from pathlib import Path

import pytest

from article41.store.syncing import put_file


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    put_file(path, b"the one before, which was longer")

    put_file(path, b"this one")

    assert path.read_bytes() == b"this one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("fails", ["fsync", "open"])
def test_what_cannot_be_written_leaves_the_one_before_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    path = tmp_path / "keys.json"
    put_file(path, b"the one before")

    def full(*_given: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, fails, full)
        with pytest.raises(OSError, match="No space left"):
            put_file(path, b"this one")

    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]
