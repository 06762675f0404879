"""The Swiss list: golden file, the past of a target, refusals, and nothing lost of the excerpt."""

import random
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from article41.model.clocks import Interval
from article41.model.errors import FormatError
from article41.model.listings import Listing, ReadingReport
from article41.sources.official import ch
from tests.sources.documents import as_json, part_of, read_all, strings_of, texts_of

GOLDEN = Path(__file__).parents[3] / "golden" / "ch"
INPUT = (GOLDEN / "input.xml").read_bytes()
NAME = (
    '<identity ssid="2" main="true"><name ssid="3" name-type="primary-name" quality="good">'
    '<name-part order="1" name-part-type="whole-name"><value>Example Trading</value></name-part>'
    "</name></identity>"
)
ALIAS = NAME.replace('ssid="3"', 'ssid="4"').replace("primary-name", "alias")
ALIAS = ALIAS.replace("Example", "Sample")


def read(data: bytes) -> tuple[list[Listing], ReadingReport]:
    (version,) = ch.read([part_of(data, "ch-xml")], published=None)
    return read_all(version)


def edited(old: str, new: str) -> bytes:
    assert old.encode() in INPUT
    return INPUT.replace(old.encode(), new.encode())


def changed(kind: str, day: str, inside: str = "") -> str:
    return (
        f'<modification modification-type="{kind}" effective-date="{day}">{inside}</modification>'
    )


def past_of(*modifications: str, live: str = NAME) -> tuple[list[Listing], ReadingReport]:
    """The listings of one company with these modifications."""
    return read(
        '<swiss-sanctions-list list-type="whole-list" date="2024-03-01"><target ssid="1">'
        f"<entity>{live}</entity>{''.join(modifications)}</target></swiss-sanctions-list>".encode()
    )


def names(listing: Listing) -> set[str]:
    return {name.value for name in listing.entity.names}


def days(listings: list[Listing]) -> list[Interval | None]:
    return [listing.during for listing in listings]


def test_a_set_of_measures_that_no_programme_holds_is_a_gap() -> None:
    listings, report = read(edited("<sanctions-set-id>11</", "<sanctions-set-id>41</"))

    assert not any(listing.programmes for listing in listings)
    assert report.gaps == ("the programme of the set of measures `41`",)


def test_the_other_days_and_the_remark_of_a_modification_are_notes() -> None:
    listed = (
        '<modification modification-type="listed" effective-date="2020-01-02"'
        ' publication-date="2020-01-01" enactment-date="2019-12-31"><remark>Ada</remark>'
        "</modification>"
    )
    ended = listed.replace('"listed"', '"de-listed"').replace("2020-01-02", "2021-05-06")

    (listing,), report = past_of(listed, ended)

    other = "publication 2020-01-01; enactment 2019-12-31; Ada"
    assert listing.notes == (
        ("modification", f"listed 2020-01-02: {other}"),
        ("modification", f"de-listed 2021-05-06: {other}"),
    )
    assert not any(skip.is_lost for skip in report.skipped)


def test_a_doubtful_quality_is_the_note_of_a_date_and_an_address() -> None:
    said = (
        '<day-month-year ssid="7" year="1960" quality="low"/>'
        '<address ssid="8" quality="medium"><address-details>1 Example Street</address-details>'
        "</address></identity>"
    )

    (listing,), _ = past_of(live=NAME.replace("</identity>", said))

    assert [one.note for one in listing.entity.birth_dates] == ["quality low"]
    assert [one.note for one in listing.entity.addresses] == ["quality medium"]


def test_a_set_that_only_the_past_points_to_is_counted_and_no_gap() -> None:
    past = f"<removed>{ALIAS}<sanctions-set-id>41</sanctions-set-id></removed>"

    _, report = past_of(changed("listed", "2020-01-01"), changed("amended", "2022-01-01", past))

    assert report.gaps == ()
    assert "set of measures that no programme holds" in {skip.reason for skip in report.skipped}


def test_target_is_read_as_reviewed(golden: Callable[[str, str], None]) -> None:
    (version,) = ch.read([part_of(INPUT, "ch-xml")], published=None)

    assert version.published == date(2024, 3, 1)
    golden("ch/listings.json", as_json(*read_all(version)))


def test_days_before_an_amendment_lack_what_it_added_and_have_what_it_removed() -> None:
    before, after = read(INPUT)[0][:2]

    assert "Mithal, Eda" not in names(before)
    assert before.reasons == ("Clerk of Example Trading.",)
    assert before.during == Interval(valid_from=date(2020, 3, 1), valid_until=date(2022, 5, 2))
    assert "Mithal, Eda" in names(after)
    assert after.reasons == ("Head of Example Trading.",)
    assert after.during == Interval(valid_from=date(2022, 5, 2))
    assert (after.listed_on, after.amended_on) == (date(2020, 3, 1), (date(2022, 5, 2),))


def test_target_that_came_back_was_off_the_list_in_between() -> None:
    first, second = (listing for listing in read(INPUT)[0] if listing.id == "200")

    assert first.during == Interval(valid_from=date(2020, 3, 1), valid_until=date(2021, 1, 2))
    assert (first.listed_on, first.delisted_on) == (date(2020, 3, 1), date(2021, 1, 2))
    assert second.during == Interval(valid_from=date(2023, 1, 2))
    assert (second.listed_on, second.delisted_on) == (date(2023, 1, 2), None)


def test_newest_day_decides_and_not_the_place_in_the_file() -> None:
    listings, _ = past_of(
        changed("de-listed", "2025-06-20"),
        changed("amended", "2025-06-03"),
        changed("listed", "2012-01-01"),
    )

    assert days(listings) == [
        Interval(valid_from=date(2012, 1, 1), valid_until=date(2025, 6, 3)),
        Interval(valid_from=date(2025, 6, 3), valid_until=date(2025, 6, 20)),
    ]
    assert listings[-1].delisted_on == date(2025, 6, 20)


def test_target_without_a_listing_has_no_beginning_and_is_counted() -> None:
    listings, report = past_of(changed("de-listed", "2016-03-01"))

    assert days(listings) == [Interval(valid_until=date(2016, 3, 1))]
    assert listings[0].listed_on is None
    assert "nobody says since when" in str(report)


def test_nothing_holds_after_a_removal_even_if_it_is_amended() -> None:
    listings, report = past_of(
        changed("listed", "2012-01-01"),
        changed("de-listed", "2014-01-01"),
        changed("amended", "2015-01-01"),
    )

    assert days(listings) == [Interval(valid_from=date(2012, 1, 1), valid_until=date(2014, 1, 1))]
    assert "amendment of a target that is off the list" in str(report)


def test_removal_and_listing_of_one_day_leave_the_target_on_the_list() -> None:
    listings, _ = past_of(
        changed("listed", "2020-01-01"),
        changed("listed", "2021-01-01"),
        changed("de-listed", "2021-01-01"),
    )

    assert days(listings) == [
        Interval(valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1)),
        Interval(valid_from=date(2021, 1, 1)),
    ]


def test_removed_alias_is_held_on_the_days_before() -> None:
    listings, _ = past_of(
        changed("listed", "2012-01-01"),
        changed("amended", "2014-01-01", f"<removed>{ALIAS}</removed>"),
    )

    assert [names(listing) for listing in listings] == [
        {"Example Trading", "Sample Trading"},
        {"Example Trading"},
    ]


def test_addition_that_is_not_printed_today_costs_no_name_and_is_counted() -> None:
    listings, report = past_of(
        changed("listed", "2012-01-01"),
        changed("amended", "2014-01-01", f"<added>{ALIAS}</added>"),
    )

    assert [names(listing) for listing in listings] == [{"Example Trading"}] * 2
    assert "not printed as it was added" in str(report)


def test_addition_of_the_only_name_leaves_it_on_the_days_before() -> None:
    listings, report = past_of(
        changed("listed", "2012-01-01"),
        changed("amended", "2014-01-01", f"<added>{NAME}</added>"),
    )

    assert [names(listing) for listing in listings] == [{"Example Trading"}] * 2
    assert "no name for the days before" in str(report)


def test_days_of_one_target_never_overlap() -> None:
    chance = random.Random(41)
    for _ in range(200):
        kinds = chance.choices(("listed", "amended", "de-listed"), k=chance.randint(1, 7))
        listings, _ = past_of(
            *(changed(kind, f"2020-01-0{chance.randint(1, 9)}") for kind in kinds)
        )
        for earlier, later in pairwise(listing.during for listing in listings):
            assert earlier is not None
            assert later is not None
            assert earlier.valid_until is not None
            assert later.valid_from is not None
            assert earlier.valid_until <= later.valid_from


def test_every_variant_of_a_part_makes_a_name() -> None:
    variant = '<spelling-variant lang="RUS" script="LATN">{}</spelling-variant>'
    listings, _ = read(
        edited(
            '<value>Mithal</value></name-part>\n          <name-part order="2" name-part-type'
            '="given-name"><value>Eda</value></name-part>\n        </name>',
            f"<value>Mithal</value>{variant.format('Mital')}{variant.format('Mitthal')}"
            '</name-part><name-part order="2" name-part-type="given-name"><value>Eda</value>'
            f"{variant.format('Ida')}</name-part></name>",
        )
    )

    assert {"Mithal, Eda", "Mital, Ida", "Mitthal, Ida"} <= names(listings[1])


def test_set_of_measures_may_stand_in_an_attribute_of_the_target() -> None:
    older = edited("<sanctions-set-id>11</sanctions-set-id>", "").replace(
        b"<target ", b'<target sanctions-set-id="11" '
    )

    assert [listing.measures for listing in read(older)[0]] == [
        listing.measures for listing in read(INPUT)[0]
    ]


def test_country_without_a_name_is_kept_as_its_code() -> None:
    listings, _ = read(edited('<country iso-code="XA">Examplia</country></nat',
                              '<country iso-code="XA"/></nat'))  # fmt: skip

    assert listings[0].entity.nationalities == ("XA",)


def test_place_that_the_list_does_not_hold_is_kept_as_its_number_and_counted() -> None:
    listings, report = read(edited('place ssid="900"', 'place ssid="901"'))

    assert ("address/place-id", "900") in listings[1].notes
    assert "place that the list does not hold" in str(report)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("whole-list", "amendment", "not the whole list"),
        ('date="2024-03-01"', 'date="2024-02-30"', "is no date"),
        ("<area>", "<river>A</river><area>", "unknown element `river`"),
        ('<place ssid="900">', '<place ssid="900" rank="1">', "unknown attribute `rank`"),
        ("<origin>", "<risk>high</risk><origin>", "unknown element `risk`"),
        ("<justification ", "<opinion>x</opinion><justification ", "unknown element `opinion`"),
        ('order="2"', 'order="two"', "is no number"),
        ('"de-listed"', '"forgiven"', "unknown modification `forgiven`"),
        ('effective-date="2022-05-02"', 'effective-date="2022-05-32"', "is no day"),
        ('target ssid="200"', 'target ssid="100"', "already stands on line"),
        ('target ssid="200"', "target", "the target has no number"),
        ("<value>EXAMPLE STAR</value>", "<value/>", "the target has no name"),
    ],
)
def test_what_is_not_known_is_an_error_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(FormatError, match=re.escape(said)) as caught:
        read(edited(old, new))

    assert caught.value.file == "input.xml"
    assert caught.value.line > 0
    assert caught.value.hint


@pytest.mark.parametrize("end", [200, len(INPUT) // 2, len(INPUT) - 5])
def test_file_cut_short_is_refused(end: int) -> None:
    with pytest.raises(FormatError):
        read(INPUT[:end])


def test_text_in_another_encoding_than_declared_is_refused() -> None:
    with pytest.raises(FormatError):
        read(INPUT.replace(b"Examplien", "Exämplien".encode("latin-1")))


def test_excerpt_of_the_official_list_loses_nothing(shared: Path) -> None:
    (path,) = (shared / "data" / "ch").glob("*.xml")
    root = ElementTree.fromstring(path.read_bytes())

    listings, report = read(path.read_bytes())

    by_id: dict[str, set[str]] = {}
    for listing in listings:
        by_id.setdefault(listing.id, set()).update(strings_of(listing))
    targets = root.findall("target")
    assert set(by_id) == {target.get("ssid") for target in targets}
    lost = [
        (name, text)
        for target in targets
        for name, text in texts_of(target)
        if not any(text in held for held in by_id[str(target.get("ssid"))])
    ]
    assert lost == []
    below = [element for element in root.iter() if element is not root]
    texts = [text for element in below for text in (element.text, *element.attrib.values())]
    assert report.read == sum(bool((text or "").strip()) for text in texts) + len(root.attrib)
