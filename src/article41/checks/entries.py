"""Which record of a listing answers for a day, and whether it stood then."""

import difflib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from article41.checks.forms import is_sure
from article41.match import Index, IndexedListing
from article41.model.clocks import InForce, Interval, day_asked, days_asked, is_known

KEYS_SHOWN = 3
"""Keys that the remedy of an unknown one names."""
KEY_LENGTHS_APART = 2
"""How much longer or shorter they may be."""
_SURER = {InForce.NO: 0, InForce.UNKNOWN: 1, InForce.YES: 2}


class Asked:
    """A day and a moment about which entries are asked.

    Args:
        as_of: The day in force; the newest versions' if absent.
        known_at: The moment known, with its zone; the newest if absent.
        asked_on: The present day.
    """

    def __init__(self, *, as_of: date | None, known_at: datetime | None, asked_on: date) -> None:
        """Work out which days it is about."""
        self.as_of = as_of
        self.known_at = known_at
        self.days: Interval = days_asked(as_of, day_asked(known_at, asked_on))

    def known(self, records: Iterable[IndexedListing]) -> list[IndexedListing]:
        """The records believed at the moment."""
        return [one for one in records if is_known(one.details, self.known_at)]

    def held(self, records: Iterable[IndexedListing]) -> list[IndexedListing]:
        """Of each listing, the record that held, or may have held, on the day; by key."""
        best: dict[str, IndexedListing] = {}
        for one in self.known(records):
            if one.form.may_hold_during(self.days):
                before = best.get(one.key)
                if before is None or not is_sure(before.form, self.as_of):
                    best[one.key] = one
        return [best[key] for key in sorted(best)]

    def nearest(self, known: Sequence[IndexedListing]) -> IndexedListing:
        """Of one listing, the record for the day, else the last before it, else its first."""
        [*held] = self.held(known)
        if held:
            return held[0]
        day = self.days.valid_from
        before = [one for one in known if day is None or one.form.began_by <= day]
        return before[-1] if before else known[0]

    def in_force(self, one: IndexedListing) -> InForce:
        """Whether it was listed on the day; without a day, whether it is now."""
        if self.as_of is not None:
            return one.listed.on(self.as_of)
        return InForce.YES if one.listed.may_hold_during(self.days) else InForce.NO

    def in_force_ever(self, known: Sequence[IndexedListing]) -> InForce:
        """The same of a listing that may have come and gone several times."""
        return max(map(self.in_force, known), key=_SURER.__getitem__)


def near_keys(index: Index, key: str) -> list[str]:
    """Keys that somebody may have meant by one that no list has.

    Those of the same list, if there is such a list; else the lists that are spelled alike.
    """
    list_id, _, number = key.partition("/")
    keys = index.keys()
    lists = {one.partition("/")[0] for one in keys}
    if list_id not in lists:
        return difflib.get_close_matches(list_id, sorted(lists), n=KEYS_SHOWN, cutoff=0.5)
    ends = {number[:2], number[-2:]}
    own = [one for one in keys if one.startswith(f"{list_id}/")]
    near = [
        one
        for one in own
        if abs(len(one) - len(key)) <= KEY_LENGTHS_APART
        and not ends.isdisjoint({one[len(list_id) + 1 :][:2], one[-2:]})
    ]
    return difflib.get_close_matches(key, near, n=KEYS_SHOWN)
