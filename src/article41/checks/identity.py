"""Who on the lists a party is, and whom it merely resembles: from its names, numbers and keys.

What is asserted, decided or shown by a number is told from what a name suggests. What follows from
it is for the law.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, date, datetime
from functools import partial
from typing import NamedTuple

import msgspec

from article41.checks.as_known import as_known
from article41.checks.births import births_against, births_for, births_words
from article41.checks.conflicts import conflicts_of, number_conflicts_of
from article41.checks.copies import in_force_by_original, original_of
from article41.checks.coverage import Coverage
from article41.checks.entries import Asked, near_keys
from article41.checks.legibility import limits_of_names, name_open
from article41.checks.meeting import meetings
from article41.checks.screener import THRESHOLD, Match, PartyAnswer, Screener
from article41.checks.sought import Sought, screened_of, sought_of
from article41.match import Index, IndexedListing, Query
from article41.model.clocks import InForce
from article41.model.errors import ActError
from article41.model.parties import Decision, Party
from article41.model.verdicts import Identity, ListedAs, PartyStanding

NAME_SCORE_NOTED = 0.9
"""From here on a name is told that dates of birth alone keep from being a resemblance."""
_SUREST = {one: place for place, one in enumerate(Identity)}
_FORCE = {InForce.YES: 0, InForce.UNKNOWN: 1, InForce.NO: 2}


class _Tie(NamedTuple):
    """Why an entry stands beside a party."""

    listing: IndexedListing
    identity: Identity
    in_force: InForce
    evidence: str
    conflicts: tuple[str, ...] = ()
    is_brought: bool = False
    """True if another entry brought it."""


def standing_of(
    party: Party,
    screener: Screener,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    threshold: float = THRESHOLD,
    asked_on: date | None = None,
) -> PartyStanding:
    """Whom on the lists one party is, or resembles, on a day.

    Args:
        party: The party.
        screener: The lists.
        as_of: The day in force; the newest versions' if absent.
        known_at: The moment known, with its zone; the newest if absent.
        threshold: Least score of a resemblance of names, above 0 and up to 1.
        asked_on: The present day; today in UTC if absent.

    Raises:
        ActError: A key is on no list, its date of birth is none, or two decisions contradict.
        InputError: The threshold is outside its range, or the moment has no time zone.
        IndexFileError: The index is damaged.
    """
    [standing] = standings_of(
        [party],
        screener,
        as_of=as_of,
        known_at=known_at,
        threshold=threshold,
        asked_on=asked_on,
    )
    return standing


def standings_of(
    parties: Sequence[Party],
    screener: Screener,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    threshold: float = THRESHOLD,
    asked_on: date | None = None,
    coverage: Coverage | None = None,
) -> list[PartyStanding]:
    """The same of many parties: names are screened together, and equal parties once.

    Args:
        parties: Any number; memory grows with the batch.
        screener: The lists.
        as_of: The day in force; the newest versions' if absent.
        known_at: The moment known, with its zone; the newest if absent.
        threshold: Least score of a resemblance of names, above 0 and up to 1.
        asked_on: The present day; today in UTC if absent.
        coverage: What the screener says of these days and this moment, for who knows it already.

    Returns:
        One standing a party, in order.

    Raises:
        ActError: A key is on no list, a date of birth is none, or two decisions contradict.
        InputError: The threshold is outside its range, or the moment has no time zone.
        IndexFileError: The index is damaged.
    """
    asked_on = asked_on or datetime.now(UTC).date()
    nameless = [msgspec.structs.replace(party, id="") for party in parties]
    # Of equal parties the first is asked about: banks stand in one act after another.
    unlike: dict[Party, Party] = {}
    for key, party in zip(nameless, parties, strict=True):
        unlike.setdefault(key, party)
    sought = {key: sought_of(party, on=as_of or asked_on) for key, party in unlike.items()}
    queries = list(
        dict.fromkeys(
            query for one in sought.values() for query in (*one.queries, *one.queries_of_any_birth)
        )
    )
    answers = screener.screen(
        queries,
        as_of=as_of,
        known_at=known_at,
        asked_on=asked_on,
        threshold=threshold,
        threads=1,
        coverage=coverage,
    )
    answer_by_query = dict(zip(queries, answers, strict=True))
    desk = _Desk(
        index=screener.index,
        asked=Asked(as_of=as_of, known_at=known_at, asked_on=asked_on),
        answers=answer_by_query,
    )
    standings = {key: desk.standing(unlike[key], one) for key, one in sought.items()}
    return [
        msgspec.structs.replace(standings[key], party=party.key)
        for key, party in zip(nameless, parties, strict=True)
    ]


class _Desk:
    """What is at hand for every party of a batch."""

    def __init__(self, index: Index, asked: Asked, answers: Mapping[Query, PartyAnswer]) -> None:
        self.index = index
        self.asked = asked
        self.answers = answers

    def standing(self, party: Party, sought: Sought) -> PartyStanding:
        answers = [self.answers[query] for query in sought.queries]
        named = _best_matches(answers)
        numbered, unmarking = meetings(sought, self.index, self.asked, named)
        ties = [
            *self._given(party, sought),
            *(
                _Tie(one.listing, one.identity, self.asked.in_force(one.listing), *one[2:])
                for one in numbered
            ),
            *(_tie_of_name(sought, match) for match in named.values()),
        ]
        different = {one.listing for one in party.different_from}
        ties += self._brought([tie for tie in ties if tie.listing.key not in different], different)
        ties = [tie._replace(in_force=self._in_force_of(tie)) for tie in ties]
        by_key: dict[str, list[_Tie]] = defaultdict(list)
        for tie in ties:
            by_key[tie.listing.key].append(tie)
        of_names = {**sought.names_cut, **limits_of_names(answers, sought.schema)}
        limits = (
            *sought.limits,
            *(f"`{name}` {why}" for name, why in of_names.items()),
            *unmarking,
            *self._limits_of_decisions(party, by_key),
        )
        direct = {tie.listing.key for tie in ties if not tie.is_brought}
        listed = [
            self._listed_as(key, of_one, named.get(key))
            for key, of_one in by_key.items()
            if key not in different
        ]
        return PartyStanding(
            party=party.key,
            screened=screened_of(sought),
            listed=tuple(sorted(listed, key=partial(_order, direct))),
            born_otherwise=tuple(self._born_otherwise(sought, different | by_key.keys())),
            different_from=tuple(sorted(by_key.keys() & different)),
            limits=limits,
            name_open=name_open(sought.names, of_names),
        )

    def _given(self, party: Party, sought: Sought) -> Iterator[_Tie]:
        """The entries whose keys the caller or a person gave."""
        different = {one.listing for one in party.different_from}
        for number, key in enumerate(party.listings):
            path = f"parties.{party.key}.listings[{number}]"
            yield self._given_one(key, Identity.ASSERTED, "the caller", sought, path)
        for number, decision in enumerate(party.same_as):
            path = f"parties.{party.key}.same_as[{number}].listing"
            said = f"the decision of {_decision_in_words(decision)}"
            yield self._given_one(decision.listing, Identity.CONFIRMED, said, sought, path)
        both = different & {*party.listings, *(one.listing for one in party.same_as)}
        if both:
            raise ActError(
                f"`{min(both)}` is said to be this party, and decided to be somebody else",
                hint="take one of the two out",
                path=f"parties.{party.key}.different_from",
            )

    def _given_one(
        self, key: str, identity: Identity, evidence: str, sought: Sought, path: str
    ) -> _Tie:
        records = self.index.of_key(key)
        known = self.asked.known(records)
        if not known:
            raise _unknown(key, self.index, path, was_known_later=bool(records))
        listing = self.asked.nearest(known)
        return _Tie(
            listing,
            identity,
            self.asked.in_force_ever(known),
            evidence,
            conflicts_of(sought, listing),
        )

    def _brought(self, ties: Iterable[_Tie], different: Set[str]) -> list[_Tie]:
        """The entries that lists themselves call the same target as one that the party is.

        None is reached through one that a person decided to be somebody else.
        """
        best: dict[str, _Tie] = {}
        for tie in sorted(ties, key=_surest):
            if tie.identity.is_sure:
                best.setdefault(tie.listing.key, tie)
        reached, open_ties, found = set(best), list(best.values()), []
        while open_ties:
            tie = open_ties.pop(0)
            for listing, said in self._same(tie.listing):
                if listing.key not in reached:
                    reached.add(listing.key)
                    brought = _Tie(
                        listing,
                        tie.identity,
                        self.asked.in_force(listing),
                        said,
                        is_brought=True,
                    )
                    found.append(brought)
                    if listing.key not in different:
                        open_ties.append(brought)
        return found

    def _in_force_of(self, tie: _Tie) -> InForce:
        original = self.index.of_key(original_of(tie.listing.key))
        return in_force_by_original(tie.listing, original, self.asked, tie.in_force)

    def _same(self, listing: IndexedListing) -> Iterator[tuple[IndexedListing, str]]:
        for key in listing.details.names_as_same:
            for one in self.asked.held(self.index.of_key(key)):
                yield one, f"`{listing.key}` names it as the same"
        for one in self.asked.held(self.index.naming(listing.key)):
            if listing.key in one.details.names_as_same:
                yield one, f"it names `{listing.key}` as the same"

    def _born_otherwise(self, sought: Sought, others: Set[str]) -> Iterator[ListedAs]:
        """The entries that have a name of it, but for other dates of birth."""
        answers = [self.answers[query] for query in sought.queries_of_any_birth]
        best = sorted(
            _best_matches(answers).values(), key=lambda one: (-one.score, one.listing.key)
        )
        for match in best:
            listing = match.listing
            if match.score < NAME_SCORE_NOTED or listing.key in others:
                continue
            theirs = births_words(listing.details.births)
            against = f"born {births_words(sought.spans)}, the listed {theirs}"
            tie = _Tie(listing, Identity.RESEMBLES, match.in_force, "name", (against,))
            yield self._listed_as(listing.key, [tie], match)

    def _listed_as(self, key: str, ties: Sequence[_Tie], match: Match | None) -> ListedAs:
        listed = _listed_as(key, ties, match, self.asked)
        listing = min(ties, key=_surest).listing
        known = as_known(listing, self.index.about, self.asked.known_at)
        if known is listing:
            return listed
        return msgspec.structs.replace(
            listed, version_sha256=known.version_sha256, published=known.published
        )

    def _limits_of_decisions(
        self, party: Party, by_key: Mapping[str, Sequence[_Tie]]
    ) -> Iterator[str]:
        for decision in party.different_from:
            key, said = decision.listing, f"decided by {_decision_in_words(decision)}"
            ties = by_key.get(key, ())
            sure = [tie for tie in ties if tie.identity.is_sure]
            if sure:
                yield f"`{key}` is left out, {said}, although found by {sure[0].evidence}"
            if any(_has_changed(tie.listing, decision.on) for tie in ties):
                yield f"`{key}` has changed since it was {said}"
            if not ties and not self.index.of_key(key):
                yield f"`{key}`, {said}, is on no list held here"


def _best_matches(answers: Iterable[PartyAnswer]) -> dict[str, Match]:
    """The best match of any name of the party with each entry."""
    best: dict[str, Match] = {}
    for answer in answers:
        for match in answer.matches:
            before = best.get(match.listing.key)
            if before is None or match.score > before.score:
                best[match.listing.key] = match
    return best


def _tie_of_name(sought: Sought, match: Match) -> _Tie:
    against = births_against(match.birth_evidence)
    numbers = number_conflicts_of(sought, match.listing)
    return _Tie(
        match.listing,
        Identity.RESEMBLES,
        match.in_force,
        ", ".join(filter(None, ("name", births_for(match.birth_evidence)))),
        (*filter(None, (against,)), *numbers),
    )


def _listed_as(key: str, ties: Sequence[_Tie], match: Match | None, asked: Asked) -> ListedAs:
    """One entry from all that ties the party to it."""
    by_rank = sorted(ties, key=_surest) if len(ties) > 1 else ties
    best = by_rank[0]
    evidence = dict.fromkeys([tie.evidence for tie in by_rank])
    listing, details, listed = best.listing, best.listing.details, best.listing.listed
    return ListedAs(
        key=key,
        authority=listing.authority,
        list_id=listing.list_id,
        name=listing.names[0].value if match is None else match.name.value,
        identity=best.identity,
        in_force=best.in_force,
        schema=listing.schema,
        names=tuple([name.value for name in listing.names]),
        programmes=listing.programmes,
        measures=details.measures,
        acts=details.acts,
        certainty=details.certainty,
        links=details.links,
        listed_from=listed.began_by if listed.is_beginning_stated else listing.listed_on,
        listed_until=listed.ended_by if listed.is_end_stated else None,
        unknown_between=None if asked.as_of is None else listed.unknown_between(asked.as_of),
        score=None if match is None else match.score,
        evidence="; ".join(evidence),
        conflicts=best.conflicts,
        version_sha256=listing.version_sha256,
        published=listing.published,
    )


def _surest(tie: _Tie) -> int:
    return _SUREST[tie.identity]


def _order(direct: Set[str], one: ListedAs) -> tuple[int, bool, int, float, str]:
    """The surest first, then those that the party itself leads to, then the best."""
    is_brought = one.key not in direct
    score = one.score or 0.0
    return _SUREST[one.identity], is_brought, _FORCE[one.in_force], -score, one.key


def _has_changed(listing: IndexedListing, since: date | None) -> bool:
    """True if an entry surely had another content on an earlier day."""
    after = listing.form.began_after
    return since is not None and after is not None and since <= after


def _decision_in_words(decision: Decision) -> str:
    on = f" on {decision.on}" if decision.on else ""
    return f"{decision.by}{on}: {decision.reason}"


def _unknown(key: str, index: Index, path: str, *, was_known_later: bool) -> ActError:
    if was_known_later:
        return ActError(
            f"no list held `{key}` by what was known at that moment",
            hint="leave it out, or ask by what is known now",
            path=path,
        )
    near = near_keys(index, key)
    return ActError(
        f"no list that is held has `{key}`",
        hint=f"the nearest are {', '.join(f'`{one}`' for one in near)}"
        if near
        else "see what is held with `article41 lists entries`",
        path=path,
    )
