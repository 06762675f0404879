"""Dates, document numbers and quoted names as OFAC's remarks write them.

A text that does not fit its grammar gives `None`: the caller keeps it as text.
"""

import re

from article41.model.clocks import MONTHS, PartialDate, StatedDate
from article41.model.identifiers import Bic, Identifier, IdentifierKind, Imo, Lei

NUMBER_CHARS_MAX = 80
"""The longest printed number that is taken for one."""

_DATE = r"(?:(?:\d{1,2} )?[A-Z][a-z]{2} )?\d{4}"
_BIRTH = re.compile(rf"(circa )?({_DATE})(?:(?: to |-)({_DATE}))?")
_ISSUED = re.compile(rf" issued ({_DATE})$")
_EXPIRES = re.compile(rf" expires ({_DATE})$")
_LAST_BRACKET = re.compile(r"(?:^| )\(([^()]*)\)$")
_PROSE = re.compile(r"[a-z]{2}")
_DIGIT = re.compile(r"\d")
_CHECKED = {IdentifierKind.IMO: Imo, IdentifierKind.LEI: Lei, IdentifierKind.BIC: Bic}


def stated_date(text: str) -> StatedDate | None:
    """Read `1962`, `Mar 1962`, `05 Mar 1962`, `circa 1962` or `1962 to 1964`.

    Example:
        >>> str(stated_date("circa Mar 1962"))
        'circa 1962-03'
        >>> stated_date("31 Feb 1962") is None
        True
    """
    found = _BIRTH.fullmatch(text)
    if found is None:
        return None
    circa, first, last = found.groups()
    try:
        span = (_partial_date(first), _partial_date(last) if last else None)
    except ValueError:
        return None
    if span[1] is not None and str(span[1]) < str(span[0]):
        return None
    return StatedDate(first=span[0], last=span[1], is_approximate=circa is not None)


def document_number(
    kind: IdentifierKind, label: str, text: str, *, has_digit: bool = True
) -> Identifier | None:
    """Read `X0001 (Country) issued 01 Jan 2001 expires 01 Jan 2011`; only the number must be there.

    Words around the number go into the note. A number with a check digit or fixed form
    that does not hold stays, and its note says so.

    Example:
        >>> found = document_number(IdentifierKind.PASSPORT, "Passport", "X0001 (Examplia)")
        >>> found.value, found.country
        ('X0001', 'Examplia')
    """
    rest, expires = _take(_EXPIRES, text)
    rest, issued = _take(_ISSUED, rest)
    rest, country = _take(_LAST_BRACKET, rest)
    rest, place = _take(_LAST_BRACKET, rest)
    value, words = _number_among_words(rest)
    if not country:
        value, country = _take(_LAST_BRACKET, value)
    value = value.strip(" ,:")
    if not value or len(value) > NUMBER_CHARS_MAX or (has_digit and not _DIGIT.search(value)):
        return None
    notes = [note for note in (place, words) if note]
    if kind in _CHECKED and not _holds(kind, value):
        notes.append("form or check digit does not hold")
    return Identifier(
        kind=kind,
        value=value,
        label=label,
        country=country,
        issued_on=issued,
        expires_on=expires,
        note="; ".join(notes),
    )


def quoted_name(text: str) -> str | None:
    """Take the single quotes off a name; `None` if it does not stand in them.

    Example:
        >>> quoted_name("'ABU EXAMPLE'")
        'ABU EXAMPLE'
    """
    if len(text) < 3 or text[0] != "'" or text[-1] != "'":
        return None
    inner = text[1:-1]
    # QUIRK: ofac 2015 to 2024: some weak names stand in two pairs of quotes; a single inner
    # quote is an ayn or a plural and stays.
    if len(inner) > 2 and inner[0] == inner[-1] == "'":
        inner = inner[1:-1]
    return inner.strip() or None


def _partial_date(text: str) -> PartialDate:
    *rest, year = text.split()
    month = MONTHS.index(rest[-1]) + 1 if rest else 0
    return PartialDate(year=int(year), month=month, day=int(rest[0]) if len(rest) == 2 else 0)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _number_among_words(text: str) -> tuple[str, str]:
    """Split off the first run of number-like tokens from the words around it."""
    if not _PROSE.search(text):
        return text, ""
    before: list[str] = []
    number: list[str] = []
    tokens = text.split()
    for place, token in enumerate(tokens):
        is_number = _DIGIT.search(token) is not None or not _PROSE.search(token)
        if number and not is_number and any(map(_DIGIT.search, number)):
            return " ".join(number), " ".join(before + tokens[place:])
        if is_number:
            number.append(token)
        else:
            before += [*number, token]
            number = []
    return (" ".join(number), " ".join(before)) if number else (text, "")


def _holds(kind: IdentifierKind, value: str) -> bool:
    try:
        _CHECKED[kind].parse(value)
    except ValueError:
        return False
    return True
