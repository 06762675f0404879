"""The whole history of every list by numbers: worked out once, and kept beside the database.

The file is derived: it may be removed, and is made anew whenever the store holds something else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select

from article41.model.clocks import Bounds
from article41.model.listings import Facet
from article41.store import reading
from article41.store.contents import Places
from article41.store.held import HeldVersion
from article41.store.kept import code_sha256, keep, kept
from article41.store.likeness import Marks, are_two_targets, marks_of
from article41.store.narrowing import Evidence, narrowed
from article41.store.schema import CONTENTS
from article41.store.silence import filled
from article41.store.spans import Said, Shown, ShownIn, Stated
from article41.store.timeline import Belief, Timeline

HISTORY_NAME = "history.cache"
ROLLS_KEPT = 4
_NO_MARKS = Marks()
_NOWHERE = Places("")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One content of one entry of one list, with its days and the time of the belief in it."""

    listing_id: str
    """The authority's number."""
    content: int
    """Number of the content."""
    version: int
    """Number of the newest version in which it stood."""
    form: int
    """Number of the bounds of this content."""
    listed: int
    """Number of the bounds of the listing."""
    narrowed_by: tuple[str, ...]
    """Keys of entries on other lists whose dates narrowed the listing."""
    known_from: datetime
    """When the store learned that it was so (UTC)."""
    known_until: datetime | None
    """When the store learned otherwise; absent if this is still what it knows."""


class History(msgspec.Struct, frozen=True, array_like=True):
    """Everything every list said, by numbers."""

    bounds: tuple[Bounds, ...]
    """Every pair of beginning and end, once."""
    lists: dict[str, tuple[Entry, ...]]
    """Entries by list; by number, beginning and time of the belief."""


def history(connection: Connection, folder: Path, generation: str) -> History:
    """The history of a store in a state, from its file if it is there, else worked out and kept."""
    path, key = folder / HISTORY_NAME, (generation, code_sha256("model", "store"))
    with suppress(OSError):
        body = kept(path, key)
        if body is not None:
            return msgspec.msgpack.decode(body, type=History)
    made = _worked_out(connection)
    with suppress(OSError):
        keep(path, key, msgspec.msgpack.encode(made))
    return made


def _worked_out(connection: Connection) -> History:
    beliefs: dict[str, list[Belief]] = {}
    for list_id, group in groupby(reading.versions(connection), key=lambda one: one.list_id):
        beliefs[list_id] = _beliefs(connection, list_id, tuple(group))
    evidence = _evidence(connection, beliefs)
    numbers: dict[Bounds, int] = {}
    lists = {
        list_id: list(_entries(list_id, found, evidence, numbers))
        for list_id, found in beliefs.items()
    }
    begins = [bounds.began_by for bounds in numbers]
    for entries in lists.values():
        entries.sort(key=lambda one: (one.listing_id, begins[one.form], one.known_from))
    return History(tuple(numbers), {name: tuple(own) for name, own in lists.items()})


def _entries(
    list_id: str,
    beliefs: Sequence[Belief],
    evidence: Mapping[str, Sequence[Evidence]],
    numbers: dict[Bounds, int],
) -> Iterator[Entry]:
    for one in beliefs:
        own = evidence.get(f"{list_id}/{one.listing_id}", ())
        for piece in narrowed(one.span.form, one.span.listed, one.known_from, one.known_until, own):
            yield Entry(
                one.listing_id,
                one.span.content,
                one.version,
                numbers.setdefault(piece.form, len(numbers)),
                numbers.setdefault(piece.listed, len(numbers)),
                piece.narrowed_by,
                piece.known_from,
                piece.known_until,
            )


def _beliefs(
    connection: Connection, list_id: str, versions: tuple[HeldVersion, ...]
) -> list[Belief]:
    query = select(CONTENTS.c.number, CONTENTS.c.listing_id).where(CONTENTS.c.list_id == list_id)
    id_by_content = {row.number: row.listing_id for row in connection.execute(query)}

    silent_on = {version.number: version.report.silent_on for version in versions}

    @lru_cache(ROLLS_KEPT)
    def said_in(number: int) -> Mapping[str, Said]:
        said: dict[str, Said] = {}
        for content in reading.roll_of(connection, number).contents:
            listing_id = id_by_content[content]
            others = said[listing_id].contents if listing_id in said else ()
            said[listing_id] = Said((*others, content), silent_on[number])
        return said

    timeline = Timeline(
        versions,
        said_in=said_in,
        stated=_stated(connection, list_id),
        is_other=_other_targets(connection, list_id),
        shown_in=_shown_in(connection),
    )
    return list(timeline.beliefs())


def _stated(connection: Connection, list_id: str) -> dict[int, Stated]:
    query = select(CONTENTS.c.number, CONTENTS.c.stated).where(
        CONTENTS.c.list_id == list_id, CONTENTS.c.stated.is_not(None)
    )
    decode = msgspec.msgpack.Decoder(Stated).decode
    return {row.number: decode(row.stated) for row in connection.execute(query)}


def _other_targets(connection: Connection, list_id: str) -> Callable[[int, int], bool]:
    """Tells whether two contents of one number have nothing in common that marks a target."""
    own = CONTENTS.c.list_id == list_id
    several = (select(CONTENTS.c.listing_id).where(own).group_by(CONTENTS.c.listing_id)).having(
        func.count() > 1
    )
    query = select(CONTENTS.c.number, CONTENTS.c.sha256, CONTENTS.c.body).where(
        own, CONTENTS.c.listing_id.in_(several)
    )
    marks = {
        number: marks_of(listing) for number, listing in reading.bare_listings(connection, query)
    }

    def is_other(before: int, after: int) -> bool:
        return are_two_targets(marks.get(before, _NO_MARKS), marks.get(after, _NO_MARKS))

    return is_other


def _shown_in(connection: Connection) -> ShownIn:
    """Tells what a content shows of another one where its publication is silent on something."""

    @cache
    def shown_in(seen: int, other: int, silent_on: tuple[Facet, ...]) -> Shown:
        said, told = reading.listings(connection, [(seen, _NOWHERE), (other, _NOWHERE)])
        whole = filled(said, told, silent_on)
        if whole == told:
            return Shown.WHOLE
        return Shown.NOT if whole == said else Shown.IN_PART

    return shown_in


def _evidence(
    connection: Connection, beliefs: Mapping[str, Sequence[Belief]]
) -> dict[str, list[Evidence]]:
    """What entries that repeat others say of their days, by the entry repeated."""
    query = select(CONTENTS.c.number, CONTENTS.c.restates).where(CONTENTS.c.restates.is_not(None))
    decode = msgspec.msgpack.Decoder(tuple[str, ...]).decode
    keys_by_content = {row.number: decode(row.restates) for row in connection.execute(query)}
    found: dict[str, dict[Evidence, None]] = defaultdict(dict)
    for list_id, own in beliefs.items():
        for one in own:
            for key in keys_by_content.get(one.span.content, ()):
                fact = Evidence(
                    f"{list_id}/{one.listing_id}", one.span.listed, one.known_from, one.known_until
                )
                found[key][fact] = None
    return {key: list(facts) for key, facts in found.items()}
