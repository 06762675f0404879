"""The intake of ownership: finds by its content what a file is, and reads it into one form.

A file that is none of the forms is refused; what of a file is not understood is counted. What is
written as an act has it is read where acts are.
"""

import enum
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from article41.model.errors import FormatError
from article41.model.letters import legible
from article41.model.listings import Part
from article41.sources.ftm.lines import KIND as FTM_LINES
from article41.sources.ftm.lines import kind_of as ftm_kind_of
from article41.sources.ownership import bods, gleif, links, own_table, psc
from article41.sources.ownership.documents import (
    DOCUMENT_BYTES_MAX,
    Placed,
    looks_like_json,
    objects,
    with_first,
)
from article41.sources.ownership.record import Gathering, OwnershipRecord
from article41.sources.table_heads import DELIMITERS, first_cuts, table_form
from article41.sources.unpacking import Unpacked, encodable, unpack


class OwnershipFormat(enum.Enum):
    """The forms in which files say who owns whom."""

    OWN_CSV = "own-csv"
    """A table of one's own, delimited text or a sheet."""
    OWN = "own"
    """JSON or YAML of one's own, as an act has it under `holdings`."""
    FTM = "ftm"
    """FollowTheMoney entities, one a line."""
    BODS = "bods"
    """Statements of the Beneficial Ownership Data Standard."""
    PSC = "psc"
    """The British register of persons with significant control, one entry a line."""
    GLEIF = "gleif"
    """Relationship records of the LEI system, as a table or as JSON."""


FORMS = (
    "give a table with the columns `owner`, `asset` and `percent`, JSON or YAML with `stakes`, "
    "entities of "
    "FollowTheMoney, statements of the Beneficial Ownership Data Standard, the British register of "
    "persons with significant control, or relationship records of the LEI system"
)
"""What can be given, as the remedy of an error."""
_Reader = Callable[[Iterator[Placed], Gathering], None]
_JSON: tuple[tuple[OwnershipFormat, Callable[[Mapping[str, Any]], bool], _Reader], ...] = (
    (OwnershipFormat.PSC, psc.is_mine, psc.read),
    (OwnershipFormat.BODS, bods.is_mine, bods.read),
    (OwnershipFormat.GLEIF, gleif.is_mine, gleif.read),
)
"""Forms told by the first object."""


def read_holdings(path: Path, *, format: OwnershipFormat | None = None) -> OwnershipRecord:  # noqa: A002
    r"""What a file says of who owns and controls whom.

    Args:
        path: The file; .gz and .zip are unpacked, and must hold one file.
        format: What it is, for a file that should be refused if it is anything else; found by its
            content if left out.

    Raises:
        FormatError: The file is missing, damaged, none of the forms or not the one that was named;
            the error names the place and the remedy.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "any-name.csv")
        ...     _ = file.write_text("owner,asset,percent\nL1,C,33 1/3\n")
        ...     [stake] = read_holdings(file).holdings.stakes
        >>> stake.owner, stake.asset, stake.share.at_least
        ('L1', 'C', Fraction(1, 3))
    """
    unpacked = _only(path)
    part = _part_of(unpacked)
    reader = _reader_of(part, unpacked)
    if reader is None:
        raise _none_of_them(unpacked)
    found, read = reader
    if format is not None and found is not format:
        raise FormatError(
            f"looks like `{found.value}`, not like `{format.value}`",
            hint="name the form that it is, or leave it out",
            file=part.file_name,
        )
    into = Gathering(part, found.value)
    read(into)
    return into.record()


def form_of(path: Path) -> OwnershipFormat | None:
    """Which of the tables and registers a file is, by its content; nothing if none of them.

    Raises:
        FormatError: The file is missing or damaged.
    """
    unpacked = _only(path)
    try:
        reader = _reader_of(_part_of(unpacked), unpacked)
    except FormatError:
        return None
    return None if reader is None else reader[0]


def content_of(path: Path) -> tuple[bytes, str]:
    """The unpacked bytes of a file, and their hash.

    Raises:
        FormatError: The file is missing, damaged or longer than a document may be.
    """
    unpacked = _only(path)
    if unpacked.size_bytes > DOCUMENT_BYTES_MAX:
        raise FormatError(
            f"a document longer than {DOCUMENT_BYTES_MAX} bytes",
            hint="cut out what concerns the parties of the acts",
            file=unpacked.name,
        )
    with unpacked.open() as stream:
        return stream.read(), unpacked.sha256


def _only(path: Path) -> Unpacked:
    members = list(unpack(path))
    if len(members) != 1:
        raise FormatError(
            f"an archive of {len(members)} files",
            hint="unpack it and give one file after another",
            file=encodable(path.name),
        )
    return members[0]


def _part_of(unpacked: Unpacked) -> Part:
    return Part(
        kind="ownership",
        file_name=unpacked.name,
        sha256=unpacked.sha256,
        size_bytes=unpacked.size_bytes,
        open=unpacked.open,
    )


def _reader_of(
    part: Part, unpacked: Unpacked
) -> tuple[OwnershipFormat, Callable[[Gathering], None]] | None:
    is_json = looks_like_json(unpacked.head)
    return _json_reader(part, unpacked) if is_json else _table_reader(unpacked)


def _json_reader(
    part: Part, unpacked: Unpacked
) -> tuple[OwnershipFormat, Callable[[Gathering], None]] | None:
    if ftm_kind_of(unpacked.head) == FTM_LINES:
        return OwnershipFormat.FTM, links.read
    given = objects(part)
    first = next(given, None)
    for kind, is_mine, read in _JSON:
        if first is not None and is_mine(first.value):
            return kind, partial(read, with_first(first, given))
    return None


def _table_reader(
    unpacked: Unpacked,
) -> tuple[OwnershipFormat, Callable[[Gathering], None]] | None:
    marks = DELIMITERS if table_form(unpacked.head) == "delimited" else ","
    for mark, rows in zip(marks, first_cuts(unpacked.head, unpacked.open), strict=True):
        for cells in rows:
            if gleif.is_header(cells):
                return OwnershipFormat.GLEIF, partial(gleif.read_table, mark)
            if own_table.is_header(cells):
                return OwnershipFormat.OWN_CSV, partial(own_table.read, mark)
    return None


def _none_of_them(unpacked: Unpacked) -> FormatError:
    if looks_like_json(unpacked.head):
        message = "looks like JSON that says nothing of ownership"
        return FormatError(message, hint=FORMS, file=unpacked.name)
    if b"\0" in unpacked.head[:1_000]:
        hint = "save it as UTF-8"
        return FormatError("the file is not UTF-8 text", hint=hint, file=unpacked.name)
    begins = unpacked.head[:60].decode("utf-8", "replace").split("\n")[0].strip()
    return FormatError(
        f"none of the forms that say who owns whom; it begins `{legible(begins)}`",
        hint=FORMS,
        file=unpacked.name,
    )
