"""`customers` and `screen customers`: nothing of a table is lost without a word."""

import json
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from article41.casework.monitor import Register
from article41.faces.cli.alert_rows import AlertRow
from article41.faces.cli.rescreening import ChangeRow
from article41.store.syncing import ONLY_OWNER
from tests.faces.json_schema import faults
from tests.faces.made import LATER_SDN, call, lines_of_json, rows_of, write
from tests.faces.test_schemas import published

TABLE = (
    "id,name,schema,birth_date,passport\n"
    "c-1,Ada Example,Person,1965-09-11,\n"
    "c-2,Beda Example,Person,,\n"
    "c-3,Cora Sample,,,\n"
)


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "store")


def imported(store: Path, text: str, *options: object, code: int = 0) -> Any:  # JSON
    source = write(store.parent, "customers.csv", text)
    importing = ("customers", "import", source, "--json", "--store", store, *options)
    return json.loads(call(*importing, code=code).stdout)


def screened(store: Path, *options: object) -> Any:
    return json.loads(call("screen", "customers", "--json", "--store", store, *options).stdout)


def update(store: Path) -> None:
    later = write(store.parent, "later.csv", LATER_SDN)
    call("lists", "add", later, "--published", "2024-02-02", "--store", store, "--accept-shrink")


def test_an_update_tells_who_is_new_changed_and_released(store: Path) -> None:
    imported(store, TABLE)
    screened(store)
    update(store)
    output = store.parent / "changes.csv"

    found = screened(store, "--since", "last", "-o", output, "--threshold", "0.65")

    assert [(one["kind"], one["alert"]["customer"]) for one in found["changes"]] == [
        ("changed", "c-1"), ("released", "c-2"), ("new", "c-3"),
    ]  # fmt: skip
    rows = rows_of(output)
    assert tuple(rows[0]) == ChangeRow.__struct_fields__
    assert [(row["change"], row["listing_id"], row["why"]) for row in rows] == [
        ("changed", "7", ""), ("released", "8", "not-listed"), ("new", "10", ""),
    ]  # fmt: skip
    assert "birth_evidence" in rows[0]["fields"]
    assert found["run"]["entries_changed"] == 3
    assert found["coverage"]
    kept = lines_of_json(call("customers", "alerts", "--json", "--store", store).stdout)
    assert {one["customer"] for one in kept} == {"c-1", "c-3"}
    assert call("customers", "alerts", "c-2", "--store", store).stdout == ""


def test_an_id_of_nobody_is_no_customer_without_alerts(store: Path) -> None:
    imported(store, TABLE)
    screened(store)
    imported(store, TABLE.replace("c-1,", "c-9,"))

    # Whose alerts end with the next run only.
    assert "ofac-sdn/7" in call("customers", "alerts", "c-1", "--store", store).stdout
    screened(store)
    failed = call("customers", "alerts", "c-9", "c-1", "--store", store, code=2)

    assert "there is no customer `c-1`" in failed.stderr
    assert not failed.stdout


def test_nothing_can_have_changed_since_a_moment_to_come(store: Path) -> None:
    imported(store, TABLE)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)

    for moment in (tomorrow, "2999-01-01T00:00"):
        failed = call("screen", "customers", "--since", moment, "--store", store, code=2)
        assert "is a moment to come" in failed.stderr
    told = call("screen", "customers", "--since", "2001-01-01", "--store", store)
    assert "note: nothing was known of ofac-sdn at the end of 2001-01-01" in told.stderr


def test_people_are_told_why_in_words(store: Path) -> None:
    imported(store, TABLE)
    call("screen", "customers", "--store", store)
    update(store)

    lines = call("screen", "customers", "--since", "ofac-sdn@1", "--store", store).stdout

    assert "nothing is kept" in lines
    assert "the entry is not listed any more" in lines
    assert "changed   c-1" in lines
    again = call("screen", "customers", "--since", "last", "--store", store).stdout
    assert "released" in again


def test_every_object_fits_the_schema(store: Path) -> None:
    schema = published("customers.schema.json")
    summary = imported(store, TABLE)
    first = screened(store)
    update(store)
    report = screened(store, "--since", "2024-01-01")
    standing = json.loads(call("customers", "--json", "--store", store).stdout)

    assert list(faults(first, schema, schema)) == []
    assert list(faults(report, schema, schema)) == []
    definitions = schema["$defs"]
    assert list(faults(summary, definitions["ImportSummary"], schema)) == []
    assert list(faults(standing, definitions["Standing"], schema)) == []


def test_what_cannot_be_read_of_a_row_is_kept_and_told_with_each_run(store: Path) -> None:
    text = "id,name,schema,birth_date,shoe\n1,,,,\n2,Ada,Robot,,\n3,Beda,,65,\n4,???,,,42\n5,Cora\n"

    summary = imported(store, text, code=3)

    assert summary["customers"] == summary["added"] == 5
    assert summary["columns_unused"] == ["shoe"]
    assert {one["reason"]: one["first"] for one in summary["faults"]} == {
        "not compared by name: name missing": "1",
        "not compared by name: unknown schema": "2",
        "birth date not used (write 1965, 1965-09 or 1965-09-11)": "3",
        "not compared by name: fewer cells than the header": "5",
    }
    assert summary["names_empty"] == 1
    assert screened(store)["faults"] == summary["faults"]
    lines = call("customers", "--store", store).stdout
    assert "1 customer: not compared by name: name missing (such as `1`)" in lines
    assert "1 name without a legible letter, not compared" in lines


def test_rows_that_are_not_used_as_they_stand_are_named_and_make_the_exit_code(
    store: Path,
) -> None:
    text = "id,name,schema,birth_date\n1,,,\n2,Ada,Robot,\n3,Beda,,65\n4,???,,\n5,Cora,,\n"
    source = write(store.parent, "customers.csv", text)

    told = call("customers", "import", source, "--store", store, code=3)
    again = imported(store, text, "--part", code=3)

    assert "5 customers kept" in told.stdout
    assert told.stderr.splitlines() == [
        "customers.csv:2: `1` is compared by no name, name missing",
        "customers.csv:3: `2` is compared by no name, unknown schema: `Robot`",
        "customers.csv:5: `4` is compared by no name, no legible letter in the name",
        "customers.csv:4: `3` birth date not used (write 1965, 1965-09 or 1965-09-11): `65`",
        "error: 3 customers of the table cannot be compared by name",
        "hint: correct in the table what is told of them and import it again; the others are "
        "kept and compared",
    ]
    assert [(one["line"], one["id"], one["is_compared"]) for one in again["rows"]] == [
        (2, "1", False), (3, "2", False), (4, "3", True), (5, "4", False),
    ]  # fmt: skip
    # Whom the file does not name is none of its rows.
    assert imported(store, "id,name\n6,Dora\n", "--part")["rows"] == []
    assert imported(store, "id,name,birth_date\n3,Beda,65\n", "--part")["rows"][0]["line"] == 2


def test_without_a_legible_name_other_names_and_numbers_are_still_compared(store: Path) -> None:
    table = "id,name,passport,other_names\nc-1,,XA1234567,\nc-2,,,Ada Example\n"

    faults_ = imported(store, table, code=3)["faults"]

    assert [one["reason"] for one in faults_] == [
        "name missing", "not compared by name: name missing",
    ]  # fmt: skip
    screened(store)
    alerts = lines_of_json(call("customers", "alerts", "--json", "--store", store).stdout)
    assert {one["customer"] for one in alerts} == {"c-2"}
    with Register(store) as register:
        numbers = register.database.connection.execute("SELECT customer, key FROM numbers")
        assert [(customer, "XA1234567" in key.upper()) for customer, key in numbers] == [
            ("c-1", True)
        ]


def test_who_is_kept_is_read_by_the_owner_alone(store: Path) -> None:
    imported(store, TABLE)

    kept = sorted(store.glob("customers.*"))

    assert {path.name for path in kept} >= {"customers.sqlite", "customers.index"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {ONLY_OWNER}


@pytest.mark.parametrize("count", [20, 21])
def test_no_more_rows_are_named_than_somebody_reads(store: Path, count: int) -> None:
    text = "id,name\n" + "".join(f"{number},\n" for number in range(count))
    source = write(store.parent, "customers.csv", text)

    told = call("customers", "import", source, "--store", store, code=3).stderr

    assert told.count("is compared by no name") == 20
    assert ("... and 1 more rows; --json has all of them" in told) is (count == 21)


def test_customers_are_backed_up_and_put_back(store: Path, tmp_path: Path) -> None:
    imported(store, TABLE)
    screened(store)
    copy, other = tmp_path / "customers.backup", tmp_path / "other"
    shutil.copytree(store, other, ignore=shutil.ignore_patterns("customers.*"))

    told = call("customers", "backup", copy, "--store", store).stdout
    back = json.loads(call("customers", "restore", copy, "--store", other, "--json").stdout)

    assert told.startswith("3 customers with ")
    assert f"alerts, verified; backed up to `{copy}`" in told
    assert (back["customers"], back["runs"]) == (3, 1)
    shown = [call("customers", "alerts", "--store", one).stdout for one in (store, other)]
    assert shown[0] == shown[1] != ""
    assert "screened" in call("screen", "customers", "--since", "last", "--store", other).stdout
    assert "is there already" in call("customers", "backup", copy, "--store", store, code=4).stderr


def test_alerts_are_written_as_a_table_too(store: Path) -> None:
    imported(store, TABLE)
    screened(store)
    output = store.parent / "alerts.csv"
    showing = ("customers", "alerts", "--store", store)

    told = call(*showing, "-o", output)
    kept = lines_of_json(call(*showing, "-o", output, "--json").stdout)
    call(*showing, "c-1", "-o", store.parent / "one.csv")

    rows = rows_of(output)
    assert told.stdout == f"{len(rows)} alerts written to {output}\n"
    assert tuple(rows[0]) == AlertRow.__struct_fields__
    assert [(one["customer"], f"{one['list']}/{one['listing_id']}") for one in rows] == [
        (one["customer"], one["listing"]) for one in kept
    ]
    assert {one["customer"] for one in rows_of(store.parent / "one.csv")} == {"c-1"}


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("name\nAda\n", 3, "the column `id` is missing"),
        ("id,name\n1,Ada\n,Beda\n", 3, "bad.csv:3: a customer has no id"),
        ("id,name\n1,Ada\n1,Beda\n2,Cora\n", 3, "bad.csv:3: the id `1` stands twice"),
        ('id,name\n1,Ada\n2,"Beda\n3,Cora\n', 3, "bad.csv:3: cannot be read"),
    ],
)
def test_a_table_that_cannot_be_followed_imports_nothing(
    store: Path, text: str, code: int, message: str
) -> None:
    imported(store, TABLE)
    source = write(store.parent, "bad.csv", text)

    failed = call("customers", "import", source, "--store", store, code=code)

    assert message in failed.stderr
    assert json.loads(call("customers", "--json", "--store", store).stdout)["customers"] == 3


def test_a_part_of_the_customers_removes_nobody_and_the_whole_does(store: Path) -> None:
    imported(store, TABLE)

    part = imported(store, "id,name\nc-4,Dora\n", "--part")
    whole = imported(store, "id,name\nc-4,Dora\n")

    assert (part["added"], part["removed"], part["customers"]) == (1, 0, 4)
    assert (whole["unchanged"], whole["removed"], whole["customers"]) == (1, 3, 1)


@pytest.mark.parametrize("left", [0, 50, 225])
def test_a_table_that_lost_many_customers_changes_nothing(store: Path, left: int) -> None:
    head, rows = "id,name\n", [f"k-{number},Ada Example\n" for number in range(250)]
    imported(store, head + "".join(rows))
    cut = write(store.parent, "cut.csv", head + "".join(rows[:left]))

    said = call("customers", "import", cut, "--store", store, code=3).stderr

    assert "customers are missing" in said
    assert "--accept-shrink" in said
    assert json.loads(call("customers", "--json", "--store", store).stdout)["customers"] == 250
    assert imported(store, head + "".join(rows[:left]), "--accept-shrink")["customers"] == left


def test_of_many_alerts_the_strongest_are_shown(store: Path) -> None:
    rows = [f"k-{number:03},Ada Exampel\n" for number in range(30)]
    imported(store, "id,name\n" + "".join([*rows, "z-1,Ada Example\n"]))

    lines = call("screen", "customers", "--store", store).stdout.splitlines()

    shown = [line for line in lines if line.startswith("new ")]
    assert len(shown) == 20
    assert "z-1" in shown[0]
    assert any("more, none with a higher score" in line for line in lines)


def test_some_customers_leave_without_a_word(store: Path) -> None:
    rows = [f"k-{number},Ada Example\n" for number in range(250)]
    imported(store, "id,name\n" + "".join(rows))

    assert imported(store, "id,name\n" + "".join(rows[:230]))["removed"] == 20


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--since", "last"), 2, "no run has been kept"),
        (("--since", "ofac-sdn@9"), 4, "`ofac-sdn@9` names 0 versions"),
        (("--since", "un-sc@1", "--threshold", "7"), 2, "threshold `7.0` is not above 0"),
    ],
)
def test_what_cannot_be_compared_is_said(
    store: Path, options: tuple[str, ...], code: int, message: str
) -> None:
    imported(store, TABLE)

    assert message in call("screen", "customers", *options, "--store", store, code=code).stderr


def test_without_customers_the_first_step_is_named(filled: Path) -> None:
    failed = call("screen", "customers", "--store", filled, code=4)

    assert "article41 customers import" in failed.stderr


def test_a_file_is_screened_with_the_word_file_and_without_it(store: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "in.csv", "name\nAda Example\n")
    outputs = tmp_path / "a.csv", tmp_path / "b.csv"

    call("screen", "file", source, "-o", outputs[0], "--store", store)
    call("screen", "-o", outputs[1], source, "--store", store)

    assert rows_of(outputs[0]) == rows_of(outputs[1])


def test_bytes_of_another_encoding_are_told_and_never_half_a_name(store: Path) -> None:
    source = store.parent / "customers.csv"
    source.write_bytes(
        "id,name,other_names,passport\n1,Müller,,\n2,Ada,Jürgen; Eda,Nr. ü\n".encode("cp1252")
    )

    importing = ("customers", "import", source, "--json", "--store", store)
    summary = json.loads(call(*importing, code=3).stdout)

    assert {one["reason"]: one["count"] for one in summary["faults"]} == {
        "not compared by name: name not in the encoding (give --encoding, such as cp1252)": 1,
        "a cell is not in the encoding (give --encoding, such as cp1252)": 1,
    }
    whole = imported_in(store, source, "cp1252")
    assert (whole["faults"], whole["changed"]) == ([], 2)
    source.write_bytes("id,name\nü,Ada\n".encode("cp1252"))
    failed = call("customers", "import", source, "--store", store, code=3)
    assert "customers.csv:2: an id is not in the encoding" in failed.stderr


def imported_in(store: Path, source: Path, encoding: str) -> Any:
    asked = ("customers", "import", source, "--json", "--encoding", encoding, "--store", store)
    return json.loads(call(*asked).stdout)
