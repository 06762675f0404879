"""Who on the lists does a party resemble? Every resemblance, explained, with its coverage.

A resemblance is a question for a person and never an answer; that nothing was found says only what
the lists in the coverage hold.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from article41.checks.indexing import INDEX_FILE
from article41.match import Explanation, Found, Index, IndexedListing, ListCoverage, Query, explain
from article41.model.entities import Name
from article41.model.errors import IndexFileError
from article41.store import GENERATION_EMPTY, read_generation

if TYPE_CHECKING:
    from article41.store import Store

THRESHOLD = 0.65
"""The score from which on a resemblance is shown if nobody says otherwise."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that a party resembles.

    Example:
        >>> Match.__struct_fields__
        ('score', 'listing', 'alias', 'explanation', 'births')
    """

    score: float
    """0 to 1."""
    listing: IndexedListing
    """The listing, with its list and version."""
    alias: Name
    """The name of it that resembles the query most."""
    explanation: Explanation | None
    """The evidence in the names; absent where only the score was asked for."""
    births: str
    """What dates of birth say: conflict, doubtful, near, absent, compatible or same-day."""


class PartyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All resemblances of one party.

    Example:
        >>> PartyAnswer(query=Query(name="..."), matches=(), is_cut=False, is_empty=True).is_empty
        True
    """

    query: Query
    """Who was asked about."""
    matches: tuple[Match, ...]
    """The best first; complete above the threshold."""
    is_cut: bool
    """True if the name was longer than what is compared."""
    is_empty: bool
    """True if no letter of the name was legible, so that nothing could be compared."""


class Screener:
    r"""Asks the index of a store; opens nothing but the index file.

    Args:
        store: The store or its folder.

    Raises:
        IndexFileError: There is no index, it is damaged, or it is older than the store.
        StoreError: There is no store.

    Example:
        >>> import tempfile
        >>> from datetime import UTC
        >>> from article41.checks import refresh_index
        >>> from article41.sources.publications import read_publications
        >>> from article41.store import Store
        >>> row = '7,"EXAMPLE, Ada","individual","XA-FLEET"' + ",-0- " * 8 + "\r\n"
        >>> with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        ...     file = Path(folder, "sdn.csv")
        ...     _ = file.write_text(row, newline="")
        ...     for version in read_publications([file], published=date(2024, 3, 1)):
        ...         _ = store.add(version, known_at=datetime(2024, 3, 2, tzinfo=UTC))
        ...     _ = refresh_index(store)
        ...     answer = Screener(store).match(Query(name="Ada Exampel"))
        >>> [(match.listing.key, match.alias.value) for match in answer.matches]
        [('ofac-sdn/7', 'EXAMPLE, Ada')]
    """

    def __init__(self, store: "Store | Path") -> None:
        """Open the index, and see that it was built from the store's present state."""
        folder = store if isinstance(store, Path) else store.folder
        generation = read_generation(folder)
        if generation == GENERATION_EMPTY:
            raise IndexFileError(
                f"the store `{folder}` holds no list",
                hint="add one with `article41 lists add FILE...`",
            )
        self._index = Index(folder / INDEX_FILE)
        if self._index.about.generation != generation:
            raise IndexFileError(
                f"the index of `{folder}` is older than what the store holds",
                hint="build it anew with `article41 index build`",
            )

    @property
    def coverage(self) -> tuple[ListCoverage, ...]:
        """The lists that every answer rests on."""
        return self._index.about.lists

    @property
    def index(self) -> Index:
        """The index that is asked."""
        return self._index

    def match(
        self,
        query: Query,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        threshold: float = THRESHOLD,
        exhaustive: bool = False,
    ) -> PartyAnswer:
        """Every resemblance of one party, explained.

        Args:
            query: Who is asked about.
            as_of: The day in force; the newest versions' if absent.
            known_at: The moment known; the newest if absent.
            threshold: Least score, above 0 and up to 1.
            exhaustive: Score every listed name instead of using the index; the same answer.

        Raises:
            InputError: The threshold is outside its range.
            IndexFileError: The index is damaged.
        """
        answer = self._index.search(
            [query],
            threshold=threshold,
            as_of=as_of,
            known_at=known_at,
            exhaustive=exhaustive,
            threads=1 if not exhaustive else 0,
        )[0]
        return PartyAnswer(
            query=query,
            matches=tuple(_match(query, found, explained=True) for found in answer.found),
            is_cut=answer.is_cut,
            is_empty=answer.is_empty,
        )

    def screen(
        self,
        queries: Sequence[Query],
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        threshold: float = THRESHOLD,
        threads: int = 0,
    ) -> list[PartyAnswer]:
        """The resemblances of many parties, without the explanations.

        Args:
            queries: Any number; memory grows with the batch.
            as_of: The day in force; the newest versions' if absent.
            known_at: The moment known; the newest if absent.
            threshold: Least score, above 0 and up to 1.
            threads: Threads to use; 0 for one a core.

        Raises:
            InputError: The threshold is outside its range.
            IndexFileError: The index is damaged.
        """
        answers = self._index.search(
            queries, threshold=threshold, as_of=as_of, known_at=known_at, threads=threads
        )
        return [
            PartyAnswer(
                query=query,
                matches=tuple([_match(query, found, explained=False) for found in answer.found])
                if answer.found
                else (),
                is_cut=answer.is_cut,
                is_empty=answer.is_empty,
            )
            for query, answer in zip(queries, answers, strict=True)
        ]


def _match(query: Query, found: Found, *, explained: bool) -> Match:
    explanation = None
    if explained:
        explanation = explain(
            query.name,
            found.name.value,
            query_schema=query.schema,
            listed_schema=found.listing.schema,
        )
    return Match(
        score=found.score,
        listing=found.listing,
        alias=found.name,
        explanation=explanation,
        births=found.births,
    )
