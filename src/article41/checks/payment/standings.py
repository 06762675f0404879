"""Whom on the lists the parties of payments are, or are like; each is looked for once.

Most banks stand in a message with their BIC alone, some parties with an LEI. Where a list prints
such a number, its names are looked for too: other lists have the same bank by its name alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from article41.checks.acts import Checker
from article41.checks.coverage import Coverage
from article41.checks.entries import Asked
from article41.checks.numbers import SHARED_NUMBER_MAX, fault_of
from article41.checks.screener import Screener
from article41.match import IndexedListing, number_key
from article41.model.acts import PaymentAct
from article41.model.errors import ActError
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party
from article41.model.verdicts import PartyStanding

KEPT_MAX = 4_000
"""Parties of whom it is kept whom on the lists they are like."""
_OF_ONE = frozenset({IdentifierKind.BIC, IdentifierKind.LEI})
"""Numbers that one institution has, and with which messages name it."""
Standings = Mapping[str, PartyStanding]
"""By the keys of the parties."""


class PartySearch:
    """Looks for the parties of payments on the lists of one day; what it found it keeps.

    Args:
        screener: The lists.
        checker: Asks them.
        day: The day in force.
        known_at: The moment known; now if absent.
        asked_on: The present day.
    """

    def __init__(
        self,
        screener: Screener,
        checker: Checker,
        *,
        day: date,
        known_at: datetime | None,
        asked_on: date,
    ) -> None:
        """Nothing is looked for before a payment comes."""
        self._screener, self._checker = screener, checker
        self._day, self._known_at, self._asked_on = day, known_at, asked_on
        self._asked = Asked(as_of=day, known_at=known_at, asked_on=asked_on)
        self._kept: dict[Party, PartyStanding] = {}

    def standings(self, acts: Sequence[PaymentAct], lists: Coverage) -> list[Standings | ActError]:
        """What is found of the parties of each act; if one cannot be asked about, others are.

        Args:
            acts: Any number.
            lists: What the screener says of the day.
        """
        try:
            return [*self._standings_of(acts, lists)]
        except ActError:
            return [self._alone(act, lists) for act in acts]

    def _alone(self, act: PaymentAct, lists: Coverage) -> Standings | ActError:
        try:
            found = self._looked_for(act.parties, lists)
        except ActError as error:
            return error
        return {one.party: one for one in found}

    def _standings_of(self, acts: Sequence[PaymentAct], lists: Coverage) -> list[Standings]:
        nameless = [
            [(party.key, msgspec.structs.replace(party, id="")) for party in act.parties]
            for act in acts
        ]
        parties = dict.fromkeys(party for of_act in nameless for _, party in of_act)
        known = self._kept
        unknown = [party for party in parties if party not in known]
        if unknown and len(known) + len(unknown) > KEPT_MAX:
            known.clear()
            unknown = [*parties]
        if unknown:
            known.update(zip(unknown, self._looked_for(unknown, lists), strict=True))
        return [{key: _of(known[party], key) for key, party in of_act} for of_act in nameless]

    def _looked_for(self, parties: Sequence[Party], lists: Coverage) -> list[PartyStanding]:
        found = self._screened([_without_number(one) for one in parties], lists)
        entries = [self._entries_of(one) for one in parties]
        named = [
            msgspec.structs.replace(
                party, name="", other_names=tuple(name.value for name in entry.names), documents=()
            )
            for party, of_one in zip(parties, entries, strict=True)
            for entry in of_one
        ]
        by_entry = iter(self._screened(named, lists) if named else ())
        return [
            _with_namesakes(
                msgspec.structs.replace(standing, name_open="") if _is_number(party) else standing,
                [(entry, next(by_entry)) for entry in of_one],
            )
            for party, standing, of_one in zip(parties, found, entries, strict=True)
        ]

    def _screened(self, parties: Sequence[Party], lists: Coverage) -> list[PartyStanding]:
        return self._checker.screened(
            parties,
            on=self._day,
            known_at=self._known_at,
            asked_on=self._asked_on,
            coverage=lists,
        )

    def _entries_of(self, party: Party) -> list[IndexedListing]:
        """The entries that print its BIC or its LEI."""
        found: dict[str, IndexedListing] = {}
        for document in party.documents:
            if document.kind in _OF_ONE and not fault_of(document):
                key = number_key(document.kind, document.value)
                held = self._asked.held(self._screener.index.of_number(key))
                if len(held) <= SHARED_NUMBER_MAX:
                    found.update((one.key, one) for one in held)
        return [*found.values()]


def _with_namesakes(
    standing: PartyStanding, by_entry: Sequence[tuple[IndexedListing, PartyStanding]]
) -> PartyStanding:
    """A standing with what is like the entries by whose number the party was found."""
    listed = {one.key: one for one in standing.listed}
    for entry, other in by_entry:
        for one in other.listed:
            told = f"{one.evidence} of `{entry.key}`, which has its number"
            listed.setdefault(one.key, msgspec.structs.replace(one, evidence=told))
    if len(listed) == len(standing.listed):
        return standing
    return msgspec.structs.replace(standing, listed=tuple(listed.values()))


def _without_number(party: Party) -> Party:
    return msgspec.structs.replace(party, name="") if _is_number(party) else party


def _is_number(party: Party) -> bool:
    """Whether its BIC stands for its name: the letters of one are like no name."""
    return any(one.value == party.name for one in party.documents)


def _of(standing: PartyStanding, key: str) -> PartyStanding:
    """The standing of a party that is called so."""
    return standing if standing.party == key else msgspec.structs.replace(standing, party=key)
