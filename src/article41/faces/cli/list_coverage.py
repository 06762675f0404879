"""The lists that an answer rests on, how old they are, and what limits them, as lines of text.

What is to be said of several lists alike is said once, with what differs behind each.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from article41.checks import Coverage, Finding, FindingKind
from article41.faces.cli.rendering import (
    SHA_SHOWN,
    age_days,
    counted,
    days_old,
    finding_line,
    readable,
)
from article41.faces.cli.sheet import Sheet
from article41.faces.cli.writing import Pen
from article41.match import ListCoverage
from article41.model.clocks import day_asked

_TOGETHER = {
    FindingKind.NOT_KNOWN_BEFORE: "not known before the day behind each (entries removed earlier "
    "are missing, and of the others only the dated ones are known to have stood)",
    FindingKind.NOT_KNOWN_AT: "nothing was known, and none of it was compared, of",
    FindingKind.LISTED_NAMES_CUT_SHORT: "names of which only the beginning is compared",
    FindingKind.LISTED_NAMES_NOT_COMPARED: "names without a legible letter, never compared",
    FindingKind.STALE: "older than they may be, and what came since is missing",
    FindingKind.AGE_NOT_KNOWN: "added on the day behind each, and nobody says when published",
    FindingKind.RETIRED: "closed by their authorities, and saying nothing since",
}
"""What is said of several lists at once; any other limit is told list by list."""


def coverage_lines(coverage: Coverage, pen: Pen, *, today: date) -> Iterator[str]:
    """The lists an answer rests on, how old they were on the day asked about, and its limits."""
    day = coverage.as_of or day_asked(coverage.known_at, today)
    yield pen.bold("Coverage")
    width = max((len(one.list_id) for one in coverage.lists), default=0)
    for one in coverage.lists:
        yield f"  {one.list_id:<{width}}  {_version_words(one, day)}"
    sheet = Sheet(pen)
    for told in limits_told(coverage):
        yield from sheet.text(told, indent=2) if len(told) > sheet.width else [f"  {told}"]


def _version_words(one: ListCoverage, day: date) -> str:
    version = one.version
    if one.first_day is None:
        return "no version of that moment is known"
    if version is None:
        return "no version of that day is known; of later ones, what may have stood is compared"
    published = version.published or "on an unknown day"
    stated = " (as stated when it was added)" if version.published_is_stated else ""
    age = age_days(version.published, today=day)
    old = "" if age is None else f", {days_old(age)}"
    if age is not None and age < 0:
        old = ", telling of that day too"
    return (
        f"published {published}{stated}{old}, "
        f"{counted(version.listings, 'listing')}, version {version.sha256[:SHA_SHOWN]}"
    )


def limits_told(coverage: Coverage) -> Iterator[str]:
    """Every limit of the lists; what several have alike stands once, with what differs behind each.

    The days of the lists stand above it.
    """
    by_kind: dict[FindingKind, list[Finding]] = {}
    for one in coverage.findings:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, alike in by_kind.items():
        others = _others(coverage, alike)
        if kind is FindingKind.GAP:
            for list_id, gaps in groupby(alike, key=attrgetter("list_id")):
                yield f"gap: {list_id} lacks {'; '.join(one.detail for one in gaps)}"
        elif kind not in _TOGETHER or len(alike) == 1:
            yield from map(finding_line, alike)
        elif kind is FindingKind.STALE and len(others) < len(alike):
            but = f" but {', '.join(others)}" if others else ""
            yield f"limit: every list{but} is older than it may be; what came since is missing"
        else:
            each = (f"{one.list_id} ({_detail(one)})" for one in alike)
            yield f"limit: {_TOGETHER[kind]}: {', '.join(each)}"


def alike_told(limits: Iterable[str]) -> Iterator[str]:
    """Limits that stand in no finding on a list; what is the same of several stands once.

    Example:
        >>> list(alike_told(["xa lacks ships", "xb lacks ships", "xb is old"]))
        ['xa, xb: each lacks ships', 'xb is old']
    """
    whose: dict[str, list[str]] = {}
    for limit in limits:
        list_id, _, said = limit.partition(" ")
        whose.setdefault(said, []).append(list_id)
    for said, ids in whose.items():
        yield f"{ids[0]} {said}" if len(ids) == 1 else f"{', '.join(ids)}: each {said}"


def _others(coverage: Coverage, findings: Sequence[Finding]) -> list[str]:
    """The lists with a version of which something is not found."""
    found = {one.list_id for one in findings}
    held = (one.list_id for one in coverage.lists if one.version is not None)
    return [list_id for list_id in held if list_id not in found]


def _detail(finding: Finding) -> str:
    detail = readable(finding).detail
    return f"{int(detail):,}" if detail.isdecimal() else detail.removesuffix(" old")
