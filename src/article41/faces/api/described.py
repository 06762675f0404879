"""What all routes take and give, as OpenAPI 3.1, made from the classes read and written."""

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from article41.faces.api.access import Scope
from article41.faces.api.counting import METRICS_TYPE
from article41.faces.api.guarding import REQUEST_ID_PATTERN
from article41.faces.api.limits import BODY_BYTES_MAX
from article41.faces.api.payments import MESSAGE_TYPES
from article41.faces.api.problems import PROBLEM, TITLES
from article41.faces.api.questions import (
    ACTS_MAX,
)
from article41.faces.api.repeats import KEY_MAX, REPLAYED
from article41.faces.api.schemas import AT, THRESHOLD_SCHEMA, Schema, schemas
from article41.faces.settings import code_version
from article41.model.measures import Article41

_JSON = "application/json"
_REQUEST_ID = "X-Request-ID"

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
                "Allow": {"description": "By which methods it is asked.", "schema": _TEXT},
                "Authenticate": {"description": "How to show a key.", "schema": _TEXT},
            },
            "parameters": {"RequestId": _request_id()},
            "schemas": schemas(),
        },
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _say_of_each(operation, _NEEDED[path])
    return document


def _say_of_each(operation: Schema, needed: str) -> None:
    """Add what every route has: the name of a request, its key, and one way to be asked."""
    given = operation.get("parameters", ())
    operation["parameters"] = [{"$ref": "#/components/parameters/RequestId"}, *given]
    said = [operation["description"]] if "description" in operation else []
    operation["description"] = " ".join([*said, needed])
    operation["responses"]["405"] = {
        **_refusal(405),
        "description": "Asked by another method than those that `Allow` names.",
    }


def _for(scope: Scope) -> str:
    return f"Needs a key with the scope `{scope.value}`, or `{Scope.ADMIN.value}`."


_ANY_KEY = "Any valid key will do."
_NEEDED: Mapping[str, str] = {
    "/match": _for(Scope.MATCH),
    "/check": _for(Scope.CHECK),
    "/payments": _for(Scope.PAYMENTS),
    "/certificates/{name}": "Of what was asked by the same key any will do, of what another asked "
    f"one with the scope `{Scope.CERTIFICATES.value}`, or `{Scope.ADMIN.value}`.",
    "/lists": _for(Scope.LISTS),
    "/measures": _for(Scope.MEASURES),
    "/health": "Needs no key.",
    "/ready": _ANY_KEY,
    "/metrics": _for(Scope.METRICS),
    "/openapi.json": _ANY_KEY,
}
"""Which key each route needs."""


def _request_id() -> Schema:
    return {
        "name": _REQUEST_ID,
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
        "requestBody": _body({_JSON: {"$ref": f"{AT}MatchQuestion"}}),
        "responses": _answered("answers", "NameAnswer"),
    }


def _check() -> Schema:
    act: Schema = {"$ref": f"{AT}act"}
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
            _parameter("threshold", "Least score of a resemblance.", THRESHOLD_SCHEMA),
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
        "answer: all of it is to be held, and `record` of the problem names what is on record.",
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
            _parameter("threshold", "Least score of a resemblance.", THRESHOLD_SCHEMA),
            _parameter(
                "all",
                "With the whole verdict of each payment, whose `act` is what `/check` takes.",
                {"type": "boolean"},
            ),
            _parameter(
                "replies",
                "With what may be sent back of each payment that is held.",
                {"type": "boolean"},
            ),
        ],
        "requestBody": _body(dict.fromkeys(MESSAGE_TYPES, _TEXT)),
        "responses": _answered("payments", "payment"),
    }


def _certificate() -> Schema:
    name = {"name": "name", "in": "path", "required": True, "schema": _TEXT}
    return {
        "operationId": "certificate",
        "summary": "The proof of what is on record under a name, for `certificate verify`",
        "parameters": [{**name, "description": "One of `records` of an answer."}],
        "responses": _responses(_content({"$ref": f"{AT}Certificate"}), 404),
    }


def _lists() -> Schema:
    return {
        "operationId": "lists",
        "summary": "Which lists are held, how old they are, and what limits them",
        "parameters": [
            _parameter("as_of", "The day; the newest versions if absent.", _DAY),
            _parameter("known_at", "By what was known at this moment; now if absent.", _MOMENT),
        ],
        "responses": _responses(_content({"$ref": f"{AT}ListsAnswer"})),
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
        "responses": _responses(_content({"$ref": f"{AT}MeasuresAnswer"})),
    }


def _health() -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {"status": {"enum": ["up"]}},
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
        "responses": _with_refusals(_content({"$ref": f"{AT}Ready"}), _ALWAYS),
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
_NAMED: Schema = {_REQUEST_ID: {"$ref": f"{_HEADERS}RequestId"}}
_ALSO_SAID: Mapping[int, Schema] = {
    401: {"WWW-Authenticate": {"$ref": f"{_HEADERS}Authenticate"}},
    405: {"Allow": {"$ref": f"{_HEADERS}Allow"}},
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
    return {
        "200": {**answer, "headers": dict(_NAMED)},
        **{str(status): _refusal(status) for status in refusals},
    }


def _refusal(status: int) -> Schema:
    return {
        "description": TITLES[status],
        "content": {PROBLEM: {"schema": {"$ref": f"{AT}Problem"}}},
        "headers": _NAMED | _ALSO_SAID.get(status, {}),
    }


def _content(schema: Schema) -> Schema:
    return {"description": "The answer", "content": {_JSON: {"schema": schema}}}


def _recorded(field: str, item: str) -> Schema:
    """Answers, under which names they are on record, and what is odd in the questions."""
    return _content(
        {
            "type": "object",
            "properties": {
                field: {"type": "array", "items": {"$ref": f"{AT}{item}"}},
                "records": {**_TEXTS, "description": "By which each is found in the record."},
                "notes": {**_TEXTS, "description": "What is odd in the questions."},
                "disclosures": {
                    "type": "array",
                    "items": {"anyOf": [{"$ref": f"{AT}Disclosure"}, {"type": "null"}]},
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
