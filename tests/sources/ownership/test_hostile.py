"""Damage that any file may have: it is refused with its place, or what is lost is counted."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.sources.ownership import OwnershipRecord, documents, read_holdings, record
from tests.sources.ownership.files import FORMATS, INPUTS, reading_of

CUTS = 25
ANSWERS = {
    "nothing": b"",
    "blanks": b"\n \n",
    "a page": b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>",
    "an error in JSON": b'{"error": "rate limit", "status": 429}',
    "an empty array": b"[]",
    "a number": b"7",
    "a list of names": b"id,name\n7,Ada Example\n",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


def refusal_of(folder: Path, data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        reading_of(folder, data)
    assert caught.value.file.startswith("any-name")
    assert caught.value.hint
    return caught.value


def ties(found: OwnershipRecord) -> set[tuple[str, str]]:
    holdings = found.holdings
    stakes = {(one.owner, one.asset) for one in holdings.stakes}
    return stakes | {(one.owner, one.asset) for one in holdings.controls}


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_was_cut_is_refused_or_has_no_more_than_the_whole(
    name: str, tmp_path: Path
) -> None:
    data = INPUTS[name]
    whole = reading_of(tmp_path, data)
    refused = 0

    for place in range(1, CUTS + 1):
        cut = data[: len(data) * place // (CUTS + 1)]
        try:
            found = reading_of(tmp_path, cut)
        except FormatError:
            refused += 1
            continue
        last = cut.rstrip().rpartition(b"\n")[2]
        assert last in data.splitlines() or found.skipped != whole.skipped, "half a line counts"
        assert found.read <= whole.read

    assert refused > CUTS // 3


@pytest.mark.parametrize("name", FORMATS)
def test_another_encoding_is_refused(name: str, tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        refusal_of(tmp_path, INPUTS[name].decode().encode(encoding))


@pytest.mark.parametrize("name", FORMATS)
def test_a_byte_that_is_no_text_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    data = INPUTS[name].replace(b"Example", b"Ex\xffmple", 1).replace(b"EXAMPLE", b"EX\xffMPLE", 1)

    assert refusal_of(tmp_path, data).line > 0


@pytest.mark.parametrize("name", FORMATS)
def test_a_mark_of_the_byte_order_changes_nothing(name: str, tmp_path: Path) -> None:
    plain, marked = (reading_of(tmp_path, mark + INPUTS[name]) for mark in (b"", b"\xef\xbb\xbf"))

    assert plain.holdings == marked.holdings


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_says_nothing_of_ownership_is_refused(answer: bytes, tmp_path: Path) -> None:
    refusal_of(tmp_path, answer)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1e999999999", "a number longer than can be used"),
        ("9" * 5_000, "a number longer than can be used"),
        ("0." + "3" * 100, "a number longer than can be used"),
        ("NaN", "`NaN` is no number"),
        ("-Infinity", "`-Infinity` is no number"),
    ],
)
def test_a_hostile_number_is_refused(number: str, said: str, tmp_path: Path) -> None:
    text = f'{{"stakes": [{{"owner": "L1", "asset": "C", "percent": {number}}}]}}'

    assert said in refusal_of(tmp_path, text.encode()).message


def test_a_share_beyond_the_whole_is_counted_and_stays_unknown(tmp_path: Path) -> None:
    data = INPUTS["statements-0.4.json"].replace(b'"exact": 62.5', b'"exact": 6250')

    found = reading_of(tmp_path, data)

    assert any(skip.reason == "a share that cannot be read" for skip in found.skipped)
    assert any(one.owner == "ada" and one.share is None for one in found.holdings.stakes)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    deep = b'{"stakes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"

    assert refusal_of(tmp_path, deep).message == "nested too deeply"


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = b'{"stakes": [{"owner": "L1", "owner": "L2", "asset": "C"}]}'

    assert "`owner` stands twice" in refusal_of(tmp_path, text).message


def test_a_line_that_is_no_object_is_refused_with_its_number(tmp_path: Path) -> None:
    first = INPUTS["register.psc.txt"].splitlines()[0]

    assert refusal_of(tmp_path, first + b"\n7\n").line == 2
    assert refusal_of(tmp_path, first + b"\n\n{broken\n").line == 3


def test_what_is_longer_than_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LINE_BYTES_MAX", 400)
    monkeypatch.setattr(documents, "DOCUMENT_BYTES_MAX", 300)
    lines = INPUTS["register.psc.txt"].splitlines(keepends=True)
    assert "a line longer than" in refusal_of(tmp_path, b"".join(reversed(lines))).message
    assert "a document longer than" in refusal_of(tmp_path, INPUTS["statements-0.4.json"]).message

    monkeypatch.setattr(record, "RECORDS_MAX", 2)
    assert "more than 2 stakes" in refusal_of(tmp_path, INPUTS["table.csv"]).message


@pytest.mark.parametrize("name", FORMATS)
def test_a_packed_file_is_unpacked(name: str, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.txt", INPUTS[name])
    plain = reading_of(tmp_path, INPUTS[name])

    for data in (packed.getvalue(), gzip.compress(INPUTS[name])):
        found = reading_of(tmp_path, data)
        assert (found.holdings, found.sha256) == (plain.holdings, plain.sha256)


def test_an_archive_of_several_files_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("table.csv", "register.psc.txt"):
            archive.writestr(name, INPUTS[name])

    assert refusal_of(tmp_path, packed.getvalue()).message == "an archive of 2 files"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such file"):
        read_holdings(tmp_path / "none.csv")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_stands_twice_in_one_says_the_same(name: str, tmp_path: Path) -> None:
    if name in {"statements-0.4.json", "relations.gleif.json"}:
        data = INPUTS[name] + INPUTS[name]
        refusal_of(tmp_path, data)
        return
    lines = INPUTS[name].splitlines(keepends=True)
    rows = lines[1:] if name.endswith(".csv") else lines

    once, twice = reading_of(tmp_path, INPUTS[name]), reading_of(tmp_path, b"".join(lines + rows))

    assert ties(once) == ties(twice)
