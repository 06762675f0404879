"""What the server answered is certified and given again by the commands."""

from pathlib import Path

import pytest

from tests.faces.api.made import ACT, Served
from tests.faces.made import SDN, call, lines_of_json, write
from tests.faces.test_on_record import MT103


def test_what_the_server_answered_is_proved_and_given_again(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE41_STORE", str(served.folder))
    key = served.key()
    served.ask("POST", "/match", key=key, json={"parties": [{"name": "Ada Example"}]})
    served.ask("POST", "/check", key=key, json=ACT)
    asked = served.ask(
        "POST", "/payments", key=key, content=MT103, headers={"content-type": "text/plain"}
    )
    assert asked.status_code == 200, asked.text
    for number, entry in enumerate(served.entries()):
        call("certify", entry.id, "--out", tmp_path / f"{number}.certificate")
    changed = SDN.replace("EXAMPLE, Ada", "ANOTHER, Eve")
    call("lists", "add", write(tmp_path, "b.csv", changed), "--published", "2024-06-02")

    pub = call("audit", "key").stdout.strip()
    for number, kind in enumerate(("match", "check", "payment")):
        path = tmp_path / f"{number}.certificate"
        assert f": {kind}, asked at" in call("certificate", "verify", path, "--key", pub).stdout
        [replayed] = lines_of_json(call("replay", path, "--json").stdout)
        assert (replayed["outcome"], replayed["inputs"]) == ("same", [])
