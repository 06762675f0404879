"""Whether one jurisdiction binds one party, ground by ground, each with the facts it rests on.

A fact that is not known leaves a ground open; it is never taken for a no.
"""

from collections.abc import Callable

from article41.law.acting import Kind, PartyFacts
from article41.law.grounds import Ground, GroundRule
from article41.law.standings import Standing
from article41.law.weighing import Bound, Tally, way_question
from article41.model.clocks import InForce
from article41.model.parties import Role
from article41.model.verdicts import Because


def bound_of(facts: PartyFacts, standing: Standing) -> Bound:
    """Whether a jurisdiction binds a party on its day.

    Example:
        >>> from datetime import date
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.law.standings import standing_on
        >>> facts = PartyFacts(key="payer", role=Role.PAYER, kind=Kind.PERSON,
        ...     law=(("parties.payer.country", "IT", "national of"),), location=None)
        >>> bound_of(facts, standing_on(jurisdictions()["EU"], date(2012, 7, 6))).truth.value
        'yes'
    """
    tally = Tally(facts, standing)
    if standing.states_only:
        _state(tally, standing.rules[Ground.STATE])
        return tally.result()
    if facts.role is Role.OWNER:
        tally.deny(f"{facts.path}.role", facts.role.value, "named for its stake in another alone")
        return tally.result()
    for ground, rule in standing.rules.items():
        _EVALUATE[ground](tally, rule)
    if not facts.acts and not tally.grounds:
        tally.missing.clear()
        tally.deny(f"{facts.path}.role", facts.role.value, "does nothing in the act")
    return tally.result()


def _territory(tally: Tally, rule: GroundRule) -> None:
    facts = tally.facts
    tally.weigh(rule, (*(facts.location or ()), *facts.acts_at))
    if facts.location is None and facts.kind is not Kind.CRAFT:
        name, question = _where(facts)
        tally.missing[f"{facts.path}.{name}"] = question
    tally.missing.update(facts.acts_at_missing)
    if facts.kind is Kind.CRAFT and not facts.acts_at:
        tally.deny(f"{facts.path}.role", facts.role.value, "calls at no place that the act names")


def _where(facts: PartyFacts) -> tuple[str, str]:
    if facts.kind is Kind.PERSON:
        return "residence", "where does the person live, or act from?"
    if facts.kind is Kind.UNKNOWN and facts.law is None:
        return "country", _UNKNOWN_QUESTION
    return "located_in", "from where does it act: which branch, office or person is in charge?"


_UNKNOWN_QUESTION = (
    "of which country is it a national, or under whose law does it exist, and where does it act?"
)


def _nationality(tally: Tally, rule: GroundRule) -> None:
    _law(tally, rule, Kind.BODY)


def _incorporation(tally: Tally, rule: GroundRule) -> None:
    _law(tally, rule, Kind.PERSON)


def _law(tally: Tally, rule: GroundRule, never: Kind) -> None:
    """A person by its nationality, a body by the law it exists under."""
    facts = tally.facts
    if facts.kind is Kind.CRAFT:
        tally.deny(f"{facts.path}.role", facts.role.value, "a craft, which has a flag alone")
    elif facts.kind is never:
        return
    elif facts.us_person is not None and Ground.US_PERSON in tally.standing.rules:
        _contradicted(tally, rule)
    elif facts.law is None:
        name = {Kind.PERSON: "nationalities", Kind.BODY: "incorporated_in"}
        question = {
            Kind.PERSON: "of which countries is the person a national?",
            Kind.BODY: "under whose law does the body exist?",
        }
        path = f"{facts.path}.{name.get(facts.kind, 'country')}"
        tally.missing[path] = question.get(facts.kind, _UNKNOWN_QUESTION)
    else:
        tally.weigh(rule, facts.law)


def _contradicted(tally: Tally, rule: GroundRule) -> None:
    """Said to be a US person or not: facts that say otherwise of the latter leave it open."""
    facts = tally.facts
    reached = [
        (path, code) for path, code, _ in facts.law or ()
        if tally.standing.reaches(code, rule.ground) is not InForce.NO
    ]  # fmt: skip
    if facts.us_person is False:
        tally.deny(f"{facts.path}.us_person", "false", "said to be no US person")
        for path, code in reached:
            tally.missing[f"{facts.path}.us_person"] = (
                f"said to be no US person, while `{path}` is {code}: which is right?"
            )


def _us_person(tally: Tally, rule: GroundRule) -> None:
    facts = tally.facts
    if facts.us_person:
        said = Because(fact=f"{facts.path}.us_person", value="true", text="said to be a US person")
        tally.bind(rule, (said,))


def _craft(tally: Tally, rule: GroundRule) -> None:
    facts = tally.facts
    tally.weigh(rule, facts.flags)
    for path in facts.flags_missing:
        tally.missing[path] = "under which flag is the vessel or aircraft?"
    if not facts.flags and not facts.flags_missing:
        text = "operates no vessel or aircraft in this act"
        tally.deny(f"{facts.path}.role", facts.role.value, text)


def _business(tally: Tally, rule: GroundRule) -> None:
    facts = tally.facts
    if rule.bodies_only and facts.kind in (Kind.PERSON, Kind.CRAFT):
        text = f"a {facts.kind.value}, and business binds bodies alone"
        tally.deny(f"{facts.path}.role", facts.role.value, text)
        return
    if facts.is_state or not facts.acts:
        tally.deny(f"{facts.path}.role", facts.role.value, "does no business in this act")
        return
    if rule.bodies_only and facts.kind is Kind.UNKNOWN:
        _business_of_unknown(tally, rule)
    else:
        tally.weigh(rule, facts.business)
        _open_way(tally)
    if not facts.business:
        tally.deny("places", "", f"no place that the act names lies in {tally.standing.in_text}")


def _business_of_unknown(tally: Tally, rule: GroundRule) -> None:
    """Business done in the territory binds it if it is no natural person."""
    facts = tally.facts
    reached = []
    for path, code, phrase in facts.business:
        if tally.standing.reaches(code, rule.ground) is InForce.NO:
            tally.deny(path, code, phrase, tally.standing.why_not(code))
        else:
            reached.append(f"{phrase} {code}")
    if reached:
        tally.missing[f"{facts.path}.schema"] = (
            f"is it a body or a natural person? The act {reached[0]}"
        )
    _open_way(tally)


def _open_way(tally: Tally) -> None:
    """Money whose way is not known may go through the territory."""
    currency = tally.facts.open_currency
    if currency is None:
        return
    if currency in tally.standing.currencies:
        tally.missing["cleared_in"] = way_question(currency)
    elif not currency and tally.standing.currencies:
        tally.missing["money.currency"] = "in which currency is it paid?"
    else:
        tally.deny("money.currency", currency, f"not a currency of {tally.standing.in_text}")


def _us_content(tally: Tally, rule: GroundRule) -> None:
    facts = tally.facts
    if facts.is_state or not facts.goods:
        text = "deals with no goods here" if not facts.goods else "an authority"
        tally.deny(f"{facts.path}.role", facts.role.value, text)
        return
    held = []
    for path, value, so in facts.goods:
        if so:
            held.append(Because(fact=path, value=value, text="of US origin or under its rules"))
        elif so is False:
            tally.deny(path, value, "neither of US origin nor under its export rules")
        elif value:
            tally.deny(path, value, f"made in {value}; parts of US origin are not spoken of")
        else:
            tally.missing[path] = "is it of US origin or under US export rules?"
    if held:
        tally.bind(rule, held)


def _currency(tally: Tally, rule: GroundRule) -> None:
    """Binds the bank through which money goes, who is a party of its own."""


def _state(tally: Tally, rule: GroundRule) -> None:
    facts = tally.facts
    if not facts.is_state:
        if tally.standing.states_only:
            text = f"{tally.standing.in_text} binds States, not operators"
            tally.deny(f"{facts.path}.role", facts.role.value, text)
        return
    of = facts.law or facts.location
    if of is None:
        tally.missing[f"{facts.path}.country"] = "which State's authority is it?"
    else:
        tally.weigh(rule, of)


_EVALUATE: dict[Ground, Callable[[Tally, GroundRule], None]] = {
    Ground.TERRITORY: _territory,
    Ground.NATIONALITY: _nationality,
    Ground.INCORPORATION: _incorporation,
    Ground.US_PERSON: _us_person,
    Ground.CRAFT: _craft,
    Ground.BUSINESS: _business,
    Ground.US_CONTENT: _us_content,
    Ground.CURRENCY: _currency,
    Ground.STATE: _state,
}
