"""Canonical bytes are those of RFC 8785, as another implementation writes them."""

import json
import math
from contextlib import suppress
from typing import NoReturn

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from article41.casework.audit.canonical import canonical
from article41.model.errors import InputError

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 512
POINTLESS_END = 1e21
"""From here on numbers are written with an exponent."""


def is_plain(number: float) -> bool:
    """True unless a number would be written as an integer that readers do not agree upon."""
    return math.isfinite(number) and not INTEGER_MAX < abs(number) < POINTLESS_END


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-INTEGER_MAX, INTEGER_MAX)
    | st.floats().filter(is_plain)
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
def test_what_comes_again_has_the_same_bytes(value: object, padding: int, times: int) -> None:
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
    "text", ["1e-7", "1E21", "0.000001", "-0.0", "9007199254740991.0", "5e-324", "1e300"]
)
def test_numbers_are_written_as_the_standard_has_them(text: str) -> None:
    assert canonical(text.encode()) == rfc8785.dumps(float(text))


@pytest.mark.parametrize(
    "data",
    [b"{", b"\xff", b"9007199254740992", b"1e17", b"1e999", b'{"\xf0\x9f\x9a\xa2":1}', b"NaN"],
)
def test_what_two_readers_could_read_differently_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        canonical(data)


# What JSON is made of, whole and in pieces that do not fit.
pieces = st.sampled_from(
    [
        *'{}[],:" \n-0.1eE+9/\\',
        *("true", "null", "\x00", "\t", "\x7f", "\ufeff", "\ue000", "\U0001f6a2"),
        *('\\"', "\\n", "\\x", "\\u00e9", "\\u001f", "\\ud83d", "\\ude00", "\\u00"),
        *('"a"', '"a":', '"\\u0061":1,', '{"b":0,'),
        *("-0.0", "1e3", "1e20", "1e999", "1e-999", "5e-324", "NaN", "Infinity"),
        *("9007199254740991", "9007199254740992", "123456789012345678901234567890"),
    ]
)
almost_json = st.lists(pieces.map(str.encode) | st.binary(max_size=2), max_size=12).map(b"".join)


@st.composite
def bruised(draw: st.DrawFn) -> bytes:
    """JSON with one place written over."""
    data = json.dumps(draw(values), ensure_ascii=draw(st.booleans())).encode()
    place = draw(st.integers(0, len(data)))
    return data[:place] + draw(almost_json) + data[place + draw(st.integers(0, 3)) :]


def plainly(data: bytes) -> bytes:
    """The canonical form by another way: Python reads, the reference writes.

    Raises:
        ValueError: There is none.
    """

    def with_bytes(value: object) -> None:
        # Half a letter reads well and has no bytes in UTF-8.
        json.dumps(value, ensure_ascii=False).encode()

    def whole(text: str) -> int:
        if len(text) > len(str(-INTEGER_MAX)) or abs(int(text)) > INTEGER_MAX:
            raise ValueError(text)
        return int(text)

    def finite(text: str) -> float:
        if not is_plain(float(text)):
            raise ValueError(text)
        return float(text)

    def constant(text: str) -> NoReturn:
        raise ValueError(text)

    def fields(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if any(name and max(name) > "\uffff" for name, _ in pairs):
            raise ValueError("rare letters")
        with_bytes(pairs)
        return dict(pairs)

    value = json.loads(
        data.decode("utf-8"),
        parse_int=whole,
        parse_float=finite,
        parse_constant=constant,
        object_pairs_hook=fields,
    )
    with_bytes(value)
    return rfc8785.dumps(value)


def ours(data: bytes) -> bytes | None:
    """The canonical form; None if it is refused."""
    try:
        return canonical(data)
    except InputError:
        return None


@given(data=almost_json | bruised())
@example(data=b"")
@example(data=b'\xef\xbb\xbf{"a":1}')
@example(data=b'{"a":1,"\\u0061":2}')
@example(data=b'{"a":1e999,"a":2}')
@example(data=b'{"a":9007199254740992,"a":2}')
@example(data=b'["\\ud83d\\ude00","\\ud83d"]')
@example(data=b'{"\\ud83d\\ude00":1}')
@example(data=b'{"a":"\\ud83d","a":1}')
@example(data=b'["\xed\xa0\x80"]')
@example(data=b"1" * 5_000)
@example(data=b"1" * 5_000 + b"e-4999")
@example(data=b"1e" + b"9" * 5_000)
@example(data=b"-0e" + b"9" * 5_000)
def test_refused_is_what_a_plain_reader_refuses_and_nothing_else(data: bytes) -> None:
    expected: bytes | None = None
    with suppress(ValueError):
        expected = plainly(data)

    assert ours(data) == expected


@given(data=st.binary(max_size=40) | almost_json | bruised())
@example(data=b"123456789012345678901e0")
def test_any_bytes_are_refused_or_keep_their_value_and_are_final(data: bytes) -> None:
    found = ours(data)

    if found is not None:
        # To JSON all numbers are of one kind.
        assert json.loads(found, parse_int=float) == json.loads(data, parse_int=float)
        assert ours(found) == found


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_nesting_has_a_bound_far_from_the_end_of_the_stack(opening: bytes, closing: bytes) -> None:
    deepest = opening * DEPTH_MAX + b"1" + closing * DEPTH_MAX

    assert canonical(deepest) == deepest
    for depth in (DEPTH_MAX + 1, 1_000_000):
        with pytest.raises(InputError, match="nested too deep"):
            canonical(opening * depth + b"1" + closing * depth)


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"[1,\n", "this cannot go on record: a value is missing (byte 4)", "one JSON value"),
        (b'["\xff"]', "this cannot go on record: no UTF-8 (byte 2)", "one JSON value in UTF-8"),
        (b"[-9007199254740992]", "`-9007199254740992` is beyond what", "in quotation marks"),
        (b"[1e999]", "`1e999` is beyond what readers of JSON agree upon", "in quotation marks"),
        ('{"\U0001f6a2": 1}'.encode(), "the field `\U0001f6a2` has a name", "in common letters"),
        (b"1" * 5_000, "`" + "1" * 60 + "...` is beyond what", "in quotation marks"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(data: bytes, message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        canonical(data)

    assert message in caught.value.message
    assert hint in (caught.value.hint or "")
