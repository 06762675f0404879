"""The public types as a caller sees them; type-checked, never run."""

from collections.abc import Generator
from datetime import date
from typing import assert_type

from article41.model.clocks import Interval, PartialDate
from article41.model.entities import Entity, Name, NameKind, Schema
from article41.model.identifiers import Bic, Imo, Lei
from article41.model.listings import Listing, ListVersion, ReadingReport

assert_type(PartialDate.parse("1965"), PartialDate)
assert_type(Interval(valid_from=date(2024, 1, 1)).holds(date(2024, 1, 1)), bool)
assert_type(Imo.parse("9074729"), Imo)
assert_type(Lei.parse("529900T8BM49AURSDO55").value, str)
assert_type(Bic.parse("EXAMXAXX"), Bic)


def names(listing: Listing) -> tuple[Name, ...]:
    assert_type(listing.delisted_on, date | None)
    return listing.entity.names


def read(version: ListVersion) -> Generator[Listing, None, ReadingReport]:
    assert_type(version.published, date | None)
    return (yield from version.listings())


def rank(kind: NameKind) -> int:
    match kind:
        case NameKind.PRIMARY | NameKind.STRONG_ALIAS:
            return 2
        case NameKind.FORMER:
            return 1
        case NameKind.WEAK_ALIAS:
            return 0


Entity(schema="Person", names=())  # type: ignore[arg-type]
Entity(schema=Schema.PERSON, names=(), birthdates=())  # type: ignore[call-arg]
Entity(Schema.PERSON, ())  # type: ignore[call-arg]
