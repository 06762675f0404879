import csv
import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from article41.model.clocks import Interval
from article41.model.entities import Address, Entity, Name, Schema
from article41.model.errors import FormatError
from article41.model.listings import Listing
from article41.store import ListChange, compare
from tests.store.made import listing

NAME = Name(value="Ada Example")


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
    [amendment] = change.amended
    assert (amendment.id, amendment.fields) == ("1", fields)
    assert amendment.is_material
    assert not amendment.is_other_target


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ({"name": "Ada Example"}, {"name": "ADA  EXAMPLE."}, ("names",)),
        ({"programmes": ("XA", "XB")}, {"programmes": ("XB", "XA")}, ("programmes",)),
        ({"amended_on": ()}, {"amended_on": (date(2024, 1, 1),)}, ("amended_on",)),
        ({"notes": (("SORT", "1"),)}, {"notes": (("SORT", "2"),)}, ("notes.SORT",)),
    ],
)
def test_order_letter_case_blanks_and_housekeeping_are_cosmetic(
    before: dict[str, Any],
    after: dict[str, Any],
    fields: tuple[str, ...],  # as the model's fields
) -> None:
    [amendment] = compare([listing("1", **before)], [listing("1", **after)]).amended

    assert amendment.fields == fields
    assert not amendment.is_material


def test_a_part_of_an_address_may_stand_in_another_column() -> None:
    one, other = (
        listing("1", entity=Entity(schema=Schema.PERSON, names=(NAME,), addresses=(address,)))
        for address in (
            Address(city="Sample, West Bank", country="Xandu"),
            Address(city="Sample", region="West Bank", country="Xandu"),
        )
    )

    [amendment] = compare([one], [other]).amended

    assert (amendment.fields, amendment.is_material) == (("addresses",), False)


def test_across_forms_remarks_are_compared_by_what_was_read_from_them() -> None:
    table = listing("1", remarks="DOB 1962; Sells examples.", unparsed=("Sells examples.",))
    xml = listing("1", remarks="Sells examples.", unparsed=("Sells examples.",))
    other = listing("1", remarks="Sells samples.", unparsed=("Sells samples.",))

    [within] = compare([table], [xml]).amended
    [across] = compare([table], [xml], are_two_forms=True).amended
    [changed] = compare([table], [other], are_two_forms=True).amended

    assert (within.is_material, across.is_material, changed.is_material) == (True, False, True)
    assert across.fields == ("remarks",)
    assert across.changes[0].before == "DOB 1962; Sells examples."


def test_another_record_of_the_same_entry_is_said_to_be_rekeyed() -> None:
    before = listing("1", notes=(("DATAID", "10"), ("SORT", "1")))
    after = listing("1", notes=(("DATAID", "20"), ("SORT", "1")))

    [amendment] = compare([before], [after]).amended

    assert (amendment.fields, amendment.is_rekeyed) == (("notes.DATAID",), True)


def test_a_number_that_now_stands_for_somebody_else_is_said_to_do_so() -> None:
    [amendment] = compare([listing("1")], [listing("1", name="Orient Shipping")]).amended

    assert amendment.is_other_target
    assert amendment.is_material


def test_of_a_printed_past_only_what_still_holds_is_compared() -> None:
    ended = Interval(valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    holds = Interval(valid_from=date(2021, 1, 1))
    before = [listing("1", during=ended), listing("1", name="Ada Two", during=holds)]
    after = [listing("1", during=ended)]

    assert compare(before, after) == ListChange(added=(), removed=("1",), amended=())


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
