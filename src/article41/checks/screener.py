"""Who on the lists does a party resemble? Every resemblance, explained, with its coverage.

A resemblance is a question for a person and never an answer; that nothing was found says only what
the lists in the coverage hold.
"""

import enum
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from article41.checks.as_known import named_as_known
from article41.checks.coverage import Coverage, Finding, coverage_of, feeds_until, findings_of_name
from article41.checks.currency import aging_until
from article41.checks.forms import once_each
from article41.checks.indexing import INDEX_FILE, indexing_code
from article41.match import (
    Answer,
    BirthEvidence,
    Explanation,
    Found,
    Index,
    IndexedListing,
    Query,
    explain,
)
from article41.model.clocks import InForce, Interval, day_asked, days_asked, refuse_zoneless
from article41.model.entities import Name
from article41.model.errors import IndexFileError, StoreError
from article41.sources.registry import FEEDS_FILE, Feed, load_feeds
from article41.store import (
    GENERATION_EMPTY,
    StoreState,
    StoreWatch,
    read_added,
    read_generation,
)
from article41.store.generation import ADD_FIRST

if TYPE_CHECKING:
    from article41.store import Store

THRESHOLD = 0.65
"""The score from which on a resemblance is shown if nobody says otherwise."""
ALL_CORES = 0
"""Asks for a thread on each core."""


class Behind(enum.Enum):
    """What becomes of an index that is of an earlier state of its store."""

    REFUSE = "refuse"
    """It is not opened."""
    TELL = "tell"
    """It is asked, and every answer that what came since could change says so."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that a party resembles.

    Example:
        >>> Match.__struct_fields__
        ('score', 'listing', 'in_force', 'unknown_between', 'name', 'birth_evidence', 'explanation')
    """

    score: float
    """0 to 1."""
    listing: IndexedListing
    """The listing, with its list and version."""
    in_force: InForce
    """Whether the target was listed on the day asked about; without a day, it is now."""
    unknown_between: tuple[date | None, date] | None
    """Between which two days nobody says since when, or until when, if the day lies there; the
    first is absent where nothing earlier is known."""
    name: Name
    """The name of it that resembles the query most."""
    birth_evidence: BirthEvidence
    """What dates of birth say."""
    explanation: Explanation | None
    """The evidence in the names; absent where only the score was asked for."""


class PartyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All resemblances of one party, with what they rest on and what limits them.

    Example:
        >>> PartyAnswer.__struct_fields__
        ('query', 'threshold', 'matches', 'own_findings', 'coverage')
    """

    query: Query
    """Who was asked about."""
    threshold: float
    """Least score."""
    matches: tuple[Match, ...]
    """The best first; complete from the threshold on."""
    own_findings: tuple[Finding, ...]
    """What limits this answer beside its coverage: a name not compared, or not in full."""
    coverage: Coverage
    """The lists that it rests on; one object for all answers of a batch."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that limits the answer: its own findings, then those of its coverage."""
        return self.own_findings + self.coverage.findings


class Screener:
    r"""Asks the index of a store, and sees at every question how it stands with the lists.

    It holds the index as it was opened, and the feeds as they were read; the state of the database
    is read again once somebody has written to it. What came to the store since the index was built
    is a finding (`index-behind`) of every answer that it could change: open a new one then.

    Args:
        store: The store or its folder.
        feeds: Where lists come from and how old they may be, by list; if absent, the shipped
            ones with what the file `feeds.toml` in the folder changes.
        behind: What becomes of an index that is older than the store.
        is_kept: Asked for long, so that the index keeps what it learns of each word.

    Raises:
        IndexFileError: There is no index, it is damaged, it is older than the store and that is
            refused, it is of another store, or another release built it.
        StoreError: There is no store, or it holds no list.
        FormatError: The file of feeds is wrong.

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
        >>> [(match.listing.key, match.name.value) for match in answer.matches]
        [('ofac-sdn/7', 'EXAMPLE, Ada')]
        >>> answer.findings[0].detail
        'aliases (ALT.CSV)'
    """

    def __init__(
        self,
        store: "Store | Path | str",
        *,
        feeds: Mapping[str, Feed] | None = None,
        behind: Behind = Behind.REFUSE,
        is_kept: bool = False,
    ) -> None:
        """Open the index, and see that this code built it, and from which state of the store."""
        folder = Path(store) if isinstance(store, Path | str) else store.folder
        self.folder = folder
        """Of the store."""
        generation = read_generation(folder)
        if generation == GENERATION_EMPTY:
            raise StoreError(
                f"the store `{folder}` holds no list",
                hint=ADD_FIRST,
            )
        self._watch = StoreWatch(folder)
        self._kept: tuple[StoreState, tuple[object, ...], Coverage] | None = None
        self._index = Index(folder / INDEX_FILE, is_kept=is_kept)
        added = self._added(generation)
        if added and behind is Behind.REFUSE:
            raise IndexFileError(
                f"the index of `{folder}` is older than what the store holds",
                hint="build it anew with `article41 index build`",
            )
        self._is_behind = bool(added)
        if self._index.about.code != indexing_code():
            raise IndexFileError(
                f"the index of `{folder}` was built by another release",
                hint="build it anew with `article41 index build`",
            )
        own = folder / FEEDS_FILE
        self._feeds = load_feeds(own if own.exists() else None) if feeds is None else feeds

    @property
    def is_behind(self) -> bool:
        """True if the index was older than the store when it was opened."""
        return self._is_behind

    @property
    def index(self) -> Index:
        """The index that is asked."""
        return self._index

    def coverage(
        self,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        asked_on: date | None = None,
    ) -> Coverage:
        """What every answer about a day rests on, by what was known at a moment.

        Args:
            as_of: The day in force; the newest versions' if absent.
            known_at: The moment known, with its zone; the newest if absent.
            asked_on: The present day; today in UTC if absent. Lists age to its end, or to the
                present moment if it is not over.

        Raises:
            InputError: The moment has no time zone.
            IndexFileError: The index is of another store than the one in the folder now.
        """
        if known_at is not None:
            refuse_zoneless(known_at)
        state = self._watch.state(until=feeds_until(as_of, known_at))
        now = datetime.now(UTC)
        day = as_of or day_asked(known_at, asked_on or now.date())
        at = aging_until(day, now=now, known_at=known_at)
        # Equal moments of two zones are written in two ways.
        asked = (as_of, known_at, known_at and known_at.utcoffset(), at)
        kept = self._kept
        if kept is not None and kept[0] is state and kept[1] == asked:
            return kept[2]
        coverage = coverage_of(
            self._index.about,
            as_of=as_of,
            known_at=known_at,
            aging_until=at,
            feeds=self._feeds,
            states=state.feeds,
            added=self._added(state.generation),
        )
        self._kept = (state, asked, coverage)
        return coverage

    def _added(self, generation: str) -> Mapping[str, datetime]:
        """What came to the store after the index was built, by list."""
        if generation == self._index.about.generation:
            return {}
        added = read_added(self.folder, self._index.about.generation)
        if added is None:
            raise IndexFileError(
                f"the index is not of what the store `{self.folder}` holds now",
                hint="build it anew with `article41 index build`, and open it again",
            )
        return added

    def match(
        self,
        query: Query,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        asked_on: date | None = None,
        threshold: float = THRESHOLD,
        exhaustive: bool = False,
    ) -> PartyAnswer:
        """Every resemblance of one party, explained.

        Args:
            query: Who is asked about.
            as_of: The day in force; the newest versions' if absent.
            known_at: The moment known, with its zone; the newest if absent.
            asked_on: The present day, as for `coverage`.
            threshold: Least score, above 0 and up to 1.
            exhaustive: Score every listed name instead of using the index; the same answer.

        Raises:
            InputError: The threshold is outside its range, or the moment has no time zone.
            IndexFileError: The index is damaged.
        """
        [answer] = self.screen(
            [query],
            as_of=as_of,
            known_at=known_at,
            asked_on=asked_on,
            threshold=threshold,
            is_explained=True,
            exhaustive=exhaustive,
            # Starting threads takes longer than one question, unless every name is scored for it.
            threads=ALL_CORES if exhaustive else 1,
        )
        return answer

    def screen(
        self,
        queries: Sequence[Query],
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        asked_on: date | None = None,
        threshold: float = THRESHOLD,
        is_explained: bool = False,
        exhaustive: bool = False,
        threads: int = ALL_CORES,
        coverage: Coverage | None = None,
    ) -> list[PartyAnswer]:
        """The resemblances of many parties, without the explanations unless they are asked for.

        Args:
            queries: Any number; memory grows with the batch.
            as_of: The day in force; the newest versions' if absent.
            known_at: The moment known, with its zone; the newest if absent.
            asked_on: The present day, as for `coverage`.
            threshold: Least score, above 0 and up to 1.
            is_explained: True for the evidence of each resemblance.
            exhaustive: Score every listed name instead of using the index; the same answer.
            threads: Threads to use; 0 for one a core.
            coverage: What `coverage` says of the same days and moment, for who knows it already.

        Raises:
            InputError: The threshold is outside its range, or the moment has no time zone.
            IndexFileError: The index is damaged.
        """
        # Read once: at midnight the coverage and the matches are to be of one day.
        asked_on = asked_on or datetime.now(UTC).date()
        if coverage is None:
            coverage = self.coverage(as_of=as_of, known_at=known_at, asked_on=asked_on)
        answers = self._index.search(
            queries,
            threshold=threshold,
            during=_days(as_of, known_at, asked_on),
            known_at=known_at,
            exhaustive=exhaustive,
            threads=threads,
        )

        def seen(query: Query, found: Found) -> Match:
            explanation = _explained(query, found) if is_explained else None
            return self._as_known(_match(found, as_of, explanation), known_at)

        return [
            _party_answer(
                query,
                answer,
                tuple([seen(query, found) for found in once_each(answer.found, as_of)])
                if answer.found
                else (),
                threshold=threshold,
                coverage=coverage,
            )
            for query, answer in zip(queries, answers, strict=True)
        ]

    def _as_known(self, match: Match, known_at: datetime | None) -> Match:
        """A match in the version that was known at the moment; explained, with its place there."""
        folder = None if match.explanation is None else self.folder
        seen = named_as_known(match.listing, match.name, self._index.about, known_at, folder)
        return msgspec.structs.replace(match, listing=seen[0], name=seen[1]) if seen else match


def _days(as_of: date | None, known_at: datetime | None, asked_on: date) -> Interval:
    return days_asked(as_of, day_asked(known_at, asked_on))


def _party_answer(
    query: Query,
    answer: Answer,
    matches: tuple[Match, ...],
    *,
    threshold: float,
    coverage: Coverage,
) -> PartyAnswer:
    is_limited = answer.is_cut or answer.is_empty
    return PartyAnswer(
        query=query,
        threshold=threshold,
        matches=matches,
        own_findings=findings_of_name(query.name, answer) if is_limited else (),
        coverage=coverage,
    )


def _explained(query: Query, found: Found) -> Explanation | None:
    return explain(
        query.name,
        found.name.value,
        query_schema=query.schema,
        listed_schema=found.listing.schema,
    )


def _match(found: Found, as_of: date | None, explanation: Explanation | None) -> Match:
    listed = found.listing.listed
    return Match(
        score=found.score,
        listing=found.listing,
        in_force=InForce.YES if as_of is None else listed.on(as_of),
        unknown_between=None if as_of is None else listed.unknown_between(as_of),
        name=found.name,
        birth_evidence=found.birth_evidence,
        explanation=explanation,
    )
