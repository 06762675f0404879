"""The schemas of all bodies, made from the classes read and written, and those published."""

import json
from importlib import resources
from typing import Any

import msgspec

from article41.casework.certificates import Certificate
from article41.faces.api.holdings import ListsAnswer
from article41.faces.api.problems import Problem
from article41.faces.api.questions import (
    BIRTH_DATES_MAX,
    NAME_MAX,
    PARTIES_MAX,
    MatchQuestion,
)
from article41.faces.api.readiness import Ready
from article41.faces.cli.answers import NameAnswer
from article41.faces.cli.measures import MeasuresAnswer
from article41.model.entities import Schema as PartySchema

Schema = dict[str, Any]  # a JSON Schema is any JSON
AT = "#/components/schemas/"
"""Where they stand in the description."""
THRESHOLD_SCHEMA: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
"""Of a least score."""


def schemas() -> Schema:
    """Every body, by its name."""
    _, parts = msgspec.json.schema_components(
        [MatchQuestion, NameAnswer, ListsAnswer, MeasuresAnswer, Certificate, Problem, Ready],
        ref_template=AT + "{name}",
    )
    _narrow(parts)
    return {**parts, **_published("act"), **_published("verdict"), **_published("payment")}


def _narrow(parts: Schema) -> None:
    """Say what is refused beside what the classes say."""
    question = parts["MatchQuestion"]["properties"]
    question["parties"] |= {"minItems": 1, "maxItems": PARTIES_MAX}
    question["threshold"] |= THRESHOLD_SCHEMA
    question["limit"] = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}
    party = parts["AskedName"]["properties"]
    party["name"] |= {"minLength": 1, "maxLength": NAME_MAX}
    kinds = {"enum": [one.value for one in PartySchema], "description": "In any letters."}
    party["schema"] |= {"anyOf": [kinds, {"type": "null"}]}
    for choice in party["birth_dates"]["anyOf"]:
        if choice["type"] == "array":
            choice["maxItems"] = BIRTH_DATES_MAX


def _published(name: str) -> Schema:
    """A published schema, its parts under its own name."""
    text = resources.files("article41.faces.api").joinpath(f"{name}.schema.json")
    schema = json.loads(text.read_text(encoding="utf-8").replace('"#/$defs/', f'"{AT}{name}.'))
    parts = {f"{name}.{part}": found for part, found in schema.pop("$defs").items()}
    schema.pop("$schema")
    return {name: schema, **parts}
