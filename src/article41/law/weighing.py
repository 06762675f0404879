"""What a jurisdiction comes to for one party: bound, not bound, or open, and by which facts.

A party brings, for each ground, its facts; a jurisdiction brings the countries that belong to it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from article41.law.facts import reaches_fact
from article41.law.grounds import Ground, GroundRule
from article41.law.scenes import Fact
from article41.law.standings import Alike, Standing, are_known
from article41.model.clocks import InForce
from article41.model.measures import Certainty
from article41.model.verdicts import Because, Nexus

Missing = tuple[str, str]
"""Path of a fact that is not known, and the question."""


class Reach(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """That some measures of a jurisdiction may reach further than the others do.

    Example:
        >>> Reach(truth=InForce.UNKNOWN, regimes=("XB",)).export_rules
        False
    """

    truth: InForce
    """Whether they reach the party."""
    regimes: tuple[str, ...] = ()
    """Measures of these regimes; none by regime if empty."""
    export_rules: bool = False
    """Export rules, of whatever regime."""
    by_states: bool = False
    """All that its States are to make law of; an operator meets it as a question."""
    grounds: tuple[Nexus, ...] = ()
    """On what."""
    because: tuple[Because, ...] = ()
    """By which facts they do not."""
    missing: tuple[Missing, ...] = ()
    """Facts that are not known and could bring them to bear."""


class Bound(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Whether a jurisdiction binds a party of an act, and why.

    Example:
        >>> Bound(party="payer", truth=InForce.NO).grounds
        ()
    """

    party: str
    """Key of the party; `clearing` for the bank through which a currency goes, `state:FR` for a
    State that the act implies."""
    truth: InForce
    """Whether it is bound; unknown if a fact or the law is open."""
    grounds: tuple[Nexus, ...] = ()
    """On what it is bound."""
    because: tuple[Because, ...] = ()
    """Every fact by which it is not; of an open one, what is known. Given too where the origin of
    goods alone binds it."""
    missing: tuple[Missing, ...] = ()
    """Facts that are not known and could bind it, each with its question."""
    is_state: bool = False
    """A State or its authority."""
    reaches: tuple[Reach, ...] = ()
    """Measures that may reach it beside; `truth` leaves them aside."""
    exposure: str = ""
    """What threatens it although it is not bound."""

    @property
    def as_a_state(self) -> tuple[Nexus, ...]:
        """On what it is bound as a State or its authority; all grounds if it is none."""
        of_state = tuple(one for one in self.grounds if one.ground == Ground.STATE.value)
        return of_state or self.grounds


class Claim(NamedTuple):
    """What a party brings for one ground."""

    facts: tuple[Fact, ...] = ()
    """Facts that bind it where the country belongs to the jurisdiction."""
    doubtful: tuple[Fact, ...] = ()
    """Paths that are a question where the country belongs to it, with the country and question."""
    sure: tuple[Because, ...] = ()
    """Facts that bind it wherever the ground counts."""
    missing: tuple[Missing, ...] = ()
    """Facts that are not known."""
    idle: tuple[Because, ...] = ()
    """Facts by which the ground does not concern it."""
    instead: Missing | None = None
    """The question that stays open where a fact would bind it."""
    currency: str | None = None
    """Currency of money whose way is not known; empty if that is not known either."""


class _Parts(NamedTuple):
    """All claims that a jurisdiction with certain grounds asks for, put together."""

    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...]
    idle: tuple[Because, ...]
    currency: str | None


class Claimant:
    """A party with what it brings for each ground."""

    __slots__ = (
        "_parts", "acts", "claims", "codes", "is_open", "is_state", "key", "known", "named",
        "role_said",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        claims: Mapping[Ground, Claim],
        *,
        role_said: tuple[str, str],
        acts: bool = True,
        is_state: bool = False,
    ) -> None:
        """Keep what it brings; `role_said` is the fact that says what it does in the act."""
        self.key = key
        self.claims = claims
        self.codes = {
            ground: frozenset([code for _, code, _ in (*claim.facts, *claim.doubtful)])
            for ground, claim in claims.items()
            if claim.facts
        }
        """The countries that it names for each ground."""
        self.named = frozenset[str]().union(*self.codes.values())
        """The same for all grounds."""
        self.is_open = not are_known(self.named) or any(one.sure for one in claims.values())
        """It brings something that may bind it whatever belongs to a jurisdiction."""
        self.role_said = role_said
        self.acts = acts
        self.is_state = is_state
        self.known: dict[Standing, Bound] = {}
        self._parts: dict[str, _Parts] = {}

    def parts(self, standing: Standing) -> _Parts:
        """What it brings for the grounds of a jurisdiction, each fact once."""
        found = self._parts.get(standing.profile)
        if found is None:
            found = self._parts[standing.profile] = _together(
                [self.claims[ground] for ground in standing.rules if ground in self.claims]
            )
        return found


def _together(claims: Iterable[Claim]) -> _Parts:
    facts: dict[tuple[str, str], str] = {}
    missing: dict[str, str] = {}
    idle: dict[tuple[str, str], str] = {}
    currency: str | None = None
    for claim in claims:
        for path, code, phrase in claim.facts:
            _say(facts, (path, code), phrase)
        for because in claim.idle:
            _say(idle, (because.fact, because.value), because.text)
        for path, question in claim.missing:
            missing.setdefault(path, question)
        if claim.currency is not None:
            currency = claim.currency
    return _Parts(
        facts=tuple([(path, code, said) for (path, code), said in facts.items()]),
        missing=tuple(missing.items()),
        idle=tuple([Because(fact=path, value=v, text=said) for (path, v), said in idle.items()]),
        currency=currency,
    )


class Together:
    """What all who are in an act bring, by ground."""

    def __init__(self, claimants: Iterable[Claimant]) -> None:
        """Put it together."""
        codes: dict[Ground, set[str]] = {}
        self._codes = codes
        self._currencies: dict[Ground, str] = {}
        self._open: set[Ground] = set()
        for one in claimants:
            for ground, named in one.codes.items():
                codes.setdefault(ground, set()).update(named)
            for ground, claim in one.claims.items():
                if claim.sure or (claim.missing and one.acts):
                    self._open.add(ground)
                if claim.currency is not None and one.acts:
                    self._currencies[ground] = claim.currency

    def may_meet(self, alike: Alike) -> frozenset[str]:
        """Which of some jurisdictions may bind one of them; the others surely bind none."""
        rules = alike.example.rules
        if not self._open.isdisjoint(rules):
            return alike.keys
        codes = frozenset[str]().union(*[self._codes[one] for one in rules if one in self._codes])
        if not are_known(codes):
            return alike.keys
        return alike.everywhere.union(
            *[alike.by_country.get(code, ()) for code in codes],
            *[
                alike.by_currency.get(currency, ())
                for ground, currency in self._currencies.items()
                if ground in rules
            ],
        )


def _say(said: dict[tuple[str, str], str], fact: tuple[str, str], phrase: str) -> None:
    """Note a phrase of a fact beside those that it has."""
    before = said.get(fact)
    if before is None:
        said[fact] = phrase
    elif phrase not in before:
        said[fact] = f"{before} and {phrase}"


def weigh(party: Claimant, standing: Standing, answers: Mapping[str, bool]) -> Bound:
    """Whether a jurisdiction binds a party.

    Args:
        party: The party with its claims.
        standing: The jurisdiction on the day.
        answers: Answers that the act gives to open questions of law.

    Example:
        >>> from datetime import date
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.law.standings import standing_on
        >>> claim = Claim(facts=(("parties.payer.country", "IT", "national of"),))
        >>> payer = Claimant("payer", {Ground.NATIONALITY: claim}, role_said=("role", "payer"))
        >>> weigh(payer, standing_on(jurisdictions()["EU"], date(2012, 7, 6)), {}).truth.value
        'yes'
    """
    if standing.states_only and not party.is_state:
        bound = _operator(party.key, party.role_said, standing)
        if standing.through_states and (ties := _through_states(party, standing, answers)):
            reach = Reach(truth=InForce.YES, by_states=True, grounds=ties)
            bound = msgspec.structs.replace(bound, reaches=(reach,))
        elif standing.through_states:
            told = _unbound(party, standing, (), {}).because
            bound = msgspec.structs.replace(bound, because=(*bound.because, *told))
        return bound
    open_facts: dict[str, str] = {}
    grounds: list[Nexus] = []
    # What is no country may be any.
    may_be_any = standing.every_state or party.is_open
    touching = standing.touching
    if not may_be_any and touching.isdisjoint(party.named):
        return _unbound(party, standing, (), open_facts)
    for ground, rule in standing.rules.items():
        if standing.states_only and ground is not Ground.STATE:
            continue
        claim = party.claims.get(ground)
        if claim is None or not (claim.facts or claim.sure):
            continue
        if may_be_any or not touching.isdisjoint(party.codes[ground]):
            nexus, asked = _weigh_ground(party.key, standing, rule, claim, answers)
            grounds += nexus
            open_facts |= asked
    if grounds and any(nexus.ground != Ground.US_CONTENT.value for nexus in grounds):
        return Bound(
            party=party.key,
            truth=InForce.YES,
            grounds=tuple(grounds),
            is_state=party.is_state,
        )
    return _unbound(party, standing, tuple(grounds), open_facts)


def _through_states(
    party: Claimant, standing: Standing, answers: Mapping[str, bool]
) -> tuple[Nexus, ...]:
    """On what an operator belongs to a State that is to carry out what was decided."""
    found: list[Nexus] = []
    for ground, rule in standing.rules.items():
        claim = party.claims.get(ground)
        if party.acts and claim is not None and ground is not Ground.STATE:
            found += _weigh_ground(party.key, standing, rule, claim, answers)[0]
    return tuple(found)


@lru_cache(maxsize=1024)
def _operator(key: str, role_said: tuple[str, str], standing: Standing) -> Bound:
    text = f"{standing.in_text} binds States, not operators"
    because = Because(fact=role_said[0], value=role_said[1], text=text)
    return Bound(party=key, truth=InForce.NO, because=(because,))


def _unbound(
    party: Claimant,
    standing: Standing,
    grounds: tuple[Nexus, ...],
    open_facts: dict[str, str],
) -> Bound:
    """Bound by the origin of goods at most: say by which facts it is not, and which are open."""
    parts = party.parts(standing)
    rows = standing.rows
    because = (*[rows.get(fact) or _row(standing, fact) for fact in parts.facts], *parts.idle)
    missing = parts.missing
    if not party.acts:
        path, role = party.role_said
        because = (*because, Because(fact=path, value=role, text="does nothing in the act"))
        missing = ()
    elif parts.currency is not None or open_facts:
        if parts.currency is not None:
            open_way = standing.way_missing(parts.currency)
            if open_way is None:
                because = (*because, _other_currency(standing, parts.currency))
            else:
                open_facts.setdefault(*open_way)
        missing = (*open_facts.items(), *(ask for ask in missing if ask[0] not in open_facts))
    open_or_no = InForce.UNKNOWN if missing else InForce.NO
    return Bound(
        party=party.key,
        truth=InForce.YES if grounds else open_or_no,
        grounds=grounds,
        because=because,
        missing=missing,
        is_state=party.is_state,
    )


def _weigh_ground(
    key: str, standing: Standing, rule: GroundRule, claim: Claim, answers: Mapping[str, bool]
) -> tuple[list[Nexus], dict[str, str]]:
    """The nexus on one ground, if there is one, and what stays open."""
    held = list(claim.sure)
    asked: dict[str, str] = {}
    for path, code, phrase in claim.facts:
        if standing.is_elsewhere(code):
            continue
        truth = standing.reaches(code, rule.ground)
        if truth is InForce.YES:
            said = standing.inside.get(code, "")
            text = f"{phrase} {code}" + (f" ({said})" if said else "")
            held.append(Because(fact=path, value=code, text=text))
        elif truth is InForce.UNKNOWN:
            asked[path] = standing.country_question(code, rule.ground)
    if not held:
        asked |= {
            path: question
            for path, code, question in claim.doubtful
            if standing.reaches(code, rule.ground) is InForce.YES
        }
        return [], asked
    if claim.instead is not None:
        return [], asked | dict([claim.instead])
    if rule.certainty is Certainty.C:
        name = reaches_fact(standing.key, rule.ground)
        if name not in answers:
            question = f"does the law of {standing.in_text} bind on this ground: {rule.text}?"
            asked[f"facts.{name}"] = question
        if not answers.get(name, False):
            return [], asked
        held.append(Because(fact=f"facts.{name}", value="true", text="the law binds, so said"))
    nexus = Nexus(party=key, ground=rule.ground.value, because=tuple(held), text=rule.text)
    return [nexus], asked


ROWS_KEPT_MAX = 2_000
"""Sentences that are kept for each jurisdiction: acts name the same facts again and again."""


def _row(standing: Standing, fact: Fact) -> Because:
    """What a fact says of a party that it does not bind."""
    path, code, phrase = fact
    tail = standing.why_not(code)
    row = Because(fact=path, value=code, text=f"{phrase} {code}" + (f", {tail}" if tail else ""))
    if len(standing.rows) >= ROWS_KEPT_MAX:
        standing.rows.clear()
    standing.rows[fact] = row
    return row


@lru_cache(maxsize=1024)
def _other_currency(standing: Standing, currency: str) -> Because:
    text = f"not a currency of {standing.in_text}"
    return Because(fact="money.currency", value=currency, text=text)
