"""Makes the list version of the files of one publication, with the day that counts for it."""

from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial

from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of


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
