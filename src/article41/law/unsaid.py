"""What an act leaves unsaid and is taken not to be so, named wherever nothing is found.

None of it is a question: most acts have no call on the way, no further end and nobody behind them.
Whoever knows better sees by which fact the answer could be another one.
"""

from collections.abc import Iterator

from article41.law.acting import CRAFT_ROLES
from article41.law.situation import Situation
from article41.model.acts import (
    Act,
    CargoAct,
    CommunicationAct,
    JourneyAct,
    SecuritiesAct,
)
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role, Status
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Considered

UNSAID = NoMeasure.UNSAID.value


def of_the_unsaid(situation: Situation) -> Considered:
    """The facts that an act leaves unsaid, with what it is taken to mean by that.

    Args:
        situation: The act.
    """
    found = (
        *_of_the_asker(situation),
        *(each for party in situation.act.parties for each in _of_a_party(party, situation)),
        *_of_the_way(situation),
        *_of_the_goods(situation),
        *_of_the_money(situation.act),
    )
    because = tuple(Because(fact=fact, value="", text=text) for fact, text in found)
    return Considered(measure=UNSAID, title="what the act does not say", because=because)


def _of_the_asker(situation: Situation) -> Iterator[tuple[str, str]]:
    asker = situation.by_key.get(situation.act.asker.party)
    if asker is None:
        return
    holdings = situation.act.holdings
    owned = {one.asset for one in holdings.stakes} | {one.asset for one in holdings.controls}
    is_body = not situation.is_person(asker) and not situation.is_craft(asker)
    if is_body and asker.key not in owned:
        text = f"nobody is named who owns {asker.key}: law that reaches firms abroad is not asked"
        yield "holdings", text
    if is_body and asker.country and not asker.located_in:
        text = f"{asker.key} is taken to act from {asker.country}, and from no branch elsewhere"
        yield f"parties.{asker.key}.located_in", text
    if not asker.acts_for:
        yield f"parties.{asker.key}.acts_for", f"{asker.key} is taken to act for itself"
    if asker.us_person is None and situation.is_person(asker):
        text = f"{asker.key} is taken for a US person by nationality, home or place alone"
        yield f"parties.{asker.key}.us_person", text


def _of_a_party(party: Party, situation: Situation) -> Iterator[tuple[str, str]]:
    if party.status is Status.PRIVATE and party.owners is None:
        text = f"{party.key} is said to be private: nobody listed is taken to be behind it"
        yield f"parties.{party.key}.owners", text
    numbers = {one.kind for one in party.documents if one.value}
    if (
        situation.is_bank(party.key)
        and not party.incorporated_in
        and IdentifierKind.BIC not in numbers
    ):
        text = f"{party.key} has no BIC, and is taken for no branch of a bank elsewhere"
        yield f"parties.{party.key}.documents", text
    if situation.is_craft(party):
        if party.role in CRAFT_ROLES and not (party.flag or party.country):
            yield f"parties.{party.key}.flag", f"nothing says under which flag {party.key} is"
    elif not situation.countries_of(party):
        yield f"parties.{party.key}.country", f"nothing says of which country {party.key} is"
    elif party.role is Role.OWNER:
        if situation.is_person(party) and not (party.residence or party.located_in):
            yield f"parties.{party.key}.residence", f"nothing says where {party.key} lives"
    elif situation.is_person(party) and not (party.country or party.nationalities):
        yield f"parties.{party.key}.nationalities", f"nothing says whose national {party.key} is"


def _of_the_way(situation: Situation) -> Iterator[tuple[str, str]]:
    act = situation.act
    for path, question, _ in situation.scene.places_missing:
        yield path, f"not said: {question}"
    if isinstance(act, CargoAct | JourneyAct) and not act.via:
        yield "via", "no call or transit on the way is said"


def _of_the_goods(situation: Situation) -> Iterator[tuple[str, str]]:
    act = situation.act
    end = act.discharged_in if isinstance(act, CargoAct) else ""
    for number, line in enumerate(situation.goods):
        if not line.origin:
            yield f"goods[{number}].origin", "nothing says where it was made or got"
        if end and not line.destination:
            yield f"goods[{number}].destination", f"taken to go no further than {end}"


def _of_the_money(act: Act) -> Iterator[tuple[str, str]]:
    """Of a payment the way is asked for by itself."""
    may_be_paid = CargoAct | CommunicationAct | SecuritiesAct | JourneyAct
    if isinstance(act, may_be_paid) and act.money is None:
        yield "money", "no currency is said in which it is paid, and no bank through which"
