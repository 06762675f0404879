"""`article41 lists feeds`: where each list comes from and how it stands with getting it."""

import enum
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from article41.checks.currency import aging_until, is_stale
from article41.faces.cli.opening import known_feeds
from article41.faces.cli.options import with_json, with_known_at, with_store
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.settings import now
from article41.model.errors import StoreError
from article41.model.letters import legible
from article41.sources.registry import Feed
from article41.store import AttemptOutcome, FeedState, read_feeds


class Currency(enum.Enum):
    """How current a list is."""

    CURRENT = "current"
    """It was confirmed not longer ago than it may be."""
    STALE = "stale"
    """It was confirmed longer ago."""
    FAILING = "failing"
    """The last attempt failed."""
    NEVER_ASKED = "never-asked"
    """Nobody has asked for it yet."""
    RETIRED = "retired"
    """Its authority publishes it no more."""


class KnownFeed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed as `lists feeds --json` writes it."""

    list: str
    """Which list."""
    authority: str
    """Who publishes it."""
    title: str
    """The authority's name for it."""
    enabled: bool
    """True if `lists update` asks for it unnamed."""
    currency: Currency
    """How current it is."""
    last_at: datetime | None
    """The last attempt."""
    last_outcome: AttemptOutcome | None
    """What came of it."""
    detail: str
    """Why it failed, if it did."""
    confirmed_at: datetime | None
    """When what is held was last brought or confirmed."""
    failing_since: datetime | None
    """The first failure after that."""
    sources: tuple[str, ...]
    """Addresses, or files that stand in for them."""
    table: str | None
    """The description by which its table is read; absent if its format is known."""
    mirrors: tuple[str, ...]
    """Asked second."""
    rhythm: str
    """How often it changes."""
    terms: str
    """On what terms it may be used."""
    age_max_hours: int
    """How long after the last confirmation it counts as current."""
    retired_on: date | None
    """Since when its authority publishes it no more."""


@click.command()
@with_known_at
@with_json
@with_store
def feeds(*, known_at: datetime | None, as_json: bool, folder: Path) -> None:
    """Show where each list comes from, when it was last asked for, and how that went.

    With --known-at how it stood at that moment; addresses and terms are those of today.
    """
    moment = known_at or now()
    found = [_known(feed, state, moment) for feed, state in _with_states(folder, known_at)]
    if as_json:
        write_json(found)
    else:
        pen = Pen.for_stdout()
        write_lines(line for one in found for line in _lines(one, pen))


def _with_states(
    folder: Path, known_at: datetime | None
) -> Iterator[tuple[Feed, FeedState | None]]:
    known = known_feeds(folder)
    try:
        states = read_feeds(folder, until=known_at)
    except StoreError as error:
        if type(error) is not StoreError:
            raise
        states = {}  # Without a store nothing was asked for yet.
    for list_id, feed in known.items():
        yield feed, states.get(list_id)


def _known(feed: Feed, state: FeedState | None, moment: datetime) -> KnownFeed:
    return KnownFeed(
        list=feed.id,
        authority=feed.authority,
        title=feed.title,
        enabled=feed.enabled,
        currency=_currency(feed, state, moment),
        last_at=None if state is None else state.last.at,
        last_outcome=None if state is None else state.last.outcome,
        detail="" if state is None else state.last.detail,
        confirmed_at=None if state is None else state.confirmed_at,
        failing_since=None if state is None else state.failing_since,
        sources=tuple(map(str, feed.files)) or feed.addresses,
        table=None if feed.table is None else str(feed.table),
        mirrors=feed.mirrors,
        rhythm=feed.rhythm,
        terms=feed.terms,
        age_max_hours=feed.age_max_hours,
        retired_on=feed.retired_on,
    )


def _currency(feed: Feed, state: FeedState | None, moment: datetime) -> Currency:
    if feed.is_retired(moment.date()):
        return Currency.RETIRED
    if state is None:
        return Currency.NEVER_ASKED
    if state.last.outcome.is_failure:
        return Currency.FAILING
    at = aging_until(moment.date(), now=moment)
    if state.confirmed_at is None or is_stale(state.confirmed_at, at=at, feed=feed):
        return Currency.STALE
    return Currency.CURRENT


def _lines(one: KnownFeed, pen: Pen) -> Iterator[str]:
    yield f"{pen.bold(one.list)}  {one.authority}: {legible(one.title)}"
    words = [one.currency.value.replace("-", " ")]
    words += [] if one.enabled else ["not enabled"]
    words += [f"closed on {one.retired_on}"] if one.retired_on else []
    words += [f"confirmed {_moment(one.confirmed_at)}"] if one.confirmed_at else []
    words += [f"failing since {_moment(one.failing_since)}"] if one.failing_since else []
    yield f"  state   {', '.join(words)}"
    if one.last_at is not None and one.last_outcome is not None:
        detail = f": {legible(one.detail)}" if one.detail else ""
        yield f"  last    {_moment(one.last_at)}, {one.last_outcome.value}{detail}"
    for source in one.sources:
        yield f"  from    {legible(source)}"
    if one.table is not None:
        yield f"  read by {legible(one.table)}"
    yield f"  rhythm  {legible(one.rhythm)}; current for {one.age_max_hours} hours"
    yield f"  terms   {legible(one.terms)}"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
