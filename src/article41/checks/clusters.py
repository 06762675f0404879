"""Which entries of different authorities are one target: clusters of links, each with its reason.

A cluster merges nothing: entries keep their own listings, dates and measures, and a decision takes
any link back. Names alone never join two entries of one list.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import UTC, date, datetime
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
from article41.model.clocks import Bounds, is_known, may_have_held
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
    """When each entry in them, and in conflicts, was listed, by key."""

    def may_have_stood(self, key: str, day: date) -> bool:
        """True if an entry stood on a day, or nobody says that it did not."""
        return may_have_held(self.listed.get(key, ()), day)

    def on(self, day: date) -> "Clusters":
        """The targets, links and conflicts of entries that stood, or may have stood, on a day."""

        def stood(link: Link) -> bool:
            return self.may_have_stood(link.left, day) and self.may_have_stood(link.right, day)

        standing = (
            tuple(key for key in cluster if self.may_have_stood(key, day))
            for cluster in self.clusters
        )
        return msgspec.structs.replace(
            self,
            links=tuple(filter(stood, self.links)),
            conflicts=tuple(filter(stood, self.conflicts)),
            clusters=tuple(cluster for cluster in standing if len(cluster) > 1),
        )


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
        as_of: Leaves out the other entries that did not stand on the day; all links stay, since
            they may pass through an entry of another day.
    """

    def __init__(self, found: Clusters, *, as_of: date | None = None) -> None:
        """Note which links touch which entry."""
        self._found = found
        self._as_of = as_of
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
        cluster = self._cluster_by_key.get(key, (key,))
        keys = tuple(one for one in cluster if one == key or self._is_shown(one))
        linked = cluster if len(keys) > 1 else ()
        apart = [link for one in keys for link in self._conflicts.get(one, ())]
        conflicts = {
            (link.left, link.right): link
            for link in apart
            if all(end in keys or self._is_shown(end) for end in (link.left, link.right))
        }
        return Target(
            keys=keys,
            links=tuple(link for one in linked for link in self._links.get(one, ())),
            conflicts=tuple(conflicts[pair] for pair in sorted(conflicts)),
        )

    def _is_shown(self, key: str) -> bool:
        return self._as_of is None or self._found.may_have_stood(key, self._as_of)


def clusters_of(store: "Store", index: Index, *, known_at: datetime | None = None) -> Clusters:
    """Link the entries of all lists of a store, past ones included.

    Args:
        store: What to link.
        index: Its index of names.
        known_at: By what was known, and decided, at this moment, with its zone; now if absent.

    Raises:
        InputError: The moment has no zone.
    """
    listings: dict[str, Listing] = {}
    listed: dict[str, list[Bounds]] = {}
    for one in store.records():
        if is_known(one, known_at):
            listings[one.listing.key] = one.listing
            listed.setdefault(one.listing.key, []).append(one.listed)
    decisions = store.link_decisions(known_at=known_at)
    found = [
        *decided(decisions),
        *published(listings),
        *by_number(listings),
        *by_name(listings, index, known_at=known_at),
    ]
    parted = {one.pair for one in decisions if one.verdict is LinkVerdict.DIFFERENT}
    made = joined(found, parted, are_one=partial(_are_one, listings))
    moments = [
        *(seen.known_at for version in store.versions() for seen in version.sightings),
        *(one.decided_at for one in decisions),
    ]
    known = [moment for moment in moments if known_at is None or moment <= known_at]
    linked = {key for cluster in made.clusters for key in cluster}
    apart = {key for link in made.conflicts for key in (link.left, link.right)}
    return msgspec.structs.replace(
        made,
        known_from=max(known, default=made.known_from),
        listed={
            key: tuple(dict.fromkeys(listed[key]))
            for key in sorted(linked | apart)
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
