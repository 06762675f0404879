"""The alerts that are kept, the runs that made them, and those of the past."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from article41.casework.monitor.alerts import Alert, AlertChange, ChangeKind
from article41.casework.monitor.register import selected

_DECODER = msgspec.json.Decoder(Alert)


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One time that the customers were held against the lists."""

    number: int
    """From 1."""
    at: datetime
    """When."""
    asked_on: date
    """The day on which it was asked; what has ended by then is listed no more."""
    known_at: datetime
    """What the lists had by this moment was compared."""
    generation: str
    """The state of the store."""
    threshold: float
    """Least score."""
    code: str
    """Hash of the code that compared."""
    revision: int
    """The state of the register."""
    customers: int
    """Customers in the register."""
    screened: int
    """Customers that were compared; the others cannot have changed."""
    entries_changed: int | None
    """Entries that the lists do not show as they did; absent if everybody was screened."""
    why_everybody: str
    """Why everybody was screened though it was asked for what changed; empty if not so."""
    new: int
    """Alerts that were not there before."""
    changed: int
    """Alerts of which something is another than before."""
    released: int
    """Alerts that are there no more."""
    alerts: int
    """Alerts now."""
    customers_with_alerts: int
    """Customers who have one at least."""


def last_run(connection: sqlite3.Connection) -> Run | None:
    """The last run whose alerts are kept; nothing before the first."""
    row = connection.execute("SELECT body FROM runs ORDER BY number DESC LIMIT 1").fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=Run)


def keep_run(connection: sqlite3.Connection, run: Run) -> None:
    """Keep what a run did."""
    row = (run.number, msgspec.json.encode(run))
    connection.execute("INSERT INTO runs VALUES (?, ?)", row)


def keep_changes(connection: sqlite3.Connection, run: int, changes: Sequence[AlertChange]) -> None:
    """Bring the alerts to what a run found, and keep what they were, and why those ended."""
    connection.executemany(
        "INSERT INTO alerts_past SELECT customer, listing, body, since_run, run, ?, ? FROM alerts "
        "WHERE customer = ? AND listing = ?",
        (
            (run, "" if one.why is None else one.why.value, one.alert.customer, one.alert.listing)
            for one in changes
            if one.kind is not ChangeKind.NEW
        ),
    )
    connection.executemany(
        "DELETE FROM alerts WHERE customer = ? AND listing = ?",
        (
            (one.alert.customer, one.alert.listing)
            for one in changes
            if one.kind is ChangeKind.RELEASED
        ),
    )
    connection.executemany(
        "INSERT INTO alerts VALUES (?, ?, ?, ?, ?) ON CONFLICT (customer, listing) "
        "DO UPDATE SET body = excluded.body, run = excluded.run",
        (
            (one.alert.customer, one.alert.listing, encoded(one.alert), run, run)
            for one in changes
            if one.kind is not ChangeKind.RELEASED
        ),
    )


def alerts_between(
    connection: sqlite3.Connection, first: str, last: str
) -> Mapping[str, Mapping[str, Alert]]:
    """The alerts of the customers from one id to another, by customer and entry."""
    rows = connection.execute(
        "SELECT body FROM alerts WHERE customer >= ? AND customer <= ?", (first, last)
    )
    return _by_customer(rows)


def alerts_of_ids(
    connection: sqlite3.Connection, ids: Sequence[str]
) -> Mapping[str, Mapping[str, Alert]]:
    """The alerts of some customers, by customer and entry."""
    return _by_customer(selected(connection, "SELECT body FROM alerts WHERE customer IN ({})", ids))


def orphans(connection: sqlite3.Connection) -> Mapping[str, Mapping[str, Alert]]:
    """The alerts of those who are customers no more."""
    rows = connection.execute(
        "SELECT body FROM alerts WHERE customer NOT IN (SELECT id FROM customers) "
        "ORDER BY customer, listing"
    )
    return _by_customer(rows)


def all_alerts(connection: sqlite3.Connection, ids: Sequence[str] = ()) -> Iterator[Alert]:
    """The alerts kept, of some customers or of all, by customer and entry."""
    if ids:
        rows: Iterable[tuple[object, ...]] = selected(
            connection,
            "SELECT body FROM alerts WHERE customer IN ({}) ORDER BY customer, listing",
            ids,
        )
    else:
        rows = connection.execute("SELECT body FROM alerts ORDER BY customer, listing")
    return (_decoded(row) for row in rows)


def customers_alerted_by(connection: sqlite3.Connection, keys: Sequence[str]) -> set[str]:
    """The ids of the customers who have an alert on one of the entries."""
    rows = selected(connection, "SELECT customer FROM alerts WHERE listing IN ({})", keys)
    return {str(one) for (one,) in rows}


def encoded(alert: Alert) -> bytes:
    """An alert as it is kept."""
    return msgspec.json.encode(alert)


def _by_customer(rows: Iterable[tuple[object, ...]]) -> Mapping[str, Mapping[str, Alert]]:
    found: dict[str, dict[str, Alert]] = {}
    for alert in map(_decoded, rows):
        found.setdefault(alert.customer, {})[alert.listing] = alert
    return found


def _decoded(row: tuple[object, ...]) -> Alert:
    [body] = row
    assert isinstance(body, bytes)
    return _DECODER.decode(body)
