"""`lists export`: what other programs get, and that it can be added again."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.faces.made import LATER_SDN, SDN, call, lines_of_json, write


def test_every_entry_goes_out_as_a_target_with_its_sanction(filled: Path) -> None:
    entities = lines_of_json(call("lists", "export", "--store", filled).stdout)

    targets = [one for one in entities if one["target"]]
    assert [one["id"] for one in targets] == [
        "ofac-sdn-7",
        "ofac-sdn-8",
        "ofac-sdn-9",
        "un-sc-XAi.001",
    ]
    sanctions = [one["properties"] for one in entities if one["schema"] == "Sanction"]
    assert sanctions[-1]["startDate"] == ["2011-06-29"]


def test_the_table_of_one_list_has_a_row_for_each_entry(filled: Path) -> None:
    shown = call("lists", "export", "--list", "un-sc", "--format", "simple", "--store", filled)

    [row] = csv.DictReader(io.StringIO(shown.stdout))
    assert (row["id"], row["name"], row["aliases"]) == (
        "un-sc-XAi.001",
        "ADA EXAMPLE",
        "Адка Пример",
    )


def test_what_was_exported_can_be_added(filled: Path, tmp_path: Path) -> None:
    file, store = tmp_path / "out.json", tmp_path / "store"

    call("lists", "export", "--list", "ofac-sdn", "-o", file, "--store", filled)
    call("lists", "add", file, "--published", "2024-01-02", "--store", store)

    [held] = json.loads(call("lists", "--json", "--store", store).stdout)
    assert (held["list"], held["entries"]) == ("ftm-ofac-sdn", 3)


def test_a_day_between_two_publications_tells_how_much_is_unknown(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name, text, day in (("1", SDN, "2024-01-02"), ("2", LATER_SDN, "2024-01-09")):
        call("lists", "add", write(tmp_path, name, text), "--published", day, "--store", store)

    shown = call("lists", "export", "--as-of", "2024-01-05", "--store", store)

    names = {one["id"] for one in lines_of_json(shown.stdout) if one["target"]}
    assert names == {f"ofac-sdn-{number}" for number in (7, 8, 9, 10)}
    assert "of 2 entries nobody says whether it stood on 2024-01-05" in shown.stderr


def test_an_entry_of_unknown_status_is_marked_where_a_program_reads_it(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "out.json"
    for name, text, day in (("1", SDN, "2024-01-02"), ("2", LATER_SDN, "2024-01-09")):
        call("lists", "add", write(tmp_path, name, text), "--published", day, "--store", store)
    export = ("lists", "export", "--as-of", "2024-01-05", "--store", store)

    call(*export, "-o", file)
    entities = lines_of_json(file.read_text(encoding="utf-8"))
    rows = csv.DictReader(io.StringIO(call(*export, "--format", "simple").stdout))
    call("lists", "add", file, "--published", "2024-01-05", "--store", tmp_path / "again")
    again = call("lists", "export", "--store", tmp_path / "again").stdout

    between = "unknown between 2024-01-02 and 2024-01-09"
    statuses = {
        one["id"]: one["properties"].get("status", [])
        for one in entities
        if one["schema"] == "Sanction"
    }
    assert statuses == {
        "ofac-sdn-10-sanction": [between],
        "ofac-sdn-7-sanction": [],
        "ofac-sdn-8-sanction": [between],
        "ofac-sdn-9-sanction": [],
    }
    marked = {row["id"] for row in rows if f"OFAC - {between}" in row["sanctions"]}
    assert marked == {"ofac-sdn-10", "ofac-sdn-8"}
    assert again.count(f"status: {between}") == 2


def test_a_list_that_is_not_held_is_named(filled: Path) -> None:
    shown = call("lists", "export", "--list", "xa-main", "--store", filled, code=2)

    assert "the store holds no list `xa-main`" in shown.stderr
    assert "ofac-sdn, un-sc" in shown.stderr


@pytest.mark.parametrize(("form", "header"), [("ftm", ""), ("simple", '"id","schema",')])
def test_an_empty_answer_replaces_what_was_there_and_is_said(
    form: str, header: str, filled: Path, tmp_path: Path
) -> None:
    output = write(tmp_path, "out", "of last year")

    shown = call(
        "lists", "export", "--known-at", "2001-01-01", "--format", form, "-o", output,
        "--list", "un-sc", "--store", filled,
    )  # fmt: skip

    content = output.read_text(encoding="utf-8")
    assert (content[: len(header)], len(content.splitlines())) == (header, bool(header))
    assert shown.stderr == "note: nothing was known of un-sc at the end of 2001-01-01 UTC\n"


def test_a_file_that_cannot_be_written_is_named_and_none_is_replaced(
    filled: Path, tmp_path: Path
) -> None:
    output = tmp_path / "none" / "out"

    refused = call("lists", "export", "-o", output, "--store", filled, code=2)

    assert refused.stderr == (
        f"error: `{output}` cannot be written: No such file or directory\n"
        "hint: give another file with -o\n"
    )
    kept = write(tmp_path, "kept", "as it was")
    call("lists", "export", "--list", "xa", "-o", kept, "--store", filled, code=2)
    assert kept.read_text(encoding="utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
