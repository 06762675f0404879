"""A certificate: an entry of a record, the proof that it stands there, and the signed root."""

import json
from collections.abc import Iterator

import msgspec

from article41.casework.audit import Disclosure, Entry, Record
from article41.casework.audit.canonical import canonical
from article41.casework.audit.entries import read_entry
from article41.casework.audit.merkle import inclusion_proof, is_included, leaf_hash
from article41.casework.audit.notes import read_checkpoint
from article41.model.clocks import refuse_zoneless
from article41.model.errors import BrokenAuditError, InputError

FORMAT = "article41-certificate/1"
"""What a certificate calls itself."""


class Certificate(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One answer, as it stands on record, with all that proves it offline.

    Example:
        >>> Certificate.__struct_fields__[:3]
        ('format', 'entry', 'index')
    """

    format: str
    """The format and its version."""
    entry: msgspec.Raw
    """The entry."""
    index: int
    """Its place in the record, from 0."""
    proof: tuple[str, ...]
    """The hashes (hex) that lead from the entry to the root of the checkpoint."""
    checkpoint: str
    """The signed note: origin, size, root and signature."""
    key: str
    """The public key of the record, as the record itself says it."""
    disclosure: Disclosure | None = None
    """Question and answer, where the record withholds them and who asked keeps them."""

    @property
    def line(self) -> bytes:
        """The canonical bytes of the entry: the leaf of the tree.

        Raises:
            InputError: It has none.
        """
        return canonical(bytes(self.entry))

    @property
    def recorded(self) -> Entry:
        """The entry."""
        return read_entry(bytes(self.entry))

    @property
    def question(self) -> bytes | None:
        """The question in canonical form; None if it is withheld and not disclosed."""
        return _canonical((self.disclosure or self.recorded).question)

    @property
    def answer(self) -> bytes | None:
        """The answer in canonical form; None if it is withheld and not disclosed."""
        return _canonical((self.disclosure or self.recorded).answer)

    @property
    def answer_sha256(self) -> str:
        """Of the answer byte for byte as it left; empty if it is withheld and not disclosed."""
        return (self.disclosure or self.recorded).answer_sha256


def certify(record: Record, index: int, *, disclosure: Disclosure | None = None) -> Certificate:
    """A certificate of an entry of a record, by its newest checkpoint.

    Args:
        record: The record.
        index: Of the entry.
        disclosure: What the record withholds, if who asked has it.

    Raises:
        BrokenAuditError: What is kept of the record does not prove it.
        InputError: The disclosure is that of another entry.
    """
    note = record.note()
    checkpoint = read_checkpoint(note)
    line = record.ledger.line(index)
    proof = inclusion_proof(record.ledger.node, index, checkpoint.size)
    if not is_included(leaf_hash(line), index, checkpoint.size, proof, checkpoint.root):
        raise BrokenAuditError(
            f"entry {index:,} of the record `{record.folder}` does not lead to its checkpoint",
            hint="`article41 audit verify` says what was changed; if nothing was, remove the file "
            "`tree`, which is made again",
        )
    if disclosure is not None and read_entry(line).withheld != disclosure.sha256:
        raise InputError(
            f"this is not what entry {index:,} withholds",
            hint="give the question, the answer and the salt that came with that entry",
        )
    return Certificate(
        format=FORMAT,
        entry=msgspec.Raw(line),
        index=index,
        proof=tuple(step.hex() for step in proof),
        checkpoint=note,
        key=str(record.key()),
        disclosure=disclosure,
    )


def certificate_json(certificate: Certificate) -> bytes:
    """A certificate as one line of JSON without its end."""
    return msgspec.json.encode(certificate)


def read_certificates(data: bytes, *, file: str) -> Iterator[Certificate]:
    """The certificates of a file: one over any lines, or one on each line.

    Args:
        data: What the file holds.
        file: What errors call it.

    Raises:
        InputError: What stands there is no certificate.
    """
    if not data.strip():
        raise InputError(f"`{file}` is empty", hint="give what `article41 certify` wrote, whole")
    try:
        yield _read(data)
        return
    except _UNREADABLE as error:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2:
            raise _no_certificate(file, error) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield _read(line)
        except _UNREADABLE as error:
            raise _no_certificate(f"{file}:{number}", error) from error


def _read(data: bytes) -> Certificate:
    found = _DECODER.decode(data)
    if found.format != FORMAT:
        raise msgspec.ValidationError(f"its format is `{found.format}` and not `{FORMAT}`")
    entry = read_entry(bytes(found.entry))
    try:
        # INVARIANT: nothing in it is unsigned, and no reader of JSON sees another value in it.
        json.loads(data, object_pairs_hook=_once, parse_int=str, parse_float=str)
        refuse_zoneless(entry.moment)
        found.line  # noqa: B018
        read_checkpoint(found.checkpoint)
        for step in found.proof:
            bytes.fromhex(step)
        if found.disclosure is not None:
            found.disclosure.sha256  # noqa: B018
    except (InputError, ValueError) as error:
        raise msgspec.ValidationError(str(error)) from error
    return found


def _once(pairs: list[tuple[str, object]]) -> None:
    """Refuse an object in which a key stands twice."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise msgspec.ValidationError(f"the key `{name[:40]}` stands twice in one object")
        seen.add(name)


def _canonical(held: msgspec.Raw) -> bytes | None:
    return canonical(bytes(held)) if bytes(held) else None


def _no_certificate(file: str, error: Exception) -> InputError:
    what = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
    if not what.startswith("JSON"):
        what = f"{what[:1].lower()}{what[1:]}"
    return InputError(
        f"`{file}` holds no certificate: {what}",
        hint="give what `article41 certify` wrote, whole",
    )


_DECODER = msgspec.json.Decoder(Certificate)
_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
