"""What all routes take and give, as OpenAPI 3.1, made from the classes read and written."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from article41.casework.certificates import Certificate
from article41.faces.api.counting import METRICS_TYPE
from article41.faces.api.guarding import REQUEST_ID, REQUEST_ID_PATTERN
from article41.faces.api.holdings import ListsAnswer
from article41.faces.api.limits import BODY_BYTES_MAX
from article41.faces.api.payments import MESSAGE_TYPES
from article41.faces.api.problems import PROBLEM, TITLES, Problem
from article41.faces.api.questions import ACTS_MAX, NAME_MAX, PARTIES_MAX, MatchQuestion
from article41.faces.api.readiness import Ready
from article41.faces.api.repeats import KEY_MAX, REPLAYED
from article41.faces.cli.answers import NameAnswer
from article41.faces.cli.measures import MeasuresAnswer
from article41.faces.settings import code_version
from article41.model.measures import Article41, Outcome

Schema = dict[str, Any]  # a JSON Schema is any JSON
_JSON = "application/json"
_AT = "#/components/schemas/"
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_DAY: Schema = {"type": "string", "format": "date"}
_MOMENT: Schema = {"type": "string", "description": "A moment such as 2026-02-27T09:00+00:00, "
                   "or a day, which stands for its end."}  # fmt: skip


@cache
def openapi_json() -> bytes:
    """The description of the whole interface."""
    return msgspec.json.encode(_document())


def _document() -> Schema:
    document: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": "Article 41",
            "version": code_version(),
            "description": "Whom names resemble on the lists, and what the law says of acts. "
            "Every question and its answer are on record before the answer leaves.",
        },
        "security": [{"key": []}],
        "paths": {
            "/match": {"post": _match()},
            "/check": {"post": _check()},
            "/payments": {"post": _payments()},
            "/certificates/{name}": {"get": _certificate()},
            "/lists": {"get": _lists()},
            "/measures": {"get": _measures()},
            "/health": {"get": _health()},
            "/ready": {"get": _ready()},
            "/metrics": {"get": _metrics()},
            "/openapi.json": {"get": _itself()},
        },
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key that `article41 keys create` made.",
                }
            },
            "headers": {
                "RequestId": {"description": "Names the request.", "schema": _TEXT},
                "RetryAfter": {
                    "description": "Seconds after which it is worth asking again; with 409 "
                    "only where the code is `pending`.",
                    "schema": {"type": "integer"},
                },
                "Replayed": {
                    "description": "Where the same request had this answer before: `true`.",
                    "schema": {"const": "true"},
                },
                "Authenticate": {"description": "How to show a key.", "schema": _TEXT},
            },
            "parameters": {"RequestId": _request_id()},
            "schemas": _schemas(),
        },
    }
    for operation in (one for path in document["paths"].values() for one in path.values()):
        given = operation.get("parameters", ())
        operation["parameters"] = [{"$ref": "#/components/parameters/RequestId"}, *given]
    return document


def _request_id() -> Schema:
    return {
        "name": REQUEST_ID.title(),
        "in": "header",
        "description": "Names the request: the response and the server's log have it. One is made "
        f"where none is given, or one that is not like `{REQUEST_ID_PATTERN}`.",
        # Any text, since no request is refused for it.
        "schema": _TEXT,
    }


def _match() -> Schema:
    return {
        "operationId": "match",
        "summary": "Whom names resemble on the lists",
        "parameters": _repeatable(),
        "requestBody": _body({_JSON: {"$ref": f"{_AT}MatchQuestion"}}),
        "responses": _answered("answers", "NameAnswer"),
    }


def _check() -> Schema:
    act: Schema = {"$ref": f"{_AT}act"}
    acts: Schema = {"type": "array", "items": act, "minItems": 1, "maxItems": ACTS_MAX}
    return {
        "operationId": "check",
        "summary": "What the law says of acts",
        "description": "One act or several, as `article41 check` reads them. If one cannot be "
        "read none is answered, and every fault is told with its place. The day whose lists and "
        "law answer is `on` of each act.",
        "parameters": [
            *_repeatable(),
            _parameter("known_at", "By what was known at this moment; now if absent.", _MOMENT),
            _parameter("threshold", "Least score of a resemblance.", _threshold()),
            _parameter("jurisdiction", "Whose answer comes first; may be repeated.", _TEXTS),
        ],
        "requestBody": _body(
            {
                _JSON: {"anyOf": [act, acts]},
                "application/yaml": _TEXT,
                "application/x-ndjson": _TEXT,
            }
        ),
        "responses": _answered("verdicts", "verdict"),
    }


def _payments() -> Schema:
    return {
        "operationId": "payments",
        "summary": "Whether payments of messages are to be held, and by what",
        "description": "ISO 20022 or SWIFT MT messages as they are. What cannot be read has no "
        "answer: all of it is to be held.",
        "parameters": [
            *_repeatable(),
            _parameter("asker", "On whose behalf: a role such as payee-bank, or a BIC.", _TEXT),
            _parameter(
                "on",
                "The day on which they are carried out, by whose lists and law it "
                "is answered; today if absent.",
                _DAY,
            ),
            _parameter("jurisdiction", "Whose answer comes first; may be repeated.", _TEXTS),
            _parameter("known_at", "By what was known at this moment; now if absent.", _MOMENT),
            _parameter("threshold", "Least score of a resemblance.", _threshold()),
            _parameter(
                "all",
                "With the whole verdict of each payment, whose `act` is what `/check` takes.",
                {"type": "boolean"},
            ),
        ],
        "requestBody": _body(dict.fromkeys(MESSAGE_TYPES, _TEXT)),
        "responses": _answered("payments", "PaymentAnswer"),
    }


def _certificate() -> Schema:
    name = {"name": "name", "in": "path", "required": True, "schema": _TEXT}
    return {
        "operationId": "certificate",
        "summary": "The proof of what is on record under a name, for `certificate verify`",
        "parameters": [{**name, "description": "One of `records` of an answer."}],
        "responses": _responses(_content({"$ref": f"{_AT}Certificate"}), 404),
    }


def _lists() -> Schema:
    return {
        "operationId": "lists",
        "summary": "Which lists are held, how old they are, and what limits them",
        "parameters": [
            _parameter("as_of", "The day; the newest versions if absent.", _DAY),
            _parameter("known_at", "By what was known at this moment; now if absent.", _MOMENT),
        ],
        "responses": _responses(_content({"$ref": f"{_AT}ListsAnswer"})),
    }


def _measures() -> Schema:
    classes = [one.value for one in Article41]
    return {
        "operationId": "measures",
        "summary": "Which measures are held, and where each stands on a day",
        "parameters": [
            _parameter("id", "One measure, or the beginning of several, as eu/syria.", _TEXT),
            _parameter("in_force", "Only measures in force on this day.", _DAY),
            _parameter("as_of", "All of them, each where it stands on this day.", _DAY),
            _parameter("on", "The country or theme that they are about.", _TEXT),
            _parameter("kind", "Their kind, such as asset-freeze.", _TEXT),
            _parameter("class", "Which interruption of Article 41.", {"enum": classes}),
            _parameter("jurisdiction", "Whose law; may be repeated.", _TEXTS),
        ],
        "responses": _responses(_content({"$ref": f"{_AT}MeasuresAnswer"})),
    }


def _health() -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {"status": {"const": "up"}},
        "required": ["status"],
    }
    return {
        "operationId": "up",
        "summary": "That the server runs",
        "responses": _with_refusals(_content(schema), (400, 500)),
        "security": [],
    }


def _ready() -> Schema:
    return {
        "operationId": "ready",
        "summary": "That the server can answer, and what fails while it does",
        "responses": _with_refusals(_content({"$ref": f"{_AT}Ready"}), _ALWAYS),
    }


def _metrics() -> Schema:
    content = {"description": "Counts", "content": {METRICS_TYPE: {"schema": _TEXT}}}
    return {
        "operationId": "metrics",
        "summary": "What the server counts, as Prometheus reads it",
        "responses": _responses(content),
    }


def _itself() -> Schema:
    return {
        "operationId": "openapi",
        "summary": "This description",
        "responses": _responses(_content({"type": "object"})),
    }


_ALWAYS = (400, 401, 403, 422, 500, 503)
_BODY = (408, 409, 413, 415)
_HEADERS = "#/components/headers/"
_ALSO_SAID: Mapping[int, Schema] = {
    401: {"WWW-Authenticate": {"$ref": f"{_HEADERS}Authenticate"}},
    409: {"Retry-After": {"$ref": f"{_HEADERS}RetryAfter"}},
    503: {"Retry-After": {"$ref": f"{_HEADERS}RetryAfter"}},
}
"""Headers of some refusals."""


def _responses(answer: Schema, *also: int) -> Schema:
    return _with_refusals(answer, sorted((*_ALWAYS, *also)))


def _answered(field: str, item: str) -> Schema:
    """The responses with answers, which may be given again."""
    found = _responses(_recorded(field, item), *_BODY)
    found["200"]["headers"] |= {REPLAYED.title(): {"$ref": f"{_HEADERS}Replayed"}}
    return found


def _with_refusals(answer: Schema, refusals: Sequence[int]) -> Schema:
    problem = {PROBLEM: {"schema": {"$ref": f"{_AT}Problem"}}}
    headers = {REQUEST_ID.title(): {"$ref": "#/components/headers/RequestId"}}
    return {
        "200": {**answer, "headers": headers},
        **{
            str(status): {
                "description": TITLES[status],
                "content": problem,
                "headers": headers | _ALSO_SAID.get(status, {}),
            }
            for status in refusals
        },
    }


def _content(schema: Schema) -> Schema:
    return {"description": "The answer", "content": {_JSON: {"schema": schema}}}


def _recorded(field: str, item: str) -> Schema:
    """Answers, under which names they are on record, and what is odd in the questions."""
    return _content(
        {
            "type": "object",
            "properties": {
                field: {"type": "array", "items": {"$ref": f"{_AT}{item}"}},
                "records": {**_TEXTS, "description": "By which each is found in the record."},
                "notes": {**_TEXTS, "description": "What is odd in the questions."},
                "disclosures": {
                    "type": "array",
                    "items": {"anyOf": [{"$ref": f"{_AT}Disclosure"}, {"type": "null"}]},
                    "description": "What the record withholds of each answer, with the salt; "
                    "absent where it withholds nothing.",
                },
            },
            "required": [field, "records", "notes"],
            "additionalProperties": False,
        }
    )


def _body(schemas: Mapping[str, Schema]) -> Schema:
    return {
        "required": True,
        "description": f"Up to {BODY_BYTES_MAX:,} bytes.",
        "content": {kind: {"schema": schema} for kind, schema in schemas.items()},
    }


def _parameter(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _threshold() -> Schema:
    return {"type": "number", "exclusiveMinimum": 0, "maximum": 1}


def _repeatable() -> list[Schema]:
    pattern = "^[ -~]+$"
    key: Schema = {"type": "string", "minLength": 1, "maxLength": KEY_MAX, "pattern": pattern}
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Names the request for a day: sent again with the same API key it "
            "has the same answer, by the lists of the first time. Make one for each question, such "
            "as a UUID; the number of a payment is none: it is to be screened by newer lists too.",
            "schema": key,
        }
    ]


def _schemas() -> Schema:
    _, parts = msgspec.json.schema_components(
        [MatchQuestion, NameAnswer, ListsAnswer, MeasuresAnswer, Certificate, Problem, Ready],
        ref_template=_AT + "{name}",
    )
    _narrow(parts)
    parts["PaymentAnswer"] = _payment_answer()
    return {**parts, **_published("act"), **_published("verdict")}


def _narrow(parts: Schema) -> None:
    """Say what is refused beside what the classes say."""
    question = parts["MatchQuestion"]["properties"]
    question["parties"] |= {"minItems": 1, "maxItems": PARTIES_MAX}
    question["threshold"] |= _threshold()
    question["limit"] = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}
    parts["AskedName"]["properties"]["name"] |= {"minLength": 1, "maxLength": NAME_MAX}


def _payment_answer() -> Schema:
    """What a program has to look at; the rest is as `payment screen --json` writes it."""
    objects: Schema = {"type": "array", "items": {"type": "object"}}
    return {
        "type": "object",
        "description": "The answer to one payment; without `hold` no measure was found.",
        "properties": {
            "message": {**_TEXT, "description": "The kind of message."},
            "number": {"type": "integer", "description": "Which payment of it, from 1."},
            "reference": {**_TEXT, "description": "How the payment is called."},
            "hold": {"type": "boolean", "description": "True if a person must look first."},
            "outcome": {"enum": [one.value for one in Outcome]},
            "reasons": {**objects, "description": "What of the law holds it."},
            "finds": {**objects, "description": "What stands in its free texts."},
            "assumed": {**_TEXTS, "description": "What was taken for granted."},
            "lists": {**_TEXTS, "description": "Limits of the lists, in words."},
            "verdict": {
                "anyOf": [{"$ref": f"{_AT}verdict"}, {"type": "null"}],
                "description": "The whole answer of the law, with the act; null unless `all`.",
            },
        },
        "required": ["hold", "outcome", "number", "reference", "reasons", "finds"],
    }


def _published(name: str) -> Schema:
    """A published schema, its parts under its own name."""
    text = resources.files("article41.faces.api").joinpath(f"{name}.schema.json")
    schema = json.loads(text.read_text(encoding="utf-8").replace('"#/$defs/', f'"{_AT}{name}.'))
    parts = {f"{name}.{part}": found for part, found in schema.pop("$defs").items()}
    schema.pop("$schema")
    return {name: schema, **parts}
