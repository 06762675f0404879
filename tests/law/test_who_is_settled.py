"""When it is settled who a party is on a list, so that whom it resembles there is no question."""

from datetime import date

import pytest

from article41.law.situation import Situation
from article41.model.acts import Asker, PartyAct
from article41.model.clocks import InForce
from article41.model.parties import Party, Role
from article41.model.verdicts import Identity, ListedAs, PartyStanding

CUSTOMER = Party(role=Role.CUSTOMER, name="Ada Example", country="XA")


def entry(
    number: int,
    identity: Identity = Identity.RESEMBLES,
    *,
    list_id: str = "xa-main",
    in_force: InForce = InForce.YES,
    programmes: tuple[str, ...] = ("FLEET",),
    score: float | None = 1.0,
) -> ListedAs:
    return ListedAs(
        key=f"{list_id}/{number}",
        authority="XA",
        list_id=list_id,
        name="Ada Example",
        identity=identity,
        in_force=in_force,
        programmes=programmes,
        score=score,
    )


def left(*found: ListedAs) -> list[str]:
    act = PartyAct(on=date(2024, 6, 1), asker=Asker(party="customer"), parties=(CUSTOMER,))
    situation = Situation(act, {"customer": PartyStanding(party="customer", listed=found)})
    return [one.key for one in situation.listed(CUSTOMER)]


def test_who_is_an_entry_of_a_list_is_no_other_one_of_it() -> None:
    sure = entry(7, Identity.ASSERTED)

    assert left(sure, entry(8), entry(9, list_id="xa-other")) == ["xa-main/7", "xa-other/9"]


def test_who_was_taken_off_a_list_may_stand_on_it_anew() -> None:
    ended = entry(7, Identity.ASSERTED, in_force=InForce.NO)

    assert left(ended, entry(8), entry(9, score=0.8)) == ["xa-main/7", "xa-main/8"]


@pytest.mark.parametrize(("score", "count"), [(1.0, 2), (0.7, 1)])
def test_a_list_may_have_a_target_once_for_each_programme(score: float, count: int) -> None:
    sure = entry(7, Identity.ASSERTED)
    again = entry(8, programmes=("PORT",), score=score)

    assert left(sure, again) == ["xa-main/7", "xa-main/8"][:count]
