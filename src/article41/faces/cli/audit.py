"""`article41 audit`: shows what is on record, proves that it adds up, and prints its public key."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click
import msgspec

from article41.casework.audit import RECORD_FOLDER, Entry, Record
from article41.casework.audit.copies import back_up
from article41.casework.audit.ledger import ENTRIES_FILE
from article41.casework.audit.notes import VerifierKey, read_checkpoint
from article41.casework.audit.verifying import Audited, verify_record
from article41.faces.cli.options import TextPath, with_json, with_store
from article41.faces.cli.paths import GIVEN_FILE, read_text
from article41.faces.cli.recorded_words import recorded_words
from article41.faces.cli.rendering import counted
from article41.faces.cli.replacing import replacing
from article41.faces.cli.sheet import Sheet, width_of_stdout
from article41.faces.cli.writing import Pen, notice, write_each, write_json, write_lines
from article41.model.errors import BrokenAuditError, InputError
from article41.model.letters import legible

LATEST = "latest"
"""Stands for the id of the newest entry."""
LIMIT = 20
"""Entries shown where nobody says otherwise."""
_WITH_OUT = click.option(
    "--out", "-o", "out", type=TextPath(dir_okay=False), metavar="FILE", help="Stdout if absent."
)


def key_of(text: str) -> VerifierKey:
    """A public key as it is printed, or the file that holds it.

    Raises:
        InputError: It is none.
    """
    if text.count("+") > 1 and not Path(text).exists():
        return VerifierKey.parse(text)
    hint = "give what `article41 audit key` prints, or a file that holds it"
    if not Path(text).exists():
        raise InputError(f"there is no file `{text}`, nor is it itself a public key", hint=hint)
    path = GIVEN_FILE.convert(text, None, None)
    held = read_text(path, what="public key", hint=hint)
    try:
        return VerifierKey.parse(held)
    except InputError as error:
        raise InputError(f"`{path}` holds no public key of a record", hint=hint) from error


def held_record(folder: Path) -> Record:
    """The record of a store; only an answer begins one.

    Raises:
        InputError: Nothing is on record yet.
    """
    if not (folder / RECORD_FOLDER / ENTRIES_FILE).exists():
        raise InputError(
            f"of the store `{folder}` nothing is on record",
            hint="`article41 match`, `check` and `screen` put their answers there",
        )
    return Record.open(folder / RECORD_FOLDER, told=lambda words: notice(f"note: {words}"))


def found_index(record: Record, entry_id: str) -> int:
    """The place of the entry with an id, or of the `latest`.

    Raises:
        InputError: There is none.
    """
    if entry_id == LATEST and record.size:
        return record.size - 1
    index = record.find(entry_id)
    if index is None:
        raise InputError(
            f"`{legible(entry_id)}` is not on record", hint="`article41 audit show` lists the ids"
        )
    return index


@click.command(epilog="Example: article41 audit show")
@click.argument("entry_id", metavar="[ID]", required=False)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LIMIT,
    show_default=True,
    help="How many to list, the newest first.",
)
@with_json
@with_store
def show(*, entry_id: str | None, limit: int, as_json: bool, folder: Path) -> None:
    """List what was asked last, or show the entry with an ID whole.

    With --json entries are written whole, each on a line of its own.
    """
    record = held_record(folder)
    if entry_id is not None:
        line = record.ledger.legible_line(found_index(record, entry_id))
        write_lines([line.decode() if as_json else legible_json(line)])
        return
    newest = range(record.size - 1, -1, -1)
    if as_json:
        write_each(record.ledger.legible_line(index).decode() for index in islice(newest, limit))
        return
    pen = Pen.for_stdout()
    write_each(_entry_line(record.entry(index), pen) for index in islice(newest, limit))
    more = record.size - limit
    if more > 0:
        write_lines([pen.dim(f"and {counted(more, 'entry')} before (--limit)")])
    if not record.size:
        write_lines(["nothing is on record yet"])


@click.command(epilog="Example: article41 audit verify --checkpoint march.note")
@click.option("--key", "key", metavar="PUB", help="The public key, or a file that holds it.")
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=TextPath(exists=True, dir_okay=False),
    metavar="FILE",
    help="A checkpoint that was kept elsewhere; may be repeated.",
)
@with_json
@with_store
def verify(*, key: str | None, checkpoints: tuple[Path, ...], as_json: bool, folder: Path) -> None:
    """Go through the record and say what was edited, deleted, reordered or cut off.

    The newest checkpoint in the record says how many entries there must be. Whoever holds the key
    of the record can make another one: a checkpoint that was kept elsewhere finds that.
    """
    audited = verify_record(
        folder / RECORD_FOLDER,
        key=None if key is None else key_of(key),
        kept={f"`{path}`": _checkpoint_in(path) for path in checkpoints},
    )
    if as_json:
        write_json(audited)
    else:
        write_lines(_audit_lines(audited, has_own_key=key is None))
    if audited.faults:
        raise BrokenAuditError(
            f"the record has {counted(len(audited.faults), 'fault')}",
            hint="keep it as it is, and compare it with a backup",
        )


@click.command()
@_WITH_OUT
@with_store
def key(*, out: Path | None, folder: Path) -> None:
    """Print the public key: give it to whoever is to verify certificates."""
    write_file(f"{held_record(folder).key()}\n", out)


@click.command()
@_WITH_OUT
@with_store
def checkpoint(*, out: Path | None, folder: Path) -> None:
    """Print the newest signed checkpoint: keep it where nobody of this machine can change it."""
    write_file(held_record(folder).note(), out)


@click.command(epilog="Example: article41 audit backup record.backup")
@click.argument("destination", metavar="FOLDER", type=TextPath())
@with_json
@with_store
def backup(*, destination: Path, as_json: bool, folder: Path) -> None:
    """Copy the record to FOLDER, as one checkpoint signs for it, while others write to it.

    The copy is gone through before it is given its name; a FOLDER that is there already is refused.
    It has the private key: as the folder `record` of a store it goes on where it was copied.
    """
    audited = back_up(held_record(folder), destination)
    if as_json:
        write_json(audited)
    else:
        entries = counted(audited.entries, "entry")
        write_lines([f"{entries}, all signed for; backed up to `{legible(str(destination))}`"])


def write_file(text: str, out: Path | None) -> None:
    """Write a text to a file, or to stdout if none is named."""
    if out is None:
        click.echo(text, nl=False)
        return
    with replacing(out) as file:
        file.write(text)


def legible_json(line: bytes) -> str:
    """JSON over several lines, without characters that move a cursor."""
    shown = msgspec.json.format(line, indent=2).decode()
    return "\n".join(map(legible, shown.split("\n")))


def _checkpoint_in(path: Path) -> str:
    """The checkpoint that a file holds.

    Raises:
        InputError: It holds none.
    """
    hint = "give what `article41 audit checkpoint` printed, whole"
    note = read_text(path, what="checkpoint", hint=hint)
    try:
        read_checkpoint(note)
    except InputError as error:
        raise InputError(f"`{path}` holds no checkpoint of a record", hint=hint) from error
    return note


def _entry_line(entry: Entry, pen: Pen) -> str:
    words = recorded_words(entry.kind, bytes(entry.question), bytes(entry.answer))
    asked = "withheld" if entry.withheld else legible(words)
    when, kind, by = map(legible, (entry.asked_at[:19], entry.kind, entry.by))
    return f"{pen.bold(legible(entry.id))}  {when}Z  {kind:<8} {by}  {asked}"


def _audit_lines(audited: Audited, *, has_own_key: bool) -> Iterator[str]:
    sheet = Sheet(Pen.for_stdout(), width=width_of_stdout())
    checkpoints = counted(audited.checkpoints, "checkpoint")
    yield f"{counted(audited.entries, 'entry')}, {audited.signed:,} signed for; {checkpoints}"
    for fault in audited.faults:
        yield from sheet.text(f"{fault.kind.value}: {legible(fault.words)}", indent=2)
    if not audited.faults:
        yield "no entry was edited, deleted, reordered or cut off since those checkpoints"
    if audited.unsigned:
        yield f"{counted(audited.unsigned, 'entry')} more: the next answer signs for them"
    if has_own_key:
        yield "the key is the record's own; --key and --checkpoint from elsewhere prove more"
