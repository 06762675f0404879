"""What a remark says, gathered piece by piece, and the rules that put a labelled piece in place.

A rule answers whether the text fitted; one that did not fit leaves the facts untouched.
"""

from collections.abc import Callable

from article41.model.clocks import StatedDate
from article41.model.entities import Name, NameKind
from article41.model.identifiers import Identifier, IdentifierKind
from article41.sources.official.ofac.remark_values import (
    document_number,
    quoted_name,
    stated_date,
)


class Facts:
    """The typed data of one remark, in the order of the remark, and the pieces that stayed text."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.names: list[Name] = []
        self.birth_dates: list[StatedDate] = []
        self.birth_places: list[str] = []
        self.nationalities: list[str] = []
        self.genders: list[str] = []
        self.titles: list[str] = []
        self.identifiers: list[Identifier] = []
        self.links: list[str] = []
        self.flags: list[str] = []
        self.properties: list[tuple[str, str]] = []
        self.unparsed: list[str] = []
        self.segments = 0
        """Pieces of the remark that are not empty."""

    def extend(self, other: "Facts") -> None:
        """Put what another part of the entry says behind what is here."""
        self.names += other.names
        self.birth_dates += other.birth_dates
        self.birth_places += other.birth_places
        self.nationalities += other.nationalities
        self.genders += other.genders
        self.titles += other.titles
        self.identifiers += other.identifiers
        self.links += other.links
        self.flags += other.flags
        self.properties += other.properties
        self.unparsed += other.unparsed


Rule = Callable[[Facts, str, str], bool]
"""Takes the facts, the label as printed and the text after it."""


def number(kind: IdentifierKind, *, has_digit: bool = True) -> Rule:
    """A document number with country and dates."""

    def apply(facts: Facts, label: str, text: str) -> bool:
        found = document_number(kind, label, text, has_digit=has_digit)
        if found is not None:
            facts.identifiers.append(found)
        return found is not None

    return apply


def contact(kind: IdentifierKind) -> Rule:
    """A telephone number, address on the net or the like, kept whole."""

    def apply(facts: Facts, label: str, text: str) -> bool:
        value, _, note = (text, "", "") if kind is IdentifierKind.PHONE else text.partition(" ")
        if value:
            facts.identifiers.append(Identifier(kind=kind, value=value, label=label, note=note))
        return bool(value)

    return apply


def wallet(facts: Facts, label: str, text: str) -> bool:
    """A digital currency address after its currency: `- XBT 1Example`."""
    words = text.removeprefix("-").split()
    if len(words) != 2:
        return False
    currency, address = words
    facts.identifiers.append(
        Identifier(kind=IdentifierKind.WALLET, value=address, label=currency, note=label)
    )
    return True


def ship_number(facts: Facts, label: str, text: str) -> bool:
    """A vessel's registration: an IMO number if it says so, else one of a national register."""
    if text[:3].upper() == "IMO":
        return number(IdentifierKind.IMO)(facts, f"{label} IMO", text[3:].strip())
    return number(IdentifierKind.REGISTRATION)(facts, label, text)


def birth_date(facts: Facts, label: str, text: str) -> bool:
    """A date of birth in one of its forms."""
    found = stated_date(text)
    if found is not None:
        facts.birth_dates.append(found)
    return found is not None


def alias(kind: NameKind, *, note: str = "") -> Rule:
    """A name in quotes."""

    def apply(facts: Facts, label: str, text: str) -> bool:
        value = quoted_name(text)
        if value is not None:
            facts.names.append(Name(value=value, kind=kind, note=note))
        return value is not None

    return apply


def words_in(texts_of: Callable[[Facts], list[str]]) -> Rule:
    """The words as printed, into one of the lists of texts."""

    def apply(facts: Facts, label: str, text: str) -> bool:
        if text:
            texts_of(facts).append(text)
        return bool(text)

    return apply


def as_property(name: str, *, keep_label: bool = False) -> Rule:
    """The words as printed, as a property of that name; with the label where it says something."""

    def apply(facts: Facts, label: str, text: str) -> bool:
        value = f"{label} {text}".strip() if keep_label else text
        if value:
            facts.properties.append((name, value))
        return bool(value)

    return apply
