"""What is looked for of a party: its names, its numbers and what tells it from others."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from article41.checks.numbers import fault_of, words_of
from article41.match import Query, birth_spans
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
    documents: tuple[Document, ...]
    """All numbers."""
    schema: Schema
    """What it is, by its role if nobody says."""
    queries: tuple[Query, ...]
    """The names as matching asks for them."""
    spans: tuple[tuple[int, int], ...]
    """Its dates of birth, as matching takes them."""
    limits: tuple[str, ...]
    """What cannot be compared."""


def sought_of(party: Party) -> Sought:
    """What to look for.

    Raises:
        ActError: The date of birth is none.

    Example:
        >>> sought = sought_of(Party(role=Role.PAYEE, name="Ada Example"))
        >>> sought.names, sought.limits
        (('Ada Example',), ())
    """
    given = (party.name, *party.other_names)
    names = tuple(dict.fromkeys(name for name in given if name.strip()))
    births = _births(party)
    is_told = party.schema is not Schema.THING
    schema = party.schema if is_told else _SCHEMA_BY_ROLE.get(party.role, Schema.THING)
    queries = tuple(Query(name=name, schema=schema, birth_dates=births) for name in names)
    faults = [fault for one in party.documents if (fault := fault_of(one))]
    if not names and not party.documents:
        faults.append("nothing to look for: neither a name nor a number is given")
    return Sought(
        names=names,
        documents=party.documents,
        schema=schema,
        queries=queries,
        spans=tuple(birth_spans(births)),
        limits=tuple(faults),
    )


def screened_of(sought: Sought) -> tuple[str, ...]:
    """What was looked for, in words."""
    return (*sought.names, *map(words_of, sought.documents))


def _births(party: Party) -> tuple[StatedDate, ...]:
    if not party.birth_date:
        return ()
    try:
        return (StatedDate(first=PartialDate.parse(party.birth_date)),)
    except ValueError as error:
        raise ActError(
            f"`{party.birth_date}` is no date of birth",
            hint="give it as 1965, 1965-09 or 1965-09-11",
            path=f"parties[{party.key}].birth_date",
        ) from error
