"""A record is copied while others write to it, whole as one checkpoint signs for it, or not."""

import threading
from pathlib import Path

import pytest

from article41.casework.audit import MayLeave, Record
from article41.casework.audit.copies import back_up
from article41.casework.audit.verifying import verify_record
from article41.model.errors import BrokenAuditError, RecordError
from tests.casework.questions import question


def test_copies_that_are_made_while_others_write_are_whole(tmp_path: Path) -> None:
    record, is_over = Record.open(tmp_path / "record"), threading.Event()
    written: list[int] = []

    def write() -> None:
        while not is_over.is_set():
            [receipt] = record.write([question(len(written))])
            assert receipt.index is not None
            written.append(receipt.index)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for one in writers:
        one.start()
    sizes = []
    for number in range(20):
        before = record.size
        audited = back_up(Record.open(tmp_path / "record"), tmp_path / f"copy-{number}")
        sizes.append((before, audited.entries))
        assert (audited.unsigned, audited.faults) == (0, ())
    is_over.set()
    for one in writers:
        one.join()

    assert all(before <= copied for before, copied in sizes)
    assert sizes[-1][1] > sizes[0][1]
    whole = (tmp_path / "record" / "entries.jsonl").read_bytes()
    assert whole.startswith((tmp_path / "copy-19" / "entries.jsonl").read_bytes())


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_copy_goes_on_as_the_record(tmp_path: Path, count: int) -> None:
    record = Record.open(tmp_path / "record")
    record.write([question(number) for number in range(count)])
    (tmp_path / "record" / "torn-1-00000000").write_bytes(b"{")

    back_up(record, tmp_path / "copy")

    copy = Record.open(tmp_path / "copy")
    assert copy.write([question(9)])[0].index == count
    assert verify_record(tmp_path / "copy").faults == ()
    assert copy.key() == record.key()
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "copy").iterdir()}
    assert modes["key.pem"] == modes["entries.jsonl"] == 0o600
    assert "torn-1-00000000" not in modes


@pytest.mark.parametrize("may_leave", [None, lambda _receipts: None])
def test_a_record_that_was_moved_away_leaves_its_place_to_what_is_put_there(
    tmp_path: Path, may_leave: MayLeave | None
) -> None:
    folder, away = tmp_path / "record", tmp_path / "away"
    record = Record.open(folder)
    record.write([question(1)], may_leave=may_leave)
    folder.rename(away)

    for number in (2, 3):
        with pytest.raises(RecordError, match="No such file"):
            record.write([question(number)], may_leave=may_leave)
    assert not folder.exists()

    # Another one, with a key of its own, by which it is signed for.
    Record.open(folder).write([question(4)])
    record.write([question(5)], may_leave=may_leave)
    record.settle()
    audited = verify_record(folder)
    assert (audited.entries, audited.unsigned, audited.faults) == (2, 0, ())


def test_of_a_record_that_was_changed_nothing_is_copied(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "record")
    record.write([question(1), question(2)])
    entries = tmp_path / "record" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes().replace(b"Ada", b"Eve", 1))

    with pytest.raises(BrokenAuditError, match="is not whole"):
        back_up(record, tmp_path / "copy")

    assert [path.name for path in tmp_path.iterdir()] == ["record"]


def test_nothing_is_replaced(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "record")
    (tmp_path / "copy").mkdir()

    with pytest.raises(RecordError, match="is there already"):
        back_up(record, tmp_path / "copy")
    with pytest.raises(RecordError, match="cannot be written"):
        back_up(record, tmp_path / "nowhere" / "copy")
