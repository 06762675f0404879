"""Whatever somebody does to a record is found and named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from article41.casework.audit import Record
from article41.casework.audit.keys import KEY_FILE
from article41.casework.audit.ledger import CHECKPOINT_FILE, ENTRIES_FILE, PLACES_FILE, TREE_FILE
from article41.casework.audit.verifying import FaultKind, verify_record
from article41.model.errors import InputError
from tests.casework.questions import question

SIZE = 7


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = Record.open(tmp_path / "record")
    for number in range(SIZE):
        record.write([question(number)])
    return record.folder


def found(folder: Path) -> list[tuple[FaultKind, int | None]]:
    return [(fault.kind, fault.index) for fault in verify_record(folder).faults]


def change(folder: Path, changed: Callable[[list[bytes]], list[bytes]]) -> None:
    lines = (folder / ENTRIES_FILE).read_bytes().splitlines(keepends=True)
    (folder / ENTRIES_FILE).write_bytes(b"".join(changed(lines)))


def edited(line: bytes) -> bytes:
    return line.replace(b"Ada", b"Eve")


def test_a_sound_record_has_no_fault(folder: Path) -> None:
    audited = verify_record(folder)

    assert audited.faults == ()
    assert (audited.entries, audited.signed, audited.unsigned) == (SIZE, SIZE, 0)


@pytest.mark.parametrize("index", range(SIZE))
def test_an_edited_entry_is_named(folder: Path, index: int) -> None:
    change(folder, lambda ls: [*ls[:index], edited(ls[index]), *ls[index + 1 :]])

    assert found(folder) == [(FaultKind.EDITED, index)]


@pytest.mark.parametrize("index", range(SIZE - 1))
def test_a_deleted_entry_is_named(folder: Path, index: int) -> None:
    change(folder, lambda ls: ls[:index] + ls[index + 1 :])

    assert found(folder) == [(FaultKind.DELETED, index)]


@pytest.mark.parametrize("index", range(SIZE - 1))
def test_entries_that_change_places_are_named(folder: Path, index: int) -> None:
    change(folder, lambda ls: [*ls[:index], ls[index + 1], ls[index], *ls[index + 2 :]])

    assert found(folder) == [(FaultKind.REORDERED, index)]


@pytest.mark.parametrize("left", range(SIZE))
def test_a_shortened_record_is_named(folder: Path, left: int) -> None:
    change(folder, lambda ls: ls[:left])

    assert found(folder) == [(FaultKind.TRUNCATED, left)]


@pytest.mark.parametrize("place", range(SIZE))
def test_an_entry_put_in_is_named(folder: Path, place: int) -> None:
    change(folder, lambda ls: [*ls[:place], edited(ls[2]), *ls[place:]])

    assert found(folder) == [(FaultKind.INSERTED, None)]
    assert f"line {place + 1}" in verify_record(folder).faults[0].words


def test_an_entry_that_stands_twice_is_named(folder: Path) -> None:
    change(folder, lambda ls: [*ls[:4], ls[1], *ls[4:]])

    assert found(folder) == [(FaultKind.INSERTED, None)]


def test_several_faults_are_each_named(folder: Path) -> None:
    change(folder, lambda ls: [edited(ls[0]), ls[2], ls[4], ls[3]])

    assert found(folder) == [
        (FaultKind.EDITED, 0),
        (FaultKind.DELETED, 1),
        (FaultKind.REORDERED, 3),
        (FaultKind.TRUNCATED, 5),
    ]


def test_a_line_in_another_form_is_named(folder: Path) -> None:
    change(folder, lambda ls: [ls[0].replace(b'":', b'": '), *ls[1:]])

    assert (FaultKind.NOT_CANONICAL, 0) in found(folder)


def test_a_torn_tail_is_named(folder: Path) -> None:
    change(folder, lambda ls: [*ls, ls[0][:50]])

    assert found(folder) == [(FaultKind.TORN, None)]


def test_an_edit_that_changed_the_tree_too_is_found(folder: Path) -> None:
    change(folder, lambda ls: [edited(ls[0]), *ls[1:]])
    nodes = bytearray((folder / TREE_FILE).read_bytes())
    nodes[:32] = bytes(32)
    (folder / TREE_FILE).write_bytes(nodes)

    assert found(folder) == [(FaultKind.ROOT, None)]


@pytest.mark.parametrize("name", [TREE_FILE, PLACES_FILE])
def test_what_can_be_made_again_is_no_fault(folder: Path, name: str) -> None:
    (folder / name).unlink()

    assert found(folder) == []


def test_a_lost_or_foreign_checkpoint_is_named(folder: Path, tmp_path: Path) -> None:
    other = Record.open(tmp_path / "other")
    (folder / CHECKPOINT_FILE).write_text(other.note(), encoding="utf-8")
    assert found(folder) == [(FaultKind.SIGNATURE, None)]

    (folder / CHECKPOINT_FILE).write_text("nothing", encoding="utf-8")
    assert found(folder) == [(FaultKind.CHECKPOINT, None)]

    (folder / CHECKPOINT_FILE).unlink()
    assert found(folder) == [(FaultKind.CHECKPOINT, None)]


def test_a_forged_checkpoint_is_named(folder: Path) -> None:
    note = (folder / CHECKPOINT_FILE).read_text(encoding="utf-8")
    (folder / CHECKPOINT_FILE).write_text(note.replace("\n7\n", "\n6\n"), encoding="utf-8")

    assert {kind for kind, _ in found(folder)} == {FaultKind.SIGNATURE, FaultKind.ROOT}


def test_whoever_holds_the_key_is_found_by_a_checkpoint_kept_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    record = Record.open(folder)
    kept, key = {"march.note": record.note()}, record.key()
    secret = (folder / KEY_FILE).read_bytes()
    forged = Record.open(tmp_path / "forged")
    (forged.folder / KEY_FILE).write_bytes(secret)
    (forged.folder / CHECKPOINT_FILE).unlink()
    forged = Record.open(forged.folder)
    forged.write([question(number) for number in range(SIZE)])

    assert verify_record(forged.folder, key=key).faults == ()
    [fault] = verify_record(forged.folder, key=key, kept=kept).faults
    assert (fault.kind, "march.note" in fault.words) == (FaultKind.ROOT, True)


def test_a_record_rolled_back_is_found_by_a_checkpoint_kept_elsewhere(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    record = Record.open(folder)
    record.write([question(9)])
    kept = {"last.note": record.note()}
    for path, body in before.items():
        path.write_bytes(body)

    assert found(folder) == []
    [fault] = verify_record(folder, kept=kept).faults
    assert (fault.kind, fault.index) == (FaultKind.TRUNCATED, SIZE)


def test_a_record_grows_from_every_checkpoint_that_was_kept(folder: Path) -> None:
    kept = {}
    record = Record.open(folder)
    for number in range(5):
        kept[f"{number}"] = record.note()
        record.write([question(number)])

    audited = verify_record(folder, kept=kept)

    assert (audited.faults, audited.checkpoints) == ((), 6)


def test_where_no_record_is_nothing_is_verified(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        verify_record(tmp_path)
