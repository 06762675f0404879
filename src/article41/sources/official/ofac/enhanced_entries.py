"""One entity of the enhanced XML becomes a listing, in the same terms as OFAC's other forms."""

from datetime import date

from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.listings import LegalAct, Listing
from article41.model.scripts import script_of
from article41.sources.official.ofac.enhanced_facts import EntityFacts
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remarks import RemarkCounts, pieces_of, read_remarks
from article41.sources.official.ofac.which_list import AUTHORITY, CONSOLIDATED, SDN
from article41.sources.tally import Tally
from article41.sources.xml import Element

SDN_NAME = "SDN List"
"""What OFAC calls the SDN list here; every other list is one of the consolidated ones."""
CONSOLIDATED_NAME = "Consolidated List"
"""What it calls all of those together."""

_SCHEMAS = {
    "Individual": Schema.PERSON,
    "Entity": Schema.ORGANIZATION,
    "Vessel": Schema.VESSEL,
    "Aircraft": Schema.AIRPLANE,
}
_ALIAS_NOTES = {"": "", "A.K.A.": "", "F.K.A.": "", "N.K.A.": "n.k.a."}
_MAIN_SCRIPT = "Latin"


def list_named(name: str) -> str:
    """The id of the list that OFAC calls so.

    Example:
        >>> list_named("SDN List"), list_named("CAPTA List")
        ('ofac-sdn', 'ofac-cons')
    """
    return SDN if name == SDN_NAME else CONSOLIDATED


def listing_of(
    element: Element, list_id: str, place: str, tally: Tally, remark_counts: RemarkCounts
) -> tuple[Listing, frozenset[str]]:
    """Read an entity, taking every child of it.

    Args:
        element: The entity.
        list_id: The list that is read; an extract's entries repeat those of the whole list.
        place: Where it stands.
        tally: Where everything is counted.
        remark_counts: Where the pieces of remarks are counted.

    Returns:
        The listing, and the whole lists that the entity says it is on.

    Raises:
        FormatError: It has no number, no name, no list, or a type that is not known.
    """
    return _Entity(element, place, tally).listing(list_id, remark_counts)


class _Entity:
    """An entity being read; `said` gathers what its parts say."""

    def __init__(self, element: Element, place: str, tally: Tally) -> None:
        self._element = element
        self._place = place
        self._tally = tally
        self._said = EntityFacts(place, tally)

    def listing(self, list_id: str, remark_counts: RemarkCounts) -> tuple[Listing, frozenset[str]]:
        element, said = self._element, self._said
        number = element.take_attribute("id")
        if not number:
            raise self._error("the entity has no number", "@id")
        schema, title, remarks = self._general()
        days = self._days_by_list()
        is_whole = list_id in {SDN, CONSOLIDATED}
        home = list_id if is_whole else SDN if SDN in days else CONSOLIDATED
        programmes = said.each(element, "sanctionsPrograms", "sanctionsProgram")
        measures = said.each(element, "sanctionsTypes", "sanctionsType")
        acts = said.each(element, "legalAuthorities", "legalAuthority")
        in_remarks = read_remarks(remarks, schema=schema)
        remark_counts.count(in_remarks)
        entity = self._entity(schema, title, in_remarks)
        listing = Listing(
            authority=AUTHORITY,
            list_id=list_id,
            id=number,
            entity=entity,
            programmes=tuple(programmes),
            measures=tuple(dict.fromkeys(measures)),
            legal_acts=tuple(LegalAct(title=act) for act in dict.fromkeys(acts)),
            listed_on=days.get(home),
            remarks=remarks,
            unparsed=tuple(said.facts.unparsed),
            notes=tuple(said.notes),
            restates=() if is_whole else (f"{home}/{number}",),
            place=self._place,
        )
        return listing, frozenset(days)

    def _general(self) -> tuple[Schema, str, str]:
        kind = title = remarks = ""
        for group in self._element.groups("generalInfo"):
            self._said.note("identityId", group.take("identityId"))
            title, remarks = group.take("title"), group.take_prose("remarks")
            kind = self._said.said(group, "entityType")
            self._said.note("livingStatus", self._said.said(group, "livingStatus"))
            for name in ("isUsCitizen", "isUsPerson"):
                self._said.note(name, group.take(name))
        if kind not in _SCHEMAS:
            raise self._error(f"unknown type `{kind[:40]}`", "generalInfo/entityType")
        return _SCHEMAS[kind], title, remarks

    def _entity(self, schema: Schema, title: str, in_remarks: Facts) -> Entity:
        names = self._names()
        if not names:
            raise self._error("the entity has no name", "names")
        addresses = self._addresses()
        self._said.read_features(self._element)
        self._said.read_documents(self._element, names[0].value)
        self._said.read_relationships(self._element)
        facts = self._said.facts
        facts.extend(in_remarks)
        return Entity(
            schema=schema,
            names=(*names, *facts.names),
            birth_dates=tuple(facts.birth_dates),
            birth_places=tuple(facts.birth_places),
            nationalities=tuple(facts.nationalities),
            genders=tuple(facts.genders),
            titles=(*pieces_of(title), *facts.titles),
            addresses=tuple(addresses),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            flags=tuple(facts.flags),
            properties=tuple(facts.properties),
        )

    def _days_by_list(self) -> dict[str, date | None]:
        """The whole lists that the entity is on, each with its earliest day of publication.

        A target may have come on the SDN list years after it came on another.
        """
        found: dict[str, date | None] = {}
        for one in self._said.records(self._element, "sanctionsLists", "sanctionsList"):
            self._said.count_numbers(one, "refId")
            stated = one.take_attribute("datePublished")
            name = one.take_text()
            try:
                day = date.fromisoformat(stated[:10]) if stated else None
            except ValueError as error:
                raise self._error(f"`{stated[:40]}` is no day", "sanctionsLists") from error
            list_id = list_named(name)
            found[list_id] = min(filter(None, (found.get(list_id), day)), default=None)
            self._said.note("sanctionsList", f"{name} {stated}".strip())
        if not found:
            raise self._error("the entity is on no list", "sanctionsLists")
        return found

    def _names(self) -> list[Name]:
        names: list[Name] = []
        numbers: list[str] = []
        for group in self._element.groups("names"):
            for one in group.groups("name"):
                numbers.append(one.take_attribute("id"))
                kind, note = self._kind_of_name(one)
                for said in self._said.records(one, "translations", "translation"):
                    names += self._translation(said, kind, note)
        self._said.note("name_id", " ".join(filter(None, numbers)))
        return sorted(names, key=lambda name: name.kind is not NameKind.PRIMARY)

    def _kind_of_name(self, element: Element) -> tuple[NameKind, str]:
        is_primary = element.take("isPrimary") == "true"
        is_weak = element.take("isLowQuality") == "true"
        alias = self._said.said(element, "aliasType")
        if alias not in _ALIAS_NOTES:
            self._tally.remark("unknown type of alias, taken as one", self._place)
        if is_primary:
            return NameKind.PRIMARY, _ALIAS_NOTES.get(alias, alias)
        if alias == "F.K.A.":
            return NameKind.FORMER, "weak" if is_weak else ""
        kind = NameKind.WEAK_ALIAS if is_weak else NameKind.STRONG_ALIAS
        return kind, _ALIAS_NOTES.get(alias, alias)

    def _translation(self, element: Element, kind: NameKind, note: str) -> list[Name]:
        element.take("isPrimary")
        self._said.said(element, "script")
        value = element.take("formattedFullName")
        parts = [element.take(f"formatted{name}Name") for name in ("First", "Last")]
        for part in self._said.records(element, "nameParts", "namePart"):
            self._said.said(part, "type")
            parts.append(part.take("value"))
        if not value:
            if any(parts):
                raise self._error("a name in parts only", "names")
            return []
        self._tally.pass_over("parts of a name that is given whole", self._place,
                         count=sum(map(bool, parts)))  # fmt: skip
        return [Name(value=value, kind=kind, script=script_of(value), note=note)]

    def _addresses(self) -> list[Address]:
        """The addresses; one in two scripts is two of them."""
        found = []
        for one in self._said.records(self._element, "addresses", "address"):
            country = self._said.said(one, "country")
            written: list[Address] = []
            for translations in one.groups("translations"):
                country = self._said.said(translations, "country") or country
                for said in translations.groups("translation"):
                    self._said.count_numbers(said, "id")
                    written += self._written(said, country)
            if not written and country:
                written = [Address(country=country)]
            found += written
        return found

    def _written(self, element: Element, country: str) -> list[Address]:
        element.take("isPrimary")
        script = self._said.said(element, "script")
        parts: dict[str, str] = {}
        for part in self._said.records(element, "addressParts", "addressPart"):
            name, text = self._said.said(part, "type"), part.take("value")
            if text:
                parts[name] = f"{parts[name]}, {text}" if name in parts else text
        if not parts:
            return []
        lines = (parts.pop(name, "") for name in ("ADDRESS1", "ADDRESS2", "ADDRESS3"))
        region = (parts.pop(name, "") for name in ("STATE/PROVINCE", "REGION"))
        return [
            Address(
                street=", ".join(filter(None, lines)),
                city=parts.pop("CITY", ""),
                region=", ".join(filter(None, region)),
                postal_code=parts.pop("POSTAL CODE", ""),
                country=country,
                note="; ".join(
                    ([] if script in {"", _MAIN_SCRIPT} else [script])
                    + [f"{name} {text}" for name, text in parts.items()]
                ),
            )
        ]

    def _error(self, message: str, name: str) -> FormatError:
        return FormatError(
            message,
            hint="get the file again from OFAC",
            file=self._element.file,
            line=self._element.line,
            path=f"{self._element.path}/{name}",
        )
