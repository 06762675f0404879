"""What can be read in two ways is refused, and what says nothing; hints speak as one asks here."""

from typing import Any

import pytest

from article41.faces.api.access import Scope
from tests.faces.api.made import ACT, Served, problem
from tests.faces.api.test_routes import MT103

NAMES = {"parties": [{"name": "Sample Cora"}]}
TEXT = {"content": MT103, "headers": {"content-type": "text/plain"}}
EARLY = "2020-01-01"


@pytest.mark.parametrize("path", ["/match", "/health", "/none"])
@pytest.mark.parametrize(
    ("headers", "place"),
    [
        ([("authorization", b"Bearer other")], "Authorization"),
        ([("content-type", b"application/json"), ("content-type", b"text/plain")], "Content-Type"),
        ([("content-length", b"3"), ("transfer-encoding", b"chunked")], "Content-Length"),
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_refused_and_its_connection_closed(
    served: Served, path: str, headers: list[tuple[str, bytes]], place: str
) -> None:
    response = served.ask("POST", path, key=served.key(), headers=headers, content=b"{}")

    found = problem(response, 400)
    assert (found["code"], found["place"]) == ("request", place)
    assert response.headers["connection"] == "close"
    assert served.entries() == []


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("POST", "/check?jurisdiction=", {"json": ACT}),
        ("POST", "/check?jurisdiction=EU&jurisdiction=%20", {"json": ACT}),
        ("POST", "/payments?jurisdiction=", TEXT),
        ("POST", "/payments?asker=", TEXT),
        ("GET", "/measures?jurisdiction=", {}),
        ("GET", "/measures?id=", {}),
        ("GET", "/lists?as_of=", {}),
    ],
)
def test_a_parameter_that_says_nothing_is_refused(
    served: Served, method: str, path: str, given: dict[str, Any]
) -> None:
    found = problem(served.ask(method, path, key=served.key(), **given), 400)

    name = path.partition("?")[2].partition("=")[0]
    assert (found["place"], found["detail"]) == (name, f"`{name}` is empty")


def test_an_act_for_no_jurisdiction_is_refused(served: Served) -> None:
    response = served.ask("POST", "/check", key=served.key(), json=ACT | {"jurisdictions": [""]})

    assert problem(response, 422)["detail"] == "the jurisdiction is empty"


@pytest.mark.parametrize(
    ("method", "path", "given"),
    [
        ("POST", "/match", {"json": NAMES | {"known_at": EARLY}}),
        ("POST", f"/check?known_at={EARLY}", {"json": ACT}),
        ("POST", f"/payments?known_at={EARLY}", TEXT),
        ("GET", "/measures?in_force=2024-01-01&as_of=2024-01-01", {}),
        ("GET", "/measures?id=eu/syria&jurisdiction=EU", {}),
    ],
)
def test_hints_speak_of_parameters_and_not_of_options(
    served: Served, method: str, path: str, given: dict[str, Any]
) -> None:
    response = served.ask(method, path, key=served.key(), **given)

    assert response.status_code in (400, 422)
    found = problem(response, response.status_code)
    said = f"{found['detail']} {found['hint']}"
    assert "--" not in said
    assert any(f"`{name}`" in said for name in ("known_at", "in_force", "id"))


def test_the_hint_to_a_missing_scope_is_a_command_that_works(served: Served) -> None:
    refused = served.ask("GET", "/metrics", key=served.key(Scope.MATCH))

    hint = problem(refused, 403)["hint"]
    assert hint == "make one with `article41 keys create --name NAME --scope metrics`"


@pytest.mark.parametrize("path", ["/match", "/check", "/payments"])
def test_a_body_that_is_empty_or_packed_is_called_so(served: Served, path: str) -> None:
    kind = "text/plain" if path == "/payments" else "application/json"
    headers = {"content-type": kind}
    packed = {**headers, "content-encoding": "gzip"}

    empty = served.ask("POST", path, key=served.key(), content=b" \n", headers=headers)
    zipped = served.ask("POST", path, key=served.key(), content=b"\x1f\x8b", headers=packed)

    assert problem(empty, 400)["detail"] == "the body is empty"
    assert problem(zipped, 415)["detail"] == "the body is encoded as `gzip`"
    assert served.entries() == []
