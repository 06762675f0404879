"""Who is asked about, in the form that matching reads: a name, its kind, dates of birth.

What is not known is left out; an absent fact never counts for or against a match.
"""

import msgspec

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Schema

APPROXIMATE_YEARS = 2
"""Years of tolerance on each side of a date that its authority calls approximate."""

_GROUPS = {
    Schema.PERSON: 0,
    Schema.ORGANIZATION: 1,
    Schema.COMPANY: 1,
    Schema.PUBLIC_BODY: 1,
    Schema.VESSEL: 2,
    Schema.AIRPLANE: 2,
    Schema.VEHICLE: 2,
    Schema.CRYPTO_WALLET: 2,
}


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One name to look for.

    Example:
        >>> Query(name="Ada Example", schema=Schema.PERSON).birth_dates
        ()
    """

    name: str
    """As given, in any script."""
    schema: Schema | None = None
    """The kind of party; absent if it is not known, and then every kind is compared."""
    birth_dates: tuple[StatedDate, ...] = ()
    """Dates of birth as far as known."""


def group_of(schema: Schema | None) -> int | None:
    """The kernel's number of a kind of party; absent for one that may be a person or not."""
    return None if schema is None else _GROUPS.get(schema)


def birth_spans(dates: tuple[StatedDate, ...]) -> list[tuple[int, int]]:
    """Dates of birth as the kernel takes them: first and last day as 19700131, 0 for unknown."""
    return [_span(stated) for stated in dates]


def _span(stated: StatedDate) -> tuple[int, int]:
    first, last = stated.first, stated.last or stated.first
    if stated.is_approximate:
        return (
            (first.year - APPROXIMATE_YEARS) * 10_000,
            (last.year + APPROXIMATE_YEARS) * 10_000,
        )
    return _number(first), _number(last)


def _number(day: PartialDate) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
