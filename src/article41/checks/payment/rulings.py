"""What the law says of payments; of payments that are alike it is asked once.

Payments come in thousands between the same few countries, and the same payers and banks stand in
one after another. Kept is what an answer has of the law, and no verdict with its act.
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from article41.checks.acts import Checker
from article41.checks.coverage import Coverage
from article41.checks.payment.alike import Kind, kind_of
from article41.checks.payment.answers import QUIET, ElsewhereEntry, PaymentReason, reasons_of
from article41.checks.payment.elsewhere import as_if_in
from article41.checks.payment.listed_elsewhere import listed_elsewhere
from article41.law.jurisdictions import of_authority
from article41.model.acts import Act, PaymentAct
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.verdicts import PartyStanding, Verdict

KINDS_MAX = 2_000
"""Kinds of payments of which it is kept what the law says."""


class Ruling(NamedTuple):
    """What the law says of a payment, as its answer has it."""

    outcome: Outcome
    """The most severe."""
    reasons: tuple[PaymentReason, ...]
    """What holds the payment; none if nothing does."""
    elsewhere: tuple[ElsewhereEntry, ...]
    """Entries on lists whose authorities bind nobody in it."""
    lists: tuple[str, ...]
    """Limits of the lists, in words."""
    coverage: msgspec.Raw
    """The lists."""
    catalogue_sha256: str
    """Of the catalogue of law."""
    threshold: float
    """Least score of a resemblance."""
    code_version: str
    """Of this software."""
    verdict: Verdict | None = None
    """The whole verdict, if it was asked for."""


class Worse(NamedTuple):
    """What would follow if a text meant what it names."""

    outcome: Outcome
    jurisdictions: tuple[str, ...]
    """Whose law it would be."""


class PaymentLaw:
    """Asks the law about payments, and keeps what it says of each kind of them.

    Args:
        checker: The law, asked by the lists.
        known_at: The moment known; now if absent.
        asked_on: The present day.
    """

    def __init__(self, checker: Checker, *, known_at: datetime | None, asked_on: date) -> None:
        """Nothing is asked before a payment comes."""
        self._checker = checker
        self._known_at, self._asked_on = known_at, asked_on
        self._lists: Coverage | None = None
        self._rulings: dict[Hashable, Ruling] = {}
        self._worse: dict[Hashable, Worse | None] = {}

    def by(self, lists: Coverage) -> None:
        """Go by these lists from now on; what was said by others is forgotten."""
        if self._lists is lists:
            return
        # Looked at anew each minute; most often nothing has changed.
        if self._lists != lists:
            self._forget()
        self._lists = lists

    def by_list(self) -> Mapping[str, str]:
        """Under whose law each list decides."""
        lists = () if self._lists is None else self._lists.lists
        return {one.list_id: of_authority(one.authority) for one in lists}

    def ruling(
        self, act: PaymentAct, standings: Mapping[str, PartyStanding], *, is_whole: bool = False
    ) -> Ruling:
        """What the law says; a purpose that a message claims lifts nothing that would hold it.

        Args:
            act: The payment.
            standings: What screening found of its parties.
            is_whole: True for the verdict too: then it is asked about by itself.
        """
        ask = self._whole if is_whole else self._ruling
        ruling = ask(act, standings)
        if act.purposes and ruling.outcome in QUIET:
            return ask(msgspec.structs.replace(act, purposes=()), standings)
        return ruling

    def _whole(self, act: PaymentAct, standings: Mapping[str, PartyStanding]) -> Ruling:
        verdict = self._verdict(act, standings)
        return _said(verdict)._replace(verdict=verdict)

    def worse_if_in(
        self,
        act: PaymentAct,
        standings: Mapping[str, PartyStanding],
        country: str,
        outcome: Outcome,
    ) -> Worse | None:
        """What follows if the payment has to do with a country; nothing if that is no worse.

        Args:
            act: The payment.
            standings: What screening found of its parties.
            country: The country.
            outcome: The answer as it is.
        """
        kind = self._kind(act, standings)
        if kind is None:
            return self._worse_if_in(act, standings, country, outcome)
        key = (kind.facts, country, outcome)
        if key not in self._worse:
            if len(self._worse) >= KINDS_MAX:
                self._worse.clear()
            self._worse[key] = self._worse_if_in(act, standings, country, outcome)
        return self._worse[key]

    def _worse_if_in(
        self,
        act: PaymentAct,
        standings: Mapping[str, PartyStanding],
        country: str,
        outcome: Outcome,
    ) -> Worse | None:
        verdicts = (self._verdict(one, standings) for one in as_if_in(act, country))
        worse = next((one for one in verdicts if one.outcome.rank < outcome.rank), None)
        if worse is None:
            return None
        laws = [
            one.jurisdiction
            for one in worse.results
            if one.outcome.rank < outcome.rank and one.binds is not InForce.NO
        ]
        return Worse(worse.outcome, tuple(laws))

    def _ruling(self, act: PaymentAct, standings: Mapping[str, PartyStanding]) -> Ruling:
        """What is said of a payment, or of one before of which the law says the same."""
        kind = self._kind(act, standings)
        if kind is not None and (known := self._rulings.get(kind.facts)) is not None:
            return known
        verdict = self._verdict(act, standings)
        ruling = _said(verdict)
        # Some questions name a party, or its BIC: they are of one payment alone.
        if kind is not None and not _any_of(kind.own, ruling.reasons):
            if len(self._rulings) >= KINDS_MAX:
                self._forget()
            self._rulings[kind.facts] = ruling
        return ruling

    def _verdict(self, act: Act, standings: Mapping[str, PartyStanding]) -> Verdict:
        return self._checker.verdict(
            act,
            standings,
            known_at=self._known_at,
            asked_on=self._asked_on,
            coverage=self._lists,
        )

    def _kind(self, act: PaymentAct, standings: Mapping[str, PartyStanding]) -> Kind | None:
        return kind_of(act, standings, self._checker.law)

    def _forget(self) -> None:
        self._rulings.clear()
        self._worse.clear()


def _said(verdict: Verdict) -> Ruling:
    return Ruling(
        outcome=verdict.outcome,
        reasons=() if verdict.outcome in QUIET else reasons_of(verdict),
        elsewhere=tuple(listed_elsewhere(verdict)),
        lists=verdict.lists,
        coverage=verdict.coverage,
        catalogue_sha256=verdict.catalogue_sha256,
        threshold=verdict.threshold,
        code_version=verdict.code_version,
    )


def _any_of(own: Iterable[str], reasons: Iterable[PaymentReason]) -> bool:
    """Whether the words of any reason have one of some names or numbers in them."""
    said = "\n".join(
        text
        for one in reasons
        for text in (one.title, one.citation, *(fact.question for fact in one.missing))
    )
    return any(one in said for one in own)
