"""A field that there is not, or of another sort, is told by its place with the one meant."""

from typing import Any

import pytest

from article41.faces.api.misfits import misfits
from article41.faces.api.questions import MatchQuestion, match_question
from article41.model.errors import RequestError
from tests.faces.api.made import ACT, Served, problem

ADA = {"name": "Ada Example"}
NAMED = "it is one of name, schema, birth_dates, country"
WHOLE = 'write {"parties": [{"name": "..."}]}'


@pytest.mark.parametrize("body", [
    {"parties": [ADA | {"birth_dates": "1965-09-11"}]},
    {"parties": [ADA | {"birth_dates": ["1965-09-11"]}]},
])  # fmt: skip
def test_one_date_of_birth_may_stand_without_its_array(
    served: Served, body: dict[str, object]
) -> None:
    [answer] = served.ask("POST", "/match", key=served.key(), json=body).json()["answers"]

    assert answer["query"]["birth_dates"] == ["1965-09-11"]


@pytest.mark.parametrize(
    ("body", "place", "detail", "hint"),
    [
        ({"parties": [ADA, ADA | {"birth_date": "1970-01-01"}]}, "parties[1].birth_date",
         "unknown field `birth_date`", f"did you mean `birth_dates`? {NAMED}"),
        ({"parties": [ADA | {"dob": "1970"}]}, "parties[0].dob",
         "unknown field `dob`", f"did you mean `birth_dates`? {NAMED}"),
        ({"parties": [ADA | {"birthDates": []}]}, "parties[0].birthDates",
         "unknown field `birthDates`", f"did you mean `birth_dates`? {NAMED}"),
        ({"parties": [{"nmae": "Ada"}]}, "parties[0].nmae",
         "unknown field `nmae`", f"did you mean `name`? {NAMED}"),
        ({"parties": [{"full_name": "Ada"}]}, "parties[0].full_name",
         "unknown field `full_name`", f"did you mean `name`? {NAMED}"),
        ({"parties": [ADA | {"type": "Person"}]}, "parties[0].type",
         "unknown field `type`", f"did you mean `schema`? {NAMED}"),
        ({"parties": [ADA | {"fuzzy": "red"}]}, "parties[0].fuzzy",
         "unknown field `fuzzy`", NAMED.removeprefix("it is ")),
        ({"parties": [ADA | {"birth_dates": "soon"}]}, "parties[0].birth_dates",
         "`soon` is no date of birth", "write 1965, 1965-09 or 1965-09-11"),
        ({"parties": [ADA | {"birth_dates": ["1970", 1971]}]}, "parties[0].birth_dates[1]",
         "a text is expected, not the number `1971`", 'write it in quotes: "1971"'),
        ({"parties": [ADA | {"birth_dates": 1971}]}, "parties[0].birth_dates",
         "a text is expected, not the number `1971`", 'write it in quotes: "1971"'),
        ({"parties": [ADA | {"country": ["DE"]}]}, "parties[0].country",
         "a text is expected, not an array", "write it in quotes"),
        ({"parties": ["Ada"]}, "parties[0]",
         "an object is expected, not the text `ada`", 'write {"name": "..."}'),
        ({"parties": [None]}, "parties[0]",
         "an object is expected, not `null`", 'write {"name": "..."}'),
        ({"parties": ADA}, "parties",
         "an array is expected, not an object", "write it in brackets: [...]"),
        ([ADA], "", "an object is expected, not an array", WHOLE),
        (ADA, "name", "unknown field `name`", f"it belongs into `parties`: {WHOLE}"),
        ({"queries": [ADA]}, "queries", "unknown field `queries`", "did you mean `parties`?"),
        ({}, "parties", "`parties` is missing", WHOLE),
        ({"parties": [ADA], "asOf": "2024-01-01"}, "asOf",
         "unknown field `asof`", "did you mean `as_of`?"),
        ({"parties": [ADA], "limit": "5"}, "limit",
         "a whole number is expected, not the text `5`", "write it without quotes: 5"),
        ({"parties": [ADA], "limit": 1.5}, "limit",
         "a whole number is expected, not the number `1.5`", "write a number"),
        ({"parties": [ADA], "threshold": "0.5"}, "threshold",
         "a number is expected, not the text `0.5`", "write it without quotes: 0.5"),
        ({"parties": [ADA], "threshold": True}, "threshold",
         "a number is expected, not `true`", "write a number"),
        ({"parties": [ADA], "exhaustive": "yes"}, "exhaustive",
         "`true` or `false` is expected, not the text `yes`", "write one of them"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_what_to_write(
    served: Served, body: object, place: str, detail: str, hint: str
) -> None:
    response = served.ask("POST", "/match", key=served.key(), json=body)

    found = problem(response, 400)
    assert (found["code"], found["place"], found["faults"]) == ("request", place, [])
    assert found["detail"].casefold() == detail.casefold()
    assert found["hint"].casefold().startswith(hint.casefold())


def test_all_that_does_not_fit_is_told_at_once(served: Served) -> None:
    unfit = {"parties": [{"names": ["Ada"]}, 7, ADA | {"birth_dates": [1]}], "treshold": 0.8}
    wrong = {"parties": [{"name": " ", "schema": "Robot"}, ADA | {"country": "Qwertz"}],
             "as_of": "soon", "known_at": "2999-01-01", "limit": 0, "threshold": 2}  # fmt: skip

    for body, places in (
        (unfit, ["parties[0].names", "parties[1]", "parties[2].birth_dates[0]", "treshold"]),
        (wrong, ["parties[0].name", "parties[0].schema", "parties[1].country", "as_of",
                 "known_at", "limit", "threshold"]),
    ):  # fmt: skip
        found = problem(served.ask("POST", "/match", key=served.key(), json=body), 400)
        assert found["code"] == "faults"
        assert [one["place"] for one in found["faults"]] == places
        assert found["place"] == places[0]
    assert served.entries() == []


@pytest.mark.parametrize(
    ("path", "body", "place", "meant"),
    [
        ("/check", ACT | {"prties": {}}, "prties", "parties"),
        ("/check", ACT | {"currency": "EUR"}, "currency", "money"),
        ("/check?knownat=2024-01-01", ACT, "knownat", "known_at"),
        ("/check?Jurisdictions=EU", ACT, "Jurisdictions", "jurisdiction"),
        ("/payments?askr=payee", ACT, "askr", "asker"),
        ("/payments?treshold=1", ACT, "treshold", "threshold"),
        ("/payments?asker=payee-bnk", ACT, "asker", "payee-bank"),
    ],
)
def test_elsewhere_too_the_one_that_is_meant_is_named(
    served: Served, path: str, body: dict[str, Any], place: str, meant: str
) -> None:
    found = served.ask("POST", path, key=served.key(), json=body).json()

    assert found["place"] == place
    assert found["hint"].startswith(f"did you mean `{meant}`? It is one of ")


@pytest.mark.parametrize("acts", [[ACT], []])
def test_acts_stand_in_no_field(served: Served, acts: list[object]) -> None:
    found = served.ask("POST", "/check", key=served.key(), json={"acts": acts}).json()

    assert (found["place"], found["detail"]) == ("acts", "acts stand in no field")
    assert found["hint"] == "write the list of them alone, or each by itself"


def test_messages_are_sent_as_they_are(served: Served) -> None:
    body = {"message": "{1:F01"}

    found = problem(served.ask("POST", "/payments", key=served.key(), json=body), 415)

    assert found["hint"].endswith(", as it is and not within JSON")


def test_what_is_asked_about_names_is_no_parameter(served: Served) -> None:
    response = served.ask("POST", "/match?threshold=1", key=served.key(), json={"parties": [ADA]})

    assert problem(response, 400)["hint"] == "what is asked stands in the body"


@pytest.mark.parametrize("body", [{"parties": [ADA]}, {"parties": [ADA], "limit": None}])
def test_of_what_fits_nothing_is_told(body: dict[str, object]) -> None:
    assert misfits(body, MatchQuestion) == ()


@pytest.mark.parametrize("body", [
    b'{"parties": [{"name": 1}]} x', b'{"parties": 1, "a": ' + b"[" * 100_000,
    b'{"parties": 1, "\xff": 1}', b'{"' + b"x" * 100_000 + b'": 1}',
])  # fmt: skip
def test_what_is_broken_beside_that_is_refused_in_few_words(body: bytes) -> None:
    with pytest.raises(RequestError) as refused:
        match_question(body)

    assert len(f"{refused.value.message}{refused.value.hint}{refused.value.path}") < 400
