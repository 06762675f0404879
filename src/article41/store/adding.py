"""Writes one addition inside a transaction that the caller has begun and will commit.

Nothing held is ever changed; what is already held is not written again.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection, select

from article41.model.clocks import Interval
from article41.model.errors import CorruptStoreError, InputError, SourceError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of
from article41.store import contents, reading
from article41.store.chain import append, newest_link, next_number
from article41.store.changes import doubled
from article41.store.contents import Places, Roll
from article41.store.schema import (
    ADDITIONS,
    ATTEMPTS,
    CHUNKS,
    CONTENTS,
    LINK_DECISIONS,
    PARTS,
    VERSION_PARTS,
    VERSIONS,
)
from article41.store.spans import Stated

CHUNK_BYTES = 1 << 20
BATCH_LISTINGS = 500
WAIT_MAX = timedelta(minutes=1)
"""How much later than ours another process's addition may be that came in while we waited."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """Which version an addition brought or saw again."""

    number: int
    """Of the version."""
    known_at: datetime
    """The moment of the addition: the one given, or just after another process's."""
    is_new: bool
    """False if it was held already."""
    contents_new: int
    """How many listings were not held in this form."""


def add(
    connection: Connection,
    version: ListVersion,
    *,
    known_at: datetime,
    progress: Callable[[int], None] | None,
) -> Outcome:
    """Write a version, or that it was seen again."""
    if version.sha256 != identity_of(version.parts):
        raise _unfit(f"the parts of `{version.list_id}`")
    known_at = _after_the_newest(connection, known_at)
    _refuse_future(version, known_at)
    held = connection.execute(
        select(VERSIONS.c.number, VERSIONS.c.record_sha256).where(
            VERSIONS.c.list_id == version.list_id, VERSIONS.c.sha256 == version.sha256
        )
    ).one_or_none()
    if held is not None:
        _refuse_other_date(connection, held.number, version)
        for part in version.parts:
            for _chunk in _checked_chunks(part):
                pass
        _write_addition(connection, held.number, version, held.record_sha256, known_at)
        return Outcome(number=held.number, known_at=known_at, is_new=False, contents_new=0)
    number = next_number(connection, VERSIONS)
    roll = _RollWriter(connection, version.list_id)
    report = roll.write(version, progress)
    values: dict[str, object] = {
        "authority": version.authority,
        "list_id": version.list_id,
        "sha256": version.sha256,
        "entries": len(roll.days_by_id),
        "report": msgspec.msgpack.encode(report),
        "roll_sha256": roll.sha256(),
    }
    record = reading.record_sha256(values, version.parts)
    connection.execute(
        VERSIONS.insert().values(number=number, **values, roll=roll.packed(), record_sha256=record)
    )
    for position, part in enumerate(version.parts):
        _write_part(connection, part, version=number, position=position)
    _write_addition(connection, number, version, record, known_at)
    return Outcome(number=number, known_at=known_at, is_new=True, contents_new=roll.contents_new)


class _RollWriter:
    """Writes the contents of a version that are not held yet, and notes all in order."""

    def __init__(self, connection: Connection, list_id: str) -> None:
        self._connection = connection
        self._list_id = list_id
        held = select(CONTENTS.c.sha256, CONTENTS.c.number).where(CONTENTS.c.list_id == list_id)
        self._number_by_hash = {row.sha256: row.number for row in connection.execute(held)}
        self._next = next_number(connection, CONTENTS)
        self.days_by_id: dict[str, list[Interval]] = {}
        self._fresh: list[dict[str, object]] = []
        self._digest = hashlib.sha256()
        self.numbers: list[int] = []
        self.places: list[Places] = []
        self.contents_new = 0

    def write(self, version: ListVersion, progress: Callable[[int], None] | None) -> ReadingReport:
        """Read the listings once, from the first to the report."""
        listings = version.listings()
        while True:
            try:
                listing = next(listings)
            except StopIteration as end:
                report: ReadingReport = end.value
                break
            self._take(listing, authority=version.authority)
            if len(self.numbers) % BATCH_LISTINGS == 0:
                self._flush()
                if progress is not None:
                    progress(len(self.numbers))
        self._flush()
        if progress is not None:
            progress(len(self.numbers))
        return report

    def sha256(self) -> str:
        return contents.roll_sha256(self._digest.digest(), self.places)

    def packed(self) -> bytes:
        return Roll(tuple(self.numbers), tuple(self.places)).pack()

    def _take(self, listing: Listing, *, authority: str) -> None:
        if (listing.list_id, listing.authority) != (self._list_id, authority):
            raise InputError(
                f"the listing `{listing.key}` of `{listing.authority}` came with the list "
                f"`{self._list_id}` of `{authority}`",
                hint="give a version only listings of its own list",
            )
        self._refuse_double(listing)
        body = contents.encode(listing)
        content_hash = hashlib.sha256(body).digest()
        number = self._number_by_hash.get(content_hash)
        if number is None:
            number = self._number_by_hash[content_hash] = self._next
            self._next += 1
            self._fresh.append(
                {
                    "number": number,
                    "list_id": listing.list_id,
                    "listing_id": listing.id,
                    "sha256": content_hash,
                    "stated": _packed(Stated.of(listing), Stated()),
                    "restates": _packed(listing.restates, ()),
                    "body": body,
                }
            )
        self._digest.update(content_hash)
        self.numbers.append(number)
        self.places.append(contents.places_of(listing))

    def _refuse_double(self, listing: Listing) -> None:
        """One number, one entry, unless the publication prints its history: then one each day."""
        earlier = self.days_by_id.setdefault(listing.id, [])
        if earlier and (listing.during is None or any(map(listing.during.overlaps, earlier))):
            raise doubled(listing)
        earlier.append(listing.during or Interval())

    def _flush(self) -> None:
        if self._fresh:
            self._connection.execute(CONTENTS.insert(), self._fresh)
            self.contents_new += len(self._fresh)
            self._fresh = []


def _after_the_newest(connection: Connection, known_at: datetime) -> datetime:
    """The moment of this addition; just after one that another process made while we waited."""
    newest = reading.newest_known_at(connection)
    # INVARIANT: additions come in the order of our clock, so what was known at a moment never
    # changes once the moment has passed.
    if newest is None or known_at >= newest:
        return known_at
    if newest - known_at > WAIT_MAX:
        raise InputError(
            f"the store already knows something from {newest.isoformat()}, later than "
            f"{known_at.isoformat()}",
            hint="set the clock of this machine right",
        )
    return newest + timedelta(microseconds=1)


def _refuse_future(version: ListVersion, known_at: datetime) -> None:
    """A day to come would stand before every true publication until then."""
    if version.published is not None and version.published > known_at.date() + timedelta(days=1):
        raise InputError(
            f"`{version.list_id}` says it was published on {version.published}, a day to come",
            hint="give the right day with --published, or get the publication again",
        )


def _refuse_other_date(connection: Connection, number: int, version: ListVersion) -> None:
    """One of two different dates cannot be right if the publication itself carries one."""
    dates = select(ADDITIONS.c.published, ADDITIONS.c.published_is_stated).where(
        ADDITIONS.c.version == number, ADDITIONS.c.published.is_not(None)
    )
    for published, is_stated in connection.execute(dates):
        is_other = version.published is not None and version.published.isoformat() != published
        if is_other and not (is_stated and version.published_is_stated):
            raise InputError(
                f"the same bytes of `{version.list_id}` are held as published on {published}, "
                f"not on {version.published}",
                hint=f"leave the date out or state {published}",
            )


def _write_part(connection: Connection, part: Part, *, version: int, position: int) -> None:
    held = select(PARTS.c.number).where(PARTS.c.sha256 == part.sha256)
    number = connection.execute(held).scalar_one_or_none()
    is_new = number is None
    if number is None:
        number = next_number(connection, PARTS)
        connection.execute(
            PARTS.insert().values(number=number, sha256=part.sha256, size_bytes=part.size_bytes)
        )
    for place, chunk in enumerate(_checked_chunks(part)):
        if is_new:
            body = zlib.compress(chunk, 6)
            connection.execute(CHUNKS.insert().values(part=number, position=place, body=body))
    connection.execute(
        VERSION_PARTS.insert().values(
            version=version,
            position=position,
            kind=part.kind,
            file_name=part.file_name,
            part=number,
        )
    )


def _checked_chunks(part: Part) -> Iterator[bytes]:
    """The bytes of a part in pieces; after the last one they are known to fit their hash."""
    digest, size_bytes = hashlib.sha256(), 0
    try:
        with part.open() as opened:
            while chunk := opened.read(CHUNK_BYTES):
                digest.update(chunk)
                size_bytes += len(chunk)
                yield chunk
    except OSError as error:
        raise SourceError(
            f"`{part.file_name}` could not be read again: {error}",
            hint="leave the file in place until it has been added",
        ) from error
    if (digest.hexdigest(), size_bytes) != (part.sha256, part.size_bytes):
        raise _unfit(f"the bytes of `{part.file_name}`")


def _unfit(what: str) -> CorruptStoreError:
    return CorruptStoreError(
        f"{what} do not fit their hash; nothing was added",
        hint="see whether a file changed while it was read, and add it again",
    )


def _write_addition(
    connection: Connection,
    number: int,
    version: ListVersion,
    record: str,
    known_at: datetime,
) -> None:
    values = {
        "version": number,
        "known_at": known_at.isoformat(timespec="microseconds"),
        "published": _iso(version.published),
        "published_is_stated": version.published_is_stated,
        **{table.name: newest_link(connection, table) for table in (ATTEMPTS, LINK_DECISIONS)},
    }
    append(connection, ADDITIONS, values, about=record)


def _packed(value: object, absent: object) -> bytes | None:
    return None if value == absent else msgspec.msgpack.encode(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
