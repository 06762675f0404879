"""Answers payments: their parties and their way by the law, their free texts by the lists.

Any review is hold. What is found in a free text is a review and never more: a text may speak of
somebody else.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

import msgspec

from article41.checks.acts import ACTS_AT_ONCE, Checker
from article41.checks.coverage import Coverage
from article41.checks.payment.act import MessageAct, act_of
from article41.checks.payment.alike import kind_of
from article41.checks.payment.answers import QUIET, PaymentAnswer, fault_of, reasons_of
from article41.checks.payment.elsewhere import as_if_in
from article41.checks.payment.free_text import FindKind, TextFind, TextSearch
from article41.checks.payment.message import Transaction
from article41.checks.screener import Screener
from article41.law.coverage_loading import load_coverage
from article41.law.ties import countries_named_by
from article41.model.acts import Act, PaymentAct
from article41.model.errors import ActError
from article41.model.measures import Outcome
from article41.model.verdicts import PartyStanding, Verdict

KINDS_MAX = 20_000
"""Kinds of payments of which it is kept that no measure was found."""


class PaymentChecker:
    """Answers payments of one day by the lists and the law of that day.

    Args:
        screener: The lists.
        checker: The law, asked by the same lists.
        day: The day on which they are carried out.
        known_at: The moment known, with its zone; now if absent.
        asked_on: The present day.
        asker: On whose behalf, as for `act_of`.
        jurisdictions: Whose answers come first.
        is_whole: True for the whole verdict with each answer.
    """

    def __init__(
        self,
        screener: Screener,
        checker: Checker,
        *,
        day: date,
        known_at: datetime | None = None,
        asked_on: date,
        asker: str = "",
        jurisdictions: Sequence[str] = (),
        is_whole: bool = False,
    ) -> None:
        """Nothing is asked before a payment comes."""
        self._screener, self._checker = screener, checker
        self._lists: Coverage | None = None
        self._quiet: dict[Hashable, Verdict] = {}
        self._day, self._known_at, self._asked_on = day, known_at, asked_on
        self._asker, self._jurisdictions = asker, tuple(jurisdictions)
        self._is_whole = is_whole
        self._search = TextSearch(screener, day=day, known_at=known_at, asked_on=asked_on)

    def answer_many(
        self, transactions: Iterable[Transaction], *, file: str
    ) -> Iterator[PaymentAnswer]:
        """The answer to each transaction, in their order; some hundreds are asked at once.

        Args:
            transactions: Any number.
            file: What answers call the file.
        """
        coming = iter(transactions)
        while batch := list(islice(coming, ACTS_AT_ONCE)):
            yield from self._batch(batch, file)

    def _batch(self, batch: Sequence[Transaction], file: str) -> Iterator[PaymentAnswer]:
        asked = [
            act_of(one, day=self._day, asker=self._asker, jurisdictions=self._jurisdictions)
            for one in batch
        ]
        finds = self._search.finds([one.texts for one in batch])
        verdicts = self._verdicts([one.act for one in asked])
        for transaction, one, found, verdict in zip(batch, asked, finds, verdicts, strict=True):
            if isinstance(verdict, ActError):
                yield _unanswered(transaction, one, file, verdict)
            else:
                yield self._answer(transaction, one, self._seen(found, one.act, verdict), verdict,
                                   file)  # fmt: skip

    def _verdicts(self, acts: Sequence[PaymentAct]) -> list[Verdict | ActError]:
        """One a payment; where one of them cannot be asked about, the others are."""
        try:
            standings = self._checker.standings(
                acts, known_at=self._known_at, asked_on=self._asked_on
            )
        except ActError:
            return [self._verdict(act) for act in acts]
        return [self._surely(*each) for each in zip(acts, standings, strict=True)]

    def _surely(self, act: PaymentAct, standings: Mapping[str, PartyStanding]) -> Verdict:
        """The verdict; a purpose that a message claims lifts nothing by which it would be held."""
        verdict = self._known(act, standings)
        if act.purposes and verdict.outcome in QUIET:
            return self._known(msgspec.structs.replace(act, purposes=()), standings)
        return verdict

    def _known(self, act: PaymentAct, standings: Mapping[str, PartyStanding]) -> Verdict:
        """The verdict of a payment, or of one before of which the law says the same."""
        kind = None if self._is_whole else kind_of(act, standings, self._checker.law)
        lists = self._screener.coverage(
            as_of=act.on, known_at=self._known_at, asked_on=self._asked_on
        )
        if self._lists is not lists:
            # Looked at anew each minute; most often nothing has changed.
            if self._lists != lists:
                self._quiet.clear()
            self._lists = lists
        if kind is not None and (known := self._quiet.get(kind)) is not None:
            return known
        verdict = self._checker.verdict(
            act, standings, known_at=self._known_at, asked_on=self._asked_on
        )
        if kind is not None and verdict.outcome in QUIET:
            if len(self._quiet) >= KINDS_MAX:
                self._quiet.clear()
            self._quiet[kind] = verdict
        return verdict

    def _verdict(self, act: Act) -> Verdict | ActError:
        try:
            return self._checker.check(act, known_at=self._known_at, asked_on=self._asked_on)
        except ActError as error:
            return error

    def _seen(
        self, finds: Sequence[TextFind], act: PaymentAct, verdict: Verdict
    ) -> tuple[TextFind, ...]:
        """The finds that count: none of an entry that the party itself is like already.

        A country in a text counts only if the answer would be another by it.
        """
        known = {(one.party, entry.key) for one in verdict.parties for entry in one.listed}
        finds = [one for one in finds if (one.of, one.key) not in known]
        places = {one.key for one in finds if one.kind is FindKind.PLACE}
        places -= {code for party in act.parties for code, _ in countries_named_by(party)}
        telling = places & _under_regimes()
        if places and verdict.outcome in QUIET:
            telling = {one for one in places if self._is_worse(act, one, verdict.outcome)}
        return tuple(one for one in finds if one.kind is not FindKind.PLACE or one.key in telling)

    def _is_worse(self, act: PaymentAct, country: str, outcome: Outcome) -> bool:
        """Whether the answer is a worse one if the payment has to do with a country."""
        verdicts = map(self._verdict, as_if_in(act, country))
        return any(isinstance(one, ActError) or one.outcome.rank < outcome.rank for one in verdicts)

    def _answer(
        self,
        transaction: Transaction,
        asked: MessageAct,
        finds: tuple[TextFind, ...],
        verdict: Verdict,
        file: str,
    ) -> PaymentAnswer:
        outcome = verdict.outcome
        if finds and outcome.rank > Outcome.REVIEW.rank:
            outcome = Outcome.REVIEW
        return PaymentAnswer(
            file=file,
            message=transaction.message,
            number=transaction.number,
            reference=transaction.reference,
            hold=outcome not in QUIET,
            outcome=outcome,
            asker=asked.act.asker.party,
            asker_name=_asker_name(asked.act),
            on=self._day,
            reasons=reasons_of(verdict) if verdict.outcome not in QUIET else (),
            finds=finds,
            assumed=asked.assumed,
            lists=verdict.lists,
            coverage=verdict.coverage,
            catalogue_sha256=verdict.catalogue_sha256,
            known_at=verdict.known_at,
            threshold=verdict.threshold,
            code_version=verdict.code_version,
            verdict=verdict if self._is_whole else None,
        )


def _unanswered(
    transaction: Transaction, asked: MessageAct, file: str, error: ActError
) -> PaymentAnswer:
    return PaymentAnswer(
        file=file,
        message=transaction.message,
        number=transaction.number,
        reference=transaction.reference,
        hold=True,
        outcome=Outcome.REVIEW,
        asker=asked.act.asker.party,
        asker_name=_asker_name(asked.act),
        on=asked.act.on,
        assumed=asked.assumed,
        fault=fault_of(error),
    )


@lru_cache(maxsize=1)
def _under_regimes() -> frozenset[str]:
    """Countries on which any law has a regime: of others a payment that is held says nothing."""
    return frozenset(country for touches in load_coverage().touches.values() for country in touches)


def _asker_name(act: PaymentAct) -> str:
    return next((one.name for one in act.parties if one.key == act.asker.party), "")
