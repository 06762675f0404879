"""A key that stands twice in a body is refused with its place: nobody can tell what is meant."""

import pytest

from article41.faces.api.doubled import doubled
from tests.faces.api.made import Served, problem

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ('{"parties": [{"name": "Ada"}], "threshold": 0.9, "threshold": 0.7}', ["threshold"]),
        ('{"parties": [{"name": "Ada"}], "parties": [{"name": "Bo"}]}', ["parties"]),
        ('{"parties": [{"name": "Ada"}, {"name": "Bo", "name": "Cy"}]}', ["parties[1].name"]),
        (r'{"parties": [{"name": "Ada", "n\u0061me": "Bo"}]}', ["parties[0].name"]),
        ('{"limit": 1, "limit": 2, "parties": [{"name": "A", "name": "B", "dob": "1970"}]}',
         ["limit", "parties[0].name", "parties[0].dob"]),
    ],
)  # fmt: skip
def test_a_key_that_stands_twice_is_refused_with_its_place(
    served: Served, body: str, places: list[str]
) -> None:
    response = served.ask("POST", "/match", key=served.key(), content=body, headers=JSON)

    found = problem(response, 400)
    assert [one["place"] for one in found["faults"] or [found]] == places
    assert found["detail"] == f"`{places[0].rpartition('.')[2]}` stands twice"
    assert found["hint"] == "keep one of the two; nobody can tell which is meant"
    assert served.entries() == []


def test_an_act_is_refused_for_it_alike(served: Served) -> None:
    body = (
        '{"act": "payment", "on": "2024-06-01", "parties": {"payee": {"name": "A", "name": "B"}}}'
    )

    found = problem(served.ask("POST", "/check", key=served.key(), content=body, headers=JSON), 422)

    assert found["place"] == "parties.payee.name"
    assert "stands twice" in found["detail"]


def test_words_that_stand_twice_elsewhere_are_no_fault() -> None:
    digits = "9" * 10_000
    body = f'{{"a": ["a", "a"], "b": {{"a": "\\"a\\": 1, \\"a\\": 2"}}, "c": {digits}}}'

    assert doubled(body.encode()) == ()
