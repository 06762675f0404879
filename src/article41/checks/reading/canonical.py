"""An act as the bytes that stand for it: the same whatever its spelling was."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache

import msgspec

from article41.checks.reading.texts import plain_decimal
from article41.model.acts import Act
from article41.model.parties import Party


def canonical(act: Act) -> bytes:
    """The act in JSON: keys in order, nothing that is as if it were left out.

    `read_acts` makes the same act of it. What differs between two acts differs in their bytes;
    `500` and `500.00`, and an `id` that is the role's own word, differ in nothing.

    Example:
        >>> from article41.model.acts import Asker, PartyAct
        >>> from article41.model.parties import Role
        >>> bank = Party(role=Role.INSTITUTION, name="Example Bank")
        >>> act = PartyAct(on=date(2024, 6, 1), asker=Asker(party="institution"), parties=(bank,))
        >>> canonical(act).decode()[:55]
        '{"act":"party","asker":{"party":"institution"},"on":"20'
    """
    return msgspec.json.encode(_plain(act), order="sorted")


def _plain(value: object) -> object:
    match value:
        case msgspec.Struct():
            plain: object = _fields(value)
        case tuple():
            plain = [_plain(one) for one in value]
        case Mapping():
            plain = {str(key): _plain(one) for key, one in value.items()}
        case Enum():
            plain = value.value
        case Decimal():
            plain = str(plain_decimal(value))
        case Fraction() | date():
            plain = str(value)
        case _:
            plain = value
    return plain


def _fields(struct: msgspec.Struct) -> dict[str, object]:
    config = struct.__struct_config__
    fields: dict[str, object] = {config.tag_field: config.tag} if config.tag_field else {}
    for field in _declared(type(struct)):
        value = getattr(struct, field.name)
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        is_own_role = (
            isinstance(struct, Party) and field.name == "id" and value == struct.role.value
        )
        if value != default and not is_own_role:
            fields[field.encode_name] = _plain(value)
    return fields


@cache
def _declared(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    # Worked out from annotations each time it is asked for: longer than all else here.
    return msgspec.structs.fields(kind)
