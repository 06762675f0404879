"""Which version of each list stands behind an answer: on one day, by what one moment knew.

It knows what an index was built from, and compares no name.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from article41.match import kernel
from article41.model.clocks import is_known, refuse_zoneless
from article41.model.listings import Past

ListedName = tuple[str, str, str]
"""List, number of the listing, name: it counts once, in however many versions it stands."""


class Scorer(msgspec.Struct, frozen=True, kw_only=True):
    """What defines a score: the same scorer gives the same score to the same names for ever.

    Example:
        >>> len(SCORER.weights_sha256)
        64
    """

    kernel_version: str
    """Version of the kernel."""
    tables_sha256: str
    """Of all word tables."""
    weights_sha256: str
    """Of the table of weights alone."""


SCORER = Scorer(
    kernel_version=kernel.__version__,
    tables_sha256=kernel.TABLES_SHA256,
    weights_sha256=kernel.WEIGHTS_SHA256,
)
"""The one of this process."""


class ListStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a list, in force from one day until the next version's, as long as believed.

    Example:
        >>> from datetime import UTC
        >>> ListStanding(day=date(2024, 1, 2), known_from=datetime(2024, 1, 3, tzinfo=UTC),
        ...              sha256="0" * 64, published=date(2024, 1, 2), listings=1).gaps
        ()
    """

    day: date
    """The first day in force."""
    known_from: datetime
    """When the store learned that it stands from that day (UTC)."""
    known_until: datetime | None = None
    """When the store learned otherwise; absent if it has not."""
    sha256: str
    """The version's identity."""
    published: date | None
    """Its day of publication; absent if nobody had said."""
    published_is_stated: bool = False
    """True if that day comes from who added it."""
    listings: int
    """Listings in it."""
    gaps: tuple[str, ...] = ()
    """What the publication lacks."""


class ListCoverage(msgspec.Struct, frozen=True, kw_only=True, rename={"list_id": "list"}):
    """What one list contributes to an answer."""

    list_id: str
    """Which list."""
    authority: str
    """Who publishes it."""
    version: ListStanding | None
    """The version in force on the day asked about; absent if none was known of that day."""
    before: ListStanding | None = None
    """The version before it, of an earlier day; absent if none was known."""
    first_day: date | None
    """Before this day nothing is known of the list; absent if nothing was known at the moment."""
    names_cut: int
    """Listed names longer than what is compared, over all versions."""
    names_empty: int
    """Listed names without a legible letter, which match nothing, over all versions."""


class IndexedList(msgspec.Struct, frozen=True, kw_only=True):
    """A list as an index holds it: every version, and from when it stands."""

    list_id: str
    """Which list."""
    authority: str
    """Who publishes it."""
    standings: tuple[ListStanding, ...]
    """By day, then by arrival; what was believed once is among them."""
    names_cut_since: tuple[datetime, ...] = ()
    """Since when each distinct name of its listings is known that is longer than what is
    compared."""
    names_empty_since: tuple[datetime, ...] = ()
    """The same of names without a legible letter."""
    pasts: tuple[tuple[str, Past], ...] = ()
    """Of which days before their own the versions tell, by their identity; those that do."""

    def coverage(self, *, as_of: date | None, known_at: datetime | None) -> ListCoverage:
        """What the list contributes to an answer about a day, by what a moment knew.

        Args:
            as_of: The day in force; the newest version's if absent.
            known_at: The moment known; the newest if absent.
        """
        known = [standing for standing in self.standings if is_known(standing, known_at)]
        in_force = [standing for standing in known if as_of is None or standing.day <= as_of]
        if not in_force and as_of is not None:
            in_force = [one for one in known if self._first_day(one) <= as_of][-1:]
        version = self._on(as_of, in_force[-1]) if in_force else None
        earlier = [one for one in in_force if version is not None and one.day < version.day]
        return ListCoverage(
            list_id=self.list_id,
            authority=self.authority,
            version=version,
            before=earlier[-1] if earlier else None,
            first_day=min(map(self._first_day, known), default=None),
            names_cut=_known_by(self.names_cut_since, known_at),
            names_empty=_known_by(self.names_empty_since, known_at),
        )

    def bearing_out(
        self, sha256: str, *, until: date | None, known_at: datetime
    ) -> ListStanding | None:
        """The newest version known at a moment that bears out what a later one still says.

        Args:
            sha256: The newest version that says it.
            until: The day from which it is said no more; absent if it still is.
            known_at: The moment.

        Returns:
            None where that version itself was known, or none before it.
        """
        end = until or date.max
        at = [
            place
            for place, one in enumerate(self.standings)
            if one.sha256 == sha256 and one.day < end
        ]
        if not at or any(is_known(self.standings[place], known_at) for place in at):
            return None
        # What was unchanged up to that version stands in all between its beginning and it.
        before = [one for one in self.standings[: at[-1]] if is_known(one, known_at)]
        return before[-1] if before else None

    def _first_day(self, standing: ListStanding) -> date:
        """From which day on a version tells."""
        past = dict(self.pasts).get(standing.sha256)
        return standing.day if past is None else min(past.first_day, standing.day)

    def _on(self, day: date | None, standing: ListStanding) -> ListStanding:
        """A version with what it lacks on a day; without one, on the newest."""
        past = dict(self.pasts).get(standing.sha256)
        if past is None:
            return standing
        lacks = [gap.what for gap in past.gaps if gap.during.holds(day or standing.day)]
        return msgspec.structs.replace(standing, gaps=(*standing.gaps, *lacks))


def _known_by(moments: Sequence[datetime], known_at: datetime | None) -> int:
    """How many were known at a moment, of moments in their order."""
    return len(moments) if known_at is None else bisect_right(moments, known_at)


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What an index was built from; stands in its header.

    Example:
        >>> About(generation="none", lists=(), scorer=SCORER).lists
        ()
    """

    generation: str
    """The state of the store that it was built from."""
    lists: tuple[IndexedList, ...]
    """The lists that it holds."""
    scorer: Scorer
    """What defines its scores."""
    code: str = ""
    """Hash of the code that built it; empty if nobody said."""

    def coverage(
        self, *, as_of: date | None = None, known_at: datetime | None = None
    ) -> tuple[ListCoverage, ...]:
        """What each list contributes to an answer about a day, by what a moment knew.

        Raises:
            InputError: The moment has no time zone.
        """
        if known_at is not None:
            refuse_zoneless(known_at)
        return tuple(one.coverage(as_of=as_of, known_at=known_at) for one in self.lists)


def counted_names(
    about: About, cut: Mapping[ListedName, datetime], empty: Mapping[ListedName, datetime]
) -> About:
    """The header with since when names of each list that are not compared as written are known."""
    cut_by_list, empty_by_list = _since(cut), _since(empty)
    lists = tuple(
        msgspec.structs.replace(
            one,
            names_cut_since=tuple(sorted(cut_by_list[one.list_id])),
            names_empty_since=tuple(sorted(empty_by_list[one.list_id])),
        )
        for one in about.lists
    )
    return msgspec.structs.replace(about, lists=lists)


def _since(found: Mapping[ListedName, datetime]) -> defaultdict[str, list[datetime]]:
    by_list: defaultdict[str, list[datetime]] = defaultdict(list)
    for (list_id, _, _), since in found.items():
        by_list[list_id].append(since)
    return by_list
