"""Verifies a certificate without the record and without a network: what holds and what does not."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from article41.casework.audit.merkle import is_included, leaf_hash
from article41.casework.audit.notes import VerifierKey, is_signed_by, read_checkpoint
from article41.casework.certificates.certificate import Certificate
from article41.model.errors import InputError

_CHUNK_BYTES = 1 << 20


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a certificate says, and whether it holds.

    Example:
        >>> Claim(name="signed", holds=False, words="the checkpoint is not signed").holds
        False
    """

    name: str
    """`on-record`, `signed`, `key`, `disclosed`, `file`."""
    holds: bool
    """Whether it holds."""
    words: str
    """The same in a sentence."""


def claims_of(
    certificate: Certificate, key: VerifierKey, *, files: Mapping[str, str] | None = None
) -> tuple[Claim, ...]:
    """What a certificate says, each with whether it holds.

    Args:
        certificate: The certificate.
        key: The public key of the record, from another place than the certificate.
        files: The SHA-256 of files that are said to be the question or the answer, by name, as
            `sha256_as_answered` gives it.
    """
    return (
        _on_record(certificate),
        _signed(certificate, key),
        *_named(certificate, key),
        *_disclosed(certificate),
        *(_file(certificate, name, sha256) for name, sha256 in (files or {}).items()),
    )


def sha256_as_answered(path: Path) -> str:
    """The hash of a file; of one line without its end, as an answer is hashed.

    Raises:
        InputError: It cannot be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if size <= _CHUNK_BYTES:
                body = file.read()
                is_line = body.endswith(b"\n") and body.count(b"\n") == 1
                return hashlib.sha256(body[:-1] if is_line else body).hexdigest()
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"`{path}` cannot be read: {error.strerror}", hint="see its name"
        ) from error


def _on_record(certificate: Certificate) -> Claim:
    checkpoint = read_checkpoint(certificate.checkpoint)
    proof = [bytes.fromhex(step) for step in certificate.proof]
    leaf = leaf_hash(certificate.line)
    holds = is_included(leaf, certificate.index, checkpoint.size, proof, checkpoint.root)
    place = f"entry {certificate.index:,} of the {checkpoint.size:,} of `{checkpoint.origin}`"
    words = f"it is {place}" if holds else f"its proof does not show it to be {place}"
    return Claim(name="on-record", holds=holds, words=words)


def _signed(certificate: Certificate, key: VerifierKey) -> Claim:
    holds = is_signed_by(certificate.checkpoint, key)
    said = "is signed" if holds else "is not signed"
    return Claim(
        name="signed", holds=holds, words=f"the checkpoint {said} by the key of `{key.name}`"
    )


def _named(certificate: Certificate, key: VerifierKey) -> Iterator[Claim]:
    """Only where the certificate names another key or record than the one that is trusted."""
    origin = read_checkpoint(certificate.checkpoint).origin
    if certificate.key != str(key):
        words = "the key in the certificate is not the one that was given, which alone counts"
        yield Claim(name="key", holds=False, words=words)
    if origin != key.name:
        words = f"the checkpoint is of `{origin}`, the key of `{key.name}`"
        yield Claim(name="key", holds=False, words=words)


def _disclosed(certificate: Certificate) -> Iterator[Claim]:
    entry, disclosure = certificate.recorded, certificate.disclosure
    if disclosure is None:
        return
    holds = bool(entry.withheld) and entry.withheld == disclosure.sha256
    said = "are" if holds else "are not"
    words = f"the question and the answer shown {said} those whose hash is on record"
    yield Claim(name="disclosed", holds=holds, words=words)


def _file(certificate: Certificate, name: str, sha256: str) -> Claim:
    named = _hashes(certificate)
    if sha256 in named:
        return Claim(name="file", holds=True, words=f"`{name}` is {named[sha256]}")
    words = f"`{name}` is neither the question nor the answer, byte for byte"
    return Claim(name="file", holds=False, words=words)


def _hashes(certificate: Certificate) -> dict[str, str]:
    found = {certificate.answer_sha256: "the answer as it left"}
    for part, field, words in (
        (certificate.question, "file_sha256", "the file asked about"),
        (certificate.answer, "output_sha256", "the file that was the answer"),
    ):
        value = msgspec.json.decode(part) if part else None
        if isinstance(value, dict) and isinstance(value.get(field), str):
            found[value[field]] = words
    return found
