import csv
import gzip
from pathlib import Path

import pytest

from article41.model.entities import Address, Entity, Name, Schema
from article41.model.errors import FormatError
from article41.model.listings import Listing
from article41.store import Amendment, ListChange, compare
from tests.store.made import listing


def test_a_listing_only_in_the_later_state_is_added_and_only_in_the_earlier_one_removed() -> None:
    change = compare([listing("1"), listing("2")], [listing("3"), listing("2")])

    assert change == ListChange(added=("3",), removed=("1",), amended=())


def test_an_amendment_names_the_fields_of_the_listing_and_of_its_entity() -> None:
    before = listing("1", name="Ada Example", remarks="one")
    names = (Name(value="Ada Exemple"),)
    entity = Entity(schema=Schema.PERSON, names=names, addresses=(Address(country="XB"),))
    after = listing("1", remarks="two", entity=entity)

    change = compare([before], [after])

    fields = ("names", "addresses", "remarks")
    assert change.amended == (Amendment(id="1", fields=fields),)


def test_a_listing_that_only_moved_in_the_file_is_not_amended() -> None:
    names = (Name(value="Ada", place="alt.csv:1"),)
    moved = (Name(value="Ada", place="alt.csv:2"),)
    before = listing("1", place="a:1", entity=Entity(schema=Schema.PERSON, names=names))
    after = listing("1", place="a:2", entity=Entity(schema=Schema.PERSON, names=moved))

    assert compare([before], [after]).amended == ()


def test_a_number_that_stands_twice_is_refused_with_its_place() -> None:
    with pytest.raises(FormatError, match=r"a\.csv:1.*`1` stands twice"):
        compare([], [listing("1"), listing("1", name="Another")])


def entries(path: Path) -> list[Listing]:
    with gzip.open(path, "rt", encoding="latin-1", newline="") as file:
        return [listing(row[0], name=row[1]) for row in csv.reader(file) if len(row) > 1]


@pytest.mark.parametrize(
    ("before", "after", "added", "removed"),
    [
        ("2022-02-17", "2022-02-23", 52, 0),
        ("2022-02-24", "2022-02-25", 91, 0),
        ("2024-04-26", "2024-05-01", 298, 0),
        ("2024-05-02", "2024-05-03", 0, 8),
    ],
)
def test_the_published_changes_of_the_sdn_list_are_found(
    shared: Path, before: str, after: str, added: int, removed: int
) -> None:
    folder = shared / "data" / "ofac"

    change = compare(
        entries(folder / f"ofac-sdn-{before}.csv.gz"), entries(folder / f"ofac-sdn-{after}.csv.gz")
    )

    assert (len(change.added), len(change.removed)) == (added, removed)
