"""The demonstration lists: whom six authorities listed over Syria, for every day of 2004 to 2026.

They are facts with citations, each list with its own history, and no publications of an authority.
"""

import hashlib
import io
import re
from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime, time
from functools import cache, partial
from pathlib import Path

from article41.checks import refresh_index
from article41.faces.demonstration.facts import (
    LISTS_FILE,
    TARGETS_FILES,
    Entry,
    ListFacts,
    ListsFacts,
    PlacedTarget,
    Target,
    file_bytes,
    lists_facts,
    targets,
)
from article41.model.clocks import Interval, PartialDate, StatedDate
from article41.model.entities import Entity, Name, NameKind
from article41.model.identifiers import Identifier
from article41.model.listings import (
    Gap,
    LegalAct,
    Listing,
    ListVersion,
    Part,
    Past,
    ReadingReport,
    identity_of,
)
from article41.model.scripts import script_of
from article41.store import Store

AS_OF = date(2012, 7, 6)
"""The day on which a hundred countries met in Paris and asked for measures under Article 41."""
_BY_LIST = re.compile(r"(.+) \(([A-Z]+)\)")
_LIST_WORDS = {"EU": "EU", "OFAC": "US"}
"""How the files mark what one list alone prints."""
_CIRCA = "c. "


def demonstration_lists() -> tuple[ListVersion, ...]:
    """The demonstration lists as list versions, each of which prints its own history.

    They tell of every day from 1 January 2004 on and stand from the day of their publication.

    Raises:
        FormatError: A file is wrong; the error names the line.

    Example:
        >>> [version.list_id for version in demonstration_lists()][:3]
        ['demo-eu-syria', 'demo-ofac-syria', 'demo-ca-syria']
    """
    parts = _parts()
    facts = lists_facts()
    return tuple(
        ListVersion(
            authority=one.authority,
            list_id=one.id,
            parts=parts,
            sha256=identity_of(parts),
            published=facts.published,
            listings=partial(_listings, one, facts),
        )
        for one in facts.lists
    )


def demonstration_subject() -> str:
    """Of whom the lists tell, in words; of anybody else they say nothing.

    Example:
        >>> demonstration_subject()[:15]
        'the 189 targets'
    """
    return lists_facts().subject


def demonstration_store(folder: Path) -> None:
    """Make a store of the demonstration lists in a folder, with its index.

    It knows of them since the day on which they were published, whatever the present moment is.

    Args:
        folder: Where; a folder without a store.

    Example:
        >>> import tempfile
        >>> from article41.checks import Screener
        >>> from article41.match import Query
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     demonstration_store(Path(folder))
        ...     answer = Screener(folder).match(Query(name="Rami Makhluf"), as_of=date(2011, 1, 1))
        >>> [match.listing.key for match in answer.matches if match.score > 0.95]
        ['demo-ofac-syria/P009']
    """
    known_at = datetime.combine(lists_facts().published, time.min, tzinfo=UTC)
    with Store(folder) as store:
        for version in demonstration_lists():
            store.add(version, known_at=known_at)
        refresh_index(store)


@cache
def _parts() -> tuple[Part, ...]:
    return tuple(_part(name) for name in sorted((LISTS_FILE, *TARGETS_FILES)))


def _part(file_name: str) -> Part:
    data = file_bytes(file_name)
    return Part(
        kind=f"demonstration-{file_name.removesuffix('.toml')}",
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=partial(io.BytesIO, data),
    )


def _listings(one: ListFacts, facts: ListsFacts) -> Generator[Listing, None, ReadingReport]:
    read = listings = names = 0
    for placed in targets():
        read += 1
        for entry, listed_on in _since_when(placed.target.entries(one.key)):
            listing = _listing(placed, entry, listed_on, one)
            listings += 1
            names += len(listing.entity.names)
            yield listing
    gaps = tuple(
        Gap(
            what=gap.what,
            during=Interval(valid_from=gap.valid_from, valid_until=gap.valid_until),
        )
        for gap in one.gaps
    )
    return ReadingReport(
        read=read,
        kept=read,
        listings=listings,
        names=names,
        past=Past(first_day=facts.first_day, subject=facts.subject, gaps=gaps),
    )


def _since_when(entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, date | None]]:
    """Each entry with the day of its listing: the printed one, or that on which a stretch began."""
    began: date | None = None
    until: date | None = None
    for entry in entries:
        if entry.printed is not None:
            began = entry.printed
        elif entry.valid_from != until:
            began = entry.valid_from if entry.is_beginning_known else None
        until = entry.valid_until
        yield entry, began


def _listing(placed: PlacedTarget, entry: Entry, listed_on: date | None, one: ListFacts) -> Listing:
    by = entry.by or one.by
    tags = one.tags if entry.tags is None else entry.tags
    annex = entry.annex or one.annex
    measure = entry.measure or one.measure
    return Listing(
        authority=one.authority,
        list_id=one.id,
        id=placed.target.id,
        entity=_entity(placed.target, one.authority),
        programmes=tags,
        measures=(f"{measure} (Annex {annex})",) if measure else (),
        legal_acts=tuple(LegalAct(title=title) for title in by.split("; ")),
        listed_on=listed_on,
        delisted_on=entry.valid_until if entry.is_end_known else None,
        during=Interval(valid_from=entry.valid_from, valid_until=entry.valid_until),
        sure=entry.sure,
        notes=tuple(_notes(placed.target, entry, by)),
        place=placed.place,
    )


def _notes(target: Target, entry: Entry, by: str) -> Iterator[tuple[str, str]]:
    yield "citation", by
    yield "certainty", entry.certainty.value
    if entry.contested:
        yield "contested", entry.contested
    yield from (("note", note) for note in target.notes)


def _entity(target: Target, authority: str) -> Entity:
    others = (*target.aliases, *target.arabic)
    return Entity(
        schema=target.schema,
        names=(
            Name(value=target.name, script=script_of(target.name)),
            *(
                Name(value=value, kind=NameKind.STRONG_ALIAS, script=script_of(value))
                for value in others
            ),
        ),
        birth_dates=tuple(_birth_date(text) for text in _printed_by(authority, target.born)),
        birth_places=tuple(_printed_by(authority, target.born_in)),
        titles=(target.role,) if target.role else (),
        identifiers=tuple(
            Identifier(
                kind=number.kind,
                value=number.value,
                label=number.label,
                country=number.country,
                expires_on=number.expires,
            )
            for number in target.numbers
        ),
    )


def _printed_by(authority: str, texts: tuple[str, ...]) -> Iterator[str]:
    """What a list prints; lists that none of the texts is marked for print them all.

    Example:
        >>> list(_printed_by("OFAC", ("1956 (EU)", "1950 (US)")))
        ['1950']
        >>> list(_printed_by("CA", ("1956 (EU)", "1950 (US)")))
        ['1956', '1950']
    """
    word = _LIST_WORDS.get(authority)
    for text in texts:
        marked = _BY_LIST.fullmatch(text)
        is_marked = marked is not None and marked[2] in _LIST_WORDS.values()
        if marked is None or not is_marked:
            yield text
        elif word is None or marked[2] == word:
            yield marked[1]


def _birth_date(text: str) -> StatedDate:
    return StatedDate(
        first=PartialDate.parse(text.removeprefix(_CIRCA)), is_approximate=text.startswith(_CIRCA)
    )
