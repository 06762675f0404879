"""Appends rows to tables that only grow, each with a hash over itself and the row before it.

So every byte of such a table is compared by going through it once. That the newest rows are missing
no hash in the same file can tell.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Row, Table, func, select

from article41.model.errors import CorruptStoreError
from article41.store.generation import GENERATION_EMPTY, RESTORE


def digest(*facts: object) -> str:
    """The sha256 over facts of any kind, in their order."""
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()


def next_number(connection: Connection, table: Table) -> int:
    """The number of the next row of a table."""
    newest: int | None = connection.execute(select(func.max(table.c.number))).scalar_one()
    return (newest or 0) + 1


def newest_link(connection: Connection, table: Table) -> str:
    """The hash of the newest row of a table, which names all of them."""
    newest = select(_link(table)).order_by(table.c.number.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or GENERATION_EMPTY


def append(
    connection: Connection, table: Table, values: Mapping[str, object], *, about: str = ""
) -> None:
    """Write a row after all others of its table.

    Args:
        connection: In a transaction that writes.
        table: One with the number first and the hash last.
        values: All columns between the two.
        about: The hash of what the row speaks of and does not hold.
    """
    number = next_number(connection, table)
    link = digest(newest_link(connection, table), number, _facts(table, values), about)
    connection.execute(table.insert().values({"number": number, **values, _link(table).name: link}))


# Any: the columns of a table are known to the database alone.
def proved(
    connection: Connection, table: Table, *, about: Callable[[Row[Any]], str] = lambda _row: ""
) -> Iterator[Row[Any]]:
    """The rows of a table in order, each once its hash has been compared.

    Raises:
        CorruptStoreError: It does not fit, or a row is missing before it.
    """
    link = GENERATION_EMPTY
    rows = connection.execute(select(table).order_by(table.c.number))
    for number, row in enumerate(rows, start=1):
        link = digest(link, number, _facts(table, row._asdict()), about(row))
        if (row.number, row[-1]) != (number, link):
            raise damaged(f"row {row.number} of `{table.name}`")
        yield row


def _link(table: Table) -> Column[str]:
    return table.c[table.c.keys()[-1]]


def _facts(table: Table, values: Mapping[str, object]) -> list[object]:
    return [values[name] for name in table.c.keys()[1:-1]]


def damaged(what: str) -> CorruptStoreError:
    """The error of something that does not fit its hash."""
    return CorruptStoreError(f"{what} does not fit its hash", hint=RESTORE)
