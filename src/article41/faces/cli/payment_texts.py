"""`article41 payment read`: every text of a message, what it says, and how it is looked at."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from article41.checks.payment.act import act_of
from article41.checks.payment.message import Means, Screening, Text, Transaction
from article41.checks.reading import canonical
from article41.faces.cli.failures import report
from article41.faces.cli.payment_files import files_of, payments_of
from article41.faces.cli.piped import source_name
from article41.faces.cli.sheet import cut, width_of_stdout
from article41.faces.cli.writing import Pen, json_line, write_each
from article41.faces.settings import today
from article41.model.errors import MessageError
from article41.model.letters import legible


class ReadText(msgspec.Struct, frozen=True, kw_only=True):
    """One text of a message, as `payment read --account --json` writes it."""

    file: str
    """The file as it was given, or `stdin`."""
    message: str
    """The kind of message."""
    number: int
    """Which transaction of the message it is of, from 1."""
    reference: str
    """How that payment is called."""
    path: str
    """Where it stands."""
    value: str
    """The text."""
    means: Means
    """What it says."""
    of: str
    """Of whom; empty for the payment itself."""
    unit: str
    """Currency of an amount, or scheme of a number."""
    screening: Screening
    """How it is looked at."""


class ReadPayment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment of a message, as `payment read --json` writes it."""

    file: str
    """The file as it was given, or `stdin`."""
    message: str
    """The kind of message."""
    number: int
    """Which transaction of the message it is, from 1."""
    reference: str
    """How it is called."""
    moves_money: bool
    """False for a mere word about a payment."""
    is_return: bool
    """True if the money goes back."""
    texts: int
    """How many texts it has."""
    unmapped: tuple[str, ...]
    """Paths of those that no table explains; they are looked through like free text."""
    assumed: tuple[str, ...]
    """What its act takes for granted because the message does not say it."""
    act: msgspec.Raw
    """The act, as `article41 check` takes it, of today."""


def tell_texts(sources: Sequence[Path], *, is_account: bool, as_json: bool) -> int:
    """Write what stands in messages; the exit code.

    Args:
        sources: Files and folders.
        is_account: True for every text.
        as_json: True for JSON in place of a table.
    """
    code = 0
    pen, width = Pen.for_stdout(), width_of_stdout() if sys.stdout.isatty() else None
    for file in files_of(sources):
        for one in payments_of(file):
            if isinstance(one, MessageError):
                code = report(one)
            elif as_json:
                for line in _json_lines(one, source_name(file), is_account=is_account):
                    click.echo(line)
            else:
                write_each(_lines(one, source_name(file), pen, width, is_account=is_account))
    return code


def _json_lines(one: Transaction, file: str, *, is_account: bool) -> Iterator[str]:
    if is_account:
        for text in one.texts:
            yield json_line(_read_text(one, text, file))
        return
    asked = act_of(one, day=today())
    yield json_line(
        ReadPayment(
            file=file,
            message=one.message,
            number=one.number,
            reference=one.reference,
            moves_money=one.moves_money,
            is_return=one.is_return,
            texts=len(one.texts),
            unmapped=tuple(text.path for text in one.texts if text.means is Means.UNMAPPED),
            assumed=asked.assumed,
            act=msgspec.Raw(canonical(asked.act)),
        )
    )


def _read_text(one: Transaction, text: Text, file: str) -> ReadText:
    return ReadText(
        file=file,
        message=one.message,
        number=one.number,
        reference=one.reference,
        path=text.path,
        value=text.value,
        means=text.means,
        of=text.of,
        unit=text.unit,
        screening=text.screening,
    )


def _lines(
    one: Transaction, file: str, pen: Pen, width: int | None, *, is_account: bool
) -> Iterator[str]:
    yield pen.bold(legible(f"{file}: {one.message} {one.number} {one.reference}".rstrip()))
    if is_account:
        yield from _table(one.texts, pen, width)
    else:
        yield from _summary(one)


def _table(texts: Sequence[Text], pen: Pen, width: int | None) -> Iterator[str]:
    heads = ("says", "of", "screened", "path", "text")
    rows = [
        (text.means.value, text.of, text.screening.value, text.path,
         " ".join(filter(None, (text.unit, text.value))))
        for text in texts
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for number, row in enumerate((heads, *rows)):
        cells = (cell.ljust(size) for cell, size in zip(row[:-1], widths, strict=False))
        line = legible("  ".join((" ", *cells, row[-1])).rstrip())
        shown = line if width is None else cut(line, width)
        yield pen.dim(shown) if number == 0 else shown


def _summary(one: Transaction) -> Iterator[str]:
    asked = act_of(one, day=today())
    for party in asked.act.parties:
        numbers = ", ".join(document.value for document in party.documents)
        said = "; ".join(filter(None, (party.name, party.country, numbers)))
        yield legible(f"  {party.key}: {said or 'nothing that identifies it'}")
    money = asked.act.money
    if money is not None:
        yield legible(f"  money: {money.amount} {money.currency}")
    unmapped = [text.path for text in one.texts if text.means is Means.UNMAPPED]
    if unmapped:
        yield legible(f"  in no table, and looked through like free text: {', '.join(unmapped)}")
    yield f"  {len(one.texts):,} texts; --account lists them"
