"""A file is filed with its own list, whole or cut, or refused; never with the other list."""

import gzip
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.sources.official.ofac import kind_of, read_csv, xml_list
from article41.sources.official.ofac.delimited import DelimitedFile
from article41.sources.official.ofac.entries import PrimaryRow
from article41.sources.official.ofac.which_list import is_non_sdn, list_with
from tests.sources.documents import part_of
from tests.sources.official.ofac.publications import part

NEIGHBOURS = 50


def list_or_refusal(non_sdn: list[bool]) -> str:
    try:
        return list_with(non_sdn, "a.csv")
    except FormatError:
        return "refused"


@pytest.mark.parametrize(
    ("non_sdn", "others", "expected"),
    [
        (1, 0, "ofac-cons"),
        (5, 1, "ofac-cons"),
        (4, 1, "refused"),
        (4, 4, "refused"),
        (4, 5, "ofac-sdn"),
        (0, 1, "ofac-sdn"),
    ],
)
def test_entries_of_both_kinds_are_refused(non_sdn: int, others: int, expected: str) -> None:
    assert list_or_refusal([True] * non_sdn + [False] * others) == expected


def test_the_refusal_counts_what_speaks_for_either_list() -> None:
    with pytest.raises(FormatError, match=r"4 of 6 entries have") as refusal:
        list_with([True, False] * 2 + [True] * 2, "a.csv")
    assert "whole list" in refusal.value.hint


def test_an_entry_on_the_non_sdn_list_may_say_so_in_its_remarks() -> None:
    assert is_non_sdn(["IRAN"], "Additional Sanctions Information - Not on the SDN List.")
    assert not is_non_sdn(["IRAN"], "Additional Sanctions Information - Secondary Sanctions.")


def real(shared: Path, name: str) -> bytes:
    data = (shared / "data" / "ofac" / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


@pytest.mark.parametrize("form", ["csv", "pip", "del", "ff.gz"])
@pytest.mark.parametrize("percent", [100, 90, 80, 70, 66, 50, 20, 1])
def test_the_beginning_of_the_real_non_sdn_list_is_of_it(
    shared: Path, form: str, percent: int
) -> None:
    rows = real(shared, f"ofac-cons_prim-2018-05-27.{form}").splitlines(keepends=True)

    (version,) = read_csv([part(b"".join(rows[: len(rows) * percent // 100]))], published=None)

    assert version.list_id == "ofac-cons"


@pytest.mark.parametrize("percent", [90, 66, 40, 2])
def test_the_beginning_of_the_real_xml_is_of_the_non_sdn_list(shared: Path, percent: int) -> None:
    head, *entries = real(shared, "ofac-consolidated-2018-04-06.xml.gz").split(b"<sdnEntry>")
    kept = [head, *entries[: len(entries) * percent // 100]]

    (version,) = xml_list.read(
        [part_of(b"<sdnEntry>".join(kept) + b"</sdnList>", "ofac-xml")], published=None
    )

    assert version.list_id == "ofac-cons"


@pytest.mark.slow
def test_no_beginning_and_no_stretch_of_a_real_list_is_of_the_other(shared: Path) -> None:
    names = [
        path.name
        for path in sorted((shared / "data" / "ofac").iterdir())
        if path.is_file() and not {".xml", ".zip"} & {*path.suffixes}
        if kind_of(real(shared, path.name)[: 1 << 16]) == "ofac-primary"
    ]

    assert len(names) == 38
    for name in names:
        own = "ofac-cons" if "cons_" in name else "ofac-sdn"
        rows = map(PrimaryRow.of, DelimitedFile(part(real(shared, name))))
        non_sdn = [is_non_sdn(row.programmes, row.remarks) for row in rows]
        count = len(non_sdn)
        for percent in range(1, 101):
            assert list_with(non_sdn[: count * percent // 100], name) == own, (name, percent)
        stretches = {
            list_or_refusal(non_sdn[start : start + NEIGHBOURS])
            for start in range(count - NEIGHBOURS + 1)
        }
        assert stretches <= {own, "refused"}, name
