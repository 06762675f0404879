"""`article41 screen customers`: the customers that are kept, all of them or what changed."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from heapq import heappush, heappushpop
from pathlib import Path
from typing import TextIO

import click
import msgspec

from article41.casework.monitor import (
    AlertChange,
    ChangeKind,
    Ending,
    Moment,
    Monitor,
    Register,
    Report,
    Run,
    last_run,
)
from article41.checks import THRESHOLD, Coverage, Finding
from article41.faces.cli.alert_rows import SEPARATOR, alert_row
from article41.faces.cli.customers_record import LAST, CustomersQuestion, CustomersRecord
from article41.faces.cli.differences import arrival_of
from article41.faces.cli.list_coverage import coverage_lines
from article41.faces.cli.naming import notice_not_known
from article41.faces.cli.on_record import OnRecord, with_record
from article41.faces.cli.opening import open_screener, opened_store
from article41.faces.cli.options import TEXT, TextPath, moment_of, with_json, with_store
from article41.faces.cli.pausing import without_collector
from article41.faces.cli.progress import progress
from article41.faces.cli.registering import (
    CountedFault,
    alert_line,
    fault_lines,
    faults_of,
)
from article41.faces.cli.rendering import moment_words
from article41.faces.cli.replacing import blaming, replacing
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.settings import now
from article41.match import ListCoverage, Scorer
from article41.model.errors import InputError, StoreError

SHOWN_MAX = 20
"""Changes that people are shown; `-o` and `--json` have all."""
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENDINGS = {
    Ending.NOT_LISTED: "the entry is not listed any more",
    Ending.NO_RESEMBLANCE: "the entry does not resemble the customer any more",
    Ending.CUSTOMER_CHANGED: "the customer, as known now, does not resemble the entry",
    Ending.CUSTOMER_REMOVED: "the customer is not in the register any more",
}


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of the output: an alert that is new, changed or released."""

    change: str
    """new, changed or released."""
    customer: str
    """The id of the customer."""
    asked: str
    """The name of the customer that resembles most."""
    list: str
    """Which list."""
    listing_id: str
    """The authority's own number."""
    score: str
    """0 to 1, six decimals."""
    name: str
    """The name of the entry."""
    name_kind: str
    """How the authority ranks it."""
    primary_name: str
    """The first name printed."""
    listing_schema: str
    """The kind of target."""
    programmes: str
    """As published, between them `; `."""
    listing_birth_dates: str
    """In words of the list, between them `; `."""
    birth_evidence: str
    """What dates of birth say."""
    numbers: str
    """Numbers that both have, between them `; `."""
    fields: str
    """What has changed, between them `; `."""
    why: str
    """Why it is released."""


class CustomersScreened(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the alerts on the customers."""

    run: Run | None
    """What is kept of the run; absent where it was asked since a version, of which none is."""
    report: Report | None
    """The figures where it was asked since a version; absent otherwise."""
    changes: tuple[AlertChange, ...]
    """Every alert that is new, changed or released, by customer and entry."""
    faults: tuple[CountedFault, ...]
    """What of the customers could not be read."""
    names_cut: int
    """Names longer than what is compared."""
    names_empty: int
    """Names without a legible letter, which are not compared."""
    coverage: tuple[ListCoverage, ...]
    """The lists that the alerts rest on."""
    findings: tuple[Finding, ...]
    """What limits them."""
    scorer: Scorer
    """What defines the scores."""


@click.command(epilog="Example: article41 screen customers -o changes.csv")
@click.option(
    "--since",
    type=TEXT,
    metavar="WHEN",
    help="Only what a change makes new, changed or released: `last` for since the last run; a "
    "version of a list as LIST@DATE, LIST@NUMBER or the beginning of a hash; or a time.",
)
@click.option(
    "-o",
    "--output",
    type=TextPath(dir_okay=False),
    metavar="OUT.csv",
    help="Where a row for each alert that is new, changed or released goes.",
)
@click.option(
    "--threshold",
    type=float,
    help=f"Least score, above 0 and up to 1; {THRESHOLD:g} if absent, after `last` that of then.",
)
@with_record
@with_json
@with_store
def customers(
    *,
    since: str | None,
    output: Path | None,
    threshold: float | None,
    is_unrecorded: bool,
    certificates: Path | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Screen the customers that are kept, and keep their alerts.

    It tells which alerts are new, changed or released against the run before. With --since last
    it tells and keeps the same, and screens only those whom a change of the lists or of the
    customers can concern. With a version it tells what that list has changed since, with a time
    what all lists have, and keeps nothing.
    """
    on_record = OnRecord(folder, is_unrecorded=is_unrecorded, certificates=certificates)
    with ExitStack() as open_, without_collector():
        register = open_.enter_context(Register(folder))
        screener, at = open_screener(folder), now()  # What it knows was known at this moment.
        moment = Moment(at=at, asked_on=at.date())
        leaving = open_.enter_context(ExitStack())
        advance = leaving.enter_context(progress("Screening", total=register.count))
        question = _question(register, since, threshold, folder, at)
        record = CustomersRecord(on_record, screener, question, moment)
        told = _Told(shown_max=None if as_json else SHOWN_MAX)
        if output is not None:
            told.write_to(leaving.enter_context(replacing(output)), output)

        def answer(run: Run | None, report: Report | None) -> None:
            coverage = screener.coverage(asked_on=moment.asked_on)
            screened = _screened(register, told, coverage, run, report)
            record.answered(run, report, coverage)
            leaving.close()
            on_record.tell()
            if as_json:
                write_json(screened)
                return
            pen = Pen.for_stdout()
            write_lines(_lines(screened, told.count, output, pen))
            write_lines(coverage_lines(coverage, pen, today=moment.asked_on))

        # INVARIANT: a run is kept last. What nobody was told is told by the next one.
        monitor = Monitor(
            register,
            screener,
            now=moment,
            progress=advance,
            before_kept=lambda run: answer(run, None),
        )
        _, report = question.asked(monitor, record.hashing(told))
        if report is not None:
            _refuse_others(register, question)
            answer(None, report)


class _Told:
    """Takes each change on: into a file, and into memory as far as somebody will see it."""

    def __init__(self, *, shown_max: int | None) -> None:
        self._shown_max = shown_max
        self._write: Callable[[Sequence[str]], object] | None = None
        self._output = Path()
        self._shown: list[tuple[float, int, AlertChange]] = []
        self.count = 0

    @property
    def shown(self) -> list[AlertChange]:
        """All in their order; if there are too many, those that resemble most, the best first."""
        if self.count == len(self._shown):
            return [change for _, _, change in sorted(self._shown, key=lambda one: -one[1])]
        return [change for _, _, change in sorted(self._shown, reverse=True)]

    def write_to(self, file: TextIO, output: Path) -> None:
        self._write, self._output = csv.writer(file).writerow, output
        with blaming(output):
            self._write(ChangeRow.__struct_fields__)

    def __call__(self, change: AlertChange) -> None:
        self.count += 1
        # Equal scores stand in their order, and no two changes are compared.
        ranked = (change.alert.score, -self.count, change)
        if self._shown_max is None or len(self._shown) < self._shown_max:
            heappush(self._shown, ranked)
        else:
            heappushpop(self._shown, ranked)
        if self._write is not None:
            with blaming(self._output):
                self._write(msgspec.structs.astuple(_row(change)))


def _screened(
    register: Register,
    told: _Told,
    coverage: Coverage,
    run: Run | None,
    report: Report | None,
) -> CustomersScreened:
    faults, cut, empty = faults_of(register)
    return CustomersScreened(
        run=run,
        report=report,
        changes=tuple(told.shown),
        faults=faults,
        names_cut=cut,
        names_empty=empty,
        coverage=coverage.lists,
        findings=coverage.findings,
        scorer=coverage.scorer,
    )


def _question(
    register: Register, since: str | None, threshold: float | None, folder: Path, at: datetime
) -> CustomersQuestion:
    """What is asked, and of which states of the customers and their alerts."""
    moment, list_id = (None, None) if since in {None, LAST} else _earlier(str(since), folder, at)
    before = last_run(register.database.connection)
    return CustomersQuestion(
        since=since,
        moment=moment,
        list=list_id,
        threshold=threshold,
        customers=register.count,
        revision=register.revision,
        run=0 if before is None else before.number,
    )


def _refuse_others(register: Register, question: CustomersQuestion) -> None:
    """Refuse an answer about other customers than the question that is on record names.

    Raises:
        StoreError: Another process imported some meanwhile.
    """
    if register.revision != question.revision:
        raise StoreError("another process changed the customers meanwhile", hint="ask again")


def _earlier(given: str, folder: Path, at: datetime) -> tuple[datetime, str | None]:
    """The moment to which lists are put back, and which list if it is one.

    Raises:
        InputError: It is still to come: whatever has changed would be no change since.
        UnknownVersionError: The store holds no such version.
    """
    with opened_store(folder) as store:
        if not _MOMENT.match(given):
            return arrival_of(given, store.standings_ever())
        moment = moment_of(given)
        if moment > at:
            raise InputError(
                f"`{moment.isoformat()}` is a moment to come",
                hint="give an earlier one; a day stands for its end, and its beginning is written "
                "2024-02-01T00:00",
            )
        notice_not_known(store, moment)
        return moment, None


def _lines(screened: CustomersScreened, count: int, output: Path | None, pen: Pen) -> Iterator[str]:
    run, report = screened.run, screened.report
    if run is not None:
        yield pen.bold("customers") + pen.dim(f"  (newest versions, threshold {run.threshold:g})")
    elif report is not None:
        what = f"{report.list} since" if report.list else "since"
        since = f"{what} {moment_words(report.since)}, threshold {report.threshold:g}"
        yield pen.bold("customers") + pen.dim(f"  ({since}; nothing is kept)")
    figures = run or report
    assert figures is not None
    yield _figure("customers", figures.customers)
    yield _figure("screened", figures.screened)
    if figures.entries_changed is not None:
        yield _figure("entries changed", figures.entries_changed)
    if run is not None and run.why_everybody:
        yield f"  everybody was screened: {run.why_everybody}"
    for kind in ChangeKind:
        yield _figure(kind.value, getattr(figures, kind.value))
    if run is not None:
        yield _figure("alerts now", run.alerts)
        yield _figure("on customers", run.customers_with_alerts)
    yield from fault_lines(screened.faults, screened.names_cut, screened.names_empty)
    yield ""
    for change in screened.changes:
        yield _change_line(change, pen)
    if count > len(screened.changes):
        where = "with -o OUT.csv all were written" if output is None else f"all are in {output}"
        yield f"... {count - len(screened.changes):,} more, none with a higher score; {where}"
    if count:
        yield ""


def _figure(label: str, figure: int) -> str:
    return f"  {label:<18} {figure:>11,}"


def _change_line(change: AlertChange, pen: Pen) -> str:
    word = change.kind.value.ljust(9)
    match change.kind:
        case ChangeKind.NEW:
            return f"{pen.alarm(word)} {alert_line(change.alert)}"
        case ChangeKind.CHANGED:
            fields = ", ".join(one.replace("_", " ") for one in change.fields)
            return f"{pen.caution(word)} {alert_line(change.alert)}: {fields}"
        case ChangeKind.RELEASED:
            why = "" if change.why is None else _ENDINGS[change.why]
            return f"{pen.bold(word)} {alert_line(change.alert)}: {why}"


def _row(change: AlertChange) -> ChangeRow:
    return ChangeRow(
        change=change.kind.value,
        **msgspec.structs.asdict(alert_row(change.alert)),
        fields=SEPARATOR.join(change.fields),
        why="" if change.why is None else change.why.value,
    )
