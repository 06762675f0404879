"""The catalogue beside the Union and the United States: the reference, the lists, the table."""

import csv
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

import article41.law.coverage
from article41.law.coverage import CoverageKind, CoverageState, coverage_on
from article41.law.coverage_loading import load_coverage
from article41.model.listings import Listing
from article41.model.measures import Certainty, Days, Level, Measure, Outcome
from article41.model.targets import ListedTarget
from article41.sources.publications import read_publications

CATALOGUE = Path(article41.law.coverage.__file__).parent / "catalogue"
FOLDERS = (
    "aligned", "au", "ca", "ch", "diplomatic", "gb", "il", "in", "jp", "las", "no", "tr", "un",
)  # fmt: skip
PARIS = date(2012, 7, 6)
TODAY = date(2026, 11, 30)


def _measures() -> Iterator[Measure]:
    for folder in FOLDERS:
        for file in sorted((CATALOGUE / folder).rglob("*.toml")):
            yield msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), type=Measure)


MEASURES = {measure.id: measure for measure in _measures()}
SYRIA = [measure for measure in MEASURES.values() if measure.regime == "SY" and measure.targets]

BY_ROW = {
    "UN-01": ["un/hariri/asset-freeze", "un/hariri/travel-ban"],
    "AL-01": ["las/syria/officials-assets", "las/syria/officials-travel"],
    "AL-02": ["las/syria/central-bank", "las/syria/government"],
    "AL-03": ["las/syria/arms", "las/syria/flights"],
    "TR-01": [
        "tr/syria/government-assets", "tr/syria/central-bank", "tr/syria/commercial-bank",
        "tr/syria/arms", "tr/syria/state-credit", "tr/syria/cooperation-council",
    ],
    "CH-01": [
        "ch/syria/asset-freeze", "ch/syria/travel-ban", "ch/syria/arms",
        "ch/syria/internal-repression",
    ],
    "CH-02": ["ch/syria/oil"],
    "CH-03": ["ch/syria/oil-investment", "ch/syria/banknotes"],
    "CH-04": [
        "ch/syria/oil-gas-equipment", "ch/syria/power-plants", "ch/syria/power-plant-investment",
        "ch/syria/monitoring-goods", "ch/syria/monitoring-services", "ch/syria/precious-metals",
        "ch/syria/bonds", "ch/syria/banking-relations", "ch/syria/insurance",
        "ch/syria/cargo-flights", "ch/syria/no-claims",
    ],
    "CA-01": ["ca/syria/asset-freeze"],
    "CA-02": ["ca/syria/oil", "ca/syria/oil-investment"],
    "CA-03": ["ca/syria/imports", "ca/syria/investment", "ca/syria/monitoring-goods"],
    "CA-04": ["ca/syria/luxury-goods"],
    "CA-05": ["ca/syria/dual-use"],
    "AU-01": ["au/syria/asset-freeze", "au/syria/travel-ban", "au/syria/arms"],
    "AU-02": [
        "au/syria/oil", "au/syria/oil-gas-equipment", "au/syria/power-plants",
        "au/syria/banknotes", "au/syria/monitoring-goods", "au/syria/monitoring-services",
        "au/syria/luxury-goods", "au/syria/precious-metals", "au/syria/banking-relations",
        "au/syria/oil-investment",
    ],
    "JP-01": ["jp/syria/asset-freeze"],
    "JP-02": ["jp/syria/charter-flights"],
    "NO-01": ["no/syria/as-union"],
    "AS-01": [
        f"aligned/{state}" for state in ("hr", "mk", "me", "is", "al", "rs", "li", "no")
    ],
    "GB-01": ["gb/syria/union-measures"],
    "GB-02": ["gb/syria/asset-freeze", "gb/syria/travel-ban"],
    "GB-03": ["gb/overseas-territories/syria"],
} | {
    f"DIP-{state}": [f"diplomatic/{state.lower()}"]
    for state in ("US", "GB", "CA", "AU", "FR", "DE", "IT", "ES", "NL", "BG")
}  # fmt: skip
"""Which measures carry each row of the reference."""

BESIDE_THE_MEASURES = re.compile(r"(EU|US|NONE)-|UN-02")
"""Rows of others, and those that say that there is no measure: they are rows of coverage."""

KINDS = {
    "asset-freeze": "freeze", "travel-ban": "travel", "oil-import-ban": "trade",
    "arms-embargo": "trade arms", "internal-repression-goods": "trade arms", "dual-use": "trade",
    "luxury-goods": "trade", "precious-metals": "trade", "banknotes-coinage": "trade",
    "oil-gas-equipment": "trade", "power-plants": "trade", "jet-fuel": "trade",
    "import-ban": "trade", "cultural-property": "trade", "investment-ban": "finance",
    "banking-relations": "finance", "insurance": "finance", "central-bank": "finance",
    "financial-services-ban": "finance securities", "development-finance": "finance",
    "no-claims": "finance", "bond-dealing": "securities", "aircraft-access": "transport",
    "telecom-monitoring": "communications", "diplomatic": "diplomatic",
}  # fmt: skip
"""The kinds of coverage under which each kind of measure on Syria falls."""

KNOWN_UNMAPPED = {
    "Liberia",  # Union law; the regime ended in 2016.
    "Ivory Coast",  # Union law; the regime ended in 2016.
    "Federal Republic of Yugoslavia and Serbia",  # Union law; it ended before 2021.
}
"""Tags of the closed British list for which the United Kingdom never had law of its own."""


def binds(days: Days, measure: Measure) -> bool:
    return (days.certainty or measure.certainty) is not Certainty.C


def is_in_force(measure: Measure, day: date) -> bool:
    return any(
        days.valid_from <= day and (days.valid_until is None or day < days.valid_until)
        for days in measure.in_force
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_id_of_each_measure_is_its_path(folder: str) -> None:
    files = sorted((CATALOGUE / folder).rglob("*.toml"))

    assert files
    for file in files:
        assert file.relative_to(CATALOGUE).with_suffix("").as_posix() in MEASURES


def test_every_row_of_the_reference_is_a_measure_with_its_days(shared: Path) -> None:
    with (shared / "domain" / "syria-2012-measures.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not BESIDE_THE_MEASURES.match(row["id"])]

    assert {row["id"] for row in rows} == set(BY_ROW)
    for row in rows:
        for id_ in BY_ROW[row["id"]]:
            measure = MEASURES[id_]
            first = min(d.valid_from for d in measure.in_force if binds(d, measure))
            assert first == date.fromisoformat(row["in_force_from"]), (row["id"], id_)
            assert measure.announced_on == date.fromisoformat(row["announced_on"]), id_
            assert measure.certainty.value >= row["certainty"], (row["id"], id_)
            if row["ended_on"]:
                ends = [days.valid_until for days in measure.in_force]
                assert ends == [date.fromisoformat(row["ended_on"])], id_
            if row["in_force_2012_07_06"] == "N":
                assert not is_in_force(measure, PARIS), id_


@pytest.mark.parametrize("id_", BY_ROW["AU-02"])
def test_an_australian_measure_announced_before_paris_was_not_yet_law(id_: str) -> None:
    measure = MEASURES[id_]

    assert measure.announced_on is not None
    assert measure.announced_on < PARIS < measure.in_force[0].valid_from
    assert measure.outcome is Outcome.PROHIBIT


def test_japan_refuses_charter_flights_from_the_very_day() -> None:
    measure = MEASURES["jp/syria/charter-flights"]

    assert measure.outcome is Outcome.DENY
    assert [days.valid_from for days in measure.in_force] == [PARIS]


def test_what_binds_states_alone_binds_no_operator() -> None:
    for measure in MEASURES.values():
        of_states = measure.kind in ("diplomatic", "alignment") and measure.level is Level.STATES
        if measure.jurisdiction in ("UN", "LAS") or of_states:
            assert measure.level is Level.STATES, measure.id
        else:
            assert measure.level is Level.OPERATORS, measure.id


def test_british_measures_begin_where_union_law_ended() -> None:
    own = {"gb/human-rights/", "gb/terrorism/", "gb/freezing-orders/", "diplomatic/"}
    own |= {"gb/syria/union-measures", "gb/overseas-territories/"}

    for measure in MEASURES.values():
        if measure.jurisdiction == "GB" and not measure.id.startswith(tuple(own)):
            assert not is_in_force(measure, date(2020, 12, 30)), measure.id


@pytest.mark.parametrize("id_", [id_ for id_ in MEASURES if re.search("/(listed|un.*|fiaa)/", id_)])
def test_each_tag_that_a_measure_means_has_a_text(id_: str) -> None:
    measure = MEASURES[id_]
    meant = {tag for listed in listed_of(measure) for tag in listed.programmes}
    said = {tag for text in measure.texts for tag in text.tags}

    assert said <= meant
    if any(text.tags for text in measure.texts):
        untagged = any(not text.tags for text in measure.texts)
        assert untagged or meant == said


def listed_of(measure: Measure) -> Iterator[ListedTarget]:
    for target in measure.targets:
        if target.party is not None:
            yield from target.party.listed


@pytest.mark.parametrize("measure", SYRIA, ids=lambda measure: measure.id)
def test_what_the_catalogue_holds_on_syria_the_table_calls_modelled(measure: Measure) -> None:
    if measure.id in ("jp/syria/asset-freeze", "ca/syria/dual-use"):
        pytest.skip("only a part of that law is held, and the table says so")
    kinds = [CoverageKind(kind) for kind in KINDS[measure.kind].split()]
    verified_until = date(2012, 7, 7) if measure.jurisdiction == "TR" else TODAY

    for days in measure.in_force:
        if days.valid_from < verified_until:
            found = coverage_on(
                load_coverage(),
                jurisdiction=measure.jurisdiction,
                countries={"SY": 0},
                kinds=kinds,
                day=days.valid_from,
            )
            states = {row.state for row, _ in found if row.regime == "SY"}
            doubtful = {CoverageState.ABSENT} if not binds(days, measure) else set()
            assert states <= {CoverageState.MODELLED, *doubtful}
            assert states


def test_what_the_table_calls_modelled_has_a_measure() -> None:
    own = {measure.jurisdiction for measure in MEASURES.values()} - {"US"}
    rows = [
        row
        for row in load_coverage().rows
        if row.state is CoverageState.MODELLED and row.jurisdiction in own
    ]

    assert rows
    for row in rows:
        assert row.valid_from is not None
        held = {
            kind
            for measure in MEASURES.values()
            if measure.jurisdiction == row.jurisdiction and is_in_force(measure, row.valid_from)
            if measure.regime == "SY"
            for kind in KINDS.get(measure.kind, "").split()
        }
        # Services beside goods and monitoring stand in the measures on these.
        wanted = {kind.value for kind in row.kinds} - {"services"}
        assert wanted <= held, (row, wanted - held)


def test_every_word_that_a_measure_uses_is_in_the_vocabulary() -> None:
    known: dict[str, set[str]] = {}
    for file in (CATALOGUE / "words").glob("*.toml"):
        for chapter, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
            known.setdefault(chapter, set()).update(words)

    for measure in MEASURES.values():
        assert measure.kind in known["kinds"]
        for chapter, word in _words(msgspec.to_builtins(measure)):
            assert word in known[chapter], (measure.id, word)


def _words(tree: object, field: str = "") -> Iterator[tuple[str, str]]:
    chapters = {"proof": "facts", "fact": "facts"}
    chapters |= {name: name for name in ("purposes", "items", "sectors")}
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _words(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from _words(value, field)
    elif isinstance(tree, str) and tree and field in chapters:
        yield chapters[field], tree


def is_meant(listed: ListedTarget, entry: Listing) -> bool:
    """The rule for selectors, told once more in a few lines."""
    imposed = " ".join(entry.measures).casefold()
    return (
        listed.authority == entry.authority
        and (not listed.lists or entry.list_id in listed.lists)
        and (not listed.programmes or bool(set(listed.programmes) & set(entry.programmes)))
        and (not listed.measures or any(w.casefold() in imposed for w in listed.measures))
        and (not listed.schemas or entry.entity.schema in listed.schemas)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "published"),
    [
        ("un/un-consolidated-2018-06-07.xml.gz", None),
        ("un/un-consolidated-2023-03-27.xml.gz", None),
        ("un/un-consolidated-2026-02-27.xml.gz", None),
        ("uk/uk-conlist-2014-04-02.csv.gz", None),
        ("uk/uk-conlist-2018-04-13.csv.gz", None),
        ("uk/uk-conlist-2025-04-10.xlsx", None),
        ("uk/uk-sanctions-list-summary-2025-08-11.ods", date(2025, 8, 11)),
        ("uk/uk-sanctions-list-excerpt-2026-03-26.xml", None),
        ("ca/ca-sema-2025-05-25.xml.gz", date(2025, 5, 25)),
        ("ch/ch-seco-excerpt-2026-08-27.xml", None),
        ("au/au-dfat-consolidated-2024-12-17.xlsx", date(2024, 12, 17)),
        ("other/ch-fiaa-freezes-2026-07-30.csv", date(2026, 7, 30)),
        ("other/il-wmd-banned-2024-08-13.xlsx", None),
        ("other/in-mha-banned-2023-12-18.html", date(2023, 12, 18)),
    ],
)
def test_every_entry_of_a_real_list_is_meant_by_a_measure(
    shared: Path, file: str, published: date | None
) -> None:
    [version] = read_publications([shared / "data" / file], published=published)
    selectors = [listed for measure in MEASURES.values() for listed in listed_of(measure)]

    unmapped = {
        (tag, entry.measures)
        for entry in version.listings()
        if not any(is_meant(listed, entry) for listed in selectors)
        for tag in entry.programmes
    }

    assert {tag for tag, _ in unmapped} <= KNOWN_UNMAPPED, unmapped
