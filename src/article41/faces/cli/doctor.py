"""`article41 doctor`: what is installed and held, how old it is, what is missing, what to type."""

import platform
import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

import click
import msgspec

from article41.casework.monitor import Register, Run, has_register, last_run
from article41.checks import Coverage, Finding, FindingKind
from article41.checks.readiness import (
    IndexState,
    Lacking,
    coverage_of_store,
    lacking,
    state_of_index,
)
from article41.faces.cli.list_coverage import coverage_lines
from article41.faces.cli.opening import known_feeds, opened_store
from article41.faces.cli.options import with_json, with_store
from article41.faces.cli.rendering import SHA_SHOWN, counted, moment_words
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.settings import code_version, now
from article41.law.coverage_loading import load_coverage
from article41.law.loading import load_catalogue
from article41.law.needs import load_needs
from article41.match import SCORER, ListCoverage
from article41.model.errors import Article41Error
from article41.store.generation import DATABASE_NAME

UPDATE = "article41 lists update"
_EXTRA = re.compile(r"""^([\w.-]+).*;.*\bextra\s*==\s*["']([\w-]+)["']""")
_UPDATED_AWAY = (FindingKind.STALE, FindingKind.FEED_FAILED, FindingKind.AGE_NOT_KNOWN)
"""What another update may mend."""


class Extra(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the software that is installed on demand."""

    name: str
    """As it is asked for: `pip install 'article41[NAME]'`."""
    missing: tuple[str, ...]
    """The packages that it needs and that are not there; none if it is installed."""


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """The law that is loaded."""

    measures: int
    """How many measures."""
    jurisdictions: int
    """Of how many jurisdictions."""
    verified_on: date | None
    """The newest day on which one was compared with its source."""
    incomplete: tuple[str, ...]
    """The regimes (a country or a theme) of which not all law in force today is modelled."""
    sha256: str
    """Of the catalogue."""


class CustomersHeld(msgspec.Struct, frozen=True, kw_only=True):
    """The customers that are kept."""

    count: int
    """How many."""
    screened_at: datetime | None
    """When they were last screened; absent if they never were."""
    alerts: int
    """Alerts on them."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What to type next."""

    command: str
    """The command."""
    why: str
    """What it is for."""


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What `doctor --json` writes."""

    version: str
    """Of the software."""
    kernel: str
    """Of the compiled kernel."""
    python: str
    """Of the interpreter."""
    system: str
    """Operating system and processor."""
    extras: tuple[Extra, ...]
    """What is installed on demand."""
    store: str
    """The folder of the store."""
    lists: tuple[ListCoverage, ...]
    """The lists that are held."""
    findings: tuple[Finding, ...]
    """What limits them."""
    lacking: tuple[Lacking, ...]
    """The jurisdictions of which no whole list is held: acts under their law are a review."""
    index: IndexState | None
    """How it stands with the index; absent if no list is held."""
    law: Law
    """What is loaded of it."""
    customers: CustomersHeld | None
    """Those that are kept; absent if none are."""
    fault: str
    """Why the store or the register cannot be read; empty if they can, or there is none."""
    next: tuple[Step, ...]
    """What to type next, the first thing first."""


class _Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder has."""

    coverage: Coverage | None = None
    index: IndexState | None = None
    generation: str = ""
    register: CustomersHeld | None = None
    run: Run | None = None
    fault: str = ""


@click.command(epilog="Example: article41 doctor")
@with_json
@with_store
def doctor(*, as_json: bool, folder: Path) -> None:
    """Say what is installed and held, how old it is, what is missing, and what to type next.

    It changes nothing and asks no server.
    """
    moment = now()
    held = _held(folder, moment)
    coverage = held.coverage
    lists = () if coverage is None else coverage.lists
    catalogue = load_catalogue()
    without = tuple(lacking(coverage, load_needs(), known_feeds(folder)))
    found = Diagnosis(
        version=code_version(),
        kernel=SCORER.kernel_version,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        extras=tuple(extras()),
        store=str(folder),
        lists=lists,
        findings=() if coverage is None else coverage.findings,
        lacking=without,
        index=held.index,
        law=Law(
            measures=len(catalogue.measures),
            jurisdictions=len(catalogue.jurisdictions),
            verified_on=catalogue.verified_on,
            incomplete=load_coverage().incomplete_on(moment.date()),
            sha256=catalogue.sha256,
        ),
        customers=held.register,
        fault=held.fault,
        next=tuple(_steps(held, without, folder)),
    )
    if as_json:
        write_json(found)
    else:
        write_lines(_lines(found, coverage, Pen.for_stdout(), today=moment.date()))


def extras() -> Iterator[Extra]:
    """What is installed on demand, by the package's own metadata."""
    needed: dict[str, list[str]] = {
        name: [] for name in metadata("article41").get_all("Provides-Extra") or ()
    }
    for line in requires("article41") or ():
        found = _EXTRA.match(line)
        if found:
            needed.setdefault(found[2], []).append(found[1])
    for name, packages in needed.items():
        missing = tuple(one for one in packages if not _is_installed(one))
        yield Extra(name=name, missing=missing)


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _held(folder: Path, moment: datetime) -> _Held:
    """What is in the folder; that nothing is there is no fault."""
    held = _Held()
    try:
        if (folder / DATABASE_NAME).is_file():
            with opened_store(folder) as store:
                coverage = coverage_of_store(store, now=moment, feeds=known_feeds(folder))
                generation = store.generation
            index = state_of_index(folder, generation) if coverage.lists else None
            held = _Held(coverage=coverage, index=index, generation=generation)
        if not has_register(folder):
            return held
        with Register(folder) as register:
            run = last_run(register.database.connection)
            kept = CustomersHeld(
                count=register.count,
                screened_at=None if run is None else run.at,
                alerts=0 if run is None else run.alerts,
            )
        return msgspec.structs.replace(held, register=kept, run=run)
    except Article41Error as error:
        return msgspec.structs.replace(held, fault=error.message)


def _steps(held: _Held, without: tuple[Lacking, ...], folder: Path) -> Iterator[Step]:
    """What to type next, the first thing first."""
    coverage = held.coverage
    if held.fault:
        yield Step(command="article41 store verify", why="see what is damaged")
    if coverage is None or not coverage.lists:
        yield Step(command="article41 demo", why="see answers on the lists that come along")
        yield Step(command=UPDATE, why="get the official lists from their authorities")
        yield Step(command="article41 lists add FILE...", why="or add files that you have")
        return
    if held.index is not IndexState.READY:
        yield Step(command="article41 index build", why="bring the index in step with the lists")
    fed = {one.id for one in known_feeds(folder).values() if not one.is_retired(None)}
    old = fed & {one.list_id for one in coverage.findings if one.kind in _UPDATED_AWAY}
    if old:
        yield Step(command=f"{UPDATE} {' '.join(sorted(old))}", why="they are old or of no date")
    lacking = dict.fromkeys(list_id for one in without for list_id in one.lists)
    missing = [list_id for list_id in lacking if list_id in fed and list_id not in old]
    if missing:
        yield Step(command=f"{UPDATE} {' '.join(missing)}", why="they are not held, or not whole")
    run = held.run
    if held.register is None:
        yield Step(command="article41 customers import FILE.csv", why="keep your customers")
    elif run is None:
        yield Step(command="article41 screen customers", why="they were never screened")
    elif run.generation != held.generation:
        yield Step(
            command="article41 screen customers --since last", why="the lists have changed since"
        )
    yield Step(command="article41 check ACT.yaml", why="ask whether an act may go ahead")


def _lines(found: Diagnosis, coverage: Coverage | None, pen: Pen, *, today: date) -> Iterator[str]:
    yield pen.bold(f"article41 {found.version}") + pen.dim(
        f"  kernel {found.kernel}, Python {found.python}, {found.system}"
    )
    for extra in found.extras:
        missing = ", ".join(extra.missing)
        install = f"pip install 'article41[{extra.name}]'"
        words = f"not installed: {missing} ({install})" if missing else "installed"
        yield f"  [{extra.name}]  {words}"
    law = found.law
    yield pen.bold("Law")
    yield (
        f"  {counted(law.measures, 'measure')} of {counted(law.jurisdictions, 'jurisdiction')}, "
        f"compared with their sources up to {law.verified_on}, catalogue "
        f"{law.sha256[:SHA_SHOWN]}"
    )
    if law.incomplete:
        regimes = counted(len(law.incomplete), "regime")
        yield (
            f"  of {regimes} not all acts are modelled, and what touches them is a review: "
            "`article41 measures --on COUNTRY`"
        )
    yield pen.bold("Store") + f"  {found.store}"
    if found.fault:
        yield f"  {pen.alarm('fault')}  {found.fault}"
    if coverage is None or not coverage.lists:
        yield "  no list is held"
    else:
        yield f"  index  {'none' if found.index is None else found.index.value}"
        yield from coverage_lines(coverage, pen, today=today)
    if found.lacking:
        yield pen.bold("No whole list of")
        for one in found.lacking:
            lists = " ".join(one.lists) or "none can be fetched yet"
            held = f"; held: {', '.join(one.held)}" if one.held else ""
            yield f"  {one.jurisdiction:<4} {lists}{held}"
    if found.customers is not None:
        at = found.customers.screened_at
        screened = "never screened" if at is None else f"screened at {moment_words(at)}"
        alerts = counted(found.customers.alerts, "alert")
        yield pen.bold("Customers")
        yield f"  {found.customers.count:,} kept, {screened}, {alerts}"
    yield pen.bold("Next")
    width = max(len(one.command) for one in found.next)
    for step in found.next:
        yield f"  {step.command:<{width}}  {pen.dim(step.why)}"
