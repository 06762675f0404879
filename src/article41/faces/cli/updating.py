"""`article41 lists update`: asks the authorities for their lists and keeps what is new."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from article41.checks import Screener, refresh_index
from article41.checks.updating import FeedUpdate, Updater
from article41.faces.cli.failures import EXIT_FEEDS
from article41.faces.cli.naming import did_you_mean
from article41.faces.cli.opening import known_feeds
from article41.faces.cli.options import TEXT, with_json, with_store
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import Pen, notice, write_json, write_lines
from article41.faces.settings import now, today
from article41.model.errors import IndexFileError, InputError, StoreError
from article41.model.letters import legible
from article41.sources.fetch import Fetcher
from article41.sources.registry import Feed
from article41.store import Shrink, Store, at_work, updating_alone

# Every failure is told here; without a handler Python would tell the warning a second time.
logging.getLogger("article41").addHandler(logging.NullHandler())

_RETIRED_HINT = "stop relying on it, and put `enabled = false` for it into `feeds.toml`"


@click.command(epilog="Example: article41 lists update un-sc ofac-sdn")
@click.argument("list_ids", nargs=-1, metavar="[LIST]...", type=TEXT)
@click.option("--offline", is_flag=True, help="Ask no server; read only feeds that are files.")
@click.option(
    "--accept-shrink",
    is_flag=True,
    help="Keep the LISTs named though they lost more entries than is plausible.",
)
@click.option(
    "--proxy", metavar="URL", type=TEXT, help="Through this proxy; else as the environment says."
)
@with_json
@with_store
def update(
    *,
    list_ids: tuple[str, ...],
    offline: bool,
    accept_shrink: bool,
    proxy: str | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Get every list whose feed is enabled, or the LISTs named, and index what is new.

    Where anything fails, the last good version of the list stays in force, the failure is said on
    stderr and noted for every later answer, and the command ends with a code of its own. A run
    waits until another one on the same store has ended.
    """
    if accept_shrink and not list_ids:
        raise InputError(
            "which list may shrink is not said", hint="name it: lists update LIST --accept-shrink"
        )
    feeds = known_feeds(folder)
    with Store(folder) as store, updating_alone(folder, waiting=_say_waiting), at_work(folder):
        chosen = _chosen(feeds, list_ids, {one.list_id for one in store.versions()})
        if offline:
            chosen = list(_without_network(chosen))
        shrink = Shrink.ACCEPT if accept_shrink else Shrink.REFUSE
        with Fetcher(proxy=proxy) as fetcher:
            updater = Updater(store, fetcher, now=now, shrink=shrink)
            try:
                updates = _update_all(updater, chosen, as_json=as_json)
            finally:
                # What came in before a failure of the store must be found all the same.
                _index(store)
    if as_json:
        write_json(updates)
    if any(one.is_failure for one in updates):
        click.get_current_context().exit(EXIT_FEEDS)


def _say_waiting() -> None:
    notice("note: another `lists update` is at work on this store; waiting until it has ended")


def _update_all(updater: Updater, feeds: Sequence[Feed], *, as_json: bool) -> list[FeedUpdate]:
    updates = []
    width = max((len(feed.id) for feed in feeds), default=0)
    for feed in feeds:
        with progress(f"Getting {feed.id}") as advance:
            updates.append(updater.update(feed, progress=advance))
        if not as_json:
            write_lines([_line(updates[-1], width, Pen.for_stdout())])
        for line in _failure_lines(updates[-1]):
            notice(line)
    return updates


def _chosen(feeds: Mapping[str, Feed], list_ids: Sequence[str], held: set[str]) -> list[Feed]:
    """The feeds named; else those enabled, of the closed lists only what somebody relies on."""
    unknown = [list_id for list_id in list_ids if list_id not in feeds]
    if unknown:
        raise InputError(
            f"no feed of the list `{unknown[0]}` is known",
            hint=did_you_mean(unknown[0], feeds)
            + "`article41 lists feeds` shows those known; describe your own in `feeds.toml`",
        )
    if list_ids:
        return [feeds[list_id] for list_id in dict.fromkeys(list_ids)]
    return [
        feed
        for feed in feeds.values()
        if feed.enabled and (feed.id in held or not feed.is_retired(today()))
    ]


def _without_network(feeds: Sequence[Feed]) -> Iterator[Feed]:
    for feed in feeds:
        if feed.files or feed.is_retired(today()):
            yield feed
        else:
            notice(f"note: {feed.id} was not asked for: offline")


def _index(store: Store) -> None:
    """Build the index anew if it does not know what the store holds."""
    try:
        Screener(store, feeds={})
    except IndexFileError:
        with progress("Building the index") as advance:
            refresh_index(store, progress=advance)
    except StoreError:
        return  # There is nothing to index yet.


def _line(update: FeedUpdate, width: int, pen: Pen) -> str:
    entries = "nothing is held" if update.entries is None else counted(update.entries, "entry")
    day = f"published {update.published}" if update.published else f"since {update.in_force_since}"
    held = entries if update.entries is None else f"{entries}, {day}"
    if update.is_failure:
        words = held if update.entries is None else f"{held}, stays in force"
    else:
        words = f"{held} ({legible(update.detail)})" if update.detail else held
    return f"{pen.bold(f'{update.list_id:<{width}}')}  {update.outcome.value:<12}  {words}"


def _failure_lines(update: FeedUpdate) -> Iterator[str]:
    if update.is_failure:
        yield f"{update.list_id}: {update.outcome.value}: {legible(update.detail)}"
        hint = update.hint if update.outcome.is_failure else _RETIRED_HINT
        if hint:
            yield f"hint: {legible(hint)}"
