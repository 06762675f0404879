"""`clusters`: one target's entries are shown with their reasons, and people have the last word."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from article41.checks import links
from article41.faces.cli.targets_kept import CLUSTERS_NAME
from article41.store import Store
from tests.faces.made import call, lines_of_json, write
from tests.sources.official.ofac.publications import primary, table

SDN = table(
    primary(
        7,
        "EXAMPLE, Ada",
        type_="individual",
        remarks="DOB 11 Sep 1965; Passport X0000123 (Xandu).",
    ),
    primary(8, "EXAMPLE, Beda", type_="individual", remarks="DOB 12 Sep 1965."),
    primary(9, "SPECIMEN TRADING COMPANY"),
)
UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2024-02-03T00:00:09.554Z"><INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ADA</FIRST_NAME><SECOND_NAME>EXEMPLE</SECOND_NAME>
<UN_LIST_TYPE>Examplia</UN_LIST_TYPE><REFERENCE_NUMBER>XAi.001</REFERENCE_NUMBER>
<LISTED_ON>2011-06-29</LISTED_ON><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
<NUMBER>X0000123</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL>
<INDIVIDUAL><DATAID>2</DATAID><FIRST_NAME>BEDA</FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME>
<UN_LIST_TYPE>Examplia</UN_LIST_TYPE><REFERENCE_NUMBER>XAi.002</REFERENCE_NUMBER>
<LISTED_ON>2011-06-29</LISTED_ON><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>
<DATE>1965-09-12</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>
</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>
"""
ADA, BEDA = ("ofac-sdn/7", "un-sc/XAi.001"), ("ofac-sdn/8", "un-sc/XAi.002")
BY = ("--by", "Eva", "--reason", "born elsewhere")
LINKING = "note: linking the entries of all lists"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    sdn, un = write(tmp_path, "a.csv", SDN), write(tmp_path, "b.xml", UN)
    call("lists", "add", sdn, "--published", "2024-01-02", "--store", folder)
    call("lists", "add", un, "--store", folder)
    return folder


def shown(store: Path, key: str, *clocks: object) -> Any:  # whatever the JSON holds
    result = call("clusters", "show", key, *clocks, "--json", "--store", store)
    [target] = lines_of_json(result.stdout)
    return target


def test_the_summary_counts_targets_and_what_their_links_rest_on(store: Path) -> None:
    text = call("clusters", "show", "--store", store).stdout
    summary = json.loads(call("clusters", "show", "--json", "--store", store).stdout)

    assert text.startswith("2 targets on several lists, with 4 entries\n")
    assert summary == {
        "clusters": 2, "entries": 4, "links": {"number": 1, "name": 1}, "conflicts": 0,
    }  # fmt: skip


def test_a_target_is_shown_with_its_entries_and_the_reason_of_each_link(store: Path) -> None:
    text = call("clusters", "show", *ADA, BEDA[0], "ofac-sdn/9", "--store", store).stdout
    target = shown(store, ADA[1])

    assert text.count("ofac-sdn/7 = un-sc/XAi.001  number: document X0000123") == 2
    assert "ofac-sdn/8 = un-sc/XAi.002  name: " in text
    assert "born on the same day" in text
    assert "ofac-sdn/9\n  no other list names this target, as far as the evidence goes" in text
    assert target["keys"] == list(ADA)
    assert [link["basis"] for link in target["links"]] == ["number"]


def test_an_answer_names_the_other_entries_once_they_are_linked(store: Path) -> None:
    [before] = lines_of_json(call("match", "Ada Example", "--json", "--store", store).stdout)
    call("clusters", "show", "--store", store)
    [after] = lines_of_json(call("match", "Ada Example", "--json", "--store", store).stdout)
    text = call("match", "Ada Example", "--store", store).stdout

    def also(answer: Any) -> dict[str, list[str]]:  # whatever the JSON holds
        return {one["listing"]["key"]: one["listing"]["also_listed"] for one in answer["matches"]}

    assert also(before)["ofac-sdn/7"] is None
    assert also(after)["ofac-sdn/7"] == ["un-sc/XAi.001"]
    assert also(after)["un-sc/XAi.001"] == ["ofac-sdn/7"]
    assert "un-sc/XAi.001" in text[text.index("also") :]


def also_of_ada(store: Path, *options: object) -> tuple[Any, str]:  # whatever the JSON holds
    result = call("match", "Ada Example", *options, "--json", "--store", store)
    [answer] = lines_of_json(result.stdout)
    found = {one["listing"]["key"]: one["listing"]["also_listed"] for one in answer["matches"]}
    return found[ADA[0]], result.stderr


def test_links_older_than_the_store_are_not_shown_and_said(store: Path, tmp_path: Path) -> None:
    said = "note: links between lists are older than the store or this program; renew"
    call("clusters", "show", "--store", store)
    later = write(tmp_path, "c.csv", SDN.replace("Beda", "Cora"))
    call("lists", "add", later, "--published", "2024-01-09", "--store", store)

    after_addition, note = also_of_ada(store)
    call("clusters", "show", "--store", store)
    renewed = also_of_ada(store)
    call("clusters", "different", *ADA, *BY, "--store", store)
    after_decision, second_note = also_of_ada(store)

    assert (after_addition, after_decision, renewed) == (None, None, ([ADA[1]], ""))
    assert (note.startswith(said), second_note) == (True, note)


def test_a_link_that_was_learned_later_than_the_moment_is_not_shown(
    store: Path, tmp_path: Path
) -> None:
    later = UN.replace('dateGenerated="2024-02-03', 'dateGenerated="2024-02-04')
    moment = datetime.now(UTC)
    call("lists", "add", write(tmp_path, "c.xml", later), "--store", store)
    call("clusters", "show", "--store", store)

    then, note = also_of_ada(store, "--known-at", moment.isoformat())
    now, nothing = also_of_ada(store, "--known-at", datetime.now(UTC).isoformat())

    assert (then, note.startswith("note: links between lists rest on what was")) == (None, True)
    assert (now, nothing) == ([ADA[1]], "")


def test_an_entry_that_did_not_stand_on_the_day_is_not_shown_beside_one_that_did(
    store: Path, tmp_path: Path
) -> None:
    gone = UN[: UN.index("<INDIVIDUAL><DATAID>1<")] + UN[UN.index("<INDIVIDUAL><DATAID>2<") :]
    later = gone.replace('dateGenerated="2024-02-03', 'dateGenerated="2024-02-04')
    call("lists", "add", write(tmp_path, "c.xml", later), "--store", store)
    call("clusters", "show", "--store", store)

    assert also_of_ada(store, "--as-of", "2024-02-03") == ([ADA[1]], "")
    assert also_of_ada(store, "--as-of", "2024-02-04") == ([], "")


def test_a_target_is_shown_as_its_entries_stood_on_a_day(store: Path, tmp_path: Path) -> None:
    gone = UN[: UN.index("<INDIVIDUAL><DATAID>1<")] + UN[UN.index("<INDIVIDUAL><DATAID>2<") :]
    later = gone.replace('dateGenerated="2024-02-03', 'dateGenerated="2024-02-04')
    call("lists", "add", write(tmp_path, "c.xml", later), "--store", store)
    before, after = ("--as-of", "2024-02-03"), ("--as-of", "2024-02-04")

    summary = call("clusters", "show", *after, "--store", store).stdout
    alone = call("clusters", "show", ADA[0], *after, "--store", store)

    assert shown(store, ADA[0], *before)["keys"] == list(ADA)
    assert shown(store, ADA[0], *after) == {"keys": [ADA[0]], "links": [], "conflicts": []}
    # Who asks about the entry that is gone sees the one that stands.
    assert shown(store, ADA[1], *after)["keys"] == list(ADA)
    assert summary.startswith("1 target on several lists, with 2 entries\n")
    assert "  no other entry that stood on 2024-02-04 names this target" in alone.stdout
    assert "limit: ofac-sdn is 33 days old" in alone.stderr


def test_a_target_is_shown_as_a_moment_knew_it_with_the_decisions_of_then(store: Path) -> None:
    def moment_after(*command: object) -> tuple[str, str]:
        call(*command, "--store", store)
        return "--known-at", datetime.now(UTC).isoformat()

    linked = moment_after("clusters", "show")
    parted = moment_after("clusters", "different", *ADA, *BY)
    reopened = moment_after("clusters", "reopen", *ADA, *BY)
    call("clusters", "show", "--store", store)

    keys = [shown(store, ADA[0], *one)["keys"] for one in (linked, parted, reopened)]
    conflicts = call("clusters", "show", "--conflicts", *parted, "--store", store)

    assert keys == [list(ADA), [ADA[0]], list(ADA)]
    assert conflicts.stdout.startswith("ofac-sdn/7 = un-sc/XAi.001  number: ")
    assert f"{LINKING} by what was known at 20" in conflicts.stderr
    assert LINKING not in call("clusters", "show", "--store", store).stderr
    # That a word was taken back is learned too: no link made since is one of that moment.
    assert also_of_ada(store, *parted)[0] is None


def test_an_entry_that_came_after_the_moment_joins_no_target_of_then(store: Path) -> None:
    with Store(store) as opened:
        [sdn] = [one.known_from for one in opened.versions("ofac-sdn")]

    early = call("clusters", "show", *ADA, "--known-at", sdn, "--json", "--store", store)

    assert [one["keys"] for one in lines_of_json(early.stdout)] == [[ADA[0]], [ADA[1]]]
    assert "note: nothing was known of un-sc at " in early.stderr
    assert "note: nothing was known of un-sc/XAi.001 at " in early.stderr


def test_a_decision_parts_two_entries_until_it_is_taken_back(store: Path) -> None:
    said = call("clusters", "different", *reversed(ADA), *BY, "--store", store).stdout
    apart = shown(store, ADA[0])
    conflicts = call("clusters", "show", "--conflicts", "--store", store).stdout
    as_json = lines_of_json(
        call("clusters", "show", "--conflicts", "--json", "--store", store).stdout
    )
    call("clusters", "reopen", *ADA, *BY, "--store", store)

    assert said == "ofac-sdn/7 and un-sc/XAi.001: different, by Eva\n"
    assert (apart["keys"], len(apart["conflicts"])) == ([ADA[0]], 1)
    assert conflicts.startswith("ofac-sdn/7 = un-sc/XAi.001  number: ")
    assert [(one["left"], one["right"]) for one in as_json] == [ADA]
    assert shown(store, ADA[0])["keys"] == list(ADA)


def test_a_decision_joins_two_entries_and_says_whose_it_is(store: Path) -> None:
    decision = json.loads(
        call("clusters", "same", BEDA[0], "ofac-sdn/9", *BY, "--json", "--store", store).stdout
    )

    target = shown(store, BEDA[1])

    assert (decision["verdict"], decision["decided_by"]) == ("same", "Eva")
    assert target["keys"] == ["ofac-sdn/8", "ofac-sdn/9", "un-sc/XAi.002"]
    assert target["links"][0]["reason"].startswith("born elsewhere (Eva, ")


@pytest.mark.parametrize("verb", ["same", "different", "reopen"])
def test_an_entry_that_the_store_lacks_cannot_be_decided_on(verb: str, store: Path) -> None:
    result = call("clusters", verb, ADA[0], "un-sc/XAi.999", *BY, "--store", store, code=2)

    assert "the store holds no entry `un-sc/XAi.999`" in result.stderr
    assert "list and number" in result.stderr


def test_an_entry_that_the_store_lacks_is_not_shown_as_one_that_nobody_else_lists(
    store: Path,
) -> None:
    result = call("clusters", "show", ADA[0], "un-sc/XAi.999", "--store", store, code=2)

    assert "the store holds no entry `un-sc/XAi.999`" in result.stderr
    assert result.stdout == ""


def test_links_are_made_once_and_anew_after_an_addition_and_after_a_decision(
    store: Path, tmp_path: Path
) -> None:
    def links_anew() -> bool:
        return LINKING in call("clusters", "show", "--store", store).stderr

    assert [links_anew(), links_anew()] == [True, False]
    call("clusters", "different", *ADA, *BY, "--store", store)
    assert [links_anew(), links_anew()] == [True, False]
    later = write(tmp_path, "c.csv", SDN.replace("Beda", "Cora"))
    call("lists", "add", later, "--published", "2024-01-09", "--store", store)
    assert [links_anew(), links_anew()] == [True, False]


def meanwhile(monkeypatch: pytest.MonkeyPatch, does: Callable[[], object]) -> None:
    """Let something happen once, between the reading of the entries and the end of the linking."""

    def by_name(*arguments: Any, **options: Any) -> Any:  # passed through
        monkeypatch.undo()
        does()
        return links.by_name(*arguments, **options)

    monkeypatch.setattr("article41.checks.clusters.by_name", by_name)


def test_a_decision_made_while_entries_are_linked_is_not_lost(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: call("clusters", "different", *ADA, *BY, "--store", store))
    call("clusters", "show", "--store", store)

    also, note = also_of_ada(store)

    assert (also, note.startswith("note: links between lists are older")) == (None, True)
    assert shown(store, ADA[0])["keys"] == [ADA[0]]
    assert also_of_ada(store) == ([], "")


def test_an_addition_made_while_entries_are_linked_is_linked_the_next_time(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = write(tmp_path, "c.csv", SDN.replace("X0000123", "X0000999"))
    added = ("lists", "add", later, "--published", "2024-01-09", "--store", store)
    meanwhile(monkeypatch, lambda: call(*added))
    call("clusters", "show", "--store", store)

    assert also_of_ada(store)[0] is None
    assert shown(store, ADA[0])["keys"] == [ADA[0]]


def test_links_that_other_code_made_are_made_anew(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        other.setattr("article41.faces.cli.targets_kept.indexing_code", lambda: "f" * 64)
        call("clusters", "show", "--store", store)

    assert also_of_ada(store)[0] is None
    assert LINKING in call("clusters", "show", "--store", store).stderr


@pytest.mark.parametrize("place", [0, 31, 32, 90, -40, -1])
def test_a_damaged_keeping_is_made_anew(place: int, store: Path) -> None:
    call("clusters", "show", "--store", store)
    path = store / CLUSTERS_NAME
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 1
    path.write_bytes(damaged)

    assert also_of_ada(store)[0] is None
    assert LINKING in call("clusters", "show", "--store", store).stderr
    assert also_of_ada(store) == ([ADA[1]], "")


def test_links_that_cannot_be_read_are_said_and_not_taken_for_none(store: Path) -> None:
    (store / CLUSTERS_NAME).mkdir()

    also, note = also_of_ada(store)

    assert also is None
    assert note.startswith("note: links between lists cannot be read; let `")
    assert f"{CLUSTERS_NAME}` be read, or remove it: " in note


def test_links_may_be_read_by_whom_the_umask_lets_read(store: Path) -> None:
    before = os.umask(0o027)
    try:
        call("clusters", "show", "--store", store)
    finally:
        os.umask(before)

    assert (store / CLUSTERS_NAME).stat().st_mode & 0o777 == 0o640
