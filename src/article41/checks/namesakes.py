"""Whom parties are by their numbers, and by the names that lists print with these numbers.

Most banks stand in messages with their BIC alone, some parties with an LEI. Where a list prints
such a number, its names are looked for too: other lists have the same bank by its name alone.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec

from article41.checks.coverage import Coverage
from article41.checks.entries import Asked
from article41.checks.identity import standings_of
from article41.checks.numbers import SHARED_NUMBER_MAX, fault_of
from article41.checks.screener import THRESHOLD, Screener
from article41.match import IndexedListing, number_key
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party
from article41.model.verdicts import PartyStanding

_OF_ONE = frozenset({IdentifierKind.BIC, IdentifierKind.LEI})
"""Numbers that one institution has, and with which messages name it."""


def named_and_numbered(
    parties: Sequence[Party],
    screener: Screener,
    *,
    as_of: date,
    known_at: datetime | None = None,
    threshold: float = THRESHOLD,
    asked_on: date | None = None,
    coverage: Coverage | None = None,
) -> list[PartyStanding]:
    """The standings of parties of acts of one day, in their order.

    A party that is called by its own BIC is compared by it and by no name: its letters are like
    none. To the entries by which a party is found by BIC or LEI those like their names are added.

    Args:
        parties: Any number; memory grows with them.
        screener: The lists.
        as_of: The day.
        known_at: As for `standings_of`, as is all that follows.
        threshold: Least score.
        asked_on: The present day.
        coverage: What the screener says of the day, for who knows it already.

    Raises:
        ActError: As `standings_of`.
    """
    asked_on = asked_on or datetime.now(UTC).date()

    def standings(those: Sequence[Party]) -> list[PartyStanding]:
        return standings_of(
            those,
            screener,
            as_of=as_of,
            known_at=known_at,
            threshold=threshold,
            asked_on=asked_on,
            coverage=coverage,
        )

    asked = Asked(as_of=as_of, known_at=known_at, asked_on=asked_on)
    found = standings([_without_number(one) for one in parties])
    entries = [_entries_of(one, screener, asked) for one in parties]
    named = [
        msgspec.structs.replace(
            party,
            name="",
            other_names=tuple(name.value for name in entry.names),
            documents=(),
            listings=(),
            same_as=(),
        )
        for party, of_one in zip(parties, entries, strict=True)
        for entry in of_one
    ]
    by_entry = iter(standings(named) if named else ())
    return [
        _with_namesakes(
            _called_by_number(standing, party), [(entry, next(by_entry)) for entry in of_one]
        )
        for party, standing, of_one in zip(parties, found, entries, strict=True)
    ]


def _entries_of(party: Party, screener: Screener, asked: Asked) -> list[IndexedListing]:
    """The entries that print its BIC or its LEI, but for those that it was decided not to be."""
    found: dict[str, IndexedListing] = {}
    for document in party.documents:
        if document.kind in _OF_ONE and not fault_of(document):
            key = number_key(document.kind, document.value)
            held = asked.held(screener.index.of_number(key))
            if len(held) <= SHARED_NUMBER_MAX:
                found.update((one.key, one) for one in held)
    for decision in party.different_from:
        found.pop(decision.listing, None)
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


def _called_by_number(standing: PartyStanding, party: Party) -> PartyStanding:
    """A standing without a question for a name, where the number is enough."""
    if not standing.name_open or party.other_names or not _is_number(party):
        return standing
    return msgspec.structs.replace(standing, name_open="")


def _without_number(party: Party) -> Party:
    return msgspec.structs.replace(party, name="") if _is_number(party) else party


def _is_number(party: Party) -> bool:
    """Whether its BIC stands for its name."""
    return any(
        one.value == party.name and one.kind is IdentifierKind.BIC and not fault_of(one)
        for one in party.documents
    )
