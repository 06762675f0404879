"""What limits an answer that comes from the store itself, where no name is compared.

It says of a day and a moment what the coverage of a match says, and needs no index.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from article41.checks.coverage import Finding, feeds_until, findings_of_lists
from article41.checks.currency import aging_until
from article41.checks.indexing import indexed_lists
from article41.model.clocks import day_asked, refuse_zoneless
from article41.sources.registry import Feed
from article41.store import read_feeds

if TYPE_CHECKING:
    from article41.store import Store


def limits_of(
    store: "Store",
    list_ids: Collection[str] = (),
    *,
    as_of: date | None,
    known_at: datetime | None,
    now: datetime,
    feeds: Mapping[str, Feed],
) -> tuple[Finding, ...]:
    """What limits that lists say of a day, by what a moment knew: how old they are, what they lack.

    Args:
        store: What is asked.
        list_ids: The lists that are asked; all, and those that could not be got, if empty.
        as_of: The day in force; the newest versions' if absent.
        known_at: The moment known, with its zone; the newest if absent.
        now: The present moment, up to which lists age where the day is not over.
        feeds: Where lists come from, by list.

    Raises:
        InputError: The moment has no zone.
    """
    if known_at is not None:
        refuse_zoneless(known_at)
    day = as_of or day_asked(known_at, now.date())
    states = read_feeds(store.folder, until=feeds_until(as_of, known_at))
    return tuple(
        findings_of_lists(
            [
                one.coverage(as_of=as_of, known_at=known_at)
                for one in indexed_lists(store)
                if not list_ids or one.list_id in list_ids
            ],
            known_at=known_at,
            aging_until=aging_until(day, now=now, known_at=known_at),
            feeds=feeds,
            states={
                list_id: state
                for list_id, state in states.items()
                if not list_ids or list_id in list_ids
            },
        )
    )
