"""Reads what a store holds, inside a transaction that the caller has begun.

Nothing is handed out before it has been compared with its hash.
"""

import hashlib
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO, cast

import msgspec
from sqlalchemy import Connection, Row, Select, func, select

from article41.model.errors import CorruptStoreError, UnknownVersionError
from article41.model.listings import Listing, Part, ReadingReport, identity_of
from article41.store import contents
from article41.store.chain import damaged, digest, newest_link, proved
from article41.store.contents import Places, Roll
from article41.store.generation import GENERATION_EMPTY, RESTORE
from article41.store.held import HeldPart, HeldVersion, Sighting, Soundness, dated_of
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

BATCH_CONTENTS = 500
TOLD_EVERY = 1000
SPOOL_BYTES_MAX = 8 << 20
_RESTATES = msgspec.msgpack.Decoder(tuple[str, ...])
_RECORD = ("authority", "list_id", "sha256", "entries", "report", "roll_sha256")


def versions(connection: Connection, list_id: str | None = None) -> tuple[HeldVersion, ...]:
    """Every version held, by list, then by the day it stands from, then by arrival.

    Raises:
        CorruptStoreError: What is said of one does not fit its hash.
    """
    columns = [column for column in VERSIONS.c if column.name != "roll"]
    query = select(*columns)
    if list_id is not None:
        query = query.where(VERSIONS.c.list_id == list_id)
    parts, additions = _parts_by_version(connection), _additions_by_version(connection)
    held = (
        _held(row, parts[row.number], additions[row.number]) for row in connection.execute(query)
    )
    return tuple(sorted(held, key=lambda one: (one.list_id, one.stands_from, one.number)))


def generation(connection: Connection) -> str:
    """The hash that names everything added so far."""
    return newest_link(connection, ADDITIONS)


def newest_known_at(connection: Connection) -> datetime | None:
    """The moment of the last addition (UTC); absent if there is none."""
    newest = connection.execute(select(func.max(ADDITIONS.c.known_at))).scalar_one()
    return newest and datetime.fromisoformat(newest)


def roll_of(connection: Connection, number: int) -> Roll:
    """Which contents stand where in a version.

    Raises:
        UnknownVersionError: No version has that number.
    """
    query = select(VERSIONS.c.roll).where(VERSIONS.c.number == number)
    packed = connection.execute(query).scalar_one_or_none()
    if packed is None:
        raise UnknownVersionError(
            f"this store holds no version number {number}",
            hint="see what it holds with `article41 lists`",
        )
    try:
        return Roll.unpack(packed)
    except ValueError as error:
        raise damaged(f"the roll of version {number}") from error


def contents_of(connection: Connection, number: int) -> tuple[tuple[str, int], ...]:
    """The number of each entry of a version and that of its content, in its order."""
    numbers = roll_of(connection, number).contents
    ids: dict[int, str] = {}
    remaining = iter(numbers)
    while batch := list(islice(remaining, BATCH_CONTENTS)):
        query = select(CONTENTS.c.number, CONTENTS.c.listing_id).where(CONTENTS.c.number.in_(batch))
        ids.update((row.number, row.listing_id) for row in connection.execute(query))
    return tuple((ids[content], content) for content in numbers)


def listings(connection: Connection, placed: Iterable[tuple[int, Places]]) -> Iterator[Listing]:
    """The listings of contents, given by number and place, in the order given."""
    remaining = iter(placed)
    columns = (CONTENTS.c.number, CONTENTS.c.sha256, CONTENTS.c.body)
    while batch := list(islice(remaining, BATCH_CONTENTS)):
        query = select(*columns).where(CONTENTS.c.number.in_({number for number, _ in batch}))
        held = {number: (sha256, body) for number, sha256, body in connection.execute(query)}
        for number, places in batch:
            yield _listing(number, *held.get(number, (b"", b"")), places)


def bare_listings(connection: Connection, query: Select[Any]) -> Iterator[tuple[int, Listing]]:
    """The contents that a query of number, sha256 and body finds, without their places."""
    for row in connection.execute(query):
        yield row.number, _listing(row.number, row.sha256, row.body, Places(""))


def open_part(connection: Connection, sha256: str) -> BinaryIO:
    """The exact bytes of a part, all compared with their hash before the first is handed out.

    Raises:
        UnknownVersionError: No part has that hash.
    """
    query = select(PARTS.c.number, PARTS.c.size_bytes).where(PARTS.c.sha256 == sha256)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownVersionError(
            f"this store holds no part with the hash `{sha256}`", hint="take it from a held version"
        )
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES_MAX))  # noqa: SIM115
    seen, size_bytes = hashlib.sha256(), 0
    try:
        for chunk in _chunks(connection, row.number):
            seen.update(chunk)
            size_bytes += len(chunk)
            spool.write(chunk)
        if (seen.hexdigest(), size_bytes) != (sha256, row.size_bytes):
            raise damaged(f"the part `{sha256}`")
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def verify(connection: Connection, *, progress: Callable[[int], None] | None = None) -> Soundness:
    """Compare everything held with its hashes."""
    tell = progress or (lambda _done: None)
    parts = connection.execute(select(PARTS.c.sha256, PARTS.c.size_bytes)).all()
    for done, part in enumerate(parts, start=1):
        open_part(connection, part.sha256).close()
        tell(done)
    hash_by_number: dict[int, bytes] = {}
    id_by_number: dict[int, str] = {}
    for row in connection.execute(select(CONTENTS)):
        _verify_content(row)
        hash_by_number[row.number] = row.sha256
        id_by_number[row.number] = row.listing_id
        if len(id_by_number) % TOLD_EVERY == 0:
            tell(len(parts) + len(id_by_number))
    # Moments and reports are read only once the rows that hold them have been compared.
    links_by_chain = {
        table.name: {row[-1] for row in proved(connection, table)}
        for table in (ATTEMPTS, LINK_DECISIONS)
    }
    additions = _verify_additions(connection, links_by_chain)
    return Soundness(
        versions=_verify_versions(connection, hash_by_number, id_by_number),
        parts=len(parts),
        size_bytes=sum(part.size_bytes for part in parts),
        contents=len(hash_by_number),
        additions=additions,
        attempts=len(links_by_chain[ATTEMPTS.name]),
        link_decisions=len(links_by_chain[LINK_DECISIONS.name]),
    )


def record_sha256(values: Mapping[str, object], parts: Sequence[HeldPart | Part]) -> str:
    """One hash over what a store says of a version: its row, with the roll by its hash, and files.

    Args:
        values: Its row by column.
        parts: Its files in order.
    """
    said = [values[name] for name in _RECORD]
    return digest(said, [(part.kind, part.file_name, part.sha256) for part in parts])


def _verify_versions(
    connection: Connection, hash_by_number: Mapping[int, bytes], id_by_number: Mapping[int, str]
) -> int:
    """How many versions there are, all compared."""
    for held in versions(connection):
        if identity_of(held.parts) != held.sha256:
            raise damaged(f"the parts of version {held.number}")
    rolls = connection.execute(
        select(VERSIONS.c.number, VERSIONS.c.entries, VERSIONS.c.roll_sha256)
    ).all()
    for version in rolls:
        roll = roll_of(connection, version.number)
        seen = hashlib.sha256()
        for number in roll.contents:
            seen.update(hash_by_number.get(number, b""))
        found = contents.roll_sha256(seen.digest(), roll.places)
        entries = len({id_by_number.get(number) for number in roll.contents})
        if (found, entries) != (version.roll_sha256, version.entries):
            raise damaged(f"the roll of version {version.number}")
    return len(rolls)


# Any: the columns of a query are known to the database alone.
def _verify_content(row: Row[Any]) -> None:
    """What stands beside a content says the same as the content."""
    listing = _listing(row.number, row.sha256, row.body, Places(""))
    try:
        stated = msgspec.msgpack.decode(row.stated, type=Stated) if row.stated else Stated()
        restates = _RESTATES.decode(row.restates) if row.restates else ()
    except msgspec.MsgspecError as error:
        raise damaged(f"what stands beside the listing content {row.number}") from error
    beside = (row.list_id, row.listing_id, stated, restates)
    if beside != (listing.list_id, listing.id, Stated.of(listing), listing.restates):
        raise damaged(f"what stands beside the listing content {row.number}")


def _verify_additions(
    connection: Connection, links_by_chain: Mapping[str, AbstractSet[str]]
) -> int:
    """How many additions there are, all compared, with what other chains had come to at each."""
    records = connection.execute(select(VERSIONS.c.number, VERSIONS.c.record_sha256))
    record_by_version = {row.number: row.record_sha256 for row in records}
    count, newest = 0, ""
    rows = proved(connection, ADDITIONS, about=lambda row: record_by_version.get(row.version, ""))
    for row in rows:
        if row.known_at < newest:
            raise CorruptStoreError(
                f"addition {row.number} is from {row.known_at}, before the one before it",
                hint=RESTORE,
            )
        for name, links in links_by_chain.items():
            link = row._mapping[name]
            if link != GENERATION_EMPTY and link not in links:
                raise CorruptStoreError(
                    f"rows of `{name}` are missing that were there before addition {row.number}",
                    hint=RESTORE,
                )
        count, newest = row.number, row.known_at
    return count


def _listing(number: int, content_sha256: bytes, body: bytes, places: Places) -> Listing:
    if hashlib.sha256(body).digest() != content_sha256:
        raise damaged(f"the listing content {number}")
    try:
        return contents.decode(body, places)
    except ValueError as error:
        raise CorruptStoreError(
            f"the listing content {number} is of another release: {error}",
            hint="install a newer article41",
        ) from error


def _chunks(connection: Connection, part: int) -> Iterator[bytes]:
    query = select(CHUNKS.c.body).where(CHUNKS.c.part == part).order_by(CHUNKS.c.position)
    with connection.execution_options(yield_per=1).execute(query) as rows:
        for row in rows:
            try:
                yield zlib.decompress(row.body)
            except zlib.error as error:
                raise damaged(f"a piece of part {part}") from error


def _parts_by_version(connection: Connection) -> dict[int, list[HeldPart]]:
    query = (
        select(VERSION_PARTS, PARTS.c.sha256, PARTS.c.size_bytes)
        .join(PARTS, VERSION_PARTS.c.part == PARTS.c.number)
        .order_by(VERSION_PARTS.c.version, VERSION_PARTS.c.position)
    )
    by_version: dict[int, list[HeldPart]] = defaultdict(list)
    for row in connection.execute(query):
        by_version[row.version].append(
            HeldPart(
                kind=row.kind,
                file_name=row.file_name,
                sha256=row.sha256,
                size_bytes=row.size_bytes,
            )
        )
    return by_version


def _additions_by_version(connection: Connection) -> dict[int, list[Sighting]]:
    by_version: dict[int, list[Sighting]] = defaultdict(list)
    for row in connection.execute(select(ADDITIONS).order_by(ADDITIONS.c.number)):
        by_version[row.version].append(
            Sighting(
                known_at=datetime.fromisoformat(row.known_at),
                published=date.fromisoformat(row.published) if row.published else None,
                published_is_stated=row.published_is_stated,
            )
        )
    return by_version


# Any: the columns of a query are known to the database alone.
def _held(row: Row[Any], parts: list[HeldPart], seen: list[Sighting]) -> HeldVersion:
    if not seen:
        raise damaged(f"version {row.number}, which nobody added")
    if record_sha256(row._asdict(), parts) != row.record_sha256:
        raise damaged(f"what is said of version {row.number}")
    dated = dated_of(seen)
    return HeldVersion(
        number=row.number,
        authority=row.authority,
        list_id=row.list_id,
        sha256=row.sha256,
        parts=tuple(parts),
        published=dated.published,
        published_is_stated=dated.published_is_stated,
        sightings=tuple(seen),
        report=msgspec.msgpack.decode(row.report, type=ReadingReport),
        entries=row.entries,
    )
