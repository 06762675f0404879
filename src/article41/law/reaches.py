"""Where some measures of a jurisdiction reach further than its others, and what threatens beside.

Measures on some regimes bind foreign bodies whom a bound person owns or controls; export rules
follow goods wherever they are; and who makes somebody bound break the law can be liable too.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

import msgspec

from article41.law.acting import Kind, PartyFacts
from article41.law.binding import status_of
from article41.law.grounds import US_PARTS_ASKED, Ground, Subsidiaries
from article41.law.ownership import examine
from article41.law.ownership.rules import Passes, RuleSet
from article41.law.standings import Standing
from article41.law.weighing import Bound, Missing, Reach, weigh
from article41.model.clocks import InForce
from article41.model.holdings import Control, ControlKind, Holdings, Right, Stake
from article41.model.measures import Certainty
from article41.model.ownership import Owned, OwnershipNote
from article41.model.parties import Role
from article41.model.verdicts import Because, Nexus

SUBSIDIARY = "subsidiary"
"""Ground of a nexus through an owner."""
_NO_ANSWERS: Mapping[str, bool] = {}
_NOT_TOLD = "holdings.stakes"
"""The fact that is asked for where no owner that is told may be bound."""


def bound_for(bound: Bound, *, regime: str = "", export_rules: bool = False) -> Bound:
    """What a bound comes to for one measure.

    Args:
        bound: For the jurisdiction at large.
        regime: The regime of the measure.
        export_rules: Whether the measure reaches goods by their origin and content; no other does.

    Example:
        >>> bound = Bound(party="buyer", truth=InForce.NO,
        ...               reaches=(Reach(truth=InForce.YES, regimes=("XB",)),))
        >>> bound_for(bound, regime="XB").truth.value, bound_for(bound, regime="XC").truth.value
        ('yes', 'no')
    """
    if not export_rules:
        bound = _without_content(bound)
    if bound.truth is InForce.YES or not bound.reaches:
        return bound
    meant = [
        reach
        for reach in bound.reaches
        if regime in reach.regimes
        or (export_rules and reach.export_rules)
        or (reach.by_states and regime)
    ]
    if not meant:
        return bound
    truths = {bound.truth, *(reach.truth for reach in meant)}
    return msgspec.structs.replace(
        bound,
        truth=next(one for one in (InForce.YES, InForce.UNKNOWN, InForce.NO) if one in truths),
        grounds=(*bound.grounds, *(nexus for reach in meant for nexus in reach.grounds)),
        because=(*bound.because, *(because for reach in meant for because in reach.because)),
        missing=_distinct((*bound.missing, *(ask for reach in meant for ask in reach.missing))),
    )


def owned_by_bound(bound: Bound, regimes: Container[str], *, is_asked: bool) -> Bound:
    """What a bound comes to for measures on some regimes that reach foreign subsidiaries.

    Args:
        bound: For the jurisdiction at large, which does not bind the party.
        regimes: Those that the act touches.
        is_asked: Whether owners of whom nobody said anything are a question.
    """
    for reach in bound.reaches:
        is_open = reach.truth is InForce.UNKNOWN
        is_idle = is_open and not is_asked and all(path == _NOT_TOLD for path, _ in reach.missing)
        for regime in () if is_idle else reach.regimes:
            if regime in regimes:
                bound = bound_for(bound, regime=regime)
    return bound


def _without_content(bound: Bound) -> Bound:
    """Leave out what the origin of goods brings: it concerns export rules alone."""
    is_asked = any(path.endswith(_CONTENT) for path, _ in bound.missing)
    is_ground = any(nexus.ground == Ground.US_CONTENT.value for nexus in bound.grounds)
    if not is_asked and not is_ground:
        return bound
    grounds = tuple(one for one in bound.grounds if one.ground != Ground.US_CONTENT.value)
    missing = tuple(ask for ask in bound.missing if not ask[0].endswith(_CONTENT))
    by_origin = tuple(
        msgspec.structs.replace(because, text=f"{because.text}: for export rules alone")
        for nexus in bound.grounds
        if nexus.ground == Ground.US_CONTENT.value
        for because in nexus.because
    )
    open_or_no = InForce.UNKNOWN if missing else InForce.NO
    return msgspec.structs.replace(
        bound,
        truth=InForce.YES if grounds else open_or_no,
        grounds=grounds,
        because=bound.because if grounds else (*bound.because, *by_origin),
        missing=missing,
    )


_CONTENT = ".us_content"


def _distinct(asked: Iterable[Missing]) -> tuple[Missing, ...]:
    return tuple({path: (path, question) for path, question in asked}.values())


def reaches_further(standing: Standing) -> bool:
    """Whether some measures of a jurisdiction reach further than its others.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> from article41.law.standings import standing_on
        >>> [key for key, row in jurisdictions().items()
        ...  if reaches_further(standing_on(row, date(2012, 7, 6)))]
        ['US']
    """
    return bool(standing.subsidiaries or standing.causing or Ground.US_CONTENT in standing.rules)


def extended(
    bounds: Mapping[str, Bound],
    holdings: Holdings,
    parties: Sequence[PartyFacts],
    standing: Standing,
    day: date,
) -> dict[str, Bound]:
    """The bounds of an act with what reaches further.

    Args:
        bounds: By key of the party.
        holdings: Who owns and controls whom.
        parties: The parties.
        standing: The jurisdiction.
        day: On which day.
    """
    owners = _Owners(holdings, parties, standing, day)
    exposure = _exposure(bounds, standing)
    found = dict(bounds)
    for facts in parties:
        bound = bounds[facts.key]
        if bound.truth is InForce.YES and any(
            nexus.ground != Ground.US_CONTENT.value for nexus in bound.grounds
        ):
            continue
        if not facts.acts or facts.is_authority:
            continue
        reaches = (*_content_reach(facts, standing), *owners.reaches(facts))
        if reaches or exposure:
            found[facts.key] = msgspec.structs.replace(bound, reaches=reaches, exposure=exposure)
    return found


def _exposure(bounds: Mapping[str, Bound], standing: Standing) -> str:
    """What threatens who is not bound where somebody else in the act is."""
    if not standing.causing:
        return ""
    is_anybody_bound = any(
        bound.truth is InForce.YES
        and not bound.is_state
        and any(nexus.ground != Ground.US_CONTENT.value for nexus in bound.grounds)
        for bound in bounds.values()
    )
    return standing.causing[0].text if is_anybody_bound else ""


def _content_reach(facts: PartyFacts, standing: Standing) -> Iterator[Reach]:
    """Goods made elsewhere of which nothing is said of parts of US origin."""
    if Ground.US_CONTENT not in standing.rules:
        return
    missing = tuple(
        (path.rpartition(".")[0] + _CONTENT, US_PARTS_ASKED)
        for path, value, so in facts.goods
        if so is None and value
    )
    if missing:
        yield Reach(truth=InForce.UNKNOWN, export_rules=True, missing=missing)


class _Owners:
    """Who of the owners in an act is a person whom the jurisdiction binds."""

    def __init__(
        self,
        holdings: Holdings,
        parties: Sequence[PartyFacts],
        standing: Standing,
        day: date,
    ) -> None:
        self._holdings = holdings
        self._parties = {facts.key: facts for facts in parties}
        self._standing = standing
        self._day = day
        self._ties: tuple[Stake | Control, ...] = (*holdings.stakes, *holdings.controls)
        self._owned = {one.asset for one in self._ties}
        self._status: dict[str, InForce] | None = None

    def reaches(self, facts: PartyFacts) -> Iterator[Reach]:
        if facts.kind not in (Kind.BODY, Kind.UNKNOWN):
            if facts.kind is Kind.PERSON:
                text = "a natural person, whom nobody owns"
                said = Because(fact=f"parties.{facts.key}.schema", value="Person", text=text)
                for rule in self._standing.subsidiaries:
                    yield Reach(truth=InForce.NO, regimes=rule.regimes, because=(said,))
            return
        for rule in self._standing.subsidiaries:
            if facts.key in self._owned:
                yield self._examined(facts, rule)
            elif self._has_idle_owner:
                yield _owners_missing(facts.key, rule, "holdings")
            else:
                yield _owners_missing(facts.key, rule, _NOT_TOLD)

    @cached_property
    def _has_idle_owner(self) -> bool:
        """True if somebody whom it binds, or may, is named as an owner, and of nothing."""
        holding = {one.owner for one in self._ties}
        return any(
            facts.role is Role.OWNER
            and facts.key not in holding
            and weigh(status_of(facts), self._standing, _NO_ANSWERS).truth is not InForce.NO
            for facts in self._parties.values()
        )

    def _examined(self, facts: PartyFacts, rule: Subsidiaries) -> Reach:
        if self._status is None:
            self._status = dict(self._statuses())
        [note] = examine(
            self._holdings,
            asked=[facts.key],
            listed=self._status,
            rule=_ownership_rule(rule, self._standing),
            day=self._day,
        )
        return _reach_of(note, rule, self._standing)

    def _statuses(self) -> Iterator[tuple[str, InForce]]:
        for owner in dict.fromkeys(one.owner for one in self._ties):
            facts = self._parties.get(owner)
            if facts is None:
                if owner not in self._owned:
                    yield owner, InForce.UNKNOWN
                continue
            truth = weigh(status_of(facts), self._standing, _NO_ANSWERS).truth
            if truth is not InForce.NO:
                yield owner, truth


@lru_cache(maxsize=64)
def _ownership_rule(rule: Subsidiaries, standing: Standing) -> RuleSet:
    """The rule on subsidiaries as one on ownership: persons bound stand for persons listed."""
    return RuleSet(
        key=f"{standing.key}-{SUBSIDIARY}",
        title=rule.text,
        citation=rule.text,
        certainty=rule.certainty,
        verified_on=standing.verified_on,
        verified_by=standing.verified_by,
        threshold_percent=rule.threshold_percent,
        passes=Passes.AT_LEAST,
        owned_in=(Right.CAPITAL, Right.VOTES),
        is_controlled_by_votes=True,
        is_minority_open=True,
        controlled_by=rule.controlled_by,
        open_kinds=tuple(kind for kind in ControlKind if kind not in rule.controlled_by),
    )


def _reach_of(note: OwnershipNote, rule: Subsidiaries, standing: Standing) -> Reach:
    path = "; ".join(note.path)
    fact = "holdings"
    if note.owned in (Owned.OWNED, Owned.CONTROLLED) and rule.certainty is not Certainty.C:
        text = f"{note.owned.value} by a person whom {standing.in_text} binds"
        because = (Because(fact=fact, value=path, text=text),)
        nexus = Nexus(party=note.party, ground=SUBSIDIARY, because=because, text=rule.text)
        return Reach(truth=InForce.YES, regimes=rule.regimes, grounds=(nexus,))
    is_open = note.needs_judgment or note.is_rest_open or note.owned is not Owned.NOT_OWNED
    if is_open:
        return Reach(
            truth=InForce.UNKNOWN,
            regimes=rule.regimes,
            missing=((fact if note.owners else _NOT_TOLD, _question(note.party, standing)),),
        )
    text = f"neither owned nor controlled by a person whom {standing.in_text} binds"
    return Reach(
        truth=InForce.NO,
        regimes=rule.regimes,
        because=(Because(fact=fact, value=path, text=text),),
    )


def _question(party: str, standing: Standing) -> str:
    return f"does a person whom {standing.in_text} binds own or control {party}?"


@lru_cache(maxsize=1024)
def _owners_missing(party: str, rule: Subsidiaries, fact: str) -> Reach:
    question = f"does a person bound by it own or control {party} ({rule.text})?"
    return Reach(truth=InForce.UNKNOWN, regimes=rule.regimes, missing=((fact, question),))
