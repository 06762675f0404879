"""Regions that have a regime of their own, and the places by which an act names them.

Names are looked up whole, word by word; that something resembles a place is never told here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from article41.law.loading import read_shipped
from article41.model.errors import CatalogueError
from article41.model.measures import Certainty

REGIONS_FILE = "regions.toml"
_HINT = "correct the table; the head of the file explains its keys"
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_DOTLESS_I = "\u0131"
_INSIDE_WORDS = re.compile("['\u02b9\u02bc\u2018\u2019]")


class Place(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"valid_from": "from", "valid_until": "until", "is_whole": "whole"},
):
    """Names of one part of a region.

    Example:
        >>> Place(names=("Exampleton",), is_whole=True, citation="Art 1").holds_on(date(2024, 6, 1))
        True
    """

    names: tuple[str, ...]
    """In every spelling that papers have."""
    is_whole: bool
    """True if all of it lies in the region; otherwise a part does."""
    citation: str
    """What says so."""
    valid_from: date | None = None
    """First day; absent if it was always so."""
    valid_until: date | None = None
    """First day no longer; absent if it is still so."""

    def holds_on(self, day: date) -> bool:
        """Whether it lies there on the day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


class Region(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """A region, the fact that says whether an act touches it, and its places.

    Example:
        >>> place = Place(names=("Port Example",), is_whole=True, citation="Art 1")
        >>> region = Region(name="coast", title="the coast", fact="on-the-coast",
        ...     countries=("XA",), certainty=Certainty.B, verified_on=date(2024, 6, 1),
        ...     verified_by="nobody", places=(place,))
        >>> [name for name, _ in region.named_in("Quay 7, PORT-EXAMPLE", date(2024, 6, 1))]
        ['Port Example']
    """

    name: str
    """How rows of the table of coverage call it."""
    title: str
    """In words."""
    fact: str
    """The fact of the vocabulary by which an act says whether it touches the region."""
    countries: tuple[str, ...]
    """Where it lies; the first is that by which a named place touches its regime."""
    certainty: Certainty
    """How sure the places are."""
    verified_on: date
    """When they were last looked at."""
    verified_by: str
    """With what they were compared."""
    places: tuple[Place, ...]
    """In the order of the file."""
    elsewhere: tuple[str, ...] = ()
    """Towns and provinces of its countries that lie outside, in every spelling that papers have."""

    def named_in(self, text: str, day: date) -> Iterator[tuple[str, Place]]:
        """Names of places of the region that stand in a text, each with its place on the day."""
        said = plain(text)
        if self._first_words.isdisjoint(said.split(" ")):
            return  # As nearly all texts do.
        for found in self._pattern.finditer(said):
            for name, place in self._by_plain_name[found[0]]:
                if place.holds_on(day):
                    yield name, place

    def elsewhere_in(self, text: str) -> str:
        """The first name of a place outside the region that stands in a text; empty if none does.

        Example:
            >>> [ukraine] = load_regions()
            >>> ukraine.elsewhere_in("vul. Franka 5, 79000 LVIV"), ukraine.elsewhere_in("Yalta")
            ('lviv', '')
        """
        if not self.elsewhere:
            return ""
        found = self._elsewhere_pattern.search(plain(text))
        return "" if found is None else found[0]

    @cached_property
    def _elsewhere_pattern(self) -> re.Pattern[str]:
        return _of_names(map(plain, self.elsewhere))

    @cached_property
    def _by_plain_name(self) -> dict[str, list[tuple[str, Place]]]:
        found: dict[str, list[tuple[str, Place]]] = {}
        for place in self.places:
            for name in place.names:
                found.setdefault(plain(name), []).append((name, place))
        return found

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(name.partition(" ")[0] for name in self._by_plain_name)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _of_names(self._by_plain_name)


class _Regions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    region: tuple[Region, ...]


@lru_cache(maxsize=8)
def load_regions(folder: Path | None = None) -> tuple[Region, ...]:
    """The regions, in the order of the file.

    Raises:
        CatalogueError: The file is missing or wrong, or a name in it says nothing.

    Example:
        >>> [region.countries for region in load_regions()]
        [('UA',)]
    """
    regions = read_shipped(REGIONS_FILE, _Regions, folder).region
    for region in regions:
        if not region.countries or not region.places:
            raise CatalogueError(
                f"`{region.name}` has no country or no place", hint=_HINT, file=REGIONS_FILE
            )
        names = [("names", name) for place in region.places for name in place.names]
        for key, name in (*names, *(("elsewhere", name) for name in region.elsewhere)):
            if not plain(name):
                raise CatalogueError(f"`{name}` is no name", hint=_HINT, file=REGIONS_FILE, key=key)
    return regions


def _of_names(names: Iterable[str]) -> re.Pattern[str]:
    # Longest first: a province is not taken for the city that it is called after.
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first))})(?!\S)")


def plain(text: str) -> str:
    """A text in small letters without accents and marks, its words one blank apart.

    Example:
        >>> plain("Crimée (Donets’k)")
        'crimee donetsk'
    """
    if text.isascii():
        letters = text.lower()
    else:
        small = unicodedata.normalize("NFKD", text).casefold().replace(_DOTLESS_I, "i")
        split = unicodedata.normalize("NFKD", small)
        letters = "".join(letter for letter in split if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", _INSIDE_WORDS.sub("", letters)).strip()
