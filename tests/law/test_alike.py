"""What is kept for parties and goods that are alike says what a look at each would say."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from article41.law import alike, goods, nexus, parties
from article41.law.answers import answer
from article41.law.gaps import Law
from article41.law.situation import Situation
from article41.law.truth import Held, no
from article41.model.acts import Asker, PartyAct
from article41.model.parties import Party, Role
from article41.model.targets import ListedTarget, PartyTarget
from tests.law.generated import generated

LAW = Law.shipped()
DAY = date(2012, 7, 6)
ACTS = 20


def looked_at(
    target: PartyTarget, party: Party, situation: Situation, work_out: Callable[[], Held]
) -> Held:
    del target, party, situation
    return work_out()


@pytest.mark.parametrize("seed", range(20, 24))
def test_what_is_kept_is_what_each_act_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = list(generated(ACTS, LAW.catalogue, seed))
    kept = [answer(act, standings, LAW) for act, standings in acts]
    monkeypatch.setattr(parties, "held_alike", looked_at)
    monkeypatch.setattr(goods, "_missed", lambda *_: None)
    monkeypatch.setattr(nexus, "_kept_claimants", nexus._claimants)

    assert [answer(act, standings, LAW) for act, standings in acts] == kept


def held_of(target: PartyTarget, party: Party, word: str) -> str:
    """What is said of a party, where a look at it would say a word."""
    act = PartyAct(on=DAY, asker=Asker(party=party.key), parties=(party,))
    found = alike.held_alike(target, party, Situation(act, {}), lambda: no("fact", "", word))
    return found.because[0].text


BODY = Party(role=Role.CUSTOMER, name="Example Trading", country="XB")


def test_parties_that_differ_in_names_alone_are_looked_at_once() -> None:
    target = PartyTarget(established_in=("XA",))
    assert held_of(target, BODY, "first") == "first"
    other = Party(role=Role.CUSTOMER, name="Sample Foods", country="XB", not_listed_by=("EU",))
    assert held_of(target, other, "second") == "first"


@pytest.mark.parametrize("known", [{"country": "XA"}, {"residence": "XA"}, {"is_bank": True}])
def test_another_fact_is_another_kind(known: dict[str, object]) -> None:
    target = PartyTarget(established_in=("XA",), is_bank=True)
    held_of(target, BODY, "first")

    assert held_of(target, msgspec.structs.replace(BODY, **known), "second") == "second"


def test_lists_and_names_are_never_kept() -> None:
    for target in (
        PartyTarget(listed=(ListedTarget(authority="XA"),)),
        PartyTarget(names=("Example Bank",)),
    ):
        assert held_of(target, BODY, "first") == "first"
        assert held_of(target, BODY, "second") == "second"
