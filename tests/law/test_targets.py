"""Places, lines of business and States: what an act leaves open of them."""

from typing import Any

import msgspec
import pytest

from article41.law.deeds import deeds_of
from article41.law.loading import load_catalogue
from article41.law.owners import Owners
from article41.law.situation import Situation
from article41.law.targets import Reading, target_held
from article41.law.truth import NO, UNKNOWN, YES
from article41.model.acts import Verb
from article41.model.clocks import InForce
from article41.model.targets import Target
from tests.law.made import act

SELLER = {"role": "seller", "name": "Example Trading", "country": "XA"}
BUYER = {"role": "buyer", "name": "Sample Works", "country": "XB"}
OWNER = {"role": "owner", "name": "Ada Example", "country": "XC"}


# Any: tables as a file would hold them.
def truth(target: dict[str, Any], **changes: Any) -> InForce:
    found = Situation(act(**changes), {})
    reading = Reading(
        situation=found,
        owners=Owners(found),
        doer="seller",
        verbs=(Verb.SELL,),
        rule="",
        words=load_catalogue().words,
    )
    return target_held(msgspec.convert(target, type=Target), reading).truth


@pytest.mark.parametrize(
    "changes",
    [
        {"places": ["XC"]},
        {"loaded_in": "XC"},
        {"cleared_in": ["XC"]},
        {"goods": [{"code": "8413", "destination": "XC"}]},
    ],
)
def test_what_is_done_in_a_country_or_goes_there_is_in_it(changes: dict[str, Any]) -> None:
    assert truth({"places": ["XC"]}, **changes) is YES


@pytest.mark.parametrize(
    "changes",
    [
        {"parties": [SELLER, BUYER, OWNER]},
        {"goods": [{"code": "8413", "origin": "XC"}]},
        {},
    ],
)
def test_a_party_or_an_origin_alone_brings_an_act_nowhere(changes: dict[str, Any]) -> None:
    assert truth({"places": ["XC"]}, **changes) is NO


@pytest.mark.parametrize(
    ("buyer", "code", "expected"),
    [
        ({}, "7308", UNKNOWN),
        ({}, "1001", NO),
        ({"schema": "Person"}, "7308", NO),
        ({"is_bank": True}, "7308", NO),
        ({"sectors": ["power-plant-construction"], "is_bank": True}, "1001", YES),
    ],
)
def test_a_line_of_business_is_asked_for_where_it_is_possible(
    buyer: dict[str, Any], code: str, expected: InForce
) -> None:
    target = {"party": {"sectors": ["power-plant-construction"]}}
    parties = [SELLER, BUYER | buyer]

    assert truth(target, parties=parties, goods=[{"code": code}]) is expected


def test_only_an_authority_asks_whether_it_must_inspect() -> None:
    customs = {"role": "authority", "name": "Customs", "country": "XA"}

    asked = act(loaded_in="XA")
    of_customs = act(loaded_in="XA", parties=[SELLER, BUYER, customs], asker={"party": "authority"})

    assert deeds_of(asked).of("state:XA") == (Verb.RELEASE,)
    assert deeds_of(of_customs).of("state:XA") == (Verb.RELEASE,)
    assert deeds_of(of_customs).of("authority") == (Verb.RELEASE, Verb.INSPECT)


def test_the_states_of_a_line_let_it_pass_where_no_port_is_named() -> None:
    sold = act(goods=[{"exported_from": "XA", "destination": "XB"}])

    assert {"state:XA", "state:XB"} <= deeds_of(sold).by_party.keys()
