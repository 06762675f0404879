"""Days, moments and half-open intervals on the law's clock and on ours."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import msgspec

from article41.model.errors import InputError
from article41.model.terms import Term

YEAR_MIN = 1000
YEAR_MAX = 2200
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The months as lists in English abbreviate them."""

_ISO_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class PartialDate(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A calendar date of which the month or the day may be unknown.

    Example:
        >>> PartialDate.parse("1965-09").year
        1965
    """

    year: int
    """Between `YEAR_MIN` and `YEAR_MAX`."""
    month: int = 0
    """1 to 12; 0 if unknown."""
    day: int = 0
    """1 to 31; 0 if unknown. Never given without a month."""

    def __post_init__(self) -> None:
        """Refuse dates that no calendar has."""
        if not YEAR_MIN <= self.year <= YEAR_MAX:
            raise ValueError(f"year {self.year} is outside {YEAR_MIN} to {YEAR_MAX}")
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `1965`, `1965-09` or `1965-09-11`; a month or day of zeros is unknown.

        Raises:
            ValueError: The text is none of these or no date of the calendar.
        """
        found = _ISO_PARTIAL.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"`{text}` is not a date such as 1965, 1965-09 or 1965-09-11")
        year, month, day = (int(part) if part else 0 for part in found.groups())
        return cls(year=year, month=month, day=day)

    def __str__(self) -> str:
        """ISO form, as far as known."""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text


class StatedDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date as an authority stated it: exact, approximate, or somewhere in a span.

    Example:
        >>> str(StatedDate(first=PartialDate.parse("1960"), last=PartialDate.parse("1962")))
        '1960 to 1962'
    """

    first: PartialDate
    """The date, or the earliest one of a span."""
    last: PartialDate | None = None
    """The latest date of a span, itself included; absent if one date was stated."""
    is_approximate: bool = False
    """The authority wrote circa, approximately or about."""
    note: str = ""
    """What the authority added in words."""
    act: str = ""
    """The legal act that brought it, as printed; empty if the list does not say."""

    def __str__(self) -> str:
        """The date in words of the list."""
        text = str(self.first) if self.last is None else f"{self.first} to {self.last}"
        return f"circa {text}" if self.is_approximate else text


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """Days from `valid_from` (in) until `valid_until` (out); an absent end is open.

    Example:
        >>> Interval(valid_from=date(2024, 1, 1), valid_until=date(2024, 2, 1)).holds(
        ...     date(2024, 2, 1)
        ... )
        False
    """

    valid_from: date | None = None
    """First day inside; absent if it began before anything we know."""
    valid_until: date | None = None
    """First day outside; absent if it has not ended."""

    @classmethod
    def on(cls, day: date) -> "Interval":
        """One day alone.

        Example:
            >>> Interval.on(date(2024, 2, 29)).valid_until
            datetime.date(2024, 3, 1)
        """
        until = None if day == date.max else day + timedelta(days=1)
        return cls(valid_from=day, valid_until=until)

    def holds(self, day: date) -> bool:
        """True if the day lies inside."""
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_until is None or day < self.valid_until)

    def overlaps(self, other: "Interval") -> bool:
        """True if some day lies inside both."""
        first = max(self.valid_from or date.min, other.valid_from or date.min)
        return first < min(self.valid_until or date.max, other.valid_until or date.max)


class InForce(Term):
    """What can be said of one day."""

    YES = "yes"
    """It held on that day."""
    NO = "no"
    """It did not hold on that day."""
    UNKNOWN = "unknown"
    """Nobody says; it began or ended somewhere around that day."""


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """When something began and ended, each somewhere after one day and by another.

    The two days of a pair are equal where an authority states the day itself. Otherwise they are
    those of two publications: it did not hold yet on `began_after`, it did on `began_by`; it still
    held on `ended_after`, and no longer on `ended_by`. Where `ended_after` alone is given, no
    publication has said since whether it holds.

    Example:
        >>> bounds = Bounds(began_after=date(2020, 6, 11), began_by=date(2021, 4, 25))
        >>> bounds.on(date(2021, 1, 15)), bounds.unknown_between(date(2021, 1, 15))
        (<InForce.UNKNOWN: 'unknown'>, (datetime.date(2020, 6, 11), datetime.date(2021, 4, 25)))
        >>> bounds.on(date(2020, 6, 11)), bounds.on(date(2021, 4, 25))
        (<InForce.NO: 'no'>, <InForce.YES: 'yes'>)
    """

    began_after: date | None = None
    """The last day on which it is known not to have held; absent if there is none."""
    began_by: date
    """The first day on which it is known to have held."""
    ended_after: date | None = None
    """The last day on which it is known to have held; absent if it still is."""
    ended_by: date | None = None
    """The first day on which it is known to hold no longer; absent if it has not ended."""

    def on(self, day: date) -> InForce:
        """Whether it held on a day."""
        if self.ended_by is not None and self.ended_by <= day:
            return InForce.NO
        if self.began_by <= day:
            is_sure = self.is_end_stated or self._still_held(day)
            return InForce.YES if is_sure else InForce.UNKNOWN
        if self.began_after is None:
            return InForce.UNKNOWN
        return (
            InForce.NO if self.is_beginning_stated or day <= self.began_after else InForce.UNKNOWN
        )

    def may_hold_during(self, days: Interval) -> bool:
        """True if it held, or may have held, on one of the days at least."""
        return self.possible.overlaps(days)

    def unknown_between(self, day: date) -> tuple[date | None, date] | None:
        """The two days between which nobody says, if a day lies there; the first may be absent."""
        if self.on(day) is not InForce.UNKNOWN:
            return None
        if day < self.began_by:
            return self.began_after, self.began_by
        return None if self.ended_by is None else (self.ended_after, self.ended_by)

    @property
    def is_beginning_stated(self) -> bool:
        """True if the day of the beginning is known."""
        return self.began_after == self.began_by

    @property
    def is_end_stated(self) -> bool:
        """True if the day of the end is known."""
        return self.ended_by is not None and self.ended_after == self.ended_by

    @property
    def possible(self) -> Interval:
        """The days on which it may have held: all but those on which it surely did not."""
        after = self.began_after
        if after is not None and not self.is_beginning_stated:
            after += timedelta(days=1)
        return Interval(valid_from=after, valid_until=self.ended_by)

    def _still_held(self, day: date) -> bool:
        if self.ended_after is None:
            return self.ended_by is None
        return day <= self.ended_after


def may_have_held(spans: Iterable[Bounds], day: date) -> bool:
    """True if one of several spans held on a day, or nobody says that it did not.

    Example:
        >>> may_have_held([Bounds(began_by=date(2024, 1, 9))], date(2024, 1, 2))
        True
    """
    return any(bounds.on(day) is not InForce.NO for bounds in spans)


def day_asked(known_at: datetime | None, asked_on: date) -> date:
    """The day on which a question is asked, or was at the moment that it is put back to."""
    return asked_on if known_at is None else known_at.astimezone(UTC).date()


def days_asked(as_of: date | None, asked_on: date) -> Interval:
    """The days that a question is about.

    Args:
        as_of: The day in force; if absent, the question is about what the newest versions list,
            and that is all whose end, if one is stated, has not come.
        asked_on: The day on which it is asked.

    Example:
        >>> days_asked(None, date(2026, 11, 25)).valid_until is None
        True
    """
    return Interval(valid_from=asked_on) if as_of is None else Interval.on(as_of)


class _Learned(Protocol):
    """Whatever the store held for true from one moment until another."""

    @property
    def known_from(self) -> datetime:
        """When it learned that it was so."""

    @property
    def known_until(self) -> datetime | None:
        """When it learned otherwise; absent if it has not."""


def is_known(learned: _Learned, known_at: datetime | None) -> bool:
    """True if something was held for true at a moment; now, if there is none."""
    if known_at is None:
        return learned.known_until is None
    return learned.known_from <= known_at and (
        learned.known_until is None or known_at < learned.known_until
    )


def refuse_zoneless(moment: datetime) -> None:
    """A moment without a time zone means another one elsewhere.

    Raises:
        InputError: It has none.

    Example:
        >>> refuse_zoneless(datetime(2024, 6, 1, 12))
        Traceback (most recent call last):
        article41.model.errors.InputError: the moment `2024-06-01 12:00:00` has no time zone
    """
    if moment.tzinfo is None:
        raise InputError(
            f"the moment `{moment}` has no time zone", hint="give it with one, as in UTC"
        )


ANY_DAY = Interval()
"""No day is left out."""
ALWAYS = Bounds(began_after=date.min, began_by=date.min)
"""Holds on every day."""
