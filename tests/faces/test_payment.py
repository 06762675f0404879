"""`article41 payment`: messages from files and folders, their answers, and what cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from article41.faces.cli import main
from tests.faces.json_schema import faults
from tests.faces.made import call, lines_of_json, write
from tests.faces.test_schemas import published

MT103 = """{1:F01SPECFRPPXXXX0000000000}{2:O1030900120706EXAMDEFFXXXX00000000001207060900N}{4:
:20:REF-1
:23B:CRED
:32A:120706EUR500,00
:50K:/12345678
ADA EXAMPLE
BERLIN GERMANY
:59:/87654321
SPECIMEN TRADING
LYON FRANCE
:70:%s
:71A:SHA
-}
"""
ASKED = ("--demonstration", "--on", "2012-07-06")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "deeper").mkdir(parents=True)
    write(folder, "a.txt", MT103 % "INVOICE 1")
    write(folder, "b.xml", "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08'>")
    write(folder / "deeper", "c.txt", MT103 % "FOR SYRIA TRADING OIL COMPANY")
    write(folder, "notes.md", "nothing of the kind")
    return folder


def test_what_stands_in_a_text_is_told_with_what_decides_it(inbox: Path) -> None:
    file = inbox / "deeper" / "c.txt"

    said = " ".join(call("payment", "screen", file, *ASKED).stdout.split())

    _, _, of_texts = said.partition("In its texts:")
    assert "`SYRIA` names Syrian Arab Republic, in 4:70 asks has the payment" in of_texts
    assert "if so PROHIBIT" in of_texts


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        ("--asker", "payee-bnk", "neither a role of a payment nor a BIC"),
        ("--on", "1926-11-30", "of 1926-11-30 no law is held"),
    ],
)
def test_a_slip_in_who_asks_or_when_is_refused(
    inbox: Path, option: str, given: str, said: str
) -> None:
    result = call("payment", "screen", inbox, *ASKED, option, given, code=2)

    assert said in result.stderr
    assert result.stdout == ""


def test_a_bank_that_is_not_in_the_message_is_asked_for_what_binds_it(inbox: Path) -> None:
    file = inbox / "a.txt"

    [answer] = lines_of_json(
        call("payment", "screen", file, *ASKED, "--asker", "intermediary-9", "--json").stdout
    )

    assert answer["hold"]
    assert "parties.intermediary-9.country" in {
        one["fact"] for why in answer["reasons"] for one in why["missing"]
    }


def test_a_folder_is_answered_file_by_file_and_what_cannot_be_read_is_held(inbox: Path) -> None:
    result = call("payment", "screen", inbox, *ASKED, "--json", code=2)
    answers = lines_of_json(result.stdout)

    assert [(Path(one["file"]).name, one["message"], one["hold"]) for one in answers] == [
        ("a.txt", "MT103", True),
        ("b.xml", "", True),
        ("c.txt", "MT103", True),
        ("notes.md", "", True),
    ]
    assert [one["fault"] and one["fault"]["code"] for one in answers] == [
        None,
        "message",
        None,
        "message",
    ]
    assert "b.xml:1" in answers[1]["fault"]["place"]
    assert "b.xml:1" in result.stderr
    assert "neither XML nor a SWIFT MT message" in result.stderr


def test_answers_fit_their_schema(inbox: Path) -> None:
    schema = published("payment.schema.json")

    for options in ((), ("--all",)):
        result = call("payment", "screen", inbox, *ASKED, "--json", *options, code=2)
        for answer in lines_of_json(result.stdout):
            assert list(faults(answer, schema, schema)) == []


def test_a_find_says_which_words_of_which_text_are_like_whom(inbox: Path) -> None:
    file = inbox / "deeper" / "c.txt"

    [answer] = lines_of_json(call("payment", "screen", file, *ASKED, "--json").stdout)

    found = {(one["kind"], one["words"], one["path"]) for one in answer["finds"]}
    assert ("name", "SYRIA TRADING OIL COMPANY", "4:70") in found
    assert any(one["key"].startswith("demo-eu-syria/") for one in answer["finds"])


def test_one_payment_is_told_whole_and_says_for_whom_it_was_asked(inbox: Path) -> None:
    said = call("payment", "screen", inbox / "a.txt", *ASKED, "--asker", "SPECFRPP").stdout

    assert "  HOLD: REVIEW" in said
    assert "asked for payee-bank (SPECFRPPXXX) by the lists and the law of 2012-07-06" in said
    assert "is named by its BIC alone" in said


@pytest.mark.parametrize("options", [(), ("--all",)])
def test_the_lists_that_answers_rest_on_stand_once_below_all_of_them(
    inbox: Path, options: tuple[str, ...]
) -> None:
    files = (inbox / "a.txt", inbox / "deeper" / "c.txt")

    lines = call("payment", "screen", *files, *ASKED, *options).stdout.splitlines()

    assert lines.count("Coverage") == 1
    assert sum("no whole list of any authority is held" in one for one in lines) == 1
    assert "demo-jp-syria: each has those listed over SY alone" in " ".join(" ".join(lines).split())
    assert lines[-1].startswith("2 payments: 2 held")


def test_of_jurisdictions_that_nobody_asked_for_a_payment_has_a_line(tmp_path: Path) -> None:
    text = (MT103 % "INVOICE 1").replace("EUR500", "USD500").replace(":59:", ":57A:CMSYSYDA\n:59:")
    asking = ("payment", "screen", write(tmp_path, "a.txt", text), *ASKED, "--jurisdiction", "DE")

    said, whole = call(*asking).stdout, call(*asking, "--all").stdout

    told, _, others = said.partition("Not asked for, and told by --all:")
    assert "PROHIBIT in EU" in told
    assert " in US" not in told
    assert "REVIEW in US: Blocking of" in others
    lines = [call(*asking[:2], asking[2], asking[2], *ASKED, *more).stdout.splitlines()[0]
             for more in (("--jurisdiction", "US"), ("--jurisdiction", "DE"))]  # fmt: skip
    assert [one.split("HOLD (PROHIBIT)  ")[1][:3] for one in lines] == ["US:", "EU:"]
    assert "Executive Order" not in said
    assert "Executive Order" in whole


def test_what_is_piped_in_is_a_message_too() -> None:
    runner = CliRunner()
    arguments = ["payment", "screen", "-", *ASKED, "--json"]

    result = runner.invoke(main, arguments, input=(MT103 % "INVOICE 1").encode())

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["file"] == "stdin"


def test_every_letter_is_in_the_account(inbox: Path) -> None:
    schema = published("payment-texts.schema.json")

    texts = lines_of_json(call("payment", "read", inbox / "a.txt", "--account", "--json").stdout)

    assert [fault for one in texts for fault in faults(one, schema, schema)] == []
    said = "".join("".join(one["value"].split()) for one in texts)
    for word in ("ADAEXAMPLE", "BERLIN", "GERMANY", "INVOICE1", "12345678", "REF-1"):
        assert word in said


def test_the_act_of_a_message_is_one_that_check_takes(inbox: Path, tmp_path: Path) -> None:
    [payment] = lines_of_json(call("payment", "read", inbox / "a.txt", "--json").stdout)
    act = write(tmp_path, "act.json", json.dumps(payment["act"]))

    [verdict] = lines_of_json(call("check", act, "--demonstration", "--json").stdout)

    assert verdict["act"]["id"] == "REF-1"
    assert payment["assumed"]


def test_a_reply_is_written_for_each_payment_that_is_held(inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "replies"

    result = call("payment", "screen", inbox / "a.txt", *ASKED, "--replies", folder)

    [reply] = folder.iterdir()
    assert reply.name == "a-1-REF-1.MT199.txt"
    assert ":21:REF-1\r\n" in reply.read_bytes().decode()
    assert "note: replies written to" in result.stderr


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    call("payment", "read", tmp_path / "empty", code=2)
