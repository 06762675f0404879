"""Makes the model's values of plain ones, field by field, and names the field that does not fit.

What the model says of a field is read from the model itself; nothing is listed twice.
"""

import enum
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from msgspec import inspect

from article41.checks.reading import texts, vocabulary
from article41.checks.reading.faults import (
    Doubled,
    Fault,
    Number,
    Place,
    Placed,
    kind_words,
    one_of,
    shown,
)
from article41.checks.reading.limits import ITEMS_MAX, ITEMS_MAX_BY_FIELD
from article41.model.identifiers import IdentifierKind
from article41.model.parties import OwnersKnown

Rewrite = Callable[[object, Place], object]
"""Makes of a short way of writing the whole one, before the fields are read."""
TextReader = Callable[[object, Place], str]

TEXT_READERS: dict[str, TextReader] = {
    **dict.fromkeys(
        (
            "country", "nationalities", "residence", "incorporated_in", "located_in", "flag",
            "past_flags", "places", "origin", "exported_from", "destination", "loaded_in",
            "discharged_in", "via", "cleared_in", "leaves", "arrives", "overflies",
        ),
        texts.country_of,
    ),
    **dict.fromkeys(
        ("jurisdictions", "not_listed_by", "sending", "receiving"), texts.jurisdiction_of
    ),
    "currency": texts.currency_of,
    "birth_date": texts.birth_date_of,
    "code": texts.goods_code_of,
    "cas": texts.cas_of,
    "listings": texts.listing_key_of,
    "listing": texts.listing_key_of,
    **dict.fromkeys(("id", "acts_for"), texts.word_or_none_of),
    **dict.fromkeys(
        ("party", "of", "owner", "asset", "kind", "authority", "number", "instrument",
         "joint_arrangements", "rebuttals", "by", "reason"),
        texts.word_of,
    ),
    "items": vocabulary.item_as_stated,
    "purposes": vocabulary.purpose_of,
    "end_use": vocabulary.end_use_of,
    "lifts": vocabulary.lifted_of,
}  # fmt: skip
"""How the texts of a field are read, by its name in whatever struct; as any text if absent."""
KEY_READERS: dict[str, TextReader] = {"facts": vocabulary.fact_name_of}
"""How the keys of a mapping are read; as any word if absent."""
NUMBER_READERS = dict.fromkeys(("amount", "amount_max", "amount_used", "quantity"), texts.amount_of)
"""How the numbers of a field are read; as any number if absent."""


class FieldReader:
    """Reads values as the model's types.

    Args:
        rewrites: Short ways of writing, by the struct that they stand for.
        also: Names of fields that only short ways of writing have, by struct.
        meant: What field is meant by a name that no struct has.
    """

    def __init__(
        self,
        *,
        rewrites: Mapping[type, Rewrite],
        also: Mapping[type, tuple[str, ...]],
        meant: Mapping[str, str],
    ) -> None:
        """Keep the short ways."""
        self._rewrites = rewrites
        self._also = also
        self._meant = meant

    def read(self, kind: inspect.Type, value: object, place: Place, *, name: str = "") -> Any:
        """One value as one of the model's types.

        Args:
            kind: The type.
            value: Plain, or the model's already.
            place: Where it stands.
            name: Of the field that it is for.
        """
        if isinstance(value, Placed):
            return self.read(kind, value.value, value.place, name=name)
        match kind:
            case inspect.StructType():
                read = value if isinstance(value, kind.cls) else self._struct(kind, value, place)
            case inspect.UnionType():
                read = self._union(kind, value, place, name)
            case inspect.VarTupleType():
                read = self._items(kind, value, place, name)
            case inspect.DictType():
                read = self._mapping(kind, value, place, name)
            case inspect.EnumType():
                read = _word(kind.cls, value, place)
            case _:
                by_name = TEXT_READERS if isinstance(kind, inspect.StrType) else NUMBER_READERS
                read = by_name.get(name, _READERS.get(type(kind), texts.text_of))(value, place)
        return read

    def _struct(self, kind: inspect.StructType, value: object, place: Place) -> object:
        value = self._rewrites.get(kind.cls, _as_it_is)(value, place)
        if isinstance(value, kind.cls):
            return value
        given = as_mapping(value, place, _what(kind.cls))
        fields = {field.encode_name: field for field in kind.fields}
        for name in given:
            if name not in fields and name != kind.tag_field:
                raise self._unknown(kind, name, place)
        read = {}
        for name, field in fields.items():
            if given.get(name) is not None:
                read[field.name] = self.read(field.type, given[name], (*place, name), name=name)
            elif field.required and isinstance(field.type, inspect.UnionType):
                read[field.name] = None
            elif field.required:
                raise Fault(
                    (*place, name),
                    f"`{name}` is missing",
                    hint=f"every {_what(kind.cls)} has it; see the guide to writing acts",
                )
        return kind.cls(**read)

    def _unknown(self, kind: inspect.StructType, name: str, place: Place) -> Fault:
        names = [field.encode_name for field in kind.fields] + list(self._also.get(kind.cls, ()))
        meant = self._meant.get(texts.plainly(name).replace("-", "_"), "")
        return Fault(
            (*place, name),
            f"unknown field {shown(name)} of {_what(kind.cls, with_article=True)}",
            hint=one_of(names, given=name, meant=meant),
        )

    def _union(self, kind: inspect.UnionType, value: object, place: Place, name: str) -> object:
        one, *more = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
        if not more:
            return self.read(one, value, place, name=name)
        choices: dict[str, object] = {}
        for choice in (one, *more):
            assert isinstance(choice, inspect.StructType)
            choices[str(choice.tag)] = choice
        given = as_mapping(value, place, "act")
        if given.get("act") is None:
            if isinstance(given.get("acts"), list):
                raise Fault(
                    (*place, "acts"),
                    "acts stand in no field",
                    hint="write the list of them alone, or each by itself",
                )
            raise Fault(place, "`act` is missing", hint=f"it says the kind: {one_of(choices)}")
        chosen = texts.word_among(given["act"], (*place, "act"), choices, "act", named=choices)
        assert isinstance(chosen, inspect.StructType)
        return self._struct(chosen, value, place)

    def _items(
        self, kind: inspect.VarTupleType, value: object, place: Place, name: str
    ) -> tuple[object, ...]:
        # One text or mapping stands for a list of it.
        items = value if isinstance(value, list | tuple) else [value]
        limit = ITEMS_MAX_BY_FIELD.get(name, ITEMS_MAX)
        if len(items) > limit:
            raise Fault(
                place, f"there are {len(items):,}, more than {limit:,}", hint="give several acts"
            )
        at = [(*place, number) for number in range(len(items))]
        if items is not value:
            at = [place]
        for item, where in zip(items, at, strict=True):
            if item is None:
                raise Fault(where, "the item is empty", hint="fill it in, or take it out")
        return tuple(
            self.read(kind.item_type, item, where, name=name)
            for item, where in zip(items, at, strict=True)
        )

    def _mapping(
        self, kind: inspect.DictType, value: object, place: Place, name: str
    ) -> dict[str, object]:
        if not isinstance(value, dict):
            raise Fault(
                place,
                f"words with yes or no are expected, not {kind_words(value)}",
                hint=f"write `{name or 'facts'}: {{a-word: yes, another: no}}`",
            )
        given = as_mapping(value, place, "mapping")
        if len(given) > ITEMS_MAX:
            raise Fault(
                place, f"there are {len(given):,}, more than {ITEMS_MAX:,}", hint="give fewer"
            )
        key_of = KEY_READERS.get(name, texts.word_of)
        read: dict[str, object] = {}
        for key, one in given.items():
            word = key_of(key, (*place, key))
            if word in read:
                raise Fault(
                    (*place, key), f"{shown(word)} stands twice", hint="keep one of the two"
                )
            read[word] = self.read(kind.value_type, one, (*place, key), name=name)
        return read


def as_mapping(value: object, place: Place, what: str) -> dict[str, Any]:
    """A mapping in which no key stands twice."""
    if not isinstance(value, dict):
        raise Fault(
            place,
            f"a mapping with the fields of {_article(what)} is expected, not {kind_words(value)}",
            hint="write its fields by name, as `field: value`; see the guide to writing acts",
        )
    if isinstance(value, Doubled):
        raise Fault(
            (*place, value.key),
            f"{shown(value.key)} stands twice",
            hint="keep one of the two; nobody can tell which is meant",
        )
    return value


@cache
def words_of(kind: type[enum.Enum]) -> dict[str, object]:
    """The words of a closed set, as `plainly` gives them, and what each stands for."""
    words: dict[str, object] = {}
    for one in kind:
        words[texts.plainly(one.value)] = one
    for one in kind:
        words.setdefault(texts.plainly(one.name), one)
    return words


def _as_it_is(value: object, _place: Place) -> object:
    return value


def _what(kind: type, *, with_article: bool = False) -> str:
    name = "".join(f" {one.lower()}" if one.isupper() else one for one in kind.__name__).strip()
    return _article(name) if with_article else name


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _truth(value: object, place: Place) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word not in _TRUTH or isinstance(value, Number):
        raise Fault(
            place,
            f"yes or no is expected, not {kind_words(value)}",
            hint="write true or false, or leave the field out where it is not known",
        )
    return _TRUTH[word]


def _word(kind: type[enum.Enum], value: object, place: Place) -> object:
    named = [texts.plainly(one.name) if kind is IdentifierKind else one.value for one in kind]
    what = _WHAT.get(kind, _what(kind))
    return texts.word_among(value, place, words_of(kind), what, named=named)


_WHAT: dict[type[enum.Enum], str] = {OwnersKnown: "word on owners"}
"""What words are that their class names badly."""


_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def _whole(value: object, place: Place) -> int:
    number = texts.amount_of(value, place)
    if number != number.to_integral_value() or number > _WHOLE_MAX:
        raise Fault(
            place,
            f"`{number}` is no number of days",
            hint=f"write 0 to {_WHOLE_MAX:,} without decimals",
        )
    return int(number)


_WHOLE_MAX = 1_000_000
_READERS: dict[type[inspect.Type], Callable[[object, Place], object]] = {
    inspect.StrType: texts.text_of,
    inspect.BoolType: _truth,
    inspect.IntType: _whole,
    inspect.DecimalType: texts.decimal_of,
    inspect.DateType: texts.day_of,
    inspect.CustomType: texts.fraction_of,
}
