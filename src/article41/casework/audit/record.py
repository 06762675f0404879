"""The record: every question and answer is on the disk before the answer leaves.

Entries are only ever appended. Many threads and processes may write at once: those that wait
together share one write to the disk and one signature.
"""

import enum
import fcntl
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from article41.casework.audit.entries import Asked, Drafted, Entry, Receipt, drafted, read_entry
from article41.casework.audit.keys import make_key, read_key
from article41.casework.audit.ledger import ENTRIES_FILE, Ledger, write_at
from article41.casework.audit.merkle import Growing
from article41.casework.audit.notes import Checkpoint, VerifierKey, signed
from article41.model.errors import BrokenAuditError, RecordError
from article41.store.syncing import ONLY_OWNER, sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

RECORD_FOLDER = "record"
"""The folder of the record in that of a store."""
LOCK_FILE = "lock"
"""An empty file; whoever writes holds a lock on it."""


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
        self._durability = durability
        self._told = told
        self._tip: tuple[Growing, int] | None = None
        self._signing: tuple[Ed25519PrivateKey, VerifierKey] | None = None
        self._waiting: list[_Ticket] = []
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
        with record._locked():
            record._settle()
        return record

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

    def write(self, asked: Sequence[Asked]) -> list[Receipt]:
        """Put questions and answers on record; when this returns the answers may leave.

        Any number of threads may call it at once.

        Raises:
            InputError: Something of them is no JSON.
            RecordError: They cannot be written: no answer may leave.
            BrokenAuditError: The record does not add up.
        """
        if not asked:
            return []
        ticket = _Ticket([drafted(one) for one in asked])
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
        return [
            Receipt(id=one.id, index=ticket.first + number, disclosure=one.disclosure)
            for number, one in enumerate(ticket.drafts)
        ]

    def entry(self, index: int) -> Entry:
        """An entry by its place.

        Raises:
            BrokenAuditError: It is not there.
        """
        return read_entry(self._ledger.line(index))

    def _write_waiting(self) -> None:
        """Write all that waits, tell those whose it is, and hand the turn on to who came since."""
        with self._adding:
            tickets, self._waiting = self._waiting, []
        error: RecordError | BrokenAuditError = _interrupted(self.folder)
        is_written = False
        try:
            with self._locked():
                self._settle()
                self._append([draft.line for one in tickets for draft in one.drafts], tickets)
            is_written = True
        except (RecordError, BrokenAuditError) as caught:
            error = caught
        finally:
            if not is_written:
                self._tip = None
            with self._adding:
                following = self._waiting[0] if self._waiting else None
                self._is_led = following is not None
            for ticket in tickets:
                ticket.is_done, ticket.error = True, None if is_written else error
                ticket.told.release()
            if following is not None:
                following.told.release()

    def _append(self, lines: list[bytes], tickets: "Sequence[_Ticket]") -> None:
        assert self._tip is not None
        tree, end = self._tip
        first = tree.size
        try:
            self._write_lines(b"".join(line + b"\n" for line in lines), end)
            end = self._ledger.keep(tree, end, lines)
            self._sign(tree)
        except OSError as error:
            raise _not_writable(self.folder, error) from error
        self._tip = tree, end
        for ticket in tickets:
            ticket.first = first
            first += len(ticket.drafts)

    def _write_lines(self, data: bytes, end: int) -> None:
        """Append to the entries, wholly or not at all."""
        handle = os.open(self._ledger.path(ENTRIES_FILE), os.O_WRONLY)
        try:
            try:
                write_at(handle, data, end)
                if self._durability is Durability.DISK:
                    os.fdatasync(handle)
            except OSError:
                os.ftruncate(handle, end)
                raise
        finally:
            os.close(handle)

    def _sign(self, tree: Growing) -> None:
        private, key = self._keys()
        checkpoint = Checkpoint(origin=key.name, size=tree.size, root=tree.root)
        self._ledger.put_note(signed(checkpoint, private, key))

    def _keys(self) -> "tuple[Ed25519PrivateKey, VerifierKey]":
        if self._signing is None:
            self._signing = read_key(self.folder)
        return self._signing

    def _settle(self) -> None:
        """Begin the record, or take in what others wrote, and cut what somebody left half written.

        Raises:
            RecordError: It cannot be written to.
            BrokenAuditError: It does not add up.
        """
        try:
            if self._tip is None and self._ledger.checkpoint() is None:
                self._begin()
            size = self._ledger.path(ENTRIES_FILE).stat().st_size
            if self._tip is not None and size == self._tip[1]:
                return
            self._tip = self._ledger.tip() or self._ledger.made_again()
            if size != self._tip[1]:
                self._take_in_tail(*self._tip)
        except OSError as error:
            raise _not_writable(self.folder, error) from error

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
            self._sign(tree)
        self._tip = tree, end

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            handle = self._lock_file()
        except OSError as error:
            raise _not_writable(self.folder, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _lock_file(self) -> int:
        path, how = self._ledger.path(LOCK_FILE), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        try:
            return os.open(path, how, ONLY_OWNER)
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return os.open(path, how, ONLY_OWNER)


class _Ticket:
    """Entries that wait to be written together with those of others."""

    def __init__(self, drafts: Sequence[Drafted]) -> None:
        self.drafts = drafts
        self.first = 0
        self.is_done = False
        self.told = threading.Lock()
        """Held until it is written, or is to write all that waits."""
        self.told.acquire()
        self.error: RecordError | BrokenAuditError | None = None


def _interrupted(folder: Path) -> RecordError:
    return RecordError(
        f"the record `{folder}` was not written: somebody interrupted it",
        hint="ask again; nothing is answered that is not on record",
    )


def _not_writable(folder: Path, error: OSError) -> RecordError:
    return RecordError(
        f"the record `{folder}` cannot be written: {error.strerror}",
        hint="nothing is answered that is not on record: make room or let the folder be written",
    )


def _no_checkpoint(folder: Path) -> BrokenAuditError:
    return BrokenAuditError(
        f"the record `{folder}` has lost its checkpoint",
        hint="put back the newest one that was kept elsewhere, then `article41 audit verify`",
    )
