import csv
import gzip
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest

from article41.model.entities import NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, Part, ReadingReport
from article41.sources.official import eu_journal
from article41.sources.prose_dates import stated_dates
from article41.sources.publications import read_publications
from article41.sources.table_heads import first_cuts

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "eu-journal"
CONSOLIDATED = (GOLDEN / "consolidated.csv").read_text(encoding="utf-8")
AMENDMENT = (GOLDEN / "amendment.csv").read_text(encoding="utf-8")
EMPTY = (GOLDEN / "empty.csv").read_text(encoding="utf-8")
WORD = re.compile(r"\w+")


def part(text: str | bytes) -> Part:
    data = text if isinstance(text, bytes) else text.encode()
    open_ = partial(io.BytesIO, data)
    kind = next(filter(None, map(eu_journal.kind_of_rows, first_cuts(data, open_))), None)
    assert kind is not None
    return Part(
        kind=kind,
        file_name="any.csv",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=open_,
    )


def read(*texts: str | bytes) -> tuple[dict[str, Listing], ReadingReport]:
    (version,) = eu_journal.read([part(text) for text in texts], published=None)
    reading = version.listings()
    found: dict[str, Listing] = {}
    while True:
        try:
            listing = next(reading)
        except StopIteration as end:
            return found, end.value
        assert listing.id not in found
        found[listing.id] = listing


def test_a_publication_reads_as_reviewed(golden: Callable[[str, str], None]) -> None:
    listings, report = read(CONSOLIDATED, AMENDMENT, EMPTY)

    reading = msgspec.json.encode({"listings": [*listings.values()], "report": report})
    golden("eu-journal/listings.json", msgspec.json.format(reading, indent=2).decode() + "\n")


def test_rows_of_one_entry_unite_their_measures_and_programmes() -> None:
    listings, report = read(CONSOLIDATED)

    ada = listings["32099R0007/I.A/1"]
    assert ada.measures == ("Asset freeze (Annex I.A)", "Travel ban (Annex I.A)")
    assert ada.programmes == ("EU-XA", "EU-XB")
    assert ("birthDate", "spring of 1965") in ada.notes
    assert ("startDate", "2011-05-24, Travel ban (Annex I.A)") in ada.notes
    assert ada.reasons == ("Led the invented fleet.\nAnd its bank.",)
    assert [str(born) for born in ada.entity.birth_dates] == ["1965-09-11", "circa 1966"]
    assert {skip.reason: skip.count for skip in report.skipped} == {
        "row of an entry that stands above, joined to it": 1,
        "`birthDate` that is not all dates, kept as a note": 1,
        "`startDate` that is no whole day, kept as a note": 1,
    }


def test_a_cell_is_split_at_semicolons_outside_quotation_marks() -> None:
    listings, _ = read(CONSOLIDATED)

    names = listings["32099R0007/I.A/1"].entity.names
    aliases = [name.value for name in names if name.kind is NameKind.STRONG_ALIAS]
    assert aliases[-2:] == ["Ада ПРИМЕР", "Ada; the Elder"]


def test_a_name_that_holds_another_in_brackets_gives_both_and_stays_whole() -> None:
    listings, _ = read(CONSOLIDATED)

    names = [name.value for name in listings["32099R0007/I.A/1"].entity.names]
    assert names[:3] == ["Ada (a.k.a. Adda) EXAMPLE", "Ada EXAMPLE", "Adda EXAMPLE"]


@pytest.mark.parametrize(
    ("text", "dates", "is_whole"),
    [
        ("6.3.1955 or 15.3.1955", ["1955-03-06", "1955-03-15"], True),
        ("(a) 1972 (b) 21.3.1974", ["1972", "1974-03-21"], True),
        ("a) 1 Jun. 1976; b) approximately 1975", ["1976-06-01", "circa 1975"], True),
        ("10.2.1983 (or 10.3.1983)", ["1983-02-10", "1983-03-10"], True),
        ("3.5.1977 (15.4.1974 for the alias Otto)", ["1977-05-03", "1974-04-15"], True),
        ("1343 (Hijri calendar), 1964 or 1965", ["1964", "1965"], False),
        ("Approximately 1955-1958", ["circa 1955 to 1958"], True),
        ("before 1964", [], False),
        ("31.2.1964", [], False),
        ("1966-1960", [], False),
    ],
)
def test_dates_of_birth_are_read_as_annexes_print_them(
    text: str,
    dates: list[str],
    is_whole: bool,  # noqa: FBT001
) -> None:
    found, whole = stated_dates(text)

    assert ([str(one) for one in found], whole) == (dates, is_whole)


def test_an_amendment_adds_to_its_entry_and_names_its_act() -> None:
    listings, _ = read(CONSOLIDATED, AMENDMENT)

    star = listings["32099R0007/XLII/5(a)"]
    assert [(name.value, name.act) for name in star.entity.names] == [
        ("EXAMPLE STAR", ""),
        ("SAMPLE STAR (ex EXAMPLE STAR)", "32099R0041"),
        ("SAMPLE STAR", "32099R0041"),
    ]
    assert [act.title for act in star.legal_acts] == ["32099R0007", "32099R0041"]
    kinds = [identifier.kind for identifier in star.entity.identifiers]
    assert kinds == [IdentifierKind.IMO, IdentifierKind.MMSI]
    assert "32099R0007/XLII/6" in listings
    assert listings["32098R0001/I/1"].entity.schema is Schema.ORGANIZATION


def test_a_number_without_its_kind_takes_it_from_the_brackets() -> None:
    listings, _ = read(CONSOLIDATED)

    (optics,) = (one for one in listings.values() if one.entity.schema is Schema.LEGAL_ENTITY)
    number = optics.entity.identifiers[0]
    assert (number.kind, number.value, number.note) == (
        IdentifierKind.TAX,
        "0000000017",
        "Tax ID/INN",
    )
    assert re.fullmatch("32099R0007/IV/~[0-9a-f]{12}", optics.id)


def test_the_number_of_an_unnumbered_entry_stays_when_other_cells_change() -> None:
    changed = CONSOLIDATED.replace("Limited Liability Company", "Company").replace("+99 2", "+99 3")

    assert read(changed)[0].keys() == read(CONSOLIDATED)[0].keys()


def test_a_number_shared_by_two_schemas_carries_them() -> None:
    row = "32099R0007,6,EU-XA,XLII,Services ban,,,{},Sample" + "," * 36 + "\n"

    listings, _ = read(CONSOLIDATED + row.format("Vessel") + row.format("Asset"))

    assert {"32099R0007/XLII/6/Vessel", "32099R0007/XLII/6/Asset"} < listings.keys()


@pytest.mark.parametrize("texts", [(EMPTY,), (AMENDMENT,), (AMENDMENT, EMPTY)])
def test_tables_without_a_consolidated_entry_are_refused(texts: tuple[str, ...]) -> None:
    with pytest.raises(FormatError, match="no consolidated entry"):
        read(*texts)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("LegalEntity", "Legal", "unknown schema `Legal`"),
        ("Export control", "", "an entry without a measure"),
        ("Example Optics LLC", "", "an entry without a name"),
        ("notes\n", "rumours\n", "column is missing"),
        ("gender,", "gender,rank,", "46 cells expected, 45 found"),
        ("gender,", "rank,", "the column is missing"),
        ("\n32099R0007,,EU-XA,IV", "\n32099R0008,,EU-XA,IV", "in the table of another"),
        ('"Led', "Led", "cells expected|in the table of another|unknown schema"),
        ("Examplia", "Exampl\0ia", "NUL"),
    ],
)
def test_a_table_that_is_not_as_described_is_refused(before: str, after: str, message: str) -> None:
    assert before in CONSOLIDATED

    with pytest.raises(FormatError, match=message):
        read(CONSOLIDATED.replace(before, after, 1))


@pytest.mark.parametrize("cut", range(1, 100, 7))
def test_a_table_cut_inside_a_row_is_refused(cut: int) -> None:
    last = CONSOLIDATED.rstrip("\n").rindex("\n") + 1

    with pytest.raises(FormatError, match=r"cells expected|another"):
        read(CONSOLIDATED[: last + cut])


def test_another_encoding_is_refused() -> None:
    with pytest.raises(FormatError, match="not UTF-8"):
        read(CONSOLIDATED.encode("cp1251"))


def test_an_act_in_two_tables_is_refused() -> None:
    with pytest.raises(FormatError, match="holds the same act"):
        read(CONSOLIDATED, CONSOLIDATED.replace("Admiral", "Captain"))


def test_every_text_of_the_real_tables_is_in_its_listing(shared: Path) -> None:
    files = sorted((shared / "data" / "eu" / "journal-2026-08").glob("*.csv*"))
    rows = defaultdict(list)
    for file in files:
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for row in csv.DictReader(io.StringIO(data.decode(), newline="")):
            act = row.get("amendedCelex") or row.get("celex")
            numbered = f"{act}/{row['annex']}/{''.join(row['recordId'].split())}"
            rows[numbered if row["recordId"] else f"{act}/{row['annex']}/{row['name']}"].append(row)

    (version,) = read_publications(files)
    listings = list(version.listings())

    assert len(listings) == len({listing.id for listing in listings}) == 8_191
    found = 0
    for listing in listings:
        act, annex, number = listing.id.split("/", 2)
        name = listing.entity.names[0].value
        key = f"{act}/{annex}/{name}" if number.startswith("~") else listing.id
        said = set(WORD.findall(msgspec.json.encode(listing).decode().replace("\\n", " ")))
        found += len(rows[key])
        for row in rows[key]:
            for column in row.keys() - {"startDate", "birthDate", "schema", "recordId"}:
                assert set(WORD.findall(row[column].replace('""', '"'))) <= said, (key, column)
            has_date = listing.listed_on or "startDate" in dict(listing.notes)
            assert not row["startDate"] or has_date
    assert found == sum(map(len, rows.values())) == 8_203


def test_a_set_without_an_act_that_always_lists_somebody_has_a_gap() -> None:
    texts = [CONSOLIDATED.replace("32099R0007", act) for act in eu_journal.ACTS_THAT_LIST]
    parts = [part(text) for text in texts]

    def gaps(some: list[Part], published: date) -> tuple[str, ...]:
        [version] = eu_journal.read(some, published=published)
        reading = version.listings()
        while True:
            try:
                next(reading)
            except StopIteration as end:
                return tuple(end.value.gaps)

    assert gaps(parts, date(2024, 6, 1)) == ()
    assert gaps(parts[1:], date(2024, 6, 1)) == ("the annexes of 32001R2580",)
    assert gaps(parts[:-1], date(2024, 6, 1)) == ("the annexes of 32020R1998",)
    assert gaps(parts[:-1], date(2020, 6, 1)) == ()
