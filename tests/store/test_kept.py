"""What is kept comes back whole and under its own key, or not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.store.kept import code_sha256, keep, kept

keys = st.lists(st.text(max_size=5), max_size=3).map(tuple)


@given(key=keys, other=keys, body=st.binary(max_size=40))
def test_only_its_own_key_opens_what_was_kept(
    key: tuple[str, ...],
    other: tuple[str, ...],
    body: bytes,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("kept") / "a.cache"

    keep(path, key, body)

    assert kept(path, key) == body
    assert kept(path, other) == (body if other == key else None)
    assert [one.name for one in path.parent.iterdir()] == ["a.cache"]


@pytest.mark.parametrize("held", [b"", b"x" * 31, b"x" * 32, b"x" * 33])
def test_what_nobody_kept_is_nothing(held: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.cache"
    path.write_bytes(held)

    assert kept(path, ()) is None


def test_what_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.cache").mkdir()

    with pytest.raises(OSError, match="directory"):
        keep(tmp_path / "a.cache", (), b"body")

    assert [one.name for one in tmp_path.iterdir()] == ["a.cache"]


def test_the_hash_of_the_code_follows_every_file_of_its_folders_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("article41.store.kept._PACKAGE", tmp_path)
    for folder in ("match/__pycache__", "store", "faces"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "store/spans.py").write_text("SPAN = 1\n")

    def code() -> str:
        return code_sha256.__wrapped__("match", "store")

    seen = [code()]
    for name in ("faces/cli.py", "match/__pycache__/index.pyc"):
        (tmp_path / name).write_text("SPAN = 2\n")
        assert code() == seen[0]
    for name in ("store/spans.py", "match/_kernel.so", "match/spans.py"):
        (tmp_path / name).write_text("SPAN = 2\n")
        seen.append(code())
    (tmp_path / "match/spans.py").rename(tmp_path / "match/times.py")
    seen.append(code())

    assert len(set(seen)) == len(seen)
