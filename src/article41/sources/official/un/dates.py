"""Dates as the Security Council's list writes them; a text that fits no form gives `None`."""

import re
from datetime import date

from article41.model.clocks import MONTHS, PartialDate, StatedDate

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?")
_SPAN = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_MONTH = re.compile(r"([A-Z][a-z]{2})[a-z]*\.?\s+(\d{4})")


def day_of(text: str) -> date | None:
    """Read `2011-06-29`; a time zone after it, which the list added in 2016, is passed over.

    Example:
        >>> day_of("2011-06-29-04:00"), day_of("2011-02-31")
        (datetime.date(2011, 6, 29), None)
    """
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def stated_date(text: str, *, is_approximate: bool = False, note: str = "") -> StatedDate | None:
    """Read a day, a year, `1960-1962` or `Nov. 1973`.

    Example:
        >>> str(stated_date("1960-1962")), str(stated_date("Nov. 1973"))
        ('1960 to 1962', '1973-11')
    """
    first, last = text, ""
    if day := _DAY.fullmatch(text):
        first = day[1]
    elif span := _SPAN.fullmatch(text):
        first, last = span.groups()
    elif (month := _MONTH.fullmatch(text)) and month[1] in MONTHS:
        first = f"{month[2]}-{MONTHS.index(month[1]) + 1:02d}"
    return stated_span(first, last, is_approximate=is_approximate, note=note)


def stated_span(
    first: str, last: str, *, is_approximate: bool = False, note: str = ""
) -> StatedDate | None:
    """The date between two ISO texts, the second of which may be empty.

    Example:
        >>> stated_span("1962", "1960") is None
        True
    """
    try:
        begin = PartialDate.parse(first)
        end = PartialDate.parse(last) if last else None
    except ValueError:
        return None
    if end is not None and end < begin:
        return None
    return StatedDate(first=begin, last=end, is_approximate=is_approximate, note=note)
