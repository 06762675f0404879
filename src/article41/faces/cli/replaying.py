"""Asks a question on record again, as it would have been answered at its moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from article41.casework.audit import RECORD_FOLDER, Entry
from article41.casework.audit.ledger import Ledger
from article41.casework.certificates import Certificate, Replay, ReplayOutcome, compared
from article41.casework.monitor.listed import newest_moment
from article41.checks import Coverage, Screener
from article41.faces.cli.answers import AskedParty
from article41.faces.cli.begun import BEGUN, answer_words
from article41.faces.recording import (
    GENERATION,
    answer_settings,
    lists_of_verdict,
    software,
    versions_of,
    versions_of_coverage,
)
from article41.model.errors import InputError
from article41.model.verdicts import Verdict
from article41.store import read_added, read_generation
from article41.store.scratch import scratch_folder


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """Answers a question on record once more.

    Example:
        >>> Asking.__struct_fields__
        ('answer', 'lists')
    """

    answer: bytes
    """The answer as JSON."""
    lists: Mapping[str, str]
    """The versions that it rests on, by list."""


if TYPE_CHECKING:
    from article41.checks.payment.answers import PaymentAnswer
    from article41.checks.payment.message import Transaction
    from article41.faces.cli.payment_record import HowAsked

REQUEST = "message"
"""What the server calls the messages that it is sent."""
_FILE_LACKING = "the file that was screened was not given with --file, or is another one by now"
_CLOCK_BEHIND = (
    "no list was known yet at the moment that the entry names: the clock was behind when it was "
    "asked, or the lists came to this store later"
)
_Files = Mapping[str, Path]
"""Files that questions are about, by their hash."""
_Ask = Callable[["_Again"], Asking | str]
"""Asks again; in words what is gone without which it cannot be asked."""


def replayed(
    certificate: Certificate,
    screener: Screener,
    folder: Path,
    *,
    held: frozenset[str],
    files: Mapping[str, Path] = MappingProxyType({}),
) -> Replay:
    """Answer the question of a certificate again and compare the bytes.

    Args:
        certificate: The certificate.
        screener: The lists.
        folder: Of the store.
        held: Every version that the store holds.
        files: Files that questions are about, by their SHA-256.

    Raises:
        InputError: It is a kind of question that this release cannot ask.
    """
    entry, question = certificate.recorded, certificate.question
    if nothing := _nothing_to_ask(entry, folder):
        return Replay(id=entry.id, outcome=ReplayOutcome.GONE, inputs=(nothing,), places=())
    ask = _ASK_BY_KIND.get(entry.kind)
    if ask is None:
        raise InputError(
            f"a question of the kind `{entry.kind}` cannot be asked again from its entry",
            hint=f"these can: {', '.join(_ASK_BY_KIND)}",
        )
    found: Replay | None = None
    is_early = newest_moment(screener.index.about, by=entry.moment) is None
    why = _CLOCK_BEHIND if is_early and held.issuperset(entry.lists.values()) else ""
    for moment in _moments(entry.moment):
        again: Asking | str = ""
        if question is not None:
            try:
                again = ask(_Again(question, entry, screener, folder, moment, files))
            except (msgspec.DecodeError, KeyError, ValueError) as error:
                raise InputError(
                    f"the question of `{entry.id}` is none that this release can read",
                    hint=f"ask again with version {entry.software.version}",
                ) from error
        replay = compared(
            certificate,
            answer=None if isinstance(again, str) else again.answer,
            lists=entry.lists if isinstance(again, str) else again.lists,
            held=held,
            software=software(),
            settings={**answer_settings(folder), GENERATION: _generation(folder, entry)},
            lacking=again if isinstance(again, str) else why,
        )
        if replay.is_same:
            return replay
        found = found or replay
    assert found is not None
    return found


def _nothing_to_ask(entry: Entry, folder: Path) -> str:
    """Why an entry has no answer that could be given again, in words; empty of any other."""
    from article41.faces.cli.payment_record import UNREAD_KIND

    if entry.kind == UNREAD_KIND:
        return "nothing of the message could be read: there is nothing to ask"
    if not entry.kind.endswith(BEGUN):
        return ""
    return answer_words(Ledger(folder / RECORD_FOLDER), entry)


def _generation(folder: Path, entry: Entry) -> object:
    """The state of the store that was asked, if the store grew from it; else that of today."""
    was = entry.settings.get(GENERATION)
    grew = isinstance(was, str) and read_added(folder, was) is not None
    return was if grew else read_generation(folder)


def _moments(asked_at: datetime) -> Iterator[datetime]:
    """By what was known then; lists age to the end of a minute, which may tell another hour."""
    yield asked_at
    yield asked_at.replace(second=59, microsecond=999_999)


class _Again(NamedTuple):
    """A question on record, and of whom it is asked again."""

    question: bytes
    entry: Entry
    screener: Screener
    folder: Path
    moment: datetime
    files: _Files

    @property
    def settings(self) -> Mapping[str, str | int | float | bool | None]:
        """How it was asked."""
        return self.entry.settings

    @property
    def asked_on(self) -> date:
        """The day of asking."""
        return date.fromisoformat(str(self.settings["asked_on"]))


def _check(again: _Again) -> Asking:
    from article41.checks.acts import Checker
    from article41.checks.reading import read_acts
    from article41.checks.verdict_json import verdict_json
    from article41.faces.settings import code_version

    [act] = read_acts(again.question, file="certificate")
    threshold, known = again.settings["threshold"], again.settings["known_at"]
    checker = Checker(again.screener, threshold=float(threshold or 0), code_version=code_version())
    known_at = datetime.fromisoformat(str(known)) if known else again.moment
    verdict = checker.check(act, known_at=known_at, asked_on=again.asked_on)
    if not known:
        verdict = _unpinned(verdict)
    return Asking(answer=verdict_json(verdict), lists=lists_of_verdict(verdict))


def _match(again: _Again) -> Asking:
    from article41.faces.cli.answers import name_answer
    from article41.faces.cli.options import birth_date_of
    from article41.faces.cli.targets_kept import also_listed
    from article41.match import Query

    asked = msgspec.json.decode(again.question, type=AskedParty)
    limit = again.settings["limit"]
    answer = again.screener.match(
        Query(
            name=asked.name,
            schema=asked.schema,
            birth_dates=tuple(map(birth_date_of, asked.birth_dates)),
        ),
        as_of=asked.as_of,
        known_at=asked.known_at or again.moment,
        asked_on=again.asked_on,
        threshold=asked.threshold,
        exhaustive=asked.exhaustive,
    )
    keys = {match.listing.key for match in answer.matches}
    linked = also_listed(again.folder, keys, as_of=asked.as_of, known_at=asked.known_at)
    found = name_answer(
        answer,
        linked=linked.by_key,
        country=asked.country,
        exhaustive=asked.exhaustive,
        limit=None if limit is None else int(limit),
    )
    query = msgspec.structs.replace(found.query, known_at=asked.known_at)
    found = msgspec.structs.replace(found, query=query)
    return Asking(answer=msgspec.json.encode(found), lists=versions_of(found.coverage))


def _screen(again: _Again) -> Asking | str:
    from article41.faces.cli.screen_record import ScreenAnswer, ScreenQuestion
    from article41.faces.cli.screening import Screening

    asked = msgspec.json.decode(again.question, type=ScreenQuestion)
    source = again.files.get(asked.file_sha256)
    if source is None:
        return _FILE_LACKING
    screening = Screening(
        again.screener,
        as_of=asked.as_of,
        known_at=asked.known_at or again.moment,
        asked_on=asked.asked_on,
        threshold=asked.threshold,
    )
    answers: list[ScreenAnswer] = []
    with scratch_folder("replay") as made:
        screening.run(
            source,
            made / "screened.csv",
            encoding=asked.encoding,
            column_by_role=dict(asked.columns),
            progress=lambda _done: None,
            before_leaving=lambda summary, sha256: answers.append(ScreenAnswer.of(summary, sha256)),
        )
    return Asking(answer=msgspec.json.encode(answers[0]), lists=versions_of(answers[0].coverage))


def _customers(again: _Again) -> Asking | str:
    from article41.casework.monitor import Moment
    from article41.faces.cli.customers_record import AskedAgain

    if newest_moment(again.screener.index.about, by=again.moment) is None:
        return _CLOCK_BEHIND
    found = AskedAgain.of(
        again.question,
        bytes(again.entry.answer),
        again.screener,
        Moment(at=again.entry.moment, asked_on=again.asked_on, known_at=again.moment),
        generation=str(_generation(again.folder, again.entry)),
    )
    if found.answer is None:
        return found.lacking
    lists = versions_of(found.answer.coverage.lists)
    return Asking(answer=msgspec.json.encode(found.answer), lists=lists)


def _payment(again: _Again) -> Asking:
    from article41.checks.payment.message import Transaction
    from article41.checks.payment.reading import read_payments
    from article41.checks.payment.writing import answer_json
    from article41.faces.cli.payment_record import HowAsked, MessagesAsked, with_replies

    question = msgspec.json.decode(again.question, type=dict[str, object])
    if "message_base64" not in question:
        payment = msgspec.json.decode(again.question, type=Transaction)
        how = msgspec.convert(again.settings, type=HowAsked)
        [found] = _payments([payment], how, again)
        return Asking(answer=answer_json(found), lists=versions_of_coverage(found.coverage))
    sent = msgspec.json.decode(again.question, type=MessagesAsked)
    how = HowAsked(
        asked_on=again.asked_on,
        day=sent.on,
        asker=sent.asker,
        jurisdictions=",".join(sent.jurisdictions),
        known_at=sent.known_at,
        threshold=sent.threshold,
        is_whole=sent.is_whole,
        generation="",
        file=REQUEST,
    )
    payments = list(read_payments(BytesIO(sent.body), name=REQUEST))
    answers = _payments(payments, how, again)
    if sent.with_replies:
        answers = [*with_replies(answers, payments, sent, again.entry.moment)]
    written = b",".join(map(answer_json, answers))
    coverage = again.screener.coverage(
        as_of=sent.on, known_at=sent.known_at or again.moment, asked_on=again.asked_on
    )
    return Asking(answer=b"[" + written + b"]", lists=versions_of(coverage.lists))


def _payments(
    payments: Sequence["Transaction"], how: "HowAsked", again: _Again
) -> list["PaymentAnswer"]:
    from article41.checks.acts import Checker
    from article41.checks.payment.checking import PaymentChecker
    from article41.faces.settings import code_version

    checker = PaymentChecker(
        again.screener,
        Checker(again.screener, threshold=how.threshold, code_version=code_version()),
        day=how.day,
        known_at=how.known_at or again.moment,
        asked_on=how.asked_on,
    )
    jurisdictions = tuple(filter(None, how.jurisdictions.split(",")))
    answers = list(
        checker.answer_many(
            payments,
            file=how.file,
            asker=how.asker,
            jurisdictions=jurisdictions,
            is_whole=how.is_whole,
        )
    )
    if how.known_at is not None:
        return answers
    return [
        msgspec.structs.replace(
            one,
            known_at=None,
            coverage=_without_moment(one.coverage),
            verdict=one.verdict and _unpinned(one.verdict),
        )
        for one in answers
    ]


def _unpinned(verdict: Verdict) -> Verdict:
    """A verdict as it was given by what was known then, without a word of when that was."""
    coverage = _without_moment(verdict.coverage)
    return msgspec.structs.replace(verdict, known_at=None, coverage=coverage)


def _without_moment(raw: msgspec.Raw) -> msgspec.Raw:
    coverage = msgspec.json.decode(bytes(raw), type=Coverage | None)
    if coverage is None:
        return raw
    return msgspec.Raw(msgspec.json.encode(msgspec.structs.replace(coverage, known_at=None)))


_ASK_BY_KIND: Mapping[str, _Ask] = {
    "payment": _payment,
    "check": _check,
    "match": _match,
    "screen": _screen,
    "screen-customers": _customers,
}
