"""The days in Australia's prose of a listing: of listing, of amendment, and how many are neither.

A day is taken only where the text says what it is; a resolution's and an asset's day is none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from article41.model.clocks import MONTHS
from article41.sources.prose_dates import day_of

_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"
# Slashed days are the day first: `16/09/2022`.
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s*{_MONTH},?\s*\d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?!\d)"
)
_COMMITTEE = r"(?:[\s()]*(?:\d{3,4}\b|and\b|committee\b|currently known as\b|UN(?=[\s\d])))*[\s()]*"
_LISTED = re.compile(
    r"(?:(?<![\w-])(?<!last )(?:"
    rf"listed\s*(?:by\s+(?:the\s+)?UN(?=[\s\d]){_COMMITTEE})?"
    r"|listed\s+this\s+\w+\s"
    r"|listed\s+by\s+the\s+Foreign\s+Minister\s+under\s+section\s+\d+\s+of\s+the\s+Charter\s+of\s+"
    r"the\s+United\s+Nations\s+Act\s+1945\s"
    r"|designated\s+under\s+the\s+Autonomous\s+Sanctions\s+Regulations\s+2011\s"
    rf")\s*(?:on\b)?\s*:?\s*({_DAY})"
    # The day alone, or with those of amendment, is all that some cells say.
    rf"|^({_DAY})(?=$|\s*\(amended\b))",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    rf"\bamended\s*(?:on)?((?:\s*(?:{_DAY}|{_MONTH}|\d+|and\b|on\b)[\s.,;]*)+)", re.IGNORECASE
)
_PREVIOUS = re.compile(r"\bre-?listing\s+of\s+a\s+previous\b", re.IGNORECASE)
_ANY_DAY = re.compile(rf"(?<!\d){_DAY}", re.IGNORECASE)
_LEFT = re.compile(r"\w{3,}|\d")


class Days(NamedTuple):
    """What the texts of one target say."""

    listed_on: date | None
    """The day of listing, where all texts that have one name the same."""
    amended_on: tuple[date, ...]
    """The days of amendment behind a day of listing, in order."""
    is_contradicted: bool
    """True if the texts name different days of listing."""
    silent: int
    """Texts that name no day of listing."""
    unread: int
    """Days that are read as neither, and days of amendment that are not whole."""


def days_in(texts: Sequence[str]) -> Days:
    """The days that are certain, and how much is not read.

    Example:
        >>> days = days_in(["Listed by UN 1267 and 1989 Committee on 25 January 2012 (amended on "
        ...                 "10 and 30 Dec. 2015)."])
        >>> str(days.listed_on), [str(day) for day in days.amended_on], days.unread
        ('2012-01-25', ['2015-12-30'], 1)
    """
    listed: set[date] = set()
    amended: set[date] = set()
    silent = unread = 0
    for text in texts:
        unread += len(_ANY_DAY.findall(text))
        stated = list(_stated(text))
        if not stated:
            silent += 1
            continue
        end, first = stated[0]
        # A later day is that of another listing; an earlier one makes the first doubtful.
        earlier = {day for _, day in stated if day < first}
        listed |= {first} | earlier
        unread -= 1 + len(earlier)
        # Before the day of listing only resolutions are amended.
        for several in _AMENDED.findall(text[end:]):
            words = _ANY_DAY.findall(several)
            whole = [one for one in map(_day, words) if one]
            amended.update(whole)
            rest = re.sub(r"\b(?:and|on)\b", "", _ANY_DAY.sub("", several))
            unread += bool(_LEFT.search(rest)) - len(whole)
    return Days(
        listed_on=min(listed) if len(listed) == 1 else None,
        amended_on=tuple(sorted(amended)),
        is_contradicted=len(listed) > 1,
        silent=silent,
        unread=unread,
    )


def _stated(text: str) -> Iterator[tuple[int, date]]:
    """The days of listing in a text, each with the place where its words end."""
    if _PREVIOUS.search(text):
        return
    for found in _LISTED.finditer(text):
        if day := _day(found[1] or found[2]):
            yield found.end(), day


def _day(words: str) -> date | None:
    spelled = re.fullmatch(r"(\d{1,2})[a-z]*\.?\s*([A-Za-z]+)\.?,?\s*(\d{4})", words)
    return day_of(f"{spelled[1]} {spelled[2].capitalize()} {spelled[3]}" if spelled else words)
