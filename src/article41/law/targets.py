"""Whether an act has what a measure means, and whether the conditions of a relief fit it."""

from collections.abc import Iterator
from datetime import date

import msgspec

from article41.law.goods import goods_held, line_held
from article41.law.owners import Owners
from article41.law.parties import may_be_meant, party_held
from article41.law.situation import Situation
from article41.law.truth import HOLDS, NO, Held, every, negated, no, unknown, yes
from article41.law.words import Words, either
from article41.model.acts import (
    CargoAct,
    DiplomaticAct,
    JourneyAct,
    SecuritiesAct,
    Verb,
)
from article41.model.parties import Role
from article41.model.targets import (
    Condition,
    FlightTarget,
    PartyTarget,
    SecurityTarget,
    StatesTarget,
    Target,
)
from article41.model.verdicts import Because

NOBODY = ""
"""Stands for the doer where it does not matter who does it."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one reading of one act by one measure needs beside the act."""

    situation: Situation
    """The act."""
    owners: Owners
    """Who owns whom."""
    doer: str
    """Key of the party whose deed is looked at."""
    verbs: tuple[Verb, ...]
    """Of what it does that which the measure forbids."""
    rule: str
    """Family of rules on ownership; none if empty."""
    words: Words
    """The vocabulary: questions, and the chapters in which items can stand."""
    parties: frozenset[str] = frozenset()
    """Keys of the parties that the target may mean, as far as it is known which."""
    among: frozenset[str] | None = None
    """Keys of those who alone can be meant, because what is done is done to what is theirs."""
    reaches_travellers: bool = False
    """True if the measure forbids to carry persons, and not their goods alone."""

    @property
    def spares(self) -> tuple[Role, ...]:
        """Roles in which nobody is meant by what the doer does."""
        is_carriage = self.verbs == (Verb.TRANSPORT,) and self.doer != NOBODY
        is_meant = self.reaches_travellers or not isinstance(self.situation.act, JourneyAct)
        return (Role.TRAVELLER,) if is_carriage and not is_meant else ()


def asks_who_does(target: Target) -> bool:
    """True if whether it is there depends on what exactly the doer does.

    All else is at most more there where nobody is left out as the doer.
    """
    return bool(target.when) and any(
        asks_what_is_done(condition) or condition.no_party is not None for condition in target.when
    )


def asks_what_is_done(condition: Condition) -> bool:
    """True if a condition looks at the deed itself."""
    return bool(condition.verbs) or condition.relation_from is not None


def may_mean(target: Target, reading: Reading) -> bool:
    """True if a party may be meant that its deed leaves out, the doer above all."""
    if target.party is None:
        return False
    if reading.spares:
        return True
    if reading.parties and reading.doer not in reading.parties:
        return False
    return may_be_meant(
        target.party,
        reading.situation,
        reading.owners,
        party=reading.doer,
        rule=reading.rule,
        chapters=reading.words.chapters,
    )


def target_held(target: Target, reading: Reading) -> Held:
    """Whether the act has everything that one target asks for.

    Looking ends where no single fact decides it.
    """
    parts: list[Held] = []
    against: set[str] | None = None
    for part in _parts(target, reading):
        parts.append(part)
        if part.truth is NO:
            facts = {each.fact for each in part.because}
            against = facts if against is None else against & facts
            if part.misses > 1 or not against:
                break
    return every(parts)


def condition_held(condition: Condition, reading: Reading) -> Held:
    """Whether one condition fits the act."""
    return every(_condition(condition, reading))


def _parts(target: Target, reading: Reading) -> Iterator[Held]:
    situation = reading.situation
    if target.places:
        yield _places(target.places, situation)
    if target.states is not None:
        yield _states(target.states, situation)
    if target.goods is not None:
        yield goods_held(target.goods, situation, reading.words)
    if target.flight is not None:
        yield _flight(target.flight, situation)
    if target.security is not None:
        yield _security(target.security, situation)
    if target.party is not None:
        yield party_held(
            target.party,
            situation,
            reading.owners,
            doer=reading.doer,
            rule=reading.rule,
            chapters=reading.words.chapters,
            spares=reading.spares,
            likely=reading.parties,
            among=reading.among,
        )
    for condition in target.when:
        yield from _condition(condition, reading)


def _places(places: tuple[str, ...], situation: Situation) -> Held:
    named = ", ".join(places)
    for country in places:
        if country in situation.scenes:
            return yes(situation.scenes[country], country, f"it is done in or goes to {country}")
    if situation.open_end:
        return unknown(situation.open_end, f"does the journey touch {named}?")
    if not situation.scenes:
        return no("places", "", f"it is neither done in nor goes to {named}")
    because = (
        Because(fact=fact, value=country, text=f"it is done in or goes to {country}, not {named}")
        for country, fact in situation.scene_facts
    )
    return Held(truth=NO, because=tuple(because))


def _flight(target: FlightTarget, situation: Situation) -> Held:
    act = situation.act
    if not isinstance(act, JourneyAct):
        return no("act", type(act).__struct_config__.tag, "the act is no journey")
    if not target.kinds:
        return HOLDS
    return _word_of(FLIGHTS, target.kinds, act.flight, "flight", "what kind of flight is it?")


FLIGHTS = frozenset(("passenger", "cargo-only", "mixed", "charter", "non-traffic-stop"))
INSTRUMENTS = frozenset(("bond", "money-market", "equity", "share", "loan", "credit", "debt"))
RANKS = frozenset(("ambassador", "charge", "diplomat", "consul"))


def _word_of(
    known: frozenset[str], meant: tuple[str, ...], given: str, fact: str, question: str
) -> Held:
    """Whether a word is meant; a word that nobody knows here may stand for one that is."""
    word = "-".join(given.casefold().replace("-", " ").replace("_", " ").split())
    if word and word not in known and word not in meant:
        what = f"{question} `{given}` is no word for it that is known here"
        return unknown(fact, f"{what}; is it {either(meant)}?")
    return _one_of(meant, word, fact, question)


def _one_of(meant: tuple[str, ...], given: str, fact: str, question: str) -> Held:
    if not given:
        return unknown(fact, f"{question} Is it {either(meant)}?")
    if given in meant:
        return yes(fact, given, f"{given} is meant")
    return no(fact, given, f"{given} is not {', '.join(meant)}")


def _security(target: SecurityTarget, situation: Situation) -> Held:
    act = situation.act
    if not isinstance(act, SecuritiesAct):
        return no("act", type(act).__struct_config__.tag, "the act is about no security")
    parts = []
    if target.instruments:
        given, question = act.instrument, "what kind of security is it?"
        parts.append(_word_of(INSTRUMENTS, target.instruments, given, "instrument", question))
    if target.issued_after is not None:
        parts.append(_after(target.issued_after, act.issued_on, "issued_on", "issued"))
    if target.tenor_above_days is not None:
        parts.append(_tenor(target.tenor_above_days, act.tenor_days))
    if target.is_public is not None:
        parts.append(_same(target.is_public, act.is_public, "is_public", "public or guaranteed"))
    return every(parts)


def _tenor(limit: int, given: int | None) -> Held:
    if given is None:
        return unknown("tenor_days", f"is its tenor above {limit} days?")
    if given > limit:
        return yes("tenor_days", given, f"above {limit} days")
    return no("tenor_days", given, f"not above {limit} days")


def _same(meant: bool, given: bool | None, fact: str, what: str) -> Held:  # noqa: FBT001
    if given is None:
        return unknown(fact, f"is it {what}?")
    return (yes if given is meant else no)(fact, given, what if given else f"not {what}")


def _after(limit: date, given: date | None, fact: str, what: str) -> Held:
    if given is None:
        return unknown(fact, f"was it {what} after {limit}?")
    if given > limit:
        return yes(fact, given, f"{what} after {limit}")
    return no(fact, given, f"{what} on {given}, not after {limit}")


def _from(limit: date, given: date | None, fact: str, what: str) -> Held:
    if given is None:
        return unknown(fact, f"did {what} begin on {limit} or later?")
    if given >= limit:
        return yes(fact, given, f"{what} since {given}, on or after {limit}")
    return no(fact, given, f"{what} since {given}, before {limit}")


def _before(limit: date, given: date | None, fact: str, what: str) -> Held:
    if given is None:
        return unknown(fact, f"was it {what} before {limit}?")
    if given < limit:
        return yes(fact, given, f"{what} before {limit}")
    return no(fact, given, f"{what} on {given}, not before {limit}")


def _states(target: StatesTarget, situation: Situation) -> Held:
    act = situation.act
    if not isinstance(act, DiplomaticAct):
        return no("act", type(act).__struct_config__.tag, "the act is not one between States")
    parts = []
    if target.sending:
        parts.append(_one_of(target.sending, act.sending, "sending", "which State sends?"))
    if target.receiving:
        parts.append(_one_of(target.receiving, act.receiving, "receiving", "who receives?"))
    if target.ranks:
        parts.append(_word_of(RANKS, target.ranks, act.rank, "rank", "of which rank?"))
    if target.subjects:
        parts.append(_one_of(target.subjects, act.subject, "subject", "which relation is it?"))
    return every(parts)


def _condition(condition: Condition, reading: Reading) -> Iterator[Held]:
    situation = reading.situation
    act = situation.act
    if condition.fact:
        yield _fact(condition, reading)
    if condition.purposes:
        yield purposes_held(condition.purposes, situation.purposes, reading.words)
    if condition.verbs:
        found = [verb.value for verb in reading.verbs if verb in condition.verbs]
        named = ", ".join(verb.value for verb in condition.verbs)
        done = ", ".join(verb.value for verb in reading.verbs)
        held = yes if found else no
        yield held("asker.does", done, f"{reading.doer} does {done}; {named} is meant")
    if condition.contract_before is not None:
        limit = condition.contract_before
        yield _before(limit, act.contract_on, "contract_on", "contracted")
    if condition.contract_from is not None:
        yield _from(condition.contract_from, act.contract_on, "contract_on", "the contract")
    if condition.performed_before is not None:
        given = getattr(act, "performed_on", None)
        fact = "on" if given is None else "performed_on"
        yield _before(condition.performed_before, given or act.on, fact, "performed")
    if condition.shipped_before is not None:
        shipped = act.shipped_on if isinstance(act, CargoAct) else None
        yield _before(condition.shipped_before, shipped, "shipped_on", "shipped")
    if condition.relation_from is not None:
        yield _relation(condition.relation_from, reading)
    if condition.goods is not None:
        lines = range(len(situation.goods))
        held_lines = [line_held(condition.goods, situation, line, reading.words) for line in lines]
        yield every(held_lines) if held_lines else no("goods", "", "the act is about no goods")
    yield from _more(condition, reading)


def _more(condition: Condition, reading: Reading) -> Iterator[Held]:
    situation = reading.situation
    if condition.party is not None:
        yield _party(condition.party, reading)
    if condition.no_party is not None:
        yield negated(_party(condition.no_party, reading))
    if condition.currency:
        given = situation.money.currency if situation.money else ""
        yield _one_of(condition.currency, given, "money.currency", "in which currency?")
    if condition.amount_up_to is not None:
        limit = condition.amount_up_to
        money = situation.money
        if money is None:
            yield unknown("money.amount", f"is the amount {limit} or less?")
        else:
            held = yes if money.amount <= limit else no
            yield held("money.amount", money.amount, f"the limit is {limit}")
    if condition.flights:
        yield _flight(FlightTarget(kinds=condition.flights), situation)


def _party(target: PartyTarget, reading: Reading) -> Held:
    return party_held(target, reading.situation, reading.owners, doer="", rule=reading.rule)


def _fact(condition: Condition, reading: Reading) -> Held:
    name = condition.fact
    given = reading.situation.fact(name)
    question = reading.words.facts.get(name, name)
    if given is None:
        return unknown(f"facts.{name}", question)
    held = yes if given is condition.fact_is else no
    return held(f"facts.{name}", str(given).lower(), f"{question} {'yes' if given else 'no'}")


def purposes_held(meant: tuple[str, ...], stated: tuple[str, ...], words: Words) -> Held:
    """Whether a purpose is stated that is meant; of free text nothing follows, for or against.

    Args:
        meant: The purposes of which one is asked for.
        stated: Those that the act states.
        words: The vocabulary: purposes that are known.
    """
    found = [purpose for purpose in stated if purpose in meant]
    given = ", ".join(stated)
    named = ", ".join(meant)
    if found:
        return yes("purposes", ", ".join(found), f"it is for {', '.join(found)}")
    if stated and all(purpose in words.purposes for purpose in stated):
        return no("purposes", given, f"it is for {given}, not {named}")
    return unknown("purposes", f"is it for {named}?")


def _relation(limit: date, reading: Reading) -> Held:
    opens = {Verb.OPEN_CORRESPONDENT, Verb.ONBOARD} & set(reading.verbs)
    fact, given = reading.situation.began
    if given is None and opens:
        fact, given = "on", reading.situation.day
    return _from(limit, given, fact, "the relation")
