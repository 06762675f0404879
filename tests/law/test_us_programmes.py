"""Every programme of the real OFAC files is in the catalogue of the United States."""

import tomllib
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import msgspec
import pytest

import article41
from article41.model.listings import Listing
from article41.model.measures import Measure, Outcome
from article41.model.targets import ListedTarget
from article41.sources.publications import read_publications

CATALOGUE = Path(article41.__file__).parent / "law" / "catalogue"
SDN = (
    "ofac-sdn-2015-01-17.csv.gz",
    "ofac-sdn-2019-01-04.csv.gz",
    "ofac-sdn-2021-04-25.csv.gz",
    "ofac-sdn-2021-12-10.csv.gz",
    "ofac-sdn-2022-11-09.csv.gz",
    "ofac-sdn-2023-09-14.csv.gz",
    "ofac-sdn-2024-05-03.csv.gz",
)
NON_SDN = (
    "ofac-cons_prim-2018-05-27.csv",
    "ofac-cons_prim-2025-12-19.csv",
    "ofac-cons_enhanced-2025-01-10.zip",
)
REPEATED = {"IRAN-CON-ARMS-EO", "SDGT", "SYRIA", "VENEZUELA-EO13850"}
"""Tags on the non-SDN list by which nothing is imposed there: the entry of the same body on the SDN
List has them too, or another tag of the entry says what is imposed."""


@cache
def selectors() -> tuple[tuple[Measure, ListedTarget], ...]:
    """Every list target of a target of every measure."""
    found = []
    for file in sorted((CATALOGUE / "us").glob("**/*.toml")):
        measure = msgspec.convert(tomllib.loads(file.read_text("utf-8")), type=Measure)
        parties = [target.party for target in measure.targets if target.party]
        found += [(measure, listed) for party in parties for listed in party.listed]
    return tuple(found)


def selects(target: ListedTarget, listing: Listing) -> bool:
    imposed = " / ".join(listing.measures)
    return (
        target.authority == listing.authority
        and not target.listings
        and (not target.lists or any(fnmatchcase(listing.list_id, one) for one in target.lists))
        and (not target.programmes or not set(target.programmes).isdisjoint(listing.programmes))
        and (not target.measures or any(words in imposed for words in target.measures))
        and not (target.measures_unstated and listing.measures)
    )


def outcomes(listing: Listing, on: date) -> dict[Outcome, list[str]]:
    found: dict[Outcome, list[str]] = {}
    for measure, target in selectors():
        held = any(
            days.valid_from <= on and (days.valid_until is None or on < days.valid_until)
            for days in measure.in_force
        )
        if held and measure.kind != "travel-ban" and selects(target, listing):
            found.setdefault(measure.outcome, []).append(measure.id)
    return found


def listings(file: Path) -> Iterator[tuple[date, Listing]]:
    day = date.fromisoformat(file.name.partition(".")[0][-10:])
    for version in read_publications([file], published=None if file.suffix == ".zip" else day):
        for listing in version.listings():
            yield day, listing


@pytest.mark.slow
@pytest.mark.parametrize("name", SDN)
def test_everybody_on_the_sdn_list_is_blocked_on_its_day(name: str, shared: Path) -> None:
    free: dict[tuple[str, ...], str] = {}
    for day, listing in listings(shared / "data" / "ofac" / name):
        if Outcome.FREEZE not in outcomes(listing, day):
            free[listing.programmes] = listing.key

    assert free == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", SDN)
def test_every_tag_of_the_sdn_list_is_in_the_catalogue(name: str, shared: Path) -> None:
    named = {
        tag
        for _, target in selectors()
        if target.authority == "OFAC" and (not target.lists or "ofac-sdn" in target.lists)
        for tag in target.programmes
    }

    tags = {tag for _, one in listings(shared / "data" / "ofac" / name) for tag in one.programmes}

    assert tags - named == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", NON_SDN)
def test_everybody_on_the_non_sdn_list_meets_a_measure(name: str, shared: Path) -> None:
    free: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
    for day, listing in listings(shared / "data" / "ofac" / name):
        if not outcomes(listing, day):
            free[listing.programmes, listing.measures] = listing.key

    assert free == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", NON_SDN)
def test_nobody_is_blocked_for_an_entry_of_the_non_sdn_list(name: str, shared: Path) -> None:
    blocked = {
        measure
        for day, listing in listings(shared / "data" / "ofac" / name)
        for measure in outcomes(listing, day).get(Outcome.FREEZE, ())
    }

    assert blocked <= {"us/iran/eo-13599-list"}


@pytest.mark.slow
@pytest.mark.parametrize("name", NON_SDN)
def test_every_tag_of_the_non_sdn_list_is_in_the_catalogue(name: str, shared: Path) -> None:
    named = {
        tag
        for _, target in selectors()
        if target.authority == "OFAC" and (not target.lists or "ofac-cons" in target.lists)
        for tag in target.programmes
    }

    tags = {tag for _, one in listings(shared / "data" / "ofac" / name) for tag in one.programmes}

    assert tags - named - REPEATED == set()


@pytest.mark.slow
def test_the_screening_list_meets_a_measure_but_for_orders_on_proliferation(shared: Path) -> None:
    file = shared / "data" / "us-csl" / "us-csl-consolidated-2022-05-16.csv.gz"

    free = {listing.programmes[0] for day, listing in listings(file) if not outcomes(listing, day)}

    assert free == {"Nonproliferation Sanctions (ISN) - State Department"}


def test_a_tag_has_one_blocking_measure_and_a_text_of_it() -> None:
    seen: dict[str, str] = {}
    for measure, target in selectors():
        if measure.outcome is Outcome.FREEZE and "ofac-sdn" in target.lists:
            texts = {tag for text in measure.texts for tag in text.tags}
            for tag in target.programmes:
                assert tag in texts, measure.id
                if measure.id != "us/syria/blocking-after-revocation":
                    assert seen.setdefault(tag, measure.id) == measure.id

    assert len(seen) > 80
