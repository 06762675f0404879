"""Measures that miss an act by one fact are told; those on countries that it does not touch not."""

from datetime import date

from article41.law.answers import answer
from article41.law.gaps import Law
from article41.law.nothing_found import COUNTRIES
from article41.model.acts import Asker, CargoAct, Goods
from article41.model.entities import Schema
from article41.model.parties import Party, Role
from article41.model.verdicts import Result

LAW = Law.shipped()


def of_the_union(*, origin: str, code: str) -> Result:
    """What the Union's law says of goods that an Italian firm buys."""
    act = CargoAct(
        on=date(2012, 7, 6),
        asker=Asker(party="buyer"),
        parties=(
            Party(role=Role.SELLER, name="Ada Example", schema=Schema.PERSON, country="TR"),
            Party(role=Role.BUYER, name="Example Foods", schema=Schema.COMPANY, country="IT"),
        ),
        goods=(Goods(description="as in the papers", code=code, origin=origin),),
        loaded_in=origin,
        discharged_in="IT",
    )
    return next(one for one in answer(act, {}, LAW).results if one.jurisdiction == "EU")


def near(result: Result) -> dict[str, set[str]]:
    """The measures told as near, each with the facts by which it is not there."""
    return {
        one.measure: {each.fact for each in one.because}
        for one in result.considered
        if one.measure in LAW.catalogue.by_id
    }


def test_an_act_that_touches_the_country_is_told_what_it_misses_by_one_fact() -> None:
    assert near(of_the_union(origin="SY", code="1001 99"))["eu/syria/oil"] == {"goods[0].code"}


def test_an_act_that_touches_none_of_its_countries_is_told_of_the_countries_alone() -> None:
    result = of_the_union(origin="EG", code="2709 00")
    assert not [one for one in near(result) if one.startswith("eu/syria/")]
    [countries] = [one for one in result.considered if one.measure == COUNTRIES]
    assert {each.value for each in countries.because} == {"EG", "IT", "TR"}
