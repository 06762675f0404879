"""What in an act cannot be true is refused with its place: shares beyond the whole, late births."""

import json

import pytest

from article41.checks.reading import oddities, read_acts
from article41.model.acts import Act
from article41.model.errors import ActError

PAYMENT: dict[str, object] = {
    "act": "payment",
    "on": "2012-07-06",
    "asker": "payer",
    "parties": [{"role": "payer", "name": "Ada"}, {"role": "payee", "name": "Beda"}],
}


def read(**fields: object) -> Act:
    """A payment with other fields."""
    [act] = read_acts(json.dumps(PAYMENT | fields).encode(), file="act")
    return act


def stakes(*given: dict[str, object]) -> dict[str, object]:
    return {"stakes": [{"asset": "payee", **one} for one in given]}


def test_more_than_the_whole_of_a_body_is_refused() -> None:
    held = stakes({"owner": "X", "percent": 80}, {"owner": "Y", "percent": 60})

    with pytest.raises(ActError, match="`payee` come to 140 % of its capital on 2012") as fault:
        read(holdings=held)

    assert fault.value.path == "holdings.stakes[1].percent"


@pytest.mark.parametrize(
    "second",
    [
        {"owner": "Y", "percent": 20.4},  # rounded
        {"owner": "Y", "percent": 60, "held_until": "2012-07-06"},
        {"owner": "Y", "percent": 60, "right": "votes"},
        {"owner": "Y", "percent": 60, "is_nominee": True},
        {"owner": "X", "percent": 80, "source": "another register"},
        {"owner": "Y", "percent": "<60"},
    ],
)
def test_what_may_be_right_of_stakes_is_read(second: dict[str, object]) -> None:
    held = stakes({"owner": "X", "percent": 80, "right": "capital"}, second)

    assert len(read(holdings=held).holdings.stakes) == 2


def born(day: str) -> list[dict[str, object]]:
    return [{"role": "payer", "name": "Ada"}, {"role": "payee", "name": "Beda", "birth_date": day}]


def test_who_is_born_after_the_act_is_refused() -> None:
    with pytest.raises(ActError, match="born on 2030-01-01, after the act of 2012-07-06"):
        read(parties=born("2030-01-01"))


def test_who_is_born_in_the_year_of_the_act_may_live() -> None:
    assert read(parties=born("2012")).parties[1].birth_date == "2012"


def test_a_body_that_owns_itself_is_told() -> None:
    [oddity] = oddities(read(holdings=stakes({"owner": "payee", "percent": 60})))

    assert "`payee` owns a part of itself" in oddity
