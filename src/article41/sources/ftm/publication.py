"""A FollowTheMoney file becomes a version of a list named after its data set.

A list of changes (`entities.delta.json`) is refused: it is no list.
"""

from collections.abc import Generator, Sequence
from datetime import date
from functools import partial

import msgspec

from article41.model.errors import FormatError
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.ftm.adjacent import Adjacent
from article41.sources.ftm.entries import AUTHORITY, listing_of
from article41.sources.ftm.lines import DELTA, LINE_BYTES_MAX, entities
from article41.sources.tally import Tally
from article41.sources.versions import version_of

LIST_PREFIX = "ftm-"
COLLECTION = "collection"
"""The name of a list whose entities come from no one data set."""

_UNNAMED = "entities"


class _Origin(msgspec.Struct):
    """What of a line tells which list it is of, and when."""

    datasets: list[str] = []
    last_seen: str | None = None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file.

    Its list is `ftm-` and the data set that all its entities have, `ftm-collection` if they have
    none in common, `ftm-entities` if they name none. Its date is the caller's, else the newest day
    on which the exporter saw an entity.

    Raises:
        FormatError: A file is a list of changes, or a line is no JSON.
    """
    for part in parts:
        if part.kind == DELTA:
            raise FormatError(
                "a list of changes (`entities.delta.json`), not a list",
                hint="give the whole file, `entities.ftm.json`",
                file=part.file_name,
            )
    return tuple(_version(part, published) for part in parts)


def slug(dataset: str) -> str:
    """The name of a data set as the end of a list's id.

    Example:
        >>> slug("Ukraine War and Sanctions"), slug("us_ofac_sdn")
        ('ukraine-war-and-sanctions', 'us-ofac-sdn')
    """
    spaced = "".join(letter if letter.isalnum() else " " for letter in dataset.casefold())
    return "-".join(spaced.split())


def _version(part: Part, published: date | None) -> ListVersion:
    dataset, newest = _origin(part)
    list_id = LIST_PREFIX + dataset
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=list_id,
        printed=newest if published is None else None,
        stated=published,
        listings=partial(_listings, part, list_id),
    )


def _origin(part: Part) -> tuple[str, date | None]:
    decoder = msgspec.json.Decoder(_Origin)
    shared: set[str] | None = None
    is_named, newest = False, ""
    with part.open() as stream:
        number = 0
        while line := stream.readline(LINE_BYTES_MAX + 1):
            number += 1
            line = line.strip().removeprefix(b"\xef\xbb\xbf")
            if not line:
                continue
            try:
                origin = decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise FormatError(
                    f"no entity ({error})"[:200],
                    hint="get the file again from who exports it",
                    file=part.file_name,
                    line=number,
                ) from error
            names = set(origin.datasets)
            shared = names if shared is None else shared & names
            newest = max(newest, origin.last_seen or "")
            is_named = is_named or bool(names)
    try:
        day = date.fromisoformat(newest[:10]) if newest else None
    except ValueError:
        day = None
    if shared and len(shared) == 1:
        return slug(min(shared)) or _UNNAMED, day
    return (COLLECTION if is_named else _UNNAMED), day


def _listings(part: Part, list_id: str) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    adjacent = Adjacent(part)
    lines: dict[str, int] = {}
    for entity in entities(part):
        place = f"{part.kind}:{entity.line} {entity.schema}"
        for oddity in entity.oddities:
            tally.remark(f"{oddity}, kept as text", place)
        if entity.is_timed:
            tally.remark("`last_seen` and `last_change`, times of the exporter, left out", place)
        if adjacent.holds(entity):
            continue
        tally.read += 1
        for inner in entity.nested:
            if not adjacent.holds(inner):
                tally.read += 1
                tally.skip(f"nested {inner.schema}, of which only the name is kept", place)
        if not adjacent.is_target(entity):
            tally.skip(f"{entity.schema} that is no target", place)
            continue
        if entity.id in lines:
            raise FormatError(
                f"`{entity.id}` already stands on line {lines[entity.id]}",
                hint="an id names one entity; get the file again",
                file=part.file_name,
                line=entity.line,
            )
        lines[entity.id] = entity.line
        listing = listing_of(entity, adjacent, list_id=list_id, kind=part.kind, tally=tally)
        if listing is not None:
            tally.count(listing)
            yield listing
    tally.read += adjacent.count
    for schema, count in sorted(adjacent.unused().items()):
        tally.skip(f"{schema} of no listing", part.kind, count=count)
    return tally.report(part.file_name)
