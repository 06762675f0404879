"""What the grounds of a jurisdiction come to for one party: bound, not bound, or open, and why."""

from collections.abc import Iterable

import msgspec

from article41.law.acting import Fact, PartyFacts
from article41.law.grounds import Ground, GroundRule
from article41.law.standings import Standing
from article41.model.clocks import InForce
from article41.model.measures import Certainty
from article41.model.verdicts import Because, Nexus


class Bound(msgspec.Struct, frozen=True, kw_only=True):
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
    """Every fact by which it is not; of an open one, what is known."""
    missing: tuple[tuple[str, str], ...] = ()
    """Facts that are not known and could bind it, each with its question."""
    is_state: bool = False
    """A State or its authority."""


class Tally:
    """Grounds weighed one after the other; `result` is their sum."""

    def __init__(self, facts: PartyFacts, standing: Standing) -> None:
        """Begin with nothing weighed."""
        self.facts = facts
        self.standing = standing
        self.grounds: list[Nexus] = []
        self.missing: dict[str, str] = {}
        self.said: dict[tuple[str, str], list[str]] = {}
        self.tail: dict[tuple[str, str], str] = {}

    def deny(self, path: str, value: str, phrase: str, tail: str = "") -> None:
        """Note a fact by which a ground does not hold."""
        phrases = self.said.setdefault((path, value), [])
        if phrase not in phrases:
            phrases.append(phrase)
        if tail:
            self.tail[path, value] = tail

    def bind(self, rule: GroundRule, because: Iterable[Because]) -> None:
        """Note a ground that holds, or is doubtful in law."""
        held = tuple(because)
        if rule.certainty is Certainty.C:
            self._ask_law(rule, held)
        else:
            self._add(rule, held)

    def _add(self, rule: GroundRule, because: tuple[Because, ...]) -> None:
        nexus = Nexus(
            party=self.facts.key, ground=rule.ground.value, because=because, text=rule.text
        )
        self.grounds.append(nexus)

    def _ask_law(self, rule: GroundRule, because: tuple[Because, ...]) -> None:
        name = f"{self.standing.key.lower()}-reaches-{rule.ground.value}"
        answer = dict(self.facts.answers).get(name)
        if answer:
            self._add(rule, (*because, Because(fact=f"facts.{name}", value="true", text="so said")))
            return
        for fact in because:
            self.deny(fact.fact, fact.value, fact.text)
        if answer is None:
            self.missing[f"facts.{name}"] = (
                f"does the law of {self.standing.in_text} bind on this ground: {rule.text}?"
            )
        else:
            self.deny(f"facts.{name}", "false", "the law does not bind on this ground")

    def weigh(self, rule: GroundRule, facts: Iterable[Fact]) -> None:
        """Bind if one of the facts names a country that belongs to the jurisdiction."""
        held: list[Because] = []
        for path, code, phrase in facts:
            truth = self.standing.reaches(code, rule.ground)
            if truth is InForce.YES:
                said = self.standing.inside.get(code, "")
                text = f"{phrase} {code}" + (f" ({said})" if said else "")
                held.append(Because(fact=path, value=code, text=text))
            elif truth is InForce.UNKNOWN:
                self._ask_country(path, code, rule)
                self.deny(path, code, phrase)
            else:
                self.deny(path, code, phrase, self.standing.why_not(code))
        if held:
            self.bind(rule, held)

    def _ask_country(self, path: str, code: str, rule: GroundRule) -> None:
        doubt = self.standing.doubt(code, rule.ground)
        self.missing[path] = (
            f"does {self.standing.in_text} reach {code} here: {doubt}?"
            if doubt
            else f"which country is `{code}`?"
        )

    def result(self) -> Bound:
        """The sum of it."""
        because = tuple(
            Because(fact=path, value=value, text=self._sentence(path, value, phrases))
            for (path, value), phrases in self.said.items()
        )
        open_or_no = InForce.UNKNOWN if self.missing else InForce.NO
        beside_goods = any(n.ground != Ground.US_CONTENT.value for n in self.grounds)
        return Bound(
            party=self.facts.key,
            truth=InForce.YES if self.grounds else open_or_no,
            grounds=tuple(self.grounds),
            because=() if beside_goods else because,
            missing=() if beside_goods else tuple(self.missing.items()),
            is_state=self.facts.is_state,
        )

    def _sentence(self, path: str, value: str, phrases: list[str]) -> str:
        tail = self.tail.get((path, value), "")
        if not tail:
            return " and ".join(phrases)
        return f"{' and '.join(phrases)} {value}, {tail}"


def way_question(currency: str) -> str:
    """The question through where money goes.

    Example:
        >>> way_question("USD")
        'through banks of which countries does the payment in USD go?'
    """
    return f"through banks of which countries does the payment in {currency} go?"
