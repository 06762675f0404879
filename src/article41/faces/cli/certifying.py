"""`certify`, `certificate verify` and `replay`: an answer is proved, offline, and given again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from article41.casework.certificates import (
    Certificate,
    Claim,
    Replay,
    ReplayOutcome,
    certificate_json,
    claims_of,
    read_certificates,
)
from article41.casework.certificates import (
    certify as certified,
)
from article41.casework.certificates.claims import sha256_as_answered
from article41.faces.cli.audit import found_index, held_record, key_of, write_file
from article41.faces.cli.begun import answer_words
from article41.faces.cli.options import TextPath, with_json, with_store
from article41.faces.cli.recorded_words import recorded_words
from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import notice, write_json, write_lines
from article41.model.errors import BrokenAuditError, InputError
from article41.model.letters import legible

_FILE = TextPath(exists=True, dir_okay=False)
_Found = TypeVar("_Found")


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What `certificate verify --json` writes of each certificate."""

    id: str
    """Of the entry."""
    asked_at: str
    """When it was asked."""
    claims: tuple[Claim, ...]
    """What it says, each with whether it holds."""

    @property
    def holds(self) -> bool:
        """True if all of it holds."""
        return all(claim.holds for claim in self.claims)


@click.command(epilog="Example: article41 certify latest --out answer.certificate")
@click.argument("entry_id", metavar="ID")
@click.option(
    "--out", "-o", "out", type=TextPath(dir_okay=False), metavar="FILE", help="Stdout if absent."
)
@with_store
def certify(*, entry_id: str, out: Path | None, folder: Path) -> None:
    """Write the certificate of an answer on record; ID may be the word `latest`.

    It holds the entry, the proof that it stands in the record, and the signed checkpoint; whoever
    has the public key verifies it without this machine.
    """
    record = held_record(folder)
    made = certified(record, found_index(record, entry_id))
    if alone := answer_words(record.ledger, made.recorded):
        notice(f"note: {alone}")
    write_file(f"{certificate_json(made).decode()}\n", out)


@click.command(epilog="Example: article41 certificate verify answer.certificate --key record.pub")
@click.argument("source", metavar="FILE", type=_FILE)
@click.option("--key", required=True, metavar="PUB", help="The public key, or a file with it.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="A file that is said to be the question or the answer; may be repeated.",
)
@with_json
def verify(*, source: Path, key: str, files: tuple[Path, ...], as_json: bool) -> None:
    """Verify certificates offline, and say of each what holds and what does not.

    The key must come from another place than the certificate.
    """
    trusted = key_of(key)
    hashes = {str(path): sha256_as_answered(path) for path in files}

    def verified(certificate: Certificate) -> tuple[Verified, bool]:
        entry = certificate.recorded
        claims = claims_of(certificate, trusted, files=hashes)
        found = Verified(id=entry.id, asked_at=entry.asked_at, claims=claims)
        return found, found.holds

    failed, certificates = _write_each(source, verified, _verified_lines, as_json=as_json)
    if failed:
        raise BrokenAuditError(
            f"{failed:,} of {counted(certificates, 'certificate')} cannot be relied upon",
            hint="ask for another one from the record",
        )


@click.command(epilog="Example: article41 replay answer.certificate")
@click.argument("source", metavar="FILE", type=_FILE)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="A file that was screened; may be repeated.",
)
@with_json
@with_store
def replay(*, source: Path, files: tuple[Path, ...], as_json: bool, folder: Path) -> None:
    """Answer the question of a certificate again, and compare the answers byte for byte.

    It is asked by what the store knew at that moment. Where the answer is another one, it says
    which input is gone or another one (a version of a list, the law, the code, a setting) and
    where in the answer the first differences stand. What it says of its own proof is verified by
    `certificate verify`.
    """
    from article41.faces.cli.opening import open_screener, opened_store
    from article41.faces.cli.replaying import replayed
    from article41.faces.cli.screen_record import file_sha256

    screener = open_screener(folder)
    by_hash = {file_sha256(path): path for path in files}
    with opened_store(folder) as store:
        held = frozenset(version.sha256 for version in store.versions())

    def again(certificate: Certificate) -> tuple[Replay, bool]:
        found = replayed(certificate, screener, folder, held=held, files=by_hash)
        return found, found.is_same

    failed, answers = _write_each(source, again, _replay_lines, as_json=as_json)
    if failed:
        raise BrokenAuditError(
            f"{failed:,} of {counted(answers, 'answer')} cannot be given again",
            hint="ask a store and a release that have what each is said to lack",
        )


def _write_each(
    source: Path,
    judged: Callable[[Certificate], tuple[_Found, bool]],
    lines: Callable[[Certificate, _Found], Iterator[str]],
    *,
    as_json: bool,
) -> tuple[int, int]:
    """Write what is found of each certificate of a file; how many failed, of how many."""
    failed = count = 0
    for certificate in _read(source):
        found, is_sound = judged(certificate)
        count, failed = count + 1, failed + (not is_sound)
        if as_json:
            write_json(found)
        else:
            write_lines(lines(certificate, found))
    return failed, count


def _read(source: Path) -> Iterator[Certificate]:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise InputError(
            f"`{source}` cannot be read: {error.strerror}", hint="give another file"
        ) from error
    return read_certificates(data, file=str(source))


def _verified_lines(certificate: Certificate, found: Verified) -> Iterator[str]:
    entry = certificate.recorded
    lists = ", ".join(f"{name} {version[:12]}" for name, version in entry.lists.items())
    yield legible(f"{entry.id}: {entry.kind}, asked at {entry.asked_at} by {entry.by}")
    if certificate.question is None:
        yield "  question and answer are withheld: the record has a hash of them"
    else:
        yield f"  {legible(recorded_words(entry.kind, certificate.question, certificate.answer))}"
    yield legible(f"  answered by version {entry.software.version} from {lists or 'no list'}")
    for claim in found.claims:
        yield f"  {'holds' if claim.holds else 'DOES NOT HOLD'}: {legible(claim.words)}"
    yield "  it does not prove that the clock was right, nor what was asked beside it"
    yield ""


def _replay_lines(certificate: Certificate, found: Replay) -> Iterator[str]:
    named = legible(found.id)
    match found.outcome:
        case ReplayOutcome.SAME:
            size = counted(len(certificate.answer or b""), "byte")
            yield f"{named}: the same answer, byte for byte ({size})"
        case ReplayOutcome.DIFFERS:
            yield f"{named}: ANOTHER ANSWER, at {', '.join(map(legible, found.places))}"
        case ReplayOutcome.GONE:
            yield f"{named}: cannot be asked again"
    for words in found.inputs:
        yield f"  {legible(words)}"
