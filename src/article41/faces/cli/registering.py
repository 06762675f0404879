"""`article41 customers`: keeps customers, and shows how it stands with them and their alerts."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
import msgspec

from article41.casework.monitor import (
    Alert,
    Customer,
    Intake,
    Register,
    Run,
    all_alerts,
    is_identifying,
    last_run,
)
from article41.checks.reading.company_numbers import CHECKED
from article41.checks.reading.shorthand import NUMBERS
from article41.faces.cli.alert_rows import AlertRow, alert_row
from article41.faces.cli.customers import COLUMNS, SHOWN, CustomerFile, Row, open_customers
from article41.faces.cli.faulty_rows import FaultyRow, Noted, tell_rows
from article41.faces.cli.options import TEXT, TextPath, with_columns, with_json, with_store
from article41.faces.cli.progress import progress
from article41.faces.cli.rendering import counted, moment_words
from article41.faces.cli.replacing import blaming, replacing
from article41.faces.cli.writing import Pen, json_line, write_each, write_json, write_lines
from article41.faces.settings import now
from article41.model.errors import FormatError, InputError
from article41.model.letters import legible
from article41.model.parties import Document

NUMBER_KINDS = {name: kind for name, kind in NUMBERS.items() if is_identifying(kind)}
"""Columns of numbers that identify."""
ROLES = (*COLUMNS, "other_names", *NUMBER_KINDS)
"""The columns that are kept."""
_MISFIT = "a cell is not in the encoding (give --encoding, such as cp1252)"
BETWEEN = ";"
"""Stands between several names, or several numbers, of one cell."""


class CountedFault(msgspec.Struct, frozen=True, kw_only=True):
    """Customers of whose row something could not be read, and what."""

    reason: str
    """What, in words."""
    count: int
    """How many."""
    first: str
    """The id of one of them."""


class ImportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an import made of the customers."""

    source: str
    """The file."""
    customers: int
    """Customers kept now."""
    added: int
    """That were not there."""
    changed: int
    """Of whom another thing is known than before."""
    removed: int
    """That are there no more."""
    unchanged: int
    """In the file as they were."""
    rows_blank: int
    """Blank lines, which are no rows."""
    columns_unused: tuple[str, ...]
    """Columns of the file of which nothing is kept."""
    faults: tuple[CountedFault, ...]
    """What could not be read; who has no legible name is never compared by name."""
    names_cut: int
    """Names longer than what is compared."""
    names_empty: int
    """Names without a legible letter, which are not compared."""
    rows: tuple[FaultyRow, ...]
    """The rows of this file of which something could not be read, or nothing can be compared."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands with the customers that are kept."""

    customers: int
    """How many."""
    imported_at: datetime | None
    """When the register last changed."""
    source: str
    """By which file."""
    faults: tuple[CountedFault, ...]
    """What of their rows could not be read."""
    names_cut: int
    """Names longer than what is compared."""
    names_empty: int
    """Names without a legible letter, which are not compared."""
    last_run: Run | None
    """When they were last screened, and what came of it; absent if they never were."""


@click.command("import", epilog="Example: article41 customers import customers.csv")
@click.argument("source", type=TextPath(exists=True, dir_okay=False))
@with_columns(ROLES)
@click.option("--part", "is_part", is_flag=True, help="Keep customers that the file does not name.")
@click.option(
    "--accept-shrink",
    "may_shrink",
    is_flag=True,
    help="Keep the table though it lacks more customers than leave at once.",
)
@with_json
@with_store
def import_(
    *,
    source: Path,
    column_by_role: dict[str, str],
    encoding: str,
    is_part: bool,
    may_shrink: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Keep the customers of a table, by their ids: who is new, changed, or not there any more.

    SOURCE has the columns id and name, and may have schema, birth_date, country, other_names, and
    a column for each kind of number: bic, lei, imo, passport, national_id, registration,
    tax_number, wallet. Several names or numbers stand in one cell with a semicolon between them.
    The table is the whole register: who is not in it is removed, unless --part is given.
    """
    with (
        open_customers(
            source,
            encoding=encoding,
            column_by_role=column_by_role,
            roles=ROLES,
            wanted=("id", "name"),
        ) as file,
        progress(f"Importing {source.name}") as advance,
        Register(folder, is_made=True) as register,
    ):
        noted = Noted()
        try:
            intake = register.take_in(
                _customers(file, source, noted),
                at=now(),
                source=str(source),
                is_part=is_part,
                may_shrink=may_shrink,
                progress=advance,
            )
        except InputError as error:  # Of an id that was read before.
            raise FormatError(
                error.message, hint=error.hint, file=str(source), line=file.line
            ) from error
        rows = noted.rows(frozenset(register.uncompared()), is_part=is_part)
        summary = _summary(intake, register, file, source, tuple(rows))
    if as_json:
        write_json(summary)
    else:
        write_lines(_import_lines(summary, Pen.for_stdout()))
    tell_rows(summary.rows, source)


@click.command()
@with_json
@with_store
def show(*, as_json: bool, folder: Path) -> None:
    """Show how many customers are kept, since when, and when they were screened."""
    with Register(folder) as register:
        faults, cut, empty = faults_of(register)
        at, source = register.last_import() or (None, "")
        standing = Standing(
            customers=register.count,
            imported_at=at,
            source=source,
            faults=faults,
            names_cut=cut,
            names_empty=empty,
            last_run=last_run(register.database.connection),
        )
    if as_json:
        write_json(standing)
    else:
        write_lines(_standing_lines(standing, Pen.for_stdout()))


@click.command(epilog="Example: article41 customers alerts -o alerts.csv")
@click.argument("ids", nargs=-1, metavar="[ID]...", type=TEXT)
@click.option(
    "-o",
    "--output",
    type=TextPath(dir_okay=False),
    metavar="OUT.csv",
    help="Where a row for each alert goes.",
)
@with_json
@with_store
def alerts(*, ids: tuple[str, ...], output: Path | None, as_json: bool, folder: Path) -> None:
    """Show the alerts that are kept, of all customers or of those named.

    They are those of the last `article41 screen customers`. With --json each is an object on a
    line of its own; with -o they are written as a table, which is replaced when it is complete.
    """
    with Register(folder) as register:
        _refuse_strangers(register, ids)
        kept = all_alerts(register.database.connection, ids)
        if output is None:
            write_each(map(json_line if as_json else alert_line, kept))
            return
        count = 0
        with replacing(output) as file:
            write = csv.writer(file).writerow
            with blaming(output):
                write(AlertRow.__struct_fields__)
            for count, alert in enumerate(kept, start=1):  # noqa: B007
                with blaming(output):
                    write(msgspec.structs.astuple(alert_row(alert)))
                if as_json:
                    write_json(alert)
        if not as_json:
            write_lines([f"{counted(count, 'alert')} written to {legible(str(output))}"])


def _refuse_strangers(register: Register, ids: tuple[str, ...]) -> None:
    """Refuse an id of nobody: that it has no alert would say nothing.

    Raises:
        InputError: Some id is of no customer, and of none who left since the last run.
    """
    known = {one.id for chunk in register.of_ids(set(ids)) for one in chunk}
    known |= (
        {one.customer for one in all_alerts(register.database.connection, ids)} if ids else set()
    )
    unknown = [one for one in ids if one not in known]
    if unknown:
        raise InputError(
            f"there is no customer `{unknown[0]}`", hint="write the id as the table has it"
        )


def alert_line(alert: Alert) -> str:
    """An alert in a line: who, how much, which entry, by which name and number."""
    numbers = f", the same {', '.join(map(legible, alert.numbers))}" if alert.numbers else ""
    births = alert.birth_evidence
    born = "" if births == "absent" else f", births {births.replace('-', ' ')}"
    named = legible(alert.primary_name)
    if alert.name != alert.primary_name:
        named += f" (as {legible(alert.name)})"
    return (
        f"{legible(alert.customer)}  {legible(alert.asked)}  {alert.score:.3f}  "
        f"{alert.listing}  {named}{born}{numbers}"
    )


def fault_lines(
    faults: tuple[CountedFault, ...], names_cut: int, names_empty: int
) -> Iterator[str]:
    """What of the customers limits what is compared."""
    for one in faults:
        yield (
            f"  {counted(one.count, 'customer')}: {legible(one.reason)} "
            f"(such as `{legible(one.first)}`)"
        )
    if names_cut:
        yield f"  {counted(names_cut, 'name')} longer than what is compared"
    if names_empty:
        yield f"  {counted(names_empty, 'name')} without a legible letter, not compared"


def _customers(file: CustomerFile, source: Path, noted: Noted) -> Iterator[Customer]:
    for row in file:
        number = file.cell(row, "id").strip()
        if not number or not _is_text(number):
            raise FormatError(
                "a customer has no id" if not number else "an id is not in the encoding",
                hint="give each customer an id of its own; nothing was imported",
                file=str(source),
                line=file.line,
            )
        customer = _customer(number, row, file)
        noted.take(customer, file.line, row.error)
        yield customer


def _customer(number: str, row: Row, file: CustomerFile) -> Customer:
    query = row.query
    others = _parts(file.cell(row, "other_names"))
    numbers = [
        Document(kind=kind, value=value)
        for name, kind in NUMBER_KINDS.items()
        for value in dict.fromkeys(_parts(file.cell(row, name)))
    ]
    are_legible = all(map(_is_text, [*others, *(one.value for one in numbers)]))
    names = [] if query is None else [query.name]
    if query is not None and BETWEEN in query.name:
        # As it stands too: a semicolon may be a part of a name.
        names += _parts(query.name)
    names += filter(_is_text, others)
    reason = row.reason if names else f"not compared by name: {row.reason}"
    return Customer(
        id=number,
        names=tuple(dict.fromkeys(names)),
        schema=None if query is None else query.schema,
        birth_dates=() if query is None else query.birth_dates,
        country=legible(file.cell(row, "country").strip())[:SHOWN],
        numbers=tuple(one for one in numbers if _is_text(one.value)),
        fault="; ".join(filter(None, (reason, "" if are_legible else _MISFIT, *_wrong(numbers)))),
    )


def _wrong(numbers: list[Document]) -> Iterator[str]:
    """Which numbers cannot be of their kind, so that no list has an equal one."""
    for kind in dict.fromkeys(one.kind for one in numbers if one.kind in CHECKED):
        try:
            for one in numbers:
                if one.kind is kind:
                    CHECKED[kind].parse(one.value)
        except ValueError:
            yield f"{kind.name} without its form or check digit"


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(BETWEEN) if part.strip()] if cell else []


def _is_text(text: str) -> bool:
    """True unless it holds bytes of another encoding."""
    return text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text)


def faults_of(register: Register) -> tuple[tuple[CountedFault, ...], int, int]:
    """What of the rows could not be read, the names cut short, and those not compared."""
    faults = (
        CountedFault(reason=reason, count=count, first=first)
        for reason, count, first in register.faults()
    )
    return tuple(faults), *register.name_limits()


def _summary(
    intake: Intake,
    register: Register,
    file: CustomerFile,
    source: Path,
    rows: tuple[FaultyRow, ...],
) -> ImportSummary:
    faults, cut, empty = faults_of(register)
    return ImportSummary(
        source=str(source),
        customers=intake.customers,
        added=intake.added,
        changed=intake.changed,
        removed=intake.removed,
        unchanged=intake.unchanged,
        rows_blank=file.rows_blank,
        columns_unused=tuple(filter(None, file.columns_unused)),
        faults=faults,
        names_cut=cut,
        names_empty=empty,
        rows=rows,
    )


def _import_lines(summary: ImportSummary, pen: Pen) -> Iterator[str]:
    yield pen.bold(f"{counted(summary.customers, 'customer')} kept")
    for label in ("added", "changed", "removed", "unchanged"):
        yield f"  {label:<10} {getattr(summary, label):>11,}"
    if summary.rows_blank:
        yield f"  {'blank':<10} {summary.rows_blank:>11,}"
    if summary.columns_unused:
        yield f"  columns not kept: {', '.join(map(legible, summary.columns_unused))}"
    yield from fault_lines(summary.faults, summary.names_cut, summary.names_empty)
    if summary.removed:
        yield "  the alerts of those removed end with the next `article41 screen customers`"


def _standing_lines(standing: Standing, pen: Pen) -> Iterator[str]:
    yield pen.bold(f"{counted(standing.customers, 'customer')} kept")
    if standing.imported_at is not None:
        yield f"  since {moment_words(standing.imported_at)}, from {legible(standing.source)}"
    yield from fault_lines(standing.faults, standing.names_cut, standing.names_empty)
    run = standing.last_run
    if run is None:
        yield "  never screened; run `article41 screen customers`"
        return
    yield f"  screened at {moment_words(run.at)}, threshold {run.threshold:g}"
    alerts = counted(run.alerts, "alert")
    yield f"  {alerts} on {counted(run.customers_with_alerts, 'customer')}"
