"""Lists of one's own on the command line: imported, compared and updated as official ones are."""

import json
from pathlib import Path

import pytest

from tests.faces.made import SDN, call, write

TOML = """list_id = "house-own"
authority = "Example House"
title = "Whom we do no business with"
header = ["Nr", "Name"]
schema = "Person"

[id]
columns = ["Nr"]

[[columns]]
header = "Nr"
field = "id"

[[columns]]
header = "Name"
field = "name"
"""
FIRST = "Nr;Name\n1;Ada Example\n2;Beda Sample\n"
SECOND = "Nr;Name\n1;Ada Example\n3;Cora Muster\n"


@pytest.fixture
def description(tmp_path: Path) -> Path:
    return write(tmp_path, "house.toml", TOML)


def test_tables_are_imported_by_their_description_beside_official_lists(
    tmp_path: Path, description: Path
) -> None:
    files = [
        write(tmp_path, "house-2024-01-02.csv", FIRST),
        write(tmp_path, "house-2024-01-09.csv", SECOND),
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
    ]

    shown = call(
        "lists", "import", *files, "--table", description, "--store", tmp_path / "store"
    )  # fmt: skip

    assert shown.stdout.splitlines() == [
        "house-own  2024-01-02  2 entries",
        "ofac-sdn  2024-01-02  3 entries",
        "house-own  2024-01-09  2 entries",
    ]
    assert shown.stderr == ""
    assert "house-own/3" in call("match", "Cora Muster", "--store", tmp_path / "store").stdout


def test_a_description_that_is_wrong_or_not_used_is_said_once(
    tmp_path: Path, description: Path
) -> None:
    file = write(tmp_path, "sdn-2024-01-02.csv", SDN)
    wrong = write(tmp_path, "wrong.toml", TOML.replace("title", "titel"))
    importing = ("lists", "import", file, "--store", tmp_path / "store")

    unused = call(*importing, "--table", description)
    refused = call(*importing, "--table", wrong, code=3)

    note = "note: house.toml was not used: no file has the columns it names\n"
    assert unused.stderr == note
    assert "wrong.toml:3 in `titel`: no such key" in refused.stderr
    diff = call("lists", "diff", file, file, "--table", description, "--store", tmp_path / "store")
    assert diff.stderr == note


def test_tables_are_compared_by_their_description(tmp_path: Path, description: Path) -> None:
    first, second = write(tmp_path, "1.csv", FIRST), write(tmp_path, "2.csv", SECOND)
    store = ("--store", tmp_path / "store")
    published = ("--published", "2024-01-02")
    call("lists", "add", first, *published, "--table", description, *store)

    for before in (first, "house-own@1"):
        compared = ("lists", "diff", before, second, "--table", description, *store)
        found = json.loads(call(*compared, "--json").stdout)

        assert (found["list"], found["amended"]) == ("house-own", [])
        assert [one["id"] for one in found["added"]] == ["3"]
        assert [one["id"] for one in found["removed"]] == ["2"]
