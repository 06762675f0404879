"""What is published of the interface is what it does: made-up requests, every answer looked at."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from article41.faces.api.described import openapi_json
from tests.faces.api.made import Served, copied

DOCUMENT = json.loads(openapi_json())
"""As `/openapi.json` gives it."""
MADE = copy.deepcopy(DOCUMENT)
"""By which requests are made up. Each has a key: who may ask what has tests of its own. Acts are
any objects: making one up by the whole schema takes a minute, and few have a meaning."""
MADE["security"] = []
MADE["components"]["schemas"]["act"] = {"type": "object"}
del MADE["paths"]["/check"]["post"]["requestBody"]["content"]["application/x-ndjson"]
SCHEMA = schemathesis.openapi.from_dict(MADE)


AnyCase = schemathesis.Case[Any]  # of whichever route


@pytest.fixture(scope="module")
def served_for_all(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Served, str]:
    served = Served(copied(filled, tmp_path_factory.mktemp("described")))
    return served, served.key()


def test_the_server_gives_its_description(served_for_all: tuple[Served, str]) -> None:
    served, key = served_for_all

    assert served.ask("GET", "/openapi.json", key=key).json() == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1.")


@SCHEMA.parametrize()
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_published(case: AnyCase, served_for_all: tuple[Served, str]) -> None:
    served, key = served_for_all
    given = requests.Request(**case.as_transport_kwargs(base_url="http://test")).prepare()
    assert given.method is not None
    assert given.url is not None
    headers = [(name, _bytes_of(value)) for name, value in given.headers.items()]
    headers.append(("authorization", f"Bearer {key}".encode()))

    response = served.ask(given.method, given.url, key=None, headers=headers, content=given.body)

    # What a JSON Schema cannot say is refused all the same: an act or a name without a meaning.
    case.validate_response(response, excluded_checks=[positive_data_acceptance])


def _bytes_of(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
