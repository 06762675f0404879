"""OFAC's enhanced XML: which list a file is, odd days, refusals, nothing lost of a whole file."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ListVersion
from article41.sources.official.ofac import enhanced, xml_list
from tests.sources.documents import part_of, read_all, strings_of, texts_of

GOLDEN = Path(__file__).parents[3] / "golden" / "ofac-enhanced"
WHOLE = (GOLDEN / "whole.xml").read_bytes()
EXTRACT = (GOLDEN / "extract.xml").read_bytes()
COUNTED = {
    "isPrimary", "isLowQuality", "script", "versionId", "valueRefId", "isApproximate",
    "isDateRange", "isValid", "reliability", "quality", "formattedFirstName", "formattedLastName",
}  # fmt: skip
"""Elements whose text is counted, or says what a name or a date is, and stands nowhere itself."""


def versions(data: bytes) -> tuple[ListVersion, ...]:
    return enhanced.read([part_of(data, "ofac-enhanced-xml")], published=None)


def edited(old: str, new: str, data: bytes = WHOLE) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


def person(data: bytes) -> Listing:
    """The first entry of the golden file, which stands on the SDN list."""
    (listing,), _ = read_all(versions(data)[0])
    return listing


@pytest.mark.parametrize(
    ("old", "new", "lists"),
    [
        ("SDN List</sanctionsList>\n        <", "SDN List</sanctionsList>\n        <", 2),
        ('<sanctionsList refId="91512">Consolidated List</sanctionsList>', "", 1),
        ('<sanctionsList refId="1550">SDN List</sanctionsList>', "", 1),
    ],
)
def test_the_filters_tell_which_lists_a_file_holds(old: str, new: str, lists: int) -> None:
    found = versions(edited(old, new))

    assert len(found) == lists
    if lists == 2:
        ids = [[listing.key for listing in read_all(version)[0]] for version in found]
        assert ids == [["ofac-sdn/41"], ["ofac-cons/42"]]


def test_an_extract_never_takes_the_place_of_a_list() -> None:
    (version,) = versions(EXTRACT)
    (listing,), report = read_all(version)

    assert version.list_id == "ofac-extract-xa-fleet"
    assert listing.restates == ("ofac-sdn/41",)
    assert report.gaps == ("every programme but XA-FLEET",)


def test_a_ships_number_is_one_whatever_stands_before_it() -> None:
    (listing,), _ = read_all(versions(EXTRACT)[0])

    (number,) = listing.entity.identifiers
    assert (number.kind, number.value) == (IdentifierKind.IMO, "9074729")


@pytest.mark.parametrize(
    ("begin", "end", "stated"),
    [
        ("2014-10-27", "2014-10-27", "2014-10-27"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2014-02-01", "2016-02-29", "2014-02 to 2016-02"),
        ("2014-02-01", "2200-12-31", "2014-02 to 2200-12"),
        ("2014-02-03", "2014-02-05", "2014-02-03 to 2014-02-05"),
    ],
)
def test_four_days_state_a_day_a_month_a_year_or_a_span(begin: str, end: str, stated: str) -> None:
    data = edited("<fromDateBegin>2014-10-01</fromDateBegin>",
                  f"<fromDateBegin>{begin}</fromDateBegin>")  # fmt: skip
    data = edited("<toDateEnd>2014-10-31</toDateEnd>", f"<toDateEnd>{end}</toDateEnd>", data)

    assert person(data).entity.identifiers[0].expires_on == stated


@pytest.mark.parametrize("end", ["9999-12-31", "2014-10-32", "soon"])
def test_days_that_no_calendar_here_has_are_kept_as_text(end: str) -> None:
    data = edited("<toDateEnd>2014-10-31</toDateEnd>", f"<toDateEnd>{end}</toDateEnd>")
    (listing,), report = read_all(versions(data)[0])

    assert listing.entity.identifiers[0].expires_on == ""
    assert ("expirationDate", f"2014-10-01 2014-10-31 2014-10-01 {end}") in listing.notes
    assert "no span of days, kept as text" in {skip.reason for skip in report.skipped}


def test_the_name_on_a_document_is_kept_if_it_is_another() -> None:
    data = edited(">EXAMPLE, Ada</name>", ">SPECIMEN, Eva</name>")

    assert ("Passport name", "SPECIMEN, Eva") in person(data).notes
    assert "Passport name" not in dict(person(WHOLE).notes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<entity id="41">', "<entity>", "no number"),
        (">Individual<", ">Ghost<", "unknown type `Ghost`"),
        ('datePublished="2015-04-14"', 'datePublished="April"', "`April` is no day"),
        ("2025-01-10T00:00:00", "tomorrow", "`tomorrow` is no date"),
        ("<title>", "<honour>x</honour><title>", "honour"),
    ],
)
def test_what_does_not_belong_is_refused(old: str, new: str, said: str) -> None:
    data = edited(old, new)

    with pytest.raises(FormatError, match=said) as caught:
        _ = [read_all(version) for version in versions(data)]

    assert caught.value.file == "input.xml"
    assert caught.value.hint


def test_no_text_of_the_whole_file_is_lost(shared: Path) -> None:
    with zipfile.ZipFile(shared / "data/ofac/ofac-cons_enhanced-2025-01-10.zip") as archive:
        data = archive.read(archive.namelist()[0])
    (version,) = versions(data)
    listings, report = read_all(version)
    by_id = {listing.id: listing for listing in listings}

    missing = []
    for entity in ElementTree.fromstring(data).iterfind("{*}entities/{*}entity"):
        held = " | ".join(strings_of(by_id[entity.attrib["id"]]))
        for element in entity.iterfind(".//{*}namePart/{*}value/.."):
            element.clear()
        for name, text in texts_of(entity):
            if name not in COUNTED and not name.endswith(("Begin", "End")) and text not in held:
                missing.append((entity.attrib["id"], name, text))

    assert report.listings == len(listings) == 443
    kinds = {(name, text) for _, name, text in missing}
    assert {name for name, _ in kinds} <= {"type", "value", "aliasType", "entityType"}
    # What is left are labels that became fields, and dates of birth in words.
    assert all(name != "value" or any(map(str.isdigit, text)) for name, text in kinds)


def test_it_says_of_an_entry_what_the_legacy_xml_says(shared: Path) -> None:
    folder = shared / "data" / "ofac"
    with zipfile.ZipFile(folder / "ofac-cons_enhanced-2025-01-10.zip") as archive:
        (version,) = versions(archive.read(archive.namelist()[0]))
    legacy = (folder / "ofac-consolidated-2025-03-28.xml").read_bytes()
    (other,) = xml_list.read([part_of(legacy, "ofac-xml")], published=None)
    mine = {listing.id: listing for listing in read_all(version)[0]}
    theirs = {listing.id: listing for listing in read_all(other)[0]}

    same = [number for number in mine if number in theirs]
    alike = [
        number
        for number in same
        if {name.value for name in theirs[number].entity.names}
        <= {name.value for name in mine[number].entity.names}
        and mine[number].entity.schema is theirs[number].entity.schema
    ]
    assert len(same) > 430
    assert len(alike) > 0.95 * len(same)
