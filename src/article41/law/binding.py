"""What a party of an act brings for each ground on which a jurisdiction can bind it.

Knows no jurisdiction but for the question who is a US person. A fact that is not known is asked
for; it is never taken for a no.
"""

from collections.abc import Iterable

from article41.law.acting import CRAFT_ROLES, Kind, PartyFacts
from article41.law.grounds import Ground
from article41.law.scenes import Clearing, Fact
from article41.law.weighing import Claim, Claimant, Missing
from article41.model.parties import Role
from article41.model.verdicts import Because

CLEARING = "clearing"
"""Key of the bank, named or not, through which the money of an act goes."""


def claimant_of(facts: PartyFacts, *, us_status: bool = False) -> Claimant:
    """A party with its claims.

    Args:
        facts: What the act says of it.
        us_status: Whether it is asked by a jurisdiction that binds US persons, whom the act may
            name as such.

    Example:
        >>> facts = PartyFacts(key="payer", role=Role.PAYER, kind=Kind.PERSON)
        >>> [path for path, _ in claimant_of(facts).claims[Ground.NATIONALITY].missing]
        ['parties.payer.nationalities']
    """
    role_said = (f"{facts.path}.role", facts.role.value)
    if facts.role is Role.OWNER:
        said = _role(facts, "named for its stake in another alone")
        idle = dict.fromkeys(Ground, Claim(idle=(said,)))
        return Claimant(facts.key, idle, role_said=role_said, acts=False)
    law = _us_law if us_status and facts.us_person is not None else _law
    claims = {
        Ground.NATIONALITY: law(facts, never=Kind.BODY),
        Ground.INCORPORATION: law(facts, never=Kind.PERSON),
        Ground.US_PERSON: _us_person(facts),
        Ground.TERRITORY: _territory(facts),
        Ground.CRAFT: _craft(facts),
        Ground.BUSINESS: _business(facts),
        Ground.US_CONTENT: _us_content(facts),
    }
    if facts.is_state:
        claims[Ground.STATE] = _state(facts)
    return Claimant(
        facts.key, claims, role_said=role_said, acts=facts.acts, is_state=facts.is_state
    )


def status_of(facts: PartyFacts) -> Claimant:
    """What a party is, whatever it does in the act: the claims that ask whom an owner is.

    Example:
        >>> facts = PartyFacts(key="owner", role=Role.OWNER, kind=Kind.BODY)
        >>> [ground.value for ground in status_of(facts).claims]
        ['nationality', 'incorporation', 'us-person', 'territory']
    """
    law = _law if facts.us_person is None else _us_law
    where = Claim(facts=facts.location or ())
    if facts.location is None and facts.kind is not Kind.CRAFT and facts.us_person is None:
        where = Claim(missing=(_where(facts),))
    claims = {
        Ground.NATIONALITY: law(facts, never=Kind.BODY),
        Ground.INCORPORATION: law(facts, never=Kind.PERSON),
        Ground.US_PERSON: _us_person(facts),
        Ground.TERRITORY: where,
    }
    return Claimant(facts.key, claims, role_said=(f"{facts.path}.role", facts.role.value))


def clearing_of(clearing: Clearing, banks: Iterable[Fact]) -> Claimant:
    """The bank through which the money of an act goes, with its claim.

    Where the way is not given, a named bank in the territory is on it, and a currency that is
    settled there leaves it open.

    Example:
        >>> clearing_of(Clearing(currency="USD"), ()).claims[Ground.CURRENCY].currency
        'USD'
    """
    if clearing.through is None:
        claim = Claim(facts=tuple(banks), currency=clearing.currency)
    elif clearing.through:
        claim = Claim(
            facts=tuple(
                (f"cleared_in[{at}]", code, "paid through a bank in")
                for at, code in enumerate(clearing.through)
            )
        )
    else:
        said = Because(fact="cleared_in", value="", text="paid through banks of no other country")
        claim = Claim(idle=(said,))
    return Claimant(CLEARING, {Ground.CURRENCY: claim}, role_said=("cleared_in", ""))


def state_of(code: str, facts: Iterable[Fact]) -> Claimant:
    """A State that an act implies, with its claim.

    Example:
        >>> state_of("FR", [("arrives", "FR", "the journey enters")]).key
        'state:FR'
    """
    claims = {Ground.STATE: Claim(facts=tuple(facts))}
    return Claimant(f"state:{code}", claims, role_said=("", ""), is_state=True)


def _role(facts: PartyFacts, text: str) -> Because:
    return Because(fact=f"{facts.path}.role", value=facts.role.value, text=text)


_UNKNOWN_QUESTION = (
    "of which country is it a national, or under whose law does it exist, and where does it act?"
)


def _law(facts: PartyFacts, *, never: Kind) -> Claim:
    """A person by its nationality, a body by the law that it exists under."""
    if facts.kind is Kind.CRAFT:
        text = "a craft, which has a flag alone"
        if facts.role in CRAFT_ROLES:
            return Claim(idle=(_role(facts, text),))
        said = Because(fact=f"{facts.path}.schema", value=facts.kind.value, text=text)
        return Claim(idle=(said,))
    if facts.kind is never:
        return Claim()
    if facts.law is not None:
        return Claim(facts=facts.law, doubtful=facts.home)
    if facts.kind is Kind.PERSON:
        asked = ("nationalities", "of which countries is the person a national?")
    elif facts.kind is Kind.BODY:
        asked = ("incorporated_in", "under whose law does the body exist?")
    else:
        asked = ("country", _UNKNOWN_QUESTION)
    return Claim(missing=((f"{facts.path}.{asked[0]}", asked[1]),))


def _us_law(facts: PartyFacts, *, never: Kind) -> Claim:
    """Said to be a US person or not, which decides; facts that say otherwise leave it open."""
    if facts.us_person or facts.kind is never:
        return Claim()
    path = f"{facts.path}.us_person"
    said = Because(fact=path, value="false", text="said to be no US person")
    question = "said to be no US person, against its nationality or law: which is right?"
    return Claim(facts=facts.law or (), idle=(said,), instead=(path, question))


def _us_person(facts: PartyFacts) -> Claim:
    if not facts.us_person:
        return Claim()
    path = f"{facts.path}.us_person"
    return Claim(sure=(Because(fact=path, value="true", text="said to be a US person"),))


def _territory(facts: PartyFacts) -> Claim:
    missing = facts.acts_at_missing
    idle: tuple[Because, ...] = ()
    if facts.kind is Kind.CRAFT:
        if not facts.acts_at:
            idle = (_role(facts, "calls at no place that the act names"),)
    elif facts.location is None:
        missing = (_where(facts), *missing)
    return Claim(facts=(*(facts.location or ()), *facts.acts_at), missing=missing, idle=idle)


def _where(facts: PartyFacts) -> Missing:
    if facts.kind is Kind.PERSON:
        return f"{facts.path}.residence", "where does the person live, or act from?"
    if facts.kind is Kind.UNKNOWN and facts.law is None:
        return f"{facts.path}.country", _UNKNOWN_QUESTION
    question = "from where does it act: which branch, office or person is in charge?"
    return f"{facts.path}.located_in", question


def _craft(facts: PartyFacts) -> Claim:
    question = "under which flag is the vessel or aircraft, if one is used?"
    missing = tuple((path, question) for path in facts.flags_missing)
    idle: tuple[Because, ...] = ()
    if not facts.flags and not missing:
        idle = (_role(facts, "operates no vessel or aircraft in this act"),)
    return Claim(facts=facts.flags, missing=missing, idle=idle)


def _business(facts: PartyFacts) -> Claim:
    """Business done in part in a territory binds bodies, and not natural persons."""
    if facts.kind in (Kind.PERSON, Kind.CRAFT):
        text = f"a {facts.kind.value}: business done in part there binds bodies alone"
        return Claim(idle=(_role(facts, text),))
    if facts.is_authority or not facts.acts:
        return Claim(idle=(_role(facts, "does no business in this act"),))
    instead: Missing | None = None
    idle: tuple[Because, ...] = ()
    if facts.kind is Kind.UNKNOWN:
        question = "is it a body, which business done in part there would bind, or a person?"
        instead = (f"{facts.path}.schema", question)
    if not facts.business:
        text = "the act names no place beside those of its parties"
        idle = (Because(fact="places", value="", text=text),)
    return Claim(facts=facts.business, idle=idle, instead=instead, currency=facts.open_currency)


def _us_content(facts: PartyFacts) -> Claim:
    if facts.is_authority or not facts.goods:
        text = "an authority" if facts.is_authority else "deals with no goods in this act"
        return Claim(idle=(_role(facts, text),))
    sure: list[Because] = []
    idle: list[Because] = []
    missing: list[Missing] = []
    for path, value, so in facts.goods:
        if so:
            sure.append(Because(fact=path, value=value, text="of US origin or under its rules"))
        elif so is False:
            text = "neither of US origin nor under US export rules"
            idle.append(Because(fact=path, value=value, text=text))
        elif value:
            text = f"made in {value}; nothing is said of parts of US origin"
            idle.append(Because(fact=path, value=value, text=text))
        else:
            missing.append((path, "is it of US origin or under US export rules?"))
    return Claim(sure=tuple(sure), missing=tuple(missing), idle=tuple(idle))


def _state(facts: PartyFacts) -> Claim:
    of = facts.law or facts.location
    if of is None:
        return Claim(missing=((f"{facts.path}.country", "which State's authority is it?"),))
    return Claim(facts=of)
