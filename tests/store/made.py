"""Invented listings and publications for the tests of the store."""

import hashlib
import io
from collections.abc import Generator, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import (
    Facet,
    Listing,
    ListVersion,
    Part,
    ReadingReport,
    Skip,
    identity_of,
)

LIST = "xa-main"
KNOWN = datetime(2024, 3, 1, 12, tzinfo=UTC)


def moment(hours: int) -> datetime:
    return KNOWN + timedelta(hours=hours)


def listing(number: str = "7", *, name: str = "Ada Example", **fields: object) -> Listing:
    entity = Entity(schema=Schema.PERSON, names=(Name(value=name),))
    given = {"authority": "XA", "list_id": LIST, "entity": entity, "place": f"a.csv:{number}"}
    return Listing(id=number, **{**given, **fields})  # type: ignore[arg-type]


def part(content: bytes, *, kind: str = "xa-csv", name: str = "a.csv") -> Part:
    sha256 = hashlib.sha256(content).hexdigest()
    return Part(
        kind=kind,
        file_name=name,
        sha256=sha256,
        size_bytes=len(content),
        open=lambda: io.BytesIO(content),
    )


def version(
    listings: Iterable[Listing] = (),
    *,
    content: bytes = b"id,name\n",
    parts: Sequence[Part] | None = None,
    published: date | None = None,
    is_stated: bool = True,
    list_id: str = LIST,
    silent_on: tuple[Facet, ...] = (),
    may_be_cut: bool = False,
    gaps: tuple[str, ...] = (),
) -> ListVersion:
    kept = tuple(listings)
    given = (part(content),) if parts is None else tuple(parts)

    def read() -> Generator[Listing, None, ReadingReport]:
        yield from kept
        skips = (Skip(reason="blank line", count=1, places=("a.csv:9",)),)
        return ReadingReport(
            read=len(kept) + 1,
            kept=len(kept),
            skipped=skips,
            silent_on=silent_on,
            may_be_cut=may_be_cut,
            gaps=gaps,
        )

    return ListVersion(
        authority="XA",
        list_id=list_id,
        parts=given,
        sha256=identity_of(given),
        published=published,
        published_is_stated=is_stated and published is not None,
        listings=read,
    )


texts = st.text(min_size=1, max_size=12)
partial_dates = st.builds(
    PartialDate, year=st.integers(1900, 2100), month=st.integers(1, 12), day=st.integers(0, 28)
)
stated_dates = st.builds(
    StatedDate,
    first=partial_dates,
    last=st.none() | partial_dates,
    is_approximate=st.booleans(),
    note=st.text(max_size=5),
)
names = st.builds(
    Name,
    value=texts,
    kind=st.sampled_from(NameKind),
    script=st.sampled_from(["Latn", "Arab", "Cyrl"]).map(lambda code: "".join(list(code))),
    language=st.text(max_size=3),
    place=st.sampled_from(["", "alt.csv:1", "alt.csv:2"]),
)
entities = st.builds(
    Entity,
    schema=st.sampled_from(Schema),
    names=st.lists(names, min_size=1, max_size=3).map(tuple),
    birth_dates=st.lists(stated_dates, max_size=2).map(tuple),
    birth_places=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    addresses=st.lists(
        st.builds(Address, street=st.text(max_size=5), country=st.sampled_from(["", "XB"])),
        max_size=2,
    ).map(tuple),
    identifiers=st.lists(
        st.builds(Identifier, kind=st.sampled_from(IdentifierKind), value=texts), max_size=2
    ).map(tuple),
    properties=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
)
listings = st.builds(
    Listing,
    authority=st.just("XA"),
    list_id=st.just(LIST),
    id=texts,
    entity=entities,
    programmes=st.lists(texts, max_size=2).map(tuple),
    listed_on=st.none() | st.dates(),
    amended_on=st.lists(st.dates(), max_size=2).map(tuple),
    delisted_on=st.none() | st.dates(),
    remarks=st.text(max_size=20),
    notes=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    place=st.text(max_size=8),
)
