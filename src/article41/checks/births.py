"""What dates of birth say of a party and an entry, in words and for identity."""

from collections.abc import Sequence
from types import MappingProxyType

from article41.match import BirthEvidence

_BIRTHS_AGAINST = MappingProxyType(
    {
        BirthEvidence.CONFLICT: "birth dates differ",
        BirthEvidence.DOUBTFUL: "birth years differ, one of them an estimate",
        BirthEvidence.NEAR: "birth dates differ in one part",
    }
)
_BIRTHS_FOR = MappingProxyType(
    {
        BirthEvidence.COMPATIBLE: "births fit",
        BirthEvidence.SAME_DAY: "born on the same day",
    }
)


def births_against(evidence: BirthEvidence) -> str:
    """What dates of birth say against a resemblance; empty if nothing."""
    return _BIRTHS_AGAINST.get(evidence, "")


def births_for(evidence: BirthEvidence) -> str:
    """What dates of birth say for a resemblance; empty if nothing."""
    return _BIRTHS_FOR.get(evidence, "")


_Span = tuple[int, int]


def births_agree(mine: Sequence[_Span], theirs: Sequence[_Span]) -> bool | None:
    """Whether each date of birth can be one of the others; unknown if either side states none.

    Stricter than a resemblance: a date that differs in one digit does not agree.

    Example:
        >>> births_agree([(19650911, 19650911)], [(19650000, 19650000)])
        True
        >>> births_agree([(19650911, 19650911)], [(19651109, 19651109)])
        True
    """
    if not mine or not theirs:
        return None
    return all(
        any(_overlap(one, other) or _are_swapped(one, other) for other in theirs) for one in mine
    )


def births_words(spans: Sequence[_Span]) -> str:
    """Dates of birth as they are written.

    Example:
        >>> births_words([(19650911, 19650911), (19600000, 19620000)])
        '1965-09-11 or 1960 to 1962'
    """
    return " or ".join(dict.fromkeys(_span_words(*span) for span in spans))


def _span_words(first: int, last: int) -> str:
    return _date_words(first) if first == last else f"{_date_words(first)} to {_date_words(last)}"


def _date_words(number: int) -> str:
    year, month, day = _parts(number)
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])


def _overlap(one: _Span, other: _Span) -> bool:
    return _earliest(one) <= _latest(other) and _earliest(other) <= _latest(one)


def _earliest(span: _Span) -> int:
    year, month, day = _parts(span[0])
    return year * 10_000 + (month or 1) * 100 + (day or 1)


def _latest(span: _Span) -> int:
    year, month, day = _parts(span[1])
    return year * 10_000 + (month or 12) * 100 + (day or 31)


def _are_swapped(one: _Span, other: _Span) -> bool:
    """The same day with its month and day written the other way round."""
    if one[0] != one[1] or other[0] != other[1]:
        return False
    year, month, day = _parts(one[0])
    return (year, day, month) == _parts(other[0])


def _parts(number: int) -> tuple[int, int, int]:
    return number // 10_000, number // 100 % 100, number % 100
