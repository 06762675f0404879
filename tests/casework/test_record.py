"""What was written is on record, whatever became of the process."""

import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from article41.casework.audit import Receipt, Record
from article41.casework.audit.keys import KEY_FILE
from article41.casework.audit.ledger import (
    CHECKPOINT_FILE,
    ENTRIES_FILE,
    PLACES_FILE,
    TREE_FILE,
    Ledger,
)
from article41.casework.audit.merkle import root_of
from article41.casework.audit.notes import is_signed_by, read_checkpoint
from article41.casework.audit.verifying import verify_record
from article41.model.errors import BrokenAuditError, InputError, RecordError
from tests.casework.questions import question
from tests.casework.test_canonical import DEPTH_MAX


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    record = Record.open(tmp_path)

    receipts = record.write([question(1), question(2)])

    assert [one.index for one in receipts] == [0, 1]
    entry = Record.open(tmp_path).entry(1)
    assert entry.id == receipts[1].id
    assert entry.asked_at == "2024-06-01T09:00:02Z"
    assert bytes(entry.question) == b'{"name":"Ada Example","threshold":0.65}'


def test_every_line_is_canonical_json(tmp_path: Path) -> None:
    Record.open(tmp_path).write([question(1, name="Ада \U0001f6a2 Əli"), question(2)])

    lines = (tmp_path / ENTRIES_FILE).read_bytes().splitlines()

    import json

    assert [rfc8785.dumps(json.loads(line)) for line in lines] == lines


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    Record.open(tmp_path / "record")

    assert stat.S_IMODE((tmp_path / "record" / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "record").stat().st_mode) == 0o700


def test_each_write_is_signed_for(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    for number in range(20):
        record.write([question(number)])
        note = record.note()

        assert is_signed_by(note, record.key())
        checkpoint = read_checkpoint(note)
        assert checkpoint.size == number + 1
        assert checkpoint.root == root_of(record.ledger.node, number + 1)


def test_who_reads_the_checkpoint_while_it_is_written_reads_a_whole_one(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    writer = threading.Thread(target=lambda: [record.write([question(n)]) for n in range(100)])
    writer.start()
    notes = []
    while writer.is_alive():
        notes.append(record.note())
    writer.join()

    key, sizes = record.key(), [read_checkpoint(note).size for note in notes]
    assert all(is_signed_by(note, key) for note in notes)
    assert sizes == sorted(sizes)


def test_a_checkpoint_that_others_signed_too_gives_way_to_the_next(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    record.write([question(1)])
    with (tmp_path / CHECKPOINT_FILE).open("a", encoding="utf-8") as file:
        file.write("\u2014 witness.example AAAAAAAA\n" * 20)

    record.write([question(2)])

    note = (tmp_path / CHECKPOINT_FILE).read_text(encoding="utf-8")
    assert read_checkpoint(note).size == 2
    assert "witness" not in note


def test_threads_share_a_write_and_each_has_its_own_receipts(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    ids: dict[int, str] = {}

    def ask(number: int) -> None:
        for _ in range(5):
            [receipt] = record.write([question(number)])
            assert receipt.index is not None
            ids[receipt.index] = receipt.id

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ids) == list(range(80))
    assert all(record.entry(index).id == found for index, found in ids.items())


def test_two_records_of_one_folder_take_in_what_the_other_wrote(tmp_path: Path) -> None:
    one, other = Record.open(tmp_path), Record.open(tmp_path)

    indexes = [record.write([question()])[0].index for record in (one, other, other, one, other)]

    assert indexes == [0, 1, 2, 3, 4]
    assert one.size == 5


def test_answers_that_left_are_on_record_and_signed_for_when_it_settles(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    lines: list[int] = []

    def may_leave(receipts: Sequence[Receipt]) -> None:
        assert [one.index for one in receipts] == [len(lines)]
        lines.append(len((tmp_path / ENTRIES_FILE).read_bytes().splitlines()))

    for number in range(3):
        record.write([question(number)], may_leave=may_leave)
    before = record.size
    record.settle()

    assert (lines, before, record.size) == ([1, 2, 3], 0, 3)
    assert verify_record(tmp_path).faults == ()
    assert record.write([question(3)])[0].index == 3
    assert record.size == 4


def test_what_was_just_answered_is_found(tmp_path: Path) -> None:
    record, told = Record.open(tmp_path), list[Receipt]()

    record.write([question(1), question(2)], may_leave=told.extend)

    assert [record.find(one.id) for one in told] == [0, 1]
    assert record.entry(1).id == told[1].id


STEPS = ["write", "leave", "leave", "settle", "torn", "killed"]


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(STEPS))))
def test_several_who_sign_late_take_in_what_the_others_wrote(
    steps: list[tuple[int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, told = Path(name), list[Receipt]()
        records = [Record.open(folder) for _ in range(2)]
        for number, (which, step) in enumerate(steps):
            match step:
                case "write":
                    told += records[which].write([question(number)])
                case "leave":
                    records[which].write([question(number)], may_leave=told.extend)
                case "torn":
                    with (folder / ENTRIES_FILE).open("ab") as file:
                        file.write(b'{"answer":')
                case "killed":
                    records[which] = Record.open(folder)
                case _:
                    records[which].settle()
        records[0].settle()

        assert all(one.index in (None, at) for at, one in enumerate(told))
        assert [records[1].find(one.id) for one in told] == list(range(len(told)))
        audited = verify_record(folder)
        assert (audited.signed, audited.faults) == (len(told), ())


@pytest.mark.parametrize("deep", [DEPTH_MAX - 1, DEPTH_MAX])
def test_what_goes_on_record_is_read_again_however_deep(tmp_path: Path, deep: int) -> None:
    record = Record.open(tmp_path)
    asked = msgspec.structs.replace(question(1), question=b"[" * deep + b"]" * deep)

    # The entry stands around it.
    with pytest.raises(InputError) if deep == DEPTH_MAX else nullcontext():
        record.write([asked])

    assert record.size == (deep < DEPTH_MAX)
    assert verify_record(tmp_path).faults == ()


def test_what_others_wrote_is_read_when_it_is_signed_and_not_at_each_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, told = Record.open(tmp_path), Record.open(tmp_path), list[Receipt]()
    one.write([question(0)], may_leave=told.extend)
    other.write([question(1)], may_leave=told.extend)

    with monkeypatch.context() as watched:
        watched.setattr(Ledger, "tail", None)  # Whoever reads them now fails.
        for number in range(2, 6):
            (one, other)[number % 2].write([question(number)], may_leave=told.extend)
    other.settle()

    assert [one.find(receipt.id) for receipt in told] == list(range(6))
    assert verify_record(tmp_path).faults == ()


def test_a_torn_line_that_another_left_is_cut_before_anything_follows_it(tmp_path: Path) -> None:
    cut: list[str] = []
    one, other = Record.open(tmp_path, told=cut.append), Record.open(tmp_path)
    one.write([question(0)], may_leave=lambda _: None)
    other.write([question(1)], may_leave=lambda _: None)
    with (tmp_path / ENTRIES_FILE).open("ab") as file:
        file.write(b'{"answer":')

    one.write([question(2)], may_leave=lambda _: None)
    one.settle()

    assert len(cut) == 1
    assert one.size == 3
    assert verify_record(tmp_path).faults == ()


def test_a_record_that_was_put_back_is_written_to_where_it_stands(tmp_path: Path) -> None:
    folder, kept = tmp_path / "record", tmp_path / "kept"
    record = Record.open(folder)
    record.write([question(1)])
    shutil.copytree(folder, kept)
    record.write([question(2)])
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)

    [receipt] = record.write([question(3)])

    assert receipt.index == 1
    assert Record.open(folder).entry(1).id == receipt.id
    assert verify_record(folder).faults == ()


def test_a_torn_tail_is_cut_with_a_word_and_kept(tmp_path: Path) -> None:
    Record.open(tmp_path).write([question(1)])
    with (tmp_path / ENTRIES_FILE).open("ab") as file:
        file.write(b'{"answer":{"matches"')
    told: list[str] = []

    record = Record.open(tmp_path, told=told.append)

    assert len(told) == 1
    assert "20 bytes" in told[0]
    [kept] = tmp_path.glob("torn-1-*")
    assert kept.read_bytes() == b'{"answer":{"matches"'
    assert record.write([question(2)])[0].index == 1


def test_what_was_written_and_not_signed_is_signed_by_the_next(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    record.write([question(1), question(2)])
    line = (tmp_path / ENTRIES_FILE).read_bytes().splitlines(keepends=True)[1]
    with (tmp_path / ENTRIES_FILE).open("ab") as file:
        file.write(line)

    assert Record.open(tmp_path).size == 3


@pytest.mark.parametrize("kept", [(), (PLACES_FILE,), (TREE_FILE,), (PLACES_FILE, TREE_FILE)])
def test_who_was_killed_at_any_step_of_signing_has_left_entries_that_are_signed(
    tmp_path: Path, kept: tuple[str, ...]
) -> None:
    record = Record.open(tmp_path)
    record.write([question(1), question(2)])
    before = {name: (tmp_path / name).read_bytes() for name in (CHECKPOINT_FILE, *kept)}
    record.write([question(3)])
    for name, held in before.items():
        (tmp_path / name).write_bytes(held)

    assert Record.open(tmp_path).size == 3
    assert verify_record(tmp_path).faults == ()


@pytest.mark.parametrize("name", [PLACES_FILE, TREE_FILE])
def test_what_follows_from_the_entries_is_made_again(tmp_path: Path, name: str) -> None:
    Record.open(tmp_path).write([question(number) for number in range(5)])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / name).unlink()

    Record.open(tmp_path)

    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_shortened_record_is_written_to_no_more(tmp_path: Path) -> None:
    record = Record.open(tmp_path)
    record.write([question(number) for number in range(5)])
    entries = (tmp_path / ENTRIES_FILE).read_bytes().splitlines(keepends=True)
    (tmp_path / ENTRIES_FILE).write_bytes(b"".join(entries[:-1]))

    with pytest.raises(BrokenAuditError):
        record.write([question()])
    with pytest.raises(BrokenAuditError):
        Record.open(tmp_path)


def test_a_full_disk_refuses_the_answer_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record.open(tmp_path)
    record.write([question(1)])
    before = (tmp_path / ENTRIES_FILE).read_bytes()
    pwrite = os.pwrite

    def half(handle: int, data: bytes, at: int) -> int:
        if len(data) < 100:
            raise OSError(28, "No space left on device")
        return pwrite(handle, data[: len(data) // 2], at)

    with monkeypatch.context() as full:
        full.setattr(os, "pwrite", half)
        with pytest.raises(RecordError, match="No space left"):
            record.write([question(2)])

    assert (tmp_path / ENTRIES_FILE).read_bytes() == before
    assert record.write([question(3)])[0].index == 1


def test_what_is_withheld_stands_nowhere_in_the_record(tmp_path: Path) -> None:
    [receipt] = Record.open(tmp_path).write([question(name="Ada Example", is_withheld=True)])

    assert b"Ada" not in (tmp_path / ENTRIES_FILE).read_bytes()
    entry = Record.open(tmp_path).entry(0)
    assert receipt.disclosure is not None
    assert entry.withheld == receipt.disclosure.sha256
    assert bytes(receipt.disclosure.question) == b'{"name":"Ada Example","threshold":0.65}'


def test_a_fault_of_our_own_refuses_all_that_waited_and_harms_nobody_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Record.open(tmp_path)
    refused: list[BaseException] = []
    barrier = threading.Barrier(4)

    def fail(_handle: int) -> None:
        raise RuntimeError("a fault")

    def ask() -> None:
        barrier.wait()
        try:
            record.write([question()])
        except (RuntimeError, RecordError) as error:
            refused.append(error)

    with monkeypatch.context() as faulty:
        faulty.setattr(os, "fdatasync", fail)
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=20)

    assert len(refused) == 4
    [receipt] = record.write([question(7)])
    assert receipt.index == record.size - 1
    assert record.entry(receipt.index).id == receipt.id
