"""The JSON Schemas in the reference are those of the classes that are written."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from article41.checks.reading import canonical
from article41.checks.reading.shorthand import ALSO
from article41.checks.verdict_json import verdict_json
from article41.faces import api
from article41.faces.cli.alert_rows import AlertRow
from article41.faces.cli.answers import NameAnswer
from article41.faces.cli.doctor import Diagnosis
from article41.faces.cli.registering import ImportSummary, Standing
from article41.faces.cli.rescreening import ChangeRow, CustomersScreened
from article41.faces.cli.screening import OutputRow, ScreenSummary
from article41.model.acts import Act
from tests.acts import some_acts
from tests.faces.described import (
    act_schema,
    payment_schema,
    payment_texts_schema,
    verdict_schema,
)
from tests.faces.json_schema import faults
from tests.faces.made import call, lines_of_json, rows_of, write
from tests.faces.verdicts_made import FOUND

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
SERVED = Path(api.__file__).parent
"""Where the server finds the schemas of acts, verdicts and payments."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(title: str, *kinds: type) -> str:
    (first, *_), components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    schema = {"$schema": DIALECT, "title": title, **first, "$defs": components}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


SCHEMAS = {
    "match.schema.json": schema_of(
        "What `article41 match --json` writes, a line a name", NameAnswer
    ),
    "screen.schema.json": schema_of(
        "What `article41 screen --json` writes; OutputRow is what it adds to a row of the table",
        ScreenSummary,
        OutputRow,
    ),
    "customers.schema.json": schema_of(
        "What `article41 screen customers --json` writes; ChangeRow is a row of its table, "
        "AlertRow one of `customers alerts`, ImportSummary and Standing what `customers import` "
        "and `show` write",
        CustomersScreened,
        ChangeRow,
        AlertRow,
        ImportSummary,
        Standing,
    ),
    "doctor.schema.json": schema_of("What `article41 doctor --json` writes", Diagnosis),
    "act.schema.json": act_schema(),
    "verdict.schema.json": verdict_schema(),
    "payment.schema.json": payment_schema(),
    "payment-texts.schema.json": payment_texts_schema(),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_reference_holds_the_schema_of_what_is_written(
    name: str, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--bless"):
        (REFERENCE / name).write_text(SCHEMAS[name], encoding="utf-8")

    assert (REFERENCE / name).read_text(encoding="utf-8") == SCHEMAS[name]


@pytest.mark.parametrize("name", ["act.schema.json", "verdict.schema.json", "payment.schema.json"])
def test_the_server_publishes_the_schemas_of_the_reference(
    name: str, request: pytest.FixtureRequest
) -> None:
    compact = json.dumps(json.loads(SCHEMAS[name]), ensure_ascii=False, separators=(",", ":"))
    served = SERVED / name
    if request.config.getoption("--bless"):
        served.write_text(compact, encoding="utf-8")

    assert served.read_text(encoding="utf-8") == compact


def published(name: str) -> dict[str, Any]:  # a JSON Schema is any JSON
    schema = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
    assert isinstance(schema, dict)
    return schema


def test_answers_fit_the_schema_with_matches_and_without(filled: Path) -> None:
    names = ["Ada Exampel", "Qwertz Uiop", "???", "Specimen Trading Ltd"]
    result = call(
        "match", *names, "--json", "--store", filled, "--as-of", "2024-01-15",
        "--birth-date", "1965", "--schema", "Person", "--country", "XA", code=3,
    )  # fmt: skip
    schema = published("match.schema.json")

    answers = lines_of_json(result.stdout)

    assert [answer["query"]["name"] for answer in answers] == names
    assert [fault for answer in answers for fault in faults(answer, schema, schema)] == []


def test_a_summary_and_its_rows_fit_the_schema(filled: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "in.csv", "id,name\n1,Ada Example\n2,\n3,Nobody Else\n")
    output = tmp_path / "out.csv"
    result = call("screen", source, "-o", output, "--json", "--store", filled)
    schema = published("screen.schema.json")

    summaries = lines_of_json(result.stdout)

    assert [fault for one in summaries for fault in faults(one, schema, schema)] == []
    row_schema = schema["$defs"]["OutputRow"]
    rows = rows_of(output)
    assert len(rows) > 3
    for row in rows:
        added = {name: cell for name, cell in row.items() if name not in ("id", "name")}
        assert list(faults(added, row_schema, schema)) == []


@given(some_acts())
def test_acts_and_verdicts_fit_their_schemas(act: Act) -> None:
    of_acts, of_verdicts = published("act.schema.json"), published("verdict.schema.json")
    verdict = json.loads(verdict_json(msgspec.structs.replace(FOUND, act=act)))

    assert list(faults(json.loads(canonical(act)), of_acts, of_acts)) == []
    assert list(faults(verdict, of_verdicts, of_verdicts)) == []


@pytest.mark.parametrize(
    "name",
    [
        "act.schema.json",
        "verdict.schema.json",
        "payment.schema.json",
        "payment-texts.schema.json",
    ],
)
def test_every_field_of_acts_and_verdicts_is_described(name: str) -> None:
    bare = [
        f"{struct}.{field}"
        for struct, component in published(name)["$defs"].items()
        for field, schema in component.get("properties", {}).items()
        if not schema.get("description")
    ]

    assert bare == []


def test_the_schema_knows_the_fields_that_are_read_and_no_others() -> None:
    components = published("act.schema.json")["$defs"]

    for struct, also in ALSO.items():
        assert issubclass(struct, msgspec.Struct)
        fields = set(components[struct.__name__]["properties"])
        assert fields == {*struct.__struct_fields__, *also}


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ("x", {"type": "integer"}),
        (True, {"type": "integer"}),
        ({"a": 1}, {"type": "object", "properties": {"a": {"type": "string"}}}),
        ({}, {"type": "object", "required": ["a"]}),
        ({"b": 1}, {"type": "object", "properties": {"a": {}}}),
        ([1], {"type": "array", "items": {"type": "string"}}),
        ({"a": 1}, {"type": "object", "additionalProperties": {"type": "string"}}),
        ({"a": 1}, {"type": "object", "additionalProperties": False}),
        (["a", "b"], {"type": "array", "prefixItems": [{"type": "string"}], "maxItems": 1}),
        (1, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ("c", {"enum": ["a", "b"]}),
    ],
)
def test_the_check_of_schemas_finds_faults(value: object, schema: dict[str, Any]) -> None:
    assert list(faults(value, schema, schema))
