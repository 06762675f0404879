"""What screening the customers left on record is certified, and given again byte for byte."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from article41.checks import Screener
from article41.faces.cli import rescreening
from article41.faces.cli.customers_record import CustomersRecord
from article41.faces.cli.opening import open_screener
from article41.faces.settings import now
from tests.faces.made import LATER_SDN, call, lines_of_json, write
from tests.faces.test_customers import TABLE
from tests.faces.test_on_record import entries, recording, store

__all__ = ["recording", "store"]

CHANGED = TABLE.replace("Beda Example", "Zqxw Vbnm").replace("c-3,Cora Sample", "c-4,Dora Muster")


def import_customers(text: str) -> None:
    write(Path(), "customers.csv", text)
    call("customers", "import", "customers.csv")


@pytest.fixture
def certificates(store: Path) -> list[Path]:
    """Of four screenings, since which lists and customers have changed."""
    import_customers(TABLE)
    call("screen", "customers")
    later = write(Path(), "later.csv", LATER_SDN)
    call("lists", "add", later, "--published", "2024-02-02", "--accept-shrink")
    call("screen", "customers", "--since", "last")
    call("screen", "customers", "--since", "ofac-sdn@2024-01-02")
    import_customers(CHANGED)
    call("screen", "customers", "--threshold", "0.8")
    call("screen", "customers", "--since", "last")
    last = write(Path(), "last.csv", LATER_SDN.replace("SAMPLE, Cora", "MUSTER, Dora"))
    call("lists", "add", last, "--published", "2024-03-01")
    call("screen", "customers", "--since", "last")

    made = []
    for number, entry in enumerate(entries(store)):
        if entry["kind"] == "screen-customers":
            made.append(Path(f"{number}.certificate"))
            call("certify", entry["id"], "--out", made[-1])
    return made


def replayed(certificate: Path, code: int = 0) -> Any:  # whatever the JSON holds
    [found] = lines_of_json(call("replay", certificate, "--json", code=code).stdout)
    return found


def test_each_screening_of_the_customers_is_given_again(
    store: Path, certificates: list[Path]
) -> None:
    before = [path.read_bytes() for path in (store / "customers.sqlite", store / "names.index")]
    answers = [json.loads(one.read_text(encoding="utf-8"))["entry"]["answer"]
               for one in certificates]  # fmt: skip

    found = [replayed(one) for one in certificates]

    assert [one["outcome"] for one in found] == ["same"] * 6
    assert [one["inputs"] for one in found] == [[]] * 6
    assert [one["changes"] > 0 for one in answers] == [True, True, True, True, False, True]
    # Nothing that is kept is another one for it.
    after = [path.read_bytes() for path in (store / "customers.sqlite", store / "names.index")]
    assert after == before


def test_a_run_that_others_came_before_is_given_again(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_customers(TABLE)
    call("screen", "customers", "--threshold", "0.9")
    assert (store / "record").is_dir()
    recorded = CustomersRecord.__init__

    def overtaken(self: CustomersRecord, *given: Any) -> None:  # as it is called
        recorded(self, *given)
        monkeypatch.setattr(CustomersRecord, "__init__", recorded)
        import_customers(CHANGED)
        call("screen", "customers", "--no-record", "--threshold", "0.7")

    monkeypatch.setattr(CustomersRecord, "__init__", overtaken)
    call("screen", "customers", "--since", "last", "--certificates", "overtaken")
    call("screen", "customers")

    assert replayed(Path("overtaken"))["outcome"] == "same"


def test_a_question_since_a_version_is_of_the_customers_that_it_names(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.is_dir()
    import_customers(TABLE)
    recorded = CustomersRecord.__init__

    def overtaken(self: CustomersRecord, *given: Any) -> None:  # as it is called
        recorded(self, *given)
        import_customers(CHANGED)

    monkeypatch.setattr(CustomersRecord, "__init__", overtaken)
    since = ("screen", "customers", "--since", "ofac-sdn@2024-01-02")
    failed = call(*since, code=4)
    call(*since, "--certificates", "again")

    assert "another process changed the customers meanwhile" in failed.stderr
    assert not failed.stdout
    assert replayed(Path("again"))["outcome"] == "same"


def test_a_run_on_lists_that_came_while_they_were_opened_is_given_again(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.is_dir()
    import_customers(TABLE)
    waited = timedelta(minutes=2)

    def awaited(folder: Path) -> Screener:
        nonlocal waited
        waited = timedelta()
        later = write(Path(), "later.csv", LATER_SDN)
        call("lists", "add", later, "--published", "2024-02-02", "--accept-shrink")
        return open_screener(folder)

    monkeypatch.setattr(rescreening, "open_screener", awaited)
    monkeypatch.setattr(rescreening, "now", lambda: now() - waited)
    call("screen", "customers", "--certificates", "awaited")

    assert replayed(Path("awaited"))["outcome"] == "same"


def test_a_clock_that_was_behind_is_named_and_keeps_no_other_answer_from_being_given_again(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.is_dir()
    import_customers(TABLE)
    with monkeypatch.context() as behind:
        behind.setattr(rescreening, "now", lambda: now() - timedelta(days=3))
        call("screen", "customers", "--certificates", "all")
    call("screen", "customers", "--certificates", "all")

    result = call("replay", "all", "--json", code=7)

    first, last = lines_of_json(result.stdout)
    assert (first["outcome"], last["outcome"]) == ("gone", "same")
    assert "the clock was behind" in first["inputs"][0]


def test_what_of_the_customers_is_gone_is_named(store: Path, certificates: list[Path]) -> None:
    for path in store.glob("customers.*"):
        path.unlink()
    nobody = replayed(certificates[-1], code=7)
    import_customers(TABLE)
    other = replayed(certificates[-1], code=7)

    assert (nobody["outcome"], other["outcome"]) == ("gone", "gone")
    assert nobody["inputs"] == ["the customers are gone from the folder of the store"]
    assert other["inputs"] == ["the state 2 of the customers is gone: the newest is 1"]


def test_other_customers_of_the_same_state_give_another_answer(
    store: Path, certificates: list[Path]
) -> None:
    for path in store.glob("customers.*"):
        path.unlink()
    import_customers(TABLE.replace("Ada Example", "Zqxw Vbnm"))

    found = replayed(certificates[0], code=7)

    assert found["outcome"] == "differs"
    assert "changes_sha256" in found["places"]
