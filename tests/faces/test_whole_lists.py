"""The command line on whole official files."""

import json
from pathlib import Path

import pytest

from tests.faces.made import call


@pytest.mark.slow
def test_official_files_go_in_and_a_head_of_state_is_found(shared: Path, tmp_path: Path) -> None:
    ofac, store = shared / "data" / "ofac", tmp_path / "store"
    files = [
        ofac / "ofac-sdn-2023-12-28.csv.gz",
        ofac / "ofac-alt-2024-01-08.csv",
        ofac / "ofac-add-2024-01-08.csv.gz",
    ]
    un = shared / "data" / "un" / "un-consolidated-2026-02-27.xml.gz"

    call("lists", "add", *files, "--published", "2024-01-08", "--store", store)
    call("lists", "add", un, "--store", store)
    answers = [
        json.loads(line)
        for line in call(
            "match", "Bashar al-Assad", "بشار الأسد", "--json", "--store", store
        ).stdout.splitlines()
    ]

    for answer in answers:
        best = answer["matches"][0]
        assert best["score"] >= 0.9
        assert best["listing"]["key"] == "ofac-sdn/12735"
        assert best["alias"]["value"] in ("AL-ASSAD, Bashar", "AL-ASAD, Bashar")
        assert [one["list"] for one in answer["coverage"]] == ["ofac-sdn", "un-sc"]
    [same] = [
        json.loads(line)
        for line in call(
            "match", "Bashar al-Assad", "--json", "--exhaustive", "--store", store
        ).stdout.splitlines()
    ]
    assert same["matches"] == answers[0]["matches"]
