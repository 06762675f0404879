"""Makes the list version of the files of one publication, with the day that counts for it."""

import re
from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of

_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


def day_in_name(name: str) -> date | None:
    """The day that the name of a file says, if any.

    Example:
        >>> day_in_name("ofac-sdn-2024-05-03.csv.gz"), day_in_name("sdn-20240503.csv")
        (datetime.date(2024, 5, 3), None)
    """
    found = _DAY.search(name)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        return None


def dated_by_names(version: ListVersion) -> ListVersion:
    """A version without a day with the one that the names of all its files say, if they agree."""
    days = {day_in_name(part.file_name) for part in version.parts}
    [day] = days if len(days) == 1 else [None]
    if version.published is not None or day is None:
        return version
    return msgspec.structs.replace(version, published=day, published_is_stated=True)


def version_of(
    *parts: Part,
    authority: str,
    list_id: str,
    printed: date | None = None,
    stated: date | None,
    listings: Callable[[], Generator[Listing, None, ReadingReport]],
) -> ListVersion:
    """The version of these files; the day that they print goes before the one that is stated.

    Args:
        parts: The files, ordered by kind.
        authority: Who published them.
        list_id: Which list they are.
        printed: The day of publication that the files print; absent if they carry none.
        stated: The day as the caller states it.
        listings: Reads the listings afresh.
    """
    return ListVersion(
        authority=authority,
        list_id=list_id,
        parts=parts,
        sha256=identity_of(parts),
        published=printed or stated,
        published_is_stated=printed is None and stated is not None,
        listings=listings,
    )


def undated_versions(
    parts: Sequence[Part],
    *,
    authority: str,
    list_id: str,
    stated: date | None,
    read: Callable[[Part], Generator[Listing, None, ReadingReport]],
) -> tuple[ListVersion, ...]:
    """One version for each file of a list that prints no day.

    Args:
        parts: The files.
        authority: Who published them.
        list_id: Which list they are.
        stated: The day as the caller states it.
        read: Reads the listings of a file.
    """
    return tuple(
        version_of(
            part, authority=authority, list_id=list_id, stated=stated, listings=partial(read, part)
        )
        for part in parts
    )
