"""Who owns or controls a party, by the rule of a measure and the day; each case worked out once."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from article41.law.ownership import Sought, examine, rule_on
from article41.law.situation import Situation
from article41.model.clocks import InForce
from article41.model.holdings import Control, Stake
from article41.model.ownership import OwnershipNote
from article41.model.parties import Party, Role
from article41.model.verdicts import ListedAs


class Owners:
    """The ownership of the parties of one act.

    Args:
        situation: The act.
    """

    def __init__(self, situation: Situation) -> None:
        """Keep the act; nothing is worked out before a measure asks."""
        self._holdings = situation.act.holdings
        self._ties: tuple[Stake | Control, ...] = (
            *self._holdings.stakes,
            *self._holdings.controls,
        )
        self._holders = frozenset(tie.owner for tie in self._ties)
        self._day = situation.day
        self._notes: dict[_Case, OwnershipNote | None] = {}

    def note(
        self,
        party: str,
        listed: Mapping[str, InForce],
        family: str,
        *,
        since: Mapping[str, date],
        entries: Mapping[str, str] | None = None,
        sought: Sought = Sought.LISTED,
    ) -> OwnershipNote | None:
        """What a rule makes of the stakes of listed parties in one party; nothing without stakes.

        Args:
            party: Key of the party that may be owned.
            listed: Parties that count as listed, and how surely.
            family: Family of the rules.
            since: Their first days on the list, where they are known.
            entries: Which entries they are or may be, in words.
            sought: Who counts as listed.
        """
        if not (self._holdings.stakes or self._holdings.controls):
            return None
        days = tuple((owner, listed[owner], since.get(owner)) for owner in sorted(listed))
        told = tuple(sorted((entries or {}).items()))
        key = _Case(party, family, days, told, sought)
        if key not in self._notes:
            notes = examine(
                self._holdings,
                asked=(party,),
                listed=listed,
                rule=rule_on(family, self._day),
                day=self._day,
                listed_from=since,
                entries=entries,
                sought=sought,
            )
            self._notes[key] = next((one for one in notes if one.party == party), None)
        return self._notes[key]

    def holds(self, party: str) -> bool:
        """True if the act says of the party that it owns or controls somebody."""
        return party in self._holders

    def are_told(self, party: str) -> bool:
        """True if the act says of somebody that it owns or controls the party."""
        return any(tie.asset == party for tie in self._ties)

    def is_idle(self, party: Party) -> bool:
        """True if a party takes part as an owner alone, and it is not said of what."""
        return party.role is Role.OWNER and party.key not in self._holders

    @property
    def notes(self) -> tuple[OwnershipNote, ...]:
        """All that was worked out of listed owners so far, by party and rule.

        Of whom a measure means otherwise its finding tells: measures that are never read would add
        to this.
        """
        found = {note for key, note in self._notes.items() if note and key.sought is Sought.LISTED}
        return tuple(sorted(found, key=lambda note: (note.party, note.rule, note.text)))


class _Case(NamedTuple):
    """What a note is about."""

    party: str
    family: str
    days: tuple[tuple[str, InForce, date | None], ...]
    told: tuple[tuple[str, str], ...]
    sought: Sought


def first_days(
    entries: Mapping[str, Iterable[ListedAs]], earliest: date = date.min
) -> dict[str, date]:
    """The first day on which each party was listed by some entries, where each of them has one.

    Args:
        entries: The entries of each party.
        earliest: The first day on which a listing had the effect in question.

    Example:
        >>> first_days({"payee": ()})
        {}
    """
    found = {}
    for key, of_party in entries.items():
        days = [entry.listed_from for entry in of_party]
        known = [day for day in days if day is not None]
        if known and len(known) == len(days):
            found[key] = max(min(known), earliest)
    return found
