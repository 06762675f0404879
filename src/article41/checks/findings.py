"""What limits an answer: gaps of a list, days before it is known, names not compared in full.

A finding is part of the answer; it is never an error and never left out.
"""

import enum
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from article41.checks.screener import PartyAnswer
from article41.match import ListCoverage


class FindingKind(enum.Enum):
    """What limits the answer."""

    GAP = "gap"
    NOT_KNOWN_BEFORE = "not-known-before"
    NAME_CUT = "name-cut"
    NAME_ILLEGIBLE = "name-illegible"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One limit of an answer.

    Example:
        >>> Finding(kind=FindingKind.GAP, list_id="xa-main", detail="aliases").kind.value
        'gap'
    """

    kind: FindingKind
    """What limits it."""
    list_id: str = ""
    """The list that is limited; empty where it is the question."""
    detail: str
    """What the list lacks, the first day known, or the name."""


def findings_of_lists(
    coverage: Sequence[ListCoverage], *, as_of: date | None
) -> tuple[Finding, ...]:
    """What limits every answer about one day: gaps of the lists, and lists not known that early.

    Example:
        >>> findings_of_lists([], as_of=None)
        ()
    """
    return tuple(_of_lists(coverage, as_of))


def findings_of_name(answer: PartyAnswer) -> tuple[Finding, ...]:
    """What limits one answer: a name not compared in full, or not at all."""
    cut = (FindingKind.NAME_CUT,) if answer.is_cut else ()
    illegible = (FindingKind.NAME_ILLEGIBLE,) if answer.is_empty else ()
    return tuple(Finding(kind=kind, detail=answer.query.name) for kind in cut + illegible)


def _of_lists(coverage: Sequence[ListCoverage], as_of: date | None) -> Iterator[Finding]:
    for one in coverage:
        for gap in one.gaps:
            yield Finding(kind=FindingKind.GAP, list_id=one.list_id, detail=gap)
        if as_of is not None and as_of < date.fromisoformat(one.first_day):
            yield Finding(
                kind=FindingKind.NOT_KNOWN_BEFORE, list_id=one.list_id, detail=one.first_day
            )
