"""`match`: what is found, what is said about it, and what is never said."""

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from article41.checks import INDEX_FILE
from article41.match import SCORER
from article41.model.letters import legible
from article41.sources.publications import read_publications
from article41.store import Store
from tests.faces.made import LATER_SDN, SDN, UN, call, lines_of_json, run, write
from tests.sources.official.ofac.publications import primary, table

COMFORT = re.compile(r"\b(clear|cleared|safe|allowed|approved|compliant|ok)\b", re.IGNORECASE)


def test_a_match_names_list_version_alias_and_evidence(filled: Path) -> None:
    shown = call("match", "Ada Exampel", "--birth-date", "1965", "--store", filled).stdout

    assert "EXAMPLE, Ada  (primary)" in shown
    assert "ofac-sdn, published 2024-01-02, version " in shown
    assert "ofac-sdn/7, Person, at SDN.CSV:1" in shown
    assert "1965-09-11  (compatible with the one given)" in shown
    assert "ada = ada" in shown
    assert "exampel ~ example" in shown


def test_an_alias_in_another_script_is_found_and_named_with_its_kind(filled: Path) -> None:
    shown = call("match", "Adka Primer", "--store", filled).stdout

    assert "Адка Пример  (weak alias)" in shown
    assert "un-sc/XAi.001" in shown


def test_every_answer_names_its_lists_their_age_and_their_gaps(filled: Path) -> None:
    for name in ("Ada Example", "Qwertz Uiop"):
        shown = call("match", name, "--store", filled).stdout

        assert re.search(r"ofac-sdn +published 2024-01-02 .*days old, 3 listings", shown)
        assert re.search(r"un-sc +published 2024-02-03, .*days old, 1 listing,", shown)
        assert "gap: ofac-sdn lacks aliases (ALT.CSV)" in shown


def test_nothing_found_says_where_nothing_was_found(filled: Path) -> None:
    shown = call("match", "Qwertz Uiop", "--store", filled).stdout

    assert "no resemblance found at threshold 0.65 in: ofac-sdn, un-sc" in shown
    assert COMFORT.search(shown) is None


def test_a_day_before_a_list_is_known_is_a_finding(filled: Path) -> None:
    arguments = ("match", "Qwertz Uiop", "--as-of", "2024-01-20", "--store", filled)

    shown = call(*arguments).stdout

    assert "in: ofac-sdn\n" in shown
    assert (
        "limit: un-sc is not known before 2024-02-03: entries removed earlier are missing" in shown
    )
    assert re.search(r"un-sc +no version of that day is known; of later ones, what may", shown)
    [answer] = lines_of_json(call(*arguments, "--json").stdout)
    assert {"kind": "not-known-before", "list": "un-sc", "detail": "2024-02-03"} in answer[
        "findings"
    ]
    assert [one["version"] is None for one in answer["coverage"]] == [False, True]


def test_a_day_before_every_list_says_what_is_not_known_and_what_was_listed_later(
    filled: Path,
) -> None:
    before_listing = call("match", "Ada Example", "--as-of", "1990-01-01", "--store", filled).stdout
    after_listing = call("match", "Ada Example", "--as-of", "2011-06-29", "--store", filled).stdout

    assert "ofac-sdn/7" in before_listing
    assert "not known before 2024-01-02" in before_listing
    assert "un-sc/XAi.001" not in before_listing
    assert "un-sc/XAi.001" in after_listing
    assert "ofac-sdn/7" in after_listing


def test_the_coverage_of_a_day_shows_the_version_that_stood_then(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name, text, day in (("1.csv", SDN, "2024-01-02"), ("2.csv", LATER_SDN, "2024-01-09")):
        call("lists", "add", write(tmp_path, name, text), "--published", day, "--store", store)

    shown = call("match", "Ada Example", "--as-of", "2024-01-08", "--store", store).stdout

    assert "ofac-sdn  published 2024-01-02 (as stated when it was added), 6 days old, " in shown
    assert "limit: ofac-sdn is 6 days old, more than it may be" in shown
    much_later = call("match", "Ada", "--as-of", "2029-01-08", "--store", store).stdout
    assert "2024-01-09 (as stated when it was added), 1,826 days old, 3 listings" in much_later
    assert "limit: ofac-sdn is 1,826 days old, " in much_later


def test_every_answer_names_the_tables_that_define_its_scores(filled: Path) -> None:
    [answer] = lines_of_json(call("match", "Nobody", "--json", "--store", filled).stdout)

    assert len(answer["scorer"]["weights_sha256"]) == len(answer["scorer"]["tables_sha256"]) == 64


def test_equal_questions_get_equal_bytes(filled: Path) -> None:
    arguments = ("match", "Ada Example", "--json", "--store", filled)

    assert call(*arguments).stdout == call(*arguments).stdout


def test_listed_names_that_cannot_be_compared_limit_every_answer(tmp_path: Path) -> None:
    store = tmp_path / "store"
    listed = table(primary(7, "???"), primary(8, "EXAMPLE " * 40))
    call("lists", "add", write(tmp_path, "a.csv", listed), "--store", store)

    shown = call("match", "Nobody Known", "--store", store).stdout

    assert "limit: ofac-sdn has 1 name without a legible letter, never compared" in shown
    assert "limit: ofac-sdn has 1 name of which only the beginning is compared" in shown


def test_the_limit_cuts_what_is_shown_and_counts_the_rest(filled: Path) -> None:
    all_of_them = call("match", "Ada Example", "--threshold", "0.5", "--store", filled).stdout
    one = call("match", "Ada Example", "--threshold", "0.5", "--limit", "1", "--store", filled)

    found = all_of_them.count("  matched  ")
    none = call("match", "Ada Example", "--limit", "0", "--store", filled, code=2)

    assert found >= 2
    assert one.stdout.count("  matched  ") == 1
    assert f"{found - 1} more above the threshold" in one.stdout
    assert (none.stdout, "0 is not in the range x>=1" in none.stderr) == ("", True)


def test_json_has_everything_unless_a_limit_is_given(filled: Path) -> None:
    arguments = ("match", "Ada Example", "--threshold", "0.5", "--json", "--store", filled)

    [everything] = lines_of_json(call(*arguments).stdout)
    [limited] = lines_of_json(call(*arguments, "--limit", "1").stdout)

    assert everything["more"] == 0
    assert len(limited["matches"]) == 1
    assert limited["more"] == len(everything["matches"]) - 1


def test_the_exhaustive_mode_answers_the_same(filled: Path) -> None:
    arguments = ("match", "Ada Exampel", "Adka", "--threshold", "0.3", "--json", "--store", filled)

    by_index = lines_of_json(call(*arguments).stdout)
    by_scoring_all = lines_of_json(call(*arguments, "--exhaustive").stdout)

    assert [answer["matches"] for answer in by_index] == [
        answer["matches"] for answer in by_scoring_all
    ]
    assert by_index[0]["matches"]


def test_a_country_is_shown_beside_the_lists_own_and_leaves_the_score(filled: Path) -> None:
    plain = call("match", "Ada Example", "--json", "--store", filled).stdout
    with_country = call("match", "Ada Example", "--json", "--country", "XA", "--store", filled)

    shown = call("match", "Ada Example", "--country", "XA", "--store", filled).stdout

    assert "Xandu  (given: XA; does not change the score)" in shown
    assert json.loads(plain)["matches"] == json.loads(with_country.stdout)["matches"]


@pytest.mark.parametrize("name", ["", " ", "?!", "?" * 2_000])
def test_names_without_a_legible_letter_are_a_finding(name: str, filled: Path) -> None:
    day_before_all = ("--as-of", "1990-01-01")

    for options in ((), day_before_all):
        result = call("match", name, *options, "--store", filled, code=3)

        assert "limit: no letter of the name is legible; nothing was compared" in result.stdout
        assert "no resemblance" not in result.stdout
        assert result.stderr.startswith("error: 1 of 1 name could not be compared\nhint: ")


def test_the_names_that_were_compared_are_answered_beside_one_that_was_not(filled: Path) -> None:
    asked = ("match", "Ada Example", "?!", "--json", "--store", filled)

    found = call(*asked, code=3)

    first, second = lines_of_json(found.stdout)
    assert (bool(first["matches"]), second["matches"]) == (True, [])
    assert found.stderr.startswith("error: 1 of 2 names could not be compared\n")


def test_a_very_long_name_is_shown_by_its_beginning_and_whole_in_json(filled: Path) -> None:
    name = "Ada Example " + "x" * 100_000

    shown = call("match", name, "--store", filled).stdout
    [answer] = lines_of_json(call("match", name, "--json", "--store", filled).stdout)

    assert shown.startswith(f"{name[:80]}…  (newest versions, ")
    assert max(map(len, shown.splitlines())) < 200
    assert answer["query"]["name"] == name


def test_a_name_longer_than_what_is_compared_is_a_finding(filled: Path) -> None:
    shown = call("match", "Ada Example " * 200, "--store", filled).stdout

    assert "limit: the name is longer than what is compared" in shown


def test_control_and_turning_characters_never_reach_the_terminal(filled: Path) -> None:
    shown = call("match", "Ada\x1b[2J\u202eExample\u200f", "--store", filled).stdout

    assert not {"\x1b", "\u202e", "\u200f"} & set(shown)
    assert legible("\u202eada") == "<U+202E>ada"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--threshold", "0", "error: threshold `0.0` is not above 0 and at most 1"),
        ("--threshold", "1.01", "error: threshold `1.01` is not above 0 and at most 1"),
        ("--threshold", "nan", "error: threshold `nan` is not above 0 and at most 1"),
        ("--schema", "Robot", "error: unknown schema `Robot`"),
        ("--birth-date", "1965-13", "error: `1965-13` is no date of birth"),
        ("--as-of", "06.07.2012", "error: `06.07.2012` is no day"),
        ("--known-at", "2999-01-01", "error: `2999-01-01T23:59:59.999999+00:00` is a moment to"),
        ("--country", "X\udcff", "error: `X\\udcff` holds bytes of another encoding"),
        ("--schema", "Ad\udcff", "error: unknown schema `Ad<U+DCFF>`"),
    ],
)
def test_values_that_cannot_be_used_are_refused_with_a_hint(
    option: str, value: str, message: str, filled: Path
) -> None:
    result = call("match", "Ada", option, value, "--store", filled, code=2)

    assert result.stderr.startswith(message)
    assert "\nhint: " in result.stderr
    assert result.stdout == ""


def test_a_name_with_bytes_of_another_encoding_is_refused(filled: Path) -> None:
    result = run("match", b"Ad\xff", "--store", filled)

    assert result.returncode == 2
    assert result.stderr.startswith("error: `Ad\\udcff` holds bytes of another encoding\nhint: ")


def test_a_store_without_a_list_gives_no_answer(tmp_path: Path) -> None:
    Store(tmp_path).close()

    result = call("match", "Ada", "--store", tmp_path, code=4)

    assert "holds no list" in result.stderr


def test_what_was_added_without_the_index_is_found_after_it_is_built_anew(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    call("lists", "add", write(tmp_path, "un.xml", UN), "--store", folder)
    [version] = read_publications([write(tmp_path, "a.csv", SDN)], published=date(2024, 1, 2))
    with Store(folder) as store:
        store.add(version, known_at=datetime(2100, 1, 3, tzinfo=UTC))

    answer = call("match", "Specimen Trading", "--store", folder)

    assert "is older than what the store holds; building it" in answer.stderr
    assert "ofac-sdn/9" in answer.stdout


def test_without_a_store_there_is_no_answer(tmp_path: Path) -> None:
    result = call("match", "Ada", "--store", tmp_path / "none", code=4)

    assert result.stderr.startswith("error: there is no store in ")


def test_a_missing_or_damaged_or_older_index_is_built_anew_and_said_so(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "a.csv", SDN), "--store", store)
    index = store / INDEX_FILE
    answer = call("match", "Ada Example", "--store", store).stdout

    whole = index.read_bytes()
    third, half = len(whole) // 3, len(whole) // 2
    hole = whole[:third] + bytes(half - third) + whole[half:]
    for damage in (None, b"", b"no index", hole):
        index.unlink()
        if damage is not None:
            index.write_bytes(damage)
        again = call("match", "Ada Example", "--store", store)

        assert again.stderr.startswith("note: ")
        assert again.stderr.endswith("; building it\n")
        assert again.stdout == answer
    assert call("match", "Ada Example", "--store", store).stderr == ""


@pytest.mark.parametrize("differs", ["code", "scorer"])
def test_an_index_of_another_release_is_built_anew_and_said_so(
    differs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "a.csv", SDN), "--store", store)
    older = msgspec.structs.replace(SCORER, kernel_version="0.0.1")
    with monkeypatch.context() as other:
        if differs == "scorer":
            other.setattr("article41.checks.indexing.SCORER", older)
        else:
            other.setattr("article41.checks.indexing.indexing_code", lambda: "f" * 64)
        call("index", "build", "--store", store)

    verified = call("index", "verify", "--store", store, code=5)
    again = call("match", "Ada Example", "--store", store)

    assert "hint: build it anew with `article41 index build`" in verified.stderr
    assert again.stderr.endswith("; building it\n")
    assert "ofac-sdn/7" in again.stdout
    assert call("match", "Ada Example", "--store", store).stderr == ""


def test_the_environment_names_the_store_and_the_option_wins(filled: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "ARTICLE41_STORE": str(filled)}

    found = run("match", "Ada Example", env=environment)
    refused = run("match", "Ada Example", "--store", tmp_path / "none", env=environment)

    assert "ofac-sdn/7" in found.stdout
    assert "\x1b" not in found.stdout
    assert (found.returncode, refused.returncode) == (0, 4)
    assert "Traceback" not in refused.stderr
