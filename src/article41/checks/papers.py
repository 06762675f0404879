"""What the machine readable zone of a party's travel document adds, and what it contradicts.

A zone that does not add up is read as far as it goes, and said: a number whose check digit is
wrong finds somebody, and identifies nobody.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from article41.checks.births import births_agree
from article41.checks.numbers import NUMBER_CHARACTERS_MIN, countries_agree, words_of
from article41.match import Query, birth_spans, number_key
from article41.match import compare as compare_names
from article41.model.clocks import StatedDate
from article41.model.countries import country_code
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party
from article41.model.travel_documents import Mrz, country_of
from article41.model.zones import MrzField

NAME_SCORE_OF_ONE_HOLDER = 0.5
"""A name in a zone that is less like every name of the party contradicts it."""
_ZONE = "the machine readable zone"
CUT_IN_ZONE = f"may be cut in {_ZONE}"


class Paper(NamedTuple):
    """What a zone says."""

    names: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    births: tuple[StatedDate, ...] = ()
    limits: tuple[str, ...] = ()
    is_name_cut: bool = False
    """True if the name fills its field, and may go on."""


def read_paper(
    party: Party, names: Sequence[str], births: Sequence[StatedDate], *, on: date
) -> Paper:
    """What the zone of a party adds to what is known of it, and where the two contradict.

    Args:
        party: The party, with a zone.
        names: Its own names.
        births: Its own date of birth.
        on: The day on which the zone is read.
    """
    try:
        zone = Mrz.read(party.mrz)
    except ValueError as error:
        return Paper(limits=(f"{_ZONE} was not read: {error}",))
    born = zone.birth_date(on)
    stated = () if born is None else (StatedDate(first=born),)
    number = _number(zone)
    contradictions = (
        *_other_name(zone, names),
        *_other_number(number, party.documents),
        *_other_birth(stated, births),
        *_other_nationality(zone, party),
    )
    return Paper(
        names=(zone.name,) if zone.name else (),
        documents=tuple(one for one in (number, *_personal(zone)) if one.value),
        births=stated,
        limits=(*(f"{_ZONE}: {fault.text}" for fault in zone.faults), *contradictions),
        is_name_cut=zone.is_name_cut,
    )


def _number(zone: Mrz) -> Document:
    kind = IdentifierKind.PASSPORT if zone.is_passport else IdentifierKind.NATIONAL_ID
    # The number of a visa is not its holder's, and a misread one is nobody's.
    if zone.is_visa or any(fault.field is MrzField.NUMBER for fault in zone.faults):
        kind = IdentifierKind.OTHER
    return Document(kind=kind, value=zone.number, country=country_of(zone.issuer))


def _personal(zone: Mrz) -> Iterator[Document]:
    """What an issuer adds is often a personal number; nobody says whether it is."""
    for value in (zone.optional, zone.optional_2):
        if len(value) >= NUMBER_CHARACTERS_MIN and any(map(str.isdigit, value)):
            yield Document(kind=IdentifierKind.OTHER, value=value, country=country_of(zone.issuer))


def _other_name(zone: Mrz, names: Sequence[str]) -> Iterator[str]:
    if not names or not zone.name:
        return
    asked = [Query(name=name, schema=Schema.PERSON) for name in names]
    held = [Query(name=zone.name, schema=Schema.PERSON)]
    if max(compare_names(list(product(asked, held)))) < NAME_SCORE_OF_ONE_HOLDER:
        yield f"{_ZONE} is of `{zone.name}`, and the party is `{names[0]}`"


def _other_number(number: Document, documents: Sequence[Document]) -> Iterator[str]:
    """That the party's own document of the kind is another one."""
    own = [one for one in documents if one.kind is number.kind]
    is_other = number.kind is not IdentifierKind.OTHER and own
    key = number_key(number.kind, number.value)
    same = [one for one in own if number_key(one.kind, one.value) == key]
    if is_other and not same:
        yield f"{_ZONE} is of {words_of(number)}, and the party has {words_of(own[0])}"
    for one in same:
        if countries_agree(one.country, number.country) is False:
            yield f"{_ZONE} is of {words_of(number)}, and the party's is {words_of(one)}"


def _other_birth(stated: Sequence[StatedDate], births: Sequence[StatedDate]) -> Iterator[str]:
    if births_agree(birth_spans(tuple(stated)), birth_spans(tuple(births))) is False:
        yield f"{_ZONE} says born {stated[0]}, and the party {births[0]}"


def _other_nationality(zone: Mrz, party: Party) -> Iterator[str]:
    said = party.nationalities or ((party.country,) if party.country else ())
    codes = {country_code(one) for one in said} - {""}
    code = country_of(zone.nationality)
    if code and codes and code not in codes:
        yield f"{_ZONE} says national of {code}, and the party of {', '.join(sorted(codes))}"
