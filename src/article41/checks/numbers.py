"""What an equal number says of identity, by the kind of number, and what speaks against it.

The table is data: a change of a strength is a change of one line, with its reason.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from article41.match import ListedNumber, number_key
from article41.model.countries import country_code
from article41.model.identifiers import Bic, IdentifierKind, Imo, ImoCompany, Lei
from article41.model.parties import Document

NUMBER_CHARACTERS_MIN = 6
"""Passports and the like of fewer characters are given to many, by many."""
SERIAL_CHARACTERS_ALONE = 5
"""Each manufacturer counts its aircraft from one: shorter serial numbers are given by several."""
SHARED_NUMBER_MAX = 12
"""A number that more entries print marks none of them (a gazette's number, a placeholder)."""


class Strength(enum.Enum):
    """How much an equal number says."""

    ALONE = "alone"
    """It identifies, if nothing conflicts."""
    WITH_MORE = "with-more"
    """It identifies if the issuing country or a name agrees too, and nothing conflicts."""
    HINT = "hint"
    """It never makes more than a resemblance."""


class NumberRule(NamedTuple):
    """What is known of a kind of number."""

    words: str
    """How it is called in evidence."""
    strength: Strength
    """How much an equal one says."""
    reason: str
    """Why."""


_RULE_BY_KIND: Mapping[IdentifierKind, NumberRule] = MappingProxyType(
    {
        IdentifierKind.BIC: NumberRule(
            "BIC", Strength.ALONE, "ISO 9362 gives the first eight letters to one institution"
        ),
        IdentifierKind.LEI: NumberRule(
            "LEI", Strength.ALONE, "ISO 17442 gives one to each legal entity, with check digits"
        ),
        IdentifierKind.IMO: NumberRule(
            "IMO", Strength.ALONE, "stays with the hull through every change of name and flag"
        ),
        IdentifierKind.WALLET: NumberRule(
            "wallet", Strength.ALONE, "follows from a key that one party holds"
        ),
        IdentifierKind.AIRCRAFT_SERIAL: NumberRule(
            "aircraft serial number",
            Strength.ALONE,
            "stays with the airframe through every registration",
        ),
        IdentifierKind.PASSPORT: NumberRule(
            "passport", Strength.WITH_MORE, "countries give the same numbers"
        ),
        IdentifierKind.NATIONAL_ID: NumberRule(
            "national id", Strength.WITH_MORE, "countries give the same numbers"
        ),
        IdentifierKind.TAX: NumberRule(
            "tax number",
            Strength.WITH_MORE,
            "countries give the same numbers, and groups share one",
        ),
        IdentifierKind.REGISTRATION: NumberRule(
            "registration number",
            Strength.WITH_MORE,
            "registers of one country and of others give the same numbers",
        ),
        IdentifierKind.DUNS: NumberRule(
            "D-U-N-S number", Strength.WITH_MORE, "marks a place of business, not a legal person"
        ),
        IdentifierKind.MMSI: NumberRule("MMSI", Strength.HINT, "given anew with the flag"),
        IdentifierKind.CALL_SIGN: NumberRule("call sign", Strength.HINT, "given anew by States"),
        IdentifierKind.AIRCRAFT_TAIL: NumberRule(
            "registration mark", Strength.HINT, "given anew, also to another aircraft"
        ),
        IdentifierKind.PHONE: NumberRule("telephone", Strength.HINT, "shared and given anew"),
        IdentifierKind.EMAIL: NumberRule("e-mail", Strength.HINT, "shared, and easily set up"),
        IdentifierKind.WEBSITE: NumberRule("website", Strength.HINT, "shared by groups"),
        IdentifierKind.OTHER: NumberRule("number", Strength.HINT, "nobody says what it is"),
    }
)
_SAME_KINDS = (
    {IdentifierKind.PASSPORT, IdentifierKind.NATIONAL_ID},
    {IdentifierKind.TAX, IdentifierKind.REGISTRATION},
)
"""Kinds that authorities print for one another."""
_CHECKED: Mapping[IdentifierKind, tuple[type[Bic | Imo | ImoCompany | Lei], ...]] = (
    MappingProxyType(
        {
            IdentifierKind.BIC: (Bic,),
            IdentifierKind.LEI: (Lei,),
            IdentifierKind.IMO: (Imo, ImoCompany),
        }
    )
)
"""What a number of a kind may be; lists print the numbers of shipping companies as IMO numbers."""


def rule_of(kind: IdentifierKind) -> NumberRule:
    """What is known of a kind of number.

    Example:
        >>> rule_of(IdentifierKind.IMO).strength.value
        'alone'
    """
    return _RULE_BY_KIND[kind]


def words_of(number: Document | ListedNumber) -> str:
    """A number as evidence shows it: `passport X0000001 (XA)`."""
    country = f" ({number.country})" if number.country else ""
    words = rule_of(number.kind).words
    value = number.value.strip().removeprefix(words).strip()
    return f"{words} {value}{country}"


def fault_of(document: Document) -> str:
    """What is wrong with a number as such; empty if nothing is, or nobody can tell.

    Example:
        >>> fault_of(Document(kind=IdentifierKind.IMO, value="9074728"))
        'IMO 9074728 has not the form or the check digit of one'
    """
    checked = _CHECKED.get(document.kind, ())
    if not checked or any(_is_one(type_of_number, document.value) for type_of_number in checked):
        return ""
    return f"{words_of(document)} has not the form or the check digit of one"


def strength_of(document: Document, listed: ListedNumber) -> Strength:
    """How much it says that these two are equal."""
    kinds = {document.kind, listed.kind}
    if len(kinds) > 1 and not any(kinds <= same for same in _SAME_KINDS):
        return Strength.HINT
    strength = rule_of(document.kind).strength
    if strength is Strength.HINT or fault_of(document):
        return Strength.HINT
    folded = number_key(document.kind, document.value).partition(" ")[2]
    if document.kind is IdentifierKind.AIRCRAFT_SERIAL:
        return strength if len(folded) >= SERIAL_CHARACTERS_ALONE else Strength.WITH_MORE
    return strength if strength is Strength.ALONE or _is_telling(folded) else Strength.HINT


def countries_agree(one: str, other: str) -> bool | None:
    """Whether two issuing countries are one; unknown if either is not given or not legible.

    Example:
        >>> countries_agree("SY", "Syrian Arab Republic"), countries_agree("SY", "")
        (True, None)
    """
    left, right = country_code(one), country_code(other)
    return left == right if left and right else None


def other_numbers(
    mine: tuple[Document, ...], listed: tuple[ListedNumber, ...], *, are_vessels: bool
) -> tuple[str, ...]:
    """Numbers given once in the world of which both print one, and none is the same.

    Args:
        mine: The party's.
        listed: The entry's.
        are_vessels: Whether both are vessels: others print the IMO numbers of their ships.
    """
    found = []
    for kind in (IdentifierKind.IMO, IdentifierKind.LEI) if are_vessels else (IdentifierKind.LEI,):
        own = {number_key(kind, one.value): one for one in mine if one.kind is kind}
        theirs = {number_key(kind, one.value): one for one in listed if one.kind is kind}
        if own and theirs and own.keys().isdisjoint(theirs):
            [given, *_], [printed, *_] = own.values(), theirs.values()
            found.append(f"{words_of(given)} is not {words_of(printed)}")
    return tuple(found)


def _is_one(type_of_number: type[Bic | Imo | ImoCompany | Lei], value: str) -> bool:
    try:
        type_of_number.parse(value)
    except ValueError:
        return False
    return True


def _is_telling(folded: str) -> bool:
    has_digit = any(map(str.isdigit, folded))
    return has_digit and len(folded) >= NUMBER_CHARACTERS_MIN and len(set(folded)) > 2
