"""What every jurisdiction asks of an act is worked out once for it, and anew for another."""

from datetime import date

from article41.law.situation import Situation, once_an_act
from article41.model.acts import Asker, PartyAct
from article41.model.parties import Party, Role


def situation(name: str) -> Situation:
    customer = Party(role=Role.CUSTOMER, name=name)
    act = PartyAct(on=date(2012, 7, 6), asker=Asker(party="customer"), parties=(customer,))
    return Situation(act, {})


def test_each_act_is_looked_at_once() -> None:
    looked_at = []

    @once_an_act
    def nothing_of(act: Situation) -> None:
        looked_at.append(act.act.parties[0].name)

    one, other = situation("Ada Example"), situation("Bo Example")
    for each in (one, other, one, one):
        assert nothing_of(each) is None
    assert looked_at == ["Ada Example", "Bo Example"]
