"""Holds customers against the lists: everybody, or those whom a change of either can touch.

What it asks is what screening everybody asks. Of a change it asks only customers whom an entry that
changed resembles, or resembled, and those who changed themselves; nobody else's alerts can differ.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from article41.casework.monitor import book
from article41.casework.monitor.alerts import (
    Alert,
    AlertChange,
    AlertMaker,
    ChangeKind,
    Ending,
    changes,
)
from article41.casework.monitor.book import Run
from article41.casework.monitor.listed import (
    State,
    changed_entries,
    is_listed,
    newest_moment,
    touched,
)
from article41.casework.monitor.register import Held, Register
from article41.checks import THRESHOLD, PartyAnswer, Screener
from article41.checks.entries import Asked
from article41.match.customers import CustomerIndex
from article41.match.index import threshold_units
from article41.model.clocks import days_asked
from article41.model.errors import InputError, StoreError
from article41.store import read_added
from article41.store.generation import ADD_FIRST
from article41.store.kept import code_sha256

Told = Callable[[AlertChange], None]
"""Is told of each alert that is new, changed or released."""
_Alerts = Mapping[str, Mapping[str, Alert]]
"""By customer, then by entry."""
SCREEN_FIRST = "screen everybody once with `article41 screen customers`"


class Moment(NamedTuple):
    """When it is asked."""

    at: datetime
    """The present moment."""
    asked_on: date
    """The present day."""
    known_at: datetime | None = None
    """By what was known then it is asked; by all that is known if absent."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between lists as they were at a moment and as they are; nothing is kept."""

    since: datetime
    """The moment."""
    list: str | None
    """The one list that was put back to it; all if absent."""
    threshold: float
    """Least score."""
    customers: int
    """Customers in the register."""
    screened: int
    """Customers that were compared; the others cannot have changed."""
    entries_changed: int
    """Entries that the lists do not show as they did."""
    new: int
    """Alerts that there were not."""
    changed: int
    """Alerts of which something is another."""
    released: int
    """Alerts that there are no more."""


class Monitor:
    """The customers of a register before the lists of a screener.

    Args:
        register: The customers, and the alerts that are kept.
        screener: The lists.
        now: The present moment and day.
        progress: Called now and then with the number of customers that have been compared.
        before_kept: Called with a run that is complete; if it raises, nothing of it is kept, and
            the next one tells the same changes.
    """

    def __init__(
        self,
        register: Register,
        screener: Screener,
        *,
        now: Moment,
        progress: Callable[[int], None] = lambda _: None,
        before_kept: Callable[[Run], None] = lambda _: None,
    ) -> None:
        """See how the lists stand."""
        self._register = register
        self._screener = screener
        self._now = now
        self._progress = progress
        self._before_kept = before_kept
        self._asked = Asked(as_of=None, known_at=now.known_at, asked_on=now.asked_on)
        self._index = screener.index
        self._maker = AlertMaker(self._index)
        known_at = newest_moment(self._index.about, by=now.known_at)
        if known_at is None:
            raise StoreError("the store holds no list", hint=ADD_FIRST)
        self._known_at = known_at

    def everybody(self, *, threshold: float = THRESHOLD, told: Told, why: str = "") -> Run:
        """Screen all customers, keep their alerts, and tell what became of those kept before.

        Args:
            threshold: Least score, above 0 and up to 1.
            told: Is told of each change, by customer and entry.
            why: Why everybody is screened where a change was asked for.

        Raises:
            InputError: The threshold is outside its range.
            StoreError: The alerts cannot be kept; then nothing is.
        """
        threshold_units(threshold)
        register = self._register
        with register.database.writing() as connection:
            before = book.last_run(connection)
            count = _Count(before, told)
            for chunk, after in self._compared(register.chunks(), threshold):
                kept = book.alerts_between(connection, chunk[0].id, chunk[-1].id)
                self._keep(connection, count, chunk, kept, after)
            return self._finish(connection, count, threshold, entries_changed=None, why=why)

    def since_last(self, *, threshold: float | None = None, told: Told) -> Run:
        """Do what `everybody` would do, by asking only those whom it can concern.

        Everybody is screened where the alerts kept cannot be compared: another release made them.

        Args:
            threshold: The one of the last run if absent.
            told: Is told of each change, by customer and entry.

        Raises:
            InputError: Nobody was ever screened, or the threshold was another one then.
            StoreError: The alerts cannot be kept; then nothing is.
        """
        register = self._register
        index = register.index()
        with register.database.writing() as connection:
            before = book.last_run(connection)
            if before is None:
                raise InputError("no run has been kept to compare with", hint=SCREEN_FIRST)
            _refuse_other_threshold(before, threshold)
            why = self._why_everybody(before)
            if not why:
                return self._what_changed(connection, index, before, told)
        return self.everybody(threshold=before.threshold, told=told, why=why)

    def since(
        self,
        moment: datetime,
        *,
        list_id: str | None = None,
        threshold: float = THRESHOLD,
        told: Told,
    ) -> Report:
        """Tell what differs between the lists as they were known at a moment and as they are.

        The customers are those of now. It keeps nothing.

        Args:
            moment: On our clock, with its zone.
            list_id: The one list that is put back to the moment; all if absent.
            threshold: Least score, above 0 and up to 1.
            told: Is told of each difference, by customer and entry.

        Raises:
            InputError: The threshold is outside its range, or the moment has no zone.
            IndexFileError: An index is damaged.
        """
        threshold_units(threshold)
        register = self._register
        index = register.index()
        earlier = Asked(as_of=None, known_at=moment, asked_on=self._now.asked_on)
        entries = changed_entries(
            self._index, State.of(earlier), State.of(self._asked), list_id=list_id
        )
        with register.database.reading():
            shown = [one for each in entries.values() for one in (*each.before, *each.after)]
            ids = touched(register, index, shown, threshold=threshold)
            ids |= register.changed_since(int(index.state))
            count = _Count(None, told)
            now = self._compared(register.of_ids(ids), threshold)
            then = self._compared(register.of_ids(ids), threshold, earlier)
            for (chunk, after), (_, before) in zip(now, then, strict=True):
                # What did not change is the same on both sides, or is not put back at all.
                old, new = (_of_entries(alerts, entries) for alerts in (before, after))
                count.add(self._changes(chunk, old, new, None), old, new)
                count.screened += len(chunk)
        return Report(
            since=moment,
            list=list_id,
            threshold=threshold,
            customers=register.count,
            screened=count.screened,
            entries_changed=len(entries),
            new=count.of[ChangeKind.NEW],
            changed=count.of[ChangeKind.CHANGED],
            released=count.of[ChangeKind.RELEASED],
        )

    def _why_everybody(self, before: Run) -> str:
        """Why the alerts kept cannot be compared by what changed; empty if they can."""
        if before.code != comparing_code():
            return "another release made the alerts that are kept"
        if before.generation == self._index.about.generation:
            return ""
        added = read_added(self._screener.folder, before.generation)
        if added is None:
            return "the store is not the one that the alerts kept were made with"
        if any(moment <= before.known_at for moment in added.values()):
            return "lists came to the store at the moment of the last run"
        return ""

    def _what_changed(
        self, connection: Connection, index: CustomerIndex, before: Run, told: Told
    ) -> Run:
        register, threshold = self._register, before.threshold
        earlier = State(before.known_at, days_asked(None, before.asked_on))
        entries = changed_entries(self._index, earlier, State.of(self._asked))
        shown = [one for each in entries.values() for one in each.after]
        ids = touched(register, index, shown, threshold=threshold)
        ids |= book.customers_alerted_by(connection, sorted(entries))
        # Who changed after the index was opened is not in it as he is.
        ids |= register.changed_since(min(before.revision, int(index.state)))
        count = _Count(before, told)
        for chunk, after in self._compared(register.of_ids(ids), threshold):
            kept = book.alerts_of_ids(connection, [one.id for one in chunk])
            self._keep(connection, count, chunk, kept, after)
        return self._finish(connection, count, threshold, entries_changed=len(entries), why="")

    def _compared(
        self, chunks: Iterable[list[Held]], threshold: float, asked: Asked | None = None
    ) -> Iterator[tuple[list[Held], _Alerts]]:
        """Each chunk with its alerts; while one is kept the next is asked about."""
        asked = asked or self._asked
        with ThreadPoolExecutor(max_workers=1) as asking:
            waiting: tuple[list[Held], Future[_Alerts]] | None = None
            for chunk in chunks:
                coming = (chunk, asking.submit(self._ask, chunk, threshold, asked))
                if waiting is not None:
                    yield waiting[0], waiting[1].result()
                waiting = coming
            if waiting is not None:
                yield waiting[0], waiting[1].result()

    def _ask(self, chunk: Sequence[Held], threshold: float, asked: Asked) -> _Alerts:
        customers = [one.customer for one in chunk]
        answers: list[PartyAnswer] = self._screener.screen(
            [query for one in customers for query in one.queries],
            known_at=asked.known_at,
            asked_on=self._now.asked_on,
            threshold=threshold,
        )
        alerts = self._maker.alerts(customers, answers, asked)
        return {one.id: found for one, found in zip(customers, alerts, strict=True) if found}

    def _keep(
        self,
        connection: Connection,
        count: "_Count",
        chunk: Sequence[Held],
        kept: _Alerts,
        after: _Alerts,
    ) -> None:
        found = list(self._changes(chunk, kept, after, count.before))
        book.keep_changes(connection, count.run, found)
        count.add(found, kept, after)
        count.screened += len(chunk)
        self._progress(count.screened)

    def _finish(
        self,
        connection: Connection,
        count: "_Count",
        threshold: float,
        *,
        entries_changed: int | None,
        why: str,
    ) -> Run:
        """End the alerts of those who are customers no more, and keep the run."""
        before, revision = count.before, self._register.revision
        if before is not None and before.revision != revision:
            gone = book.orphans(connection)
            ended = [
                AlertChange(kind=ChangeKind.RELEASED, alert=one, why=Ending.CUSTOMER_REMOVED)
                for alerts in gone.values()
                for one in alerts.values()
            ]
            book.keep_changes(connection, count.run, ended)
            count.add(ended, gone, {})
        run = Run(
            number=count.run,
            at=self._now.at,
            asked_on=self._now.asked_on,
            known_at=self._known_at,
            generation=self._index.about.generation,
            threshold=threshold,
            code=comparing_code(),
            revision=revision,
            customers=self._register.count,
            screened=count.screened,
            entries_changed=entries_changed,
            why_everybody=why,
            new=count.of[ChangeKind.NEW],
            changed=count.of[ChangeKind.CHANGED],
            released=count.of[ChangeKind.RELEASED],
            alerts=count.alerts,
            customers_with_alerts=count.customers_with_alerts,
        )
        book.keep_run(connection, run)
        self._before_kept(run)
        return run

    def _changes(
        self, chunk: Iterable[Held], kept: _Alerts, after: _Alerts, before: Run | None
    ) -> Iterator[AlertChange]:
        for one in chunk:
            old, new = kept.get(one.id, {}), after.get(one.id, {})
            if old or new:
                is_other = before is not None and one.revision > before.revision
                ended = {
                    key: self._why_ended(key, is_customer_changed=is_other)
                    for key in old.keys() - new.keys()
                }
                yield from changes(old, new, ended)

    def _why_ended(self, key: str, *, is_customer_changed: bool) -> Ending:
        if not is_listed(self._index, key, State.of(self._asked)):
            return Ending.NOT_LISTED
        return Ending.CUSTOMER_CHANGED if is_customer_changed else Ending.NO_RESEMBLANCE


class _Count:
    """What a run has found so far, and what of it is told on."""

    def __init__(self, before: Run | None, told: Told) -> None:
        """Begin with the figures of the run before."""
        self.before = before
        self.run = 1 if before is None else before.number + 1
        self.of = dict.fromkeys(ChangeKind, 0)
        self.screened = 0
        self.alerts = 0 if before is None else before.alerts
        self.customers_with_alerts = 0 if before is None else before.customers_with_alerts
        self._told = told

    def add(self, found: Iterable[AlertChange], kept: _Alerts, after: _Alerts) -> None:
        """Count what became of the alerts of some customers."""
        for one in found:
            self.of[one.kind] += 1
            self.alerts += {ChangeKind.NEW: 1, ChangeKind.RELEASED: -1}.get(one.kind, 0)
            self._told(one)
        self.customers_with_alerts += len(after) - len(kept)


def _of_entries(alerts: _Alerts, entries: Collection[str]) -> _Alerts:
    """The alerts on some entries alone."""
    own = {
        customer: {key: alert for key, alert in found.items() if key in entries}
        for customer, found in alerts.items()
    }
    return {customer: found for customer, found in own.items() if found}


def comparing_code() -> str:
    """The hash of all code that decides what an alert is."""
    return code_sha256("casework/monitor", "checks", "match", "model", "store")


def _refuse_other_threshold(before: Run, threshold: float | None) -> None:
    if threshold not in {None, before.threshold}:
        raise InputError(
            f"the last run had the threshold {before.threshold:g}, not {threshold:g}",
            hint="leave --threshold out, or screen everybody with the new one",
        )
