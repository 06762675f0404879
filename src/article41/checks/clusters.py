"""Which entries of different authorities are one target: clusters of links, each with its reason.

A cluster merges nothing: entries keep their own listings, dates and measures, and a decision takes
any link back. Names alone never join two entries of one list.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from article41.checks.links import (
    Link,
    LinkBasis,
    are_twins,
    by_name,
    by_number,
    decided,
    published,
)
from article41.match import Index
from article41.model.clocks import Bounds
from article41.model.listings import Listing
from article41.store import LinkVerdict

if TYPE_CHECKING:
    from article41.store import Store


class Clusters(msgspec.Struct, frozen=True, kw_only=True):
    """All targets that more than one list names."""

    links: tuple[Link, ...]
    """The links that hold, by their keys."""
    conflicts: tuple[Link, ...]
    """Links not followed: they would join what a decision parts, or two entries of one list."""
    clusters: tuple[tuple[str, ...], ...]
    """The keys of each target, in order; by their first."""
    known_from: datetime
    """When the last of what they rest on was learned: an addition or a decision."""
    listed: dict[str, tuple[Bounds, ...]]
    """When each entry in them was listed, by key."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One target with its entries and what joins them."""

    keys: tuple[str, ...]
    """Its entries, in order."""
    links: tuple[Link, ...]
    """Why they are one."""
    conflicts: tuple[Link, ...]
    """Links to other entries that were not followed."""


class Targets:
    """Finds the target of each entry, however many are asked about.

    Args:
        found: All targets.
    """

    def __init__(self, found: Clusters) -> None:
        """Note which links touch which entry."""
        self._cluster_by_key = {key: cluster for cluster in found.clusters for key in cluster}
        self._links: dict[str, list[Link]] = defaultdict(list)
        self._conflicts: dict[str, list[Link]] = defaultdict(list)
        for link in found.links:
            self._links[link.left].append(link)
        for link in found.conflicts:
            self._conflicts[link.left].append(link)
            self._conflicts[link.right].append(link)

    def of(self, key: str) -> Target:
        """The target that an entry names; the entry alone if no other names it."""
        keys = self._cluster_by_key.get(key, (key,))
        conflicts = {
            (link.left, link.right): link for one in keys for link in self._conflicts.get(one, ())
        }
        return Target(
            keys=keys,
            links=tuple(link for one in keys for link in self._links.get(one, ())),
            conflicts=tuple(conflicts[pair] for pair in sorted(conflicts)),
        )


def clusters_of(store: "Store", index: Index) -> Clusters:
    """Link the entries of all lists of a store, past ones included.

    Args:
        store: What to link.
        index: Its index of names.
    """
    listings: dict[str, Listing] = {}
    listed: dict[str, list[Bounds]] = {}
    for one in store.records():
        if one.known_until is None:
            listings[one.listing.key] = one.listing
            listed.setdefault(one.listing.key, []).append(one.listed)
    decisions = store.link_decisions()
    found = [
        *decided(decisions),
        *published(listings),
        *by_number(listings),
        *by_name(listings, index),
    ]
    parted = {one.pair for one in decisions if one.verdict is LinkVerdict.DIFFERENT}
    made = joined(found, parted, are_one=partial(_are_one, listings))
    moments = [version.sightings[-1].known_at for version in store.versions()]
    return msgspec.structs.replace(
        made,
        known_from=max([*moments, *(one.decided_at for one in decisions)], default=made.known_from),
        listed={
            key: tuple(dict.fromkeys(listed[key]))
            for cluster in made.clusters
            for key in cluster
            if key in listed
        },
    )


def joined(
    links: Sequence[Link],
    parted: Set[tuple[str, str]],
    *,
    are_one: Callable[[str, str], bool],
) -> Clusters:
    """Follow links, the strongest first, as far as nothing forbids it.

    Args:
        links: The evidence, in any order.
        parted: Pairs of keys that a decision parts; each in the order of the alphabet.
        are_one: Whether two entries of one list may be joined by evidence.
    """
    strength = {basis: place for place, basis in enumerate(LinkBasis)}

    def strongest(link: Link) -> tuple[int, float, str, str, str]:
        return strength[link.basis], -link.score, link.left, link.right, link.reason

    unique: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=strongest):
        unique.setdefault((link.left, link.right), link)
    cluster_by_key: dict[str, set[str]] = {}
    held: list[Link] = []
    conflicts: list[Link] = []
    for link in unique.values():
        left = cluster_by_key.get(link.left, {link.left})
        right = cluster_by_key.get(link.right, {link.right})
        if left is not right and _is_forbidden(left, right, parted, link.basis, are_one):
            conflicts.append(link)
            continue
        held.append(link)
        if left is not right:
            both = left | right
            cluster_by_key.update(dict.fromkeys(both, both))
    distinct = {min(keys): tuple(sorted(keys)) for keys in cluster_by_key.values()}
    return Clusters(
        links=tuple(sorted(held, key=_pair)),
        conflicts=tuple(sorted(conflicts, key=_pair)),
        clusters=tuple(distinct[key] for key in sorted(distinct)),
        known_from=datetime.min.replace(tzinfo=UTC),
        listed={},
    )


def _pair(link: Link) -> tuple[str, str]:
    return link.left, link.right


def _is_forbidden(
    left: set[str],
    right: set[str],
    parted: Set[tuple[str, str]],
    basis: LinkBasis,
    are_one: Callable[[str, str], bool],
) -> bool:
    """A decision parts them, or they hold entries of one list and only evidence joins them."""
    pairs = [(min(one, other), max(one, other)) for one in left for other in right]
    if not parted.isdisjoint(pairs):
        return True
    if basis in {LinkBasis.DECIDED, LinkBasis.PUBLISHED}:
        return False
    return not all(are_one(one, other) for one, other in pairs if _list(one) == _list(other))


def _list(key: str) -> str:
    return key.partition("/")[0]


def _are_one(listings: Mapping[str, Listing], one: str, other: str) -> bool:
    left, right = listings.get(one), listings.get(other)
    return left is not None and right is not None and are_twins(left, right)
