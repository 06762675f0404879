"""What holds on every route: the names of requests, both clocks, and that all of it is published.

Each route stands in one table; the description is compared with what the server does.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from article41.faces.api.access import Scope
from article41.faces.api.described import openapi_json
from tests.faces.api.made import ACT, Served, copied, problem
from tests.faces.api.test_routes import MT103
from tests.faces.json_schema import faults
from tests.faces.made import LATER_SDN, call, write

DOCUMENT = json.loads(openapi_json())
NAMES = {"parties": [{"name": "Sample Cora"}]}
BEFORE, BETWEEN = "2024-01-10", "2024-06-01"
"""Days: before the entry of Cora Sample was published, and after it."""


class Route(NamedTuple):
    """A request that is answered, and where it says of which day and moment it asks."""

    method: str
    path: str
    body: dict[str, Any] = {}  # noqa: RUF012
    """As httpx has it."""
    as_of: str = ""
    """Where the day stands: `query as_of`, `body as_of`; empty if it asks of none."""
    known_at: str = ""
    """Where the moment known stands."""
    is_answer: bool = False
    """True if it is recorded, and given again by its `Idempotency-Key`."""


TEXT = {"content": MT103, "headers": {"content-type": "text/plain"}}
ROUTES = [
    Route("POST", "/match", {"json": NAMES}, "body as_of", "body known_at", is_answer=True),
    Route("POST", "/check", {"json": ACT}, "body on", "query known_at", is_answer=True),
    Route("POST", "/payments", TEXT, "query on", "query known_at", is_answer=True),
    Route("GET", "/lists", {}, "query as_of", "query known_at"),
    Route("GET", "/measures", {}, "query as_of", ""),
    Route("GET", "/certificates/{name}"),
    Route("GET", "/ready"),
    Route("GET", "/metrics"),
    Route("GET", "/health"),
    Route("GET", "/openapi.json"),
]
VALUES = {
    "as_of": BETWEEN, "on": BETWEEN, "in_force": BETWEEN, "known_at": "2026-01-01",
    "threshold": "0.8", "jurisdiction": "EU", "asker": "payee-bank", "id": "eu/syria",
    "kind": "arms-embargo", "class": "economic", "limit": "1", "exhaustive": "true",
    "all": "true", "replies": "true",
}  # fmt: skip
"""A value of every parameter that some route or body has."""
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)


@pytest.fixture(scope="module")
def grown(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """A server over a list with a second publication, which names Cora Sample."""
    folder = tmp_path_factory.mktemp("grown")
    store = copied(filled, folder)
    later = write(folder, "later.csv", LATER_SDN)
    call("lists", "add", later, "--published", "2024-02-02", "--accept-shrink", "--store", store)
    return Served(store)


@pytest.fixture(scope="module")
def key(grown: Served) -> str:
    return grown.key()


def asked(served: Served, key: str, route: Route, **more: object) -> httpx.Response:
    """Ask it as it stands, with more of what httpx takes."""
    given = {**route.body, **more}
    given["headers"] = {**route.body.get("headers", {}), **given.get("headers", {})}
    path = route.path
    if "{name}" in path:
        [record] = served.ask("POST", "/match", key=key, json=NAMES).json()["records"]
        path = path.replace("{name}", record)
    return served.ask(route.method, path, key=key, **given)


def operation(route: Route) -> Any:  # whatever the JSON holds
    return DOCUMENT["paths"][route.path][route.method.lower()]


def published(route: Route, where: str) -> set[str]:
    """The parameters of a route that the description has there."""
    parameters = [
        DOCUMENT["components"]["parameters"][one["$ref"].rpartition("/")[2]]
        if "$ref" in one
        else one
        for one in operation(route)["parameters"]
    ]
    return {one["name"] for one in parameters if one["in"] == where}


def test_every_route_that_is_published_is_tried_here() -> None:
    assert {(one.path, one.method.lower()) for one in ROUTES} == {
        (path, method) for path, methods in DOCUMENT["paths"].items() for method in methods
    }


@each_route
def test_a_parameter_is_read_if_it_is_published_and_else_refused(
    grown: Served, key: str, route: Route
) -> None:
    values = VALUES | ({"on": "Syria"} if route.path == "/measures" else {})
    for name in (*values, "colour"):
        response = asked(grown, key, route, params={name: values.get(name, "red")})

        if name in published(route, "query"):
            assert response.status_code in (200, 422), (name, response.text)
        else:
            found = problem(response, 400)
            assert (found["place"], found["detail"]) == (name, f"unknown parameter `{name}`")


@each_route
def test_every_answer_fits_its_published_schema(grown: Served, key: str, route: Route) -> None:
    [(kind, published_as)] = operation(route)["responses"]["200"]["content"].items()
    if kind != "application/json":
        return  # Prometheus reads it.
    root = {"$defs": DOCUMENT["components"]["schemas"]}

    answer = asked(grown, key, route).json()

    assert list(faults(answer, published_as["schema"], root)) == []
    if route.path == "/payments":
        # Nothing of it goes without a type.
        [payment] = answer["payments"]
        assert payment["reasons"]
        assert payment.keys() <= root["$defs"]["payment.PaymentAnswer"]["properties"].keys()


@each_route
def test_another_method_is_refused_as_is_published(grown: Served, key: str, route: Route) -> None:
    refused = grown.ask("DELETE", route.path, key=key)

    assert problem(refused, 405)["code"] == "method"
    published_as = operation(route)["responses"]["405"]["headers"]
    assert set(published_as) == {"X-Request-ID", "Allow"}
    assert route.method in refused.headers["allow"]


@each_route
def test_the_description_names_the_scope_of_each_route(grown: Served, route: Route) -> None:
    said = operation(route)["description"]
    named = {one for one in Scope if f"`{one.value}`" in said} - {Scope.ADMIN}
    others = set(Scope) - named - {Scope.ADMIN}

    if named and route.path != "/certificates/{name}":
        assert asked(grown, grown.key(*named), route).status_code == 200
        assert problem(asked(grown, grown.key(*others), route), 403)["code"] == "scope"
    else:
        scopes = {*others, Scope.MATCH}  # Whoever asks for a certificate has asked before.
        assert asked(grown, grown.key(*scopes), route).status_code == 200


@each_route
def test_a_request_has_the_name_that_its_sender_gave_it(
    grown: Served, key: str, route: Route
) -> None:
    named = asked(grown, key, route, headers={"x-request-id": "desk-7"})
    nameless = asked(grown, key, route)
    refused = asked(grown, key, route, headers={"x-request-id": "desk-8"}, params={"colour": "red"})

    assert named.headers["x-request-id"] == "desk-7"
    assert nameless.headers["x-request-id"] not in ("", "desk-7")
    assert problem(refused, 400)["request_id"] == "desk-8"
    assert "X-Request-ID" in published(route, "header")
    assert all("X-Request-ID" in one["headers"] for one in operation(route)["responses"].values())


@each_route
def test_a_request_is_given_its_answer_again_where_that_is_published(
    grown: Served, key: str, route: Route
) -> None:
    headers = {"idempotency-key": f"order-{route.path}"}
    before = len(list(grown.record.ledger.lines()))

    first, again = (asked(grown, key, route, headers=headers) for _ in range(2))
    other = asked(grown, key, route, headers=headers, params={"known_at": "2026-01-01"})

    assert ("Idempotency-Key" in published(route, "header")) is route.is_answer
    assert first.status_code == again.status_code == 200
    if route.is_answer:
        assert again.content == first.content
        given = [one.headers.get("idempotency-replayed") for one in (first, again, other)]
        assert given == [None, "true", None]
        assert "Idempotency-Replayed" in operation(route)["responses"]["200"]["headers"]
        assert len(list(grown.record.ledger.lines())) == before + 1
        if route.known_at == "query known_at":
            assert problem(other, 409)["code"] == "repeat"
    else:
        # A name that nothing is kept by hinders nothing.
        assert other.status_code in (200, 400, 422)


def at(route: Route, where: str, value: str) -> dict[str, Any]:
    """The request with a day or a moment where it belongs."""
    place, name = where.split()
    if place == "query":
        return {"params": {name: value}}
    assert name in DOCUMENT["components"]["schemas"].get("MatchQuestion", {})["properties"] or (
        route.path == "/check"
    )
    return {"json": route.body["json"] | {name: value}}


def dates(response: httpx.Response) -> str:
    """The publications of the list of the USA by which it was answered."""
    body = response.json()
    found = {
        version["published"]
        for version in _versions(body)
        if version.get("published") in ("2024-01-02", "2024-02-02")
    }
    return " ".join(sorted(found))


def _versions(body: Any) -> list[dict[str, Any]]:  # whatever the JSON holds
    if isinstance(body, dict):
        own = [body] if {"published", "known_from"} <= body.keys() else []
        return own + [one for value in body.values() for one in _versions(value)]
    if isinstance(body, list):
        return [one for value in body for one in _versions(value)]
    return []


@pytest.mark.parametrize(
    "route", [one for one in ROUTES if one.as_of and one.path != "/measures"],
    ids=lambda route: route.path,
)  # fmt: skip
def test_the_day_asked_about_decides_which_publication_answers(
    grown: Served, key: str, route: Route
) -> None:
    before = asked(grown, key, route, **at(route, route.as_of, BEFORE))
    after = asked(grown, key, route, **at(route, route.as_of, BETWEEN))
    wrong = asked(grown, key, route, **at(route, route.as_of, "yesterday"))

    assert "2024-02-02" not in dates(before)
    assert "2024-02-02" in dates(after)
    assert problem(wrong, 422 if route.path == "/check" else 400)["place"] == route.as_of.split()[1]


@pytest.mark.parametrize(
    "route", [one for one in ROUTES if one.known_at], ids=lambda route: route.path
)
def test_the_moment_known_is_one_that_has_been(grown: Served, key: str, route: Route) -> None:
    now = asked(grown, key, route).json()
    early = asked(grown, key, route, **at(route, route.known_at, "2020-01-01"))
    coming = asked(grown, key, route, **at(route, route.known_at, "2999-01-01"))
    wrong = asked(grown, key, route, **at(route, route.known_at, "soon"))

    assert now
    if route.is_answer:
        assert problem(early, 422)["code"] == "source"
    else:
        assert early.json()["lists"] == []
    for refused in (coming, wrong):
        assert problem(refused, 400)["place"] == "known_at"


def test_where_a_day_or_a_moment_stands_otherwise_that_is_said(grown: Served, key: str) -> None:
    for path, name, hint in (
        ("/check", "as_of", "the day whose lists and law answer is `on` of each act"),
        ("/payments", "as_of", "did you mean `on`?"),
        ("/measures", "known_at", "the law is that of this release"),
        ("/match", "known_at", "what is asked stands in the body"),
    ):
        [route] = [one for one in ROUTES if one.path == path]
        found = problem(asked(grown, key, route, params={name: BEFORE}), 400)
        assert found["hint"].startswith(hint)


def test_refusals_have_the_headers_that_are_published(served: Served) -> None:
    for route in ROUTES:
        responses = operation(route)["responses"]
        if route.path != "/health":
            assert "WWW-Authenticate" in responses["401"]["headers"]
            assert "Retry-After" in responses["503"]["headers"]
            unknown = served.ask(route.method, route.path, key=None, **route.body)
            assert problem(unknown, 401)
            assert unknown.headers["www-authenticate"].startswith("Bearer")
