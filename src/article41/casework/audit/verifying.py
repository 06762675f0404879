"""Goes through a record and says what of it was changed, removed, moved, put in or cut off.

The kept tree says which entries there were, once its root is the signed one. What somebody with the
key of the record changed everywhere at once shows only beside a checkpoint that was kept elsewhere.
"""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from article41.casework.audit.canonical import canonical
from article41.casework.audit.keys import read_key
from article41.casework.audit.ledger import ENTRIES_FILE, Ledger, is_entry
from article41.casework.audit.merkle import Growing, leaf_hash
from article41.casework.audit.notes import (
    Checkpoint,
    VerifierKey,
    is_signed_by,
    read_checkpoint,
)
from article41.model.errors import BrokenAuditError, InputError


class FaultKind(enum.Enum):
    """What is wrong with a record."""

    EDITED = "edited"
    """An entry is not the one that was signed for."""
    DELETED = "deleted"
    """An entry is gone, and others follow it."""
    REORDERED = "reordered"
    """An entry stands before one that came earlier."""
    INSERTED = "inserted"
    """An entry was never signed for, and entries that were follow it."""
    TRUNCATED = "truncated"
    """The newest entries are gone."""
    TORN = "torn"
    """The last line is no whole entry: a process ended while it wrote."""
    NOT_CANONICAL = "not-canonical"
    """A line is no entry in canonical form."""
    ROOT = "root"
    """The entries are not those of a checkpoint, and nothing says which of them."""
    CHECKPOINT = "checkpoint"
    """The checkpoint is missing or none."""
    SIGNATURE = "signature"
    """A checkpoint is not signed by the key."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong.

    Example:
        >>> Fault(kind=FaultKind.EDITED, index=3, words="entry 3 is another one").kind.value
        'edited'
    """

    kind: FaultKind
    """What."""
    index: int | None = None
    """Which entry, counted from 0 as it was signed for; absent where it is none."""
    words: str
    """The same in a sentence."""


class Audited(msgspec.Struct, frozen=True, kw_only=True):
    """What going through a record found.

    Example:
        >>> Audited(entries=2, signed=2, unsigned=0, checkpoints=1, faults=()).faults
        ()
    """

    entries: int
    """Whole entries that there are."""
    signed: int
    """Entries that the newest checkpoint signs for."""
    unsigned: int
    """Entries after those; who writes next signs for them."""
    checkpoints: int
    """Checkpoints that were compared: the newest, and those kept elsewhere."""
    faults: tuple[Fault, ...]
    """All that is wrong; nothing is if it is empty."""


def verify_record(
    folder: Path, *, key: VerifierKey | None = None, kept: Mapping[str, str] | None = None
) -> Audited:
    """Compare a record with its checkpoint, and with checkpoints that were kept elsewhere.

    Args:
        folder: Of the record.
        key: The key that must have signed; that of the record itself if absent, which proves
            nothing against whoever holds it.
        kept: Notes kept elsewhere, by what they are called.

    Raises:
        InputError: There is no record, or a note kept elsewhere is no checkpoint.
    """
    ledger = Ledger(folder)
    if not ledger.path(ENTRIES_FILE).exists():
        raise InputError(
            f"`{folder}` holds no record", hint="name the store whose questions were recorded"
        )
    others = {name: read_checkpoint(note) for name, note in (kept or {}).items()}
    faults: list[Fault] = []
    newest = _newest(ledger, faults)
    notes = {"its checkpoint": ledger.note() or "", **(kept or {})}
    faults += _signature_faults(folder, key, notes if newest else dict(kept or {}))
    compared = {**({"its checkpoint": newest} if newest else {}), **others}
    entries, roots = _gone_through(ledger, {one.size for one in compared.values()}, faults)
    is_other = newest is not None and roots.get(newest.size) != newest.root
    located = list(_differences(ledger, newest)) if newest and is_other else []
    faults += located
    for name, checkpoint in compared.items():
        if located and newest and checkpoint.size <= newest.size:
            continue
        if checkpoint.size > entries:
            faults.append(_truncated(entries, checkpoint.size, name))
        elif roots[checkpoint.size] != checkpoint.root:
            words = f"the first {checkpoint.size:,} entries are not those of {name}"
            faults.append(Fault(kind=FaultKind.ROOT, words=words))
    signed = newest.size if newest else 0
    return Audited(
        entries=entries,
        signed=signed,
        unsigned=max(0, entries - signed),
        checkpoints=len(compared),
        faults=tuple(faults),
    )


def _newest(ledger: Ledger, faults: list[Fault]) -> Checkpoint | None:
    try:
        found = ledger.checkpoint()
    except BrokenAuditError as error:
        faults.append(Fault(kind=FaultKind.CHECKPOINT, words=error.message))
        return None
    if found is None:
        words = "the checkpoint is gone: nothing says how many entries there were"
        faults.append(Fault(kind=FaultKind.CHECKPOINT, words=words))
    return found


def _signature_faults(
    folder: Path, key: VerifierKey | None, notes: Mapping[str, str]
) -> Iterator[Fault]:
    try:
        signer = key or read_key(folder)[1]
    except BrokenAuditError as error:
        yield Fault(kind=FaultKind.SIGNATURE, words=error.message)
        return
    for name, note in notes.items():
        if not is_signed_by(note, signer):
            words = f"{name} is not signed by the key {signer.name}"
            yield Fault(kind=FaultKind.SIGNATURE, words=words)


def _gone_through(
    ledger: Ledger, sizes: Iterable[int], faults: list[Fault]
) -> tuple[int, dict[int, bytes]]:
    """How many entries there are, and the roots over the first so many of them."""
    tree, roots, wanted = Growing(), {0: Growing().root}, frozenset(sizes)
    for line in ledger.lines():
        if not _is_canonical(line):
            words = f"line {tree.size + 1:,} is no entry in canonical form"
            faults.append(Fault(kind=FaultKind.NOT_CANONICAL, index=tree.size, words=words))
        tree.add(leaf_hash(line))
        if tree.size in wanted:
            roots[tree.size] = tree.root
    torn = ledger.open_bytes()
    if torn:
        words = f"the last {torn:,} bytes are no whole entry: a process ended while it wrote"
        faults.append(Fault(kind=FaultKind.TORN, words=words))
    return tree.size, roots


def _is_canonical(line: bytes) -> bool:
    try:
        return is_entry(line) and canonical(line) == line
    except InputError:
        return False


def _differences(ledger: Ledger, newest: Checkpoint) -> Iterator[Fault]:
    """Which entries differ from those signed for, if the kept leaves still are the signed ones."""
    tree = Growing()
    try:
        was = [ledger.node(0, index) for index in range(newest.size)]
    except BrokenAuditError:
        return
    for leaf in was:
        tree.add(leaf)
    if tree.root == newest.root:
        yield from _aligned(was, [leaf_hash(line) for line in ledger.lines()])


def _aligned(was: Sequence[bytes], now: Sequence[bytes]) -> Iterator[Fault]:
    """What became of entries, told by their hashes."""
    place_by_leaf = {leaf: index for index, leaf in enumerate(was)}
    gone = set(place_by_leaf.values()) - {place_by_leaf.get(leaf) for leaf in now}
    edited: dict[int, int] = {}
    inserted: list[int] = []
    moved: list[int] = []
    seen: set[int] = set()
    expected, highest = 0, -1
    for line, leaf in enumerate(now):
        place = place_by_leaf.get(leaf)
        if place is None or place in seen:
            # What was never signed for stands where one is gone: then it is that one, changed.
            if expected in gone:
                edited[expected] = line
            elif expected < len(was):
                inserted.append(line)
            expected += expected in gone
            continue
        seen.add(place)
        if place < highest:
            moved.append(place)
        highest = max(highest, place)
        expected = place + 1
    last = max((highest, *edited))
    for index in sorted(gone):
        if index in edited:
            words = f"entry {index:,} (line {edited[index] + 1:,}) was changed"
            yield Fault(kind=FaultKind.EDITED, index=index, words=words)
        elif index < last:
            words = f"entry {index:,} is gone, and later ones are there"
            yield Fault(kind=FaultKind.DELETED, index=index, words=words)
    for index in moved:
        words = f"entry {index:,} stands after one that came later"
        yield Fault(kind=FaultKind.REORDERED, index=index, words=words)
    for line in inserted:
        words = f"line {line + 1:,} was never signed for, and entries that were follow it"
        yield Fault(kind=FaultKind.INSERTED, words=words)
    cut = [index for index in gone if index > last]
    if cut:
        yield _truncated(min(cut), len(was), "its checkpoint")


def _truncated(held: int, signed: int, name: str) -> Fault:
    words = f"entries {held:,} to {signed - 1:,} are gone: {name} is signed for {signed:,}"
    return Fault(kind=FaultKind.TRUNCATED, index=held, words=words)
