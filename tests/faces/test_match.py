"""`match`: what is found, what is said about it, and what is never said."""

import json
import os
import re
from pathlib import Path

import pytest

from article41.checks import INDEX_FILE
from article41.faces.cli.writing import printable
from tests.faces.made import SDN, call, lines_of_json, run, write

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
        assert re.search(r"un-sc +published 2024-02-03, .*days old, 1 listings", shown)
        assert "gap: ofac-sdn lacks aliases (ALT.CSV)" in shown


def test_nothing_found_says_where_nothing_was_found(filled: Path) -> None:
    shown = call("match", "Qwertz Uiop", "--store", filled).stdout

    assert "no resemblance found at threshold 0.65 in: ofac-sdn, un-sc" in shown
    assert COMFORT.search(shown) is None


def test_a_day_before_a_list_is_known_is_a_finding(filled: Path) -> None:
    arguments = ("match", "Qwertz Uiop", "--as-of", "2024-01-20", "--store", filled)

    shown = call(*arguments).stdout

    assert "in: ofac-sdn\n" in shown
    assert "gap: un-sc is not known before 2024-02-03" in shown
    [answer] = lines_of_json(call(*arguments, "--json").stdout)
    assert {"kind": "not-known-before", "list_id": "un-sc", "detail": "2024-02-03"} in answer[
        "findings"
    ]


def test_a_day_before_every_list_compares_nothing_and_says_so(filled: Path) -> None:
    shown = call("match", "Ada Example", "--as-of", "1990-01-01", "--store", filled).stdout

    assert "no list is known of that day; nothing was compared" in shown


def test_the_limit_cuts_what_is_shown_and_counts_the_rest(filled: Path) -> None:
    all_of_them = call("match", "Ada Example", "--threshold", "0.5", "--store", filled).stdout
    one = call("match", "Ada Example", "--threshold", "0.5", "--limit", "1", "--store", filled)

    found = all_of_them.count("  matched  ")
    none = call("match", "Ada Example", "--limit", "0", "--threshold", "0.5", "--store", filled)

    assert found >= 2
    assert one.stdout.count("  matched  ") == 1
    assert f"{found - 1} more above the threshold" in one.stdout
    assert f"{found} more above the threshold" in none.stdout
    assert "no resemblance" not in none.stdout


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

    assert "Xandu  (given: XA; no part of the score)" in shown
    assert json.loads(plain)["matches"] == json.loads(with_country.stdout)["matches"]


def test_names_without_a_legible_letter_are_a_finding(filled: Path) -> None:
    shown = call("match", "?!", "--store", filled).stdout

    assert "gap: no letter of the name is legible; nothing was compared" in shown


def test_a_name_longer_than_what_is_compared_is_a_finding(filled: Path) -> None:
    shown = call("match", "Ada Example " * 200, "--store", filled).stdout

    assert "gap: the name is longer than what is compared" in shown


def test_control_and_turning_characters_never_reach_the_terminal(filled: Path) -> None:
    shown = call("match", "Ada\x1b[2J\u202eExample\u200f", "--store", filled).stdout

    assert not {"\x1b", "\u202e", "\u200f"} & set(shown)
    assert printable("\u202eada") == "<U+202E>ada"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--threshold", "0", "error: threshold `0.0` is not above 0 and at most 1"),
        ("--threshold", "1.01", "error: threshold `1.01` is not above 0 and at most 1"),
        ("--threshold", "nan", "error: threshold `nan` is not above 0 and at most 1"),
        ("--schema", "Robot", "error: unknown schema `Robot`"),
        ("--birth-date", "1965-13", "error: `1965-13` is no date of birth"),
        ("--as-of", "06.07.2012", "error: `06.07.2012` is no day"),
    ],
)
def test_values_that_cannot_be_used_are_refused_with_a_hint(
    option: str, value: str, message: str, filled: Path
) -> None:
    result = call("match", "Ada", option, value, "--store", filled, code=2)

    assert result.stderr.startswith(message)
    assert "\nhint: " in result.stderr
    assert result.stdout == ""


def test_without_a_store_there_is_no_answer(tmp_path: Path) -> None:
    result = call("match", "Ada", "--store", tmp_path / "none", code=4)

    assert result.stderr.startswith("error: there is no store in ")


def test_a_missing_or_damaged_or_older_index_is_built_anew_and_said_so(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "a.csv", SDN), "--store", store)
    index = store / INDEX_FILE
    answer = call("match", "Ada Example", "--store", store).stdout

    for damage in (None, b"", b"no index"):
        index.unlink()
        if damage is not None:
            index.write_bytes(damage)
        again = call("match", "Ada Example", "--store", store)

        assert again.stderr.startswith("note: ")
        assert again.stderr.endswith("; building it\n")
        assert again.stdout == answer
    assert call("match", "Ada Example", "--store", store).stderr == ""


def test_the_environment_names_the_store_and_the_option_wins(filled: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "ARTICLE41_STORE": str(filled)}

    found = run("match", "Ada Example", env=environment)
    refused = run("match", "Ada Example", "--store", tmp_path / "none", env=environment)

    assert "ofac-sdn/7" in found.stdout
    assert "\x1b" not in found.stdout
    assert (found.returncode, refused.returncode) == (0, 4)
    assert "Traceback" not in refused.stderr
