"""Which lists must be held before an answer can say that nothing was found."""

from functools import lru_cache
from pathlib import Path

import msgspec

from article41.law.loading import read_shipped


class ListNeed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one jurisdiction needs.

    Example:
        >>> ListNeed(jurisdiction="XA", any_of=(("xa-main",),)).jurisdiction
        'XA'
    """

    jurisdiction: str
    """Whose law."""
    any_of: tuple[tuple[str, ...], ...]
    """One of these sets of lists, whole."""


class _Needs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    need: tuple[ListNeed, ...]


@lru_cache(maxsize=8)
def load_needs(folder: Path | None = None) -> tuple[ListNeed, ...]:
    """The needs of all jurisdictions, in the order of the file.

    Raises:
        CatalogueError: The file is missing or wrong.

    Example:
        >>> [need.any_of[0] for need in load_needs() if need.jurisdiction == "US"]
        [('ofac-sdn', 'ofac-cons')]
    """
    return read_shipped("lists.toml", _Needs, folder).need
