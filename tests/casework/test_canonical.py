"""Canonical bytes are those of RFC 8785, as another implementation writes them."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from article41.casework.audit.canonical import INTEGER_MAX, canonical
from article41.model.errors import InputError

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-INTEGER_MAX, INTEGER_MAX)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=0xD7FF), max_size=3), inner)
    ),
    max_leaves=20,
)


@given(value=values, is_ascii=st.booleans())
def test_the_bytes_are_those_of_the_reference(value: object, *, is_ascii: bool) -> None:
    data = json.dumps(value, ensure_ascii=is_ascii).encode()

    assert canonical(data) == rfc8785.dumps(json.loads(data))


@given(value=values, padding=st.integers(0, 300), times=st.integers(1, 3))
def test_parts_that_come_again_have_the_same_bytes(value: object, padding: int, times: int) -> None:
    whole = {"b": [value, "x" * padding], "\u00e9": value, "a": {"scores": [0.1 + 0.2, 1.0]}}
    data = json.dumps(whole, ensure_ascii=False, indent=1).encode()

    assert {canonical(data) for _ in range(times)} == {rfc8785.dumps(json.loads(data))}


@given(
    value=values,
    number=st.integers(INTEGER_MAX + 1, 2**80) | st.integers(-(2**80), -INTEGER_MAX - 1),
    indent=st.sampled_from([None, 0, 2]),
    padding=st.integers(0, 300),
)
def test_a_number_beyond_what_readers_agree_upon_is_refused_wherever_it_stands(
    value: object, number: int, indent: int | None, padding: int
) -> None:
    beside = [0.1234567890123456, "x" * padding, value]
    for whole in ({"a": [*beside, number]}, {"a": beside, "b": number}, [number, *beside]):
        with pytest.raises(InputError):
            canonical(json.dumps(whole, indent=indent).encode())


@pytest.mark.parametrize(
    "text", ["1e-7", "1E21", "0.000001", "-0.0", "100000000000000000000.0", "5e-324", "1e300"]
)
def test_numbers_are_written_as_the_standard_has_them(text: str) -> None:
    assert canonical(text.encode()) == rfc8785.dumps(float(text))


@pytest.mark.parametrize(
    "data", [b"{", b"\xff", b"9007199254740992", b"1e999", b'{"\xf0\x9f\x9a\xa2":1}', b"NaN"]
)
def test_what_two_readers_could_read_differently_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        canonical(data)
