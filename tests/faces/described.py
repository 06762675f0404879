"""JSON Schemas of the model, every field with what the source says of it, and the short ways."""

import ast
import enum
import importlib
import inspect
import json
import pkgutil
import textwrap
from fractions import Fraction
from typing import Any, get_type_hints

import msgspec

from article41 import model
from article41.checks import coverage as list_coverage
from article41.checks.payment import answers, finds, message, references
from article41.checks.reading.shorthand import NUMBERS
from article41.faces.cli import payment_texts
from article41.match import coverage
from article41.model import acts, identifiers
from article41.model import verdicts as verdicts_

MODULES = (
    *(
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(model.__path__, "article41.model.")
    ),
    coverage,
    list_coverage,
    answers,
    finds,
    message,
    payment_texts,
    references,
)
KINDS = {
    name: kind
    for module in MODULES
    for short, kind in vars(module).items()
    if inspect.isclass(kind) and kind.__module__ == module.__name__
    for name in (short, f"{module.__name__}.{short}")
}
"""By name; where two classes share one, a schema calls them by their module too."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]  # a JSON Schema is any JSON
TEXT: Schema = {"type": "string"}


def act_schema() -> str:
    """What a caller may write as an act, the short ways of writing included."""
    schema = _schema("What `article41 check` reads: one act", acts.Act)
    _add_short_ways(schema["$defs"])
    return _text(schema)


def verdict_schema() -> str:
    """What is written as a verdict."""
    return _text(_schema("What `article41 check --json` writes, a line an act", _verdict()))


def payment_schema() -> str:
    """What is written as the answer to a payment."""
    verdict = _with_types(verdicts_.Verdict, coverage=list_coverage.Coverage | None)
    answer = _with_types(
        answers.PaymentAnswer,
        coverage=list_coverage.Coverage | None,
        verdict=verdict | None,
    )
    return _text(_schema("What `article41 payment screen --json` writes, a line a payment", answer))


def payment_texts_schema() -> str:
    """What is written of each text of a message."""
    title = "What `article41 payment read --account --json` writes, a line a text"
    return _text(_schema(title, payment_texts.ReadText))


def _verdict() -> type:
    """A verdict whose lists, which it carries as they were written, have their type."""
    return _with_types(verdicts_.Verdict, coverage=list_coverage.Coverage | None)


def _with_types(kind: Any, **types: Any) -> type:  # as defstruct takes them
    """A class of which some fields, that carry what was written, have their type."""
    kinds = get_type_hints(kind)
    fields: list[tuple[str, Any, Any]] = []  # as defstruct takes them
    for field in msgspec.structs.fields(kind):
        if field.name in types:
            fields.append((field.name, types[field.name], None))
        elif field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT:
            fields.append((field.name, kinds[field.name], msgspec.NODEFAULT))
        else:
            fields.append((field.name, kinds[field.name], field.default))
    return msgspec.defstruct(kind.__name__, fields, kw_only=True)


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _schema(title: str, kind: Any) -> Schema:  # a union is a type too
    (first,), components = msgspec.json.schema_components(
        [kind], ref_template="#/$defs/{name}", schema_hook=_of_fractions
    )
    for name, component in components.items():
        _describe(component, KINDS[name])
    return {"$schema": DIALECT, "title": title, **first, "$defs": components}


def _of_fractions(kind: type) -> Schema:
    if kind is Fraction:
        return TEXT | {"description": "A part of the whole, as 1/3."}
    raise NotImplementedError(kind)


def _describe(component: Schema, kind: type) -> None:
    component["description"] = (inspect.getdoc(kind) or "").partition("\n\n")[0]
    said = told(kind)
    if issubclass(kind, enum.Enum):
        words = [f"{one.value}: {said[one.name]}" for one in kind if one.name in said]
        component["description"] = "\n".join((component["description"], *words))
        return
    assert issubclass(kind, msgspec.Struct)
    for field in msgspec.structs.fields(kind):
        component["properties"][field.encode_name]["description"] = said[field.name]
    tag = kind.__struct_config__.tag_field
    if tag:
        component["properties"][tag]["description"] = "The kind of act."


def told(kind: type) -> dict[str, str]:
    """What stands below each field or word of a class in its source, or in that of its bases."""
    said: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("article41."):
            tree = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
            assert isinstance(tree, ast.ClassDef)
            for field, below in zip(tree.body, tree.body[1:], strict=False):
                target: ast.expr | None = field.target if isinstance(field, ast.AnnAssign) else None
                if isinstance(field, ast.Assign):
                    target = field.targets[0]
                if isinstance(target, ast.Name) and isinstance(below, ast.Expr):
                    said[target.id] = " ".join(ast.literal_eval(below.value).split())
    return said


def _add_short_ways(components: Schema) -> None:
    for component in components.values():
        if "properties" in component:
            component["additionalProperties"] = False
        for name, field in component.get("properties", {}).items():
            component["properties"][name] = _or_short(field)
    party = components["Party"]
    components["PartyByKey"] = party | {
        "required": [],
        "description": "A party under its role, or under an id where it says its role.",
    }
    for struct, fields in _SHORT.items():
        components[struct]["properties"] |= fields
    components["PartyByKey"]["properties"] = party["properties"]
    by_key = {"anyOf": [{"$ref": "#/$defs/PartyByKey"}, TEXT]}
    for component in components.values():
        if "asker" in component.get("properties", {}):
            choices = component["properties"]["parties"]["anyOf"]
            choices.append({"type": "object", "additionalProperties": by_key})
    components["Stake"]["required"].remove("share")
    kinds = components["IdentifierKind"]
    kinds["enum"] = sorted({*kinds["enum"], *(_plain(one) for one in identifiers.IdentifierKind)})


def _plain(one: enum.Enum) -> str:
    return one.name.lower().replace("_", "-")


def _or_short(field: Schema) -> Schema:
    """A field, and the other ways in which its value may be written."""
    description = {"description": field["description"]}
    choices = field.get("anyOf") or [
        {key: one for key, one in field.items() if key != "description"}
    ]
    choices = [choice for one in choices for choice in _choices(one)]
    if len(choices) == 1:
        return field
    default = {"default": field["default"]} if "default" in field else {}
    return {"anyOf": [_bare(one) for one in choices]} | default | description


def _bare(choice: Schema) -> Schema:
    return {key: one for key, one in choice.items() if key != "default"}


def _choices(choice: Schema) -> list[Schema]:
    if choice.get("format") == "decimal":
        return [choice, {"type": "number"}]
    if choice.get("type") == "integer":
        return [choice, TEXT]
    name = choice.get("$ref", "").rpartition("/")[2]
    if name in ("Money", "Asker", "Property", "Goods", "Share"):
        return [choice, TEXT] + ([{"type": "number"}] if name == "Share" else [])
    if choice.get("type") == "array":
        items = _choices(choice.get("items", {}))
        inner = items[0] if len(items) == 1 else {"anyOf": items}
        return [choice | {"items": inner}, *items]
    if choice.get("type") == "object" and "additionalProperties" in choice:
        items = _choices(choice["additionalProperties"])
        inner = items[0] if len(items) == 1 else {"anyOf": items}
        return [choice | {"additionalProperties": inner}]
    return [choice]


_NUMBER: Schema = {
    "anyOf": [
        TEXT,
        {
            "type": "object",
            "properties": {
                "value": TEXT | {"description": "As written."},
                "country": TEXT | {"description": "Who issued it."},
            },
            "required": ["value"],
        },
    ]
}
_SHORT: dict[str, Schema] = {
    "Party": {
        name: {
            "anyOf": [*_NUMBER["anyOf"], {"type": "array", "items": _NUMBER}],
            "description": f"Short for a document of the kind {_plain(kind)}.",
        }
        for name, kind in NUMBERS.items()
    },
    "Stake": {
        "percent": {
            "anyOf": [TEXT, {"type": "number"}],
            "description": "Short for the share: 55, 33 1/3, 25-50, >50, >=25, <=10.",
        }
    },
    "Goods": {
        "price": {"anyOf": [TEXT], "description": "Short for the unit price: 60 EUR."},
    },
}
