"""`article41 check` and `explain`: acts from files, their answers, and what cannot be answered."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from article41.faces.cli import main
from article41.model.measures import Outcome
from tests.faces.json_schema import faults
from tests.faces.made import call, lines_of_json, run, write
from tests.faces.test_schemas import published

PAYMENT = """
act: payment
id: p-1
on: 2012-07-06
asker: payer-bank
parties:
  payer: {name: Ada Example, country: RU}
  payer-bank: {name: Example Bank, country: RU}
  payee: {name: Commercial Bank of Syria, bic: CMSYSYDA, country: SY}
money: 500 USD
cleared_in: [US]
"""
ACCOUNT = """
act: party
id: a-2
on: 2012-07-06
asker: institution
parties:
  institution: {name: Example Bank, country: FR}
  customer: {name: Specimen Trading, country: FR}
"""
BOTH = f"{PAYMENT}---{ACCOUNT}"


@pytest.fixture
def payment(tmp_path: Path) -> Path:
    return write(tmp_path, "payment.yaml", PAYMENT)


@pytest.fixture
def both(tmp_path: Path) -> Path:
    return write(tmp_path, "both.yaml", BOTH)


def test_one_act_is_told_whole(payment: Path) -> None:
    result = call("check", payment, "--demonstration")

    first, outcomes = result.stdout.splitlines()[:2]
    assert first.startswith("p-1: FREEZE (payment act of 2012-07-06, asked by Example Bank, ")
    assert "FREEZE in US" in outcomes
    assert "Executive Order 13382" in result.stdout
    assert "identified by BIC CMSYSYDA" in result.stdout
    assert "Coverage" in result.stdout
    assert result.stderr == ""


def test_several_acts_have_a_line_each_and_their_count(both: Path) -> None:
    lines = call("check", both, "--demonstration").stdout.splitlines()

    assert [line.partition("  ")[0] for line in lines[:2]] == ["p-1", "a-2"]
    assert lines[2].startswith("2 acts: 1 FREEZE, ")
    assert len(lines) == 3


def test_several_acts_are_told_whole_with_all(both: Path) -> None:
    text = call("check", both, "--demonstration", "--all").stdout

    assert text.count("\nCoverage\n") == 2
    assert "\n  considered" in text
    # Both are of one day, by the same lists.
    assert text.count("no whole list of any authority is held") == 1
    assert text.count("lists        the same as above, with the same limits") == 1


def test_verdicts_in_json_fit_the_schema_and_are_told_later_as_at_once(
    both: Path, payment: Path, tmp_path: Path
) -> None:
    written = call("check", both, "--demonstration", "--json").stdout
    kept = write(tmp_path, "verdicts.jsonl", written)
    schema = published("verdict.schema.json")

    verdicts = lines_of_json(written)

    assert [one["act"]["id"] for one in verdicts] == ["p-1", "a-2"]
    assert [fault for one in verdicts for fault in faults(one, schema, schema)] == []
    at_once = call("check", payment, "--demonstration", "--all").stdout
    assert call("explain", kept, "--act", "p-1", "--all").stdout == at_once
    assert call("explain", kept).stdout.count("\nCoverage\n") == 2
    whole = write(tmp_path, "one.json", msgspec.json.format(json.dumps(verdicts[0]), indent=2))
    assert call("explain", whole, "--all").stdout == at_once


def test_the_same_act_and_lists_give_the_same_bytes(both: Path) -> None:
    one, other = (call("check", both, "--demonstration", "--json").stdout for _ in range(2))

    assert one == other


def test_acts_and_verdicts_can_be_piped(filled: Path) -> None:
    checked = CliRunner().invoke(
        main, ["check", "-", "--json", "--store", str(filled)], input=ACCOUNT
    )
    told = CliRunner().invoke(main, ["explain", "-"], input=checked.stdout)

    assert checked.exit_code == told.exit_code == 0
    assert told.stdout.startswith("a-2: ")


def test_acts_before_one_that_cannot_be_read_are_answered(tmp_path: Path) -> None:
    path = write(tmp_path, "acts.yaml", f"{BOTH}---{ACCOUNT.replace('FR', 'Xandu', 1)}")

    result = call("check", path, "--demonstration", "--json", code=2)

    assert [one["act"]["id"] for one in lines_of_json(result.stdout)] == ["p-1", "a-2"]
    assert result.stderr.startswith(
        f"error: {path}:26 in `parties.institution.country`: `Xandu` is no country"
    )
    assert "write its code of two letters" in result.stderr


def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(tmp_path: Path) -> None:
    act = {
        "act": "party", "on": "2012-07-06", "asker": "institution",
        "parties": {"institution": {"name": "Example Bank", "country": "FR"},
                    "customer": {"name": "Specimen Trading", "country": "FR"}},
    }  # fmt: skip
    good = [json.dumps(act | {"id": f"a-{number}"}) for number in range(3)]
    lines = [
        '{"act": "party"',
        good[0],
        json.dumps(act | {"on": "2012-02-30"}),
        good[1],
        "{}",
        good[2],
    ]
    path = write(tmp_path, "acts.jsonl", "\n".join(lines) + "\n")

    result = call("check", path, "--demonstration", "--json", code=2)

    assert [one["act"]["id"] for one in lines_of_json(result.stdout)] == ["a-0", "a-1", "a-2"]
    for place in (f"{path}:1:", f"{path}:3 in `on`: `2012-02-30`", f"{path}:5: `act` is missing"):
        assert f"error: {place}" in result.stderr
    assert "note: 3 acts not answered, 3 answered\n" in result.stderr


def test_acts_after_one_that_cannot_be_read_are_answered(tmp_path: Path) -> None:
    path = write(tmp_path, "acts.yaml", f"{ACCOUNT.replace('FR', 'Xandu', 1)}---{BOTH}")

    result = call("check", path, "--demonstration", code=2)

    assert [line.partition("  ")[0] for line in result.stdout.splitlines()[:2]] == ["p-1", "a-2"]
    assert f"error: {path}:7 in `parties.institution.country`" in result.stderr


def test_acts_beside_one_that_names_an_unknown_entry_are_answered(tmp_path: Path) -> None:
    unknown = ACCOUNT.replace("name: Specimen", "listings: demo-eu-syria/zz, name: Specimen")
    path = write(tmp_path, "acts.yaml", f"{PAYMENT}---{unknown.replace('a-2', 'a-3')}")

    result = call("check", path, "--demonstration", code=2)

    assert result.stdout.startswith("p-1")
    assert "error: in `parties.customer.listings[0]`: act `a-3`: no list that is held has" in (
        result.stderr
    )


def test_where_nothing_of_a_list_was_known_the_command_fails_after_its_answer(
    filled: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "act.yaml", ACCOUNT)

    result = call("check", path, "--store", filled, "--known-at", "2000-01-01", "--json", code=3)

    (verdict,) = lines_of_json(result.stdout)
    assert verdict["outcome"] != Outcome.NO_MEASURE_FOUND.value
    assert "error: no list was known at that moment" in result.stderr


def test_jurisdictions_that_are_asked_for_come_first(payment: Path) -> None:
    result = call(
        "check", payment, "--demonstration", "--json", "--jurisdiction", "eu",
        "--jurisdiction", "Russia",
    )  # fmt: skip

    (verdict,) = lines_of_json(result.stdout)
    assert verdict["act"]["jurisdictions"] == ["EU", "RU"]
    assert [one["jurisdiction"] for one in verdict["results"]][:2] == ["EU", "RU"]


def test_of_jurisdictions_that_nobody_asked_for_a_line_is_told(payment: Path) -> None:
    asking = ("check", payment, "--demonstration", "--jurisdiction", "RU")

    text, whole = call(*asking).stdout, call(*asking, "--all").stdout

    assert "Law of RU" in text
    assert "Law of US" not in text
    assert "Not asked for, and told by `--all`\n  US           FREEZE: Blocking of" in text
    assert re.search(r"\n  NOT BOUND in .*EU", text)
    # Whom a party resembles is told whoever lists it.
    assert "demo-ofac-syria/E049" in text
    assert "Law of US" in whole
    assert "Not asked for" not in whole


def test_of_several_acts_the_reason_is_one_of_the_law_that_was_asked_for(both: Path) -> None:
    text = both.read_text(encoding="utf-8")
    german = write(both.parent, "german.yaml", text.replace("country: RU", "country: DE"))
    asking = ("check", german, "--demonstration")

    first, of_union, of_russia = (
        call(*asking, *more).stdout.splitlines()[0]
        for more in ((), ("--jurisdiction", "EU"), ("--jurisdiction", "RU"))
    )

    assert first.startswith("p-1  FREEZE in US; PROHIBIT in EU")
    assert "Blocking of" in first
    assert "Blocking of" not in of_union
    assert "Freeze of funds" in of_union
    # The law of Russia has no reason: that of the outcome is told.
    assert "Blocking of" in of_russia or "Freeze of funds" in of_russia


def test_the_law_of_its_union_is_told_with_that_of_a_state(payment: Path) -> None:
    text = call("check", payment, "--demonstration", "--jurisdiction", "DE").stdout

    assert "Law of DE" in text
    assert re.search(r"NOT BOUND: the law of .*EU|Law of EU", text)


def test_who_owns_whom_is_taken_from_a_file(tmp_path: Path) -> None:
    act = write(tmp_path, "act.yaml", ACCOUNT)
    owners = write(
        tmp_path, "owners.yaml",
        "stakes: {owner: Rami Makhlouf, asset: customer, percent: 60}",
    )  # fmt: skip

    alone = call("check", act, "--demonstration", "--json").stdout
    owned = call("check", act, "--demonstration", "--json", "--ownership", owners).stdout

    assert lines_of_json(alone)[0]["ownership"] == []
    (note, *_) = lines_of_json(owned)[0]["ownership"]
    assert (note["party"], note["owners"]) == ("customer", ["Rami Makhlouf"])


def test_what_was_joined_of_a_register_and_what_was_not_is_told(tmp_path: Path) -> None:
    act = write(tmp_path, "act.yaml", ACCOUNT)
    table = write(
        tmp_path, "owners.csv",
        "owner,asset,percent,asset_name\nRami Makhlouf,k-7,60,Specimen Trading\n",
    )  # fmt: skip
    asked = ["check", act, "--demonstration", "--json", "--ownership", table]

    named = call(*asked)
    text = ACCOUNT.replace("customer: {", "customer: {id: k-7, ")
    write(tmp_path, "act.yaml", text)
    joined = call(*asked, "--ownership-format", "own-csv")

    assert lines_of_json(named.stdout)[0]["ownership"] == []
    assert named.stderr.splitlines() == [
        "note: owners.csv (own-csv): 1 stake and 0 controls of 1 record",
        "note: act `a-2`: `Specimen Trading` `k-7` in owners.csv might be `customer`: a name "
        "joins nothing; give `customer` a number of it, or its key as `id`",
        "note: stakes and controls that concern the acts: 0 of 1; acts with some: 0 of 1",
    ]
    of_file, unjoined = lines_of_json(named.stdout)[0]["act"]["holdings"]["notes"]
    assert of_file.endswith(": 0 of its 1 stakes and 0 of its 0 controls concern this act")
    assert unjoined in named.stderr
    told = call(*(one for one in asked if one != "--json"), "--ownership-format", "own-csv")
    assert "  files        owners.csv (own-csv, sha256 " in told.stdout
    assert "k-7" in {note["party"] for note in lines_of_json(joined.stdout)[0]["ownership"]}
    assert joined.stderr.splitlines()[-1].endswith("1 of 1; acts with some: 1 of 1")


def test_days_in_an_odd_order_are_noted(tmp_path: Path) -> None:
    path = write(tmp_path, "act.yaml", ACCOUNT + "relation_since: 2013-01-01\n")

    result = call("check", path, "--demonstration", "--json")

    assert result.stderr == (
        "note: act `a-2`: `relation_since` (2013-01-01) is after `on` (2012-07-06)\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--store", "STORE", "--demonstration"], 2, "`--demonstration` brings its own store"),
        (["--demonstration", "--threshold", "2"], 2, "threshold `2.0` is not above 0"),
        (["--demonstration", "--jurisdiction", "Xandu"], 2, "`Xandu` is no country"),
        (["--demonstration", "--format", "json"], 2, "this is no JSON"),
        (["--demonstration", "--ownership", "ACT"], 2, "unknown field `act`"),
        (["--store", "NONE"], 4, "there is no store"),
    ],
)
def test_what_cannot_be_asked_is_an_error(
    arguments: list[str], code: int, message: str, payment: Path, filled: Path
) -> None:
    places = {"STORE": filled, "NONE": payment.parent / "none", "ACT": payment}

    result = call("check", payment, *(places.get(one, one) for one in arguments), code=code)

    assert (
        f"error: {message}" in result.stderr
        or f"`: {message}" in result.stderr
        or (f": {message}" in result.stderr)
    )
    assert "hint: " in result.stderr


def test_an_empty_file_holds_no_act(tmp_path: Path) -> None:
    result = call("check", write(tmp_path, "none.yaml", ""), "--demonstration", code=2)

    assert "there is no act" in result.stderr
    assert result.stdout == ""


def test_what_is_no_verdict_is_not_told(payment: Path, tmp_path: Path) -> None:
    assert "is no verdict" in call("explain", payment, code=2).stderr
    verdicts = call("check", payment, "--demonstration", "--json").stdout
    kept = write(tmp_path, "verdicts.jsonl", verdicts)
    other = call("explain", kept, "--act", "p-9", code=2)
    assert "no verdict is of the act `p-9`" in other.stderr


@pytest.mark.slow
def test_many_acts_are_answered_as_they_are_read(tmp_path: Path) -> None:
    (act,) = lines_of_json(
        call(
            "check", write(tmp_path, "a.yaml", ACCOUNT), "--demonstration", "--json"
        ).stdout
    )  # fmt: skip
    line = json.dumps(act["act"] | {"id": ""}) + "\n"
    path = write(tmp_path, "acts.jsonl", line * 1_200)

    result = run("check", path, "--demonstration")

    *lines, total = result.stdout.splitlines()
    assert [line.partition("  ")[0] for line in lines[-2:]] == ["act 1199", "act 1200"]
    assert total.startswith("1,200 acts: 1,200 ")
