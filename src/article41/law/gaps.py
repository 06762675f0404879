"""What is not held: law that is not modelled, and tags of lists that no measure maps.

None of it is ever taken for the absence of a measure; each gap is a review of its own.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

import msgspec

from article41.law.bearing import bearing_of, named_in
from article41.law.coverage import (
    NOT_IN_TABLE,
    CoverageKind,
    CoverageRow,
    CoverageState,
    CoverageTable,
    coverage_on,
)
from article41.law.coverage_loading import load_coverage
from article41.law.force import force_on
from article41.law.grounds import Addressee, Jurisdiction
from article41.law.jurisdictions import jurisdiction_of, jurisdictions
from article41.law.loading import Catalogue, load_catalogue
from article41.law.regions import Region, load_regions
from article41.law.selecting import Selecting
from article41.law.situation import Situation
from article41.law.truth import NO, YES, Held
from article41.model.acts import (
    Act,
    CargoAct,
    CommunicationAct,
    DiplomaticAct,
    JourneyAct,
    PartyAct,
    PaymentAct,
    SecuritiesAct,
    Verb,
)
from article41.model.measures import Outcome
from article41.model.parties import Role
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Considered, Finding, MissingFact, Result

NOT_MODELLED = NoMeasure.NOT_MODELLED.value
UNMAPPED = NoMeasure.UNMAPPED.value
_KINDS: Mapping[type, tuple[CoverageKind, ...]] = {
    PartyAct: (CoverageKind.FREEZE, CoverageKind.FINANCE, CoverageKind.SERVICES),
    PaymentAct: (CoverageKind.FREEZE, CoverageKind.FINANCE, CoverageKind.SERVICES),
    CargoAct: (
        CoverageKind.FREEZE,
        CoverageKind.TRADE,
        CoverageKind.ARMS,
        CoverageKind.TRANSPORT,
        CoverageKind.FINANCE,
        CoverageKind.SERVICES,
    ),
    JourneyAct: (CoverageKind.FREEZE, CoverageKind.TRAVEL, CoverageKind.TRANSPORT),
    CommunicationAct: (
        CoverageKind.FREEZE,
        CoverageKind.TRADE,
        CoverageKind.ARMS,
        CoverageKind.COMMUNICATIONS,
        CoverageKind.SERVICES,
    ),
    SecuritiesAct: (CoverageKind.FREEZE, CoverageKind.SECURITIES, CoverageKind.FINANCE),
    DiplomaticAct: (CoverageKind.DIPLOMATIC,),
}
"""Kinds of law that each kind of act can meet."""
_OF_TRAVELLERS = {Verb.ISSUE_VISA, Verb.ENTER, Verb.TRANSIT, Verb.STAY}
_BY_LISTS = {CoverageKind.FREEZE, CoverageKind.TRAVEL}
"""Kinds of law that lists alone bring to bear: for these the listings are the law."""


class Law(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All law that is held: the measures, whom each jurisdiction binds, and what is missing.

    Example:
        >>> Law.__struct_fields__
        ('catalogue', 'jurisdictions', 'coverage', 'regions')
    """

    catalogue: Catalogue
    """The measures."""
    jurisdictions: Mapping[str, Jurisdiction]
    """Whom each jurisdiction binds."""
    coverage: CoverageTable
    """What of the law is modelled."""
    regions: Mapping[str, Region]
    """Regions that have a regime of their own, by name."""

    @cached_property
    def selecting(self) -> Selecting:
        """The measures by what they cannot do without."""
        return Selecting(self.catalogue)

    @cached_property
    def first_day(self) -> date:
        """The day on which the earliest measure begins; of days before, no law is held."""
        return min(
            days.valid_from
            for measure in self.catalogue.measures
            for days in measure.in_force
            if days.valid_from is not None
        )

    @classmethod
    def shipped(cls) -> "Law":
        """The law that comes with the package.

        Raises:
            CatalogueError: A file of it is wrong.
        """
        catalogue = load_catalogue()
        tables = dict(jurisdictions())
        for key in catalogue.jurisdictions:
            tables.setdefault(key, jurisdiction_of(key))
        return cls(
            catalogue=catalogue,
            jurisdictions=tables,
            coverage=load_coverage(),
            regions={region.name: region for region in load_regions()},
        )


def kinds_of(act: Act) -> tuple[CoverageKind, ...]:
    """Kinds of law that an act can meet."""
    if isinstance(act, JourneyAct) and not _has_traveller(act):
        return (CoverageKind.TRANSPORT,)
    return _KINDS[type(act)]


def _has_traveller(act: JourneyAct) -> bool:
    """Whether somebody is let in or through: of a craft alone no law on entry speaks."""
    return any(party.role is Role.TRAVELLER for party in act.parties) or bool(
        _OF_TRAVELLERS & set(act.asker.does)
    )


def coverage_rows(key: str, situation: Situation, law: Law) -> list[tuple[CoverageRow, Because]]:
    """How far the law of a jurisdiction on what the act touches is held.

    A place of a region touches the law on that region, whatever countries the act names.
    """
    rows = situation.rows.get(key)
    if rows is None:
        rows = situation.rows[key] = _rows_of(key, situation, law)
    return rows


def _rows_of(key: str, situation: Situation, law: Law) -> list[tuple[CoverageRow, Because]]:
    found = _rows_on(key, situation, law, situation.touching)
    for region in law.regions.values():
        named = named_in(region, situation).because
        if named and region.countries[0] not in situation.touched:
            rows = _rows_on(key, situation, law, {region.countries[0]: named[0]})
            found += [(row, touched) for row, touched in rows if row.region == region.name]
    return found


def _rows_on(
    key: str, situation: Situation, law: Law, countries: Mapping[str, Because]
) -> list[tuple[CoverageRow, Because]]:
    return coverage_on(
        law.coverage,
        jurisdiction=key,
        countries=countries,
        kinds=_kinds_of(situation),
        day=situation.day,
    )


def _kinds_of(situation: Situation) -> tuple[CoverageKind, ...]:
    kinds = kinds_of(situation.act)
    return (*kinds, CoverageKind.SECURITIES) if Verb.INVEST in situation.deeds.verbs else kinds


def not_modelled(
    key: str, rows: Iterable[tuple[CoverageRow, Because]], situation: Situation, law: Law
) -> Iterator[Finding]:
    """Regimes that the act touches and of which the catalogue does not hold the law.

    Law on some goods or on a region counts where the act is about these, or does not say so.
    """
    for named, found in _not_held(rows, situation, law):
        because = dict.fromkeys(touched for _, touched, _ in found)
        because |= dict.fromkeys(each for _, _, bears in found for each in bears.because)
        finding = _law_missing(key, named, tuple(because))
        held = [bears for _, _, bears in found]
        sure = [bears for bears in held if bears.truth is YES]
        asked = dict.fromkeys(each for bears in sure or held for each in bears.asked)
        missing = tuple(
            MissingFact(fact=one.fact, question=one.question, if_so=Outcome.PROHIBIT)
            for one in asked
        )
        told = (*finding.missing, *missing) if sure else missing
        yield msgspec.structs.replace(finding, missing=told)


def binds_nobody(
    key: str,
    rows: Iterable[tuple[CoverageRow, Because]],
    unbound: tuple[Because, ...],
    situation: Situation,
    law: Law,
) -> Iterator[Finding]:
    """Law that is not held, surely bears on the act, and binds nobody in it whatever it says."""
    for named, found in _not_held(rows, situation, law):
        sure = [touched for _, touched, bears in found if bears.truth is YES]
        if sure:
            finding = _law_missing(key, named, (*unbound, *dict.fromkeys(sure)))
            yield msgspec.structs.replace(
                finding, outcome=Outcome.NOT_BOUND, missing=(), would_be=None
            )


def _not_held(
    rows: Iterable[tuple[CoverageRow, Because]], situation: Situation, law: Law
) -> Iterator[tuple[str, list[tuple[CoverageRow, Because, Held]]]]:
    """Law of the table that is not held and can bear on the act, each by its instruments."""
    by_law: dict[tuple[str, str], list[tuple[CoverageRow, Because, Held]]] = {}
    for row, touched in rows:
        if _is_absent(row):
            bears = bearing_of(row, situation, law.catalogue.words, law.regions)
            if bears.truth is not NO:
                by_law.setdefault((row.regime, row.region), []).append((row, touched, bears))
    for (regime, _), found in sorted(by_law.items()):
        told = dict.fromkeys(row.instruments for row, _, _ in found)
        missing_of = "; ".join(one for one in told if one not in ("", NOT_IN_TABLE))
        yield missing_of or f"the measures of {found[0][0].jurisdiction} on {regime}", found


def not_bearing(
    rows: Iterable[tuple[CoverageRow, Because]], situation: Situation, law: Law
) -> Iterator[Considered]:
    """Law that is not held and would be asked for, if the goods or places were others.

    Args:
        rows: Of the table of coverage, on what the act touches.
        situation: The act.
        law: All that is held.
    """
    by_law: dict[str, dict[Because, None]] = {}
    for row, _ in rows:
        if _is_absent(row):
            bears = bearing_of(row, situation, law.catalogue.words, law.regions)
            if bears.truth is NO:
                by_law.setdefault(row.instruments, {}).update(dict.fromkeys(bears.because))
    for named, because in sorted(by_law.items()):
        title = f"law that is not held here: {named}"
        yield Considered(measure=NOT_MODELLED, title=title, because=tuple(because))


def _is_absent(row: CoverageRow) -> bool:
    by_lists = row.state is CoverageState.LISTINGS_ONLY and not set(row.kinds) <= _BY_LISTS
    return row.state is CoverageState.ABSENT or by_lists


def unmapped(key: str, situation: Situation, law: Law) -> Iterator[Finding]:
    """Entries of its lists of which no measure of the catalogue says what they bring."""
    for party, entry in situation.entries_under(key):
        if entry.in_force is NO or law.selecting.is_meant(entry):
            continue
        tags = ", ".join(entry.programmes) or entry.list_id
        yield Finding(
            jurisdiction=key,
            outcome=Outcome.REVIEW,
            measure=UNMAPPED,
            title=f"unmapped: {tags} of {entry.list_id}",
            listed=(entry,),
            because=(
                Because(
                    fact=f"parties.{party.key}",
                    value=entry.key,
                    text=f"no measure of the catalogue says what {tags} brings",
                ),
            ),
            missing=(
                MissingFact(
                    fact=f"catalogue.{entry.list_id}.{tags}",
                    question=f"what does {tags} forbid?",
                    if_so=Outcome.FREEZE,
                    listing=entry.key,
                ),
            ),
            would_be=Outcome.FREEZE,
        )


def unheld_homes(situation: Situation, law: Law, held: Container[str]) -> Iterator[Result]:
    """Countries of the asker of whose law nothing is held at all, beside jurisdictions held."""
    asker = situation.by_key.get(situation.act.asker.party)
    for country, fact in situation.countries_of(asker).items() if asker is not None else ():
        if country in held or _has_law(country, law, situation.day):
            continue
        because = (Because(fact=fact, value=country, text=f"the asker is of {country}"),)
        finding = _law_missing(country, f"the law of {country}", because)
        note = " ".join(_to_carry_out(country, situation, law))
        finding = msgspec.structs.replace(finding, note=note)
        yield Result(
            jurisdiction=country,
            outcome=finding.outcome,
            binds=YES,
            binds_asker=YES,
            findings=(finding,),
        )


def _to_carry_out(country: str, situation: Situation, law: Law) -> Iterator[str]:
    """Decisions on what the act touches that bind a State, so that its own law may say the same."""
    day = situation.day
    for key, one in law.jurisdictions.items():
        if not one.through_states or not _is_member(country, one, day):
            continue
        regimes = {
            measure.regime
            for measure in law.catalogue.measures
            if measure.jurisdiction == key and force_on(measure, day).binds
        }
        touched = [
            regime
            for regime in sorted(regimes)
            if not situation.touched.keys().isdisjoint(law.coverage.touches.get(regime, ()))
        ]
        if touched:
            yield (
                f"What {one.in_text} decided on {', '.join(touched)} binds {country} as a State; "
                f"its own law may carry it out. Ask for the jurisdiction {key} to see it."
            )


def _is_member(country: str, jurisdiction: Jurisdiction, day: date) -> bool:
    return any(
        one.country == country
        and (one.valid_from is None or one.valid_from <= day)
        and (one.valid_until is None or day < one.valid_until)
        for one in jurisdiction.members
    )


def _has_law(country: str, law: Law, day: date) -> bool:
    """True if some jurisdiction that binds more than States is that country's on a day."""
    return any(
        Addressee.OPERATORS in one.binds and _is_member(country, one, day)
        for one in law.jurisdictions.values()
    )


def _law_missing(key: str, named: str, because: tuple[Because, ...]) -> Finding:
    """Law that touches the act and that the catalogue does not hold: never taken for none."""
    return Finding(
        jurisdiction=key,
        outcome=Outcome.REVIEW,
        measure=NOT_MODELLED,
        title=f"not modelled: {named}",
        citation=named,
        because=because,
        missing=(
            MissingFact(
                fact=f"catalogue.{key}",
                question=f"is it forbidden by {named}?",
                if_so=Outcome.PROHIBIT,
            ),
        ),
        would_be=Outcome.PROHIBIT,
    )
