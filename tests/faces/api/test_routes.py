"""What the routes answer is what the commands write, and it is on record before it leaves."""

import base64
import copy
import hashlib
import json
from pathlib import Path

import pytest

from article41.checks.reading import canonical, read_acts
from article41.faces.api.access import Scope
from article41.faces.settings import Recording
from tests.faces.api.made import ACT, Refusing, Served, copied, problem
from tests.faces.made import call, write

NAMES = ["Ada Exampel", "Qwertz Uiop", "SPECIMEN TRADING"]


def test_a_match_is_what_the_command_writes(served: Served) -> None:
    body = {"parties": [{"name": name} for name in NAMES], "as_of": "2024-02-10"}

    response = served.ask("POST", "/match", key=served.key(Scope.MATCH), json=body)

    assert response.status_code == 200, response.text
    told = call(
        "match", *NAMES, "--as-of", "2024-02-10", "--json", "--store", served.folder
    ).stdout.splitlines()
    assert response.text.startswith('{"answers":[' + ",".join(told) + "]")
    assert [bool(one["matches"]) for one in response.json()["answers"]] == [True, False, True]


def test_a_party_is_read_with_all_that_is_known_of_it(served: Served) -> None:
    party = {
        "name": "Ada Example", "schema": "person", "birth_dates": ["1965-09"], "country": "Germany",
    }  # fmt: skip
    body = {"parties": [party], "threshold": 0.9, "limit": 1, "known_at": "2999-01-01"}

    refused = served.ask("POST", "/match", key=served.key(), json=body)
    answered = served.ask("POST", "/match", key=served.key(), json=body | {"known_at": None})

    assert problem(refused, 400)["place"] == "known_at"
    (answer,) = answered.json()["answers"]
    assert answer["query"]["schema"] == "Person"
    assert answer["query"]["country"] == "DE"
    assert answer["query"]["birth_dates"] == ["1965-09"]
    assert (len(answer["matches"]), answer["more"]) == (1, 1)


def test_a_verdict_is_what_the_command_writes(served: Served, tmp_path: Path) -> None:
    acts = [ACT, ACT | {"on": "2024-06-02"}]

    response = served.ask("POST", "/check", key=served.key(Scope.CHECK), json=acts)

    file = write(tmp_path, "acts.json", json.dumps(acts))
    told = call("check", file, "--json", "--store", served.folder).stdout.splitlines()
    assert response.status_code == 200, response.text
    assert response.text.startswith('{"verdicts":[' + ",".join(told) + "]")


def test_one_act_may_be_sent_as_it_is_in_json_or_yaml(served: Served) -> None:
    key = served.key()
    text = "act: party\non: 2024-06-01\nasker: institution\nparties: {institution: Example Bank}\n"

    in_json = served.ask("POST", "/check?jurisdiction=EU&threshold=0.8", key=key, json=ACT)
    in_yaml = served.ask(
        "POST", "/check", key=key, content=text, headers={"content-type": "application/yaml"}
    )

    (verdict,) = in_json.json()["verdicts"]
    assert verdict["act"]["jurisdictions"] == ["EU", "US"]
    assert verdict["threshold"] == 0.8
    assert len(in_yaml.json()["verdicts"]) == 1


def test_every_answer_is_on_record_under_the_name_that_it_gives(served: Served) -> None:
    key = served.key()

    match = served.ask("POST", "/match", key=key, json={"parties": [{"name": "Nobody At All"}]})
    check = served.ask("POST", "/check", key=key, json=[ACT, ACT])

    entries = served.entries()
    assert [one.kind for one in entries] == ["match", "check", "check"]
    assert [one.id for one in entries] == [*match.json()["records"], *check.json()["records"]]
    assert all(one.by == f"key:{key.split('_')[1]}" for one in entries)
    answer = match.text.removeprefix('{"answers":[').partition('],"records"')[0]
    assert entries[0].answer_sha256 == hashlib.sha256(answer.encode()).hexdigest()
    (act,) = read_acts(json.dumps(ACT).encode(), file="act")
    assert bytes(entries[1].question) == canonical(act)
    assert set(entries[1].lists) == {"ofac-sdn", "un-sc"}


def test_what_cannot_be_put_on_record_is_not_answered(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), recorder=Refusing())

    for path, body in (("/match", {"parties": [{"name": "Ada"}]}), ("/check", ACT)):
        response = served.ask("POST", path, key=served.key(), json=body)

        assert problem(response, 503)["code"] == "record"
        assert response.headers["retry-after"]


def test_lists_are_what_is_held_with_what_limits_them(served: Served) -> None:
    key = served.key(Scope.LISTS)

    response = served.ask("GET", "/lists", key=key)
    early = served.ask("GET", "/lists?as_of=2024-01-10", key=key)

    shown = json.loads(call("lists", "show", "--json", "--store", served.folder).stdout)
    for one, held in zip(response.json()["lists"], shown, strict=True):
        assert held.items() <= one.items()
        assert one.keys() - held.keys() == {"confirmed_at", "failing_since", "age_max_hours"}
    assert {one["kind"] for one in response.json()["findings"]} >= {"stale"}
    assert [one["list"] for one in early.json()["lists"]] == ["ofac-sdn"]


def test_since_when_a_list_is_known_can_be_asked_about(served: Served) -> None:
    key = served.key()
    lists = served.ask("GET", "/lists", key=key).json()["lists"]
    moments = [one["known_from"] for one in lists]
    moments += [each["known_from"] for one in lists for each in one["versions"]]

    for moment in moments:
        shown = served.ask("GET", "/lists", key=key, params={"known_at": moment}).json()["lists"]
        body = {"parties": [{"name": "Ada"}], "known_at": moment}
        asked = served.ask("POST", "/match", key=key, json=body)

        assert max(one["known_from"] for one in shown) == moment
        assert asked.status_code == 200, asked.text


def test_measures_are_those_of_the_command(served: Served) -> None:
    key = served.key(Scope.MEASURES)

    response = served.ask(
        "GET", "/measures?on=Syria&in_force=2012-07-06&jurisdiction=EU&kind=arms-embargo", key=key
    )
    unknown = served.ask("GET", "/measures?kind=tea-embargo", key=key)

    told = call(
        "measures", "--on", "Syria", "--in-force", "2012-07-06", "--jurisdiction", "EU",
        "--kind", "arms-embargo", "--json",
    )  # fmt: skip
    assert response.json() == json.loads(told.stdout)
    assert response.json()["measures"]
    assert problem(unknown, 400)["place"] == "kind"


def test_the_server_says_that_it_runs_what_it_counts_and_that_it_can_answer(
    served: Served,
) -> None:
    key = served.key()
    served.ask("POST", "/match", key=key, json={"parties": [{"name": "Ada"}, {"name": "Beda"}]})

    assert served.ask("GET", "/health", key=None).json() == {"status": "up"}
    assert served.ask("GET", "/ready", key=key).json() == {"status": "ready"}
    counts = served.ask("GET", "/metrics", key=key).text
    assert 'article41_answers_total{kind="match"} 2.0' in counts
    assert 'article41_requests_total{route="/match",status="200"} 1.0' in counts


def test_a_moment_before_every_list_is_refused_and_no_empty_answer(served: Served) -> None:
    key = served.key()

    match = served.ask(
        "POST", "/match", key=key, json={"parties": [{"name": "Ada"}], "known_at": "2020-01-01"}
    )
    check = served.ask("POST", "/check?known_at=2020-01-01", key=key, json=ACT)

    assert problem(match, 422)["code"] == "source"
    assert problem(check, 422)["code"] == "source"
    assert served.entries() == []


def test_a_name_without_a_legible_letter_is_refused_by_its_place(served: Served) -> None:
    body = {"parties": [{"name": "Ada"}, {"name": "???"}, {"name": "Beda"}, {"name": "!!"}]}

    response = served.ask("POST", "/match", key=served.key(), json=body)

    found = problem(response, 400)
    assert [one["place"] for one in found["faults"]] == ["parties[1].name", "parties[3].name"]
    assert served.entries() == []


@pytest.mark.parametrize("path", ["/match", "/check", "/lists", "/measures", "/ready"])
def test_no_answer_may_be_kept_on_the_way(served: Served, path: str) -> None:
    response = served.ask("GET", path, key=None)

    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


MT103 = (
    "{1:F01EXBKDEFFAXXX0000000000}{2:I103EXBKXAXXXXXXN}{4:\r\n:20:REF-7\r\n:23B:CRED\r\n"
    ":32A:240601EUR1000,\r\n:50K:/DE00\r\nBeda Sample\r\n:59:/XA00\r\nAda Example\r\n:71A:SHA\r\n-}"
)


def test_a_payment_is_answered_as_the_command_answers_it(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/payments?on=2024-06-01&jurisdiction=US&asker=payee-bank"
    kind = {"content-type": "text/plain"}

    response = served.ask("POST", address, key=served.key(), content=MT103, headers=kind)
    cut = served.ask("POST", address, key=served.key(), content=MT103[:90], headers=kind)

    file = write(tmp_path, "message", MT103)
    monkeypatch.chdir(tmp_path)
    told = call(
        "payment", "screen", file.name, "--on", "2024-06-01", "--jurisdiction", "US",
        "--asker", "payee-bank", "--json", "--store", served.folder,
    ).stdout.splitlines()  # fmt: skip
    assert response.status_code == 200, response.text
    assert response.text.startswith('{"payments":[' + ",".join(told) + "]")
    assert response.json()["payments"][0]["hold"] is True
    assert problem(cut, 422)["code"] == "message"
    entry, _ = served.entries()
    assert (entry.kind, [entry.id]) == ("payment", response.json()["records"])


@pytest.mark.parametrize(
    "sent", [b"<x/>", b"<x/>" + b" " * 9_000, b"\xff\xfe", MT103[:90].encode()]
)
def test_a_message_that_cannot_be_read_is_on_record_before_it_is_refused(
    served: Served, tmp_path: Path, sent: bytes
) -> None:
    key, kind = served.key(Scope.PAYMENTS), {"content-type": "application/octet-stream"}

    refused = served.ask("POST", "/payments?asker=payee-bank", key=key, content=sent, headers=kind)

    found = problem(refused, 422)
    (entry,) = served.entries()
    assert (entry.kind, entry.id) == ("payment-unread", found["record"])
    question, answer = (json.loads(bytes(one)) for one in (entry.question, entry.answer))
    whole = question["message"].encode() or base64.b64decode(question["message_base64"])
    assert (whole, question["asker"]) == (sent, "payee-bank")
    assert (answer["hold"], answer["fault"]["code"]) == (True, "message")
    assert answer["fault"]["message"] == found["detail"]
    certificate = served.ask("GET", f"/certificates/{entry.id}", key=key).text
    file = write(tmp_path, "refused.certificate", certificate)
    call("certificate", "verify", file, "--key", str(served.record.key()))
    assert "message: hold, " in call("audit", "--store", served.folder).stdout


def test_what_cannot_be_put_on_record_is_not_called_unread(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), recorder=Refusing())
    kind = {"content-type": "text/plain"}

    refused = served.ask("POST", "/payments", key=served.key(), content=b"<x/>", headers=kind)

    assert problem(refused, 503)["code"] == "record"


def test_the_act_of_a_payment_is_checked_with_what_is_known_of_it(served: Served) -> None:
    key, kind = served.key(), {"content-type": "text/plain"}
    address = "/payments?on=2024-06-01&jurisdiction=US&all="

    [short], [whole] = (
        served.ask("POST", f"{address}{one}", key=key, content=MT103, headers=kind).json()[
            "payments"
        ]
        for one in ("false", "true")
    )
    wrong = served.ask("POST", f"{address}yes", key=key, content=MT103, headers=kind)
    act = copy.deepcopy(whole["verdict"]["act"])
    same = served.ask("POST", "/check", key=key, json=act)
    (payee,) = (one for one in act["parties"] if one["role"] == "payee")
    payee["different_from"] = [{"listing": "ofac-sdn/7", "by": "Eva", "reason": "seen"}]
    decided = served.ask("POST", "/check", key=key, json=act)

    assert short == {**whole, "verdict": None}
    assert problem(wrong, 400)["place"] == "all"
    assert same.json()["verdicts"] == [whole["verdict"]]
    before, after = (
        next(one for one in verdict["parties"] if one["party"] == "payee")
        for verdict in (whole["verdict"], *decided.json()["verdicts"])
    )
    keys, left = ({one["key"] for one in party["listed"]} for party in (before, after))
    assert keys - left == {"ofac-sdn/7"}
    assert after["different_from"] == ["ofac-sdn/7"]


def test_what_may_be_sent_back_is_given_where_it_is_asked_for(served: Served) -> None:
    key, kind = served.key(), {"content-type": "text/plain"}

    asked, silent = (
        served.ask("POST", f"/payments?on=2024-06-01{more}", key=key, content=MT103, headers=kind)
        for more in ("&replies=true", "")
    )

    [answer], [other] = asked.json()["payments"], silent.json()["payments"]
    assert answer["hold"] is True
    assert answer["reply"]["kind"] == "MT199"
    assert ":21:REF-7\r\n:79:" in answer["reply"]["text"]
    assert other == {**answer, "reply": None}
    assert (answer["reference"], answer["references"]["sender_reference"]) == ("REF-7", "REF-7")


def test_an_answer_has_its_certificate_for_whoever_asked_and_who_may(
    served: Served, tmp_path: Path
) -> None:
    own, other, auditor = (served.key(one) for one in (
        Scope.MATCH, Scope.MATCH, Scope.CERTIFICATES,
    ))  # fmt: skip
    asked = served.ask("POST", "/match", key=own, json={"parties": [{"name": "Ada Example"}]})
    address = f"/certificates/{asked.json()['records'][0]}"

    mine = served.ask("GET", address, key=own)
    theirs = served.ask("GET", address, key=auditor)
    foreign = served.ask("GET", address, key=other)
    unknown = served.ask("GET", "/certificates/01a2-none", key=auditor)

    public = str(served.record.key())
    file = write(tmp_path, "answer.certificate", mine.text)
    call("certificate", "verify", file, "--key", public)
    assert theirs.json()["entry"] == mine.json()["entry"]
    assert problem(foreign, 403)["code"] == "scope"
    assert problem(unknown, 404)["code"] == "unknown-record"
    assert "the same" in call("replay", file, "--store", served.folder).stdout


def test_of_what_found_nothing_a_hash_may_be_all_that_is_kept(filled: Path, tmp_path: Path) -> None:
    served = Served(copied(filled, tmp_path), recording=Recording.MATCHES)
    body = {"parties": [{"name": "Qwertz Uiop"}, {"name": "Ada Example"}]}

    response = served.ask("POST", "/match", key=served.key(), json=body)

    assert len(response.json()["records"]) == 2
    withheld, kept = served.entries()
    assert (bool(withheld.withheld), bool(bytes(withheld.question))) == (True, False)
    assert b"Ada Example" in bytes(kept.question)
