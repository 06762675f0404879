import msgspec
import pytest

from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind

ADA = Entity(
    schema=Schema.PERSON,
    names=(
        Name(value="Ada Example"),
        Name(value="Ада Пример", kind=NameKind.WEAK_ALIAS, script="Cyrl", place="alt.csv:2"),
    ),
    birth_dates=(StatedDate(first=PartialDate.parse("1965-09"), is_approximate=True),),
    addresses=(Address(city="Exampleville", country="XA"),),
    identifiers=(Identifier(kind=IdentifierKind.PASSPORT, value="X0000001", country="XA"),),
    properties=(("position", "treasurer"),),
)


def test_an_entity_survives_being_written_and_read() -> None:
    assert msgspec.json.decode(msgspec.json.encode(ADA), type=Entity) == ADA


def test_an_entity_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Entity(schema=Schema.VESSEL, names=())


def test_an_unknown_schema_is_refused_when_read() -> None:
    written = msgspec.json.encode(ADA).replace(b'"Person"', b'"Persona"')

    with pytest.raises(msgspec.ValidationError, match="Persona"):
        msgspec.json.decode(written, type=Entity)


def test_data_does_not_change_after_it_was_made() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        ADA.schema = Schema.COMPANY  # type: ignore[misc]
    assert hash(ADA) == hash(msgspec.structs.replace(ADA))
