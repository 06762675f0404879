"""Where a measure stands on each day around its boundaries."""

from datetime import date, timedelta

import pytest

from article41.law.force import Phase, binds_states_alone, citation_on, force_on
from tests.law.made import measure

LIVED = measure(
    announced_on=date(2011, 12, 1),
    states_only=[{"from": date(2011, 12, 2), "until": date(2012, 1, 19), "by": "Decision 782"}],
    in_force=[
        {"from": date(2012, 1, 19), "until": date(2025, 5, 29), "ended_by": "Regulation 1098"}
    ],
    suspended=[{"from": date(2025, 2, 26), "until": date(2025, 5, 29), "by": "Regulation 407"}],
    texts=[
        {"instrument": "Old act", "from": date(2012, 1, 19), "until": date(2014, 1, 1)},
        {"instrument": "New act", "provision": "Art 6", "from": date(2014, 1, 1)},
    ],
)
BOUNDARIES = [
    (date(2011, 12, 1), Phase.ANNOUNCED, Phase.STATES_ONLY),
    (date(2012, 1, 18), Phase.STATES_ONLY, Phase.IN_FORCE),
    (date(2025, 2, 25), Phase.IN_FORCE, Phase.SUSPENDED),
    (date(2025, 5, 28), Phase.SUSPENDED, Phase.ENDED),
]


@pytest.mark.parametrize(("last", "before", "after"), BOUNDARIES)
def test_each_boundary_belongs_to_the_days_after_it(
    last: date, before: Phase, after: Phase
) -> None:
    assert force_on(LIVED, last).phase is before
    assert force_on(LIVED, last + timedelta(days=1)).phase is after


def test_before_everything_it_is_not_yet_there() -> None:
    assert force_on(LIVED, date(2011, 11, 30)).phase is Phase.BEFORE
    assert "2012-01-19" in force_on(LIVED, date(2011, 11, 30)).held.because[0].text


def test_what_ended_says_by_which_act() -> None:
    assert "Regulation 1098" in force_on(LIVED, date(2026, 1, 1)).held.because[0].text


def test_the_text_of_the_day_is_cited() -> None:
    assert citation_on(LIVED, date(2013, 12, 31)) == "Old act"
    assert citation_on(LIVED, date(2014, 1, 1)) == "New act, Art 6"
    assert force_on(LIVED, date(2012, 1, 1)).citation == "Decision 782"


def test_what_was_never_in_force_is_on_record() -> None:
    assert force_on(measure(in_force=[]), date(2024, 1, 1)).phase is Phase.NEVER


def test_a_measure_that_comes_back_is_not_there_in_between() -> None:
    twice = measure(
        in_force=[
            {"from": date(2024, 3, 1), "until": date(2025, 3, 1)},
            {"from": date(2025, 6, 1)},
        ]
    )

    assert force_on(twice, date(2025, 4, 1)).phase is Phase.BEFORE
    assert force_on(twice, date(2025, 6, 1)).phase is Phase.IN_FORCE


def test_between_decision_and_regulation_no_operator_is_bound() -> None:
    assert binds_states_alone(LIVED, Phase.STATES_ONLY)
    assert not binds_states_alone(LIVED, Phase.IN_FORCE)
    assert binds_states_alone(measure(level="states"), Phase.IN_FORCE)
