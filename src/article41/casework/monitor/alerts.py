"""What an alert is, and how two states of one differ: new, changed, or released.

Whatever a list changes about an entry that nobody sees in the alert and no law asks of is no
change of it: the version, the place in the file, housekeeping.
"""

import enum
import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from article41.casework.monitor.customer import Customer
from article41.checks import Match, PartyAnswer
from article41.checks.entries import Asked
from article41.checks.numbers import Strength, strength_of, words_of
from article41.match import (
    BirthEvidence,
    Index,
    IndexedListing,
    listed_number_keys,
    number_key,
)
from article41.model.clocks import Bounds, InForce

DIGEST_CHARACTERS = 16


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A customer and an entry that resembles it, or prints a number of it: for a person to see."""

    customer: str
    """The id of the customer."""
    listing: str
    """List and number of the entry."""
    score: float
    """0 to 1, of the name that resembles most; 0 if none does, and a number alone is the same."""
    asked: str
    """That name of the customer; the first one if none resembles."""
    name: str
    """The name of the entry that resembles it; its primary one if none does."""
    name_kind: str
    """How the authority ranks that name."""
    birth_evidence: str
    """What dates of birth say: conflict, doubtful, near, absent, compatible or same-day."""
    numbers: tuple[str, ...]
    """Numbers of the customer that the entry prints too."""
    primary_name: str
    """The first name printed."""
    listing_schema: str
    """The kind of target."""
    programmes: tuple[str, ...]
    """As published."""
    birth_dates: tuple[str, ...]
    """In words of the list."""
    entry: str
    """Stands for all that the entry says of its target and of what is imposed on it."""


class ChangeKind(enum.Enum):
    """What became of an alert."""

    NEW = "new"
    """It was not there before."""
    CHANGED = "changed"
    """It was, and what it rests on has changed."""
    RELEASED = "released"
    """It is there no more."""


class Ending(enum.Enum):
    """Why an alert is there no more."""

    NOT_LISTED = "not-listed"
    """The entry stands on its list no more."""
    NO_RESEMBLANCE = "no-resemblance"
    """The entry and the customer resemble each other no more."""
    CUSTOMER_CHANGED = "customer-changed"
    """The same, and it is the customer of whom something else is known."""
    CUSTOMER_REMOVED = "customer-removed"
    """The register has the customer no more."""


class AlertChange(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one alert from one state to another."""

    kind: ChangeKind
    """New, changed or released."""
    alert: Alert
    """As it is; as it was, if it is released."""
    fields: tuple[str, ...] = ()
    """What of it has changed; `entry` for what is not shown."""
    why: Ending | None = None
    """Why it is released."""


class AlertMaker:
    """Makes alerts of what an index answers.

    Args:
        index: In which numbers are looked up too.
    """

    def __init__(self, index: Index) -> None:
        """Know no entry yet."""
        self._index = index
        self._digests: dict[tuple[str, str, str, Bounds], str] = {}

    def alerts(
        self, customers: Iterable[Customer], answers: Iterable[PartyAnswer], asked: Asked
    ) -> Iterator[dict[str, Alert]]:
        """The alerts of each customer, by entry.

        Args:
            customers: Who.
            answers: To the queries of all of them, in order.
            asked: About which day and moment.
        """
        remaining = iter(answers)
        for one in customers:
            best: dict[str, tuple[Match, str]] = {}
            for query in one.queries:
                for match in next(remaining).matches:
                    known = best.get(match.listing.key)
                    if known is None or match.score > known[0].score:
                        best[match.listing.key] = match, query.name
            alerts = {key: self._of(one, match, name) for key, (match, name) in best.items()}
            if one.numbers:
                self._add_numbers(alerts, one, asked)
            yield alerts

    def _add_numbers(self, alerts: dict[str, Alert], customer: Customer, asked: Asked) -> None:
        """Add what entries print the numbers of a customer."""
        shared: dict[str, tuple[IndexedListing, dict[str, None]]] = {}
        for document in customer.numbers:
            key = number_key(document.kind, document.value)
            for listing in asked.held(self._index.of_number(key)) if key else ():
                for number in listing.details.numbers:
                    is_equal = key in listed_number_keys(number.kind, number.value)
                    if is_equal and strength_of(document, number) is not Strength.HINT:
                        shared.setdefault(listing.key, (listing, {}))[1][words_of(number)] = None
        for key, (listing, words) in shared.items():
            known = alerts.get(key) or self._of_number(customer, listing)
            alerts[key] = msgspec.structs.replace(known, numbers=tuple(sorted(words)))

    def _of_number(self, customer: Customer, listing: IndexedListing) -> Alert:
        match = Match(
            score=0.0,
            listing=listing,
            in_force=InForce.YES,
            unknown_between=None,
            name=listing.names[0],
            birth_evidence=BirthEvidence.ABSENT,
            explanation=None,
        )
        return self._of(customer, match, customer.names[0] if customer.names else "")

    def _of(self, customer: Customer, match: Match, asked: str) -> Alert:
        listing = match.listing
        # Within one index these name a content; digesting each entry once spares half the time.
        key = (listing.key, listing.version_sha256, listing.place, listing.form)
        entry = self._digests.get(key) or self._digests.setdefault(key, _digest(listing))
        return Alert(
            customer=customer.id,
            listing=listing.key,
            score=match.score,
            asked=asked,
            name=match.name.value,
            name_kind=match.name.kind.value,
            birth_evidence=match.birth_evidence.value,
            numbers=(),
            primary_name=listing.names[0].value,
            listing_schema=listing.schema.value,
            programmes=tuple(sorted(listing.programmes)),
            birth_dates=tuple(sorted(listing.birth_dates)),
            entry=entry,
        )


def changes(
    before: Mapping[str, Alert], after: Mapping[str, Alert], why: Mapping[str, Ending]
) -> Iterator[AlertChange]:
    """What became of the alerts of one customer, by entry.

    Args:
        before: As they were.
        after: As they are.
        why: Of those that are there no more, why.
    """
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if new is None:
            assert old is not None
            yield AlertChange(kind=ChangeKind.RELEASED, alert=old, why=why[key])
        elif old is None:
            yield AlertChange(kind=ChangeKind.NEW, alert=new)
        elif old != new:
            names = Alert.__struct_fields__
            fields = tuple(name for name in names if getattr(old, name) != getattr(new, name))
            yield AlertChange(kind=ChangeKind.CHANGED, alert=new, fields=fields)


def _digest(listing: IndexedListing) -> str:
    details = listing.details
    said = (
        listing.schema,
        sorted((name.value, name.kind.value) for name in listing.names),
        sorted(listing.programmes),
        sorted(listing.birth_dates),
        sorted(listing.nationalities),
        listing.listed_on,
        sorted(details.measures),
        sorted(details.acts),
        sorted((one.kind.value, one.value, one.country) for one in details.numbers),
        details.certainty,
        sorted(details.links),
    )
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:DIGEST_CHARACTERS]
