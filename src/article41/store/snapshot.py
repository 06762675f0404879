"""Lays out what every list said on every day, as it was known at every moment.

A content holds from the day of the first version that has it until the day of the first later
version that has not; the authority's own dates of listing and delisting go before these. Only
numbers are in memory until the order is settled; the listings are read last.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby

from sqlalchemy import Connection, or_, select

from article41.store import reading
from article41.store.contents import Places
from article41.store.held import HeldVersion, TimedListing
from article41.store.schema import CONTENTS
from article41.store.timeline import OPEN_END, Belief, Stated, Timeline

ROLLS_KEPT = 4


def records(connection: Connection) -> Iterator[TimedListing]:
    """Everything every list said, by list, number, `valid_from`, then `known_from`."""
    held = reading.versions(connection)
    for _, group in groupby(held, key=lambda version: version.list_id):
        yield from _list_records(connection, tuple(group))


def _list_records(
    connection: Connection, versions: tuple[HeldVersion, ...]
) -> Iterator[TimedListing]:
    version_by_number = {version.number: version for version in versions}
    beliefs = _beliefs(connection, versions)
    places = _places(connection, beliefs)
    placed = ((one.span.content, places[one.version, one.span.content]) for one in beliefs)
    for one, listing in zip(beliefs, reading.listings(connection, placed), strict=True):
        until = one.span.valid_until
        yield TimedListing(
            listing=listing,
            version=version_by_number[one.version],
            valid_from=one.span.valid_from,
            valid_until=None if until == OPEN_END else until,
            known_from=one.known_from,
            known_until=one.known_until,
        )


def _beliefs(connection: Connection, versions: tuple[HeldVersion, ...]) -> list[Belief]:
    list_id = versions[0].list_id
    query = select(CONTENTS.c.number, CONTENTS.c.listing_id).where(CONTENTS.c.list_id == list_id)
    id_by_content = {row.number: row.listing_id for row in connection.execute(query)}

    @lru_cache(ROLLS_KEPT)
    def contents_of(number: int) -> Mapping[str, int]:
        numbers = reading.roll_of(connection, number).contents
        return {id_by_content[content]: content for content in numbers}

    timeline = Timeline(versions, contents_of=contents_of, stated=_stated(connection, list_id))
    return sorted(
        timeline.beliefs(),
        key=lambda one: (one.listing_id, one.span.valid_from or date.min, one.known_from),
    )


def _places(connection: Connection, beliefs: list[Belief]) -> dict[tuple[int, int], Places]:
    """Where the contents of the beliefs stand, with one roll in memory at a time."""
    wanted: dict[int, set[int]] = {}
    for one in beliefs:
        wanted.setdefault(one.version, set()).add(one.span.content)
    found: dict[tuple[int, int], Places] = {}
    for number, numbers in wanted.items():
        roll = reading.roll_of(connection, number)
        for content, places in roll.pairs():
            if content in numbers:
                found[number, content] = places
    return found


def _stated(connection: Connection, list_id: str) -> dict[int, Stated]:
    listed, delisted = CONTENTS.c.listed_on, CONTENTS.c.delisted_on
    query = select(CONTENTS.c.number, listed, delisted).where(
        CONTENTS.c.list_id == list_id, or_(listed.is_not(None), delisted.is_not(None))
    )
    return {
        row.number: Stated(
            date.fromisoformat(row.listed_on) if row.listed_on else None,
            date.fromisoformat(row.delisted_on) if row.delisted_on else None,
        )
        for row in connection.execute(query)
    }
