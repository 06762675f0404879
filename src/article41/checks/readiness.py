"""What a store has, and what it lacks, before anybody asks it anything. It builds nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from article41.checks.coverage import Coverage, Finding, FindingKind, coverage_of
from article41.checks.currency import aging_until
from article41.checks.held import list_words
from article41.checks.indexing import INDEX_FILE, indexed_lists, indexing_code
from article41.law.needs import ListNeed
from article41.match import SCORER, About, Index
from article41.model.errors import IndexFileError
from article41.model.terms import Term
from article41.sources.registry import Feed
from article41.store import read_feeds

if TYPE_CHECKING:
    from article41.store import Store


_NOT_WHOLE = (FindingKind.GAP, FindingKind.SHRUNKEN, FindingKind.RETIRED)
"""What makes that a list does not have all whom its authority lists, whatever its age."""


class IndexState(Term):
    """How it stands with the index of a store."""

    READY = "ready"
    """It is of what the store holds."""
    MISSING = "missing"
    """There is none."""
    BEHIND = "behind"
    """It is older than what the store holds, or another release built it."""
    UNUSABLE = "unusable"
    """It is damaged."""


class Lacking(msgspec.Struct, frozen=True, kw_only=True):
    """A jurisdiction of which no whole list is held."""

    jurisdiction: str
    """Whose law."""
    lists: tuple[str, ...]
    """The lists that would do and can be fetched, but for those that are whole; none if none can be
    read yet."""
    held: tuple[str, ...] = ()
    """What of the lists that are held makes that they are not whole."""


def state_of_index(folder: Path, generation: str) -> IndexState:
    """How it stands with the index in a folder."""
    path = folder / INDEX_FILE
    if not path.exists():
        return IndexState.MISSING
    try:
        about = Index(path).about
    except IndexFileError:
        return IndexState.UNUSABLE
    is_ready = about.generation == generation and about.code == indexing_code()
    return IndexState.READY if is_ready else IndexState.BEHIND


def coverage_of_store(store: "Store", *, now: datetime, feeds: Mapping[str, Feed]) -> Coverage:
    """What answers of today would rest on, once what the store holds is indexed."""
    about = About(
        generation=store.generation, lists=tuple(indexed_lists(store)), scorer=SCORER, code=""
    )
    return coverage_of(
        about,
        as_of=None,
        known_at=None,
        aging_until=aging_until(now.date(), now=now),
        feeds=feeds,
        states=read_feeds(store.folder, until=None),
        added={},
    )


def lacking(
    coverage: Coverage | None, needs: tuple[ListNeed, ...], feeds: Mapping[str, Feed]
) -> list[Lacking]:
    """The jurisdictions of which no whole set of lists is held, each once.

    Args:
        coverage: What is held, and what limits it; absent if nothing is.
        needs: What each jurisdiction needs.
        feeds: Where lists come from.
    """
    held = set() if coverage is None else {one.list_id for one in coverage.lists}
    faults = _faults(() if coverage is None else coverage.findings)
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for need in needs:
        sets = [one.lists for one in need.any_of if one.is_whole]
        if any(held.issuperset(one) and faults.keys().isdisjoint(one) for one in sets):
            continue
        fetched = [one for one in sets if all(is_fetched(feeds.get(each)) for each in one)]
        lists, why = found.setdefault(need.jurisdiction, ({}, {}))
        best = (fetched or [()])[0]
        lists.update(dict.fromkeys(one for one in best if one not in held or one in faults))
        for each in {each: None for one in sets for each in one if each in held}:
            why.update(dict.fromkeys(faults.get(each, ())))
    return [
        Lacking(jurisdiction=key, lists=tuple(lists), held=tuple(why))
        for key, (lists, why) in found.items()
    ]


def _faults(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """Why lists are not whole, in words, by list."""
    found: dict[str, list[str]] = {}
    for one in findings:
        if one.kind in _NOT_WHOLE:
            found.setdefault(one.list_id, []).append(list_words(one))
    return found


def is_fetched(feed: Feed | None) -> bool:
    """True if an update brings a list."""
    return feed is not None and feed.enabled and feed.retired_on is None
