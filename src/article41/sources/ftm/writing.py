"""Listings become FollowTheMoney JSON lines: target, addresses, documents and sanction.

Only properties that FollowTheMoney has are used; what has none becomes a note, so that nothing is
left out. Countries and genders stay as the authority prints them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from article41.model.clocks import MONTHS, PartialDate, StatedDate
from article41.model.entities import Address, Entity, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.sources.ftm.adjacent import ADDRESS, SANCTION
from article41.sources.ftm.vocabulary import (
    IDENTIFIERS,
    NAMES,
    OTHER_PROPERTIES,
    OTHER_SCHEMAS,
    PROPERTIES,
)

_DIGEST_CHARACTERS = 16
_DATED = ("Date", "At")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WORDED = re.compile(r"(?:(\d{1,2}) )?([A-Z][a-z]{2,8})\.? (\d{4})")
_UNFIT = re.compile(r"[^0-9A-Za-z.-]+")
_PROPERTY_BY_KIND = {kind: property_ for property_, kind in NAMES.items()}
# What the reader of these lines writes into notes, and where it comes back to.
_TOPICS, _REFERENT, _DATASET = "topics", "referent", "dataset"
_SANCTIONED = "sanction"
_READ_BACK = ("ftm-", "os-")

_Properties = dict[str, list[str]]


def lines_of(
    listings: Iterable[Listing], *, status_by_key: Mapping[str, str] = MappingProxyType({})
) -> Iterator[bytes]:
    """Yield the lines, each an entity and ended by a line break.

    A target comes before what belongs to it; an address that several have comes once.

    Args:
        listings: What is written.
        status_by_key: How it stands with a listing, in words, by its key, where that is to be said;
            read when the listing has come.

    Example:
        >>> from article41.model.entities import Entity, Name
        >>> ada = Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),))
        >>> ada_listed = Listing(authority="XA", list_id="xa-main", id="7", entity=ada, place="a:1")
        >>> target, sanction = lines_of([ada_listed])
        >>> target[:54]
        b'{"id":"xa-main-7","schema":"Person","caption":"Ada Exa'
    """
    addresses: set[str] = set()
    for listing in listings:
        for entity in _Writer(listing, status_by_key.get(listing.key, "")).entities():
            if entity["schema"] == ADDRESS:
                if entity["id"] in addresses:
                    continue
                addresses.add(entity["id"])
            yield msgspec.json.encode(entity) + b"\n"


def entity_id(listing_key: str) -> str:
    """The id of a listing's entity: its key, with a digest where FollowTheMoney takes no such id.

    A listing that was read from FollowTheMoney keeps the id that it had there.

    Example:
        >>> entity_id("un-sc/QDi.001"), entity_id("ftm-xa/NK-7")
        ('un-sc-QDi.001', 'NK-7')
        >>> entity_id("eu-journal/32099R0007/I/5(a)")
        'eu-journal-32099R0007-I-5-a-27974aaa50d8381c'
    """
    list_id, _, number = listing_key.partition("/")
    if list_id.startswith(_READ_BACK):
        return number
    fit = _UNFIT.sub("-", number).strip("-.")
    if fit != number:
        fit = "-".join(filter(None, (fit, _digest(listing_key))))
    return f"{list_id}-{fit}"


def schema_word(entity: Entity) -> str:
    """The schema that is written; a thing of no other schema is an asset.

    Example:
        >>> from article41.model.entities import Name
        >>> schema_word(Entity(schema=Schema.THING, names=(Name(value="Example Port"),)))
        'Asset'
    """
    if entity.schema is not Schema.THING:
        return str(entity.schema.value)
    own = dict(entity.properties).get("schema", "")
    # FollowTheMoney's own `Thing` is no schema that an entity may have.
    return own if own in OTHER_SCHEMAS - {Schema.THING.value} else "Asset"


class _Writer:
    """Writes one listing."""

    def __init__(self, listing: Listing, status: str) -> None:
        self._listing = listing
        self._status = status
        self._id = entity_id(listing.key)
        self._schema = listing.entity.schema
        self._word = schema_word(listing.entity)
        self._known = OTHER_PROPERTIES.get(self._word, PROPERTIES[self._schema])
        self._properties: _Properties = {}
        self._around: list[dict[str, Any]] = []
        self._is_read_back = listing.list_id.startswith(_READ_BACK)
        self._datasets = (self._is_read_back and self._noted(_DATASET)) or [listing.list_id]

    def entities(self) -> Iterator[dict[str, Any]]:
        self._write_names()
        self._write_person()
        for address in self._listing.entity.addresses:
            self._write_address(address)
        for identifier in self._listing.entity.identifiers:
            self._write_identifier(identifier)
        self._write_properties()
        self._write_notes()
        sanction = self._sanction()
        has_sanction = not self._is_read_back or len(sanction["properties"]) > len(_ALWAYS)
        if has_sanction and self._status:
            sanction["properties"]["status"] = [self._status]
        elif self._status:
            self._note("status", self._status)
        others = (*self._listing.same_as, *self._listing.restates)
        yield {
            **self._entity(self._id, self._word, self._properties, is_target=True),
            "referents": [*self._noted(_REFERENT), *map(entity_id, others)],
        }
        yield from self._around
        if has_sanction:
            yield sanction

    # Any: JSON.
    def _entity(
        self, id_: str, schema: str, properties: _Properties, *, is_target: bool = False
    ) -> dict[str, Any]:
        caption = self._listing.entity.names[0].value if is_target else schema
        return {
            "id": id_,
            "schema": schema,
            "caption": caption,
            "properties": {
                name: list(dict.fromkeys(filter(None, values)))
                for name, values in properties.items()
                if any(values)
            },
            "datasets": self._datasets,
            "referents": [],
            "target": is_target,
        }

    def _add(self, name: str, value: str) -> None:
        """Under its name if the schema has it, else as a note that says the name."""
        if name.endswith(_DATED) and name in self._known:
            iso = _iso(value)
            if not iso:
                self._note(name, value)
                return
            value = iso
        if name in self._known:
            self._properties.setdefault(name, []).append(value)
        elif value:
            self._note(name, value)

    def _noted(self, name: str) -> list[str]:
        return [text for note, text in self._listing.notes if note == name]

    def _note(self, name: str, value: str) -> None:
        self._properties.setdefault("notes", []).append(f"{name}: {value}")

    def _write_names(self) -> None:
        for name in self._listing.entity.names:
            is_short = name.kind is NameKind.WEAK_ALIAS and name.note == "abbreviation"
            property_ = "abbreviation" if is_short else _PROPERTY_BY_KIND[name.kind]
            self._add(property_, name.value)
            if name.note and not is_short:
                self._note("name", f"{name.value} ({name.note})")

    def _write_person(self) -> None:
        entity = self._listing.entity
        for birth_date in entity.birth_dates:
            self._write_birth_date(birth_date)
        for place in entity.birth_places:
            self._add("birthPlace", place)
        is_person = self._schema is Schema.PERSON
        for country in entity.nationalities:
            self._add("nationality" if is_person else "country", country)
        for gender in entity.genders:
            self._add("gender", gender)
        for title in entity.titles:
            self._add("position", title)
        for flag in entity.flags:
            self._add("flag" if self._schema is Schema.VESSEL else "country", flag)
        for link in entity.links:
            self._note("linked to", link)

    def _write_birth_date(self, stated: StatedDate) -> None:
        """A span as its two ends: FollowTheMoney has single dates only, the note says the rest."""
        for end in (stated.first, stated.last):
            if end is not None:
                self._add("birthDate", str(end))
        if stated.last is not None or stated.is_approximate or stated.note:
            self._note("birthDate", " ".join(filter(None, (str(stated), stated.note))))

    def _write_address(self, address: Address) -> None:
        parts = {
            "street": address.street,
            "city": address.city,
            "region": address.region,
            "postalCode": address.postal_code,
            "country": address.country,
            "remarks": address.note,
        }
        full = ", ".join(text for name, text in parts.items() if text and name != "remarks")
        if not any((address.city, address.region, address.postal_code, address.country)):
            del parts["street"]
        id_ = "addr-" + _digest("|".join(parts.values()), full)
        properties = {name: [text] for name, text in {"full": full, **parts}.items()}
        self._around.append(self._entity(id_, ADDRESS, properties))
        self._properties.setdefault("addressEntity", []).append(id_)

    def _write_identifier(self, identifier: Identifier) -> None:
        kind, value = identifier.kind, identifier.value
        property_ = self._property_of(identifier)
        if property_:
            self._add(property_, value)
        label = "" if identifier.label in {*IDENTIFIERS, "identifiers"} else identifier.label
        facts = (identifier.country, identifier.issued_on, identifier.expires_on, identifier.note)
        if property_ and not label and not any(facts):
            return
        if self._schema not in _DOCUMENT_HOLDERS:
            said = "; ".join(filter(None, (value, *facts)))
            self._note(label or identifier.label or kind.value, said)
            return
        is_passport = kind is IdentifierKind.PASSPORT
        issued_on, expires_on = _iso(identifier.issued_on), _iso(identifier.expires_on)
        properties = {
            "holder": [self._id],
            "number": [value],
            "type": [label or ("" if property_ else identifier.label)],
            "country": [identifier.country],
            "startDate": [issued_on],
            "endDate": [expires_on],
            "summary": [
                "" if issued_on else identifier.issued_on,
                "" if expires_on else identifier.expires_on,
                identifier.note,
            ],
        }
        schema = "Passport" if is_passport else "Identification"
        id_ = f"{self._id}-document-{_digest(kind.value, label, value)}"
        self._around.append(self._entity(id_, schema, properties))

    def _property_of(self, identifier: Identifier) -> str:
        """The property for a number; empty if the schema has none for its kind."""
        kind = identifier.kind
        if kind is IdentifierKind.AIRCRAFT_TAIL and self._schema is Schema.AIRPLANE:
            return "registrationNumber"
        own = identifier.label
        if IDENTIFIERS.get(own) is kind and own in self._known:
            return own
        return kind.value if kind.value in self._known else ""

    def _write_properties(self) -> None:
        for name, text in self._listing.entity.properties:
            if (name, text) != ("schema", self._word):
                self._add(name, text)

    def _write_notes(self) -> None:
        listing = self._listing
        # A politically exposed person is on somebody's list and under no sanction.
        topics = self._noted(_TOPICS) if self._is_read_back else [_SANCTIONED]
        self._properties["topics"] = topics
        if listing.remarks:
            self._properties.setdefault("notes", []).append(listing.remarks)
        for name, text in listing.notes:
            if not self._is_read_back or name not in {_TOPICS, _REFERENT, _DATASET}:
                self._note(name, text)

    # Any: JSON.
    def _sanction(self) -> dict[str, Any]:
        listing = self._listing
        properties = {
            "entity": [self._id],
            "authority": [listing.authority],
            "program": list(listing.programmes),
            "provisions": list(listing.measures),
            "reason": list(listing.reasons),
            "startDate": [listing.listed_on.isoformat()] if listing.listed_on else [],
            "endDate": [listing.delisted_on.isoformat()] if listing.delisted_on else [],
            "modifiedAt": [day.isoformat() for day in listing.amended_on],
            "summary": [act.title for act in listing.legal_acts],
        }
        return self._entity(f"{self._id}-sanction", SANCTION, properties)


_DOCUMENT_HOLDERS = frozenset({
    Schema.PERSON, Schema.LEGAL_ENTITY, Schema.ORGANIZATION, Schema.COMPANY, Schema.PUBLIC_BODY,
})  # fmt: skip
"""The schemas that may hold a document."""
_ALWAYS = frozenset({"entity", "authority"})
"""What a sanction says in any case."""


def _iso(text: str) -> str:
    """A date in the form that FollowTheMoney takes; empty if the text is none that we can read."""
    year, month, day = text, "", ""
    if found := _DOTTED.fullmatch(text):
        day, month, year = found.groups()
    elif (found := _WORDED.fullmatch(text)) and found[2][:3] in MONTHS:
        day, month, year = found[1] or "", str(MONTHS.index(found[2][:3]) + 1), found[3]
    try:
        return str(PartialDate.parse("-".join(filter(None, (year, month, day)))))
    except ValueError:
        return ""


def _digest(*texts: str) -> str:
    return hashlib.sha256("|".join(texts).encode()).hexdigest()[:_DIGEST_CHARACTERS]
