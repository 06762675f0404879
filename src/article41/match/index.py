"""The index of names: one immutable file, built from listings, shared by every process.

It carries all that an answer shows, so that asking it opens nothing else. It never decides.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.match import kernel
from article41.match.coverage import SCORER, About, ListedName, counted_names
from article41.match.directory import (
    Directory,
    DirectoryBuilder,
    DirectoryPlace,
    of_key,
    of_naming,
    of_number,
)
from article41.match.explanation import BIRTH_EVIDENCES, BirthEvidence
from article41.match.party import Query, birth_spans, group_of
from article41.match.records import BEFORE_ALL, IndexedListing, IndexRecord, shown_of
from article41.model.clocks import ANY_DAY, Interval, refuse_zoneless
from article41.model.entities import Name
from article41.model.errors import IndexFileError, InputError

PAYLOADS_KEPT = 20_000
"""Listings that an open index keeps decoded."""
QUERIES_FOR_CACHE = 16
"""Batches of more queries keep what they learn of each word."""
_DAY_MIN, _DAY_MAX = -(2**31), 2**31 - 1
_MOMENT_MIN, _MOMENT_MAX = -(2**63), 2**63 - 1
_EPOCH = date(1970, 1, 1)
_EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
_DAMAGE = (kernel.IndexDamageError, msgspec.MsgspecError, UnicodeDecodeError, IndexError)
"""How a damaged file shows, in the kernel or in what it carries."""


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at the head of the file."""

    about: About
    directory: DirectoryPlace


class IndexCounts(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished index holds, and what could not be compared in full."""

    records: int
    """Listings, one for each stretch of time in which it did not change."""
    names: int
    """Names."""
    names_cut: int
    """Names of which more is written than is compared."""
    names_empty: int
    """Names in which no letter was legible; they can match nothing."""
    rows: int
    """Distinct rows of words."""
    tokens: int
    """Distinct words."""
    size_bytes: int
    """Length of the file."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A listing that resembles a query."""

    score: float
    """0 to 1, with all evidence."""
    name_score: float
    """0 to 1, of the names alone."""
    birth_evidence: BirthEvidence
    """What the dates of birth say."""
    listing: IndexedListing
    """The listing."""
    name: Name
    """The name of it that resembles the query most."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an index answers to one query."""

    found: tuple[Found, ...]
    """The best first."""
    is_cut: bool = False
    """True if the query was longer than what is compared."""
    is_empty: bool = False
    """True if no letter of the query was legible, so that nothing could be compared."""


_NOTHING = Answer(found=())
"""What most customers get; made once, because there are millions of them."""


def build_index(path: Path, records: Iterable[IndexRecord], *, about: About) -> IndexCounts:
    """Write an index file; it appears whole or not at all.

    Args:
        path: Where to; a file already there is replaced in one step.
        records: What to index, in an order that the caller keeps the same.
        about: What it is built from; the names that cannot be compared are counted into its lists.

    Raises:
        IndexFileError: The file cannot be written, or the records are too many for one index.
    """
    builder, directory = kernel.Builder(), DirectoryBuilder()
    cut: dict[ListedName, datetime] = {}
    empty: dict[ListedName, datetime] = {}
    try:
        for record in records:
            places_cut, places_empty = _add(builder, record)
            directory.add(record)
            _note(cut, record, places_cut)
            _note(empty, record, places_empty)
        place = directory.finish(builder)
        header = _Header(about=counted_names(about, cut, empty), directory=place)
        counts = builder.finish(path, msgspec.json.encode(header))
    except kernel.IndexDamageError as error:
        raise IndexFileError(
            f"`{path}`: {error}", hint="make room or give another folder, then build again"
        ) from error
    return IndexCounts(
        records=counts[0] - place.buckets,
        names=counts[1],
        names_cut=counts[2],
        names_empty=counts[3],
        rows=counts[4],
        tokens=counts[5],
        size_bytes=counts[6],
    )


def _listed_name(record: IndexRecord, place: int) -> ListedName:
    listing = record.listing
    return listing.list_id, listing.id, listing.entity.names[place].value


def _note(found: dict[ListedName, datetime], record: IndexRecord, places: Iterable[int]) -> None:
    """Keep since when names are known."""
    since = record.known_from or BEFORE_ALL
    for place in places:
        name = _listed_name(record, place)
        found[name] = min(since, found.get(name, since))


def _add(builder: kernel.Builder, record: IndexRecord) -> tuple[list[int], list[int]]:
    entity = record.listing.entity
    return builder.add(
        msgspec.msgpack.encode(shown_of(record)),
        group_of(entity.schema),
        kernel_days(record.form.possible),
        (_moment(record.known_from, _MOMENT_MIN), _moment(record.known_until, _MOMENT_MAX)),
        birth_spans(entity.birth_dates),
        [name.value for name in entity.names],
    )


def kernel_days(interval: Interval) -> tuple[int, int]:
    """An interval in days since 1970-01-01, the second one outside."""
    first, end = interval.valid_from, interval.valid_until
    return (
        _DAY_MIN if first is None else (first - _EPOCH).days,
        _DAY_MAX if end is None else (end - _EPOCH).days,
    )


def _moment(moment: datetime | None, absent: int) -> int:
    if moment is None:
        return absent
    refuse_zoneless(moment)
    return (moment - _EPOCH_MOMENT) // timedelta(microseconds=1)


class Index:
    """An open index file, compared with its checksums; many threads may ask at once.

    Args:
        path: The file.
        is_kept: Asked for long: it keeps what it learns of each word, up to 100 MB a thread.

    Raises:
        IndexFileError: It is missing, damaged, of another version, or was built for another scorer.

    Example:
        >>> import tempfile
        >>> from article41.match import SCORER
        >>> about = About(generation="none", lists=(), scorer=SCORER)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "names.index")
        ...     _ = build_index(path, [], about=about)
        ...     index = Index(path)
        ...     index.verify()
        ...     index.search([Query(name="Ada")], threshold=0.65)[0].found
        ()
    """

    def __init__(self, path: Path, *, is_kept: bool = False) -> None:
        """Open the file."""
        self.path = path
        self._is_kept = is_kept
        try:
            self._kernel = kernel.Index.open(path)
            header = msgspec.json.decode(self._kernel.about(), type=_Header)
        except _DAMAGE as error:
            raise _unusable(path, error) from error
        self.about = header.about
        self._directory = Directory(self._kernel, header.directory)
        self._count = header.directory.first
        if self.about.scorer != SCORER:
            # Listed names folded in one way, and queries in another, would not find each other.
            raise _unusable(path, "the index was built for another scorer than this release's")
        # Without `self`: an index that refers to itself keeps its mapping until the collector runs.
        payload, decode = self._kernel.payload, msgspec.msgpack.Decoder(IndexedListing).decode
        self._listing = lru_cache(PAYLOADS_KEPT)(lambda record: decode(payload(record)))

    def verify(self) -> None:
        """Compare the file with its checksums again, as opening did, for who keeps one open long.

        Raises:
            IndexFileError: A checksum does not fit.
        """
        try:
            self._kernel.verify()
        except kernel.IndexDamageError as error:
            raise _unusable(self.path, error) from error

    def search(
        self,
        queries: Sequence[Query],
        *,
        threshold: float,
        during: Interval = ANY_DAY,
        known_at: datetime | None = None,
        exhaustive: bool = False,
        reverse: bool = False,
        threads: int = 0,
    ) -> list[Answer]:
        """Every listing that resembles each query with at least the threshold.

        Args:
            queries: Any number; a batch is faster than one at a time.
            threshold: Above 0, up to 1.
            during: Days; what may have stood on one of them at least is compared.
            known_at: The moment known; the newest if absent.
            exhaustive: Score every name instead of using the index. The answer is the same; this
                is the proof that it is.
            reverse: The queries are listed names and the index holds customers.
            threads: Threads to use; 0 for one a core.

        Returns:
            One answer a query, in order.

        Raises:
            InputError: The threshold is outside its range, or the moment has no time zone.
            IndexFileError: The file is damaged.
        """
        least = threshold_units(threshold)
        tuples = [(q.name, group_of(q.schema), birth_spans(q.birth_dates)) for q in queries]
        try:
            answers = self._kernel.search(
                tuples,
                threshold=least,
                days=kernel_days(during),
                moment=None if known_at is None else _moment(known_at, 0),
                exhaustive=exhaustive,
                reverse=reverse,
                cache=self._is_kept or len(tuples) > QUERIES_FOR_CACHE,
                threads=threads,
            )
            return [
                Answer(found=tuple(map(self._found, found)), is_cut=is_cut, is_empty=is_empty)
                if found or is_cut or is_empty
                else _NOTHING
                for found, is_cut, is_empty in answers
            ]
        except _DAMAGE as error:
            raise _unusable(self.path, error) from error

    def of_key(self, key: str) -> tuple[IndexedListing, ...]:
        """Every record of a listing, by its beginning; none if no list ever held it.

        Raises:
            IndexFileError: The file is damaged.
        """
        return self._records(of_key(key))

    def of_number(self, number_key: str) -> tuple[IndexedListing, ...]:
        """Every record that prints a number, as `number_key` folds it.

        Raises:
            IndexFileError: The file is damaged.
        """
        return self._records(of_number(number_key))

    def naming(self, key: str) -> tuple[IndexedListing, ...]:
        """Every record that itself calls a listing the same target, or repeats it.

        Raises:
            IndexFileError: The file is damaged.
        """
        return self._records(of_naming(key))

    def listings(self) -> Iterator[IndexedListing]:
        """Every record, in the order in which they came; reads the whole index.

        Raises:
            IndexFileError: The file is damaged.
        """
        decode = msgspec.msgpack.Decoder(IndexedListing).decode
        try:
            for number in range(self._count):
                yield decode(self._kernel.payload(number))
        except _DAMAGE as error:
            raise _unusable(self.path, error) from error

    def keys(self) -> list[str]:
        """The keys of all listings ever held, in the order of the alphabet; reads the directory.

        Raises:
            IndexFileError: The file is damaged.
        """
        mark = of_key("")
        try:
            texts = [text for text in self._directory.texts() if text.startswith(mark)]
        except _DAMAGE as error:
            raise _unusable(self.path, error) from error
        return sorted(text.removeprefix(mark) for text in texts)

    def _records(self, text: str) -> tuple[IndexedListing, ...]:
        try:
            return tuple(map(self._listing, self._directory.records(text)))
        except _DAMAGE as error:
            raise _unusable(self.path, error) from error

    def _found(self, found: tuple[int, int, int, int, int]) -> Found:
        record, name, score, name_score, births = found
        listing = self._listing(record)
        return Found(
            score=score / kernel.SCORE_ONE,
            name_score=name_score / kernel.SCORE_ONE,
            birth_evidence=BIRTH_EVIDENCES[births],
            listing=listing,
            name=listing.names[name],
        )


def compare(pairs: Sequence[tuple[Query, Query]]) -> list[float]:
    """The score of each pair of a query and a listed party, by the scorer of the index.

    Example:
        >>> compare([(Query(name="Ada Example"), Query(name="EXAMPLE, Ada"))])
        [1.0]
    """
    tuples = [
        (
            (one.name, group_of(one.schema), birth_spans(one.birth_dates)),
            (other.name, group_of(other.schema), birth_spans(other.birth_dates)),
        )
        for one, other in pairs
    ]
    return [score / kernel.SCORE_ONE for score in kernel.compare(tuples)]


def threshold_units(threshold: float) -> int:
    """A threshold in the kernel's units, rounded up so that nothing below it passes.

    Raises:
        InputError: It is not above 0 and at most 1.
    """
    if not 0 < threshold <= 1:
        raise InputError(
            f"threshold `{threshold}` is not above 0 and at most 1", hint="give one such as 0.8"
        )
    return math.ceil(threshold * kernel.SCORE_ONE)


def _unusable(path: Path, why: Exception | str) -> IndexFileError:
    return IndexFileError(f"`{path}`: {why}", hint="build it anew with `article41 index build`")
