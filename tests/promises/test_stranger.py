"""A stranger installs one file on a machine without a compiler, and comes to answers."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.faces.made import LATER_SDN, SDN, UN

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "requirements" / "dev.txt"
NO_NETWORK = re.compile(
    r"connection|timed out|name resolution|network is unreachable", re.IGNORECASE
)
CUSTOMERS = 10_000

Stranger = Callable[..., str]
"""Types a command and gives what it writes."""


def own_variables() -> dict[str, str]:
    """The environment of a machine with Python alone: no cargo, and nothing of this checkout."""
    ours = ("ARTICLE41_", "PYTHON", "CARGO", "RUST", "VIRTUAL_ENV")
    kept = {name: one for name, one in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PATH": "/usr/bin:/bin"}


def typed(command: Sequence[object], *, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**own_variables(), "HOME": str(cwd), "XDG_DATA_HOME": str(cwd / "data")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode != code and NO_NETWORK.search(done.stderr) and "pip" in map(str, command):
        pytest.skip("no package index is reached, from which the dependencies come")
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    """A machine of its own with the wheel, and what the wheel itself asks for."""
    wheels = sorted((ROOT / "build" / "wheels").glob("article41-*.whl"))
    if not wheels:
        pytest.skip("no wheel was built; `make test` builds one first")
    folder = tmp_path_factory.mktemp("machine")
    typed([sys.executable, "-m", "venv", "--without-pip", "python"], cwd=folder)
    python = folder / "python" / "bin" / "python"
    pins = folder / "pins.txt"
    lines = PINS.read_text(encoding="utf-8").splitlines()
    pins.write_text(
        "\n".join(line.rstrip(" \\") for line in lines if re.match(r"[\w.-]+==", line)),
        encoding="utf-8",
    )
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    typed([*pip, "--no-compile", "--constraint", pins, wheels[-1]], cwd=folder)

    def stranger(*arguments: object, code: int = 0) -> str:
        return typed([python.with_name("article41"), *arguments], cwd=folder, code=code)

    return stranger


def folder_of(stranger: Stranger) -> Path:
    return Path(json.loads(stranger("doctor", "--json"))["store"])


@pytest.mark.slow
def test_the_wheel_serves_every_python_from_3_11_on() -> None:
    wheels = list((ROOT / "build" / "wheels").glob("article41-*.whl"))
    if not wheels:
        pytest.skip("no wheel was built; `make test` builds one first")

    assert all("-cp311-abi3-" in one.name for one in wheels)


@pytest.mark.slow
def test_a_stranger_follows_customers_with_nothing_but_the_wheel(stranger: Stranger) -> None:
    assert shutil.which("cargo", path=own_variables()["PATH"]) is None
    assert "FREEZE" in stranger("demo")
    first = json.loads(stranger("doctor", "--json"))
    assert (first["lists"], first["fault"]) == ([], "")
    assert [one["command"] for one in first["next"]][:2] == [
        "article41 demo", "article41 lists update",
    ]  # fmt: skip

    store = folder_of(stranger)
    mirror(store, SDN)
    assert "ofac-sdn" in stranger("lists", "update", "--offline")
    table = store.parent / "customers.csv"
    write_customers(table)
    assert "10,000 customers kept" in stranger("customers", "import", table)
    screened = json.loads(stranger("screen", "customers", "--json"))
    assert screened["run"]["screened"] == CUSTOMERS
    assert {one["alert"]["customer"] for one in screened["changes"]} >= {"ada", "beda"}

    mirror(store, LATER_SDN)
    stranger("lists", "update", "--offline", "ofac-sdn", "--accept-shrink")
    assert "article41 screen customers --since last" in stranger("doctor")
    changed = json.loads(stranger("screen", "customers", "--since", "last", "--json"))

    assert changed["run"]["screened"] < CUSTOMERS / 10
    kinds = {(one["alert"]["customer"], one["kind"]) for one in changed["changes"]}
    assert {("ada", "changed"), ("beda", "released"), ("cora", "new")} <= kinds


def mirror(store: Path, sdn: str) -> None:
    """What a mirror on a disk brings in place of the authorities."""
    store.mkdir(parents=True, exist_ok=True)
    disabled = ("eu-fsd", "ofac-cons", "uk-sl", "ch-seco", "ca-sema", "au-dfat", "us-csl")
    feeds = [f"[{one}]\nenabled = false\n" for one in disabled]
    feeds += ['[ofac-sdn]\nfiles = ["sdn.csv"]\n', '[un-sc]\nfiles = ["un.xml"]\n']
    for name, text in {"feeds.toml": "".join(feeds), "sdn.csv": sdn, "un.xml": UN}.items():
        (store / name).write_text(text, encoding="utf-8", newline="")


def write_customers(path: Path) -> None:
    known = (
        ("ada", "Ada Example", "Person", "1965-09-11"),
        ("beda", "Beda Example", "Person", ""),
        ("cora", "Cora Sample", "Person", ""),
    )
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("id", "name", "schema", "birth_date"))
        writer.writerows(known)
        for number in range(CUSTOMERS - len(known)):
            writer.writerow((number, f"Qw{number:05} Uiop", "Person", ""))


def test_who_asks_for_the_tests_gets_what_the_house_tests_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["optional-dependencies"]["dev"] == project["dependency-groups"]["dev"]
