"""What an answer that finds nothing rests on: who was looked for, on which day, in which countries.

A country that nobody names may be any; that is a question, and never taken for none.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from article41.law.acting import CRAFT_ROLES
from article41.law.coverage import CoverageKind, CoverageRow, CoverageState
from article41.law.grounds import Jurisdiction
from article41.law.situation import OWN_NATIONAL, Situation, once_an_act
from article41.law.standings import standing_on
from article41.law.truth import NO
from article41.model.acts import CargoAct, CommunicationAct, JourneyAct, Verb
from article41.model.entities import Schema
from article41.model.measures import Outcome
from article41.model.parties import OwnersKnown, Party, Role
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Considered, Finding, MissingFact

DEEDS = NoMeasure.DEEDS.value
ROWS_KEPT_MAX = 1_024
"""Jurisdictions and days of which it is kept which law is there on other days."""
LISTS = NoMeasure.LISTS.value
OTHER_BIRTHS = NoMeasure.OTHER_BIRTHS.value
OTHER_DAYS = NoMeasure.OTHER_DAYS.value
COUNTRIES = NoMeasure.COUNTRIES.value
COUNTRIES_OPEN = NoMeasure.COUNTRIES_NOT_KNOWN.value
_NOT_HELD = (CoverageState.ABSENT, CoverageState.LISTINGS_ONLY)
_LEAVES = "leaves"
"""From where a journey comes decides no measure by itself."""
_TAKES = {
    Verb.PURCHASE,
    Verb.IMPORT,
    Verb.TRANSPORT,
    Verb.BROKER,
    Verb.FINANCE,
    Verb.INSURE,
    Verb.RELEASE,
}
"""What may be forbidden of goods for where they come from; to sell them away is not."""


def of_deeds(situation: Situation) -> Considered:
    """Who asks and what that does: a measure on what else it may do was not looked for."""
    asker = situation.act.asker
    verbs = ", ".join(verb.value for verb in situation.deeds.of(asker.party)) or "nothing"
    whence = "as it says" if asker.does else "as its role does"
    text = f"only what forbids {verbs} was looked for of {asker.party}, {whence}"
    because = (
        Because(fact="asker.party", value=asker.party, text=f"asked of {asker.party}"),
        Because(fact="asker.does", value=verbs, text=text),
        *situation.deeds.without_craft,
    )
    return Considered(measure=DEEDS, title="what the asker does", because=because)


def not_listed(
    authorities: frozenset[str], named: str, situation: Situation
) -> Iterator[Considered]:
    """Who of an act is on none of the lists of some authorities on its day, and resembles nobody.

    Args:
        authorities: The authorities.
        named: Them in words.
        situation: The act.
    """
    missed = {
        party.key
        for party in situation.act.parties
        if not any(
            entry.authority in authorities and entry.in_force is not NO
            for entry in situation.listed(party)
        )
    }
    if not missed:
        return
    keys = ", ".join([party.key for party in situation.act.parties if party.key in missed])
    text = f"not found on the lists of {named} as they stood on this day: {keys}"
    because = (
        Because(fact="on", value=f"{situation.day}", text=text),
        *[each for key, each in _looked_for(situation) if key in missed],
    )
    yield Considered(measure=LISTS, title="who is on a list", because=because)


@once_an_act
def _looked_for(situation: Situation) -> Sequence[tuple[str, Because]]:
    """As what each party was looked for, and whether its owners were."""
    return tuple(_looking_for(situation))


def _looking_for(situation: Situation) -> Iterator[tuple[str, Because]]:
    parties = situation.act.parties
    for party in parties:
        if party.schema is not Schema.THING:
            kind = party.schema.value
            text = f"{party.key} was looked for as {kind}"
            yield party.key, Because(fact=f"parties.{party.key}.schema", value=kind, text=text)
    for party in parties:
        if party.owners is OwnersKnown.NONE_LISTED:
            fact, known = f"parties.{party.key}.owners", party.owners.value
            text = f"the asker knows who owns {party.key}, and found none of them listed"
            yield party.key, Because(fact=fact, value=known, text=text)
    held = {stake.asset for stake in situation.act.holdings.stakes}
    for party in parties:
        if party.key in held:
            text = f"who is said to own {party.key} was looked for too; no nominee unless so said"
            yield party.key, Because(fact="holdings.stakes", value=party.key, text=text)


def of_other_births(authorities: frozenset[str], situation: Situation) -> Iterator[Considered]:
    """Who has the name of a party on the lists of some authorities, and was born on another day.

    Args:
        authorities: The authorities.
        situation: The act.
    """
    because = tuple(
        Because(
            fact=f"parties.{party.key}.birth_date",
            value=party.birth_date,
            text=f"{party.key} is not taken for {entry.name} ({entry.key}): {against}",
        )
        for party in situation.act.parties
        for entry in situation.born_otherwise(party)
        if entry.authority in authorities and entry.in_force is not NO
        for against in entry.conflicts
    )
    if because:
        yield Considered(measure=OTHER_BIRTHS, title="who has the name of one", because=because)


def of_other_days(
    rows: tuple[CoverageRow, ...],
    kinds: tuple[CoverageKind, ...],
    situation: Situation,
) -> Iterator[Considered]:
    """Law that is not held, and that is there on other days than that of the act.

    Args:
        rows: Of the table of coverage, all of one jurisdiction.
        kinds: Kinds of law that the act can meet.
        situation: The act.
    """
    touched = situation.touched.keys()
    because = [
        each
        for touches, each in _of_other_days(rows, kinds, situation.day)
        if not touched.isdisjoint(touches)
    ]
    if because:
        title = "law that is not held here, of other days"
        yield Considered(measure=OTHER_DAYS, title=title, because=tuple(dict.fromkeys(because)))


@lru_cache(maxsize=ROWS_KEPT_MAX)
def _of_other_days(
    rows: tuple[CoverageRow, ...], kinds: tuple[CoverageKind, ...], day: date
) -> tuple[tuple[tuple[str, ...], Because], ...]:
    """Why each row says nothing of a day, with the countries that it is about."""
    meant = set(kinds)
    return tuple(
        (
            row.touches,
            Because(
                fact="on",
                value=f"{day}",
                text=f"on {row.regime} only {_when(row)}: {row.instruments}",
            ),
        )
        for row in rows
        if row.state in _NOT_HELD and not row.holds_on(day) and meant & set(row.kinds)
    )


def of_countries(situation: Situation) -> Iterator[Considered]:
    """The countries on which law was looked for: all that the act touches, and no others."""
    because = [
        Because(fact=fact, value=country, text=f"law on {country} was looked for")
        for country, fact in situation.touched_facts
    ]
    because += [
        Because(
            fact=f"parties.{party.key}.schema",
            value=party.schema.value,
            text=f"{party.key} has a flag, and no country beside it",
        )
        for party in situation.act.parties
        if situation.is_craft(party) and party.role not in CRAFT_ROLES
    ]
    if because:
        title = "the countries that the act touches"
        yield Considered(measure=COUNTRIES, title=title, because=tuple(because))


def _when(row: CoverageRow) -> str:
    since = f"from {row.valid_from}" if row.valid_from else ""
    until = f"until {row.valid_until}" if row.valid_until else ""
    return " ".join(filter(None, (since, until)))


def of_this_day(
    because: Iterable[Because], jurisdiction: Jurisdiction, day: date
) -> Iterator[Because]:
    """Countries by which nobody is bound on a day, and that are members on other days.

    Args:
        because: Why nobody is bound.
        jurisdiction: Whose law.
        day: The day of the act.
    """
    outside = standing_on(jurisdiction, day).outside
    for country in dict.fromkeys(each.value for each in because if each.value in outside):
        yield Because(fact="on", value=f"{day}", text=f"{country}: {outside[country]}")


def open_countries(
    key: str, situation: Situation, doers: Collection[str], findings: Iterable[Finding]
) -> Iterator[Finding]:
    """That a country is not named by which law on a country could come to bear.

    Args:
        key: The jurisdiction.
        situation: The act.
        doers: Keys of the parties that it binds, or may bind.
        findings: What its measures say: whom they stop for an entry is not asked for a country.
    """
    missing = dict(_missing(situation, doers, frozenset(_stopped(findings))))
    if not missing:
        return
    facts = ", ".join(missing)
    yield Finding(
        jurisdiction=key,
        outcome=Outcome.REVIEW,
        measure=COUNTRIES_OPEN,
        title="the act may touch a country on which this law has measures",
        because=(Because(fact=next(iter(missing)), value="", text=f"not said: {facts}"),),
        missing=tuple(
            MissingFact(fact=fact, question=question, if_so=Outcome.PROHIBIT)
            for fact, question in missing.items()
        ),
        would_be=Outcome.PROHIBIT,
    )


def _stopped(findings: Iterable[Finding]) -> Iterator[str]:
    """The entries for which an act surely is stopped: no country makes the answer worse.

    That somebody was listed once, or is listed under a measure that does not bear here, says
    nothing of the law on its country.
    """
    for one in findings:
        if one.outcome.rank < Outcome.REVIEW.rank:
            yield from (entry.key for entry in one.listed)


def _missing(
    situation: Situation, doers: Collection[str], stopped: Collection[str]
) -> Iterator[tuple[str, str]]:
    for party, fact, question in _countryless(situation):
        if not any(entry.key in stopped for entry in situation.listed(party)):
            yield fact, question
    act = situation.act
    if isinstance(act, CargoAct | JourneyAct | CommunicationAct):
        for path, question, _ in situation.scene.places_missing:
            if path != _LEAVES:
                yield path, question
    from_anywhere = (
        []
        if isinstance(act, CargoAct) and act.loaded_in
        else [
            number
            for number, line in enumerate(situation.goods)
            if not (line.origin or line.exported_from)
        ]
    )
    of = situation.deeds.of
    if from_anywhere and any(verb in _TAKES for doer in doers for verb in of(doer)):
        for number in from_anywhere:
            yield f"goods[{number}].origin", "where was it made or got?"


@once_an_act
def _countryless(situation: Situation) -> Sequence[tuple[Party, str, str]]:
    """Parties of which no country is named, with the fact that would name it and its question."""
    is_own_national = situation.fact(OWN_NATIONAL) is True
    return [
        (
            party,
            f"parties.{party.key}.country",
            f"of which country is {party.key}, and from where does it act?",
        )
        for party in situation.act.parties
        if party.role is not Role.OWNER  # An owner does nothing here.
        and not (is_own_national and party.role is Role.TRAVELLER)
        and not situation.is_craft(party)
        and not situation.countries_of(party)
    ]
