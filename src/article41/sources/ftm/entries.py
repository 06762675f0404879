"""A target and what stands around it become a listing.

A property that has no field of its own stays under its name; nothing is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.model.scripts import script_of
from article41.sources.ftm.adjacent import Adjacent
from article41.sources.ftm.lines import FtmEntity
from article41.sources.ftm.vocabulary import (
    IDENTIFIERS,
    LINKS,
    NAMES,
    REFERENCES,
    SCHEMAS,
    TITLES,
)
from article41.sources.tally import Tally

AUTHORITY = "FTM"

# An abbreviation is a name, if a weak one.
_ABBREVIATION = "abbreviation"
_GIVEN_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")


def listing_of(
    entity: FtmEntity, adjacent: Adjacent, *, list_id: str, kind: str, tally: Tally
) -> Listing | None:
    """The listing that a target is; none, counted, if it has no name at all."""
    place = f"{kind}:{entity.line} {entity.schema}"
    entry = _Entry(entity, adjacent, place, tally)
    names = entry.names()
    if not names:
        tally.skip("target without a name", place)
        return None
    sanctions = [adjacent.use(one) for one in adjacent.sanctions.get(entity.id, ())]
    listed_on, delisted_on = _days(sanctions)
    programmes = [*_all(sanctions, "programId"), *_all(sanctions, "program")]
    programmes += entry.take("programId") + entry.take("program")
    remarks = "\n".join(entry.take("notes"))
    notes = [("Sanction", _said(one, without={"entity", "reason"})) for one in sanctions]
    notes += [("topics", topic) for topic in entry.take("topics")]
    target = entry.entity(names)
    if entity.caption and entity.caption not in {name.value for name in names}:
        notes.append(("caption", entity.caption))
    notes += [("dataset", dataset) for dataset in entity.datasets]
    notes += [("referent", referent) for referent in entity.referents]
    if entity.first_seen:
        notes.append(("first_seen", entity.first_seen))
    return Listing(
        authority=AUTHORITY,
        list_id=list_id,
        id=entity.id,
        entity=target,
        programmes=tuple(dict.fromkeys(programmes)),
        measures=tuple(_all(sanctions, "provisions")),
        listed_on=listed_on,
        amended_on=tuple(filter(None, map(_day, _all(sanctions, "modifiedAt")))),
        delisted_on=delisted_on,
        reasons=tuple(_all(sanctions, "reason")),
        remarks=remarks,
        notes=(*notes, *entry.notes),
        place=place,
    )


class _Entry:
    """One target, its properties taken one by one."""

    def __init__(self, entity: FtmEntity, adjacent: Adjacent, place: str, tally: Tally) -> None:
        self._entity = entity
        self._adjacent = adjacent
        self._place = place
        self._tally = tally
        self._properties = dict(entity.properties)
        self.notes: list[tuple[str, str]] = []
        self._linked: list[str] = []

    def take(self, name: str) -> list[str]:
        return self._properties.pop(name, [])

    def names(self) -> list[Name]:
        """The names by their kinds, the one under which the exporter shows the target first."""
        kinds = {**NAMES, _ABBREVIATION: NameKind.WEAK_ALIAS}
        found = [
            Name(
                value=value,
                kind=kind,
                script=script_of(value),
                note=_ABBREVIATION if property_ == _ABBREVIATION else "",
            )
            for property_, kind in kinds.items()
            for value in self.take(property_)
        ]
        found.sort(key=lambda name: name.value != self._entity.caption)
        if found:
            return found
        parts = (self._properties.get(part, [""])[0] for part in _GIVEN_PARTS)
        value = " ".join(filter(None, parts)) or self._entity.caption
        if not value or value == self._entity.schema:
            return []
        self._tally.remark("target without `name`, named by its parts or caption", self._place)
        return [Name(value=value, script=script_of(value))]

    def entity(self, names: list[Name]) -> Entity:
        schema = SCHEMAS.get(self._entity.schema, Schema.THING)
        properties = []
        if schema is Schema.THING and self._entity.schema != Schema.THING.value:
            properties.append(("schema", self._entity.schema))
        nationalities = self.take("nationality") + self.take("citizenship")
        birth_dates = tuple(self._birth_dates())
        addresses = tuple(self._addresses())
        identifiers = tuple(self._identifiers())
        titles = [title for name in TITLES for title in self.take(name)]
        self._read_links()
        genders, places = self.take("gender"), self.take("birthPlace")
        flags = self.take("flag")
        properties += [(name, text) for name, texts in self._properties.items() for text in texts]
        return Entity(
            schema=schema,
            names=tuple(names),
            birth_dates=birth_dates,
            birth_places=tuple(places),
            nationalities=tuple(dict.fromkeys(nationalities)),
            genders=tuple(genders),
            titles=tuple(titles),
            addresses=addresses,
            identifiers=identifiers,
            links=tuple(dict.fromkeys(self._linked)),
            flags=tuple(flags),
            properties=tuple(properties),
        )

    def _birth_dates(self) -> Iterator[StatedDate]:
        for text in self.take("birthDate"):
            try:
                yield StatedDate(first=PartialDate.parse(text[:10]))
            except ValueError:
                self._tally.remark("`birthDate` that is no date, kept as a note", self._place)
                self.notes.append(("birthDate", text))

    def _addresses(self) -> Iterator[Address]:
        for id_ in self.take("addressEntity"):
            address = self._adjacent.address(id_)
            if address is None:
                self._tally.remark("address that is not in the file, its id kept", self._place)
                self.notes.append(("addressEntity", id_))
            else:
                yield address
        for text in self.take("address"):
            yield Address(street=text)

    def _identifiers(self) -> Iterator[Identifier]:
        documents = [*self._documents()]
        described = {(document.kind, document.value) for document in documents}
        for name in [name for name in self._properties if name in IDENTIFIERS]:
            kind = IDENTIFIERS[name]
            if name == "registrationNumber" and self._entity.schema == "Airplane":
                kind = IdentifierKind.AIRCRAFT_TAIL
            for value in self.take(name):
                if (kind, value) not in described:
                    yield Identifier(kind=kind, value=value, label=name)
        yield from documents

    def _documents(self) -> Iterator[Identifier]:
        kinds = {
            value: IDENTIFIERS[name]
            for name, values in self._entity.properties.items()
            if name in IDENTIFIERS
            for value in values
        }
        for document in self._adjacent.documents.get(self._entity.id, ()):
            values = {name: ", ".join(texts) for name, texts in document.properties.items()}
            number = values.pop("passportNumber", "") or values.pop("number", "")
            values.pop("holder", "")
            self._adjacent.use(document)
            if not number:
                if values:
                    self.notes.append((document.schema, _joined(values.items())))
                continue
            is_passport = document.schema == "Passport"
            kind = IdentifierKind.PASSPORT if is_passport else IdentifierKind.OTHER
            if values.get("number") == number:
                del values["number"]
            yield Identifier(
                kind=kinds.get(number, kind),
                value=number,
                label=values.pop("type", ""),
                country=values.pop("country", ""),
                issued_on=values.pop("startDate", ""),
                expires_on=values.pop("endDate", ""),
                note=_joined(values.items()),
            )

    def _read_links(self) -> None:
        own = self._entity.id
        for link in self._adjacent.links.get(own, ()):
            ends = LINKS[link.schema]
            others = [id_ for end in ends for id_ in link.properties.get(end, ()) if id_ != own]
            self._linked += [self._named(id_) for id_ in others]
            self._adjacent.use(link)
            said = _said(link, without=frozenset(ends))
            roles = "; ".join(
                f"{end}: {', '.join(map(self._named, link.properties.get(end, ())))}"
                for end in ends
                if link.properties.get(end, []) not in ([], [own])
            )
            self.notes.append((link.schema, "; ".join(filter(None, (roles, said)))))
        for name in [name for name in self._properties if name in REFERENCES]:
            ids = self.take(name)
            self._linked += [self._named(id_) for id_ in ids]
            self.notes += [(name, self._named(id_)) for id_ in ids]

    def _named(self, id_: str) -> str:
        return self._adjacent.captions.get(id_, id_)


def _days(sanctions: Sequence[FtmEntity]) -> tuple[date | None, date | None]:
    """When a target came on the lists and when it left them, as far as every sanction says.

    A sanction that has ended counts only where all have.
    """
    if not sanctions:
        return None, None
    ends = [_all([one], "endDate") for one in sanctions]
    ended = [max(filter(None, map(_day, texts)), default=None) for texts in ends]
    is_over = all(ended)
    begun = []
    for one, texts in zip(sanctions, ends, strict=True):
        if is_over or not texts:
            starts = [_day(text) for text in _all([one], "startDate") or _all([one], "listingDate")]
            begun.append(min(filter(None, starts), default=None) if all(starts) else None)
    listed_on = min(filter(None, begun), default=None) if all(begun) else None
    delisted_on = max(filter(None, ended)) if is_over else None
    return listed_on, delisted_on


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _all(entities: Sequence[FtmEntity], name: str) -> list[str]:
    return list(dict.fromkeys(text for one in entities for text in one.properties.get(name, ())))


def _said(entity: FtmEntity, *, without: frozenset[str] | set[str]) -> str:
    return _joined(
        (name, ", ".join(texts)) for name, texts in entity.properties.items() if name not in without
    )


def _joined(values: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in values)
