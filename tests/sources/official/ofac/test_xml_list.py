"""OFAC's legacy XML: golden files, refusals, and nothing lost of the whole files."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.errors import FormatError
from article41.model.listings import Listing, ReadingReport
from article41.sources.official import ofac
from article41.sources.official.ofac import xml_list
from tests.sources.documents import as_json, part_of, read_all, strings_of, texts_of

GOLDEN = Path(__file__).parents[3] / "golden" / "ofac-xml"
CONSOLIDATED = (GOLDEN / "consolidated.xml").read_bytes()
SDN = (GOLDEN / "sdn.xml").read_bytes()

ENCODED = {
    "type": {"a.k.a.", "f.k.a.", "n.k.a."},
    "category": {"strong", "weak"},
    "sdnType": {"Individual", "Entity", "Vessel", "Aircraft"},
    "mainEntry": {"true", "false"},
    # These became the names of properties.
    "idType": {
        "Additional Sanctions Information -",
        "Former Vessel Flag",
        "Gender",
        "Issuer Name",
        "Nationality of Registration",
        "Organization Established Date",
        "Purchase/Sales For Divestment Date (CMIC)",
        "Secondary sanctions risk:",
        "Target Type",
    },
}


def read(data: bytes) -> tuple[list[Listing], ReadingReport]:
    (version,) = xml_list.read([part_of(data, "ofac-xml")], published=None)
    return read_all(version)


def edited(old: str, new: str) -> bytes:
    assert old.encode() in CONSOLIDATED
    return CONSOLIDATED.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize("name", ["consolidated", "sdn"])
def test_entries_are_read_as_reviewed(name: str, golden: Callable[[str, str], None]) -> None:
    (version,) = xml_list.read(
        [part_of((GOLDEN / f"{name}.xml").read_bytes(), "ofac-xml")], published=None
    )

    golden(f"ofac-xml/{name}.xml.listings.json", as_json(*read_all(version)))


def test_list_and_date_are_found_in_the_file() -> None:
    (consolidated,) = xml_list.read([part_of(CONSOLIDATED, "ofac-xml")], published=None)
    (sdn,) = xml_list.read([part_of(SDN, "ofac-xml")], published=date(2024, 2, 9))

    assert (consolidated.list_id, consolidated.published) == ("ofac-cons", date(2025, 3, 28))
    assert (sdn.list_id, sdn.published) == ("ofac-sdn", date(2024, 2, 3))
    assert not sdn.published_is_stated


def test_wrong_record_count_is_a_gap_that_every_answer_names() -> None:
    _, whole = read(CONSOLIDATED)
    _, short = read(SDN)

    assert (whole.gaps, whole.may_be_cut) == ((), False)
    assert short.gaps == ("entries: Record_Count says 3, the file has 2",)
    assert short.may_be_cut


def test_main_values_come_first() -> None:
    listings, _ = read(CONSOLIDATED)

    assert listings[0].entity.nationalities == ("Examplia", "Other Land", "Third Land")


def test_absurd_date_of_birth_stays_text_and_is_counted() -> None:
    listings, report = read(CONSOLIDATED)

    assert "DOB 31 Feb 1963" in listings[0].unparsed
    assert "date of birth kept as text" in str(report.skipped)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<remarks>", "<risk>high</risk><remarks>", "unknown element `risk`"),
        ("<uid>90001</uid>", "<uid n='1'>90001</uid>", "unknown attribute `n`"),
        ("<uid>90001</uid>", "<uid>90002</uid>", "already stands on line"),
        ("<uid>90001</uid>", "<uid/>", "the entry has none"),
        ("<sdnType>Vessel<", "<sdnType>Submarine<", "unknown type `Submarine`"),
        ("<category>weak<", "<category>faint<", "unknown alias"),
        ("<lastName>EXAMPLE STAR<", "<lastName> <", "a name without letters"),
        ("<lastName>UMM MITHAL</lastName>", "", "a name without letters"),
        ("03/28/2025", "28/03/2025", "is not a date"),
        ("03/28/2025", "02/31/2025", "is not a date"),
        ("sanctionslistservice.ofac.treas.gov", "xa.example", "unknown namespace"),
        ("</sdnList>", "", "not well-formed"),
        ("<sdnEntry>", "<sdnEntry xmlns='urn:xa'>", "unknown element"),
    ],
)
def test_what_is_not_known_is_an_error_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(FormatError, match=re.escape(said)) as caught:
        read(edited(old, new))

    assert caught.value.file == "input.xml"
    assert caught.value.line > 0


def test_list_without_entries_is_refused() -> None:
    head, _, _ = CONSOLIDATED.partition(b"<sdnEntry>")

    with pytest.raises(FormatError, match="no entry"):
        read(head + b"</sdnList>")


def whole_files(shared: Path) -> list[tuple[str, bytes]]:
    found = sorted((shared / "data" / "ofac").glob("ofac-consolidated-*.xml*"))
    assert found
    return [
        (
            path.name,
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes(),
        )
        for path in found
    ]


def is_held(name: str, text: str, held: set[str]) -> bool:
    """True if a text of the file is found in the listing, looked for without its reader."""
    if text in ENCODED.get(name, ()) or text in held:
        return True
    if any(text in other for other in held):
        return True
    # Labels and values may lie in two fields; dates of birth are read.
    words = re.findall(r"[\w@.:/-]+", text.removesuffix(":"))
    if name in {"idType", "idNumber", "title"}:
        return all(any(word.strip(":-.") in other for other in held) for word in words)
    return False


def births_of(listing: Listing) -> set[str]:
    """The dates of birth as the file writes them."""
    written = set()
    for birth in listing.entity.birth_dates:
        days = [birth.first, *([birth.last] if birth.last else [])]
        words = [
            date(day.year, day.month, day.day).strftime("%d %b %Y") if day.day else str(day)
            for day in days
        ]
        written.add(" to ".join(words))
    return written


def test_whole_files_lose_nothing(shared: Path) -> None:
    for file, data in whole_files(shared):
        root = ElementTree.fromstring(data)

        listings, report = read(data)

        entries = root.findall("{*}sdnEntry")
        assert [listing.id for listing in listings] == [e.findtext("{*}uid") for e in entries]
        assert report.gaps == ()
        lost = []
        for entry, listing in zip(entries, listings, strict=True):
            held = strings_of(listing)
            lost += [
                (file, listing.id, name, text)
                for name, text in texts_of(entry)
                if not is_held(name, text, held)
                and not (name == "dateOfBirth" and text in births_of(listing))
            ]
        assert lost == []


def facts_of(listing: Listing) -> dict[str, object]:
    """What both forms publish; they differ in quotes, double blanks and a last full stop."""
    entity = listing.entity
    return {
        "schema": entity.schema,
        "names": {(name.value.replace('"', "'"), name.kind) for name in entity.names},
        "programmes": sorted(listing.programmes),
        "births": (set(entity.birth_dates), set(entity.birth_places)),
        "numbers": {
            (number.kind, " ".join(number.value.split()), number.country)
            for number in entity.identifiers
        },
        "links": set(entity.links),
        "properties": {(name, value.rstrip(".")) for name, value in entity.properties},
    }


def test_whole_file_says_the_same_as_the_delimited_files(shared: Path) -> None:
    folder = shared / "data" / "ofac"
    parts = [
        part_of((folder / f"ofac-cons_{table}-2025-12-19.csv").read_bytes(), kind)
        for table, kind in (("prim", "ofac-primary"), ("alt", "ofac-alt"), ("add", "ofac-add"))
    ]
    (delimited,) = ofac.read_csv(parts, published=None)
    by_id = {listing.id: listing for listing in read_all(delimited)[0]}
    data = (folder / "ofac-consolidated-2026-01-08.xml").read_bytes()

    listings, _ = read(data)

    assert {listing.id for listing in listings} == set(by_id)
    # The delimited remark is cut at 1,000 characters and its continuation is not among the files.
    whole = [listing for listing in listings if len(by_id[listing.id].remarks) < 999]
    assert len(whole) > 300
    differing = [
        listing.id for listing in whole if facts_of(listing) != facts_of(by_id[listing.id])
    ]
    assert differing == ["18721"], "only this one was amended between the two days"


@pytest.mark.parametrize("letters", [".", "@", "www.", "(", "; ", "No. 1 ", "a.k.a. '"])
def test_longest_remark_of_hostile_letters_ends(letters: str) -> None:
    remark = (letters * 100_000)[:99_990] + "x y."

    listings, _ = read(edited("MITHAL - Old Town; (Linked To: EXAMPLE TRADING)", remark))

    assert listings[0].remarks == remark.strip()
