"""Screens a file of customers chunk by chunk: every row goes out once, then its matches.

The output replaces a file that was there when it is complete, or never.
"""

import csv
import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Literal, TextIO

import msgspec

from article41.checks import Finding, FindingKind, Match, PartyAnswer, Screener
from article41.faces.cli.customers import CustomerFile, Row, open_customers
from article41.faces.cli.pausing import without_collector
from article41.faces.cli.rendering import NOTHING_KNOWN, finding_words
from article41.faces.cli.replacing import blaming, replacing
from article41.match import ListCoverage, Scorer
from article41.model.errors import FormatError

ROWS_PER_CHUNK = 20_000
"""Rows in memory at a time."""
ROWS_NAMED = 5
"""Rows that the summary names for each reason."""
_SEPARATOR = "; "


class OutputRow(msgspec.Struct, frozen=True, kw_only=True):
    """The columns that the output adds: `row_type` before those of the input, the rest after.

    On an input row only `matches` and `error` may be filled, on a match row all the others.
    """

    row_type: Literal["input", "match"]
    """Whether it is a row of the input or one of its matches, which follow it."""
    matches: str = ""
    """How many match rows follow; empty if the row was not compared."""
    error: str = ""
    """Why the row was not compared, or not in full; empty if it was."""
    score: str = ""
    """0 to 1, six decimals."""
    list: str = ""
    """Which list."""
    published: str = ""
    """The day of publication of the version, if anybody says so."""
    version: str = ""
    """The sha256 of the version."""
    listing_id: str = ""
    """The authority's own number."""
    listing_schema: str = ""
    """The kind of target."""
    in_force: str = ""
    """Whether the target was listed on the day asked about: yes or unknown."""
    unknown_between: str = ""
    """The two days between which nobody says, as `A/B`; without A nothing earlier is known."""
    primary_name: str = ""
    """The first name printed."""
    alias: str = ""
    """The name that resembles the customer's most."""
    alias_kind: str = ""
    """How the authority ranks it."""
    programmes: str = ""
    """As published, between them `; `."""
    listing_birth_dates: str = ""
    """In words of the list, between them `; `."""
    birth_evidence: str = ""
    """What dates of birth say: conflict, doubtful, near, absent, compatible or same-day."""


OUTPUT_COLUMNS = OutputRow.__struct_fields__
"""The columns added, the first of them before those of the input."""


class CountedRows(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that were not compared, or not in full, for one reason."""

    reason: str
    """Why."""
    count: int
    """How many."""
    rows: tuple[int, ...]
    """The first few, counted from 1 without the header and blank lines."""


class ScreenSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file of customers."""

    output: str
    """Where the rows are."""
    rows: int
    """Rows read; each is in the output once."""
    rows_blank: int
    """Blank lines, which are no rows."""
    rows_with_matches: int
    """Rows that resemble at least one listing."""
    matches: int
    """Match rows written."""
    rows_rejected: int
    """Rows that were not compared; their `error` says why."""
    rejected: tuple[CountedRows, ...]
    """The same by reason, commonest first."""
    rows_compared_in_part: int
    """Rows of which more is written than was compared; their `error` says what was not."""
    compared_in_part: tuple[CountedRows, ...]
    """The same by reason, commonest first."""
    as_of: date | None
    """The day in force; absent for the newest versions."""
    known_at: datetime | None
    """The moment known; absent for now."""
    threshold: float
    """Least score."""
    duration_s: float
    """Seconds it took."""
    rows_per_s: float
    """Rows in a second."""
    coverage: tuple[ListCoverage, ...]
    """The lists that the answers rest on, each in the version of the day asked about."""
    findings: tuple[Finding, ...]
    """What limits the answers."""
    scorer: Scorer
    """What defines the scores."""


class Screening:
    """One run over one file.

    Args:
        screener: Whom to ask.
        as_of: The day in force; the newest versions if absent.
        known_at: The moment known; now if absent.
        asked_on: The present day, against which lists age.
        threshold: Least score.
    """

    def __init__(
        self,
        screener: Screener,
        *,
        as_of: date | None,
        known_at: datetime | None = None,
        asked_on: date,
        threshold: float,
    ) -> None:
        """Begin with nothing counted."""
        self._screener = screener
        self._as_of = as_of
        self._known_at = known_at
        self._asked_on = asked_on
        self._threshold = threshold
        self.coverage = screener.coverage(as_of=as_of, known_at=known_at, asked_on=asked_on)
        """What all answers rest on, as it stood when the run began."""
        self._rows = self._rows_with_matches = self._matches = 0
        self._rejected = _Reasons()
        self._in_part = _Reasons()

    def run(
        self,
        source: Path,
        output: Path,
        *,
        encoding: str,
        column_by_role: dict[str, str],
        progress: Callable[[int], None],
        before_leaving: Callable[[ScreenSummary, str], None] | None = None,
    ) -> ScreenSummary:
        """Screen the file.

        Args:
            source: The customers.
            output: A file is written beside itself first, then renamed; a pipe as it is.
            encoding: Of the source; the output is UTF-8.
            column_by_role: What the columns are called where it is not the usual name.
            progress: Called with the number of bytes read so far.
            before_leaving: Called with what became of it, and the SHA-256 of the output, before
                the output takes its name; if it raises, the output goes away.

        Raises:
            FormatError: The source is no table with the columns named.
            InputError: The output cannot be written, or the encoding or threshold is wrong.
            IndexFileError: The index is damaged; nothing is written.
        """
        began = time.perf_counter()
        with open_customers(source, encoding=encoding, column_by_role=column_by_role) as customers:
            _refuse_own_columns(customers, source)
            with replacing(output, source=source) as target, without_collector():
                hashed = None if before_leaving is None else _Hashed(target)
                writer = csv.writer(hashed or target, delimiter=customers.delimiter)
                with blaming(output):
                    writer.writerow([OUTPUT_COLUMNS[0], *customers.header, *OUTPUT_COLUMNS[1:]])
                for chunk, answers in self._answered(_chunks(iter(customers))):
                    with blaming(output):
                        writer.writerows(self._rows_of(chunk, answers))
                    progress(customers.bytes_read)
                summary = self._summary(
                    output, time.perf_counter() - began, rows_blank=customers.rows_blank
                )
                if before_leaving is not None and hashed is not None:
                    before_leaving(summary, hashed.sha256)
        return summary

    def _summary(self, output: Path, duration_s: float, *, rows_blank: int) -> ScreenSummary:
        return ScreenSummary(
            output=str(output),
            rows=self._rows,
            rows_blank=rows_blank,
            rows_with_matches=self._rows_with_matches,
            matches=self._matches,
            rows_rejected=self._rejected.total,
            rejected=self._rejected.counted(),
            rows_compared_in_part=self._in_part.total,
            compared_in_part=self._in_part.counted(),
            as_of=self._as_of,
            known_at=self._known_at,
            threshold=self._threshold,
            duration_s=round(duration_s, 3),
            rows_per_s=round(self._rows / duration_s, 1),
            coverage=self.coverage.lists,
            findings=self.coverage.findings,
            scorer=self.coverage.scorer,
        )

    def _answered(
        self, chunks: Iterator[list[Row]]
    ) -> Iterator[tuple[list[Row], list[PartyAnswer]]]:
        """Each chunk with its answers; while one is written the next is read and asked about."""
        with ThreadPoolExecutor(max_workers=1) as asking:
            waiting: tuple[list[Row], Future[list[PartyAnswer]]] | None = None
            for chunk in chunks:
                asked = (chunk, asking.submit(self._ask, chunk))
                if waiting is not None:
                    yield waiting[0], waiting[1].result()
                waiting = asked
            if waiting is not None:
                yield waiting[0], waiting[1].result()

    def _ask(self, chunk: list[Row]) -> list[PartyAnswer]:
        queries = [one.query for one in chunk if one.query is not None]
        return self._screener.screen(
            queries,
            as_of=self._as_of,
            known_at=self._known_at,
            asked_on=self._asked_on,
            threshold=self._threshold,
        )

    def _rows_of(self, chunk: list[Row], answered: list[PartyAnswer]) -> Iterator[list[str]]:
        answers = iter(answered)
        for customer in chunk:
            self._rows += 1
            answer = None if customer.query is None else next(answers)
            yield _cells(customer, self._input_row(customer, answer))
            if answer is not None and answer.matches:
                self._rows_with_matches += 1
                self._matches += len(answer.matches)
                for match in answer.matches:
                    yield _cells(customer, _match_row(match))

    def _input_row(self, customer: Row, answer: PartyAnswer | None) -> OutputRow:
        if answer is None:
            self._rejected.add(customer.reason, self._rows)
            return OutputRow(row_type="input", error=customer.error)
        if not self.coverage.knows_a_list:
            self._rejected.add(NOTHING_KNOWN, self._rows)
            return OutputRow(row_type="input", error=NOTHING_KNOWN)
        count = str(len(answer.matches))
        if not answer.own_findings and not customer.error:
            return OutputRow(row_type="input", matches=count)
        words = list(map(finding_words, answer.own_findings))
        error = _SEPARATOR.join([*words, customer.error] if customer.error else words)
        reason = _SEPARATOR.join([*words, customer.reason] if customer.reason else words)
        if any(one.kind is FindingKind.NAME_NOT_COMPARED for one in answer.own_findings):
            self._rejected.add(reason, self._rows)
            return OutputRow(row_type="input", error=error)
        self._in_part.add(reason, self._rows)
        return OutputRow(row_type="input", matches=count, error=error)


class _Hashed:
    """Hashes the rows while they are written."""

    def __init__(self, target: TextIO) -> None:
        self._target = target
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, text: str) -> int:
        self._digest.update(text.encode("utf-8", "surrogateescape"))
        return self._target.write(text)


def _cells(customer: Row, row: OutputRow) -> list[str]:
    row_type, *rest = msgspec.structs.astuple(row)
    return [row_type, *customer.cells, *rest]


class _Reasons:
    """Counts rows by reason and keeps the numbers of the first few."""

    def __init__(self) -> None:
        self._rows_by_reason: dict[str, list[int]] = {}
        self._count_by_reason: dict[str, int] = {}

    @property
    def total(self) -> int:
        return sum(self._count_by_reason.values())

    def add(self, reason: str, row: int) -> None:
        self._count_by_reason[reason] = self._count_by_reason.get(reason, 0) + 1
        rows = self._rows_by_reason.setdefault(reason, [])
        if len(rows) < ROWS_NAMED:
            rows.append(row)

    def counted(self) -> tuple[CountedRows, ...]:
        ordered = sorted(self._count_by_reason.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            CountedRows(reason=reason, count=count, rows=tuple(self._rows_by_reason[reason]))
            for reason, count in ordered
        )


def _match_row(match: Match) -> OutputRow:
    listing = match.listing
    return OutputRow(
        row_type="match",
        score=f"{match.score:.6f}",
        list=listing.list_id,
        published="" if listing.published is None else listing.published.isoformat(),
        version=listing.version_sha256,
        listing_id=listing.id,
        listing_schema=listing.schema.value,
        in_force=match.in_force.value,
        unknown_between=_between(match),
        primary_name=listing.names[0].value,
        alias=match.name.value,
        alias_kind=match.name.kind.value,
        programmes=_SEPARATOR.join(listing.programmes),
        listing_birth_dates=_SEPARATOR.join(listing.birth_dates),
        birth_evidence=match.birth_evidence.value,
    )


def _between(match: Match) -> str:
    if match.unknown_between is None:
        return ""
    after, by = match.unknown_between
    return f"{after or ''}/{by}"


def _chunks(customers: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(customers, ROWS_PER_CHUNK)):
        yield chunk


def _refuse_own_columns(customers: CustomerFile, source: Path) -> None:
    own = sorted(set(OUTPUT_COLUMNS) & set(customers.header))
    if own:
        raise FormatError(
            f"the column `{own[0]}` is one that the output adds",
            hint="rename it; was this file itself written by `article41 screen`",
            file=str(source),
            line=1,
        )
