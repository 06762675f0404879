"""The files of a record: entries line by line, and what follows from them for fast reading.

`entries.jsonl` is the record. `places` and `tree` follow from it and are made again if they are
lost; `checkpoint` is the newest signed root, which says how many entries there must be.
"""

import mmap
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import msgspec

from article41.casework.audit.entries import Entry, read_entry
from article41.casework.audit.merkle import (
    HASH_BYTES,
    Growing,
    kept_at,
    kept_count,
    leaf_hash,
    perfect_parts,
    root_of,
)
from article41.casework.audit.notes import Checkpoint, read_checkpoint
from article41.model.errors import BrokenAuditError, InputError
from article41.store.syncing import ONLY_OWNER, put_file

ENTRIES_FILE = "entries.jsonl"
"""The entries, each a line of canonical JSON."""
PLACES_FILE = "places"
"""Where each entry ends, eight bytes each."""
TREE_FILE = "tree"
"""The hashes of all perfect subtrees, in the order in which they came to be whole."""
CHECKPOINT_FILE = "checkpoint"
"""The newest signed note."""
PLACE_BYTES = 8
_CHUNK_BYTES = 1 << 22


class Tail(NamedTuple):
    """What stands in a record after the entries that are known."""

    lines: list[bytes]
    """Whole entries."""
    torn: bytes
    """What follows them and is no whole entry; empty if nothing does."""


class Ledger:
    """Reads the files of one record; one writer at a time adds to them.

    Args:
        folder: Of the record.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is opened before something is asked for."""
        self.folder = folder
        self._paths: dict[str, Path] = {}

    def path(self, name: str) -> Path:
        """One of its files."""
        found = self._paths.get(name)
        if found is None:
            found = self._paths[name] = self.folder / name
        return found

    def note(self) -> str | None:
        """The newest signed note, if there is one.

        Raises:
            BrokenAuditError: It cannot be read.
        """
        path, before = self.path(CHECKPOINT_FILE), None
        try:
            # A writer may be at it: what is read twice alike is whole.
            while (note := path.read_text(encoding="utf-8")) != before:
                before = note
            return note
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise _broken_checkpoint(self.path(CHECKPOINT_FILE)) from error

    def checkpoint(self) -> Checkpoint | None:
        """What the newest note says, if there is one.

        Raises:
            BrokenAuditError: It is no checkpoint.
        """
        note = self.note()
        try:
            return None if note is None else read_checkpoint(note)
        except InputError as error:
            raise _broken_checkpoint(self.path(CHECKPOINT_FILE)) from error

    def node(self, level: int, number: int) -> bytes:
        """The hash of a perfect subtree.

        Raises:
            BrokenAuditError: It is not kept.
        """
        at = kept_at(level, number) * HASH_BYTES
        found = _read_at(self.path(TREE_FILE), at, HASH_BYTES)
        if len(found) != HASH_BYTES:
            raise _broken(self.path(TREE_FILE))
        return found

    def line(self, index: int) -> bytes:
        """The canonical bytes of an entry.

        Raises:
            BrokenAuditError: It is not there.
        """
        before = index * PLACE_BYTES
        if index == 0:
            ends = bytes(PLACE_BYTES) + _read_at(self.path(PLACES_FILE), 0, PLACE_BYTES)
        else:
            ends = _read_at(self.path(PLACES_FILE), before - PLACE_BYTES, 2 * PLACE_BYTES)
        first, end = (int.from_bytes(ends[at : at + PLACE_BYTES], "big") for at in (0, PLACE_BYTES))
        line = _read_at(self.path(ENTRIES_FILE), first, end - first) if first < end else b""
        if not line.endswith(b"\n"):
            raise _broken(self.path(ENTRIES_FILE))
        return line[:-1]

    def places(self) -> list[int]:
        """Where each entry ends."""
        try:
            held = self.path(PLACES_FILE).read_bytes()
        except FileNotFoundError:
            return []
        return [
            int.from_bytes(held[at : at + PLACE_BYTES], "big")
            for at in range(0, len(held) - PLACE_BYTES + 1, PLACE_BYTES)
        ]

    def end_of(self, size: int) -> int:
        """Where the first entries of some number end."""
        at = (size - 1) * PLACE_BYTES
        return (
            int.from_bytes(_read_at(self.path(PLACES_FILE), at, PLACE_BYTES), "big") if size else 0
        )

    def tip(self, checkpoint: Checkpoint | None) -> tuple[Growing, int] | None:
        """The tree and where it ends, from what was kept; None if that fits nothing.

        Args:
            checkpoint: The newest, with which it is compared.
        """
        size = _size_of(self.path(PLACES_FILE)) // PLACE_BYTES
        if _size_of(self.path(TREE_FILE)) != kept_count(size) * HASH_BYTES:
            return None
        if checkpoint is not None:
            is_behind = size < checkpoint.size
            if is_behind or root_of(self.node, checkpoint.size) != checkpoint.root:
                return None
        if size == 0:
            return Growing(), 0
        end = self.end_of(size)
        if _read_at(self.path(ENTRIES_FILE), end - 1, 1) != b"\n":
            return None
        return Growing(size, [self.node(*part) for part in perfect_parts(0, size)]), end

    def made_again(self, checkpoint: Checkpoint | None) -> tuple[Growing, int]:
        """The same from the entries themselves; what was kept is made again.

        Args:
            checkpoint: The newest, with which they are compared.

        Raises:
            BrokenAuditError: They are not those of the checkpoint.
        """
        tree, end, root = Growing(), 0, None
        beside = {name: self.path(f".{name}.anew") for name in (PLACES_FILE, TREE_FILE)}
        with beside[PLACES_FILE].open("wb") as places, beside[TREE_FILE].open("wb") as nodes:
            for line in self.lines():
                if checkpoint is not None and tree.size == checkpoint.size:
                    root = tree.root
                if root is not None and not is_entry(line):
                    break  # What follows the checkpoint may be torn.
                nodes.writelines(tree.add(leaf_hash(line)))
                end += len(line) + 1
                places.write(end.to_bytes(PLACE_BYTES, "big"))
        if checkpoint is not None and tree.size == checkpoint.size:
            root = tree.root
        if checkpoint is not None and root != checkpoint.root:
            raise _broken(self.path(ENTRIES_FILE))
        for name, path in beside.items():
            path.replace(self.path(name))
        return tree, end

    def lines(self) -> Iterator[bytes]:
        """Every whole line of the record, without its end."""
        try:
            with self.path(ENTRIES_FILE).open("rb") as file:
                for line in file:
                    if line.endswith(b"\n"):
                        yield line[:-1]
        except FileNotFoundError:
            return

    def legible_line(self, index: int) -> bytes:
        """The line of an entry, of which it is seen that it holds one.

        Raises:
            BrokenAuditError: It is not there, or holds none.
        """
        line = self.line(index)
        self._read(line)
        return line

    def entry(self, index: int) -> Entry:
        """An entry by its place.

        Raises:
            BrokenAuditError: It is not there, or what stands there is none.
        """
        return self._read(self.line(index))

    def _read(self, line: bytes) -> Entry:
        try:
            line.decode()
            return read_entry(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _broken(self.path(ENTRIES_FILE)) from error

    def open_bytes(self) -> int:
        """How many bytes follow the last whole line."""
        path = self.path(ENTRIES_FILE)
        size, count = _size_of(path), 0
        while count < size:
            step = min(_CHUNK_BYTES, size - count)
            held = _read_at(path, size - count - step, step)
            stop = held.rfind(b"\n")
            if stop >= 0:
                return count + step - stop - 1
            count += step
        return count

    def find(self, entry_id: str) -> int | None:
        """The place of the entry with an id; None if there is none.

        Raises:
            BrokenAuditError: What may be it holds no entry.
        """
        needle = msgspec.json.encode({"id": entry_id})[1:-1]
        ends = self.places()
        try:
            with (
                self.path(ENTRIES_FILE).open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
            ):
                at = held.find(needle)
                while at >= 0:
                    index = bisect_right(ends, at)
                    # What was asked about may have the same id.
                    if index < len(ends) and self.entry(index).id == entry_id:
                        return index
                    at = held.find(needle, at + 1)
        except (FileNotFoundError, ValueError):
            return None  # There is no entry yet, and nothing to map.
        return None

    def tail(self, end: int) -> Tail:
        """What stands after a place."""
        held = _read_at(self.path(ENTRIES_FILE), end, _size_of(self.path(ENTRIES_FILE)) - end)
        lines: list[bytes] = []
        at = 0
        while (stop := held.find(b"\n", at)) >= 0 and is_entry(held[at:stop]):
            lines.append(held[at:stop])
            at = stop + 1
        return Tail(lines, held[at:])

    def is_kept(self, size: int) -> bool:
        """True if what is kept is of that many entries."""
        return _size_of(self.path(PLACES_FILE)) == size * PLACE_BYTES

    def keep(self, tree: Growing, end: int, lines: Sequence[bytes]) -> int:
        """Keep what follows from entries that were written; give where they end.

        Raises:
            OSError: It cannot be written.
        """
        ends = list(accumulate((len(line) + 1 for line in lines), initial=end))[1:]
        nodes = b"".join(node for line in lines for node in tree.add(leaf_hash(line)))
        _append(self.path(TREE_FILE), nodes)
        places = b"".join(place.to_bytes(PLACE_BYTES, "big") for place in ends)
        _append(self.path(PLACES_FILE), places)
        return ends[-1] if ends else end

    def put_note(self, note: str) -> None:
        """Let a note take the place of the one before.

        Raises:
            OSError: It cannot be written.
        """
        path, data = self.path(CHECKPOINT_FILE), note.encode()
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            put_file(path, data)
            return
        try:
            # Within one sector, whose bytes change together; no name changes, which costs more.
            write_at(handle, data, 0)
            if os.fstat(handle).st_size > len(data):
                os.ftruncate(handle, len(data))
        finally:
            os.close(handle)


def write_at(handle: int, data: bytes, at: int) -> None:
    """Write all of some bytes at a place of a file.

    Raises:
        OSError: They cannot be written.
    """
    written = 0
    while written < len(data):
        written += os.pwrite(handle, data[written:], at + written)


def is_entry(line: bytes) -> bool:
    """True if a line holds a whole entry."""
    try:
        read_entry(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _read_at(path: Path, at: int, count: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(at)
            return file.read(count)
    except FileNotFoundError:
        return b""


def _append(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, ONLY_OWNER)
    try:
        write_at(handle, data, os.lseek(handle, 0, os.SEEK_END))
    finally:
        os.close(handle)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _broken(path: Path) -> BrokenAuditError:
    return BrokenAuditError(
        f"`{path}` does not fit the checkpoint beside it",
        hint="`article41 audit verify` says what was changed; nothing is written to this record",
    )


def _broken_checkpoint(path: Path) -> BrokenAuditError:
    return BrokenAuditError(
        f"`{path}` is no checkpoint",
        hint="put back the newest one that was kept elsewhere, then `article41 audit verify`",
    )
