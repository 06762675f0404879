"""Judgments that annul a listing: it stands until the judgment takes effect, and that is open."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.law.loading import read_shipped
from article41.model.measures import Certainty
from article41.model.verdicts import ListedAs


class Judgment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A judgment that annuls a listing, and from when it has effect.

    Example:
        >>> load_judgments()[0].certainty.value
        'B'
    """

    case: str
    """Number and parties."""
    court: str
    """Who decided."""
    authority: str
    """Whose listing, as listings name it."""
    names: tuple[str, ...]
    """Of whom, as names or aliases of the entry."""
    decided_on: date
    """Day of the judgment."""
    effect_from: date
    """First day on which it has effect."""
    effect: str
    """What it does, in words."""
    until_then: str
    """What is to be done until it has effect."""
    citation: str
    """Where this is said."""
    certainty: Certainty
    """How sure this is."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""

    @property
    def instruction(self) -> str:
        """What is to be done until it has effect, and why.

        Example:
            >>> load_judgments()[0].instruction[:46]
            'keep what is frozen frozen until 2014-08-22: T'
        """
        return (
            f"{self.until_then} until {self.effect_from}: {self.case}, of {self.decided_on} "
            f"{self.effect}"
        )

    def is_pending_for(self, entry: ListedAs, day: date) -> bool:
        """True if it is about an entry, and given but without effect yet on a day."""
        own = {name.casefold() for name in (*entry.names, entry.name)}
        is_meant = entry.authority == self.authority and any(
            name.casefold() in own for name in self.names
        )
        return is_meant and self.decided_on <= day < self.effect_from


class _Judgments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    judgment: tuple[Judgment, ...]


@lru_cache(maxsize=8)
def load_judgments(folder: Path | None = None) -> tuple[Judgment, ...]:
    """The judgments, in the order of their file.

    Raises:
        CatalogueError: The file is missing or wrong.
    """
    return read_shipped("judgments.toml", _Judgments, folder).judgment


def pending_judgments(entry: ListedAs, day: date) -> tuple[Judgment, ...]:
    """Judgments about an entry that were given and have no effect yet on a day."""
    return tuple(one for one in load_judgments() if one.is_pending_for(entry, day))
