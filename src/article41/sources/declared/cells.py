"""From the text of a cell to the values it holds, as the description of its column says."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from article41.model.clocks import MONTHS, PartialDate, StatedDate
from article41.sources.declared.description import PROSE, Column
from article41.sources.prose_dates import day_of, stated_dates


class Values(NamedTuple):
    """The values of a cell, and whether they say all that it says."""

    found: list[str]
    are_whole: bool


def values_in(text: str, column: Column) -> Values:
    r"""The values in a cell, blanks folded but in prose.

    Raises:
        ValueError: A value is not among those that the description names.

    Example:
        >>> from article41.sources.declared.description import Field
        >>> column = Column(header="Names", field=Field.ALIAS, separator=";", remove=r"\d:")
        >>> values_in("1: Ada;  2: Bo Sample", column)
        Values(found=['Ada', 'Bo Sample'], are_whole=False)
    """
    pieces = [text]
    if column.pattern:
        pieces = [found[found.re.groups and 1] or "" for found in re.finditer(column.pattern, text)]
    if column.remove:
        pieces = [re.sub(column.remove, " ", piece) for piece in pieces]
    if column.separator:
        pieces = [part for piece in pieces for part in piece.split(column.separator)]
    if column.separator_pattern:
        pieces = [part or "" for one in pieces for part in re.split(column.separator_pattern, one)]
    found = [one for piece in pieces if (one := _trimmed(piece, column))]
    words = text.replace(column.separator, " ") if column.separator else text
    are_whole = _folded(" ".join(found)) == _folded(words)
    if column.values:
        unknown = [one for one in found if one not in column.values]
        if unknown:
            raise ValueError(unknown[0])
        named = [column.values[one] for one in found]
        are_whole = are_whole and named == found
        found = [one for one in named if one]
    if not found and column.default:
        found = [column.default]
    return Values(found, are_whole)


def day_in(text: str, formats: Sequence[str], months: Sequence[str]) -> date | None:
    """The day in a text, by the formats or, where there are none, in ISO form or English words.

    Example:
        >>> months = "Januar Februar März April Mai Juni Juli August September Oktober November"
        >>> day_in("3 März 2024", (), [*months.split(), "Dezember"])
        datetime.date(2024, 3, 3)
        >>> day_in("03/01/2024", ("%m/%d/%Y",), ())
        datetime.date(2024, 3, 1)
    """
    text = _in_english(text, months)
    for one in formats:
        found = _by_format(text, one)
        if found is not None and found.day:
            return date(found.year, found.month, found.day)
    # What slashes part may be day and month or month and day: only a format can say.
    return None if formats or "/" in text else day_of(text)


def birth_dates_in(
    text: str, formats: Sequence[str], months: Sequence[str]
) -> tuple[list[StatedDate], bool]:
    """The dates in a text, and whether they say all that it says."""
    text = _in_english(text, months)
    for one in formats:
        found = _by_format(text, one)
        if found is not None:
            return [StatedDate(first=found)], True
    return ([], False) if not formats and "/" in text else stated_dates(text)


def _by_format(text: str, form: str) -> PartialDate | None:
    try:
        read = datetime.strptime(text, form)  # noqa: DTZ007
        has_month = re.search("%[mbB]", form) is not None
        has_day = has_month and "%d" in form
        return PartialDate(
            year=read.year, month=read.month if has_month else 0, day=read.day if has_day else 0
        )
    except ValueError:
        return None


def _in_english(text: str, months: Sequence[str]) -> str:
    text = _folded(text)
    if not months:
        return text
    # The longest first: one name may begin another.
    names = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    return re.sub(names, lambda found: MONTHS[months.index(found[0])], text)


def _trimmed(piece: str, column: Column) -> str:
    return piece.strip() if column.field in PROSE else _folded(piece)


def _folded(text: str) -> str:
    return " ".join(text.split())
