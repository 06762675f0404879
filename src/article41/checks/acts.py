"""May this act go ahead? Screens every party, asks the law, and says what the answer rests on.

It never says that anything may be done: the mildest answer is that no measure was found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from article41.checks.coverage import Coverage, FindingKind
from article41.checks.coverage import Finding as ListFinding
from article41.checks.identity import standings_of
from article41.checks.screener import THRESHOLD, Screener
from article41.law.answers import LawAnswer, answer, surest
from article41.law.gaps import JURISDICTION_BY_AUTHORITY, Law
from article41.law.needs import ListNeed, load_needs
from article41.law.truth import NO, YES
from article41.model.acts import Act
from article41.model.measures import Outcome
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

LIST_MISSING = "list-missing"
LIST_IN_DOUBT = "list-in-doubt"
ACTS_AT_ONCE = 500
"""Acts whose parties are screened together."""
_DOUBTS = {
    FindingKind.STALE: "is {detail}",
    FindingKind.SHRUNKEN: "lost more entries than is plausible: {detail}",
    FindingKind.NOT_KNOWN_BEFORE: "is known only from {detail}",
    FindingKind.NOT_KNOWN_AT: "was not known at that moment",
    FindingKind.GAP: "lacks {detail}",
    FindingKind.INDEX_BEHIND: "has more than its index, since {detail}",
    FindingKind.RETIRED: "is published no more since {detail}",
    FindingKind.AGE_NOT_KNOWN: "has no day of publication, and was added on {detail}",
}
"""What of a list makes that nothing found on it says nothing, and how it is said."""


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
        self._needs = {need.jurisdiction: need for need in load_needs()}
        self._limits: tuple[Coverage, Mapping[str, tuple[Finding, ...]], msgspec.Raw] | None = None

    def check(
        self, act: Act, *, known_at: datetime | None = None, asked_on: date | None = None
    ) -> Verdict:
        """The answer to one act.

        Args:
            act: The act.
            known_at: By what was known at this moment, with its zone; now if absent.
            asked_on: The present day; today in UTC if absent.

        Raises:
            ActError: A key of a listing is on no list, or two decisions contradict.
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
        found: dict[int, Mapping[str, PartyStanding]] = {}
        days = {act.on for act in acts}
        for day in days:
            numbers = [number for number, act in enumerate(acts) if act.on == day]
            parties = [party for number in numbers for party in acts[number].parties]
            standings = iter(
                standings_of(
                    parties,
                    self._screener,
                    as_of=day,
                    known_at=known_at,
                    threshold=self._threshold,
                    asked_on=asked_on,
                    threads=1,
                )
            )
            for number in numbers:
                found[number] = {party.key: next(standings) for party in acts[number].parties}
        for number, act in enumerate(acts):
            coverage = self._screener.coverage(as_of=act.on, known_at=known_at, asked_on=asked_on)
            yield self._verdict(act, found[number], coverage, known_at)

    def _verdict(
        self,
        act: Act,
        standings: Mapping[str, PartyStanding],
        coverage: Coverage,
        known_at: datetime | None,
    ) -> Verdict:
        limits, encoded = self._limits_of(coverage)
        looked_up = {key for key in limits if _is_looked_up(act, standings, key)}
        open_limits = {key: found for key, found in limits.items() if key not in looked_up}
        said = answer(act, standings, self._law, open_limits)
        results = tuple(_shown(act, said))
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
            lists=tuple(_in_words(one) for one in coverage.findings),
            coverage=encoded,
            catalogue_sha256=catalogue.sha256,
            catalogue_verified_on=catalogue.verified_on,
            known_at=known_at,
            threshold=self._threshold,
            code_version=self._code_version,
        )

    def _limits_of(
        self, coverage: Coverage
    ) -> tuple[Mapping[str, tuple[Finding, ...]], msgspec.Raw]:
        """What limits the lists of each jurisdiction; worked out once for a day."""
        kept = self._limits
        if kept is None or kept[0] is not coverage:
            limits = {key: tuple(_of_need(need, coverage)) for key, need in self._needs.items()}
            kept = (coverage, limits, msgspec.Raw(msgspec.json.encode(coverage)))
            self._limits = kept
        return kept[1], kept[2]


def _of_need(need: ListNeed, coverage: Coverage) -> Iterator[Finding]:
    """That no set of lists is whole and current; of several sets the best is told."""
    held = {one.list_id for one in coverage.lists if one.first_day is not None}
    doubts: dict[str, list[ListFinding]] = {}
    for finding in coverage.findings:
        if finding.kind in _DOUBTS:
            doubts.setdefault(finding.list_id, []).append(finding)
    whole = [lists for lists in need.any_of if held.issuperset(lists)]
    if any(not doubts.keys() & set(lists) for lists in whole):
        return
    if not whole:
        named = " or ".join(" with ".join(lists) for lists in need.any_of[:2])
        yield _limit(need, LIST_MISSING, f"no list of {need.jurisdiction} is held", named, ())
        return
    published = {
        one.list_id: one.version.published
        for one in coverage.lists
        if one.version is not None and one.version.published is not None
    }

    def worth(lists: tuple[str, ...]) -> tuple[int, int]:
        """Fewest doubts first, then the newest."""
        newest = max((published[one].toordinal() for one in lists if one in published), default=0)
        return sum(len(doubts.get(one, ())) for one in lists), -newest

    best = min(whole, key=worth)
    for list_id in best:
        for finding in doubts.get(list_id, ()):
            because = Because(
                fact=f"lists.{list_id}", value=finding.detail, text=_in_words(finding)
            )
            yield _limit(need, LIST_IN_DOUBT, _in_words(finding), list_id, (because,))


def _limit(
    need: ListNeed, kind: str, title: str, lists: str, because: tuple[Because, ...]
) -> Finding:
    return Finding(
        jurisdiction=need.jurisdiction,
        outcome=Outcome.REVIEW,
        measure=kind,
        title=title,
        because=because or (Because(fact=f"lists.{lists}", value="", text=title),),
        missing=(
            MissingFact(
                fact=f"lists.{lists}",
                question=f"is a party on a current list of {need.jurisdiction} ({lists})?",
                if_so=Outcome.FREEZE,
            ),
        ),
        would_be=Outcome.FREEZE,
    )


def _is_looked_up(act: Act, standings: Mapping[str, PartyStanding], jurisdiction: str) -> bool:
    """True if of every party it is settled who it is on the lists of a jurisdiction.

    Either the caller has looked for it there and not found it, or it surely is an entry of them.
    """
    return all(
        jurisdiction in party.not_listed_by
        or any(
            entry.identity.is_sure
            and JURISDICTION_BY_AUTHORITY.get(entry.authority, entry.authority) == jurisdiction
            for entry in standings[party.key].listed
        )
        for party in act.parties
    )


def _in_words(finding: ListFinding) -> str:
    words = _DOUBTS.get(finding.kind)
    if words is None:
        return f"{finding.list_id}: {finding.kind.value.replace('-', ' ')}: {finding.detail}"
    return f"{finding.list_id} {words.format(detail=finding.detail)}"


def _shown(act: Act, said: LawAnswer) -> Iterator[Result]:
    """Jurisdictions asked for first, then all that bind somebody or have something to say."""
    by_key = {result.jurisdiction: result for result in said.results}
    for key in dict.fromkeys(act.jurisdictions):
        if key in by_key:
            yield by_key.pop(key)
            continue
        finding = _unknown_jurisdiction(key)
        yield Result(jurisdiction=key, outcome=finding.outcome, findings=(finding,))
    rest = [
        result
        for result in by_key.values()
        if result.binds is YES or result.binds_asker is not NO or result.findings
    ]
    yield from sorted(rest, key=lambda one: (one.outcome.rank, one.jurisdiction))


def _unknown_jurisdiction(key: str) -> Finding:
    return Finding(
        jurisdiction=key,
        outcome=Outcome.REVIEW,
        measure="not-modelled",
        title=f"not modelled: the law of {key}",
        because=(Because(fact="jurisdictions", value=key, text=f"no law of {key} is held"),),
        missing=(
            MissingFact(
                fact=f"catalogue.{key}",
                question=f"does the law of {key} forbid it?",
                if_so=Outcome.PROHIBIT,
            ),
        ),
        would_be=Outcome.PROHIBIT,
    )


def _overall(act: Act, results: Sequence[Result]) -> Outcome:
    """The most severe of the jurisdictions asked for or that bind somebody in the act."""
    meant = [
        result.outcome
        for result in results
        if result.jurisdiction in act.jurisdictions or result.binds is not NO
    ]
    every = meant or [result.outcome for result in results]
    return min(every, key=lambda one: one.rank, default=Outcome.NO_MEASURE_FOUND)


def _elsewhere(said: LawAnswer, standings: Mapping[str, PartyStanding]) -> tuple[ListedAs, ...]:
    """Entries of authorities whose jurisdictions bind nobody here."""
    binding = {result.jurisdiction for result in said.results if result.binds is not NO}
    found = {
        (entry.key, entry.identity): entry
        for standing in standings.values()
        for entry in standing.listed
        if JURISDICTION_BY_AUTHORITY.get(entry.authority, entry.authority) not in binding
    }
    return tuple(sorted(found.values(), key=lambda one: (one.key, one.identity.value)))


def _missing(results: Iterable[Result]) -> tuple[MissingFact, ...]:
    """The open facts that can still make the answer of a jurisdiction worse, each once."""
    return tuple(
        dict.fromkeys(
            fact
            for result in results
            for finding in result.findings
            for fact in finding.missing
            if fact.if_so.rank < surest(result.findings).rank
        )
    )


def _duties(results: Iterable[Result]) -> tuple[DutyNote, ...]:
    found = {
        duty
        for result in results
        for finding in result.findings
        if finding.outcome.rank < Outcome.NOT_BOUND.rank
        for duty in finding.duties
    }
    return tuple(sorted(found))
