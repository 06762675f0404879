"""Gives what every list said, with its bounds, from the history and the contents.

Only numbers are in memory until the order is settled; the listings are read last.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from article41.model.clocks import Interval, is_known
from article41.store import reading
from article41.store.contents import Places
from article41.store.held import HeldVersion, TimedListing
from article41.store.history import Entry, History, history


def records(connection: Connection, folder: Path, generation: str) -> Iterator[TimedListing]:
    """Everything every list said, by list, number, beginning, then `known_from`."""
    yield from _timed(connection, history(connection, folder, generation), lambda _: True)


def records_of(
    connection: Connection, folder: Path, generation: str, keys: Iterable[str]
) -> Iterator[TimedListing]:
    """Everything the lists said of some entries, in the same order."""
    ids_by_list: dict[str, set[str]] = {}
    for key in keys:
        list_id, _, listing_id = key.partition("/")
        ids_by_list.setdefault(list_id, set()).add(listing_id)
    made = history(connection, folder, generation)
    own = {
        list_id: tuple(one for one in made.lists.get(list_id, ()) if one.listing_id in ids)
        for list_id, ids in ids_by_list.items()
    }
    yield from _timed(connection, History(made.bounds, own), lambda _: True)


def standing_during(
    connection: Connection,
    folder: Path,
    generation: str,
    *,
    during: Interval,
    known_at: datetime | None,
    list_id: str | None,
) -> Iterator[TimedListing]:
    """What may have stood on the lists on one of the days, by what one moment knew."""
    made = history(connection, folder, generation)
    may_stand = [bounds.may_hold_during(during) for bounds in made.bounds]
    lists = {name: own for name, own in made.lists.items() if list_id in {None, name}}

    def is_wanted(one: Entry) -> bool:
        return may_stand[one.form] and is_known(one, known_at)

    wanted = History(made.bounds, lists)
    yield from _timed(connection, wanted, is_wanted)


def _timed(
    connection: Connection, made: History, is_wanted: Callable[[Entry], bool]
) -> Iterator[TimedListing]:
    held = reading.versions(connection)
    for list_id, group in groupby(held, key=lambda version: version.list_id):
        entries = [one for one in made.lists.get(list_id, ()) if is_wanted(one)]
        yield from _list_records(connection, tuple(group), entries, made)


def _list_records(
    connection: Connection,
    versions: tuple[HeldVersion, ...],
    entries: list[Entry],
    made: History,
) -> Iterator[TimedListing]:
    version_by_number = {version.number: version for version in versions}
    places = _places(connection, entries)
    placed = ((one.content, places[one.version, one.content]) for one in entries)
    for one, listing in zip(entries, reading.listings(connection, placed), strict=True):
        yield TimedListing(
            listing=listing,
            version=version_by_number[one.version],
            form=made.bounds[one.form],
            listed=made.bounds[one.listed],
            narrowed_by=one.narrowed_by,
            known_from=one.known_from,
            known_until=one.known_until,
        )


def _places(connection: Connection, entries: list[Entry]) -> dict[tuple[int, int], Places]:
    """Where contents stand in their versions, with one roll in memory at a time."""
    wanted: dict[int, set[int]] = {}
    for one in entries:
        wanted.setdefault(one.version, set()).add(one.content)
    found: dict[tuple[int, int], Places] = {}
    for number, numbers in wanted.items():
        roll = reading.roll_of(connection, number)
        for content, places in roll.pairs():
            if content in numbers:
                found[number, content] = places
    return found
