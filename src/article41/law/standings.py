"""What a jurisdiction is on one day: who belongs to it then, and on which grounds it binds."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from article41.law.force import said_on
from article41.law.grounds import (
    Addressee,
    Belonging,
    Causing,
    Dated,
    Ground,
    GroundRule,
    Jurisdiction,
    Subsidiaries,
    is_on,
)
from article41.law.scenes import Fact
from article41.model.clocks import InForce
from article41.model.countries import COUNTRIES
from article41.model.verdicts import Because


class Standing(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A jurisdiction during days on which nothing of it changes.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> union = jurisdictions()["EU"]
        >>> [standing_on(union, day).reaches("HR", Ground.TERRITORY).value
        ...     for day in (date(2013, 6, 30), date(2013, 7, 1))]
        ['no', 'yes']
    """

    key: str
    """Of the jurisdiction."""
    in_text: str
    """Its name within a sentence."""
    verified_on: date
    """When the jurisdiction was compared with its source."""
    verified_by: str
    """With what."""
    states_only: bool
    """It binds no operator."""
    every_state: bool
    """Every State belongs to it."""
    through_states: bool
    """Operators meet what it decides as the law that their State is to make of it."""
    inside: Mapping[str, str]
    """Countries that belong to it, each with what should be known of that."""
    outside: Mapping[str, str]
    """Countries that belonged, will belong or stood aside, each with the reason."""
    doubts: Mapping[str, tuple[tuple[tuple[Ground, ...], str], ...]]
    """Countries of which it is not settled whether some grounds reach them, and why."""
    rules: Mapping[Ground, GroundRule]
    """The grounds."""
    currencies: frozenset[str]
    """Currencies that pass through its banks."""
    subsidiaries: tuple[Subsidiaries, ...]
    """Regimes that reach foreign subsidiaries."""
    causing: tuple[Causing, ...]
    """What threatens those who make somebody bound break the law."""
    otherwise: str
    """What is said of a country that does not belong to it."""
    profile: str
    """Its grounds in words, equal for jurisdictions that bind on the same."""
    touching: frozenset[str]
    """Countries that belong to it or of which that is doubtful."""
    rows: dict[Fact, Because] = msgspec.field(default_factory=dict)
    """Sentences on facts that do not bind, as they were made before."""

    def is_elsewhere(self, code: str) -> bool:
        """Whether a country surely does not belong to it, whatever the ground."""
        return code not in self.touching and not self.every_state and code in _COUNTRIES_AND_UNIONS

    def reaches(self, code: str, ground: Ground) -> InForce:
        """Whether a ground that looks at a country finds it here; unknown for no country."""
        if code in self.inside or code == self.key:
            return InForce.YES
        if code not in _COUNTRIES_AND_UNIONS:
            return InForce.UNKNOWN
        if self.every_state:
            return InForce.YES
        return InForce.UNKNOWN if self.doubt(code, ground) else InForce.NO

    def doubt(self, code: str, ground: Ground) -> str:
        """Why it is not settled whether a ground reaches a country; empty if it is."""
        for grounds, text in self.doubts.get(code, ()):
            if not grounds or ground in grounds:
                return text
        return ""

    def country_question(self, code: str, ground: Ground) -> str:
        """What is to be asked of a country of which it is not known whether it belongs here."""
        doubt = self.doubt(code, ground)
        return (
            f"does the law of {self.in_text} reach {code}, {doubt}?"
            if doubt
            else f"which country is `{code}`?"
        )

    def why_not(self, code: str) -> str:
        """Why a country does not belong to it; empty if it does, or if that is doubtful."""
        if code in self.touching or code not in _COUNTRIES_AND_UNIONS:
            return ""
        return self.outside.get(code, self.otherwise)

    def way_missing(self, currency: str) -> tuple[str, str] | None:
        """What is to be asked where the way of money is not known; nothing for other currencies.

        Args:
            currency: Its code; empty if it is not known.
        """
        if currency in self.currencies:
            return (
                "cleared_in",
                f"through banks of which countries does the payment in {currency} go?",
            )
        if not currency and self.currencies:
            return "money.currency", "in which currency is it paid?"
        return None


UNIONS = frozenset({"EU", "LAS", "UN"})
"""Unions of States that an act can name where it names a State."""
_COUNTRIES_AND_UNIONS = frozenset(COUNTRIES) | UNIONS


def are_known(codes: frozenset[str]) -> bool:
    """Whether all of some countries have a code that is known; what has none may be any."""
    return codes <= _COUNTRIES_AND_UNIONS


class Alike(NamedTuple):
    """Jurisdictions that bind on the same grounds on a day."""

    example: Standing
    """One of them."""
    keys: frozenset[str]
    """All."""
    everywhere: frozenset[str]
    """Those to which every State belongs."""
    by_country: Mapping[str, frozenset[str]]
    """Those to which a country may belong."""
    by_currency: Mapping[str, frozenset[str]]
    """Those through whose banks a currency passes; under none all that have a currency."""


@lru_cache(maxsize=256)
def standings_on(
    jurisdictions: tuple[Jurisdiction, ...], day: date
) -> tuple[Mapping[str, Standing], Sequence[Alike]]:
    """Jurisdictions on a day by their keys, and by the grounds on which they bind.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> _, alike = standings_on(tuple(jurisdictions().values()), date(2012, 7, 6))
        >>> [sorted(one.by_country["IT"]) for one in alike if "EU" in one.keys]
        [['EU']]
    """
    standings = {one.key: standing_on(one, day) for one in jurisdictions}
    groups: dict[tuple[str, bool], list[Standing]] = {}
    for standing in standings.values():
        groups.setdefault((standing.profile, standing.states_only), []).append(standing)
    return standings, [_alike(group) for group in groups.values()]


def _alike(standings: Sequence[Standing]) -> Alike:
    countries: dict[str, set[str]] = {}
    currencies: dict[str, set[str]] = {}
    for one in standings:
        for code in one.touching:
            countries.setdefault(code, set()).add(one.key)
        for currency in (*one.currencies, *([""] if one.currencies else [])):
            currencies.setdefault(currency, set()).add(one.key)
    return Alike(
        example=standings[0],
        keys=frozenset(one.key for one in standings),
        everywhere=frozenset(one.key for one in standings if one.every_state),
        by_country={code: frozenset(keys) for code, keys in countries.items()},
        by_currency={currency: frozenset(keys) for currency, keys in currencies.items()},
    )


@lru_cache(maxsize=4096)
def standing_on(jurisdiction: Jurisdiction, day: date) -> Standing:
    """A jurisdiction as it is on a day: the same object for days between which nothing changes.

    Example:
        >>> from article41.law.jurisdictions import jurisdictions
        >>> union = jurisdictions()["EU"]
        >>> standing_on(union, date(2012, 7, 6)) is standing_on(union, date(2012, 7, 7))
        True
    """
    changes = sorted(
        {turn for row in _dated(jurisdiction) for turn in _turns(row)}
        | {one.valid_until for rule in jurisdiction.grounds for one in rule.formerly}
    )
    begun = [turn for turn in changes if turn <= day]
    return _standing(jurisdiction, begun[-1] if begun else date.min)


def _dated(jurisdiction: Jurisdiction) -> tuple[Dated, ...]:
    return (
        *jurisdiction.members,
        *jurisdiction.territories,
        *jurisdiction.doubtful,
        *jurisdiction.dissociated,
        *jurisdiction.currencies,
        *jurisdiction.grounds,
        *jurisdiction.subsidiaries,
        *jurisdiction.causing,
    )


def _turns(row: Dated) -> tuple[date, ...]:
    return tuple(turn for turn in (row.valid_from, row.valid_until) if turn is not None)


@lru_cache(maxsize=4096)
def _standing(jurisdiction: Jurisdiction, day: date) -> Standing:
    inside = {
        row.country: row.text
        for row in (*jurisdiction.members, *jurisdiction.territories)
        if is_on(row, day)
    }
    aside = {row.country: row.text for row in jurisdiction.dissociated if is_on(row, day)}
    several = len(jurisdiction.members) > 1
    member = f"a member State of {jurisdiction.in_text}" if several else jurisdiction.in_text
    doubts: dict[str, tuple[tuple[tuple[Ground, ...], str], ...]] = {}
    for doubt in jurisdiction.doubtful:
        if is_on(doubt, day):
            for code in doubt.countries:
                doubts[code] = (*doubts.get(code, ()), (doubt.grounds, doubt.text))
    inside = {code: text for code, text in inside.items() if code not in aside}
    rules = {
        ground: msgspec.structs.replace(rule, text=said_on(rule.text, rule.formerly, day))
        for ground in Ground
        for rule in jurisdiction.grounds
        if rule.ground is ground and is_on(rule, day)
    }
    return Standing(
        key=jurisdiction.key,
        in_text=jurisdiction.in_text,
        verified_on=jurisdiction.verified_on,
        verified_by=jurisdiction.verified_by,
        states_only=Addressee.OPERATORS not in jurisdiction.binds,
        every_state=jurisdiction.every_state,
        through_states=jurisdiction.through_states,
        inside=inside,
        outside={**_not_then(jurisdiction, day, inside, member), **aside},
        doubts=doubts,
        rules=rules,
        currencies=frozenset(row.code for row in jurisdiction.currencies if is_on(row, day)),
        subsidiaries=tuple(row for row in jurisdiction.subsidiaries if is_on(row, day)),
        causing=tuple(row for row in jurisdiction.causing if is_on(row, day)),
        otherwise=f"not {member}",
        profile=" ".join(ground.value for ground in rules),
        touching=frozenset(inside) | frozenset(doubts) | {jurisdiction.key},
    )


def _not_then(
    jurisdiction: Jurisdiction, day: date, inside: Mapping[str, str], member: str
) -> dict[str, str]:
    """Why countries that belong to it on other days do not on this one."""
    reasons: dict[str, str] = {}
    for row in (*jurisdiction.members, *jurisdiction.territories):
        if row.country in inside:
            continue
        if row.valid_from is not None and day < row.valid_from:
            reasons.setdefault(row.country, f"{member} only from {row.valid_from}")
        elif row.valid_until is not None:
            reasons[row.country] = _ended(row, member)
    return reasons


def _ended(row: Belonging, member: str) -> str:
    said = f" ({row.text})" if row.text else ""
    return f"{member} no longer since {row.valid_until}{said}"
