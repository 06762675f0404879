"""How old a list is, and whether it may be so old: one rule for answers and for feeds.

Ages run between moments. Of a day that is over, the last moment counts, so that what was told of a
list in the course of a day is told of that day ever after.
"""

from datetime import UTC, date, datetime, time, timedelta

from article41.match import ListStanding
from article41.sources.registry import AGE_MAX_HOURS, Feed
from article41.store import FeedState

HOUR = timedelta(hours=1)
DAYS_FROM = timedelta(days=2)
"""From this age on it is told in days, below in hours."""


def aging_until(day: date, *, now: datetime, known_at: datetime | None = None) -> datetime:
    """The moment up to which lists age when a day is asked about.

    Args:
        day: The day asked about, or on which somebody asks.
        now: The present moment; it counts if the day is not over, to the end of its minute.
        known_at: The moment known; it counts if it lies in the day.

    Example:
        >>> noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
        >>> aging_until(date(2024, 3, 1), now=noon).isoformat()
        '2024-03-01T12:00:59.999999+00:00'
        >>> aging_until(date(2024, 2, 29), now=noon).isoformat()
        '2024-02-29T23:59:59.999999+00:00'
    """
    # By the minute, so that an answer's coverage can be kept for as long; never too young.
    present = now.astimezone(UTC).replace(second=59, microsecond=999_999)
    moments = [present] if known_at is None else [present, known_at.astimezone(UTC)]
    end = datetime.combine(day, time.max, tzinfo=UTC)
    return min([end, *(moment for moment in moments if moment.date() == day)])


def confirmed_at(version: ListStanding, state: FeedState | None) -> datetime | None:
    """When a version was last confirmed; where another one was confirmed, it is superseded."""
    if state is None or state.confirmed_version != version.sha256:
        return None
    return state.confirmed_at


def current_since(version: ListStanding, state: FeedState | None) -> datetime:
    """From when on a version ages: its last confirmation, or its day of publication if later.

    A day counts from its first moment (UTC): nobody says when in the day it was published. Where
    nobody says the day either, it is that of the arrival.
    """
    day = version.published or version.day
    published_at = datetime.combine(day, time.min, tzinfo=UTC)
    confirmed = confirmed_at(version, state)
    return published_at if confirmed is None else max(published_at, confirmed)


def is_stale(since: datetime, *, at: datetime, feed: Feed | None) -> bool:
    """True if at a moment more hours have passed than a feed may let pass; 48 without a feed.

    Example:
        >>> noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
        >>> [is_stale(noon, at=noon + hours * HOUR, feed=None) for hours in (48, 49)]
        [False, True]
    """
    hours_max = AGE_MAX_HOURS if feed is None else feed.age_max_hours
    return at - since > hours_max * HOUR


def age_words(since: datetime, *, at: datetime) -> str:
    """An age in whole hours, from two days on in whole days.

    Example:
        >>> noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
        >>> [age_words(noon, at=noon + hours * HOUR) for hours in (1, 47, 71)]
        ['1 hour old', '47 hours old', '2 days old']
    """
    age = at - since
    if age >= DAYS_FROM:
        return f"{age.days} days old"
    hours = age // HOUR
    return f"{hours} hour{'' if hours == 1 else 's'} old"
