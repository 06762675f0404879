"""OFAC's enhanced XML: which list a file is, odd days, refusals, nothing lost of a whole file."""

import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ListVersion
from article41.sources.official.ofac import enhanced, xml_list
from article41.sources.official.ofac.remark_values import stated_date
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
        days = [
            {listing.key: str(listing.listed_on) for listing in read_all(version)[0]}
            for version in found
        ]
        # Number 41 stands on both lists, and came on them on different days.
        assert days == [
            {"ofac-sdn/41": "2015-04-14"},
            {"ofac-cons/41": "2014-03-02", "ofac-cons/42": "2014-07-16"},
        ]


@pytest.mark.parametrize(
    ("lists", "ids"),
    [
        (["CAPTA List"], ["ofac-extract-capta-list"]),
        (["SDN List", "CAPTA List"], ["ofac-sdn", "ofac-extract-capta-list"]),
        (["CAPTA List", "Consolidated List"], ["ofac-cons"]),
        ([], ["ofac-sdn", "ofac-cons"]),
    ],
)
def test_one_of_the_consolidated_lists_alone_is_an_extract(
    lists: list[str], ids: list[str]
) -> None:
    begin, _, rest = WHOLE.partition(b"<filters>")
    named = "".join(f'<sanctionsList refId="1">{name}</sanctionsList>' for name in lists)
    data = b"".join(
        [begin, f"<filters><sanctionsLists>{named}</sanctionsLists>".encode(), b"</filters>",
         rest.partition(b"</filters>")[2]]
    )  # fmt: skip

    found = versions(data)

    assert [version.list_id for version in found] == ids
    if lists == ["CAPTA List"]:
        (_, bank), report = read_all(found[0])
        assert bank.restates == ("ofac-cons/42",)
        assert report.gaps == ("every list but CAPTA List",)


def test_the_day_on_the_sdn_list_is_never_that_of_an_entry_on_another_list() -> None:
    data = edited('<sanctionsList refId="1550">SDN List</sanctionsList>', "")

    (version,) = versions(data)
    (ada, _), _ = read_all(version)

    assert (ada.key, str(ada.listed_on)) == ("ofac-cons/41", "2014-03-02")


def test_programmes_of_some_lists_only_say_both_in_their_name() -> None:
    data = edited(">SDN List<", ">CAPTA List<", EXTRACT)
    data = edited(">Consolidated List<", ">FSE List<", data)

    (version,) = versions(data)

    assert version.list_id == "ofac-extract-capta-list-fse-list-xa-fleet"
    assert read_all(version)[1].gaps == ("every programme but XA-FLEET",
                                         "every list but CAPTA List, FSE List")  # fmt: skip


def test_what_the_schema_allows_and_no_file_had_is_kept() -> None:
    data = edited("<identityId>17041</identityId>", "<identityId>17041</identityId>"
                  "<isUsCitizen>false</isUsCitizen>")  # fmt: skip
    data = edited(
        '<issuingCountry refId="11218">',
        '<idFeatures><idFeature id="7" featureVersionId="8">Seal of Examplia</idFeature>'
        '</idFeatures><issuingCountry refId="11218">',
        data,
    )
    data = edited(
        '<relatedEntity entityId="42">SPECIMEN BANK</relatedEntity>',
        '<relatedEntity entityId="42" /><dateRange id="3"><fromDateBegin>2001-01-01</fromDateBegin>'
        "<toDateEnd>2004-12-31</toDateEnd></dateRange>",
        data,
    )

    ada = person(data)

    assert ("isUsCitizen", "false") in ada.notes
    assert ("Passport feature", "Seal of Examplia") in ada.notes
    assert ("relationship", "Owned or Controlled By 42 2001 to 2004") in ada.notes
    assert ada.entity.links == ()


def test_an_address_in_two_scripts_is_two_addresses() -> None:
    data = edited(
        "</translation>\n          </translations>\n        </address>",
        '</translation><translation id="9"><isPrimary>false</isPrimary><script refId="20123">'
        'Cyrillic</script><addressParts><addressPart id="8"><type refId="1454">CITY</type>'
        "<value>Экзамплвилль</value></addressPart></addressParts></translation>"
        "</translations></address>",
    )

    latin, cyrillic = person(data).entity.addresses

    assert (latin.city, latin.country, latin.note) == ("Exampleville", "Examplia", "")
    assert (cyrillic.city, cyrillic.country) == ("Экзамплвилль", "Examplia")
    assert cyrillic.note == "Cyrillic"


def test_what_other_forms_print_in_columns_of_a_vessel_goes_to_the_same_fields() -> None:
    (listing,), _ = read_all(versions(EXTRACT)[0])

    assert listing.entity.properties == (("type", "Crude Oil Tanker"),)


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
        ("2014-10-27", "2014-10-27", "27 Oct 2014"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2014-02-01", "2016-02-29", "Feb 2014 to Feb 2016"),
        ("2014-02-01", "2200-12-31", "Feb 2014 to Dec 2200"),
        ("2014-02-03", "2014-02-05", "03 Feb 2014 to 05 Feb 2014"),
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

    missing = set()
    for entity in ElementTree.fromstring(data).iterfind("{*}entities/{*}entity"):
        held = " | ".join(strings_of(by_id[entity.attrib["id"]]))
        for element in entity.iterfind(".//{*}namePart/{*}value/.."):
            element.clear()
        for name, text in texts_of(entity):
            if name in COUNTED or name.endswith(("Begin", "End")):
                continue
            # One number has its country behind it in brackets.
            pieces = text.replace("(Russia)", "").split(";") if name == "documentNumber" else [text]
            if not all(piece.strip() in held for piece in pieces):
                missing.add((name, text))

    assert report.listings == len(listings) == 443
    # Labels became fields and kinds of names; dates of birth in words became dates.
    assert {name for name, _ in missing} == {"type", "value", "aliasType", "entityType"}
    assert all(stated_date(text) for name, text in missing if name == "value")
    assert {text for name, text in missing if name == "entityType"} == {"Individual", "Entity"}


def test_it_says_of_an_entry_what_the_legacy_xml_says(shared: Path) -> None:
    folder = shared / "data" / "ofac"
    with zipfile.ZipFile(folder / "ofac-cons_enhanced-2025-01-10.zip") as archive:
        (version,) = versions(archive.read(archive.namelist()[0]))
    legacy = (folder / "ofac-consolidated-2025-03-28.xml").read_bytes()
    (other,) = xml_list.read([part_of(legacy, "ofac-xml")], published=None)
    mine = {listing.id: listing for listing in read_all(version)[0]}
    theirs = {listing.id: listing for listing in read_all(other)[0]}

    assert mine.keys() == theirs.keys()
    for number, listing in theirs.items():
        entity, own = listing.entity, mine[number].entity
        assert mine[number].programmes == listing.programmes
        assert mine[number].unparsed == listing.unparsed
        for field in ("schema", "birth_dates", "birth_places", "nationalities", "genders", "titles",
                      "flags"):  # fmt: skip
            assert getattr(own, field) == getattr(entity, field), (number, field)
        assert sorted(own.links) == sorted(entity.links)
        # Names in other scripts come on top.
        latin = {(one.value, one.kind, one.note) for one in own.names if one.script == "Latn"}
        assert latin == {(one.value, one.kind, one.note) for one in entity.names}
        numbers = {(one.kind, one.value, one.label.rstrip(":")) for one in entity.identifiers}
        assert {(one.kind, one.value, one.label) for one in own.identifiers} == numbers


def test_no_day_of_listing_is_later_than_a_list_with_the_entry(shared: Path) -> None:
    folder = shared / "data" / "ofac"
    with zipfile.ZipFile(folder / "ofac-cons_enhanced-2025-01-10.zip") as archive:
        (version,) = versions(archive.read(archive.namelist()[0]))
    rows = (folder / "ofac-cons_prim-2018-05-27.csv").read_text(encoding="ascii").splitlines()
    early = {row.partition(",")[0] for row in rows}

    days = {listing.id: listing.listed_on for listing in read_all(version)[0]}

    assert len(days.keys() & early) > 250
    assert all(day and day <= date(2018, 5, 27) for one, day in days.items() if one in early)
