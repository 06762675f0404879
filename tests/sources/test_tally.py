import pytest

from article41.model.errors import FormatError
from article41.sources.tally import Tally
from tests.store.made import listing


def test_a_list_without_an_entry_is_refused_by_its_file_whatever_was_read() -> None:
    tally = Tally()
    tally.read += 2
    tally.skip("empty row", "a.csv:3")

    with pytest.raises(FormatError, match=r"a\.csv: there is no entry in the list") as caught:
        tally.report("a.csv")

    assert "lift every sanction" in caught.value.hint


def test_what_was_left_out_is_not_kept_and_has_its_first_places() -> None:
    tally = Tally()
    tally.count(listing("1"))
    for line in range(2, 9):
        tally.read += 2
        tally.skip("empty row", f"a.csv:{line}")

    report = tally.report("a.csv")

    assert (report.read, report.kept, report.listings) == (14, 7, 1)
    [skip] = report.skipped
    assert (skip.count, skip.places) == (7, tuple(f"a.csv:{line}" for line in range(2, 7)))


def test_what_is_lost_stands_before_what_loses_nothing() -> None:
    tally = Tally()
    tally.count(listing("1"))
    tally.read += 5
    tally.pass_over("number of the entry, again", "a.csv:2", count=3)
    tally.remark("date of birth kept as text", "a.csv:2", count=2)
    tally.skip("row whose entry is missing", "a.csv:3")

    report = tally.report("a.csv")

    assert (report.read, report.kept) == (5, 1)
    assert [(one.reason, one.count, one.is_lost) for one in report.skipped] == [
        ("row whose entry is missing", 1, True),
        ("number of the entry, again", 3, False),
        ("date of birth kept as text", 2, False),
    ]
