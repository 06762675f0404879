"""Reads the Swiss list as history: each target with its past, never as one flat list.

A change list is refused: it is not the list.
"""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from article41.model.clocks import StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier
from article41.model.listings import (
    LegalAct,
    Listing,
    ListVersion,
    Part,
    ReadingReport,
)
from article41.sources.official.ch.data import WRAPPER, Datum, data_in
from article41.sources.official.ch.past import (
    AMENDED,
    DELISTED,
    LISTED,
    Modification,
    Stretch,
    stretches,
)
from article41.sources.prolog import root_name
from article41.sources.roots import root_attributes
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout, entries
from article41.sources.xml_listings import listings_in

AUTHORITY = "CH"
LIST_ID = "ch-seco"
KIND = "ch-xml"

_HINT = "get the whole list again from SECO"
_WHOLE = "whole-list"
_LAYOUT = Layout(
    root="swiss-sanctions-list",
    entries=frozenset({"sanctions-program", "target", "place"}),
    root_attributes=frozenset({"list-type", "date"}),
)
_UN_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3}")
_OBJECTS = {"vessel": Schema.VESSEL, "aircraft": Schema.AIRPLANE}
_LANGUAGE = "eng"
_SET = "sanctions-set-id"
_NOTED = ("foreign-identifier", "generic-attribute", "relation", "document", "other-information",
          _SET)  # fmt: skip
"""What is a note as it stands, whatever else becomes of it."""
_Value = TypeVar("_Value", str, Name, StatedDate, Identifier)


class _Programme(msgspec.Struct, frozen=True):
    """A programme, and its sets of measures by number."""

    key: str
    name: str
    sets: Mapping[str, str]


class _Tables(msgspec.Struct):
    """What stands beside the targets."""

    programme_by_set: dict[str, _Programme]
    places: dict[str, tuple[str, str, str]]


def kind_of(head: bytes) -> str | None:
    """`ch-xml` if the head is that of the Swiss list, else `None`.

    Example:
        >>> kind_of(b'<swiss-sanctions-list list-type="whole-list" date="2024-01-02">')
        'ch-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is the root's.

    Raises:
        FormatError: A file is a change list, or its date is none.
    """
    return tuple(_version(part, published) for part in parts)


def _version(part: Part, published: date | None) -> ListVersion:
    root = root_attributes(part)
    if root.get("list-type") != _WHOLE:
        raise FormatError(
            f"a list of the type `{root.get('list-type', '')[:40]}`, not the whole list",
            hint=_HINT,
            file=part.file_name,
            line=1,
            path="swiss-sanctions-list/@list-type",
        )
    try:
        own = date.fromisoformat(root["date"]) if root.get("date") else None
    except ValueError as error:
        raise FormatError(f"`{root['date'][:40]}` is no date", hint=_HINT, file=part.file_name,
                          line=1, path="swiss-sanctions-list/@date") from error  # fmt: skip
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=LIST_ID,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tables = _tables(part)
    tally = Tally()
    unheld: dict[str, None] = {}

    def read_entry(element: Element, place: str) -> Sequence[Listing] | None:
        if element.name != "target":
            # The tables were read in the first pass; here they are gone through for the counts.
            (_programme if element.name == "sanctions-program" else _place)(element, tally, place)
            return None
        listings = _Target(element, place, tally, tables).listings()
        standing = (one for one in listings if one.during is None or not one.during.valid_until)
        sets = (text for one in standing for name, text in one.notes if name == _SET)
        unheld.update(dict.fromkeys(text for text in sets if text not in tables.programme_by_set))
        return listings

    yield from listings_in(part, _LAYOUT, tally, number="@ssid", read=read_entry)
    gaps = tuple(f"the programme of the set of measures `{number[:40]}`" for number in unheld)
    return tally.report(part.file_name, gaps=gaps)


def _tables(part: Part) -> _Tables:
    """Programmes and places, which targets point to and which stand before and after them."""
    tables = _Tables({}, {})
    tally = Tally()
    for element in entries(part, _LAYOUT, tally):
        if element.name == "sanctions-program":
            programme = _programme(element, tally, "")
            tables.programme_by_set.update(dict.fromkeys(programme.sets, programme))
        elif element.name == "place":
            number, place = _place(element, tally, "")
            tables.places[number] = place
        else:
            element.leave()
    return tables


def _programme(element: Element, tally: Tally, place: str) -> _Programme:
    take = element.take_attribute
    left_out = [take(name) for name in ("ssid", "version-date", "predecessor-version-date")]
    sets: dict[str, str] = {}
    named: list[str] = []
    for name in ("program-key", "program-name"):
        held = ""
        for group in element.groups(name):
            language, text = group.take_attribute("lang"), group.take_text()
            if language == _LANGUAGE or not held:
                held, text = text, held
            left_out += [language, text]
        named.append(held)
    for group in element.groups("sanctions-set"):
        number, language = group.take_attribute("ssid"), group.take_attribute("lang")
        text, held = group.take_text(), sets.get(number, "")
        if language == _LANGUAGE or not held:
            sets[number], text = text, held
        left_out += [number, language, text]
    left_out += element.take_all("origin")
    for group in element.groups("generic-attribute"):
        left_out += [group.take_attribute("name"), group.take_text()]
    if place:
        tally.skip(
            "number, dates, origin and other languages of a programme",
            place,
            count=sum(map(bool, left_out)),
        )
    return _Programme(named[0], named[1], sets)


def _place(element: Element, tally: Tally, place: str) -> tuple[str, tuple[str, str, str]]:
    number = element.take_attribute("ssid")
    location, area = element.take("location"), element.take("area")
    left_out = int(bool(number))
    for name in ("location-variant", "area-variant"):
        for group in element.groups(name):
            left_out += bool(group.take_attribute("variant-type")) + bool(group.take_text())
    country = ""
    for group in element.groups("country"):
        code, country = group.take_attribute("iso-code"), group.take_text()
        left_out += bool(code and country)
        country = country or code
    if place:
        tally.skip("number, code and spelling variants of a place", place, count=left_out)
    return number, (location, area, country)


class _Target:
    """One target being read."""

    def __init__(self, element: Element, place: str, tally: Tally, tables: _Tables) -> None:
        self._element = element
        self._place = place
        self._tally = tally
        self._tables = tables

    def listings(self) -> list[Listing]:
        """One for each stretch of days with one content; at least one."""
        number = self._element.take_attribute("ssid")
        if not number:
            raise self._error("the target has no number", "@ssid")
        modifications = [
            self._modification(group) for group in self._element.groups("modification")
        ]
        data = list(data_in(self._element, self._tally, self._place))
        past = stretches(data, modifications, self._tally, self._place)
        return [self._listing(number, stretch, _told(modifications, stretch)) for stretch in past]

    def _modification(self, group: Element) -> Modification:
        kind = group.take_attribute("modification-type")
        if kind not in {LISTED, AMENDED, DELISTED}:
            raise self._error(f"unknown modification `{kind[:40]}`", "modification")
        days = [
            (text, name)
            for name in ("effective", "publication", "enactment")
            if (text := group.take_attribute(f"{name}-date"))
        ]
        stated = days[0][0] if days else ""
        try:
            day = date.fromisoformat(stated)
        except ValueError as error:
            raise self._error(f"`{stated[:40]}` is no day", "modification") from error
        changed: dict[str, tuple[Datum, ...]] = {"added": (), "removed": ()}
        for name in changed:
            for copies in group.groups(name):
                # What sort of target it is does not change, though the copies repeat it.
                changed[name] += tuple(
                    datum
                    for datum in data_in(copies, self._tally, self._place)
                    if "@" not in datum.what
                )
        said = [f"{name} {text}" for text, name in days[1:]] + group.take_all("remark")
        return Modification(kind=kind, day=day, said="; ".join(said), **changed)

    def _listing(self, number: str, stretch: Stretch, told: Sequence[tuple[str, str]]) -> Listing:
        by_what: dict[str, list[Datum]] = {}
        for datum in stretch.data:
            by_what.setdefault(datum.what, []).append(datum)
        names = _of(by_what, Name, "name")
        names.sort(key=lambda name: name.kind is not NameKind.PRIMARY)
        if not names:
            raise self._error("the target has no name", "name")
        programmes = [
            programme
            for datum in by_what.get(_SET, ())
            if (programme := self._tables.programme_by_set.get(str(datum.value)))
        ]
        sets = [str(datum.value) for datum in by_what.get(_SET, ())]
        foreign = _texts(by_what, "foreign-identifier")
        notes = [(what, str(one.value)) for what in _NOTED for one in by_what.get(what, ())]
        notes += [("day-month-year", text) for text in _texts(by_what, "day-month-year")]
        notes += self._unresolved(stretch.data)
        notes += told
        return Listing(
            authority=AUTHORITY,
            list_id=LIST_ID,
            id=number,
            entity=Entity(
                schema=_schema(by_what),
                names=tuple(dict.fromkeys(names)),
                birth_dates=tuple(_of(by_what, StatedDate, "day-month-year")),
                birth_places=_once([self._where(one) for one in by_what.get("place-of-birth", ())]),
                nationalities=_once(_texts(by_what, "nationality")),
                genders=tuple(_texts(by_what, "individual@sex")),
                addresses=tuple(self._addresses(by_what)),
                titles=_once(_texts(by_what, "title")),
                identifiers=tuple(
                    [self._document(one) for one in by_what.get("identification-document", ())]
                    + _of(by_what, Identifier, "number")
                ),
                links=tuple(_texts(by_what, "relation")),
            ),
            programmes=_once([programme.key for programme in programmes]),
            measures=_once(
                [one.sets[set_] for one in programmes for set_ in sets if set_ in one.sets]
            ),
            legal_acts=tuple(
                dict.fromkeys(
                    LegalAct(title=one.name, programme=one.key) for one in programmes if one.name
                )
            ),
            listed_on=stretch.listed_on,
            delisted_on=stretch.delisted_on,
            amended_on=stretch.amended_on,
            during=stretch.during,
            reasons=tuple(_texts(by_what, "justification")),
            notes=tuple(notes),
            same_as=tuple(f"un-sc/{one}" for one in foreign if _UN_REFERENCE.fullmatch(one)),
            place=self._place,
        )

    def _unresolved(self, data: Sequence[Datum]) -> Iterator[tuple[str, str]]:
        """What points to a place or a set that the list does not hold."""
        for datum in data:
            if datum.place_id and datum.place_id not in self._tables.places:
                self._tally.remark("place that the list does not hold", self._place)
                yield f"{datum.what}/place-id", datum.place_id
            if datum.what == _SET and datum.value not in self._tables.programme_by_set:
                self._tally.remark("set of measures that no programme holds", self._place)

    def _addresses(self, by_what: Mapping[str, list[Datum]]) -> list[Address]:
        found = []
        for datum in by_what.get("address", ()):
            assert isinstance(datum.value, Address)
            city, region, country = self._tables.places.get(datum.place_id, ("", "", ""))
            found.append(
                msgspec.structs.replace(datum.value, city=city, region=region, country=country)
            )
        return found

    def _document(self, datum: Datum) -> Identifier:
        document = datum.value
        assert isinstance(document, Identifier)
        where = ", ".join(filter(None, self._tables.places.get(datum.place_id, ())))
        said = (f"issued in {where}" if where else "", document.note)
        return msgspec.structs.replace(document, note="; ".join(filter(None, said)))

    def _where(self, datum: Datum) -> str:
        place = self._tables.places.get(datum.place_id, ())
        return ", ".join(filter(None, (*place, str(datum.value))))

    def _error(self, message: str, name: str) -> FormatError:
        return FormatError(
            message,
            hint=_HINT,
            file=self._element.file,
            line=self._element.line,
            path=f"{self._element.path}/{name}",
        )


def _told(modifications: Sequence[Modification], stretch: Stretch) -> list[tuple[str, str]]:
    """What is said of the modifications up to a content, and of the one that ended it."""
    begin = stretch.during.valid_from or date.min
    return [
        ("modification", f"{one.kind} {one.day}: {one.said}")
        for one in sorted(modifications, key=lambda one: one.day)
        if one.said and (one.day <= begin or one.day == stretch.delisted_on)
    ]


def _schema(by_what: Mapping[str, list[Datum]]) -> Schema:
    kinds = _texts(by_what, WRAPPER)
    if "object" in kinds:
        kind = next(iter(_texts(by_what, "object@object-type")), "")
        return _OBJECTS.get(kind, Schema.THING)
    return Schema.PERSON if "individual" in kinds else Schema.ORGANIZATION


def _of(by_what: Mapping[str, list[Datum]], kind: type[_Value], what: str) -> list[_Value]:
    return [one.value for one in by_what.get(what, ()) if isinstance(one.value, kind)]


def _texts(by_what: Mapping[str, list[Datum]], what: str) -> list[str]:
    return _of(by_what, str, what)


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
