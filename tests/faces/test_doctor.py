"""`doctor` says what is there, what is missing, and what to type next."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from article41.faces.cli import doctor as command
from article41.faces.cli.doctor import extras
from tests.faces.json_schema import faults
from tests.faces.made import LATER_SDN, call, write
from tests.faces.test_schemas import published

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def diagnosed(store: Path) -> Any:  # a diagnosis is JSON
    found = json.loads(call("doctor", "--json", "--store", store).stdout)
    schema = published("doctor.schema.json")
    assert list(faults(found, schema, schema)) == []
    return found


def commands(found: Any) -> list[str]:
    return [step["command"] for step in found["next"]]


def test_without_lists_the_demonstration_and_the_official_lists_are_offered(
    tmp_path: Path,
) -> None:
    found = diagnosed(tmp_path / "none")
    lines = call("doctor", "--store", tmp_path / "none").stdout

    assert (found["lists"], found["index"], found["customers"], found["fault"]) == (
        [], None, None, "",
    )  # fmt: skip
    assert commands(found)[:2] == ["article41 demo", "article41 lists update"]
    assert found["law"]["measures"] > 100
    assert {one["jurisdiction"]: one["lists"] for one in found["lacking"]}["UN"] == ["un-sc"]
    assert "no list is held" in lines
    assert "get the official lists" in lines
    assert not (tmp_path / "none").exists()


def test_what_is_held_and_old_is_told_and_how_to_mend_it(filled: Path, tmp_path: Path) -> None:
    store = shutil.copytree(filled, tmp_path / "store")
    found = diagnosed(store)

    assert [one["list"] for one in found["lists"]] == ["ofac-sdn", "un-sc"]
    assert found["index"] == "ready"
    assert "UN" not in {one["jurisdiction"] for one in found["lacking"]}
    assert "article41 lists update ofac-sdn un-sc" in commands(found)
    assert "article41 customers import FILE.csv" in commands(found)


def test_a_list_that_is_not_whole_is_called_so_with_what_to_type(tmp_path: Path) -> None:
    store = tmp_path / "store"
    some_annexes, closed = GOLDEN / "eu-journal/consolidated.csv", GOLDEN / "uk/conlist.csv"
    call("lists", "add", some_annexes, closed, "--store", store)

    found = diagnosed(store)
    lines = call("doctor", "--store", store).stdout

    lacking = {one["jurisdiction"]: one for one in found["lacking"]}
    assert lacking["EU"]["lists"] == ["eu-fsd"]
    assert lacking["EU"]["held"][0].startswith("eu-journal lacks the annexes of 32001R2580")
    assert lacking["GB"] == {
        "jurisdiction": "GB", "lists": ["uk-sl"],
        "held": ["uk-conlist is published no more since 2026-01-28"],
    }  # fmt: skip
    assert "  EU   eu-fsd; held: eu-journal lacks the annexes of" in lines
    assert any("lists update" in one and "eu-fsd" in one for one in commands(found))


def test_the_regimes_of_which_not_all_law_is_modelled_are_counted(filled: Path) -> None:
    assert "RU" in diagnosed(filled)["law"]["incomplete"]
    assert "not all acts are modelled" in call("doctor", "--store", filled).stdout


def test_customers_are_screened_next_and_after_a_change_again(filled: Path, tmp_path: Path) -> None:
    store = shutil.copytree(filled, tmp_path / "store")
    table = write(tmp_path, "customers.csv", "id,name\n1,Ada Example\n")
    call("customers", "import", table, "--store", store)
    assert "article41 screen customers" in commands(diagnosed(store))

    call("screen", "customers", "--store", store)
    assert not [one for one in commands(diagnosed(store)) if "screen customers" in one]

    later = write(tmp_path, "later.csv", LATER_SDN)
    call("lists", "add", later, "--published", "2024-02-02", "--store", store, "--accept-shrink")
    found = diagnosed(store)
    assert "article41 screen customers --since last" in commands(found)
    assert found["customers"]["count"] == 1
    assert "1 kept, screened at" in call("doctor", "--store", store).stdout


@pytest.mark.parametrize(("damage", "state"), [(None, "missing"), (b"x" * 400, "unusable")])
def test_an_index_that_is_none_is_built_next(
    filled: Path, tmp_path: Path, damage: bytes | None, state: str
) -> None:
    store = shutil.copytree(filled, tmp_path / "store")
    (store / "names.index").unlink()
    if damage is not None:
        (store / "names.index").write_bytes(damage)

    found = diagnosed(store)

    assert found["index"] == state
    assert commands(found)[0] == "article41 index build"


def test_a_store_that_cannot_be_read_is_told(filled: Path, tmp_path: Path) -> None:
    store = shutil.copytree(filled, tmp_path / "store")
    (store / "store.sqlite").write_bytes(b"no database")

    found = diagnosed(store)

    assert "store.sqlite" in found["fault"]
    assert commands(found)[0] == "article41 store verify"


def test_what_is_not_installed_of_an_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        command, "requires", lambda _: ["click>=8", 'no-such-package>=1; extra == "serve"']
    )
    monkeypatch.setattr(command, "metadata", lambda _: FakeMetadata())

    [serve] = extras()

    assert (serve.name, serve.missing) == ("serve", ("no-such-package",))


class FakeMetadata:
    def get_all(self, _name: str) -> list[str]:
        return ["serve"]
