"""Which law is asked about: a country, a theme or a kind of measure, in the words of the catalogue.

What no law is called is an error; what the question leaves out is said beside its answer.
"""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from article41.checks.reading.texts import plainly
from article41.faces.cli.options import Read, text_of
from article41.faces.cli.verdict_words import jurisdiction_words
from article41.law.coverage_loading import load_coverage
from article41.law.jurisdictions import jurisdictions as held_jurisdictions
from article41.law.loading import Catalogue, load_catalogue
from article41.law.regions import load_regions
from article41.law.register import also_law_in, regimes_about
from article41.model.countries import country_name
from article41.model.errors import InputError

LISTED = "listed"
"""What measures are about that stand for whole lists."""


class About(NamedTuple):
    """What `--on` was given, and the regimes that are about it."""

    text: str
    regimes: tuple[str, ...]


def about_of(text: str) -> About:
    """Read a country, a region or a theme.

    Raises:
        InputError: It is none.

    Example:
        >>> about_of("Syria").regimes, about_of("Human Rights").regimes
        (('SY',), ('human-rights',))
    """
    text_of(text)
    regions = {region.name: region for region in load_regions()}
    return About(text, regimes_about(text, load_coverage(), load_catalogue(), regions))


def kind_of(text: str) -> str:
    """Read a kind of measure, in whatever letters.

    Raises:
        InputError: No measure is of that kind.

    Example:
        >>> kind_of("Asset_Freeze")
        'asset-freeze'
    """
    kinds = _kinds()
    if plainly(text_of(text)) in kinds:
        return plainly(text)
    near = [one for one in kinds if plainly(text) in one] or get_close_matches(text, kinds)
    hint = f"the nearest are {', '.join(near)}" if near else f"one of {', '.join(kinds)}"
    raise InputError(f"no measure is of the kind `{text}`", hint=hint)


def _kinds() -> dict[str, str]:
    return dict.fromkeys(sorted({one.kind for one in load_catalogue().measures}), "")


def _regimes() -> dict[str, str]:
    table = load_coverage()
    found = {*table.touches, *load_catalogue().regimes}
    return {one: country_name(one) if one.isupper() else "" for one in sorted(found)}


def _ids() -> dict[str, str]:
    return {one.id: one.title for one in load_catalogue().measures}


ABOUT = Read("country", about_of, _regimes)
KIND = Read("kind", kind_of, _kinds)
MEASURE_ID = Read("id", text_of, _ids)


def notes_on(
    about: About | None, jurisdictions: tuple[str, ...], catalogue: Catalogue, day: date
) -> Iterator[str]:
    """What the question leaves out, so that nothing found is not taken for nothing there."""
    if about is not None and not about.regimes:
        yield (
            f"nothing in the catalogue is about `{about.text}` as such; that is no finding that "
            "there is no law on it"
        )
    if about is not None and LISTED not in about.regimes:
        yield (
            "whoever is on a list falls under the measures for whole lists as well, whatever the "
            f"country: `article41 measures --on {LISTED}`"
        )
    for key in jurisdictions:
        if key not in catalogue.jurisdictions:
            yield (
                f"no measure of the law of {jurisdiction_words(key)} is in the catalogue; "
                "that is no finding that there is none"
            )
        for other in also_law_in(key, held_jurisdictions(), day):
            if other.key not in jurisdictions:
                yield (
                    f"the law of {other.in_text} reaches {jurisdiction_words(key)} as well: "
                    f"`--jurisdiction {other.key}`"
                )
