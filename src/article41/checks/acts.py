"""May this act go ahead? Screens every party, asks the law, and says what the answer rests on.

It never says that anything may be done: the mildest answer is that no measure was found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from article41.checks.coverage import Coverage
from article41.checks.held import LIST_MISSING, HeldLists, list_words
from article41.checks.namesakes import named_and_numbered
from article41.checks.screener import THRESHOLD, Screener
from article41.law.answers import LawAnswer, answer
from article41.law.gaps import Law
from article41.law.jurisdictions import of_authority
from article41.law.needs import load_needs
from article41.law.ordering import surest
from article41.law.truth import NO, UNKNOWN, YES
from article41.model.acts import Act
from article41.model.errors import ActError
from article41.model.measures import Outcome
from article41.model.parties import Party
from article41.model.questions import NoMeasure
from article41.model.verdicts import (
    Because,
    DutyNote,
    Finding,
    ListedAs,
    MissingFact,
    PartyStanding,
    Result,
    Verdict,
)

ACTS_AT_ONCE = 500
"""Acts whose parties are screened together."""


class _Lists(NamedTuple):
    """The lists on one day."""

    held: HeldLists
    """How it stands with them."""
    words: tuple[str, ...]
    """The same in words."""
    coverage: msgspec.Raw
    """The same as verdicts have it."""


class Checker:
    """Answers what the law that is held says of acts, by the lists that are held.

    Args:
        screener: The lists.
        law: The law; that which is shipped if absent.
        threshold: Least score of a resemblance of names.
        code_version: Of this software, as it goes into verdicts.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from article41.faces.demonstration import demonstration_store
        >>> from article41.faces.demonstration.acts import demonstration_acts
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     demonstration_store(Path(folder))
        ...     verdict = Checker(Screener(folder)).check(demonstration_acts()[1])
        >>> [(one.jurisdiction, one.outcome.value) for one in verdict.results][0]
        ('EU', 'prohibit')
    """

    def __init__(
        self,
        screener: Screener,
        law: Law | None = None,
        *,
        threshold: float = THRESHOLD,
        code_version: str = "",
    ) -> None:
        """Keep the lists and the law; nothing is read before an act is given."""
        self._screener = screener
        self._law = law if law is not None else Law.shipped()
        self._threshold = threshold
        self._code_version = code_version
        self._kept: tuple[Coverage, _Lists] | None = None

    @property
    def law(self) -> Law:
        """The law that is asked."""
        return self._law

    def check(
        self, act: Act, *, known_at: datetime | None = None, asked_on: date | None = None
    ) -> Verdict:
        """The answer to one act.

        Args:
            act: The act.
            known_at: By what was known at this moment, with its zone; now if absent.
            asked_on: The present day; today in UTC if absent.

        Raises:
            ActError: A key of a listing is on no list, two decisions contradict, or of the day no
                law is held.
            InputError: The moment has no time zone.
            IndexFileError: The index is damaged.
        """
        [verdict] = self.check_many([act], known_at=known_at, asked_on=asked_on)
        return verdict

    def check_many(
        self,
        acts: Iterable[Act],
        *,
        known_at: datetime | None = None,
        asked_on: date | None = None,
    ) -> Iterator[Verdict]:
        """The answers to many acts, in their order; names are screened together.

        Args:
            acts: Any number.
            known_at: As for `check`.
            asked_on: As for `check`.

        Raises:
            ActError: As `check`.
        """
        batch: list[Act] = []
        for act in acts:
            batch.append(act)
            if len(batch) == ACTS_AT_ONCE:
                yield from self._batch(batch, known_at, asked_on)
                batch = []
        yield from self._batch(batch, known_at, asked_on)

    def _batch(
        self, acts: Sequence[Act], known_at: datetime | None, asked_on: date | None
    ) -> Iterator[Verdict]:
        found = self.standings(acts, known_at=known_at, asked_on=asked_on)
        days = {act.on for act in acts}
        for day in days:
            refuse_lawless_day(day, self._law)
        lists_on = {day: self._lists_on(day, known_at, asked_on) for day in days}
        for act, standings in zip(acts, found, strict=True):
            yield self._verdict(act, standings, lists_on[act.on], known_at)

    def standings(
        self,
        acts: Sequence[Act],
        *,
        known_at: datetime | None = None,
        asked_on: date | None = None,
    ) -> list[Mapping[str, PartyStanding]]:
        """What screening finds of the parties of acts, by their keys; names are screened together.

        Args:
            acts: Any number; memory grows with the batch.
            known_at: As for `check`.
            asked_on: As for `check`.

        Raises:
            ActError: As `check`.
        """
        found: dict[int, Mapping[str, PartyStanding]] = {}
        for day in {act.on for act in acts}:
            numbers = [number for number, act in enumerate(acts) if act.on == day]
            parties = [party for number in numbers for party in acts[number].parties]
            standings = iter(self.screened(parties, on=day, known_at=known_at, asked_on=asked_on))
            for number in numbers:
                found[number] = {party.key: next(standings) for party in acts[number].parties}
        return [found[number] for number in range(len(acts))]

    def screened(
        self,
        parties: Sequence[Party],
        *,
        on: date,
        known_at: datetime | None = None,
        asked_on: date | None = None,
        coverage: Coverage | None = None,
    ) -> list[PartyStanding]:
        """What screening finds of parties of acts of one day, in their order.

        Args:
            parties: Any number; memory grows with them.
            on: The day.
            known_at: As for `check`.
            asked_on: As for `check`.
            coverage: What the screener says of the day, for who knows it already.

        Raises:
            ActError: As `check`.
        """
        return named_and_numbered(
            parties,
            self._screener,
            as_of=on,
            known_at=known_at,
            threshold=self._threshold,
            asked_on=asked_on,
            coverage=coverage,
        )

    def verdict(
        self,
        act: Act,
        standings: Mapping[str, PartyStanding],
        *,
        known_at: datetime | None = None,
        asked_on: date | None = None,
        coverage: Coverage | None = None,
    ) -> Verdict:
        """What the law says of an act whose parties are screened.

        Args:
            act: The act.
            standings: What screening found of its parties, as `standings` gives it.
            known_at: As for `check`.
            asked_on: As for `check`.
            coverage: What the screener says of its day, for who knows it already.
        """
        if coverage is None:
            coverage = self._screener.coverage(as_of=act.on, known_at=known_at, asked_on=asked_on)
        lists = self._lists_by(coverage)
        return self._verdict(act, standings, lists, known_at)

    def _verdict(
        self,
        act: Act,
        standings: Mapping[str, PartyStanding],
        lists: _Lists,
        known_at: datetime | None,
    ) -> Verdict:
        said = answer(act, standings, self._law, lists.held.limits)
        results = tuple(_noted(_shown(act, said), lists.held.notes(act)))
        catalogue = self._law.catalogue
        return Verdict(
            act=act,
            outcome=_overall(act, results),
            results=results,
            parties=tuple(standings[party.key] for party in act.parties),
            ownership=said.ownership,
            listed_elsewhere=_elsewhere(said, standings),
            missing=_missing(results),
            duties=_duties(results),
            not_examined=said.not_examined,
            conflicts=said.conflicts,
            lists=lists.words,
            coverage=lists.coverage,
            catalogue_sha256=catalogue.sha256,
            catalogue_verified_on=catalogue.verified_on,
            known_at=known_at,
            threshold=self._threshold,
            code_version=self._code_version,
        )

    def _lists_on(self, day: date, known_at: datetime | None, asked_on: date | None) -> _Lists:
        """How it stands with the lists; worked out once for a day."""
        return self._lists_by(
            self._screener.coverage(as_of=day, known_at=known_at, asked_on=asked_on)
        )

    def _lists_by(self, coverage: Coverage) -> _Lists:
        """The same by what is known of them."""
        kept = self._kept
        if kept is None or kept[0] is not coverage:
            held = HeldLists(coverage, load_needs(), self._law)
            words = (*held.words, *map(list_words, coverage.findings))
            lists = _Lists(held, words, msgspec.Raw(msgspec.json.encode(coverage)))
            kept = self._kept = (coverage, lists)
        return kept[1]


def _shown(act: Act, said: LawAnswer) -> Iterator[Result]:
    """Jurisdictions asked for first, then the most severe.

    Of those with the same outcome the asker's own stand first.
    """
    by_key = {result.jurisdiction: result for result in said.results}
    for key in dict.fromkeys(act.jurisdictions):
        if key in by_key:
            yield by_key.pop(key)
            continue
        finding = _unknown_jurisdiction(key)
        yield Result(jurisdiction=key, outcome=finding.outcome, findings=(finding,))
    nearness = {YES: 0, UNKNOWN: 1, NO: 2}
    yield from sorted(
        by_key.values(),
        key=lambda one: (one.outcome.rank, nearness[one.binds_asker], one.jurisdiction),
    )


def _noted(results: Iterable[Result], notes: Mapping[str, str]) -> Iterator[Result]:
    """Results with what is to be known of the lists by which nothing was found."""
    for result in results:
        note = notes.get(result.jurisdiction)
        is_asked = any(finding.measure == LIST_MISSING for finding in result.findings)
        if note is None or is_asked or result.binds is NO:
            yield result
        else:
            yield msgspec.structs.replace(result, notes=(note, *result.notes))


def _unknown_jurisdiction(key: str) -> Finding:
    return Finding(
        jurisdiction=key,
        outcome=Outcome.REVIEW,
        measure=NoMeasure.NOT_MODELLED.value,
        title=f"not modelled: the law of {key}",
        because=(Because(fact="jurisdictions", value=key, text=f"no law of {key} is held"),),
        missing=(
            MissingFact(
                fact=f"catalogue.{key}",
                question=f"is it forbidden by the law of {key}?",
                if_so=Outcome.PROHIBIT,
            ),
        ),
        would_be=Outcome.PROHIBIT,
    )


def _overall(act: Act, results: Sequence[Result]) -> Outcome:
    """The most severe of the jurisdictions asked for or that bind somebody in the act, or may.

    Some measures bind further than their law at large, as by what goods are made of: such a one
    counts by itself.
    """
    meant = [
        result.outcome
        for result in results
        if result.jurisdiction in act.jurisdictions
        or result.binds is not NO
        or any(map(_reaches_further, result.findings))
    ]
    every = meant or [result.outcome for result in results]
    return min(every, key=lambda one: one.rank, default=Outcome.NO_MEASURE_FOUND)


def _reaches_further(finding: Finding) -> bool:
    """True of a measure that binds somebody, or may; what is not held has no place in its law."""
    return "/" in finding.measure and finding.outcome.rank < Outcome.NOT_BOUND.rank


def _elsewhere(said: LawAnswer, standings: Mapping[str, PartyStanding]) -> tuple[ListedAs, ...]:
    """Entries of authorities whose jurisdictions bind nobody here."""
    found = {
        (entry.key, entry.identity): entry
        for standing in standings.values()
        for entry in standing.listed
        if of_authority(entry.authority) not in said.binding
    }
    return tuple(sorted(found.values(), key=lambda one: (one.key, one.identity.value)))


def _missing(results: Iterable[Result]) -> tuple[MissingFact, ...]:
    """The open facts that can still make the answer of a jurisdiction worse, each once."""
    found: dict[MissingFact, None] = {}
    for result in results:
        least = surest(result.findings).rank
        for finding in result.findings:
            found |= dict.fromkeys([one for one in finding.missing if one.if_so.rank < least])
    return tuple(found)


def _duties(results: Iterable[Result]) -> tuple[DutyNote, ...]:
    found = {
        duty
        for result in results
        for finding in result.findings
        if finding.outcome.rank < Outcome.NOT_BOUND.rank
        for duty in finding.duties
    }
    return tuple(sorted(found))


def refuse_lawless_day(day: date, law: Law) -> None:
    """Refuse a day before all law: that no measure was found would say nothing.

    Raises:
        ActError: It lies before the earliest measure.
    """
    if day < law.first_day:
        raise ActError(
            f"of {day.isoformat()} no law is held: the earliest measure is of "
            f"{law.first_day.isoformat()}",
            hint="give the day on which it is done",
            path="on",
        )
