"""The demonstration lists: facts about whom the EU and OFAC had listed on 6 July 2012.

They are a small part of those lists, written with their citations, and no longer say who is listed.
"""

import hashlib
import io
import tomllib
from collections.abc import Generator
from datetime import date
from functools import partial
from importlib.resources import files

import msgspec

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of
from article41.model.scripts import script_of

AS_OF = date(2012, 7, 6)
"""The day whose facts the lists hold."""
FILES = ("eu-syria-2012.toml", "ofac-syria-2012.toml")
_KIND = "demonstration-toml"


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact, as the file holds it."""

    id: str
    schema: Schema
    name: str
    aliases: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    bic: str = ""
    role: str = ""
    programmes: tuple[str, ...]
    listed_on: date
    citation: str
    certainty: str


class _Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file."""

    authority: str
    list_id: str
    as_of: date
    listing: tuple[_Entry, ...]


def demonstration_lists() -> tuple[ListVersion, ...]:
    """The demonstration lists as list versions, published on `AS_OF`.

    Example:
        >>> [version.list_id for version in demonstration_lists()]
        ['demo-eu-syria-2012', 'demo-ofac-syria-2012']
    """
    return tuple(map(_version, FILES))


def _version(file_name: str) -> ListVersion:
    data = files(__name__).joinpath(file_name).read_bytes()
    facts = msgspec.convert(tomllib.loads(data.decode("utf-8")), type=_Facts)
    part = Part(
        kind=_KIND,
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=partial(io.BytesIO, data),
    )
    return ListVersion(
        authority=facts.authority,
        list_id=facts.list_id,
        parts=(part,),
        sha256=identity_of((part,)),
        published=facts.as_of,
        listings=partial(_listings, facts, _lines(data), file_name),
    )


def _lines(data: bytes) -> tuple[int, ...]:
    """The lines on which entries begin."""
    lines = data.decode("utf-8").splitlines()
    return tuple(number for number, line in enumerate(lines, start=1) if line == "[[listing]]")


def _listings(
    facts: _Facts, lines: tuple[int, ...], file_name: str
) -> Generator[Listing, None, ReadingReport]:
    names = 0
    for entry, line in zip(facts.listing, lines, strict=True):
        listing = _listing(entry, facts, f"{file_name}:{line}")
        names += len(listing.entity.names)
        yield listing
    read = len(facts.listing)
    return ReadingReport(read=read, kept=read, listings=read, names=names)


def _listing(entry: _Entry, facts: _Facts, place: str) -> Listing:
    aliases = (
        Name(value=value, kind=NameKind.STRONG_ALIAS, script=script_of(value))
        for value in entry.aliases
    )
    return Listing(
        authority=facts.authority,
        list_id=facts.list_id,
        id=entry.id,
        entity=Entity(
            schema=entry.schema,
            names=(Name(value=entry.name, script=script_of(entry.name)), *aliases),
            birth_dates=tuple(StatedDate(first=PartialDate.parse(day)) for day in entry.born),
            titles=(entry.role,) if entry.role else (),
            identifiers=(
                (Identifier(kind=IdentifierKind.BIC, value=entry.bic),) if entry.bic else ()
            ),
        ),
        programmes=entry.programmes,
        listed_on=entry.listed_on,
        notes=(("citation", entry.citation), ("certainty", entry.certainty)),
        place=place,
    )
