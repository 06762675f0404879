"""Reads Canada's list: one record for each item of a schedule of a regulation.

The list carries no date and no number of its own: country, schedule and item name an entry.
"""

import re
from collections.abc import Generator, Sequence
from datetime import date

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.model.scripts import script_of
from article41.sources.prolog import root_name
from article41.sources.tally import Tally
from article41.sources.versions import undated_versions
from article41.sources.xml import Element, Layout
from article41.sources.xml_listings import listings_in

AUTHORITY = "CA"
LIST_ID = "ca-sema"
KIND = "ca-xml"

_LAYOUT = Layout(root="data-set", entries=frozenset({"record"}))
_EITHER = re.compile(r"\s+or\s+", re.IGNORECASE)
# A language before a colon, and Arabic on a new line, begin a name; other lines only break.
_MARKS = re.compile(r";|\s+(?=[A-Z][a-z]+\s?:)|\n\s*(?=[\u0600-\u06ff])")
_WORDS_BETWEEN = re.compile(r"\s+(?:and|or)\s+")
_LABELLED = re.compile(r"(?:(?P<language>[A-Z][a-z]+)\s?:\s*)?(?P<name>\S.*)")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


def kind_of(head: bytes) -> str | None:
    """`ca-xml` if the head is that of Canada's list, else `None`.

    Example:
        >>> kind_of(b"<data-set><record>")
        'ca-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; the file carries no date."""
    return undated_versions(
        parts, authority=AUTHORITY, list_id=LIST_ID, stated=published, read=_listings
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()

    def read_record(element: Element, place: str) -> Listing:
        return _listing_of(element, place, tally)

    yield from listings_in(part, _LAYOUT, tally, number="Item", read=read_record)
    return tally.report(part.file_name)


def _listing_of(element: Element, place: str, tally: Tally) -> Listing:
    country, schedule, item = (element.take(name) for name in ("Country", "Schedule", "Item"))
    family, given = element.take("LastName"), element.take("GivenName")
    thing, imo = element.take("EntityOrShip"), element.take("ShipIMONumber")
    title = element.take("TitleOrShip")
    if not (country and item):
        raise _error(element, "the record has no country or no item", "Item")
    if thing and (family or given):
        raise _error(element, "the record names a person and an entity", "EntityOrShip")
    name = thing or ", ".join(filter(None, (family, given)))
    if not name:
        raise _error(element, "the record has no name", "LastName")
    schema = Schema.VESSEL if imo else Schema.ORGANIZATION if thing else Schema.PERSON
    names = _names([thing] if thing else [], element.take_prose("Aliases"), schema)
    if not thing:
        names.insert(0, Name(value=name, script=script_of(name)))
    day, notes = element.take("DateOfBirthOrShipBuildDate"), []
    births = _births(day) if schema is Schema.PERSON else ()
    properties = [("type", title)] if title and schema is Schema.VESSEL else []
    if day and schema is Schema.VESSEL:
        properties.append(("buildDate", day))
    elif day and not births:
        tally.remark("date of birth kept as text", f"{place}: {day[:40]}")
        notes.append(("DateOfBirthOrShipBuildDate", day))
    stated = element.take("DateOfListing")
    if schedule:
        notes.append(("Schedule", schedule))
    return Listing(
        authority=AUTHORITY,
        list_id=LIST_ID,
        id="/".join(filter(None, (country.partition(" / ")[0], schedule, item))),
        entity=Entity(
            schema=schema,
            names=tuple(names),
            birth_dates=births,
            titles=(title,) if title and schema is not Schema.VESSEL else (),
            identifiers=(
                (Identifier(kind=IdentifierKind.IMO, value=imo, label="ShipIMONumber"),)
                if imo
                else ()
            ),
            properties=tuple(properties),
        ),
        programmes=(country,),
        listed_on=_day(stated, element),
        notes=(*notes, ("Item", item)),
        place=place,
    )


def _names(texts: list[str], aliases: str, schema: Schema) -> list[Name]:
    """The names in the texts, of which the first is the primary one, then those in the aliases."""
    found: list[Name] = []
    also = _MARKS.split(aliases)
    if schema is Schema.PERSON:
        also = [name for text in also for name in _persons(text)]
    for text in (*texts, *also):
        labelled = _LABELLED.fullmatch(" ".join(text.split()))
        if labelled is None:
            continue
        for value in _halves(labelled["name"]):
            kind = NameKind.STRONG_ALIAS if found or not texts else NameKind.PRIMARY
            name = Name(
                value=value, kind=kind, script=script_of(value), language=labelled["language"] or ""
            )
            if value not in {one.value for one in found}:
                found.append(name)
    return found


def _persons(text: str) -> list[str]:
    """The names of a person in a text: commas part them, save in `Family, Given Father`.

    Example:
        >>> _persons("Beispiel, Ada Maria"), _persons("Ada Beispiel, Ada Mithal and Ida Mithal")
        (['Beispiel, Ada Maria'], ['Ada Beispiel', 'Ada Mithal', 'Ida Mithal'])
    """
    names = [name.strip().removeprefix("or ") for name in text.split(",") if name.strip()]
    if len(names) == 2 and len(names[0].split()) == 1 and len(names[1].split()) > 1:
        return [", ".join(names)]
    found: list[str] = []
    for name in names:
        halves = _WORDS_BETWEEN.split(name)
        # `Ada or Ida Mithal` is one name with a choice in it.
        is_names = "/" not in name and all(len(half.split()) > 1 for half in halves)
        found += halves if is_names else [name]
    return found


def _halves(text: str) -> list[str]:
    """The names on both sides of a stroke; a stroke within one name leaves it whole."""
    halves = [half.strip() for half in text.split("/")]
    is_names = len(halves) == 2 and all(len(half.split()) > 1 for half in halves)
    return halves if is_names else [text]


def _births(text: str) -> tuple[StatedDate, ...]:
    """The dates in a text such as `1963 or 1964`; none if a piece is no date.

    Example:
        >>> [str(born) for born in _births("1965-07-15 OR 1969")]
        ['1965-07-15', '1969']
    """
    if not text:
        return ()
    if years := _YEARS.fullmatch(text):
        first, last = (PartialDate.parse(year) for year in years.groups())
        return (StatedDate(first=first, last=last),)
    try:
        return tuple(StatedDate(first=PartialDate.parse(one)) for one in _EITHER.split(text))
    except ValueError:
        return ()


def _day(text: str, element: Element) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _error(element, f"`{text[:40]}` is no day", "DateOfListing") from error


def _error(element: Element, message: str, name: str) -> FormatError:
    return FormatError(
        message,
        hint="get the file again from Global Affairs Canada",
        file=element.file,
        line=element.line,
        path=f"{element.path}/{name}",
    )
