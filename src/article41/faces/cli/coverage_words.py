"""How far law and lists were looked through for a verdict, and how old they are, in words."""

from collections.abc import Iterable, Iterator

import msgspec

from article41.checks import Coverage, FindingKind
from article41.checks.held import list_words
from article41.faces.cli import verdict_words as words
from article41.faces.cli.list_coverage import alike_told, limits_told
from article41.faces.cli.rendering import SHA_SHOWN, counted
from article41.model.verdicts import Verdict

_COVERAGE = msgspec.json.Decoder(Coverage | None)
_WITHOUT_VERSION = (FindingKind.NOT_KNOWN_BEFORE, FindingKind.NOT_KNOWN_AT)
_IN_SHORT = {"modelled": "modelled", "none": "no such law"}
"""States of law of which only the jurisdictions are told, and their labels."""


def coverage_told(
    verdict: Verdict, *, is_whole: bool = False, before: Verdict | None = None
) -> Iterator[tuple[str, Iterable[str]]]:
    """How far law and lists were looked through and how old they are, by label.

    Args:
        verdict: The answer.
        is_whole: True for all of the law that was looked at, and every list by itself.
        before: The answer above, if any: lists of which the same is said are not told again.
    """
    laws = dict.fromkeys(law for result in verdict.results for law in result.law)
    shown = [law for law in laws if is_whole or law.state not in _IN_SHORT]
    yield "law", words.coverage_words(shown)
    for state, label in _IN_SHORT.items():
        alike = [law for law in laws if law.state == state and law not in shown]
        yield label, words.coverage_in_short(alike, laws)
    catalogue = [
        f"version {verdict.catalogue_sha256[:SHA_SHOWN]}" if verdict.catalogue_sha256 else "",
        f"verified up to {verdict.catalogue_verified_on}" if verdict.catalogue_verified_on else "",
    ]
    yield "catalogue", [", ".join(filter(None, catalogue))]
    if before is not None and (before.coverage, before.lists) == (verdict.coverage, verdict.lists):
        yield "lists", ["the same as above, with the same limits"]
        return
    yield "lists", _list_words(verdict) if is_whole else _lists_in_short(verdict)
    yield "limit", verdict.lists if is_whole else _limits_in_short(verdict)


def _limits_in_short(verdict: Verdict) -> Iterator[str]:
    """What limits the lists, alike ones together; first what stands in no finding on them."""
    coverage = _COVERAGE.decode(verdict.coverage)
    told = set() if coverage is None else set(map(list_words, coverage.findings))
    yield from alike_told(one for one in verdict.lists if one not in told)
    for one in () if coverage is None else limits_told(coverage):
        yield one.removeprefix("limit: ").removeprefix("gap: ")


def _list_words(verdict: Verdict) -> Iterator[str]:
    coverage = _COVERAGE.decode(verdict.coverage)
    if coverage is None or not coverage.lists:
        yield "none was compared"
        return
    for one in coverage.lists:
        version = one.version
        if version is None:
            known = "no version of that day is known" if one.first_day else "nothing was known"
            yield f"{one.list_id}: {known}"
            continue
        yield (
            f"{one.list_id}: published {version.published or 'on an unknown day'}, "
            f"{counted(version.listings, 'listing')}, version {version.sha256[:SHA_SHOWN]}"
        )


def _lists_in_short(verdict: Verdict) -> Iterator[str]:
    """The lists with the day of publication of each; those without a version if no limit tells."""
    coverage = _COVERAGE.decode(verdict.coverage)
    if coverage is None or not coverage.lists:
        yield "none was compared"
        return
    by_day: dict[str, list[str]] = {}
    for one in coverage.lists:
        if one.version is not None:
            day = str(one.version.published or "an unknown day")
            by_day.setdefault(day, []).append(one.list_id)
    if by_day:
        yield "; ".join(f"{', '.join(ids)} of {day}" for day, ids in by_day.items())
    limited = {one.list_id for one in coverage.findings if one.kind in _WITHOUT_VERSION}
    without = [one for one in coverage.lists if one.version is None and one.list_id not in limited]
    for known, is_so in (("no version of that day is known", True), ("nothing was known", False)):
        ids = [one.list_id for one in without if (one.first_day is not None) is is_so]
        if ids:
            yield f"{known} of {', '.join(ids)}"
