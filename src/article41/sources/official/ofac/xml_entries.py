"""One sdnEntry becomes a listing, in the same terms as the delimited files give it."""

from collections.abc import Iterable

from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.model.scripts import script_of
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remark_labels import read_document
from article41.sources.official.ofac.remark_values import stated_date
from article41.sources.official.ofac.remarks import RemarkCounts, pieces_of, read_remarks
from article41.sources.official.ofac.which_list import AUTHORITY
from article41.sources.tally import Tally
from article41.sources.xml import Element

_SCHEMAS = {
    "Individual": Schema.PERSON,
    "Entity": Schema.ORGANIZATION,
    "Vessel": Schema.VESSEL,
    "Aircraft": Schema.AIRPLANE,
}
_ALIAS_KINDS = {
    ("a.k.a.", "strong"): (NameKind.STRONG_ALIAS, ""),
    ("a.k.a.", "weak"): (NameKind.WEAK_ALIAS, ""),
    ("f.k.a.", "strong"): (NameKind.FORMER, ""),
    ("f.k.a.", "weak"): (NameKind.FORMER, "weak"),
    ("n.k.a.", "strong"): (NameKind.STRONG_ALIAS, "n.k.a."),
    ("n.k.a.", "weak"): (NameKind.WEAK_ALIAS, "n.k.a."),
}


def listing_of(
    element: Element, list_id: str, place: str, tally: Tally, remark_counts: RemarkCounts
) -> Listing:
    """Read an entry, taking every child of it.

    Raises:
        FormatError: It has no uid, no name, or a type that is not known.
    """
    return _Entry(element, place, tally).listing(list_id, remark_counts)


class _Entry:
    """An entry being read; `facts` gathers what its parts say."""

    def __init__(self, element: Element, place: str, tally: Tally) -> None:
        self._element = element
        self._place = place
        self._tally = tally
        self._facts = Facts()
        self._notes: list[tuple[str, str]] = []

    def listing(self, list_id: str, remark_counts: RemarkCounts) -> Listing:
        element = self._element
        number, kind = element.take("uid"), element.take("sdnType")
        if not number:
            raise self._error("the entry has none", "uid")
        if kind not in _SCHEMAS:
            raise self._error(f"unknown type `{kind[:40]}`", "sdnType")
        schema = _SCHEMAS[kind]
        names = [self._name(element, NameKind.PRIMARY, "", "lastName"), *self._aliases()]
        self._read_numbers()
        self._read_person()
        remarks = element.take_prose("remarks")
        said = read_remarks(_without_brackets(remarks), schema=schema)
        remark_counts.count(said)
        self._facts.extend(said)
        entity = self._entity(schema, names)
        programmes = [
            tag for group in element.groups("programList") for tag in group.take_all("program")
        ]
        return Listing(
            authority=AUTHORITY,
            list_id=list_id,
            id=number,
            entity=entity,
            programmes=tuple(programmes),
            remarks=remarks,
            unparsed=tuple(self._facts.unparsed),
            notes=tuple(self._notes),
            place=self._place,
        )

    def _entity(self, schema: Schema, names: list[Name]) -> Entity:
        facts = self._facts
        titles = pieces_of(self._element.take("title"))
        addresses = self._addresses()
        self._read_vessel()
        return Entity(
            schema=schema,
            names=(*names, *facts.names),
            birth_dates=tuple(facts.birth_dates),
            birth_places=tuple(facts.birth_places),
            nationalities=tuple(facts.nationalities),
            genders=tuple(facts.genders),
            titles=(*titles, *facts.titles),
            addresses=tuple(addresses),
            identifiers=tuple(facts.identifiers),
            links=tuple(facts.links),
            flags=tuple(facts.flags),
            properties=tuple(facts.properties),
        )

    def _name(self, element: Element, kind: NameKind, note: str, path: str) -> Name:
        parts = (element.take("lastName"), element.take("firstName"))
        value = ", ".join(part for part in parts if part)
        if not value:
            raise self._error("a name without letters", path)
        return Name(value=value, kind=kind, script=script_of(value), note=note)

    def _aliases(self) -> list[Name]:
        names = []
        for alias in self._items("akaList", "aka", "alt_num"):
            type_, category = alias.take("type"), alias.take("category")
            kind = _ALIAS_KINDS.get((type_, category))
            if kind is None:
                raise self._error(f"unknown alias `{type_[:20]}` `{category[:20]}`", "akaList/aka")
            names.append(self._name(alias, *kind, "akaList/aka"))
        return names

    def _read_numbers(self) -> None:
        for item in self._items("idList", "id", "id_num"):
            label, value = item.take("idType"), item.take("idNumber")
            country = item.take("idCountry")
            issued, expires = item.take("issueDate"), item.take("expirationDate")
            if not read_document(
                self._facts,
                label=label,
                value=value,
                country=country,
                issued=issued,
                expires=expires,
            ):
                self._tally.remark("identification without a number kept as text", self._place)

    def _read_person(self) -> None:
        facts = self._facts
        for country in self._main_first("nationalityList", "nationality", "country"):
            facts.nationalities.append(country)
        for country in self._main_first("citizenshipList", "citizenship", "country"):
            facts.nationalities.append(country)
        for place in self._main_first("placeOfBirthList", "placeOfBirthItem", "placeOfBirth"):
            facts.birth_places.append(place)
        for text in self._main_first("dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
            birth = stated_date(text)
            if birth is None:
                self._tally.remark("date of birth kept as text", f"{self._place}: {text[:40]}")
                facts.unparsed.append(f"DOB {text}")
            else:
                facts.birth_dates.append(birth)

    def _main_first(self, parent: str, name: str, value: str) -> list[str]:
        """The values of a list, those of the main entry first."""
        main: list[str] = []
        others: list[str] = []
        for item in self._items(parent, name, f"{name}_num"):
            text, is_main = item.take(value), item.take("mainEntry")
            if is_main:
                self._tally.pass_over("mainEntry, kept as the order of the values", self._place)
            if text:
                (others if is_main.lower() in {"false", "0"} else main).append(text)
        return main + others

    def _addresses(self) -> list[Address]:
        found = []
        for item in self._items("addressList", "address", "add_num"):
            lines = (item.take("address1"), item.take("address2"), item.take("address3"))
            address = Address(
                street=", ".join(line for line in lines if line),
                city=item.take("city"),
                region=item.take("stateOrProvince"),
                postal_code=item.take("postalCode"),
                country=item.take("country"),
            )
            if address != Address():
                found.append(address)
        return found

    def _read_vessel(self) -> None:
        facts = self._facts
        for vessel in self._element.groups("vesselInfo"):
            if call_sign := vessel.take("callSign"):
                facts.identifiers.insert(
                    0,
                    Identifier(kind=IdentifierKind.CALL_SIGN, value=call_sign, label="Call_Sign"),
                )
            facts.flags[:0] = vessel.take_all("vesselFlag")
            facts.properties[:0] = [
                (name, text)
                for name, element in (
                    ("type", "vesselType"),
                    ("tonnage", "tonnage"),
                    ("grossRegisteredTonnage", "grossRegisteredTonnage"),
                    ("owner", "vesselOwner"),
                )
                for text in vessel.take_all(element)
            ]

    def _items(self, parent: str, name: str, numbers_as: str) -> Iterable[Element]:
        """The items of a list; their own numbers become one note."""
        numbers = []
        for group in self._element.groups(parent):
            for item in group.groups(name):
                numbers += item.take_all("uid")
                yield item
        if numbers:
            self._notes.append((numbers_as, " ".join(numbers)))

    def _error(self, message: str, name: str) -> FormatError:
        return FormatError(
            message,
            hint="get the file again from OFAC",
            file=self._element.file,
            line=self._element.line,
            path=f"{self._element.path}/{name}",
        )


def _without_brackets(remarks: str) -> str:
    # QUIRK: ofac 2018 to 2026: the XML puts `Linked To` in brackets, the delimited files do not.
    return "; ".join(
        piece[1:-1] if piece.startswith("(Linked To") and piece.endswith(")") else piece
        for piece in pieces_of(remarks)
    )
