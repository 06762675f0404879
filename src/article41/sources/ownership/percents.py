"""Shares and days as files of ownership write them; what cannot be read is none, never a guess."""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from article41.model.holdings import Share

CHARACTERS_MAX = 60
"""The longest text that is read as a share."""
DIGITS_MAX = 12
"""The most digits of one number of a share, before and behind the point each."""

_NUMBER = rf"\d{{1,{DIGITS_MAX}}}(?:[.,]\d{{1,{DIGITS_MAX}}})?"


def _mixed(place: int) -> str:
    """A number, or one with a fraction behind it."""
    over, under = rf"(?P<over{place}>\d{{1,6}})", rf"(?P<under{place}>\d{{1,6}})"
    return rf"(?P<whole{place}>{_NUMBER})(?:\s+{over}/{under})?"


_ONE = re.compile(
    r"(?P<sign>>=|<=|>|<|more than|less than|at least|at most|over|under|≥|≤)?\s*"
    rf"{_mixed(0)}\s*(?:%|per cent|percent)?\s*(?P<plus>\+)?",
    re.IGNORECASE | re.ASCII,
)
_BAND = re.compile(
    rf"(?P<sign>>=|>|more than|at least)?\s*{_mixed(0)}\s*%?\s*"
    rf"(?:-|–|—|\bto\b|\.\.)\s*(?P<end><=|<|less than|at most)?\s*{_mixed(1)}"
    r"\s*(?:%|per cent|percent)?",
    re.IGNORECASE | re.ASCII,
)
_PART = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", re.ASCII)
_ABOVE = {">", "more than", "over"}
_BELOW = {"<", "less than", "under"}
_FROM = _ABOVE | {">=", "≥", "at least"}
_UP_TO = _BELOW | {"<=", "≤", "at most"}


def percent_share(text: str) -> Share | None:
    """The share that a text in per cent says.

    Example:
        >>> percent_share("33 1/3 %") == Share(at_least=Fraction(1, 3), at_most=Fraction(1, 3))
        True
        >>> percent_share(">50").excludes_least, percent_share("25-50").at_most
        (True, Fraction(1, 2))
        >>> percent_share("a majority") is None, percent_share("1/3") is None
        (True, True)
    """
    said = " ".join(text.split())
    if len(said) > CHARACTERS_MAX:
        return None
    if band := _BAND.fullmatch(said):
        sign, end = (band["sign"] or "").lower(), (band["end"] or "").lower()
        least, most = _hundredths(band, 0), _hundredths(band, 1)
        return _checked(least, most, excludes_least=sign in _ABOVE, excludes_most=end in _BELOW)
    one = _ONE.fullmatch(said)
    return None if one is None else _bounded(one)


def whole_share(text: str) -> Share | None:
    """The share of a text that may be in per cent or a fraction of the whole, as `1/3`.

    A number up to 1 without a sign of per cent could be either, and is neither.

    Example:
        >>> whole_share("1/3").at_least, whole_share("55").at_least
        (Fraction(1, 3), Fraction(11, 20))
        >>> whole_share("0.5") is None, whole_share("0.5 %").at_least
        (True, Fraction(1, 200))
    """
    said = " ".join(text.split())
    if part := _PART.fullmatch(said):
        over, under = int(part[1]), int(part[2])
        return _checked(Fraction(over, under), Fraction(over, under)) if under else None
    share = percent_share(said)
    is_marked = "%" in said or "cent" in said.lower()
    if share is None or is_marked:
        return share
    ends = {share.at_least, share.at_most} - {Fraction(0), Fraction(1)}
    return None if any(end <= Fraction(1, 100) for end in ends) else share


def number_share(number: Decimal | int) -> Fraction | None:
    """The part of the whole that a number of per cent is, if it is one from 0 to 100.

    Example:
        >>> number_share(Decimal("62.5")), number_share(101) is None
        (Fraction(5, 8), True)
    """
    part = Fraction(number) / 100
    return part if 0 <= part <= 1 else None


def first_day(text: str) -> date | None:
    """The day on which something began at the earliest.

    Example:
        >>> first_day("2020"), first_day("2020-05-04T01:00:00Z"), first_day("May 2020") is None
        (datetime.date(2020, 1, 1), datetime.date(2020, 5, 4), True)
    """
    found = _DAY.fullmatch(text.strip())
    return _day(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None


def day_after(text: str) -> date | None:
    """The first day on which something surely was over, whose last day a text says.

    Example:
        >>> day_after("2020"), day_after("2020-02"), day_after("2020-02-29")
        (datetime.date(2021, 1, 1), datetime.date(2020, 3, 1), datetime.date(2020, 3, 1))
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    last = _day(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
    return None if last is None else last + timedelta(days=1)


def _bounded(one: re.Match[str]) -> Share | None:
    """The share of one number, which may be a bound."""
    sign, number = (one["sign"] or "").lower(), _hundredths(one, 0)
    if one["plus"] and sign:
        return None
    if sign in _FROM or one["plus"]:
        return _checked(number, Fraction(1), excludes_least=sign in _ABOVE)
    if sign in _UP_TO:
        return _checked(Fraction(0), number, excludes_most=sign in _BELOW)
    return _checked(number, number)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hundredths(found: re.Match[str], number: int) -> Fraction | None:
    under = found[f"under{number}"]
    if under is not None and int(under) == 0:
        return None
    part = Fraction(int(found[f"over{number}"]), int(under)) if under else Fraction(0)
    if part >= 1:
        return None
    return (Fraction(found[f"whole{number}"].replace(",", ".")) + part) / 100


def _checked(
    least: Fraction | None,
    most: Fraction | None,
    *,
    excludes_least: bool = False,
    excludes_most: bool = False,
) -> Share | None:
    if least is None or most is None or not 0 <= least <= most <= 1:
        return None
    if least == most and (excludes_least or excludes_most):
        return None
    return Share(
        at_least=least,
        at_most=most,
        excludes_least=excludes_least,
        excludes_most=excludes_most,
    )
