"""What a file of customers leaves on record: the hashes of both files, the counts, the coverage."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec

from article41.checks import Finding
from article41.faces.cli.screening import CountedRows, ScreenSummary
from article41.match import ListCoverage, Scorer
from article41.model.errors import InputError


class ScreenQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is screened with."""

    file: str
    """Its name, without folders."""
    file_sha256: str
    """Its hash."""
    encoding: str
    """As given."""
    columns: Mapping[str, str]
    """What its columns are called, where it is not the usual name."""
    as_of: date | None
    """The day in force; absent for the newest versions."""
    known_at: datetime | None
    """The moment known; absent for the moment of asking."""
    asked_on: date
    """The day of asking."""
    threshold: float
    """Least score."""


class ScreenAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the file, without what differs from run to run."""

    output_sha256: str
    """The hash of the rows that came out."""
    rows: int
    """Rows read."""
    rows_blank: int
    """Blank lines."""
    rows_with_matches: int
    """Rows that resemble at least one listing."""
    matches: int
    """Match rows."""
    rejected: tuple[CountedRows, ...]
    """Rows that were not compared, by reason."""
    compared_in_part: tuple[CountedRows, ...]
    """Rows that were not compared in full, by reason."""
    coverage: tuple[ListCoverage, ...]
    """The lists that the answers rest on."""
    findings: tuple[Finding, ...]
    """What limits the answers."""
    scorer: Scorer
    """What defines the scores."""

    @classmethod
    def of(cls, summary: ScreenSummary, output_sha256: str) -> "ScreenAnswer":
        """What of a summary goes on record."""
        same = set(cls.__struct_fields__) - {"output_sha256"}
        fields = {name: getattr(summary, name) for name in same}
        return cls(output_sha256=output_sha256, **fields)


def file_sha256(path: Path) -> str:
    """The hash of a whole file.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"`{path}` cannot be read: {error.strerror}", hint="give another file"
        ) from error
