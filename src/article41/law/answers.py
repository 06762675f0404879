"""What the law of each jurisdiction says of an act: every measure read, and what is not modelled.

It is pure: the same act, standings and catalogue give the same results.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

import msgspec

from article41.law.conflicts import conflicts_among
from article41.law.coverage import CoverageRow
from article41.law.gaps import (
    Law,
    binds_nobody,
    coverage_rows,
    kinds_of,
    not_bearing,
    not_modelled,
    unheld_homes,
    unmapped,
)
from article41.law.grounds import Addressee, Jurisdiction
from article41.law.nexus import Bound, bounds_of
from article41.law.nothing_found import (
    not_listed,
    of_countries,
    of_deeds,
    of_other_births,
    of_other_days,
    of_this_day,
    open_countries,
)
from article41.law.open_owners import not_examined, open_owners
from article41.law.ordering import in_order, surest, with_alternatives, worst_of
from article41.law.owners import Owners
from article41.law.prohibitions import Ruling, rule
from article41.law.selecting import Selected
from article41.law.situation import Situation
from article41.law.stands import Stand, stand_of
from article41.law.truth import NO, UNKNOWN, YES
from article41.law.unnamed import open_names
from article41.law.unsaid import of_the_unsaid
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.ownership import OwnershipNote
from article41.model.verdicts import (
    Because,
    Considered,
    Finding,
    LawCoverage,
    MissingFact,
    Nexus,
    PartyStanding,
    Result,
)

COVERAGE_KEPT_MAX = 8_192
"""Rows of the table of coverage that are kept as answers have them."""


class LawAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What all law says of one act.

    Example:
        >>> LawAnswer(results=()).ownership
        ()
    """

    results: tuple[Result, ...]
    """Of the jurisdictions that were asked for, that bind somebody, that may bind who asks, or that
    have something to say; in the order of their keys."""
    binding: frozenset[str] = frozenset()
    """The jurisdictions that bind somebody, or may."""
    ownership: tuple[OwnershipNote, ...] = ()
    """What was worked out of ownership on the way."""
    not_examined: tuple[Because, ...] = ()
    """What was neither given nor asked for."""
    conflicts: tuple[str, ...] = ()
    """Laws that contradict one another."""


def answer(
    act: Act,
    standings: Mapping[str, PartyStanding],
    law: Law,
    limits_of: Callable[[Situation], Mapping[str, Sequence[Finding]]] | None = None,
) -> LawAnswer:
    """What the law of every jurisdiction says of an act.

    Args:
        act: The act.
        standings: What screening found of each party, by its key.
        law: All that is held.
        limits_of: Tells what limits the lists of each jurisdiction for an act, by its key; it
            counts where it binds.
    """
    situation = Situation(act, standings)
    limits = limits_of(situation) if limits_of is not None else {}
    owners = Owners(situation)
    bounds = bounds_of(act, law.jurisdictions.values(), scene=situation.scene)
    stands = {
        key: stand_of(bounds[key], situation, is_asked=key in act.jurisdictions)
        for key in bounds.meeting | bounds.reaching(situation.touched)
    }
    loud = {key for key, one in stands.items() if one.is_bound} | (
        law.jurisdictions.keys() & act.jurisdictions
    )
    selection = law.selecting.of(situation)

    def read(selected: Iterable[Selected]) -> Mapping[str, list[Ruling]]:
        rulings: dict[str, list[Ruling]] = {}
        for one in selected:
            key = one.measure.jurisdiction
            ruling = rule(one, situation, owners, bounds, law.catalogue.words)
            rulings.setdefault(key, []).append(ruling)
        return rulings

    rulings = {
        **read(selection.touching(loud)),
        **read(selection.bearing(law.jurisdictions.keys() - loud)),
    }
    beside = cache(lambda: _asked_about(situation))
    results: dict[str, Result] = {}
    # Of who binds nobody nothing is to be told where neither a measure nor an entry is there.
    binding = {key for key, one in stands.items() if one.binds is not NO}
    for key in sorted(law.jurisdictions if situation.entries else binding | loud | rulings.keys()):
        if not (key in binding or key in loud or _is_told(key, situation, law, rulings)):
            continue
        stand = stands.get(key) or stand_of(bounds[key], situation, is_asked=False)
        heard = _Heard(stand, rulings.get(key, []), limits.get(key, ()), beside)
        findings, notes = _findings(key, situation, law, heard)
        if key not in loud and findings:
            # It says something: then what merely touches the act is told beside.
            heard = heard._replace(rulings=read(selection.touching((key,))).get(key, []))
        if key in loud or findings:
            results[key] = _result(key, situation, law, heard._replace(notes=notes), findings)
    homes = {result.jurisdiction: result for result in unheld_homes(situation, law, bounds)}
    results |= homes
    conflicts = list(conflicts_among(results, situation))
    for key, finding, _ in conflicts:
        results[key] = _with_finding(results[key], finding)
    return LawAnswer(
        results=tuple(results[key] for key in sorted(results)),
        binding=frozenset(binding | homes.keys()),
        ownership=owners.notes,
        not_examined=tuple(not_examined(situation)),
        conflicts=tuple(text for _, _, text in conflicts),
    )


def _is_told(
    key: str, situation: Situation, law: Law, rulings: Mapping[str, Sequence[Ruling]]
) -> bool:
    """Whether law that binds nobody in the act has anything to say of it."""
    return (
        Addressee.OPERATORS not in law.jurisdictions[key].binds
        or any(one.findings for one in rulings.get(key, ()))
        or any(True for _ in unmapped(key, situation, law))
    )


class _Heard(NamedTuple):
    """What was heard of one jurisdiction."""

    stand: Stand
    rulings: Sequence[Ruling]
    limits: Sequence[Finding]
    beside: Callable[[], tuple[Considered, ...]]
    """What is told of the act wherever nothing is found, worked out once."""
    notes: Sequence[str] = ()


def _findings(
    key: str, situation: Situation, law: Law, heard: _Heard
) -> tuple[list[Finding], list[str]]:
    """What bears on the act or may, with what is not held; and notes on what changes nothing."""
    findings = [found for one in heard.rulings for found in one.findings]
    findings += unmapped(key, situation, law)
    doing = heard.stand.doing
    if not _is_asked_for_gaps(key, situation, law, doing):
        if heard.stand.binds is NO and key in situation.act.jurisdictions:
            rows = coverage_rows(key, situation, law)
            unbound = _unbound(doing.values(), law.jurisdictions[key], situation)
            findings += binds_nobody(key, rows, unbound, situation, law)
        elif Addressee.OPERATORS not in law.jurisdictions[key].binds:
            rows = coverage_rows(key, situation, law)
            findings += binds_nobody(key, rows, (_is_no_state(situation),), situation, law)
        return findings, []
    rows = coverage_rows(key, situation, law)
    regimes = heard.stand.regimes
    asked = _open_ties(doing.values()) if heard.stand.binds is UNKNOWN else ()
    gaps = [
        msgspec.structs.replace(one, missing=(*one.missing, *asked))
        for one in not_modelled(
            key, [row for row in rows if not regimes or row[0].regime in regimes], situation, law
        )
    ]
    if regimes:
        nexus = tuple(_grounds(doing.values()))
        return [*findings, *(msgspec.structs.replace(one, nexus=nexus) for one in gaps)], []
    findings += gaps
    findings += open_owners(key, situation, law)
    may_be_bound = [party for party, bound in doing.items() if bound.truth is not NO]
    findings += open_countries(key, situation, may_be_bound, findings)
    limits = list(heard.limits)
    if key in law.catalogue.going_by_lists:
        limits += open_names(key, situation)
    least = surest(findings).rank
    # What could make it no worse is a note, and no question.
    findings += [one for one in limits if worst_of(one).rank < least]
    return findings, [one.title for one in limits if worst_of(one).rank >= least]


def _result(
    key: str, situation: Situation, law: Law, heard: _Heard, findings: Iterable[Finding]
) -> Result:
    stand, rulings = heard.stand, heard.rulings
    doing, binds = stand.doing.values(), stand.binds
    note = law.jurisdictions[key].note
    found = tuple(with_alternatives(in_order(findings)))
    rows = coverage_rows(key, situation, law)
    outcome = found[0].outcome if found else Outcome.NO_MEASURE_FOUND
    is_mild = outcome.rank >= Outcome.NOT_BOUND.rank
    return Result(
        jurisdiction=key,
        outcome=outcome,
        binds=binds,
        binds_asker=stand.asker,
        findings=found,
        considered=(
            *_considered(rulings),
            *_in_vain(key, situation, law, binds),
            *(not_bearing(rows, situation, law) if is_mild else ()),
            *(heard.beside() if is_mild else ()),
        ),
        nexus=tuple(_grounds(doing)),
        unbound=_unbound(doing, law.jurisdictions[key], situation) if binds is NO else (),
        law=tuple(dict.fromkeys(_shown(row) for row, _ in rows)),
        exposure=tuple(
            dict.fromkeys(
                (
                    *(one.exposure for one in rulings if one.exposure),
                    *(bound.exposure for bound in doing if bound.exposure),
                )
            )
        ),
        notes=tuple(
            dict.fromkeys(filter(None, (note, *(one.note for one in rulings), *heard.notes)))
        ),
    )


def _open_ties(bounds: Iterable[Bound]) -> tuple[MissingFact, ...]:
    """What could bind somebody, where nobody surely is bound."""
    asked = dict(each for bound in bounds for each in bound.missing)
    return tuple(
        MissingFact(fact=fact, question=question, if_so=Outcome.PROHIBIT)
        for fact, question in asked.items()
    )


def _considered(rulings: Iterable[Ruling]) -> list[Considered]:
    found = (one.considered for one in rulings if one.considered is not None)
    return sorted(found, key=attrgetter("measure"))


def _asked_about(situation: Situation) -> tuple[Considered, ...]:
    """What was looked at, where nothing is found, and what nobody said."""
    return (of_deeds(situation), *of_countries(situation), of_the_unsaid(situation))


def _in_vain(key: str, situation: Situation, law: Law, binds: InForce) -> Iterator[Considered]:
    """What was looked through without finding anything, where somebody may be bound."""
    if binds is NO:
        return
    if authorities := law.catalogue.authorities_by_jurisdiction.get(key):
        yield from not_listed(authorities, key, situation)
        yield from of_other_births(authorities, situation)
    yield from of_other_days(
        law.coverage.by_jurisdiction.get(key, ()), kinds_of(situation.act), situation
    )


def _unbound(
    bounds: Iterable[Bound], jurisdiction: Jurisdiction, situation: Situation
) -> tuple[Because, ...]:
    because = tuple(dict.fromkeys(each for bound in bounds for each in bound.because))
    return (*because, *of_this_day(because, jurisdiction, situation.day))


def _is_no_state(situation: Situation) -> Because:
    """Why law that binds States alone does not bind who asks."""
    asker = situation.act.asker.party
    return Because(fact="asker.party", value=asker, text="binds States, and no operator by itself")


def _is_asked_for_gaps(
    key: str, situation: Situation, law: Law, bounds: Mapping[str, Bound]
) -> bool:
    """Whether what is not held of a law is a question of this act.

    A law that binds States alone is for the State that asks. Where a law may bind, it must be the
    asker, a bank or the house of an account that it may bind: the flag of a craft that nobody
    names, or where a consignee has a branch, would bring the gaps of every law into every act.
    """
    if all(bound.truth is NO for bound in bounds.values()):
        return False
    if key in situation.act.jurisdictions:
        return True
    asker = situation.act.asker.party
    if Addressee.OPERATORS not in law.jurisdictions[key].binds:
        return asker in bounds and bounds[asker].truth is not NO
    return any(
        bound.truth is YES
        or (bound.truth is UNKNOWN and (party == asker or situation.is_house(party)))
        for party, bound in bounds.items()
    )


def _with_finding(result: Result, finding: Finding) -> Result:
    told = tuple(with_alternatives(in_order((*result.findings, finding))))
    return msgspec.structs.replace(result, findings=told, outcome=told[0].outcome)


def _grounds(bounds: Iterable[Bound]) -> Iterator[Nexus]:
    yield from dict.fromkeys(each for bound in bounds for each in bound.grounds)


@lru_cache(maxsize=COVERAGE_KEPT_MAX)
def _shown(row: CoverageRow) -> LawCoverage:
    return LawCoverage(
        jurisdiction=row.jurisdiction,
        regime=row.regime,
        state=row.state.value,
        kinds=tuple(kind.value for kind in row.kinds),
        text=row.instruments,
        verified_on=row.verified_on,
    )
