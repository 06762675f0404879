"""Every refusal is a problem with its code, its hint and its place; nothing is half read."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from article41.faces.api.limits import Limits
from article41.faces.api.questions import PARTIES_MAX
from tests.faces.api.made import ACT, Served, copied, problem

MATCH = {"parties": [{"name": "Ada"}]}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "parties"),
        ({"parties": []}, "parties"),
        ({"parties": [{"name": "Ada", "dob": "1965"}]}, "parties[0].dob"),
        ({"parties": [{"name": 7}]}, "parties[0].name"),
        ({"parties": [{"name": " "}]}, "parties[0].name"),
        ({"parties": [{"name": "Ada"}, {"name": "Ada", "schema": "Robot"}]}, "parties[1].schema"),
        ({"parties": [{"name": "Ada", "birth_dates": ["soon"]}]}, "parties[0].birth_dates[0]"),
        ({"parties": [{"name": "Ada", "country": "Qwertz"}]}, "parties[0].country"),
        (MATCH | {"as_of": "yesterday"}, "as_of"),
        (MATCH | {"known_at": "later"}, "known_at"),
        (MATCH | {"threshold": 0}, "threshold"),
        (MATCH | {"threshold": 1.5}, "threshold"),
        (MATCH | {"limit": 0}, "limit"),
        (MATCH | {"fuzzy": True}, "fuzzy"),
    ],
)
def test_a_question_about_names_is_refused_by_its_place(
    served: Served, body: dict[str, Any], place: str
) -> None:
    response = served.ask("POST", "/match", key=served.key(), json=body)

    assert problem(response, 400)["place"] == place
    assert served.entries() == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"parties": ' + b"[" * 9_999])
def test_what_is_no_json_is_refused(served: Served, body: bytes) -> None:
    response = served.ask(
        "POST", "/match", key=served.key(), content=body,
        headers={"content-type": "application/json"},
    )  # fmt: skip

    assert problem(response, 400)["code"] == "request"


def test_acts_are_all_answered_or_none_and_each_fault_is_told(served: Served) -> None:
    acts = [ACT, ACT | {"on": "soon"}, ACT, ACT | {"colour": "red"}]

    several = served.ask("POST", "/check", key=served.key(), json=acts)
    single = served.ask("POST", "/check", key=served.key(), json=acts[1])

    found = problem(several, 422)
    assert (found["code"], found["place"]) == ("faults", "[1].on")
    assert [one["place"] for one in found["faults"]] == ["[1].on", "[3].colour"]
    assert [one["code"] for one in found["faults"]] == ["act", "act"]
    assert (problem(single, 422)["code"], problem(single, 422)["place"]) == ("act", "on")
    assert served.entries() == []


def test_an_act_that_names_an_entry_of_no_list_is_named(served: Served) -> None:
    payee = ACT["parties"]["payee"] | {"listings": ["ofac-sdn/999"]}  # type: ignore[index]
    wrong = ACT | {"parties": ACT["parties"] | {"payee": payee}}  # type: ignore[operator]

    response = served.ask("POST", "/check", key=served.key(), json=[ACT, wrong])

    assert problem(response, 422)["place"].startswith("[1].parties")
    assert served.entries() == []


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/check?colour=red", "colour"),
        ("/check?threshold=2", "threshold"),
        ("/check?threshold=nan", "threshold"),
        ("/check?threshold=0.7&threshold=0.8", "threshold"),
        ("/check?jurisdiction=EU&jurisdiction=Qwertz", "jurisdiction"),
        ("/check?known_at=soon", "known_at"),
        ("/match?as_of=2024-01-01", "as_of"),
    ],
)
def test_a_parameter_is_refused_by_its_name(served: Served, address: str, place: str) -> None:
    response = served.ask("POST", address, key=served.key(), json=ACT)

    assert problem(response, 400)["place"] == place


def test_what_no_route_takes_is_a_problem_too(served: Served) -> None:
    key = served.key()

    nowhere = served.ask("GET", "/nowhere", key=key)
    otherwise = served.ask("DELETE", "/match", key=key)
    kind = served.ask(
        "POST", "/match", key=key, content=b"<a/>", headers={"content-type": "text/xml"}
    )

    assert problem(nowhere, 404)["code"] == "unknown-route"
    assert problem(otherwise, 405)["code"] == "method"
    assert otherwise.headers["allow"] == "POST"
    assert problem(kind, 415)["code"] == "media-type"


def test_too_much_and_too_slow_is_refused(filled: Path, tmp_path: Path) -> None:
    limits = Limits(body_bytes=2_000, body_s=0.05, answer_s=30, pending=1)
    served = Served(copied(filled, tmp_path), limits)
    key = served.key()
    headers = {"content-type": "application/json"}
    waited = asyncio.Event()

    async def long() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 1_000

    async def slow() -> AsyncIterator[bytes]:
        yield b"{"
        await waited.wait()

    stated = served.ask("POST", "/match", key=key, content=b"x" * 3_000, headers=headers)
    streamed = served.ask("POST", "/match", key=key, content=long(), headers=headers)
    begun = served.ask("POST", "/match", key=key, content=slow(), headers=headers)

    assert problem(stated, 413)["code"] == "too-long"
    assert problem(streamed, 413)["code"] == "too-long"
    assert problem(begun, 408)["code"] == "too-slow"


def test_more_questions_than_can_be_answered_are_refused(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), Limits(pending=1))

    responses = served.ask_all([("POST", "/match", {"json": MATCH})] * 8, key=served.key())

    by_status = {response.status_code: response for response in responses}
    assert set(by_status) == {200, 503}
    assert problem(by_status[503], 503)["code"] == "overload"
    answered = sum(response.status_code == 200 for response in responses)
    assert len(served.entries()) == answered


def test_an_answer_that_takes_too_long_is_not_waited_for(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), Limits(answer_s=0.0))

    response = served.ask("POST", "/match", key=served.key(), json=MATCH)

    assert problem(response, 503)["code"] == "overload"


def test_parties_are_counted(served: Served) -> None:
    body = {"parties": [{"name": "Ada"}] * (PARTIES_MAX + 1)}

    response = served.ask("POST", "/match", key=served.key(), json=body)

    assert problem(response, 400)["place"] == "parties"


def test_a_request_has_the_id_that_its_sender_gave(served: Served) -> None:
    given = served.ask("GET", "/health", key=None, headers={"x-request-id": "order-7:a"})
    odd = served.ask("GET", "/health", key=None, headers={"x-request-id": "a b\tc"})

    assert given.headers["x-request-id"] == "order-7:a"
    assert odd.headers["x-request-id"].isalnum()


def test_a_fault_of_ours_says_nothing_of_itself(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("article41.faces.api.answerer.names_told_together", broken)

    response = served.ask("POST", "/match", key=served.key(), json=MATCH)

    assert problem(response, 500)["code"] == "error"
    assert "secret" not in response.text


def test_the_same_request_twice_has_the_same_answer(served: Served) -> None:
    key, named = served.key(), {"idempotency-key": "order-7"}

    first = served.ask("POST", "/match", key=key, json=MATCH, headers=named)
    again = served.ask("POST", "/match", key=key, json=MATCH, headers=named)
    other = served.ask("POST", "/match", key=key, json={"parties": [{"name": "B"}]}, headers=named)
    elsewhere = served.ask("POST", "/check", key=key, json=ACT, headers=named)
    somebody = served.ask("POST", "/match", key=served.key(), json=MATCH, headers=named)

    assert again.content == first.content
    assert problem(other, 409)["code"] == "repeat"
    assert problem(elsewhere, 409)["code"] == "repeat"
    assert somebody.json()["records"] != first.json()["records"]
    assert len(served.entries()) == 2


def test_a_request_that_was_refused_may_be_sent_again_under_its_key(served: Served) -> None:
    key, named = served.key(), {"idempotency-key": "order-8"}

    refused = served.ask("POST", "/match", key=key, json={"parties": []}, headers=named)
    mended = served.ask("POST", "/match", key=key, json=MATCH, headers=named)
    odd = served.ask("POST", "/match", key=key, json=MATCH, headers={"idempotency-key": "x" * 201})

    assert problem(refused, 400)
    assert mended.status_code == 200
    assert problem(odd, 400)["place"] == "Idempotency-Key"


def test_of_requests_at_once_under_one_key_one_is_answered(served: Served) -> None:
    given = {"json": MATCH, "headers": {"idempotency-key": "order-9"}}

    responses = served.ask_all([("POST", "/match", given)] * 8, key=served.key())

    answers = {response.content for response in responses if response.status_code == 200}
    assert len(answers) == 1
    for response in responses:
        if response.status_code != 200:
            assert problem(response, 409)["code"] == "pending"
            assert response.headers["retry-after"]
    assert len(served.entries()) == 1


def test_the_answers_that_are_kept_are_their_owners(served: Served) -> None:
    served.ask("POST", "/match", key=served.key(), json=MATCH, headers={"idempotency-key": "a"})

    assert (served.folder / "requests.sqlite").stat().st_mode & 0o777 == 0o600


def names_in(response: httpx.Response) -> list[str]:
    return [one["query"]["name"] for one in json.loads(response.content)["answers"]]


def test_answers_at_once_are_each_their_own(served: Served) -> None:
    names = [f"Ada Example {number}" for number in range(40)]
    requests = [("POST", "/match", {"json": {"parties": [{"name": name}]}}) for name in names]

    responses = served.ask_all(requests, key=served.key())

    assert [names_in(response) for response in responses] == [[name] for name in names]
    assert len({one.id for one in served.entries()}) == len(names)
