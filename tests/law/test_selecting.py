"""What is left out before it is read would have said nothing: beside a twin that reads it all."""

from collections.abc import Iterable, Iterator

import msgspec
import pytest

from article41.law.answers import LawAnswer, answer
from article41.law.gaps import Law
from article41.law.loading import Catalogue
from article41.law.selecting import EVERY, Chosen, Selected, Selecting, Selection
from article41.law.selectors import selects
from article41.law.situation import Situation
from article41.model.acts import Act
from article41.model.measures import Measure
from article41.model.verdicts import ListedAs
from tests.law.generated import generated

LAW = Law.shipped()
ACTS = 20


class Everything:
    """Every measure that forbids something of what is done, with all its targets.

    Those that mean nobody but who is listed are read where an entry that they mean is in the act.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def of(self, situation: Situation) -> "Reading":
        return Reading(self.catalogue, situation)

    def is_meant(self, entry: ListedAs, by: int = EVERY) -> bool:
        return any(
            by >> number & 1 and selects(one, entry)
            for number, measure in enumerate(self.catalogue.measures)
            for target in measure.targets
            if target.party is not None
            for one in target.party.listed
        )

    def mask_of(self, measures: Iterable[Measure]) -> int:
        return sum(1 << self.catalogue.measures.index(one) for one in measures)


class Reading:
    def __init__(self, catalogue: Catalogue, situation: Situation) -> None:
        self.measures = [
            one
            for one in catalogue.measures
            if situation.deeds.verbs & set(one.forbids)
            and (
                one.id not in catalogue.selectors_of
                or any(
                    selects(listed, entry)
                    for listed in catalogue.selectors_of[one.id]
                    for entry in situation.entries
                )
            )
        ]

    def bearing(self, jurisdictions: Iterable[str]) -> Iterator[Selected]:
        wanted = set(jurisdictions)
        for one in self.measures:
            if one.jurisdiction in wanted:
                yield Selected(one, [Chosen(each, frozenset()) for each in one.targets])

    touching = bearing


def plain_law() -> Law:
    law = msgspec.structs.replace(LAW)
    # The twin stands where the law would put the measures in order.
    law.__dict__["selecting"] = Everything(law.catalogue)
    return law


def told(said: LawAnswer) -> list[object]:
    """In an order that does not change, and one by one: a difference is shown where it is."""
    return [*said.results, said.binding, said.ownership, said.not_examined, said.conflicts]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost(seed: int) -> None:
    plain = plain_law()
    for act, standings in generated(ACTS, LAW.catalogue, seed):
        assert told(answer(act, standings, LAW)) == told(answer(act, standings, plain))


def selection(act: Act) -> Selection:
    return Selecting(LAW.catalogue).of(Situation(act, {}))


def test_most_measures_are_left_out() -> None:
    acts = [drawn.act for drawn in generated(ACTS, LAW.catalogue, 9)]
    keys = LAW.jurisdictions.keys()
    near = sum(len(list(selection(act).touching(keys))) for act in acts)
    found = sum(len(list(selection(act).bearing(keys))) for act in acts)
    read = sum(len(Reading(LAW.catalogue, Situation(act, {})).measures) for act in acts)
    assert 0 < found < near < read
    # The acts are drawn to come near: others leave far less.
    assert found / read < 0.55
    assert near / read < 0.75


def test_what_may_bear_is_among_what_is_near() -> None:
    for drawn in generated(ACTS, LAW.catalogue, 5):
        of_act = selection(drawn.act)
        assert of_act.found & ~of_act.near == 0
