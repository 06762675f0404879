"""Takes a question from a request to its answer: key, body, thread, record, and only then reply.

Work that blocks has threads of its own, and no more is begun than can be answered in time.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fastapi import Request

from article41.casework.audit import Entry
from article41.casework.certificates import certificate_json, certify
from article41.faces.api.access import Key, Keys, Scope, refuse_other_scope
from article41.faces.api.answering import Told, response_of
from article41.faces.api.bodies import Bodies, header
from article41.faces.api.counting import Counts
from article41.faces.api.holding import Lists, Opened
from article41.faces.api.limits import Limits
from article41.faces.api.linking import KeptLinks
from article41.faces.api.naming import names_told, names_told_together
from article41.faces.api.payments import (
    PaymentsAsked,
    payments_told,
    payments_told_together,
)
from article41.faces.api.questions import NamesAsked, match_question
from article41.faces.api.recording import Asker, names_of
from article41.faces.api.repeats import Repeats, Reply, is_named, named
from article41.faces.api.together import Recorded, Together
from article41.faces.api.writer import Writer
from article41.faces.recording import Recorder
from article41.faces.settings import now
from article41.model.errors import (
    AccessError,
    Article41Error,
    OverloadError,
    UnknownRecordError,
)

THREADS = 16
"""Threads of one worker; while one waits for the disk, the others go on."""
SHORT_BYTES = 2_000
"""Of a question about names that may be answered with others."""
NAMES_KIND, NAMES_FIELD = "match", "answers"
"""What a question about names is called on record, and its answers in the response."""
PAYMENTS_KIND, PAYMENTS_FIELD = "payment", "payments"
"""The same of a question about payments."""
PAYMENTS_TOGETHER = 8
"""Questions about payments that are answered together: each takes some milliseconds."""
SHOWN = 60
"""Characters of a name that its error repeats."""
_Answer = TypeVar("_Answer")
_Question = TypeVar("_Question")


class _NotOpenError(Exception):
    """There are newer lists, which are to be opened."""


class Answerer:
    """What all routes of one worker share.

    Args:
        folder: Of the store.
        recorder: Keeps what was said.
        counts: What is counted.
        limits: How much is read, and how long is waited.

    Raises:
        Article41Error: The lists cannot be opened.
    """

    def __init__(self, folder: Path, recorder: Recorder, counts: Counts, limits: Limits) -> None:
        """Open the lists; begin no thread yet."""
        self.folder = folder
        self.counts = counts
        self._limits = limits
        self.bodies = Bodies(limits)
        self.lists = Lists(folder, swapped=counts.swaps.inc)
        self.links = KeptLinks(folder)
        self.keys = Keys(folder)
        self._repeats = Repeats(folder)
        self.recorder = recorder
        self.writer = Writer(recorder, failed=counts.record_failures.inc)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self._names_asked = Together(self.writer, self._names_together)
        self._payments = Together(self.writer, self._payments_together, most=PAYMENTS_TOGETHER)
        self._pending = 0
        self.is_ending = False
        """True once no new question is to be begun."""

    def admitted(self, request: Request, scope: Scope | None) -> Key:
        """The key by which a request is made.

        Args:
            request: The request.
            scope: What it is to be for; anything if absent.

        Raises:
            AccessError: There is no valid key.
            ScopeError: It is not for that.
        """
        kind, _, secret = header(request, b"authorization").partition(" ")
        if kind.casefold() != "bearer" or not secret:
            raise AccessError(
                "no key was given",
                hint="send `Authorization: Bearer KEY`; `article41 keys create` makes one",
            )
        key = self.keys.of(secret.strip(), now=now())
        refuse_other_scope(key, scope)
        return key

    async def in_thread(self, work: Callable[[], _Answer]) -> _Answer:
        """Do what blocks where it holds up nobody else.

        Raises:
            OverloadError: There is too much to do already, or it took too long.
        """
        return await self._in_time(
            lambda: asyncio.get_running_loop().run_in_executor(self._threads, work)
        )

    async def _in_time(self, begin: "Callable[[], asyncio.Future[_Answer]]") -> _Answer:
        self._refuse_more()
        self._pending += 1
        future = begin()
        future.add_done_callback(self._done)
        # What has begun goes on: it may be on record already.
        await asyncio.wait((future,), timeout=self._limits.answer_s)
        if not future.done():
            raise self._too_late()
        return future.result()

    def _refuse_more(self) -> None:
        if self._pending >= self._limits.pending:
            raise OverloadError(
                f"{self._pending:,} questions are being answered", hint="ask again in a moment"
            )

    def _too_late(self) -> OverloadError:
        return OverloadError(
            f"there was no answer within {self._limits.answer_s:g} seconds",
            hint="ask about fewer at once",
        )

    # Any: whatever the work gives.
    def _done(self, future: "asyncio.Future[Any]") -> None:
        self._pending -= 1
        if not future.cancelled():
            future.exception()  # Looked at, so that one that came too late is not told as lost.

    async def recorded(
        self,
        request: Request,
        key: Key,
        body: bytes,
        *,
        kind: str,
        field: str,
        tell: Callable[[Asker], Told],
    ) -> Reply:
        """The answers to a request, once they are on record.

        Args:
            request: The request.
            key: By which it is made.
            body: Its body.
            kind: Of question.
            field: What the answers are called in the response.
            tell: Answers it; takes a thread.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        by_name = named(request, key.id, body)

        def work() -> Reply:
            asker = self._asker(key)
            if by_name is None:
                return Reply(response_of(*self._told(kind, asker, tell), field))
            kept = self._repeats.begin(by_name, now=asker.asked_at)
            if kept is not None:
                return Reply(kept, is_repeated=True)
            try:
                answer = response_of(*self._told(kind, asker, tell), field)
                self._repeats.finish(by_name, answer)
            except BaseException:
                self._repeats.abandon(by_name)
                raise
            return Reply(answer)

        return await self.in_thread(work)

    async def names_recorded(self, request: Request, key: Key, body: bytes) -> Reply:
        """The answer to a request about names, once it is on record; as `recorded`.

        Args:
            request: The request.
            key: By which it is made.
            body: Its body.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        # A long one is read in the thread that answers it.
        asked = match_question(body) if len(body) <= SHORT_BYTES else None
        if asked is not None and asked.is_short and not is_named(request):
            return Reply(response_of(*await self._short_names(key, asked), NAMES_FIELD))
        return await self.recorded(
            request,
            key,
            body,
            kind=NAMES_KIND,
            field=NAMES_FIELD,
            tell=lambda asker: self._names(asked or match_question(body), asker),
        )

    async def payments_recorded(self, request: Request, key: Key, asked: PaymentsAsked) -> Reply:
        """The answer to a question about payments, once it is on record; as `recorded`.

        Args:
            request: The request.
            key: By which it is made.
            asked: The question.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        kind, tell = PAYMENTS_KIND, partial(self._payments_told, asked)
        if asked.is_short and not is_named(request):
            recorded = await self._short(self._payments, (asked, key), kind, tell)
            return Reply(response_of(*recorded, PAYMENTS_FIELD))
        return await self.recorded(
            request, key, asked.body, kind=kind, field=PAYMENTS_FIELD, tell=tell
        )

    async def told(
        self, key: Key, *, kind: str, tell: Callable[[Asker], Told]
    ) -> tuple[Told, Sequence[str]]:
        """Answers that are on record, and by which names.

        Args:
            key: By which they are asked.
            kind: Of question.
            tell: Answers it; takes a thread.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        told, receipts = await self.in_thread(lambda: self._told(kind, self._asker(key), tell))
        return told, names_of(receipts)

    async def names_told(self, key: Key, asked: NamesAsked) -> tuple[Told, Sequence[str]]:
        """The answer to a question about names, once it is on record; as `told`.

        Args:
            key: By which it is asked.
            asked: The question.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        if not asked.is_short:
            return await self.told(
                key, kind=NAMES_KIND, tell=lambda asker: self._names(asked, asker)
            )
        told, receipts = await self._short_names(key, asked)
        return told, names_of(receipts)

    async def _short_names(self, key: Key, asked: NamesAsked) -> Recorded:
        tell = partial(self._names, asked)
        return await self._short(self._names_asked, (asked, key), NAMES_KIND, tell)

    async def _short(
        self,
        together: "Together[tuple[_Question, Key]]",
        question: "tuple[_Question, Key]",
        kind: str,
        tell: Callable[[Asker], Told],
    ) -> Recorded:
        self._refuse_more()
        self._pending += 1
        future = together.ask(question)
        alarm = asyncio.get_running_loop().call_later(self._limits.answer_s, self._give_up, future)
        try:
            recorded = await future
        except _NotOpenError:
            # Only the one who opens newer lists is to wait for them.
            return await self.in_thread(lambda: self._told(kind, self._asker(question[1]), tell))
        finally:
            alarm.cancel()
            self._pending -= 1
        return self._left(kind, recorded)

    def _give_up(self, future: "asyncio.Future[Recorded]") -> None:
        if not future.done():
            future.set_exception(self._too_late())

    def _names(self, asked: NamesAsked, asker: Asker) -> Told:
        return names_told(asked, self.lists.opened(), self.links, asker)

    def _names_together(
        self, asked: Sequence[tuple[NamesAsked, Key]]
    ) -> Sequence[Told | Article41Error]:
        """Answer short questions by the lists as they are, unless newer ones are to be opened."""
        return names_told_together(
            [(question, self._asker(key)) for question, key in asked],
            self._opened_already(),
            self.links,
        )

    def _payments_told(self, asked: PaymentsAsked, asker: Asker) -> Told:
        return payments_told(asked, self.lists.opened(), asker)

    def _payments_together(
        self, asked: Sequence[tuple[PaymentsAsked, Key]]
    ) -> Sequence[Told | Exception]:
        return payments_told_together(
            [(question, self._asker(key)) for question, key in asked], self._opened_already()
        )

    def _opened_already(self) -> Opened:
        opened = self.lists.opened_already()
        if opened is None:
            raise _NotOpenError
        return opened

    def _asker(self, key: Key) -> Asker:
        return Asker(f"key:{key.id}", now(), self.recorder)

    def _told(self, kind: str, asker: Asker, tell: Callable[[Asker], Told]) -> Recorded:
        told = tell(asker)
        # INVARIANT: no answer leaves before this has returned.
        return self._left(kind, (told, self.writer.write(told.asked)))

    def _left(self, kind: str, recorded: Recorded) -> Recorded:
        """What is on record, on its way out; raised if it is a refusal."""
        told, receipts = recorded
        if told.refusal is not None:
            told.refusal.record = receipts[0].id if receipts else ""
            raise told.refusal
        self.counts.answered(kind, len(told.asked))
        return recorded

    def certificate(self, name: str, key: Key) -> bytes:
        """The certificate of what is on record under a name.

        Args:
            name: The name.
            key: By which it is asked for; of what was asked by another key it needs the scope.

        Raises:
            ScopeError: It has not.
            UnknownRecordError: Nothing is.
            BrokenAuditError: The record does not add up.
        """
        index, _ = self.on_record(name, key)
        return certificate_json(certify(self.recorder.record, index))

    def on_record(self, name: str, key: Key) -> tuple[int, Entry]:
        """What is on record under a name, and its place.

        Args:
            name: The name.
            key: As for `certificate`.

        Raises:
            ScopeError: It has not the scope.
            UnknownRecordError: Nothing is.
            BrokenAuditError: The record does not add up.
        """
        record = self.recorder.record
        index = record.find(name)
        if index is None:
            raise UnknownRecordError(
                f"`{name[:SHOWN]}` is not on record", hint="give one of `records` of an answer"
            )
        entry = record.entry(index)
        if entry.by != f"key:{key.id}":
            refuse_other_scope(key, Scope.CERTIFICATES)
        return index, entry

    def close(self) -> None:
        """Finish what has begun."""
        self.is_ending = True
        self._names_asked.close()
        self._payments.close()
        self._threads.shutdown(wait=True)
