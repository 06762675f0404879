"""What an answer lacks of the lists: one that is not held, is old, or has some regimes alone.

It says so once for each jurisdiction, and only of parties of whom the other lists do not settle it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from article41.checks.coverage import Coverage, FindingKind
from article41.checks.coverage import Finding as ListFinding
from article41.law.coverage import CoverageKind, CoverageState, coverage_on
from article41.law.gaps import Law, kinds_of
from article41.law.needs import ListNeed, ListSet, are_partial
from article41.law.situation import Situation
from article41.law.unnamed import worst_by_lists
from article41.model.acts import Act
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.parties import Party
from article41.model.questions import NoMeasure
from article41.model.verdicts import Because, Finding, MissingFact, PartyStanding

LIST_MISSING = NoMeasure.LIST_MISSING.value
LIST_IN_DOUBT = NoMeasure.LIST_IN_DOUBT.value
LIST_BEING_INDEXED = NoMeasure.LIST_BEING_INDEXED.value
LISTS_OPEN = frozenset((LIST_MISSING, LIST_IN_DOUBT, LIST_BEING_INDEXED))
"""What findings on lists are called."""
_BY_LISTS = (CoverageKind.FREEZE, CoverageKind.TRAVEL)
_DOUBTS = {
    FindingKind.STALE: "is {detail}",
    FindingKind.SHRUNKEN: "lost more entries than is plausible: {detail}",
    FindingKind.NOT_KNOWN_BEFORE: "is known only from {detail}",
    FindingKind.NOT_KNOWN_AT: "was not known at that moment",
    FindingKind.GAP: "lacks {detail}",
    FindingKind.INDEX_BEHIND: "has a newer version, added at {detail}, that is not in the index "
    "yet: ask again in a moment",
    FindingKind.RETIRED: "is published no more since {detail}",
    FindingKind.AGE_NOT_KNOWN: "has no day of publication, and was added on {detail}",
}
"""What of a list makes that nothing found on it says nothing, and how it is said."""
_NONE_YET = "no whole list of it can be read here yet"


class _Open(NamedTuple):
    """One thing that is not certain of the lists of a jurisdiction."""

    kind: str
    """`list-missing`, `list-in-doubt` or `list-being-indexed`."""
    lists: str
    """The list, or those of which one is missing."""
    text: str
    """The same in words."""
    because: tuple[Because, ...]
    """The facts of it."""


class _Want(NamedTuple):
    """A need of which it must be asked, act by act, whether it is open."""

    need: ListNeed
    best: ListSet | None
    """The set that is held; none if not one list of any is."""
    missing: _Open | None
    """That no list is held."""
    doubted: Mapping[str, _Open]
    """What stands against its lists, by list."""


class HeldLists:
    """How it stands with the lists that jurisdictions go by, on one day and by one moment.

    Args:
        coverage: What was compared.
        needs: What is needed.
        law: Under which regimes which jurisdiction lists anybody.

    Example:
        >>> from article41.law.needs import load_needs
        >>> from article41.match import SCORER
        >>> none = Coverage(as_of=None, known_at=None, lists=(), findings=(), scorer=SCORER)
        >>> HeldLists(none, load_needs(), Law.shipped()).are_a_demonstration
        False
    """

    def __init__(self, coverage: Coverage, needs: Sequence[ListNeed], law: Law) -> None:
        """Work out once what holds for every act."""
        self._law = law
        held = {one.list_id for one in coverage.lists}
        self.are_a_demonstration = bool(held) and are_partial(held, needs)
        doubts: dict[str, list[ListFinding]] = {}
        for finding in coverage.findings:
            if finding.kind in _DOUBTS:
                doubts.setdefault(finding.list_id, []).append(finding)
        newest = {
            one.list_id: one.version.published.toordinal()
            for one in coverage.lists
            if one.version is not None and one.version.published is not None
        }
        wants = (_want(need, held, doubts, newest) for need in needs)
        self._wants = tuple(want for want in wants if want is not None)
        self._is_plain = all(want.best is None or want.best.is_whole for want in self._wants)
        """True if no list has some regimes alone: parties and places make no difference then."""
        self._touched = tuple({want.need.touches for want in self._wants if want.need.touches})
        self._kept: dict[object, Mapping[str, Sequence[Finding]]] = {}

    def limits(self, situation: Situation) -> Mapping[str, Sequence[Finding]]:
        """What limits the lists of each jurisdiction for an act; one finding each."""
        if not self._wants:
            return {}
        alike = self._alike(situation) if self._is_plain else None
        found = self._kept.get(alike) if alike is not None else None
        if found is None:
            found = self._worked_out(situation)
            if alike is not None:
                self._kept[alike] = found
        return found

    def _alike(self, situation: Situation) -> object | None:
        """What tells acts apart of whose parties none is settled by a list or by the asker."""
        parties = situation.act.parties
        if (
            not parties
            or any(party.not_listed_by for party in parties)
            or any(entry.identity.is_sure for entry in situation.entries)
        ):
            return None
        tied = [situation.is_tied_to(countries) for countries in self._touched]
        return kinds_of(situation.act), worst_by_lists(situation.act), tuple(tied)

    def _worked_out(self, situation: Situation) -> Mapping[str, Sequence[Finding]]:
        found: dict[str, list[_Open]] = {}
        for want in self._wants:
            unsettled = _unsettled(situation.act, want.need.jurisdiction)
            if unsettled and _is_meant(want.need, situation):
                open_ = found.setdefault(want.need.jurisdiction, [])
                open_ += self._open(want, unsettled, situation)
        worst = worst_by_lists(situation.act)
        return {key: (_limit(key, open_, worst),) for key, open_ in found.items() if open_}

    @property
    def words(self) -> tuple[str, ...]:
        """What is to be said of the lists as a whole, once for every act."""
        if not self.are_a_demonstration:
            return ()
        parts = dict.fromkeys(_part_words(want.best) for want in self._wants if want.best)
        return ("no whole list of any authority is held", *parts)

    def notes(self, act: Act) -> Mapping[str, str]:
        """By jurisdiction, that it was answered by lists of some regimes alone."""
        if not self.are_a_demonstration:
            return {}
        return {
            want.need.jurisdiction: f"{_part_words(want.best)}: of anybody else nothing is known"
            for want in self._wants
            if want.best is not None and _unsettled(act, want.need.jurisdiction)
        }

    def _open(
        self, want: _Want, unsettled: Sequence[Party], situation: Situation
    ) -> Iterator[_Open]:
        best, jurisdiction = want.best, want.need.jurisdiction
        if want.missing is not None:
            yield want.missing
        if best is None:
            return
        if not best.is_whole:
            why = self._beyond(best, jurisdiction, unsettled, situation)
            if why is not None:
                named = _named(want.need)
                text = f"no whole list of {jurisdiction} is held{_which(want.need, ': ')}"
                missing = Because(fact=f"lists.{named}", value="", text=text)
                because = (missing, _part_because(best), *why)
                yield _Open(LIST_MISSING, named, f"{text}; {_part_words(best)}", because)
                return
        for list_id, doubted in want.doubted.items():
            if not all(_is_entry(situation.standings[party.key], list_id) for party in unsettled):
                yield doubted

    def _beyond(
        self,
        part: ListSet,
        jurisdiction: str,
        unsettled: Sequence[Party],
        situation: Situation,
    ) -> tuple[Because, ...] | None:
        """Why an act is beyond lists of some regimes; none if these answer it."""
        if not self.are_a_demonstration:
            return ()
        coverage = self._law.coverage
        own = {country for one in part.regimes for country in coverage.touches.get(one, ())}
        # Who is one of those listed brings the regime with him, whatever countries the act names.
        is_known = any(
            entry.identity.is_sure and entry.list_id in part.lists for entry in situation.entries
        )
        if own.isdisjoint(situation.touched) and not is_known:
            text = f"the act touches nothing of {', '.join(part.regimes)}"
            return (Because(fact="parties", value="", text=text),)
        others = {
            country: Because(fact=fact, value=country, text=f"the act touches {country}")
            for country, fact in _touched_by(unsettled, situation)
            if country not in own
        }
        rows = coverage_on(
            coverage,
            jurisdiction=jurisdiction,
            countries=others,
            kinds=_BY_LISTS,
            day=situation.day,
        )
        because = dict.fromkeys(why for row, why in rows if row.state is not CoverageState.NONE)
        return tuple(because) or None


def list_words(finding: ListFinding) -> str:
    """What limits a list, in words."""
    if finding.kind in _DOUBTS:
        return f"{finding.list_id} {_doubt_words(finding)}"
    return f"{finding.list_id}: {finding.kind.value.replace('-', ' ')}: {finding.detail}"


def _doubt_words(finding: ListFinding) -> str:
    return _DOUBTS[finding.kind].format(detail=finding.detail)


def _want(
    need: ListNeed,
    held: set[str],
    doubts: Mapping[str, Sequence[ListFinding]],
    newest: Mapping[str, int],
) -> _Want | None:
    """What is open of a need; none if a whole set without any doubt is held."""

    def worth(one: ListSet) -> tuple[bool, int, int]:
        """Whole ones first, then the newest, then those whose worst list has fewest doubts."""
        doubted = max(len(doubts.get(list_id, ())) for list_id in one.lists)
        oldest = min(newest.get(list_id, 0) for list_id in one.lists)
        return not one.is_whole, -oldest, doubted

    best = min((one for one in need.any_of if held.issuperset(one.lists)), key=worth, default=None)
    if best is None:
        named = _named(need)
        text = f"no list of {need.jurisdiction} is held{_which(need, ' of those needed: ')}"
        because = (Because(fact=f"lists.{named}", value="", text=text),)
        return _Want(need, None, _Open(LIST_MISSING, named, text, because), {})
    doubted = {
        list_id: _doubted(list_id, doubts[list_id]) for list_id in best.lists if list_id in doubts
    }
    return None if best.is_whole and not doubted else _Want(need, best, None, doubted)


def _doubted(list_id: str, doubts: Sequence[ListFinding]) -> _Open:
    because = tuple(
        Because(fact=f"lists.{list_id}", value=one.detail, text=list_words(one)) for one in doubts
    )
    told = doubts
    if any(one.kind is FindingKind.INDEX_BEHIND for one in doubts):
        # How old the version is that is answered from says nothing of the one that came.
        told = [one for one in doubts if one.kind is not FindingKind.STALE]
    is_behind = all(one.kind is FindingKind.INDEX_BEHIND for one in told)
    text = f"{list_id} {', '.join(map(_doubt_words, told))}"
    return _Open(LIST_BEING_INDEXED if is_behind else LIST_IN_DOUBT, list_id, text, because)


def _is_meant(need: ListNeed, situation: Situation) -> bool:
    """True if somebody on the lists could matter to an act."""
    if need.kinds and set(need.kinds).isdisjoint(kinds_of(situation.act)):
        return False
    return not need.touches or situation.is_tied_to(need.touches)


def _unsettled(act: Act, jurisdiction: str) -> list[Party]:
    """The parties that nobody has looked for on the lists of a jurisdiction by other means."""
    return [party for party in act.parties if jurisdiction not in party.not_listed_by]


def _touched_by(parties: Iterable[Party], situation: Situation) -> Iterator[tuple[str, str]]:
    """Countries by which somebody may be listed, of parties or of places, each with its fact."""
    yield from situation.scenes.items()
    for party in parties:
        yield from situation.countries_of(party).items()
        if party.flag:
            yield party.flag, f"parties.{party.key}.flag"


def _is_entry(standing: PartyStanding, list_id: str) -> bool:
    """True if a party surely stands on a list on the day: more of it cannot make it another."""
    return any(
        entry.list_id == list_id and entry.identity.is_sure and entry.in_force is InForce.YES
        for entry in standing.listed
    )


def _named(need: ListNeed) -> str:
    """The lists of which one set is needed; the jurisdiction where no whole list can be read."""
    whole = [one for one in need.any_of if one.is_whole]
    return " or ".join(" with ".join(one.lists) for one in whole[:2]) or need.jurisdiction


def _which(need: ListNeed, begin: str) -> str:
    named = _named(need)
    return f", and {_NONE_YET}" if named == need.jurisdiction else f"{begin}{named}"


def _part_words(part: ListSet) -> str:
    lists, regimes = ", ".join(part.lists), ", ".join(part.regimes)
    return f"{lists} has those listed over {regimes} alone"


def _part_because(part: ListSet) -> Because:
    return Because(fact=f"lists.{part.lists[0]}", value="", text=_part_words(part))


def _limit(jurisdiction: str, open_: Sequence[_Open], worst: Outcome) -> Finding:
    """All that is open of the lists of one jurisdiction."""
    because = dict.fromkeys(each for one in open_ for each in one.because)
    lists = "; ".join(dict.fromkeys(one.lists for one in open_))
    kinds = {one.kind for one in open_}
    told = _NONE_YET if lists == jurisdiction else lists
    question = f"is a party on a current list of {jurisdiction} ({told})?"
    return Finding(
        jurisdiction=jurisdiction,
        outcome=Outcome.REVIEW,
        measure=LIST_MISSING
        if LIST_MISSING in kinds
        else LIST_IN_DOUBT
        if LIST_IN_DOUBT in kinds
        else LIST_BEING_INDEXED,
        title="; ".join(dict.fromkeys(one.text for one in open_)),
        because=tuple(because),
        missing=(MissingFact(fact=f"lists.{lists}", question=question, if_so=worst),),
        would_be=worst,
    )
