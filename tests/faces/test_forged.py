"""Certificates that somebody made, or wrote something into: none is relied upon, or breaks us."""

import json
import shutil
from pathlib import Path

import pytest

from tests.faces.made import call


@pytest.fixture
def text(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.copytree(filled, tmp_path / "store")
    monkeypatch.setenv("ARTICLE41_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("ARTICLE41_RECORD", "matches")
    monkeypatch.chdir(tmp_path)
    call("match", "Zqxw Vbnm", "--certificates", "c")
    call("audit", "key", "-o", "pub")
    return Path("c").read_text(encoding="utf-8")


def verified(text: str, *, code: int) -> str:
    Path("c").write_text(text, encoding="utf-8")
    result = call("certificate", "verify", "c", "--key", "pub", code=code)
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [("{", "unknown field `seen_by`"), ('"disclosure":{', "unknown field `seen_by`")],
)
def test_what_nobody_signed_for_has_no_place_in_a_certificate(
    text: str, place: str, said: str
) -> None:
    assert said in verified(text.replace(place, f'{place}"seen_by":"XA",', 1), code=2)


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("{", '"index":0'),
        ('"entry":{', '"by":"local:eve"'),
        ('"entry":{', r'"b\u0079":"local:eve"'),
        ('"disclosure":{', '"salt":""'),
    ],
)
def test_a_key_that_stands_twice_is_refused_because_others_may_read_the_first(
    text: str, place: str, key: str
) -> None:
    assert "stands twice in one object" in verified(
        text.replace(place, f"{place}{key},", 1), code=2
    )


@pytest.mark.parametrize(
    "command", [("certificate", "verify", "c", "--key", "pub"), ("replay", "c")]
)
@pytest.mark.parametrize("moment", ["", "no moment", "2024-03-01T00:00:00", "0" * 64])
def test_a_certificate_of_no_moment_is_none(
    text: str, command: tuple[str, ...], moment: str
) -> None:
    forged = json.loads(text)
    forged["entry"]["asked_at"] = moment
    Path("c").write_text(json.dumps(forged), encoding="utf-8")

    assert "holds no certificate" in call(*command, code=2).stderr


def test_a_certificate_that_is_nested_without_end_is_none(text: str) -> None:
    deep = f'"entry":{{"deep":{"[" * 5_000}{"]" * 5_000},'

    assert "nested too deep" in verified(text.replace('"entry":{', deep), code=2)


@pytest.mark.parametrize(
    "command", [("certificate", "verify", "c", "--key", "pub"), ("replay", "c")]
)
@pytest.mark.parametrize("place", [b'"settings":{', b'"question":{', b"{"])
def test_a_certificate_of_other_bytes_than_utf_8_is_none(
    text: str, command: tuple[str, ...], place: bytes
) -> None:
    Path("c").write_bytes(text.encode().replace(place, place + b'"\xd9":1,', 1))

    assert "holds no certificate" in call(*command, code=2).stderr


@pytest.mark.parametrize("field", ["id", "kind", "by"])
def test_no_letter_of_a_certificate_moves_a_cursor(text: str, field: str) -> None:
    forged = json.loads(text)
    forged["entry"][field] = "\u202e\x1b[8m"

    said = verified(json.dumps(forged), code=7)

    assert "<U+202E><U+001B>[8m" in said
    assert "\u202e" not in said


@pytest.mark.parametrize("written", [b'"kynd":', b'"k\xd9nd":', b'"kind"!'])
@pytest.mark.parametrize("options", [[], ["--json"], ["latest"]])
def test_a_record_that_was_written_into_is_shown_no_further(
    text: str, written: bytes, options: list[str]
) -> None:
    assert text
    entries = Path("store/record/entries.jsonl")
    entries.write_bytes(entries.read_bytes().replace(b'"kind":', written, 1))

    failed = call("audit", "show", *options, code=7)

    assert "does not fit the checkpoint" in failed.stderr
    assert "`article41 audit verify` says what was changed" in failed.stderr
