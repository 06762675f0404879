"""The measures of the United States: each file is whole, and says what the reference says."""

import csv
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pytest

import article41
from article41.model.measures import Certainty, Measure, Outcome, Relief
from article41.model.targets import Condition, GoodsTarget, PartyTarget

CATALOGUE = Path(article41.__file__).parent / "law" / "catalogue"
FILES = sorted((CATALOGUE / "us").glob("**/*.toml"))
WORDS = CATALOGUE / "words"
LAST_DAY_OF_THE_ORDERS = date(2025, 6, 30)

ROWS = {
    "US-01": "us/syria/state-sponsor",
    "US-02": "us/syria/export-ban",
    "US-03": "us/syria/blocking",
    "US-04": "us/syria/blocking",
    "US-05": "us/syria/blocking",
    "US-06": "us/syria/blocking",
    "US-07": "us/syria/blocking",
    "US-08": "us/syria/government",
    "US-09": "us/syria/services",
    "US-10": "us/syria/new-investment",
    "US-11": "us/syria/petroleum",
    "US-12": "us/proliferation/blocking",
    "US-13": "us/syria/section-311",
    "US-14": "us/ghravity/blocking",
    "US-15": "us/evaders/transactions",
    "US-16": "us/syria/aircraft",
    "US-17": "us/travel/proclamation-8693",
    "US-18": "us/paarss/blocking",
    "US-19": "us/syria/caesar",
}
"""The measure that states each row of the reference."""
ORDERS = {"US-03": "13338", "US-04": "13399", "US-05": "13460", "US-06": "13572", "US-07": "13573"}
"""Rows that are one measure, for the list has one tag for them: each is a text of it."""


@cache
def measures() -> dict[str, Measure]:
    found = {}
    for file in FILES:
        measure = msgspec.convert(tomllib.loads(file.read_text("utf-8")), type=Measure)
        assert measure.id == file.relative_to(CATALOGUE).with_suffix("").as_posix()
        found[measure.id] = measure
    return found


def words(name: str) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = tomllib.loads((WORDS / name).read_text("utf-8"))
    return loaded


def within(value: object) -> Iterator[msgspec.Struct]:
    """A struct and all structs in it."""
    if isinstance(value, msgspec.Struct):
        yield value
        for field in value.__struct_fields__:
            yield from within(getattr(value, field))
    elif isinstance(value, tuple):
        for one in value:
            yield from within(one)


def used_words() -> dict[str, set[str]]:
    used: dict[str, set[str]] = {
        "facts": set(), "purposes": set(), "items": set(), "sectors": set(), "kinds": set(),
    }  # fmt: skip
    for measure in measures().values():
        used["kinds"].add(measure.kind)
        for part in within(measure):
            if isinstance(part, Relief):
                used["facts"].update(part.proof)
            elif isinstance(part, Condition):
                used["facts"].update({part.fact} - {""})
                used["purposes"].update(part.purposes)
            elif isinstance(part, GoodsTarget):
                used["items"].update(part.items)
            elif isinstance(part, PartyTarget):
                used["sectors"].update(part.sectors)
    return used


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "domain" / "syria-2012-measures.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["id"].startswith("US-")}


def test_every_file_is_a_measure_under_its_own_path() -> None:
    assert len(measures()) == len(FILES) > 0
    assert {measure.jurisdiction for measure in measures().values()} == {"US"}


def test_the_words_are_those_that_the_measures_use_and_no_others() -> None:
    stated = {kind: set(names) for kind, names in words("us.toml").items()}

    assert stated == used_words()


def test_a_word_that_two_jurisdictions_use_means_the_same() -> None:
    ours = words("us.toml")

    for file in WORDS.glob("*.toml"):
        for kind, names in words(file.name).items():
            for name in names.keys() & ours.get(kind, {}).keys():
                assert names[name] == ours[kind][name], f"{file.name}: {kind}.{name}"


def test_every_row_of_the_reference_has_its_measure(reference: dict[str, dict[str, str]]) -> None:
    assert set(reference) == set(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_a_measure_begins_and_ends_with_its_row(
    row: str, reference: dict[str, dict[str, str]]
) -> None:
    measure, stated = measures()[ROWS[row]], reference[row]

    begins = [days.valid_from for days in measure.in_force]
    if row in ORDERS:
        begins = [
            text.valid_from
            for text in measure.texts
            if text.instrument == f"Executive Order {ORDERS[row]}" and text.valid_from
        ]
    [day] = begins
    [last] = measure.in_force

    assert day.isoformat() == stated["in_force_from"]
    assert (last.valid_until.isoformat() if last.valid_until else "") == stated["ended_on"]
    assert measure.certainty.value == stated["certainty"]


def test_the_orders_on_syria_end_with_the_last_day_of_june_2025() -> None:
    for row in ("US-03", "US-08", "US-09", "US-10", "US-11", "US-16"):
        [days] = measures()[ROWS[row]].in_force

        assert days.valid_until is not None
        assert (days.valid_until - LAST_DAY_OF_THE_ORDERS).days == 1


def test_every_blocking_keeps_the_property_and_is_reported() -> None:
    blocking = [one for one in measures().values() if one.outcome is Outcome.FREEZE]

    assert blocking
    for measure in blocking:
        within_days = {duty.citation: duty.within for duty in measure.duties}

        assert measure.outcome_without_property is Outcome.PROHIBIT, measure.id
        assert measure.attaches_on_receipt, measure.id
        assert measure.manner == "block; do not return", measure.id
        assert measure.ownership_rule == "us", measure.id
        assert within_days["31 CFR 501.604"] == "10 business days", measure.id


def test_every_text_stands_within_the_days_of_its_measure() -> None:
    for measure in measures().values():
        first = min(days.valid_from for days in measure.in_force)
        for text in measure.texts:
            assert text.instrument
            assert text.valid_from is None or text.valid_from >= first, measure.id
            assert text.valid_until is None or text.valid_until > (text.valid_from or first), (
                measure.id
            )


def test_every_measure_has_a_text_on_its_first_day() -> None:
    for measure in measures().values():
        for days in measure.in_force:
            texts = [
                text
                for text in measure.texts
                if (text.valid_from or days.valid_from) <= days.valid_from
            ]
            assert texts, measure.id


def test_every_relief_has_a_name_of_its_own_and_a_citation() -> None:
    for measure in measures().values():
        ids = [relief.id for relief in measure.reliefs]

        assert len(ids) == len(set(ids)), measure.id
        assert all(relief.citation for relief in measure.reliefs), measure.id
        assert all(set(relief.lifts) <= set(measure.forbids) for relief in measure.reliefs), ids


def test_a_condition_states_exactly_one_thing() -> None:
    nothing = Condition()
    for measure in measures().values():
        for part in within(measure):
            if isinstance(part, Condition):
                given = [
                    field
                    for field in part.__struct_fields__
                    if field not in {"fact_is", "currency"}
                    and getattr(part, field) != getattr(nothing, field)
                ]
                assert len(given) == 1 or (not given and part.currency), (measure.id, part)


def test_the_government_is_blocked_without_any_list() -> None:
    government = measures()["us/syria/government"]

    assert all(target.party and not target.party.listed for target in government.targets)


def test_what_is_doubtful_says_so() -> None:
    doubtful = {one.id for one in measures().values() if one.certainty is Certainty.C}

    assert "us/travel/proclamation-8693" in doubtful
    assert "us/syria/blocking-after-revocation" in doubtful


def test_what_binds_nobody_says_what_threatens() -> None:
    threats = [one for one in measures().values() if one.outcome is Outcome.NOT_BOUND]

    assert {one.id for one in threats} >= {"us/syria/caesar"}
    assert all(one.exposure and one.kind == "secondary-sanctions" for one in threats)


@pytest.mark.parametrize(
    ("directive", "steps"),
    [
        (1, {date(2014, 7, 15): 90, date(2014, 9, 11): 30, date(2017, 11, 27): 14}),
        (2, {date(2014, 7, 15): 90, date(2017, 11, 27): 60}),
        (3, {date(2014, 9, 11): 30}),
    ],
)
def test_a_directive_shortens_the_tenor_from_its_days(
    directive: int, steps: dict[date, int]
) -> None:
    securities = [
        target.security
        for target in measures()[f"us/russia/ssi-directive-{directive}"].targets
        if target.security and target.security.tenor_above_days is not None
    ]

    assert {one.issued_after: one.tenor_above_days for one in securities} == steps


@pytest.mark.parametrize(
    ("purpose", "licence"),
    [
        ("personal-remittance", "gl-6"),
        ("humanitarian-ngo", "gl-11"),
        ("internet-communications", "gl-5"),
        ("diplomatic-mission", "gl-12"),
        ("legal-services", "gl-2"),
        ("food", "gl-4"),
        ("travel", "travel"),
    ],
)
def test_a_purpose_leads_to_its_relief_from_the_services_ban(purpose: str, licence: str) -> None:
    reliefs = {
        relief.id
        for relief in measures()["us/syria/services"].reliefs
        for condition in relief.when
        if purpose in condition.purposes
    }

    assert licence in reliefs


def test_no_relief_of_a_blocking_by_list_fits_every_act() -> None:
    for measure in measures().values():
        is_by_list = any(target.party and target.party.listed for target in measure.targets)
        if measure.outcome is Outcome.FREEZE and is_by_list:
            assert all(relief.when for relief in measure.reliefs), measure.id


def test_a_blocking_cites_the_part_of_its_own_programme_for_blocked_accounts() -> None:
    """`31 CFR 544.203` is of orders on proliferation, `542.203` of those on Syria until 2025."""
    for measure in measures().values():
        own = " ".join(text.provision for text in measure.texts)
        own += " ".join(relief.citation for relief in measure.reliefs)
        for duty in measure.duties:
            if found := re.match(r"31 CFR (5[0-9]{2})[.]2[0-9]{2}$", duty.citation):
                assert found[1] in own or found[1] == "562", measure.id


def test_general_licence_25_is_for_nobody_else_whom_the_same_measure_blocks() -> None:
    """A payment between a bank of its annex and another blocked party is not licensed."""
    found = 0
    for measure in measures().values():
        meant = {
            tag
            for target in measure.targets
            if target.party
            for listed in target.party.listed
            for tag in listed.programmes
        }
        for relief in measure.reliefs:
            if not (meant and relief.id.startswith("gl-25")):
                continue
            found += 1
            [excluded] = [
                listed
                for condition in relief.when
                if condition.no_party and condition.no_party.listed
                for listed in condition.no_party.listed
            ]
            assert not excluded.programmes or meant <= set(excluded.programmes), measure.id
    assert found == 6
