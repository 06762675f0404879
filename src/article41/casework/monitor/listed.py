"""Which entries two states of the lists do not show alike, and who is to be asked about again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from article41.casework.monitor.register import Register
from article41.checks.entries import Asked
from article41.match import About, Index, IndexedListing, listed_number_keys
from article41.match.customers import CustomerIndex
from article41.model.clocks import Interval, is_known


class State(NamedTuple):
    """What of the lists a question is compared with."""

    known_at: datetime | None
    """The moment known; the newest if absent."""
    days: Interval
    """What stood, or may have stood, on one of them."""

    @classmethod
    def of(cls, asked: Asked) -> "State":
        """That of a question."""
        return cls(asked.known_at, asked.days)


class Shown(NamedTuple):
    """What an index shows of one entry in each of two states."""

    before: tuple[IndexedListing, ...]
    """Earlier; nothing if it was not listed."""
    after: tuple[IndexedListing, ...]
    """Later; nothing if it is listed no more."""


def changed_entries(
    index: Index, before: State, after: State, *, list_id: str | None = None
) -> Mapping[str, Shown]:
    """The entries of which the two states do not show the same, by key.

    An index holds whatever was ever known, so that both states are read from it.

    Args:
        index: Of the lists.
        before: The earlier state.
        after: The later one.
        list_id: Of one list; of all if absent.
    """
    keys = dict.fromkeys(
        one.key
        for one in index.listings()
        if list_id in {None, one.list_id} and is_shown(one, before) is not is_shown(one, after)
    )
    return {key: _shown(index.of_key(key), before, after) for key in keys}


def is_shown(listing: IndexedListing, state: State) -> bool:
    """True if a question of that day and moment is compared with a record."""
    return listing.form.may_hold_during(state.days) and is_known(listing.details, state.known_at)


def is_listed(index: Index, key: str, state: State) -> bool:
    """True if an entry stands on its list, or may."""
    return any(is_shown(one, state) for one in index.of_key(key))


def touched(
    register: Register,
    index: CustomerIndex,
    listings: Sequence[IndexedListing],
    *,
    threshold: float,
) -> set[str]:
    """The ids of the customers whom an entry resembles, or whose number it prints."""
    if not listings:
        return set()
    keys = {
        key
        for one in listings
        for number in one.details.numbers
        for key in listed_number_keys(number.kind, number.value)
    }
    resembling = index.resembling(listings, threshold=threshold)
    return resembling | register.with_numbers(sorted(keys))


def newest_moment(about: About, *, by: datetime | None = None) -> datetime | None:
    """The last moment at which what an index holds was learned; nothing if it holds nothing.

    Args:
        about: The index.
        by: What was learned after it does not count; all does if absent.
    """
    moments = (
        moment
        for one in about.lists
        for standing in one.standings
        for moment in (standing.known_from, standing.known_until)
        if moment is not None and (by is None or moment <= by)
    )
    return max(moments, default=None)


def _shown(records: Sequence[IndexedListing], before: State, after: State) -> Shown:
    return Shown(
        tuple(one for one in records if is_shown(one, before)),
        tuple(one for one in records if is_shown(one, after)),
    )
