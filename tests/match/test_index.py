"""An index file is whole or refused, answers many at once, and says what it could not compare."""

import hashlib
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import msgspec
import pytest

from article41.match import (
    SCORER,
    About,
    BirthEvidence,
    Index,
    IndexCounts,
    IndexedList,
    IndexRecord,
    Query,
    build_index,
)
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Entity, Name, Schema
from article41.model.errors import IndexFileError, InputError
from article41.model.listings import Listing
from tests.match.names import name

ABOUT = About(generation="of-the-test", lists=(), scorer=SCORER)
HEADER_BYTES, ENTRY_BYTES = 64, 32


def record(
    number: str, *names: str, schema: Schema = Schema.PERSON, birth_date: str = ""
) -> IndexRecord:
    births = (StatedDate(first=PartialDate.parse(birth_date)),) if birth_date else ()
    entity = Entity(
        schema=schema, names=tuple(Name(value=one) for one in names), birth_dates=births
    )
    listing = Listing(authority="XA", list_id="xa-main", id=number, entity=entity, place="a:1")
    return IndexRecord(listing=listing, version_sha256="0" * 64, published=None)


def records(count: int = 60) -> list[IndexRecord]:
    dice = Random(41)
    return [record(str(number), name(dice), name(dice)) for number in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "names.index"


def index_of(path: Path, listed: Iterable[IndexRecord]) -> Index:
    build_index(path, listed, about=ABOUT)
    return Index(path)


def ids(index: Index, query: Query, threshold: float = 0.8) -> list[str]:
    (answer,) = index.search([query], threshold=threshold)
    return [found.listing.id for found in answer.found]


def test_an_index_that_is_kept_learns_words_and_answers_the_same(path: Path) -> None:
    listed = records()
    index = index_of(path, listed)
    kept = Index(path, is_kept=True)
    names = [name.value for one in listed for name in one.listing.entity.names]

    for _ in range(2):
        for query in (Query(name=text) for text in names):
            assert kept.search([query], threshold=0.65) == index.search([query], threshold=0.65)


def test_an_answer_carries_all_that_it_shows(path: Path) -> None:
    index = index_of(path, [record("7", "Ada Example", "Example, A.", birth_date="1970-02-14")])
    born = (StatedDate(first=PartialDate.parse("1970-02-14")),)

    (answer,) = index.search([Query(name="Ada Exampel", birth_dates=born)], threshold=0.7)

    (found,) = answer.found
    assert (found.listing.key, found.name.value, found.birth_evidence) == (
        "xa-main/7", "Ada Example", BirthEvidence.SAME_DAY,
    )  # fmt: skip
    assert found.listing.birth_dates == ("1970-02-14",)
    assert 0.7 < found.name_score < found.score < 1
    assert index.about == ABOUT


def test_an_index_without_listings_answers_with_none(path: Path) -> None:
    assert ids(index_of(path, []), Query(name="Ada Example")) == []


def test_what_cannot_be_compared_is_counted_and_said(path: Path) -> None:
    long = " ".join(f"Word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(40))

    counts = build_index(path, [record("1", "Ada Example", "!!!"), record("2", long)], about=ABOUT)

    assert counts == IndexCounts(
        records=2, names=3, names_cut=1, names_empty=1, rows=2, tokens=counts.tokens,
        size_bytes=path.stat().st_size,
    )  # fmt: skip
    cut, empty, whole = Index(path).search(
        [Query(name=long), Query(name=" \u200b?"), Query(name="Ada Example")], threshold=0.8
    )
    assert (cut.is_cut, cut.is_empty, empty.is_cut, empty.is_empty) == (True, False, False, True)
    assert (whole.is_cut, whole.is_empty, len(whole.found)) == (False, False, 1)


def test_names_of_a_list_that_cannot_be_compared_are_counted_once_however_often_they_stand(
    path: Path,
) -> None:
    long = "example " * 100
    lists = tuple(
        IndexedList(list_id=list_id, authority="XA", standings=()) for list_id in ("xa-main", "xb")
    )
    listed = [record("1", "Ada", "!!!", long), record("1", "!!!"), record("2", "!!!")]

    build_index(path, listed, about=About(generation="x", lists=lists, scorer=SCORER))

    told = Index(path).about.coverage()
    counted = [(one.list_id, one.names_cut, one.names_empty) for one in told]
    assert counted == [("xa-main", 1, 2), ("xb", 0, 0)]


def test_an_index_nobody_holds_lets_go_of_its_file_without_the_collector(path: Path) -> None:
    index = index_of(path, records(1))
    ids(index, Query(name="Ada"))
    gone = weakref.ref(index)

    del index

    assert gone() is None


def test_a_threshold_is_rounded_up_so_that_nothing_below_it_passes(path: Path) -> None:
    index = index_of(path, [record("1", "Ada Example")])
    (answer,) = index.search([Query(name="Ada Exampel")], threshold=0.5)
    score = answer.found[0].score

    assert ids(index, Query(name="Ada Exampel"), threshold=score) == ["1"]
    assert ids(index, Query(name="Ada Exampel"), threshold=score + 1e-9) == []


@pytest.mark.parametrize("name", ["Ad\udcff", "\ud83d", "Ада\udc80" * 100])
def test_a_name_with_bytes_of_another_encoding_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="bytes of another encoding") as error:
        Query(name=name)

    assert str(error.value).isascii()
    assert error.value.hint


@pytest.mark.parametrize("schema", Schema)
def test_every_kind_of_party_is_compared(schema: Schema, path: Path) -> None:
    index = index_of(path, [record("1", "Orient Star", schema=schema)])

    assert ids(index, Query(name="Orient Star", schema=schema)) == ["1"]


def test_a_name_of_a_megabyte_is_answered_and_called_cut(path: Path) -> None:
    index = index_of(path, records())

    (answer,) = index.search([Query(name="example " * 131_072)], threshold=0.8)

    assert answer.is_cut


@pytest.mark.parametrize("threshold", [0, -0.1, 1.0001, float("nan"), float("inf")])
def test_a_threshold_outside_its_range_is_refused(path: Path, threshold: float) -> None:
    index = index_of(path, records(1))

    with pytest.raises(InputError, match="threshold"):
        index.search([Query(name="Ada")], threshold=threshold)


@pytest.mark.parametrize("unknown", [None, Schema.LEGAL_ENTITY, Schema.THING])
def test_a_party_of_unknown_kind_is_compared_with_every_kind(
    path: Path, unknown: Schema | None
) -> None:
    kinds = (Schema.PERSON, Schema.COMPANY, Schema.VESSEL, Schema.THING)
    index = index_of(path, [record(kind.value, "Orient Star", schema=kind) for kind in kinds])

    assert ids(index, Query(name="Orient Star", schema=unknown)) == [kind.value for kind in kinds]
    assert ids(index, Query(name="Orient Star", schema=Schema.PERSON)) == ["Person", "Thing"]


def test_many_threads_ask_one_index_at_once(path: Path) -> None:
    index = index_of(path, records())
    queries = [Query(name=one.listing.entity.names[0].value) for one in records()]
    alone = [index.search([query], threshold=0.6) for query in queries]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: index.search([query], threshold=0.6), queries * 5))

    assert together == alone * 5


def test_many_may_build_one_index_at_once(path: Path) -> None:
    listed = records()

    with ThreadPoolExecutor(8) as pool:
        builds = [pool.submit(build_index, path, listed, about=ABOUT) for _ in range(40)]
        sizes = {build.result().size_bytes for build in builds}

    Index(path)
    assert sizes == {path.stat().st_size}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_reader_keeps_the_index_it_opened_while_another_takes_its_place(path: Path) -> None:
    before = index_of(path, [record("old", "Ada Example")])

    after = index_of(path, [record("new", "Ada Example"), *records()])

    assert ids(before, Query(name="Ada Example")) == ["old"]
    assert ids(after, Query(name="Ada Example"))[0] == "new"
    before.verify()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_index_that_cannot_be_written_leaves_the_old_one(path: Path) -> None:
    index_of(path, [record("old", "Ada Example")])

    def broken() -> Iterable[IndexRecord]:
        yield record("new", "Ada Example")
        raise OSError("the store went away")

    with pytest.raises(OSError, match="went away"):
        build_index(path, broken(), about=ABOUT)
    with pytest.raises(IndexFileError):
        build_index(path.parent / "absent" / "names.index", records(1), about=ABOUT)

    assert ids(Index(path), Query(name="Ada Example")) == ["old"]


FORKING = """
import multiprocessing, sys
from pathlib import Path
from article41.match import Index, Query

index = Index(Path(sys.argv[1]))
queries = [Query(name="Ada Example")] * 1000

def found(threads):
    return len(index.search(queries, threshold=0.8, threads=threads)[-1].found)

assert [found(0), found(2)] == [1, 1]
with multiprocessing.get_context("fork").Pool(2) as children:
    print(children.map_async(found, [0, 1, 2, 0]).get(timeout=20))
"""


def test_a_forked_child_answers_though_it_has_none_of_the_threads_of_its_parent(
    path: Path,
) -> None:
    index_of(path, [record("7", "Ada Example")])

    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKING, path],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip

    assert result.stdout == "[1, 1, 1, 1]\n"


# Damage.


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(IndexFileError) as error:
        Index(path)
    return str(error.value)


def test_a_missing_or_cut_file_is_refused(path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"names\.index"):
        Index(path)
    index_of(path, records())
    whole = path.read_bytes()

    for length in {0, 1, 8, 63, 64, 500, 2_000, len(whole) // 2, len(whole) - 1}:
        refused(path, whole[:length])
    refused(path, whole + b"\0")


def test_every_changed_byte_of_header_and_directory_is_noticed_when_opened(path: Path) -> None:
    index_of(path, records(3))
    whole = path.read_bytes()
    (sections,) = struct.unpack_from("<I", whole, 12)

    for place in range(HEADER_BYTES + ENTRY_BYTES * sections):
        refused(path, whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])


def test_every_changed_byte_is_noticed_when_opened(path: Path) -> None:
    index_of(path, records())
    whole = path.read_bytes()
    dice = Random(41)

    for place in dice.sample(range(5_000, len(whole)), 300):
        refused(path, whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


def test_a_hole_of_zeros_is_never_answered_as_no_resemblance(path: Path) -> None:
    index_of(path, records())
    whole = path.read_bytes()

    for share in range(1, 10):
        start, end = share * len(whole) // 10, (share + 1) * len(whole) // 10
        assert "checksum" in refused(path, whole[:start] + bytes(end - start) + whole[end:])


def test_damage_done_to_an_open_index_is_noticed_by_verify(path: Path) -> None:
    index = index_of(path, records())

    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(bytes(200))

    with pytest.raises(IndexFileError, match="checksum"):
        index.verify()


def changed(whole: bytes, change: Callable[[bytearray], None]) -> bytes:
    """A file with a change and with all checksums of header and directory made to fit again."""
    content = bytearray(whole)
    change(content)
    (sections,) = struct.unpack_from("<I", content, 12)
    directory = content[HEADER_BYTES : HEADER_BYTES + ENTRY_BYTES * sections]
    content[32:64] = hashlib.sha256(bytes(content[:32]) + directory).digest()
    return bytes(content)


@pytest.mark.parametrize("part", ["kernel_version", "tables_sha256", "weights_sha256"])
def test_an_index_for_another_scorer_is_refused(part: str, path: Path) -> None:
    scorer = msgspec.structs.replace(SCORER, **{part: "0.0.1"})
    build_index(path, records(2), about=msgspec.structs.replace(ABOUT, scorer=scorer))

    with pytest.raises(IndexFileError, match="another scorer") as error:
        Index(path)

    assert "index build" in error.value.hint


def test_an_index_of_another_layout_is_refused(path: Path) -> None:
    index_of(path, records(2))
    whole = path.read_bytes()

    def other_layout(content: bytearray) -> None:
        struct.pack_into("<I", content, 8, struct.unpack_from("<I", content, 8)[0] + 1)

    assert "layout" in refused(path, changed(whole, other_layout))
    path.write_bytes(changed(whole, lambda content: None))
    Index(path)


def test_a_section_that_lies_beyond_the_file_is_refused(path: Path) -> None:
    index_of(path, records(2))
    whole = path.read_bytes()

    for start, length in ((2**63, 2**63), (0, len(whole) + 1), (2**64 - 1, 2)):

        def astray(content: bytearray, start: int = start, length: int = length) -> None:
            struct.pack_into("<QQ", content, HEADER_BYTES + 7 * ENTRY_BYTES, start, length)

        assert "beyond" in refused(path, changed(whole, astray))
