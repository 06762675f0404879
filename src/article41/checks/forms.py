"""Which content of an entry is shown where it may have had several: the sure one, or the latest."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from article41.match import Found
from article41.model.clocks import Bounds, InForce
from article41.store import TimedListing


def is_sure(form: Bounds, as_of: date | None) -> bool:
    """True if a content surely held on a day; without a day, if it goes on for all that is known.

    Example:
        >>> form = Bounds(began_after=date(2024, 1, 2), began_by=date(2024, 1, 9))
        >>> is_sure(form, date(2024, 1, 5)), is_sure(form, date(2024, 1, 9)), is_sure(form, None)
        (False, True, True)
    """
    return form.on(as_of or date.max) is InForce.YES


def each_once(records: Iterable[TimedListing], as_of: date | None) -> Iterator[TimedListing]:
    """Every entry once, by the content that surely held on a day, else by the latest of them.

    Args:
        records: Those of one entry follow each other by their beginning, as `Store.entries` yields.
        as_of: The day; the newest versions if absent.
    """
    for _, of_one in groupby(records, key=lambda one: one.listing.key):
        contents = list(of_one)
        if len(contents) == 1:
            yield contents[0]
        else:
            yield max(reversed(contents), key=lambda one: is_sure(one.form, as_of))


def once_each(found: tuple[Found, ...], as_of: date | None) -> Iterable[Found]:
    """Each listing once, by its best name: around a change it may have had either content."""
    if len(found) <= 1:
        return found
    # The best stands first; of equals, the content that surely held.
    sure_first = sorted(found, key=lambda one: (-one.score, not is_sure(one.listing.form, as_of)))
    best: dict[str, Found] = {}
    for one in sure_first:
        best.setdefault(one.listing.key, one)
    return best.values()
