"""What of a body in JSON does not fit, each with its place and what to write instead.

Looked for where a body was refused: whoever wrote it is told all of it at once, and which field was
probably meant.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
from msgspec import inspect

from article41.checks.reading.faults import Place, one_of, place_text, shown
from article41.model.errors import RequestError

_NAMES_BY_MEANT = {
    "birth_dates": "birth_date birthdate birth_day birthday born date_of_birth dob",
    "name": "names full_name fullname caption label entity_name party",
    "schema": "type kind entity_type party_type",
    "country": "countries nationality nationalities citizenship jurisdiction",
    "parties": "party queries query names entities persons people customers names",
    "as_of": "on day date as_at valid_on",
    "known_at": "known known_on as_known_at",
    "threshold": "score min_score score_min minimum_score cutoff",
    "limit": "max top count size",
}
"""What other systems call the fields."""
_SHOWN = 60
_SPLIT = re.compile(r"[^a-z]+")


def misfits(given: object, kind: type[msgspec.Struct]) -> tuple[RequestError, ...]:
    """What of a body does not fit a class; nothing if all of it does.

    Args:
        given: The body, decoded.
        kind: The class.

    Example:
        >>> from article41.faces.api.questions import MatchQuestion
        >>> [one] = misfits({"parties": [{"name": "Ada", "dob": "1965"}]}, MatchQuestion)
        >>> one.path, one.hint.partition("?")[0]
        ('parties[0].dob', 'did you mean `birth_dates`')
    """
    return tuple(_of(inspect.type_info(kind), given, ()))


def _of(kind: inspect.Type, given: object, place: Place) -> Iterator[RequestError]:
    match kind:
        case inspect.StructType():
            yield from _of_object(kind, given, place)
        case inspect.VarTupleType():
            yield from _of_array(kind, given, place)
        case inspect.UnionType():
            yield from _of_choices(kind, given, place)
        case inspect.StrType() if not isinstance(given, str):
            number = isinstance(given, int | float) and not isinstance(given, bool)
            hint = f'write it in quotes: "{given}"' if number else "write it in quotes"
            yield _misfit(place, "a text is expected", given, hint)
        case inspect.IntType() if not isinstance(given, int) or isinstance(given, bool):
            yield _misfit(place, "a whole number is expected", given, _unquoted(given))
        case inspect.FloatType() if not isinstance(given, int | float) or isinstance(given, bool):
            yield _misfit(place, "a number is expected", given, _unquoted(given))
        case inspect.BoolType() if not isinstance(given, bool):
            yield _misfit(place, "`true` or `false` is expected", given, "write one of them")
        case _:
            return


def _of_object(kind: inspect.StructType, given: object, place: Place) -> Iterator[RequestError]:
    fields = {field.encode_name: field for field in kind.fields}
    if not isinstance(given, dict):
        needed = next(field.encode_name for field in kind.fields if field.required)
        yield _misfit(place, "an object is expected", given, f"write {_shape(fields[needed])}")
        return
    told: set[str] = set()
    for name, value in given.items():
        if name in fields:
            yield from _of(fields[name].type, value, (*place, name))
            continue
        meant, hint = _hint(name, fields)
        told.add(meant)
        yield RequestError(
            f"unknown field {shown(name)}", hint=hint, path=place_text((*place, name[:_SHOWN]))
        )
    for name, field in fields.items():
        # Of one that is merely called otherwise that is told once.
        if field.required and name not in given and name not in told:
            yield RequestError(
                f"`{name}` is missing",
                hint=f"write {_shape(field)}",
                path=place_text((*place, name)),
            )


def _of_array(kind: inspect.VarTupleType, given: object, place: Place) -> Iterator[RequestError]:
    if not isinstance(given, list):
        yield _misfit(place, "an array is expected", given, "write it in brackets: [...]")
        return
    for at, one in enumerate(given):
        yield from _of(kind.item_type, one, (*place, at))


def _of_choices(kind: inspect.UnionType, given: object, place: Place) -> Iterator[RequestError]:
    """What does not fit the choice that fits best; an array is best met by an array."""
    if given is None and kind.includes_none:
        return
    choices = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
    found = [tuple(_of(one, given, place)) for one in choices]
    if () in found:
        return
    best = next(
        (
            faults
            for one, faults in zip(choices, found, strict=True)
            if isinstance(one, inspect.VarTupleType) and isinstance(given, list)
        ),
        found[-1],
    )
    yield from best


def _hint(name: str, fields: Mapping[str, inspect.Field]) -> tuple[str, str]:
    """Which field was probably meant, here or one step further in, and that in words."""
    meant = next((one for one in _meant(name) if one in fields), "")
    if not meant:
        for inner, field in fields.items():
            inside = _inner_fields(field)
            if any(one in inside for one in _meant(name)):
                return inner, f"it belongs into `{inner}`: write {_shape(field)}"
    words = one_of(fields, given=name, meant=meant)
    likely = next((one for one in fields if words.startswith(f"did you mean `{one}`?")), "")
    return likely, words


def _meant(name: str) -> list[str]:
    """The fields that a name may stand for, by the names that others have for them."""
    plain = _plain(name)
    return [one for one, others in _others().items() if plain in others]


@cache
def _others() -> Mapping[str, frozenset[str]]:
    return {
        one: frozenset(map(_plain, (one, *names.split()))) for one, names in _NAMES_BY_MEANT.items()
    }


def _plain(name: str) -> str:
    return _SPLIT.sub("", name.casefold())


def _inner_fields(field: inspect.Field) -> set[str]:
    item = field.type.item_type if isinstance(field.type, inspect.VarTupleType) else None
    if not isinstance(item, inspect.StructType):
        return set()
    return {one.encode_name for one in item.fields}


def _shape(field: inspect.Field) -> str:
    """How a field is written that must be there."""
    name = field.encode_name
    return f'{{"{name}": [{{"name": "..."}}]}}' if _inner_fields(field) else f'{{"{name}": "..."}}'


def _misfit(place: Place, wanted: str, given: object, hint: str) -> RequestError:
    return RequestError(f"{wanted}, not {_kind_words(given)}", hint=hint, path=place_text(place))


def _unquoted(given: object) -> str:
    is_number = isinstance(given, str) and re.fullmatch(r"\d+(\.\d+)?", given)
    return f"write it without quotes: {given}" if is_number else "write a number"


def _kind_words(given: object) -> str:
    match given:
        case None:
            return "`null`"
        case bool():
            return f"`{str(given).lower()}`"
        case str():
            return f"the text {shown(given)}"
        case dict():
            return "an object"
        case list():
            return "an array"
        case _:
            return f"the number `{given}`"
