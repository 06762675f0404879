"""Every kind of entry is told in a line, whoever wrote it, and which of two is to be kept."""

from pathlib import Path

import pytest

from article41.faces.cli.recorded_words import recorded_words
from tests.checks.payment.iso_messages import credit_transfers
from tests.faces.api.conftest import served
from tests.faces.api.made import ACT, Served
from tests.faces.made import SDN, call, lines_of_json, write
from tests.faces.test_check import PAYMENT
from tests.faces.test_on_record import MT103, entries, recording, store

__all__ = ["recording", "served", "store"]


def told(store: Path, tmp_path: Path) -> list[tuple[str, str]]:
    """Kind and summary of each entry, as they are listed and in its certificate."""
    listed = reversed(call("audit", "show", "--store", store).stdout.splitlines())
    pub = call("audit", "key", "--store", store).stdout.strip()
    found = []
    for line, entry in zip(listed, entries(store), strict=True):
        path = tmp_path / f"{entry['id']}.certificate"
        call("certify", entry["id"], "--out", path, "--store", store)
        words = call("certificate", "verify", path, "--key", pub).stdout.splitlines()[1].strip()
        assert line.endswith(f"{entry['by']}  {words}")
        found.append((entry["kind"], words))
    return found


def test_what_commands_put_on_record_is_told_in_a_line(store: Path, tmp_path: Path) -> None:
    write(tmp_path, "act.yaml", PAYMENT)
    write(tmp_path, "mt103.txt", MT103)
    write(tmp_path, "broken.txt", "{1:F01")
    write(tmp_path, "c.csv", "id,name\n1,Ada Example\n2,Zqxw Vbnm\n")
    call("match", "Ada Example")
    call("check", "act.yaml")
    call("payment", "screen", "mt103.txt")
    call("payment", "screen", "broken.txt", code=2)
    call("screen", "c.csv", "-o", "/dev/null")
    call("customers", "import", "c.csv")
    call("screen", "customers")
    call("screen", "customers", "--since", "last")

    assert told(store, tmp_path) == [
        ("match", "Ada Example: 2 resemblances"),
        ("check", "payment of 2012-07-06 p-1, Ada Example, Example Bank, "
         "Commercial Bank of Syria: freeze"),
        ("payment", "REF-4713, Beda Sample to Ada Example: hold, review"),
        ("payment-unread", "broken.txt: hold, the block that begins with `{1:F01` has no end"),
        ("screen-begun", "c.csv: the question alone, before its answer"),
        ("screen", "c.csv: 1 of 2 rows with resemblances"),
        ("screen-customers-begun", "2 customers: the question alone, before its answer"),
        ("screen-customers", "2 customers: 2 new, 0 changed, 0 released"),
        ("screen-customers-begun", "2 customers, by what changed since the last run: "
         "the question alone, before its answer"),
        ("screen-customers", "2 customers, by what changed since the last run: "
         "0 new, 0 changed, 0 released"),
    ]  # fmt: skip


def test_what_the_server_puts_on_record_is_told_alike(served: Served, tmp_path: Path) -> None:
    key = served.key()
    served.ask("POST", "/match", key=key, json={"parties": [{"name": "Ada Example"}]})
    served.ask("POST", "/check", key=key, json=ACT)
    several = MT103 + "\n" + MT103.replace("REF-4713", "REF-4714")
    wide = '<?xml version="1.0" encoding="UTF-16"?>' + credit_transfers(5)
    for body in (MT103.encode(), several.encode(), wide.encode("utf-16"), b"{1:F01"):
        served.ask(
            "POST", "/payments", key=key, content=body, headers={"content-type": "text/plain"}
        )

    assert told(served.folder, tmp_path) == [
        ("match", "Ada Example: 2 resemblances"),
        ("check", "payment of 2024-06-01, Beda Sample, Example Bank, Ada Example: review"),
        ("payment", "REF-4713, Beda Sample to Ada Example: hold, review"),
        ("payment", "2 payments, Beda Sample to Ada Example: 2 held, review"),
        ("payment", "5 payments, Ada Example to Orient Star Shipping: 5 held, review"),
        ("payment-unread", "message: hold, the block that begins with `{1:F01` has no end"),
    ]  # fmt: skip


def test_what_who_asked_discloses_is_told_too(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE41_RECORD", "matches")
    call("match", "Qwertz Uiop", "--certificates", "c.certificate")
    pub = call("audit", "key").stdout.strip()

    verified = call("certificate", "verify", "c.certificate", "--key", pub).stdout

    assert "  Qwertz Uiop: 0 resemblances\n" in verified
    assert call("audit", "show").stdout.endswith("  withheld\n")


@pytest.mark.parametrize(
    ("kind", "question", "answer"),
    [("match", b'{"whom": 1}', b"{}"), ("vote", b"{}", b"{}"), ("check", b"[]", b"null")],
)
def test_what_another_release_wrote_is_passed_over(
    kind: str, question: bytes, answer: bytes
) -> None:
    assert recorded_words(kind, question, answer) == ""


def test_the_answer_to_a_question_that_was_begun_is_named(store: Path, tmp_path: Path) -> None:
    write(tmp_path, "c.csv", "id,name\n1,Ada Example\n")
    call("customers", "import", "c.csv")
    said = call("screen", "customers", "--certificates", "c.jsonl").stderr
    begun, ended = (entry["id"] for entry in entries(store))

    certified = call("certify", begun, "--out", "begun.certificate").stderr
    replayed = call("replay", "begun.certificate", code=7)

    assert f"on record: {ended} (its question alone, before it: {begun})\n" in said
    assert f"`{begun}` is the question alone" in certified
    for words in (certified, replayed.stdout):
        assert f"its answer is `{ended}`: certify that one" in words
    assert [one["id"] for one in lines_of_json(call("replay", "c.jsonl", "--json").stdout)] == [
        ended
    ]
    assert "the question alone" not in call("certify", ended, "--out", "c").stderr


def test_a_question_without_an_answer_is_said_to_have_none(store: Path, tmp_path: Path) -> None:
    write(tmp_path, "c.csv", "id,name\n1,Ada Example\n")
    call("customers", "import", "c.csv")
    call("screen", "customers")
    begun, _ = (entry["id"] for entry in entries(store))
    call("certify", begun, "--out", "begun.certificate")
    other = tmp_path / "other"
    call(
        "lists", "add", write(tmp_path, "b.csv", SDN), "--published", "2024-01-02", "--store", other
    )

    said = call("replay", "begun.certificate", "--store", other, code=7).stdout

    assert "of its answer nothing is on record here" in said
    assert not (other / "record").exists()


def test_a_message_that_could_not_be_read_keeps_no_other_answer_from_its_replay(
    store: Path, tmp_path: Path
) -> None:
    write(tmp_path, "a.txt", "{1:F01")
    write(tmp_path, "b.txt", MT103)
    call("payment", "screen", "a.txt", "b.txt", "--certificates", "c.jsonl", code=2)

    unread, read = lines_of_json(call("replay", "c.jsonl", "--json", code=7).stdout)

    assert (unread["outcome"], read["outcome"]) == ("gone", "same")
    assert unread["inputs"] == ["nothing of the message could be read: there is nothing to ask"]
