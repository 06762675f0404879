"""The table of jurisdictions: what it says, and how it is refused when it is wrong."""

from datetime import date
from importlib import resources

import pytest

from article41.law.gaps import Law
from article41.law.grounds import Addressee, Ground
from article41.law.jurisdictions import (
    FILE,
    jurisdiction_of,
    jurisdictions,
    of_authority,
    read_jurisdictions,
)
from article41.law.standings import standing_on
from article41.model.errors import CatalogueError, InputError
from article41.model.measures import Certainty

TEXT = (resources.files("article41.law") / "catalogue" / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1957, 12, 31), 0), (date(1958, 1, 1), 6), (date(1973, 1, 1), 9),
        (date(1981, 1, 1), 10), (date(1986, 1, 1), 12), (date(1995, 1, 1), 15),
        (date(2004, 4, 30), 15), (date(2004, 5, 1), 25), (date(2007, 1, 1), 27),
        (date(2012, 7, 6), 27), (date(2013, 7, 1), 28), (date(2020, 12, 30), 28),
        (date(2020, 12, 31), 27),
    ],
)  # fmt: skip
def test_the_union_has_as_many_members_as_on_that_day(day: date, count: int) -> None:
    on_day = [
        row for row in jurisdictions()["EU"].members
        if (row.valid_from or date.min) <= day < (row.valid_until or date.max)
    ]  # fmt: skip

    assert len(on_day) == count


def test_every_jurisdiction_of_the_reference_is_there() -> None:
    assert set(jurisdictions()) >= {
        "EU", "US", "GB", "UN", "CH", "CA", "AU", "JP", "NO", "TR", "LAS", "RU", "CN", "IR", "IQ",
        "LB", "VE", "IN", "ZA", "BR", "IS", "LI", "HR", "AL", "ME", "MK", "RS",
    }  # fmt: skip


def test_every_ground_says_where_it_is_said_and_a_state_binds_its_authorities() -> None:
    for row in jurisdictions().values():
        assert all(rule.text for rule in row.grounds), row.key
        assert any(rule.ground is Ground.STATE for rule in row.grounds), row.key
        if Addressee.OPERATORS in row.binds:
            grounds = standing_on(row, date(2012, 7, 6)).rules
            assert {Ground.TERRITORY, Ground.INCORPORATION, Ground.CURRENCY} <= set(grounds)


def test_the_united_nations_and_the_league_bind_states_alone() -> None:
    rows = jurisdictions().values()

    of_states = {row.key for row in rows if Addressee.OPERATORS not in row.binds}
    # Union law binds the operators of the others; only their own acts as States are held here.
    assert of_states == {"UN", "LAS"} | {"FR", "DE", "IT", "ES", "NL", "BG"}


def test_what_is_doubtful_in_law_is_marked_so() -> None:
    swiss = standing_on(jurisdictions()["CH"], date(2012, 7, 6)).rules

    assert swiss[Ground.TERRITORY].certainty is Certainty.B
    assert swiss[Ground.NATIONALITY].certainty is Certainty.C


def test_a_state_without_a_table_binds_as_states_do_and_what_is_no_state_is_refused() -> None:
    kenya = jurisdiction_of("KE")

    assert kenya.key == "KE"
    assert kenya is jurisdiction_of("KE")
    assert kenya.grounds == jurisdictions()["RU"].grounds
    assert jurisdiction_of("EU") is jurisdictions()["EU"]
    with pytest.raises(InputError, match="`Atlantis` is no jurisdiction"):
        jurisdiction_of("Atlantis")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('key = "US"', 'key = "EU"', "`EU` stands twice"),
        ('country = "HR", from', 'country = "QQ", from', "`QQ` is no country"),
        ('in_text = "Canada"\n', "", "object missing required field `in_text`"),
        ('certainty = "B"', 'certainty = "D"', "invalid enum value 'D'"),
        ('binds = ["states"]', 'binds = ["State"]', "invalid enum value 'State'"),
        ("until = 2023-01-01", "until = 2003-01-01", "ends on 2003-01-01 before it begins"),
        ("\n[ordinary]\n", "\n[ordinary\n", "not TOML"),
        ("every_state = true", "every_State = true", "unknown field `every_State`"),
        ("every_state = true", "every_state = false", "nobody belongs to it"),
        ("from = 2020-12-31\n", "from = 2020-12-30\n", "two rules for `territory` hold on one"),
        ("until = 2020-12-31 }", 'until = "end of 2020" }', "invalid"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_place(right: str, wrong: str, said: str) -> None:
    assert right in TEXT

    with pytest.raises(CatalogueError) as caught:
        read_jurisdictions(TEXT.replace(right, wrong, 1), "own.toml")

    assert said.lower() in caught.value.message.lower()
    assert caught.value.file == "own.toml"
    assert 0 < caught.value.line <= len(TEXT.splitlines())
    assert caught.value.hint


def test_the_line_of_a_fault_is_the_one_that_has_it() -> None:
    text = TEXT.replace('certainty = "C"', 'certainty = "Z"', 1)

    with pytest.raises(CatalogueError) as caught:
        read_jurisdictions(text, "own.toml")

    assert 'certainty = "Z"' in text.splitlines()[caught.value.line - 1]


def test_every_authority_of_a_list_decides_under_a_law_that_is_held() -> None:
    law = Law.shipped()

    authorities = {one.authority for one in law.catalogue.selectors}

    assert {of_authority(one) for one in authorities} <= set(law.jurisdictions)
    assert of_authority("STATE") == "US"
