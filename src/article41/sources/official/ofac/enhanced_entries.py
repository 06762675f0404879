"""One entity of the enhanced XML becomes a listing, in the same terms as OFAC's other forms."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import LegalAct, Listing
from article41.model.scripts import script_of
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remark_labels import rule_of
from article41.sources.official.ofac.which_list import AUTHORITY, CONSOLIDATED, SDN
from article41.sources.tally import Tally
from article41.sources.xml import Element

_SCHEMAS = {
    "Individual": Schema.PERSON,
    "Entity": Schema.ORGANIZATION,
    "Vessel": Schema.VESSEL,
    "Aircraft": Schema.AIRPLANE,
}
_ALIAS_NOTES = {"A.K.A.": "", "F.K.A.": "", "N.K.A.": "n.k.a."}
_LABELS = {
    "Birthdate": "DOB",
    "Place of Birth": "POB",
    "Nationality Country": "nationality",
    "Citizenship Country": "citizen",
}
"""What the remarks call a feature."""


def listing_of(element: Element, list_id: str, place: str, tally: Tally, sdn_name: str) -> Listing:
    """Read an entity, taking every child of it.

    Args:
        element: The entity.
        list_id: The list that the file holds, if it holds one; an extract's entries repeat others.
        place: Where it stands.
        tally: Where everything is counted.
        sdn_name: What OFAC calls the SDN list here.

    Returns:
        The listing, with the list that it stands on itself.

    Raises:
        FormatError: It has no number, no name, or a type that is not known.
    """
    return _Entity(element, place, tally).listing(list_id, sdn_name)


class _Entity:
    """An entity being read; `facts` gathers what its features say."""

    def __init__(self, element: Element, place: str, tally: Tally) -> None:
        self._element = element
        self._place = place
        self._tally = tally
        self._facts = Facts()
        self._notes: list[tuple[str, str]] = []

    def listing(self, list_id: str, sdn_name: str) -> Listing:
        element = self._element
        number = element.take_attribute("id")
        if not number:
            raise self._error("the entity has no number", "@id")
        kind = title = remarks = ""
        for group in element.groups("generalInfo"):
            self._note("identityId", group.take("identityId"))
            title, remarks = group.take("title"), group.take_prose("remarks")
            kind = self._said(group, "entityType")
        if kind not in _SCHEMAS:
            raise self._error(f"unknown type `{kind[:40]}`", "generalInfo/entityType")
        days = self._listed()
        own = SDN if sdn_name in days else CONSOLIDATED
        names = self._names()
        if not names:
            raise self._error("the entity has no name", "names")
        measures = self._each("sanctionsTypes", "sanctionsType")
        programmes = self._each("sanctionsPrograms", "sanctionsProgram")
        acts = self._each("legalAuthorities", "legalAuthority")
        addresses = self._addresses()
        self._read_features()
        self._read_documents({name.value for name in names})
        self._read_relations()
        facts = self._facts
        is_extract = list_id not in {SDN, CONSOLIDATED}
        listed = [day for name, day in days.items() if day and (name == sdn_name) == (own == SDN)]
        return Listing(
            authority=AUTHORITY,
            list_id=list_id if is_extract else own,
            id=number,
            entity=Entity(
                schema=_SCHEMAS[kind],
                names=(*names, *facts.names),
                birth_dates=tuple(facts.birth_dates),
                birth_places=tuple(facts.birth_places),
                nationalities=tuple(facts.nationalities),
                genders=tuple(facts.genders),
                titles=(*([title] if title else []), *facts.titles),
                addresses=tuple(addresses),
                identifiers=tuple(facts.identifiers),
                links=tuple(facts.links),
                flags=tuple(facts.flags),
                properties=tuple(facts.properties),
            ),
            programmes=tuple(programmes),
            measures=tuple(dict.fromkeys(measures)),
            legal_acts=tuple(dict.fromkeys(LegalAct(title=act) for act in acts)),
            listed_on=min(listed, default=None),
            remarks=remarks,
            unparsed=tuple(facts.unparsed),
            notes=tuple(self._notes),
            restates=(f"{own}/{number}",) if is_extract else (),
            place=self._place,
        )

    def _listed(self) -> dict[str, date | None]:
        """The lists that the entity is on, each with the earliest day of publication."""
        found: dict[str, date | None] = {}
        for group in self._element.groups("sanctionsLists"):
            for one in group.groups("sanctionsList"):
                self._count_numbers(one, "refId", "id")
                stated = one.take_attribute("datePublished")
                name = one.take_text()
                try:
                    day = date.fromisoformat(stated) if stated else None
                except ValueError as error:
                    raise self._error(f"`{stated[:40]}` is no day", "sanctionsLists") from error
                held = found.get(name)
                found[name] = min(filter(None, (held, day)), default=None)
                self._note("sanctionsList", f"{name} {stated}".strip())
        return found

    def _names(self) -> list[Name]:
        names: list[Name] = []
        numbers: list[str] = []
        for group in self._element.groups("names"):
            for one in group.groups("name"):
                numbers.append(one.take_attribute("id"))
                is_primary = one.take("isPrimary") == "true"
                is_weak = one.take("isLowQuality") == "true"
                alias = self._said(one, "aliasType")
                kind = NameKind.WEAK_ALIAS if is_weak else NameKind.STRONG_ALIAS
                if alias.startswith("F.K.A"):
                    kind = NameKind.FORMER
                if is_primary:
                    kind = NameKind.PRIMARY
                if alias and alias not in _ALIAS_NOTES:
                    self._tally.remark("unknown type of alias, taken as one", self._place)
                note = _ALIAS_NOTES.get(alias, alias)
                for translations in one.groups("translations"):
                    for said in translations.groups("translation"):
                        names += self._translation(said, kind, note)
        self._note("name_id", " ".join(filter(None, numbers)))
        return sorted(names, key=lambda name: name.kind is not NameKind.PRIMARY)

    def _translation(self, said: Element, kind: NameKind, note: str) -> list[Name]:
        self._count_numbers(said, "id")
        said.take("isPrimary")
        self._said(said, "script")
        value = said.take("formattedFullName")
        parts = [said.take(f"formatted{name}Name") for name in ("First", "Last")]
        for group in said.groups("nameParts"):
            for part in group.groups("namePart"):
                self._count_numbers(part, "id")
                self._said(part, "type")
                parts.append(part.take("value"))
        self._tally.skip("parts of a name that is given whole", self._place,
                         count=sum(map(bool, parts)))  # fmt: skip
        if not value:
            return []
        return [Name(value=value, kind=kind, script=script_of(value), note=note)]

    def _addresses(self) -> list[Address]:
        found = []
        for group in self._element.groups("addresses"):
            for one in group.groups("address"):
                self._count_numbers(one, "id")
                country = self._said(one, "country")
                parts: dict[str, str] = {}
                for translations in one.groups("translations"):
                    for said in translations.groups("translation"):
                        self._count_numbers(said, "id")
                        said.take("isPrimary")
                        self._said(said, "script")
                        for holder in said.groups("addressParts"):
                            for part in holder.groups("addressPart"):
                                self._count_numbers(part, "id")
                                name, text = self._said(part, "type"), part.take("value")
                                held = parts.get(name)
                                parts[name] = f"{held} / {text}" if held else text
                lines = (parts.pop(name, "") for name in ("ADDRESS1", "ADDRESS2", "ADDRESS3"))
                region = (parts.pop(name, "") for name in ("STATE/PROVINCE", "REGION"))
                address = Address(
                    street=", ".join(filter(None, lines)),
                    city=parts.pop("CITY", ""),
                    region=", ".join(filter(None, region)),
                    postal_code=parts.pop("POSTAL CODE", ""),
                    country=country,
                    note="; ".join(f"{name} {text}" for name, text in parts.items()),
                )
                if address != Address():
                    found.append(address)
        return found

    def _read_features(self) -> None:
        for group in self._element.groups("features"):
            for one in group.groups("feature"):
                self._count_numbers(one, "id")
                label = ""
                for type_ in one.groups("type"):
                    self._count_numbers(type_, "featureTypeId")
                    label = type_.take_text()
                self._skip_all(one, "versionId", "valueRefId", "isPrimary")
                value, comments = one.take("value"), one.take("comments")
                born = self._period(one, "valueDate")
                reliability = self._said(one, "reliability")
                if reliability:
                    self._tally.skip("reliability of a feature", self._place)
                self._feature(label, value, comments, born)

    def _feature(self, label: str, value: str, comments: str, born: StatedDate | None) -> None:
        if label == "Birthdate" and born is not None:
            self._facts.birth_dates.append(born)
            return
        text = f"{_LABELS.get(label, label.rstrip(':'))} {value}".strip()
        found = rule_of(text)
        is_typed = False
        if found is not None and value:
            rule, end = found
            is_typed = rule(self._facts, text[:end], text[end:].lstrip(" :"))
        if not is_typed:
            self._note(label, value)
        self._note(f"{label} comments", comments)

    def _period(self, element: Element, name: str) -> StatedDate | None:
        """A date given as two spans, of its beginning and its end."""
        stated = None
        for group in element.groups(name):
            self._count_numbers(group, "id")
            days = [group.take(one) for one in
                    ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")]  # fmt: skip
            is_circa = group.take("isApproximate") == "true"
            group.take("isDateRange")
            first, last = _partial(days[0], days[3] if days[0] else "")
            if first is not None:
                stated = StatedDate(first=first, last=last, is_approximate=is_circa)
            elif said := " ".join(filter(None, days)):
                self._tally.remark("no span of days, kept as text", self._place)
                self._note(name, said)
        return stated

    def _read_documents(self, names: Collection[str]) -> None:
        for group in self._element.groups("identityDocuments"):
            for one in group.groups("identityDocument"):
                self._count_numbers(one, "id")
                label, number = self._said(one, "type"), one.take("documentNumber")
                for holder in one.groups("name"):
                    self._count_numbers(holder, "nameId", "nameTranslationId")
                    bearer = holder.take_text()
                    self._note(f"{label} name", "" if bearer in names else bearer)
                country = self._said(one, "issuingCountry")
                where, who = one.take("issuingLocation"), one.take("issuingAuthority")
                is_valid = one.take("isValid") != "false"
                comments = one.take("comments")
                issued, expires = (
                    self._period(one, "issueDate"),
                    self._period(one, "expirationDate"),
                )
                notes = (who, where, "" if is_valid else "not valid", comments)
                kind = _document_kind(label, number)
                found = Identifier(
                    kind=kind,
                    value=number.removeprefix("IMO ") if kind is IdentifierKind.IMO else number,
                    label=label,
                    country=country,
                    issued_on=str(issued or ""),
                    expires_on=str(expires or ""),
                    note="; ".join(filter(None, notes)),
                )
                if number:
                    self._facts.identifiers.append(found)
                else:
                    self._note(label, found.note or country)

    def _read_relations(self) -> None:
        for group in self._element.groups("relationships"):
            for one in group.groups("relationship"):
                self._count_numbers(one, "id")
                kind = self._said(one, "type")
                if self._said(one, "quality"):
                    self._tally.skip("quality of a relationship", self._place)
                comments = one.take("comments")
                for other in one.groups("relatedEntity"):
                    number = other.take_attribute("entityId")
                    name = other.take_text()
                    self._facts.links.append(name)
                    self._note("relationship", " ".join(filter(None, (kind, number, comments))))

    def _said(self, element: Element, name: str) -> str:
        """The text of a child that carries the number of its value."""
        text = ""
        for group in element.groups(name):
            self._count_numbers(group, "refId")
            text = group.take_text()
        return text

    def _each(self, parent: str, name: str) -> list[str]:
        found = []
        for group in self._element.groups(parent):
            for one in group.groups(name):
                self._count_numbers(one, "refId", "id")
                found.append(one.take_text())
        return found

    def _count_numbers(self, element: Element, *names: str) -> None:
        count = sum(bool(element.take_attribute(name)) for name in names)
        self._tally.skip("number of a record or a value", self._place, count=count)

    def _skip_all(self, element: Element, *names: str) -> None:
        count = sum(bool(element.take(name)) for name in names)
        self._tally.skip("number or mark of a feature", self._place, count=count)

    def _note(self, name: str, text: str) -> None:
        if text:
            self._notes.append((name, text))

    def _error(self, message: str, name: str) -> FormatError:
        return FormatError(
            message,
            hint="get the file again from OFAC",
            file=self._element.file,
            line=self._element.line,
            path=f"{self._element.path}/{name}",
        )


def _partial(first: str, last: str) -> tuple[PartialDate | None, PartialDate | None]:
    """A day, month, year or span from the first and the last day that are possible.

    Example:
        >>> [str(one) for one in _partial("1962-01-01", "1962-12-31")]
        ['1962', 'None']
    """
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        one, other = PartialDate.parse(first), PartialDate.parse(last)
    except ValueError:
        return None, None
    if (first[5:], last[5:]) == ("01-01", "12-31"):
        one, other = PartialDate(year=begin.year), PartialDate(year=end.year)
    elif begin.day == 1 and begin != end and _is_last_of_month(end):
        one = PartialDate(year=begin.year, month=begin.month)
        other = PartialDate(year=end.year, month=end.month)
    return one, None if one == other else other


def _is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _document_kind(label: str, number: str) -> IdentifierKind:
    """The kind that the remarks would give it; a number of no usual form has that of its label."""
    facts = Facts()
    found = rule_of(f"{label} 1")
    if found is not None and not found[0](facts, label, number):
        found[0](facts, label, "X0000001")
    return facts.identifiers[0].kind if facts.identifiers else IdentifierKind.OTHER
