"""A measure whole is read by lawyers: nothing that decides it is left out."""

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

import msgspec
import pytest

from article41.faces.cli.measure_page import page_lines
from article41.faces.cli.writing import Pen
from article41.law.loading import load_catalogue, load_words
from article41.law.register import standing_on
from article41.model.measures import Measure

DAY = date(2012, 7, 6)
MEASURES = load_catalogue().measures


def page(measure: Measure) -> str:
    lines = page_lines(standing_on(measure, DAY), DAY, Pen(has_colour=False))
    return " ".join(" ".join(lines).split())


def named(measure_id: str) -> str:
    return page(load_catalogue().by_id[measure_id])


def decisive(value: object) -> Iterator[str]:
    """Every word of targets and conditions."""
    match value:
        case Enum():
            yield str(value.value).replace("-", " ")
        case str():
            yield load_words().facts.get(value, value)
        case tuple():
            for one in value:
                yield from decisive(one)
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from decisive(getattr(value, name))
        case _:
            return


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_all_that_decides_a_measure_is_on_its_page(measure: Measure) -> None:
    told = page(measure)
    reliefs = [(one.lifts, one.when, one.meant_as, one.proof) for one in measure.reliefs]

    words = dict.fromkeys(decisive((measure.forbids, measure.targets, *reliefs)))

    assert [word for word in words if " ".join(word.split()) not in told] == []


def test_what_is_enough_beside_another_field_is_joined_by_or() -> None:
    assert "means: goods (origin US; or exported from US; destination SY)" in named(
        "us/syria/export-ban"
    )


def test_codes_of_which_the_same_must_be_so_stand_together() -> None:
    told = named("eu/syria/luxury-goods")

    assert "ex 220421, ex 220429 (CN 2012, wine; price above 50; currency EUR; unit l)" in told


def test_a_relief_says_for_which_side_it_is_and_asks_for_its_proofs() -> None:
    told = named("eu/syria/central-bank")

    assert "where every party that is meant is payee, payee bank, " in told
    assert "to be proved: Is the payment due under a specific trade contract?" in told
    assert "outcome where nothing of theirs is in hand: PROHIBIT" in told


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_what_is_not_said_leaves_no_mark(measure: Measure) -> None:
    lines = list(page_lines(standing_on(measure, DAY), DAY, Pen(has_colour=False)))

    assert [line for line in lines if "()" in line or (re.search(r"\S  \(|,  |, from 20", line)
            and "text:" in line)] == []  # fmt: skip
