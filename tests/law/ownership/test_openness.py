"""Owners that nobody names stay open until what is settled of them leaves too little."""

from datetime import date
from fractions import Fraction

import pytest

from article41.law.ownership import Known, open_owners_of, rule_on
from article41.law.ownership.ties import ties_on
from article41.model.holdings import ControlKind, Holdings, Right, Share, Stake
from tests.law.ownership.made import PARIS, TODAY, band, control, stake

PERSONS = dict.fromkeys(("N1", "N2", "N3"), Known.SETTLED)
TIED = frozenset({"C"})


def asks(
    held: Holdings | tuple[Stake, ...],
    family: str = "us",
    *,
    day: date = TODAY,
    tied: frozenset[str] = TIED,
    **known: Known,
) -> list[str]:
    """What is asked of C, whose owners nobody names; N1 to N3 are natural persons."""
    holdings = held if isinstance(held, Holdings) else Holdings(stakes=held)
    rule = rule_on(family, day)
    ties = ties_on(holdings, day, rule, {})
    who = {"C": Known.SILENT, **PERSONS, **known}
    return [ask for _, ask in open_owners_of("C", ties, rule, who, tied=tied).asked]


REST = ["who holds the rest of C?"]


def test_a_body_of_which_nothing_is_said_is_asked_about_where_a_regime_is_near() -> None:
    assert asks(()) == ["who owns or controls C?"]
    assert asks((), tied=frozenset()) == []


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ((stake("N1", "C", 1),), REST),
        ((stake("N1", "C", None),), ["what share of C does N1 hold?"]),
        ((stake("C", "C", 60),), ["who owns or controls C?"]),
        ((stake("C", "C", 100),), ["who owns or controls C?"]),
        ((stake("N1", "C", 100, held_until=date(2024, 1, 1)),), ["who owns or controls C?"]),
        ((stake("N1", "C", 70), stake("N2", "C", 70)),
         ["which stakes in C are right, as the stakes in capital add up to 140 %?"]),
    ],
)  # fmt: skip
def test_what_settles_nothing_leaves_it_open(held: tuple[Stake, ...], expected: list[str]) -> None:
    assert asks(held) == expected


def test_bodies_in_a_circle_settle_nothing() -> None:
    ring = (stake("A", "C", 100), stake("C", "A", 100))

    assert asks(ring, A=Known.SILENT) == ["who owns or controls C?"]


@pytest.mark.parametrize(
    ("family", "day", "share", "is_open"),
    [
        ("us", TODAY, 50, True),
        ("us", TODAY, "50.01", False),
        ("us", PARIS, 50, True),
        ("eu", TODAY, 50, True),
        ("eu", date(2023, 1, 1), 50, False),
        ("eu", date(2023, 1, 1), "49.99", True),
        ("eu", PARIS, 50, True),  # whether exactly one half is enough nobody said then
        ("eu", PARIS, "50.01", False),
        ("uk", TODAY, 50, False),
        ("ca", TODAY, 50, True),
        ("none-verified", TODAY, 99, True),
        ("none-verified", TODAY, 100, False),
    ],
)
def test_it_is_closed_where_the_rest_cannot_reach_the_threshold_of_the_rule(
    family: str, day: date, share: int | str, *, is_open: bool
) -> None:
    assert bool(asks((stake("N1", "C", share),), family, day=day)) is is_open


def test_a_band_counts_by_its_least_share() -> None:
    assert asks((stake("N1", "C", band(25, 50)),)) == REST
    assert asks((stake("N1", "C", band(50, 75)),)) == REST
    assert asks((stake("N1", "C", band(50, 75, above=True)),)) == []


def test_votes_are_asked_for_where_they_are_control_and_go_with_the_capital_else() -> None:
    capital = stake("N1", "C", 60, right=Right.CAPITAL)
    votes = stake("N1", "C", 20, right=Right.VOTES)

    assert asks((capital,), "eu") == []
    assert asks((capital, votes), "eu") == REST
    assert asks((capital, votes), "us") == []


def test_what_a_body_holds_in_itself_counts_for_nobody() -> None:
    assert asks((stake("C", "C", 20), stake("N1", "C", 45))) == []
    assert asks((stake("C", "C", 20), stake("N1", "C", 40))) == REST


def test_a_nominee_is_asked_for_whom_it_holds_even_far_from_a_regime() -> None:
    held = (stake("N1", "C", 60, is_nominee=True), stake("N2", "C", 40))

    assert asks(held, tied=frozenset()) == ["for whom does N1 hold 60 % of C?"]
    assert asks(held, C=Known.TOLD) == ["for whom does N1 hold 60 % of C?"]
    small = (stake("N1", "C", 40, is_nominee=True), stake("N2", "C", 60))
    assert asks(small) == []


@pytest.mark.parametrize("own", [Known.SILENT, Known.TOLD])
def test_owners_looked_for_in_vain_above_a_holder_keep_it_open(own: Known) -> None:
    held = (stake("A", "C", 100), stake("B", "A", 100))

    asked = asks(held, tied=frozenset(), C=own, A=Known.SILENT, B=Known.UNKNOWN)

    assert asked == ["who owns or controls B?"]
    few = (stake("A", "C", 49), stake("N1", "C", 51))
    assert asks(few, C=own, A=Known.UNKNOWN) == []


def test_a_body_settles_its_share_if_its_own_owners_are_settled() -> None:
    held = (stake("A", "C", 100),)

    assert asks(held, A=Known.SILENT) == ["who owns or controls A?"]
    assert asks(held, A=Known.TOLD) == []
    assert asks((*held, stake("N1", "A", 60)), A=Known.SILENT) == []
    assert asks((*held, stake("N1", "A", 40)), A=Known.SILENT) == ["who holds the rest of A?"]


def test_a_body_behind_is_asked_about_where_a_regime_is_near_it() -> None:
    held = (stake("A", "C", 60), stake("N1", "C", 40))

    assert asks(held, tied=frozenset(), A=Known.SILENT) == []
    assert asks(held, tied=frozenset({"A"}), A=Known.SILENT) == ["who owns or controls A?"]
    assert asks(held, tied=frozenset({"A"}), A=Known.SILENT, C=Known.TOLD) == []


def test_who_is_not_named_was_not_looked_up() -> None:
    held = (stake("X", "C", 60), stake("N1", "C", 40))

    assert asks(held) == ["who is X, that holds 60 % of C?"]


def test_the_rest_beside_a_listed_owner_is_asked_for_where_it_is_enough_with_it() -> None:
    listed = stake("L1", "C", 30)
    near = frozenset({"L1"})

    assert asks((listed, stake("N1", "C", 40)), tied=near, L1=Known.LISTED) == REST
    assert asks((listed, stake("N1", "C", 60)), tied=near, L1=Known.LISTED) == []
    assert asks((listed, stake("N1", "C", 70)), L1=Known.LISTED) == []
    # With 60 % it is owned whoever has the rest, and by itself the rest is not enough.
    assert asks((stake("L1", "C", 60),), L1=Known.MAY_BE_LISTED) == []


def test_control_by_a_body_whose_owners_are_open_leaves_it_open() -> None:
    held = Holdings(
        stakes=(stake("N1", "C", 100),),
        controls=(control("A", "C", ControlKind.BOARD_MAJORITY),),
    )

    assert asks(held, "eu", A=Known.SILENT) == ["who owns or controls A?"]
    assert asks(held, "us", A=Known.SILENT) == []


def test_who_consolidates_a_body_may_have_what_nobody_else_has() -> None:
    parent = (control("A", "C", ControlKind.ACCOUNTING_CONSOLIDATION),)
    near = frozenset({"A"})
    alone = Holdings(controls=parent)
    most = Holdings(controls=parent, stakes=(stake("N1", "C", 60),))

    for family in ("us", "eu"):
        asked = asks(alone, family, tied=near, A=Known.SILENT)
        assert asked[:2] == ["who owns or controls C?",
                             "what share of C has A, which consolidates it?"]  # fmt: skip
        assert asked[2:] == ["who owns or controls A?"]
        assert asks(most, family, tied=near, A=Known.SILENT) == []
        assert asks(alone, family, tied=frozenset(), A=Known.SILENT) == []
        assert asks(alone, family, tied=frozenset(), A=Known.TOLD) == []


def test_a_law_that_reaches_names_alone_asks_for_nobody() -> None:
    assert asks((), "bis", day=date(2025, 1, 1)) == []


def test_thirds_are_exact() -> None:
    third = Share(at_least=Fraction(1, 3), at_most=Fraction(1, 3))
    held = tuple(stake(owner, "C", third) for owner in ("N1", "N2", "N3"))

    assert asks(held, "none-verified") == []
