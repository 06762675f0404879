"""An INDIVIDUAL_DOCUMENT becomes an identifier; one without a number stays text."""

import re

from article41.model.identifiers import Identifier, IdentifierKind
from article41.sources.xml import Element

# The first word found in the type decides; the finer TYPE_OF_DOCUMENT2 is looked at first.
_KINDS = (
    (re.compile(r"pass?e?port|pasaporte", re.IGNORECASE), IdentifierKind.PASSPORT),
    (re.compile(r"fiscal|\btax\b", re.IGNORECASE), IdentifierKind.TAX),
    (
        re.compile(r"birth|nationality|ration|driv|licen[cs]e|voter|student", re.IGNORECASE),
        IdentifierKind.OTHER,
    ),
    (
        re.compile(r"national|identi|identity|\bid\b|social security|civil", re.IGNORECASE),
        IdentifierKind.NATIONAL_ID,
    ),
)
_NUMBER_IN_TYPE = re.compile(r"(?P<label>.*?)(?:\s*\bnumber\s+|^)(?P<number>\d[\w/-]*)")


def document(paper: Element) -> tuple[Identifier | None, str]:
    """The identifier that a document gives, or `None` and all of its text."""
    kind, finer = paper.take("TYPE_OF_DOCUMENT"), paper.take("TYPE_OF_DOCUMENT2")
    number = paper.take("NUMBER")
    country, issued_in = paper.take("ISSUING_COUNTRY"), paper.take("COUNTRY_OF_ISSUE")
    city, issued_on = paper.take("CITY_OF_ISSUE"), paper.take("DATE_OF_ISSUE")
    note = paper.take("NOTE")
    # QUIRK: un since 2016: the number may stand at the end of the document's type.
    if not number and (found := _NUMBER_IN_TYPE.fullmatch(finer)):
        number, finer = found["number"], found["label"]
    label = ": ".join(part for part in (kind, finer) if part)
    if not number:
        said = (label, country, city, issued_in, issued_on, note)
        return None, "; ".join(part for part in said if part)
    where = ", ".join(
        part for part in (city, issued_in if issued_in != country and country else "") if part
    )
    return (
        Identifier(
            kind=_kind(finer, kind),
            value=number,
            label=label,
            country=country or issued_in,
            issued_on=issued_on,
            note="; ".join(part for part in (f"issued in {where}" if where else "", note) if part),
        ),
        "",
    )


def _kind(*types: str) -> IdentifierKind:
    for text in types:
        for pattern, kind in _KINDS:
            if pattern.search(text):
                return kind
    return IdentifierKind.OTHER
