"""Which fields the form of an act has: those of the model, with what its schema says of them.

A field that the model gains appears here by itself; nothing but the order is written down.
"""

import enum
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec import inspect

from article41.checks.reading import texts, vocabulary
from article41.checks.reading.crossing import VERBS
from article41.checks.reading.fields import TEXT_READERS, TextReader
from article41.model.acts import Act, Asker, Goods, Verb
from article41.model.holdings import Share
from article41.model.parties import Party

ACT_KINDS: dict[str, type[msgspec.Struct]] = {
    str(one.__struct_config__.tag): one for one in Act.__args__
}
"""The kinds of act by the word for each."""


ENTRIES = "entries"
"""The list of the entries that an answer found; it stands with the answer."""


class Control(enum.Enum):
    """How a field is filled in."""

    TEXT = "text"
    """One line."""
    LONG = "long"
    """Several lines."""
    NUMBER = "number"
    """A number, written as in the papers."""
    DAY = "day"
    """A day of the calendar."""
    TRUTH = "truth"
    """Yes, no, or not known."""
    CHOICE = "choice"
    """One word of a closed set."""
    TICKS = "ticks"
    """Some words of a closed set."""
    WORDS = "words"
    """Several words, each in a line of its own that proposes some."""
    LINES = "lines"
    """Several texts, one on each line."""
    SETS = "sets"
    """Several sets of keys, one set on each line with commas between them."""
    GROUP = "group"
    """Fields of its own."""
    ROWS = "rows"
    """Several groups, which can be added and taken out."""
    NAMED = "named"
    """Words, each with a value."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form."""

    name: str
    """Its name in the model."""
    label: str
    """The same in words."""
    help: str
    """What the schema says of it."""
    help_id: str
    """By which what it says is referred to."""
    control: Control
    """How it is filled in."""
    is_required: bool
    """True if there is no act without it."""
    is_main: bool
    """True if it is shown at once, false if among what is unfolded."""
    may_be_none: bool = False
    """True if that there is none is said, too, and is not that it is not known."""
    proposes: str = ""
    """The list of words that it proposes."""
    choices: tuple[str, ...] = ()
    """The words of a closed set."""
    fields: "tuple[Field, ...]" = ()
    """Those of a group; of what is named, that of the value."""
    item: str = ""
    """What each of several rows is called."""

    @property
    def has_more(self) -> bool:
        """True of rows of which not all is shown at once."""
        return self.control is Control.ROWS and any(not one.is_main for one in self.fields)


_FIRST: dict[type, tuple[str, ...]] = {
    Asker: ("party",),
    Party: ("role", "name", "schema", "country"),
    Goods: ("description", "code", "origin", "destination", "quantity", "unit"),
}
"""What is shown at once of some groups, in this order; of others all is."""
_LONG = frozenset(("text", "mrz"))
_IN_CAPITALS = {"us": "US", "mrz": "MRZ", "cas": "CAS", "id": "Own key"}
_BY_READER: dict[TextReader, str] = {
    texts.country_of: "countries",
    texts.jurisdiction_of: "jurisdictions",
    vocabulary.purpose_of: "purposes",
    vocabulary.end_use_of: "purposes",
    vocabulary.item_as_stated: "items",
}
"""Which words a field proposes, by how it is read."""
_BY_NAME = {"sectors": "sectors", "listing": ENTRIES} | dict.fromkeys(
    ("party", "of", "owner", "asset", "acts_for"), "keys"
)
"""The same of other fields, by their names."""


@cache
def act_fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of act: first what makes it that kind, then what any act may have.

    Example:
        >>> [field.name for field in act_fields("payment") if field.is_main]
        ['on', 'asker', 'parties', 'money', 'cleared_in']
    """
    struct = ACT_KINDS[kind]
    of_any = set.intersection(*(set(one.__struct_fields__) for one in ACT_KINDS.values()))
    first = [
        one.name for one in msgspec.structs.fields(struct) if one.required or one.name not in of_any
    ]
    fields = _fields(inspect.type_info(struct), tuple(first))
    return tuple(_narrowed(field, kind) for field in fields)


def _narrowed(field: Field, kind: str) -> Field:
    """What an asker does, in words of what can be done in this kind of act."""
    if field.name != "asker":
        return field
    verbs = tuple(one.value for one in Verb if one in VERBS[kind])
    inner = (
        msgspec.structs.replace(one, choices=verbs) if one.name == "does" else one
        for one in field.fields
    )
    return msgspec.structs.replace(field, fields=tuple(inner))


# Any: what `inspect` gives of a struct has no class of its own where `type_info` is declared.
def _fields(kind: Any, first: tuple[str, ...] | None = None) -> Iterator[Field]:
    """The fields of a struct, those that are shown at once in their order before the others."""
    order = list(first or ())
    of = {field.encode_name: field for field in kind.fields}
    for name in (*order, *(name for name in of if name not in order)):
        yield _field(kind.cls, of[name], is_main=first is None or name in order)


def _field(struct: type, field: inspect.Field, *, is_main: bool) -> Field:
    name, kind, is_open = field.encode_name, field.type, False
    if isinstance(kind, inspect.UnionType):
        (kind,) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
        is_open = True
    if isinstance(kind, inspect.StructType) and kind.cls is Share:
        # What a share is short for is no form that anybody fills in.
        name = "percent"
    control, proposes, choices, inner = _control(name, kind)
    return Field(
        name=name,
        label=_label(name),
        help=_help(struct.__name__, name),
        help_id=f"h-{struct.__name__}-{name}",
        control=control,
        is_required=field.required and not is_open,
        is_main=is_main,
        may_be_none=is_open and isinstance(kind, inspect.VarTupleType),
        proposes=proposes,
        choices=choices,
        fields=inner,
        item=_item(kind),
    )


def _item(kind: inspect.Type) -> str:
    """What one of several is called, by its class."""
    if isinstance(kind, inspect.VarTupleType) and isinstance(kind.item_type, inspect.StructType):
        return kind.item_type.cls.__name__
    return ""


_Described = tuple[Control, str, tuple[str, ...], tuple[Field, ...]]
_PLAIN: dict[type[inspect.Type], Control] = {
    inspect.BoolType: Control.TRUTH,
    inspect.DateType: Control.DAY,
    inspect.DecimalType: Control.NUMBER,
    inspect.IntType: Control.NUMBER,
}


def _control(name: str, kind: inspect.Type) -> _Described:
    reader = TEXT_READERS.get(name, texts.text_of)
    proposes = _BY_NAME.get(name, _BY_READER.get(reader, ""))
    match kind:
        case inspect.EnumType():
            return Control.CHOICE, "", tuple(str(one.value) for one in kind.cls), ()
        case inspect.StructType() if kind.cls is not Share:
            return Control.GROUP, "", (), tuple(_fields(kind, _FIRST.get(kind.cls)))
        case inspect.VarTupleType():
            return _several(name, kind.item_type, proposes)
        case inspect.DictType():
            value = _control("", kind.value_type)[0]
            inner = Field(
                name="is", label="Is", help="", help_id="", control=value, is_required=False,
                is_main=True,
            )  # fmt: skip
            return Control.NAMED, "", (), (inner,)
        case _:
            control = Control.LONG if name in _LONG else Control.TEXT
            return _PLAIN.get(type(kind), control), proposes, (), ()


def _several(name: str, item: inspect.Type, proposes: str) -> _Described:
    control, _, choices, inner = _control(name, item)
    if control is Control.GROUP:
        return Control.ROWS, "", (), inner
    if control is Control.CHOICE:
        return Control.TICKS, "", choices, ()
    if isinstance(item, inspect.VarTupleType):
        return Control.SETS, "", (), ()
    return (Control.WORDS if proposes else Control.LINES), proposes, (), ()


def _label(name: str) -> str:
    """A name in words.

    Example:
        >>> _label("birth_date"), _label("us_person")
        ('Birth date', 'US person')
    """
    words = [_IN_CAPITALS.get(one, one) for one in name.split("_")]
    return f"{words[0][:1].upper()}{words[0][1:]} {' '.join(words[1:])}".strip()


def act_help(kind: str) -> str:
    """What the schema says of a kind of act."""
    return str(_schema()[ACT_KINDS[kind].__name__]["description"])


def _help(struct: str, name: str) -> str:
    return str(_schema()[struct]["properties"][name]["description"])


@cache
def _schema() -> dict[str, Any]:  # a JSON Schema is any JSON
    text = resources.files("article41.faces.api").joinpath("act.schema.json").read_text("utf-8")
    definitions: dict[str, Any] = json.loads(text)["$defs"]
    return definitions
