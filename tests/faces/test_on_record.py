"""What is asked at the command line is on record before it is answered, and proved later."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from article41.casework.audit import Record
from tests.faces.made import SDN, call, lines_of_json, write
from tests.faces.test_check import ACCOUNT, PAYMENT


@pytest.fixture(autouse=True)
def recording(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE41_RECORD", "whole")


@pytest.fixture
def store(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(filled, tmp_path / "store")
    monkeypatch.setenv("ARTICLE41_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "store"


def entries(store: Path) -> list[Any]:  # whatever the JSON holds
    return lines_of_json((store / "record" / "entries.jsonl").read_text(encoding="utf-8"))


def test_a_name_goes_on_record_with_its_answer(store: Path) -> None:
    answered = call("match", "Ada Example", "--json")

    [entry] = entries(store)
    assert f"on record: {entry['id']}\n" == answered.stderr
    assert entry["kind"] == "match"
    assert entry["question"]["name"] == "Ada Example"
    assert entry["answer"] == json.loads(answered.stdout)
    assert set(entry["lists"]) == {"ofac-sdn", "un-sc"}
    assert entry["by"].startswith("local:")


def test_a_name_that_nobody_has_goes_on_record_too(store: Path) -> None:
    call("match", "Zqxw Vbnm", "Ada Example")

    assert [entry["question"]["name"] for entry in entries(store)] == ["Zqxw Vbnm", "Ada Example"]
    assert entries(store)[0]["answer"]["matches"] == []


def test_acts_go_on_record_in_their_order(store: Path) -> None:
    write(store.parent, "acts.yaml", f"{PAYMENT}---{ACCOUNT}")

    answered = call("check", "acts.yaml", "--json")

    assert [entry["answer"] for entry in entries(store)] == lines_of_json(answered.stdout)
    first, last = (entry["id"] for entry in entries(store))
    assert f"on record: {first} to {last}: 2 answers\n" in answered.stderr


@pytest.mark.parametrize("command", [["match", "Ada Example"], ["check", "act.yaml"]])
def test_nothing_is_recorded_where_nobody_wants_it(
    store: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store.parent, "act.yaml", PAYMENT)
    call(*command, "--no-record")
    monkeypatch.setenv("ARTICLE41_RECORD", "off")
    call(*command)

    assert not (store / "record").exists()


def test_a_demonstration_is_not_recorded(store: Path) -> None:
    write(store.parent, "act.yaml", PAYMENT)
    del os.environ["ARTICLE41_STORE"]

    assert "on record" not in call("check", "act.yaml", "--demonstration").stderr


def test_a_setting_that_is_none_is_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE41_RECORD", "some")

    assert "whole, matches, off" in call("match", "Ada Example", code=2).stderr


@pytest.mark.parametrize(
    "command", [["match", "Ada Example"], ["check", "act.yaml"], ["screen", "c.csv", "-o", "o.csv"]]
)
def test_what_cannot_be_recorded_is_not_answered(
    store: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store.parent, "act.yaml", PAYMENT)
    write(store.parent, "c.csv", "name\nAda Example\n")
    Record.open(store / "record")

    def full(_handle: int, _data: bytes, _at: int) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)

    refused = call(*command, code=7)

    assert refused.stdout == ""
    assert "No space left on device" in refused.stderr
    assert not Path("o.csv").exists()
    assert entries(store) == []


def test_a_file_of_customers_is_one_entry_with_both_hashes(store: Path) -> None:
    write(store.parent, "c.csv", "name\nAda Example\nZqxw Vbnm\n")

    call("screen", "c.csv", "-o", "o.csv", "--certificates", "c.certificate")
    Path("pub").write_text(call("audit", "key").stdout, encoding="utf-8")

    [entry] = entries(store)
    assert (entry["answer"]["rows"], entry["answer"]["rows_with_matches"]) == (2, 1)
    verified = call(
        "certificate",
        "verify",
        "c.certificate",
        "--key",
        "pub",
        "--file",
        "c.csv",
        "--file",
        "o.csv",
    ).stdout
    assert "holds: `c.csv` is the file asked about" in verified
    assert "holds: `o.csv` is the file that was the answer" in verified
    assert "the same answer" in call("replay", "c.certificate", "--file", "c.csv").stdout
    assert "was not given with --file" in call("replay", "c.certificate", code=7).stdout


def test_rows_that_leave_through_a_pipe_are_on_record_before_the_first(store: Path) -> None:
    write(store.parent, "c.csv", "name\nAda Example\n")

    told = call("screen", "c.csv", "-o", "/dev/null").stderr

    begun, ended = entries(store)
    assert (begun["kind"], ended["kind"]) == ("screen-begun", "screen")
    assert f"on record: {ended['id']} (its question alone, before it: {begun['id']})" in told


@pytest.fixture
def certificates(store: Path) -> Path:
    """Of a name and two acts."""
    write(store.parent, "acts.yaml", f"{PAYMENT}---{ACCOUNT}")
    call("match", "Ada Example", "--certificates", "c.jsonl")
    call("match", "Ada Example", "--as-of", "2024-05-01", "--json", "--certificates", "c.jsonl")
    call("check", "acts.yaml", "--certificates", "c.jsonl")
    return store.parent / "c.jsonl"


def test_answers_are_given_again_byte_for_byte(certificates: Path) -> None:
    replayed = lines_of_json(call("replay", certificates, "--json").stdout)

    assert [one["outcome"] for one in replayed] == ["same"] * 4
    assert [one["inputs"] for one in replayed] == [[]] * 4


def test_answers_are_given_again_after_the_lists_have_changed(
    certificates: Path, store: Path
) -> None:
    changed = SDN.replace("EXAMPLE, Ada", "ANOTHER, Eve")
    assert changed != SDN
    call("lists", "add", write(store.parent, "b.csv", changed), "--published", "2024-06-02")
    call("match", "Ada Example", "--json", "--certificates", "new.jsonl")

    replayed = lines_of_json(call("replay", certificates, "--json").stdout)

    assert [(one["outcome"], one["places"]) for one in replayed] == [("same", [])] * 4
    was, now = (
        json.loads(Path(name).read_text(encoding="utf-8").splitlines()[0])["entry"]["lists"]
        for name in ("c.jsonl", "new.jsonl")
    )
    assert was["ofac-sdn"] != now["ofac-sdn"]


def test_a_store_without_the_version_says_so(certificates: Path, store: Path) -> None:
    shutil.rmtree(store)
    changed = SDN.replace("EXAMPLE, Ada", "ANOTHER, Eve")
    call("lists", "add", write(store.parent, "b.csv", changed), "--published", "2024-06-02")

    failed = call("replay", certificates, "--json", code=7)

    for one in lines_of_json(failed.stdout):
        assert one["outcome"] == "differs"
        assert any("`generation` was" in words for words in one["inputs"])
    [first, *_] = lines_of_json(failed.stdout)
    assert "`ofac-sdn` is gone from the store" in first["inputs"][0]


def test_another_code_and_another_law_are_said(certificates: Path) -> None:
    text = certificates.read_text(encoding="utf-8").splitlines()[-1]
    made = json.loads(text)
    made["entry"]["software"]["code"] = "0" * 64
    made["entry"]["answer"]["catalogue_sha256"] = "1" * 64
    certificates.write_text(json.dumps(made), encoding="utf-8")

    # Its own hash still is that of what was answered, which comes out again.
    [replayed] = lines_of_json(call("replay", certificates, "--json").stdout)
    assert replayed["outcome"] == "same"
    assert "is another one" in replayed["inputs"][0]

    made["entry"]["answer_sha256"] = "2" * 64
    certificates.write_text(json.dumps(made), encoding="utf-8")
    [replayed] = lines_of_json(call("replay", certificates, "--json", code=7).stdout)
    assert (replayed["outcome"], replayed["places"]) == ("differs", ["catalogue_sha256"])


def test_a_certificate_is_verified_offline_and_says_what_does_not_hold(
    certificates: Path, store: Path
) -> None:
    Path("pub").write_text(call("audit", "key").stdout, encoding="utf-8")
    shutil.rmtree(store)
    said = call("certificate", "verify", certificates, "--key", "pub").stdout
    assert said.count("holds: it is entry") == 4
    assert "DOES NOT HOLD" not in said

    text = certificates.read_text(encoding="utf-8")
    certificates.write_text(text.replace("Ada Example", "Eve Example"), encoding="utf-8")
    said = call("certificate", "verify", certificates, "--key", "pub", code=7).stdout
    assert "DOES NOT HOLD: its proof does not show it to be entry 0 of the 1" in said


def test_a_certificate_of_another_record_does_not_hold(certificates: Path, store: Path) -> None:
    shutil.rmtree(store / "record")
    call("match", "Ada Example")
    key = call("audit", "key").stdout.strip()

    said = call("certificate", "verify", certificates, "--key", key, code=7).stdout

    assert "DOES NOT HOLD: the checkpoint is not signed by the key" in said
    assert "DOES NOT HOLD: the key in the certificate is not the one that was given" in said


def test_only_who_asked_can_open_what_is_withheld(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE41_RECORD", "matches")
    call("match", "Ada Example", "Zqxw Vbnm", "--certificates", "c.jsonl")
    call("certify", "latest", "--out", "blind.certificate")
    key = call("audit", "key").stdout.strip()

    found, withheld = entries(store)
    assert found["question"]["name"] == "Ada Example"
    assert "question" not in withheld
    assert "Zqxw" not in (store / "record" / "entries.jsonl").read_text(encoding="utf-8")
    said = call("certificate", "verify", "c.jsonl", "--key", key).stdout
    assert "holds: the question and the answer shown are those whose hash is on record" in said
    assert call("replay", "c.jsonl").stdout.count("the same answer") == 2
    blind = call("certificate", "verify", "blind.certificate", "--key", key).stdout
    assert "question and answer are withheld" in blind
    assert "withholds the question" in call("replay", "blind.certificate", code=7).stdout

    text = Path("c.jsonl").read_text(encoding="utf-8").replace("Zqxw", "Zqxv")
    Path("c.jsonl").write_text(text, encoding="utf-8")
    said = call("certificate", "verify", "c.jsonl", "--key", key, code=7).stdout
    assert "DOES NOT HOLD: the question and the answer shown are not those" in said


def test_nobody_is_told_that_what_is_withheld_can_be_opened(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE41_RECORD", "matches")

    assert "only a hash is kept" in call("match", "Zqxw Vbnm").stderr


def test_the_record_is_shown_the_newest_first(store: Path) -> None:
    assert "nothing is on record" in call("audit", code=2).stderr
    call("match", "Ada Example")
    call("match", "Zqxw Vbnm")

    shown = call("audit").stdout.splitlines()
    assert ["Zqxw Vbnm: 0 resemblances" in shown[0], "Ada Example: 2" in shown[1]] == [True, True]
    assert "and 1 entry before" in call("audit", "show", "--limit", "1").stdout
    newest = entries(store)[1]
    assert json.loads(call("audit", "show", newest["id"]).stdout) == newest
    assert lines_of_json(call("audit", "show", "--json").stdout) == entries(store)[::-1]
    assert "is not on record" in call("certify", "0123", code=2).stderr


def test_a_changed_record_is_named_and_written_to_no_more(store: Path) -> None:
    for _ in range(3):
        call("match", "Ada Example")
    assert "no entry was edited" in call("audit", "verify").stdout
    path = store / "record" / "entries.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Ada", b"Eve", 1))

    failed = call("audit", "verify", code=7)

    assert "edited: entry 0 (line 1) was changed" in failed.stdout
    assert json.loads(call("audit", "verify", "--json", code=7).stdout)["faults"][0]["index"] == 0


def test_a_checkpoint_kept_elsewhere_finds_a_record_that_was_rolled_back(store: Path) -> None:
    call("match", "Ada Example")
    shutil.copytree(store / "record", store.parent / "before")
    call("match", "Ada Example")
    Path("note").write_text(call("audit", "checkpoint").stdout, encoding="utf-8")
    shutil.rmtree(store / "record")
    shutil.copytree(store.parent / "before", store / "record")

    assert call("audit", "verify").stdout
    failed = call("audit", "verify", "--checkpoint", "note", code=7)
    assert "truncated: entries 1 to 1 are gone: `note` is signed for 2" in failed.stdout


def test_what_is_no_certificate_and_no_key_is_said(store: Path) -> None:
    call("match", "Ada Example")
    write(store.parent, "none", "{}")
    key = call("audit", "key").stdout.strip()

    assert (
        "holds no certificate" in call("certificate", "verify", "none", "--key", key, code=2).stderr
    )
    assert "no public key" in call("certificate", "verify", "none", "--key", "none", code=2).stderr


MT103 = (
    "{1:F01SPECFRPPXXXX0000000000}{2:O1030900240506EXAMDEFFXXXX00000000002405060900N}{4:\n"
    ":20:REF-4713\n:23B:CRED\n:32A:240506EUR500,00\n:50K:/12345678\nBeda Sample\nBERLIN\n"
    ":59:/87654321\nAda Example\nLYON\n:70:invoice\n:71A:SHA\n-}"
)


@pytest.mark.parametrize("options", [[], ["--json"], ["--json", "--all"]])
def test_a_payment_goes_on_record_text_by_text_and_is_answered_again(
    store: Path, options: list[str]
) -> None:
    write(store.parent, "mt103.txt", MT103)
    write(store.parent, "broken.txt", "{1:F01")

    call("payment", "screen", "mt103.txt", "--certificates", "c.jsonl", *options)
    call("payment", "screen", "broken.txt", code=2)
    call("lists", "add", write(store.parent, "b.csv", SDN + "\r\n"), "--published", "2024-06-02")

    payment, unread = entries(store)
    assert (payment["kind"], unread["kind"]) == ("payment", "payment-unread")
    assert "Ada Example" in {text["value"] for text in payment["question"]["texts"]}
    assert payment["answer"]["hold"] is unread["answer"]["hold"] is True
    [replayed] = lines_of_json(call("replay", "c.jsonl", "--json").stdout)
    assert (replayed["outcome"], replayed["inputs"]) == ("same", [])
    assert f"{payment['by']}  REF-4713, Beda Sample to Ada Example: hold" in call("audit").stdout


def test_nothing_is_sent_back_of_a_payment_that_is_not_on_record(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store.parent, "mt103.txt", MT103)
    Record.open(store / "record")

    def full(_handle: int, _data: bytes, _at: int) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)

    refused = call("payment", "screen", "mt103.txt", "--replies", "replies", code=7)

    assert refused.stdout == ""
    assert not Path("replies").exists()


def test_screening_the_customers_that_are_kept_goes_on_record_before_and_after(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store.parent, "c.csv", "id,name\n1,Ada Example\n2,Zqxw Vbnm\n")
    call("customers", "import", "c.csv")

    told = call("screen", "customers", "--json")

    begun, ended = entries(store)
    assert (begun["kind"], ended["kind"]) == ("screen-customers-begun", "screen-customers")
    assert begun["question"] == ended["question"] == {
        "customers": 2, "since": None, "threshold": None,
        "moment": None, "list": None, "revision": 1, "run": 0,
    }  # fmt: skip
    assert ended["answer"]["changes"] == len(json.loads(told.stdout)["changes"]) > 0
    assert set(ended["lists"]) == {"ofac-sdn", "un-sc"}

    def full(_handle: int, _data: bytes, _at: int) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    assert call("screen", "customers", "--since", "last", code=7).stdout == ""


def test_a_question_of_another_release_is_said_to_be_one(certificates: Path) -> None:
    made = json.loads(certificates.read_text(encoding="utf-8").splitlines()[0])
    made["entry"]["question"] = {"whom": "Ada Example"}
    certificates.write_text(json.dumps(made), encoding="utf-8")

    assert "none that this release can read" in call("replay", certificates, code=2).stderr
