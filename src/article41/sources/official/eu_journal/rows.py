"""A row of an annex becomes a listing; rows of one entry are joined into one.

Every cell ends in the listing: a column that is not known here is an error.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date

import msgspec

from article41.model.clocks import StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind, Imo
from article41.model.listings import LegalAct, Listing
from article41.model.scripts import script_of
from article41.sources.official.eu_journal.names import names_within
from article41.sources.prose_dates import day_of, stated_dates
from article41.sources.tables import Record
from article41.sources.tally import Tally

AUTHORITY = "EU"
LIST_ID = "eu-journal"

_DIGEST_CHARACTERS = 12
_SCHEMAS = {
    "Person": Schema.PERSON,
    "LegalEntity": Schema.LEGAL_ENTITY,
    "Organization": Schema.ORGANIZATION,
    "Company": Schema.COMPANY,
    "Vessel": Schema.VESSEL,
    "Asset": Schema.THING,
}
_NAMES = {
    "alias": NameKind.STRONG_ALIAS,
    "weakAlias": NameKind.WEAK_ALIAS,
    "previousName": NameKind.FORMER,
}
_IDENTIFIERS = {
    "passportNumber": IdentifierKind.PASSPORT,
    "registrationNumber": IdentifierKind.REGISTRATION,
    "taxNumber": IdentifierKind.TAX,
    "idNumber": IdentifierKind.NATIONAL_ID,
    "innCode": IdentifierKind.TAX,
    "ogrnCode": IdentifierKind.REGISTRATION,
    "kppCode": IdentifierKind.OTHER,
    "okpoCode": IdentifierKind.OTHER,
    "leiCode": IdentifierKind.LEI,
    "swiftBic": IdentifierKind.BIC,
    "ticker": IdentifierKind.OTHER,
    "imoNumber": IdentifierKind.IMO,
    "mmsi": IdentifierKind.MMSI,
    "phone": IdentifierKind.PHONE,
    "email": IdentifierKind.EMAIL,
    "website": IdentifierKind.WEBSITE,
}
_PROPERTIES = (
    "country", "jurisdiction", "appearance", "ethnicity", "fatherName", "motherName",
    "incorporationDate", "legalForm", "sector",
)  # fmt: skip
# `7704730655 (Tax ID/INN)`: the number, then in brackets what or whose it is.
_NOTED_NUMBER = re.compile(r"([\w./ -]*\d[\w./ -]*?)\s*\(([^()]*)\)")
_TAX_WORDS = re.compile(r"\b(INN|Tax)\b")
_ENTITY_FIELDS = tuple(one for one in Entity.__struct_fields__ if one not in {"schema", "names"})
_LISTING_FIELDS = ("programmes", "measures", "legal_acts", "amended_on", "reasons", "notes")


class Key(msgspec.Struct, frozen=True):
    """What makes two rows the same entry."""

    act: str
    """CELEX number of the framework act."""
    annex: str
    """As printed; empty where the act has one."""
    number: str
    """The number printed in the annex without blanks, or a digest of the name."""
    schema: str
    """As printed."""

    @property
    def id(self) -> str:
        """`Listing.id`, unless several schemas share the number."""
        return "/".join((self.act, self.annex or "-", self.number))


def row_of(record: Record, *, act: str, amendment: str, tally: Tally) -> tuple[Key, Listing]:
    """The entry that one row belongs to, and what the row says of it.

    Args:
        record: The row; every column but those of CELEX numbers is taken from it.
        act: CELEX number of the framework act.
        amendment: CELEX number of the act that brought the row; empty in a consolidated table.
        tally: Where oddities are counted.

    Raises:
        FormatError: The schema is unknown, or the name or the measure is missing.
    """
    row = _Row(record, amendment, tally)
    entity = row.entity()
    listed_on = row.listed_on()
    programme, annex = record.take("programKey"), record.take("annex")
    measure, reason = record.take("measure"), record.take_prose("reason")
    if not measure:
        raise record.error("an entry without a measure", "measure")
    number = "".join(record.take("recordId").split()) or _digest(entity.names[0].value)
    key = Key(act=act, annex=annex, number=number, schema=row.schema)
    listing = Listing(
        authority=AUTHORITY,
        list_id=LIST_ID,
        id=key.id,
        entity=entity,
        programmes=(programme,) if programme else (),
        measures=(f"{measure} (Annex {annex})" if annex else measure,),
        legal_acts=tuple(
            LegalAct(title=title, programme=programme) for title in (act, amendment) if title
        ),
        listed_on=listed_on,
        reasons=(reason,) if reason else (),
        remarks="\n".join(row.values("notes")),
        notes=tuple(row.notes),
        place=record.place,
    )
    return key, listing


def joined(first: Listing, second: Listing) -> Listing:
    """One listing with what either says; the first keeps its name, its day and its place.

    Another primary name becomes an alias, another day of listing a note.
    """
    more_names = (
        msgspec.structs.replace(
            name,
            kind=NameKind.STRONG_ALIAS if name.kind is NameKind.PRIMARY else name.kind,
            place=second.place,
        )
        for name in second.entity.names
    )
    names: dict[str, Name] = {}
    for name in (*first.entity.names, *more_names):
        names.setdefault(name.value, name)
    entity = msgspec.structs.replace(
        first.entity,
        names=tuple(names.values()),
        **{one: _united(first.entity, second.entity, one) for one in _ENTITY_FIELDS},
    )
    fields = {one: _united(first, second, one) for one in _LISTING_FIELDS}
    if first.listed_on and second.listed_on and first.listed_on != second.listed_on:
        day = ("startDate", f"{second.listed_on}, {', '.join(second.measures)}")
        fields["notes"] = (*fields["notes"], day)
    remarks = dict.fromkeys(f"{first.remarks}\n{second.remarks}".splitlines())
    return msgspec.structs.replace(
        first,
        entity=entity,
        listed_on=first.listed_on or second.listed_on,
        remarks="\n".join(filter(None, remarks)),
        **fields,
    )


class _Row:
    """The entity columns of one row."""

    def __init__(self, record: Record, amendment: str, tally: Tally) -> None:
        self._record = record
        self._amendment = amendment
        self._tally = tally
        self.schema = ""
        self.notes: list[tuple[str, str]] = []

    def entity(self) -> Entity:
        self.schema = self._record.take("schema")
        if self.schema not in _SCHEMAS:
            raise self._record.error(f"unknown schema `{self.schema[:40]}`", "schema")
        return Entity(
            schema=_SCHEMAS[self.schema],
            names=tuple(self._names()),
            birth_dates=tuple(self._birth_dates()),
            birth_places=self.values("birthPlace"),
            nationalities=self.values("nationality"),
            genders=self.values("gender"),
            titles=self.values("position"),
            addresses=tuple(
                Address(street=text, act=self._amendment) for text in self.values("address")
            ),
            identifiers=tuple(self._identifiers()),
            flags=self.values("flag"),
            properties=tuple(
                (column, text) for column in _PROPERTIES for text in self.values(column)
            ),
        )

    def listed_on(self) -> date | None:
        text = self._record.take("startDate")
        day = day_of(text) if text else None
        if text and day is None:
            self.notes.append(("startDate", text))
            self._tally.remark(
                "`startDate` that is no whole day, kept as a note", self._record.place
            )
        return day

    def values(self, column: str) -> tuple[str, ...]:
        """The values of a cell, which is itself a row parted by semicolons."""
        text = self._record.take(column)
        if ";" not in text and '"' not in text:
            return (text,) if text else ()
        try:
            (cells,) = csv.reader([text], delimiter=";", skipinitialspace=True, strict=True)
        except csv.Error:
            self._tally.remark("a cell that cannot be split, kept as one value", self._record.place)
            return (text,)
        return tuple(value for cell in cells if (value := cell.strip()))

    def _names(self) -> Iterator[Name]:
        name = self._record.take("name")
        if not name:
            raise self._record.error("an entry without a name", "name")
        yield self._name(name, NameKind.PRIMARY)
        for other, kind in names_within(name, is_person=self.schema == Schema.PERSON.value):
            yield self._name(other, kind)
        for column, kind in _NAMES.items():
            for alias in self.values(column):
                yield self._name(alias, kind)

    def _name(self, value: str, kind: NameKind) -> Name:
        return Name(value=value, kind=kind, script=script_of(value), act=self._amendment)

    def _birth_dates(self) -> Iterator[StatedDate]:
        for text in self.values("birthDate"):
            found, is_whole = stated_dates(text, act=self._amendment)
            if not is_whole:
                self.notes.append(("birthDate", text))
                self._tally.remark(
                    "`birthDate` that is not all dates, kept as a note", self._record.place
                )
            yield from found

    def _identifiers(self) -> Iterator[Identifier]:
        for column, kind in _IDENTIFIERS.items():
            for text in self.values(column):
                yield self._identifier(column, kind, text)

    def _identifier(self, column: str, kind: IdentifierKind, text: str) -> Identifier:
        value, note = text, ""
        is_number = kind not in {IdentifierKind.PHONE, IdentifierKind.EMAIL, IdentifierKind.WEBSITE}
        if is_number and (found := _NOTED_NUMBER.fullmatch(text)):
            value, note = found.groups()
            if kind is IdentifierKind.REGISTRATION and _TAX_WORDS.search(note):
                kind = IdentifierKind.TAX
        # A company's IMO number has another check digit.
        is_ship = kind is IdentifierKind.IMO and _SCHEMAS[self.schema] is Schema.VESSEL
        if is_ship and not _is_imo(value):
            self._tally.remark("IMO number that does not add up, kept", self._record.place)
        return Identifier(kind=kind, value=value, label=column, note=note, act=self._amendment)


def _digest(name: str) -> str:
    """The number of an entry whose annex prints none.

    INVARIANT: it depends on the name alone, so that it stays the same when other cells change.
    """
    folded = " ".join(name.casefold().split())
    return "~" + hashlib.sha256(folded.encode()).hexdigest()[:_DIGEST_CHARACTERS]


def _is_imo(text: str) -> bool:
    try:
        Imo.parse(text)
    except ValueError:
        return False
    return True


def _united(first: Listing | Entity, second: Listing | Entity, field: str) -> tuple[object, ...]:
    """What either has, each once; which act brought it makes no difference."""
    found: dict[object, object] = {}
    for value in (*getattr(first, field), *getattr(second, field)):
        is_dated = isinstance(value, Address | Identifier | StatedDate)
        found.setdefault(msgspec.structs.replace(value, act="") if is_dated else value, value)
    return tuple(found.values())
