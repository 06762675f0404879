"""What the server answered is certified and given again by the commands."""

import json
from pathlib import Path

import pytest

from article41.faces.api.access import Scope
from article41.faces.settings import Recording
from tests.faces.api.made import ACT, Served, copied
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
    whole = served.ask(
        "POST", "/payments?all=true&replies=true", key=key, content=MT103,
        headers={"content-type": "text/plain"},
    )  # fmt: skip
    [found] = whole.json()["payments"]
    assert found["verdict"]
    assert found["reply"]
    assert asked.status_code == 200, asked.text
    for number, entry in enumerate(served.entries()):
        call("certify", entry.id, "--out", tmp_path / f"{number}.certificate")
    changed = SDN.replace("EXAMPLE, Ada", "ANOTHER, Eve")
    call("lists", "add", write(tmp_path, "b.csv", changed), "--published", "2024-06-02")

    pub = call("audit", "key").stdout.strip()
    for number, kind in enumerate(("match", "check", "payment", "payment")):
        path = tmp_path / f"{number}.certificate"
        assert f": {kind}, asked at" in call("certificate", "verify", path, "--key", pub).stdout
        [replayed] = lines_of_json(call("replay", path, "--json").stdout)
        assert (replayed["outcome"], replayed["inputs"]) == ("same", [])


def disclosed(served: Served, key: str, path: Path) -> dict[str, object]:
    """A certificate of what found nothing, with what only who asked has."""
    body = {"parties": [{"name": "Qwertz Uiop"}, {"name": "Ada Example"}]}
    answer = served.ask("POST", "/match", key=key, json=body).json()
    withheld, shown = answer["disclosures"]
    assert shown is None
    certificate = served.ask("GET", f"/certificates/{answer['records'][0]}", key=key).json()
    assert "disclosure" not in certificate
    certificate["disclosure"] = withheld
    # As any program writes it, blanks and all.
    path.write_text(json.dumps(certificate, indent=2), encoding="utf-8")
    return dict(certificate)


def test_who_asked_shows_what_the_record_withholds(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), recording=Recording.MATCHES)
    path = tmp_path / "answer.certificate"
    disclosed(served, served.key(Scope.MATCH), path)

    pub = call("audit", "key", "--store", served.folder).stdout.strip()
    verified = call("certificate", "verify", path, "--key", pub).stdout
    [replayed] = lines_of_json(call("replay", path, "--json", "--store", served.folder).stdout)

    assert "the question and the answer shown are those whose hash is on record" in verified
    assert (replayed["outcome"], replayed["inputs"]) == ("same", [])
    record = served.folder / "record"
    assert not any(b"Qwertz" in one.read_bytes() for one in record.iterdir() if one.is_file())


@pytest.mark.parametrize(
    ("field", "value"),
    [("question", {"name": "Somebody Else"}), ("salt", "00" * 32), ("answer_sha256", "0" * 64)],
)
def test_what_was_not_asked_is_not_shown_as_asked(
    filled: Path, tmp_path: Path, field: str, value: object
) -> None:
    served = Served(copied(filled, tmp_path), recording=Recording.MATCHES)
    path = tmp_path / "answer.certificate"
    certificate = disclosed(served, served.key(Scope.MATCH), path)
    disclosure = dict(certificate["disclosure"], **{field: value})  # type: ignore[call-overload]
    path.write_text(json.dumps({**certificate, "disclosure": disclosure}), encoding="utf-8")

    pub = call("audit", "key", "--store", served.folder).stdout.strip()
    said = call("certificate", "verify", path, "--key", pub, code=7).stdout

    assert "shown are not those whose hash is on record" in said


def test_where_nothing_is_withheld_nothing_is_disclosed(served: Served) -> None:
    body = {"parties": [{"name": "Qwertz Uiop"}]}

    assert "disclosures" not in served.ask("POST", "/match", key=served.key(), json=body).json()


def test_a_repeated_request_has_its_disclosure_again(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), recording=Recording.MATCHES)
    key, named = served.key(), {"idempotency-key": "order-7"}
    body = {"parties": [{"name": "Qwertz Uiop"}]}

    first, again = (
        served.ask("POST", "/match", key=key, json=body, headers=named) for _ in range(2)
    )

    assert first.json()["disclosures"][0]["salt"]
    assert again.content == first.content
