"""Dates as authorities print them in prose, from `28.2.2011` to `(a) circa 1960, (b) May 1962`."""

import re
from datetime import date

from article41.model.clocks import MONTHS, PartialDate, StatedDate

_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})[. ] ?(\d{4})|(\d{1,2})/(\d{1,2})/(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2}) )?([A-Z][a-z]+)\.? ?(\d{4})")
_ENUMERATION = re.compile(r"(?:^|[,;.]?\s*)\(?\b(?:[a-z]|i{2,3})\)\s+")
_ALTERNATIVES = re.compile(r"\s+or\s+|;\s*|\s*/\s*|,\s+(?=\d)")
_APPROXIMATE = re.compile(
    r"\(?(?:in |on or )?(?:approximately|approx\.?|around|about|circa|ca\.|c\.|probably|possibly)"
    r"\)?\s*",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?:[Bb]etween )?(.+?)\s*(?: and | to |[-–])\s*(.+)")
# `3.5.1977 (or 4.5.1977)`, `3.5.1977 (15.4.1974 for the alias Otto)`.
_IN_BRACKETS = re.compile(r"\((?:or )?(\d[\d.]+)( for (?:the )?alias [^()]*)?\)")
_OTHER_CALENDAR = re.compile("hijri", re.IGNORECASE)
_NOTE = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def partial_date(text: str) -> PartialDate | None:
    """The date in a text of one of the shapes that authorities print, as far as it is stated.

    Example:
        >>> [str(partial_date(text)) for text in ("28.2.2011", "26 Feb. 2011", "28/2/2011", "2011")]
        ['2011-02-28', '2011-02-26', '2011-02-28', '2011']
    """
    text = " ".join(text.split())
    try:
        if found := _DOTTED.fullmatch(text):
            day, month, year = (int(part) for part in found.groups() if part)
            return PartialDate(year=year, month=month, day=day)
        if (worded := _WORDED.fullmatch(text)) and worded[2][:3] in MONTHS:
            month = MONTHS.index(worded[2][:3]) + 1
            return PartialDate(year=int(worded[3]), month=month, day=int(worded[1] or 0))
        return PartialDate.parse(text)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """The day, if the text states one whole day.

    Example:
        >>> day_of("2 December 1985"), day_of("2011-02")
        (datetime.date(1985, 12, 2), None)
    """
    found = partial_date(text)
    return date(found.year, found.month, found.day) if found and found.day else None


def stated_dates(text: str, *, act: str = "") -> tuple[list[StatedDate], bool]:
    """Every date in a cell of dates of birth, and whether they say all that the cell says.

    Example:
        >>> dates, is_whole = stated_dates("(a) circa 1960, (b) between 1962 and 1963")
        >>> [str(one) for one in dates], is_whole
        (['circa 1960', '1962 to 1963'], True)
        >>> stated_dates("spring of 1960")
        ([], False)
    """
    found = []
    text = _IN_BRACKETS.sub(lambda other: f"or {other[1]} ({other[2] or ''})", text)
    text = text.replace(" ()", "")
    for piece in filter(None, map(str.strip, _ENUMERATION.split(text))):
        one = [_stated(piece, act)]
        if one == [None]:
            one = [_stated(part, act) for part in _ALTERNATIVES.split(piece.strip(" ,;"))]
        if "/" in piece and None in one:
            # `March/April 1965` is not April.
            one = [None]
        found += one
    dates = [one for one in found if one is not None]
    return dates, bool(dates) and len(dates) == len(found)


def _stated(text: str, act: str) -> StatedDate | None:
    text, note = text.strip(" ,;."), ""
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if noted := _NOTE.fullmatch(text):
        text, note = noted[1], noted[2].strip()
    if _OTHER_CALENDAR.search(note):
        return None
    is_approximate = _APPROXIMATE.fullmatch(f"{note} ") is not None
    if prefix := _APPROXIMATE.match(text):
        text, is_approximate = text[prefix.end() :], True
    first, last = partial_date(text), None
    if first is None and (span := _SPAN.fullmatch(text)):
        first, last = partial_date(span[1]), partial_date(span[2])
        if last is None or first is None or last < first:
            return None
    if first is None:
        return None
    return StatedDate(first=first, last=last, is_approximate=is_approximate, note=note, act=act)
