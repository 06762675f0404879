"""What each publication changed, as a feed in the order in which the store learned of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from sqlalchemy import Connection

from article41.model.listings import Listing
from article41.store import reading
from article41.store.changes import Amendment, compare
from article41.store.held import Event, EventKind, HeldVersion, Standing


def events(connection: Connection, standings: Sequence[Standing]) -> Iterator[Event]:
    """The changes of every list, in the order of `known_at`, then by list."""
    found: list[Event] = []
    for _, group in groupby(standings, key=lambda one: one.version.list_id):
        placed: list[Standing] = []
        for one in sorted(group, key=lambda one: (one.known_at, one.version.number)):
            before = max(
                (other for other in placed if other.day <= one.day),
                key=lambda other: (other.day, other.known_at),
                default=None,
            )
            found += _of_one(connection, before, one)
            placed.append(one)
    return iter(sorted(found, key=lambda event: (event.known_at, event.list_id)))


def _of_one(connection: Connection, before: Standing | None, after: Standing) -> Iterator[Event]:
    version = after.version
    about = Event(
        known_at=after.known_at,
        day=after.day,
        list_id=version.list_id,
        kind=EventKind.FIRST,
        version=version.sha256,
    )
    if before is None:
        yield about
        return
    old, new = apart(connection, before.version, version)
    name_by_id = {one.id: one.entity.names[0].value for one in (*old, *new)}
    change = compare(old, new)
    replace = msgspec.structs.replace
    for kind, numbers in ((EventKind.ADDED, change.added), (EventKind.REMOVED, change.removed)):
        for number in numbers:
            yield replace(about, kind=kind, id=number, name=name_by_id[number])
    for one in change.amended:
        yield _amended(about, one, name_by_id[one.id])


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
