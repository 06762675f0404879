"""Bodies of whose owners too little is known: a listed one may stand behind them.

Under each law they are asked for by its own rule on ownership, and only where the answer could
change by it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from article41.law.coverage import CoverageKind, freeze_regimes_on
from article41.law.force import force_on
from article41.law.gaps import Law, kinds_of
from article41.law.owners import first_days
from article41.law.ownership import Known, examine, open_owners_of, rule_on
from article41.law.ownership.rules import RuleSet, State
from article41.law.ownership.ties import Ties, ties_on
from article41.law.situation import Situation, once_an_act
from article41.law.truth import NO, YES
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.measures import Certainty, Measure, Outcome
from article41.model.ownership import Owned
from article41.model.parties import OwnersKnown, Party, Role
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Finding, ListedAs, MissingFact

OPEN_OWNERS = NoMeasure.OWNERS_NOT_KNOWN.value
PERSON_OR_OWNED = "a natural person, and if not, who owns or controls it?"
"""What is asked of whom only a name is known."""
FREEZES_KEPT_MAX = 4_096
"""Jurisdictions and days of which it is kept which freezes are in force."""
_NO_RULE = "none-verified"
_ONE_HALF = "us"
"""The rule by which it is told whose owners were not examined: whoever has one half counts."""


def open_owners(key: str, situation: Situation, law: Law) -> Iterator[Finding]:
    """Parties of whose owners too little is known under one jurisdiction.

    Args:
        key: The jurisdiction.
        situation: The act.
        law: All that is held.
    """
    if CoverageKind.FREEZE not in kinds_of(situation.act):
        return
    asked = _asked_of(situation)
    if not asked:
        return
    desk = _Desk(key, situation, law)
    for party in asked:
        if not desk.is_frozen(party):
            yield from desk.finding(party)


def not_examined(situation: Situation) -> Iterator[Because]:
    """Parties whose owners may be anybody, as far as the act says."""
    asked = _asked_of(situation)
    if not asked:
        return
    if not situation.has_holdings:
        yield from (_said_of_nobody(party.key) for party in asked)
        return
    rule = rule_on(_ONE_HALF, situation.day)
    ties = ties_on(situation.act.holdings, situation.day, rule, {})
    known = {one.key: _known(one, situation, _sure_of_all(one, situation), "")
             for one in situation.act.parties}  # fmt: skip
    told: dict[str, Because] = {}
    for party in asked:
        own = {**known, party.key: _known(party, situation, NO, "")}
        found = open_owners_of(party.key, ties, rule, own, tied=frozenset(known))
        # Of a chain those are told of whom nobody said anything, not only its end.
        behind = [one.key for one in situation.act.parties if _path(one.key) in dict(found.asked)]
        for key in behind or ([party.key] if found else ()):
            is_rest = key == party.key and bool(ties.edges_in.get(key))
            told.setdefault(key, _said_of_nobody(key, part="the rest of " if is_rest else ""))
    yield from told.values()


def _said_of_nobody(key: str, *, part: str = "") -> Because:
    return Because(fact=_path(key), value="", text=f"nobody said who owns or controls {part}{key}")


@once_an_act
def _asked_of(situation: Situation) -> Sequence[Party]:
    """Who takes part, and owners of whom it is not said what they own, if owners can matter."""
    holdings = situation.act.holdings
    owners = {one.owner for one in holdings.stakes} | {one.owner for one in holdings.controls}
    return [
        party
        for party in situation.act.parties
        if (party.role is not Role.OWNER or party.key not in owners)
        and _may_be_open(party, situation)
    ]


def _may_be_open(party: Party, situation: Situation) -> bool:
    """Whether it can have owners that matter; looks at nothing else, for most can have none."""
    if situation.is_person(party):
        return False
    return not situation.is_apart(party) or situation.has_holdings


@lru_cache(maxsize=FREEZES_KEPT_MAX)
def _freezes_on(
    measures: tuple[Measure, ...], day: date
) -> tuple[tuple[Measure, ...], tuple[RuleSet, ...]]:
    """Of some freezes those in force on a day, with the rules on ownership by which they go."""
    freezes = tuple(one for one in measures if force_on(one, day).binds)
    families = {one.ownership_rule or _NO_RULE for one in freezes} or {_NO_RULE}
    return freezes, tuple(rule_on(family, day) for family in sorted(families))


class _Desk:
    """One jurisdiction, its freezes of the day, and who is on its lists."""

    def __init__(self, key: str, situation: Situation, law: Law) -> None:
        self._key = key
        self._situation = situation
        self._law = law
        day = situation.day
        self._freezes, self._rules = _freezes_on(law.catalogue.freezes_of.get(key, ()), day)
        self._mask = law.selecting.mask_of(self._freezes)
        self._regimes: dict[str, tuple[str, ...]] = {}
        self._seen: dict[str, tuple[Mapping[str, Known], Ties]] = {}
        parties = situation.act.parties if situation.entries else ()
        self._entries = {party.key: self._frozen_by(party) for party in parties}

    def is_frozen(self, party: Party) -> bool:
        """True if it is listed itself: whoever owns it changes nothing."""
        return _truth_of(self._entries.get(party.key, ())) is YES

    def finding(self, party: Party) -> Iterator[Finding]:
        asked: dict[tuple[str, str], None] = {}
        through = {party.key}
        for rule in self._rules:
            for fact, question, keys in self._open(party, rule):
                asked[fact, question] = None
                through |= keys
        if asked:
            regimes = [one for key in sorted(through) for one in self._regimes_of(key)]
            yield self._missing(party, tuple(asked), tuple(dict.fromkeys(regimes)))

    def _open(self, party: Party, rule: RuleSet) -> Iterator[tuple[str, str, frozenset[str]]]:
        situation = self._situation
        if not situation.has_holdings:
            # Most acts say of nobody who owns whom.
            is_asked = party.owners is OwnersKnown.UNKNOWN or bool(self._regimes_of(party.key))
            if is_asked and rule.state is not State.NAMES_ONLY:
                yield _path(party.key), _plain(party.key), frozenset()
            return
        seen, ties = self._under(rule)
        if seen[party.key] is Known.LISTED:
            return
        # Whether it may be owned by who is listed is asked by the measure itself.
        known = {**seen, party.key: _known(party, situation, NO, self._key)}
        tied = frozenset(key for key in known if self._regimes_of(key))
        found = open_owners_of(party.key, ties, rule, known, tied=tied)
        for fact, question in found.asked:
            yield fact, question, found.through

    def _under(self, rule: RuleSet) -> tuple[Mapping[str, Known], Ties]:
        """Who is known how far, and who owns whom, under a rule; worked out once for all."""
        if rule.key not in self._seen:
            situation = self._situation
            known = {
                one.key: _known(
                    one, situation, _truth_of(self._entries.get(one.key, ())), self._key
                )
                for one in situation.act.parties
            }
            since = first_days(self._entries)
            _examined(known, situation, rule, since)
            ties = ties_on(situation.act.holdings, situation.day, rule, since)
            self._seen[rule.key] = known, ties
        return self._seen[rule.key]

    def _frozen_by(self, party: Party) -> tuple[ListedAs, ...]:
        """The entries by which a freeze of the jurisdiction means a party, or may."""
        entries = self._situation.listed(party)
        if not entries:
            return ()
        is_meant = self._law.selecting.is_meant
        return tuple(
            [one for one in entries if one.in_force is not NO and is_meant(one, self._mask)]
        )

    def _regimes_of(self, key: str) -> tuple[str, ...]:
        """The regimes of the countries of a party on which the jurisdiction has lists."""
        if key not in self._regimes:
            party = self._situation.by_key.get(key)
            countries = () if party is None else self._situation.countries_of(party)
            self._regimes[key] = freeze_regimes_on(
                self._law.coverage, self._key, tuple(countries), self._situation.day
            )
        return self._regimes[key]

    def _question(self, party: str, ask: str) -> str:
        """The question as it is put: of the party by the lists, of a name that may be a body's."""
        if ask == _plain(party):
            return f"does a party on the lists of {self._key} own or control {party}?"
        for key, one in self._situation.by_key.items():
            if ask == _plain(key) and one.schema is Schema.THING:
                # Whom only the holdings name has no place among the parties where it could be said.
                is_bare = one.role is Role.OWNER and one.name == key
                how = f" (parties: {{{key}: {{role: owner, schema: Person}}}} says the first)"
                return f"is {key} {PERSON_OR_OWNED}{how if is_bare else ''}"
        return ask

    def _missing(
        self, party: Party, asked: tuple[tuple[str, str], ...], regimes: tuple[str, ...]
    ) -> Finding:
        on = f" on {', '.join(regimes)}" if regimes else ""
        is_in_hand = bool(self._situation.in_hand(party.key))
        would_be = Outcome.FREEZE if is_in_hand else Outcome.PROHIBIT
        text = f"a party on the lists of {self._key}{on} may be behind it"
        told = [(fact, self._question(party.key, ask)) for fact, ask in asked]
        return Finding(
            jurisdiction=self._key,
            outcome=Outcome.REVIEW,
            measure=OPEN_OWNERS,
            title=f"nobody says who owns or controls {party.name or party.key}",
            because=tuple(
                dict.fromkeys(Because(fact=fact, value="", text=text) for fact, _ in asked)
            ),
            missing=tuple(
                MissingFact(fact=fact, question=ask, if_so=would_be) for fact, ask in told
            ),
            would_be=would_be,
        )


def _path(key: str) -> str:
    return f"parties.{key}.owners"


def _plain(key: str) -> str:
    return f"who owns or controls {key}?"


def _truth_of(entries: Iterable[ListedAs]) -> InForce:
    """Whether somebody is listed by some entries."""
    found = list(entries)
    if any(
        one.identity.is_sure and one.in_force is YES and one.certainty != Certainty.C.value
        for one in found
    ):
        return YES
    return InForce.UNKNOWN if found else NO


def _sure_of_all(party: Party, situation: Situation) -> InForce:
    return _truth_of(one for one in situation.listed(party) if one.in_force is not NO)


def _known(party: Party, situation: Situation, listed: InForce, lists: str) -> Known:
    """How far it is known who a party is, and who stands behind it."""
    if listed is not NO:
        return Known.LISTED if listed is YES else Known.MAY_BE_LISTED
    is_named = bool(party.name or party.other_names)
    if party.role is Role.OWNER and not is_named and lists not in party.not_listed_by:
        return Known.UNNAMED
    if situation.is_person(party):
        return Known.SETTLED
    if party.owners is OwnersKnown.UNKNOWN:
        return Known.UNKNOWN
    return Known.TOLD if situation.is_apart(party) else Known.SILENT


def _examined(
    known: dict[str, Known], situation: Situation, rule: RuleSet, since: Mapping[str, date]
) -> None:
    """Count those whom listed parties own as they are, by the rule."""
    sure = {key: YES for key, how in known.items() if how is Known.LISTED}
    unsure = {key: InForce.UNKNOWN for key, how in known.items() if how is Known.MAY_BE_LISTED}
    listed = {**sure, **unsure}
    if not listed:
        return
    notes = examine(
        situation.act.holdings,
        asked=[key for key in known if key not in listed],
        listed=listed,
        rule=rule,
        day=situation.day,
        listed_from=since,
    )
    for note in notes:
        if note.owned in (Owned.OWNED, Owned.CONTROLLED):
            known[note.party] = Known.LISTED
        elif note.owned is Owned.REVIEW:
            known[note.party] = Known.MAY_BE_LISTED
