"""Three values: what is unknown is never taken for a no, and nothing that decides is lost."""

from hypothesis import given
from hypothesis import strategies as st

from article41.law.truth import (
    HOLDS,
    NO,
    UNKNOWN,
    YES,
    Held,
    every,
    negated,
    no,
    some,
    unknown,
    yes,
)
from article41.model.clocks import InForce

PARTS = st.sampled_from(
    [yes("a", "1", "so"), yes("b", "2", "so"), no("c", "3", "not so"), no("d", "4", "not so"),
     unknown("e", "is it?"), unknown("f", "is it?"), HOLDS]
)  # fmt: skip


def truths(parts: list[Held]) -> set[InForce]:
    return {part.truth for part in parts}


@given(st.lists(PARTS, max_size=6))
def test_all_hold_unless_one_fails_or_is_open(parts: list[Held]) -> None:
    held = every(parts).truth

    if NO in truths(parts):
        assert held is NO
    elif UNKNOWN in truths(parts):
        assert held is UNKNOWN
    else:
        assert held is YES


@given(st.lists(PARTS, min_size=1, max_size=6))
def test_one_holds_if_any_does_and_is_open_if_any_is(parts: list[Held]) -> None:
    held = some(parts).truth

    if YES in truths(parts):
        assert held is YES
    elif UNKNOWN in truths(parts):
        assert held is UNKNOWN
    else:
        assert held is NO


@given(st.lists(PARTS, max_size=6))
def test_a_failure_names_every_fact_by_which_it_fails(parts: list[Held]) -> None:
    held = every(parts)

    if held.truth is NO:
        failing = {one.fact for part in parts if part.truth is NO for one in part.because}
        assert {one.fact for one in held.because} == failing


@given(st.lists(PARTS, max_size=6))
def test_an_open_question_is_asked_by_name(parts: list[Held]) -> None:
    held = every(parts)

    if held.truth is UNKNOWN:
        assert {one.fact for one in held.asked} == {
            one.fact for part in parts for one in part.asked
        }


@given(PARTS)
def test_the_opposite_of_the_opposite_is_the_same(part: Held) -> None:
    assert negated(negated(part)) == part
    assert (negated(part).truth is UNKNOWN) == (part.truth is UNKNOWN)


def test_a_truth_is_written_as_an_act_has_it() -> None:
    assert yes("is_public", value=True, text="").because[0].value == "true"
    assert no("is_public", value=False, text="").because[0].value == "false"
