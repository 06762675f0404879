"""What each publication changed, as a feed in the order in which the store learned of it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec
from sqlalchemy import Connection

from article41.model.clocks import is_known
from article41.model.listings import Facet, Listing
from article41.store import reading
from article41.store.changes import Amendment, compare
from article41.store.contents import without_places
from article41.store.held import Event, EventKind, HeldVersion, Standing
from article41.store.silence import filled


def events(connection: Connection, standings: Sequence[Standing]) -> Iterator[Event]:
    """The changes of every list, in the order of `known_at`, then by list, then by day.

    Args:
        connection: Reads the contents.
        standings: Those ever known, by list: each is compared with what stood before it when it was
            learned, so that no later addition changes what has been told.
    """
    # What is learned at one moment is told by its days; a version may stand from several of them.
    order = attrgetter("known_from", "day", "version.number")
    found: list[Event] = []
    for _, group in groupby(standings, key=lambda one: one.version.list_id):
        told: list[tuple[Standing, int | None]] = []
        for one in sorted(group, key=order):
            earlier = [other for other, _ in told if _stood_before(other, one)]
            earlier.sort(key=attrgetter("day", "known_from", "version.number"))
            against = earlier[-1].version.number if earlier else None
            is_told = any(
                (other.version.number, other.known_until) == (one.version.number, one.known_from)
                and other_against == against
                for other, other_against in told
            )
            if not is_told:
                found += _of_one(connection, earlier, one)
            told.append((one, against))
    return iter(sorted(found, key=lambda event: (event.known_at, event.list_id)))


def _stood_before(other: Standing, one: Standing) -> bool:
    """True if it stood before the other one by what was known when that was learned."""
    return other.day <= one.day and is_known(other, one.known_from)


def _of_one(
    connection: Connection, earlier: Sequence[Standing], after: Standing
) -> Iterator[Event]:
    version = after.version
    about = Event(
        known_at=after.known_from,
        day=after.day,
        list_id=version.list_id,
        kind=EventKind.FIRST,
        version=version.sha256,
    )
    if not earlier:
        yield about
        return
    silent_before, silent = earlier[-1].version.report.silent_on, version.report.silent_on
    old, new = apart(connection, earlier[-1].version, version)
    spoken = set(silent_before) - set(silent)
    last = next((one for one in reversed(earlier) if _speaks_of(one.version, spoken)), None)
    if spoken and last is not None:
        old, new = _as_last_told(old, new, *apart(connection, last.version, version), spoken)
    name_by_id = {one.id: one.entity.names[0].value for one in (*old, *new)}
    change = compare(
        old,
        new,
        before_silent_on=set(silent_before) - spoken,
        after_silent_on=silent,
        are_two_forms=earlier[-1].version.kinds.isdisjoint(version.kinds),
    )
    replace = msgspec.structs.replace
    for kind, numbers in ((EventKind.ADDED, change.added), (EventKind.REMOVED, change.removed)):
        for number in numbers:
            yield replace(about, kind=kind, id=number, name=name_by_id[number])
    for one in change.amended:
        yield _amended(about, one, name_by_id[one.id])


def _speaks_of(version: HeldVersion, facets: set[Facet]) -> bool:
    return facets.isdisjoint(version.report.silent_on)


def _as_last_told(
    old: list[Listing],
    new: list[Listing],
    last_old: list[Listing],
    last_new: list[Listing],
    facets: set[Facet],
) -> tuple[list[Listing], list[Listing]]:
    """Two states, the earlier filled with what a version still before it was the last to tell.

    Args:
        old: What the earlier state has and the later one has not.
        new: What the later state has and the earlier one has not.
        last_old: What the version still before has and the later state has not.
        last_new: What the later state has and the version still before has not.
        facets: What the earlier state is silent on.
    """
    old_by_id, new_by_id = _by_id(old), _by_id(new)
    last_by_id, later_by_id = _by_id(last_old), _by_id(last_new)
    for number, one in old_by_id.items():
        # An entry that is not new since the last telling was then what it is now.
        told = last_by_id.get(number) or (None if number in later_by_id else new_by_id.get(number))
        if told is not None:
            old_by_id[number] = filled(one, told, facets)
    for number, told in last_by_id.items():
        if number in later_by_id and number not in old_by_id and number not in new_by_id:
            new_by_id[number] = later_by_id[number]
            old_by_id[number] = filled(later_by_id[number], told, facets)
    return list(old_by_id.values()), list(new_by_id.values())


def _by_id(listings: Iterable[Listing]) -> dict[str, Listing]:
    return {one.id: without_places(one) for one in listings}


def _amended(about: Event, one: Amendment, name: str) -> Event:
    return msgspec.structs.replace(
        about,
        kind=EventKind.AMENDED,
        id=one.id,
        name=name,
        fields=one.fields,
        is_material=one.is_material,
        is_rekeyed=one.is_rekeyed,
        is_other_target=one.is_other_target,
    )


def apart(
    connection: Connection, before: HeldVersion, after: HeldVersion
) -> tuple[list[Listing], list[Listing]]:
    """The listings of two versions that are not in both; what is in both is not read."""
    old = reading.roll_of(connection, before.number)
    new = reading.roll_of(connection, after.number)
    old_numbers, new_numbers = set(old.contents), set(new.contents)
    only_old = (pair for pair in old.pairs() if pair[0] not in new_numbers)
    only_new = (pair for pair in new.pairs() if pair[0] not in old_numbers)
    return (
        list(reading.listings(connection, only_old)),
        list(reading.listings(connection, only_new)),
    )
