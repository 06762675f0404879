import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.listings import Listing
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


@given(listings, listings)
def test_two_contents_are_equal_only_if_the_listings_are(one: Listing, other: Listing) -> None:
    apart = decode(encode(one), Places("")) != decode(encode(other), Places(""))

    assert (encode(one) != encode(other)) == apart


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
