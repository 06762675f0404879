"""`lists import`: what can be kept is, whatever stands beside it, and of the rest the reason."""

import json
import os
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from article41.faces.cli import importing
from article41.sources.publications import Readable, read_readable
from article41.store import Store
from tests.faces.made import LATER_SDN, SDN, UN, call, lines_of_json, write
from tests.sources.official.ofac.publications import barred, primary, table
from tests.store.made import moment, version

ALIASES = table(["7", "1", "aka", "SAMPLE, Ada", "-0- "])


def one(*arguments: object) -> Any:  # whatever the JSON holds
    [found] = lines_of_json(call(*arguments, "--json").stdout)
    return found


def test_an_import_tells_what_was_kept_by_its_days(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-09.csv", LATER_SDN),
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
    ]

    shown = call("lists", "import", *files, "--store", tmp_path / "store").stdout
    again = one("lists", "import", *files, "--store", tmp_path / "store")

    assert shown.splitlines() == [
        "ofac-sdn  2024-01-02  3 entries",
        "ofac-sdn  2024-01-09  3 entries",
    ]
    assert [(v["published"], v["is_new"]) for v in again["versions"]] == [
        ("2024-01-02", False),
        ("2024-01-09", False),
    ]


def test_an_import_goes_on_from_the_present_moment_after_another_process_added_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = table(*(primary(number, f"EXAMPLE, No {number}") for number in range(1, 41)))
    files = [
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
        write(tmp_path, "sdn-2024-01-09.csv", many),
        write(tmp_path, "sdn-2024-01-16.csv", LATER_SDN),
    ]
    moments = iter(moment(hours) for hours in (0, 2))
    read = read_readable

    def read_while_another_adds(given: Sequence[Path], **kwargs: Any) -> Readable:
        if given[0] == files[1]:
            with Store(tmp_path / "store") as other:
                other.add(version(), known_at=moment(1))
        return read(given, **kwargs)

    monkeypatch.setattr(importing, "now", lambda: next(moments))
    monkeypatch.setattr(importing, "read_readable", read_while_another_adds)
    failed = call("lists", "import", *files, "--store", tmp_path / "store", code=3)

    assert "sdn-2024-01-16.csv: `ofac-sdn` fell from 40 entries" in failed.stderr
    with Store(tmp_path / "store") as store:
        learned = [one.known_from for one in store.standings("ofac-sdn")]
    assert learned == [moment(0), moment(2)]


def test_an_import_keeps_what_it_can_and_fails(tmp_path: Path) -> None:
    good = write(tmp_path, "sdn-2024-01-02.csv", SDN)
    bad = write(tmp_path, "sdn-2024-01-03.csv", "<html>not found</html>")

    failed = call("lists", "import", bad, good, "--store", tmp_path / "store", code=3)

    assert "not kept: sdn-2024-01-03.csv: " in failed.stderr
    assert "error: not kept: 1 file; kept: 1 publication\n" in failed.stderr
    assert "ofac-sdn  2024-01-02  3 entries" in failed.stdout
    found = call("match", "Beda Example", "--store", tmp_path / "store")
    assert "ofac-sdn/8" in found.stdout


def test_an_import_of_aliases_alone_says_which_file_is_missing(tmp_path: Path) -> None:
    aliases = write(tmp_path, "ofac-alt-2024-01-08.csv", '7,1,"aka","SAMPLE",-0- \r\n')

    failed = call("lists", "import", aliases, "--store", tmp_path / "store", code=3)

    assert failed.stderr.startswith(
        "not kept: ofac-alt-2024-01-08.csv: no SDN.CSV (or CONS_PRIM.CSV) of 2024-01-08 was given"
        "\n  hint: give the primary file too"
    )


@pytest.mark.parametrize("name", ["sdn.csv", "sdn-2024-02-31.csv", "sdn-12024-01-020.csv"])
def test_an_import_keeps_no_file_of_which_nobody_knows_the_day(tmp_path: Path, name: str) -> None:
    files = [write(tmp_path, name, SDN), write(tmp_path, "sdn-2024-01-09.csv", LATER_SDN)]

    failed = call("lists", "import", *files, "--store", tmp_path / "store", code=3)

    assert f"not kept: {name}: no day such as 2024-05-03 stands in the name or in" in failed.stderr
    assert failed.stdout == "ofac-sdn  2024-01-09  3 entries\n"


def test_an_import_takes_the_day_inside_a_file_whose_name_has_none(tmp_path: Path) -> None:
    un = write(tmp_path, "un.xml", UN)

    shown = call("lists", "import", un, "--store", tmp_path / "store").stdout

    assert shown == "un-sc  2024-02-03  1 entry\n"


def test_an_import_keeps_everything_beside_a_file_that_is_no_list(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "un-sc-sanctions.xsd", '<xs:schema xmlns:xs="http://x.example/"/>'),
        write(tmp_path, "notes-2024-01-02.md", "# Notes\n"),
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
        write(tmp_path, "alt-2024-01-02.csv", ALIASES),
    ]

    failed = call("lists", "import", *files, "--store", tmp_path / "store", code=3)

    assert failed.stdout == "ofac-sdn  2024-01-02  3 entries\n"
    assert "not kept: un-sc-sanctions.xsd: looks like an XML schema, not like a list" in (
        failed.stderr
    )
    assert "not kept: notes-2024-01-02.md: looks like text" in failed.stderr
    assert "ofac-sdn/7" in call("match", "Sample", "--store", tmp_path / "store").stdout


def test_an_import_of_a_folder_reads_every_file_below_it_once(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    (folder / "un").mkdir(parents=True)
    first = write(folder, "sdn-2024-01-02.csv", SDN)
    write(folder / "un", "un-2024-02-03.xml", UN)
    write(folder / "un", "sdn-2024-01-02-copy.csv", SDN)
    (folder / "un" / "back").symlink_to(folder, target_is_directory=True)

    shown = call("lists", "import", folder, first, "--store", tmp_path / "store")

    assert shown.stdout == "ofac-sdn  2024-01-02  3 entries\nun-sc  2024-02-03  1 entry\n"
    assert shown.stderr == (
        "note: sdn-2024-01-02.csv holds the same bytes as sdn-2024-01-02-copy.csv\n"
    )


def test_an_import_tells_a_pipe_and_a_broken_link_and_keeps_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    write(folder, "sdn-2024-01-02.csv", SDN)
    os.mkfifo(folder / "pipe-2024-01-02")
    (folder / "gone-2024-01-02.csv").symlink_to(folder / "gone")

    failed = call("lists", "import", folder, "--store", tmp_path / "store", code=3)

    assert failed.stdout == "ofac-sdn  2024-01-02  3 entries\n"
    assert "not kept: gone-2024-01-02.csv: no such file\n" in failed.stderr
    assert "not kept: pipe-2024-01-02: a pipe or a device" in failed.stderr


@pytest.mark.parametrize("bars", ["a-2024-01-02.pip", "z-2024-01-02.pip"])
def test_an_import_puts_together_the_files_of_one_form(tmp_path: Path, bars: str) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
        write(tmp_path, bars, barred(SDN)),
        write(tmp_path, "alt-2024-01-02.csv", ALIASES),
    ]

    versions = one("lists", "import", *files, "--store", tmp_path / "store")["versions"]

    assert [version["files"] for version in versions] == [
        [bars],
        ["alt-2024-01-02.csv", "sdn-2024-01-02.csv"],
    ]
    [held] = json.loads(call("lists", "--json", "--store", tmp_path / "store").stdout)
    assert held["gaps"] == ["addresses (ADD.CSV)"]
    assert "ofac-sdn/7" in call("match", "Sample", "--store", tmp_path / "store").stdout


def test_an_import_says_which_file_of_a_day_stands_for_the_other(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
        write(tmp_path, "alt-2024-01-02.csv", ALIASES),
        write(tmp_path, "alt-2024-01-02.pip", barred(ALIASES)),
    ]

    failed = call("lists", "import", *files, "--store", tmp_path / "store", code=3)

    assert failed.stderr.startswith(
        "not kept: alt-2024-01-02.pip: `alt-2024-01-02.csv` is of the same kind and list\n"
    )
    assert "ofac-sdn/7" in call("match", "Sample", "--store", tmp_path / "store").stdout


def test_an_import_reads_two_publications_of_one_day(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a-sdn-2024-01-02.csv", SDN),
        write(tmp_path, "b-sdn-2024-01-02.csv", LATER_SDN),
        write(tmp_path, "alt-2024-01-02.csv", ALIASES),
    ]

    versions = one("lists", "import", *files, "--store", tmp_path / "store")["versions"]

    assert [version["files"] for version in versions] == [
        ["b-sdn-2024-01-02.csv"],
        ["alt-2024-01-02.csv", "a-sdn-2024-01-02.csv"],
    ]


def test_bytes_that_come_again_on_a_later_day_are_told_by_that_day(tmp_path: Path) -> None:
    days = {"2024-01-01": SDN, "2024-01-02": LATER_SDN, "2024-01-03": SDN}
    files = [write(tmp_path, f"sdn-{day}.csv", text) for day, text in days.items()]

    shown = call("lists", "import", *files, "--store", tmp_path / "store").stdout

    assert shown.splitlines() == [
        "ofac-sdn  2024-01-01  3 entries",
        "ofac-sdn  2024-01-02  3 entries",
        "ofac-sdn  2024-01-03  3 entries  (held already)",
    ]


def test_two_publications_of_one_day_stand_in_the_same_order_whatever_the_order_of_the_files(
    tmp_path: Path,
) -> None:
    """Names decide, and contents where they are the same."""
    texts = {"a/sdn-2024-01-02.csv": SDN, "b/sdn-2024-01-02.csv": LATER_SDN}
    before = write(tmp_path, "sdn-2024-01-01.csv", SDN.replace("Ada", "Eda"))
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    files = [before, *(write(tmp_path, name, text) for name, text in texts.items())]

    found = set()
    for number, order in enumerate(permutations(files)):
        store = tmp_path / f"store-{number}"
        said = call("lists", "import", *order, "--store", store).stderr
        entries = call("lists", "entries", "--as-of", "2024-01-02", "--store", store).stdout
        with Store(store) as opened:
            *_, other, last = (one.version.sha256[:8] for one in opened.standings())
        assert (
            f"2 publications of 2024-01-02: {last} (sdn-2024-01-02.csv; 3 entries) stands" in said
        )
        assert f"stands, {other} (sdn-2024-01-02.csv; 3 entries) on that day alone" in said
        found.add((entries, last))

    assert len(found) == 1


def test_the_last_name_of_a_day_stands(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-02-b.csv", LATER_SDN),
        write(tmp_path, "sdn-2024-01-02-a.csv", SDN),
    ]

    said = call("lists", "import", *files, "--store", tmp_path / "store").stderr

    assert "(sdn-2024-01-02-b.csv; 3 entries) stands, " in said


def test_what_only_one_of_two_publications_of_a_day_has_stood_on_that_day(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-02-a.csv", SDN),
        write(tmp_path, "sdn-2024-01-02-b.csv", LATER_SDN),
    ]
    store = tmp_path / "store"
    call("lists", "import", *files, "--store", store)

    with Store(store) as opened:
        on_days = [
            [one.listing.id for one in opened.entries(as_of=day)]
            for day in (date(2024, 1, 2), date(2024, 1, 3), None)
        ]
    matched = call("match", "Beda Example", "--as-of", "2024-01-02", "--store", store).stdout

    assert on_days == [["10", "7", "8", "9"], ["10", "7", "9"], ["10", "7", "9"]]
    assert "ofac-sdn/8" in matched
