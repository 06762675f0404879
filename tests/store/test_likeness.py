import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.store.likeness import Marks, are_two_targets, marks_of
from tests.store.made import listing


def marks(name: str, *, number: str = "", street: str = "", born: str = "") -> Marks:
    passport = Identifier(kind=IdentifierKind.PASSPORT, value=number)
    birth = (StatedDate(first=PartialDate.parse(born)),) if born else ()
    entity = Entity(
        schema=Schema.PERSON,
        names=(Name(value=name),),
        birth_dates=birth,
        identifiers=(passport,) if number else (),
        addresses=(Address(street=street, country="XA"),) if street else (),
    )
    return marks_of(listing("7", entity=entity))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"number": "P0001234"}, {"number": "P0001299"}),
        ({"street": "1 Harbour Street"}, {"street": "2 Harbour Street"}),
        ({"number": "harbours"}, {"street": "Harbour"}),
    ],
)
def test_numbers_and_streets_that_are_only_alike_are_of_two_targets(
    before: dict[str, str], after: dict[str, str]
) -> None:
    one, other = marks("Ada Example", **before), marks("Orient Shipping", **after)

    assert are_two_targets(one, other)


def test_a_number_in_a_name_is_compared_as_a_number() -> None:
    assert are_two_targets(marks("ORIENT-100234"), marks("SUNRISE-100299"))
    assert not are_two_targets(marks("ORIENT-100234"), marks("SUNRISE-100234"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"number": "P 000-1234"}, {"number": "p0001234"}),
        ({"street": "1, Harbour Street"}, {"street": "1 HARBOUR STREET"}),
        ({"born": "1970"}, {"born": "1970"}),
    ],
)
def test_one_fact_in_common_is_one_target_whatever_its_name(
    before: dict[str, str], after: dict[str, str]
) -> None:
    one, other = marks("Ada Example", **before), marks("Orient Shipping", **after)

    assert not are_two_targets(one, other)


def test_a_corrected_spelling_is_one_target_though_its_number_changed() -> None:
    one, other = marks("Aida", number="P0001234"), marks("Ayda", number="X99")

    assert not are_two_targets(one, other)


def test_nothing_to_go_by_is_no_other_target() -> None:
    assert not are_two_targets(marks("Yo"), marks("Ada Example", number="P0001234"))


NUMBERS = st.from_regex(r"[A-Z]{0,2}[0-9]{5,12}", fullmatch=True)


@given(NUMBERS, NUMBERS)
def test_of_strangers_the_number_alone_decides(one: str, other: str) -> None:
    found = are_two_targets(
        marks("Ada Example", number=one), marks("Orient Shipping", number=other)
    )

    assert found == (one != other)
