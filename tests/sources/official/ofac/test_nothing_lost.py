"""Every text of the input is found again in a listing or counted in the report."""

import gzip
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ReadingReport
from article41.sources.official.ofac import kind_of, read_csv
from tests.sources.official.ofac.publications import (
    NULL,
    finish,
    lost_cells,
    lost_words,
    part,
    read,
    rows_of,
    table,
    texts_of,
)

SDN_2023_12_28 = (
    "ofac-sdn-2023-12-28.csv.gz",
    "ofac-alt-2024-01-08.csv",
    "ofac-add-2024-01-08.csv.gz",
    "ofac-sdn_comments-2023-11-30.csv",
)
CONS_2025_12_19 = (
    "ofac-cons_prim-2025-12-19.csv",
    "ofac-cons_alt-2025-12-19.csv",
    "ofac-cons_add-2025-12-19.csv",
)
PIPES_2020_06_11 = (
    "ofac-sdn-2020-06-11.pip.gz",
    "ofac-alt-2020-06-11.pip",
    "ofac-add-2020-06-11.pip",
)


def unpacked(shared: Path, name: str) -> bytes:
    data = (shared / "data" / "ofac" / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd")
    | st.sampled_from("\n;'\",|@()"),
    max_size=40,
)
cells = texts.map(str.strip).filter(lambda text: text not in {"-0", "-0-"})
names = cells.filter(bool)
optional = cells | st.just(NULL)
labels = st.sampled_from(
    ["", "DOB ", "POB ", "Passport ", "Linked To: ", "a.k.a. ", "alt. Tax ID No. ", "Gender "]
)
remarks = st.lists(st.tuples(labels, cells).map("".join), max_size=6).map("; ".join)


@st.composite
def publications(draw: st.DrawFn) -> list[list[list[str]]]:
    numbers = draw(st.lists(st.integers(0, 99), min_size=1, max_size=4, unique=True))
    entries = [
        [
            str(number),
            draw(names),
            draw(st.sampled_from([NULL, "individual", "vessel", "aircraft"])),
            *(draw(optional) for _ in range(8)),
            draw(remarks),
        ]
        for number in numbers
    ]
    of_one = st.sampled_from(numbers).map(str)
    row_number = st.integers(0, 999).map(str)
    kind = st.sampled_from(["aka", "fka", "nka"])
    aliases = st.tuples(of_one, row_number, kind, names, optional).map(list)
    addresses = st.tuples(of_one, row_number, *[optional] * 4).map(list)
    tables = [entries, *(draw(st.lists(rows, max_size=4)) for rows in (aliases, addresses))]
    return [rows for rows in tables if rows]


@given(publications())
def test_every_cell_of_any_publication_stands_in_its_listing(
    publication: list[list[list[str]]],
) -> None:
    rows_by_number: dict[str, list[list[str]]] = defaultdict(list)
    for rows in publication:
        for row in rows:
            rows_by_number[row[0]].append(row)

    listings, report = read(*(table(*rows) for rows in publication))

    assert len(listings) == len(publication[0])
    for listing in listings:
        assert lost_cells(listing, rows_by_number[listing.id]) == []
        assert lost_words(listing) == []
    assert report.kept == report.read == sum(map(len, publication))


@given(st.binary(max_size=300), st.sampled_from(["ofac-primary", "ofac-alt", "ofac-add"]))
def test_bytes_by_chance_are_refused(data: bytes, kind: str) -> None:
    with pytest.raises(FormatError):
        read_csv([part(data, kind=kind)], published=None)


@given(publications(), st.data())
def test_a_publication_cut_anywhere_is_refused_or_names_the_gap(
    publication: list[list[list[str]]], data: st.DataObject
) -> None:
    whole = table(*publication[0]).encode()
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]

    try:
        (version,) = read_csv([part(cut, kind="ofac-primary")], published=None)
        gaps = finish(version)[1].gaps
    except FormatError as refusal:
        gaps = (refusal.message,)

    assert gaps != ()
    assert "aliases (ALT.CSV)" not in gaps or gaps[-1].startswith("the end mark of SDN.CSV")


@pytest.mark.slow
@pytest.mark.parametrize("names_of_files", [SDN_2023_12_28, CONS_2025_12_19])
def test_every_cell_and_every_remark_of_a_real_publication_is_found_again(
    shared: Path, names_of_files: tuple[str, ...]
) -> None:
    files = [unpacked(shared, name) for name in names_of_files]
    rows_by_number: dict[str, list[list[str]]] = defaultdict(list)
    for data in files:
        if kind_of(data[: 1 << 16]) != "ofac-comments":
            for row in rows_of(data):
                row[-1] = NULL if len(row[-1]) >= 999 else row[-1]
                rows_by_number[row[0]].append(row)

    listings, report = read(*files)

    assert report.kept == report.read == sum(len(rows_of(data)) for data in files)
    assert [lost for one in listings for lost in lost_cells(one, rows_by_number[one.id])] == []
    assert [(one.id, lost) for one in listings for lost in lost_words(one)] == []


@pytest.fixture(scope="module")
def sdn(shared: Path) -> tuple[list[Listing], ReadingReport]:
    return read(*(unpacked(shared, name) for name in SDN_2023_12_28))


def test_a_coherent_publication_has_no_orphan(sdn: tuple[list[Listing], ReadingReport]) -> None:
    listings, report = sdn

    assert report.read == report.kept == 13_821 + 17_091 + 18_990 + 16
    assert report.listings == len(listings) == 13_821
    assert report.names == sum(len(listing.entity.names) for listing in listings)
    assert report.gaps == ()
    # The comments are four weeks older than the list.
    (skip,) = report.skipped
    assert skip.reason == "remark cut at 1,000 characters, its continuation is missing"
    assert (skip.count, skip.places) == (1, ("SDN.CSV:13081",))


def test_the_remarks_of_a_real_list_become_typed_data(
    shared: Path, sdn: tuple[list[Listing], ReadingReport]
) -> None:
    _, alone = read(unpacked(shared, SDN_2023_12_28[0]))
    _, joined = sdn

    # One of the 56,260 pieces between semicolons is empty.
    assert alone.remark_segments == 56_259
    assert alone.remark_segments_typed >= 0.998 * 56_260
    assert joined.remark_segments_typed >= 0.998 * joined.remark_segments
    stayed_text = joined.remark_segments - joined.remark_segments_typed
    assert sum(count for _, count in joined.remark_words) == stayed_text


def test_wallets_cut_between_the_files_are_whole(
    shared: Path, sdn: tuple[list[Listing], ReadingReport]
) -> None:
    addresses = {
        found.value
        for listing in sdn[0]
        for found in listing.entity.identifiers
        if found.kind is IdentifierKind.WALLET and found.label == "XBT"
    }

    folder = shared / "data" / "ofac" / "digital-currency"
    before, after = (
        set((folder / f"ofac-XBT-{day}.txt").read_text(encoding="utf-8").split())
        for day in ("2022-09-03", "2024-09-27")
    )
    assert before < addresses < after


def test_both_lists_are_sorted_from_one_heap_of_real_files(shared: Path) -> None:
    heap = [part(unpacked(shared, name)) for name in CONS_2025_12_19[::-1] + SDN_2023_12_28]

    cons, sdn = read_csv(heap, published=None)

    assert (cons.list_id, len(cons.parts)) == ("ofac-cons", 3)
    assert (sdn.list_id, len(sdn.parts)) == ("ofac-sdn", 4)
    listings, report = finish(cons)
    assert report.listings == len(listings) == 442


def test_the_pipe_form_with_a_keepers_header_reads(shared: Path) -> None:
    listings, report = read(*(unpacked(shared, name) for name in PIPES_2020_06_11))

    assert len(listings) == 8_224
    (header,) = [skip for skip in report.skipped if "header" in skip.reason]
    assert header.places == ("SDN.CSV:1", "ALT.CSV:1", "ADD.CSV:1")


def test_the_three_delimited_forms_of_one_list_read_the_same(shared: Path) -> None:
    forms = [
        read(unpacked(shared, f"ofac-cons_prim-2018-05-27.{form}"))
        for form in ("csv", "pip", "del")
    ]

    assert forms[0] == forms[1] == forms[2]
    assert any("NS-PLC" in texts_of(listing) for listing in forms[0][0])


def test_a_row_that_a_keeper_added_under_a_number_in_use_is_kept_beside(shared: Path) -> None:
    listings, report = read(unpacked(shared, "ofac-sdn-2022-01-31.csv.gz"))

    assert [listing.id for listing in listings if "~" in listing.id] == ["2677~2"]
    assert any("`2677`" in gap for gap in report.gaps)


def test_all_four_forms_of_one_day_read_alike(shared: Path) -> None:
    forms = [
        [bare(listing) for listing in read(unpacked(shared, f"ofac-cons_prim-2018-05-27.{end}"))[0]]
        for end in ("csv", "del", "pip", "ff.gz")
    ]

    assert len(forms[0]) == 639
    assert all(form == forms[0] for form in forms[1:])


def bare(listing: Listing) -> Listing:
    return msgspec.structs.replace(listing, place="")
