"""How far law and lists were looked through for a verdict, and how old they are, in words."""

from collections.abc import Iterable, Iterator

import msgspec

from article41.checks import Coverage
from article41.faces.cli import verdict_words as words
from article41.faces.cli.rendering import SHA_SHOWN, counted
from article41.model.verdicts import Verdict

_COVERAGE = msgspec.json.Decoder(Coverage | None)
_IN_SHORT = {"modelled": "modelled", "none": "no such law"}
"""States of law of which only the jurisdictions are told, and their labels."""


def coverage_told(
    verdict: Verdict, *, is_whole: bool = False
) -> Iterator[tuple[str, Iterable[str]]]:
    """How far law and lists were looked through and how old they are, by label.

    Args:
        verdict: The answer.
        is_whole: True for all of the law that was looked at, and every list by itself.
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
    yield "lists", _list_words(verdict) if is_whole else _lists_in_short(verdict)
    yield "limit", verdict.lists if is_whole else words.limits_in_short(verdict.lists)


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
    """The lists with the day of publication of each; those without a version by themselves."""
    coverage = _COVERAGE.decode(verdict.coverage)
    if coverage is None or not coverage.lists:
        yield "none was compared"
        return
    held = [one for one in coverage.lists if one.version is not None]
    if held:
        by_day: dict[str, list[str]] = {}
        for one in held:
            day = str((one.version and one.version.published) or "an unknown day")
            by_day.setdefault(day, []).append(one.list_id)
        yield "; ".join(f"{', '.join(ids)} of {day}" for day, ids in by_day.items())
    for known, is_so in (("no version of that day is known", True), ("nothing was known", False)):
        without = [
            one.list_id
            for one in coverage.lists
            if one.version is None and (one.first_day is not None) is is_so
        ]
        if without:
            yield f"{known} of {', '.join(without)}"
