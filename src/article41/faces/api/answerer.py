"""Takes a question from a request to its answer: key, body, thread, record, and only then reply.

Work that blocks has threads of its own, and no more is begun than can be answered in time.
"""

import asyncio
import hashlib
from collections.abc import Callable, Collection, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from fastapi import Request

from article41.casework.audit import Entry, Receipt
from article41.casework.certificates import certificate_json, certify
from article41.faces.api.access import Key, Keys, Scope
from article41.faces.api.answering import Told
from article41.faces.api.counting import Counts
from article41.faces.api.holding import Lists
from article41.faces.api.linking import KeptLinks
from article41.faces.api.recording import Asker, names_of
from article41.faces.api.repeats import Named, Repeats, named_key
from article41.faces.api.together import Recorded, Together
from article41.faces.recording import Recorder
from article41.faces.settings import now
from article41.model.errors import (
    AccessError,
    MediaTypeError,
    OverloadError,
    RequestError,
    ScopeError,
    TooLongError,
    TooSlowError,
    UnknownRecordError,
)

BODY_BYTES_MAX = 4_000_000
"""Bytes of one body."""
BODIES_BYTES_MAX = 64_000_000
"""Bytes of all bodies that are being read or answered at once, in one worker."""
BODY_S = 20.0
"""Seconds in which a body must have come."""
ANSWER_S = 60.0
"""Seconds in which an answer must be there."""
PENDING_MAX = 256
"""Questions that are being answered or wait for it, in one worker."""
THREADS = 16
"""Threads of one worker; while one waits for the disk, the others go on."""

SHOWN = 60
"""Characters of a name that its error repeats."""

_HELD = "body_bytes"
_Answer = TypeVar("_Answer")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much is read, and how long is waited."""

    body_bytes: int = BODY_BYTES_MAX
    """Bytes of one body."""
    bodies_bytes: int = BODIES_BYTES_MAX
    """Bytes of all bodies that are being read or answered at once, in one worker."""
    body_s: float = BODY_S
    """Seconds in which a body must have come."""
    answer_s: float = ANSWER_S
    """Seconds in which an answer must be there."""
    pending: int = PENDING_MAX
    """Questions that are being answered or wait for it."""


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
        self.limits = limits
        self.lists = Lists(folder, swapped=counts.swaps.inc)
        self.links = KeptLinks(folder)
        self.keys = Keys(folder)
        self._repeats = Repeats(folder)
        self.recorder = recorder
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self._together = Together(recorder)
        self._pending = 0
        self._held = 0
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
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.casefold() != "bearer" or not secret:
            raise AccessError(
                "no key was given",
                hint="send `Authorization: Bearer KEY`; `article41 keys create` makes one",
            )
        key = self.keys.of(secret.strip(), now=now())
        refuse_other_scope(key, scope)
        return key

    async def body(self, request: Request, types: Collection[str]) -> tuple[bytes, str]:
        """The body of a request, and of which of some kinds it is.

        Raises:
            MediaTypeError: It is of another kind.
            TooLongError: It is longer than what is read.
            TooSlowError: It did not come in time.
            OverloadError: There is no room for it beside those of others.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind not in types:
            raise MediaTypeError(
                f"the body is `{kind}`" if kind else "the body has no Content-Type",
                hint=f"send {' or '.join(types)}",
            )
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.limits.body_bytes:
            raise self._too_long()
        parts, count = [], 0
        try:
            async with asyncio.timeout(self.limits.body_s):
                async for part in request.stream():
                    count += len(part)
                    if count > self.limits.body_bytes:
                        raise self._too_long()
                    self._hold(request, len(part))
                    parts.append(part)
        except TimeoutError as error:
            raise TooSlowError(
                f"the body did not come within {self.limits.body_s:g} seconds",
                hint="send it again, in several requests if it is long",
            ) from error
        return b"".join(parts), kind

    def _hold(self, request: Request, count: int) -> None:
        """Count bytes of a body, until its request has ended."""
        state = request.scope["state"]
        state[_HELD] = state.get(_HELD, 0) + count
        self._held += count
        if self._held > self.limits.bodies_bytes:
            raise OverloadError(
                "there is no room for the body beside those that are being answered",
                hint="ask again in a moment",
            )

    # Any: whatever others keep there.
    def ended(self, state: MutableMapping[str, Any]) -> None:
        """Let go of what was held for a request.

        Args:
            state: Of the request.
        """
        self._held -= state.pop(_HELD, 0)

    def _too_long(self) -> TooLongError:
        return TooLongError(
            f"the body is longer than {self.limits.body_bytes:,} bytes",
            hint="ask in several requests",
        )

    async def in_thread(self, work: Callable[[], _Answer]) -> _Answer:
        """Do what blocks where it holds up nobody else.

        Raises:
            OverloadError: There is too much to do already, or it took too long.
        """
        return await self._in_time(
            lambda: asyncio.get_running_loop().run_in_executor(self._threads, work)
        )

    async def _in_time(self, begin: "Callable[[], asyncio.Future[_Answer]]") -> _Answer:
        if self._pending >= self.limits.pending:
            raise OverloadError(
                f"{self._pending:,} questions are being answered", hint="ask again in a moment"
            )
        self._pending += 1
        future = begin()
        future.add_done_callback(self._done)
        # What has begun goes on: it may be on record already.
        await asyncio.wait((future,), timeout=self.limits.answer_s)
        if not future.done():
            raise OverloadError(
                f"there was no answer within {self.limits.answer_s:g} seconds",
                hint="ask about fewer at once",
            )
        return future.result()

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
        is_short: bool = False,
    ) -> bytes:
        """The answers to a request, once they are on record.

        Args:
            request: The request.
            key: By which it is made.
            body: Its body.
            kind: Of question.
            field: What the answers are called in the response.
            tell: Answers it; takes a thread.
            is_short: True if that takes no longer than to find a thread for it.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        named = _named(request, key, body)
        if named is None:
            recorded = await self._answered(key, kind, tell, is_short=is_short)
            return _written(*recorded, field)

        def work() -> bytes:
            asker = self._asker(key)
            kept = self._repeats.begin(named, now=asker.asked_at)
            if kept is not None:
                return kept
            try:
                answer = _written(*self._told(kind, asker, tell), field)
                self._repeats.finish(named, answer)
            except BaseException:
                self._repeats.abandon(named)
                raise
            return answer

        return await self.in_thread(work)

    async def told(
        self, key: Key, *, kind: str, tell: Callable[[Asker], Told], is_short: bool = False
    ) -> tuple[Told, Sequence[str]]:
        """Answers that are on record, and by which names.

        Args:
            key: By which they are asked.
            kind: Of question.
            tell: Answers it; takes a thread.
            is_short: True if that takes no longer than to find a thread for it.

        Raises:
            Article41Error: It cannot be answered, or the answer cannot be put on record.
        """
        told, receipts = await self._answered(key, kind, tell, is_short=is_short)
        return told, names_of(receipts)

    async def _answered(
        self, key: Key, kind: str, tell: Callable[[Asker], Told], *, is_short: bool
    ) -> Recorded:
        # To open newer lists takes its time: only the one who does so is to wait for them.
        if not (is_short and self.lists.is_newest):
            return await self.in_thread(lambda: self._told(kind, self._asker(key), tell))
        told, receipts = await self._in_time(
            lambda: self._together.ask(lambda: tell(self._asker(key)))
        )
        self.counts.answered(kind, len(told.asked))
        return told, receipts

    def _asker(self, key: Key) -> Asker:
        return Asker(f"key:{key.id}", now(), self.recorder)

    def _told(self, kind: str, asker: Asker, tell: Callable[[Asker], Told]) -> Recorded:
        told = tell(asker)
        # INVARIANT: no answer leaves before this has returned.
        receipts = self.recorder.write(told.asked)
        self.counts.answered(kind, len(told.asked))
        return told, receipts

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
        index = record.ledger.find(name)
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
        self._together.close()
        self._threads.shutdown(wait=True)


def refuse_other_scope(key: Key, scope: Scope | None) -> None:
    """Refuse a key that is not for something.

    Raises:
        ScopeError: It is not.
    """
    if scope is not None and not key.may(scope):
        raise ScopeError(
            f"the key `{key.id}` is not for `{scope.value}`",
            hint=f"make one with `article41 keys create --scope {scope.value}`",
        )


def _named(request: Request, key: Key, body: bytes) -> Named | None:
    """A request by the key that its sender gave it, if any."""
    given = request.headers.getlist("idempotency-key")
    if not given:
        return None
    if len(given) > 1:
        raise RequestError("the request has two keys", hint="give one", path="Idempotency-Key")
    digest = hashlib.sha256()
    parts = (
        request.method,
        request.url.path,
        request.url.query,
        request.headers.get("content-type", ""),
    )
    for part in parts:
        digest.update(f"{len(part)} {part}\n".encode())
    digest.update(body)
    return Named(owner=key.id, key=named_key(given[0]), sha256=digest.hexdigest())


def _written(told: Told, receipts: Sequence[Receipt], field: str) -> bytes:
    """Answers as they leave: each of them as the command line writes it, byte for byte."""
    answers = [one.answer[1:-1] if told.is_spread else one.answer for one in told.asked]
    beside: dict[str, object] = {"records": names_of(receipts), "notes": told.notes}
    if any(one.disclosure for one in receipts):
        # The only copy: the record has a hash of it.
        beside["disclosures"] = [one.disclosure for one in receipts]
    return b"".join(
        (b'{"', field.encode("ascii"), b'":[', b",".join(answers), b"],",
         msgspec.json.encode(beside)[1:])
    )  # fmt: skip
