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
    programmes: tuple[str, ...] = ()
    """Tags of the programme under which it was listed; of any if empty."""
    decided_on: date
    """Day of the judgment."""
    effect_from: date
    """First day on which it has effect."""
    effect: str
    """What it does, in words."""
    until_then: str
    """What is to be done until it has effect."""
    renewed_on: date | None = None
    """First day of a listing made anew; absent if there is none."""
    renewed_by: str = ""
    """The act that made it anew."""
    citation: str
    """Where this is said."""
    certainty: Certainty
    """How sure this is."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""

    def instruction(self, day: date) -> str:
        """What is to be done on a day on which it is pending, and why.

        Example:
            >>> load_judgments()[0].instruction(date(2014, 6, 20))[:46]
            'keep what is frozen frozen until 2014-08-22: T'
        """
        annulled = f"{self.case}, of {self.decided_on} {self.effect}"
        anew = f"; listed anew on {self.renewed_on} by {self.renewed_by}" if self.renewed_on else ""
        if day < self.effect_from:
            return f"{self.until_then} until {self.effect_from}: {annulled}{anew}"
        return (
            f"between an annulment and a listing made anew: {annulled}, by this reckoning on "
            f"{self.effect_from}{anew}; whether it ran out later, and whether an appeal was "
            "lodged, is for a person to find out"
        )

    def question(self, shown: str, day: date) -> str:
        """What is asked of an entry for which it is pending on a day."""
        if day < self.effect_from:
            return f"does the annulment of {shown} have effect yet? {self.instruction(day)}"
        return f"was {shown} listed on {day}? {self.instruction(day)}"

    def is_pending_for(self, entry: ListedAs, day: date) -> bool:
        """True if it is about an entry, and what holds on a day hangs on it.

        So it does until it has effect, and then until the day on which the listing is made anew.
        """
        own = {name.casefold() for name in (*entry.names, entry.name)}
        is_meant = entry.authority == self.authority and any(
            name.casefold() in own for name in self.names
        )
        if self.programmes and set(self.programmes).isdisjoint(entry.programmes):
            return False
        return is_meant and self.decided_on <= day < (self.renewed_on or self.effect_from)


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
    """Judgments about an entry on which it hangs what holds of it on a day."""
    return tuple(one for one in load_judgments() if one.is_pending_for(entry, day))
