"""Reads the UK Sanctions List as XML: one element a designation, with its measures."""

import re
from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial

from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources.official.uk.facts import (
    AUTHORITY,
    CONLIST,
    HINT,
    SANCTIONS_LIST,
    SCHEMAS,
    Facts,
    day_of,
    once,
)
from article41.sources.prolog import root_name
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout, entries
from article41.sources.xml_listings import listings_in

KIND = "uk-sl-xml"

_LAYOUT = Layout(root="Designations", entries=frozenset({"DateGenerated", "Designation"}))
_INDICATORS = frozenset({
    "ArmsEmbargo", "AssetFreeze", "CharteringOfShips", "ClosureOfRepresentativeOffices",
    "CrewServicingOfShipsAndAircraft", "Deflag", "DirectorDisqualificationSanction",
    "PreventionOfBusinessArrangements", "PreventionOfCharteringOfShips",
    "PreventionOfCharteringOfShipsAndAircraft", "ProhibitionOfPortEntry", "TargetedArmsEmbargo",
    "TechnicalAssistanceRelatedToAircraft", "TravelBan", "TrustServicesSanctions",
})  # fmt: skip
"""The yes-or-no marks that the list has had; each is a measure."""
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kind_of(head: bytes) -> str | None:
    """`uk-sl-xml` if the head is that of the UK Sanctions List, else `None`.

    Example:
        >>> kind_of(b"<Designations><DateGenerated>26/03/2026</DateGenerated>")
        'uk-sl-xml'
    """
    return KIND if root_name(head) == _LAYOUT.root else None


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is `DateGenerated`.

    Raises:
        FormatError: The date is none, or the head cannot be read.
    """
    return tuple(_version(part, published) for part in parts)


def _version(part: Part, published: date | None) -> ListVersion:
    own = None
    for element in entries(part, _LAYOUT, Tally()):
        if element.name != "DateGenerated":
            break
        text = element.take_text()
        own = day_of(text)
        if text and own is None:
            raise FormatError(f"`{text[:40]}` is no date", hint=HINT, file=part.file_name,
                              line=element.line, path=element.path)  # fmt: skip
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=SANCTIONS_LIST,
        printed=own,
        stated=published,
        listings=partial(_listings, part),
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    unknown: dict[str, None] = {}

    def read_entry(element: Element, place: str) -> Listing | None:
        if element.name == "DateGenerated":
            element.take_text()
            return None
        designation = _Designation(element, place, tally)
        listing = designation.listing()
        unknown.update(dict.fromkeys(designation.unknown_measures))
        return listing

    yield from listings_in(part, _LAYOUT, tally, number="UniqueID", read=read_entry)
    gaps = tuple(f"what the measure `{name}` is" for name in unknown)
    return tally.report(part.file_name, gaps=gaps)


class _Designation:
    """One designation being read."""

    def __init__(self, element: Element, place: str, tally: Tally) -> None:
        self._element = element
        self._tally = tally
        self._facts = Facts(place, tally)
        self.unknown_measures: list[str] = []
        """Marks that are set and that the list never had before."""

    def listing(self) -> Listing:
        element, facts = self._element, self._facts
        number = element.take("UniqueID")
        kind = element.take("IndividualEntityShip")
        if not number:
            raise self._error("the designation has no number", "UniqueID")
        if kind.lower() not in SCHEMAS:
            raise self._error(f"unknown kind `{kind[:40]}`", "IndividualEntityShip")
        self._read_names()
        if not facts.has_name:
            raise self._error("the designation has no name", "Names")
        facts.add_listed(element.take("DateDesignated"), "DateDesignated")
        facts.add_amended(element.take("LastUpdated"), "LastUpdated")
        if group := element.take("OFSIGroupID"):
            facts.restates[f"{CONLIST}/{group}"] = None
        for name in ("UNReferenceNumber", "UNReferenceNum"):
            reference = element.take(name)
            if not facts.add_un_reference(reference):
                facts.note(name, reference)
        facts.programmes.update(once([element.take("RegimeName")]))
        facts.note("DesignationSource", element.take("DesignationSource"))
        self._read_measures()
        facts.remarks.update(once([element.take_prose("OtherInformation")]))
        facts.reasons.update(once([element.take_prose("UKStatementofReasons")]))
        self._read_contacts()
        self._read_person()
        self._read_entity()
        self._read_ship()
        return facts.listing(SANCTIONS_LIST, number, SCHEMAS[kind.lower()])

    def _read_names(self) -> None:
        for group in self._element.groups("Names"):
            for name in group.groups("Name"):
                parts = [name.take(f"Name{number}") for number in (1, 2, 3, 4, 5, 6)]
                kind, strength = name.take("NameType"), name.take("AliasStrength")
                self._facts.add_name(parts, kind, strength)
                self._facts.titles.update(once([name.take("Title")]))
        for group in self._element.groups("NonLatinNames"):
            for name in group.groups("NonLatinName"):
                self._facts.add_name(
                    [name.take("NameNonLatinScript")],
                    "alias",
                    "",
                    script=name.take("NonLatinScriptType"),
                    language=name.take("NonLatinScriptLanguage"),
                )
        self._each("Titles", "Title", lambda text: self._facts.titles.update(once([text])))

    def _read_measures(self) -> None:
        """Both ways in which the list says what is imposed: in words, and as yes and no."""
        element, facts = self._element, self._facts
        words = [one.strip() for one in element.take("SanctionsImposed").split("|")]
        facts.measures.update(once(words))
        said = {_folded(one) for one in words}
        for group in element.groups("SanctionsImposedIndicators"):
            for name, text in group.take_rest():
                if text.lower() not in ("true", "false"):
                    raise self._error(
                        f"`{text[:40]}` is neither true nor false",
                        f"SanctionsImposedIndicators/{name}",
                    )
                if text.lower() == "false":
                    self._tally.pass_over("measure that is said not to be imposed", facts.place)
                elif _folded(name) in said:
                    self._tally.pass_over("measure said twice, in words and as a mark", facts.place)
                elif name not in _INDICATORS:
                    # A whole update must not be lost for a measure that is new: it is kept as
                    # printed, and every answer says that nobody told what it is.
                    self._tally.remark("unknown mark of a measure", f"{facts.place}: {name}")
                    facts.measures[name] = None
                    self.unknown_measures.append(name)
                else:
                    # The two can disagree: whatever either says is imposed.
                    self._tally.remark("measure that is only marked", f"{facts.place}: {name}")
                    facts.measures[_WORD.sub(" ", name).capitalize()] = None

    def _read_contacts(self) -> None:
        facts = self._facts
        for group in self._element.groups("Addresses"):
            for address in group.groups("Address"):
                lines = [address.take(f"AddressLine{number}") for number in (1, 2, 3, 4, 5, 6)]
                postal_code = address.take("AddressPostalCode")
                facts.add_address(lines, postal_code, address.take("AddressCountry"))
        for parent, name, kind in (
            ("PhoneNumbers", "PhoneNumber", IdentifierKind.PHONE),
            ("Websites", "Website", IdentifierKind.WEBSITE),
            ("EmailAddresses", "EmailAddress", IdentifierKind.EMAIL),
        ):
            self._each(parent, name, partial(_contact, facts, kind, name))

    def _each(self, parent: str, name: str, add: Callable[[str], object]) -> None:
        _each(self._element, parent, name, add)

    def _read_person(self) -> None:
        facts = self._facts
        for details in self._element.groups("IndividualDetails"):
            for one in details.groups("Individual"):
                _each(one, "DOBs", "DOB", facts.add_births)
                for parent, name, held in (
                    ("Nationalities", "Nationality", facts.nationalities),
                    ("Positions", "Position", facts.titles),
                    ("Titles", "Title", facts.titles),
                    ("Genders", "Gender", facts.genders),
                ):
                    _each(one, parent, name, partial(_keep, held))
                for births in one.groups("BirthDetails"):
                    for where in births.groups("Location"):
                        town = where.take("TownOfBirth")
                        facts.add_birth_place(town, where.take("CountryOfBirth"))
                for parent, name, kind in (
                    ("PassportDetails", "Passport", IdentifierKind.PASSPORT),
                    ("NationalIdentifierDetails", "NationalIdentifier", IdentifierKind.NATIONAL_ID),
                ):
                    for group in one.groups(parent):
                        for paper in group.groups(name):
                            number = paper.take(f"{name}Number")
                            details_ = paper.take(f"{name}AdditionalInformation")
                            facts.add_documents(kind, number, details_, name)

    def _read_entity(self) -> None:
        facts = self._facts
        for details in self._element.groups("EntityDetails"):
            for one in details.groups("Entity"):
                _each(
                    one, "TypeOfEntities", "TypeOfEntity", partial(facts.add_property, "legalForm")
                )
                _each(one, "Subsidiaries", "Subsidiary", partial(_link, facts, "subsidiary"))
                _each(one, "ParentCompanies", "ParentCompany", partial(_link, facts, "parent"))
                _each(one, "BusinessRegistrationNumbers", "BusinessRegistrationNumber",
                      facts.add_registration)  # fmt: skip

    def _read_ship(self) -> None:
        facts = self._facts
        for details in self._element.groups("ShipDetails"):
            for one in details.groups("Ship"):
                _each(one, "IMONumbers", "IMONumber", facts.add_ship_numbers)
                _each(one, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip",
                      partial(_keep, facts.flags))  # fmt: skip
                for parent, name, what in (
                    ("CurrentOwnerOperators", "CurrentOwnerOperator", "owner"),
                    ("PreviousOwnerOperators", "PreviousOwnerOperator", "previousOwner"),
                    ("PreviousFlags", "PreviousFlag", "pastFlags"),
                    ("TypeOfShipDetails", "TypeOfShip", "type"),
                    ("TonnageOfShipDetails", "TonnageOfShip", "tonnage"),
                    ("LengthOfShipDetails", "LengthOfShip", "length"),
                    ("YearsBuilt", "YearBuilt", "buildDate"),
                    ("HullIdentificationNumbers", "HullIdentificationNumber", "hullNumber"),
                ):
                    _each(one, parent, name, partial(facts.add_property, what))

    def _error(self, message: str, name: str) -> FormatError:
        return FormatError(
            message,
            hint=HINT,
            file=self._element.file,
            line=self._element.line,
            path=f"{self._element.path}/{name}",
        )


def _each(element: Element, parent: str, name: str, add: Callable[[str], object]) -> None:
    for group in element.groups(parent):
        for text in group.take_all(name):
            add(text)


def _keep(held: dict[str, None], text: str) -> None:
    held[text] = None


def _contact(facts: Facts, kind: IdentifierKind, label: str, text: str) -> None:
    facts.add_contacts(kind, text, label)


def _link(facts: Facts, what: str, text: str) -> None:
    facts.links[text] = None
    facts.note(what, text)


def _folded(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower()).removesuffix("sanction")
