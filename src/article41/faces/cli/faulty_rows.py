"""The rows of a table of customers that are not kept as they stand: which, and what is wrong.

Their customers are kept; who is compared by no name is told, so that nobody takes it for no alert.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from article41.casework.monitor import Customer
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import notice
from article41.model.errors import SourceError
from article41.model.letters import legible

ROWS_SHOWN = 20
"""Rows with a fault that people are shown; --json has all."""


class FaultyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table that is not kept as it stands."""

    line: int | None
    """On which line of the file it ends; absent where only comparing its name showed it."""
    id: str
    """Of the customer."""
    reason: str
    """What is wrong with it."""
    is_compared: bool
    """False if no name of the customer is compared with any list."""


class Noted:
    """The rows that are not kept as they stand, while they are read."""

    def __init__(self) -> None:
        """Nothing is noted yet."""
        self._faults: dict[str, tuple[int, str]] = {}
        self._letterless: dict[str, int] = {}

    def take(self, customer: Customer, line: int, error: str) -> None:
        """Note a customer if something is wrong, or may prove to be."""
        if error or customer.fault:
            self._faults[customer.id] = (line, error or customer.fault)
        elif not any(one.isalpha() for name in customer.names for one in name):
            self._letterless[customer.id] = line

    def rows(self, uncompared: frozenset[str], *, is_part: bool) -> Iterator[FaultyRow]:
        """Those noted, and those of whom no name proved to be comparable.

        Args:
            uncompared: The ids of the latter, of the whole register.
            is_part: True if the register has others than this file.
        """
        for id_, (line, reason) in self._faults.items():
            is_compared = id_ not in uncompared
            yield FaultyRow(line=line, id=id_, reason=reason, is_compared=is_compared)
        for id_ in sorted(uncompared - self._faults.keys()):
            place = self._letterless.get(id_)
            if place is not None or not is_part:
                reason = "no legible letter in the name"
                yield FaultyRow(line=place, id=id_, reason=reason, is_compared=False)


def tell_rows(rows: Sequence[FaultyRow], source: Path) -> None:
    """Name on stderr the rows of which something is not used.

    Raises:
        SourceError: Somebody in the table is compared by no name; all are kept.
    """
    for row in sorted(rows, key=lambda one: one.is_compared)[:ROWS_SHOWN]:
        place = source.name if row.line is None else f"{source.name}:{row.line}"
        said = "" if row.is_compared else "is compared by no name, "
        notice(legible(f"{place}: `{row.id}` {said}{row.reason}"))
    if len(rows) > ROWS_SHOWN:
        notice(f"... and {len(rows) - ROWS_SHOWN:,} more rows; --json has all of them")
    count = sum(not one.is_compared for one in rows)
    if count:
        raise SourceError(
            f"{counted(count, 'customer')} of the table cannot be compared by name",
            hint="correct in the table what is told of them and import it again; the others are "
            "kept and compared",
        )
