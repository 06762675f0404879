"""Sorts the delimited files of OFAC's two lists by their content and makes list versions of them.

The names of the files say nothing here. OFAC prints one publication in several forms (commas, bars,
fixed widths): each primary file is a version, with the files of its own form. A file that belongs
to no primary file is refused.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import ListVersion, Part
from article41.sources.official.ofac.delimited import COMMENTS, PRIMARY, DelimitedFile
from article41.sources.official.ofac.entries import PrimaryRow, Publication, read_listings
from article41.sources.official.ofac.which_list import AUTHORITY, is_non_sdn, list_with
from article41.sources.versions import version_of

DOUBLED_MAX = 10
"""So many numbers may stand twice; more of them are two publications in one file."""


class _Primary(msgspec.Struct):
    """What the first reading of a primary file tells."""

    part: Part
    form: str
    list_id: str
    ids: set[str]
    cut_ids: set[str]
    companions: dict[str, Part]


def read_csv(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """Make one list version of each primary file and the files that belong to it.

    Two primary files of one list are two forms of one publication if they are delimited otherwise
    and hold the same numbers.

    Args:
        parts: Files of one or both lists, in any order, each of a kind that `kind_of` found.
        published: The day of publication as the caller states it; the files carry none.

    Returns:
        The versions by list id; of several forms the one with most files last.

    Raises:
        FormatError: A file cannot be read, belongs to no primary file or to two, or stands
            twice.
    """
    primaries = [_scan(part) for part in parts if part.kind == PRIMARY]
    if parts and not primaries:
        raise FormatError(
            f"no SDN.CSV (or CONS_PRIM.CSV){f' of {published}' if published else ''} was given",
            hint="give the primary file too: aliases, addresses and comments only add to it",
            file=parts[0].file_name,
        )
    for number, primary in enumerate(primaries):
        for other in primaries[:number]:
            _refuse_second(primary, other)
    for part in parts:
        if part.kind == PRIMARY:
            continue
        home = _home_of(part, primaries)
        if part.kind in home.companions:
            other_name = home.companions[part.kind].file_name
            raise _misfit(part, f"`{other_name}` is of the same kind and list")
        home.companions[part.kind] = part
    # Of versions of one day the last one counts, which is to be the one that lacks least.
    primaries.sort(key=lambda primary: (primary.list_id, len(primary.companions)))
    return tuple(_version(primary, published) for primary in primaries)


def _refuse_second(primary: _Primary, other: _Primary) -> None:
    """Refuse two publications of one list; two forms of one are none."""
    if primary.list_id != other.list_id:
        return
    if primary.form == other.form or primary.ids != other.ids:
        raise _misfit(
            primary.part, f"two primary files of {primary.list_id}: `{other.part.file_name}`"
        )


def _scan(part: Part) -> _Primary:
    """Read the numbers and what tells the list; refuse a file in which many numbers stand twice."""
    ids: set[str] = set()
    cut_ids: set[str] = set()
    non_sdn: list[bool] = []
    doubled = 0
    file = DelimitedFile(part)
    for row in file:
        entry = PrimaryRow.of(row)
        doubled += entry.id in ids
        if doubled > DOUBLED_MAX:
            raise file.error(f"number `{entry.id}` stands twice", line=row.line, column=0)
        ids.add(entry.id)
        if entry.is_cut:
            cut_ids.add(entry.id)
        non_sdn.append(is_non_sdn(entry.programmes, entry.remarks))
    if not ids:
        raise file.error("a list without entries", line=1)
    return _Primary(
        part=part,
        form=file.form,
        list_id=list_with(non_sdn, part.file_name),
        ids=ids,
        cut_ids=cut_ids,
        companions={},
    )


def _home_of(part: Part, primaries: list[_Primary]) -> _Primary:
    """The primary file that holds most of a companion's entries, at least half of them.

    Of several forms of one list it is the companion's own, else the first.
    """
    file = DelimitedFile(part)
    numbers = {row.cells[0].strip() for row in file}
    by_list: dict[str, _Primary] = {}
    for primary in primaries:
        if primary.form == file.form or primary.list_id not in by_list:
            by_list[primary.list_id] = primary
    homes = list(by_list.values())
    # A continuation fits an entry only if the entry's remark was cut; the two lists share numbers.
    fits = [
        len(numbers & (primary.cut_ids if part.kind == COMMENTS else primary.ids))
        for primary in homes
    ]
    best = max(fits, default=0)
    if not numbers and len(homes) == 1:
        return homes[0]
    if 2 * best < max(len(numbers), 1):
        raise _misfit(part, f"{best} of its {len(numbers)} entries are in a primary file given")
    if fits.count(best) > 1:
        raise _misfit(part, "its entries are as well in one primary file given as in the other")
    return homes[fits.index(best)]


def _misfit(part: Part, message: str) -> FormatError:
    return FormatError(
        message,
        hint="add the files of one publication together, one publication at a time",
        file=part.file_name,
    )


def _version(primary: _Primary, published: date | None) -> ListVersion:
    files = {PRIMARY: primary.part} | primary.companions
    parts = tuple(files[kind] for kind in sorted(files))
    publication = Publication(
        list_id=primary.list_id,
        parts=files,
        has_cut_remarks=bool(primary.cut_ids),
    )
    return version_of(
        *parts,
        authority=AUTHORITY,
        list_id=primary.list_id,
        stated=published,
        listings=partial(read_listings, publication),
    )
