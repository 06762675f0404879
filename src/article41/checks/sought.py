"""What is looked for of a party: its names, its numbers and what tells it from others."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import msgspec

from article41.checks.numbers import fault_of, words_of
from article41.checks.papers import CUT_IN_ZONE, read_paper
from article41.match import Query, birth_spans, number_key
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Schema
from article41.model.errors import ActError
from article41.model.parties import Document, Party, Role

_SCHEMA_BY_ROLE: Mapping[Role, Schema] = MappingProxyType(
    {
        Role.VESSEL: Schema.VESSEL,
        Role.AIRCRAFT: Schema.AIRPLANE,
        Role.TRAVELLER: Schema.PERSON,
        Role.ENVOY: Schema.PERSON,
    }
)
"""What a party is by its role, where nobody says otherwise."""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a party that can find it on a list, or tell it from an entry."""

    names: tuple[str, ...]
    """All names, each once."""
    names_cut: Mapping[str, str]
    """Names that may go on where they stand, each with why."""
    documents: tuple[Document, ...]
    """All numbers, each once."""
    queries: tuple[Query, ...]
    """The names as matching asks for them."""
    queries_of_any_birth: tuple[Query, ...]
    """The names as they are asked for without the dates of birth; none if no date is known."""
    schema: Schema
    """What it is, by its papers or its role if nobody says."""
    spans: tuple[tuple[int, int], ...]
    """Its dates of birth, as matching takes them."""
    limits: tuple[str, ...]
    """What cannot be compared, and what of the party contradicts itself."""


def sought_of(party: Party, *, on: date) -> Sought:
    """What to look for.

    Args:
        party: The party.
        on: The day on which its papers are read: a year of two digits is one before it.

    Raises:
        ActError: The date of birth is none.

    Example:
        >>> sought = sought_of(Party(role=Role.PAYEE, name="Ada Example"), on=date(2024, 6, 1))
        >>> sought.names, sought.limits
        (('Ada Example',), ())
    """
    names = tuple(dict.fromkeys(name for name in (party.name, *party.other_names) if name.strip()))
    documents, births = party.documents, _births(party)
    limits: list[str] = []
    names_cut: dict[str, str] = {}
    schema = party.schema
    if schema is Schema.THING:
        schema = _SCHEMA_BY_ROLE.get(party.role, Schema.PERSON if party.mrz else Schema.THING)
    if party.mrz:
        paper = read_paper(party, names, births, on=on)
        more = tuple(name for name in paper.names if not _is_among(name, names))
        names += more
        if paper.is_name_cut:
            names_cut = dict.fromkeys(more, CUT_IN_ZONE)
        documents += paper.documents
        births += tuple(born for born in paper.births if born not in births)
        limits += paper.limits
    documents = tuple({_key(one): one for one in reversed(documents)}.values())[::-1]
    limits += [fault for one in documents if (fault := fault_of(one))]
    if not names and not documents:
        limits.append("nothing to look for: neither a name nor a number is given")
    return Sought(
        names=names,
        names_cut=names_cut,
        documents=documents,
        queries=tuple(Query(name=name, schema=schema, birth_dates=births) for name in names),
        queries_of_any_birth=tuple(
            Query(name=name, schema=schema) for name in (names if births else ())
        ),
        schema=schema,
        spans=tuple(birth_spans(births)),
        limits=tuple(limits),
    )


def screened_of(sought: Sought) -> tuple[str, ...]:
    """What was looked for, in words."""
    return (*sought.names, *map(words_of, sought.documents))


def _key(document: Document) -> tuple[str, str, str]:
    number = number_key(document.kind, document.value)
    return document.kind.value, number or document.value, document.country


def _is_among(name: str, names: tuple[str, ...]) -> bool:
    """True if a name has the words of one of the others, in any order and case."""
    words = sorted(name.casefold().split())
    return any(sorted(one.casefold().split()) == words for one in names)


def _births(party: Party) -> tuple[StatedDate, ...]:
    if not party.birth_date:
        return ()
    try:
        return (StatedDate(first=PartialDate.parse(party.birth_date)),)
    except ValueError as error:
        raise ActError(
            f"`{party.birth_date}` is no date of birth",
            hint="give it as 1965, 1965-09 or 1965-09-11",
            path=f"parties.{party.key}.birth_date",
        ) from error
