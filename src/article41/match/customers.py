"""The index of customers: a listed name asks it who resembles, so that a change costs its own size.

It is the index of names the other way round, and scores the same: who is found here is whom a
question for the customer finds.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from article41.match import kernel
from article41.match.index import threshold_units
from article41.match.party import Query, birth_spans, group_of
from article41.match.records import IndexedListing
from article41.model.errors import IndexFileError

_EVER = (-(2**31), 2**31 - 1), (-(2**63), 2**63 - 1)
"""All days, all moments: whoever is a customer is one whenever it is asked."""


class IndexedCustomer(msgspec.Struct, frozen=True):
    """A customer on the way into the index."""

    id: str
    """What the owner of the register calls it."""
    queries: tuple[Query, ...]
    """Its names, all of one kind and with the same dates of birth."""


class NameLimit(msgspec.Struct, frozen=True):
    """A name of a customer that is not compared as it is written."""

    customer: str
    """Whose."""
    name: str
    """The name."""
    is_empty: bool
    """True if no letter of it is legible; otherwise it is longer than what is compared."""


def build_customer_index(
    path: Path, customers: Iterable[IndexedCustomer], *, state: str
) -> list[NameLimit]:
    """Write an index of customers; it appears whole or not at all.

    Args:
        path: Where to; a file already there is replaced in one step.
        customers: Each once.
        state: Names the state of the register; `CustomerIndex.state` gives it back.

    Returns:
        The names that are not compared in full.

    Raises:
        IndexFileError: The file cannot be written, or there are too many for one index.
    """
    builder = kernel.Builder()
    limits: list[NameLimit] = []
    try:
        for one in customers:
            first, names = one.queries[0], [query.name for query in one.queries]
            group, births = group_of(first.schema), birth_spans(first.birth_dates)
            cut, empty = builder.add(one.id.encode(), group, *_EVER, births, names)
            limits += [NameLimit(one.id, names[place], is_empty=False) for place in cut]
            limits += [NameLimit(one.id, names[place], is_empty=True) for place in empty]
        builder.finish(path, state.encode())
    except kernel.IndexDamageError as error:
        raise IndexFileError(f"`{path}`: {error}", hint="make room, then import again") from error
    return limits


class CustomerIndex:
    """An open index of customers, compared with its checksums.

    Args:
        path: The file.

    Raises:
        IndexFileError: It is missing, damaged, or of another release.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "customers.index")
        ...     ada = IndexedCustomer("c-1", (Query(name="Ada Example"),))
        ...     limits = build_customer_index(path, [ada], state="1")
        ...     CustomerIndex(path).state
        '1'
    """

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._path = path
        try:
            self._kernel = kernel.Index.open(path)
        except kernel.IndexDamageError as error:
            raise self._unusable(error) from error
        self.state = self._kernel.about().decode()

    def resembling(self, listings: Sequence[IndexedListing], *, threshold: float) -> set[str]:
        """The customers whom at least one of the entries resembles by at least the threshold.

        Raises:
            InputError: The threshold is outside its range.
            IndexFileError: The index is damaged.
        """
        asked = {
            (name.value, group_of(one.schema), one.details.births)
            for one in listings
            for name in one.names
        }
        queries = [(name, group, list(births)) for name, group, births in asked]
        try:
            answers = self._kernel.search(
                queries,
                threshold=threshold_units(threshold),
                days=_EVER[0],
                moment=None,
                exhaustive=False,
                reverse=True,
                cache=False,
                threads=0,
            )
            found = {record for answer, _, _ in answers for record, *_ in answer}
            return {self._kernel.payload(record).decode() for record in found}
        except (kernel.IndexDamageError, UnicodeDecodeError) as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> IndexFileError:
        return IndexFileError(
            f"`{self._path}`: {error}", hint="import the customers again with `customers import`"
        )
