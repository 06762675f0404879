from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.clocks import Interval, PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import LegalAct, Listing
from article41.store.contents import Places, Roll, decode, encode, places_of
from tests.store.made import listing, listings


@given(listings)
def test_a_listing_comes_back_equal_from_its_content_and_its_places(given_listing: Listing) -> None:
    assert decode(encode(given_listing), places_of(given_listing)) == given_listing


@given(listings, st.text())
def test_a_listing_that_moved_in_the_file_has_the_same_content(one: Listing, place: str) -> None:
    names = tuple(msgspec.structs.replace(name, place=place) for name in one.entity.names)
    moved = msgspec.structs.replace(
        one, place=place, entity=msgspec.structs.replace(one.entity, names=names)
    )

    assert encode(moved) == encode(one)


@given(listings)
def test_a_content_read_and_written_again_is_the_same_content(one: Listing) -> None:
    assert encode(decode(encode(one), Places(""))) == encode(one)


ADA = listing()
OTHER_NAME = Name(
    value="Ида",
    kind=NameKind.FORMER,
    script="Cyrl",
    language="xa",
    note="once",
    act="2024/7",
    place="b.csv:1",
)
OTHER = Listing(
    authority="XB",
    list_id="xb-main",
    id="8",
    entity=Entity(
        schema=Schema.VESSEL,
        names=(OTHER_NAME,),
        birth_dates=(StatedDate(first=PartialDate(year=1965)),),
        birth_places=("Exampleville",),
        nationalities=("Examplia",),
        genders=("female",),
        titles=("Director",),
        addresses=(Address(city="Exampleville"),),
        identifiers=(Identifier(kind=IdentifierKind.PASSPORT, value="X0000001"),),
        links=("EXAMPLE HOLDING",),
        flags=("Examplia",),
        properties=(("type", "Tanker"),),
    ),
    programmes=("XA-FLEET",),
    listed_on=date(2024, 1, 2),
    amended_on=(date(2024, 1, 3),),
    delisted_on=date(2024, 1, 4),
    measures=("Asset freeze",),
    legal_acts=(LegalAct(title="2024/7"),),
    during=Interval(valid_from=date(2024, 1, 5)),
    sure=Interval(valid_from=date(2024, 1, 6)),
    restates=("xa-other/7",),
    same_as=("xb-main/7",),
    reasons=("Example",),
    remarks="DOB 1965.",
    unparsed=("Example",),
    notes=(("alt_num", "1"),),
    place="b.csv:1",
)


@pytest.mark.parametrize("field", [name for name in Listing.__struct_fields__ if name != "place"])
def test_a_listing_with_one_other_field_has_another_content(field: str) -> None:
    changed = msgspec.structs.replace(ADA, **{field: getattr(OTHER, field)})

    assert encode(changed) != encode(ADA)


@pytest.mark.parametrize("field", Entity.__struct_fields__)
def test_a_target_with_one_other_field_has_another_content(field: str) -> None:
    entity = msgspec.structs.replace(ADA.entity, **{field: getattr(OTHER.entity, field)})

    assert encode(msgspec.structs.replace(ADA, entity=entity)) != encode(ADA)


@pytest.mark.parametrize("field", [name for name in Name.__struct_fields__ if name != "place"])
def test_a_name_with_one_other_field_has_another_content(field: str) -> None:
    name = msgspec.structs.replace(ADA.entity.names[0], **{field: getattr(OTHER_NAME, field)})
    entity = msgspec.structs.replace(ADA.entity, names=(name,))

    assert encode(msgspec.structs.replace(ADA, entity=entity)) != encode(ADA)


def test_fields_at_their_default_leave_no_trace_in_a_content() -> None:
    body = msgspec.msgpack.decode(encode(listing()))

    assert body.keys() == {"authority", "list_id", "id", "entity", "place"}
    assert body["entity"] == {"schema": "Person", "names": [{"value": "Ada Example"}]}


def test_a_roll_comes_back_equal() -> None:
    roll = Roll((3, 1), (Places("a:1"), Places("a:2", ("", "b:1"))))

    assert Roll.unpack(roll.pack()) == roll


@pytest.mark.parametrize("packed", [b"", b"no roll", Roll((1,), ()).pack()])
def test_bytes_that_are_no_roll_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Roll.unpack(packed)
