"""What a store has, and what it lacks, before anybody asks it anything. It builds nothing."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from article41.checks.coverage import Coverage, coverage_of
from article41.checks.currency import aging_until
from article41.checks.indexing import INDEX_FILE, indexed_lists, indexing_code
from article41.law.needs import ListNeed
from article41.match import SCORER, About, Index
from article41.model.errors import IndexFileError
from article41.model.terms import Term
from article41.sources.registry import Feed
from article41.store import read_feeds

if TYPE_CHECKING:
    from article41.store import Store


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
    """The lists that would do and can be fetched; none if none can be read yet."""


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
    held: frozenset[str], needs: tuple[ListNeed, ...], feeds: Mapping[str, Feed]
) -> list[Lacking]:
    """The jurisdictions of which no whole set of lists is held, each once.

    Args:
        held: The lists that are held.
        needs: What each jurisdiction needs.
        feeds: Where lists come from.
    """
    found: dict[str, dict[str, None]] = {}
    for need in needs:
        whole = [one.lists for one in need.any_of if one.is_whole]
        if any(held.issuperset(one) for one in whole):
            continue
        fetched = [one for one in whole if all(is_fetched(feeds.get(each)) for each in one)]
        lists = found.setdefault(need.jurisdiction, {})
        lists.update(dict.fromkeys(one for one in (fetched or [()])[0] if one not in held))
    return [Lacking(jurisdiction=key, lists=tuple(lists)) for key, lists in found.items()]


def is_fetched(feed: Feed | None) -> bool:
    """True if an update brings a list."""
    return feed is not None and feed.enabled and feed.retired_on is None
