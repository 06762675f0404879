"""The command that measures the scorer, on invented people."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ACCURACY = Path(__file__).parents[2] / "bench" / "accuracy.py"
HEADER = (
    "id,query,query_schema,query_dob,query_country,"
    "target_name,target_schema,target_dob,target_country,expected,category,source\n"
)
CASES = HEADER + (
    "1,Zelda Quaxley,Person,1961-5,xa,ZELDA QUAXLEY,Person,1961-05,xa,match,exact,invented:a\n"
    "2,Quaxley Zelda,Person,,,Zelda Quaxley,Person,,,match,reorder,invented:a\n"
    "3,Zelda Quaxley,Person,1961-13,,Oruk Bamblethorn,Person,,,no_match,unrelated,made:b\n"
    "4,Zelda Quaxley,Person,,,Mirabel Quaxley,Starship,,,no_match,near-miss,made:b\n"
)


def side(name: str, alias: str) -> dict[str, Any]:
    births = {"birthDate": ["1961"]}
    return {"schema": "Person", "properties": {"name": [name], "weakAlias": [alias]} | births}


RECORD = {
    "id": "p1",
    "left": side("Oruk Bamblethorn", "Zelda Quaxley"),
    "right": side("Quaxley, Zelda", "Tessaly Vrint"),
    "expected": "match",
    "source": "invented:c",
}


def measure(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ACCURACY), *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_last_line_holds_the_figures_of_the_cases(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(CASES, encoding="utf-8")

    figures = json.loads(measure("--cases", cases).stdout.splitlines()[-1])

    assert (figures["f1"], figures["precision"], figures["recall"]) == (1, 1, 1)
    assert (figures["recall_at_fpr_1"], figures["auc"], figures["ties_at_top"]) == (1, 1, 0)
    assert figures["recall_by_category"] == {"exact": 1, "reorder": 1}
    assert figures["passed_by_category"] == {"near-miss": 0, "unrelated": 0}
    assert figures["left_out"] == {"dates": 1, "schemas": 1}


def test_two_records_score_as_their_most_alike_names(tmp_path: Path) -> None:
    cases, pairs = tmp_path / "cases.csv", tmp_path / "pairs.jsonl"
    cases.write_text(CASES, encoding="utf-8")
    pairs.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")

    output = measure("--cases", cases, "--pairs", pairs, "--leave-out").stdout

    figures = json.loads(output.splitlines()[-1])
    assert figures["pairs"]["recall_by_category"] == {"Person": 1}
    assert figures["pairs"]["auc"] is None
    assert sum(source["count"] for source in figures["by_source"].values()) == 4


def test_what_went_wrong_is_shown_with_its_evidence(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(CASES.replace("no_match,near-miss", "match,near-miss"), encoding="utf-8")

    output = measure("--cases", cases, "--show", "near-miss").stdout

    assert "Zelda Quaxley  |  Mirabel Quaxley  [4 made:b]" in output
    assert "quaxley = quaxley: same 1.00" in output


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,name\n1,Zelda\n", encoding="utf-8")

    refused = measure("--cases", other)

    assert refused.returncode == 1
    assert "has no column" in refused.stderr
