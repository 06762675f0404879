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


FEED = """[house-own]
authority = "Example House"
title = "Whom we do no business with"
files = ["in/house.csv"]
table = "house.toml"
"""


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    """A store whose only feed of files is a table of one's own."""
    (tmp_path / "in").mkdir()
    write(tmp_path, "house.toml", TOML)
    write(tmp_path, "in/house.csv", FIRST)
    write(tmp_path, "feeds.toml", FEED)
    return tmp_path


def test_an_update_brings_a_table_of_ones_own_and_what_changed_in_it(fed: Path) -> None:
    first = call("lists", "update", "house-own", "--store", fed).stdout
    write(fed, "in/house.csv", SECOND)
    call("lists", "update", "--offline", "--store", fed)

    assert first.startswith("house-own  new           2 entries, since ")
    matched = call("match", "Cora Muster", "--store", fed)
    assert "house-own/3" in matched.stdout
    assert "house-own/2" not in call("match", "Beda Sample", "--store", fed).stdout
    shown = call("lists", "feeds", "--store", fed).stdout
    assert f"  read by {fed / 'house.toml'}\n" in shown
    feeds = {
        one["list"]: one
        for one in json.loads(call("lists", "feeds", "--json", "--store", fed).stdout)
    }
    assert (feeds["house-own"]["currency"], feeds["un-sc"]["table"]) == ("current", None)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("house.toml", None, "house.toml: cannot be read: No such file"),
        ("house.toml", TOML.replace("title", "titel"), "in `titel`: no such key"),
        ("house.toml", TOML.replace("house-own", "house"), "what came is `house`, not one"),
        ("in/house.csv", "Nr;Nom\n1;Ada\n", "no row of the table has the column `Name`"),
        ("in/house.csv", "Nr;Name\n", "there is no entry in the list"),
    ],
)
def test_a_table_of_ones_own_that_fails_leaves_the_last_version_and_is_said(
    fed: Path, name: str, text: str | None, said: str
) -> None:
    call("lists", "update", "house-own", "--store", fed)
    if text is None:
        (fed / name).unlink()
    else:
        write(fed, name, text)

    failed = call("lists", "update", "house-own", "--store", fed, code=6)

    assert failed.stdout.startswith("house-own  refused       2 entries, since ")
    assert said in failed.stderr
    matched = call("match", "Ada Example", "--store", fed).stdout
    assert "house-own/1" in matched
    # The rest goes on in lines of its own.
    assert "limit: the last try to get house-own failed, refused:" in matched
