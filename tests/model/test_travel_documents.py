"""Machine readable zones: each layout, its check digits, its names and its days."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.travel_documents import Mrz, country_of
from article41.model.zones import MrzField, MrzFormat, check_digit

# The specimens of ICAO Doc 9303, whose holder and State are invented.
PASSPORT = """\
P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10"""
CARD = """\
I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<"""
CARD_WITH_A_LONG_NUMBER = """\
I<UTOD23145890<7349<<<<<<<<<<<
3407127M9507122UTO<<<<<<<<<<<2
STEVENSON<<PETER<JOHN<<<<<<<<<"""
LARGER_CARD = """\
I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
D231458907UTO7408122F1204159<<<<<<<6"""
VISA = """\
V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L8988901C4XXX4009078F96121096ZE184226B<<<<<<"""
SMALLER_VISA = """\
V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
L8988901C4XXX4009078F9612109<<<<<<<<"""
ALPHABET = string.digits + string.ascii_uppercase + "<"
TODAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "zone_format", "number", "birth"),
    [
        (PASSPORT, MrzFormat.TD3, "L898902C3", "1974-08-12"),
        (CARD, MrzFormat.TD1, "D23145890", "1974-08-12"),
        (CARD_WITH_A_LONG_NUMBER, MrzFormat.TD1, "D23145890734", "1934-07-12"),
        (LARGER_CARD, MrzFormat.TD2, "D23145890", "1974-08-12"),
        (VISA, MrzFormat.MRV_A, "L8988901C", "1940-09-07"),
        (SMALLER_VISA, MrzFormat.MRV_B, "L8988901C", "1940-09-07"),
    ],
)
def test_every_layout_is_told_by_its_size_and_first_letter(
    text: str, zone_format: MrzFormat, number: str, birth: str
) -> None:
    zone = Mrz.parse(text)

    assert (zone.format, zone.number) == (zone_format, number)
    assert str(zone.birth_date(TODAY)) == birth
    assert zone.issuer == "UTO"
    assert zone.name in {"ANNA MARIA ERIKSSON", "PETER JOHN STEVENSON"}
    assert "\n".join(zone.lines()) == text
    assert Mrz.parse(text.replace("\n", "").lower()) == zone


def test_passports_cards_and_visas_are_told_apart() -> None:
    zones = [Mrz.parse(text) for text in (PASSPORT, CARD, VISA)]

    assert [(zone.is_passport, zone.is_visa) for zone in zones] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "2 lines of 44 or 36 characters, or 3 of 30"),
        (PASSPORT[:-1], "2 lines of 44 or 36 characters, or 3 of 30"),
        (PASSPORT + "\n" + "<" * 44, "2 lines of 44 or 36 characters, or 3 of 30"),
        (PASSPORT.replace("ANNA", "ÄNNA"), "`Ä` in line 1"),
        (
            PASSPORT.replace("L898902C36", "L898902C37"),
            "the check digit of the document number is `7`, and adds up to `6`",
        ),
        (
            PASSPORT.replace("7408122F", "7408112F"),
            "the check digit of the day of birth is `2`, and adds up to `1`",
        ),
        (
            PASSPORT.replace("F1204159", "F1204158"),
            "the check digit of the day of expiry is `8`, and adds up to `9`",
        ),
        (PASSPORT[:-2] + "20", "the check digit of the optional data is `2`, and adds up to `1`"),
        (PASSPORT[:-1] + "3", "the check digit of the whole zone is `3`, and adds up to `0`"),
        (PASSPORT.replace("2F", "2Q"), "`Q` is none of the sexes"),
        (PASSPORT.replace("P<UTO", "P<QQQ"), "`QQQ` is no issuer"),
        (PASSPORT.replace("6UTO", "6QQQ"), "`QQQ` is no nationality"),
        (PASSPORT.replace("ANNA", "ANN4"), "a digit stands among the names"),
        (PASSPORT.replace("ERIKSSON", "<<<<<<<<"), "the names begin with a filler"),
    ],
)
def test_an_unsound_zone_is_refused_with_the_field(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("`", ".")):
        Mrz.parse(text)


def test_what_does_not_add_up_is_kept_for_who_reads_on() -> None:
    zone = Mrz.read(PASSPORT.replace("L898902C36", "L898902C37"))

    assert zone.number == "L898902C3"
    assert [fault.field for fault in zone.faults] == [MrzField.NUMBER, MrzField.WHOLE]


def passport(**fields: object) -> Mrz:
    told = {
        "format": MrzFormat.TD3, "code": "P", "issuer": "D", "surname": "EXAMPLE",
        "given_names": "ADA", "number": "X1", "nationality": "D", "birth": "650911",
        "expiry": "340101",
    }  # fmt: skip
    return Mrz(**{**told, **fields})  # type: ignore[arg-type]


def reread(zone: Mrz) -> Mrz:
    return Mrz.parse("\n".join(zone.lines()))


def test_a_german_passport_has_one_letter_and_two_fillers() -> None:
    assert passport().lines()[0].startswith("P<D<<EXAMPLE<<ADA<")
    assert country_of(reread(passport()).issuer) == "DE"


@pytest.mark.parametrize(
    ("code", "country"),
    [("GBD", "GB"), ("GBO", "GB"), ("RKS", "XK"), ("UNO", ""), ("XXA", ""), ("SYR", "SY")],
)
def test_codes_beside_the_standard_are_known(code: str, country: str) -> None:
    assert country_of(reread(passport(nationality=code)).nationality) == country


@pytest.mark.parametrize(
    ("birth", "on", "date_of_birth"),
    [
        ("650911", TODAY, "1965-09-11"),
        ("240601", TODAY, "2024-06-01"),
        ("240602", TODAY, "1924-06-02"),
        ("000229", date(2024, 6, 1), "2000-02-29"),
        ("65<<<<", TODAY, "1965"),
        ("6509<<", TODAY, "1965-09"),
        ("650000", TODAY, "1965"),
        ("<<<<<<", TODAY, "None"),
        ("000000", TODAY, "None"),
    ],
)
def test_a_day_of_birth_is_in_the_last_century_in_which_it_is_past(
    birth: str, on: date, date_of_birth: str
) -> None:
    assert str(reread(passport(birth=birth)).birth_date(on)) == date_of_birth


def test_a_day_of_expiry_may_lie_ahead() -> None:
    assert str(passport(expiry="340101").expiry_date(TODAY)) == "2034-01-01"
    assert str(passport(expiry="990101").expiry_date(TODAY)) == "1999-01-01"


@pytest.mark.parametrize("birth", ["651301", "650931", "6509A1", "6<0911"])
def test_a_day_that_no_calendar_has_is_refused(birth: str) -> None:
    with pytest.raises(ValueError, match="no day of birth"):
        reread(passport(birth=birth))


def test_names_that_fill_the_zone_may_be_cut() -> None:
    exact = passport(surname="A" * 20, given_names="B" * 17)

    zone = reread(exact)

    assert (zone.is_name_cut, zone.surname, zone.given_names) == (True, "A" * 20, "B" * 17)
    assert not reread(passport()).is_name_cut


def test_a_holder_with_one_name_has_no_given_names() -> None:
    zone = reread(passport(surname="ARKFREITH", given_names=""))

    assert (zone.surname, zone.given_names, zone.name) == ("ARKFREITH", "", "ARKFREITH")


def test_what_does_not_fit_is_not_written() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        passport(number="X" * 10).lines()
    with pytest.raises(ValueError, match="no machine readable zone"):
        passport(surname="MÜLLER").lines()


words = st.lists(st.text(string.ascii_uppercase, min_size=1, max_size=6), min_size=1, max_size=2)
numbers = st.text(string.digits + string.ascii_uppercase, min_size=1, max_size=9)
days = st.dates(date(1930, 1, 1), date(2023, 12, 31)).map(lambda day: f"{day:%y%m%d}")


@st.composite
def zones(draw: st.DrawFn) -> Mrz:
    zone_format = draw(st.sampled_from(MrzFormat))
    is_visa = zone_format in {MrzFormat.MRV_A, MrzFormat.MRV_B}
    may_be_long = zone_format in {MrzFormat.TD1, MrzFormat.TD2}
    tail = draw(numbers.map(lambda text: text[:4])) if may_be_long and draw(st.booleans()) else ""
    number = draw(numbers)
    second = draw(st.text(string.digits, max_size=11 if zone_format is MrzFormat.TD1 else 0))
    return Mrz(
        format=zone_format,
        code="V" if is_visa else draw(st.sampled_from(["P", "PD", "ID", "AC"])),
        issuer=draw(st.sampled_from(["D", "SYR", "UNO", "GBD"])),
        surname=" ".join(draw(words)),
        given_names=" ".join(draw(st.just([]) | words)),
        number=number.ljust(9, "0") + tail if tail else number,
        nationality=draw(st.sampled_from(["D", "SYR", "XXA", "RKS"])),
        birth=draw(days),
        sex=draw(st.sampled_from(["", "F", "M", "X"])),
        expiry=draw(days),
        optional=draw(st.text(string.digits, max_size=0 if tail else 7)),
        optional_2=second,
    )


@given(zones())
def test_a_zone_written_is_read_as_it_was(zone: Mrz) -> None:
    assert reread(zone) == zone


CHECKED = {
    MrzFormat.TD3: [(1, column) for column in (*range(10), *range(13, 20), *range(21, 43))],
    MrzFormat.MRV_A: [(1, column) for column in (*range(10), *range(13, 20), *range(21, 28))],
}


@given(zones().filter(lambda zone: zone.format in CHECKED), st.data())
def test_a_character_read_as_another_is_found_unless_their_values_differ_by_tens(
    zone: Mrz, data: st.DataObject
) -> None:
    lines = list(zone.lines())
    line, column = data.draw(st.sampled_from(CHECKED[zone.format]))
    was = lines[line][column]
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != was]))
    lines[line] = lines[line][:column] + other + lines[line][column + 1 :]

    misread = Mrz.read("\n".join(lines))

    if check_digit(other) != check_digit(was):
        assert any("check digit" in fault.text for fault in misread.faults)


def test_a_check_digit_finds_every_wrong_digit_and_misses_8_of_100_wrong_characters() -> None:
    pairs = [(one, other) for one in ALPHABET for other in ALPHABET if one != other]
    missed = [pair for pair in pairs if check_digit(pair[0]) == check_digit(pair[1])]

    assert (len(missed), len(pairs)) == (104, 1332)
    assert [pair for pair in missed if "".join(pair).isdigit()] == []
