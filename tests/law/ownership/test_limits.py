"""What is too much is refused by name, and what is much is shown in part and counted."""

from fractions import Fraction

import pytest

from article41.law.ownership import HOLDINGS_MAX, LISTED_MAX, examine, rule_on, surroundings
from article41.model.clocks import InForce
from article41.model.errors import InputError
from article41.model.holdings import ControlKind, Holdings, Share
from article41.model.ownership import Owned
from tests.law.ownership.made import TODAY, asked, control, stake


def test_more_holdings_than_an_act_can_have_are_refused() -> None:
    held = tuple(stake(f"P{at}", "C", "0.001") for at in range(HOLDINGS_MAX + 1))

    with pytest.raises(InputError, match="10001 stakes") as caught:
        asked(held, "us")

    assert caught.value.hint


def test_more_listed_owners_than_can_be_told_are_refused() -> None:
    keys = [f"P{at}" for at in range(LISTED_MAX + 1)]

    with pytest.raises(InputError, match="more than 500 listed owners of `C`"):
        asked(tuple(stake(key, "C", "0.001") for key in keys), "us", listed=tuple(keys))


def test_shares_without_a_common_measure_are_refused() -> None:
    primes = [2**61 - 1, 2**89 - 1, 2**107 - 1]
    held = tuple(
        stake(f"P{prime}", "C", Share(at_least=Fraction(1, prime), at_most=Fraction(1, prime)))
        for prime in primes
    )

    with pytest.raises(InputError, match="finer than can be added"):
        asked(held, "us")


def test_more_ties_than_can_be_followed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "STEPS_MAX", 1_000)
    bodies = [f"B{at}" for at in range(50)]
    keys = tuple(f"P{at}" for at in range(20))
    held = Holdings(
        stakes=tuple(tie for one in bodies for tie in (stake("H", one, 60), stake(one, "C", 1))),
        controls=tuple(control(key, "H", ControlKind.BOARD_MAJORITY) for key in keys),
    )

    assert asked(held, "uk", listed=keys[:1]).needs_judgment
    with pytest.raises(InputError, match="tied in more ways than can be followed") as caught:
        asked(held, "uk", listed=keys)
    assert caught.value.hint


@pytest.mark.parametrize("family", ["us", "eu", "uk", "none-verified"])
def test_a_chain_that_is_not_followed_to_its_end_is_for_a_person(family: str) -> None:
    held = [stake(f"Q{at}", f"Q{at + 1}", 100) for at in range(200)]

    note = asked((*held, stake("Q200", "C", 1)), family, listed=("Q0",))

    assert note.owned is Owned.REVIEW
    assert "is a chain of more than 50 owners of C rightly told?" in note.asks


def test_a_long_path_is_shown_in_part_and_the_rest_is_counted() -> None:
    held = tuple(stake(f"P{at}", "C", "0.5") for at in range(150))

    note = asked(held, "us", listed=tuple(f"P{at}" for at in range(150)))

    assert note.owned is Owned.OWNED
    assert len(note.path) == 101
    assert note.path[-1] == "and 50 further links"
    assert len(note.owners) == 150


def test_many_questions_are_asked_in_part_and_the_rest_is_counted() -> None:
    held = tuple(stake(f"P{at}", "C", None) for at in range(150))

    note = asked(held, "us", listed=tuple(f"P{at}" for at in range(150)))

    assert len(note.asks) == 51
    assert note.asks[-1] == "and 100 further"


def test_parties_are_called_by_their_names() -> None:
    [note] = examine(
        Holdings(stakes=(stake("p1", "c1", 60),)),
        asked=["c1", "c1"],
        listed={"p1": InForce.YES},
        rule=rule_on("eu", TODAY),
        day=TODAY,
        names={"p1": "Ada Example", "c1": "Specimen Traders"},
    )

    assert (note.party, note.owners) == ("c1", ("p1",))
    assert note.path == ("Ada Example 60 % Specimen Traders",)
    assert note.text.startswith("Ada Example holds 60 % of Specimen Traders")
