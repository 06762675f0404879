"""Real changes of real lists: a change tells what screening everybody tells."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from article41.casework.monitor import ChangeKind, Customer
from article41.checks import refresh_index
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Schema
from article41.sources.publications import read_publications
from article41.store import Shrink, Store
from tests.casework.made import copied, kept, reported, screened, take_in
from tests.match.names import like, name

DAY = date(2026, 11, 30)
PUBLICATIONS = (
    (date(2022, 1, 31), ("ofac-sdn-2022-01-31.csv.gz", "ofac-alt-2022-01-31.csv")),
    (date(2022, 2, 26), ("ofac-sdn-2022-02-26.csv.gz",)),
    (date(2024, 4, 26), ("ofac-sdn-2024-04-26.csv.gz", "ofac-alt-2024-01-08.csv")),
)
SCHEMAS = (Schema.PERSON, Schema.PERSON, Schema.COMPANY, None)


def publish(folder: Path, shared: Path, number: int) -> datetime:
    day, files = PUBLICATIONS[number]
    known_at = datetime(2026, 11, 1, number, tzinfo=UTC)
    paths = [shared / "data" / "ofac" / one for one in files]
    with Store(folder) as store:
        for version in read_publications(paths, published=day):
            store.add(version, known_at=known_at, shrink=Shrink.ACCEPT)
        refresh_index(store)
    return known_at


def customers(shared: Path, count: int) -> list[Customer]:
    """Invented customers: names of invented people, and names near to those of a list."""
    dice = Random(41)
    path = shared / "data" / "matching" / "synthetic_negatives.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        invented = [row["name"] for row in csv.DictReader(lines)]
    alias = shared / "data" / "ofac" / "ofac-alt-2022-01-31.csv"
    with alias.open(encoding="latin-1", newline="") as lines:
        listed = [row[3] for row in csv.reader(lines) if len(row) > 3]
    made = []
    for number in range(count):
        names = (invented, listed)[dice.randrange(20) == 0]
        born = PartialDate(year=dice.randint(1940, 2000), month=dice.randint(1, 12), day=11)
        text = like(dice, dice.choice(names)) if dice.randrange(2) else dice.choice(names)
        made.append(
            Customer(
                id=f"{number}",
                names=(text if text.strip() else name(dice),),
                schema=dice.choice(SCHEMAS),
                birth_dates=(StatedDate(first=born),) if dice.randrange(2) else (),
            )
        )
    return made


def compare(shared: Path, tmp_path: Path, *, count: int, steps: Sequence[int]) -> None:
    folder, kinds = tmp_path / "store", set()
    since = publish(folder, shared, steps[0])
    take_in(folder, customers(shared, count))
    screened(folder, on=DAY)
    for step in steps[1:]:
        came = publish(folder, shared, step)
        other = copied(folder, tmp_path / f"full-{step}")

        run, told = screened(folder, on=DAY, since="last")
        _, expected = screened(other, on=DAY)

        assert told == expected
        assert kept(folder) == kept(other)
        assert run.screened < count / 2
        kinds |= {one.kind for one in told}
        _, told_since = reported(folder, since, on=DAY, list_id="ofac-sdn")
        assert [(one.kind, one.alert) for one in told_since] == [
            (one.kind, one.alert) for one in expected
        ]
        since = came
    assert kinds == set(ChangeKind)


def test_a_change_of_a_real_list_is_what_screening_everybody_finds(
    shared: Path, tmp_path: Path
) -> None:
    compare(shared, tmp_path, count=10_000, steps=(0, 2))


@pytest.mark.slow
def test_the_same_of_a_hundred_thousand_customers_and_years_of_changes(
    shared: Path, tmp_path: Path
) -> None:
    compare(shared, tmp_path, count=100_000, steps=(0, 1, 2))
