"""What an answer rests on and what limits it: versions, gaps, days unknown, names not compared.

A finding is part of the answer; it is never an error and never left out.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import chain
from types import MappingProxyType

import msgspec

from article41.checks.currency import age_words, confirmed_at, current_since, is_stale
from article41.match import About, Answer, ListCoverage, ListStanding, Scorer
from article41.sources.registry import Feed
from article41.store import FeedState, is_shrinkage


class FindingKind(enum.Enum):
    """What limits an answer."""

    GAP = "gap"
    """The publication lacks something that belongs to it."""
    SHRUNKEN = "shrunken"
    """The version has far fewer entries than the one before it."""
    NOT_KNOWN_BEFORE = "not-known-before"
    """The list is not known of so early a day: what was removed before it is missing."""
    NOT_KNOWN_AT = "not-known-at"
    """Nothing of the list was known at the moment; none of it was compared."""
    LISTED_NAMES_CUT_SHORT = "listed-names-cut-short"
    """Names on the list are longer than what is compared."""
    LISTED_NAMES_NOT_COMPARED = "listed-names-not-compared"
    """Names on the list have no legible letter."""
    STALE = "stale"
    """Since its version was published or last confirmed, more hours have passed than may."""
    AGE_NOT_KNOWN = "age-not-known"
    """Nobody said when its version was published, nor did its feed confirm it."""
    FEED_FAILED = "feed-failed"
    """Whoever last asked the authority got nothing that is taken for the list."""
    RETIRED = "retired"
    """The authority publishes the list no more."""
    INDEX_BEHIND = "index-behind"
    """More of the list came to the store since the index was built that was asked."""
    NAME_CUT_SHORT = "name-cut-short"
    """The name asked about is longer than what is compared."""
    NAME_NOT_COMPARED = "name-not-compared"
    """The name asked about has no legible letter."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, rename={"list_id": "list"}):
    """One limit of an answer.

    Example:
        >>> Finding(kind=FindingKind.GAP, list_id="xa-main", detail="aliases").kind.value
        'gap'
    """

    kind: FindingKind
    """What limits it."""
    list_id: str = ""
    """The list that is limited; empty where it is the question."""
    detail: str
    """What the list lacks, its entries and those before, the first day known, the moment, how many
    names, the age, the day of adding, why the feed failed, the last day of a retired list, when the
    first came that the index lacks, or the name asked about."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What every answer about one day rests on, by what one moment knew.

    Example:
        >>> from article41.match import SCORER
        >>> about = About(generation="none", lists=(), scorer=SCORER)
        >>> coverage_of(about, as_of=None, known_at=None).findings
        ()
    """

    as_of: date | None
    """The day in force; absent for the newest versions."""
    known_at: datetime | None
    """The moment known; absent for the newest."""
    lists: tuple[ListCoverage, ...]
    """The lists, each in the version that stood then."""
    findings: tuple[Finding, ...]
    """What limits every such answer."""
    scorer: Scorer
    """What defines the scores."""

    @property
    def knows_a_list(self) -> bool:
        """True if something of a list was known at the moment; else nothing can be compared."""
        return any(one.first_day is not None for one in self.lists)


def coverage_of(
    about: About,
    *,
    as_of: date | None,
    known_at: datetime | None,
    aging_until: datetime | None = None,
    feeds: Mapping[str, Feed] = MappingProxyType({}),
    states: Mapping[str, FeedState] = MappingProxyType({}),
    added: Mapping[str, datetime] = MappingProxyType({}),
) -> Coverage:
    """What an index has to answer a question about a day, by what a moment knew.

    Args:
        about: What the index was built from.
        as_of: The day in force; the newest versions' if absent.
        known_at: The moment known; the newest if absent.
        aging_until: The moment up to which lists age; without it nobody can tell how old they are.
        feeds: Where lists come from, by list.
        states: How it stood with asking for them, up to `feeds_until`, by list.
        added: When the first publication came that the index lacks, by list.

    Raises:
        InputError: The moment has no time zone.
    """
    lists = about.coverage(as_of=as_of, known_at=known_at)
    findings = findings_of_lists(
        lists, known_at=known_at, aging_until=aging_until, feeds=feeds, states=states
    )
    findings += [
        Finding(kind=FindingKind.INDEX_BEHIND, list_id=list_id, detail=came_at.isoformat())
        for list_id, came_at in added.items()
        if known_at is None or came_at <= known_at
    ]
    return Coverage(
        as_of=as_of,
        known_at=known_at,
        lists=lists,
        findings=tuple(findings),
        scorer=about.scorer,
    )


def findings_of_lists(
    lists: Sequence[ListCoverage],
    *,
    known_at: datetime | None,
    aging_until: datetime | None,
    feeds: Mapping[str, Feed],
    states: Mapping[str, FeedState],
) -> list[Finding]:
    """What limits an answer from some lists, and which lists could not be got at all.

    Args:
        lists: Each in the version that stood then.
        known_at: The moment known; the newest if absent.
        aging_until: As for `coverage_of`.
        feeds: As for `coverage_of`.
        states: As for `coverage_of`.
    """
    held = {one.list_id for one in lists}
    of_held = (
        (
            *_of_list(one, known_at),
            *_of_feed(one, aging_until, feeds.get(one.list_id), states.get(one.list_id)),
        )
        for one in lists
    )
    of_others = (
        _of_failure(list_id, state)
        for list_id, state in states.items()
        if list_id not in held and (list_id not in feeds or feeds[list_id].enabled)
    )
    return [*chain.from_iterable(of_held), *chain.from_iterable(of_others)]


def feeds_until(as_of: date | None, known_at: datetime | None) -> datetime | None:
    """Up to which moment attempts to get a list say something about an answer; all if None.

    Example:
        >>> feeds_until(date(2024, 1, 2), None).isoformat()
        '2024-01-02T23:59:59.999999+00:00'
    """
    if as_of is None:
        return known_at
    end = datetime.combine(as_of, time.max, tzinfo=UTC)
    return end if known_at is None else min(end, known_at)


def findings_of_name(name: str, answer: Answer) -> tuple[Finding, ...]:
    """What limits one answer beside its coverage: a name not compared in full, or not at all."""
    cut = (FindingKind.NAME_CUT_SHORT,) if answer.is_cut else ()
    empty = (FindingKind.NAME_NOT_COMPARED,) if answer.is_empty else ()
    return tuple(Finding(kind=kind, detail=name) for kind in cut + empty)


def _of_list(one: ListCoverage, known_at: datetime | None) -> Iterator[Finding]:
    if one.first_day is None:
        moment = "" if known_at is None else known_at.isoformat()
        yield Finding(kind=FindingKind.NOT_KNOWN_AT, list_id=one.list_id, detail=moment)
        return
    if one.version is None:
        day = one.first_day.isoformat()
        yield Finding(kind=FindingKind.NOT_KNOWN_BEFORE, list_id=one.list_id, detail=day)
    else:
        for gap in one.version.gaps:
            yield Finding(kind=FindingKind.GAP, list_id=one.list_id, detail=gap)
        yield from _of_size(one.list_id, one.version, one.before)
    for kind, count in (
        (FindingKind.LISTED_NAMES_CUT_SHORT, one.names_cut),
        (FindingKind.LISTED_NAMES_NOT_COMPARED, one.names_empty),
    ):
        if count:
            yield Finding(kind=kind, list_id=one.list_id, detail=str(count))


def _of_size(list_id: str, version: ListStanding, before: ListStanding | None) -> Iterator[Finding]:
    if before is None:
        return
    had, has = before.listings, version.listings
    if is_shrinkage(had, has, days=(version.day - before.day).days):
        detail = f"{has:,} entries where the version of {before.day} has {had:,}"
        yield Finding(kind=FindingKind.SHRUNKEN, list_id=list_id, detail=detail)


def _of_feed(
    one: ListCoverage, at: datetime | None, feed: Feed | None, state: FeedState | None
) -> Iterator[Finding]:
    """How current the list is at a moment; without one nobody can tell its age."""
    if feed is not None and feed.is_retired(at and at.date()):
        yield Finding(kind=FindingKind.RETIRED, list_id=one.list_id, detail=f"{feed.retired_on}")
    if state is not None:
        yield from _of_failure(one.list_id, state)
    if one.version is None or at is None:
        return
    if one.version.published is None and confirmed_at(one.version, state) is None:
        known = one.version.known_from.date()
        yield Finding(kind=FindingKind.AGE_NOT_KNOWN, list_id=one.list_id, detail=f"{known}")
    since = current_since(one.version, state)
    if is_stale(since, at=at, feed=feed):
        age = age_words(since, at=at)
        yield Finding(kind=FindingKind.STALE, list_id=one.list_id, detail=age)


def _of_failure(list_id: str, state: FeedState) -> Iterator[Finding]:
    if not state.last.outcome.is_failure:
        return
    good = (
        "its feed has confirmed nothing yet"
        if state.confirmed_at is None
        else f"what is held was last confirmed on {state.confirmed_at.date()}"
    )
    yield Finding(
        kind=FindingKind.FEED_FAILED,
        list_id=list_id,
        detail=f"{state.last.outcome.value}: {state.last.detail}; {good}",
    )
