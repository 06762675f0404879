"""Who owns whom, on which day, and what follows: situations a lawyer can read."""

from datetime import date

import pytest

from article41.model.holdings import ControlKind, Holdings, Right
from article41.model.measures import Certainty
from article41.model.ownership import Owned
from tests.law.ownership.made import PARIS, TODAY, asked, band, control, stake

MINORITIES = (stake("L1", "C", 30), stake("L2", "C", 25), stake("N1", "C", 45))


@pytest.mark.parametrize("family", ["us", "eu"])
def test_sixty_per_cent_of_one_listed_owner_is_owned_in_paris_in_2012(family: str) -> None:
    note = asked((stake("L1", "C", 60),), family, day=PARIS)

    assert note.owned is Owned.OWNED
    assert not note.needs_judgment
    assert note.path == ("L1 60 % C",)
    assert bool(note.rebuttal) == (family == "eu")


@pytest.mark.parametrize("family", ["us", "eu"])
def test_thirty_and_twenty_five_are_for_a_person_in_2012(family: str) -> None:
    note = asked(MINORITIES, family, day=PARIS)

    assert note.owned is Owned.NOT_OWNED
    assert note.needs_judgment
    assert note.would_be is Owned.OWNED


def test_thirty_and_twenty_five_are_owned_in_the_union_in_2025() -> None:
    note = asked(MINORITIES, "eu")

    assert (note.owned, note.owners, note.share) == (Owned.OWNED, ("L1", "L2"), "55 %")
    assert not note.is_rest_open


def test_thirty_and_twenty_five_leave_control_open_in_britain_in_2025() -> None:
    note = asked(MINORITIES, "uk")

    assert note.owned is Owned.NOT_OWNED
    assert note.needs_judgment
    assert "without a joint arrangement" in note.text
    assert any("controlled by L1 and L2" in ask for ask in note.asks)


def test_exactly_half_was_open_in_the_union_before_the_criterion_was_written_down() -> None:
    before = asked((stake("L1", "C", 50),), "eu", day=date(2013, 4, 29))
    after = asked((stake("L1", "C", 50),), "eu", day=date(2013, 4, 30))

    assert before.owned is Owned.REVIEW
    assert before.certainty is Certainty.B
    assert any("exactly 50 % of C enough" in ask for ask in before.asks)
    assert after.owned is Owned.NOT_OWNED
    assert after.needs_judgment


def test_a_hundredth_above_half_is_more_than_half() -> None:
    assert asked((stake("L1", "C", "50.01"),), "uk").owned is Owned.OWNED
    assert asked((stake("L1", "C", "50.00"),), "uk").owned is Owned.NOT_OWNED
    assert asked((stake("L1", "C", "49.99"),), "us").owned is Owned.NOT_OWNED


@pytest.mark.parametrize(("share", "is_at_home"), [(49, False), (50, True), (51, True)])
def test_the_board_of_a_minority_owner_counts_in_the_union_and_not_in_the_united_states(
    share: int,
    is_at_home: bool,  # noqa: FBT001
) -> None:
    held = Holdings(
        stakes=(stake("L1", "C", share),),
        controls=(control("L1", "C", ControlKind.BOARD_MAJORITY),),
    )

    american = asked(held, "us", day=date(2012, 3, 1))
    european = asked(held, "eu", day=date(2015, 3, 1))

    assert (american.owned is Owned.OWNED) == is_at_home
    assert not american.needs_judgment
    assert "control alone does not block" in american.text or is_at_home
    assert european.owned is (Owned.OWNED if share > 50 else Owned.CONTROLLED)


def test_a_controlled_body_carries_its_whole_stake_and_what_it_owns_is_controlled() -> None:
    held = Holdings(
        stakes=(stake("A", "C", 60),),
        controls=(control("L1", "A", ControlKind.DOMINANT_INFLUENCE),),
    )

    assert asked(held, "eu").owned is Owned.CONTROLLED
    assert asked(held, "eu").path == ("L1 dominant-influence A", "A 60 % C")
    assert asked(held, "us").owned is Owned.NOT_OWNED


def test_a_body_that_does_not_pass_carries_nothing() -> None:
    note = asked((stake("L1", "A", 49), stake("A", "C", 100)), "us")

    assert note.owned is Owned.NOT_OWNED
    assert not note.needs_judgment
    assert note.path == ("L1 49 % A", "A 100 % C")
    assert "nothing of C counts as held by L1" in note.text


def test_a_band_that_lies_beyond_the_threshold_is_owned() -> None:
    note = asked((stake("L1", "C", band(50, 75, above=True)),), "uk")

    assert (note.owned, note.share) == (Owned.OWNED, "more than 50 to 75 %")


def test_a_band_that_ends_at_half_may_pass_only_where_half_is_enough() -> None:
    held = (stake("L1", "C", band(25, 50, above=True)),)

    assert asked(held, "uk").owned is Owned.NOT_OWNED
    american = asked(held, "us")
    assert american.owned is Owned.REVIEW
    assert american.asks == (
        "what share exactly does L1 hold in C, of which more than 25 to 50 % is said?",
    )
    assert "more than 25 to 50 %" in american.text


def test_what_outsiders_surely_hold_narrows_a_band() -> None:
    note = asked((stake("L1", "C", band(25, 75)), stake("N1", "C", 60)), "us")

    assert (note.owned, note.share) == (Owned.NOT_OWNED, "25 to 40 %")


def test_a_missing_share_is_a_review_whatever_others_hold() -> None:
    note = asked((stake("L1", "C", None), stake("N1", "C", 60)), "us")

    assert note.owned is Owned.REVIEW
    assert note.asks == ("what share of C does L1 hold?",)
    assert note.path == ("L1 an unknown share C",)


def test_a_missing_share_of_somebody_not_listed_asks_nothing() -> None:
    note = asked((stake("L1", "C", 60), stake("N1", "C", None)), "us")

    assert note.owned is Owned.OWNED
    assert asked((stake("N1", "C", None),), "us").needs_judgment is False


def test_stakes_beyond_the_whole_are_a_review_that_names_them() -> None:
    note = asked((stake("L1", "C", 60), stake("N1", "C", 60)), "us")

    assert note.owned is Owned.REVIEW
    assert note.asks == ("which stakes in C are right, as the stakes in capital add up to 120 %?",)


def test_capital_and_votes_are_counted_apart() -> None:
    held = (
        stake("L1", "C", 60, right=Right.CAPITAL),
        stake("N1", "C", 60, right=Right.VOTES),
    )

    assert asked(held, "uk").owned is Owned.OWNED


def test_a_stake_that_two_papers_state_may_be_one() -> None:
    held = (
        stake("L1", "C", 30, source="register"),
        stake("L1", "C", 30, source="annual report"),
    )

    note = asked(held, "us")

    assert (note.owned, note.share) == (Owned.REVIEW, "30 to 60 %")
    assert "more than once one stake or several" in note.asks[0]


def test_two_classes_of_shares_in_one_paper_are_added() -> None:
    held = (stake("L1", "C", 30, source="register"), stake("L1", "C", 25, source="register"))

    assert asked(held, "us").owned is Owned.OWNED


@pytest.mark.parametrize("share", [band(60, 40), band(-10, 40), band(60, 6000)])
def test_a_share_that_is_none_is_a_review(share: object) -> None:
    note = asked((stake("L1", "C", share),), "us")  # type: ignore[arg-type]

    assert note.owned is Owned.REVIEW
    assert any("no part of a whole" in ask for ask in note.asks)


def test_what_a_body_holds_in_itself_counts_for_nobody_and_is_said() -> None:
    note = asked((stake("L1", "C", 45), stake("C", "C", 10)), "us")

    assert note.owned is Owned.NOT_OWNED
    assert "what it holds in itself counts for nobody" in note.text
    # 45 of the 90 per cent that others can hold is half.
    assert note.needs_judgment


def test_most_votes_own_in_britain_control_in_the_union_and_are_asked_about_in_america() -> None:
    held = (stake("L1", "C", 60, right=Right.VOTES),)

    assert asked(held, "uk").owned is Owned.OWNED
    assert asked(held, "eu").owned is Owned.CONTROLLED
    american = asked(held, "us")
    assert american.owned is Owned.NOT_OWNED
    assert american.asks == ("what share of the capital of C does L1 hold?",)


def test_most_votes_with_little_capital_do_not_own_in_america() -> None:
    held = (
        stake("L1", "C", 60, right=Right.VOTES),
        stake("L1", "C", 20, right=Right.CAPITAL),
    )

    note = asked(held, "us")

    assert (note.owned, note.needs_judgment) == (Owned.NOT_OWNED, False)
    assert note.share == "20 % of the capital, 60 % of the votes"


def test_a_stake_counts_from_its_first_day_until_before_the_day_it_ends() -> None:
    held = (stake("L1", "C", 60, held_from=date(2020, 1, 1), held_until=date(2021, 1, 1)),)
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    listed_from = {"L1": date(2022, 1, 1)}

    found = [asked(held, "us", day=day, listed_from=listed_from).owned for day in days]

    assert found == [Owned.NOT_OWNED, Owned.OWNED, Owned.OWNED, Owned.NOT_OWNED]


@pytest.mark.parametrize(
    ("given_up", "family", "is_open"),
    [
        (date(2025, 6, 1), "us", True),
        (date(2025, 6, 1), "eu", True),
        (date(2025, 1, 1), "us", False),
        (date(2025, 1, 1), "eu", True),
        (date(2024, 6, 1), "eu", False),
    ],
)
def test_a_stake_given_up_after_the_listing_or_shortly_before_it_is_for_a_person(
    given_up: date,
    family: str,
    is_open: bool,  # noqa: FBT001
) -> None:
    held = (stake("L1", "C", 60, held_until=given_up),)

    note = asked(held, family, listed_from={"L1": date(2025, 3, 1)})

    assert (note.owned, note.needs_judgment) == (Owned.NOT_OWNED, is_open)
    assert any("give up 60 % of C" in ask for ask in note.asks) == is_open


def test_a_stake_given_up_by_somebody_listed_since_nobody_knows_when_is_for_a_person() -> None:
    assert asked((stake("L1", "C", 60, held_until=date(2010, 1, 1)),), "us").needs_judgment


@pytest.mark.parametrize(
    ("family", "day"),
    [
        ("none-verified", TODAY),
        ("ca", PARIS),
        ("us", date(2008, 2, 13)),
        ("eu", date(2003, 12, 7)),
        ("bis", date(2026, 11, 10)),
    ],
)
def test_without_a_verified_rule_any_stake_of_a_listed_owner_is_a_review(
    family: str, day: date
) -> None:
    note = asked((stake("L1", "A", 10), stake("A", "C", 10)), family, day=day)

    assert note.owned is Owned.REVIEW
    assert any("by which rule" in ask for ask in note.asks)
    assert asked((stake("N1", "C", 100),), family, day=day).needs_judgment is False


@pytest.mark.parametrize("day", [date(2025, 9, 28), date(2025, 11, 10), date(2026, 11, 9)])
def test_the_affiliates_rule_asks_for_diligence_while_it_does_not_bind(day: date) -> None:
    note = asked((stake("L1", "C", 60),), "bis", day=day)

    assert (note.owned, note.would_be) == (Owned.NOT_OWNED, Owned.OWNED)
    assert note.needs_judgment
    assert "only who is listed by name" in note.text


def test_the_affiliates_rule_bound_for_six_weeks() -> None:
    assert asked(MINORITIES, "bis", day=date(2025, 9, 29)).owned is Owned.OWNED
    assert asked(MINORITIES, "bis", day=date(2025, 11, 9)).owned is Owned.OWNED


def test_canada_deems_half_to_be_owned_since_june_2023() -> None:
    held = (stake("L1", "C", 50, right=Right.VOTES),)

    assert asked(held, "ca", day=date(2023, 6, 21)).owned is Owned.REVIEW
    assert asked(held, "ca", day=date(2023, 6, 22)).owned is Owned.OWNED


def test_switzerland_leaves_half_and_sums_open() -> None:
    assert asked((stake("L1", "C", 51),), "ch").owned is Owned.OWNED
    assert asked((stake("L1", "C", 50),), "ch").owned is Owned.REVIEW
    summed = asked(MINORITIES, "ch")
    assert (summed.owned, summed.needs_judgment) == (Owned.NOT_OWNED, True)


def test_a_rebuttal_is_about_making_available_and_not_about_the_freeze() -> None:
    held = Holdings(stakes=(stake("L1", "C", 60),), rebuttals=("C",))

    european, british = asked(held, "eu"), asked(held, "uk")

    assert (european.owned, european.is_rebutted) == (Owned.OWNED, True)
    assert european.rebuttal.startswith("rebutted for what is made available")
    assert (british.is_rebutted, british.rebuttal) == (False, "")
    assert "a rebuttal is given, which this rule does not know" in british.text


def test_a_chain_is_less_sure_than_a_link_where_the_rule_is_silent() -> None:
    direct = asked((stake("L1", "C", 60),), "eu")
    chain = asked((stake("L1", "A", 60), stake("A", "C", 60)), "eu")

    assert (direct.certainty, chain.certainty) == (Certainty.A, Certainty.B)
