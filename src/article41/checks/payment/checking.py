"""Answers payments: their parties and their way by the law, their free texts by the lists.

Any review is hold. What is found in a free text is a review and never more: a text may speak of
somebody else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from article41.checks.acts import ACTS_AT_ONCE, Checker, refuse_lawless_day
from article41.checks.payment.act import MessageAct, act_of
from article41.checks.payment.answers import QUIET, PaymentAnswer, fault_of
from article41.checks.payment.find_questions import asked_about
from article41.checks.payment.finds import FindKind, TextFind
from article41.checks.payment.free_text import TextSearch
from article41.checks.payment.message import Transaction
from article41.checks.payment.references import references_of
from article41.checks.payment.rulings import PaymentLaw, Ruling, Worse
from article41.checks.payment.standings import PartySearch, Standings
from article41.checks.screener import Screener
from article41.law.coverage_loading import load_coverage
from article41.law.ties import countries_named_by
from article41.model.acts import PaymentAct
from article41.model.errors import ActError
from article41.model.measures import Outcome
from article41.model.verdicts import Identity


class PaymentChecker:
    """Answers payments of one day by the lists and the law of that day.

    It keeps what it found of parties, of words and of kinds of payments: the same banks, payers and
    words come again and again. What it answers is the same without.

    Args:
        screener: The lists.
        checker: The law, asked by the same lists.
        day: The day on which they are carried out.
        known_at: The moment known, with its zone; now if absent.
        asked_on: The present day.

    Raises:
        ActError: Of the day no law is held.
    """

    def __init__(
        self,
        screener: Screener,
        checker: Checker,
        *,
        day: date,
        known_at: datetime | None = None,
        asked_on: date,
    ) -> None:
        """Nothing is asked before a payment comes."""
        refuse_lawless_day(day, checker.law)
        self._screener, self._checker = screener, checker
        self._day, self._known_at, self._asked_on = day, known_at, asked_on
        self._search = TextSearch(screener, day=day, known_at=known_at, asked_on=asked_on)
        self._law = PaymentLaw(checker, known_at=known_at, asked_on=asked_on)
        self._parties = PartySearch(checker, day=day, known_at=known_at, asked_on=asked_on)

    def answer_many(
        self,
        transactions: Iterable[Transaction],
        *,
        file: str,
        asker: str = "",
        jurisdictions: Sequence[str] = (),
        is_whole: bool = False,
    ) -> Iterator[PaymentAnswer]:
        """The answer to each transaction, in their order; some hundreds are asked at once.

        Args:
            transactions: Any number.
            file: What answers call the file.
            asker: On whose behalf, as for `act_of`.
            jurisdictions: Whose answers come first.
            is_whole: True for the whole verdict with each answer, which is then asked for itself.
        """
        coming = iter(transactions)
        while batch := list(islice(coming, ACTS_AT_ONCE)):
            asked = [
                act_of(one, day=self._day, asker=asker, jurisdictions=jurisdictions)
                for one in batch
            ]
            yield from self._batch(batch, asked, file, is_whole=is_whole)

    def _batch(
        self,
        batch: Sequence[Transaction],
        asked: Sequence[MessageAct],
        file: str,
        *,
        is_whole: bool,
    ) -> Iterator[PaymentAnswer]:
        lists = self._screener.coverage(
            as_of=self._day, known_at=self._known_at, asked_on=self._asked_on
        )
        self._law.by(lists)
        finds = self._search.finds([one.texts for one in batch], lists)
        standings = self._parties.standings([one.act for one in asked], lists)
        for transaction, one, found, standing in zip(batch, asked, finds, standings, strict=True):
            if isinstance(standing, ActError):
                yield _unanswered(transaction, one, file, standing)
            else:
                ruling = self._law.ruling(one.act, standing, is_whole=is_whole)
                yield self._answer(transaction, one, found, standing, ruling=ruling, file=file)

    def _seen(
        self,
        finds: Sequence[TextFind],
        act: PaymentAct,
        standings: Standings,
        outcome: Outcome,
    ) -> tuple[TextFind, ...]:
        """The finds that count: none of an entry that the party itself is like already.

        A country in a text counts only if the answer would be another by it.
        """
        if not finds:
            return ()
        known = {
            (key, entry.key): entry.score if entry.identity is Identity.RESEMBLES else None
            for key, one in standings.items()
            for entry in one.listed
        }
        finds = [one for one in finds if not _is_told(one, known)]
        places = {one.key for one in finds if one.kind is FindKind.PLACE}
        places -= {code for party in act.parties for code, _ in countries_named_by(party)}
        telling = places & _under_regimes()
        worse: dict[str, Worse] = {}
        if places and outcome in QUIET:
            follows = {one: self._law.worse_if_in(act, standings, one, outcome) for one in places}
            worse = {one: found for one, found in follows.items() if found is not None}
            telling = set(worse)
        laws = self._law.by_list()
        return tuple(
            asked_about(one, laws, worse)
            for one in finds
            if one.kind is not FindKind.PLACE or one.key in telling
        )

    def _answer(
        self,
        transaction: Transaction,
        asked: MessageAct,
        found: Sequence[TextFind],
        standings: Standings,
        *,
        ruling: Ruling,
        file: str,
    ) -> PaymentAnswer:
        finds = self._seen(found, asked.act, standings, ruling.outcome)
        outcome = ruling.outcome
        if finds and outcome.rank > Outcome.REVIEW.rank:
            outcome = Outcome.REVIEW
        return PaymentAnswer(
            file=file,
            message=transaction.message,
            number=transaction.number,
            reference=transaction.reference,
            references=references_of(transaction.texts),
            hold=outcome not in QUIET,
            outcome=outcome,
            asker=asked.act.asker.party,
            asker_name=_asker_name(asked.act),
            on=self._day,
            reasons=ruling.reasons,
            finds=finds,
            listed_elsewhere=ruling.elsewhere,
            assumed=asked.assumed,
            lists=ruling.lists,
            coverage=ruling.coverage,
            catalogue_sha256=ruling.catalogue_sha256,
            known_at=self._known_at,
            threshold=ruling.threshold,
            code_version=ruling.code_version,
            verdict=ruling.verdict,
        )


def _is_told(find: TextFind, known: Mapping[tuple[str, str], float | None]) -> bool:
    """Whether a party as a whole is as much like the entry as the words that were found.

    Args:
        find: What was found in a text of it.
        known: How much each party is like each entry; None if it surely is that one.
    """
    place = find.of, find.key
    if place not in known:
        return False
    whole = known[place]
    return whole is None or find.score is None or whole >= find.score


def _unanswered(
    transaction: Transaction, asked: MessageAct, file: str, error: ActError
) -> PaymentAnswer:
    return PaymentAnswer(
        file=file,
        message=transaction.message,
        number=transaction.number,
        reference=transaction.reference,
        references=references_of(transaction.texts),
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
