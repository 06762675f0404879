"""Whom on the lists the parties of payments are, or are like; each is looked for once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from article41.checks.acts import Checker
from article41.checks.coverage import Coverage
from article41.model.acts import PaymentAct
from article41.model.errors import ActError
from article41.model.parties import Party
from article41.model.verdicts import PartyStanding

KEPT_MAX = 4_000
"""Parties of whom it is kept whom on the lists they are like."""
Standings = Mapping[str, PartyStanding]
"""By the keys of the parties."""


class PartySearch:
    """Looks for the parties of payments on the lists of one day; what it found it keeps.

    Args:
        checker: Asks the lists.
        day: The day in force.
        known_at: The moment known; now if absent.
        asked_on: The present day.
    """

    def __init__(
        self,
        checker: Checker,
        *,
        day: date,
        known_at: datetime | None,
        asked_on: date,
    ) -> None:
        """Nothing is looked for before a payment comes."""
        self._checker = checker
        self._day, self._known_at, self._asked_on = day, known_at, asked_on
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
        return self._checker.screened(
            parties,
            on=self._day,
            known_at=self._known_at,
            asked_on=self._asked_on,
            coverage=lists,
        )


def _of(standing: PartyStanding, key: str) -> PartyStanding:
    """The standing of a party that is called so."""
    return standing if standing.party == key else msgspec.structs.replace(standing, party=key)
