"""A customer as the register keeps it: what can find it on a list, and what of it cannot."""

import msgspec

from article41.checks.numbers import Strength, rule_of
from article41.match import Query, number_key
from article41.model.clocks import StatedDate
from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document


class Customer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One customer.

    Example:
        >>> Customer(id="c-1", names=("Ada Example",)).queries
        (Query(name='Ada Example', schema=None, birth_dates=()),)
    """

    id: str
    """What its owner calls it, each once."""
    names: tuple[str, ...]
    """All names, the first one first; none if the row that tells of it has none that is legible."""
    schema: Schema | None = None
    """What it is; absent if nobody says."""
    birth_dates: tuple[StatedDate, ...] = ()
    """As far as known."""
    country: str = ""
    """As it was given; shown, and never compared."""
    numbers: tuple[Document, ...] = ()
    """Numbers that identify, each once."""
    fault: str = ""
    """What of its row could not be read; empty if all could."""

    @property
    def queries(self) -> tuple[Query, ...]:
        """Its names as matching asks for them."""
        return tuple(
            Query(name=name, schema=self.schema, birth_dates=self.birth_dates)
            for name in self.names
        )

    @property
    def number_keys(self) -> tuple[str, ...]:
        """Its numbers as they are looked up."""
        keys = (number_key(one.kind, one.value) for one in self.numbers)
        return tuple(dict.fromkeys(filter(None, keys)))


def is_identifying(kind: IdentifierKind) -> bool:
    """True if an equal number of a kind can say more than that somebody may be meant.

    Example:
        >>> is_identifying(IdentifierKind.LEI), is_identifying(IdentifierKind.PHONE)
        (True, False)
    """
    return rule_of(kind).strength is not Strength.HINT
