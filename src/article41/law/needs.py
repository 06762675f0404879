"""Which lists must be held before an answer can say that nothing was found."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.law.coverage import CoverageKind
from article41.law.loading import read_shipped


class ListSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lists that together have all whom an authority lists, or all of some regimes.

    Example:
        >>> ListSet(lists=("xa-main",)).is_whole
        True
    """

    lists: tuple[str, ...]
    """The lists."""
    regimes: tuple[str, ...] = ()
    """The regimes of which alone they have those listed; all if empty."""

    @property
    def is_whole(self) -> bool:
        """True if who is on none of the lists is listed under no regime."""
        return not self.regimes


class ListNeed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one jurisdiction needs.

    Example:
        >>> ListNeed(jurisdiction="XA", any_of=(ListSet(lists=("xa-main",)),)).jurisdiction
        'XA'
    """

    jurisdiction: str
    """Whose law."""
    any_of: tuple[ListSet, ...]
    """One of these sets of lists."""
    kinds: tuple[CoverageKind, ...] = ()
    """Kinds of law for which it is needed; any if empty."""
    touches: tuple[str, ...] = ()
    """Countries of whom alone somebody can be on these lists; any if empty."""


class _Needs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    need: tuple[ListNeed, ...]


@lru_cache(maxsize=8)
def load_needs(folder: Path | None = None) -> tuple[ListNeed, ...]:
    """The needs of all jurisdictions, in the order of the file.

    Raises:
        CatalogueError: The file is missing or wrong.

    Example:
        >>> [need.any_of[0].lists for need in load_needs() if need.jurisdiction == "US"]
        [('ofac-sdn', 'ofac-cons'), ('us-csl',)]
    """
    return read_shipped("lists.toml", _Needs, folder).need


def are_partial(list_ids: Iterable[str], needs: Iterable[ListNeed]) -> bool:
    """True if lists have, each by itself, those listed under some regimes alone.

    Example:
        >>> are_partial(["demo-eu-syria"], load_needs()), are_partial(["un-sc"], load_needs())
        (True, False)
    """
    partial = {
        list_id
        for need in needs
        for one in need.any_of
        if not one.is_whole
        for list_id in one.lists
    }
    return partial.issuperset(list_ids)
