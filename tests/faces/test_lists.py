"""`lists`: what comes in is counted and said, what is held is shown, versions are compared."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.faces.made import LATER_SDN, SDN, UN, call, lines_of_json, run, write
from tests.sources.official.ofac.publications import primary, table


def test_adding_says_what_was_read_kept_and_lacking(tmp_path: Path) -> None:
    sdn, store = write(tmp_path, "any.name", SDN), tmp_path / "store"

    shown = call("lists", "add", sdn, "--published", "2024-01-02", "--store", store).stdout

    assert shown.startswith("ofac-sdn  OFAC, version ")
    assert "published  2024-01-02 (as stated when it was added), " in shown
    assert "read       3 rows or elements, 3 kept" in shown
    assert "found      3 listings with 3 names" in shown
    assert "gap        lacks aliases (ALT.CSV)" in shown
    assert "2 of 2 segments became typed data" in shown
    assert "index: 3 names of 3 listings" in shown


def test_what_is_lost_is_told_apart_from_what_is_left_out_without_loss(tmp_path: Path) -> None:
    twice = primary(8, "EXAMPLE, Beda", type_="individual")
    aliases = (["7", "1", "aka", "EXAMPLE, Aida", "-0- "], ["9", "2", "aka", "SAMPLE", "-0- "])
    sdn = write(tmp_path, "sdn", table(primary(7, "EXAMPLE, Ada"), twice, twice))
    alt = write(tmp_path, "alt", table(*aliases))
    adding = ("lists", "add", sdn, alt, "--published", "2024-01-02", "--store", tmp_path / "store")

    shown = call(*adding).stdout

    assert "  read       5 rows or elements, 3 kept, 1 skipped without loss, 1 lost\n" in shown
    assert "  lost       1 x alias row whose entry is missing (ALT.CSV:2)\n" in shown
    assert "  noted      1 x row that stands twice (SDN.CSV:3)\n" in shown
    [report] = json.loads(call(*adding, "--json").stdout)
    assert [one["is_lost"] for one in report["report"]["skipped"]] == [True, False]


def test_a_second_version_says_what_changed_and_the_same_bytes_do_not_count(
    tmp_path: Path,
) -> None:
    store = tmp_path / "store"
    first, second = write(tmp_path, "1.csv", SDN), write(tmp_path, "2.csv", LATER_SDN)
    call("lists", "add", first, "--published", "2024-01-02", "--store", store)

    added = call("lists", "add", second, "--published", "2024-01-09", "--store", store).stdout
    again = call("lists", "add", second, "--published", "2024-01-09", "--store", store).stdout

    change = "1 added, 1 removed, 1 amended against the version of 2024-01-02"
    assert change in added
    assert "new        2 entries" in added
    assert "the same bytes were held already" in again
    shown = call("lists", "--store", store).stdout
    assert change in shown
    assert "seen again once" in shown
    [held] = json.loads(call("lists", "--json", "--store", store).stdout)
    assert (len(held["versions"]), held["change"]["amended"], held["entries"]) == (2, 1, 3)
    assert call("lists", "show", "--store", store).stdout == shown


def test_an_older_version_added_later_is_compared_with_what_stood_before_it(
    tmp_path: Path,
) -> None:
    store = tmp_path / "store"
    later, earlier = write(tmp_path, "2.csv", LATER_SDN), write(tmp_path, "1.csv", SDN)
    call("lists", "add", later, "--published", "2024-01-09", "--store", store)

    adding = ("lists", "add", earlier, "--published", "2024-01-02", "--store", store)
    [report] = json.loads(call(*adding, "--json").stdout)
    again = call(*adding).stdout

    assert report["list"]["change"] is None
    assert report["report"]["read"] == 3
    assert report["older_than"] == "2024-01-09"
    note = "note       older than the version in force of 2024-01-09; what stands today does not"
    assert note in again


def test_a_version_in_force_is_older_than_none(tmp_path: Path) -> None:
    store = tmp_path / "store"
    adding = ("lists", "add", write(tmp_path, "a.csv", SDN), "--json", "--store", store)

    reports = [json.loads(call(*adding).stdout)[0] for _ in range(2)]

    assert [report["older_than"] for report in reports] == [None, None]


def test_an_undated_file_is_of_the_day_in_its_name(tmp_path: Path) -> None:
    store = tmp_path / "store"
    later = write(tmp_path, "sdn-2024-01-09.csv", LATER_SDN)
    earlier = write(tmp_path, "2024-01-02-sdn.csv", SDN)
    other = write(tmp_path, "sdn-2024-01-16.csv", SDN.replace("Beda", "Bede"))

    added = call("lists", "add", later, "--store", store)
    old = call("lists", "add", earlier, "--store", store).stdout
    call("lists", "add", other, "--published", "2024-01-05", "--store", store)
    [held] = json.loads(call("lists", "--json", "--store", store).stdout)

    assert "note: ofac-sdn is of 2024-01-09 by the name of its files" in added.stderr
    assert "older than the version in force of 2024-01-09" in old
    assert [one["published"] for one in held["versions"]] == [
        "2024-01-02", "2024-01-05", "2024-01-09",
    ]  # fmt: skip


def test_a_file_that_nobody_dates_takes_nobody_off_and_is_told(tmp_path: Path) -> None:
    store = tmp_path / "store"
    rows = [primary(number, f"EXAMPLE, {number}") for number in range(7, 12)]
    first, old = (write(tmp_path, name, table(*rows[: int(name)])) for name in "32")
    call("lists", "add", first, "--published", "2024-01-09", "--store", store)
    adding = ("lists", "add", old, "--store", store)

    refused = call(*adding, code=3)
    assert "of which day this `ofac-sdn` is, and it lacks 1 of the entries" in refused.stderr
    assert "--published DATE" in refused.stderr
    assert "sdn/9" in call("match", "Example 9", "--store", store).stdout
    more = write(tmp_path, "4", table(*rows))
    assert "nobody says of which day it is" in call("lists", "add", more, "--store", store).stdout
    added = call("lists", "add", old, "--published", "2024-02-02", "--store", store).stdout
    assert "the version in force is of no known day" in added


def test_a_match_follows_the_newest_version_and_the_day(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name, text, day in (("1.csv", SDN, "2024-01-02"), ("2.csv", LATER_SDN, "2024-01-09")):
        call("lists", "add", write(tmp_path, name, text), "--published", day, "--store", store)

    now = call("match", "Beda Example", "--store", store, "--threshold", "0.95").stdout
    then = call(
        "match", "Beda Example", "--store", store, "--threshold", "0.95", "--as-of", "2024-01-08"
    ).stdout

    assert "no resemblance found" in now
    assert "ofac-sdn/8" in then


def test_versions_are_compared_by_day_number_hash_or_file(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first, second = write(tmp_path, "1.csv", SDN), write(tmp_path, "2.csv", LATER_SDN)
    for file, day in ((first, "2024-01-02"), (second, "2024-01-09")):
        call("lists", "add", file, "--published", day, "--store", store)
    [held] = json.loads(call("lists", "--json", "--store", store).stdout)
    oldest, newest = held["change"]["against"], held["sha256"]
    pairs = [
        ("ofac-sdn@2024-01-02", "ofac-sdn@2024-01-09"),
        ("ofac-sdn@1", "ofac-sdn@2"),
        ("ofac-sdn@-2", "ofac-sdn@-1"),
        (oldest[:8], newest.upper()),
        (first, second),
        (oldest[:8], second),
    ]

    found = [
        lines_of_json(call("lists", "diff", *pair, "--json", "--store", store).stdout)
        for pair in pairs
    ]

    assert all(one == found[0] for one in found)
    [[difference]] = found[:1]
    assert [entry["id"] for entry in difference["added"]] == ["10"]
    assert [entry["name"] for entry in difference["removed"]] == ["EXAMPLE, Beda"]
    assert [(one["id"], one["fields"]) for one in difference["amended"]] == [
        ("7", ["birth_dates", "remarks"])
    ]
    shown = call("lists", "diff", first, second).stdout
    assert "ofac-sdn: 1 added, 1 removed, 1 amended" in shown
    assert "  + 10  SAMPLE, Cora" in shown
    assert "gap: A lacks aliases (ALT.CSV)" in shown


def test_every_version_is_shown_with_the_number_that_names_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for text, day in ((LATER_SDN, "2024-01-09"), (SDN, "2024-01-02"), (SDN, "2024-01-02")):
        call("lists", "add", write(tmp_path, "a.csv", text), "--published", day, "--store", store)

    shown = call("lists", "--store", store).stdout
    [held] = json.loads(call("lists", "--json", "--store", store).stdout)

    first, second = (line for line in shown.splitlines() if line.startswith("  @"))
    assert re.fullmatch(
        r"  @1 +published 2024-01-02, known since .* UTC, 3 entries, version \w{8}, "
        "seen again once",
        first,
    )
    assert re.fullmatch(r"  @2 +published 2024-01-09, .* version \w{8}", second)
    for one in held["versions"]:
        named = f"ofac-sdn@{one['number']}"
        [found] = lines_of_json(
            call("lists", "diff", named, "ofac-sdn@-1", "--json", "--store", store).stdout
        )
        assert found["before"] == one["sha256"]


def test_a_list_that_returned_to_its_bytes_shows_them_as_what_stands_now(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for text, day in ((SDN, "2024-01-02"), (LATER_SDN, "2024-01-09"), (SDN, "2024-01-16")):
        call("lists", "add", write(tmp_path, "a.csv", text), "--published", day, "--store", store)

    [held] = json.loads(call("lists", "--json", "--store", store).stdout)
    back = call("lists", "diff", "ofac-sdn@2", "ofac-sdn@-1", "--store", store).stdout
    [answer] = lines_of_json(call("match", "Ada", "--json", "--store", store).stdout)

    assert [(one["number"], one["published"]) for one in held["versions"]] == [
        (1, "2024-01-02"), (2, "2024-01-09"), (3, "2024-01-16"),
    ]  # fmt: skip
    assert held["published"] == "2024-01-16"
    assert held["versions"][0]["sha256"] == held["versions"][2]["sha256"] == held["sha256"]
    assert held["change"]["against_published"] == "2024-01-09"
    assert "  + 8  EXAMPLE, Beda" in back
    assert answer["coverage"][0]["version"]["sha256"] == held["sha256"]
    assert answer["coverage"][0]["version"]["published"] == "2024-01-16"


def test_versions_that_are_none_or_of_two_lists_are_refused(filled: Path) -> None:
    for given in ("ofac-sdn@2", "ofac-sdn@0", "ofac-sdn@1999-01-01", "nothing", "ab"):
        refused = call("lists", "diff", given, "ofac-sdn@1", "--store", filled, code=4)
        assert f"`{given}` names 0 versions and no file" in refused.stderr

    of_two = call("lists", "diff", "un-sc@1", "ofac-sdn@1", "--store", filled, code=2)
    assert "compare two versions of one list" in of_two.stderr


def test_what_is_no_list_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "store"
    page = write(tmp_path, "sdn.csv", "<!doctype html><html>404</html>")

    refused = call("lists", "add", page, "--store", store, code=3)

    assert "a web page" in refused.stderr
    assert "hint: " in refused.stderr
    assert call("lists", "--store", store, code=4).stdout == ""


def test_a_cut_file_is_refused_and_what_was_held_stays(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "un.xml", UN), "--store", store)
    cut = write(tmp_path, "cut.xml", UN[: UN.index("<ENTITIES/>")].replace("02-03", "03-03"))

    call("lists", "add", cut, "--store", store, code=3)

    [held] = json.loads(call("lists", "--json", "--store", store).stdout)
    assert (len(held["versions"]), held["published"]) == (1, "2024-02-03")
    assert "un-sc/XAi.001" in call("match", "Ada Example", "--store", store).stdout


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_was_kept_before_a_failure_is_told_and_indexed(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    sdn = write(tmp_path, "a.csv", SDN)
    bad = write(tmp_path, "bad.xml", UN.replace("<DATAID>1</DATAID>", "<DATUM>1</DATUM>"))

    failed = call("lists", "add", sdn, bad, *options, "--store", store, code=3)

    assert "bad.xml" in failed.stderr
    if options:
        [reports] = lines_of_json(failed.stdout)
        assert [report["list"]["list"] for report in reports] == ["ofac-sdn"]
    else:
        assert "index: 3 names of 3 listings" in failed.stdout
    found = call("match", "Ada Example", "--store", store)
    assert (found.stderr, "ofac-sdn/7" in found.stdout) == ("", True)


def test_a_list_that_shrank_is_kept_only_if_somebody_says_so(tmp_path: Path) -> None:
    store = tmp_path / "store"
    whole = table(*(primary(number, f"EXAMPLE, {number}") for number in range(1, 101)))
    cut = table(*(primary(number, f"EXAMPLE, {number}") for number in range(1, 31)))
    first, second = write(tmp_path, "1.csv", whole), write(tmp_path, "2.csv", cut)
    call("lists", "add", first, "--published", "2024-01-02", "--store", store)
    adding = ("lists", "add", second, "--published", "2024-01-09", "--store", store)

    refused = call(*adding, code=3)
    accepted = call(*adding, "--accept-shrink")

    assert "fell from 100 entries" in refused.stderr
    assert "70 removed" in accepted.stdout


@pytest.mark.parametrize(
    "command", [("lists", "show"), ("lists", "diff", "xa@1", "xa@2"), ("index", "build")]
)
def test_only_adding_makes_a_store(command: tuple[str, ...], tmp_path: Path) -> None:
    refused = call(*command, "--store", tmp_path / "none", code=4)

    assert "there is no store in" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_name_is_no_text_is_told_and_kept(tmp_path: Path) -> None:
    name = bytes(tmp_path) + b"/ad\xff.csv"
    Path(os.fsdecode(name)).write_text(SDN, newline="")

    added = run("lists", "add", name, "--store", tmp_path / "store")

    assert (added.returncode, added.stderr) == (0, "")
    assert "ofac-primary (ad" in added.stdout


def test_a_file_that_is_not_there_is_a_wrong_command_line(tmp_path: Path) -> None:
    result = run("lists", "add", tmp_path / "none.csv", "--store", tmp_path / "store")

    assert result.returncode == 2
    assert "error: there is no file `" in result.stderr
