"""The record: every question and answer is on the disk before the answer leaves.

Entries are only ever appended. Many threads and processes may write at once: those that wait
together share one write to the disk and one signature.
"""

import enum
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from article41.casework.audit.entries import Asked, Entry, Receipt, drafted
from article41.casework.audit.keys import KEY_FILE, make_key, read_key
from article41.casework.audit.ledger import ENTRIES_FILE, Ledger
from article41.casework.audit.merkle import Growing
from article41.casework.audit.notes import Checkpoint, VerifierKey, signed
from article41.casework.audit.ticket import MayLeave, Ticket
from article41.casework.audit.writing import Writing, not_writable
from article41.model.errors import BrokenAuditError, RecordError
from article41.store.syncing import ONLY_OWNER, Stamp, stamp_of, sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

RECORD_FOLDER = "record"
"""The folder of the record in that of a store."""


class Durability(enum.Enum):
    """What has happened when `write` returns."""

    DISK = "disk"
    """The entries are on the disk: they outlive a loss of power."""
    SYSTEM = "system"
    """The operating system has them: they outlive the process, however it ends."""


class Record:
    """The record in a folder. Open one in each process, after it was forked.

    Example:
        >>> import tempfile
        >>> from datetime import UTC, datetime
        >>> from article41.casework.audit import Asked, Software
        >>> asked = Asked(
        ...     kind="match", asked_at=datetime(2024, 6, 1, tzinfo=UTC), by="local:ada",
        ...     question=b'{"name":"Ada Example"}', answer=b'{"matches":[]}',
        ...     software=Software(code="", version="0"),
        ... )
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     record = Record.open(Path(folder))
        ...     [receipt] = record.write([asked])
        ...     bytes(record.entry(receipt.index).question), record.size
        (b'{"name":"Ada Example"}', 1)
    """

    def __init__(
        self, folder: Path, *, durability: Durability, told: Callable[[str], None]
    ) -> None:
        """Use `open`."""
        self._ledger = Ledger(folder)
        self._writing = Writing(self._ledger)
        self._durability = durability
        self._told = told
        self._tip: tuple[Growing, int] | None = None
        self._unsigned: list[bytes] = []
        self._end = 0
        self._is_shared = False
        self._signing: tuple[Ed25519PrivateKey, VerifierKey] | None = None
        self._signing_stamp: Stamp | None = None
        self._waiting: list[Ticket] = []
        self._adding = threading.Lock()
        self._is_led = False

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        durability: Durability = Durability.DISK,
        told: Callable[[str], None] = lambda _words: None,
    ) -> "Record":
        """The record in a folder; it is begun, with a key of its own, where there is none.

        What a process that died left half written is cut off and kept beside.

        Args:
            folder: Of the record, such as `record` in the folder of a store.
            durability: What has happened when `write` returns.
            told: Told in words what was cut.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        record = cls(folder, durability=durability, told=told)
        record.settle()
        return record

    def settle(self) -> None:
        """Sign for all that is on record; waits for whoever writes.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        try:
            with self._locked():
                self._settle()
                self._keep()
        except OSError as error:
            raise not_writable(self.folder, error) from error

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self._ledger.folder

    @property
    def size(self) -> int:
        """How many entries are signed for."""
        checkpoint = self._ledger.checkpoint()
        return 0 if checkpoint is None else checkpoint.size

    @property
    def ledger(self) -> Ledger:
        """Its files."""
        return self._ledger

    def key(self) -> VerifierKey:
        """The public key of its checkpoints.

        Raises:
            BrokenAuditError: The key is missing.
        """
        return read_key(self.folder)[1]

    def note(self) -> str:
        """The newest signed checkpoint.

        Raises:
            BrokenAuditError: It is missing.
        """
        note = self._ledger.note()
        if note is None:
            raise _no_checkpoint(self.folder)
        return note

    def write(self, asked: Sequence[Asked], *, may_leave: MayLeave | None = None) -> list[Receipt]:
        """Put questions and answers on record; when this returns the answers may leave.

        Any number of threads may call it at once.

        Args:
            asked: The questions with their answers.
            may_leave: Told when the answers may leave. Whoever gives it asks many times, and calls
                `settle` now and then: entries are not signed for one by one, which takes longer
                than to write them.

        Raises:
            InputError: Something of them is no JSON.
            RecordError: They cannot be written: no answer may leave.
            BrokenAuditError: The record does not add up.
        """
        if not asked:
            return []
        ticket = Ticket([drafted(one) for one in asked], may_leave)
        with self._adding:
            self._waiting.append(ticket)
            leads, self._is_led = not self._is_led, True
        if not leads:
            # Whoever writes now tells when this is written too, or hands the turn on to it.
            ticket.told.acquire()
        if not ticket.is_done:
            self._write_waiting()
        if ticket.error is not None:
            raise ticket.error
        return ticket.receipts()

    def close(self) -> None:
        """Let go of its files; they are opened again when something is written."""
        self._writing.close()

    def find(self, entry_id: str) -> int | None:
        """The place of the entry with an id; None if there is none.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: The record does not add up.
        """
        # What has just been answered may not be signed for yet.
        self.settle()
        return self._ledger.find(entry_id)

    def entry(self, index: int) -> Entry:
        """An entry by its place.

        Raises:
            BrokenAuditError: It is not there, or what stands there is none.
        """
        return self._ledger.entry(index)

    def _write_waiting(self) -> None:
        """Write all that waits, tell those whose it is, and hand the turn on to who came since."""
        with self._adding:
            tickets, self._waiting = self._waiting, []
        error: RecordError | BrokenAuditError = _interrupted(self.folder)
        try:
            with self._locked():
                if all(one.may_leave is not None for one in tickets):
                    self._follow()
                else:
                    self._settle()
                self._append(tickets)
        except (RecordError, BrokenAuditError) as caught:
            error = caught
        finally:
            with self._adding:
                following = self._waiting[0] if self._waiting else None
                self._is_led = following is not None
            for ticket in tickets:
                if not ticket.is_done:
                    ticket.end(error)
            if following is not None:
                following.told.release()

    def _append(self, tickets: Sequence[Ticket]) -> None:
        """Write what tickets hold, let their answers leave, and sign for them."""
        self._keys()  # Without them nothing is written.
        first = self._size_now()
        lines = [draft.line for one in tickets for draft in one.drafts]
        try:
            self._end = self._writing.append(
                lines, self._end, is_synced=self._durability is Durability.DISK
            )
        except OSError as error:
            raise not_writable(self.folder, error) from error
        if first is not None:
            self._unsigned += lines
        for ticket in tickets:
            ticket.first = first
            first = None if first is None else first + len(ticket.drafts)
            # INVARIANT: no answer leaves before its entry is written.
            ticket.end(None)
        if any(one.may_leave is None for one in tickets):
            # All this follows from the entries: where it fails, whoever writes next takes them in.
            with suppress(OSError):
                self._keep()

    def _keep(self) -> None:
        """Sign for what has been written since the last time.

        Raises:
            OSError: It cannot be written.
            RecordError: Neither can what another process has left.
            BrokenAuditError: The record does not add up.
        """
        if self._is_shared:
            self._settle()
        if not self._unsigned:
            return
        assert self._tip is not None
        (tree, end), self._tip = self._tip, None
        lines, self._unsigned = self._unsigned, []
        if self._ledger.is_kept(tree.size):
            self._ledger.keep(tree, end, lines)
            self._sign(tree)
            self._tip = tree, self._end
        else:
            # Another process found them, and signed for them.
            self._settle()

    def _sign(self, tree: Growing) -> None:
        private, key = self._keys()
        checkpoint = Checkpoint(origin=key.name, size=tree.size, root=tree.root)
        self._ledger.put_note(signed(checkpoint, private, key))

    def _keys(self) -> "tuple[Ed25519PrivateKey, VerifierKey]":
        # Another record may have been put where this one was.
        stamp = stamp_of(self._ledger.path(KEY_FILE))
        if self._signing is None or stamp != self._signing_stamp:
            self._signing, self._signing_stamp = read_key(self.folder), stamp
        return self._signing

    def _size_now(self) -> int | None:
        """How many entries there are; None where those that others wrote were not counted."""
        if self._tip is None or self._is_shared:
            return None
        return self._tip[0].size + len(self._unsigned)

    def _follow(self) -> None:
        """See where the entries end; those that others wrote are taken in when it is signed.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        try:
            end = None if self._tip is None else self._writing.followed(self._end)
        except OSError as error:
            raise not_writable(self.folder, error) from error
        if end is None:
            self._settle()
        elif end != self._end:
            self._is_shared, self._unsigned, self._end = True, [], end

    def _settle(self) -> None:
        """Begin the record, or take in what others wrote, and cut what somebody left half written.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        try:
            if self._tip is None and self._ledger.checkpoint() is None:
                self._begin()
            is_known = self._tip is not None and not self._is_shared
            # Another file may be as long.
            if is_known and self._writing.followed(self._end) == self._end:
                return
            size = self._writing.size()
            self._is_shared, self._unsigned = False, []
            checkpoint = self._ledger.checkpoint()
            self._tip = self._ledger.tip(checkpoint) or self._ledger.made_again(checkpoint)
            self._end = self._tip[1]
            if size != self._end:
                self._take_in_tail(*self._tip)
            if checkpoint is None or checkpoint.size < self._tip[0].size:
                # Whoever kept them was killed before the signature.
                self._sign(self._tip[0])
        except OSError as error:
            raise not_writable(self.folder, error) from error

    def _begin(self) -> None:
        entries = self._ledger.path(ENTRIES_FILE)
        if entries.exists() and entries.stat().st_size:
            raise _no_checkpoint(self.folder)
        make_key(self.folder)
        os.close(os.open(entries, os.O_WRONLY | os.O_CREAT, ONLY_OWNER))
        self._sign(Growing())
        sync_folder(self.folder)

    def _take_in_tail(self, tree: Growing, end: int) -> None:
        """Sign for entries that a process wrote before it died; cut what it wrote of another."""
        tail = self._ledger.tail(end)
        if tail.torn:
            name = f"torn-{tree.size + len(tail.lines)}-{sha256(tail.torn).hexdigest()[:8]}"
            self._ledger.path(name).write_bytes(tail.torn)
            with self._ledger.path(ENTRIES_FILE).open("r+b") as file:
                file.truncate(file.seek(0, os.SEEK_END) - len(tail.torn))
            self._told(
                f"a process ended while it wrote to the record: {len(tail.torn):,} bytes of an "
                f"entry that nobody was answered are cut off and kept as `{name}`"
            )
        if tail.lines:
            end = self._ledger.keep(tree, end, tail.lines)
        self._tip, self._end = (tree, end), end

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._writing.lock()
        except OSError as error:
            raise not_writable(self.folder, error) from error
        try:
            yield
        finally:
            self._writing.unlock()


def _interrupted(folder: Path) -> RecordError:
    return RecordError(
        f"the record `{folder}` was not written: somebody interrupted it",
        hint="ask again; nothing is answered that is not on record",
    )


def _no_checkpoint(folder: Path) -> BrokenAuditError:
    return BrokenAuditError(
        f"the record `{folder}` has lost its checkpoint",
        hint="put back the newest one that was kept elsewhere, then `article41 audit verify`",
    )
