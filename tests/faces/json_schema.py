"""The part of JSON Schema that our schemas use, checked without a library.

A keyword that is not known here is an error, so that no rule of a schema goes unchecked.
"""

from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "array": list, "object": dict, "boolean": bool, "null": type(None),
    "integer": int, "number": (int, float),
}  # fmt: skip
_SAID = {
    "$schema", "$defs", "$ref", "title", "description", "default", "format", "discriminator",
}  # fmt: skip
_CHECKED = {
    "type", "anyOf", "enum", "properties", "required", "items", "prefixItems", "minItems",
    "maxItems", "additionalProperties",
}  # fmt: skip


# Any: a JSON value may be anything.
def faults(
    value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$"
) -> Iterator[str]:
    """What of a value does not fit a schema."""
    unknown = set(schema) - _SAID - _CHECKED
    assert not unknown, unknown
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    choices = schema.get("anyOf", [])
    if choices and all(list(faults(value, choice, root, at)) for choice in choices):
        yield f"{at}: {value!r} fits no choice"
    if isinstance(value, dict):
        yield from _faults_of_object(value, schema, root, at)
    if isinstance(value, list):
        yield from _faults_of_array(value, schema, root, at)


def _faults_of_object(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str
) -> Iterator[str]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties")
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}.{name} is missing"
    for name, inner in value.items():
        if name in properties:
            yield from faults(inner, properties[name], root, f"{at}.{name}")
        elif isinstance(others, dict):
            yield from faults(inner, others, root, f"{at}.{name}")
        elif properties or others is False:
            yield f"{at}.{name} is unknown"


def _faults_of_array(
    value: list[Any], schema: dict[str, Any], root: dict[str, Any], at: str
) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at} has {len(value)} items"
    firsts = schema.get("prefixItems", [])
    for number, item in enumerate(value):
        inner = firsts[number] if number < len(firsts) else schema.get("items", {})
        if inner is False:
            yield f"{at}[{number}] is one too many"
        else:
            yield from faults(item, inner, root, f"{at}[{number}]")


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])
