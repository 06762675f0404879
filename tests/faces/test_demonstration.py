"""The demonstration lists: dated facts that answer for every day, each with its citation."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from article41.checks import FindingKind, Screener
from article41.faces.demonstration import demonstration_lists, demonstration_store
from article41.faces.demonstration.facts import targets
from article41.match import Query
from article41.model.clocks import Bounds, InForce
from article41.model.listings import Listing
from article41.store import Store, TimedListing

LISTS = demonstration_lists()
LISTINGS = [listing for version in LISTS for listing in version.listings()]
EU, OFAC, CA, JP, CH, GB, UN = (version.list_id for version in LISTS)
PARIS = date(2012, 7, 6)
NO, YES, UNKNOWN = InForce.NO, InForce.YES, InForce.UNKNOWN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demonstration")
    demonstration_store(made)
    return made


@pytest.fixture(scope="module")
def records(folder: Path) -> dict[str, list[TimedListing]]:
    """Everything that the store holds of an entry, by its key."""
    by_key: dict[str, list[TimedListing]] = {}
    with Store(folder) as store:
        for record in store.records():
            by_key.setdefault(record.listing.key, []).append(record)
    return by_key


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    """The reference table of designations."""
    path = shared / "domain" / "syria-2012-designations.csv"
    if not path.exists():
        pytest.skip("the reference table of designations is absent")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def on(records: dict[str, list[TimedListing]], key: str, day: date) -> InForce:
    """Whether an entry stood on a day."""
    return state([record.listed for record in records.get(key, [])], day)


def state(spans: list[Bounds], day: date) -> InForce:
    states = {bounds.on(day) for bounds in spans}
    return YES if YES in states else UNKNOWN if UNKNOWN in states else NO


def count(records: dict[str, list[TimedListing]], list_id: str, day: date) -> Counter[str]:
    """Persons and entities that surely stood on a list on a day, and those that may have."""
    found: Counter[str] = Counter()
    for key in records:
        if key.startswith(f"{list_id}/"):
            found[key.partition("/")[2][0] + on(records, key, day).value] += 1
    return found


def tags(records: dict[str, list[TimedListing]], key: str, day: date) -> tuple[str, ...]:
    [record] = [one for one in records[key] if one.form.on(day) is YES]
    return record.listing.programmes


@pytest.mark.parametrize("list_id", [version.list_id for version in LISTS])
def test_every_entry_has_a_citation_a_certainty_a_place_and_its_days(list_id: str) -> None:
    for listing in LISTINGS:
        if listing.list_id == list_id:
            refuse_incomplete(listing)


def refuse_incomplete(listing: Listing) -> None:
    notes = dict(listing.notes)

    assert notes["citation"] == "; ".join(act.title for act in listing.legal_acts) != ""
    assert notes["certainty"] in {"A", "B", "C"}
    assert listing.place.partition(":")[0] in {"persons.toml", "entities.toml"}
    assert listing.during is not None
    assert listing.during.valid_from is not None
    assert date(2004, 1, 1) < listing.during.valid_from <= date(2025, 6, 30)
    assert all(name.value == name.value.strip() != "" for name in listing.entity.names)


def test_every_list_is_read_whole_and_says_of_which_days_it_tells() -> None:
    for version in LISTS:
        listings = version.listings()
        number = 0
        while True:
            try:
                next(listings)
            except StopIteration as end:
                report = end.value
                break
            number += 1
        assert report.listings == number
        assert (number == 0) == (version.list_id == UN), "nobody was registered under 1636"
        assert report.read == report.kept == len(targets()) == 189
        assert report.past.first_day == date(2004, 1, 1)
        assert version.published == date(2026, 11, 30)


def test_a_target_has_one_number_on_all_lists() -> None:
    names = {(one.id, one.entity.names[0].value, one.place) for one in LISTINGS}

    assert len(names) == len({number for number, _, _ in names}) == 189


def test_who_was_on_no_list_is_on_none() -> None:
    names = {name.value for listing in LISTINGS for name in listing.entity.names}

    assert "Talal Mustafa Tlass" in names
    assert not [name for name in names if "Manaf" in name or "مناف" in name]
    assert not {"Kofi Annan", "Hillary Clinton", "Abdulbaset Sieda", "Mustafa Tlass"} & names


def test_a_birth_date_that_one_list_prints_is_on_no_other() -> None:
    births = {
        (one.list_id, str(born))
        for one in LISTINGS
        if one.id in {"P004", "P131"}
        for born in one.entity.birth_dates
    }

    assert {
        (EU, "1956"),
        (OFAC, "1950"),
        (CA, "1956"),
        (CA, "1950"),
        (OFAC, "circa 1943"),
    } <= births
    assert not {(EU, "1950"), (OFAC, "1956")} & births


@pytest.mark.parametrize(
    ("day", "persons", "entities"),
    [
        ("2011-05-08", 0, 0),
        ("2011-05-09", 13, 0),  # the Decision alone: entry is barred, nothing is frozen yet
        ("2011-05-10", 13, 0),
        ("2011-05-24", 23, 0),
        ("2011-06-24", 30, 4),
        ("2011-08-02", 35, 4),
        ("2011-08-24", 50, 9),
        ("2011-09-03", 54, 12),
        ("2011-09-24", 56, 18),
        ("2011-10-14", 56, 19),
        ("2011-11-15", 74, 19),
        ("2011-12-02", 86, 30),
        ("2012-05-15", 128, 43),
        ("2012-06-26", 129, 49),
        ("2012-07-06", 129, 49),
    ],
)
def test_the_eu_list_has_as_many_as_the_reference_counts(
    records: dict[str, list[TimedListing]], day: str, persons: int, entities: int
) -> None:
    found = count(records, EU, date.fromisoformat(day))

    assert (found["Pyes"], found["Eyes"]) == (persons, entities)
    assert found["Punknown"] == found["Eunknown"] == 0


@pytest.mark.parametrize(
    ("day", "persons", "entities"),
    [("2012-02-28", 114, 39), ("2012-03-24", 126, 41)],
)
def test_one_removal_before_may_2012_is_of_an_unknown_day(
    records: dict[str, list[TimedListing]], day: str, persons: int, entities: int
) -> None:
    found = count(records, EU, date.fromisoformat(day))

    assert (found["Pyes"], found["Punknown"], found["Eyes"]) == (persons - 1, 1, entities)


def test_the_status_of_every_row_of_the_reference_on_6_july_2012(
    records: dict[str, list[TimedListing]], rows: list[dict[str, str]]
) -> None:
    assert len(rows) == 193
    wrong = []
    for row in rows:
        for list_id, said, listed in (
            (EU, row["eu_status_2012_07_06"], "LISTED"),
            (OFAC, row["us_status_2012_07_06"], "SDN"),
        ):
            expected = YES if said == listed else NO
            found = on(records, f"{list_id}/{row['id']}", PARIS)
            if found is not expected:
                wrong.append((row["id"], list_id, said, found))

    assert not wrong


def test_the_days_of_every_row_of_the_reference(
    records: dict[str, list[TimedListing]], rows: list[dict[str, str]]
) -> None:
    for row in rows:
        for list_id, first, last in (
            (EU, row["eu_effective_on"], row["eu_removed_on"]),
            (OFAC, row["us_listed_on"], row["us_removed_on"]),
        ):
            key = f"{list_id}/{row['id']}"
            if first:
                day = date.fromisoformat(first)
                assert on(records, key, day) is YES, key
            if last and row["id"] != "P126":
                day = date.fromisoformat(last)
                before = day - timedelta(days=1)
                assert (on(records, key, before), on(records, key, day)) == (YES, NO) or any(
                    "kept" in record.listing.legal_acts[-1].title for record in records[key]
                ), key


@pytest.mark.parametrize(
    ("key", "day", "before", "then"),
    [
        (f"{EU}/P001", "2011-05-24", NO, YES),
        (f"{EU}/P061", "2011-11-15", NO, YES),
        (f"{EU}/E049", "2011-10-14", NO, YES),
        (f"{EU}/E038", "2012-02-28", NO, YES),
        (f"{EU}/E038", "2025-05-29", YES, NO),
        (f"{EU}/E046", "2012-06-26", NO, YES),
        (f"{EU}/E051", "2012-07-24", NO, YES),
        (f"{EU}/E052", "2025-02-26", YES, NO),
        (f"{EU}/P127", "2012-10-16", NO, YES),
        (f"{EU}/E027", "2025-05-29", YES, NO),
        (f"{OFAC}/P001", "2011-05-18", NO, YES),
        (f"{OFAC}/P009", "2008-02-21", NO, YES),
        (f"{OFAC}/P110", "2006-01-18", NO, YES),
        (f"{OFAC}/E049", "2011-08-10", NO, YES),
        (f"{OFAC}/E038", "2020-12-22", NO, YES),
        (f"{OFAC}/E038", "2025-06-30", YES, NO),
        (f"{OFAC}/P013", "2025-06-30", YES, NO),
        (f"{CA}/E046", "2012-07-05", NO, YES),
        (f"{GB}/P001", "2020-12-31", NO, YES),
        (f"{GB}/E038", "2025-03-06", YES, NO),
        (f"{GB}/E043", "2025-04-24", YES, NO),
        (f"{JP}/P001", "2011-09-09", NO, YES),
        (f"{CH}/P002", "2011-05-19", NO, YES),
    ],
)
def test_the_first_day_of_an_interval_is_in_and_its_last_one_is_out(
    records: dict[str, list[TimedListing]], key: str, day: str, before: InForce, then: InForce
) -> None:
    first = date.fromisoformat(day)

    assert on(records, key, first - timedelta(days=1)) is before
    assert on(records, key, first) is then


def test_who_was_restricted_in_the_us_on_1_january_2011(
    records: dict[str, list[TimedListing]],
) -> None:
    day = date(2011, 1, 1)
    asked = {"Bashar": "P001", "Rami Makhlouf": "P009", "Shawkat": "P110", "the bank": "E049"}
    found = {who: on(records, f"{OFAC}/{number}", day) for who, number in asked.items()}

    assert found == {"Bashar": NO, "Rami Makhlouf": YES, "Shawkat": YES, "the bank": NO}


def test_who_is_blocked_in_the_us_at_the_end_of_2025(
    records: dict[str, list[TimedListing]],
) -> None:
    day = date(2025, 12, 31)

    assert on(records, f"{OFAC}/E038", day) is NO
    assert on(records, f"{OFAC}/P001", day) is YES
    assert tags(records, f"{OFAC}/P001", day) == ("PAARSSR-EO13894",)
    assert tags(records, f"{OFAC}/P001", date(2025, 3, 15)) == ("SYRIA",)


def test_a_tag_added_later_is_not_there_before(records: dict[str, list[TimedListing]]) -> None:
    day = date(2012, 4, 23)

    assert tags(records, f"{OFAC}/P003", day - timedelta(days=1)) == ("SYRIA",)
    assert tags(records, f"{OFAC}/P003", day) == ("SYRIA", "HRIT-SY")


def test_the_central_bank_stood_in_another_annex_at_the_end(
    records: dict[str, list[TimedListing]],
) -> None:
    annexes = [record.listing.measures for record in records[f"{EU}/E038"]]

    assert annexes == [("Asset freeze (Annex II)",), ("Asset freeze (Annex IIb)",)]
    assert len({record.listed for record in records[f"{EU}/E038"]}) == 1


def test_an_annulled_listing_stands_until_the_annulment_takes_effect(
    records: dict[str, list[TimedListing]],
) -> None:
    key = f"{EU}/E046"
    [contested] = [one for one in records[key] if one.form.on(date(2014, 6, 20)) is YES]

    assert "T-293/12" in dict(contested.listing.notes)["contested"]
    assert on(records, key, date(2014, 6, 10)) is YES
    assert on(records, key, date(2014, 8, 20)) is YES
    assert on(records, key, date(2014, 8, 21)) is UNKNOWN
    assert on(records, key, date(2018, 4, 13)) is NO


def test_a_day_that_nobody_says_is_unknown_and_never_invented(
    records: dict[str, list[TimedListing]],
) -> None:
    assert on(records, f"{EU}/P110", PARIS) is YES
    assert on(records, f"{EU}/P110", date(2016, 1, 1)) is UNKNOWN
    assert on(records, f"{EU}/P110", date(2018, 4, 13)) is NO
    assert on(records, f"{GB}/P028", date(2020, 12, 30)) is NO
    assert on(records, f"{GB}/P028", date(2020, 12, 31)) is UNKNOWN
    assert on(records, f"{GB}/P028", date(2025, 4, 9)) is UNKNOWN
    assert on(records, f"{GB}/P028", date(2025, 4, 10)) is NO
    assert on(records, f"{CH}/P109", PARIS) is NO
    assert on(records, f"{CH}/P109", date(2012, 7, 18)) is UNKNOWN
    assert on(records, f"{CH}/P109", date(2012, 8, 1)) is YES


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        (date(2011, 1, 1), {OFAC}),
        (PARIS, {EU, OFAC, CA, CH}),
        (date(2025, 3, 15), {EU, OFAC, CA, CH, GB}),
        (date(2025, 12, 31), {EU, OFAC, CA, CH, GB}),
    ],
)
def test_every_day_is_covered_and_finds_who_was_listed_then(
    folder: Path, day: date, listed: set[str]
) -> None:
    answer = Screener(folder).match(Query(name="Rami Makhlouf"), as_of=day, threshold=0.95)
    own = [match for match in answer.matches if match.listing.id == "P009"]

    assert {match.listing.list_id for match in own} == listed
    assert {match.in_force for match in own} == {YES}
    assert all(one.version is not None for one in answer.coverage.lists)
    assert {one.first_day for one in answer.coverage.lists} == {date(2004, 1, 1)}
    assert {finding.kind for finding in answer.coverage.findings} <= {FindingKind.GAP}


def test_what_a_list_lacks_on_a_day_is_a_finding_of_that_day_alone(folder: Path) -> None:
    screener = Screener(folder)

    def gaps(day: date) -> set[str]:
        findings = screener.coverage(as_of=day).findings
        return {one.list_id for one in findings if one.kind is FindingKind.GAP}

    assert gaps(date(2011, 1, 1)) == set()
    assert gaps(PARIS) == {JP, CH}
    assert gaps(date(2025, 12, 31)) == {CA, JP, CH, GB}


def test_a_day_before_the_first_of_which_the_lists_tell_is_a_finding(folder: Path) -> None:
    findings = Screener(folder).coverage(as_of=date(2003, 12, 31)).findings

    assert {one.kind for one in findings} == {FindingKind.NOT_KNOWN_BEFORE}
    assert {one.detail for one in findings} == {"2004-01-01"}
