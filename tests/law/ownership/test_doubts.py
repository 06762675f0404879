"""What stays open: who an owner is, for whom one holds, what a sign is worth."""

from datetime import date

import pytest

from article41.law.ownership import examine, rule_on
from article41.model.clocks import InForce
from article41.model.holdings import ControlKind, Holdings
from article41.model.ownership import Owned
from tests.law.ownership.made import asked, control, stake

DAY = date(2025, 12, 31)
MINORITIES = (stake("L1", "C", 30), stake("L2", "C", 25), stake("N1", "C", 45))


def test_an_owner_that_merely_resembles_a_listed_one_is_named_in_a_review() -> None:
    note = asked((stake("L1", "C", 100),), "eu", listed={"L1": InForce.UNKNOWN})

    assert (note.owned, note.would_be) == (Owned.REVIEW, Owned.OWNED)
    assert note.owners == ("L1",)
    assert note.asks == (
        "is L1 the party that is listed (`same_as` or `different_from`), and was it listed on "
        "2025-12-31?",
    )
    assert note.text == (
        "open whether C is owned or controlled: L1 holds 0 to 100 % of C, depending on whether L1 "
        "is the one listed; the rule asks for 50 % or more"
    )


def test_the_entry_that_an_owner_may_be_is_named() -> None:
    [note] = examine(
        Holdings(stakes=(stake("L1", "C", 100),)),
        asked=["C"],
        listed={"L1": InForce.UNKNOWN},
        rule=rule_on("eu", DAY),
        day=DAY,
        entries={"L1": "listed SAMPLE, Beda (xa-main/7)"},
    )

    assert note.asks == (
        "is L1 the listed SAMPLE, Beda (xa-main/7) (`same_as` or `different_from`), and was it "
        "listed on 2025-12-31?",
    )


def test_an_owner_that_was_not_listed_on_the_day_counts_for_nothing() -> None:
    note = asked((stake("L1", "C", 100),), "eu", listed={"L1": InForce.NO})

    assert (note.owned, note.needs_judgment, note.owners) == (Owned.NOT_OWNED, False, ())
    assert note.text == "no listed party was found among the owners given of C"


def test_a_resemblance_and_a_sure_owner_together_are_a_review() -> None:
    listed = {"L1": InForce.YES, "L2": InForce.UNKNOWN}

    note = asked(MINORITIES, "eu", listed=listed)

    assert (note.owned, note.share) == (Owned.REVIEW, "30 to 55 %")


def test_a_listed_party_is_asked_about_as_any_other() -> None:
    held = (stake("L1", "L2", 60), stake("L2", "L1", 60))

    note = asked(held, "us", party="L2", listed=("L1", "L2"))

    assert (note.owned, note.path) == (Owned.OWNED, ("L1 60 % L2",))


def test_for_whom_a_nominee_holds_is_asked_even_where_nobody_listed_is_in_sight() -> None:
    note = asked((stake("N1", "C", 60, is_nominee=True),), "us")

    assert note.owned is Owned.REVIEW
    assert note.asks == ("for whom does N1 hold 60 % of C?",)
    assert note.path == ("N1 60 % C (as nominee)",)


def test_a_nominee_below_the_threshold_adds_to_a_listed_owner() -> None:
    held = (stake("L1", "C", 30), stake("N1", "C", 25, is_nominee=True))

    assert asked(held, "us").owned is Owned.REVIEW
    assert asked(held[:1], "us").owned is Owned.NOT_OWNED


def test_what_a_listed_nominee_holds_is_not_surely_its_own() -> None:
    assert asked((stake("L1", "C", 60, is_nominee=True),), "us").owned is Owned.REVIEW


@pytest.mark.parametrize("family", ["us", "eu", "uk"])
def test_the_stake_of_a_relative_is_a_question_and_never_an_answer(family: str) -> None:
    held = Holdings(
        stakes=(stake("L1", "C", 40), stake("SP", "C", 20), stake("N1", "C", 40)),
        controls=(control("L1", "SP", ControlKind.FAMILY),),
    )

    note = asked(held, family)

    assert (note.owned, note.needs_judgment) == (Owned.NOT_OWNED, True)
    assert "does SP, of the family of L1, hold or act for L1?" in note.asks


def test_it_does_not_matter_which_of_two_relatives_is_named_first() -> None:
    held = Holdings(
        stakes=(stake("SP", "C", 60),), controls=(control("SP", "L1", ControlKind.FAMILY),)
    )

    assert asked(held, "us").needs_judgment


@pytest.mark.parametrize(
    ("kind", "american"),
    [
        (ControlKind.DIRECTORSHIP, False),
        (ControlKind.LINKED, True),
        (ControlKind.ACCOUNTING_CONSOLIDATION, True),
        (ControlKind.AFFAIRS_FOLLOW_WISHES, False),
    ],
)
def test_a_sign_is_for_a_person_and_never_owns_or_controls(
    kind: ControlKind,
    american: bool,  # noqa: FBT001
) -> None:
    held = Holdings(controls=(control("L1", "C", kind),))

    european, from_america = asked(held, "eu"), asked(held, "us")

    assert (european.owned, european.needs_judgment) == (Owned.NOT_OWNED, True)
    assert (from_america.owned, from_america.needs_judgment) == (Owned.NOT_OWNED, american)


def test_affairs_that_follow_wishes_are_control_in_britain() -> None:
    held = Holdings(controls=(control("L1", "C", ControlKind.AFFAIRS_FOLLOW_WISHES),))

    assert asked(held, "uk").owned is Owned.CONTROLLED


@pytest.mark.parametrize("other", ["L2", "N1"])
def test_a_joint_arrangement_adds_in_britain_with_a_partner_that_is_not_listed_too(
    other: str,
) -> None:
    held = Holdings(
        stakes=(stake("L1", "C", 30), stake(other, "C", 25)),
        joint_arrangements=(("L1", other),),
    )

    note = asked(held, "uk")

    assert note.owned is Owned.OWNED
    assert asked(held, "eu", day=date(2015, 1, 1)).owned is Owned.NOT_OWNED


def test_a_partner_counts_only_where_the_listed_one_has_something_itself() -> None:
    held = Holdings(stakes=(stake("N1", "C", 60),), joint_arrangements=(("L1", "N1"),))

    assert asked(held, "uk").owned is Owned.NOT_OWNED


def test_where_one_half_is_open_control_is_to_be_examined_beside_it() -> None:
    halves = (stake("L1", "C", 50), stake("N1", "C", 50))
    control_of_it = (
        "is C controlled by L1: through its board, its votes, by agreement or by influence in fact?"
    )

    before = asked(halves, "eu", day=date(2013, 4, 29))
    written = asked(halves, "eu", day=date(2013, 4, 30))

    assert (before.owned, before.would_be) == (Owned.REVIEW, Owned.OWNED)
    assert before.asks[0].startswith("is exactly 50 % of C enough under")
    assert before.asks[1:] == (control_of_it,)
    assert (written.owned, written.asks) == (Owned.NOT_OWNED, (control_of_it,))
