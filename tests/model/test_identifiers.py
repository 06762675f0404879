import string

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.identifiers import Bic, Imo, Lei

LETTERS = string.digits + string.ascii_uppercase
STEMS = st.integers(min_value=100_000, max_value=999_999).map(str)
LEI_STEMS = st.text(LETTERS, min_size=18, max_size=18)


def imo_with_check_digit(stem: str) -> str:
    weighted = [7 * int(stem[0]), 6 * int(stem[1]), 5 * int(stem[2])]
    weighted += [4 * int(stem[3]), 3 * int(stem[4]), 2 * int(stem[5])]
    return stem + str(sum(weighted))[-1]


def lei_with_check_digits(stem: str) -> str:
    number = "".join(str(LETTERS.index(letter)) for letter in stem) + "00"
    return f"{stem}{98 - int(number) % 97:02d}"


@given(STEMS)
def test_of_ten_last_digits_one_makes_an_imo_number(stem: str) -> None:
    right = imo_with_check_digit(stem)

    for digit in string.digits:
        if stem + digit == right:
            assert Imo.parse(right).value == right
        else:
            with pytest.raises(ValueError, match="IMO"):
                Imo.parse(stem + digit)


@given(LEI_STEMS, st.integers(min_value=0, max_value=17), st.sampled_from(LETTERS))
def test_a_letter_for_a_letter_or_a_digit_for_a_digit_in_an_lei_is_noticed(
    stem: str, place: int, letter: str
) -> None:
    right = lei_with_check_digits(stem)
    changed = right[:place] + letter + right[place + 1 :]

    assert Lei.parse(right).value == right
    if changed != right and letter.isdigit() == right[place].isdigit():
        with pytest.raises(ValueError, match="LEI"):
            Lei.parse(changed)


@pytest.mark.parametrize(
    "text", ["IMO 9074729", "imo9074729", " 907 4729 ", "IMO-9074729", "9074729"]
)
def test_an_imo_number_is_read_as_people_write_it(text: str) -> None:
    assert str(Imo.parse(text)) == "9074729"


@pytest.mark.parametrize(
    "text", ["", "IMO", "907472", "90747290", "0000000", "٩٠٧٤٧٢٩", "9074729 or so"]
)
def test_what_is_no_imo_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="IMO"):
        Imo.parse(text)


@pytest.mark.parametrize(
    ("text", "value"), [("examxaxx", "EXAMXAXX"), ("EXAM XA XX 001", "EXAMXAXX001")]
)
def test_a_bic_has_eight_or_eleven_characters(text: str, value: str) -> None:
    assert Bic.parse(text).value == value


@pytest.mark.parametrize("text", ["EXAMXAX", "EXAMXAXX0", "EXAMXAXX00", "EXAM9AXX", "EXAMXAXX0011"])
def test_another_length_or_a_digit_for_the_country_makes_no_bic(text: str) -> None:
    with pytest.raises(ValueError, match="BIC"):
        Bic.parse(text)


def test_a_wrong_value_cannot_be_made_or_decoded_either() -> None:
    with pytest.raises(ValueError, match="IMO"):
        Imo("9074728")
    with pytest.raises(msgspec.ValidationError, match="IMO"):
        msgspec.json.decode(b'{"value": "9074728"}', type=Imo)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_reading_twice_changes_nothing(text: str) -> None:
    for kind in (Imo, Lei, Bic):
        try:
            value = kind.parse(text).value
        except ValueError:
            continue
        assert kind.parse(value).value == value
        assert value.isascii()
