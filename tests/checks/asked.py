"""Parties that are asked about, and what is told of them."""

from collections.abc import Callable
from datetime import date

from article41.checks import Screener
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.parties import Document, Party, Role
from article41.model.verdicts import Identity, PartyStanding

KIND = IdentifierKind
PUBLISHED = date(2024, 3, 1)
DAY = date(2024, 3, 2)
PASSPORT = Identifier(kind=KIND.PASSPORT, value="XA 000123", country="XA")
Screened = Callable[..., Screener]
"""Makes a screener of entries."""


def party(name: str = "", *documents: Document, **fields: object) -> Party:
    given = {"role": Role.PAYEE, "name": name, "documents": documents}
    return Party(**{**given, **fields})  # type: ignore[arg-type]


def document(kind: IdentifierKind, value: str, country: str = "") -> Document:
    return Document(kind=kind, value=value, country=country)


def told(standing: PartyStanding) -> list[tuple[str, Identity]]:
    return [(one.key, one.identity) for one in standing.listed]
