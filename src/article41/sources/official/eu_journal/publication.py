"""Consolidated annexes, and amendments given with them, become one version of the list.

A publication without entries and amendments without a consolidated table are refused.
"""

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.eu_journal.rows import AUTHORITY, LIST_ID, Key, joined, row_of
from article41.sources.tables import Table
from article41.sources.tally import Tally
from article41.sources.versions import version_of

EMPTY = "eu-journal-empty"
"""A consolidated table without rows: its act lists nobody. It does not say which act that is."""

ACTS_THAT_LIST = (
    "32001R2580", "32002R0881", "32003R1210", "32005R1183", "32006R0765", "32011R0359",
    "32011R0753", "32012R0036", "32012R0267", "32013R0401", "32014R0269", "32014R0833",
    "32016R0044", "32017R1509", "32020R1998",
)  # fmt: skip
"""Acts whose annexes list many, without a break since they were adopted: what lacks one of them is
no list of all whom the Union lists."""
_ACTS_NAMED = 3
_AMENDMENT = "eu-journal-amendment-"
_CONSOLIDATED = "eu-journal-"
_MARKS = {"recordId", "programKey", "measure", "startDate"}
_HINT = "give the consolidated tables of the annexes, and amendments together with them"


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """The kind of an annex table with the act it holds, else `None`.

    Example:
        >>> header = ["celex", "recordId", "programKey", "measure", "startDate"]
        >>> kind_of_rows([header, ["32099R0007", "1", "EU-XA", "Asset freeze", ""]])
        'eu-journal-32099R0007'
        >>> kind_of_rows([header])
        'eu-journal-empty'
        >>> kind_of_rows([["id", "name"]]) is None
        True
    """
    header = [cell.strip() for cell in rows[0]] if rows else []
    if not _is_header(header):
        return None
    kind, column = _CONSOLIDATED, "celex"
    if "amendmentCelex" in header:
        kind, column = _AMENDMENT, "amendmentCelex"
    at = header.index(column)
    for row in rows[1:]:
        if len(row) > at and row[at].strip():
            return kind + row[at].strip()
    return EMPTY


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version of all the tables.

    Args:
        parts: Tables of the kinds that `kind_of_rows` names, an act in one table only.
        published: The day of publication as the caller states it; the tables carry none.

    Raises:
        FormatError: No consolidated table has a row, or an act stands in two tables. The rows are
            read when `listings` is iterated, which raises it for anything in them.
    """
    by_kind: dict[str, Part] = {}
    for part in parts:
        other = by_kind.setdefault(part.kind, part)
        if other is not part and part.kind != EMPTY:
            raise FormatError(
                f"`{other.file_name}` holds the same act",
                hint="give the tables of one day",
                file=part.file_name,
            )
    kinds = sorted(by_kind)
    if all(kind == EMPTY or kind.startswith(_AMENDMENT) for kind in kinds):
        raise FormatError(
            "there is no consolidated entry in the tables given",
            hint=_HINT,
            file=parts[0].file_name,
        )
    ordered = tuple(by_kind[kind] for kind in kinds)
    return (
        version_of(
            *ordered,
            authority=AUTHORITY,
            list_id=LIST_ID,
            stated=published,
            listings=partial(_listings, ordered, _gaps(kinds, published)),
        ),
    )


def _gaps(kinds: Sequence[str], published: date | None) -> tuple[str, ...]:
    """That annexes are missing which had entries on the day of publication."""
    last = date.max if published is None else published
    missing = [
        act
        for act in ACTS_THAT_LIST
        if _CONSOLIDATED + act not in kinds and int(act[1:5]) < last.year
    ]
    if not missing:
        return ()
    more = len(missing) - _ACTS_NAMED
    named = ", ".join(missing[:_ACTS_NAMED])
    return (f"the annexes of {named}{f' and {more} more acts' if more > 0 else ''}",)


def _listings(
    parts: Sequence[Part], gaps: tuple[str, ...]
) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    amended: dict[str, dict[Key, Listing]] = defaultdict(dict)
    for part in parts:
        if part.kind.startswith(_AMENDMENT):
            for key, listing in _rows(part, tally):
                _join(amended[key.act], key, listing, tally)
    for part in parts:
        if part.kind.startswith(_AMENDMENT):
            continue
        entries: dict[Key, Listing] = {}
        act = part.kind.removeprefix(_CONSOLIDATED)
        for key, listing in _rows(part, tally):
            _join(entries, key, listing, tally)
        for key, listing in amended.pop(act, {}).items():
            if key in entries:
                tally.remark("amendment of a consolidated entry, joined to it", listing.place)
                entries[key] = joined(entries[key], listing)
            else:
                entries[key] = listing
        yield from _numbered(entries, tally)
    for entries in amended.values():
        yield from _numbered(entries, tally)
    return tally.report(parts[0].file_name, gaps=gaps)


def _rows(part: Part, tally: Tally) -> Iterator[tuple[Key, Listing]]:
    table = Table(part, tally, is_header=_is_header)
    is_amendment = "amendmentCelex" in table.known
    for record in table:
        if record.width != len(table.columns):
            raise record.error(f"{len(table.columns)} cells expected, {record.width} found")
        amendment = record.take("amendmentCelex") if is_amendment else ""
        act = record.take("amendedCelex" if is_amendment else "celex")
        if part.kind not in {_AMENDMENT + amendment, _CONSOLIDATED + act}:
            raise record.error(f"the act `{amendment or act}` in the table of another", "celex")
        if not act:
            raise record.error("an entry without its act", "amendedCelex")
        yield row_of(record, act=act, amendment=amendment, tally=tally)


def _join(entries: dict[Key, Listing], key: Key, listing: Listing, tally: Tally) -> None:
    if key in entries:
        tally.remark("row of an entry that stands above, joined to it", listing.place)
        entries[key] = joined(entries[key], listing)
    else:
        entries[key] = listing


def _numbered(entries: dict[Key, Listing], tally: Tally) -> Iterator[Listing]:
    """The listings; where several schemas share a number, each has its schema behind it."""
    schemas: dict[str, set[str]] = defaultdict(set)
    for key in entries:
        schemas[key.id].add(key.schema)
    for key, listing in entries.items():
        if len(schemas[key.id]) > 1:
            listing = msgspec.structs.replace(listing, id=f"{key.id}/{key.schema}")  # noqa: PLW2901
        tally.count(listing)
        yield listing


def _is_header(cells: Sequence[str]) -> bool:
    names = {cell.strip() for cell in cells}
    return names >= _MARKS and bool(names & {"celex", "amendmentCelex"})
