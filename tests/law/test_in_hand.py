"""What a journey puts in the hands of who asks about it."""

from datetime import date

import pytest

from article41.law.deeds import Deeds, deeds_of
from article41.model.acts import Asker, JourneyAct, Property, Verb
from article41.model.parties import Party, Role, Status

PORT = Party(role=Role.AUTHORITY, country="XA", status=Status.GOVERNMENT)
SHIP = Party(role=Role.VESSEL)
OWNER = Party(role=Role.VESSEL_OWNER)
CARRIER = Party(role=Role.CARRIER)
TRAVELLER = Party(role=Role.TRAVELLER)
AGENT = Party(role=Role.SUPPLIER, country="XA", status=Status.PRIVATE)


def deeds(
    *parties: Party,
    does: tuple[Verb, ...] = (),
    in_hand: tuple[Property, ...] | None = None,
    arrives: str = "XA",
) -> Deeds:
    """What is done in a journey from XB about which the first party asks."""
    asker = Asker(party=parties[0].key, does=does, in_hand=in_hand)
    return deeds_of(
        JourneyAct(on=date(2024, 1, 2), asker=asker, parties=parties, leaves="XB", arrives=arrives)
    )


def held(found: Deeds) -> set[str]:
    """Of whom something is in hand."""
    return {one.of for one in found.in_hand}


@pytest.mark.parametrize("does", [(), (Verb.CALL_AT_PORT,), (Verb.STAY,), (Verb.INSPECT,)])
def test_a_port_holds_the_ship_and_what_is_its_owners(does: tuple[Verb, ...]) -> None:
    found = deeds(PORT, SHIP, OWNER, CARRIER, TRAVELLER, does=does)

    assert Verb.HOLD in found.of("authority")
    assert held(found) == {"vessel", "vessel-owner"}


def test_what_is_stated_in_hand_is_held_whatever_is_asked_and_whoever_asks() -> None:
    ship = Property(kind="vessel", of="vessel-owner")
    found = deeds(AGENT, SHIP, OWNER, does=(Verb.PROVIDE_SERVICE,), in_hand=(ship,))

    assert found.of("supplier") == (Verb.PROVIDE_SERVICE, Verb.HOLD)
    assert held(found) == {"vessel", "vessel-owner"}, "the ship itself may be the one listed"


def test_an_account_in_hand_is_no_ship() -> None:
    account = Property(kind="account", of="vessel-owner")

    assert held(deeds(PORT, SHIP, OWNER, in_hand=(account,))) == {"vessel-owner"}


@pytest.mark.parametrize(
    "found",
    [
        deeds(PORT, SHIP, OWNER, in_hand=()),
        deeds(PORT, SHIP, OWNER, arrives="XC"),
        deeds(PORT, SHIP, OWNER, TRAVELLER, does=(Verb.ISSUE_VISA,)),
        deeds(PORT, TRAVELLER),
        deeds(AGENT, SHIP, OWNER, does=(Verb.PROVIDE_SERVICE,)),
    ],
    ids=["nothing in hand", "ship elsewhere", "a visa", "nobody's craft", "no authority"],
)
def test_nothing_is_held_that_is_not_there(found: Deeds) -> None:
    assert all(Verb.HOLD not in verbs for verbs in found.by_party.values())
    assert not found.in_hand


@pytest.mark.parametrize(
    ("found", "facts"),
    [
        (deeds(PORT, SHIP, in_hand=()), {"asker.in_hand"}),
        (
            deeds(PORT, SHIP, arrives="XC"),
            {"parties.authority.country", "leaves", "arrives", "via"},
        ),
        (deeds(PORT, SHIP), set()),
        (deeds(PORT, TRAVELLER), set()),
    ],
    ids=["nothing in hand", "ship elsewhere", "ship in port", "no ship"],
)
def test_the_facts_are_named_by_which_no_craft_is_in_hand(found: Deeds, facts: set[str]) -> None:
    assert {one.fact for one in found.without_craft} == facts
