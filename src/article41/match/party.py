"""Who is asked about, in the form that matching reads: a name, its kind, dates of birth.

What is not known is left out; an absent fact never counts for or against a match.
"""

import msgspec

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Schema
from article41.model.errors import InputError

APPROXIMATE_YEARS = 2
"""Years of tolerance on each side of a date that its authority calls approximate."""
SHOWN = 40
"""Characters of a text that its error repeats."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One name to look for.

    Raises:
        InputError: The name holds bytes of another encoding.

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

    def __post_init__(self) -> None:
        """Refuse a name that no text can hold."""
        if not self.name.isascii():
            refuse_broken_text(self.name)


def refuse_broken_text(text: str) -> None:
    """Refuse halves of characters: they stand for bytes that were in another encoding.

    Raises:
        InputError: There is one.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        shown = text[:SHOWN].encode("ascii", "backslashreplace").decode("ascii")
        raise InputError(
            f"`{shown}` holds bytes of another encoding",
            hint="give it in UTF-8, or say which encoding a file is in",
        ) from error


def _group(schema: Schema) -> int | None:
    match schema:
        case Schema.PERSON:
            return 0
        case Schema.ORGANIZATION | Schema.COMPANY | Schema.PUBLIC_BODY:
            return 1
        case Schema.VESSEL | Schema.AIRPLANE | Schema.VEHICLE | Schema.CRYPTO_WALLET:
            return 2
        case Schema.LEGAL_ENTITY | Schema.THING:
            return None


_GROUP_BY_SCHEMA = {schema: _group(schema) for schema in Schema}


def group_of(schema: Schema | None) -> int | None:
    """The kernel's number of a kind of party; absent for one that may be a person or not."""
    return None if schema is None else _GROUP_BY_SCHEMA[schema]


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
