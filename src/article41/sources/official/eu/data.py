"""Gathers what the European list says of one target, whichever of its forms says it.

Every datum carries the act that it came from. Codes for "unknown" are counted and left out.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import LegalAct, Listing
from article41.model.scripts import script_of
from article41.sources.tally import Tally

AUTHORITY = "EU"
LIST_ID = "eu-fsd"
HINT = "get the file again from the European Commission"

Take = Callable[[str], str]
"""Gives the text of a field by its name in XML 1.1, once; empty if there is none."""

_SCHEMAS = {"p": Schema.PERSON, "person": Schema.PERSON, "e": Schema.ORGANIZATION,
            "enterprise": Schema.ORGANIZATION}  # fmt: skip
_UN_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.\d{3}")
_RANKS = (NameKind.PRIMARY, NameKind.STRONG_ALIAS, NameKind.WEAK_ALIAS)
_APPROXIMATE = re.compile(r"(?P<text>.*\d)\s*\(approximative\)")
_SPAN = re.compile(r"(\d{4}) ?- ?(\d{4})")
_NO_COUNTRY = {"00", "UNKNOWN"}
_DOCUMENTS = {
    "passport": IdentifierKind.PASSPORT,
    "id": IdentifierKind.NATIONAL_ID,
    "ssn": IdentifierKind.NATIONAL_ID,
    "fiscalcode": IdentifierKind.TAX,
    "tin": IdentifierKind.TAX,
    "regnumber": IdentifierKind.REGISTRATION,
    "imo": IdentifierKind.IMO,
    "swiftbic": IdentifierKind.BIC,
}
_DOCUMENT_FLAGS = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
_CONTACTS = {
    "PHONE": IdentifierKind.PHONE,
    "FAX": IdentifierKind.PHONE,
    "EMAIL": IdentifierKind.EMAIL,
    "WEB": IdentifierKind.WEBSITE,
}


def day_of(text: str) -> date | None:
    """A day as 2018-03-22, with or without a time, or as 22/03/2018; else `None`.

    Example:
        >>> day_of("2018-12-21T14:39:54.511+01:00") == day_of("21/12/2018")
        True
    """
    try:
        if "/" in text:
            day, month, year = map(int, text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except (ValueError, OverflowError):
        return None


class Gathering:
    """One target being read.

    Args:
        place: Where it stands.
        tally: Counts what is left out.
    """

    def __init__(self, place: str, tally: Tally) -> None:
        """Begin with nothing."""
        self.place = place
        self._tally = tally
        self.names: list[Name] = []
        self._births: list[StatedDate] = []
        self._birth_places: list[str] = []
        self._nationalities: list[str] = []
        self._genders: list[str] = []
        self._titles: list[str] = []
        self._addresses: list[Address] = []
        self._identifiers: list[Identifier] = []
        self.acts: list[LegalAct] = []
        self.remarks: list[str] = []
        self._notes: list[tuple[str, str]] = []
        self._ids: dict[str, list[str]] = {}

    def listing(
        self, number: str, schema: Schema, *, listed_on: date | None, same_as: tuple[str, ...]
    ) -> Listing:
        """The listing, once everything has been added.

        Raises:
            ValueError: The target has no name.
        """
        notes = [*self._notes]
        notes += [(f"{name}/logicalId", " ".join(ids)) for name, ids in self._ids.items()]
        return Listing(
            authority=AUTHORITY,
            list_id=LIST_ID,
            id=number,
            entity=Entity(
                schema=schema,
                names=tuple(self.names),
                birth_dates=tuple(dict.fromkeys(self._births)),
                birth_places=_once(self._birth_places),
                nationalities=_once(self._nationalities),
                genders=_once(self._genders),
                titles=_once(self._titles),
                addresses=tuple(dict.fromkeys(self._addresses)),
                identifiers=tuple(dict.fromkeys(self._identifiers)),
            ),
            programmes=_once([act.programme for act in self.acts if act.programme]),
            legal_acts=tuple(dict.fromkeys(self.acts)),
            listed_on=listed_on,
            remarks="\n".join(self.remarks),
            notes=tuple(notes),
            same_as=same_as,
            place=self.place,
        )

    def note(self, name: str, text: str) -> None:
        """Keep a text under the authority's name of the field."""
        if text and (name, text) not in self._notes:
            self._notes.append((name, text))

    def add_act(self, take: Take) -> None:
        """An act that the entry as a whole rests on."""
        self.acts.append(
            LegalAct(
                title=take("numberTitle") or take("publicationUrl"),
                published=self._day(take("publicationDate"), "publicationDate"),
                in_force_from=self._day(take("entryIntoForceDate"), "entryIntoForceDate"),
                url=take("publicationUrl"),
                programme=take("programme"),
            )
        )
        kind = " ".join(filter(None, (take("organisationType"), take("regulationType"))))
        self.note("regulation", f"{self.acts[-1].title}: {kind}" if kind else "")

    def add_name(self, take: Take, act: str, remarks: Sequence[str]) -> None:
        """A name, with what is printed about its bearer beside it."""
        parts = [take(name) for name in ("firstName", "middleName", "lastName")]
        whole, joined = take("wholeName"), " ".join(filter(None, parts))
        self._add_to(self._titles, take("title"), take("function"))
        self._add_to(self._genders, take("gender"))
        self._seen("nameAlias", take)
        is_weak = take("strong").lower() == "false"
        note, language = "; ".join(remarks), take("nameLanguage")
        value = whole or joined
        if not value:
            self.note("nameAlias", note)
            return
        if whole and joined:
            if set(joined.casefold().split()) <= set(whole.casefold().split()):
                self._tally.pass_over("name parts that are in the whole name", self.place,
                                 count=sum(map(bool, parts)))  # fmt: skip
            else:
                self.note("nameAlias parts", joined)
        kind = NameKind.WEAK_ALIAS if is_weak else NameKind.STRONG_ALIAS
        if not is_weak and not any(one.kind is NameKind.PRIMARY for one in self.names):
            kind = NameKind.PRIMARY
        self._place_name(
            Name(
                value=value,
                kind=kind,
                script=script_of(value),
                language=language,
                note=note,
                act=act,
            )
        )

    def _place_name(self, name: Name) -> None:
        """Once each name: one that another act brings again has both acts."""
        for number, held in enumerate(self.names):
            if held.value == name.value:
                acts = dict.fromkeys((*held.act.split("; "), name.act))
                also = name.language if held.language not in {"", name.language} else ""
                notes = dict.fromkeys(
                    filter(None, (held.note, name.note, f"also in {also}" if also else ""))
                )
                again = msgspec.structs.replace(
                    held,
                    kind=min(held.kind, name.kind, key=_RANKS.index),
                    act="; ".join(filter(None, acts)),
                    note="; ".join(notes),
                    language=held.language or name.language,
                )
                del self.names[number]
                self._insert(again, number)
                return
        self._insert(name, len(self.names))

    def _insert(self, name: Name, number: int) -> None:
        self.names.insert(0 if name.kind is NameKind.PRIMARY else number, name)

    def add_birth(self, take: Take, act: str, remarks: Sequence[str]) -> None:
        """A date and a place of birth."""
        whole, note = take("birthdate"), "; ".join(remarks)
        parts = [take(name) for name in ("year", "monthOfYear", "dayOfMonth")]
        first, last = take("yearRangeFrom"), take("yearRangeTo")
        calendar, is_circa = take("calendarType"), take("circa").lower() == "true"
        self._seen("birthdate", take)
        text = whole or "-".join(part.zfill(2) for part in parts if part)
        if first or last:
            text = first or last
        where = [take(name) for name in ("place", "city", "region", "zipCode")]
        country = self._country(take)
        born_in = ", ".join(filter(None, (*where, country)))
        self._add_to(self._birth_places, born_in)
        if whole and any(parts):
            self._tally.pass_over(
                "parts of a date given whole", self.place, count=sum(map(bool, parts))
            )
        if calendar:
            self._tally.pass_over("the calendar's name", self.place)
        if not text:
            self.note("birthdate", note)
            self.note("birthdate act", f"{born_in}: {act}" if act and (born_in or note) else "")
            return
        if found := _APPROXIMATE.fullmatch(text):
            text, is_circa = found["text"], True
        born = None if calendar not in {"", "GREGORIAN"} else _stated(text, last)
        if born is None:
            self._tally.remark("date of birth kept as text", f"{self.place}: {text[:40]}")
            said = f"{text} to {last}" if last and first else text
            self.note("birthdate", " ".join(filter(None, (said, calendar, note))))
            self.note("birthdate act", f"{said}: {act}" if act else "")
            return
        self._births.append(
            StatedDate(first=born[0], last=born[1], is_approximate=is_circa, note=note, act=act)
        )

    def add_citizenship(self, take: Take, act: str, remarks: Sequence[str]) -> None:
        """A citizenship."""
        self._seen("citizenship", take)
        region = take("region")
        country = self._country(take)
        if country:
            self._nationalities.append(country)
        self.note("citizenship", "; ".join(filter(None, (region, *remarks))))
        self.note("citizenship act", f"{country}: {act}" if act and country else "")

    def add_address(
        self, take: Take, act: str, remarks: Sequence[str], contacts: Sequence[tuple[str, str]] = ()
    ) -> None:
        """An address and what is printed beside it."""
        self._seen("address", take)
        box, place = take("poBox"), take("place")
        is_old = take("asAtListingTime").lower() == "true"
        notes = [*remarks, *(["as at the time of listing"] if is_old else [])]
        address = Address(
            street=", ".join(filter(None, (take("street"), f"P.O. Box {box}" if box else ""))),
            city=", ".join(filter(None, (take("city"), place))),
            region=take("region"),
            postal_code=take("zipCode"),
            country=self._country(take),
        )
        for key, value in contacts:
            kind = _CONTACTS.get(key.upper(), IdentifierKind.OTHER)
            self._identifiers.append(Identifier(kind=kind, value=value, label=key, act=act))
        if address != Address():
            noted = Address(
                street=address.street,
                city=address.city,
                region=address.region,
                postal_code=address.postal_code,
                country=address.country,
                note="; ".join(notes),
                act=act,
            )
            self._addresses.append(noted)
        else:
            self.note("address", "; ".join(notes))

    def add_identification(self, take: Take, act: str, remarks: Sequence[str]) -> None:
        """A document or a number."""
        self._seen("identification", take)
        number, latin = take("number"), take("latinNumber")
        code = take("identificationTypeCode")
        label = take("identificationTypeDescription") or code
        if code != label:
            self._tally.remark("code of a kind of document that is named", self.place)
        named = (("issued by", take("issuedBy")), ("in the name of", take("nameOnDocument")),
                 ("region", take("region")), ("valid from", take("validFrom")),
                 ("number", latin if latin and latin != number and number else ""))  # fmt: skip
        flags = [name for name in _DOCUMENT_FLAGS if take(name).lower() == "true"]
        note = "; ".join([f"{what} {text}" for what, text in named if text] + flags + [*remarks])
        country = self._country(take)
        issued, expires = take("issuedDate"), take("validTo")
        if not (number or latin):
            self.note("identification", " ".join(filter(None, (label, country, note))))
            return
        self._identifiers.append(
            Identifier(
                kind=_DOCUMENTS.get(code.lower(), IdentifierKind.OTHER),
                value=number or latin,
                label=label,
                country=country,
                issued_on=issued,
                expires_on=expires,
                note=note,
                act=act,
            )
        )

    def _seen(self, what: str, take: Take) -> None:
        """Keep the number of a datum; its language is that of the act."""
        if number := take("logicalId"):
            self._ids.setdefault(what, []).append(number)
        if take("regulationLanguage"):
            self._tally.pass_over("language of the act", self.place)

    def _country(self, take: Take) -> str:
        code, name = take("countryIso2Code"), take("countryDescription")
        if code in _NO_COUNTRY or name in _NO_COUNTRY:
            self._tally.pass_over(
                "code for an unknown country", self.place, count=bool(code) + bool(name)
            )
            return ""
        if code and name:
            self._tally.pass_over("code of a country that is named", self.place)
        return name or code

    def _add_to(self, found: list[str], *texts: str) -> None:
        found += [text for text in texts if text]

    def _day(self, text: str, name: str) -> date | None:
        day = day_of(text) if text else None
        if text and day is None:
            self._tally.remark("no date of the calendar, kept as text", self.place)
            self.note(name, text)
        return day


def schema_of(code: str, file: str, line: int) -> Schema:
    """The kind of a target by its code, `P` or `E`.

    Raises:
        FormatError: It is none of these.
    """
    schema = _SCHEMAS.get(code.lower())
    if schema is None:
        raise FormatError(
            f"unknown kind of target `{code[:40]}`", hint=HINT, file=file, line=line,
            path="subjectType",
        )  # fmt: skip
    return schema


def un_keys(reference: str, gathering: Gathering) -> tuple[str, ...]:
    """The entry of the United Nations' list that is named as the same target."""
    trimmed = "".join(reference.split())
    if _UN_REFERENCE.fullmatch(trimmed):
        return (f"un-sc/{trimmed}",)
    gathering.note("unitedNationId", reference)
    return ()


def _stated(text: str, last: str) -> tuple[PartialDate, PartialDate | None] | None:
    if not last and (span := _SPAN.fullmatch(text)):
        text, last = span.groups()
    if (day := day_of(text)) and not last:
        text = day.isoformat()
    try:
        return PartialDate.parse(text), PartialDate.parse(last) if last else None
    except ValueError:
        return None


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
