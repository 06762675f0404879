"""Damage that any published file may have: an error that names the file, or a line in the count.

Nothing here knows a format; what holds for one of them alone stands in that format's tests.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from article41.model.errors import FormatError
from article41.model.listings import Listing, ReadingReport
from article41.sources.publications import read_publications
from fuzz.fuzz_publications import GOLDEN, as_file, beside
from tests.sources.documents import read_all, strings_of
from tests.sources.golden_inputs import INPUTS

CUTS = 20
WORDS = 8
WORD = re.compile(rb"(?i)(?<=[^a-z/.@#])(?:exampl(?:e|ia)|specimen|ejemplo)(?=[^a-z/.@:])")
ENTRY = re.compile(
    rb"<(INDIVIDUAL|record|target|sanctionEntity|ENTITY|entity|sdnEntry|Designation|row r|"
    rb"table:table-row)\b"
    rb"(?:(?!</?\1\b).)*</(?:row|\1)>",
    re.DOTALL,
)
DOCUMENTS = [
    name
    for name, data in INPUTS.items()
    if data.lstrip(b"\xef\xbb\xbf").startswith(b"<") and not data.startswith(b"<!DOCTYPE html")
]
"""Those in XML, the sheets too; all others have lines."""
ANSWERS = {
    "nothing": b"",
    "blanks": b"\n \n",
    "a page": b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>",
    "a page with a table": b"<html><body><table><tr><td>Error</td></tr></table></body></html>",
    "an error in JSON": b'{"error": "rate limit", "status": 429}',
    "errors in JSON": b'{"errors": [{"code": 500}]}\n',
    "an error in XML": b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
}


class Reading(msgspec.Struct):
    """What came of reading a file: its listings and counts, or a refusal."""

    listings: list[Listing] = []
    """Of all versions in the file."""
    reports: list[ReadingReport] = []
    """Of each version."""
    refusal: FormatError | None = None
    """Why it was not read, if it was not."""

    def remarks(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for report in self.reports:
            counts.update({skip.reason: skip.count for skip in report.skipped})
            counts.update(report.gaps)
        return counts


def reading_of(folder: Path, name: str, data: bytes) -> Reading:
    """Read the bytes under the name of a golden file, beside what that file belongs to.

    Another error than `FormatError`, or one without a file or a hint, fails the test.
    """
    file = folder / name.replace("/", "-")
    file.write_bytes(data)
    found = Reading()
    try:
        for version in read_publications([file, *(GOLDEN / one for one in beside(INPUTS[name]))]):
            listings, report = read_all(version)
            found.listings += listings
            found.reports.append(report)
    except FormatError as error:
        found.refusal = error
        return found
    return found


def assert_refusal_is_of(name: str, found: Reading) -> None:
    assert found.refusal is not None
    assert found.refusal.file.startswith(name.replace("/", "-"))
    assert found.refusal.hint


def without_places(listings: list[Listing]) -> list[Listing]:
    return [msgspec.structs.replace(listing, place="") for listing in listings]


@pytest.mark.parametrize("name", INPUTS)
def test_a_file_that_was_cut_is_refused_or_the_cut_is_counted(name: str, tmp_path: Path) -> None:
    data = as_file(INPUTS[name])
    whole = reading_of(tmp_path, name, data)
    refused = 0

    for place in range(1, CUTS + 1):
        cut = data[: len(data) * place // (CUTS + 1)]
        found = reading_of(tmp_path, name, cut)
        if found.refusal is not None:
            assert_refusal_is_of(name, found)
            refused += 1
            continue
        assert name not in DOCUMENTS
        # Whole rows that are missing at the end are for the guard against lists that shrink.
        is_whole = without_places(found.listings) == without_places(whole.listings)
        assert is_whole or cut.endswith(b"\n") or found.remarks() - whole.remarks()
        assert {listing.id for listing in found.listings} <= {one.id for one in whole.listings}

    assert refused > (CUTS - 1 if name in DOCUMENTS else 0)


@pytest.mark.parametrize("name", INPUTS)
def test_another_encoding_is_refused_or_read_the_same(name: str, tmp_path: Path) -> None:
    whole = reading_of(tmp_path, name, as_file(INPUTS[name]))

    found = reading_of(tmp_path, name, as_file(INPUTS[name].decode("utf-8-sig").encode("utf-16")))

    if found.refusal is None:
        assert without_places(found.listings) == without_places(whole.listings)
    else:
        assert_refusal_is_of(name, found)


@pytest.mark.parametrize("wrong", [b"\xe9", b"\x81", b"\0", b"\x01", b"\x1b", b"\x7f"])
@pytest.mark.parametrize("name", INPUTS)
def test_a_byte_that_is_no_text_is_refused_or_counted(
    name: str, wrong: bytes, tmp_path: Path
) -> None:
    whole = reading_of(tmp_path, name, as_file(INPUTS[name]))

    for data in with_words_replaced(name, b"Exam" + wrong + b"ple"):
        found = reading_of(tmp_path, name, as_file(data))
        if found.refusal is not None:
            assert_refusal_is_of(name, found)
        else:
            is_kept = any(chr(wrong[0]) in text for text in strings_of(found.listings))
            assert is_kept or found.remarks() - whole.remarks()
            assert len(found.listings) == len(whole.listings)


@pytest.mark.parametrize("name", INPUTS)
def test_a_long_text_is_refused_or_kept_whole(name: str, tmp_path: Path) -> None:
    long = b"Exam" + b"p" * 200_000 + b"le"

    for data in with_words_replaced(name, long):
        found = reading_of(tmp_path, name, as_file(data))
        if found.refusal is not None:
            assert_refusal_is_of(name, found)
        else:
            assert any(long.decode() in text for text in strings_of(found.listings))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_type_is_refused(name: str, tmp_path: Path) -> None:
    data = INPUTS[name]
    start = data.index(b"?>") + 2 if data.startswith(b"<?") else 0
    entity = b'<!DOCTYPE x [<!ENTITY a "Example"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    found = reading_of(tmp_path, name, as_file(data[:start] + entity + data[start:]))

    if as_file(data) == data:
        assert_refusal_is_of(name, found)
    elif found.refusal is None:
        # The readers of sheets pass over it, and leave what it declares as it is written.
        assert found.listings == reading_of(tmp_path, name, as_file(data)).listings


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_entry_that_stands_twice_is_refused_or_read_once(name: str, tmp_path: Path) -> None:
    entry = list(ENTRY.finditer(INPUTS[name]))[-1]
    whole = reading_of(tmp_path, name, as_file(INPUTS[name]))

    doubled = INPUTS[name][: entry.end()] + entry[0] + INPUTS[name][entry.end() :]
    found = reading_of(tmp_path, name, as_file(doubled))

    if found.refusal is not None:
        assert_refusal_is_of(name, found)
    else:
        assert without_places(found.listings) == without_places(whole.listings)


@pytest.mark.parametrize("name", [name for name in INPUTS if name not in DOCUMENTS])
def test_a_row_that_stands_twice_loses_no_entry(name: str, tmp_path: Path) -> None:
    lines = INPUTS[name].splitlines(keepends=True)
    rows = [number for number, line in enumerate(lines) if line.strip() != b"\x1a"]
    whole = reading_of(tmp_path, name, INPUTS[name])

    for row in rows[1:]:
        found = reading_of(tmp_path, name, b"".join([*lines[: row + 1], *lines[row:]]))
        if found.refusal is not None:
            assert_refusal_is_of(name, found)
        else:
            assert {one.id for one in whole.listings} <= {one.id for one in found.listings}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("name", INPUTS)
def test_an_answer_that_is_no_list_is_refused(name: str, answer: bytes, tmp_path: Path) -> None:
    assert_refusal_is_of(name, reading_of(tmp_path, name, answer))


@cache
def kept_words(name: str) -> tuple[tuple[int, int], ...]:
    """Where words stand that a listing keeps; others are counted as left out, whatever they say."""
    with tempfile.TemporaryDirectory() as folder:
        kept = []
        for word in islice(WORD.finditer(INPUTS[name]), WORDS):
            data = INPUTS[name][: word.start()] + b"Exsample" + INPUTS[name][word.end() :]
            found = reading_of(Path(folder), name, as_file(data))
            if found.refusal or any("Exsample" in text for text in strings_of(found.listings)):
                kept.append(word.span())
    assert kept or name == "eu-journal/empty.csv"
    return tuple(kept)


def with_words_replaced(name: str, by: bytes) -> Iterator[bytes]:
    """The file with one word of it replaced, for some of the words that a listing keeps."""
    for start, end in kept_words(name):
        yield INPUTS[name][:start] + by + INPUTS[name][end:]
