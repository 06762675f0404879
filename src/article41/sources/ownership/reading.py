"""The intake of ownership: finds by its content what a file is, and reads it into one form.

A file that is none of the forms is refused; what of a file is not understood is counted.
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
from article41.sources.ownership import bods, gleif, links, own_json, own_table, psc
from article41.sources.ownership.documents import Placed, looks_like_json, objects, with_first
from article41.sources.ownership.record import Gathering, OwnershipRecord
from article41.sources.table_heads import DELIMITERS, first_cuts, table_form
from article41.sources.unpacking import Unpacked, encodable, unpack


class OwnershipFormat(enum.Enum):
    """The forms in which files say who owns whom."""

    OWN_CSV = "own-csv"
    """A table of one's own, delimited text or a sheet."""
    OWN_JSON = "own-json"
    """JSON of one's own."""
    FTM = "ftm"
    """FollowTheMoney entities, one a line."""
    BODS = "bods"
    """Statements of the Beneficial Ownership Data Standard."""
    PSC = "psc"
    """The British register of persons with significant control, one entry a line."""
    GLEIF = "gleif"
    """Relationship records of the LEI system, as a table or as JSON."""


_HINT = (
    "give a table with the columns `owner`, `asset` and `percent`, JSON with `stakes`, entities of "
    "FollowTheMoney, statements of the Beneficial Ownership Data Standard, the British register of "
    "persons with significant control, or relationship records of the LEI system"
)
_Reader = Callable[[Iterator[Placed], Gathering], None]
_JSON: tuple[tuple[OwnershipFormat, Callable[[Mapping[str, Any]], bool], _Reader], ...] = (
    (OwnershipFormat.PSC, psc.is_mine, psc.read),
    (OwnershipFormat.BODS, bods.is_mine, bods.read),
    (OwnershipFormat.GLEIF, gleif.is_mine, gleif.read),
    (OwnershipFormat.OWN_JSON, own_json.is_mine, own_json.read),
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
    part = Part(
        kind="ownership",
        file_name=unpacked.name,
        sha256=unpacked.sha256,
        size_bytes=unpacked.size_bytes,
        open=unpacked.open,
    )
    is_json = looks_like_json(unpacked.head)
    found, read = _json_reader(part, unpacked) if is_json else _table_reader(unpacked)
    if format is not None and found is not format:
        raise FormatError(
            f"looks like `{found.value}`, not like `{format.value}`",
            hint="name the form that it is, or leave it out",
            file=part.file_name,
        )
    into = Gathering(part, found.value)
    read(into)
    return into.record()


def _only(path: Path) -> Unpacked:
    members = list(unpack(path))
    if len(members) != 1:
        raise FormatError(
            f"an archive of {len(members)} files",
            hint="unpack it and give one file after another",
            file=encodable(path.name),
        )
    return members[0]


def _json_reader(
    part: Part, unpacked: Unpacked
) -> tuple[OwnershipFormat, Callable[[Gathering], None]]:
    if ftm_kind_of(unpacked.head) == FTM_LINES:
        return OwnershipFormat.FTM, links.read
    given = objects(part)
    first = next(given, None)
    for kind, is_mine, read in _JSON:
        if first is not None and is_mine(first.value):
            return kind, partial(read, with_first(first, given))
    raise FormatError(
        "looks like JSON that says nothing of ownership", hint=_HINT, file=part.file_name
    )


def _table_reader(unpacked: Unpacked) -> tuple[OwnershipFormat, Callable[[Gathering], None]]:
    marks = DELIMITERS if table_form(unpacked.head) == "delimited" else ","
    for mark, rows in zip(marks, first_cuts(unpacked.head, unpacked.open), strict=True):
        for cells in rows:
            if gleif.is_header(cells):
                return OwnershipFormat.GLEIF, partial(gleif.read_table, mark)
            if own_table.is_header(cells):
                return OwnershipFormat.OWN_CSV, partial(own_table.read, mark)
    if b"\0" in unpacked.head[:1_000]:
        hint = "save it as UTF-8"
        raise FormatError("the file is not UTF-8 text", hint=hint, file=unpacked.name)
    begins = unpacked.head[:60].decode("utf-8", "replace").split("\n")[0].strip()
    raise FormatError(
        f"none of the forms that say who owns whom; it begins `{legible(begins)}`",
        hint=_HINT,
        file=unpacked.name,
    )
