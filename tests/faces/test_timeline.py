"""Two clocks on the command line: `timeline`, `lists entries`, `lists events`, `--known-at`."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from article41.store import Store, TimedListing
from tests.faces.made import LATER_SDN, SDN, UN, call, lines_of_json, rows_of, write
from tests.store.made import listing, moment, version


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two OFAC snapshots and one of the UN, imported at once; tests only read it."""
    folder = tmp_path_factory.mktemp("imported")
    files = [
        write(folder, "sdn-2024-01-09.csv", LATER_SDN),
        write(folder, "sdn-2024-01-02.csv", SDN),
        write(folder, "un-2024-02-03.xml", UN),
    ]
    call("lists", "import", *files, "--store", folder / "store")
    return folder / "store"


def one(*arguments: object) -> Any:  # whatever the JSON holds
    [found] = lines_of_json(call(*arguments, "--json").stdout)
    return found


def test_an_import_learns_everything_at_one_moment(store: Path) -> None:
    moments = {event["known_at"] for event in events(store)}

    assert len(moments) == 1


def test_what_was_held_at_a_moment_is_shown_also_after_a_date_was_given(tmp_path: Path) -> None:
    asked = ["--store", tmp_path, "--known-at", moment(1).isoformat()]
    with Store(tmp_path) as store:
        store.add(version([listing("7")]), known_at=moment(0))
    shown = call("lists", "show", *asked).stdout
    told = call("lists", "events", *asked).stdout

    with Store(tmp_path) as store:
        store.add(version([listing("7")], published=date(2024, 2, 1)), known_at=moment(2))

    assert "xa-main  XA, version" in shown
    assert call("lists", "show", *asked).stdout == shown
    assert call("lists", "events", *asked).stdout == told
    assert call("lists", "events", "--store", tmp_path).stdout == told
    since = ["--since", moment(1).isoformat()]
    assert call("lists", "events", *since, "--store", tmp_path).stdout == ""
    state = one("timeline", "xa-main/7", *asked, "--as-of", "2024-02-15")
    assert (state["in_force"], state["unknown_between"]) == ("unknown", [None, "2024-03-01"])


def test_a_timeline_shows_contents_and_listing_with_their_bounds(store: Path) -> None:
    shown = call("timeline", "ofac-sdn/7", "ofac-sdn/8", "--store", store).stdout

    assert "ofac-sdn/7\n  listed since 2024-01-02 or earlier\n" in shown
    assert "    since a day between 2024-01-02 and 2024-01-09: EXAMPLE, Ada, 1 name\n" in shown
    assert "ofac-sdn/8\n  listed since 2024-01-02 or earlier, until a day between " in shown


GAP = ["2024-01-02", "2024-01-09"]
"""Between the two SDN lists."""


@pytest.mark.parametrize(
    ("key", "day", "answer", "words"),
    [
        ("ofac-sdn/10", "2024-01-09", ("yes", None), "as of 2024-01-09: listed"),
        ("ofac-sdn/8", "2024-01-09", ("no", None), "not on the list by what is known"),
        ("ofac-sdn/10", "2024-01-02", ("no", None), "not on the list by what is known"),
        ("ofac-sdn/10", "2024-01-05", ("unknown", GAP), "unknown between 2024-01-02 and"),
        ("ofac-sdn/8", "2024-01-05", ("unknown", GAP), "unknown between 2024-01-02 and"),
        ("ofac-sdn/7", "2023-12-31", ("unknown", [None, GAP[0]]), "not known before 2024-01-02"),
        # It may have been listed once before, as far as anybody who has one list knows.
        ("un-sc/XAi.001", "2011-06-28", ("unknown", [None, "2024-02-03"]), "not known before"),
        ("un-sc/XAi.001", "2011-06-29", ("yes", None), "as of 2011-06-29: listed"),
    ],
)
def test_a_timeline_says_whether_an_entry_stood_on_a_day(
    store: Path, key: str, day: str, answer: tuple[str, list[str | None] | None], words: str
) -> None:
    found = one("timeline", key, "--as-of", day, "--store", store)

    assert (found["in_force"], found["unknown_between"]) == answer
    assert words in call("timeline", key, "--as-of", day, "--store", store).stdout


def test_a_timeline_says_that_nobody_dated_a_version(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "a.csv", SDN), "--store", store)

    shown = call("timeline", "ofac-sdn/7", "--store", store).stdout

    assert ", published on an unknown day\n" in shown
    assert "      place         SDN.CSV:1\n" in shown


def test_a_number_without_a_list_is_no_key_and_no_name(store: Path) -> None:
    assert "is no key" in call("timeline", "36", "--store", store, code=2).stderr


def test_the_past_of_a_name_says_what_it_brought_on_the_day() -> None:
    asked = ("timeline", "Bashar al-Assad", "--demonstration", "--json", "--as-of")

    laws = {
        day: {one["key"]: one["law"]["outcome"] for one in lines_of_json(call(*asked, day).stdout)}
        for day in ("2011-05-17", "2011-05-18", "2025-12-31")
    }

    assert laws["2011-05-17"]["demo-ofac-syria/P001"] == "no-measure-found"
    assert laws["2011-05-18"]["demo-ofac-syria/P001"] == "freeze"
    assert laws["2025-12-31"]["demo-ofac-syria/P001"] == "freeze"
    assert laws["2011-05-18"]["demo-eu-syria/P001"] == "no-measure-found"


def test_an_annulled_listing_is_a_review_until_the_judgment_has_effect() -> None:
    asked = ("timeline", "demo-eu-syria/E046", "--demonstration", "--json", "--as-of")

    [before] = lines_of_json(call(*asked, "2014-06-10").stdout)
    [pending] = lines_of_json(call(*asked, "2014-06-20").stdout)

    assert before["law"]["outcome"] == "freeze"
    assert pending["law"]["outcome"] == "review"
    assert "keep what is frozen frozen until 2014-08-22" in pending["law"]["says"]


def test_between_an_annulment_and_a_listing_made_anew_is_a_review() -> None:
    asked = ("timeline", "demo-eu-syria/P027", "--demonstration", "--json", "--as-of")

    [pending] = lines_of_json(call(*asked, "2014-12-20").stdout)
    [between] = lines_of_json(call(*asked, "2015-01-25").stdout)
    [anew] = lines_of_json(call(*asked, "2015-01-27").stdout)

    assert "keep what is frozen frozen until 2015-01-24: T-653/11" in pending["law"]["says"]
    assert between["law"]["outcome"] == "review"
    assert "listed anew on 2015-01-27" in between["law"]["says"]
    assert anew["law"]["outcome"] == "freeze"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("timeline", "ofac-sdn/99"), "error: the store holds no entry `ofac-sdn/99`\nhint: write"),
        (("timeline", "ofac-sd/7"), "no list `ofac-sd`\nhint: did you mean `ofac-sdn`? it holds"),
        (("clusters", "show", "xa/7"), "error: the store holds no list `xa`\nhint: it holds ofac"),
        (("lists", "entries", "un-s"), "hint: did you mean `un-sc`? it holds ofac-sdn, un-sc\n"),
        (("lists", "events", "un"), "error: the store holds no list `un`\n"),
        (("lists", "export", "--list", "OFAC-SDN"), "hint: did you mean `ofac-sdn`? it holds"),
    ],
)
def test_a_list_or_an_entry_that_the_store_never_held_is_refused(
    store: Path, command: tuple[str, ...], said: str
) -> None:
    refused = call(*command, "--store", store, code=2)

    assert said in refused.stderr
    assert refused.stdout == ""


def test_the_entries_of_a_day_are_listed_once_each_with_what_is_not_known(store: Path) -> None:
    question = ("lists", "entries", "ofac-sdn", "--as-of", "2024-01-05", "--store", store)

    found = lines_of_json(call(*question, "--json").stdout)
    lines = call(*question).stdout.splitlines()

    assert [(entry["key"], entry["in_force"]) for entry in found] == [
        ("ofac-sdn/10", "unknown"),
        ("ofac-sdn/7", "yes"),
        ("ofac-sdn/8", "unknown"),
        ("ofac-sdn/9", "yes"),
    ]
    assert len(lines) == 4
    assert "SAMPLE, Cora" in lines[0]
    assert lines[0].endswith("  unknown between 2024-01-02 and 2024-01-09")
    assert lines[1].endswith("  since 2024-01-02 or earlier")


def test_without_a_day_the_entries_are_those_that_have_not_ended(store: Path) -> None:
    found = lines_of_json(call("lists", "entries", "--json", "--store", store).stdout)

    assert [entry["key"] for entry in found] == [
        "ofac-sdn/10",
        "ofac-sdn/7",
        "ofac-sdn/9",
        "un-sc/XAi.001",
    ]


def test_a_day_on_which_nothing_stood_writes_nothing(store: Path) -> None:
    assert call("lists", "entries", "un-sc", "--as-of", "2001-01-01", "--store", store).stdout == ""


def test_an_unknown_list_is_refused_with_those_that_are_held(store: Path) -> None:
    failed = call("lists", "entries", "xa-none", "--store", store, code=2)

    assert "it holds ofac-sdn, un-sc" in failed.stderr


def events(store: Path, *options: object) -> list[Any]:
    return lines_of_json(call("lists", "events", *options, "--json", "--store", store).stdout)


def test_events_are_told_one_a_line(store: Path) -> None:
    lines = call("lists", "events", "ofac-sdn", "--store", store).stdout.splitlines()
    found = events(store, "ofac-sdn")

    assert [(one["kind"], one.get("id", "")) for one in found] == [
        ("first", ""),
        ("added", "10"),
        ("removed", "8"),
        ("amended", "7"),
    ]
    assert "UTC  ofac-sdn of 2024-01-02  first version of the list" in lines[0]
    assert lines[1].endswith("ofac-sdn of 2024-01-09  + 10  SAMPLE, Cora")
    assert lines[3].endswith("~ 7  EXAMPLE, Ada  (birth_dates, remarks: material)")


def test_events_are_narrowed_by_day_moment_and_matter(store: Path, tmp_path: Path) -> None:
    merged = events(store)
    moment = merged[0]["known_at"]

    assert {one["list"] for one in merged} == {"ofac-sdn", "un-sc"}
    assert [one["kind"] for one in events(store, "--as-of", "2024-01-02")] == ["first"]
    assert events(store, "--since", moment) == []
    assert events(store, "--known-at", "2001-01-01") == []
    files = [
        write(tmp_path, "sdn-2024-01-02.csv", SDN),
        write(tmp_path, "sdn-2024-01-09.csv", SDN.replace("EXAMPLE, Ada", "Example Ada")),
    ]
    call("lists", "import", *files, "--store", tmp_path / "store")
    assert [one["kind"] for one in events(tmp_path / "store")] == ["first", "amended"]
    assert [one["kind"] for one in events(tmp_path / "store", "--material")] == ["first"]


BEFORE = "2001-01-01"


def test_before_the_store_knew_anything_no_command_answers_from_what_it_learned_later(
    store: Path, tmp_path: Path
) -> None:
    customers = write(tmp_path, "customers.csv", "id,name\n1,Ada Example\n")
    early = ("--known-at", BEFORE, "--store", store)

    nothing = "note: nothing was known of ofac-sdn at the end of 2001-01-01 UTC\n"
    for command in (("timeline", "ofac-sdn/7"), ("lists", "entries"), ("lists", "events")):
        for options in ((), ("--json",)):
            assert nothing in call(*command, *options, *early).stderr
    assert "of un-sc" not in call("lists", "entries", "ofac-sdn", *early).stderr
    assert "this entry at the end of 2001" in call("timeline", "ofac-sdn/7", *early).stdout
    assert one("timeline", "ofac-sdn/7", *early)["forms"] == []
    assert call("lists", "entries", *early).stdout == ""
    shown = call("lists", "show", *early)
    assert (shown.stdout, nothing in shown.stderr) == ("", True)
    assert json.loads(call("lists", "show", *early, "--json").stdout) == []
    diff = call("lists", "diff", "ofac-sdn@1", "ofac-sdn@2", *early, code=4)
    assert "names 0 versions" in diff.stderr
    matched = call("match", "Ada Example", *early, code=3)
    nothing_compared = "error: no list was known at that moment; nothing was compared\n"
    assert nothing_compared in matched.stderr
    assert "ofac-sdn/7" not in matched.stdout
    asked = "(newest versions, known at the end of 2001-01-01 UTC, threshold 0.65)\n"
    assert f"Ada Example  {asked}" in matched.stdout
    assert "  ofac-sdn  no version of that moment is known\n" in matched.stdout
    limit = (
        "limit: nothing was known, and none of it was compared, of: ofac-sdn (the end of "
        "2001-01-01 UTC), un-sc (the end of 2001-01-01 UTC)"
    )
    assert limit in " ".join(matched.stdout.split())
    screened = call("screen", customers, *early, "-o", tmp_path / "out.csv", code=3)
    assert "rows rejected                1" in screened.stdout
    assert f"out.csv  {asked}" in screened.stdout
    assert nothing_compared in screened.stderr
    [row] = rows_of(tmp_path / "out.csv")
    assert row["matches"] == ""
    assert row["error"] == "no list was known at that moment; nothing was compared"


def test_what_was_not_known_at_the_moment_is_unknown_and_never_no(store: Path) -> None:
    early = ("timeline", "ofac-sdn/7", "--as-of", "2024-01-05", "--known-at", BEFORE)

    found = one(*early, "--store", store)

    assert (found["in_force"], found["unknown_between"]) == ("unknown", None)
    assert "  as of 2024-01-05: not known\n" in call(*early, "--store", store).stdout


def test_of_two_lists_the_one_not_yet_known_is_named_and_the_other_compared(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "un.xml", UN), "--store", store)
    [between] = {event["known_at"] for event in events(store)}
    call("lists", "add", write(tmp_path, "sdn.csv", SDN), "--store", store)
    customers = write(tmp_path, "in.csv", "name\nAda Example\n")
    asked = ("--known-at", between, "--json", "--store", store)

    summary = json.loads(call("screen", customers, "-o", tmp_path / "out.csv", *asked).stdout)

    assert (summary["rows_with_matches"], summary["rows_rejected"]) == (1, 0)
    [limit] = [one for one in summary["findings"] if one["kind"] == "not-known-at"]
    assert limit["list"] == "ofac-sdn"


def test_by_what_is_known_now_the_same_commands_answer(store: Path, tmp_path: Path) -> None:
    customers = write(tmp_path, "customers.csv", "id,name\n1,Ada Example\n")
    late = ("--known-at", datetime.now(UTC).date(), "--store", store)

    assert len(one("timeline", "ofac-sdn/7", *late)["forms"]) == 2
    assert len(call("lists", "entries", *late).stdout.splitlines()) == 4
    assert "1 added, 1 removed" in call("lists", "diff", "ofac-sdn@1", "ofac-sdn@2", *late).stdout
    assert "ofac-sdn/7" in call("match", "Ada Example", *late).stdout
    call("screen", customers, *late, "-o", tmp_path / "out.csv")
    assert "EXAMPLE, Ada" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_a_publication_that_came_later_does_not_change_what_was_known(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = write(tmp_path, "a.csv", LATER_SDN)
    call("lists", "add", first, "--published", "2024-01-09", "--store", store)
    [known] = {event["known_at"] for event in events(store)}
    earlier = write(tmp_path, "b.csv", SDN)
    call("lists", "add", earlier, "--published", "2024-01-02", "--store", store)
    question = ("timeline", "ofac-sdn/10", "--as-of", "2024-01-02", "--store", store)

    now, then = one(*question), one(*question, "--known-at", known)

    assert now["in_force"] == "no"
    assert (then["in_force"], then["unknown_between"]) == ("unknown", [None, "2024-01-09"])


def test_the_past_of_several_entries_is_read_once(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    records_of = Store.records_of

    def noted(one: Store, *keys: str) -> Iterator[TimedListing]:
        asked.append(keys)
        return records_of(one, *keys)

    monkeypatch.setattr(Store, "records_of", noted)
    keys = ("un-sc/XAi.001", "ofac-sdn/7", "un-sc/XAi.001")

    shown = lines_of_json(call("timeline", *keys, "--json", "--store", store).stdout)

    assert tuple(one["key"] for one in shown) == keys
    assert all(one["forms"] for one in shown)
    assert asked == [keys]


def test_the_demonstration_brings_its_own_store(store: Path) -> None:
    refused = call("timeline", "demo-eu-syria/P009", "--demonstration", "--store", store, code=2)

    assert "`--demonstration` brings its own store" in refused.stderr
