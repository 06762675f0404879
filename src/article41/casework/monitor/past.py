"""The register and its alerts as they were when a run began, so that it can be done again."""

import sqlite3
from pathlib import Path

from article41.casework.monitor.database import DATABASE_NAME
from article41.casework.monitor.register import Register, has_register, keep_numbers

_CUSTOMERS = """
INSERT INTO customers
SELECT id, body, fault, revision FROM kept.customers WHERE revision <= :revision
UNION ALL
SELECT id, body, fault, revision FROM kept.customers_past
WHERE revision <= :revision AND until_revision > :revision
"""
_ALERTS = """
INSERT INTO alerts
SELECT customer, listing, body, since_run, run FROM kept.alerts WHERE run <= :run
UNION ALL
SELECT customer, listing, body, since_run, run FROM kept.alerts_past
WHERE run <= :run AND until_run > :run
"""
_IMPORTS = "INSERT INTO imports SELECT * FROM kept.imports WHERE revision <= :revision"
_RUNS = "INSERT INTO runs SELECT * FROM kept.runs WHERE number <= :run"


def put_back(folder: Path, scratch: Path, *, revision: int, run: int) -> str:
    """Make a register of its own as one was in a state, with the alerts of a run of that time.

    Args:
        folder: Of the store.
        scratch: An empty folder, in which it is made.
        revision: The state of the customers.
        run: The number of the last run; 0 before the first.

    Returns:
        What is gone of it, in words; empty if nothing is.

    Raises:
        StoreError: A database cannot be opened.
        CorruptStoreError: One is damaged, or of another release.
    """
    if not has_register(folder):
        return "the customers are gone from the folder of the store"
    with Register(folder) as kept:
        newest = kept.revision
        [last] = kept.database.connection.execute(
            "SELECT coalesce(max(number), 0) FROM runs"
        ).fetchone()
    if revision > newest:
        return f"the state {revision} of the customers is gone: the newest is {newest}"
    if run > last:
        return f"the run {run} on the customers is gone: the last one is {last}"
    with Register(scratch, is_made=True) as register:
        connection = register.database.connection
        connection.execute("ATTACH ? AS kept", (str(folder / DATABASE_NAME),))
        with register.database.writing():
            _copy(connection, revision, run)
        connection.execute("DETACH kept")
        register.index()
    return ""


def _copy(connection: sqlite3.Connection, revision: int, run: int) -> None:
    for statement in (_CUSTOMERS, _ALERTS, _IMPORTS, _RUNS):
        connection.execute(statement, {"revision": revision, "run": run})
    keep_numbers(connection, "revision > ?", 0)
