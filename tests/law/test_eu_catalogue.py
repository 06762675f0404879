"""The EU part of the catalogue: its form, its words, and its days against the table of measures."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from article41.law.force import said_on
from article41.law.loading import load_catalogue
from article41.model.measures import Certainty, Days, Level, Measure, Outcome, Relief
from article41.model.targets import Condition, GoodsTarget, ListedTarget, PartyTarget

CATALOGUE = Path(str(resources.files("article41.law"))) / "catalogue"

ROWS = {
    "EU-01": ("arms-supply", "arms-assistance"),
    "EU-02": ("internal-repression", "annex-ia"),
    "EU-03": ("asset-freeze",),
    "EU-04": ("travel-ban",),
    "EU-05": ("oil", "gas"),
    "EU-06": ("oil-investment",),
    "EU-07": ("banknotes",),
    "EU-08": ("eib",),
    "EU-09": ("telecom-equipment", "telecom-services"),
    "EU-10": ("oil-gas-equipment",),
    "EU-11": ("power-plants", "power-plant-investment", "power-plant-insurance"),
    "EU-12": ("bonds",),
    "EU-13": ("banking-relations",),
    "EU-14": ("insurance",),
    "EU-15": ("central-bank",),
    "EU-16": ("precious-metals",),
    "EU-17": ("cargo-flights",),
    "EU-18": ("luxury-goods",),
    "EU-19": ("annex-ia", "annex-ix", "annex-ix-2013"),
    "EU-20": ("arms-insurance",),
    "EU-21": ("no-claims",),
    "EU-22": ("vessel-inspection",),
    "EU-23": ("jet-fuel",),
    "EU-24": ("cultural-property",),
    "EU-25": ("cooperation-suspension",),
}
"""The measures that state a row of the table of measures."""

EFFECTS = {
    "PROHIBIT": {Outcome.PROHIBIT},
    "FREEZE": {Outcome.FREEZE},
    "DENY (entry)": {Outcome.DENY},
    "DENY (access)": {Outcome.DENY},
    "INSPECT": {Outcome.INSPECT},
    "PROHIBIT / LICENCE_REQUIRED": {Outcome.PROHIBIT, Outcome.LICENCE_REQUIRED},
    "LICENCE_REQUIRED (refuse if for regime interception)": {Outcome.LICENCE_REQUIRED},
    "PROHIBIT (new relations only)": {Outcome.PROHIBIT},
}
"""The table's words for what a measure does."""


def read(name: str) -> Measure:
    text = (CATALOGUE / f"{name}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), type=Measure)


NAMES = sorted(
    path.relative_to(CATALOGUE).as_posix().removesuffix(".toml")
    for path in (CATALOGUE / "eu").rglob("*.toml")
)
MEASURES = {name: read(name) for name in NAMES}
WORDS: dict[str, dict[str, str]] = tomllib.loads(
    (CATALOGUE / "words" / "eu.toml").read_text(encoding="utf-8")
)


def conditions_of(measure: Measure) -> Iterator[Condition]:
    for target in measure.targets:
        yield from target.when
    for relief in measure.reliefs:
        yield from relief.when


def goods_of(measure: Measure) -> Iterator[GoodsTarget]:
    for goods in (target.goods for target in measure.targets):
        if goods is not None:
            yield goods
    for goods in (condition.goods for condition in conditions_of(measure)):
        if goods is not None:
            yield goods


def parties_of(measure: Measure) -> Iterator[PartyTarget]:
    for party in (target.party for target in measure.targets):
        if party is not None:
            yield party
    for condition in conditions_of(measure):
        yield from (party for party in (condition.party, condition.no_party) if party is not None)


def listed_of(measure: Measure) -> Iterator[ListedTarget]:
    for party in parties_of(measure):
        yield from party.listed


def used_words(measure: Measure) -> dict[str, set[str]]:
    conditions = list(conditions_of(measure))
    return {
        "facts": {condition.fact for condition in conditions if condition.fact}
        | {fact for relief in measure.reliefs for fact in relief.proof},
        "purposes": {word for condition in conditions for word in condition.purposes},
        "items": {word for goods in goods_of(measure) for word in goods.items},
        "sectors": {word for party in parties_of(measure) for word in party.sectors},
        "kinds": {measure.kind},
    }


def is_in(days: tuple[Days, ...], day: date) -> bool:
    return any(
        each.valid_from <= day and (each.valid_until is None or day < each.valid_until)
        for each in days
    )


def applies(name: str, day: date) -> bool:
    measure = MEASURES[f"eu/syria/{name}"]
    return is_in(measure.in_force, day) and not is_in(measure.suspended, day)


def test_every_row_of_the_table_has_a_measure_and_every_measure_is_there() -> None:
    assert set(ROWS) == {f"EU-{number:02}" for number in range(1, 26)}
    missing = {f"eu/syria/{name}" for names in ROWS.values() for name in names} - set(MEASURES)
    assert missing == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_states_the_measure_that_its_path_names(name: str) -> None:
    measure = MEASURES[name]

    assert measure.id == name
    assert measure.jurisdiction == "EU"
    assert measure.authority == "Council of the European Union"
    assert measure.regime == ("SY" if name.startswith("eu/syria/") else "listed")
    assert measure.in_force
    assert measure.texts
    assert measure.verified_by
    assert {listed.authority for listed in listed_of(measure)} <= {"EU"}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_part_of_a_measure_names_the_measure_forbids(name: str) -> None:
    measure = MEASURES[name]
    forbidden = set(measure.forbids)

    assert all(set(target.forbids) <= forbidden for target in measure.targets)
    assert all(set(relief.lifts) <= forbidden for relief in measure.reliefs)
    ids = [relief.id for relief in measure.reliefs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_a_condition_says_one_thing(name: str) -> None:
    empty = msgspec.structs.asdict(Condition())
    for condition in conditions_of(MEASURES[name]):
        given = {
            field
            for field, value in msgspec.structs.asdict(condition).items()
            if value != empty[field] and field != "fact_is"
        }
        assert len(given) == 1, condition


def spans(measure: Measure) -> Iterator[tuple[date | None, date | None]]:
    for days in (*measure.in_force, *measure.suspended, *measure.states_only):
        yield days.valid_from, days.valid_until
    for text in measure.texts:
        yield text.valid_from, text.valid_until
    for relief in measure.reliefs:
        yield relief.valid_from, relief.valid_until


@pytest.mark.parametrize("name", NAMES)
def test_days_end_after_they_begin(name: str) -> None:
    for first, last in spans(MEASURES[name]):
        assert first is None or last is None or first < last


@pytest.mark.parametrize("name", NAMES)
def test_a_text_says_it_on_the_first_and_last_day_in_force(name: str) -> None:
    measure = MEASURES[name]
    for days in measure.in_force:
        one_before_end = (
            date(2026, 11, 30)
            if days.valid_until is None
            else date.fromordinal(days.valid_until.toordinal() - 1)
        )
        for day in (days.valid_from, one_before_end):
            assert [
                text
                for text in measure.texts
                if (text.valid_from or days.valid_from) <= day
                and (text.valid_until is None or day < text.valid_until)
            ], day


def test_who_is_liable_is_said_by_the_act_of_the_day() -> None:
    spring, old = date(2012, 1, 18), "Regulation (EU) No 442/2011"
    found = {
        one.id: said_on(one.knowledge, one.knowledge_formerly, spring)
        for one in load_catalogue().measures
        if one.knowledge and any(days.valid_from <= spring for days in one.in_force)
        if any(text.instrument == old for text in one.texts)
    }

    assert old in found["eu/syria/oil"]
    assert [key for key, said in found.items() if "Art 28" in said] == []


def test_the_words_are_those_that_the_files_use() -> None:
    for kind in ("facts", "purposes", "items", "sectors", "kinds"):
        used = {word for measure in MEASURES.values() for word in used_words(measure)[kind]}
        assert set(WORDS[kind]) == used, kind
    assert all(text.endswith("?") for text in WORDS["facts"].values())


def test_who_is_under_a_travel_ban_is_a_person() -> None:
    for name in ("eu/syria/travel-ban", "eu/listed/travel-ban"):
        measure = MEASURES[name]
        assert measure.level is Level.STATES
        assert {schema.value for each in listed_of(measure) for schema in each.schemas} == {
            "Person"
        }


def test_the_central_bank_has_a_measure_of_its_own() -> None:
    freeze = next(listed_of(MEASURES["eu/syria/asset-freeze"]))
    bank = next(listed_of(MEASURES["eu/syria/central-bank"]))

    assert freeze.except_listings == bank.listings
    assert freeze.programmes == bank.programmes


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("oil", date(2011, 1, 1), False),
        ("oil", date(2011, 9, 2), False),
        ("oil", date(2011, 9, 3), True),
        ("oil", date(2012, 7, 6), True),
        ("oil", date(2025, 2, 25), True),
        ("oil", date(2025, 3, 15), False),
        ("oil", date(2025, 12, 31), False),
        ("gas", date(2011, 9, 23), True),
        ("gas", date(2011, 9, 24), False),
        ("asset-freeze", date(2025, 12, 31), True),
        ("central-bank", date(2025, 3, 15), True),
        ("central-bank", date(2025, 5, 29), False),
        ("telecom-equipment", date(2011, 12, 20), False),
        ("telecom-equipment", date(2025, 12, 31), True),
        ("arms-insurance", date(2012, 6, 25), False),
        ("arms-insurance", date(2012, 7, 6), True),
        ("luxury-goods", date(2012, 6, 16), False),
        ("luxury-goods", date(2025, 3, 15), True),
        ("luxury-goods", date(2025, 5, 29), False),
        ("vessel-inspection", date(2012, 7, 6), False),
        ("jet-fuel", date(2014, 11, 20), False),
        ("jet-fuel", date(2017, 2, 10), True),
        ("annex-ix-2013", date(2014, 5, 20), True),
        ("annex-ix-2013", date(2011, 6, 1), False),
        ("syrian-arab-airlines", date(2012, 7, 6), False),
    ],
)
def test_a_measure_applies_on_its_days(name: str, day: date, *, expected: bool) -> None:
    assert applies(name, day) is expected


@pytest.mark.parametrize(
    ("name", "day"),
    [("telecom-equipment", date(2011, 12, 20)), ("luxury-goods", date(2012, 5, 1))],
)
def test_a_decision_alone_binds_states_and_no_operator_yet(name: str, day: date) -> None:
    measure = MEASURES[f"eu/syria/{name}"]

    assert is_in(measure.states_only, day)
    assert not is_in(measure.in_force, day)


def rows(shared: Path) -> dict[str, dict[str, str]]:
    path = shared / "domain" / "syria-2012-measures.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines) if row["id"] in ROWS}


def day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def end_of(measures: list[Measure]) -> date | None:
    days = [each for measure in measures for each in measure.in_force]
    ends = [each.valid_until for each in days if each.certainty is not Certainty.C]
    if any(each.valid_until is None for each in days):
        return None
    return max(end for end in ends if end is not None)


@pytest.mark.parametrize("row_id", sorted(ROWS))
def test_the_days_are_those_of_the_table(shared: Path, row_id: str) -> None:
    row = rows(shared)[row_id]
    measures = [MEASURES[f"eu/syria/{name}"] for name in ROWS[row_id]]

    days = [each for measure in measures for each in measure.in_force]
    sure = [each.valid_from for each in days if each.certainty is not Certainty.C]
    assert min(sure) == day_or_none(row["in_force_from"])
    assert end_of(measures) == day_or_none(row["ended_on"])
    announced = [measure.announced_on for measure in measures if measure.announced_on is not None]
    assert min(announced) == day_or_none(row["announced_on"])
    suspended_from = day_or_none(row["suspended_from"])
    for measure in measures:
        began = [each.valid_from for each in measure.suspended]
        is_over = suspended_from is not None and not is_in(measure.in_force, suspended_from)
        assert began == ([] if suspended_from is None or is_over else [suspended_from])


@pytest.mark.parametrize("row_id", sorted(set(ROWS) - {"EU-25"}))
def test_the_outcome_is_the_effect_of_the_table(shared: Path, row_id: str) -> None:
    effect = rows(shared)[row_id]["effect"]

    assert {MEASURES[f"eu/syria/{name}"].outcome for name in ROWS[row_id]} == EFFECTS[effect]


@pytest.mark.parametrize("row_id", ["EU-05", "EU-16", "EU-23"])
def test_the_codes_are_those_of_the_table(shared: Path, row_id: str) -> None:
    stated = rows(shared)[row_id]["goods_codes"].replace(" ", "").split(";")
    measure = MEASURES[f"eu/syria/{ROWS[row_id][0]}"]
    targets = [target.goods for target in measure.targets if target.goods is not None]

    assert targets
    for goods in targets:
        assert sorted(code.code for code in goods.codes) == sorted(stated)


def price_of(code: str, *, is_used: bool | None = None) -> set[str]:
    goods = next(goods_of(MEASURES["eu/syria/luxury-goods"]))
    return {
        str(each.price_above)
        for each in goods.codes
        if each.code == code and each.is_used is is_used
    }


def test_luxury_goods_have_their_thresholds() -> None:
    assert price_of("220421") == {"50"}
    assert price_of("24021000") == {"10"}
    assert price_of("8703", is_used=False) == {"25000"}
    assert price_of("8703", is_used=True) == {"15000"}
    assert price_of("20039010") == {"None"}


def test_food_and_medicine_are_in_no_list_of_codes() -> None:
    food = ("1001", "1101", "1006", "1701", "3003", "3004")
    for measure in MEASURES.values():
        for goods in goods_of(measure):
            for code in goods.codes:
                assert not any(code.code.startswith(each) for each in food)
                assert not any(each.startswith(code.code) for each in food)


def reliefs(measure: str) -> dict[str, Relief]:
    return {relief.id: relief for relief in MEASURES[measure].reliefs}


def test_the_two_months_of_annex_iia_end_on_the_thirteenth_of_december() -> None:
    relief = reliefs("eu/syria/asset-freeze")["annex-iia"]

    assert (relief.valid_from, relief.valid_until) == (date(2011, 10, 14), date(2011, 12, 14))


def journal_tags(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "data" / "eu" / "journal-2026-08").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from (row["programKey"] for row in csv.DictReader(lines))


def test_every_tag_of_the_tables_at_hand_is_in_a_freeze(shared: Path) -> None:
    known = {
        tag
        for name in ("eu/syria/asset-freeze", "eu/listed/asset-freeze")
        for listed in listed_of(MEASURES[name])
        for tag in listed.programmes
    }
    tags = set(journal_tags(shared))
    assert len(tags) > 20
    assert tags <= known


def test_a_text_of_the_listed_names_tags_that_its_targets_name() -> None:
    for name in ("eu/listed/asset-freeze", "eu/listed/travel-ban"):
        measure = MEASURES[name]
        targeted = {tag for listed in listed_of(measure) for tag in listed.programmes}
        assert {tag for text in measure.texts for tag in text.tags} == targeted
