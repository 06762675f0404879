"""What an answer rests on and what limits it: versions, gaps, days unknown, names not compared.

A finding is part of the answer; it is never an error and never left out.
"""

import enum
from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from article41.match import About, Answer, ListCoverage, Scorer


class FindingKind(enum.Enum):
    """What limits an answer."""

    GAP = "gap"
    """The publication lacks something that belongs to it."""
    NOT_KNOWN_BEFORE = "not-known-before"
    """The list is not known of so early a day: what was removed before it is missing."""
    NOT_KNOWN_AT = "not-known-at"
    """Nothing of the list was known at the moment; none of it was compared."""
    LISTED_NAMES_CUT_SHORT = "listed-names-cut-short"
    """Names on the list are longer than what is compared."""
    LISTED_NAMES_NOT_COMPARED = "listed-names-not-compared"
    """Names on the list have no legible letter."""
    NAME_CUT_SHORT = "name-cut-short"
    """The name asked about is longer than what is compared."""
    NAME_NOT_COMPARED = "name-not-compared"
    """The name asked about has no legible letter."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, rename={"list_id": "list"}):
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
    """What the list lacks, the first day known, the moment, how many names, or the name."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What every answer about one day rests on, by what one moment knew.

    Example:
        >>> from article41.match import SCORER
        >>> about = About(generation="none", lists=(), scorer=SCORER)
        >>> coverage_of(about, as_of=None, known_at=None).findings
        ()
    """

    as_of: date | None
    """The day in force; absent for the newest versions."""
    known_at: datetime | None
    """The moment known; absent for the newest."""
    lists: tuple[ListCoverage, ...]
    """The lists, each in the version that stood then."""
    findings: tuple[Finding, ...]
    """What limits every such answer."""
    scorer: Scorer
    """What defines the scores."""


def coverage_of(about: About, *, as_of: date | None, known_at: datetime | None) -> Coverage:
    """What an index has to answer a question about a day, by what a moment knew.

    Raises:
        InputError: The moment has no time zone.
    """
    lists = about.coverage(as_of=as_of, known_at=known_at)
    return Coverage(
        as_of=as_of,
        known_at=known_at,
        lists=lists,
        findings=tuple(finding for one in lists for finding in _of_list(one, known_at)),
        scorer=about.scorer,
    )


def findings_of_name(name: str, answer: Answer) -> tuple[Finding, ...]:
    """What limits one answer beside its coverage: a name not compared in full, or not at all."""
    cut = (FindingKind.NAME_CUT_SHORT,) if answer.is_cut else ()
    empty = (FindingKind.NAME_NOT_COMPARED,) if answer.is_empty else ()
    return tuple(Finding(kind=kind, detail=name) for kind in cut + empty)


def _of_list(one: ListCoverage, known_at: datetime | None) -> Iterator[Finding]:
    if one.first_day is None:
        moment = "" if known_at is None else known_at.isoformat()
        yield Finding(kind=FindingKind.NOT_KNOWN_AT, list_id=one.list_id, detail=moment)
        return
    if one.version is None:
        day = one.first_day.isoformat()
        yield Finding(kind=FindingKind.NOT_KNOWN_BEFORE, list_id=one.list_id, detail=day)
    else:
        for gap in one.version.gaps:
            yield Finding(kind=FindingKind.GAP, list_id=one.list_id, detail=gap)
    for kind, count in (
        (FindingKind.LISTED_NAMES_CUT_SHORT, one.names_cut),
        (FindingKind.LISTED_NAMES_NOT_COMPARED, one.names_empty),
    ):
        if count:
            yield Finding(kind=kind, list_id=one.list_id, detail=str(count))
